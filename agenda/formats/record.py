"""An event as JSON has it, documented in docs/json.md; the other formats of data draw on the same words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct, UnsetType

from agenda.model import Between, Certainty, Fixed, Occurrence, Source, Status, Venue


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


class Record(Struct, frozen=True):
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


def record(occurrence: Occurrence) -> Record:
    """The record of an occurrence: days as `2025-09-30`, times as `2025-09-30T11:00:00+09:00`, floating ones
    without an offset (ISO 8601).
    """
    event, when = occurrence.event, occurrence.when
    return Record(  # by their names, arguments would take seven times as long: most of what a row of JSON costs
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
