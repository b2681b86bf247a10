"""When events of a calendar file are: its days, times and durations (RFC 5545, 3.3.4 to 3.3.6)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.agendafile.zones import in_zone
from agenda.ical.durations import NominalDuration, parse_duration
from agenda.ical.reader import Component, Property
from agenda.ical.tzids import CalendarZones, with_fixed_offset
from agenda.model import Fixed, Moment
from agenda.recurrence.expand import move_to

_DAY = timedelta(1)
_FORM = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:\.0+)?(Z?))?")


class Times(Struct, frozen=True):
    """When something is. Of days, `end` is the last one; times have their zone, an offset, or float.

    `duration` is there where the file tells a length rather than an end: each time of a series then lasts just that.
    """

    start: Moment
    end: Moment | None = None
    duration: NominalDuration | None = None

    @property
    def zone(self) -> tzinfo | None:
        """What the times are told in."""
        return self.start.tzinfo if isinstance(self.start, datetime) else None

    @property
    def day(self) -> date:
        """The day that it starts on."""
        return local_day(self.start)

    def at(self, start: Moment) -> "Times":
        """The same, for just as long, from another start of the same kind (RFC 5545, 3.8.5.3)."""
        if self.end is not None and self.duration and isinstance(start, datetime):
            return Times(start, self.duration.after(start), self.duration)
        there = move_to(Fixed(self.start, self.end), start)
        return Times(there.start, there.end, self.duration)


def read_times(component: Component, zones: CalendarZones, start: Moment) -> Times:
    """When an event with that start is, by DTEND or DURATION; without an end where that is not after its start. Raises
    ValueError or OverflowError where it cannot be read.
    """
    lasting = component.first("DURATION") if not component.first("DTEND") else None
    return Times(start, read_end(component, start, zones), parse_duration(lasting.value) if lasting else None)


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
            end = parse_duration(lasting.value).after(start)
        if end is not None and not isinstance(end, datetime):
            end = datetime.combine(end, time(), start.tzinfo)
        if end is not None and (end.tzinfo is None) != (start.tzinfo is None):
            end = end.replace(tzinfo=start.tzinfo)
        elif end is not None and end.tzinfo is not None:
            end = end.astimezone(UTC).astimezone(start.tzinfo)
        return end if end is not None and _is_after(end, start) else None
    if lasting and not last:
        end = parse_duration(lasting.value).after(start)
    if isinstance(end, datetime):
        end = (end - timedelta(microseconds=1)).date() + _DAY
    return end - _DAY if end is not None and end - _DAY > start else None


def is_backwards(component: Component, zones: CalendarZones) -> bool:
    """Whether an event ends before it starts; its times can be read."""
    first, last, lasting = (component.first(name) for name in ("DTSTART", "DTEND", "DURATION"))
    if not first or not last:
        return lasting is not None and parse_duration(lasting.value).is_negative
    start, end = read_moment(first, zones), read_moment(last, zones)
    if isinstance(start, datetime) and isinstance(end, datetime):
        return _is_after(start, end if start.tzinfo and end.tzinfo else end.replace(tzinfo=start.tzinfo))
    return end.timetuple()[:3] < start.timetuple()[:3]


def is_skipped_past_end(component: Component, zones: CalendarZones) -> bool:
    """Whether an event starts at a time that clocks skip, e.g. 02:30, and so at or after an end that is written as a
    later one, e.g. 03:30; its times can be read.
    """
    first, last = component.first("DTSTART"), component.first("DTEND")
    if not first or not last:
        return False
    start, end = read_moment(first, zones), read_moment(last, zones)
    if not isinstance(start, datetime) or not isinstance(end, datetime) or start.tzinfo is not end.tzinfo:
        return False
    return end > start and not _is_after(end, start)  # times of one zone are compared as they are written


def read_moment(given: Property, zones: CalendarZones) -> Moment:
    """The day or the time of a property; ValueError where it is none."""
    return next(read_moments(given, zones))


def read_moments(given: Property, zones: CalendarZones) -> Iterator[Moment]:
    """The days or times of a property that may have several; of periods, their starts. ValueError where one is none."""
    return (_read(text.partition("/")[0], given, zones) for text in given.value.split(","))


def read_periods(given: Property, times: Times, zones: CalendarZones) -> Iterator[Times]:
    """The times of an RDATE of an event that is at `times`: a period (3.3.9) has its own length, all else that of the
    event; a day is at the event's time of day. Raises ValueError where one cannot be read.
    """
    for text in given.value.split(","):
        first, slash, last = text.partition("/")
        start = same_kind(_read(first, given, zones), times.start)
        if not slash or not isinstance(start, datetime):
            yield times.at(start)
        elif last.strip()[:1].upper() == "P" or last.strip()[:2].upper() == "+P":
            duration = parse_duration(last)
            end = duration.after(start)
            yield Times(start, end if isinstance(end, datetime) and _is_after(end, start) else None, duration)
        else:
            end = same_kind(_read(last, given, zones), start)
            yield Times(start, end if isinstance(end, datetime) and _is_after(end, start) else None)


def local_day(moment: Moment) -> date:
    """The day itself, or the day of a time by its own clock."""
    return moment.date() if isinstance(moment, datetime) else moment


def same_kind(moment: Moment, like: Moment) -> Moment:
    """A moment as a day or a time, whichever `like` is: a day gets its time of day, a time its zone, by whose clocks an
    instant is told.
    """
    if not isinstance(like, datetime):
        return local_day(moment)
    if not isinstance(moment, datetime):
        return datetime.combine(moment, like.timetz())
    if moment.tzinfo is None or like.tzinfo is None:
        return moment.replace(tzinfo=like.tzinfo)
    return moment if moment.tzinfo is like.tzinfo else moment.astimezone(like.tzinfo)


def _read(text: str, given: Property, zones: CalendarZones) -> Moment:
    """The day or the time that is written in a property; of VALUE=DATE always a day (3.3.4)."""
    match = _FORM.fullmatch(text.strip().upper())
    if not match:
        raise ValueError(text)
    day = date(int(match[1]), int(match[2]), int(match[3]))
    if match[4] is None or given.parameters.get("VALUE", "").upper() == "DATE":
        return day
    clock = time(int(match[4]), int(match[5]), min(int(match[6] or 0), 59))  # a leap second is the one before
    tzid = given.parameters.get("TZID")
    zone = UTC if match[7] else zones.of(tzid) if tzid else None
    return datetime.combine(day, clock, zone)


def local_moment(moment: Moment, zone: tzinfo | None) -> datetime | date:
    """The day or time as the clocks of a zone show it, without that zone; what floats stays as it is."""
    if not isinstance(moment, datetime):
        return moment
    return (moment.astimezone(zone) if moment.tzinfo and zone else moment).replace(tzinfo=None)


def agenda_times(times: Times, zone: ZoneInfo | None, *, there: bool) -> Times:
    """The times as an agenda file has them, local times being those of `zone`. `there` says that the event is known to
    happen in that zone; if not, a time of another zone stays a time by the clocks of that zone, with an offset. A time
    that the clocks of `zone` show twice gets an offset as well. Too near the ends of the calendar, only the start is
    told, or only its day.
    """
    if not isinstance(times.start, datetime):
        return times
    given = [one for one in (times.start, times.end) if isinstance(one, datetime)]
    try:
        if times.start.tzinfo is None:
            floating = [_shown(one, zone) for one in given]
            return _of_list(floating if floating == sorted(set(floating)) else floating[:1])
        given = [one.astimezone(UTC).astimezone(one.tzinfo) for one in given]  # a time that is skipped is a later one
        if zone and (there or times.start.tzinfo is UTC or _same_clocks(given, zone)):
            local = [one.astimezone(zone).replace(tzinfo=None, fold=0) for one in given]
            if local == sorted(set(local)) and all(
                in_zone(shown, zone).astimezone(UTC) == one.astimezone(UTC)
                for shown, one in zip(local, given, strict=True)
            ):
                return _of_list(local)
            given = [one.astimezone(zone) for one in given]
        return _of_list([in_zone(with_fixed_offset(one), zone) for one in given])
    except (ValueError, OverflowError):
        return Times(times.start.date()) if times.end is None else agenda_times(Times(times.start), zone, there=there)


def _of_list(moments: list[datetime]) -> Times:
    """The times with that start and, of two moments, that end."""
    return Times(moments[0], moments[1] if moments[1:] else None)


def _same_clocks(given: list[datetime], zone: ZoneInfo) -> bool:
    return all(one.utcoffset() == one.astimezone(zone).utcoffset() for one in given)


def _shown(one: datetime, zone: ZoneInfo | None) -> datetime:
    """What the clocks of a zone show for a time that floats: something else, where a change skips it."""
    if zone is None:
        return one
    there = one.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None, fold=0)


def _is_after(end: datetime, start: datetime) -> bool:
    return end.astimezone(UTC) > start.astimezone(UTC) if start.tzinfo and end.tzinfo else end > start
