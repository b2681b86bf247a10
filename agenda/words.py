"""Days and times in words, the same in every locale."""

from datetime import date, datetime, timezone

from agenda.model import ByDay, Day, Fixed, Frequency, Rule
from agenda.text import either

_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"

_UNITS = {
    Frequency.DAILY: "day",
    Frequency.WEEKLY: "week",
    Frequency.MONTHLY: "month",
    Frequency.YEARLY: "year",
}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEENS = {11, 12, 13}


def weekday_name(day: date) -> str:
    """`Monday`."""
    return _WEEKDAYS.split()[day.weekday()]


def month_name(day: date) -> str:
    """`September`."""
    return _MONTHS.split()[day.month - 1]


def long_day(day: date) -> str:
    """`Monday 29 September 2025`."""
    return f"{weekday_name(day)} {day.day} {month_name(day)} {day.year}"


def long_month(day: date) -> str:
    """`September 2025`, the month of that day."""
    return f"{month_name(day)} {day.year}"


def weekdays(letters: int) -> list[str]:
    """`Mon`, `Tue` and so on, with so many letters."""
    return [name[:letters] for name in _WEEKDAYS.split()]


def day_of_week(day: date) -> str:
    """`Mon 29 Sep 2025`, `Wed  1 Oct 2025`: all as wide, so that they line up."""
    return f"{weekday_name(day):.3} {short_day(day):>11}"


def short_day(day: date, year: int | None = None) -> str:
    """`29 Sep`, or `29 Sep 2025` where it is not of `year`."""
    shown = f"{day.day} {month_name(day)[:3]}"
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

    After times of no one zone comes their offset, as in `11:00 +02:00`; where the end has another, each has its own.
    """
    if not isinstance(when.start, datetime):
        return ""
    shown = clock(when.start)
    offset = _offset(when.start)
    if isinstance(when.end, datetime):
        first, last = when.days
        end = clock(when.end) if first == last else f"{short_day(when.end.date(), first.year)} {clock(when.end)}"
        differs = _offset(when.end) != offset
        shown += f"{offset if differs else ''}–{end}"
        offset = _offset(when.end)
    return shown + offset


def _offset(time: datetime) -> str:
    """The offset to be told beside a time of no zone."""
    return f" {time.isoformat()[-6:]}" if isinstance(time.tzinfo, timezone) else ""


def recurrence(rule: Rule, exceptions: tuple[Day, ...] = ()) -> str:
    """`every 2 weeks on Monday and Wednesday, until 4 Oct 2025, but not on 24 Sep 2025`."""
    unit = _UNITS[rule.frequency]
    parts = [f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"]
    weekdays = [_weekday(by) for by in rule.by_day]
    days = [_nth_day(number) for number in rule.by_month_day]
    if weekdays and days:
        parts.append(f"on {either(weekdays, 'and')}, where that is {either(days)},")
    elif weekdays or days:
        parts.append(f"on {either(weekdays or days, 'and')}")
    if rule.by_set_position:
        parts.append(f"(only the {either([_nth(number) for number in rule.by_set_position], 'and')} of these)")
    if rule.by_month:
        parts.append(f"in {either([_MONTHS.split()[month - 1] for month in rule.by_month], 'and')}")
    shown = " ".join(parts).removesuffix(",")
    if rule.count is not None:
        shown += ", once" if rule.count == 1 else f", {rule.count} times"
    if rule.until is not None:
        shown += f", until {short_day(rule.until)}"
    return shown + (f", but not on {either(map(short_day, exceptions), 'and')}" if exceptions else "")


def _weekday(by: ByDay) -> str:
    name = _WEEKDAYS.split()[by.weekday]
    return name if by.nth is None else f"the {_nth(by.nth)} {name}"


def _nth_day(number: int) -> str:
    return f"the {_nth(number)}" if number > 0 else f"the {_nth(number)} day"


def _nth(number: int) -> str:
    """`1st`, `22nd`, `last`, `3rd last`."""
    place = abs(number)
    ending = "th" if place % 100 in _TEENS else _ENDINGS.get(place % 10, "th")
    if number > 0:
        return f"{place}{ending}"
    return "last" if place == 1 else f"{place}{ending} last"
