"""An event as JSON has it, documented in docs/json.md; the other formats of data draw on the same words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct, UnsetType

from agenda.model import Between, Certainty, Fixed, Occurrence, Source, Status, Venue
from agenda.text import one_line


class VenueRecord(Struct, frozen=True):
    """Where an event is."""

    id: str
    name: str
    address: str | None
    latitude: float | None
    longitude: float | None
    url: str | None


class PersonRecord(Struct, frozen=True):
    """Who takes part."""

    name: str
    role: str | None


class SourceRecord(Struct, frozen=True):
    """Where it is known from."""

    id: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None


class EventRecord(Struct, frozen=True):
    """An occurrence; the order of the fields is that of the output. None is ever missing there but `occurrence`, which
    only those of a series have: the day that tells it from the others.
    """

    id: str
    title: str
    when: Certainty
    start: str | None
    end: str | None
    between: list[str] | None
    date_note: str | None
    all_day: bool | None
    timezone: str | None
    city: list[str]
    venue: VenueRecord | None
    room: str | None
    kind: str | None
    topics: list[str]
    organizers: list[str]
    people: list[PersonRecord]
    status: Status
    description: str | None
    url: str | None
    sources: list[SourceRecord]
    occurrence: str | UnsetType = UNSET


def make_record(occurrence: Occurrence) -> EventRecord:
    """The record of an occurrence: days as `2025-09-30`, times as `2025-09-30T11:00:00+09:00`, floating ones
    without an offset (ISO 8601).
    """
    event, when = occurrence.event, occurrence.when
    return EventRecord(  # by their names, arguments would take seven times as long: most of what a row of JSON costs
        event.id,
        event.title,
        when.certainty,
        when.start.isoformat() if isinstance(when, Fixed) else None,
        _end(when) if isinstance(when, Fixed) else None,
        [day.isoformat() for day in when.days] if isinstance(when, Between) else None,
        event.date_note,
        when.all_day if isinstance(when, Fixed) else None,
        _timezone(occurrence),
        [city.name for city in event.cities],
        _venue(event.venue) if event.venue else None,
        event.room,
        event.kind.name if event.kind else None,
        [topic.name for topic in event.topics],
        [organizer.name for organizer in event.organizers],
        [PersonRecord(person.name, person.role) for person in event.people],
        event.status,
        event.description,
        event.url,
        [_source(source) for source in event.sources],
        occurrence.day.isoformat() if occurrence.day else UNSET,
    )


def _timezone(occurrence: Occurrence) -> str | None:
    """The zone whose clocks tell the times, else that of the event."""
    start = occurrence.when.start if isinstance(occurrence.when, Fixed) else None
    told = start.tzinfo if isinstance(start, datetime) else None
    zone = told if isinstance(told, ZoneInfo) and told.key else occurrence.event.timezone
    return zone.key if zone else None


def _end(when: Fixed) -> str | None:
    if when.end is not None:
        return when.end.isoformat()
    return None if isinstance(when.start, datetime) else when.start.isoformat()


def _venue(venue: Venue) -> VenueRecord:
    return VenueRecord(venue.id, venue.name, venue.address, venue.latitude, venue.longitude, venue.url)


def _source(source: Source) -> SourceRecord:
    day = source.date
    return SourceRecord(source.id, source.title, source.publisher, day.isoformat() if day else None, source.url)


FIELDS = EventRecord.__struct_fields__
"""What can be asked for, in the order of JSON."""

DEFAULT_FIELDS = ("id", "start", "end", "city", "title")
"""The columns where no others are asked for."""


class EventRows(Struct, frozen=True):
    """Occurrences, with these of their `FIELDS`; without any, rows have the `USUAL` ones and objects have all."""

    occurrences: Iterable[Occurrence]
    fields: Sequence[str] = ()

    @property
    def header(self) -> Sequence[str]:
        """The names of the fields."""
        return self.fields or DEFAULT_FIELDS

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The fields of each occurrence, each one line of safe text."""
        for occurrence in self.occurrences:
            shown = make_record(occurrence)
            yield tuple(one_line(_text(shown, field)) for field in self.header)

    def objects(self) -> Iterator[EventRecord | dict[str, object]]:
        """The record of each occurrence, or the fields of it that are asked for."""
        for occurrence in self.occurrences:
            shown = make_record(occurrence)
            yield {field: _value(shown, field) for field in self.fields} if self.fields else shown


def _value(shown: EventRecord, field: str) -> object:
    value = getattr(shown, field)
    return None if value is UNSET else value


def _text(shown: EventRecord, field: str) -> str:
    """A field as text, empty where there is nothing: of what has a name, the name; of several, all of them."""
    if field in {"start", "end"}:
        return _date(shown, field)
    match _value(shown, field):
        case None:
            return ""
        case bool(truth):
            return "true" if truth else "false"
        case list(values) if field == "between":
            return "..".join(values)
        case list(values):
            # Titles of sources have commas of their own.
            return ("; " if field == "sources" else ", ").join(map(_name, values))
        case value:
            return _name(value)


def _date(shown: EventRecord, field: str) -> str:
    """Start or end: `~2025-09-24` is a day that is not fixed, which no reader of dates takes, and `tba` is none."""
    if shown.between:
        first, last = shown.between
        return f"~{first if field == 'start' else last}"
    if shown.start is None:
        return "tba"
    return (shown.start if field == "start" else shown.end) or ""


def _name(value: object) -> str:
    match value:
        case VenueRecord(name=name) | PersonRecord(name=name):
            return name
        case SourceRecord(title=title):
            return title
        case _:
            return str(value)
