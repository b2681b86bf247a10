"""When events of a calendar file are: its days, times and durations (RFC 5545, 3.3.4 to 3.3.6)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.agendafile.zones import in_zone
from agenda.ical.reader import Component, Property
from agenda.ical.tzids import CalendarZones, with_fixed_offset
from agenda.model import Fixed, Moment
from agenda.recurrence.expand import move_to

_DAY = timedelta(1)
_FORM = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:\.0+)?(Z?))?")
_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,6})W)?(?:([0-9]{1,7})D)?(?:T(?:([0-9]{1,8})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)


class Times(Struct, frozen=True):
    """When something is. Of days, `end` is the last one; times have their zone, an offset, or float."""

    start: Moment
    end: Moment | None = None

    @property
    def zone(self) -> tzinfo | None:
        """What the times are told in."""
        return self.start.tzinfo if isinstance(self.start, datetime) else None

    @property
    def day(self) -> date:
        """The day that it starts on."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    def at(self, start: Moment) -> "Times":
        """The same, for just as long, from another start of the same kind."""
        there = move_to(Fixed(self.start, self.end), start)
        return Times(there.start, there.end)


def read_start(component: Component, zones: CalendarZones) -> Moment | None:
    """When an event starts, by DTSTART; None where it has none. Raises ValueError where it cannot be read."""
    first = component.first("DTSTART")
    return read_moment(first, zones) if first else None


def read_end(component: Component, start: Moment, zones: CalendarZones) -> Moment | None:
    """When an event with that start ends, by DTEND or DURATION, of days the last one; None where that is not after its
    start. Raises ValueError or OverflowError where it cannot be read.
    """
    last, lasting = component.first("DTEND"), component.first("DURATION")
    end = read_moment(last, zones) if last else None
    if isinstance(start, datetime):
        if lasting and not last:
            end = _after(start, parse_duration(lasting.value))
        if end is not None and not isinstance(end, datetime):
            end = datetime.combine(end, time(), start.tzinfo)
        if end is not None and (end.tzinfo is None) != (start.tzinfo is None):
            end = end.replace(tzinfo=start.tzinfo)
        elif end is not None and end.tzinfo is not None:
            end = end.astimezone(UTC).astimezone(start.tzinfo)
        return end if end is not None and _is_after(end, start) else None
    if lasting and not last:
        end = start + timedelta(parse_duration(lasting.value).days)
    if isinstance(end, datetime):
        end = (end - timedelta(microseconds=1)).date() + _DAY
    return end - _DAY if end is not None and end - _DAY > start else None


def is_backwards(component: Component, zones: CalendarZones) -> bool:
    """Whether an event ends before it starts; its times can be read."""
    first, last, lasting = (component.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if not first or not last:
        return lasting is not None and parse_duration(lasting.value) < timedelta(0)
    start, end = read_moment(first, zones), read_moment(last, zones)
    if isinstance(start, datetime) and isinstance(end, datetime):
        return _is_after(start, end if start.tzinfo and end.tzinfo else end.replace(tzinfo=start.tzinfo))
    return end.timetuple()[:3] < start.timetuple()[:3]


def read_moment(given: Property, zones: CalendarZones) -> Moment:
    """The day or the time of a property; ValueError where it is none."""
    return next(read_moments(given, zones))


def read_moments(given: Property, zones: CalendarZones) -> Iterator[Moment]:
    """The days or times of a property that may have several; of periods, their starts. ValueError where one is none."""
    tzid = given.parameters.get("TZID")
    for written in given.value.split(","):
        match = _FORM.fullmatch(written.partition("/")[0].strip().upper())
        if not match:
            raise ValueError(written)
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            yield day
        else:
            clock = time(int(match[4]), int(match[5]), min(int(match[6] or 0), 59))  # a leap second is the one before
            zone = UTC if match[7] else zones.of(tzid) if tzid else None
            yield datetime.combine(day, clock, zone)


def parse_duration(written: str) -> timedelta:
    """A DURATION (3.3.6); ValueError where it is none."""
    match = _DURATION.fullmatch(written.strip().upper())
    if not match or not any(match.groups()[1:]):
        raise ValueError(written)
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
    length = timedelta(weeks * 7 + days, seconds, hours=hours, minutes=minutes)
    return -length if match[1] == "-" else length


def local_moment(moment: Moment, zone: tzinfo | None) -> datetime | date:
    """The day or time as the clocks of a zone show it, without that zone; what floats stays as it is."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(zone) if moment.tzinfo and zone else moment).replace(tzinfo=None)


def agenda_times(times: Times, zone: ZoneInfo | None, *, there: bool) -> Times:
    """The times as an agenda file has them, where those without an offset are told by the clocks of `zone`.

    `there` says that it is known to happen in that zone; else a time of another zone keeps the clocks of its own, with
    their offset. So does one that the clocks of the zone show twice. Of what is too near the ends of the calendar only
    the start is told, or only its day.
    """
    if not isinstance(times.start, datetime):
        return times
    given = [one for one in (times.start, times.end) if isinstance(one, datetime)]
    try:
        if times.start.tzinfo is None:
            floating = [_shown(one, zone) for one in given]
            return Times(*(floating if floating == sorted(set(floating)) else floating[:1]))
        given = [one.astimezone(UTC).astimezone(one.tzinfo) for one in given]  # a time that is skipped is a later one
        if zone and (there or times.start.tzinfo is UTC or _same_clocks(given, zone)):
            local = [one.astimezone(zone).replace(tzinfo=None, fold=0) for one in given]
            if local == sorted(set(local)) and all(
                in_zone(shown, zone).astimezone(UTC) == one.astimezone(UTC)
                for shown, one in zip(local, given, strict=True)
            ):
                return Times(*local)
            given = [one.astimezone(zone) for one in given]
        return Times(*(in_zone(with_fixed_offset(one), zone) for one in given))
    except (ValueError, OverflowError):
        return Times(times.start.date()) if times.end is None else agenda_times(Times(times.start), zone, there=there)


def _same_clocks(given: list[datetime], zone: ZoneInfo) -> bool:
    return all(one.utcoffset() == one.astimezone(zone).utcoffset() for one in given)


def _shown(one: datetime, zone: ZoneInfo | None) -> datetime:
    """What the clocks of a zone show for a time that floats: something else, where a change skips it."""
    if zone is None:
        return one
    there = one.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None, fold=0)


def _after(start: datetime, length: timedelta) -> datetime:
    """Days later by the clock, the rest of it in real time (3.3.6)."""
    days = start + timedelta(length.days)
    rest = length - timedelta(length.days)
    return (days.astimezone(UTC) + rest).astimezone(start.tzinfo) if start.tzinfo else days + rest


def _is_after(end: datetime, start: datetime) -> bool:
    return end.astimezone(UTC) > start.astimezone(UTC) if start.tzinfo and end.tzinfo else end > start
