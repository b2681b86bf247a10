"""How far rules reach, found at a bounded cost: whatever a file holds, its rules take only so many steps in all."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from msgspec.structs import replace

from agenda.model import Day, Frequency, Rule
from agenda.recurrence.cycles import cycle_of, is_cyclic, is_let, is_limited
from agenda.recurrence.expand import rule_days, shift_day

_MOST_STEPS = 1_500_000
"""What the rules of one file may cost, in steps of a day."""
_MOST_DAYS = 100_000
"""Steps of days or weeks that are taken at most for one rule."""
_WEIGHT = {Frequency.MONTHLY: 15, Frequency.YEARLY: 70}
"""What a step of a month or a year costs."""
_HORIZON = 40 * 366
"""Days from `start` in which a rule of days or weeks must give its first one: a 29 February on a certain weekday may be
40 years away.
"""
_CYCLE = 400
_LATE = 9_800
"""The last year from which the calendar has years enough to tell that a rule of months or years gives no day."""
_MONTHS = 12
_MOST_WEEKS = 5
"""How often a month may have a weekday."""


class TooManyStepsError(Exception):
    """The rules of a file take more steps than they may."""


class Budget:
    """The steps that the rules of one file may take."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def walk(self, rule: Rule, first: Day, since: Day | None = None) -> Iterator[Day]:
        """The same as `occurrences.days`, paid for; `since` is for rules without COUNT. Raises TooManyStepsError where
        no step is left.
        """
        before = first if since is None else max(first, since)
        steps = replace(rule, count=None, until=None) if rule.frequency in _WEIGHT else rule
        self._pay(0)
        for index, day in enumerate(rule_days(steps, first, since)):
            self._pay(_cost(rule, before, day))
            if (rule.until and day > rule.until) or index == rule.count:
                return
            yield day
            before = day
        self._pay(_cost(rule, before, date.max))

    def _pay(self, steps: int) -> None:
        if self._left <= 0:
            raise TooManyStepsError
        self._left -= steps


def first_day(rule: Rule, first: Day, budget: Budget) -> Day | None:
    """The first day that the rule gives, found without a look at centuries where it gives none."""
    if rule.frequency not in _WEIGHT:
        last = shift_day(first, _HORIZON)
        near = replace(rule, count=None, until=min(last, rule.until or last))
        return next(budget.walk(near, first) if is_limited(rule) else rule_days(near, first), None)
    # The calendar is the same every 400 years, and near its end there is less of it to look at.
    ahead = max(0, (_LATE - first.year) // _CYCLE * _CYCLE)
    found = next(budget.walk(replace(rule, count=None, until=None), first.replace(year=first.year + ahead)), None)
    found = found and found.replace(year=found.year - ahead)
    return found if found and (rule.until is None or found <= rule.until) else None


def count_days(rule: Rule, first: Day, most: int, budget: Budget) -> int:
    """How many days a rule that ends gives, and `most` if they are more."""
    if not is_cyclic(rule):
        return sum(1 for _ in islice(budget.walk(rule, first), most))
    return min(cycle_of(rule, first).count(rule.until or date.max), rule.count or most, most)


def may_exceed(rule: Rule, first: Day, most: int) -> bool:
    """Whether the days that a rule gives may be more than that, told without a step."""
    return rule.count is None and _at_most(rule, first, rule.until or date.max) > most


def has_day(rule: Rule, first: Day, day: Day, budget: Budget) -> bool:
    """Whether this is one of the days of a rule."""
    if day < first or (rule.until and day > rule.until):
        return False
    if rule.frequency not in _WEIGHT:
        if not (cycle_of(rule, first).has(day) and is_let(rule, day)):
            return False
    elif next(budget.walk(replace(rule, count=None, until=None), first, day), None) != day:
        return False
    if rule.count is None or _at_most(rule, first, day) <= rule.count:
        return True
    if is_cyclic(rule):
        return False
    return any(one == day for one in budget.walk(replace(rule, until=day), first))


def leaves_any(rule: Rule, first: Day, exceptions: Iterable[Day], budget: Budget) -> bool:
    """Whether a rule gives any day besides those."""
    left_out = frozenset(exceptions)
    given = rule_days(rule, first) if is_cyclic(rule) else budget.walk(rule, first)
    return any(day not in left_out for day in given)


def _at_most(rule: Rule, first: Day, last: Day) -> int:
    """As many days as a rule may give up to `last`; of days and weeks no months limit, just as many as it gives."""
    if rule.frequency not in _WEIGHT:
        return cycle_of(rule, first).count(last)
    months = _months(first, last)
    periods = months if rule.frequency is Frequency.MONTHLY else last.year - first.year
    return (periods // rule.interval + 1) * _most_in_a_step(rule)


def _most_in_a_step(rule: Rule) -> int:
    """As many days as a month or a year of a rule may give."""
    months = 1 if rule.frequency is Frequency.MONTHLY else len(rule.by_month) or _MONTHS
    weekdays = sum(1 if by.nth else _MOST_WEEKS for by in rule.by_day)
    if not weekdays and not rule.by_month_day:
        return months if rule.by_month else 1
    found = months * min(filter(None, (weekdays, len(rule.by_month_day))))
    return min(found, len(rule.by_set_position)) if rule.by_set_position else found


def _cost(rule: Rule, before: Day, day: Day) -> int:
    """About as many steps as it is from one day of a rule to the next."""
    if rule.frequency in _WEIGHT:
        months = _months(before, day)
        periods = months if rule.frequency is Frequency.MONTHLY else months // _MONTHS
        return 1 + periods // rule.interval * _WEIGHT[rule.frequency]
    until = min(day, rule.until or day)
    return min(cycle_of(rule, before).count(until), _MOST_DAYS)


def _months(first: Day, last: Day) -> int:
    return (last.year - first.year) * _MONTHS + last.month - first.month
