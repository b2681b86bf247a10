"""The rooms of a file: closed in a venue that lists them, open in any other, and where there is no venue."""

from collections.abc import Iterator

from agenda.agendafile import schema
from agenda.agendafile.names import CalledName, find_clashes
from agenda.agendafile.place_tables import RoomTable
from agenda.errors import KeyPath, Problem
from agenda.model import Room, Venue
from agenda.text import join_words, quote, suggest

_MAX_COMPARED_NAMES = 300_000
"""Names with which all unknown rooms are compared, for a suggestion: that takes its time."""

_Listed = list[str | RoomTable]


class Rooms:
    """The rooms of a file, by their venues; two of one name are two, where they are in two venues."""

    def __init__(self, file: schema.FileTable) -> None:
        self._listed: dict[str, _Listed] = {
            key: venue.rooms for key, venue in (file.venues or {}).items() if venue.rooms is not None
        }
        self._rooms: dict[str | None, dict[str, Room]] = {}
        self._compared_names = 0
        place = 0
        for key, names in _names_by_venue(file).items():
            rooms = [_read_room(room) for room in self._listed[key]] if key in self._listed else map(Room, names)
            by_name: dict[str, Room] = {}
            for room in rooms:
                if room.name not in by_name:
                    by_name[room.name] = Room(room.name, room.aliases, room.shared, place)
                    place += 1
            self._rooms[key] = {alias: room for room in by_name.values() for alias in room.aliases} | by_name

    def listed(self, venue_id: str) -> tuple[Room, ...]:
        """The rooms that the venue lists, in that order; none where it lists none."""
        rooms = self._rooms[venue_id].values() if venue_id in self._listed else ()
        return tuple(sorted(dict.fromkeys(rooms), key=lambda room: room.place))

    def clashes(self) -> Iterator[Problem]:
        """A problem for each name or alias that means two rooms of one venue, or that is blank."""
        for key, rooms in self._listed.items():
            yield from find_clashes(_called_names(rooms, ("venues", key, "rooms")), "room", at_key=False)

    def resolve(self, name: str, venue: Venue | None, path: KeyPath, problems: list[Problem]) -> Room | None:
        """The room of that name or alias in the venue; None, and a problem at `path`, where the venue lists others."""
        rooms = self._rooms.get(venue.id if venue else None, {})
        room = rooms.get(name)
        if room or venue is None or venue.id not in self._listed:
            return room or Room(name)
        right = f"use one that it lists, or add it to rooms of [venues.{venue.id}]" if rooms else "it lists none at all"
        if self._compared_names <= _MAX_COMPARED_NAMES:
            self._compared_names += len(rooms) + len(self._listed)
            others = [quote(key) for key in self._listed if name in self._rooms[key]]
            right = f"it is a room of {join_words(others, 'and')}" if others else right
            right = suggest(name, {called: room.name for called, room in rooms.items()}, right)
        problems.append(Problem(path, f"no room of the venue {quote(venue.id)} is called {quote(name)}; {right}"))
        return None


def _names_by_venue(file: schema.FileTable) -> dict[str | None, dict[str, None]]:
    """The names of rooms that events give, by the keys of their venues: in the order of the file, those of no venue
    last.
    """
    declared = file.venues or {}
    keys = {alias: key for key, venue in declared.items() for alias in venue.aliases} | {key: key for key in declared}
    by_venue: dict[str | None, dict[str, None]] = {key: {} for key in declared}
    without_venue: dict[str, None] = {}
    for event in file.events:
        key = event.venue and keys.get(event.venue, event.venue)
        names = by_venue.setdefault(key, {}) if key else without_venue
        if event.room:
            names[event.room] = None
    return by_venue | {None: without_venue}


def _read_room(room: str | RoomTable) -> Room:
    return Room(room) if isinstance(room, str) else Room(room.name, tuple(room.aliases), room.shared)


def _called_names(rooms: _Listed, path: KeyPath) -> Iterator[CalledName]:
    """The names of rooms that are listed there, then their aliases."""
    for index, room in enumerate(rooms):
        here = (*path, index)
        name = room if isinstance(room, str) else room.name
        yield CalledName(name, index, name, here if isinstance(room, str) else (*here, "name"))
    for index, room in enumerate(rooms):
        if not isinstance(room, str):
            for number, alias in enumerate(room.aliases):
                yield CalledName(alias, index, room.name, (*path, index, "aliases", number))
