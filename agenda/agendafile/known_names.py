"""The names that an agenda has, found as people write them: without regard to case, accents and apostrophes, unless one
is written just so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from agenda.model import Agenda, Named
from agenda.text.folding import fold, name_orders

_MAX_NAME_PARTS = 10
"""Parts of a name between commas, or between semicolons, that is known in a list of names between the same."""


class KnownNames:
    """The names of an agenda, in the file of those plain tables."""

    def __init__(self, agenda: Agenda, tables: Mapping[str, Any]) -> None:
        self._tables = tables
        self._written: dict[str, dict[str, str]] = {}
        self._keys: dict[str, dict[str, str]] = {}
        self._spellings: dict[str, dict[str, str]] = {}
        self._in_parts: dict[tuple[str, str], frozenset[tuple[str, ...]]] = {}
        people = {person.name: name_orders(fold(person.name)) for person in agenda.people}
        venues = {venue.id: (venue.name, *venue.aliases) for venue in agenda.venues}
        sources = {source.id: (source.title,) for source in agenda.sources}
        for vocabulary, entries, others in (
            ("cities", _called(agenda.cities), {}),
            ("venues", [(venue.id, self._aliases_of_venue(venue.id)) for venue in agenda.venues], venues),
            ("kinds", _called(agenda.kinds), {}),
            ("topics", _called(agenda.topics), {}),
            ("organizers", _called(agenda.organizers), {}),
            ("people", _called(agenda.people), people),
            ("sources", [(source.id, ()) for source in agenda.sources], sources),
        ):
            self._add(vocabulary, list(entries), others)
        self._rooms: dict[str | None, dict[str, str]] = {}
        self._written_rooms: dict[str | None, dict[str, str]] = {}
        for room, venue in agenda.rooms.items():
            place = venue.id if venue else None
            called = (*room.aliases, room.name)
            self._rooms.setdefault(place, {}).update((fold(name), room.name) for name in called)
            self._written_rooms.setdefault(place, {}).update((name, room.name) for name in called)

    def _add(
        self, vocabulary: str, entries: list[tuple[str, Iterable[str]]], others: Mapping[str, Iterable[str]]
    ) -> None:
        spelled = [(key, name) for key, aliases in entries for name in (*aliases, key)]
        self._written[vocabulary] = {name: key for key, name in spelled}
        self._spellings[vocabulary] = {fold(name): name for _, name in spelled}
        keys = {fold(name): key for key, name in spelled}
        meant: dict[str, set[str]] = {}
        for key, names in others.items():
            for name in names:
                meant.setdefault(fold(name), set()).add(key)
        sure = {name: next(iter(of)) for name, of in meant.items() if len(of) == 1}
        self._keys[vocabulary] = sure | keys

    def is_closed(self, vocabulary: str) -> bool:
        """Whether events may use only names that the file declares, e.g. of `cities`."""
        return vocabulary in self._tables

    def find(self, vocabulary: str, name: str) -> str | None:
        """The entry of a vocabulary, by its name or id, that has that name or alias; a venue or a source also by what
        it is called in any language, and a person by the names in another order, where only one is called so. None
        where there is none.
        """
        return self._written[vocabulary].get(name) or self._keys[vocabulary].get(fold(name))

    def spell(self, vocabulary: str, name: str) -> str:
        """A name or an alias as the file spells it; one that it does not have as it is."""
        if name in self._written[vocabulary]:  # others may differ in case or accents alone
            return name
        return self._spellings[vocabulary].get(fold(name)) or self.find(vocabulary, name) or name

    def spell_item(self, vocabulary: str, item: Any) -> Any:
        """An item of a key, which is a name or a table with a `name`, with that name as the file spells it."""
        if isinstance(item, dict):
            return {**item, "name": self.spell(vocabulary, item["name"])}
        return self.spell(vocabulary, item)

    def names(self, vocabulary: str) -> dict[str, str]:
        """All names and aliases of a vocabulary, as `suggest` takes them."""
        return {name: name for name in self._spellings[vocabulary].values()}

    def in_parts(self, vocabulary: str, sign: str) -> frozenset[tuple[str, ...]]:
        """The names by which `find` finds something and which have that sign in them, as `in_parts` below has them."""
        if (vocabulary, sign) not in self._in_parts:
            self._in_parts[vocabulary, sign] = in_parts(self._keys[vocabulary], sign)
        return self._in_parts[vocabulary, sign]

    def find_room(self, name: str, venue: str | None) -> str | None:
        """The room of that name or alias at a venue, by its id, or at none; None where there is none."""
        return self._written_rooms.get(venue, {}).get(name) or self._rooms.get(venue, {}).get(fold(name))

    def venues_of_room(self, name: str) -> Sequence[str]:
        """The ids of the venues that have a room of that name or alias, listed or only named by events."""
        return self._venues_of_room.get(fold(name), ())

    @cached_property
    def _venues_of_room(self) -> dict[str, list[str]]:
        venues: dict[str, list[str]] = {}
        for venue, rooms in self._rooms.items():
            if venue:
                for name in rooms:
                    venues.setdefault(name, []).append(venue)
        return venues

    def lists_rooms(self, venue: str) -> bool:
        """Whether a venue lists its rooms, and has no others then."""
        return "rooms" in self._tables.get("venues", {}).get(venue, {})

    def _aliases_of_venue(self, venue: str) -> list[str]:
        """The aliases by which events may call a venue: its names in other languages, which are aliases for whoever
        looks for it, are none of these.
        """
        aliases: list[str] = self._tables.get("venues", {}).get(venue, {}).get("aliases", [])
        return aliases


def _called(entries: Iterable[Named]) -> Iterator[tuple[str, Iterable[str]]]:
    return ((entry.name, entry.aliases) for entry in entries)


def in_parts(names: Iterable[str], sign: str) -> frozenset[tuple[str, ...]]:
    """Those of some folded names that have a sign in them, in the parts between, e.g. `("rossi", "anna")` for a comma;
    none that has very many of it.
    """
    split = (
        tuple(part.strip() for part in name.split(sign)) for name in names if 0 < name.count(sign) < _MAX_NAME_PARTS
    )
    return frozenset(split)
