"""The only place that prints: data to standard output, remarks and errors to standard error."""

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from agenda.errors import AgendaError, FileError
from agenda.formats import Data, Format, find_writer
from agenda.text.safe import safe_message

if TYPE_CHECKING:
    from rich.console import RenderableType

    from agenda.cli.options import MessageOptions

STDOUT = "-"
_USUAL_COLUMNS = 80


class ClosedPipe(AgendaError):  # noqa: N818 - no error
    """The program that reads the output has closed the pipe, as `head` does; that is no error."""

    exit_code = 0


def mend_encodings() -> None:
    """Let standard output and error be in UTF-8 where `PYTHONIOENCODING` names an encoding, such as idna, in which
    nothing can stand for the characters that it lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            try:
                "–".encode(stream.encoding, "backslashreplace")
            except UnicodeError:
                stream.reconfigure(encoding="utf-8")


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def is_file(name: str) -> bool:
    """Whether data by that name goes into a file: for `-`, whether standard output is one, as after `>` in a shell."""
    if name != STDOUT:
        return True
    return sys.stdout is not None and stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)


def write(chunks: Iterable[str]) -> None:
    """Data to standard output: the same bytes on every system, in UTF-8 and with the line ends of the data. What comes
    before an error in `chunks` is there before the message of that.

    Raises ClosedPipe, and FileError where it cannot be written.
    """
    with _standard_output() as out:
        try:
            for chunk in chunks:
                out.buffer.write(chunk.encode("utf-8", "backslashreplace"))
        finally:
            out.flush()


def flush() -> None:
    """Flush standard output; raises ClosedPipe, and FileError where it cannot be written."""
    if sys.stdout is not None:
        with _standard_output() as out:
            out.flush()


def flush_all() -> bool:
    """Flush standard output and standard error, and tell whether they took what was still to be written."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):  # as for one that is closed
        return False
    return True


def draw(renderable: "RenderableType") -> None:
    """A Rich renderable to standard output: as wide as the terminal, or 80 columns or `COLUMNS` in a pipe.

    Raises ClosedPipe, and FileError where it cannot be written.
    """
    from agenda.cli.terminal import draw_on

    with _standard_output() as out:
        draw_on(out, renderable)
        out.flush()


def usual_format() -> Format:
    """The format of events where none is asked for: a table on a terminal, tab-separated values in a pipe."""
    return Format.TABLE if is_terminal() else Format.TSV


def write_data(data: Data, format: str) -> None:
    """Data in that format, which is one for programs, to standard output.

    Raises ClosedPipe, and FileError where it cannot be written.
    """
    write(find_writer(format)(data))


def remark(options: "MessageOptions", *texts: str) -> None:
    """Write remarks to standard error, each on a line of its own: if that is a terminal or `--verbose` is given, and
    never with `--quiet`.
    """
    if are_remarks_told(options):
        warn(options, *texts)


def warn(options: "MessageOptions", *texts: str) -> None:
    """Write what the answer lacks of what was asked for, such as times of a series without an end, to standard error,
    whatever that is, so that no script takes a part for the whole. Never with `--quiet`.
    """
    if not options.quiet:
        for text in texts:
            _to_stderr(f"agenda: {text}")


def remark_as_it_is(options: "MessageOptions", text: str) -> None:
    """The same for a text whose lines are never broken, such as a diff."""
    if are_remarks_told(options):
        _write_to_stderr(safe_message(f"agenda: {text}"))


def are_remarks_told(options: "MessageOptions") -> bool:
    """Whether `remark` writes anything, so that remarks which are costly to find need not be looked for."""
    return not options.quiet and sys.stderr is not None and (options.verbose or sys.stderr.isatty())


def write_error(message: str) -> None:
    """An error message to standard error."""
    _to_stderr(message)


def can_ask() -> bool:
    """Whether somebody sees what is asked on standard error, and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str, answers: str) -> str:
    """The letter of `answers` with which the answer begins: the first one for an empty line, and the last one where
    nothing more comes. The question goes to standard error, until one of them is the answer.
    """
    while True:
        try:
            sys.stderr.write(question)
            sys.stderr.flush()
            line = sys.stdin.buffer.readline().decode(errors="replace")
        except (OSError, KeyboardInterrupt):
            line = ""
        letter = line.strip().lower()[:1] or (answers[0] if line else answers[-1])
        if letter in answers:
            return letter


def discard() -> None:
    """Send all further output nowhere, even what is still to be flushed, since standard output takes no more."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    if sys.stdout is None:
        raise FileError("standard output is closed")
    try:
        yield sys.stdout
    except OSError as error:
        discard()
        if isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL):  # as Windows says
            raise ClosedPipe from None
        raise FileError(f"standard output cannot be written: {os.strerror(error.errno or 0)}") from None


def _to_stderr(text: str) -> None:
    _write_to_stderr(_fitted(safe_message(text)))


def _write_to_stderr(message: str) -> None:
    if sys.stderr is not None:
        with suppress(OSError):  # there is nowhere left to tell it
            sys.stderr.write(f"{message}\n")
            sys.stderr.flush()


def _fitted(message: str) -> str:
    """A message for standard error: on a terminal broken between words to its width, else with its lines as they are,
    so that programs find what belongs together in one.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        return message
    columns = _stderr_columns()
    if message.isascii() and all(len(line) <= columns for line in message.split("\n")):
        return message  # as most are, without what it costs to import Rich
    from agenda.cli.terminal import wrap_message

    return wrap_message(message, columns)


def _stderr_columns() -> int:
    """How wide the terminal of standard error is; that of standard output may be another, or none."""
    with suppress(ValueError):  # what is no number, or one of thousands of digits
        columns = int(os.environ.get("COLUMNS", ""))
        if columns > 0:
            return columns
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    except (OSError, ValueError):
        return _USUAL_COLUMNS
