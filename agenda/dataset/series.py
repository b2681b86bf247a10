"""How an event recurs: from `repeat` and `except` to the model, and what is wrong with them."""

from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import islice, takewhile

from agenda.dataset import shape
from agenda.dataset.fault import Fault, Path
from agenda.model import Day, Fixed, Frequency, Rule, When
from agenda.recurrence import days
from agenda.rules import MOST_COUNT, rule_of


def series_of(event: shape.Event, when: When, path: Path, faults: list[Fault]) -> tuple[Rule | None, tuple[Day, ...]]:
    """The rule of the event, and the days on which it does not hold, in order; faults are added to `faults`."""
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
    wrong = _contradiction(rule, when)
    if wrong:
        faults.append(Fault((*path, "repeat"), wrong))
        return None, ()
    faults.extend(_idle(event, rule, when, path))
    return rule, tuple(sorted(set(event.exceptions)))


def _contradiction(rule: Rule, when: Fixed) -> str | None:
    """What is wrong with a rule for an event that is then."""
    if isinstance(when.start, datetime) and isinstance(when.start.tzinfo, timezone):
        return (
            "repeat needs days or local times, and start has an offset; write it without, as the clocks of its one city"
            " show it, and name cities of other time zones in the description"
        )
    first, _ = when.days
    if rule.until and rule.until < first:
        return f"repeat ends on {rule.until}, before start, {first}"
    given = list(islice(days(rule, first), MOST_COUNT + 1 if rule.ends else 1))
    if not given:
        return "repeat gives no day at all; change the rule"
    if given[0] != first:
        return (
            f"repeat gives {given[0]} as its first day, but start is {first}; make start that day, or change the rule"
        )
    if len(given) > MOST_COUNT:
        return f"repeat gives more than {MOST_COUNT:,} days; end it sooner, or leave its end out"
    if rule.count is not None and len(given) < rule.count and rule.frequency in {Frequency.DAILY, Frequency.WEEKLY}:
        return f"repeat gives only {len(given):,} days in centuries; make COUNT as small, or step by months or years"
    return None


def _idle(event: shape.Event, rule: Rule, when: Fixed, path: Path) -> Iterator[Fault]:
    """A fault for each day in `except` that the rule does not give."""
    if not event.exceptions:
        return
    last = max(event.exceptions)
    first, _ = when.days
    given = set(days(rule, first) if rule.ends else takewhile(lambda day: day <= last, days(rule, first)))
    if rule.ends and given.issubset(event.exceptions):
        yield Fault((*path, "except"), "except leaves no day of what repeat gives; cancel the event, or keep a day")
    for index, day in enumerate(event.exceptions):
        if day not in given:
            yield Fault((*path, "except", index), f"{day} is not a day that repeat gives; leave it out")
