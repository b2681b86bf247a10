"""How far rules reach, found at a bounded cost: whatever a file holds, its rules take only so many steps in all."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from msgspec.structs import replace

from agenda.model import Day, Frequency, Rule
from agenda.recurrence.cycles import cycle_of, is_cyclic, is_filtered, passes_filters
from agenda.recurrence.expand import rule_days, shift_day

_MAX_STEPS = 1_500_000
"""What the rules of one file may cost, in steps of a day."""
_MAX_DAY_STEPS = 100_000
"""Steps of days or weeks that are taken at most for one rule."""
_STEP_COST = {Frequency.MONTHLY: 15, Frequency.YEARLY: 70}
"""What a step of a month or a year costs, in steps of a day."""
_HORIZON_DAYS = 40 * 366
"""Days from `start` in which a rule of days or weeks must give its first one: a 29 February on a certain weekday may be
40 years away.
"""
_CYCLE_YEARS = 400
_LAST_START_YEAR = 9_800
"""The last year from which the calendar has years enough to tell that a rule of months or years gives no day."""
_YEAR_MONTHS = 12
_MAX_WEEKDAYS_IN_MONTH = 5
"""How often a month may have a weekday."""


class TooManyStepsError(Exception):
    """The rules of a file take more steps than they may."""


class Budget:
    """The steps that the rules of one file may take."""

    def __init__(self) -> None:
        self._steps_left = _MAX_STEPS

    def walk(self, rule: Rule, first: Day, since: Day | None = None) -> Iterator[Day]:
        """The days that `rule_days` gives, each paid for with the steps that lead to it; `since` is for rules without
        COUNT. Raises TooManyStepsError where no step is left.
        """
        before = first if since is None else max(first, since)
        steps = replace(rule, count=None, until=None) if rule.frequency in _STEP_COST else rule
        self._pay(0)
        for index, day in enumerate(rule_days(steps, first, since)):
            self._pay(_cost(rule, before, day))
            if (rule.until and day > rule.until) or index == rule.count:
                return
            yield day
            before = day
        self._pay(_cost(rule, before, date.max))

    def _pay(self, steps: int) -> None:
        if self._steps_left <= 0:
            raise TooManyStepsError
        self._steps_left -= steps


def first_day(rule: Rule, first: Day, budget: Budget) -> Day | None:
    """The first day that the rule gives, found without a look at centuries where it gives none."""
    if rule.frequency not in _STEP_COST:
        last = shift_day(first, _HORIZON_DAYS)
        near = replace(rule, count=None, until=min(last, rule.until or last))
        return next(budget.walk(near, first) if is_filtered(rule) else rule_days(near, first), None)
    # The calendar is the same every 400 years, and near its end there is less of it to look at.
    ahead = max(0, (_LAST_START_YEAR - first.year) // _CYCLE_YEARS * _CYCLE_YEARS)
    day = next(budget.walk(replace(rule, count=None, until=None), first.replace(year=first.year + ahead)), None)
    day = day and day.replace(year=day.year - ahead)
    return day if day and (rule.until is None or day <= rule.until) else None


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
    if rule.frequency not in _STEP_COST:
        if not (cycle_of(rule, first).has(day) and passes_filters(rule, day)):
            return False
    elif next(budget.walk(replace(rule, count=None, until=None), first, day), None) != day:
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
    if rule.frequency not in _STEP_COST:
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


def _cost(rule: Rule, before: Day, day: Day) -> int:
    """The steps from one day of a rule to the next, roughly, in steps of a day."""
    if rule.frequency in _STEP_COST:
        months = _months(before, day)
        periods = months if rule.frequency is Frequency.MONTHLY else months // _YEAR_MONTHS
        return 1 + periods // rule.interval * _STEP_COST[rule.frequency]
    until = min(day, rule.until or day)
    return min(cycle_of(rule, before).count(until), _MAX_DAY_STEPS)


def _months(first: Day, last: Day) -> int:
    return (last.year - first.year) * _YEAR_MONTHS + last.month - first.month
