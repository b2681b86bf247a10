"""Where events are: the cities and venues of a file, and the time zones that they bring along."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.agendafile import schema
from agenda.agendafile.languages import LanguageChoice, other_names
from agenda.agendafile.names import Vocabulary
from agenda.agendafile.rooms import Rooms
from agenda.agendafile.schema import CityTable, VenueTable
from agenda.agendafile.zones import ZONE_FORM, find_zone, parse_zone
from agenda.errors import KeyPath, Problem
from agenda.model import City, Head, Room, Venue
from agenda.text.safe import quote, shorten

_MAX_ZONE_SUGGESTIONS = 100
"""Problems of a file, past which a zone like the unknown one is not looked for."""


class Where(Struct, frozen=True):
    """Where an event is. `zones` are those of its cities, or else that of the agenda; none where a problem leaves them
    unknown. `timezone` is the only one, if there is one.
    """

    venue: Venue | None
    cities: tuple[City, ...]
    zones: frozenset[ZoneInfo | None]
    timezone: ZoneInfo | None


class Places:
    """The cities and the venues of a file, and its own time zone; problems are added to `problems`."""

    def __init__(self, file: schema.FileTable, languages: LanguageChoice, problems: list[Problem]) -> None:
        self._languages = languages
        self._problems = problems
        self.timezone = self.zone_of(file.agenda.timezone, ("agenda", "timezone"))
        self._agenda_is_zoneless = file.agenda.timezone is not None and self.timezone is None
        self._zoneless: set[int] = set()
        self._found: dict[tuple[str | None, str | tuple[str, ...], ZoneInfo | None], Where] = {}
        self._rooms = Rooms(file, languages)
        problems.extend(self._rooms.ambiguous())
        # Cities before venues, which are in them.
        self.cities = Vocabulary("cities", file.cities, self._city, lambda name, rank: City(name, rank=rank))
        self.cities.collect(venue.city for venue in (file.venues or {}).values() if venue.city)
        self.venues = Vocabulary(
            "venues",
            file.venues,
            self._venue,
            lambda name, _: Venue(id=name, name=name),
            shown={
                name: key for key, venue in (file.venues or {}).items() for name in other_names("", None, venue.name)
            },
        )

    def collect(self, events: Sequence[schema.EventTable]) -> None:
        """Declare the cities and the venues that these events name, where the file declares none."""
        self.cities.collect(name for event in events for name in _city_names(event))
        self.venues.collect(event.venue for event in events if event.venue)

    def room_of(self, event: schema.EventTable, venue: Venue | None, path: KeyPath) -> Room | None:
        """The room of the event, whose venue is that one."""
        if event.room is None:
            return None
        if event.venue and venue is None:  # which of its rooms it could be is not known
            return Room(self._languages.name(event.room))
        return self._rooms.resolve(event.room, venue, (*path, "room"), self._problems)

    def of(self, event: schema.EventTable, path: KeyPath, head: Head | None = None) -> Where:
        """Where the event is, whose file is not the only one where it has a head of its own."""
        # Many events are in one place, which is looked at once, unless there are problems to be told for each of them.
        timezone = head.timezone if head else self.timezone
        key = (event.venue, event.city if isinstance(event.city, str) else tuple(event.city or ()), timezone)
        where = self._found.get(key)
        if where is None:
            told = len(self._problems)
            where = self._where(event, path, timezone)
            if len(self._problems) == told:
                self._found[key] = where
        return where

    def _where(self, event: schema.EventTable, path: KeyPath, timezone: ZoneInfo | None) -> Where:
        venue = self.venues.resolve(event.venue, (*path, "venue"), self._problems) if event.venue else None
        cities = self._cities_of(event, venue, path)
        zones = self._zones_of(event, venue, cities, timezone)
        return Where(venue, cities, zones, next(iter(zones)) if len(zones) == 1 else None)

    def _add_problem(self, path: KeyPath, message: str) -> None:
        self._problems.append(Problem(path, message))

    def zone_of(self, name: str | None, path: KeyPath) -> ZoneInfo | None:
        """The zone of that name; None, and a problem at `path`, where there is none."""
        if name is None:
            return None
        if len(self._problems) > _MAX_ZONE_SUGGESTIONS:  # looking for what is near takes its time
            zone = find_zone(name)
            if zone is None:
                self._add_problem(path, f"{quote(name)} is no time zone; {ZONE_FORM}")
            return zone
        try:
            return parse_zone(name)
        except ValueError as error:
            self._add_problem(path, str(error))
            return None

    def _city(self, name: str, city: CityTable, rank: int) -> City:
        zone = self.zone_of(city.timezone, ("cities", name, "timezone"))
        if city.timezone and not zone:
            self._zoneless.add(rank)
        chosen = self._languages.proper_name(name, city.name)
        return City(chosen, zone, (*other_names(chosen, name, city.name), *city.aliases), rank)

    def _venue(self, name: str, venue: VenueTable, _: int) -> Venue:
        path = ("venues", name)
        city = self.cities.resolve(venue.city, (*path, "city"), self._problems) if venue.city else None
        if (venue.latitude is None) != (venue.longitude is None):
            here, lacking = ("latitude", "longitude") if venue.longitude is None else ("longitude", "latitude")
            self._add_problem((*path, here), f"{here} without {lacking}; give both, or neither")
        chosen = self._languages.name(venue.name)
        return Venue(
            id=name,
            name=chosen,
            city=city,
            address=self._languages.name(venue.address) if venue.address else None,
            latitude=venue.latitude,
            longitude=venue.longitude,
            url=venue.url,
            aliases=(*other_names(chosen, None, venue.name), *venue.aliases),
            rooms=self._rooms.listed(name),
            shared=venue.shared,
        )

    def _zones_of(
        self, event: schema.EventTable, venue: Venue | None, cities: tuple[City, ...], timezone: ZoneInfo | None
    ) -> frozenset[ZoneInfo | None]:
        zones = [city.timezone or timezone for city in cities] or [timezone]
        unknown = (
            not self._knows_cities(event)
            or (event.venue is not None and venue is None)
            or any(city.rank in self._zoneless for city in cities)
            or (self._agenda_is_zoneless and None in zones)
        )
        return frozenset() if unknown else frozenset(zones)

    def _knows_cities(self, event: schema.EventTable) -> bool:
        return all(self.cities.knows(name) for name in _city_names(event))

    def _cities_of(self, event: schema.EventTable, venue: Venue | None, path: KeyPath) -> tuple[City, ...]:
        at = (*path, "city")
        if not event.city:
            return (venue.city,) if venue and venue.city else ()
        if isinstance(event.city, str):
            city = self.cities.resolve(event.city, at, self._problems)
            cities: tuple[City, ...] = (city,) if city else ()
        else:
            cities = self.cities.resolve_list(event.city, at, self._problems)
        if cities and self._knows_cities(event) and venue and venue.city and venue.city not in cities:
            there = shorten(venue.city.name)
            self._add_problem(at, f"the venue {quote(venue.id)} is in {there}; name that city, or no city at all")
        return cities


def _city_names(event: schema.EventTable) -> Sequence[str]:
    return [event.city] if isinstance(event.city, str) else event.city or []
