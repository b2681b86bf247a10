"""What the tests share: the program itself, run as people run it.

Most runs are in a process that has imported the program, as that is what takes the time of a run. Where it matters how
the program starts, a test starts it by `run_program` or by itself.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pytest
from hypothesis import settings

from agenda.agendafile.zone_data import use_newest_data

if TYPE_CHECKING:
    from runs import Runs

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "data" / "events.toml"

use_newest_data()  # before any test asks for a zone, so that all of them have the zones of the program

# The same examples in every run, and no example too slow for a busy machine; in the inner loop only the first of them.
settings.register_profile("tests", deadline=None, derandomize=True, max_examples=30)
settings.register_profile("inner loop", settings.get_profile("tests"), max_examples=20)


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples are tried, before tests that take as many are imported; and let what the tests start be
    ended by signals, though these tests may have been started by `nohup` or in the background, where they are ignored.
    """
    settings.load_profile("inner loop" if config.getoption("markexpr") == "not slow" else "tests")
    for number in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


@dataclass(frozen=True)
class Run:
    """What became of one run of the program."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def lines(self) -> list[str]:
        """The lines of standard output."""
        return self.out.splitlines()


def environment(**changes: str | None) -> dict[str, str]:
    """The environment without what changes the program's ways, and with `changes`; None takes a variable away."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AGENDA_", "PYTHON", "_AGENDA")) and name not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}
    }
    kept |= {"PYTHONPATH": str(ROOT), "AGENDA_CACHE": "off"} | {
        name: value for name, value in changes.items() if value is not None
    }
    return {name: value for name, value in kept.items() if name not in changes or changes[name] is not None}


def run_program(arguments: Iterable[str | Path], folder: Path, stdin: str | bytes, env: dict[str, Any] | None) -> Run:
    """One run in that folder, with these changes of the environment, in a process of its own from the start."""
    done = subprocess.run(
        [sys.executable, "-m", "agenda", *map(str, arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        cwd=folder,
        env=environment(**(env or {})),
        timeout=60,
        check=False,
    )
    return finished(done.returncode, done.stdout, done.stderr)


def finished(code: int, out: bytes, err: bytes) -> Run:
    """A run that has ended with that code and has written these."""
    return Run(code, out.decode(errors="replace"), err.decode(errors="replace"), out)


@contextmanager
def start_runs(**changes: str | None) -> "Iterator[Runs | None]":
    """A process for runs with these changes of the environment; None where the system cannot pass it their streams."""
    if not hasattr(socket, "send_fds"):
        yield None
        return
    from runs import Runs

    with closing(Runs(environment(**changes))) as runs:
        yield runs


@pytest.fixture(scope="session")
def runs() -> "Iterator[Runs | None]":
    """The process of most runs."""
    with start_runs() as runs:
        yield runs


def run_by(runs: "Runs | None") -> Callable[..., Run]:
    """A run of the program, as by `run_program`, but in that process, unless its environment asks for a start."""

    def run(arguments: Iterable[str | Path], folder: Path, stdin: str | bytes, env: dict[str, Any] | None) -> Run:
        variables = environment(**(env or {}))
        if runs is None or not runs.honours(variables):
            return run_program(arguments, folder, stdin, env)
        data = stdin.encode() if isinstance(stdin, str) else stdin
        return finished(*runs.run([*map(str, arguments)], folder, data, variables))

    return run


@pytest.fixture(scope="session")
def runner(runs: "Runs | None") -> Callable[..., Run]:
    """A run of the program in that folder: `runner(["list"], folder, b"", {})`."""
    return run_by(runs)


@pytest.fixture
def agenda(tmp_path: Path, runner: Callable[..., Run]) -> Callable[..., Run]:
    """A run of the program, in an empty folder and with no terminal: `agenda("list", "--city", "Tokyo")`.

    `stdin` is what it reads (text or bytes), `env` what changes in its environment.
    """

    def run(*arguments: str | Path, stdin: str | bytes = b"", env: dict[str, Any] | None = None) -> Run:
        return runner(arguments, tmp_path, stdin, env)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """A file with this content, in an empty folder: `events.toml`, unless it is called otherwise."""

    def write(content: str | bytes, name: str = "events.toml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def differing_lines(old: str, new: str) -> list[str]:
    """The lines of the old text that are gone, with `-`, and then those that are new, with `+`."""
    before, after = old.splitlines(), new.splitlines()
    return [f"-{line}" for line in before if line not in after] + [f"+{line}" for line in after if line not in before]


@pytest.fixture
def change(agenda: Callable[..., Run], tour: Path) -> Callable[..., list[str]]:
    """A command that changes the file `tour` of the tests that ask: `change("cancel", "night")`; gives the lines that
    it changes. `code` is what it ends with, and `now` when it is run.
    """

    def run(
        *arguments: str, stdin: str | bytes = "", code: int = 0, now: str = "2026-03-01T12:00:00+00:00"
    ) -> list[str]:
        old = tour.read_text(encoding="utf-8")
        done = agenda(*arguments, "--data", tour, stdin=stdin, env={"AGENDA_NOW": now})
        assert (done.code, done.err) == (code, "")
        return differing_lines(old, tour.read_text(encoding="utf-8"))

    return run


@dataclass(frozen=True)
class Screen:
    """What a terminal got from one run of the program, remarks and errors too."""

    code: int
    raw: str

    @property
    def seen(self) -> str:
        """What is to be read there, without colours and without where its links lead."""
        return ESCAPES.sub("", self.raw)

    @property
    def lines(self) -> list[str]:
        """The lines to be read."""
        return self.seen.replace("\r\n", "\n").split("\n")[:-1]


ESCAPES = re.compile("\x1b\\[[0-9;]*m|\x1b\\]8;[^\x1b]*\x1b\\\\")
"""What the program may send to a terminal besides text: colours, and links."""


@pytest.fixture(scope="session")
def agenda_once(tmp_path_factory: pytest.TempPathFactory, runner: Callable[..., Run]) -> Callable[..., Run]:
    """The same as `agenda`, run only once for all tests that ask for the same: what many of them look at."""
    folder = tmp_path_factory.mktemp("once")
    runs: dict[object, Run] = {}

    def run(*arguments: str | Path, stdin: str = "", env: dict[str, str | None] | None = None) -> Run:
        asked = (arguments, stdin, tuple((env or {}).items()))
        if asked not in runs:
            runs[asked] = runner(arguments, folder, stdin, env)
        return runs[asked]

    return run


def show_in_terminal(arguments: Iterable[str | Path], folder: Path, columns: int, env: dict[str, str]) -> Screen:
    """One run in a terminal of so many columns, in a process of its own from the start."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "agenda", *map(str, arguments)],
        cwd=str(folder),
        env=env,
        dimensions=(24, columns),
        timeout=60,
        encoding="utf-8",
        codec_errors="replace",
    )
    raw = child.read()
    screen = Screen(child.wait(), raw)
    child.ptyproc.delayafterclose = 0  # type: ignore[attr-defined]  # it is over: nothing to wait for
    child.close()
    return screen


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory, runs: "Runs | None") -> Callable[..., Screen]:
    """A run of the program in a real terminal: `terminal("list", columns=40)`, once for all that ask for the same."""
    folder = tmp_path_factory.mktemp("terminal")
    screens: dict[object, Screen] = {}

    def run(*arguments: str | Path, columns: int = 80, env: dict[str, str | None] | None = None) -> Screen:
        asked = (arguments, columns, tuple((env or {}).items()))
        if asked not in screens:
            variables = environment(**{"TERM": "xterm-256color", "COLORTERM": None} | (env or {}))
            if runs is None or not runs.honours(variables):
                screens[asked] = show_in_terminal(arguments, folder, columns, variables)
            else:
                code, raw = runs.show([*map(str, arguments)], folder, columns, variables)
                screens[asked] = Screen(code, raw.decode(errors="replace"))
        return screens[asked]

    return run
