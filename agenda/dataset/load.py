"""From a file to the agenda that it holds, or to all that is wrong with it."""

import codecs
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any

import tomli
from msgspec import ValidationError

from agenda.dataset import shape
from agenda.dataset.fault import Fault
from agenda.dataset.meaning import agenda_of
from agenda.errors import DataError, Finding
from agenda.files import STDIN, content_of
from agenda.model import Agenda
from agenda.text import visible

_PACKAGE = FilePath(__file__).parent.parent


def load(name: str | None) -> Agenda:
    """The agenda in the file of that name; of standard input where it is `-`; the shipped one where it is None.

    Raises FileError where the file cannot be read, and DataError, with every mistake at its place, where it is
    not UTF-8, not TOML 1.1, or no agenda.
    """
    content, shown = bytes_of(name), name_of(name)
    try:
        # Neither the text nor its tables are kept for what could be wrong, which saves a fifth of the memory.
        file = shape.read(tomli.loads(_text(content, shown)))
    except (ValueError, ValidationError, RecursionError):  # what is wrong, and where, another reading tells
        return parsed(content, shown)[0]
    agenda, faults = agenda_of(file)
    if faults:
        text = _text(content, shown)
        raise _error(faults, text, _tables(text, shown), shown)
    return agenda


def bytes_of(name: str | None) -> bytes:
    """What is in the file, named as `load` has it; raises FileError where it cannot be read."""
    return content_of(str(shipped()) if name is None else name, "a TOML file")


def parsed(content: bytes, shown: str) -> tuple[Agenda, dict[str, Any]]:
    """The agenda that a file of that content holds, and its plain tables; `shown` is what the file is called.

    Raises DataError, as `load` does, with every mistake.
    """
    text = _text(content, shown)
    tables = _tables(text, shown)
    try:
        agenda, faults = agenda_of(shape.read(tables))
        if not faults:
            return agenda, tables
    except ValidationError:  # that is only the first mistake
        from agenda.dataset.faults import all_faults

        faults = all_faults(tables)
    raise _error(faults, text, tables, shown)


def name_of(name: str | None) -> str:
    """What a file is called in messages, named as `load` has it."""
    return "<stdin>" if name == STDIN else visible(str(shipped()) if name is None else name)


def shipped() -> FilePath:
    """The dataset that comes with the program: beside its code once it is installed, in `data/` in a checkout."""
    installed = _PACKAGE / "events.toml"
    return installed if installed.exists() else _PACKAGE.parent / "data" / "events.toml"


def _text(content: bytes, shown: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DataError([Finding(shown, 1, 1, "this file is UTF-16; save it as UTF-8")])
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\0" in content:
        raise DataError([Finding(shown, 1, 1, "this is a binary file; an agenda is a TOML file")])
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8"
        before = content[: error.start].decode()
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise DataError([Finding(shown, line, column, message)]) from None


def _tables(text: str, shown: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        from agenda.dataset.syntax import wrong

        raise DataError([Finding(shown, error.lineno, error.colno, wrong(error))]) from None
    except RecursionError:
        raise DataError([Finding(shown, 1, 1, "the tables or lists of this file are nested too deep")]) from None
    except ValueError:  # Python takes no number of thousands of digits
        raise DataError([Finding(shown, 1, 1, "a number in this file has too many digits")]) from None


def _error(faults: Iterable[Fault], text: str, tables: dict[str, Any], shown: str) -> DataError:
    from agenda.dataset.findings import findings

    return DataError(findings(faults, text, tables, shown))
