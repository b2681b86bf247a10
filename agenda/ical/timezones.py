"""VTIMEZONE components (RFC 5545, 3.6.5), made from the data that Python has of a zone."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

from ics.grammar.parse import Container  # why ics: agenda/ical/content.py
from msgspec import Struct

from agenda.ical.content import format_local, raw_line, text_line
from agenda.recurrence.rrule import WEEKDAYS

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_LISTED_UNTIL = 2037
"""The last year of which zone data may list the changes one by one; after it, the rule of today holds."""
_AHEAD = 10
"""Years for which changes are written one by one, where nothing ends and no yearly rule describes them."""
_LAST_YEAR = 9998
_LAST_WEEK = 5
_POSIX_RULE = re.compile(r",M([0-9]+)\.([0-9])\.([0-9])(?:/([0-9]{1,2})(?::([0-9]{2}))?(?::([0-9]{2}))?)?")


class _Change(Struct, frozen=True):
    """A change of a zone's offset at an instant: the offsets before and after it, and what it is called then."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def shown(self) -> datetime:
        """What the clocks show at that instant, before they are set."""
        return (self.at + self.before).replace(tzinfo=None)


class _Yearly(Struct, frozen=True):
    """A change that comes each year: in a month, on the weekday (Sunday being 0) of a week, 5 being the last one,
    at a time of day that the clocks show before it.
    """

    month: int
    week: int
    weekday: int
    time: timedelta

    def in_year(self, year: int) -> datetime:
        """When it comes in that year, as the clocks show it."""
        if self.week == _LAST_WEEK:
            last = date(year + self.month // 12, self.month % 12 + 1, 1) - _DAY
            day = last - timedelta((last.isoweekday() - self.weekday) % 7)
        else:
            first = date(year, self.month, 1)
            day = first + timedelta((self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1))
        return datetime.combine(day, datetime.min.time()) + self.time

    @property
    def rule(self) -> str:
        """The same as a rule of recurrence."""
        nth = -1 if self.week == _LAST_WEEK else self.week
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={nth}{WEEKDAYS[self.weekday - 1]}"


def timezone_component(zone: ZoneInfo, first: datetime, last: datetime, *, endless: bool) -> Container:
    """The zone as it is from the instant `first` to `last`, and beyond it where something is `endless`.

    The first observance is the one in force before `first`. Then comes one for each change, and from the first year
    on in which the zone's rule of today holds, one a side that recurs for ever. Of a zone whose rule has no such form,
    the changes are written until `last`; where something is endless, for ten more years, and at least as far as zone
    data lists them.
    """
    yearly = _yearly(zone)
    year = first.astimezone(UTC).year
    first_year = max(year - 1, 1)
    last_year = last.astimezone(UTC).year + (_AHEAD if endless else 0)
    if yearly:
        last_year = max(first_year + 1, _LISTED_UNTIL)  # from then on the rule holds, however long that is
    elif endless:
        last_year = max(last_year, _LISTED_UNTIL)
    start = datetime(first_year, 1, 2, tzinfo=UTC)  # not the first of January, before which there may be no year
    end = datetime(min(last_year + 1, _LAST_YEAR), 12, 31, tzinfo=UTC)
    changes = list(_changes(zone, start, end))
    holds_from = _holds_from(yearly, changes, first_year, end.year)
    offset, name = _told(zone, start)
    kind = "DAYLIGHT" if changes and changes[0].after < offset else "STANDARD"
    initial = _observance(kind, datetime(first_year, 1, 1), offset, offset, name)  # noqa: DTZ001 - a local time
    return Container(
        "VTIMEZONE",
        raw_line("TZID", zone.key),
        initial,
        *(_observance_of(change) for change in changes if change.shown.year < holds_from),
        *(_recurring(one, changes, holds_from) for one in yearly if holds_from <= end.year),
    )


def _recurring(yearly: _Yearly, changes: list[_Change], year: int) -> Container:
    shown = yearly.in_year(year)
    change = next(change for change in changes if change.shown == shown)
    container = _observance_of(change)
    container.insert(1, raw_line("RRULE", yearly.rule))
    return container


def _observance_of(change: _Change) -> Container:
    kind = "DAYLIGHT" if change.after > change.before else "STANDARD"
    return _observance(kind, change.shown, change.before, change.after, change.name)


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


def _told(zone: ZoneInfo, instant: datetime) -> tuple[timedelta, str]:
    there = instant.astimezone(zone)
    return there.utcoffset() or timedelta(0), there.tzname() or zone.key


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[_Change]:
    """Each change of the offset between two instants. Python does not list them, so each day is looked at."""
    before, instant = _told(zone, start)[0], start
    while instant < end:
        following = min(instant + _DAY, end)
        if _told(zone, following)[0] == before:
            instant = following
            continue
        same, other = instant, following
        while other - same > _SECOND:
            middle = same + (other - same) // 2
            middle = middle.replace(microsecond=0)
            same, other = (middle, other) if _told(zone, middle)[0] == before else (same, middle)
        after, name = _told(zone, other)
        yield _Change(other, before, after, name)
        before, instant = after, other


def _holds_from(yearly: list[_Yearly], changes: list[_Change], first: int, last: int) -> int:
    """The first year from which on the changes are those of the yearly rules; past `last` where there is none."""
    year = last + 1
    while yearly and year > first and _in_year(changes, year - 1) == {one.in_year(year - 1) for one in yearly}:
        year -= 1
    return year


def _in_year(changes: list[_Change], year: int) -> set[datetime]:
    return {change.shown for change in changes if change.shown.year == year}


def _yearly(zone: ZoneInfo) -> list[_Yearly]:
    """The yearly changes of a zone as they are today; none where there are none, or none of such a form.

    They stand in the last line of its data (RFC 9636, 3.3), in the form of POSIX. Changes on a numbered day of the
    year, or at a time beyond the day, have no form in iCalendar.
    """
    posix = _data(zone.key).rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")
    matches = list(_POSIX_RULE.finditer(posix))
    if len(matches) != 2 or "".join(match[0] for match in matches) != posix[posix.find(",") :]:  # noqa: PLR2004
        return []
    found = []
    for match in matches:
        hours, minutes, seconds = int(match[4] or 2), int(match[5] or 0), int(match[6] or 0)
        time = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if time >= _DAY:
            return []
        found.append(_Yearly(int(match[1]), int(match[2]), int(match[3]), time))
    return found


def _data(key: str) -> bytes:
    """The data of a zone, from where `zoneinfo` takes it: the system, or else the package tzdata."""
    for folder in TZPATH:
        path = Path(folder, key)
        if path.is_file():
            return path.read_bytes()
    return files("tzdata.zoneinfo").joinpath(*key.split("/")).read_bytes()
