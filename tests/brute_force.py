"""The days of a rule, found by asking of each day whether RFC 5545, 3.3.10 gives it: slow and plain."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from agenda.model import ByDay, Frequency, Rule

_DAY = timedelta(1)


def days_by_brute_force(rule: Rule, first: date, last: date) -> list[date]:
    """The days that a rule starting on `first` gives, up to `last`, which COUNT must not reach beyond."""
    found = []
    for index, day in enumerate(_candidates(rule, first, last)):
        if rule.count is not None and index >= rule.count:
            break
        if rule.until is not None and day > rule.until:
            break
        found.append(day)
    return found


def _candidates(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days from `first` on, whatever the rule's end."""
    start = _start_of_period(rule, first)
    every = (start + _DAY * number for number in range((last - start).days + 1))
    for number, period in groupby(every, key=partial(_period, rule)):
        if (number - _period(rule, first)) % rule.interval:
            continue
        given = [day for day in period if _is_given(rule, first, day)]
        places = {place - 1 if place > 0 else len(given) + place for place in rule.by_set_position}
        chosen = [day for place, day in enumerate(given) if not places or place in places]
        yield from (day for day in chosen if day >= first)


def _start_of_period(rule: Rule, first: date) -> date:
    """The first day of the day, week, month or year that the rule starts in."""
    match rule.frequency:
        case Frequency.DAILY:
            return first
        case Frequency.WEEKLY:
            return first - _DAY * ((first.weekday() - rule.week_start) % 7)
        case Frequency.MONTHLY:
            return first.replace(day=1)
        case Frequency.YEARLY:
            return first.replace(month=1, day=1)


def _period(rule: Rule, day: date) -> int:
    """The number of the day, week, month or year that the day is in."""
    match rule.frequency:
        case Frequency.DAILY:
            return day.toordinal()
        case Frequency.WEEKLY:
            return (day.toordinal() - 1 - rule.week_start) // 7  # the first day of the calendar is a Monday
        case Frequency.MONTHLY:
            return day.year * 12 + day.month
        case Frequency.YEARLY:
            return day.year


def _is_given(rule: Rule, first: date, day: date) -> bool:
    """Whether the parts of the rule give the day; those that are missing are taken from `first`."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_day and not any(_is_weekday(rule, by, day) for by in rule.by_day):
        return False
    if rule.by_month_day:
        from_end = day.day - monthrange(day.year, day.month)[1] - 1
        if not {day.day, from_end} & set(rule.by_month_day):
            return False
    if rule.by_day or rule.by_month_day or rule.frequency is Frequency.DAILY:
        return True
    if rule.frequency is Frequency.WEEKLY:
        return day.weekday() == first.weekday()
    return day.day == first.day and (
        rule.frequency is Frequency.MONTHLY or bool(rule.by_month) or day.month == first.month
    )


def _is_weekday(rule: Rule, by: ByDay, day: date) -> bool:
    """Whether the day is that weekday, and the one with that number in its month or year."""
    if day.weekday() != by.weekday:
        return False
    if by.nth is None:
        return True
    if rule.frequency is Frequency.MONTHLY or rule.by_month:
        number, length = day.day, monthrange(day.year, day.month)[1]
    else:
        number, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
    return by.nth in ((number - 1) // 7 + 1, -((length - number) // 7 + 1))
