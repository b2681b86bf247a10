"""How an event recurs: from `repeat` and `except` to the model, and what is wrong with them."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timezone

from agenda.dataset import shape
from agenda.dataset.fault import Fault, Path
from agenda.errors import MOST_FINDINGS
from agenda.model import Day, Fixed, Frequency, Rule, When
from agenda.recurrence.horizon import Budget, TooManyStepsError, first_day, gives, leaves, may_exceed, number
from agenda.recurrence.rules import MOST_COUNT, rule_of

_LONG = (Frequency.MONTHLY, Frequency.YEARLY)
_SPENT = "repeat takes too long to look at beside the other rules of the file; write fewer long rules"


def series_of(
    event: shape.Event, when: When, path: Path, faults: list[Fault], budget: Budget
) -> tuple[Rule | None, tuple[Day, ...]]:
    """The rule of the event, and the days on which it does not hold, in order; faults are added to `faults`. All rules
    of a file share its `budget`.
    """
    if len(faults) >= MOST_FINDINGS and event.repeat:
        return None, ()  # rules take their time, and there is enough to mend before this one
    if event.repeat is None:
        if event.exceptions:
            faults.append(Fault((*path, "except"), "except without repeat; add the rule that it is of", at_key=True))
        return None, ()
    try:
        rule = rule_of(event.repeat)
    except ValueError as error:
        faults.append(Fault((*path, "repeat"), f"repeat: {error}"))
        return None, ()
    if not isinstance(when, Fixed):
        # A start that is wrong has its own fault.
        if event.start is None:
            message = "repeat without start; a rule needs the day or the time that it starts at"
            faults.append(Fault((*path, "repeat"), message, at_key=True))
        return None, ()
    try:
        wrong = _contradiction(rule, when, budget)
    except TooManyStepsError:
        wrong = _SPENT
    if wrong:
        faults.append(Fault((*path, "repeat"), wrong))
        return None, ()
    with suppress(TooManyStepsError):  # such days do no harm
        faults.extend(_idle(event, rule, when, path, budget))
    return rule, tuple(sorted(set(event.exceptions)))


def _contradiction(rule: Rule, when: Fixed, budget: Budget) -> str | None:
    """What is wrong with a rule for an event that is then."""
    if isinstance(when.start, datetime) and isinstance(when.start.tzinfo, timezone):
        return (
            "repeat needs days or local times, and start has an offset; write it without, as the clocks of its one city"
            " show it, and name cities of other time zones in the description"
        )
    first, _ = when.days
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
    if rule.count is None:
        many = rule.ends and may_exceed(rule, first, MOST_COUNT)
        if many and number(rule, first, MOST_COUNT + 1, budget) > MOST_COUNT:
            return f"repeat gives more than {MOST_COUNT:,} days; end it sooner, or leave its end out"
        return None
    given = rule.count if rule.frequency in _LONG else number(rule, first, rule.count, budget)
    if given < rule.count:
        return f"repeat gives only {given:,} days in centuries; make COUNT as small, or step by months or years"
    return None


def _idle(event: shape.Event, rule: Rule, when: Fixed, path: Path, budget: Budget) -> Iterator[Fault]:
    """A fault for each day in `except` that the rule does not give."""
    if not event.exceptions:
        return
    first, _ = when.days
    for index, day in enumerate(event.exceptions):
        if not gives(rule, first, day, budget):
            yield Fault((*path, "except", index), f"{day} is not a day that repeat gives; leave it out")
    if rule.ends and not leaves(rule, first, event.exceptions, budget):
        yield Fault((*path, "except"), "except leaves no day of what repeat gives; cancel the event, or keep a day")
