"""From a file to the agenda that it holds, or to all that is wrong with it."""

from collections.abc import Callable
from datetime import datetime
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import tomli
from msgspec import Struct, ValidationError

from agenda.agendafile import schema
from agenda.agendafile.resolve import resolve
from agenda.errors import DataError, Diagnostic, Severity
from agenda.files import STDIN, decodable, read_file
from agenda.model import Agenda
from agenda.text import make_visible

_PACKAGE = Path(__file__).parent.parent


def load(path: str | PathLike[str] | None = None) -> Agenda:
    """The agenda in the file of that path; of standard input where it is `-`; the shipped one where it is None.

    Raises FileError where the file cannot be read, and DataError, with every mistake at its place, where it is
    not UTF-8, not TOML 1.1, or no agenda.
    """
    name = None if path is None else fspath(path)
    content, shown = read_agenda_file(name), display_name(name)
    return _resolve_file(_read_shape(content, shown), content, shown)


def read_agenda_file(name: str | None) -> bytes:
    """What is in the file, named as `load` has it; raises FileError where it cannot be read."""
    return read_file(str(shipped_file()) if name is None else name, "a TOML file")


def display_name(name: str | None) -> str:
    """What a file is called in messages, named as `load` has it."""
    return "<stdin>" if name == STDIN else make_visible(str(shipped_file()) if name is None else name)


def shipped_file() -> Path:
    """The dataset that comes with the program: beside its code once it is installed, in `data/` in a checkout."""
    installed = _PACKAGE / "events.toml"
    return installed if installed.exists() else _PACKAGE.parent / "data" / "events.toml"


class CheckResult(Struct, frozen=True, kw_only=True):
    """What a check of a file has found, in the order of the file; the `agenda` is None where there are errors. The
    `lines` of the file are there where anything was found, and where it is text.
    """

    agenda: Agenda | None
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[str, ...] = ()


def check_file(name: str | None, clock: Callable[[Agenda], datetime]) -> CheckResult:
    """Check the file of that name, named as `agenda.agendafile.load.load` has it; `clock` tells the time for an agenda.

    Raises FileError where the file cannot be read.
    """
    content = read_agenda_file(name)
    shown = display_name(name)
    try:
        file = _read_shape(content, shown)
        agenda = _resolve_file(file, content, shown)
    except DataError as error:
        return CheckResult(agenda=None, diagnostics=error.diagnostics, lines=_lines(content, shown))
    from agenda.agendafile.lint import find_warnings  # most runs warn of nothing

    warnings = list(find_warnings(agenda, file, clock(agenda)))
    if not warnings:
        return CheckResult(agenda=agenda, diagnostics=())
    from agenda.agendafile.diagnose import locate_problems

    ids = [event.id for event in file.events]
    diagnostics = locate_problems(warnings, _text(content, shown), ids, shown, Severity.WARNING)
    return CheckResult(agenda=agenda, diagnostics=tuple(diagnostics), lines=_lines(content, shown))


def _read_shape(content: bytes, shown: str) -> schema.FileTable:
    """The tables of a file of that content, which is called `shown`, as the schema has them, and not resolved yet.

    Raises DataError where it is not UTF-8, no TOML, or of another shape; then also with what is wrong in its meaning.
    """
    # The text is not kept for what could be wrong, nor are the plain tables, which saves a fifth of the memory.
    tables = _tables(_text(content, shown), shown)
    try:
        return schema.convert_tables(tables)
    except ValidationError:  # that is only the first mistake
        from agenda.agendafile.diagnose import find_problems, list_ids, locate_problems

        problems = find_problems(tables)
        raise DataError(locate_problems(problems, _text(content, shown), list_ids(tables), shown)) from None


def _resolve_file(file: schema.FileTable, content: bytes, shown: str) -> Agenda:
    """The agenda that a file of that content means; raises DataError, with every mistake, where it means none."""
    agenda, problems = resolve(file)
    if problems:
        from agenda.agendafile.diagnose import locate_problems

        ids = [event.id for event in file.events]
        raise DataError(locate_problems(problems, _text(content, shown), ids, shown))
    return agenda


def _text(content: bytes, shown: str) -> str:
    """The text of a file of that content; raises DataError where it is not UTF-8."""
    content = decodable(content, shown, "an agenda is a TOML file")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8"
        before = content[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise DataError([Diagnostic(shown, line, column, message)]) from None


def _tables(text: str, shown: str) -> dict[str, Any]:
    """The plain tables of the text of a file; raises DataError where it is no TOML."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        from agenda.agendafile.syntax import explain_syntax

        raise DataError([Diagnostic(shown, error.lineno, error.colno, explain_syntax(error))]) from None
    except RecursionError:
        raise DataError([Diagnostic(shown, 1, 1, "the tables or lists of this file are nested too deep")]) from None
    except ValueError:  # Python takes no number of thousands of digits
        raise DataError([Diagnostic(shown, 1, 1, "a number in this file has too many digits")]) from None


def _lines(content: bytes, shown: str) -> tuple[str, ...]:
    """The lines of the file as diagnostics count them, without carriage returns; none where it is binary or UTF-16."""
    try:
        text = decodable(content, shown, "").decode(errors="replace")
    except DataError:
        return ()
    return tuple(line.removesuffix("\r") for line in text.split("\n"))
