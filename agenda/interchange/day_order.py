"""Whether days of numbers alone, such as 3/4/2026, have the day first or the month: told by those that show it."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from msgspec import Struct

from agenda.errors import UsageError
from agenda.interchange.sheets import Cell
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.typed_days.names import weekday_number
from agenda.wording.english import ENGLISH

NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])")
"""A day of numbers alone whose year comes last."""
WEEKDAY = re.compile(r"([^\W\d_]{2,})\.?,? +(.+)", re.DOTALL)
"""What may be the name of a weekday, and what follows."""
_LATEST_SHORT_YEAR = 69
"""Years of two digits up to this one are of this century."""
_MONTHS = 12


class DayOrder(Struct, frozen=True):
    """How days of numbers alone are read: the day before the month, or behind it."""

    day_first: bool

    def day(self, numbers: re.Match[str]) -> date:
        """The day of three numbers; ValueError where the calendar has none such."""
        first, second, year = (int(number) for number in numbers.group(1, 3, 4))
        if len(numbers[4]) < len("2026"):
            year += 2000 if year <= _LATEST_SHORT_YEAR else 1900
        return date(year, second, first) if self.day_first else date(year, first, second)


def find_numeric_day(cell: Cell) -> re.Match[str] | None:
    """The three numbers at the start of a cell that are a day whose year comes last."""
    if not isinstance(cell, str):
        return None
    named = WEEKDAY.match(cell)
    text = named[2] if named and weekday_number(fold(named[1])) is not None else cell
    return NUMBERS.match(text)


def decide_order(cells: Iterable[tuple[str, re.Match[str]]], asked: bool | None) -> tuple[DayOrder, str]:
    """The order of all days of numbers, given each with the name of its cell, and what shows it where that is worth
    telling; `asked` is what the user says.

    Raises UsageError where the order cannot be told.
    """
    shows = {True: "", False: ""}
    open_: tuple[str, re.Match[str]] | None = None
    for name, numbers in cells:
        first, second = int(numbers[1]), int(numbers[3])
        if first > _MONTHS >= second or second > _MONTHS >= first:
            shows[first > _MONTHS] = shows[first > _MONTHS] or f"{quote(numbers[0])} ({name})"
        elif open_ is None and len(_readings(numbers)) > 1:
            open_ = name, numbers
    if asked is not None:
        return DayOrder(asked), ""
    if shows[True] and shows[False]:
        wrong = f"{shows[True]} has the day first, but {shows[False]} the month"
        raise UsageError(f"{wrong}; mend one of them, or give --day-first or --month-first")
    if shows[True] or shows[False]:
        order = "day" if shows[True] else "month"
        note = f"days of numbers are read {order} first, as {shows[bool(shows[True])]} shows" if open_ else ""
        return DayOrder(bool(shows[True])), note
    if open_ is None:
        return DayOrder(day_first=True), ""
    name, numbers = open_
    ways = " or ".join(map(ENGLISH.short_day, _readings(numbers)))
    raise UsageError(
        f"{quote(numbers[0])} ({name}) may be {ways}, and no other day shows which; give --day-first or --month-first"
    )


def _readings(numbers: re.Match[str]) -> list[date]:
    """The days of the calendar that three numbers may be: two for 3/4/2026, one for 13/4/2026, none for 0/5/2026."""
    days: dict[date, None] = {}
    for order in (DayOrder(day_first=True), DayOrder(day_first=False)):
        with suppress(ValueError):
            days[order.day(numbers)] = None
    return list(days)
