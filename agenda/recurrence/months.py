"""Rules that step by months or years, as arithmetic: the days of each step.

dateutil has the same days, but takes 200 times as long for each, and looks for a day that never comes, such as 30
February, up to the end of the calendar.
"""

from bisect import bisect_right
from calendar import isleap
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate, chain, count
from math import gcd

from agenda.model import ByDay, Day, Frequency, Rule
from agenda.recurrence.cycles import passes_filters

_WEEK_DAYS = 7
_YEAR_MONTHS = 12
_YEAR_DAYS = 365
_FEBRUARY = 2
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The days of each month in a year without a 29 February."""
_CYCLE_YEARS = 400
"""After so many years the calendar is the same, weekdays and all."""


def month_days(rule: Rule, first: Day, since: Day | None = None) -> Iterator[Day]:
    """The days of a rule that steps by months or years, its COUNT aside, from `first` on, up to the year of its UNTIL;
    where `since` is given, from the start of the step that it is in. A rule that gives no day ends after a cycle of the
    calendar.
    """
    return chain.from_iterable(month_steps(rule, first, since))


def month_steps(rule: Rule, first: Day, since: Day | None = None) -> Iterator[Sequence[Day]]:
    """The same days, those of each step together, also where these are none."""
    return _Months(rule, first).steps(since)


def step_months(rule: Rule) -> int:
    """How many months a step of the rule looks at."""
    if rule.frequency is Frequency.MONTHLY:
        return 1
    return len(rule.by_month) or (_YEAR_MONTHS if rule.by_day or rule.by_month_day else 1)


class _Months:
    """A rule from a first day on, with the days and the months that follow from that one (RFC 5545, 3.3.10)."""

    def __init__(self, rule: Rule, first: Day) -> None:
        self._rule = rule
        self._first = first
        self._last_year = (rule.until or date.max).year
        self._is_yearly = rule.frequency is Frequency.YEARLY
        self._month_days = rule.by_month_day
        self._months = tuple(sorted(rule.by_month))
        if not rule.by_day and not rule.by_month_day:
            self._month_days = (first.day,)
            if self._is_yearly and not rule.by_month:
                self._months = (first.month,)
        self._numbers_in = _days_by_kind(rule.by_day, self._month_days)
        self._counts_in_year = self._is_yearly and not rule.by_month and any(by.nth is not None for by in rule.by_day)

    def steps(self, since: Day | None) -> Iterator[Sequence[Day]]:
        interval = self._rule.interval
        cycle = _CYCLE_YEARS if self._is_yearly else _CYCLE_YEARS * _YEAR_MONTHS
        patience = cycle // gcd(cycle, interval)
        idle = 0
        for number in count(self._skipped(since), interval):
            days = self._step(number)
            if days is None:
                return
            yield days if number else [day for day in days if day >= self._first]
            idle = 0 if days else idle + 1
            if idle > patience:
                return

    def _skipped(self, since: Day | None) -> int:
        """The years, or months, from the first day to the last step that begins up to `since`."""
        if since is None or since <= self._first:
            return 0
        apart = since.year - self._first.year
        if not self._is_yearly:
            apart = apart * _YEAR_MONTHS + since.month - self._first.month
        return apart // self._rule.interval * self._rule.interval

    def _step(self, number: int) -> Sequence[Day] | None:
        """The days so many years or months after those of the first day, in order; None after the last year."""
        year, month = self._first.year + number, self._first.month
        if not self._is_yearly:
            years, month = divmod(month - 1 + number, _YEAR_MONTHS)
            year, month = self._first.year + years, month + 1
        if year > self._last_year:
            return None
        if self._counts_in_year:
            days = self._days_in_year(year)
            return [days[place] for place in self._places(len(days))] if self._rule.by_set_position else days
        if self._is_yearly:
            return self._days_in_months(year, self._months or range(1, _YEAR_MONTHS + 1))
        return () if self._months and month not in self._months else self._days_in_months(year, (month,))

    def _days_in_months(self, year: int, months: Sequence[int]) -> Sequence[Day]:
        if not self._rule.by_set_position:
            return [date(year, month, day) for month in months for day in self._numbers(year, month)]
        # Of the days of a year BYSETPOS mostly names a few, so that no others are made.
        numbers = [self._numbers(year, month) for month in months]
        ends = list(accumulate(map(len, numbers)))
        in_order = list(chain.from_iterable(numbers))
        places = self._places(len(in_order))
        return [date(year, months[bisect_right(ends, place)], in_order[place]) for place in places]

    def _places(self, length: int) -> list[int]:
        """The places that BYSETPOS names among so many days, in order."""
        places = {place - 1 if place > 0 else length + place for place in self._rule.by_set_position}
        return [place for place in sorted(places) if 0 <= place < length]

    def _numbers(self, year: int, month: int) -> tuple[int, ...]:
        """The days of a month, by their numbers."""
        length = _LENGTHS[month - 1] + (month == _FEBRUARY and isleap(year))
        weekday = date(year, month, 1).weekday() if self._rule.by_day else 0
        return self._numbers_in(length, weekday)

    def _days_in_year(self, year: int) -> list[Day]:
        before = date(year, 1, 1)
        numbers = _days_of_weekdays(self._rule.by_day, before.weekday(), _YEAR_DAYS + isleap(year))
        days = (before + timedelta(number - 1) for number in sorted(numbers))
        return [day for day in days if passes_filters(self._rule, day)]


@lru_cache(maxsize=1024)  # the series of a file often have the same rules
def _days_by_kind(by_day: tuple[ByDay, ...], month_days: tuple[int, ...]) -> Callable[[int, int], tuple[int, ...]]:
    """What gives the numbers of the days that BYDAY and BYMONTHDAY name in a month of some length, whose first day is
    that weekday. There are 28 kinds of months, through which a rule may go thousands of times.
    """

    @cache
    def numbers_in(length: int, weekday: int) -> tuple[int, ...]:
        numbers = {number if number > 0 else length + 1 + number for number in month_days}
        if by_day:
            of_weekdays = _days_of_weekdays(by_day, weekday, length)
            numbers = of_weekdays & numbers if numbers else of_weekdays
        return tuple(number for number in sorted(numbers) if 0 < number <= length)

    return numbers_in


def _days_of_weekdays(by_day: Iterable[ByDay], weekday: int, length: int) -> set[int]:
    """The days that BYDAY names among so many days, of which the first is that weekday: weekdays with a number and
    without one are united. A number that is too high, such as the 10th Monday of a month, names no day.
    """
    days: set[int] = set()
    for by in by_day:
        first = 1 + (by.weekday - weekday) % _WEEK_DAYS
        if by.nth is None:
            days.update(range(first, length + 1, _WEEK_DAYS))
            continue
        weeks = by.nth - 1 if by.nth > 0 else (length - first) // _WEEK_DAYS + 1 + by.nth
        day = first + weeks * _WEEK_DAYS
        if first <= day <= length:
            days.add(day)
    return days
