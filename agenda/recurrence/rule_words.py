"""Rules of recurrence in words."""

from collections.abc import Sequence
from datetime import date, timedelta

from agenda.model import ByDay, Day, Frequency, Rule
from agenda.wording.english import Wording, mark

_EVERY = {
    Frequency.DAILY: mark("every day"),
    Frequency.WEEKLY: mark("every week"),
    Frequency.MONTHLY: mark("every month"),
    Frequency.YEARLY: mark("every year"),
}
_NTH = (
    *(mark("the {nth} Monday"), mark("the {nth} Tuesday"), mark("the {nth} Wednesday"), mark("the {nth} Thursday")),
    *(mark("the {nth} Friday"), mark("the {nth} Saturday"), mark("the {nth} Sunday")),
)
_LAST = (
    *(mark("the last Monday"), mark("the last Tuesday"), mark("the last Wednesday"), mark("the last Thursday")),
    *(mark("the last Friday"), mark("the last Saturday"), mark("the last Sunday")),
)
"""The weekdays, each by itself, since articles and ordinals go by its gender."""
_MONDAY = date(2001, 1, 1)


def describe_rule(rule: Rule, exceptions: Sequence[Day], words: Wording) -> str:
    """`every 2 weeks on Monday and Wednesday, until 4 Oct 2025, but not on 24 Sep 2025`."""
    told = _every(rule, words)
    weekdays = [_weekday_in_words(by, words) for by in rule.by_day]
    days = [_day_in_words(number, words) for number in rule.by_month_day]
    if weekdays and days:
        told = words.text(
            "{rule} on {weekdays}, where that is {days}",
            rule=told,
            weekdays=words.all_of(weekdays),
            days=words.any_of(days),
        )
    elif weekdays or days:
        told = words.text("{rule} on {days}", rule=told, days=words.all_of(weekdays or days))
    if rule.by_set_position:
        positions = words.all_of(_position_in_words(number, words) for number in rule.by_set_position)
        told = words.text("{rule} (only the {positions} of these)", rule=told, positions=positions)
    if rule.by_month:
        months = words.all_of(words.month_name(date(_MONDAY.year, month, 1)) for month in rule.by_month)
        told = words.text("{rule} in {months}", rule=told, months=months)
    if rule.count == 1:
        told = words.text("{rule}, once", rule=told)
    elif rule.count is not None:
        told = words.plural_text("{rule}, {number} time", "{rule}, {number} times", rule.count, rule=told)
    if rule.until is not None:
        told = words.text("{rule}, until {day}", rule=told, day=words.short_day(rule.until))
    if exceptions:
        told = words.text("{rule}, but not on {days}", rule=told, days=words.all_of(map(words.short_day, exceptions)))
    return told


def _every(rule: Rule, words: Wording) -> str:
    if rule.interval == 1:
        return words.text(_EVERY[rule.frequency])
    match rule.frequency:
        case Frequency.DAILY:
            return words.plural_text("every {number} day", "every {number} days", rule.interval)
        case Frequency.WEEKLY:
            return words.plural_text("every {number} week", "every {number} weeks", rule.interval)
        case Frequency.MONTHLY:
            return words.plural_text("every {number} month", "every {number} months", rule.interval)
        case Frequency.YEARLY:
            return words.plural_text("every {number} year", "every {number} years", rule.interval)


def _weekday_in_words(by: ByDay, words: Wording) -> str:
    if by.nth is None:
        return words.weekday_name(_MONDAY + timedelta(by.weekday))
    if by.nth > 0:
        return words.text(_NTH[by.weekday], nth=words.ordinal(by.nth))
    if by.nth == -1:
        return words.text(_LAST[by.weekday])
    weekday = words.weekday_name(_MONDAY + timedelta(by.weekday))
    return words.text("the {nth} last {weekday}", nth=words.ordinal(-by.nth), weekday=weekday)


def _day_in_words(number: int, words: Wording) -> str:
    """A day of the month."""
    if number > 0:
        return words.text("the {nth}", nth=words.ordinal(number))
    return words.text("the last day") if number == -1 else words.text("the {nth} last day", nth=words.ordinal(-number))


def _position_in_words(number: int, words: Wording) -> str:
    """Which one of several days."""
    if number > 0:
        return words.text("{nth}", nth=words.ordinal(number))
    return words.text("last") if number == -1 else words.text("{nth} last", nth=words.ordinal(-number))
