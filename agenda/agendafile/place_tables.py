"""The tables of an agenda file that tell places: cities, venues with their rooms, and the ways between cities."""

from typing import Annotated

from msgspec import Struct, field

from agenda.agendafile.values import (
    Latitude,
    Length,
    Longitude,
    Names,
    NonEmptyText,
    Pair,
    Text,
    TrueOrFalse,
    Url,
    describe_aliases,
    describe_key,
    describe_name,
    describe_type,
)


class Table(Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A table of the file; a key that it does not know is a mistake."""


class CityTable(Table):
    """`[cities.NAME]`: a city, by the name that people see."""

    name: Annotated[Text | None, describe_name({"it": "Lione"})] = None
    timezone: Annotated[
        NonEmptyText | None,
        describe_key(
            "The IANA time zone of the city, where it is not that of the agenda.",
            "Europe/Paris",
            value="a zone",
            without="that of `[agenda]`",
        ),
    ] = None
    aliases: Annotated[Names, describe_aliases(["Lione", "Lyons"])] = field(default_factory=list)


class RoomTable(Table):
    """`{ name = …, … }` in `rooms` of a venue: a room, where there is more to say of it than its name."""

    name: Annotated[Text, describe_key("What the room is called.", "Foyer")]
    aliases: Annotated[Names, describe_aliases(["Ridotto"])] = field(default_factory=list)
    shared: Annotated[
        TrueOrFalse,
        describe_key(
            "Whether several events at once are fine in it, as in a hall of stands.", example=True, without="`false`"
        ),
    ] = False


class VenueTable(Table):
    """`[venues.ID]`: a venue, by an id of your own."""

    name: Annotated[Text, describe_key("What the venue is called.", "Opera house")]
    city: Annotated[
        NonEmptyText | None,
        describe_key(
            "The city that it is in; events at the venue need not name it again.",
            "Torino",
            value="a city",
            without="not known",
        ),
    ] = None
    address: Annotated[
        Text | None, describe_key("Its address within the city.", "Piazza Castello 215", without="not known")
    ] = None
    latitude: Annotated[
        Latitude | None,
        describe_key(
            "Degrees north of the equator; south is negative. Give `longitude` too.", 45.0705, without="not known"
        ),
    ] = None
    longitude: Annotated[
        Longitude | None,
        describe_key("Degrees east of Greenwich; west is negative. Give `latitude` too.", 7.6868, without="not known"),
    ] = None
    url: Annotated[Url | None, describe_key("Its page on the web.", "https://opera.example/")] = None
    aliases: Annotated[Names, describe_aliases(["Teatro dell'opera"])] = field(default_factory=list)
    rooms: Annotated[
        list[NonEmptyText | RoomTable] | None,
        describe_type('a list of names and of tables such as { name = "…", shared = true }'),
        describe_key(
            "Its rooms: names, and tables with a name and more. Where they are listed, events there may name no other,"
            " and those that start together come in this order.",
            ["Great hall", {"name": "Foyer", "shared": True}],
            value="a list of names and tables",
            without="any room will do",
        ),
    ] = None
    shared: Annotated[
        TrueOrFalse,
        describe_key("Whether several events at once are fine in each of its rooms.", example=True, without="`false`"),
    ] = False


class TravelTable(Table):
    """`[[travel]]`: how long the way between two cities takes."""

    between: Annotated[
        Pair,
        describe_key("The two cities; the way back takes as long.", ["Torino", "Lyon"], value="a list of two cities"),
    ]
    takes: Annotated[Length, describe_key("How long it takes to be there, from event to event.", "4h 30m")]
