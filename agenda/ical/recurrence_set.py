"""How events of a calendar file recur, in the form of an agenda file: a rule, the days left out, and single times."""

import re
from calendar import isleap
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import islice
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.ical.drafts import Draft
from agenda.ical.losses import Losses
from agenda.ical.reader import Component, Property
from agenda.ical.times import Times, local_moment, read_moment, read_moments
from agenda.ical.tzids import CalendarZones
from agenda.recurrence.expand import on_day, rule_days, shift_day, weekdays_for_dateutil
from agenda.recurrence.limits import Budget, TooManyStepsError, count_days, first_day, has_day, leaves_any, may_exceed
from agenda.recurrence.rrule import MAX_COUNT, parse_by_day, parse_rule
from agenda.text import shorten

_USUAL = {"INTERVAL": "1", "WKST": "MO"}
"""Parts that say what holds without them."""
_CLOCK = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
_ON_A_DAY = {"BYMONTH", "BYMONTHDAY"}
_RFC_PARTS = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYSETPOS"),
    *("BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"),
}
_BY_DAYS = {"DAILY", "WEEKLY"}
_LONG = {"MONTHLY", "YEARLY"}

RuleParts = dict[str, str]


def rule_parts(text: str, times: Times, zones: CalendarZones) -> RuleParts:
    """The parts of a rule, without those that change nothing for an event at these times, and UNTIL as the last day
    that it may start on.
    """
    parts: RuleParts = {}
    for part in re.sub(r"\s", "", text.upper()).split(";"):
        name, _, value = part.partition("=")
        if value and not name.startswith("X-"):
            parts[name] = value.replace("+", "")
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{_last_day(parts['UNTIL'], times, zones):%Y%m%d}".zfill(8)
    start = times.start
    for name, of_start in _CLOCK.items():
        same = not isinstance(start, datetime) or parts.get(name, "").lstrip("0") == str(
            getattr(start, of_start)
        ).lstrip("0")
        if same:
            parts.pop(name, None)
    return {name: value for name, value in parts.items() if _USUAL.get(name) != value}


def join_parts(parts: RuleParts) -> str:
    """The rule in the form of an agenda file."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def fit_rule(parts: RuleParts, first: date, budget: Budget) -> tuple[RuleParts, date | None]:
    """The rule in a form that an agenda file may have, if any has the same days, and the first of them.

    `first` is the day that the event starts on for the first time, which counts as one of the rule's even where the
    rule does not give it (3.8.5.3). Raises ValueError where the rule cannot be had, and TooManyStepsError where no
    steps are left in the `budget`.
    """
    if re.fullmatch("0*[1-9][0-9]{4,}", parts.get("COUNT", "")) and parts["COUNT"] != str(MAX_COUNT):
        parts = {name: value for name, value in parts.items() if name != "COUNT"}
    rule = parse_rule(join_parts(parts))
    if rule.until and rule.until < first:
        return parts, None
    found = first_day(rule, first, budget)
    if found is None:
        return parts, None
    if rule.count and found != first:
        if rule.count == 1:
            return parts, None
        rule = replace(rule, count=rule.count - 1)
        parts = parts | {"COUNT": str(rule.count)}
    if rule.count and rule.frequency not in _LONG:
        parts = parts | {"COUNT": str(count_days(rule, first, rule.count, budget))}
    if may_exceed(rule, first, MAX_COUNT) and count_days(rule, first, MAX_COUNT + 1, budget) > MAX_COUNT:
        parts = {name: value for name, value in parts.items() if name not in {"COUNT", "UNTIL"}}
    return parts, found


def restore_end(parts: RuleParts, until: date | None, first: date, budget: Budget) -> RuleParts:
    """The rule with another last day, if it gives the same days: calendars have the last time in its place."""
    if until is None or "UNTIL" not in parts:
        return parts
    longer = parts | {"UNTIL": f"{until:%Y%m%d}".zfill(8)}
    try:
        one, other = sorted([parse_rule(join_parts(parts)).until or until, until])
        endless = replace(parse_rule(join_parts(longer)), until=None)
    except ValueError:
        return parts
    between = next(budget.walk(endless, first, shift_day(one, 1)), None) if one < other else None
    return longer if between is None or between > other else parts


def expand_parts(parts: RuleParts, times: Times) -> Iterator[Times]:
    """Each time that a rule of any kind gives; ValueError where it cannot be had, or would be too long to look for."""
    from dateutil.rrule import rrulestr

    if not parts.keys() <= _RFC_PARTS:  # dateutil knows more, such as BYEASTER
        raise ValueError(join_parts(parts))
    by = {name for name in parts if name.startswith("BY")}
    frequency = parts.get("FREQ", "")
    endures = (
        frequency in _LONG
        or (frequency in _BY_DAYS and not by & {*_ON_A_DAY, "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
        or not by
    )
    interval = re.fullmatch("[1-9][0-9]{0,3}", parts.get("INTERVAL", "1"))
    if not endures or not interval or {"COUNT", "UNTIL"} <= parts.keys():
        raise ValueError(join_parts(parts))
    start = times.start if isinstance(times.start, datetime) else datetime.combine(times.start, time())
    until = {"UNTIL": f"{parts['UNTIL']}T235959"} if "UNTIL" in parts else {}
    try:
        rule = rrulestr(join_parts(parts | until), dtstart=start.replace(tzinfo=None))
        for step in _with_weekdays(rule, parts):
            yield times.at(step.replace(tzinfo=start.tzinfo) if isinstance(times.start, datetime) else step.date())
    except (ValueError, OverflowError, TypeError, AttributeError) as error:
        raise ValueError(join_parts(parts)) from error


def _with_weekdays(rule: Any, parts: RuleParts) -> Iterable[datetime]:
    """The same rule of dateutil, with the weekdays of BYDAY as RFC 5545 means them."""
    if "BYDAY" not in parts or parts["FREQ"] not in _LONG:
        return cast("Iterable[datetime]", rule)
    in_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    weekdays = weekdays_for_dateutil(parse_by_day(parts["BYDAY"]), in_month=in_month)
    return cast("Iterable[datetime]", rule.replace(byweekday=weekdays)) if weekdays else ()


def _last_day(until: str, times: Times, zones: CalendarZones) -> date:
    last = read_moment(Property("UNTIL", until), zones)
    start = times.start
    if isinstance(last, datetime) and isinstance(start, datetime):
        local = local_moment(last, start.tzinfo)
        if isinstance(local, datetime) and local.time() < start.time() and local.date() > date.min:
            return local.date() - timedelta(1)
        return local.date() if isinstance(local, datetime) else local
    return last.date() if isinstance(last, datetime) else last


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


class SeriesPart(Struct, frozen=True):
    """An event of an agenda file that a series becomes, or a part of it: a rule, or a single time without one."""

    times: Times
    repeat: str | None = None
    exceptions: tuple[date, ...] = ()


class SeriesWriter:
    """Writes the series of one file; only so many are written out time by time."""

    def __init__(self, zones: CalendarZones, losses: Losses) -> None:
        self._zones = zones
        self._losses = losses
        self._written_out = 0
        self._budget = Budget()

    def parts(self, event: Draft, times: Times, zone: ZoneInfo | None, moved: AbstractSet[date]) -> list[SeriesPart]:
        """What an event becomes that may recur: nothing but its times, where it does not.

        A rule is kept where local times of `zone` tell it. `moved` are the days that have an event of their own.
        """
        try:
            return self._parts(event, times, zone, moved)
        except OverflowError:  # the calendar ends
            return self._without(times, ["with times beyond the calendar"], event.title)
        except TooManyStepsError:
            return self._without(times, [one.value for one in event.component.all("RRULE")], event.title)

    def _parts(self, draft: Draft, times: Times, zone: ZoneInfo | None, moved: AbstractSet[date]) -> list[SeriesPart]:
        event, title = draft.component, draft.title
        single = list(islice(self._single(event, times, title), _MOST_ADDED + 1))
        if single[_MOST_ADDED:]:
            self._losses.happened(f"only {_MOST_ADDED:,} of the times that are added to it (RDATE) are kept", title)
            single.pop()
        rules = [one.value for one in event.all("RRULE") if one.value.strip()]
        out = self._days(event, times, title) | moved
        if not rules:
            kept = [one for one in (times, *single) if one.day not in out] if single or moved else [times]
            return [SeriesPart(one) for one in kept]
        until = draft.own.until if draft.own else None
        found = self._ruled(rules, times, zone, out, title, until)
        hit = {part.times.start for part in found}
        found += [SeriesPart(one) for one in single if one.start not in hit]
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
    ) -> list[SeriesPart]:
        """The parts of the rules of an event, and of its start."""
        try:
            given = [rule_parts(rule, times, self._zones) for rule in rules]
        except (ValueError, OverflowError):
            return self._without(times, rules, title)
        if len(given) == 1:
            try:
                rule, found = fit_rule(given[0], times.day, self._budget)
            except ValueError:
                why = "an agenda has no such rule of recurrence"
            else:
                if found is None:
                    return [] if times.day in out else [SeriesPart(times)]
                if given[0].keys() - rule.keys():
                    self._losses.happened(f"it recurs more than {MAX_COUNT:,} times, so its end is left out", title)
                rule = restore_end(rule, until, times.day, self._budget)
                if _is_told(rule, times, zone):
                    return list(self._kept(rule, found, times, out))
                why = "it recurs by the clocks of another time zone than the agenda's"
        else:
            why = "it has several rules of recurrence"
        return self._times(given, times, out, title, rules, why)

    def _kept(self, rule: RuleParts, first: date, times: Times, out: AbstractSet[date]) -> Iterator[SeriesPart]:
        if first != times.day and times.day not in out:
            yield SeriesPart(times)
        kept = parse_rule(join_parts(rule))
        exceptions = tuple(day for day in sorted(out) if has_day(kept, first, day, self._budget))
        if not kept.ends or leaves_any(kept, first, exceptions, self._budget):
            start = times.start if first == times.day else on_day(first, times.start)
            yield SeriesPart(times.at(start), join_parts(rule), exceptions)

    def _times(  # noqa: PLR0913, PLR0917 - all that a series is made of
        self,
        given: list[RuleParts],
        times: Times,
        out: AbstractSet[date],
        title: str,
        rules: list[str],
        why: str,
    ) -> list[SeriesPart]:
        """The first times of the rules, one by one, if they can be had."""
        if self._written_out == _MOST_SERIES:
            return self._without(times, rules, title)
        self._written_out += 1
        found: dict[object, Times] = {times.start: times}
        more = False
        try:
            for one in given:
                first = list(islice(expand_parts(one, times), _MOST_TIMES + 1))
                more = more or len(first) > _MOST_TIMES
                found |= {each.start: each for each in first[:_MOST_TIMES]}
        except (ValueError, OverflowError):
            return self._without(times, rules, title)
        what = f"only its first {_MOST_TIMES} times are kept, each as" if more else "each of its times is"
        self._losses.happened(f"{why}, so {what} an event of its own", title)
        ordered = sorted(found.values(), key=lambda one: one.start)
        return [SeriesPart(one) for one in ordered if one.day not in out]

    def _without(self, times: Times, rules: list[str], title: str) -> list[SeriesPart]:
        self._losses.happened(f"its rule {shorten(' and '.join(rules))} cannot be kept, only its first time", title)
        return [SeriesPart(times)]

    def _single(self, event: Component, times: Times, title: str) -> Iterator[Times]:
        """The times that RDATE adds."""
        for added in event.all("RDATE"):
            try:
                for moment in read_moments(added, self._zones):
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
                found |= set(series_days(read_moments(out, self._zones), times))
            except (ValueError, OverflowError):
                self._losses.happened("a day that is taken out of a series (EXDATE) cannot be read", title)
        return found


def series_days(moments: Iterable[date | datetime], times: Times) -> Iterator[date]:
    """The days of a series that these moments are on, by the clocks of the series."""
    for moment in moments:
        local = local_moment(moment, times.zone)
        yield local.date() if isinstance(local, datetime) else local


def _is_told(rule: RuleParts, times: Times, zone: ZoneInfo | None) -> bool:
    """Whether local times of a zone tell a series, or floating ones where there is none."""
    start = times.start
    if not isinstance(start, datetime) or start.tzinfo is None:
        return True
    if zone is None:
        return False
    if getattr(start.tzinfo, "key", None) == zone.key:
        return True
    ruled = parse_rule(join_parts(rule))
    try:
        distance = _distance(start, zone)
        if (start.replace(tzinfo=None) + distance).date() != times.day:
            return False
        last = min(start.year + _YEARS, ruled.until.year if ruled.until else date.max.year)
        if all(_distances(start.tzinfo, zone, year) == {distance} for year in range(start.year, last + 1)):
            return True
        found = islice(rule_days(ruled, times.day), _ENOUGH)
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
