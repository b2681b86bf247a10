"""The shape of an agenda file: its tables as msgspec structs, with what each value must look like.

`wanted` in a type's metadata says in words what would be right; it ends up in messages to the user.
"""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, convert, field

from agenda.model import Status

# fmt: off
Color = Literal[
    "aliceblue", "antiquewhite", "aqua", "aquamarine", "azure", "beige", "bisque", "black", "blanchedalmond",
    "blue", "blueviolet", "brown", "burlywood", "cadetblue", "chartreuse", "chocolate", "coral",
    "cornflowerblue", "cornsilk", "crimson", "cyan", "darkblue", "darkcyan", "darkgoldenrod", "darkgray",
    "darkgreen", "darkgrey", "darkkhaki", "darkmagenta", "darkolivegreen", "darkorange", "darkorchid",
    "darkred", "darksalmon", "darkseagreen", "darkslateblue", "darkslategray", "darkslategrey",
    "darkturquoise", "darkviolet", "deeppink", "deepskyblue", "dimgray", "dimgrey", "dodgerblue", "firebrick",
    "floralwhite", "forestgreen", "fuchsia", "gainsboro", "ghostwhite", "gold", "goldenrod", "gray", "green",
    "greenyellow", "grey", "honeydew", "hotpink", "indianred", "indigo", "ivory", "khaki", "lavender",
    "lavenderblush", "lawngreen", "lemonchiffon", "lightblue", "lightcoral", "lightcyan",
    "lightgoldenrodyellow", "lightgray", "lightgreen", "lightgrey", "lightpink", "lightsalmon",
    "lightseagreen", "lightskyblue", "lightslategray", "lightslategrey", "lightsteelblue", "lightyellow",
    "lime", "limegreen", "linen", "magenta", "maroon", "mediumaquamarine", "mediumblue", "mediumorchid",
    "mediumpurple", "mediumseagreen", "mediumslateblue", "mediumspringgreen", "mediumturquoise",
    "mediumvioletred", "midnightblue", "mintcream", "mistyrose", "moccasin", "navajowhite", "navy", "oldlace",
    "olive", "olivedrab", "orange", "orangered", "orchid", "palegoldenrod", "palegreen", "paleturquoise",
    "palevioletred", "papayawhip", "peachpuff", "peru", "pink", "plum", "powderblue", "purple", "red",
    "rosybrown", "royalblue", "saddlebrown", "salmon", "sandybrown", "seagreen", "seashell", "sienna", "silver",
    "skyblue", "slateblue", "slategray", "slategrey", "snow", "springgreen", "steelblue", "tan", "teal",
    "thistle", "tomato", "turquoise", "violet", "wheat", "white", "whitesmoke", "yellow", "yellowgreen",
]
# fmt: on


class DateOrTime:
    """A day or a time: the union that TOML has and msgspec lacks."""

    __slots__ = ("value",)

    def __init__(self, value: date | datetime) -> None:
        self.value = value


# What TOML has of its own; text that looks like a date is text.
_BUILTIN = (date, datetime, time)


def _says(wanted: str, **constraints: Any) -> Meta:
    return Meta(extra={"wanted": wanted}, **constraints)


# `(?!\n)` because `$` alone also matches before a line break at the end.
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*(?!\n)$"
_NAMESPACE = r"^[a-z0-9][a-z0-9.-]*(?!\n)$"
_TIME = r"T([0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S)"
_DURATION = rf"^P(?=.*[1-9])([0-9]+W|[0-9]+D({_TIME})?|{_TIME})(?!\n)$"  # RFC 5545, 3.3.6; RFC 7986, 5.7
_NO_CONTROL = r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f]+(?!\n)$"
_URL = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\x7f]+(?!\n)$"

# No pattern here: msgspec 0.22 crashes on one in a union of text and list (its issue 717).
NonEmptyText = Annotated[str, _says("text that is not empty", min_length=1)]
Id = Annotated[str, _says('small letters, digits and single hyphens, such as "gala-dinner"', pattern=_SLUG)]
Url = Annotated[str, _says('an address such as "https://example.org/"', pattern=_URL)]
Instant = Annotated[datetime, _says("a time with an offset, such as 2025-10-07T09:00:00+09:00", tz=True)]
Names = Annotated[list[NonEmptyText], _says('a list of names, such as ["one", "another"]')]
Latitude = Annotated[float, _says("degrees from -90 to 90", ge=-90, le=90)]
Longitude = Annotated[float, _says("degrees from -180 to 180", ge=-180, le=180)]
Date = Annotated[date, _says("a day, such as 2025-09-30")]
StartOrEnd = Annotated[DateOrTime, _says("a day, such as 2025-09-30, or a time, such as 2025-09-30T11:00:00")]
Span = Annotated[list[Date], _says("two days, such as [2025-09-24, 2025-09-27]", min_length=2, max_length=2)]


class Table(Struct, forbid_unknown_fields=True, kw_only=True):
    """A table of the file; a key that it does not know is a mistake."""


class HeadTable(Table):
    """`[agenda]`: what holds for the whole programme."""

    title: NonEmptyText | None = None
    description: NonEmptyText | None = None
    timezone: NonEmptyText | None = None
    namespace: (
        Annotated[
            str,
            _says('small letters, digits, dots and hyphens, such as "my-agenda.example"', pattern=_NAMESPACE),
        ]
        | None
    ) = None
    revised: Instant | None = None
    color: Annotated[Color, _says('a CSS3 colour name in small letters, such as "darkorange"')] | None = None
    refresh: Annotated[str, _says('a duration such as "P1D" or "PT12H"', pattern=_DURATION)] | None = None


class CityTable(Table):
    """`[cities.NAME]`: a city, by the name that people see."""

    timezone: NonEmptyText | None = None
    aliases: Names = field(default_factory=list)


class VenueTable(Table):
    """`[venues.ID]`: a venue, by an id of your own."""

    name: NonEmptyText
    city: NonEmptyText | None = None
    address: NonEmptyText | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    url: Url | None = None
    aliases: Names = field(default_factory=list)


class PersonTable(Table):
    """`[people.NAME]`: somebody who takes part."""

    role: NonEmptyText | None = None
    aliases: Names = field(default_factory=list)


class TermTable(Table):
    """`[organizers.NAME]`, `[topics.NAME]` and `[kinds.NAME]`: a name, and often nothing else."""

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
    role: NonEmptyText | None = None


class EventTable(Table):
    """`[[events]]`: an event, with whatever is known of it."""

    id: Id
    title: NonEmptyText
    city: NonEmptyText | Names | None = None
    venue: NonEmptyText | None = None
    room: NonEmptyText | None = None
    start: StartOrEnd | None = None
    end: StartOrEnd | None = None
    between: Span | None = None
    date_note: NonEmptyText | None = None
    kind: NonEmptyText | None = None
    topics: Names = field(default_factory=list)
    organizers: Names = field(default_factory=list)
    people: Annotated[
        list[NonEmptyText | ParticipantTable], _says('a list of names and of tables such as { name = "…", role = "…" }')
    ] = field(default_factory=list)
    description: NonEmptyText | None = None
    url: Url | None = None
    status: Annotated[Status, _says('"confirmed", "tentative" or "cancelled"')] = Status.CONFIRMED
    sources: Names = field(default_factory=list)
    revised: Instant | None = None
    uid: Annotated[str, _says("text that is not blank, without controls", pattern=_NO_CONTROL)] | None = None
    repeat: Annotated[str, _says('a rule such as "FREQ=WEEKLY;COUNT=3"', min_length=1)] | None = None
    exceptions: Annotated[list[Date], _says("a list of days, such as [2025-09-30]")] = field(
        default_factory=list, name="except"
    )


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
    events: Annotated[list[EventTable], _says("a list of tables, each under [[events]]")] = field(default_factory=list)


def convert_tables(tables: dict[str, Any]) -> FileTable:
    """The file that plain tables hold; raises `msgspec.ValidationError` at the first value of a wrong shape."""
    return convert(tables, FileTable, dec_hook=_moment, builtin_types=_BUILTIN)


def convert_value(value: Any, annotation: Any) -> object:
    """The same for a single value of any type of this module."""
    return convert(value, annotation, dec_hook=_moment, builtin_types=_BUILTIN)


def _moment(kind: type, value: object) -> DateOrTime:
    if kind is not DateOrTime or not isinstance(value, date):
        raise ValueError("not a day or a time")
    return DateOrTime(value)
