"""A run in a process that has imported the program is what one that is started is: most tests look at the former."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, STDOUT
from typing import TYPE_CHECKING

import pytest
from conftest import environment, run_program, show_in_terminal
from forked_program import forked_program

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from runs import Runs

RANDOM = re.compile(rb"my-agenda-\w+")
"""What is another in each new file."""
STREAMS = "(s.name, s.mode, s.encoding, s.errors, s.line_buffering, s.fileno(), s.isatty())"
"""What is to be known of a stream `s`."""


@pytest.fixture(scope="module")
def there(runs: "Runs | None") -> "Runs":
    """The process of most runs, where the system has one."""
    if runs is None:
        pytest.skip("this system starts each run")
    return runs


@pytest.mark.parametrize(
    ("line", "stdin"),
    [
        ("list", b""),
        ("list --format table", b""),
        ("export airone --output missing/out.ics", b""),
        ("check -", b"# a comment\n" * 100_000),
        ("check -", b"\xff\r\n"),
        ("list --help", b"\n" * 100_000),
        ("show nobody", b""),
        ("lst", b""),
        ("list --city \udcff", b""),
    ],
)
def test_run_ends_and_says_what_a_start_does(there: "Runs", tmp_path: Path, line: str, stdin: bytes) -> None:
    started = run_program(line.split(), tmp_path, stdin, None)
    code, out, err = there.run(line.split(), tmp_path, stdin, environment())
    assert (code, out, err.decode()) == (started.code, started.raw, started.err)


@pytest.mark.parametrize("env", [{"AGENDA_NOW": "soon"}, {"TZ": "Asia/Tokyo"}, {"COLUMNS": "40"}, {"NO_COLOR": "1"}])
def test_run_has_the_environment_of_a_start(there: "Runs", tmp_path: Path, env: dict[str, str]) -> None:
    assert there.honours(environment(**env))
    for line in ("timeline", "list --from today", "new -"):
        variables = {"AGENDA_NOW": "2025-09-29T09:30"} | env
        started = run_program(line.split(), tmp_path, b"", variables)
        code, out, err = there.run(line.split(), tmp_path, b"", environment(**variables))
        assert (code, RANDOM.sub(b"", out), err.decode()) == (started.code, RANDOM.sub(b"", started.raw), started.err)


@pytest.mark.parametrize("env", [{"PYTHONUTF8": "0"}, {"LC_ALL": "C"}, {"PYTHONPATH": None}, {"FORCE_COLOR": "1"}])
def test_environment_of_what_is_over_before_a_run_asks_for_a_start(there: "Runs", env: dict[str, str | None]) -> None:
    assert not there.honours(environment(**env))


@pytest.mark.parametrize("line", ["list", "list --help", "show nobody"])
@pytest.mark.parametrize("columns", [40, 120])
def test_terminal_of_a_run_gets_what_that_of_a_start_does(
    there: "Runs", tmp_path: Path, line: str, columns: int
) -> None:
    env = environment(TERM="xterm-256color", COLORTERM=None)
    started = show_in_terminal(line.split(), tmp_path, columns, env)
    code, raw = there.show(line.split(), tmp_path, columns, env)
    assert (code, raw.decode()) == (started.code, started.raw)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `agenda` is a program that runs the code in `CODE`."""
    package = tmp_path_factory.mktemp("elsewhere") / "agenda"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import atexit, os, signal, sys\ndef main(): exec(os.environ['CODE'])\nif __name__ == '__main__': main()\n"
    )
    return environment(PYTHONPATH=str(package.parent))


@pytest.fixture(scope="module")
def other(elsewhere: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """That program for shells, its runs forked."""
    with forked_program(tmp_path_factory.mktemp("other"), elsewhere) as program:
        yield program


@pytest.mark.parametrize(
    ("code", "ends_with"),
    [
        ("pass", 0),
        ("sys.exit()", 0),
        ("sys.exit('a word')", 1),
        ("sys.exit(300)", 44),
        ("1 / 0", 1),
        ("raise KeyboardInterrupt", -2),
        ("os.kill(os.getpid(), 9)", -9),
        ("atexit.register(print, 'in the end'); sys.exit(3)", 3),
        ("sys.stdout.write('x'); os.dup2(os.open('/dev/full', os.O_WRONLY), 1); sys.exit(0)", 120),
        ("print(sys.argv, sys.path[0], os.getcwd(), sorted(os.environ)); sys.exit(0)", 0),
        ("print(*map(signal.getsignal, range(1, 32))); sys.exit(0)", 0),
        ("print(os.getpgid(0) == os.getpid(), os.getsid(0), os.umask(0)); sys.exit(0)", 0),
        (f"print(*({STREAMS} for s in (sys.stdin, sys.stdout, sys.stderr)), list(sys.stdin)); sys.exit(0)", 0),
    ],
)
def test_fork_begins_and_ends_as_the_interpreter_does(
    other: Path, elsewhere: dict[str, str], tmp_path: Path, code: str, ends_with: int
) -> None:
    started, forked = (
        subprocess.run(
            [*command, "an argument"],
            cwd=tmp_path,
            env=elsewhere | {"CODE": code},
            input=b"a\r\n\xff",
            capture_output=True,
            check=False,
        )
        for command in ([sys.executable, "-m", "agenda"], [other])
    )
    assert (started.returncode, forked.returncode) == (ends_with, ends_with)
    assert (forked.stdout, forked.stderr.splitlines()[-1:]) == (started.stdout, started.stderr.splitlines()[-1:])


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A program for shells that starts ours, and one whose runs are forked."""
    started = tmp_path_factory.mktemp("started") / "agenda"
    started.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m agenda "$@"\n')
    started.chmod(0o755)
    with forked_program(tmp_path_factory.mktemp("forked"), environment()) as forked:
        yield started, forked


@pytest.mark.parametrize(
    "line",
    [
        "agenda list | head -1",
        "agenda list --format json | agenda check -; echo $?",
        "agenda show nobody; echo $?",
        "TZ=Asia/Tokyo agenda next ; LC_ALL=C agenda list --format table; agenda list --city '\udcff 大'",
        "printf '# a comment' > file; agenda check file; cd /; agenda check file",
        "agenda list > /dev/full; echo $?",
    ],
)
def test_program_for_shells_ends_and_says_what_a_start_does(
    programs: tuple[Path, Path], tmp_path: Path, line: str
) -> None:
    def said(program: Path) -> bytes:
        env = environment(PATH=f"{program.parent}:{os.environ['PATH']}", AGENDA_NOW="2025-09-29T09:30")
        return subprocess.run(["sh", "-c", line], cwd=tmp_path, env=env, stdout=PIPE, stderr=STDOUT, check=False).stdout

    started, forked = programs
    assert said(forked) == said(started) != b""
