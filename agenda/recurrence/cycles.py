"""Rules that step by days or weeks, as arithmetic: which day is the nth one, and whether a rule gives a day."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from agenda.model import Day, Frequency, Rule

_WEEK_DAYS = 7
_LAST_ORDINAL = date.max.toordinal()


class Cycle(Struct, frozen=True):
    """Days that come again every `period` days: those that lie `offsets` days after `base`, from `first` on.

    Days are ordinals, as of `date.toordinal`. Mondays and Thursdays of every other week have the period 14 and, after a
    base that is a Monday, the offsets 0 and 3.
    """

    first: int
    base: int
    period: int
    offsets: tuple[int, ...]

    def has(self, day: Day) -> bool:
        """Whether it is one of the days."""
        number = day.toordinal()
        return number >= self.first and (number - self.base) % self.period in self.offsets

    def count(self, last: Day) -> int:
        """How many of the days there are up to `last`."""
        return max(0, self._before(last.toordinal() + 1) - self._before(self.first))

    def nth(self, index: int) -> Day:
        """The day of that index, from 0; OverflowError where the calendar has ended by then."""
        rounds, place = divmod(self._before(self.first) + index, len(self.offsets))
        number = self.base + rounds * self.period + self.offsets[place]
        if number > _LAST_ORDINAL:
            raise OverflowError(number)
        return date.fromordinal(number)

    def days(self, since: Day, last: Day) -> Iterator[Day]:
        """The days from `since` to `last`."""
        if not self.offsets:
            return
        start, end = max(self.first, since.toordinal()), last.toordinal()
        base = start - (start - self.base) % self.period
        while base <= end:
            for offset in self.offsets:
                if start <= base + offset <= end:
                    yield date.fromordinal(base + offset)
            base += self.period

    def _before(self, number: int) -> int:
        """How many days there are from the base to before that one."""
        rounds, rest = divmod(number - self.base, self.period)
        return rounds * len(self.offsets) + bisect_left(self.offsets, rest)


def cycle_of(rule: Rule, first: Day) -> Cycle:
    """The dates that the step of a rule of days or weeks reaches, e.g. every second Monday, before BYMONTH and
    BYMONTHDAY filter them, and past its COUNT or UNTIL.
    """
    start = first.toordinal()
    weekdays = {by.weekday for by in rule.by_day}
    if rule.frequency is Frequency.DAILY:
        if not weekdays:
            return Cycle(start, start, rule.interval, (0,))
        offsets = [step * rule.interval for step in range(_WEEK_DAYS)]
        hit = tuple(offset for offset in offsets if (first.weekday() + offset) % _WEEK_DAYS in weekdays)
        return Cycle(start, start, rule.interval * _WEEK_DAYS, hit)
    base = start - (first.weekday() - rule.week_start) % _WEEK_DAYS
    hit = tuple(sorted((weekday - rule.week_start) % _WEEK_DAYS for weekday in weekdays or {first.weekday()}))
    return Cycle(start, base, rule.interval * _WEEK_DAYS, hit)


def is_filtered(rule: Rule) -> bool:
    """Whether BYMONTH or BYMONTHDAY filter the dates of a rule of days or weeks."""
    return not rule.steps_by_months and bool(rule.by_month or rule.by_month_day)


def is_cyclic(rule: Rule) -> bool:
    """Whether the cycle of a rule has all its days: it steps by days or weeks, and nothing filters them."""
    return not rule.steps_by_months and not is_filtered(rule)


def passes_filters(rule: Rule, day: Day) -> bool:
    """Whether a day passes the BYMONTH and the BYMONTHDAY of a rule of days or weeks."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    return not rule.by_month_day or not {day.day, day.day - monthrange(day.year, day.month)[1] - 1}.isdisjoint(
        rule.by_month_day
    )
