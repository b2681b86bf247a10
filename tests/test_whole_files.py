"""Files are written whole or not at all, replace nothing that is to be kept, and leave nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EINVAL, EIO, EPERM
from pathlib import Path

import pytest
from conftest import Run, environment

from agenda.cli.whole_files import hold, put_in_place, put_new

Agenda = Callable[..., Run]

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files and signals")
SLOW = pytest.mark.slow
HALTING = """
import os, pathlib, time
def halt(*_, **__):
    print("halted", flush=True)
    time.sleep(60)
pathlib.Path.replace = os.link = halt
from agenda.__main__ import main
main()
"""
"""The program, which stops for a minute where a file is written and not yet in its place."""
WRITING = {
    "set": ["set", "first", "title=New", "--keep-revised", "--data", "tour.toml"],
    "new": ["new", "fresh.toml", "--tz", "Europe/Rome"],
    "export": ["export", "--data", "tour.toml", "--output", "tour.ics"],
    "split": ["export", "--data", "tour.toml", "--split", "city", "--output", "."],
    "site": ["site", "pages", "--data", "tour.toml"],
}
"""Command lines that write files."""
TOUR = """\
[agenda]
title = "Tour"
timezone = "Europe/Rome"
namespace = "tour"

[[events]]
id = "first"
title = "Old"
city = "Torino"
start = 2026-03-06T20:30:00
"""


@contextmanager
def halted(folder: Path, command: str) -> Iterator["subprocess.Popen[str]"]:
    """A run of that command that has stopped before its first file is in its place."""
    (folder / "tour.toml").write_text(TOUR)
    with subprocess.Popen(
        [sys.executable, "-c", HALTING, *WRITING[command]],
        cwd=folder,
        env=environment(),
        # As in a terminal, even where the tests run in the background, which ignores interruptions.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == "halted\n"
            yield running
        finally:
            running.kill()


def files_below(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


# --- Programs that are ended ---


@POSIX
@pytest.mark.parametrize(
    "command", ["set", *(pytest.param(name, marks=SLOW) for name in ("new", "export", "split", "site"))]
)
@pytest.mark.parametrize(("ending", "code"), [("SIGTERM", -15), ("SIGHUP", -1), ("SIGINT", 130)])
def test_program_that_is_ended_as_it_writes_leaves_nothing_behind(
    tmp_path: Path, command: str, ending: str, code: int
) -> None:
    with halted(tmp_path, command) as running:
        running.send_signal(getattr(signal, ending))
        assert running.communicate(timeout=60)[1].strip() == ""
    assert (running.returncode, files_below(tmp_path)) == (code, {"tour.toml"})
    assert (tmp_path / "tour.toml").read_text() == TOUR


@POSIX
@pytest.mark.parametrize("command", ["set", *(pytest.param(name, marks=SLOW) for name in WRITING if name != "set")])
def test_what_a_killed_program_left_is_taken_away_by_a_later_run(tmp_path: Path, agenda: Agenda, command: str) -> None:
    with halted(tmp_path, command) as running:
        running.kill()
    [orphan] = [path for path in tmp_path.rglob(".agenda-*") if path.suffix != ".json"]
    running_now = orphan.with_name(".agenda-0123456789abcdef")  # that of another program, which may still write it
    running_now.touch()
    two_hours_ago = time.time() - 7200
    os.utime(orphan, (two_hours_ago, two_hours_ago))
    run = agenda(*WRITING[command])
    assert (run.code, orphan.exists(), running_now.exists()) == (0, False, True)


def test_only_what_was_left_by_a_killed_program_is_taken_away(tmp_path: Path, agenda: Agenda) -> None:
    (tmp_path / "tour.toml").write_text(TOUR)
    others = [tmp_path / name for name in (".agenda-notes", ".agenda-0123456789abcdeg", "agenda-0123456789abcdef")]
    for other in others:
        other.touch()
        os.utime(other, (0, 0))
    folder = tmp_path / ".agenda-0123456789abcdef"
    folder.mkdir()
    os.utime(folder, (0, 0))
    assert agenda(*WRITING["set"]).code == 0
    assert all(other.exists() for other in (*others, folder))


@POSIX
def test_signals_that_are_ignored_stay_ignored(tmp_path: Path) -> None:
    (tmp_path / "tour.toml").write_text(TOUR)
    script = (
        "import os, signal, pathlib, sys\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "replace = pathlib.Path.replace\n"
        "pathlib.Path.replace = lambda *paths: (os.kill(os.getpid(), signal.SIGHUP), replace(*paths))\n"
        "from agenda.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *WRITING["set"]], cwd=tmp_path, env=environment(), check=False, timeout=60
    )
    assert (done.returncode, 'title = "New"' in (tmp_path / "tour.toml").read_text()) == (0, True)


# --- Several programs at once ---


def run_at_once(folder: Path, commands: list[list[str]]) -> list[subprocess.Popen[str]]:
    """All these runs, begun at the same time, when they have ended."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "agenda", *command],
            cwd=folder,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    for run in runs:
        run.communicate(timeout=60)
    return runs


@pytest.mark.slow
def test_of_several_new_files_at_once_one_is_made_and_kept(tmp_path: Path) -> None:
    titles = [f"Tour {number}" for number in range(5)]
    runs = run_at_once(tmp_path, [["new", "a.toml", "--tz", "Asia/Tokyo", "--title", title] for title in titles])
    assert sorted(run.returncode for run in runs) == [0, 1, 1, 1, 1]
    [made] = [title for title, run in zip(titles, runs, strict=True) if run.returncode == 0]
    assert f'title = "{made}"' in (tmp_path / "a.toml").read_text()
    assert files_below(tmp_path) == {"a.toml"}


def test_file_that_another_program_makes_meanwhile_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "a.toml"
    target.write_text("theirs")
    with pytest.raises(FileExistsError):
        put_new(target, b"ours", set())
    assert (target.read_text(), files_below(tmp_path)) == ("theirs", {"a.toml"})


@pytest.mark.parametrize("is_taken", [False, True])
def test_file_system_without_hard_links_keeps_what_is_there_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_taken: bool
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(EPERM, os.strerror(EPERM))

    monkeypatch.setattr(os, "link", refuse)
    target = tmp_path / "a.toml"
    if is_taken:
        target.write_text("theirs")
        with pytest.raises(FileExistsError):
            put_new(target, b"ours", set())
    else:
        put_new(target, b"ours", set())
    assert (target.read_text(), files_below(tmp_path)) == ("theirs" if is_taken else "ours", {"a.toml"})


@POSIX
@pytest.mark.slow
def test_of_several_changes_at_once_none_that_succeeds_is_lost(tmp_path: Path) -> None:
    ids = [f"event-{number}" for number in range(5)]
    events = "".join(f'[[events]]\nid = "{event_id}"\ntitle = "Old"\n' for event_id in ids)
    (tmp_path / "tour.toml").write_text(events)
    runs = run_at_once(tmp_path, [["set", event_id, "title=New", "--data", "tour.toml"] for event_id in ids])
    succeeded = [run.returncode == 0 for run in runs]
    assert any(succeeded)
    assert (tmp_path / "tour.toml").read_text().count('title = "New"') == sum(succeeded)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="nothing tells which files are open")
def test_file_is_not_open_where_there_are_no_locks_since_windows_replaces_no_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "tour.toml"
    target.write_text(TOUR)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with hold(target):
        opened = {os.path.realpath(entry.path) for entry in os.scandir("/proc/self/fd")}
    assert str(target.resolve()) not in opened


# --- What is on the disk ---


def test_file_that_replaces_another_is_on_the_disk_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.ics"
    target.write_text("old")
    synced = []
    sync = os.fsync

    def record(file: int) -> None:
        sync(file)
        synced.append((os.fstat(file).st_size, target.read_text()))

    monkeypatch.setattr(os, "fsync", record)
    put_in_place(target, b"newer", set())
    assert (synced, target.read_text()) == ([(5, "old")], "newer")


@pytest.mark.parametrize(("number", "after"), [(EINVAL, "newer"), (EIO, "old")])
def test_disk_that_fails_keeps_the_old_file_and_one_that_only_cannot_tell_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, after: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    target = tmp_path / "a.ics"
    target.write_text("old")
    if after == "old":
        with pytest.raises(OSError, match=os.strerror(number)):
            put_in_place(target, b"newer", set())
    else:
        put_in_place(target, b"newer", set())
    assert (target.read_text(), files_below(tmp_path)) == (after, {"a.ics"})


# --- What is no plain file ---


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))  # since such names may not be long


def make_link(path: Path) -> None:
    (path.parent.parent / "elsewhere").write_text("BEGIN:VCALENDAR")
    path.symlink_to(path.parent.parent / "elsewhere")


def make_link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


def make_circle(path: Path) -> None:
    path.symlink_to(path.name)


@POSIX
@pytest.mark.parametrize("make", [make_pipe, make_socket, make_link, make_link_to_nothing, make_circle])
def test_split_export_replaces_what_is_no_plain_file_only_by_force(
    tmp_path: Path, agenda: Agenda, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tour.toml").write_text(TOUR)
    special = tmp_path / "calendars" / "torino.ics"
    special.parent.mkdir()
    make(special)
    before = special.lstat()
    command = ["export", "--data", "tour.toml", "--split", "city", "--output", "calendars"]
    run = agenda(*command)
    assert (run.code, run.err.count("\n"), "--force" in run.err) == (1, 1, True)
    assert (special.lstat(), files_below(tmp_path / "calendars") - {"torino.ics"}) == (before, set())
    assert agenda(*command, "--force").code == 0
    assert (special.is_symlink(), special.read_text()[:15]) == (False, "BEGIN:VCALENDAR")
    assert make is not make_link or (tmp_path / "elsewhere").read_text() == "BEGIN:VCALENDAR"


@POSIX
@pytest.mark.parametrize("make", [make_pipe, make_socket, make_link, make_circle])
@pytest.mark.parametrize("name", ["index.html", "calendars/all.ics", ".agenda-site.json"])
def test_site_replaces_nothing_that_is_no_plain_file(
    tmp_path: Path, agenda: Agenda, monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[Path], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tour.toml").write_text(TOUR)
    assert agenda(*WRITING["site"]).code == 0
    special = tmp_path / "pages" / name
    special.unlink()
    make(special)
    before = special.lstat().st_ino, special.lstat().st_mode
    run = agenda(*WRITING["site"])
    assert (run.code, run.err.count("\n"), special.name in run.err) == (1, 1, True)
    assert (special.lstat().st_ino, special.lstat().st_mode) == before


@POSIX
@pytest.mark.parametrize(
    "command",
    [
        ["new", "circle", "--tz", "Europe/Rome"],
        ["new", "circle", "--tz", "Europe/Rome", "--force"],
        ["new", "circle/tour.toml", "--tz", "Europe/Rome"],
        ["export", "--output", "circle"],
        ["export", "--split", "city", "--output", "circle"],
        ["site", "circle"],
    ],
    ids=" ".join,
)
def test_link_that_leads_in_a_circle_is_left_alone(tmp_path: Path, agenda: Agenda, command: list[str]) -> None:
    (tmp_path / "circle").symlink_to("round")
    (tmp_path / "round").symlink_to("circle")
    run = agenda(*command)
    assert (run.code, run.err.count("\n"), "bug" in run.err) == (1, 1, False)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_symlink()) == ["circle", "round"]


@POSIX
def test_new_file_is_made_where_a_link_leads(tmp_path: Path, agenda: Agenda) -> None:
    (tmp_path / "link.toml").symlink_to("tour.toml")
    assert agenda("new", "link.toml", "--tz", "Europe/Rome").code == 0
    assert ((tmp_path / "link.toml").is_symlink(), (tmp_path / "tour.toml").is_symlink()) == (True, False)
    assert (tmp_path / "tour.toml").stat().st_nlink == 1
