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
from agenda.typed_days.calendar_days import NoSuchDayError, make_day
from agenda.typed_days.names import weekday_number
from agenda.wording.english import ENGLISH

_NUMBERS = re.compile(
    r"([0-9]{1,2})(?:([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])|/([0-9]{1,2})(?![0-9]|/[0-9]))"
)
"""A day of numbers alone whose year comes last, or that has none; 9.30 and 9-10 are times."""
WEEKDAY = re.compile(r"([^\W\d_]{2,})\.?,? +(.+)", re.DOTALL)
"""What may be the name of a weekday, and what follows."""
_LATEST_SHORT_YEAR = 69
"""Years of two digits up to this one are of this century."""
_MONTHS = 12
_LEAP_YEAR = 2000


class NumericDay(Struct, frozen=True):
    """A day of numbers alone, as it was `typed`: day and month, in whichever order, and the year if it has one."""

    typed: str
    first: int
    second: int
    year: int | None


class DayOrder(Struct, frozen=True):
    """How days of numbers alone are read: the day before the month, or behind it."""

    day_first: bool

    def day(self, numbers: NumericDay, year: int) -> date:
        """The day of that year. Raises NoSuchDayError where the calendar has none such."""
        day, month = (numbers.first, numbers.second) if self.day_first else (numbers.second, numbers.first)
        try:
            return make_day(year, month, day)
        except NoSuchDayError as error:
            raise NoSuchDayError(f"the {'day' if self.day_first else 'month'} is first, and {error}") from None


def read_numeric_day(words: str) -> NumericDay | None:
    """The day of numbers alone that a text is; None where it is none."""
    match = _NUMBERS.fullmatch(words)
    return match and _make_day(match)


def find_numeric_day(cell: Cell) -> NumericDay | None:
    """The day of numbers alone at the start of a cell, where it may have the name of a weekday before it."""
    if not isinstance(cell, str):
        return None
    named = WEEKDAY.match(cell)
    text = named[2] if named and weekday_number(fold(named[1])) is not None else cell
    match = _NUMBERS.match(text)
    return match and _make_day(match)


def _make_day(match: re.Match[str]) -> NumericDay:
    year = int(match[4]) if match[4] else None
    if year is not None and len(match[4]) < len("2026"):
        year += 2000 if year <= _LATEST_SHORT_YEAR else 1900
    return NumericDay(match[0], int(match[1]), int(match[3] or match[5]), year)


def decide_order(cells: Iterable[tuple[str, NumericDay]], asked: bool | None) -> tuple[DayOrder, str]:
    """The order of all days of numbers, given each with the name of its cell, and what shows it where that is worth
    telling; `asked` is what the user says.

    Raises UsageError where the order cannot be told.
    """
    shows = {True: "", False: ""}
    open_: tuple[str, NumericDay] | None = None
    for name, numbers in cells:
        first, second = numbers.first, numbers.second
        if first > _MONTHS >= second or second > _MONTHS >= first:
            shows[first > _MONTHS] = shows[first > _MONTHS] or f"{quote(numbers.typed)} ({name})"
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
    untold = _LEAP_YEAR if numbers.year is None else None
    ways = " or ".join(ENGLISH.short_day(day, untold) for day in _readings(numbers))
    raise UsageError(
        f"{quote(numbers.typed)} ({name}) may be {ways}, and no other day shows which; give --day-first or"
        " --month-first"
    )


def _readings(numbers: NumericDay) -> list[date]:
    """The days of the calendar that the numbers may be: two for 3/4/2026, one for 13/4/2026, none for 0/5/2026."""
    days: dict[date, None] = {}
    year = _LEAP_YEAR if numbers.year is None else numbers.year
    for order in (DayOrder(day_first=True), DayOrder(day_first=False)):
        with suppress(NoSuchDayError):
            days[order.day(numbers, year)] = None
    return list(days)
