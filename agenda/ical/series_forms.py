"""The form in which an agenda file has a recurrence set: a rule, with `except` and single times; else single times.

A form is proved before it is taken: expanded as `agenda list` will expand it, it gives the same starts and ends.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from datetime import UTC, date, datetime, timedelta, tzinfo
from heapq import merge
from itertools import islice, takewhile, tee, zip_longest
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.ical.clocks import is_told_by
from agenda.ical.recurrence_set import RecurrenceSet
from agenda.ical.source_rules import RuleParts, SourceRule, comparable, join_in_order, join_parts
from agenda.ical.times import Times, agenda_times, local_day
from agenda.interchange.losses import Losses
from agenda.limits import (
    MAX_ALL_SINGLE_TIMES,
    MAX_PROVED_TIMES,
    MAX_SERIES_TIMES,
    MAX_SINGLE_TIMES,
    MAX_TIMES_AT_ONCE,
)
from agenda.model import Event, Fixed, Moment, Rule
from agenda.recurrence.budget import Budget, TooManyStepsError, count_days, exceeds_at_once, has_day, leaves_any
from agenda.recurrence.cycles import is_cyclic
from agenda.recurrence.expand import occurrences, on_day
from agenda.recurrence.rrule import WEEKDAYS, format_rule, make_explicit, parse_rule
from agenda.text.safe import shorten

_ANY_DAY = date(2000, 1, 1)
"""A day on which a time of day is reckoned with."""
_MAX_PROVED = 400
"""How many times of a series are compared: of days more than a year, so that each clock change is among them."""
_MIN_PROVED = 4
"""How many are, where a file has so many series that to compare more of each would take minutes."""
_YEARS_PROVED = 30
"""For how many years they are compared: more than the 28 after which the days of a year are the same weekdays again."""
_MAX_SKIPPED = 2
"""How many of its first times a series may have before its rule begins."""


class SeriesPart(Struct, frozen=True):
    """An event of an agenda file that a series becomes, or a part of it: a rule, or a single time without one."""

    times: Times
    repeat: str | None = None
    exceptions: tuple[date, ...] = ()

    def instances(self, zone: ZoneInfo | None) -> Iterator[tuple[Moment, Moment | None]]:
        """The starts and ends of the part as an agenda tells them whose clocks are those of `zone`."""
        if self.repeat is None:
            yield self.times.start, self.times.end
            return
        start, end = (_told_by(moment, zone) for moment in (self.times.start, self.times.end))
        event = Event(
            id="part",
            title="part",
            when=Fixed(start or self.times.start, end),
            timezone=zone,
            repeat=parse_rule(self.repeat),
            exceptions=self.exceptions,
        )
        for occurrence in occurrences(event):
            if isinstance(occurrence.when, Fixed):
                yield occurrence.when.start, occurrence.when.end


class ExportedRule(Struct, frozen=True):
    """What our own export told of a rule: its last day, and its parts where RRULE has more of them."""

    until: date | None = None
    repeat: str | None = None

    def replaced(self, rule: SourceRule, times: Times) -> SourceRule:
        """The rule with the parts that were exported, if they still mean the same for an event that is at `times`."""
        if self.repeat is None:
            return rule
        try:
            ours, theirs = (
                make_explicit(parse_rule(text), times.day) for text in (self.repeat, join_parts(rule.parts))
            )
            parts = dict(part.split("=") for part in self.repeat.split(";"))
        except ValueError:
            return rule
        return replace(rule, parts=parts) if ours == theirs else rule


UNKNOWN = ExportedRule()
"""What is known of the rule of another program."""


class SeriesWriter:
    """Finds the forms of the series of one file."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._left = MAX_ALL_SINGLE_TIMES
        self._proofs_left = MAX_PROVED_TIMES

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
        if not is_told_by(series.times.start, copy(instances), zone):
            return None, f"it recurs by the clocks of {_name_other_zone(series.times.zone)}"
        for skipped in range(_MAX_SKIPPED + 1):
            proposal = _propose(series, rule, instances, skipped=skipped, exported=exported)
            if proposal is not None and any(_is_too_often(part, series.budget) for part in proposal.parts):
                return None, f"more than {MAX_TIMES_AT_ONCE:,} of its times are on at once"
            if proposal is not None and self._is_same(proposal.parts, series, zone):
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

    def _is_same(self, parts: Sequence[SeriesPart], series: RecurrenceSet, zone: ZoneInfo | None) -> bool:
        """Whether the first times of a form are the first times of the series, with their ends."""
        if not all(_is_local(part, zone) for part in parts):
            return False
        most = _MAX_PROVED if series.budget.is_ample and self._proofs_left > 0 else _MIN_PROVED
        last_year = series.times.day.year + _YEARS_PROVED - 1
        spans = [_comparable_spans(part.instances(zone), last_year) for part in parts]
        ours = spans[0] if len(spans) == 1 else merge(*spans, key=itemgetter(0))
        theirs = _comparable_spans(((times.start, times.end) for times in series.instances()), last_year)
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


class _Proposal(Struct, frozen=True):
    """Parts that may be the same as a series; `is_cut` where the end of its rule was left out."""

    parts: list[SeriesPart]
    is_cut: bool


def _propose(
    series: RecurrenceSet, rule: SourceRule, instances: Iterator[Times], *, skipped: int, exported: ExportedRule
) -> _Proposal | None:
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
    return _Proposal(sorted(parts, key=lambda part: comparable(part.times.start)), is_cut)


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


def _told_by(moment: Moment | None, zone: ZoneInfo | None) -> Moment | None:
    """A moment by the clocks of a zone; days and floating times stay."""
    if not isinstance(moment, datetime) or moment.tzinfo is None or zone is None:
        return moment.replace(tzinfo=zone) if isinstance(moment, datetime) and zone else moment
    return moment.astimezone(UTC).astimezone(zone)  # by UTC, so that a skipped time is told as clocks show it
