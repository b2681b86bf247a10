"""From the shape of a file to the model: names become what they name, and what contradicts itself is found."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from agenda.dataset import shape
from agenda.dataset.fault import Fault, Path
from agenda.dataset.series import series_of
from agenda.dataset.vocabulary import NOUNS, Vocabulary
from agenda.dataset.when import when_of
from agenda.dataset.zones import RIGHT, find, zone_of
from agenda.horizon import Budget
from agenda.model import Agenda, City, Event, Person, Source, Term, Venue
from agenda.progress import Watch, unwatched
from agenda.text import one_line, quoted

Table = TypeVar("Table", bound=shape.Table)
Entry = TypeVar("Entry")

_MOST_SUGGESTED = 100
"""Faults, past which what may have been meant is not looked for."""


def agenda_of(file: shape.File, watch: Watch = unwatched) -> tuple[Agenda, list[Fault]]:
    """The agenda that the file means, and what is wrong with it; the agenda is of use only where nothing is."""
    reader = _Reader(file)
    return reader.agenda(watch), reader.faults


class _Reader:
    """One reading of one file; the faults gather as it goes on."""

    def __init__(self, file: shape.File) -> None:
        self.faults: list[Fault] = []
        self._file = file
        self._zone = self._zone_of(file.agenda.timezone, ("agenda", "timezone"))
        self._agenda_is_zoneless = file.agenda.timezone is not None and self._zone is None
        self._zoneless: set[str] = set()
        self._ids: dict[str, Path] = {}
        self._uids: dict[str, Path] = {}
        self._budget = Budget()
        # Cities before venues, which are in them.
        self._cities = Vocabulary(
            "cities", NOUNS["cities"], _each(file.cities, self._city), lambda name, place: City(name, place=place)
        )
        self._venues = Vocabulary(
            "venues",
            NOUNS["venues"],
            _each(file.venues, self._venue),
            lambda name, _: Venue(id=name, name=name),
            shown={venue.name: key for key, venue in (file.venues or {}).items()},
        )
        self._people = Vocabulary("people", NOUNS["people"], _each(file.people, _person), lambda name, _: Person(name))
        self._organizers, self._topics, self._kinds = (
            Vocabulary(key, NOUNS[key], _each(declared, _term), lambda name, _: Term(name))
            for key, declared in (("organizers", file.organizers), ("topics", file.topics), ("kinds", file.kinds))
        )
        self._sources = Vocabulary(
            "sources", NOUNS["sources"], _each(file.sources, _source), lambda name, _: Source(id=name, title=name)
        )

    def agenda(self, watch: Watch) -> Agenda:
        vocabularies = (
            self._cities,
            self._venues,
            self._people,
            self._organizers,
            self._topics,
            self._kinds,
            self._sources,
        )
        for vocabulary in vocabularies:
            self.faults.extend(vocabulary.clashes())
        events = tuple(self._event(event, ("events", place)) for place, event in enumerate(watch(self._file.events)))
        head = self._file.agenda
        return Agenda(
            events=events,
            cities=self._cities.values,
            venues=self._venues.values,
            people=self._people.values,
            organizers=self._organizers.values,
            topics=self._topics.values,
            kinds=self._kinds.values,
            sources=self._sources.values,
            title=head.title,
            description=head.description,
            timezone=self._zone,
            namespace=head.namespace,
            revised=self._instant(head.revised, ("agenda", "revised")),
            color=head.color,
            refresh=head.refresh,
        )

    def _fault(self, path: Path, message: str, other: Path | None = None) -> None:
        self.faults.append(Fault(path, message, other=other))

    def _zone_of(self, name: str | None, path: Path) -> ZoneInfo | None:
        if name is None:
            return None
        if len(self.faults) > _MOST_SUGGESTED:  # looking for what is near takes its time
            zone = find(name)
            if zone is None:
                self._fault(path, f"{quoted(name)} is no time zone; {RIGHT}")
            return zone
        try:
            return zone_of(name)
        except ValueError as error:
            self._fault(path, str(error))
            return None

    def _instant(self, time: datetime | None, path: Path) -> datetime | None:
        """A time with an offset, if it is one that UTC has as well."""
        try:
            return time and time.astimezone(UTC)
        except OverflowError:
            self._fault(path, f"{time} is too near the ends of the calendar; mend its year")
            return None

    def _city(self, name: str, city: shape.City, place: int) -> City:
        zone = self._zone_of(city.timezone, ("cities", name, "timezone"))
        if city.timezone and not zone:
            self._zoneless.add(name)
        return City(name, zone, tuple(city.aliases), place)

    def _venue(self, name: str, venue: shape.Venue, _: int) -> Venue:
        path = ("venues", name)
        city = self._cities.entry(venue.city, (*path, "city"), self.faults) if venue.city else None
        if (venue.latitude is None) != (venue.longitude is None):
            here, lacking = ("latitude", "longitude") if venue.longitude is None else ("longitude", "latitude")
            self._fault((*path, here), f"{here} without {lacking}; give both, or neither")
        return Venue(
            id=name,
            name=venue.name,
            city=city,
            address=venue.address,
            latitude=venue.latitude,
            longitude=venue.longitude,
            url=venue.url,
            aliases=tuple(venue.aliases),
        )

    def _event(self, event: shape.Event, path: Path) -> Event:
        self._check_id(event, path)
        if not one_line(event.title):
            self._fault((*path, "title"), "title is blank; give it one that can be seen")
        venue = self._venues.entry(event.venue, (*path, "venue"), self.faults) if event.venue else None
        cities = self._cities_of(event, venue, path)
        zones = self._zones_of(event, venue, cities)
        when = when_of(event, zones, path, self.faults)
        repeat, exceptions = series_of(event, when, path, self.faults, self._budget)
        return Event(
            id=event.id,
            title=event.title,
            when=when,
            timezone=next(iter(zones)) if len(zones) == 1 else None,
            date_note=event.date_note,
            cities=cities,
            venue=venue,
            room=event.room,
            kind=self._kinds.entry(event.kind, (*path, "kind"), self.faults) if event.kind else None,
            topics=_known(self._topics.entries(event.topics, (*path, "topics"), self.faults)),
            organizers=_known(self._organizers.entries(event.organizers, (*path, "organizers"), self.faults)),
            people=self._people_of(event, (*path, "people")),
            description=event.description,
            url=event.url,
            status=event.status,
            sources=_known(self._sources.entries(event.sources, (*path, "sources"), self.faults)),
            revised=self._instant(event.revised, (*path, "revised")),
            uid=event.uid,
            repeat=repeat,
            exceptions=exceptions,
        )

    def _check_id(self, event: shape.Event, path: Path) -> None:
        here = (*path, "id")
        first = self._ids.setdefault(event.id, here)
        if first != here:
            self._fault(here, f"the id {quoted(event.id)} is taken; every event needs one of its own", other=first)
            return
        namespace = self._file.agenda.namespace
        uid = event.uid or (f"{event.id}@{namespace}" if namespace else None)
        here = (*path, "uid" if event.uid else "id")
        first = self._uids.setdefault(uid, here) if uid else here
        if first != here:
            self._fault(here, f"the calendar UID {quoted(uid or '')} is taken; give one of its own", other=first)

    def _zones_of(
        self, event: shape.Event, venue: Venue | None, cities: tuple[City, ...]
    ) -> frozenset[ZoneInfo | None]:
        """The zones of the cities, or else that of the agenda; none where a fault leaves them unknown."""
        zones = [city.timezone or self._zone for city in cities] or [self._zone]
        unknown = (
            not self._knows_cities(event)
            or (event.venue is not None and venue is None)
            or any(city.name in self._zoneless for city in cities)
            or (self._agenda_is_zoneless and None in zones)
        )
        return frozenset() if unknown else frozenset(zones)

    def _knows_cities(self, event: shape.Event) -> bool:
        names = [event.city] if isinstance(event.city, str) else event.city or []
        return all(self._cities.knows(name) for name in names)

    def _cities_of(self, event: shape.Event, venue: Venue | None, path: Path) -> tuple[City, ...]:
        at = (*path, "city")
        if not event.city:
            return (venue.city,) if venue and venue.city else ()
        if isinstance(event.city, str):
            city = self._cities.entry(event.city, at, self.faults)
            cities: tuple[City, ...] = (city,) if city else ()
        else:
            cities = _known(self._cities.entries(event.city, at, self.faults))
        if cities and self._knows_cities(event) and venue and venue.city and venue.city not in cities:
            self._fault(at, f"the venue {quoted(venue.id)} is in {venue.city.name}; name that city, or no city at all")
        return cities

    def _people_of(self, event: shape.Event, path: Path) -> tuple[Person, ...]:
        """Those who take part, each in the role of this event, or else in the one that is always theirs."""
        given = [shape.Participant(name=person) if isinstance(person, str) else person for person in event.people]
        people = self._people.entries([person.name for person in given], path, self.faults)
        return tuple(
            Person(person.name, participant.role or person.role, person.aliases)
            for person, participant in zip(people, given, strict=True)
            if person
        )


def _known(entries: list[Entry | None]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry is not None)


def _each(declared: Mapping[str, Table] | None, make: Callable[[str, Table, int], Entry]) -> dict[str, Entry] | None:
    """What a vocabulary declares, each made by `make` from its name, its table and how many come before it."""
    if declared is None:
        return None
    return {name: make(name, table, place) for place, (name, table) in enumerate(declared.items())}


def _person(name: str, person: shape.Person, _: int) -> Person:
    return Person(name, person.role, tuple(person.aliases))


def _term(name: str, term: shape.Term, _: int) -> Term:
    return Term(name, tuple(term.aliases))


def _source(name: str, source: shape.Source, _: int) -> Source:
    return Source(id=name, title=source.title, publisher=source.publisher, date=source.date, url=source.url)
