"""Rules that step by days or weeks, as arithmetic: which day is the nth, and whether a day is one of theirs."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from agenda.model import Day, Frequency, Rule

_WEEK = 7
_LAST = date.max.toordinal()


class Cycle(Struct, frozen=True):
    """Days that come again every `period` days: those `offsets` after `base`, `first` being the earliest that counts.
    Days are counted as `date.toordinal` does.
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
        if number > _LAST:
            raise OverflowError(number)
        return date.fromordinal(number)

    def days(self, since: Day) -> Iterator[Day]:
        """The days from `since` on, to the end of the calendar."""
        if not self.offsets:
            return
        start = max(self.first, since.toordinal())
        base = start - (start - self.base) % self.period
        while base <= _LAST:
            for offset in self.offsets:
                if start <= base + offset <= _LAST:
                    yield date.fromordinal(base + offset)
            base += self.period

    def _before(self, number: int) -> int:
        """How many days there are from the base to before that one."""
        rounds, rest = divmod(number - self.base, self.period)
        return rounds * len(self.offsets) + bisect_left(self.offsets, rest)


def cycle_of(rule: Rule, first: Day) -> Cycle:
    """The days that a rule of days or weeks steps to, whatever its end, before its months and their days limit them."""
    start = first.toordinal()
    weekdays = {by.weekday for by in rule.by_day}
    if rule.frequency is Frequency.DAILY:
        if not weekdays:
            return Cycle(start, start, rule.interval, (0,))
        offsets = [step * rule.interval for step in range(_WEEK)]
        hit = tuple(offset for offset in offsets if (first.weekday() + offset) % _WEEK in weekdays)
        return Cycle(start, start, rule.interval * _WEEK, hit)
    base = start - (first.weekday() - rule.week_start) % _WEEK
    hit = tuple(sorted((weekday - rule.week_start) % _WEEK for weekday in weekdays or {first.weekday()}))
    return Cycle(start, base, rule.interval * _WEEK, hit)


def is_limited(rule: Rule) -> bool:
    """Whether a rule of days or weeks holds in some months, or on some days of a month, alone."""
    return bool(rule.by_month or rule.by_month_day)


def is_cyclic(rule: Rule) -> bool:
    """Whether a rule steps by days or weeks and nothing limits it, so that its cycle alone tells its days."""
    return rule.frequency in {Frequency.DAILY, Frequency.WEEKLY} and not is_limited(rule)


def is_let(rule: Rule, day: Day) -> bool:
    """Whether the months, and the days of a month, that limit a rule of days or weeks let this day pass."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    return not rule.by_month_day or not {day.day, day.day - monthrange(day.year, day.month)[1] - 1}.isdisjoint(
        rule.by_month_day
    )
