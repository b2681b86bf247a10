"""The recurrence set of an event (RFC 5545, 3.8.5): all its times, decided once, from all that the file says of it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from heapq import merge
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from agenda.ical.reader import Component, Property
from agenda.ical.source_rules import (
    SourceRule,
    comparable,
    day_of,
    expand_exception_rule,
    expand_source_rule,
    parse_source_rule,
)
from agenda.ical.times import Times, local_day, read_moments, read_periods, same_kind
from agenda.ical.tzids import CalendarZones
from agenda.interchange.losses import Losses
from agenda.limits import MAX_ADDED_TIMES, MAX_REMOVED_TIMES, MAX_REMOVED_YEARS
from agenda.model import Moment
from agenda.recurrence.budget import Budget, TooManyStepsError
from agenda.text.safe import shorten

_ADDED_COST = 20
"""What a time that is added costs, in steps of a budget: it becomes an event of its own."""


class Removals(Struct, frozen=True):
    """Times that are taken out of a series: those that start at an instant, and all that start on a day."""

    instants: frozenset[Any] = frozenset()
    days: frozenset[date] = frozenset()

    def hold(self, start: Moment) -> bool:
        """Whether a time that starts then is taken out."""
        is_instant = bool(self.instants) and comparable(start) in self.instants
        return is_instant or (bool(self.days) and local_day(start) in self.days)

    def shifted(self, shift: timedelta, start: Moment) -> "Removals":
        """The same removals from a series like `start` whose times are all later by `shift`, by the clock."""
        if not isinstance(start, datetime):
            return Removals(days=frozenset(day + shift for day in self.days))
        zone, clock = start.tzinfo, start.time()
        local = (at_instant(instant, zone) for instant in self.instants)
        return Removals(
            frozenset(comparable(moment + shift) for moment in local),
            frozenset((datetime.combine(day, clock) + shift).date() for day in self.days),
        )


def unite_removals(removals: Sequence[Removals]) -> Removals:
    """All of those times."""
    return Removals(
        frozenset().union(*(each.instants for each in removals)), frozenset().union(*(each.days for each in removals))
    )


class RecurrenceSet(Struct, frozen=True):
    """The times of an event that recurs: those of its `rules`, of which its start is the first, and those that are
    `added`, without the `removed` ones; of the rules those `before` an instant, which is `comparable`.

    Of a series that was moved from some time on (RANGE=THISANDFUTURE, RFC 5545, 3.2.13) there is an `origin`, the start
    of its rules: their times from `since` on are later by `shift`, by the clock.

    All series of a file have one `budget`, which pays for finding their times: TooManyStepsError is raised where it
    pays for no more.
    """

    times: Times
    budget: Budget
    rules: tuple[SourceRule, ...] = ()
    added: tuple[Times, ...] = ()
    removed: Removals = Removals()
    before: Any = None
    origin: Moment | None = None
    since: Any = None
    shift: timedelta = timedelta()

    def ended(self, before: Any) -> "RecurrenceSet":
        """The times that stand for those of the original series before an instant, which is `comparable`."""
        added = tuple(times for times in self.added if comparable(times.start - self.shift) < before)
        return replace(self, added=added, before=before)

    @property
    def clocks(self) -> frozenset[time] | None:
        """The times of day at which one of its times may start, by the clock of its start; None where it may be any."""
        if any(rule.is_within_days for rule in self.rules):
            return None
        starts = [times.start for times in (self.times, *self.added) if isinstance(times.start, datetime)]
        return frozenset({start.time() for start in starts}.union(*(rule.times_of_day for rule in self.rules)))

    def instances(self, of_first_rule: Iterator[Times] | None = None) -> Iterator[Times]:
        """The times in order, each start once: one that is added and has its own length comes before that of a rule.
        `of_first_rule` has the `rule_instances` of the first rule where they are known, so that it is not expanded
        again.
        """
        added = sorted(self.added, key=lambda times: comparable(times.start))
        last: Any = None
        by_rules = [self.rule_instances(rule) for rule in self.rules]
        if of_first_rule is not None:
            by_rules[0] = of_first_rule
        is_single = len(by_rules) == 1 and not added  # as most series are
        ordered = by_rules[0] if is_single else merge(added, *by_rules, key=lambda times: comparable(times.start))
        for times in ordered:
            start = comparable(times.start)
            if start != last and not self.removed.hold(times.start):
                yield times
            last = start

    def rule_instances(self, rule: SourceRule) -> Iterator[Times]:
        """The times of one rule, those that are taken out among them, up to the end of the set."""
        first = self.times.start if self.origin is None else self.origin
        for start in expand_source_rule(rule, first, self.budget):
            if self.before is not None and comparable(start) >= self.before:
                return
            if self.since is not None and comparable(start) < self.since:
                continue
            try:
                yield self.times.at(start + self.shift)
            except OverflowError:  # the calendar ends
                return


def read_recurrence_set(
    component: Component, times: Times, *, zones: CalendarZones, losses: Losses, budget: Budget
) -> RecurrenceSet:
    """The set of an event with RRULE or RDATE, or of one that has but its start. What cannot be read of it is told;
    ValueError where a rule cannot be had at all. `budget` is that of the file.
    """
    title = component.text("SUMMARY")
    rules = [given for given in component.all("RRULE") if given.value.strip()]
    added = list(islice(_added(component, times, zones=zones, losses=losses, budget=budget), MAX_ADDED_TIMES + 1))
    if added[MAX_ADDED_TIMES:]:
        losses.happened(f"only {MAX_ADDED_TIMES:,} of the times that are added to it (RDATE) are kept", title)
    parsed = tuple(parse_source_rule(rule, times, zones) for rule in rules)
    for rule, given in zip(parsed, rules, strict=True):
        if "COUNT" in given.value.upper() and (rule.count is None or rule.until is not None):
            losses.happened("its rule has a COUNT that is no number or stands beside an UNTIL; both end it", title)
    single = (times,) if not rules else ()
    # A period that is added at the start of the event comes first, since it has its own length.
    series = RecurrenceSet(times=times, budget=budget, rules=parsed, added=(*added[:MAX_ADDED_TIMES], *single))
    dates = _removed_dates(component, series, zones, losses)
    by_rules = _removed_by_rules(component, series, zones, losses)
    return replace(series, removed=unite_removals([dates, by_rules]))


def read_removal(given: Property, series: RecurrenceSet, zones: CalendarZones) -> Removals:
    """What an EXDATE or RECURRENCE-ID takes out of a series: the time that starts at just that instant; of a day, or of
    a midnight at which the series never starts, all of that day. ValueError where it cannot be read.
    """
    times, clocks = series.times, series.clocks
    instants, days = set(), set()
    for moment in read_moments(given, zones):
        if not isinstance(times.start, datetime):
            days.add(day_of(moment, zones))
        elif not isinstance(moment, datetime):
            days.add(moment)
        else:
            start = same_kind(moment, times.start)
            is_start = clocks is None or (isinstance(start, datetime) and start.time() in clocks)
            if moment.time() == time() and not is_start:
                days.add(moment.date())
            else:
                instants.add(comparable(start))
    return Removals(frozenset(instants), frozenset(days))


def _added(
    component: Component, times: Times, *, zones: CalendarZones, losses: Losses, budget: Budget
) -> Iterator[Times]:
    """The times of RDATE, as long as the budget pays for them."""
    dates = component.all("RDATE")
    title = component.text("SUMMARY")
    try:
        for given in sorted(dates, key=lambda given: "/" not in given.value):  # a period tells most of its time
            try:
                for added in read_periods(given, times, zones):
                    budget.pay(_ADDED_COST)
                    yield added
            except (ValueError, OverflowError):
                losses.happened("a day that is added to a series (RDATE) cannot be read", title)
    except TooManyStepsError:
        losses.happened(
            "the rules of this file take too many steps, so that times that are added (RDATE) are lost",
            title,
        )


def _removed_dates(component: Component, series: RecurrenceSet, zones: CalendarZones, losses: Losses) -> Removals:
    removed: list[Removals] = []
    for given in component.all("EXDATE"):
        try:
            removed.append(read_removal(given, series, zones))
        except (ValueError, OverflowError):
            losses.happened("a day that is taken out of a series (EXDATE) cannot be read", component.text("SUMMARY"))
    return unite_removals(removed)


def _removed_by_rules(component: Component, series: RecurrenceSet, zones: CalendarZones, losses: Losses) -> Removals:
    """The times that an EXRULE of RFC 2445 takes out, as many as are looked at."""
    instants: set[Any] = set()
    start = series.times.start
    ends = [comparable(same_kind(rule.until, start)) for rule in series.rules if rule.until is not None]
    last = max(ends) if len(ends) == len(series.rules) and not series.added else None
    for given in component.all("EXRULE"):
        is_whole = True
        try:
            rule = parse_source_rule(given, series.times, zones)
            for number, moment in enumerate(expand_exception_rule(rule, start, series.budget)):
                if last is not None and comparable(moment) > last:
                    break
                if number == MAX_REMOVED_TIMES or moment.year > start.year + MAX_REMOVED_YEARS:
                    is_whole = False
                    break
                instants.add(comparable(moment))
        except (ValueError, OverflowError, TooManyStepsError):
            is_whole = False
        if not is_whole:
            what = f"its rule {shorten(given.value)} that takes out times (EXRULE) cannot be kept whole"
            losses.happened(what, component.text("SUMMARY"))
    return Removals(frozenset(instants))


def at_instant(instant: Any, zone: tzinfo | None) -> Any:
    """The moment that `comparable` gives back as that instant, by the clocks of a zone; a day as it is."""
    if zone is None or not isinstance(instant, datetime):
        return instant
    return instant.replace(tzinfo=UTC).astimezone(zone)


def moved_on(series: RecurrenceSet, since: Moment, times: Times) -> RecurrenceSet:
    """The times of a series from the one that starts at `since` on. That one is at `times` now, and all that follow are
    moved by the same difference and last as long (RFC 5545, 3.2.13 and 3.8.4.4). The series is the original one, since
    the RECURRENCE-ID of every change names a time of that.
    """
    start, moved = (
        moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment for moment in (since, times.start)
    )
    shift = moved - start if type(moved) is type(start) else timedelta()
    later = [times.at(added.start + shift) for added in series.added if comparable(added.start) >= comparable(since)]
    return replace(
        series,
        times=times,
        added=tuple(later),
        removed=series.removed.shifted(shift, series.times.start),
        origin=series.times.start,
        since=comparable(since),
        shift=shift,
    )
