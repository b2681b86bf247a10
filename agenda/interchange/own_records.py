"""What `list --format json` and `jsonl` write, as the tables of an agenda file."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import asdict

from agenda.agendafile.values import Date, Latitude, Longitude, NonEmptyText, Url
from agenda.interchange.event_tables import EventDraft, EventTables, told_of
from agenda.interchange.json_text import decode_json, explain_records
from agenda.interchange.notes import Notes
from agenda.interchange.result import ROLES, UNTITLED, ImportResult, Origin
from agenda.interchange.sheet_times import EventTimes
from agenda.model import Status, Visibility
from agenda.text.safe import one_line, quote

_AS_IN_THE_FILE = (
    *("date_note", "room", "kind", "topics", "organizers", "status", "visibility", "busy", "description", "url"),
)
"""Fields of an object that the file has as keys of the same name and value."""
_USUAL = {"status": Status.CONFIRMED, "visibility": Visibility.PUBLIC}


class OwnPerson(msgspec.Struct, frozen=True):
    """Somebody who takes part."""

    name: str
    role: str | None = None


class OwnVenue(msgspec.Struct, frozen=True, kw_only=True):
    """A venue, by its id."""

    id: NonEmptyText
    name: NonEmptyText
    address: NonEmptyText | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    url: Url | None = None


class OwnSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source, by its id."""

    id: NonEmptyText
    title: NonEmptyText
    publisher: NonEmptyText | None = None
    date: Date | None = None
    url: Url | None = None


class OwnRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An event as docs/json.md has it; any of its fields may be lacking."""

    id: str = ""
    title: str = ""
    start: str | None = None
    end: str | None = None
    between: tuple[date, date] | None = None
    date_note: str | None = None
    timezone: str | None = None
    city: list[str] = []
    venue: OwnVenue | None = None
    room: str | None = None
    kind: str | None = None
    topics: list[str] = []
    organizers: list[str] = []
    people: list[OwnPerson] = []
    status: str = Status.CONFIRMED
    visibility: str = Visibility.PUBLIC
    busy: bool | None = None
    description: str | None = None
    url: str | None = None
    sources: list[OwnSource] = []
    occurrence: str | None = None


def import_records(content: bytes, shown: str, home: ZoneInfo | None) -> ImportResult:
    """The agenda that objects of events make, in a list or a line each, the file being called `shown` in messages.

    Raises DataError where they are none.
    """
    text = decode_json(content, shown)
    try:
        if text.lstrip().startswith("["):
            records = msgspec.json.decode(text, type=list[OwnRecord])
            given = msgspec.json.decode(text, type=list[dict[str, msgspec.Raw]])
        else:
            records = msgspec.json.Decoder(OwnRecord).decode_lines(text)
            given = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode_lines(text)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise explain_records(text, shown, str(error), decode=msgspec.json.Decoder(OwnRecord).decode) from None
    notes, gaps = Notes(), Notes()
    venues: dict[str, dict[str, Any]] = {}
    sources: dict[str, dict[str, Any]] = {}
    drafts = []
    for place, (record, fields) in enumerate(zip(records, given, strict=True)):
        if record.venue:
            venues.setdefault(record.venue.id, _declaration(record.venue))
        for source in record.sources:
            sources.setdefault(source.id, _declaration(source))
        if not one_line(record.title):
            (notes if "title" in fields else gaps).doubt("it has no title", f"object {place + 1:,}")
        drafts.append(_draft(record, place, notes))
    tables = EventTables(home=home, name_of=_name_of(records), notes=notes).tables(
        drafts, title=None, file=shown, venues=venues, sources=sources
    )

    def origins() -> Iterator[Origin]:
        for record, fields, draft, table in zip(records, given, drafts, tables.get("events", []), strict=True):
            yield Origin(told=told_of(draft, table, _told(record, fields, draft)), id=record.id)

    return ImportResult(tables, [], list(notes.told()), origins, gaps=tuple(gaps.told()))


def _told(record: OwnRecord, fields: Collection[str], draft: EventDraft) -> set[str]:
    """The keys that these fields of an object speak of."""
    told = (set(fields) - {"id"}) | ({ROLES} if "people" in fields else set())
    was_read = (record.start is None) == (draft.times.start is None)
    if "start" not in told or not was_read:
        return told - {"start", "end", "between"}
    return told | {"end", "between"}


def _name_of(records: Sequence[OwnRecord]) -> Callable[[int], str]:
    return lambda place: f"object {place + 1:,}, {quote(records[place].title)}"


def _declaration(named: OwnVenue | OwnSource) -> dict[str, Any]:
    """What is said of a venue or a source, as the table that declares it."""
    return {key: value for key, value in asdict(named).items() if key != "id" and value is not None}


def _draft(record: OwnRecord, place: int, notes: Notes) -> EventDraft:
    times = EventTimes()
    try:
        times = EventTimes(_moment(record.start), _end(record), record.between)
    except ValueError:
        where = _name_of([record])(0).replace("object 1", f"object {place + 1:,}")
        notes.wrong.append(f"{where}: its start or its end is no day and no time of ISO 8601; it has no date")
    if record.occurrence:
        notes.doubt("a time of a series, told as an event of its own", f"{record.id} on {record.occurrence}")
    entry = {
        "id": f"{record.id}-{record.occurrence}" if record.occurrence else record.id,
        "title": record.title if one_line(record.title) else UNTITLED,
        "city": record.city,
        "venue": record.venue and record.venue.id,
        "sources": [source.id for source in record.sources],
        "people": [{"name": one.name, "role": one.role} if one.role else one.name for one in record.people],
    }
    for key in _AS_IN_THE_FILE:
        value = getattr(record, key)
        entry[key] = None if value == _USUAL.get(key) else value
    return EventDraft(place, times, entry, record.timezone)


def _end(record: OwnRecord) -> date | datetime | None:
    """The end, which JSON has of a single day as well."""
    return None if record.end == record.start else _moment(record.end)


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == len("2026-09-30") else datetime.fromisoformat(text)
