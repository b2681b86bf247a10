"""VTIMEZONE components (RFC 5545, 3.6.5), made from the zone data that Python reads."""

import re
import zoneinfo
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from struct import unpack_from
from zoneinfo import ZoneInfo

from ics.grammar.parse import Container  # why ics: agenda/ical/content.py
from msgspec import Struct

from agenda.agendafile.zones import find_offset_change
from agenda.ical.content import format_local, raw_line, text_line
from agenda.recurrence.rrule import WEEKDAYS

_DAY = timedelta(days=1)
_LAST_LISTED_YEAR = 2037
"""The last year whose changes zone data may list one by one; later changes follow the yearly rules."""
_YEARS_AHEAD = 10
"""How long changes are written one by one for a series without an end, where no yearly rule describes them."""
_LAST_YEAR = 9998
_LAST_WEEK = 5
_POSIX_RULE = re.compile(r",M([0-9]+)\.([0-9])\.([0-9])(?:/(-?)([0-9]{1,3})(?::([0-9]{2}))?(?::([0-9]{2}))?)?")
_EPOCH = 1970
"""The year from which on a zone is told by its rules where they hold for all events: some readers compare zones by the
offsets of years past, others take winter for summer before the first change that is told.
"""
_HEADER_OCTETS = 44
"""Of each of the two parts of a zone's data (RFC 9636, 3.1)."""
_DAYS_IN_WEEK = 7
_YEARS_OF_ALL_DATES = 41
"""In so many years, each day of a month falls on each weekday, even around 2100, which is no leap year."""
_LONG_MONTHS = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
"""The lengths of the months that always have the same."""


class _Change(Struct, frozen=True):
    """A change of a zone's offset at an instant: the offsets before and after it, and the zone's name from then on, as
    in `CEST`.
    """

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def local(self) -> datetime:
        """The local time of that instant, by clocks that are not set yet."""
        return (self.at + self.before).replace(tzinfo=None)


class _YearlyRule(Struct, frozen=True):
    """A change that comes each year: in a month, on a weekday (0 is Sunday) of a week (5 is the last one), at a local
    time by clocks that are not set yet. E.g. (3, 5, 0, 2 hours): at 2:00 on the last Sunday of March.

    The time may lie beyond the day, as in (9, 1, 6, 24 hours): at the end of the first Saturday of September.
    """

    month: int
    week: int
    weekday: int
    time: timedelta

    def in_year(self, year: int) -> datetime:
        """The local time of the change in that year, by clocks that are not set yet."""
        if self.week == _LAST_WEEK:
            last = date(year + self.month // 12, self.month % 12 + 1, 1) - _DAY
            day = last - timedelta((last.isoweekday() - self.weekday) % 7)
        else:
            first = date(year, self.month, 1)
            day = first + timedelta((self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1))
        return datetime.combine(day, datetime.min.time()) + self.time

    @property
    def rrules(self) -> dict[int, str] | None:
        """The same as recurrence rules (3.3.10), by the months in which they hold: two where days reach into the next
        month. None where there are no such rules, as for days counted from the end of February.

        A change at 24:00 on the first Saturday is one on the Sunday from the 2nd to the 8th.
        """
        later = self.time // _DAY
        weekday = WEEKDAYS[(self.weekday - 1 + later) % _DAYS_IN_WEEK]
        if not later:
            nth = -1 if self.week == _LAST_WEEK else self.week
            return {self.month: f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={nth}{weekday}"}
        length = _LONG_MONTHS.get(self.month)
        if length is None:
            return None
        first = (length - _DAYS_IN_WEEK if self.week == _LAST_WEEK else _DAYS_IN_WEEK * (self.week - 1)) + 1 + later
        days: dict[int, list[int]] = {}
        for day in range(first, first + _DAYS_IN_WEEK):
            if day < 1:
                return None
            month, number = (self.month, day) if day <= length else (self.month % 12 + 1, day - length)
            days.setdefault(month, []).append(number)
        return {
            month: f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={','.join(map(str, numbers))};BYDAY={weekday}"
            for month, numbers in days.items()
        }


def timezone_component(zone: ZoneInfo, first: datetime, last: datetime, *, endless: bool) -> Container:
    """The VTIMEZONE of a zone for times from the instant `first` to `last`, or, where `endless`, to no end.

    The first observance is the one in force before `first`; one follows for each change. From the first year on in
    which all changes follow the zone's yearly rules, there is one observance for each rule, which recurs for ever.

    Where the rules hold for all of the time, they are written from `_EPOCH` on, and so is the offset of a zone that has
    but one in that time.

    The changes of a zone without such rules are written until `last`; where `endless`, for `_YEARS_AHEAD` more years,
    and at least until `_LAST_LISTED_YEAR`.
    """
    # There is no year after the last one for a time to be in by the clocks of UTC.
    last_year = (last if last.year == MAXYEAR else last.astimezone(UTC)).year
    return _component(zone, first.astimezone(UTC).year, last_year, endless)


@lru_cache(maxsize=1_000)  # a server gets a calendar for each event
def _component(zone: ZoneInfo, year: int, last_year: int, endless: bool) -> Container:
    """The same for times from one year to another by the clocks of UTC. Nobody changes it, since it is for all."""
    rules = _yearly_rules(zone)
    first_year = max(year - 1, 1)
    last_year += _YEARS_AHEAD if endless else 0
    if rules:
        last_year = max(first_year + 1, _LAST_LISTED_YEAR)  # from then on the rules hold, whatever `last` is
    elif endless:
        last_year = max(last_year, _LAST_LISTED_YEAR)
    start = datetime(first_year, 1, 2, tzinfo=UTC)  # not the first of January, before which there may be no year
    end = datetime(min(last_year + 1, _LAST_YEAR), 12, 31, tzinfo=UTC)
    changes = list(_changes(zone, rules, start, end))
    holds_from = _holds_from(rules, changes, first=first_year, last=end.year)
    offset, name = _offset_and_name(zone, start)
    if holds_from == first_year or not (rules or changes):
        return Container("VTIMEZONE", raw_line("TZID", zone.key), *_since_epoch(zone, rules, changes, first_year))
    kind = "DAYLIGHT" if changes and changes[0].after < offset else "STANDARD"
    initial = _observance(kind, datetime(first_year, 1, 1), offset, offset, name)  # noqa: DTZ001 - a local time
    return Container(
        "VTIMEZONE",
        raw_line("TZID", zone.key),
        initial,
        *(_observance_of(change) for change in changes if change.local.year < holds_from),
        *(each for rule in rules if holds_from <= end.year for each in _recurring(rule, changes, holds_from)),
    )


def _since_epoch(zone: ZoneInfo, rules: list[_YearlyRule], changes: list[_Change], year: int) -> Iterator[Container]:
    """The observances of a zone as they are in that year and after it, from the epoch on, or from that year if that is
    before the epoch.
    """
    since = min(_EPOCH, year)
    for rule in sorted(rules, key=lambda rule: rule.in_year(year)):
        yield from _recurring(rule, changes, year, since)
    if not rules:
        offset, name = _offset_and_name(zone, datetime(year, 1, 2, tzinfo=UTC))
        yield _observance("STANDARD", datetime(since, 1, 1), offset, offset, name)  # noqa: DTZ001 - a local time


def _recurring(rule: _YearlyRule, changes: list[_Change], year: int, since: int | None = None) -> Iterator[Container]:
    """The observances of a yearly rule that holds in a year, from that year on, or from the earlier year `since`."""
    first = year if since is None else since
    local = rule.in_year(year)
    change = next(change for change in changes if change.local == local)
    kind = "DAYLIGHT" if change.after > change.before else "STANDARD"
    for month, rrule in (rule.rrules or {}).items():
        starts = (rule.in_year(year) for year in range(first, first + _YEARS_OF_ALL_DATES))
        start = next(start for start in starts if start.month == month)
        container = _observance(kind, start, change.before, change.after, change.name)
        container.insert(1, raw_line("RRULE", rrule))
        yield container


def _observance_of(change: _Change) -> Container:
    kind = "DAYLIGHT" if change.after > change.before else "STANDARD"
    return _observance(kind, change.local, change.before, change.after, change.name)


def _observance(kind: str, start: datetime, before: timedelta, after: timedelta, name: str) -> Container:
    return Container(
        kind,
        raw_line("DTSTART", format_local(start)),
        raw_line("TZOFFSETFROM", _offset(before)),
        raw_line("TZOFFSETTO", _offset(after)),
        text_line("TZNAME", name),
    )


def _offset(offset: timedelta) -> str:
    """A UTC offset (3.3.14): `+0900`, with seconds where there are any."""
    seconds = int(abs(offset).total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}{minutes:02}" + (f"{rest:02}" if rest else "")


def _offset_and_name(zone: ZoneInfo, instant: datetime) -> tuple[timedelta, str]:
    local = instant.astimezone(zone)
    return local.utcoffset() or timedelta(0), local.tzname() or zone.key


def _changes(zone: ZoneInfo, rules: list[_YearlyRule], start: datetime, end: datetime) -> Iterator[_Change]:
    """Each change of the offset between two instants: those that the data of the zone list, and after the last of these
    those that come each year, by these rules where there are any.
    """
    before = _offset_and_name(zone, start)[0]
    listed = _listed_changes(zone.key)
    since = max([start, *listed[-1:]])
    ruled = (instant for instant in _ruled_changes(zone, rules, since.year, end.year) if instant > since)
    for instant in chain(listed, ruled):
        if start < instant <= end:
            after, name = _offset_and_name(zone, instant)
            if after != before:
                yield _Change(instant, before, after, name)
            before = after
    if not rules and "," in _posix_form(zone.key):
        yield from _find_changes(zone, since, end)


def _ruled_changes(zone: ZoneInfo, rules: list[_YearlyRule], first: int, last: int) -> Iterator[datetime]:
    """The instants at which the clocks of a zone change by its rules, from the year `first` to `last`."""
    for year in range(first, last + 1):
        for local in sorted(rule.in_year(year).replace(tzinfo=UTC) for rule in rules):
            yield local - _offset_and_name(zone, local - _DAY)[0]


def _find_changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[_Change]:
    """The same without data that list them: the offsets at the ends of each day are compared, and where they differ,
    the second of the change is looked for.
    """
    before, instant = _offset_and_name(zone, start)[0], start
    while instant < end:
        following = min(instant + _DAY, end)
        if _offset_and_name(zone, following)[0] == before:
            instant = following
            continue
        changed = find_offset_change(zone, instant, following)
        after, name = _offset_and_name(zone, changed)
        yield _Change(changed, before, after, name)
        before, instant = after, changed


def _holds_from(rules: list[_YearlyRule], changes: list[_Change], *, first: int, last: int) -> int:
    """The first year from which on all changes follow the yearly rules, of the years from `first` to `last`; the year
    after `last` where there is none.
    """
    year = last + 1
    while rules and year > first and _in_year(changes, year - 1) == {rule.in_year(year - 1) for rule in rules}:
        year -= 1
    return year


def _in_year(changes: list[_Change], year: int) -> set[datetime]:
    return {change.local for change in changes if change.local.year == year}


def _yearly_rules(zone: ZoneInfo) -> list[_YearlyRule]:
    """The two rules of a zone that changes each year; none where it does not, or where iCalendar cannot tell the rules:
    on a numbered day of the year, or at a time that may be in another month.

    They stand in the form of POSIX, e.g. `CET-1CEST,M3.5.0,M10.5.0/3`.
    """
    posix = _posix_form(zone.key)
    matches = list(_POSIX_RULE.finditer(posix))
    if len(matches) != 2 or "".join(match[0] for match in matches) != posix[posix.find(",") :]:  # noqa: PLR2004
        return []
    rules = []
    for match in matches:
        hours, minutes, seconds = int(match[5] or 2), int(match[6] or 0), int(match[7] or 0)
        time = timedelta(hours=hours, minutes=minutes, seconds=seconds) * (-1 if match[4] else 1)
        rules.append(_YearlyRule(int(match[1]), int(match[2]), int(match[3]), time))
    return rules if all(rule.rrules for rule in rules) else []


def _posix_form(key: str) -> str:
    """The last line of a zone's data, which says how it goes on after the changes that they list (RFC 9636, 3.3)."""
    return _data(key).rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _listed_changes(key: str) -> list[datetime]:
    """The instants in the data of a zone at which its offset, its name or whether it is summer changes, in order; those
    before the year 1 are left out.
    """
    data = _data(key)
    # Behind the header come the numbers of all that follows, in four octets a time; then it all again, in eight (3.1).
    in_ut, in_standard, leaps, changes, types, characters = unpack_from(">6I", data, 20)
    again = _HEADER_OCTETS + changes * 5 + types * 6 + characters + leaps * 8 + in_standard + in_ut
    (number,) = unpack_from(">I", data, again + 32)
    seconds = unpack_from(f">{number}q", data, again + _HEADER_OCTETS)
    first = datetime(1, 1, 1, tzinfo=UTC)
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return [start + timedelta(seconds=second) for second in seconds if second >= (first - start).total_seconds()]


@cache
def _data(key: str) -> bytes:
    """The data of a zone (RFC 9636) from where `zoneinfo` reads it, once as that does: its search path, as it is by
    now, else the package tzdata.
    """
    for folder in zoneinfo.TZPATH:
        path = Path(folder, key)
        if path.is_file():
            return path.read_bytes()
    from importlib.resources import files  # where the package is no folder, as in an archive

    return files("tzdata.zoneinfo").joinpath(*key.split("/")).read_bytes()
