"""The recipes of docs/recipes.md that other programs run: mail that is sent, by each `mail` that there is, and tmux."""

import os
import re
import shutil
import subprocess
import sys
import time
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

import pexpect
import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
MAILERS = {"bsd-mailx": "{}", "mail.mailutils": "sendmail://{}"}
"""Programs that are called `mail` where they are installed, and what is the program that sends for each."""


def recipe(name: str) -> str:
    """The script of that name."""
    return str(next(block for block in BLOCKS if block.startswith(f"#!/bin/sh\n# {name}")))


def place(path: Path, script: str) -> Path:
    """Put an executable there."""
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return path


def bare_environment(folder: Path, now: str) -> dict[str, str]:
    """The environment at that time where hardly anything is set, as under cron; `agenda` is in the folder."""
    place(folder / "agenda", f'#!/bin/sh\nexec "{sys.executable}" -m agenda "$@"\n')
    programs = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return {"HOME": str(folder), "PATH": programs, "PYTHONPATH": str(ROOT), "AGENDA_NOW": now}


class Desk:
    """A folder with the recipe's script, a `mail`, and a sendmail that keeps what it is to send."""

    def __init__(self, folder: Path, mailer: str) -> None:
        self.folder = folder
        self.called = folder / "called"
        self.sent = folder / "sent"
        place(folder / "mail-tomorrow", recipe("mail-tomorrow"))
        place(folder / "mail", f"#!/bin/sh\ntouch '{self.called}'\nexec {shutil.which(mailer)} \"$@\"\n")
        keeping = f"#!/bin/sh\ncat > '{self.sent}.new' && mv '{self.sent}.new' '{self.sent}'\n"
        sendmail = place(folder / "sendmail", keeping)
        (folder / ".mailrc").write_text(f"set sendmail={MAILERS[mailer].format(sendmail)}\n")

    def call(self, zone: str, now: str) -> Message | None:
        """The mail that comes of it where cron calls the script at that time."""
        done = subprocess.run(
            [self.folder / "mail-tomorrow", zone, "delegates@example.com"],
            cwd=self.folder,
            env=bare_environment(self.folder, now),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        return message_from_bytes(self.wait(), policy=default) if self.called.exists() else None

    def wait(self) -> bytes:
        """What is sent; bsd-mailx is over before that."""
        for _ in range(200):
            if self.sent.exists():
                break
            time.sleep(0.05)
        return self.sent.read_bytes()


@pytest.fixture(params=MAILERS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A desk for each `mail` that is installed."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed, so the recipe of the mail is not tried with it")
    return Desk(tmp_path, request.param)


def test_mail_tells_what_is_on_tomorrow_by_the_clocks_of_who_reads_it(desk: Desk) -> None:
    mail = desk.call("Europe/Rome", now="2025-09-28T18:00")
    assert mail is not None
    assert (mail["to"].strip("<>"), mail["subject"]) == ("delegates@example.com", "Tomorrow")
    text = mail.get_content()  # type: ignore[attr-defined]
    assert text.startswith("Monday 29 September 2025\n")
    assert re.search(r"^  04:00 +Osaka +Il Piemonte Patrimonio dell'Umanità", text, re.MULTILINE), text


def test_no_mail_is_sent_where_nothing_is_on(desk: Desk) -> None:
    assert desk.call("Europe/Rome", now="2025-11-28T18:00") is None


def test_status_line_of_tmux_shows_the_next_event(tmp_path: Path) -> None:
    if not shutil.which("tmux"):
        pytest.skip("tmux is not installed, so the recipe of its status line is not tried")
    script = place(tmp_path / "next-event", recipe("next-event"))
    settings = next(block for block in BLOCKS if "status-right" in block).replace("~/bin/next-event", str(script))
    (tmp_path / "tmux.conf").write_text(settings)
    tmux = ["-u", "-S", str(tmp_path / "socket"), "-f", str(tmp_path / "tmux.conf")]
    env = bare_environment(tmp_path, "2025-09-29T10:20") | {"TERM": "xterm", "LC_ALL": "C.UTF-8"}
    child = pexpect.spawn("tmux", [*tmux, "new-session", "sleep 60"], env=env, dimensions=(24, 160), encoding="utf-8")
    try:
        child.expect_exact("2025-09-29 11:00 Il Piemonte Patrimonio", timeout=30)
    finally:
        subprocess.run(["tmux", *tmux, "kill-server"], env=env, check=False, timeout=30)
        child.close(force=True)
