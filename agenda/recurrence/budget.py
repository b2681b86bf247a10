"""How far rules reach, found at a bounded cost: whatever a file holds, its rules take only so many steps in all."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from msgspec.structs import replace

from agenda.limits import MAX_RULE_STEPS
from agenda.model import Day, Frequency, Rule
from agenda.recurrence.cycles import cycle_of, is_cyclic, is_filtered, passes_filters
from agenda.recurrence.expand import day_steps, rule_days, shift_day
from agenda.recurrence.months import step_months

_MONTH_COST = 2
"""What it costs to look at a month, in steps of a day."""
_HORIZON_DAYS = 40 * 366
"""Days from `start` in which a rule of days or weeks must give its first one: a 29 February on a certain weekday may be
40 years away.
"""
_YEAR_MONTHS = 12
_MAX_WEEKDAYS_IN_MONTH = 5
"""How often a month may have a weekday."""


class TooManyStepsError(Exception):
    """The rules of a file take more steps than they may."""


class Budget:
    """The `steps` that the rules of one file may take together, and those that one series at a time has to itself."""

    def __init__(self, steps: int = MAX_RULE_STEPS) -> None:
        self._steps_left = steps
        self._ample = steps // 2
        self._own_left = 0

    @property
    def is_ample(self) -> bool:
        """Whether half of the steps of the file is left."""
        return self._steps_left > self._ample

    def begin_series(self, steps: int) -> None:
        """Let the series that comes now take so many steps before it takes those of the file."""
        self._own_left = steps

    def walk(self, rule: Rule, first: Day, since: Day | None = None) -> Iterator[Day]:
        """The days that `rule_days` gives, each step on the way to them paid for; `since` is for rules without COUNT.
        Raises TooManyStepsError where no step is left.
        """
        start = first if since is None else max(first, since)
        last = rule.until or date.max
        cost = _MONTH_COST * step_months(rule) if rule.steps_by_months else 1
        given = 0
        for days in day_steps(rule, first, start):
            self.pay(cost)
            for day in days:
                if day > last:
                    return
                if day >= start:
                    yield day
                    given += 1
                if given == rule.count:
                    return

    def pay_for_count(self, rule: Rule) -> None:
        """Pay for the days of a rule of months or years with COUNT, through which every command has to count. Raises
        TooManyStepsError where no step is left.
        """
        steps = (rule.count or 0) // _most_in_a_step(rule) + 1
        self.pay(steps * _MONTH_COST * step_months(rule))

    def pay(self, steps: int) -> None:
        """Take so many steps; raises TooManyStepsError where none was left."""
        if steps < self._own_left:
            self._own_left -= steps
            return
        if self._steps_left <= 0:
            raise TooManyStepsError
        self._steps_left -= steps - self._own_left
        self._own_left = 0


def first_day(rule: Rule, first: Day, budget: Budget) -> Day | None:
    """The first day that the rule gives, found without a look at centuries where it gives none."""
    if not rule.steps_by_months:
        last = shift_day(first, _HORIZON_DAYS)
        near = replace(rule, count=None, until=min(last, rule.until or last))
        return next(budget.walk(near, first) if is_filtered(rule) else rule_days(near, first), None)
    day = next(budget.walk(replace(rule, count=None, until=None), first), None)
    return day if day and (rule.until is None or day <= rule.until) else None


def count_days(rule: Rule, first: Day, most: int, budget: Budget) -> int:
    """How many days a rule that ends gives, and `most` if they are more."""
    if not is_cyclic(rule):
        return sum(1 for _ in islice(budget.walk(rule, first), most))
    return min(cycle_of(rule, first).count(rule.until or date.max), rule.count or most, most)


def may_exceed(rule: Rule, first: Day, most: int) -> bool:
    """Whether the days that a rule gives may be more than that, told without a step."""
    return rule.count is None and _at_most(rule, first, rule.until or date.max) > most


def exceeds_at_once(rule: Rule, first: Day, last: Day, most: int, budget: Budget) -> bool:
    """Whether more than so many times of a series are on at once, each of which lasts as from `first` to `last`."""
    near = replace(rule, count=None, until=min(last, rule.until or last))
    if _at_most(near, first, last) <= most:
        return False
    return count_days(near, first, most + 1, budget) > most


def has_day(rule: Rule, first: Day, day: Day, budget: Budget) -> bool:
    """Whether this is one of the days of a rule."""
    if day < first or (rule.until and day > rule.until):
        return False
    if not rule.steps_by_months:
        if not (cycle_of(rule, first).has(day) and passes_filters(rule, day)):
            return False
    elif next(budget.walk(replace(rule, count=None, until=day), first, day), None) != day:
        return False
    if rule.count is None or _at_most(rule, first, day) <= rule.count:
        return True
    if is_cyclic(rule):
        return False
    return any(given_day == day for given_day in budget.walk(replace(rule, until=day), first))


def leaves_any(rule: Rule, first: Day, exceptions: Iterable[Day], budget: Budget) -> bool:
    """Whether a rule gives any day besides those."""
    left_out = frozenset(exceptions)
    given = rule_days(rule, first) if is_cyclic(rule) else budget.walk(rule, first)
    return any(day not in left_out for day in given)


def _at_most(rule: Rule, first: Day, last: Day) -> int:
    """A number of days that a rule cannot exceed up to `last`: for steps of days or weeks, those before any filter."""
    if not rule.steps_by_months:
        return cycle_of(rule, first).count(last)
    months = _months(first, last)
    periods = months if rule.frequency is Frequency.MONTHLY else last.year - first.year
    return (periods // rule.interval + 1) * _most_in_a_step(rule)


def _most_in_a_step(rule: Rule) -> int:
    """A number of days that a rule cannot exceed in one step of a month or a year."""
    months = 1 if rule.frequency is Frequency.MONTHLY else len(rule.by_month) or _YEAR_MONTHS
    weekdays = sum(1 if by.nth else _MAX_WEEKDAYS_IN_MONTH for by in rule.by_day)
    if not weekdays and not rule.by_month_day:
        return months if rule.by_month else 1
    days = months * min(filter(None, (weekdays, len(rule.by_month_day))))
    return min(days, len(rule.by_set_position)) if rule.by_set_position else days


def _months(first: Day, last: Day) -> int:
    return (last.year - first.year) * _YEAR_MONTHS + last.month - first.month
