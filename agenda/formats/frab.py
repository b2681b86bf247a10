"""A schedule in the XML of frab and pentabarf, as EventFahrplan and Giggity show it, by the schema of the CCC's VOC.

Here a session has one room, one track, and a length; times are told with the offsets of one zone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo
from hashlib import sha256
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.errors import AgendaError
from agenda.interchange.guids import make_guid
from agenda.model import Agenda, Event, Fixed, Occurrence, Status, Visibility
from agenda.text.folding import hyphenate
from agenda.text.links import is_web_address
from agenda.text.safe import one_line
from agenda.text.sentences import count_of
from agenda.version import __version__

_NO_CHARACTER = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot have."""
_MIN_ACRONYM_CHARACTERS = 4
_MAX_ACRONYM_CHARACTERS = 40
_MAX_LENGTH = timedelta(hours=100)
"""Its hours have two digits."""
_FIRST_NUMBER = 100_000
_NUMBERS = 900_000
"""How many numbers of six digits there are, which is as many as the slugs of older programs may hold."""


class ScheduleExport(Struct, frozen=True):
    """The text of a schedule, and the remarks on what was left out of it."""

    text: str
    remarks: list[str]


class _Session(Struct, frozen=True, kw_only=True):
    """A session as the schedule has it: `number` and `guid` are its own, and `day` is the one that it starts on by the
    clocks of the schedule.
    """

    event: Event
    number: int
    guid: UUID
    room: str
    start: datetime
    length: timedelta

    @property
    def day(self) -> date:
        return self.start.date()


def export_schedule(
    agenda: Agenda,
    occurrences: Sequence[Occurrence],
    *,
    uid_of: Callable[[Event], str],
    timezone: ZoneInfo | None = None,
    usual_length: timedelta | None = None,
) -> ScheduleExport:
    """The schedule of these occurrences, in their order within a room. `uid_of` gives the UID of an event, from which
    its GUID is made. Times are told by the clocks of `timezone`, else of the agenda, else of most events. A time
    without an end lasts `usual_length`, or no time at all if that is None.

    Raises AgendaError where no occurrence can be in a schedule, and where an event has no UID.
    """
    left = Counter(filter(None, (_objection(occurrence) for occurrence in occurrences)))
    timed = [occurrence for occurrence in occurrences if _objection(occurrence) is None]
    zone = _find_zone(timed, timezone or agenda.timezone)
    remarks = [f"left out of the schedule: {count_of(number, 'event')} {why}" for why, number in left.items()]
    if not timed:
        raise AgendaError("; ".join(["a schedule needs an event at a fixed time, and none is here", *remarks]))
    lengths = [_length(occurrence, usual_length) for occurrence in timed]
    if endless := sum(not length for length in lengths):
        have = "has" if endless == 1 else "have"
        remarks.append(f"{count_of(endless, 'event')} {have} no end, and no length there; --assume-duration gives one")
    remarks += _lost(timed)
    rooms = _room_names(timed, agenda)
    numbers = _Numbers()
    sessions = []
    for occurrence, length in zip(timed, lengths, strict=True):
        guid = make_guid(uid_of(occurrence.event), occurrence.day if occurrence.event.repeat else None)
        start = _start(occurrence).astimezone(zone)
        room = rooms[_place(occurrence.event)]
        sessions.append(
            _Session(event=occurrence.event, number=numbers.new(guid), guid=guid, room=room, start=start, length=length)
        )
    root = _schedule(agenda, sessions, zone)
    indent(root)
    return ScheduleExport(f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n', remarks)


def _objection(occurrence: Occurrence) -> str | None:
    """Why an occurrence cannot be in a schedule, after a number of events; None where it can."""
    when, event = occurrence.when, occurrence.event
    if event.visibility is Visibility.INTERNAL:
        return "for internal use"
    if event.status is Status.CANCELLED:
        return "cancelled, as apps tell from that"
    if not isinstance(when, Fixed):
        return "whose date is not fixed"
    if not isinstance(when.start, datetime):
        return "of whole days"
    if when.start.year in {MINYEAR, MAXYEAR}:
        return "too near the ends of the calendar"
    if when.start.tzinfo is None:
        return "at a time of no zone, which `timezone` under [agenda] would give"
    if isinstance(when.end, datetime) and when.end - when.start >= _MAX_LENGTH:
        return "of more than 99 hours"
    return None


def _lost(occurrences: Sequence[Occurrence]) -> Iterator[str]:
    """A remark on what the events have that a session cannot have."""
    events = {occurrence.event.id: occurrence.event for occurrence in occurrences}.values()
    lost = {
        "more topic": sum(len(event.topics[1:]) for event in events),
        "organizer": sum(len(event.organizers) for event in events),
        "role": sum(person.role is not None for event in events for person in event.people),
        "source": sum(len(event.sources) for event in events),
    }
    told = [count_of(number, noun) for noun, number in lost.items() if number]
    if told:
        yield f"left out, since a schedule has no place for it: {', '.join(told)}"


def _find_zone(occurrences: Sequence[Occurrence], wanted: ZoneInfo | None) -> tzinfo:
    """The zone that is wanted, or that of most events; UTC where the clocks there once differed from it by seconds,
    which no offset can tell.
    """
    zones = Counter(occurrence.event.timezone for occurrence in occurrences)
    zone = wanted or next((zone for zone, _ in zones.most_common() if zone), UTC)
    offsets = (_start(occurrence).astimezone(zone).utcoffset() for occurrence in occurrences)
    return UTC if any(offset and offset % timedelta(minutes=1) for offset in offsets) else zone


def _length(occurrence: Occurrence, usual: timedelta | None) -> timedelta:
    """How long it takes, exactly; the usual length where that is not known, and nothing without one."""
    end = occurrence.when.end if isinstance(occurrence.when, Fixed) else None
    if not isinstance(end, datetime):
        return usual or timedelta()
    return end.astimezone(UTC) - _start(occurrence).astimezone(UTC)


def _start(occurrence: Occurrence) -> datetime:
    """The start of what has no objection."""
    start = occurrence.when.start if isinstance(occurrence.when, Fixed) else None
    assert isinstance(start, datetime)  # noqa: S101 - as `_objection` has seen to
    return start


class _Numbers:
    """The numbers of sessions, none given twice: made of the GUID, so that they stay as others come and go."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def new(self, guid: UUID) -> int:
        """The number of the session of that GUID."""
        number = _FIRST_NUMBER + guid.int % _NUMBERS
        while number in self._taken:
            number += 1
        self._taken.add(number)
        return number


def _place(event: Event) -> tuple[str, str]:
    """Where an event is: its venue and its room, as far as they are known."""
    return event.venue.id if event.venue else "", event.room.name if event.room else ""


def _room_names(occurrences: Sequence[Occurrence], agenda: Agenda) -> dict[tuple[str, str], str]:
    """The name of each place as a room of the schedule: a place without a room gets the name of its venue, or else of
    its city, and no place at all that of the agenda. Rooms of one name in two venues get the names of these, too.
    """
    events = [occurrence.event for occurrence in occurrences]
    venues = defaultdict(set)
    for event in events:
        venues[event.room.name if event.room else ""].add(event.venue.id if event.venue else "")
    names = {}
    for event in events:
        city = " / ".join(city.name for city in event.cities)
        if event.room is None:
            name = event.venue.name if event.venue else city or agenda.title or "Agenda"
        elif event.venue and len(venues[event.room.name]) > 1:
            name = f"{event.room.name} ({event.venue.name})"
        else:
            name = event.room.name
        names[_place(event)] = _line(name)
    return names


def _schedule(agenda: Agenda, sessions: Sequence[_Session], zone: tzinfo) -> Element:
    acronym = _acronym(agenda)
    days: dict[date, list[_Session]] = defaultdict(list)
    for session in sessions:
        days[session.day].append(session)
    root = Element("schedule")
    SubElement(root, "generator", name="agenda", version=__version__)
    version = SubElement(root, "version")
    _add_conference(root, agenda, days=sorted(days), acronym=acronym, zone=zone)
    rooms = _rooms_in_order(sessions, agenda)
    for index, day in enumerate(sorted(days), 1):
        first = datetime.combine(day, time(), zone)
        last = datetime.combine(day, time(23, 59), zone)
        of_day = SubElement(root, "day", index=str(index), date=str(day), start=first.isoformat(), end=last.isoformat())
        by_room: dict[str, list[_Session]] = defaultdict(list)
        for session in days[day]:
            by_room[session.room].append(session)
        for room in sorted(by_room, key=rooms.__getitem__):
            in_room = SubElement(of_day, "room", name=room)
            for session in by_room[room]:
                _add_session(in_room, session, acronym)
    revised = max(filter(None, [agenda.revised, *(session.event.revised for session in sessions)]), default=None)
    # Without `revised`, the version tells all the same that something has changed.
    version.text = revised.isoformat(" ", "minutes") if revised else sha256(tostring(root)).hexdigest()[:8]
    return root


def _rooms_in_order(sessions: Sequence[_Session], agenda: Agenda) -> dict[str, tuple[Any, ...]]:
    """What rooms are sorted by: in the order of the file, what stands for no room of its own first."""
    venues = {venue.id: place for place, venue in enumerate(agenda.venues)}
    return {
        session.room: (
            venues.get(session.event.venue.id, -1) if session.event.venue else -1,
            session.event.room.rank if session.event.room else -1,
            session.room,
        )
        for session in reversed(sessions)
    }


def _add_conference(root: Element, agenda: Agenda, *, days: Sequence[date], acronym: str, zone: tzinfo) -> None:
    conference = SubElement(root, "conference")
    _add(conference, "acronym", acronym)
    _add(conference, "title", _line(agenda.title or "Agenda"))
    _add(conference, "start", str(days[0]))
    _add(conference, "end", str(days[-1]))
    _add(conference, "days", str(len(days)))
    _add(conference, "timeslot_duration", "00:05")
    if agenda.url and is_web_address(agenda.url):
        _add(conference, "url", agenda.url)
    _add(conference, "time_zone_name", zone.key if isinstance(zone, ZoneInfo) else "UTC")


def _acronym(agenda: Agenda) -> str:
    """A short name of at least four small letters, digits and underscores."""
    words = hyphenate(agenda.title or "").strip("-")[:_MAX_ACRONYM_CHARACTERS].strip("-").replace("-", "_")
    return words if len(words) >= _MIN_ACRONYM_CHARACTERS else f"{words}_agenda".strip("_")


def _add_session(room: Element, session: _Session, acronym: str) -> None:
    event = session.event
    element = SubElement(room, "event", id=str(session.number), guid=str(session.guid))
    _add(element, "room", session.room)
    _add(element, "title", _line(event.title))
    _add(element, "subtitle", "")
    _add(element, "type", _line(event.kind.name) if event.kind else "")
    _add(element, "date", session.start.isoformat())
    seconds = bool(session.start.second or session.length % timedelta(minutes=1))
    _add(element, "start", f"{session.start:%H:%M:%S}" if seconds else f"{session.start:%H:%M}")
    _add(element, "duration", _write_length(session.length, seconds=seconds))
    _add(element, "abstract", "")
    _add(element, "slug", f"{acronym}-{session.number}-{event.id}")
    _add(element, "track", _line(event.topics[0].name) if event.topics else "")
    persons = SubElement(element, "persons")
    for person in event.people:
        _add(persons, "person", _line(person.name))
    _add(element, "description", _text(event.description or ""))
    if event.url and is_web_address(event.url):
        _add(element, "url", event.url)


def _add(parent: Element, name: str, text: str | None) -> None:
    SubElement(parent, name).text = text or None


def _write_length(length: timedelta, *, seconds: bool) -> str:
    minutes, rest = divmod(int(length.total_seconds()), 60)
    told = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{told}:{rest:02}" if seconds else told


def _line(text: str) -> str:
    return _NO_CHARACTER.sub("", one_line(text))


def _text(text: str) -> str:
    return _NO_CHARACTER.sub("", text.replace("\r\n", "\n")).strip("\n")
