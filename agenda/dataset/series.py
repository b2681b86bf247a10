"""How an event recurs: from `repeat` and `except` to the model, and what is wrong with them."""

from collections.abc import Iterator
from datetime import datetime, timezone
from itertools import islice, takewhile

from msgspec.structs import replace

from agenda.dataset import shape
from agenda.dataset.fault import Fault, Path
from agenda.errors import MOST_FINDINGS
from agenda.model import Day, Fixed, Frequency, Rule, When
from agenda.recurrence import days, shifted
from agenda.rules import MOST_COUNT, rule_of

_SHORT = (Frequency.DAILY, Frequency.WEEKLY)
_HORIZON = 40 * 366
"""Days from `start` in which a rule of days or weeks must give its first one: a 29 February on a certain weekday may be
40 years away.
"""
_CYCLE = 400
_LATE = 9_800
"""The last year from which the calendar has years enough to tell that a rule of months or years gives no day."""
_FARTHEST = 100 * 366
"""Days from `start`, past which no day of an endless series of months or years is looked for in `except`."""


def series_of(event: shape.Event, when: When, path: Path, faults: list[Fault]) -> tuple[Rule | None, tuple[Day, ...]]:
    """The rule of the event, and the days on which it does not hold, in order; faults are added to `faults`."""
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
        return f"repeat ends on {rule.until}, before start, {first}; end it later, or start it earlier"
    given_first = _first(rule, first)
    if given_first is None:
        return "repeat gives no day at all; change the rule"
    if given_first != first:
        return (
            f"repeat gives {given_first} as its first day, but start is {first}; make start that day, or change the"
            " rule"
        )
    if not _must_be_counted(rule, first):
        return None
    given = list(islice(days(rule, first), MOST_COUNT + 1))
    if len(given) > MOST_COUNT:
        return f"repeat gives more than {MOST_COUNT:,} days; end it sooner, or leave its end out"
    if rule.count is not None and len(given) < rule.count:
        return f"repeat gives only {len(given):,} days in centuries; make COUNT as small, or step by months or years"
    return None


def _first(rule: Rule, first: Day) -> Day | None:
    """The first day that the rule gives, found without a look at centuries where it gives none."""
    if rule.frequency in _SHORT:
        last = shifted(first, _HORIZON)
        return next(days(replace(rule, count=None, until=min(last, rule.until or last)), first), None)
    # The calendar is the same every 400 years, and near its end there is less of it to look at.
    ahead = max(0, (_LATE - first.year) // _CYCLE * _CYCLE)
    found = next(days(replace(rule, count=None, until=None), first.replace(year=first.year + ahead)), None)
    found = found and found.replace(year=found.year - ahead)
    return found if found and (rule.until is None or found <= rule.until) else None


def _must_be_counted(rule: Rule, first: Day) -> bool:
    """Whether the days of a rule may be more than there may be, or fewer than it says: to find out takes its time."""
    if rule.until is not None:
        return (rule.until - first).days >= MOST_COUNT
    limited = rule.by_month or rule.by_month_day or rule.by_day
    return (
        rule.count is not None and rule.frequency in _SHORT and bool(limited or rule.interval > 1 or first.year > _LATE)
    )


def _given(rule: Rule, first: Day, exceptions: frozenset[Day]) -> set[Day]:
    """All days that the rule gives, if it ends; else enough to tell which of the exceptions it gives."""
    if rule.ends:
        return set(days(rule, first))
    if rule.frequency in _SHORT:
        return {day for day in exceptions if day in days(replace(rule, until=day), first, day)}
    last = min(max(exceptions), shifted(first, _FARTHEST))
    return set(takewhile(lambda day: day <= last, days(rule, first)))


def _idle(event: shape.Event, rule: Rule, when: Fixed, path: Path) -> Iterator[Fault]:
    """A fault for each day in `except` that the rule does not give."""
    if not event.exceptions:
        return
    first, _ = when.days
    given = _given(rule, first, frozenset(event.exceptions))
    if rule.ends and given.issubset(event.exceptions):
        yield Fault((*path, "except"), "except leaves no day of what repeat gives; cancel the event, or keep a day")
    for index, day in enumerate(event.exceptions):
        if day not in given:
            yield Fault((*path, "except", index), f"{day} is not a day that repeat gives; leave it out")
