"""What people type for a day, a month or a span of days, read into a `Period`.

The grammar is our own and closed, so that a form is read in one way or not at all.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.errors import UsageError
from agenda.model import Fixed
from agenda.text import fold, quote

FORMS = '2025-09-30, 2025-10, "30 Sep", "Sep 30 2025", "30 settembre", today, tomorrow, yesterday, +3d or -1d'
MONTH_FORMS = '2025-10, October, ottobre, Oct or "October 2025"'

# Patterns, compiled only where they are asked for.
_DAY = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_MONTH = r"([0-9]{4})-([0-9]{2})"
_SHIFT = r"([+-][0-9]{1,4})d"
_NAMED = r"(?:([0-9]{1,2}) ([a-z]+)|([a-z]+) ([0-9]{1,2}))(?:,? ([0-9]{4}))?"
_NAMED_MONTH = r"([a-z]+)(?: ([0-9]{4}))?"
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_ITALIAN = {
    "gen": "jan",
    "gennaio": "jan",
    "febbraio": "feb",
    "marzo": "mar",
    "aprile": "apr",
    "mag": "may",
    "maggio": "may",
    "giu": "jun",
    "giugno": "jun",
    "lug": "jul",
    "luglio": "jul",
    "ago": "aug",
    "agosto": "aug",
    "set": "sep",
    "settembre": "sep",
    "ott": "oct",
    "ottobre": "oct",
    "novembre": "nov",
    "dic": "dec",
    "dicembre": "dec",
}
_LEAP_YEAR = 2000


class Period(Struct, frozen=True):
    """The days from `first` to `last`, both inclusive; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether any of the days from `first` to `last` lies in it."""
        return (self.last is None or first <= self.last) and (self.first is None or last >= self.first)


class Clock(Struct, frozen=True):
    """What days are told by: the day that is `today`, and the agenda's `span`, which gives a day its year, and is
    asked for only then; None where no day of the agenda is known.
    """

    today: date
    span: Callable[[], tuple[date, date] | None]

    def day(self, typed: str) -> Period:
        """The day or the month that `typed` names.

        Raises UsageError where it is of no form in `FORMS`, is no day of the calendar, or names no year and
        falls into the agenda's span in no year or in several.
        """
        words = fold(typed)
        try:
            if match := re.fullmatch(_DAY, words):
                return _one(date(*map(int, match.groups())))
            if match := re.fullmatch(_MONTH, words):
                return month_of(date(int(match[1]), int(match[2]), 1))
            if words in _NEAR:
                return _one(self.today + timedelta(_NEAR[words]))
            if match := re.fullmatch(_SHIFT, words):
                return _one(self.today + timedelta(int(match[1])))
            if match := re.fullmatch(_NAMED, words):
                return _one(self._named(typed, match))
        except (ValueError, OverflowError):
            raise UsageError(f"{quote(typed)} is no day of the calendar") from None
        raise UsageError(f"{quote(typed)} is not a day; write it as {FORMS}")

    def period(self, typed: str) -> Period:
        """The period that `typed` names: all that `day` reads, and `A..B`, where either end may be left open."""
        start, dots, end = typed.partition("..")
        if not dots:
            return self.day(typed)
        if not (start.strip() or end.strip()):
            raise UsageError(f"{quote(typed)} has no end that is a day; write A..B, A.. or ..B")
        first = self.day(start).first if start.strip() else None
        last = self.day(end).last if end.strip() else None
        if first and last and first > last:
            raise UsageError(f"{quote(typed)} ends before it starts")
        return Period(first, last)

    def month(self, typed: str) -> Period:
        """The month that `typed` names, from its first to its last day.

        Raises UsageError where it is of no form in `MONTH_FORMS`, is no month of the calendar, or names no year and
        touches the agenda's span in no year or in several.
        """
        words = fold(typed)
        try:
            if match := re.fullmatch(_MONTH, words):
                return month_of(date(int(match[1]), int(match[2]), 1))
            if (match := re.fullmatch(_NAMED_MONTH, words)) and (month := _number_of(match[1])):
                day = date(_LEAP_YEAR, month, 1)
                year = int(match[2]) if match[2] else self._year(typed, lambda year: month_of(day.replace(year=year)))
                return month_of(day.replace(year=year))
        except ValueError:
            raise UsageError(f"{quote(typed)} is no month of the calendar") from None
        raise UsageError(f"{quote(typed)} is not a month; write it as {MONTH_FORMS}")

    def _named(self, typed: str, match: re.Match[str]) -> date:
        """The day of a form with the name of its month; ValueError where the calendar has none such."""
        number, month = int(match[1] or match[4]), _number_of(match[2] or match[3])
        if month is None:
            raise UsageError(f"{quote(typed)} is not a day; write it as {FORMS}")
        if match[5]:
            return date(int(match[5]), month, number)
        day = date(_LEAP_YEAR, month, number)
        return day.replace(year=self._year(typed, lambda year: _in_year(day, year)))

    def _year(self, typed: str, in_year: Callable[[int], Period | None]) -> int:
        """The one year in which the agenda's span touches a period that has no year of its own."""
        span = self.span()
        if span is None:
            raise UsageError(f"{quote(typed)} needs a year: no event of this agenda has a date")
        first, last = span
        years = range(first.year, last.year + 1)
        found = [year for year in years if (period := in_year(year)) and period.touches(first, last)]
        if not found:
            raise UsageError(f"{quote(typed)} is not within this agenda, {first} to {last}; add the year")
        if len(found) > 1:
            raise UsageError(f"{quote(typed)} may be of {found[0]} or {found[1]}; add the year")
        return found[0]


def month_of(day: date) -> Period:
    """The month that the day is in, from its first to its last day."""
    from calendar import monthrange  # which makes the names of all months when it is imported

    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def now(typed: str | None, zone: ZoneInfo | None, told_in: ZoneInfo | None = None) -> datetime:
    """The time that it is, by the clocks of `told_in`, else of `zone`, else of the system's own zone: `typed` (ISO
    8601, in `zone` if it has no offset) where it is given, else now. Raises UsageError where `typed` is no such time.
    """
    if not typed:
        return datetime.now(UTC).astimezone(told_in or zone)
    try:
        given = datetime.fromisoformat(typed)
        there = given.replace(tzinfo=zone) if zone and given.tzinfo is None else given
        return there.astimezone(told_in or zone)
    except (ValueError, OverflowError):
        raise UsageError(
            f"AGENDA_NOW is {quote(typed)}; it must be a time such as 2025-09-29T09:30 or 2025-09-29T09:30+09:00"
        ) from None


def _one(day: date) -> Period:
    return Period(day, day)


def _number_of(month: str) -> int | None:
    """The number of the month of that name, from 1; None where there is none such."""
    from dateutil.parser import parserinfo  # only for the forms with names: it is slow to import

    return parserinfo().month(_ITALIAN.get(month, month))


def _in_year(day: date, year: int) -> Period | None:
    try:
        return _one(day.replace(year=year))
    except ValueError:  # 29 February
        return None


# fmt: off
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
# fmt: on
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday_name(day: date) -> str:
    """`Monday`."""
    return WEEKDAY_NAMES[day.weekday()]


def month_name(day: date) -> str:
    """`September`."""
    return MONTH_NAMES[day.month - 1]


def long_day(day: date) -> str:
    """`Monday 29 September 2025`."""
    return f"{weekday_name(day)} {day.day} {month_name(day)} {day.year}"


def long_month(day: date) -> str:
    """`September 2025`, the month of that day."""
    return f"{month_name(day)} {day.year}"


def weekdays(letters: int) -> list[str]:
    """`Mon`, `Tue` and so on, with so many letters."""
    return [name[:letters] for name in WEEKDAY_NAMES]


def day_of_week(day: date) -> str:
    """`Mon 29 Sep 2025`, `Wed  1 Oct 2025`: all as wide, so that they line up."""
    return f"{weekday_name(day):.3} {short_day(day):>11}"


def short_day(day: date, year: int | None = None) -> str:
    """`29 Sep`, or `29 Sep 2025` where it is not of `year`."""
    shown = f"{day.day} {month_name(day)[:3]}"
    return shown if day.year == year else f"{shown} {day.year}"


def span_in_words(first: date, last: date, year: int | None = None) -> str:
    """`24–27 Sep`, `28 Sep–4 Oct`, with the years that are not `year`; one day alone as such."""
    if first == last:
        return short_day(first, year)
    end = short_day(last, year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{short_day(first, last.year if year is None else year)}–{end}"


def clock_time(time: datetime) -> str:
    """`09:30`, or `09:30:15` where there are seconds."""
    return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"


def times_in_words(when: Fixed) -> str:
    """`11:00`, `11:00–12:30`, or `20:00–1 Oct 02:00` where it ends on another day; empty for whole days.

    After times of no one zone comes their offset, as in `11:00 +02:00`; where the end has another, each has its own.
    """
    if not isinstance(when.start, datetime):
        return ""
    shown = clock_time(when.start)
    offset = _offset_in_words(when.start)
    if isinstance(when.end, datetime):
        first, last = when.days
        end = (
            clock_time(when.end)
            if first == last
            else f"{short_day(when.end.date(), first.year)} {clock_time(when.end)}"
        )
        differs = _offset_in_words(when.end) != offset
        shown += f"{offset if differs else ''}–{end}"
        offset = _offset_in_words(when.end)
    return shown + offset


def _offset_in_words(time: datetime) -> str:
    """The offset to be told beside a time of no zone."""
    return f" {time.isoformat()[-6:]}" if isinstance(time.tzinfo, timezone) else ""
