"""The rooms of a file: closed in a venue that lists them, open in any other, and where there is no venue."""

from collections.abc import Iterator

from agenda.agendafile import schema
from agenda.agendafile.languages import LanguageChoice, other_names
from agenda.agendafile.names import CalledName, Comparisons, find_ambiguous
from agenda.agendafile.schema import RoomTable
from agenda.agendafile.values import Text
from agenda.errors import KeyPath, Problem
from agenda.model import Room, Venue
from agenda.text.safe import quote
from agenda.text.sentences import join_words

_Listed = list[str | RoomTable]


class Rooms:
    """The rooms of a file, by their venues; two of one name are two, where they are in two venues."""

    def __init__(self, file: schema.FileTable, languages: LanguageChoice) -> None:
        self._languages = languages
        self._listed: dict[str, _Listed] = {
            key: venue.rooms for key, venue in (file.venues or {}).items() if venue.rooms is not None
        }
        self._rooms: dict[str | None, dict[str, Room]] = {}
        self._comparisons = Comparisons()
        rank = 0
        for key, names in _names_by_venue(file, languages).items():
            by_name: dict[str, Room] = {}
            by_other_name: dict[str, Room] = {}
            for given in self._listed.get(key or "", names.values()):
                name = languages.usual(given.name if isinstance(given, RoomTable) else given)
                if name not in by_name:
                    room = by_name[name] = self._read(given, rank)
                    by_other_name |= dict.fromkeys((room.name, *room.aliases), room)
                    rank += 1
            self._rooms[key] = by_other_name | by_name

    def _read(self, given: Text | RoomTable, rank: int) -> Room:
        text = given.name if isinstance(given, RoomTable) else given
        name = self._languages.name(text)
        if not isinstance(given, RoomTable):
            return Room(name, other_names(name, None, text), rank=rank)
        return Room(name, (*other_names(name, None, text), *given.aliases), given.shared, rank)

    def listed(self, venue_id: str) -> tuple[Room, ...]:
        """The rooms that the venue lists, in that order; none where it lists none."""
        rooms = self._rooms[venue_id].values() if venue_id in self._listed else ()
        return tuple(sorted(dict.fromkeys(rooms), key=lambda room: room.rank))

    def ambiguous(self) -> Iterator[Problem]:
        """A problem for each name or alias that means two rooms of one venue, or that is blank."""
        for key, rooms in self._listed.items():
            yield from find_ambiguous(_called_names(rooms, ("venues", key, "rooms")), "room", at_key=False)

    def resolve(self, name: Text, venue: Venue | None, path: KeyPath, problems: list[Problem]) -> Room | None:
        """The room of that name or alias in the venue; None, and a problem at `path`, where the venue lists others.

        A table of names by language has to name one room in each of them, where the venue lists its rooms.
        """
        if isinstance(name, str):
            return self._resolve(name, venue, path, problems)
        if venue is None or venue.id not in self._listed:
            return self._resolve(self._languages.usual(name), venue, path, problems)
        rooms = {tag: self._resolve(text, venue, (*path, tag), problems) for tag, text in name.items()}
        first = next(iter(rooms.values()), None)
        for tag, room in rooms.items():
            if room and first and room is not first:
                message = f"{quote(name[tag])} is another room than {quote(first.name)}; name one room in each language"
                problems.append(Problem((*path, tag), message))
        return first

    def _resolve(self, name: str, venue: Venue | None, path: KeyPath, problems: list[Problem]) -> Room | None:
        rooms = self._rooms.get(venue.id if venue else None, {})
        room = rooms.get(name)
        if room or venue is None or venue.id not in self._listed:
            return room or Room(name)
        right = f"use one that it lists, or add it to rooms of [venues.{venue.id}]" if rooms else "it lists none at all"
        if self._comparisons.spend(len(rooms) + len(self._listed)):
            others = [quote(key) for key in self._listed if name in self._rooms[key]]
            right = f"it is a room of {join_words(others, 'and')}" if others else right
            from agenda.text.nearest import suggest  # most files lack no name

            right = suggest(name, {called: room.name for called, room in rooms.items()}, right)
        problems.append(Problem(path, f"no room of the venue {quote(venue.id)} is called {quote(name)}; {right}"))
        return None


def _names_by_venue(file: schema.FileTable, languages: LanguageChoice) -> dict[str | None, dict[str, Text]]:
    """The names of rooms that events give, by the keys of their venues, in the order of the file, those of no venue
    last; those of one venue by what is told apart, their names in the first language that they have.
    """
    declared = file.venues or {}
    keys = {alias: key for key, venue in declared.items() for alias in venue.aliases} | {key: key for key in declared}
    by_venue: dict[str | None, dict[str, Text]] = {key: {} for key in declared}
    without_venue: dict[str, Text] = {}
    for event in file.events:
        key = event.venue and keys.get(event.venue, event.venue)
        names = by_venue.setdefault(key, {}) if key else without_venue
        if isinstance(event.room, str):
            names.setdefault(event.room, event.room)
        elif event.room:
            usual = languages.usual(event.room)
            before = names.get(usual, usual)
            names[usual] = event.room if isinstance(before, str) else event.room | before
    return {key: _told_apart(names) for key, names in (by_venue | {None: without_venue}).items()}


def _told_apart(names: dict[str, Text]) -> dict[str, Text]:
    """The names without those that others have in another language."""
    others = {text for usual, name in names.items() for text in other_names(usual, None, name)}
    return {usual: name for usual, name in names.items() if usual not in others} if others else names


def _called_names(rooms: _Listed, path: KeyPath) -> Iterator[CalledName]:
    """The names of rooms that are listed there, then their names in other languages and aliases."""
    for index, room in enumerate(rooms):
        name, here = (room, (*path, index)) if isinstance(room, str) else (room.name, (*path, index, "name"))
        for tag, text in {"": name}.items() if isinstance(name, str) else name.items():
            yield CalledName(text, index, _usual(name), (*here, tag) if tag else here)
    for index, room in enumerate(rooms):
        if not isinstance(room, str):
            for number, alias in enumerate(room.aliases):
                yield CalledName(alias, index, _usual(room.name), (*path, index, "aliases", number))


def _usual(name: Text) -> str:
    return name if isinstance(name, str) else next(iter(name.values()), "")
