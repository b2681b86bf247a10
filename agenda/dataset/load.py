"""From a file to the agenda that it holds, or to all that is wrong with it."""

import codecs
import os
import sys
from pathlib import Path as FilePath
from typing import Any

import tomli
from msgspec import ValidationError

from agenda.dataset import shape
from agenda.dataset.fault import Fault
from agenda.dataset.meaning import agenda_of
from agenda.dataset.vocabulary import NOUNS
from agenda.errors import DataError, FileError, Finding
from agenda.model import Agenda
from agenda.progress import Watch, unwatched
from agenda.text import named, one_line, visible

STDIN = "-"
_PACKAGE = FilePath(__file__).parent.parent
_SYNTAX = {
    "invalid value": 'text stands between quotes, as in "Torino", and a day is written 2026-05-05',
    "expected newline or end of document": "a day is written 2026-05-05, and a time 2026-05-05T08:30:00",
    "cannot overwrite a value": "a key is given once; several events are [[events]] each",
    "illegal character '\\n'": 'a quote that opens here is not closed; long text stands between """ and """',
    "unclosed array": "a list is written [1, 2], with a comma between its items",
    "unescaped '\\' in a string": "write \\\\ for a backslash, or text that has one between single quotes",
    "cannot declare": "a table is declared once; several events are [[events]] each",
    "invalid date or datetime": "there is no such day or time",
}
"""What would be right where tomli says this."""


def load(name: str | None, watch: Watch = unwatched) -> Agenda:
    """The agenda in the file of that name; of standard input where it is `-`; the shipped one where it is None.
    `watch` is given its events as they are read.

    Raises FileError where the file cannot be read, and DataError, with every mistake at its place, where it is
    not UTF-8, not TOML 1.1, or no agenda.
    """
    shown = name_of(name)
    text = _text(content_of(str(shipped()) if name is None else name), shown)
    tables = _tables(text, shown)
    try:
        agenda, faults = agenda_of(shape.read(tables), watch)
        if not faults:
            return agenda
    except ValidationError:
        pass  # that was the first mistake; what follows finds them all
    raise DataError(_findings(text, tables, shown, watch))


def name_of(name: str | None) -> str:
    """What a file is called in messages, named as `load` has it."""
    return "<stdin>" if name == STDIN else visible(str(shipped()) if name is None else name)


def shipped() -> FilePath:
    """The dataset that comes with the program: beside its code once it is installed, in `data/` in a checkout."""
    installed = _PACKAGE / "events.toml"
    return installed if installed.exists() else _PACKAGE.parent / "data" / "events.toml"


def standard_input() -> bytes:
    """All of standard input; FileError where it cannot be read."""
    if sys.stdin is None:
        raise FileError("standard input is closed")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise FileError(f"standard input cannot be read: {os.strerror(error.errno or 0)}") from None


def content_of(name: str, wanted: str = "a TOML file") -> bytes:
    """What is in the file of that name, or standard input where it is `-`; FileError where it cannot be read.

    `wanted` says in messages what kind of file is.
    """
    if name == STDIN:
        return standard_input()
    if not name:
        raise FileError(f"the name of the file is empty; name {wanted}")
    try:
        return FilePath(name).read_bytes()
    except FileNotFoundError:
        raise FileError(f"there is no file {named(name)}") from None
    except IsADirectoryError:
        raise FileError(f"{named(name)} is a folder; name {wanted}") from None
    except OSError as error:
        raise FileError(f"{named(name)} cannot be read: {os.strerror(error.errno or 0)}") from None


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
        message = f"this is not TOML: {one_line(error.msg[:1].lower() + error.msg[1:])}"
        message += next((f"; {right}" for wrong, right in _SYNTAX.items() if wrong in message), "")
        raise DataError([Finding(shown, error.lineno, error.colno, message)]) from None
    except RecursionError:
        raise DataError([Finding(shown, 1, 1, "the tables or lists of this file are nested too deep")]) from None
    except ValueError:  # Python takes no number of thousands of digits
        raise DataError([Finding(shown, 1, 1, "a number in this file has too many digits")]) from None


def _findings(text: str, tables: dict[str, Any], shown: str, watch: Watch) -> list[Finding]:
    """Every mistake in a file that is TOML but no agenda, in the order of their places."""
    from agenda.dataset.faults import Descent
    from agenda.dataset.positions import locate

    descent = Descent(tables, watch)
    _, faults = agenda_of(shape.read(descent.tables), watch)
    restored = [
        fault._replace(path=descent.original(fault.path), other=fault.other and descent.original(fault.other))
        for fault in faults
        if not descent.lacks_items(fault.path)
    ]
    positions = locate(text)
    findings = []
    for fault in (*descent.faults, *restored):
        position = positions.of_key(fault.path) if fault.at_key else positions.of_value(fault.path)
        message = _subject(fault, tables) + fault.message
        if fault.other:
            message += f" (the other is on line {positions.of_value(fault.other).line})"
        findings.append(Finding(shown, position.line, position.column, one_line(message)))
    return sorted(findings)


def _subject(fault: Fault, tables: dict[str, Any]) -> str:
    """Which event or other entry a fault is in, as a prefix of its message."""
    match fault.path:
        case ("events", int(index), *_):
            event = tables["events"][index]
            event_id = event.get("id") if isinstance(event, dict) else None
            return (
                f"event {one_line(event_id)!r}: " if isinstance(event_id, str) and event_id else f"event {index + 1}: "
            )
        case (str(key), str(name), *_) if key in NOUNS and name:
            return f"{NOUNS[key]} {one_line(name)!r}: "
        case ("agenda", _, *_):
            return "agenda: "
    return ""
