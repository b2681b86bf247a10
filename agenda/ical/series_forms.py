"""The form in which an agenda file has a recurrence set: a rule, with `except` and single times; else single times.

A form is proved before it is taken: expanded as `agenda list` will expand it, it gives the same starts and ends.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from datetime import UTC, datetime, tzinfo
from heapq import merge
from itertools import islice, tee, zip_longest
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agenda.ical.clocks import Clocks
from agenda.ical.recurrence_set import RecurrenceSet
from agenda.ical.series_parts import UNKNOWN, ExportedRule, SeriesPart
from agenda.ical.series_proposals import propose
from agenda.ical.source_rules import comparable
from agenda.ical.times import Times, agenda_times
from agenda.interchange.losses import Losses
from agenda.limits import (
    MAX_ALL_SINGLE_TIMES,
    MAX_PROVED_TIMES,
    MAX_SERIES_TIMES,
    MAX_SINGLE_TIMES,
    MAX_TIMES_AT_ONCE,
)
from agenda.model import Fixed, Moment
from agenda.recurrence.budget import Budget, TooManyStepsError, exceeds_at_once
from agenda.recurrence.rrule import parse_rule
from agenda.text.safe import shorten

_MAX_PROVED = 400
"""How many times of a series are compared: of days more than a year, so that each clock change is among them."""
_MIN_PROVED = 4
"""How many are, where a file has so many series that to compare more of each would take minutes."""
_YEARS_PROVED = 30
"""For how many years they are compared: more than the 28 after which the days of a year are the same weekdays again."""
_MAX_SKIPPED = 2
"""How many of its first times a series may have before its rule begins."""


class SeriesWriter:
    """Finds the forms of the series of one file."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._left = MAX_ALL_SINGLE_TIMES
        self._proofs_left = MAX_PROVED_TIMES
        self._clocks = Clocks()

    def parts(
        self, series: RecurrenceSet, zone: ZoneInfo | None, *, title: str, exported: ExportedRule, most: int
    ) -> list[SeriesPart]:
        """What a series becomes in an agenda whose clocks are those of `zone`; `exported` is what our own export told
        of its rule. Where it has more parts than the `most` that may be kept, the caller tells how many are.
        """
        if not series.rules:
            return [SeriesPart(times) for times in series.instances()]
        try:
            parts, why = self._with_rule(series, zone, title, exported)
            if parts is not None:
                return parts
            return self._single_times(series, title, why, most=most)
        except (ValueError, OverflowError):
            return self._without_rules(series, title)
        except TooManyStepsError:
            what = "the rules of this file take too many steps, so that those of it are lost and its first time is kept"
            self._losses.happened(what, title)
            return list(map(SeriesPart, _alone(series)))

    def tell_lost_rules(self, rules: Sequence[str], title: str) -> None:
        """Tell that of the times of those rules only the first can be had."""
        self._losses.happened(f"its rule {shorten(' and '.join(rules))} cannot be kept, only its first time", title)

    def _without_rules(self, series: RecurrenceSet, title: str) -> list[SeriesPart]:
        """The first time and those that are added, unless they are taken out."""
        self.tell_lost_rules([rule.text for rule in series.rules], title)
        try:
            return [SeriesPart(times) for times in _alone(series)]
        except (ValueError, OverflowError):  # too near the ends of the calendar to be compared
            return [SeriesPart(series.times)]

    def _with_rule(
        self, series: RecurrenceSet, zone: ZoneInfo | None, title: str, exported: ExportedRule
    ) -> tuple[list[SeriesPart] | None, str]:
        """The series by a rule for each time of day; else None, and why there is none."""
        if len(series.rules) > 1:
            return None, "it has several rules of recurrence"
        rule = exported.replaced(series.rules[0], series.times)
        try:
            rule.day_rule()
        except ValueError:
            return None, "an agenda has no such rule of recurrence"
        if "BYSETPOS" in rule.parts and len(rule.times_of_day) > 1:
            return None, "an agenda has no such rule of recurrence"
        (instances,) = tee(series.rule_instances(rule), 1)  # a copy of it gives again what the rule was expanded into
        if exported is UNKNOWN and len(list(islice(copy(instances), 2))) == 1:
            return [SeriesPart(times) for times in _alone(series)], ""  # the start counts, whatever the rule gives
        if not self._clocks.can_tell(series.times.start, copy(instances), zone):
            return None, f"it recurs by the clocks of {_name_other_zone(series.times.zone)}"
        for skipped in range(_MAX_SKIPPED + 1):
            proposal = propose(series, rule, instances, skipped=skipped, exported=exported)
            if proposal is not None and any(_is_too_often(part, series.budget) for part in proposal.parts):
                return None, f"more than {MAX_TIMES_AT_ONCE:,} of its times are on at once"
            theirs = series.instances(copy(instances) if rule is series.rules[0] else None)
            if proposal is not None and self._is_same(proposal.parts, series, theirs, zone=zone):
                if proposal.is_cut:
                    self._losses.happened(
                        f"it recurs more than {MAX_SERIES_TIMES:,} times, so its end is left out", title
                    )
                return proposal.parts, ""
        return None, "no rule of an agenda gives just its times"

    def _single_times(self, series: RecurrenceSet, title: str, why: str, *, most: int) -> list[SeriesPart]:
        if self._left <= 0:
            what = f"{MAX_ALL_SINGLE_TIMES:,} times of series are events of their own by now, so only its first is kept"
            self._losses.happened(what, title)
            return list(map(SeriesPart, _alone(series)))
        times = list(islice(series.instances(), min(MAX_SINGLE_TIMES, self._left) + 1))
        more = len(times) > MAX_SINGLE_TIMES
        times = times[:MAX_SINGLE_TIMES]
        self._left -= len(times)
        what = f"only its first {MAX_SINGLE_TIMES} times are kept, each as" if more else "each of its times is"
        what = what if len(times) <= most else "each of its times would be"
        self._losses.happened(f"{why}, so {what} an event of its own", title)
        return [SeriesPart(one) for one in times]

    def _is_same(
        self, parts: Sequence[SeriesPart], series: RecurrenceSet, instances: Iterator[Times], *, zone: ZoneInfo | None
    ) -> bool:
        """Whether the first times of a form are the first of the series, which are its `instances`, with their ends."""
        if not all(_is_local(part, zone) for part in parts):
            return False
        most = _MAX_PROVED if series.budget.is_ample and self._proofs_left > 0 else _MIN_PROVED
        last_year = series.times.day.year + _YEARS_PROVED - 1
        spans = [_comparable_spans(part.instances(zone), last_year) for part in parts]
        ours = spans[0] if len(spans) == 1 else merge(*spans, key=itemgetter(0))
        theirs = _comparable_spans(((times.start, times.end) for times in instances), last_year)
        for our_span, their_span in zip_longest(islice(ours, most), islice(theirs, most)):
            self._proofs_left -= 1
            if our_span != their_span:
                return False
        return True


def _name_other_zone(zone: tzinfo | None) -> str:
    """What is said of a time zone that is not the agenda's, with how to make it so where it has a name."""
    if zone is not UTC and not isinstance(zone, ZoneInfo):
        return "another time zone than the agenda's; --tz names one"
    return f"{zone}, which are not the agenda's (--tz {zone} makes them so)"


def _is_too_often(part: SeriesPart, budget: Budget) -> bool:
    """Whether more of its times are on at once than an agenda file may have."""
    if part.repeat is None:
        return False
    first, last = Fixed(part.times.start, part.times.end).days
    return exceeds_at_once(parse_rule(part.repeat), first, last, MAX_TIMES_AT_ONCE, budget)


def _alone(series: RecurrenceSet) -> Iterator[Times]:
    """The times of a series of whose rules nothing comes but its start."""
    return replace(series, rules=(), added=(*series.added, series.times)).instances()


def _comparable_spans(spans: Iterable[tuple[Moment, Moment | None]], last_year: int) -> Iterator[tuple[Any, Any]]:
    """Starts and ends as they are compared, up to that year."""
    for start, end in spans:
        instant = comparable(start)
        if instant.year > last_year:
            return
        yield instant, None if end is None else comparable(end)


def _is_local(part: SeriesPart, zone: ZoneInfo | None) -> bool:
    """Whether an agenda file can have it, which repeats days and local times alone: not the second 02:30 of a day."""
    told = agenda_times(part.times, zone, there=True)
    moments = [moment for moment in (told.start, told.end) if isinstance(moment, datetime)]
    return part.repeat is None or all(moment.tzinfo is None for moment in moments)
