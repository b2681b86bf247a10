"""What a calendar has no place for at all: the rooms that venues list, and how long the ways between cities take."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from agenda.agendafile import values
from agenda.agendafile.schema import TravelTable
from agenda.agendafile.travel import write_length
from agenda.ical.x_agenda import encode_facts
from agenda.model import Agenda, Event, Room
from agenda.text.folding import fold_letters
from agenda.text.safe import one_line

if TYPE_CHECKING:
    from agenda.ical.reader import Component
    from agenda.interchange.losses import Losses

X_AGENDA_PLACES = "X-AGENDA-PLACES"
"""The property of a calendar whose value is a JSON object of these facts, as text."""


class RoomFacts(Struct, kw_only=True, omit_defaults=True):
    """A room of which there is more to say than its name."""

    name: values.NonEmptyText
    aliases: values.Names = []
    shared: bool = False


RoomEntry = str | dict[str, Any]
"""A room as `rooms` of a venue has it: its name, or a table."""


class VenueRooms(Struct, kw_only=True, omit_defaults=True):
    """The rooms that the venue of that id lists, in order, and whether they are all shared."""

    id: values.NonEmptyText
    rooms: list[values.NonEmptyText | RoomFacts] = []
    shared: bool = False


class PlaceFacts(Struct, kw_only=True, omit_defaults=True):
    """The object: the venues of which there is something to say, and the ways."""

    venues: list[VenueRooms] = []
    travel: list[TravelTable] = []


def write_places(agenda: Agenda, events: Sequence[Event]) -> str | None:
    """The object for a calendar of these events, with their venues and the ways between their cities; None where there
    is nothing to say.
    """
    venues = {event.venue.id: event.venue for event in events if event.venue}
    cities = {city.name for event in events for city in event.cities}
    facts = PlaceFacts(
        venues=[
            VenueRooms(id=venue.id, rooms=list(map(_room, venue.rooms)), shared=venue.shared)
            for venue in venues.values()
            if venue.rooms or venue.shared
        ],
        travel=[
            TravelTable(between=[city.name for city in way.cities], takes=write_length(way.takes))
            for way in agenda.travel
            if cities.issuperset(city.name for city in way.cities)
        ],
    )
    return encode_facts(facts) if facts.venues or facts.travel else None


def _room(room: Room) -> str | RoomFacts:
    if not room.aliases and not room.shared:
        return room.name
    return RoomFacts(name=room.name, aliases=list(room.aliases), shared=room.shared)


def read_places(calendars: Iterable["Component"], losses: "Losses") -> PlaceFacts:
    """What our exports told in the heads of calendars; of a venue or a way that several tell, what the first one has,
    and the rooms that the others have besides.
    """
    venues: dict[str, VenueRooms] = {}
    travel: dict[frozenset[str], TravelTable] = {}
    for calendar in calendars:
        found = calendar.first(X_AGENDA_PLACES)
        try:
            facts = msgspec.json.decode(found.text, type=PlaceFacts) if found else PlaceFacts()
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
            losses.left_out(f"{X_AGENDA_PLACES} that cannot be read")
            continue
        for venue in facts.venues:
            known = venues.setdefault(venue.id, venue)
            known.rooms += [] if known is venue else venue.rooms
        for way in facts.travel:
            names = frozenset(map(fold_letters, way.between))
            if len(names) > 1 and all(map(one_line, way.between)):
                travel.setdefault(names, way)
    return PlaceFacts(venues=list(venues.values()), travel=list(travel.values()))


class RoomList:
    """The rooms of one venue on their way into its table: each name and alias means one of them."""

    def __init__(self, rooms: Iterable[str | RoomFacts]) -> None:
        self._meant: dict[str, str] = {}
        self.entries: list[RoomEntry] = []
        for room in rooms:
            table = RoomFacts(name=room) if isinstance(room, str) else room
            if self._take(table.name, table.name):
                aliases = [alias for alias in table.aliases if self._take(alias, table.name)]
                more = {"aliases": aliases, "shared": table.shared}
                filled = {key: value for key, value in more.items() if value}
                self.entries.append({"name": table.name, **filled} if filled else table.name)

    def name(self, room: str) -> str:
        """What an event calls that room, which is added if the list lacks it."""
        if one_line(room) and self._take(room, room):
            self.entries.append(room)
        return self._meant.get(fold_letters(room), room)

    def _take(self, called: str, name: str) -> bool:
        """Let a name or an alias mean the room of that name; False where it is taken, or blank."""
        key = fold_letters(called)
        if not one_line(called) or key in self._meant:
            return False
        self._meant[key] = name
        return True
