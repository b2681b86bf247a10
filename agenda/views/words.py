"""Days and times in words, the same in every locale."""

from datetime import date, datetime, timezone

from agenda.model import Fixed

_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"


def long_day(day: date) -> str:
    """`Monday 29 September 2025`."""
    return f"{_WEEKDAYS.split()[day.weekday()]} {day.day} {_MONTHS.split()[day.month - 1]} {day.year}"


def short_day(day: date, year: int | None = None) -> str:
    """`29 Sep`, or `29 Sep 2025` where it is not of `year`."""
    shown = f"{day.day} {_MONTHS.split()[day.month - 1][:3]}"
    return shown if day.year == year else f"{shown} {day.year}"


def span(first: date, last: date, year: int | None = None) -> str:
    """`24–27 Sep`, `28 Sep–4 Oct`, with the years that are not `year`; one day alone as such."""
    if first == last:
        return short_day(first, year)
    end = short_day(last, year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{short_day(first, last.year if year is None else year)}–{end}"


def clock(time: datetime) -> str:
    """`09:30`, or `09:30:15` where there are seconds."""
    return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"


def times(when: Fixed) -> str:
    """`11:00`, `11:00–12:30`, or `20:00–1 Oct 02:00` where it ends on another day; empty for whole days.

    After times of no one zone comes their offset, as in `11:00 +02:00`.
    """
    if not isinstance(when.start, datetime):
        return ""
    shown = clock(when.start)
    if isinstance(when.end, datetime):
        first, last = when.days
        end = clock(when.end) if first == last else f"{short_day(when.end.date(), first.year)} {clock(when.end)}"
        shown += f"–{end}"
    if isinstance(when.start.tzinfo, timezone):
        shown += f" {when.start.isoformat()[-6:]}"
    return shown
