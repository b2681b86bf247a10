"""Rules of an agenda file that may give just the times of a series, with `except` and single times."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from copy import copy
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from agenda.ical.recurrence_set import RecurrenceSet
from agenda.ical.series_parts import UNKNOWN, ExportedRule, SeriesPart
from agenda.ical.source_rules import RuleParts, SourceRule, comparable, join_in_order, join_parts
from agenda.ical.times import Times, local_day
from agenda.limits import MAX_SERIES_TIMES
from agenda.model import Moment, Rule
from agenda.recurrence.budget import Budget, count_days, has_day, leaves_any
from agenda.recurrence.cycles import is_cyclic
from agenda.recurrence.expand import on_day
from agenda.recurrence.rrule import WEEKDAYS, format_rule, make_explicit, parse_rule

_ANY_DAY = date(2000, 1, 1)
"""A day on which a time of day is reckoned with."""


class Proposal(Struct, frozen=True):
    """Parts that may be the same as a series; `is_cut` where the end of its rule was left out."""

    parts: list[SeriesPart]
    is_cut: bool


def propose(
    series: RecurrenceSet, rule: SourceRule, instances: Iterator[Times], *, skipped: int, exported: ExportedRule
) -> Proposal | None:
    """A series as a rule for each of its times of day, and the times that no rule gives; the first `skipped` of the
    times of its rule, a copy of whose `instances` gives them all, are not by the rule: one that a clock change skips,
    or a start that the rule does not give.
    """
    head = list(islice(copy(instances), skipped))
    if len(head) < skipped:
        return None
    parts: list[SeriesPart] = []
    is_cut = False
    covered: set[Any] = set()
    clocks = [(datetime.combine(_ANY_DAY, clock) + series.shift).time() for clock in rule.times_of_day]
    for clock in clocks or (None,):
        starts = (
            times.start
            for times in islice(copy(instances), skipped, None)
            if clock is None or (isinstance(times.start, datetime) and times.start.time() == clock)
        )
        first = next(starts, None)
        if first is None:
            continue
        ended, text = _text(series, rule, first, starts, exported.until)
        is_cut = is_cut or ended
        if not has_day(parse_rule(text), local_day(first), local_day(first), series.budget):
            return None  # the start of an event has to be a day of its rule
        part = _part(series, text, first)
        if part and exported is UNKNOWN and _gives_one_day(text, local_day(first), series.budget):
            part = SeriesPart(part.times)
        parts += [part] if part else []
        covered |= {comparable(start) for start in _given(series, text, first)}
    singles = [times for times in (*head, *series.added) if not series.removed.hold(times.start)]
    given = {comparable(times.start): times for times in singles if comparable(times.start) not in covered}
    parts += [SeriesPart(given[start]) for start in sorted(given)]
    return Proposal(sorted(parts, key=lambda part: comparable(part.times.start)), is_cut)


def _text(
    series: RecurrenceSet, rule: SourceRule, first: Moment, starts: Iterator[Moment], until: date | None
) -> tuple[bool, str]:
    """The rule as an agenda file has it, from `first` on, which `starts` follow; and whether its end is left out."""
    day = local_day(first)
    parts = _turned(rule.parts, (day - local_day(first - series.shift)).days)
    if first != series.times.start:
        parts = _explicit(parts, first)
    if not rule.ends and series.before is None:
        return False, join_parts(parts)
    if rule.count is not None or series.before is not None or series.shift:
        is_whole = first == series.times.start and series.before is None and series.since is None
        if rule.count and is_whole and len(rule.times_of_day) <= 1:
            number = rule.count  # without a look at thousands of them: what comes of it is compared with the series
        else:
            number = sum(1 for _ in islice(starts, MAX_SERIES_TIMES)) + 1
        if number > MAX_SERIES_TIMES:
            return True, join_parts(parts)
        return False, join_in_order(parts | {"COUNT": str(number)}, rule.order)
    last = max(rule.until_day(first) or day, day)
    endless = parse_rule(join_parts(parts))
    if count_days(replace(endless, until=last), day, MAX_SERIES_TIMES + 1, series.budget) > MAX_SERIES_TIMES:
        return True, join_parts(parts)
    # Our own export told the day that the file had, which is kept where the rule gives no other day until then.
    if until and until > last and not any(_days_between(endless, day, (last, until), series.budget)):
        last = until
    return False, join_in_order(parts | {"UNTIL": f"{last:%Y%m%d}".zfill(8)}, rule.order)


def _days_between(rule: Rule, first: date, span: tuple[date, date], budget: Budget) -> Iterator[date]:
    """The days of a rule without an end that starts on `first`, after one day and up to another."""
    return budget.walk(replace(rule, until=span[1]), first, span[0] + timedelta(1))


def _explicit(parts: RuleParts, first: Moment) -> RuleParts:
    """The rule with the parts that else follow from its start, which is another one now (RFC 5545, 3.3.10)."""
    day = local_day(first)
    if parts["FREQ"] == "WEEKLY" and "BYDAY" not in parts:
        return parts | {"BYDAY": WEEKDAYS[day.weekday()]}
    rule = make_explicit(parse_rule(join_parts(parts)), day)
    return dict(part.split("=") for part in format_rule(rule, until=None).split(";"))


def _turned(parts: RuleParts, days: int) -> RuleParts:
    """The rule of weeks with its weekdays so many days later: of a series that was moved from Mondays to Tuesdays."""
    if not days or parts["FREQ"] != "WEEKLY" or "BYDAY" not in parts:
        return parts
    weekdays = [WEEKDAYS[(WEEKDAYS.index(name) + days) % len(WEEKDAYS)] for name in parts["BYDAY"].split(",")]
    return parts | {"BYDAY": ",".join(weekdays)}


def _part(series: RecurrenceSet, text: str, first: Moment) -> SeriesPart | None:
    """The part of a rule, without the days that are taken out of it; None where that leaves no day."""
    rule, budget = parse_rule(text), series.budget
    start = local_day(first)
    added = {comparable(times.start): times for times in series.added}
    times = series.times.at(first)
    days = {*series.removed.days, *map(_day_like(first), series.removed.instants), *map(_day_like(first), added)}
    given = _days_among(days, rule, start, budget)
    exceptions = tuple(day for day in sorted(given) if _is_other(series, added, times, on_day(day, first)))
    if rule.ends and not leaves_any(rule, start, exceptions, budget):
        return None
    return SeriesPart(times, text, exceptions)


def _gives_one_day(text: str, first: date, budget: Budget) -> bool:
    """Whether a rule gives no day but its first one."""
    rule = parse_rule(text)
    return rule.count == 1 or (rule.until is not None and count_days(rule, first, 2, budget) == 1)


def _days_among(days: AbstractSet[date], rule: Rule, first: date, budget: Budget) -> AbstractSet[date]:
    """Those of some days that a rule gives, for which the rule is walked through once at most."""
    if is_cyclic(rule) or not days:
        return {day for day in days if has_day(rule, first, day, budget)}
    last = max(days)
    return days & set(takewhile(lambda day: day <= last, budget.walk(rule, first)))


def _is_other(series: RecurrenceSet, added: dict[Any, Times], times: Times, start: Moment) -> bool:
    """Whether a time of a rule is taken out, or has another length that an RDATE gives it."""
    if series.removed.hold(start):
        return True
    other = added.get(comparable(start))
    return other is not None and other.end != times.at(start).end


def _day_like(first: Moment) -> Any:
    """A function from an instant, as `comparable` gives it, to the day on which it is by the clock of `first`."""

    def day(instant: Any) -> date:
        if not isinstance(instant, datetime):
            return instant  # type: ignore[no-any-return]
        zone = first.tzinfo if isinstance(first, datetime) else None
        try:
            return (instant.replace(tzinfo=UTC).astimezone(zone) if zone else instant).date()
        except OverflowError:
            return instant.date()

    return day


def _given(series: RecurrenceSet, text: str, first: Moment) -> Iterator[Moment]:
    """The starts of a rule at the times that are added to the series, which need not be added again."""
    start = local_day(first)
    added: dict[date, list[Times]] = {}
    for times in series.added:
        added.setdefault(_day_like(first)(comparable(times.start)), []).append(times)
    for day in _days_among(added.keys(), parse_rule(text), start, series.budget):
        given = on_day(day, first)
        end = series.times.at(given).end
        if any(comparable(given) == comparable(times.start) and end == times.end for times in added[day]):
            yield given
