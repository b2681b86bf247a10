"""Where events are, as a list tells it: without what is known already, and with colours for what differs."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.text import Text

from agenda.model import Agenda, City, Event, Occurrence
from agenda.query import Query
from agenda.text.safe import one_line
from agenda.views.styles import FAINT, city_style, numbered_style

_Place = tuple[str | None, int | None]
"""The id of a venue, and the place of a room among those of the agenda; an event may lack either."""
_Part = tuple[str, str]
"""A text and its style."""


class Whereabouts(Struct, frozen=True):
    """What is told of where events are. `known` is the city that is left out for events in that city alone. If there is
    one, colours are for the places within it, by their numbers; else for topics, which are told then.
    """

    known: City | None = None
    places: Mapping[_Place, int] = {}
    topics: Mapping[str, int] = {}

    def cities_apart(self, event: Event) -> tuple[City, ...]:
        """The cities that a column of their own tells; none where one is known."""
        return () if self.known else event.cities

    def tell(self, event: Event, *, with_cities: bool) -> Text:
        """The cities, if need be or with `with_cities`, the venue, the room, and the id in brackets."""
        parts = self._parts(event, with_cities)
        where = Text(", ").join(Text(text, style) for text, style in parts)
        return Text.assemble(where, " " if parts else "", (f"[{event.id}]", FAINT))

    def width_of(self, event: Event) -> int:
        """How many columns `tell` needs without cities that are told apart."""
        parts = self._parts(event, False)
        return sum(cell_len(text) + 2 for text, _ in parts) - bool(parts) + len(event.id) + 2

    def _parts(self, event: Event, with_cities: bool) -> Sequence[_Part]:
        parts: list[_Part] = []
        if (with_cities or self.known) and event.cities != (self.known,):
            colourless = bool(self.places or self.topics)
            parts += [(one_line(city.name), FAINT if colourless else city_style(city)) for city in event.cities]
        number = self.places.get(_place(event))
        style = FAINT if number is None else numbered_style(number)
        parts += [(one_line(place.name), style) for place in (event.venue, event.room) if place]
        for topic in event.topics:
            if topic.name in self.topics:
                parts.append((one_line(topic.name), numbered_style(self.topics[topic.name])))
        return parts


def find_whereabouts(occurrences: Iterable[Occurrence], query: Query, agenda: Agenda) -> Whereabouts:
    """What is to be told of where these occurrences are, which `query` selected.

    A city is known where it alone was asked for, or where the agenda has no other and they all are in it.
    """
    events = {occurrence.event.id: occurrence.event for occurrence in occurrences}.values()
    cities = [city for city in agenda.cities if not query.cities or city.name in query.cities]
    if len(cities) != 1 or not all(cities[0] in event.cities for event in events):
        return Whereabouts()
    if len({_place(event) for event in events if event.venue or event.room}) > 1:
        return Whereabouts(cities[0], places=_number_places(agenda))
    if len({topic.name for event in events for topic in event.topics}) > 1:
        return Whereabouts(cities[0], topics={topic.name: number for number, topic in enumerate(agenda.topics)})
    return Whereabouts(cities[0])


def _place(event: Event) -> _Place:
    return event.venue.id if event.venue else None, event.room.rank if event.room else None


def _number_places(agenda: Agenda) -> dict[_Place, int]:
    """A number, from 0, for each place of the agenda: rooms, then venues as wholes, in the order of the file."""
    rooms = sorted({_place(event) for event in agenda.events if event.room}, key=lambda place: place[1] or 0)
    venues = ((venue.id, None) for venue in agenda.venues)
    return {place: number for number, place in enumerate((*rooms, *venues))}
