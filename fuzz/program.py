"""The program, run within this process, and what must hold of each run, whatever it is given."""

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from time import process_time
from typing import TextIO

from msgspec import Struct

from agenda.cli.app import run

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""What a terminal may obey, and what turns the direction of its text."""
BUG = "bug in agenda"
"""What the program says of an error that it does not know."""
MAX_SECONDS = 5
"""Seconds of the processor that a command may take, however busy the machine is."""
CODES = frozenset({0, 1, 2})
"""The exit codes that docs/commands.md has: no command is asked for code 3 here."""


class Answer(Struct, frozen=True):
    """What one run gave: its exit code, its standard output, and its standard error."""

    code: int
    out: str
    err: str


def ask(*arguments: str, stdin: bytes = b"") -> Answer:
    """What the program answers to a command line.

    Raises AssertionError where it meets an error that it does not know, ends with a code that it does not document,
    writes to standard error what a terminal may obey, or takes too long.
    """
    start = process_time()
    with (
        _output_file() as out,
        _output_file() as err,
        _standard_input(stdin),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = run(arguments)
        answer = Answer(code, _written(out), _written(err))
    assert BUG not in answer.err, answer.err
    assert code in CODES, f"exit code {code}: {answer.err}"
    check_safe(answer.err)
    seconds = process_time() - start
    assert seconds < MAX_SECONDS, f"it took {seconds:.1f} seconds"
    return answer


def check_safe(text: str) -> None:
    """Raise AssertionError where a text holds what a terminal may obey."""
    unsafe = UNSAFE.search(text)
    assert not unsafe, f"{unsafe and unsafe[0]!r} reaches a terminal: {text!r}"


def check_valid(path: Path) -> None:
    """Fail where a file that agenda has written is no valid agenda."""
    checked = ask("check", "--data", str(path))
    assert checked.code == 0, f"the file is not valid: {checked.out}\n{path.read_text(encoding='utf-8')}"


@contextmanager
def _standard_input(content: bytes) -> Iterator[None]:
    usual = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = usual


def _output_file() -> TextIO:
    """A file in the place of a stream: what is no file at all has not all that the program asks of it."""
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=scratch_file().parent)


def _written(stream: TextIO) -> str:
    stream.seek(0)
    return stream.read()


def set_surroundings() -> None:
    """Let the program find the same clock and the same variables whenever it runs in this process."""
    for name in [name for name in os.environ if name.startswith("AGENDA_")]:
        del os.environ[name]
    os.environ |= {"AGENDA_NOW": "2026-03-01T12:00:00Z", "AGENDA_CACHE": "off", "TZ": "UTC", "COLUMNS": "80"}


@cache
def scratch_file() -> Path:
    """A file that is written over and over, in a folder of its own that goes with this process."""
    return Path(_scratch_folder().name) / "fuzzed.toml"


@cache
def _scratch_folder() -> tempfile.TemporaryDirectory[str]:
    memory = Path("/dev/shm")  # noqa: S108 - a folder of a name of its own is made in it
    return tempfile.TemporaryDirectory(prefix="agenda-fuzz-", dir=memory if memory.is_dir() else None)
