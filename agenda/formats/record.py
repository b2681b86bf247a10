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


class Record(Struct, frozen=True, kw_only=True):
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
    return Record(
        id=event.id,
        title=event.title,
        when=when.certainty,
        start=when.start.isoformat() if isinstance(when, Fixed) else None,
        end=_end(when) if isinstance(when, Fixed) else None,
        between=[day.isoformat() for day in when.days] if isinstance(when, Between) else None,
        date_note=event.date_note,
        all_day=when.all_day if isinstance(when, Fixed) else None,
        timezone=_timezone(occurrence),
        city=[city.name for city in event.cities],
        venue=_venue(event.venue) if event.venue else None,
        room=event.room,
        kind=event.kind.name if event.kind else None,
        topics=[topic.name for topic in event.topics],
        organizers=[organizer.name for organizer in event.organizers],
        people=[PersonRecord(person.name, person.role) for person in event.people],
        status=event.status,
        description=event.description,
        url=event.url,
        sources=[_source(source) for source in event.sources],
        occurrence=occurrence.day.isoformat() if occurrence.day else UNSET,
    )


def _timezone(occurrence: Occurrence) -> str | None:
    """The zone whose clocks tell the times, else that of the event."""
    match occurrence.when:
        case Fixed(start=datetime(tzinfo=ZoneInfo(key=str(key)))):
            return key
        case _:
            zone = occurrence.event.timezone
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
