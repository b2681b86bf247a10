"""Periods of days, and how days are written."""

from datetime import date, datetime, timezone

from msgspec import Struct

from agenda.model import Fixed


class Period(Struct, frozen=True):
    """The days from `first` to `last`, both inclusive; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether any of the days from `first` to `last` lies in it."""
        return (self.last is None or first <= self.last) and (self.first is None or last >= self.first)


def month_of(day: date) -> Period:
    """The month that the day is in, from its first to its last day."""
    from calendar import monthrange  # which makes the names of all months when it is imported

    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def write_period(period: Period) -> str:
    """A period as it can be typed: `2025-09-30`, `2025-10` for a month, `2025-09-29..2025-10-02`, `2025-10-01..`."""
    first, last = period.first, period.last
    if first and first == last:
        return first.isoformat()
    if first and period == month_of(first):
        return first.isoformat()[:7]
    return f"{first or ''}..{last or ''}"


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


def long_span(first: date, last: date) -> str:
    """`Thursday 2 – Saturday 11 October 2025`, with what the first day has of its own; one day alone as such."""
    if first == last:
        return long_day(first)
    start = f"{weekday_name(first)} {first.day}"
    if first.year != last.year:
        start = long_day(first)
    elif first.month != last.month:
        start += f" {month_name(first)}"
    return f"{start} – {long_day(last)}"


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


def end_in_words(when: Fixed, day: date) -> str:
    """Until when it goes on, as told on that day: `3 Oct`, `02:00` where that is its last day, or `1 Oct 02:00`."""
    _, last = when.days
    if not isinstance(when.end, datetime):
        return short_day(last, day.year)
    time = f"{clock_time(when.end)}{_offset_in_words(when.end)}"
    return time if day == last else f"{short_day(when.end.date(), day.year)} {time}"


def _offset_in_words(time: datetime) -> str:
    """The offset to be told beside a time of no zone."""
    return f" {time.isoformat()[-6:]}" if isinstance(time.tzinfo, timezone) else ""
