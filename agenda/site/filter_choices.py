"""What the filter of a page chooses by: the cities, rooms, topics and kinds of the events on it."""

from collections.abc import Mapping, Sequence

from agenda.site.entries import EventEntry, PageLink

Choices = Mapping[str, Sequence[PageLink]]
"""The links to choose from, in the order of the file, by the names that templates have for them, e.g. `cities`."""


class FilterChoices:
    """The choices of an edition; `all` are those of the page of the whole programme."""

    def __init__(
        self,
        *,
        cities: Sequence[PageLink],
        topics: Sequence[PageLink],
        rooms: Sequence[PageLink],
        kinds: Sequence[PageLink],
    ) -> None:
        self.all: Choices = {"cities": cities, "topics": topics, "rooms": rooms, "kinds": kinds}
        self._places = {name: {link.key: place for place, link in enumerate(of)} for name, of in self.all.items()}

    def among(self, entries: Sequence[EventEntry]) -> Choices:
        """Those of a page of these entries: what none of them has would be on every page, and find nothing."""
        keys = {
            "cities": {city.key for entry in entries for city in entry.cities},
            "topics": {topic.key for entry in entries for topic in entry.topics},
            "rooms": {entry.room.key for entry in entries if entry.room},
            "kinds": {entry.kind.key for entry in entries if entry.kind},
        }
        return {name: self._choose(name, keys[name]) for name in self.all}

    def _choose(self, name: str, keys: set[str]) -> Sequence[PageLink]:
        places = self._places[name]  # not of a topic that `--topic` left out, which has no page
        return [self.all[name][place] for place in sorted(places[key] for key in keys & places.keys())]
