"""All that is to be said of a file: its errors, or, where it is valid, the warnings."""

import codecs
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from agenda.dataset.load import bytes_of, name_of, parsed
from agenda.dataset.warnings import warnings
from agenda.errors import DataError, Finding, Severity
from agenda.model import Agenda


class Checked(Struct, frozen=True, kw_only=True):
    """What a check of a file has found, in the order of the file; the `agenda` is None where there are errors. The
    `lines` of the file are there where anything was found, and where it is text.
    """

    agenda: Agenda | None
    findings: tuple[Finding, ...]
    lines: tuple[str, ...] = ()


def check(name: str | None, clock: Callable[[Agenda], datetime]) -> Checked:
    """Check the file of that name, named as `agenda.dataset.load.load` has it; `clock` tells the time for an agenda.

    Raises FileError where the file cannot be read.
    """
    content = bytes_of(name)
    shown = name_of(name)
    try:
        agenda, tables = parsed(content, shown)
    except DataError as error:
        return Checked(agenda=None, findings=error.findings, lines=_lines(content))
    faults = list(warnings(agenda, tables, clock(agenda)))
    if not faults:
        return Checked(agenda=agenda, findings=())
    from agenda.dataset.findings import findings

    lines = _lines(content)
    found = findings(faults, "\n".join(lines), tables, shown, Severity.WARNING)
    return Checked(agenda=agenda, findings=tuple(found), lines=lines)


def _lines(content: bytes) -> tuple[str, ...]:
    """The lines of the file as findings count them, without the carriage returns; none where it is binary or UTF-16."""
    if b"\0" in content or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ()
    return tuple(line.removesuffix("\r") for line in content.decode("utf-8-sig", "replace").split("\n"))
