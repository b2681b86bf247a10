"""Rules of recurrence as calendars have them (RFC 5545, 3.3.10): any rule of the RFC, expanded into starts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, product, takewhile
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from agenda.ical.reader import Property
from agenda.ical.rule_steps import expand_parts
from agenda.ical.times import Times, local_day, read_moment, same_kind
from agenda.ical.tzids import CalendarZones
from agenda.limits import MAX_TIMES_OF_DAY
from agenda.model import Moment, Rule
from agenda.recurrence.budget import Budget, first_day, has_day
from agenda.recurrence.cycles import is_cyclic, is_filtered
from agenda.recurrence.expand import rule_days
from agenda.recurrence.rrule import parse_rule

_DEFAULTS = {"INTERVAL": "1", "WKST": "MO", "RSCALE": "GREGORIAN", "SKIP": "OMIT"}
"""Parts that say what holds without them (RFC 5545, 3.3.10; RFC 7529, 4)."""
_CLOCK = {"BYHOUR": 24, "BYMINUTE": 60, "BYSECOND": 60}
"""The parts that name times of day, and how many of them there are."""
_LEAP_SECOND = ("BYSECOND", 60)
"""Which a rule may name, and no clock here shows."""
_KNOWN = {
    *("FREQ", "INTERVAL", "WKST", "BYSETPOS", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"),
    *_CLOCK,
}
_LONG = {"MONTHLY", "YEARLY"}
_MOMENT_COST = 5
"""What a time of a series costs besides the steps to its day, in steps of a budget."""

RuleParts = dict[str, str]


class SourceRule(Struct, frozen=True):
    """An RRULE or EXRULE as `text`: the names of its parts in their `order`, and those `parts` that are no end, and say
    more than what holds anyway.

    `times_of_day` are those that BYHOUR, BYMINUTE and BYSECOND name, or else that of the start; none of whole days.
    `until` is the last start that there may be.
    """

    text: str
    order: tuple[str, ...]
    parts: RuleParts
    times_of_day: tuple[time, ...]
    count: int | None = None
    until: Moment | None = None

    @property
    def ends(self) -> bool:
        """Whether it has a last time."""
        return self.count is not None or self.until is not None

    @property
    def is_within_days(self) -> bool:
        """Whether it steps by hours, minutes or seconds."""
        return self.parts.get("FREQ") not in _DAILY

    def day_rule(self) -> Rule:
        """The days of the rule, without its end, as an agenda file may have it; ValueError where it may not."""
        if self.is_within_days:
            raise ValueError(self.text)
        return parse_rule(join_parts(self.parts))

    def until_day(self, start: Moment) -> date | None:
        """The last day on which a time of day like that of `start` may come; None where only a COUNT ends the rule."""
        if not isinstance(self.until, datetime) or not isinstance(start, datetime):
            return self.until
        local = self.until.astimezone(start.tzinfo) if self.until.tzinfo and start.tzinfo else self.until
        early = local.time() < start.time() and local.date() > date.min
        return local.date() - timedelta(early)


def parse_source_rule(given: Property, times: Times, zones: CalendarZones) -> SourceRule:
    """The rule of an event that is at `times`; ValueError where it is none of RFC 5545, or none that can be expanded.

    A COUNT that is not positive says nothing, and beside an UNTIL both of them end the rule.
    """
    text = re.sub(r"\s", "", given.value.upper())
    parts: RuleParts = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        if name in parts:
            raise ValueError(text)
        if value and not name.startswith("X-"):
            parts[name] = ",".join(dict.fromkeys(filter(None, value.replace("+", "").split(","))))
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    parts = {name: value for name, value in parts.items() if _DEFAULTS.get(name) != value}
    interval = re.fullmatch("0*[1-9][0-9]{0,3}", parts.get("INTERVAL", "1"))
    if "FREQ" not in parts or not parts.keys() <= _KNOWN or not interval:
        raise ValueError(text)
    return SourceRule(
        text=given.value,
        order=tuple(part.partition("=")[0] for part in text.split(";")),
        parts={name: value for name, value in parts.items() if name not in _CLOCK or parts["FREQ"] not in _DAILY},
        times_of_day=_times_of_day(parts, times.start),
        count=int(count) if re.fullmatch("0*[1-9][0-9]{0,8}", count) else None,
        until=_until(Property("UNTIL", until), times.start, zones) if until else None,
    )


_DAILY = {"DAILY", "WEEKLY", *_LONG}


def join_parts(parts: RuleParts) -> str:
    """The parts as a rule."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def join_in_order(parts: RuleParts, order: Sequence[str]) -> str:
    """The parts as a rule, in that order as far as it names them."""
    return join_parts({name: parts[name] for name in dict.fromkeys([*order, *parts]) if name in parts})


def expand_source_rule(rule: SourceRule, start: Moment, budget: Budget) -> Iterator[Moment]:
    """The starts that a rule gives from `start` on, in order, which is the first of them whether the rule gives it or
    not, as it counts in COUNT (RFC 5545, 3.8.5.3). ValueError where it would take too long to find them, and
    TooManyStepsError where `budget` pays for no more of them.

    Times go by the clock of the start's zone: one that a clock change skips has the offset before it.
    """
    return islice(_with_start(_until_end(rule, start, budget), start), rule.count)


def expand_exception_rule(rule: SourceRule, start: Moment, budget: Budget) -> Iterator[Moment]:
    """The starts that an EXRULE (RFC 2445, 4.8.5.2) gives from `start` on, in order, which is one of them only if the
    rule gives it. Raises what `expand_source_rule` does.
    """
    first = comparable(start)
    return islice((moment for moment in _until_end(rule, start, budget) if comparable(moment) >= first), rule.count)


def _until_end(rule: SourceRule, start: Moment, budget: Budget) -> Iterator[Moment]:
    """The starts of a rule up to its UNTIL, those of its first period that lie before `start` among them."""
    starts = _paid(_expand(rule, start, budget), budget)
    if rule.until is None:
        return starts
    last = comparable(same_kind(rule.until, start))
    return takewhile(lambda moment: comparable(moment) <= last, starts)


def _paid(starts: Iterable[Moment], budget: Budget) -> Iterator[Moment]:
    for start in starts:
        budget.pay(_MOMENT_COST)
        yield start


def gives_start(rule: SourceRule, start: Moment, budget: Budget) -> bool:
    """Whether a rule gives the start that it is expanded from. Raises what `expand_source_rule` does."""
    wanted, day_rule = comparable(start), _day_rule(rule)
    if day_rule is None:
        starts: Iterable[Moment] = _expand(rule, start, budget)
    else:
        day = local_day(start)
        starts = _at_times(rule, [day] if has_day(day_rule, day, day, budget) else [], start)
    first = next((moment for moment in map(comparable, starts) if moment >= wanted), None)
    return bool(first == wanted)


def comparable(moment: Moment) -> Any:
    """What two moments of one kind are compared by: the instant of a time with a zone, else what the clocks show."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return moment
    shown = datetime.combine(moment, moment.time())  # which is three times as quick as to replace the zone by none
    return shown - (moment.utcoffset() or timedelta(0))


def _times_of_day(parts: RuleParts, start: Moment) -> tuple[time, ...]:
    """The times of day of a rule of days, in order; ValueError where they are too many, or none."""
    if not isinstance(start, datetime):
        return ()
    values = []
    for name, own in zip(_CLOCK, (start.hour, start.minute, start.second), strict=True):
        given = [int(value) for value in parts[name].split(",")] if parts.get(name) else [own]
        if not all(0 <= value < _CLOCK[name] or (name, value) == _LEAP_SECOND for value in given):
            raise ValueError(parts[name])
        values.append(sorted({value for value in given if value < _CLOCK[name]}))
    if parts.get("FREQ") not in _DAILY:
        return (start.time(),)
    found = tuple(time(hour, minute, second) for hour, minute, second in product(*values))
    if not 0 < len(found) <= MAX_TIMES_OF_DAY:
        raise ValueError(join_parts(parts))
    return found


def _until(given: Property, start: Moment, zones: CalendarZones) -> Moment:
    """UNTIL as a day for days, and as an instant for times; a day means all of it."""
    until = read_moment(given, zones)
    if not isinstance(start, datetime):
        return day_of(until, zones)
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max, start.tzinfo)
    return until.replace(tzinfo=start.tzinfo) if until.tzinfo is None else until


def day_of(moment: Moment, zones: CalendarZones) -> date:
    """The day that an instant means where days are wanted: programs write the local midnight in UTC, which is told by
    the calendar's zone, or else is the nearest one: `20260621T220000Z` is 22 June. A midnight in UTC that is none in
    that zone is of its own day.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        return moment.date()
    if zones.home:
        local = moment.astimezone(zones.home)
        return (moment if moment.time() == time() and local.time() != time() else local).date()
    is_midnight_somewhere = moment.minute in {0, 15, 30, 45} and moment.second == 0
    return (moment + timedelta(hours=12)).date() if is_midnight_somewhere else moment.date()


def _with_start(starts: Iterable[Moment], start: Moment) -> Iterator[Moment]:
    yield start
    last = comparable(start)
    for moment in starts:
        instant = comparable(moment)
        if instant > last:  # a clock change may give one instant twice
            last = instant
            yield moment


def _expand(rule: SourceRule, start: Moment, budget: Budget) -> Iterator[Moment]:
    """The starts of a rule without its end, those of its first week, day or hour that lie before `start` among them."""
    first, day_rule = local_day(start), _day_rule(rule)
    if day_rule is None:
        return _expand_by_steps(rule, start, budget)
    if is_filtered(day_rule) and first_day(day_rule, first, budget) is None:
        return iter(())
    # `UNTIL` is not known to the rule of days, so that its own steps have to end somewhere: with the calendar.
    endless = replace(day_rule, count=None, until=None)
    days = rule_days(endless, first) if is_cyclic(endless) else budget.walk(endless, first)
    return _at_times(rule, days, start)


def _day_rule(rule: SourceRule) -> Rule | None:
    """The days of a rule; None where its times are not just those of its days, or an agenda cannot have them."""
    if "BYSETPOS" in rule.parts and len(rule.times_of_day) > 1:
        return None
    try:
        return rule.day_rule()
    except ValueError:
        return None


def _at_times(rule: SourceRule, days: Iterable[date], start: Moment) -> Iterator[Moment]:
    """The starts on the days of a rule, which has one like `start`."""
    if not isinstance(start, datetime):
        return iter(days)
    zone = start.tzinfo
    return (datetime.combine(day, clock, zone) for day in days for clock in rule.times_of_day)


def _expand_by_steps(rule: SourceRule, start: Moment, budget: Budget) -> Iterator[Moment]:
    """The starts of a rule that an agenda cannot have."""
    if not isinstance(start, datetime):
        steps = expand_parts(rule.parts, datetime.combine(start, time()), (time(),), budget=budget)
        return (step.date() for step in steps)
    return (
        step.replace(tzinfo=start.tzinfo)
        for step in expand_parts(rule.parts, start.replace(tzinfo=None, fold=0), rule.times_of_day, budget=budget)
    )
