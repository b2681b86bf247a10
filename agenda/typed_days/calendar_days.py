"""Days by their numbers; where the calendar has no such day, what it has instead."""

from datetime import MAXYEAR, MINYEAR, date, timedelta

from agenda.wording.english import MONTH_NAMES

OF_YEARS = f"the years are {MINYEAR} to {MAXYEAR}"
"""What is told where days leave the calendar."""
_LEAP_YEAR = 2000


class NoSuchDayError(ValueError):
    """The calendar has no such day; `str()` of it says what it has instead, e.g. `February 2025 has 28 days`."""


def make_day(year: int | None, month: int, day: int) -> date:
    """The day with these numbers; without a year, the day of a leap year. Raises NoSuchDayError."""
    try:
        return date(_LEAP_YEAR if year is None else year, month, day)
    except ValueError:
        raise NoSuchDayError(_explain(year, month)) from None


def _explain(year: int | None, month: int) -> str:
    if year is not None and not MINYEAR <= year <= MAXYEAR:
        return OF_YEARS
    if not 1 <= month <= len(MONTH_NAMES):
        return f"the months are 1 to {len(MONTH_NAMES)}"
    from calendar import monthrange  # which makes the names of all months when it is imported

    name = MONTH_NAMES[month - 1] if year is None else f"{MONTH_NAMES[month - 1]} {year}"
    return f"{name} has {monthrange(_LEAP_YEAR if year is None else year, month)[1]} days"


def make_week_day(year: int, week: int, weekday: int) -> date:
    """The day of a week of ISO 8601, from 1 for its Monday. Raises NoSuchDayError."""
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        if not MINYEAR <= year < MAXYEAR:
            raise NoSuchDayError(OF_YEARS) from None
        last = (date.fromisocalendar(year + 1, 1, 1) - timedelta(1)).isocalendar()
        raise NoSuchDayError(f"{year} has {last.week} weeks") from None
