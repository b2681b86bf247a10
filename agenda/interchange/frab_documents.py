"""Schedules of conferences in the formats of frab and pentabarf, XML and JSON, as the same plain values.

Programs write them in dialects of their own: pretalx, frab, the CCC's hub, FOSDEM's Pentabarf and others. Whatever one
of them says of a session is taken from wherever it stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from agenda.errors import DataError, Diagnostic
from agenda.interchange.result import CUT, TOO_DEEP
from agenda.text.safe import shorten

_NAMES = ("public_name", "full_public_name", "name", "display_name", "title")
"""Where the name of a person is, or of a room or a track that is told by more than its name, the best first."""
_SESSION = {
    *("id", "guid", "code", "date", "start", "end", "duration", "room", "slug", "title", "subtitle", "track", "type"),
    *("language", "abstract", "description", "url"),
}
"""What is read of a session."""
_PERSONS = ("persons", "participants")
"""Where its people are."""
_KEYS = ("guid", "code", "id")
"""What a person is known by, the best first."""
_PERSON = {*_NAMES, *_KEYS, "slug", ""}
"""What is read of a person."""
_CONFERENCE = {
    *(
        "acronym",
        "title",
        "subtitle",
        "description",
        "url",
        "time_zone_name",
        "city",
        "venue",
        "rooms",
        "tracks",
        "days",
    ),
    *("start", "end", "daysCount", "timeslot_duration", "day_change", "base_url"),
}
"""What is read of a conference, or follows from its sessions."""
_SCHEDULE = {"conference", "events", "persons", "base_url", "generator"}
"""The same of a whole schedule."""
_NO_SCHEDULE = "this is no schedule of frab or pentabarf, {}"
_NO_XML = _NO_SCHEDULE.format("whose outermost element is <schedule>, and which has a <conference>")
_NO_JSON = _NO_SCHEDULE.format('which is an object with "schedule", and in it "conference"')
_XML_ADVICE = {
    "no element found": f"; {CUT}",
    "unclosed token": f"; {CUT}",
    "mismatched tag": "; what is closed here is not what was opened last",
    "not well-formed (invalid token)": "; in a text & is written as &amp; and < as &lt;, and the file is UTF-8",
    "undefined entity": "; write the character itself",
    "junk after document element": "; all of it has to be in one element, <schedule>",
}
"""What would be right, by what the reader of XML says."""


class Speaker(Struct, frozen=True):
    """Somebody who speaks: the name, and what the file knows this person by; empty where it has nothing."""

    name: str
    key: str = ""


class Session(Struct, frozen=True, kw_only=True):
    """A session of a schedule: the texts that are read of it by their names, e.g. `title`, those that it lacks left
    out; its day and room as the document has it under them; what else it has, by name, once for each of its items; and
    the names of all that is `given` of it, if only to be empty.
    """

    texts: Mapping[str, str]
    persons: Sequence[Speaker]
    day: str
    day_start: str
    room: str
    rest: Sequence[str]
    given: frozenset[str]

    def text(self, name: str) -> str:
        """One of its texts; empty where it has none."""
        return self.texts.get(name, "")


class Schedule(Struct, frozen=True, kw_only=True):
    """A whole schedule: the texts of its conference by name, its rooms in their order, the names of its tracks by what
    stands for them, its sessions, and the names of what else it has.
    """

    conference: Mapping[str, str]
    rooms: Sequence[str]
    tracks: Mapping[str, str]
    sessions: Sequence[Session]
    rest: Sequence[str]


def read_xml_schedule(content: bytes, shown: str) -> Schedule:
    """The schedule in XML, the file being called `shown` in messages. Raises DataError where it is none."""
    from agenda.safe_xml import XmlError, parse_xml

    try:
        root = parse_xml(content)
    except XmlError as error:
        message = f"this XML cannot be read: {error}{_XML_ADVICE.get(str(error), '')}"
        raise DataError([Diagnostic(shown, error.line, error.column, message)]) from None
    if root.tag != "schedule" or root.find("conference") is None:
        there = "" if root.tag == "schedule" else f"; the outermost one here is <{shorten(root.tag)}>"
        raise DataError([Diagnostic(shown, 1, 1, f"{_NO_XML}{there}")])
    try:
        return _schedule(_from_schedule(root))
    except RecursionError:
        raise DataError([Diagnostic(shown, 1, 1, f"this XML cannot be read: {TOO_DEEP}")]) from None


def _from_schedule(root: Any) -> dict[str, Any]:
    """The outermost element as JSON has it."""
    days = [
        {
            "date": day.get("date", ""),
            "day_start": day.get("start", ""),
            "rooms": [
                (room.get("name", ""), [_from_element(event) for event in room.iterfind("event")])
                for room in day.iterfind("room")
            ],
        }
        for day in root.iterfind("day")
    ]
    conference = root.find("conference")
    head = _from_element(conference)
    if not isinstance(head, dict):  # it is empty
        head = {}
    rooms = [_from_element(room) for room in root.iterfind("rooms/room")]
    tracks = [_from_element(track) for track in root.iterfind("tracks/track")]
    rest = {element.tag: _from_element(element) for element in root if element.tag not in _PARTS}
    return {**rest, "conference": {"tracks": tracks, **head, "days": days, "rooms": rooms}}


_PARTS = {"day", "conference", "rooms", "tracks"}


def _from_element(element: Any) -> Any:
    """An element as JSON has it: its text, or an object of its attributes and its elements, `""` being its text; those
    of several elements that are all of one name, as in `persons`, are a list.
    """
    children = list(element)
    if not children and not element.attrib:
        return element.text or ""
    if children and not element.attrib and {f"{child.tag}s" for child in children} == {element.tag}:
        return [_from_element(child) for child in children]
    found: dict[str, Any] = dict(element.attrib)
    for child in children:
        found.setdefault(child.tag, []).append(_from_element(child))
    found |= {tag: values[0] for tag, values in found.items() if isinstance(values, list) and not values[1:]}
    if (element.text or "").strip():
        found.setdefault("", element.text)
    return found


def read_json_schedule(content: bytes, shown: str) -> Schedule:
    """The schedule in JSON, the file being called `shown` in messages. Raises DataError where it is none."""
    from agenda.interchange.json_text import decode_json, parse_json  # most schedules are XML

    document = parse_json(decode_json(content, shown), shown)
    schedule = document.get("schedule") if isinstance(document, dict) else None
    if not isinstance(schedule, dict) or not isinstance(schedule.get("conference"), dict):
        raise DataError([Diagnostic(shown, 1, 1, _NO_JSON)])
    return _schedule(schedule)


def _schedule(plain: Mapping[str, Any]) -> Schedule:
    """The schedule that is in plain values, in the shape of the JSON format."""
    conference = plain["conference"] if isinstance(plain["conference"], dict) else {}
    days = [day for day in _items(conference.get("days")) if isinstance(day, dict)]
    outside = [event for event in _items(plain.get("events")) if isinstance(event, dict)]
    sessions = [session for day in days for session in _sessions(day)]
    sessions += [_session(event, {}, "") for event in outside]
    tracks = _track_names(conference.get("tracks"))
    rooms = [_name(room) for room in _items(conference.get("rooms"))]
    rooms += [_text(room) for day in days for room, _ in _rooms_of(day)]
    rest = [name for name, value in plain.items() if name not in _SCHEDULE and _says(value)]
    rest += _rest_of_persons(_items(plain.get("persons")))
    rest += [name for name, value in conference.items() if name not in _CONFERENCE and _says(value)]
    return Schedule(
        conference={name: text for name, value in conference.items() if (text := _text(value))},
        rooms=list(dict.fromkeys(filter(None, [*rooms, *(session.room for session in sessions)]))),
        tracks=tracks,
        sessions=sessions,
        rest=rest,
    )


def _track_names(tracks: Any) -> dict[str, str]:
    """The names of tracks by what stands for them, which some sessions tell instead."""
    return {
        slug: name
        for track in _items(tracks)
        if isinstance(track, dict) and (slug := _text(track.get("slug"))) and (name := _name(track))
    }


def _rooms_of(day: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """The names of the rooms of a day, each with its events."""
    rooms = day.get("rooms")
    if isinstance(rooms, dict):
        return rooms.items()
    return [room for room in _items(rooms) if isinstance(room, tuple)]


def _sessions(day: Mapping[str, Any]) -> Iterator[Session]:
    for room, events in _rooms_of(day):
        for event in _items(events):
            if isinstance(event, dict):
                yield _session(event, day, room)


def _session(event: Mapping[str, Any], day: Mapping[str, Any], room: str) -> Session:
    persons = [each for name in _PERSONS for each in _items(event.get(name))]
    texts = {name: text for name in _SESSION if (text := _text(event.get(name)))}
    rest = [
        name
        for name, value in event.items()
        if name not in _SESSION and name not in _PERSONS
        for item in _items(value)
        if _says(item)
    ]
    rest += _rest_of_persons(persons)
    return Session(
        texts=texts,
        persons=[Speaker(name, _key(person)) for person in persons if (name := _name(person))],
        day=_text(day.get("date")),
        day_start=_text(day.get("day_start")),
        room=_text(room) or texts.get("room", ""),
        rest=rest,
        given=frozenset(event),
    )


def _rest_of_persons(persons: Sequence[Any]) -> list[str]:
    """What they have besides their names."""
    return [
        f"{name} of persons"
        for person in persons
        if isinstance(person, dict)
        for name, value in person.items()
        if name not in _PERSON and _says(value)
    ]


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _says(value: Any) -> bool:
    """Whether a value says something: most documents write out what is not there."""
    match value:
        case dict():
            return any(map(_says, value.values()))
        case list():
            return any(map(_says, value))
        case _:
            return str(value).strip() not in {"", "None", "False", "false", "0"}


def _text(value: Any) -> str:
    """A value as text: that of an object is what stands in it, or its name; nothing of a list or of null."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode().strip()
        case bool() | None | list():
            return ""
        case dict():
            return _text(value.get("")) or _name(value) or _text(value.get("slug"))
        case _:
            return str(value)


def _name(value: Any) -> str:
    """What a person, a room or a track is called, whether it is told by its name alone or by more."""
    if isinstance(value, dict):
        texts = (_text(value.get(name)) for name in (*_NAMES, "") if not isinstance(value.get(name), dict))
        return next(filter(None, texts), "")
    return _text(value)


def _key(person: Any) -> str:
    """What the document tells a person by from others of that name; empty where it has nothing."""
    keys = (_text(person.get(name)) for name in _KEYS) if isinstance(person, dict) else ()
    return next((key for key in keys if key not in {"", "0"}), "")
