"""When the sessions of a schedule are: exact times, told by the clocks of its zone where that is known."""

import re
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.agendafile.zones import find_zone, find_zones_of_city
from agenda.interchange.frab_documents import Schedule, Session
from agenda.interchange.losses import Losses
from agenda.text.safe import quote

_LENGTH = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2})")
_MINUTES = re.compile(r"[0-9]{1,4}")
_ISO_LENGTH = re.compile(r"P(?:([0-9]{1,3})D)?(?:T(?:([0-9]{1,3})H)?(?:([0-9]{1,4})M)?(?:[0-9]+S)?)?")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?")
_MAX_HOURS = 23
_TWO_DIGITS = 2


class SessionTime(Struct, frozen=True):
    """When a session starts, with an offset, or local where nobody says by which clocks; and how long it takes, if that
    is known.
    """

    start: datetime
    length: timedelta | None = None

    def exact_start(self, zone: ZoneInfo | None) -> datetime:
        """The start in UTC, local times being those of the zone; as if they were of UTC without one."""
        start = self.start if self.start.tzinfo else self.start.replace(tzinfo=zone or UTC)
        return start.astimezone(UTC)

    def moments(self, zone: ZoneInfo | None) -> tuple[datetime, datetime | None]:
        """The start and the end as a file has them: local times of the zone, or both with their offsets where its
        clocks show one of them twice; without a zone as they are.
        """
        exact = self.exact_start(zone)
        moments = [exact, exact + self.length] if self.length else [exact]
        if zone is None:
            there = self.start.tzinfo or UTC
            told = [moment.astimezone(there).replace(tzinfo=self.start.tzinfo) for moment in moments]
        else:
            told = [moment.astimezone(zone).replace(tzinfo=None, fold=0) for moment in moments]
            if any(local.replace(tzinfo=zone) != moment for local, moment in zip(told, moments, strict=True)):
                told = [_with_offset(moment.astimezone(zone)) for moment in moments]
        return told[0], told[1] if told[1:] else None


def read_zone(schedule: Schedule, times: Iterable[SessionTime | None], losses: Losses) -> ZoneInfo | None:
    """The zone of a schedule: the one that it names, else the only one of the name of its city, if its times are told
    by the clocks there; None where there is none.
    """
    named = schedule.conference.get("time_zone_name", "")
    if zone := find_zone(named) if named else None:
        return zone
    if named:
        losses.remarked(f"the time zone that is named is none that is known: {quote(named)}")
    city = schedule.conference.get("city", "")
    zones = find_zones_of_city(city) if city else []
    starts = [found.start for found in times if found]
    exact = [start for start in starts if start.tzinfo]
    if len(zones) == 1 and exact and all(_is_of(start, zones[0]) for start in exact):
        losses.remarked(f"no time zone is named; it is taken for {zones[0].key}, after the city, as all times agree")
        return zones[0]
    if starts:
        have = "are written with their offsets" if exact else "have no offsets"
        losses.remarked(f"no time zone is named, so times {have}; --tz tells them by the clocks of a zone")
    return None


def read_time(session: Session, schedule: Schedule, losses: Losses) -> SessionTime | None:
    """When a session is, as the document tells it; None where it does not, or not so that it can be read."""
    title = session.text("title")
    start = _read_start(session, schedule)
    if start is None:
        told = session.text("date") or session.text("start")
        what = "its start cannot be read, so it is to be announced" if told else "it has no start yet"
        losses.happened(what, title)
        return None
    clock = _clock(session.text("start"))
    if clock and start.tzinfo and clock != start.time().replace(second=0):
        losses.happened("its `start` is not the time of its `date`, which is taken", title)
    length = _read_length(session.text("duration"), title, losses)
    end = _moment(session.text("end"))
    if length is None and end and bool(end.tzinfo) == bool(start.tzinfo):
        length = end - start
    found = SessionTime(start, length if length and length > timedelta() else None)
    if _is_near_an_end(found):
        losses.happened("its time is too near the ends of the calendar, so it is to be announced", title)
        return None
    return found


def _is_near_an_end(found: SessionTime) -> bool:
    """Whether no zone may be able to tell it."""
    try:
        years = {found.start.year, (found.start + (found.length or timedelta())).year}
    except OverflowError:
        return True
    return not years.isdisjoint({MINYEAR, MAXYEAR})


def _with_offset(moment: datetime) -> datetime:
    """The same with an offset in whole minutes, as TOML has them."""
    offset = moment.utcoffset() or timedelta()
    return moment.astimezone(UTC if offset % timedelta(minutes=1) else timezone(offset))


def _is_of(moment: datetime, zone: ZoneInfo) -> bool:
    return moment.astimezone(zone).utcoffset() == moment.utcoffset()


def _read_start(session: Session, schedule: Schedule) -> datetime | None:
    """By its `date`, which is a whole time; in old documents by its day and `start`, which is of the next day where it
    is before the time at which days change.
    """
    for name in ("date", "start"):
        if (found := _moment(session.text(name))) and len(session.text(name)) > len("2026-03-01"):
            return found
    day, clock = _day(session.text("date") or session.day), _clock(session.text("start"))
    if day is None or clock is None:
        return None
    change = _clock(schedule.conference.get("day_change", "")) or _clock(session.day_start.partition("T")[2][:5])
    is_next = change is not None and clock < change and not session.text("date")
    try:
        return datetime.combine(day, clock) + timedelta(is_next)
    except OverflowError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text).replace(microsecond=0)
        return _with_offset(moment) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[: len("2026-03-01")])
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def _read_length(text: str, title: str, losses: Losses) -> timedelta | None:
    """A length: hours and minutes, as `1:30`; with seconds, as `01:30:00`, or after days, as `1:06:00`; of ISO 8601, or
    minutes alone.
    """
    if not text:
        return None
    if _MINUTES.fullmatch(text):
        return timedelta(minutes=int(text))
    if found := _ISO_LENGTH.fullmatch(text):
        days, hours, minutes = (int(part or 0) for part in found.groups())
        return timedelta(days, hours=hours, minutes=minutes)
    found = _LENGTH.fullmatch(text)
    if not found:
        losses.happened("its duration cannot be read, so it has no end", title)
        return None
    first, second, third = found[1], int(found[2]), int(found[3])
    if first is None:
        return timedelta(hours=second, minutes=third)
    if len(first) >= _TWO_DIGITS or second > _MAX_HOURS:
        return timedelta(hours=int(first), minutes=second, seconds=third)
    if int(first) == 0 and third == 0:
        return timedelta(hours=int(first), minutes=second)
    if int(first):
        losses.happened(f"its duration {text} is taken for days, hours and minutes", title)
    return timedelta(int(first), hours=second, minutes=third)
