"""The names of an import in the words of the agenda that it goes into, and those that this agenda has to learn."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from agenda.agendafile.known_names import KnownNames
from agenda.interchange.ids import Ids, slug
from agenda.model import Agenda, City, Named, Source, Venue
from agenda.text.folding import fold

_Table = dict[str, Any]


class ImportedNames:
    """The names that events of the agenda `source` use, as the agenda `target` has them; `declared` has the entries
    that its closed vocabularies lack, and `rooms` the rooms that venues which list theirs lack, by their ids.
    """

    def __init__(self, target: Agenda, known: KnownNames, source: Agenda, tables: Mapping[str, Any]) -> None:
        self.declared: dict[str, dict[str, _Table]] = {}
        self.rooms: dict[str, list[str]] = {}
        self._known = known
        self._home = target.timezone
        self._source = source
        self._tables = tables
        self._keys: dict[tuple[str, str], str] = {}
        self._new_rooms: dict[tuple[str, str], str] = {}
        self._zones_in_source = {city.name: city.timezone for city in source.cities}
        self._zones = {city.name: city.timezone or target.timezone for city in target.cities}
        self._cities = {venue.id: venue.city.name for venue in target.venues if venue.city}
        self._venue_ids = {venue.id for venue in target.venues}
        self._ids_of_venues = Ids()
        for venue_id in self._venue_ids:
            self._ids_of_venues.new(venue_id)

    # --- What is there

    def find(self, vocabulary: str, named: Named) -> str:
        """What the agenda calls it; its own name where the agenda has none such."""
        return self._known.find(vocabulary, named.name) or named.name

    def find_venue(self, venue: Venue | None) -> str | None:
        """The id of the venue, by its name, else by its id; its name where the agenda has none such."""
        if venue is None:
            return None
        return self._known.find("venues", venue.name) or self._known.find("venues", venue.id) or venue.name

    def find_source(self, source: Source) -> str:
        """The id of the source, by its id, else by its title; its id where the agenda has none such."""
        return self._known.find("sources", source.id) or self._known.find("sources", source.title) or source.id

    def find_city_of(self, venue_id: str | None) -> str | None:
        """The city of the venue of that id, as far as it is known."""
        return self._cities.get(venue_id) if venue_id else None

    def find_zones(self, cities: Iterable[str], venue_id: str | None) -> set[ZoneInfo | None]:
        """The zones by whose clocks an event in these cities, or at that venue, is told."""
        city = self.find_city_of(venue_id)
        names = list(cities) or ([city] if city else [])
        return {self._zones.get(name, self._home) for name in names} or {self._home}

    def find_venue_of_room(self, room: str) -> str | None:
        """The only venue that lists a room of that name."""
        venues = [venue for venue in self._known.venues_of_room(room) if self._known.lists_rooms(venue)]
        return venues[0] if len(venues) == 1 else None

    # --- What is to be written

    def use(self, vocabulary: str, name: str) -> str:
        """The name to write for one of the import; an entry that a closed vocabulary lacks is declared."""
        if known := self._known.find(vocabulary, name):
            return known
        key = self._keys.setdefault((vocabulary, fold(name)), name)
        if self._known.is_closed(vocabulary):
            table: _Table = {}
            if vocabulary == "cities":
                zone = self._zone_in_source(name)
                self._zones[key] = zone or self._home
                table = {"timezone": zone.key} if zone and zone != self._home else {}
            self.declared.setdefault(vocabulary, {}).setdefault(key, table)
        return key

    def use_venue(self, venue: Venue, cities: Iterable[City]) -> str:
        """The id to write for a venue of an event that is in these cities."""
        known = self.find_venue(venue)
        if known in self._venue_ids:
            return str(known)
        if not self._known.is_closed("venues"):
            return self._keys.setdefault(("venues", fold(venue.name)), venue.name)
        if (key := self._keys.get(("venues", venue.id))) is None:
            key = self._ids_of_venues.new(slug(venue.id) or "venue")
            self._venue_ids.add(key)
            self._keys["venues", venue.id] = key
            table = {"name": venue.name, **self._tables.get("venues", {}).get(venue.id, {})}
            names_of_cities = [table["city"]] if "city" in table else [city.name for city in cities]
            if len(names_of_cities) == 1:
                table["city"] = self._cities[key] = self.use("cities", names_of_cities[0])
            self.declared.setdefault("venues", {})[key] = table
        return key

    def use_source(self, source: Source) -> str:
        """The id to write for a source."""
        found = self.find_source(source)
        if not self._known.is_closed("sources") or self._known.find("sources", found):
            return found
        table = self._tables.get("sources", {}).get(source.id, {"title": source.title})
        self.declared.setdefault("sources", {})[source.id] = dict(table)
        return source.id

    def find_room(self, name: str, venue_id: str | None) -> str:
        """The room of that name at the venue of that id, or at none; the name itself where there is none such."""
        return self._known.find_room(name, venue_id) or name

    def has_room(self, name: str, venue_id: str) -> bool:
        """Whether the venue of that id has a room of that name or alias, listed or only named by events."""
        return self._known.find_room(name, venue_id) is not None

    def use_room(self, name: str, venue_id: str | None) -> str:
        """The room to write; one that a venue which lists its rooms lacks is added there."""
        known = self._known.find_room(name, venue_id)
        if known or venue_id is None or not self._known.lists_rooms(venue_id):
            return known or name
        key = (venue_id, fold(name))
        if key not in self._new_rooms:
            self._new_rooms[key] = name
            self.rooms.setdefault(venue_id, []).append(name)
        return self._new_rooms[key]

    def _zone_in_source(self, name: str) -> ZoneInfo | None:
        """The zone that the import knows for a city."""
        return self._zones_in_source.get(name) or self._source.timezone
