"""How events of a calendar file recur, in the form of an agenda file: a rule, the days left out, and single times."""

from calendar import isleap
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.imports.events import Draft
from agenda.imports.losses import Losses
from agenda.imports.reading import Component
from agenda.imports.rules import Parts, expanded, fitting, parts_of, with_end, written
from agenda.imports.times import Times, moments_of, told_in
from agenda.imports.zones import Zones
from agenda.recurrence.horizon import Budget, TooManyStepsError, gives, leaves
from agenda.recurrence.occurrences import days, on_day
from agenda.recurrence.rules import MOST_COUNT, rule_of
from agenda.text import short

_MOST_TIMES = 100
"""How many times of a series are written one by one."""
_MOST_ADDED = 1000
"""How many times that are added to an event are written."""
_MOST_SERIES = 100
"""Of how many series that is done."""
_ENOUGH = 500
"""Times of a series after which two zones that kept the same distance are taken to keep it."""
_YEARS = 10
"""The years that they take at most, unless they are far apart."""


class Part(Struct, frozen=True):
    """An event of an agenda file that a series becomes, or a part of it: a rule, or a single time without one."""

    times: Times
    repeat: str | None = None
    exceptions: tuple[date, ...] = ()


class Writer:
    """Writes the series of one file; only so many are written out time by time."""

    def __init__(self, zones: Zones, losses: Losses) -> None:
        self._zones = zones
        self._losses = losses
        self._written_out = 0
        self._budget = Budget()

    def parts(self, event: Draft, times: Times, zone: ZoneInfo | None, moved: AbstractSet[date]) -> list[Part]:
        """What an event becomes that may recur: nothing but its times, where it does not.

        A rule is kept where local times of `zone` tell it. `moved` are the days that have an event of their own.
        """
        try:
            return self._parts(event, times, zone, moved)
        except OverflowError:  # the calendar ends
            return self._without(times, ["with times beyond the calendar"], event.title)
        except TooManyStepsError:
            return self._without(times, [one.value for one in event.component.all("RRULE")], event.title)

    def _parts(self, draft: Draft, times: Times, zone: ZoneInfo | None, moved: AbstractSet[date]) -> list[Part]:
        event, title = draft.component, draft.title
        single = list(islice(self._single(event, times, title), _MOST_ADDED + 1))
        if single[_MOST_ADDED:]:
            self._losses.happened(f"only {_MOST_ADDED:,} of the times that are added to it (RDATE) are kept", title)
            single.pop()
        rules = [one.value for one in event.all("RRULE") if one.value.strip()]
        out = self._days(event, times, title) | moved
        if not rules:
            kept = [one for one in (times, *single) if one.day not in out] if single or moved else [times]
            return [Part(one) for one in kept]
        until = draft.own.until if draft.own else None
        found = self._ruled(rules, times, zone, out, title, until)
        hit = {part.times.start for part in found}
        found += [Part(one) for one in single if one.start not in hit]
        if not found:
            self._losses.happened("no time of a series is left, so it is left out", title)
        return found

    def _ruled(  # noqa: PLR0913, PLR0917 - all that a series is made of
        self,
        rules: list[str],
        times: Times,
        zone: ZoneInfo | None,
        out: AbstractSet[date],
        title: str,
        until: date | None,
    ) -> list[Part]:
        """The parts of the rules of an event, and of its start."""
        try:
            given = [parts_of(rule, times, self._zones) for rule in rules]
        except (ValueError, OverflowError):
            return self._without(times, rules, title)
        if len(given) == 1:
            try:
                rule, found = fitting(given[0], times.day, self._budget)
            except ValueError:
                why = "an agenda has no such rule of recurrence"
            else:
                if found is None:
                    return [] if times.day in out else [Part(times)]
                if given[0].keys() - rule.keys():
                    self._losses.happened(f"it recurs more than {MOST_COUNT:,} times, so its end is left out", title)
                rule = with_end(rule, until, times.day, self._budget)
                if _is_told(rule, times, zone):
                    return list(self._kept(rule, found, times, out))
                why = "it recurs by the clocks of another time zone than the agenda's"
        else:
            why = "it has several rules of recurrence"
        return self._times(given, times, out, title, rules, why)

    def _kept(self, rule: Parts, first: date, times: Times, out: AbstractSet[date]) -> Iterator[Part]:
        if first != times.day and times.day not in out:
            yield Part(times)
        kept = rule_of(written(rule))
        exceptions = tuple(day for day in sorted(out) if gives(kept, first, day, self._budget))
        if not kept.ends or leaves(kept, first, exceptions, self._budget):
            start = times.start if first == times.day else on_day(first, times.start)
            yield Part(times.at(start), written(rule), exceptions)

    def _times(  # noqa: PLR0913, PLR0917 - all that a series is made of
        self,
        given: list[Parts],
        times: Times,
        out: AbstractSet[date],
        title: str,
        rules: list[str],
        why: str,
    ) -> list[Part]:
        """The first times of the rules, one by one, if they can be had."""
        if self._written_out == _MOST_SERIES:
            return self._without(times, rules, title)
        self._written_out += 1
        found: dict[object, Times] = {times.start: times}
        more = False
        try:
            for one in given:
                first = list(islice(expanded(one, times), _MOST_TIMES + 1))
                more = more or len(first) > _MOST_TIMES
                found |= {each.start: each for each in first[:_MOST_TIMES]}
        except (ValueError, OverflowError):
            return self._without(times, rules, title)
        what = f"only its first {_MOST_TIMES} times are kept, each as" if more else "each of its times is"
        self._losses.happened(f"{why}, so {what} an event of its own", title)
        ordered = sorted(found.values(), key=lambda one: one.start)
        return [Part(one) for one in ordered if one.day not in out]

    def _without(self, times: Times, rules: list[str], title: str) -> list[Part]:
        self._losses.happened(f"its rule {short(' and '.join(rules))} cannot be kept, only its first time", title)
        return [Part(times)]

    def _single(self, event: Component, times: Times, title: str) -> Iterator[Times]:
        """The times that RDATE adds."""
        for added in event.all("RDATE"):
            try:
                for moment in moments_of(added, self._zones):
                    if isinstance(moment, datetime) == isinstance(times.start, datetime):
                        yield times.at(moment)
                    elif isinstance(moment, datetime):
                        yield times.at(moment.date())
                    else:
                        yield times.at(on_day(moment, times.start))
            except (ValueError, OverflowError):
                self._losses.happened("a day that is added to a series (RDATE) cannot be read", title)

    def _days(self, event: Component, times: Times, title: str) -> set[date]:
        """The days that EXDATE takes out."""
        found: set[date] = set()
        for out in event.all("EXDATE"):
            try:
                found |= set(days_in(moments_of(out, self._zones), times))
            except (ValueError, OverflowError):
                self._losses.happened("a day that is taken out of a series (EXDATE) cannot be read", title)
        return found


def days_in(moments: Iterable[date | datetime], times: Times) -> Iterator[date]:
    """The days of a series that these moments are on, by the clocks of the series."""
    for moment in moments:
        local = told_in(moment, times.zone)
        yield local.date() if isinstance(local, datetime) else local


def _is_told(rule: Parts, times: Times, zone: ZoneInfo | None) -> bool:
    """Whether local times of a zone tell a series, or floating ones where there is none."""
    start = times.start
    if not isinstance(start, datetime) or start.tzinfo is None:
        return True
    if zone is None:
        return False
    if getattr(start.tzinfo, "key", None) == zone.key:
        return True
    ruled = rule_of(written(rule))
    try:
        distance = _distance(start, zone)
        if (start.replace(tzinfo=None) + distance).date() != times.day:
            return False
        last = min(start.year + _YEARS, ruled.until.year if ruled.until else date.max.year)
        if all(_distances(start.tzinfo, zone, year) == {distance} for year in range(start.year, last + 1)):
            return True
        found = islice(days(ruled, times.day), _ENOUGH)
        return all(_distance(datetime.combine(day, start.timetz()), zone) == distance for day in found)
    except OverflowError:
        return False


def _distance(one: datetime, zone: ZoneInfo) -> timedelta:
    """How far the clocks of a zone are ahead of those that a time is told by."""
    return one.astimezone(UTC).astimezone(zone).replace(tzinfo=None) - one.replace(tzinfo=None)


@lru_cache(maxsize=4096)
def _distances(there: tzinfo, zone: ZoneInfo, year: int) -> AbstractSet[timedelta]:
    """How far the clocks of a zone are ahead of those of another one, at any hour of a year."""
    first = datetime(year, 1, 1, tzinfo=UTC)  # by instants: a time that a clock change skips is told otherwise
    hours = (first + timedelta(hours=hour) for hour in range(24 * (365 + isleap(year))))
    return {hour.astimezone(zone).replace(tzinfo=None) - hour.astimezone(there).replace(tzinfo=None) for hour in hours}
