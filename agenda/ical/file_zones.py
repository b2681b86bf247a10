"""Time zones that a calendar file defines itself, by its VTIMEZONE (RFC 5545, 3.6.5)."""

import re
from bisect import bisect_right
from calendar import isleap
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from msgspec.structs import replace

from agenda.agendafile.zones import find_offset_change
from agenda.ical.reader import Component
from agenda.recurrence.budget import Budget
from agenda.recurrence.expand import rule_days
from agenda.recurrence.rrule import parse_rule

_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?")
_LOCAL_TIME = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z?")
_OBSERVANCES = {"STANDARD", "DAYLIGHT"}
_RULE_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYYEARDAY"}
"""The parts that a rule of yearly changes has; with others it would step by hours or seconds."""
_ANY_YEAR = date(2001, 1, 1)
"""The start of a year without a 29 February."""
_DATE_COST = 2
"""What it costs to look at a day of a rule, in steps of a budget."""
_YEAR_MONTHS = 12
_MAX_WEEKDAYS_IN_MONTH = 5
"""How often a month may have a weekday."""


class Onset(NamedTuple):
    """The instant, in UTC without a zone, from which on an offset holds, and the offset before it."""

    instant: datetime
    before: timedelta
    after: timedelta


class FileZone(tzinfo):
    """The zone of a VTIMEZONE between two years: its offsets, as they change at its onsets.

    A local time that a change skips has the offset before the change, one that a change repeats is the first of the
    two, unless its `fold` is 1 (RFC 5545, 3.3.5; PEP 495).
    """

    def __init__(self, name: str, initial: timedelta, onsets: list[Onset]) -> None:
        self._name = name
        self._initial = initial
        self.onsets = onsets
        self._instants = [onset.instant for onset in onsets]
        self._walls = (
            [onset.instant + max(onset.before, onset.after) for onset in onsets],
            [onset.instant + min(onset.before, onset.after) for onset in onsets],
        )

    def utcoffset(self, when: datetime | None) -> timedelta:
        """The offset of a local time."""
        if when is None:
            return self._initial
        return self._offset(bisect_right(self._walls[when.fold], when.replace(tzinfo=None, fold=0)))

    def dst(self, _: datetime | None) -> timedelta | None:
        """None: a VTIMEZONE tells offsets, and nobody here asks for more."""
        return None

    def tzname(self, _: datetime | None) -> str:
        """The TZID."""
        return self._name

    def fromutc(self, when: datetime) -> datetime:
        """The local time of an instant that is told in UTC, with this zone attached to it."""
        instant = when.replace(tzinfo=None)
        index = bisect_right(self._instants, instant)
        local = when + self._offset(index)
        is_second = index > 0 and instant + self.onsets[index - 1].after < self._walls[0][index - 1]
        return local.replace(fold=1 if is_second else 0)

    def _offset(self, index: int) -> timedelta:
        return self.onsets[index - 1].after if index else self._initial


class Years(NamedTuple):
    """The years in which the offsets of a zone are wanted, from the first to the last."""

    first: int
    last: int


def parse_vtimezone(component: Component, years: Years, budget: Budget) -> FileZone | timezone | None:
    """The zone of a VTIMEZONE in those years; a plain offset, in whole minutes, where it has one alone then; None where
    the component tells none that can be read. Raises TooManyStepsError where `budget` does not pay for its rules.
    """
    first, _ = years
    onsets = sorted({onset for one in component.components for onset in _onsets(one, years, budget)})
    if not onsets:
        return None
    before = [onset for onset in onsets if onset.instant.year < first]
    within = [onset for onset in onsets if onset.instant.year >= first]
    initial = before[-1].after if before else within[0].before
    offsets = {initial, *(onset.after for onset in within)}
    if len(offsets) == 1 and initial % timedelta(minutes=1) == timedelta(0):
        return timezone(initial)
    changes, offset = [], initial
    for onset in within:
        if onset.after != offset:
            changes.append(Onset(onset.instant, offset, onset.after))
            offset = onset.after
    return FileZone(component.text("TZID"), initial, changes)


def is_seasonal(rule: str) -> bool:
    """Whether the rule of an observance is as they usually are: on one day of a year that there is."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    parts.pop("UNTIL", "")
    if parts.pop("FREQ", "") != "YEARLY" or not parts.keys() <= {"BYMONTH", "BYDAY", "BYMONTHDAY", "WKST"}:
        return False
    if any("," in parts.get(name, "") for name in ("BYMONTH", "BYDAY")):
        return False
    try:
        days = _rule_days({"FREQ": "YEARLY", **parts}, _ANY_YEAR, _ANY_YEAR, _ANY_YEAR.year)
        return len(list(islice(days, 2))) == 1
    except ValueError:
        return False


def find_onsets(zone: tzinfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """The instants between two others, all in UTC, at which a zone changes its offset, to the second, each with the
    offset that it changes to; not those that come within a week of another.
    """
    step = timedelta(7)
    weeks = int((last - first) / step) + 1
    offsets = ((when, when.astimezone(zone).utcoffset()) for when in (first + step * week for week in range(weeks + 1)))
    for (start, before), (end, after) in pairwise(offsets):
        if before != after:
            instant = find_offset_change(zone, start, end)
            yield instant, instant.astimezone(zone).utcoffset() or timedelta(0)


def _onsets(observance: Component, years: Years, budget: Budget) -> Iterator[Onset]:
    """The onsets of an observance: of a rule, those of the years and the one before them; else all of them."""
    before, after = (_offset(observance.text(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    start = _local_time(observance.text("DTSTART"))
    if observance.name not in _OBSERVANCES or before is None or after is None or start is None:
        return
    times = [start]
    for dates in observance.all("RDATE"):
        times += [time for text in dates.value.split(",") if (time := _local_time(text.strip()))]
    for rule in observance.all("RRULE"):
        times += _rule_times(rule.value, start=start, before=before, years=years, budget=budget)
    for time in times:
        try:
            yield Onset(time - before, before, after)
        except OverflowError:
            continue


def _rule_times(text: str, *, start: datetime, before: timedelta, years: Years, budget: Budget) -> list[datetime]:
    """The local times of a yearly rule in the years and the one before them; none of a rule of another kind."""
    parts = dict(part.partition("=")[::2] for part in re.sub(r"\s", "", text.upper()).split(";") if part)
    if parts.get("FREQ") != "YEARLY" or not parts.keys() <= _RULE_PARTS:
        return []
    ending, number = parts.pop("UNTIL", ""), parts.pop("COUNT", "")
    until = _local_time(ending)
    if (ending and until is None) or (number and not number.isdecimal()):
        return []
    try:
        if until and ending.endswith("Z"):
            until += before  # as the clocks show it before the change, which is what the rule counts in
        # A rule from the year 1601 on would take its time, but what is counted has to be counted from its start.
        since = start.date() if number else max(start.date(), date(max(years.first - 1, date.min.year), 1, 1))
        budget.pay(max(0, years.last + 1 - since.year) * _DATE_COST * _dates_in_a_year(parts))
        days = islice(_rule_days(parts, start.date(), since, years.last), int(number) if number else None)
        times = (datetime.combine(day, start.time()) for day in days)
        return list(takewhile(lambda time: until is None or time <= until, times))
    except (ValueError, OverflowError):
        return []


def _dates_in_a_year(parts: dict[str, str]) -> int:
    """How many days of a year the rule names at most, or months in which it has to be looked for them."""
    numbers = (parts[name].count(",") + 1 for name in ("BYMONTHDAY", "BYYEARDAY") if name in parts)
    months = parts["BYMONTH"].count(",") + 1 if "BYMONTH" in parts else _YEAR_MONTHS
    weekdays = (parts["BYDAY"].count(",") + 1) * _MAX_WEEKDAYS_IN_MONTH if "BYDAY" in parts else 1
    return months * max(weekdays, *numbers, 1)


def _rule_days(parts: dict[str, str], first: date, since: date, last: int) -> Iterator[date]:
    """The days that a yearly rule gives from `since` to the year `last`; ValueError where a part has no meaning."""
    end = date(min(last, date.max.year), 12, 31)
    if "BYYEARDAY" not in parts:
        rule = parse_rule(";".join(f"{name}={value}" for name, value in parts.items()))
        return rule_days(replace(rule, until=end), first, since)
    if len(parts.keys() - {"FREQ", "INTERVAL", "WKST"}) > 1:
        raise ValueError(parts)  # nobody writes it, and few such days there are
    numbers = [int(number) for number in parts["BYYEARDAY"].split(",")]
    years = range(first.year, end.year + 1, int(parts.get("INTERVAL", "1")))
    given = (_day_of_year(year, number) for year in years if year >= since.year for number in sorted(numbers))
    return (day for day in given if day and day >= first)


def _day_of_year(year: int, number: int) -> date | None:
    """The day of that number in a year, from its end where it is negative; None where there is none."""
    length = 365 + isleap(year)
    place = number if number > 0 else length + 1 + number
    return date(year, 1, 1) + timedelta(place - 1) if 0 < place <= length else None


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    if offset >= timedelta(1):
        return None
    return -offset if match[1] == "-" else offset


def _local_time(text: str) -> datetime | None:
    match = _LOCAL_TIME.fullmatch(text.strip().upper())
    try:
        if match:
            return datetime(*map(int, match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - a local time
        day = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text.strip())
        return datetime.combine(date(*map(int, day.groups())), datetime.min.time()) if day else None
    except ValueError:
        return None
