"""The shape of an agenda file: its tables as msgspec structs.

The JSON Schema, the tables of docs/format.md and the order in which `import` writes keys are made of it; what they say
of each key stands in keys.toml.
"""

from datetime import date, datetime, time
from typing import Annotated, Any

from msgspec import Struct, convert, field

from agenda.agendafile.values import (
    ColorName,
    Date,
    DateOrTime,
    DateOrTimeOrClock,
    Days,
    Duration,
    End,
    Id,
    Instant,
    Languages,
    Latitude,
    Length,
    Longitude,
    Names,
    Namespace,
    NonEmptyText,
    Pair,
    RuleText,
    Span,
    Start,
    Text,
    TrueOrFalse,
    Uid,
    Url,
    describe_type,
)
from agenda.model import Status, Visibility

# What TOML has of its own; text that looks like a date is text.
_BUILTIN = (date, datetime, time)


class Table(Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A table of the file; a key that it does not know is a mistake."""


class HeadTable(Table):
    """`[agenda]`: what holds for the whole programme."""

    title: Text | None = None
    description: Text | None = None
    languages: Languages | None = None
    url: Url | None = None
    timezone: NonEmptyText | None = None
    namespace: Namespace | None = None
    revised: Instant | None = None
    color: ColorName | None = None
    refresh: Duration | None = None


class CityTable(Table):
    """`[cities.NAME]`: a city, by the name that people see."""

    name: Text | None = None
    timezone: NonEmptyText | None = None
    aliases: Names = field(default_factory=list)


class RoomTable(Table):
    """`{ name = …, … }` in `rooms` of a venue: a room of which more than its name is told."""

    name: Text
    aliases: Names = field(default_factory=list)
    shared: TrueOrFalse = False


class VenueTable(Table):
    """`[venues.ID]`: a venue, by an id of your own."""

    name: Text
    city: NonEmptyText | None = None
    address: Text | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    url: Url | None = None
    aliases: Names = field(default_factory=list)
    rooms: Annotated[
        list[NonEmptyText | RoomTable] | None,
        describe_type('a list of names and of tables such as { name = "…", shared = true }'),
    ] = None
    shared: TrueOrFalse = False


class TravelTable(Table):
    """`[[travel]]`: how long the way between two cities takes."""

    between: Pair
    takes: Length


class PersonTable(Table):
    """`[people.NAME]`: somebody who takes part."""

    name: Text | None = None
    role: Text | None = None
    aliases: Names = field(default_factory=list)


class TermTable(Table):
    """`[organizers.NAME]`, `[topics.NAME]` and `[kinds.NAME]`: a name, and often nothing else."""

    name: Text | None = None
    aliases: Names = field(default_factory=list)


class SourceTable(Table):
    """`[sources.ID]`: where facts come from, by an id of your own."""

    title: NonEmptyText
    publisher: NonEmptyText | None = None
    date: Date | None = None
    url: Url | None = None


class ParticipantTable(Table):
    """`{ name = …, role = … }` in `people` of an event: somebody who takes part in it."""

    name: NonEmptyText
    role: Text | None = None


class EventTable(Table):
    """`[[events]]`: an event, with whatever is known of it."""

    id: Id
    title: Text
    city: NonEmptyText | Names | None = None
    venue: NonEmptyText | None = None
    room: Text | None = None
    start: Start | None = None
    end: End | None = None
    between: Span | None = None
    date_note: Text | None = None
    kind: NonEmptyText | None = None
    topics: Names = field(default_factory=list)
    organizers: Names = field(default_factory=list)
    people: Annotated[
        list[NonEmptyText | ParticipantTable],
        describe_type('a list of names and of tables such as { name = "…", role = "…" }'),
    ] = field(default_factory=list)
    description: Text | None = None
    url: Url | None = None
    status: Annotated[Status, describe_type('"confirmed", "tentative" or "cancelled"')] = Status.CONFIRMED
    visibility: Annotated[Visibility, describe_type('"public" or "internal"')] = Visibility.PUBLIC
    busy: TrueOrFalse | None = None
    sources: Names = field(default_factory=list)
    revised: Instant | None = None
    uid: Uid | None = None
    repeat: RuleText | None = None
    exceptions: Days = field(default_factory=list, name="except")


class FileTable(Table):
    """The whole file. A vocabulary that is None is open: any name will do."""

    agenda: HeadTable = field(default_factory=HeadTable)
    cities: dict[NonEmptyText, CityTable] | None = None
    venues: dict[NonEmptyText, VenueTable] | None = None
    people: dict[NonEmptyText, PersonTable] | None = None
    organizers: dict[NonEmptyText, TermTable] | None = None
    topics: dict[NonEmptyText, TermTable] | None = None
    kinds: dict[NonEmptyText, TermTable] | None = None
    sources: dict[NonEmptyText, SourceTable] | None = None
    travel: Annotated[list[TravelTable], describe_type("a list of tables, each under [[travel]]")] = field(
        default_factory=list
    )
    events: Annotated[list[EventTable], describe_type("a list of tables, each under [[events]]")] = field(
        default_factory=list
    )


def convert_tables(tables: dict[str, Any]) -> FileTable:
    """The file that plain tables hold; raises `msgspec.ValidationError` at the first value of a wrong shape."""
    return convert(tables, FileTable, dec_hook=_moment, builtin_types=_BUILTIN)


def convert_value(value: Any, annotation: Any) -> object:
    """The same for a single value of any type of this module."""
    return convert(value, annotation, dec_hook=_moment, builtin_types=_BUILTIN)


def _moment(kind: type, value: object) -> DateOrTime | DateOrTimeOrClock:
    if kind is DateOrTime and isinstance(value, date):
        return DateOrTime(value)
    if kind is DateOrTimeOrClock and isinstance(value, date | time):
        return DateOrTimeOrClock(value)
    raise ValueError("not a day or a time")
