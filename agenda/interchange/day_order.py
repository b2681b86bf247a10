"""Whether days of numbers alone, such as 3/4/2026, have the day first or the month: told by those that show it."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from agenda.errors import UsageError
from agenda.interchange.sheets import Cell
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.typed_days.calendar_days import NoSuchDayError, make_day
from agenda.typed_days.names import weekday_number
from agenda.wording.english import ENGLISH

_NUMBERS = re.compile(
    r"([0-9]{1,2})(?:([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])|/([0-9]{1,2})(?![0-9]|/[0-9])"
    r"|\.([0-9]{1,2})\.(?! ?[0-9]))"
)
"""A day of numbers alone whose year comes last, or that has none, as `30/9` and `30.9.`; 9.30 and 9-10 are times."""
WEEKDAY = re.compile(r"([^\W\d_]{2,})\.?,? +(.+)", re.DOTALL)
"""What may be the name of a weekday, and what follows."""
_LATEST_SHORT_YEAR = 69
"""Years of two digits up to this one are of this century."""
_MONTHS = 12
_LEAP_YEAR = 2000


class NumericDay(Struct, frozen=True):
    """A day of numbers alone, as it was `typed`: day and month, in whichever order, and the year if it has one; and
    the weekday that stands before it, from 0 for Monday.
    """

    typed: str
    first: int
    second: int
    year: int | None
    weekday: int | None = None


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
    weekday = weekday_number(fold(named[1])) if named else None
    if weekday is None or named is None:
        return _make_day(match) if (match := _NUMBERS.match(cell)) else None
    match = _NUMBERS.match(named[2])
    return replace(_make_day(match), typed=f"{named[1]} {match[0]}", weekday=weekday) if match else None


def _make_day(match: re.Match[str]) -> NumericDay:
    year = int(match[4]) if match[4] else None
    if year is not None and len(match[4]) < len("2026"):
        year += 2000 if year <= _LATEST_SHORT_YEAR else 1900
    return NumericDay(match[0], int(match[1]), int(match[3] or match[5] or match[6]), year)


def decide_order(
    cells: Iterable[tuple[str, NumericDay]], asked: bool | None, typed_year: int | None
) -> tuple[DayOrder, str]:
    """The order of all days of numbers, given each with the name of its cell, and what shows it where that is worth
    telling; `asked` is what the user says, and `typed_year` the year of days without one that is typed.

    A day shows it by a number that is no month, as 13/4, or by its weekday: 7/3/2026 is a Saturday, and 3 July is none.
    By a year that is only inferred, such as that of a title, the weekday of last year's day would show the wrong order.
    Raises UsageError where the order cannot be told.
    """
    shows = {True: "", False: ""}
    open_: tuple[str, NumericDay] | None = None
    for name, numbers in cells:
        day_first = _shown_order(numbers, typed_year)
        if day_first is not None:
            shows[day_first] = shows[day_first] or f"{quote(numbers.typed)} ({name})"
        elif open_ is None and len(_readings(numbers, numbers.year)) > 1:
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
    ways = " or ".join(ENGLISH.short_day(day, untold) for day in _readings(numbers, numbers.year))
    raise UsageError(
        f"{quote(numbers.typed)} ({name}) may be {ways}, and no other day shows which; give --day-first or"
        " --month-first"
    )


def _shown_order(numbers: NumericDay, typed_year: int | None) -> bool | None:
    """Whether the day is first, where the numbers can be read in one order only; None where they do not show it."""
    first, second = numbers.first, numbers.second
    if first > _MONTHS >= second or second > _MONTHS >= first:
        return first > _MONTHS
    of_year = typed_year if numbers.year is None else numbers.year
    if numbers.weekday is None or of_year is None:
        return None
    readings = _readings(numbers, of_year)
    orders = [day_first for day, day_first in readings.items() if day.weekday() == numbers.weekday]
    return orders[0] if len(readings) > 1 and len(orders) == 1 else None


def _readings(numbers: NumericDay, year: int | None) -> dict[date, bool]:
    """The days of the calendar that the numbers may be, each with whether the day is first in it: two for 3/4/2026, one
    for 13/4/2026, none for 0/5/2026. Without a year they are of any.
    """
    days: dict[date, bool] = {}
    for day_first in (True, False):
        with suppress(NoSuchDayError):
            days[DayOrder(day_first).day(numbers, _LEAP_YEAR if year is None else year)] = day_first
    return days
