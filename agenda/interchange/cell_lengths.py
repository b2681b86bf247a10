"""Lengths of time in the cells of a table, as people write them."""

import re
from datetime import date, datetime, time, timedelta

from agenda.interchange.sheets import Cell
from agenda.text.folding import fold
from agenda.text.safe import quote

_DURATION_ISO = re.compile(r"pt(?:(\d+)h)?(?:(\d+)m)?")
_DURATION = re.compile(
    r"(?:([0-9]+(?:[.,][0-9]+)?) ?(?:h|hr|hrs|hours?|ore|ora)(?![a-z]) ?)?"
    r"(?:(?:e|and)? ?([0-9]+) ?(?:m|min|mins|minutes?|minuti|minuto|')?\.?)?"
)
_DURATION_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_MAX_LENGTH = timedelta(days=31)


def read_duration(cell: Cell) -> timedelta | None:
    """The length of time in a cell, numbers alone being minutes; None where it is empty. Raises ValueError, with a
    message for the user, where it is none.
    """
    if cell is None:
        return None
    try:
        length = _length_of(cell)
    except (OverflowError, ValueError):  # more digits than any length has, or a number that is none
        length = None
    if length is None or not timedelta(0) < length <= _MAX_LENGTH:
        raise ValueError(
            f"{quote(str(cell))} is no length of time; write it as 90, 1:30 or 1h 30m, {_MAX_LENGTH.days} days at most"
        )
    return timedelta(seconds=round(length.total_seconds()))


def _length_of(cell: Cell) -> timedelta | None:
    """The length of time, however long; None where the cell says none. Raises OverflowError or ValueError where its
    number is too large to be counted with.
    """
    match cell:
        case timedelta():
            return cell
        case time():
            return timedelta(hours=cell.hour, minutes=cell.minute)
        case datetime() if cell.date() <= date(1900, 1, 1):
            return timedelta(hours=cell.hour, minutes=cell.minute)
        case float() | int() if not isinstance(cell, bool):
            return timedelta(days=cell) if 0 < cell < 1 else timedelta(minutes=cell)
        case str():
            return _length_of_text(fold(cell).strip("."))
    return None


def _length_of_text(text: str) -> timedelta | None:
    if match := _DURATION_CLOCK.fullmatch(text):
        return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3] or 0))
    match = _DURATION_ISO.fullmatch(text) or _DURATION.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    return timedelta(hours=float((match[1] or "0").replace(",", ".")), minutes=int(match[2] or 0))
