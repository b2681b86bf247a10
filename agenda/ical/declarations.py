"""The cities, venues and sources of an import: each declared once, and only where its name does not say it all."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from agenda.ical.x_agenda import SourceFacts, VenueFacts
from agenda.ical.x_places import PlaceFacts, RoomList, VenueRooms
from agenda.interchange.ids import Ids, slug
from agenda.text.folding import fold_letters
from agenda.text.safe import one_line

PlainTable = dict[str, Any]


class DeclaredNames:
    """One vocabulary of the agenda: entries by their keys, the same entry under one key."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}
        self._ids = Ids()
        self.tables: dict[str, PlainTable] = {}

    def key(self, wanted: str, table: Mapping[str, Any]) -> str:
        """The key of an entry: the one that is wanted, or another one where that is taken."""
        content = repr((wanted, sorted(table.items())))
        if content not in self._keys:
            key = one_line(wanted)
            free = self._ids.new(fold_letters(key))
            if free != fold_letters(key):
                key = free
            self._keys[content] = key
            self.tables[key] = dict(table)
        return self._keys[content]


class Declarations:
    """The cities, venues and sources that the events of an agenda name; `home` is its time zone, and `told` what the
    calendars told of places by themselves.
    """

    def __init__(self, home: str | None, told: PlaceFacts) -> None:
        self.home = home
        self._travel = told.travel
        self._rooms_told: dict[str, VenueRooms] = {venue.id: venue for venue in told.venues}
        self._rooms: dict[str, RoomList] = {}
        self._cities: dict[str, tuple[str, PlainTable]] = {}
        self._venues = DeclaredNames()
        self._sources = DeclaredNames()
        self._located: set[str] = set()

    def city(self, name: str, zone: str | None = None) -> str:
        """The city of that name, in that zone if it is not the agenda's; the first one has the zone for all."""
        table = {"timezone": zone} if zone and zone != self.home else {}
        return self._cities.setdefault(fold_letters(name), (name, table))[0]

    def zone(self, name: str) -> str | None:
        """The zone of a city, which is the agenda's where it has none of its own."""
        zone: str | None = self._cities[fold_letters(name)][1].get("timezone", self.home)
        return zone

    def venue(self, place: VenueFacts) -> str:
        """The key of a venue that one of our exports told."""
        table = {
            "name": place.name,
            "city": place.city and self.city(place.city),
            "address": place.address,
            "latitude": place.latitude if place.longitude is not None else None,
            "longitude": place.longitude if place.latitude is not None else None,
            "url": place.url,
        }
        told = self._rooms_told.get(place.id)
        if told and told.shared:
            table["shared"] = True
        key = self._venues.key(place.id, {key: value for key, value in table.items() if value is not None})
        if told and told.rooms and key not in self._rooms:
            self._rooms[key] = RoomList(told.rooms)
        return key

    def room(self, name: str | None, venue: str) -> str | None:
        """What a room is called at the venue of that key; one that lists its rooms lists this one too then."""
        return self._rooms[venue].name(name) if name and venue in self._rooms else name

    def location(self, text: str, position: tuple[float, float] | None) -> str:
        """The key of the venue that a LOCATION is taken for, at a position that it may have."""
        table: PlainTable = {"name": text}
        if position:
            table |= {"latitude": position[0], "longitude": position[1]}
        key = self._venues.key(slug(text) or "venue", table)
        self._located.add(key)
        return key

    def source(self, cited: SourceFacts) -> str:
        """The key of a source."""
        table = {"title": cited.title, "publisher": cited.publisher, "date": cited.date, "url": cited.url}
        return self._sources.key(cited.id, {key: value for key, value in table.items() if value is not None})

    def tables(self) -> dict[str, dict[str, PlainTable]]:
        """The tables that declare them; none of a vocabulary all of whose entries are no more than their names."""
        cities = dict(self._cities.values())
        listed = {key: {"rooms": rooms.entries} for key, rooms in self._rooms.items()}
        venues = {key: table | listed.get(key, {}) for key, table in self._venues.tables.items()}
        return {
            "cities": cities if any(cities.values()) else {},
            "venues": {} if self._are_names else venues,
            "sources": {}
            if all(table == {"title": key} for key, table in self._sources.tables.items())
            else self._sources.tables,
        }

    def travel(self) -> list[PlainTable]:
        """The ways between cities."""
        return [{"between": [self.city(name) for name in way.between], "takes": way.takes} for way in self._travel]

    def venues(self) -> dict[str, str]:
        """What events call the venues, by their keys: their names, where no venue is declared."""
        return {key: table["name"] if self._are_names else key for key, table in self._venues.tables.items()}

    @cached_property
    def _are_names(self) -> bool:
        """Whether no venue is more than its name; to be asked once all are known."""
        return not self._rooms and all(
            table.keys() == {"name"} and (key in self._located or key == table["name"])
            for key, table in self._venues.tables.items()
        )
