"""What an import says of an event, held against what the agenda has of it: the keys that are other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from typing import Any

from msgspec import Struct

from agenda.agendafile.write import write_cities
from agenda.interchange.imported_names import ImportedNames
from agenda.interchange.match import Incoming
from agenda.interchange.result import ROLES, TRACK, UNTITLED
from agenda.interchange.told_times import is_same_time, write_times
from agenda.model import Agenda, Between, Event, Named, Room, Status, Visibility
from agenda.text.folding import fold

_TEXTS = ("title", "description")
_PLAIN = ("date_note", "url", "busy")
_TRANSLATED = (*_TEXTS, "date_note")
_USUAL = {"status": Status.CONFIRMED, "visibility": Visibility.PUBLIC}
_LISTS = ("topics", "organizers")


class Compared(Struct, frozen=True):
    """What compares events of an import with those of an agenda, by the names of both. `has_short_ends` is whether the
    ends of new events are times alone where they are on the day of the start.
    """

    agenda: Agenda
    names: ImportedNames
    has_short_ends: bool = False

    def changes(self, one: Incoming, event: Event, table: Mapping[str, Any]) -> dict[str, Any]:
        """The new values of the keys of an event that change, None for a key that goes; `table` is the event's plain
        table.
        """
        changed = dict(self._texts(one, event, table))
        changed |= self._place(one, event, table)
        changed |= self._lists(one, event)
        if (people := self._people(one, event, table)) is not None:
            changed["people"] = people or None
        if "start" in one.origin.told:
            cities = changed.get("city", [city.name for city in event.cities] if "city" in table else None)
            venue = changed.get("venue", event.venue.id if event.venue else None)
            zones = self.names.find_zones([cities] if isinstance(cities, str) else cities or (), venue)
            if not is_same_time(one, event) or (event.timezone and zones != {event.timezone}):
                written = write_times(one, zones, event, table, has_short_ends=isinstance(table.get("end"), time))
                changed |= {key: value for key, value in written.items() if value != table.get(key)}
        return changed

    def new_table(self, one: Incoming) -> dict[str, Any]:
        """The plain table of an event that the agenda does not have, without its id and its UID."""
        told, event = one.origin.told, one.event
        table: dict[str, Any] = {key: one.table[key] for key in ("title", "revised") if key in one.table}
        for key in ("description", *_PLAIN, *_USUAL):
            if key in told and key in one.table:
                table[key] = one.table[key]
        cities = [self.names.use("cities", city.name) for city in event.cities] if "city" in told else []
        venue = self.names.use_venue(event.venue, event.cities) if event.venue and "venue" in told else None
        if venue is None and event.room and not cities and "venue" not in told:
            venue = self.names.find_venue_of_room(event.room.name)
        if event.kind and "kind" in told:
            table["kind"] = self.names.use("kinds", event.kind.name)
        if event.topics and (TRACK in told or "topics" in told):
            table["topics"] = [self.names.use("topics", topic.name) for topic in event.topics]
        if event.organizers and "organizers" in told:
            table["organizers"] = [self.names.use("organizers", named.name) for named in event.organizers]
        if event.sources and "sources" in told:
            table["sources"] = [self.names.use_source(source) for source in event.sources]
        if event.people and "people" in told:
            people = ((self.names.use("people", person.name), person.role) for person in event.people)
            table["people"] = [{"name": name, "role": role} if role else name for name, role in people]
        table["venue"] = venue
        table["room"] = self.names.use_room(event.room.name, venue) if event.room and "room" in told else None
        table["city"] = write_cities([] if cities == [self.names.find_city_of(venue)] else cities)
        zones = self.names.find_zones(cities, venue)
        table |= write_times(one, zones, has_short_ends=self.has_short_ends)
        return {key: value for key, value in table.items() if value not in (None, [])}

    def _texts(self, one: Incoming, event: Event, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        told = one.origin.told
        other_language = _find_other_language(one, event, table)
        for key in (*_TEXTS, *_PLAIN):
            given, there, before = getattr(one.event, key), getattr(event, key), table.get(key)
            if other_language and key in _TRANSLATED:
                if not isinstance(before, dict):
                    before = {self.agenda.languages[0]: before} if before else {}
                there = before.get(other_language) if given is None else before.get(other_language, there)
            if key not in told or given == there or (key == "title" and given == UNTITLED):
                continue
            if key in _TEXTS and (given or "").split() == (there or "").split():
                continue
            if isinstance(before, dict) and given is not None:
                yield key, {**before, other_language or _find_language(before, there): given}
            elif isinstance(before, dict) and other_language:
                yield key, {language: text for language, text in before.items() if language != other_language} or None
            else:
                yield key, given
        for key, usual in _USUAL.items():
            given, there = getattr(one.event, key), getattr(event, key)
            if key not in told or given == there:
                continue
            if isinstance(event.when, Between) and "between" not in told and given is Status.TENTATIVE:
                continue  # as calendars say of what lies between two days
            yield key, None if given == usual else str(given)

    def _place(self, one: Incoming, event: Event, table: Mapping[str, Any]) -> dict[str, Any]:
        told, names = one.origin.told, self.names
        changed: dict[str, Any] = {}
        venue = there = event.venue.id if event.venue else None
        if "venue" in told and names.find_venue(one.event.venue) != there:
            venue = names.use_venue(one.event.venue, one.event.cities) if one.event.venue else None
            changed["venue"] = venue
        city_there = names.find_city_of(venue)
        if "city" in told:
            cities = [names.find("cities", city) for city in one.event.cities]
            # Without a key of its own, the event is in the city of its venue, which may be another one by now.
            cities_there = [city.name for city in event.cities] if "city" in table else [city_there]
            if _is_other(cities, [city for city in cities_there if city]):
                written = [names.use("cities", city.name) for city in one.event.cities]
                changed["city"] = write_cities([] if written == [city_there] else written) or None
        elif venue != there and "city" in table and city_there not in (None, *(city.name for city in event.cities)):
            changed["city"] = None
        if "room" in told and not self._is_same_room(one, event, venue):
            changed["room"] = names.use_room(one.event.room.name, venue) if one.event.room else None
        if "room" not in told and event.room and self._leaves_room(event.room, there, venue):
            changed["room"] = None
        return {key: value for key, value in changed.items() if value != table.get(key)}

    def _leaves_room(self, room: Room, before: str | None, venue: str | None) -> bool:
        """Whether an event goes from one venue to another, by their ids, that has no such room."""
        return bool(before and venue and venue != before and not self.names.has_room(room.name, venue))

    def _is_same_room(self, one: Incoming, event: Event, venue: str | None) -> bool:
        if one.event.room is None or (event.room and venue != (event.venue and event.venue.id)):
            return one.event.room is event.room
        if event.room:
            name = self.names.find_room(one.event.room.name, venue)
            # Schedules write the venue behind a room whose name two venues have.
            called = {event.room.name, f"{event.room.name} ({event.venue.name})" if event.venue else event.room.name}
        else:  # and the place for one where there is no room
            name = one.event.room.name
            place = event.venue.name if event.venue else " / ".join(city.name for city in event.cities)
            called = {place or self.agenda.title or "Agenda"} if TRACK in one.origin.told else set()
        return fold(name) in map(fold, called)

    def _lists(self, one: Incoming, event: Event) -> Iterator[tuple[str, Any]]:
        told, names = one.origin.told, self.names
        if "kind" in told:
            given = one.event.kind and names.find("kinds", one.event.kind)
            if given != (event.kind and event.kind.name):
                yield "kind", names.use("kinds", one.event.kind.name) if one.event.kind else None
        for key in _LISTS:
            entries: Sequence[Named] = getattr(one.event, key)
            there = [named.name for named in getattr(event, key)]
            if key in told and _is_other([names.find(key, named) for named in entries], there):
                yield key, [names.use(key, named.name) for named in entries] or None
        if TRACK in told:
            first = [names.find("topics", topic) for topic in one.event.topics]
            if first != [topic.name for topic in event.topics[:1]]:
                track = [names.use("topics", topic.name) for topic in one.event.topics]
                yield "topics", [*track, *(topic.name for topic in event.topics[1:] if topic.name not in track)] or None
        if "sources" in told:
            cited = [names.find_source(source) for source in one.event.sources]
            if _is_other(cited, [source.id for source in event.sources]):
                yield "sources", [names.use_source(source) for source in one.event.sources] or None

    def _people(self, one: Incoming, event: Event, table: Mapping[str, Any]) -> list[Any] | None:
        """The people, where they are others; None where they are not."""
        if "people" not in one.origin.told:
            return None
        items = {named.name: item for named, item in zip(event.people, table.get("people", ()), strict=True)}
        roles = {person.name: person.role for person in event.people}
        is_other_language = _find_other_language(one, event, table) is not None
        people: dict[str, tuple[str, str | None]] = {}
        for person in one.event.people:
            name = self.names.find("people", person)
            # A role that is nowhere told stays, and so does one that the file has for all events.
            keeps = ROLES not in one.origin.told or not isinstance(items.get(name), dict)
            role = person.role or (roles.get(name) if keeps else None)
            people[name] = (person.name, (is_other_language and roles.get(name)) or role)
        joined = [", ".join(names) for names in (people, roles)]
        if {name: role for name, (_, role) in people.items()} == roles or (
            ROLES not in one.origin.told and joined[0] == joined[1]
        ):
            return None
        written: list[Any] = []
        for name, (called, role) in people.items():
            if name in items and roles[name] == role:
                written.append(items[name])
            else:
                known = self.names.use("people", called)
                written.append({"name": known, "role": role} if role else known)
        return written


def _find_language(texts: Mapping[str, str], text: str) -> str:
    """The language of a text that the agenda is read in, among the texts of a key in several."""
    return next((language for language, other in texts.items() if other == text), next(iter(texts)))


def _find_other_language(one: Incoming, event: Event, table: Mapping[str, Any]) -> str | None:
    """The language of the import, where its title is that of the event in another one than the agenda is read in."""
    titles = table.get("title")
    if not isinstance(titles, dict) or fold(one.event.title) == fold(event.title):
        return None
    return next((language for language, title in titles.items() if fold(title) == fold(one.event.title)), None)


def _is_other(given: Sequence[str], there: Sequence[str]) -> bool:
    """Whether two lists have other names, whatever their order; a name that has a comma may have come in two parts."""
    return set(given) != set(there) and ", ".join(given) != ", ".join(there)
