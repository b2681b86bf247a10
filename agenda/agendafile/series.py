"""How an event recurs: from `repeat` and `except` to the model, and what is wrong with them.

Beside `resolve` rather than in it, since a file without a series does not import the modules for rules.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timezone

from agenda.agendafile import schema
from agenda.errors import KeyPath, Problem
from agenda.limits import MAX_DIAGNOSTICS, MAX_SERIES_TIMES, MAX_TIMES_AT_ONCE
from agenda.model import Day, Fixed, Rule, When
from agenda.recurrence.budget import (
    Budget,
    TooManyStepsError,
    count_days,
    exceeds_at_once,
    first_day,
    has_day,
    leaves_any,
    may_exceed,
)
from agenda.recurrence.rrule import parse_rule

_SPENT = "repeat takes too long to look at beside the other rules of the file; write fewer long rules"


def resolve_series(
    event: schema.EventTable, when: When, path: KeyPath, problems: list[Problem], budget: Budget
) -> tuple[Rule | None, tuple[Day, ...]]:
    """The rule of the event, and the days that `except` takes out of it, in order; what is wrong with them is added to
    `problems`. All rules of a file share its `budget`.
    """
    if len(problems) >= MAX_DIAGNOSTICS and event.repeat:
        return None, ()  # rules take their time, and there is enough to mend before this one
    if event.repeat is None:
        if event.exceptions:
            problems.append(
                Problem((*path, "except"), "except without repeat; add the rule that it takes days from", at_key=True)
            )
        return None, ()
    try:
        rule = parse_rule(event.repeat)
    except ValueError as error:
        problems.append(Problem((*path, "repeat"), f"repeat: {error}"))
        return None, ()
    if not isinstance(when, Fixed):
        # A start that is wrong has its own problem.
        if event.start is None:
            message = "repeat without start; a rule needs the day or the time that it starts at"
            problems.append(Problem((*path, "repeat"), message, at_key=True))
        return None, ()
    try:
        wrong = _contradiction(rule, when, budget)
    except TooManyStepsError:
        wrong = _SPENT
    if wrong:
        problems.append(Problem((*path, "repeat"), wrong))
        return None, ()
    with suppress(TooManyStepsError):  # such days do no harm
        problems.extend(_idle(event, rule, when, path, budget))
    return rule, tuple(sorted(set(event.exceptions)))


def _contradiction(rule: Rule, when: Fixed, budget: Budget) -> str | None:
    """What is wrong with a rule for an event that is then."""
    if isinstance(when.start, datetime) and isinstance(when.start.tzinfo, timezone):
        return (
            "repeat needs days or local times, and start has an offset; write it without, as the clocks of its one city"
            " show it, and name cities of other time zones in the description"
        )
    first, last = when.days
    if rule.until and rule.until < first:
        return f"repeat ends on {rule.until}, before start, {first}; end it later, or start it earlier"
    given_first = first_day(rule, first, budget)
    if given_first is None:
        return "repeat gives no day at all; change the rule"
    if given_first != first:
        return (
            f"repeat gives {given_first} as its first day, but start is {first}; make start that day, or change the"
            " rule"
        )
    if exceeds_at_once(rule, first, last, MAX_TIMES_AT_ONCE, budget):
        most = f"{MAX_TIMES_AT_ONCE:,}"
        return f"more than {most} times of this series are on at once; let each end sooner, or repeat it less often"
    return _wrong_number(rule, first, budget)


def _wrong_number(rule: Rule, first: Day, budget: Budget) -> str | None:
    """What is wrong with the number of days that a rule gives."""
    if rule.count is None:
        many = rule.ends and may_exceed(rule, first, MAX_SERIES_TIMES)
        if many and count_days(rule, first, MAX_SERIES_TIMES + 1, budget) > MAX_SERIES_TIMES:
            return f"repeat gives more than {MAX_SERIES_TIMES:,} days; end it sooner, or leave its end out"
        return None
    if rule.steps_by_months:
        budget.pay_for_count(rule)
        return None
    given = count_days(rule, first, rule.count, budget)
    if given < rule.count:
        return f"repeat gives only {given:,} days in centuries; make COUNT as small, or step by months or years"
    return None


def _idle(event: schema.EventTable, rule: Rule, when: Fixed, path: KeyPath, budget: Budget) -> Iterator[Problem]:
    """A problem for each day in `except` that the rule does not give."""
    if not event.exceptions:
        return
    first, _ = when.days
    for index, day in enumerate(event.exceptions):
        if not has_day(rule, first, day, budget):
            yield Problem((*path, "except", index), f"{day} is not a day that repeat gives; leave it out")
    if rule.ends and not leaves_any(rule, first, event.exceptions, budget):
        yield Problem((*path, "except"), "except leaves no day of what repeat gives; cancel the event, or keep a day")
