"""An event as JSON has it, documented in docs/json.md; the other formats of data draw on the same words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from agenda.model import Between, Certainty, Fixed, Occurrence, Source, Status, Venue, Visibility
from agenda.text.safe import one_line


class VenueRecord(Struct, frozen=True):
    """The venue of an event; the position is in degrees, as in the model."""

    id: str
    name: str
    address: str | None
    latitude: float | None
    longitude: float | None
    url: str | None


class PersonRecord(Struct, frozen=True):
    """Somebody who takes part in an event."""

    name: str
    role: str | None


class SourceRecord(Struct, frozen=True):
    """A source of what is known of an event; its date is in ISO 8601."""

    id: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None


class EventRecord(Struct, frozen=True):
    """An occurrence; the order of the fields is that of the output. A field without a value is null there, but
    `occurrence`, the day that tells the occurrences of a series apart, is missing where there is no series, and so is
    `sort`, a text by whose bytes records sort as they are in order, where nobody asks for it.
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
    visibility: Visibility
    busy: bool | None
    description: str | None
    url: str | None
    sources: list[SourceRecord]
    occurrence: str | UnsetType = UNSET
    sort: str | UnsetType = UNSET


class UpcomingRecord(EventRecord, frozen=True, kw_only=True):
    """An occurrence, and where it stands at a time; the minutes are whole."""

    state: str | None
    starts_in: int | None
    ends_in: int | None


def make_record(occurrence: Occurrence) -> EventRecord:
    """The record of an occurrence: days as `2025-09-30`, times as `2025-09-30T11:00:00+09:00`, floating ones
    without an offset (ISO 8601).
    """
    event, when = occurrence.event, occurrence.when
    # By position, in the order of the fields: by name, msgspec takes six times as long.
    return EventRecord(
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
        event.room.name if event.room else None,
        event.kind.name if event.kind else None,
        [topic.name for topic in event.topics],
        [organizer.name for organizer in event.organizers],
        [PersonRecord(person.name, person.role) for person in event.people],
        event.status,
        event.visibility,
        event.busy,
        event.description,
        event.url,
        [_source(source) for source in event.sources],
        occurrence.day.isoformat() if occurrence.day else UNSET,
    )


def _timezone(occurrence: Occurrence) -> str | None:
    """The name of the zone that the start is in, else of the event's zone; None where there is neither."""
    start = occurrence.when.start if isinstance(occurrence.when, Fixed) else None
    zone_of_start = start.tzinfo if isinstance(start, datetime) else None
    zone = zone_of_start if isinstance(zone_of_start, ZoneInfo) and zone_of_start.key else occurrence.event.timezone
    return zone.key if zone else None


def _end(when: Fixed) -> str | None:
    if when.end is not None:
        return when.end.isoformat()
    return None if isinstance(when.start, datetime) else when.start.isoformat()


def _venue(venue: Venue) -> VenueRecord:
    return VenueRecord(
        venue.id,
        venue.name,
        venue.address,
        venue.latitude,
        venue.longitude,
        venue.url,
    )


def _source(source: Source) -> SourceRecord:
    return SourceRecord(
        source.id,
        source.title,
        source.publisher,
        source.date.isoformat() if source.date else None,
        source.url,
    )


FIELDS: tuple[str, ...] = EventRecord.__struct_fields__
"""The names of all fields, in the order of JSON."""

CLOCK_FIELDS = tuple(name for name in UpcomingRecord.__struct_fields__ if name not in FIELDS)
"""The names of the fields that only the clock can tell."""

DEFAULT_FIELDS = ("id", "start", "end", "city", "title")
"""The fields of a row where no others are asked for."""


_NO_OFFSET = "+00:00"
_PLACE_DIGITS = 8
"""Digits of the place in the list by which those that start together sort."""
ItemT = TypeVar("ItemT")


class RecordRows(Struct, Generic[ItemT], frozen=True):
    """Things that have a record, with some of its fields. Where none is asked for, rows have `DEFAULT_FIELDS`, and
    objects all. With `utc`, times that are in UTC end in `Z`, as many programs want them.
    """

    items: Iterable[ItemT]
    fields: Sequence[str] = ()
    utc: bool = False

    def record(self, item: ItemT) -> EventRecord:
        """The record of an item."""
        raise NotImplementedError

    def _records(self) -> Iterator[EventRecord]:
        for place, item in enumerate(self.items):
            record = self.record(item)
            if self.utc:
                record = end_in_z(record)
            if "sort" in self.fields:
                record = replace(record, sort=f"{_sort_key(record)} {place:0{_PLACE_DIGITS}}")
            yield record

    @property
    def header(self) -> Sequence[str]:
        """The names of the fields."""
        return self.fields or DEFAULT_FIELDS

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The fields of each item, each one line of safe text."""
        for record in self._records():
            yield tuple(one_line(_text(record, field)) for field in self.header)

    def objects(self) -> Iterator[EventRecord | dict[str, object]]:
        """The record of each item, or a mapping of the fields that are asked for."""
        for record in self._records():
            yield {field: _value(record, field) for field in self.fields} if self.fields else record


class EventRows(RecordRows[Occurrence], frozen=True):
    """Occurrences, with some of their `FIELDS`."""

    def record(self, item: Occurrence) -> EventRecord:
        """The record of an occurrence."""
        return make_record(item)


def _sort_key(record: EventRecord) -> str:
    """A text for the start of a record whose bytes sort as the starts do: a day is followed by a space, a time by `T`
    and the time in UTC, a day that is not fixed by `~`; a date to be announced is `~` alone.
    """
    if record.between:
        return f"{record.between[0]}~"
    if record.start is None:
        return "~"
    if record.all_day:
        return record.start
    start = datetime.fromisoformat(record.start)
    # A floating time is sorted as if it were in UTC.
    instant = start.astimezone(UTC) if start.tzinfo else start
    return f"{start.date()}T{instant.replace(tzinfo=None).isoformat()}"


def end_in_z(record: EventRecord) -> EventRecord:
    """The record with the times that are in UTC ending in `Z`."""
    return replace(record, start=_zulu(record.start), end=_zulu(record.end))


def _zulu(moment: str | None) -> str | None:
    """A day or a time with `Z` in the place of `+00:00`."""
    return f"{moment.removesuffix(_NO_OFFSET)}Z" if moment and moment.endswith(_NO_OFFSET) else moment


def _value(record: EventRecord, field: str) -> object:
    value = getattr(record, field)
    return None if value is UNSET else value


def _text(record: EventRecord, field: str) -> str:
    """A field as text, e.g. the name of a venue, or the names of people with commas between them; empty for None."""
    if field in {"start", "end"}:
        return write_moment(record, field)
    match _value(record, field):
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


def write_moment(record: EventRecord, field: str) -> str:
    """Start or end, which `field` names, as text: `tba` for a date to be announced, and `~2025-09-24` for a day that is
    not fixed; the mark keeps programs from taking it for a date.
    """
    if record.between:
        first, last = record.between
        return f"~{first if field == 'start' else last}"
    if record.start is None:
        return "tba"
    return (record.start if field == "start" else record.end) or ""


def _name(value: object) -> str:
    match value:
        case VenueRecord(name=name) | PersonRecord(name=name):
            return name
        case SourceRecord(title=title):
            return title
        case _:
            return str(value)
