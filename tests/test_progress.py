"""The spinner that shows that long work goes on: on a terminal's standard error, and gone when the work is done."""

import io
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pexpect
import pytest
from conftest import ESCAPES, Run, environment

from agenda.cli.progress import spinner

Show = Callable[..., str]

BUSY = "import time; time.process_time = lambda: 60.0; from agenda.__main__ import main; main()"
"""The program on a machine so slow that it has worked for a minute before it starts."""
SLOW = BUSY.replace("time.process_time = lambda: 60.0", "any(time.process_time() > 1 for _ in iter(int, 1))")
"""The same where it really has worked for a second."""
GONE = "\x1b[1A\x1b[2K"
"""What a terminal gets to go up to the line of the spinner and empty it."""
READING, WRITING = "Reading events", "Writing events"


@pytest.fixture
def shown(tmp_path: Path) -> Show:
    """What a terminal gets of a shell script, in which `agenda` is the program and `busy` is it on a slow machine."""

    def run(script: str, *, columns: int = 80, env: dict[str, str] | None = None, until: str | None = None) -> str:
        calls = f'agenda() {{ "{sys.executable}" -m agenda "$@"; }}; busy() {{ "{sys.executable}" -c "$BUSY" "$@"; }}\n'
        child = pexpect.spawn(
            "sh",
            ["-c", calls + script],
            cwd=str(tmp_path),
            env=environment(**{"TERM": "xterm-256color", "BUSY": BUSY} | (env or {})),
            dimensions=(24, columns),
            timeout=60,
            encoding="utf-8",
        )
        before = ""
        if until:
            child.expect_exact(until)
            before = str(child.before) + until
            child.sendintr()
        screen = before + str(child.read())
        child.ptyproc.delayafterclose = 0  # type: ignore[attr-defined]  # it is over: nothing to wait for
        child.close()
        return screen

    return run


# --- Through the command line ---


@pytest.mark.slow
def test_long_work_shows_that_it_goes_on(shown: Show) -> None:
    screen = ESCAPES.sub("", shown(f'BUSY="{SLOW}"; busy check'))
    assert READING in screen
    assert re.search(rf"{re.escape(GONE)}\S+: valid, with 28 events .*\r\n$", screen)


@pytest.mark.parametrize("command", ["list > list.txt", "list"])
def test_short_work_shows_none(shown: Show, command: str) -> None:
    assert re.findall(rf"{READING}|{WRITING}", shown(f"agenda {command}")) == []


@pytest.mark.parametrize(
    ("command", "doing"),
    [
        ("list > list.txt", [READING, WRITING]),
        pytest.param("export -o all.ics", [READING, WRITING], marks=pytest.mark.slow),
        pytest.param("export --split city -o calendars", [READING, WRITING], marks=pytest.mark.slow),
        pytest.param("list -f table > list.txt", [READING, WRITING], marks=pytest.mark.slow),
        pytest.param("timeline > timeline.txt", [READING, WRITING], marks=pytest.mark.slow),
        ("check", [READING]),
        # Rows that come to the terminal meanwhile would mix with it.
        ("list", [READING]),
        pytest.param("timeline", [READING], marks=pytest.mark.slow),
        pytest.param("list -f tsv", [READING], marks=pytest.mark.slow),
        pytest.param("list | cat", [READING], marks=pytest.mark.slow),
        pytest.param("export | cat", [READING], marks=pytest.mark.slow),
    ],
)
def test_spinner_tells_what_is_being_done(shown: Show, command: str, doing: list[str]) -> None:
    screen = ESCAPES.sub("", shown(f"busy {command}"))
    assert list(dict.fromkeys(re.findall(rf"{READING}|{WRITING}", screen))) == doing


@pytest.mark.parametrize(
    "command", ["list > list.txt", "export --city Kobe -o all.ics", "export | head -n 1 > one.txt"]
)
def test_spinner_is_gone_in_the_end(shown: Show, command: str) -> None:
    assert "events" not in shown(f"busy {command}").rpartition(GONE)[2]


def test_spinner_is_gone_before_the_first_row(shown: Show) -> None:
    before, _, after = shown("busy list").rpartition(GONE)
    assert (READING in before, "24 September" in before, READING in after) == (True, False, False)


def test_spinner_is_gone_before_an_error_is_told(shown: Show, tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_text('[[events]]\nid = "a"\ntitle = " "\n')
    assert shown("busy list -d wrong.toml").rpartition(GONE)[2].startswith("wrong.toml:3:9: event 'a': title is blank")


def test_interrupt_leaves_no_spinner(shown: Show, tmp_path: Path) -> None:
    events = (f'[[events]]\nid = "e{n}"\ntitle = "E"\n' for n in range(40_000))
    (tmp_path / "large.toml").write_text("".join(events))
    screen = shown("trap : INT; busy list -d large.toml > list.txt; echo code $?", until=READING)
    assert re.search(rf"{re.escape(GONE)}(\^C)?code 130\r\n$", screen)


@pytest.mark.parametrize(
    ("command", "env"),
    [
        ("list --quiet > list.txt", {}),
        ("list 2> told.txt", {}),
        ("list > list.txt", {"TERM": "dumb"}),
    ],
)
def test_spinner_is_not_shown_where_nobody_wants_it(shown: Show, command: str, env: dict[str, str]) -> None:
    assert "events" not in shown(f"busy {command}; [ ! -e told.txt ] || cat told.txt", env=env)


def test_output_is_the_same_with_the_spinner(shown: Show, tmp_path: Path, agenda: Callable[..., Run]) -> None:
    shown("busy export -o all.ics; busy list > list.txt")
    assert [(tmp_path / "all.ics").read_bytes(), (tmp_path / "list.txt").read_bytes()] == [
        agenda("export").raw,
        agenda("list").raw,
    ]


def test_spinner_fits_a_narrow_terminal(shown: Show) -> None:
    pictures = re.split(r"[\r\n]+", re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", shown("busy list > list.txt", columns=20)))
    assert max(map(len, pictures)) <= 20
    assert READING in "".join(pictures)


def test_spinner_has_no_colour_where_none_is_wanted(shown: Show) -> None:
    assert re.findall(r"\x1b\[[\d;]*m", shown("busy list > list.txt", env={"NO_COLOR": "1"})) == []


# --- The spinner itself ---


class Terminal(io.StringIO):
    """Standard error, as if it were a terminal."""

    def isatty(self) -> bool:
        """Whether it is one."""
        return True


@contextmanager
def terminal_error(seconds: float) -> Iterator[Terminal]:
    """What standard error gets meanwhile, as a terminal, of a process that has worked for so long."""
    with pytest.MonkeyPatch.context() as patch:
        terminal = Terminal()
        patch.setattr(sys, "stderr", terminal)
        patch.setattr(time, "process_time", lambda: seconds)
        patch.setenv("TERM", "xterm")
        yield terminal


@pytest.mark.parametrize("seconds", [0.0, 1.0, 1.01, 9.0])
def test_spinner_appears_once_the_work_has_taken_more_than_a_second(seconds: float) -> None:
    with terminal_error(seconds) as terminal, spinner("Counting"):
        pass
    assert ("Counting" in terminal.getvalue()) == (seconds > 1)


def test_spinner_appears_by_what_counts_as_work() -> None:
    with terminal_error(0) as terminal, spinner("Sending", lambda: 9.0):
        pass
    assert "Sending" in terminal.getvalue()


def test_spinner_is_gone_after_a_mistake() -> None:
    with terminal_error(9) as terminal:
        with suppress(ZeroDivisionError), spinner("Counting"):
            _ = 1 // 0
        assert "Counting" not in terminal.getvalue().rpartition(GONE)[2]


def test_nothing_is_shown_where_standard_error_is_closed() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        before = threading.active_count()
        with spinner("Counting"):
            assert threading.active_count() == before
