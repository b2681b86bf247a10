"""How many events have what: a city, a topic, a day."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from agenda.model import Agenda, Between, Certainty, City, Event, Occurrence, Status, Term, ToBeAnnounced, Venue
from agenda.query import Query, select, select_series
from agenda.text import fold


class CountBy(StrEnum):
    """What events are counted by."""

    CITY = "city"
    DAY = "day"
    TOPIC = "topic"
    KIND = "kind"
    ORGANIZER = "organizer"
    PERSON = "person"
    VENUE = "venue"
    STATUS = "status"
    WHEN = "when"


Value = City | Term | Venue | Status | Certainty | date
"""What events have in common; a person is a term, since roles differ from event to event."""


class Count(Struct, frozen=True):
    """How many events have that value; None is for those that have none. Of those of a day, `perhaps` so many may be on
    another, since they lie between two days.
    """

    value: Value | None
    events: int
    perhaps: int = 0

    @property
    def name(self) -> str | None:
        """What the value is called, a day in ISO 8601; None where it is lacking."""
        match self.value:
            case date() as day:
                return day.isoformat()
            case Status() | Certainty() | None as value:
                return value
            case named:
                return named.name


def select_for_count(agenda: Agenda, wanted: Query, by: CountBy) -> list[Occurrence]:
    """What is to be counted of the events that are wanted: a series is one event, except by day."""
    return select(agenda, wanted) if by is CountBy.DAY else select_series(agenda, wanted)


def count_events(selected: Sequence[Occurrence], by: CountBy, wanted: Query) -> Iterable[Count]:
    """The counts of what was `selected`, none of them 0, and last that of the events that lack a value.

    An event of several values counts in each that is wanted. Days, and values of an enum, are in their own order,
    all else by number downwards. Days are made only as they are asked for, each time anew.
    """
    if by is CountBy.DAY:
        return _Days(selected, wanted.first or date.min, wanted.last or date.max)
    values = _VALUES[by]
    numbers: Counter[Value | None] = Counter()
    for occurrence in selected:
        numbers.update(set(values(occurrence.event, wanted)) or [None])
    names = Counter(value.name for value in numbers if isinstance(value, Venue))
    return sorted(
        (Count(_told_apart(value, names), events) for value, events in numbers.items()),
        key=lambda one: (one.value is None, *_ORDERS.get(by, _by_number)(one)),
    )


def _told_apart(value: Value | None, names: Counter[str]) -> Value | None:
    """The value; a venue that has its name in common with another one is called by its city as well, else by its id."""
    if not isinstance(value, Venue) or names[value.name] == 1:
        return value
    return replace(value, name=f"{value.name}, {value.city.name if value.city else value.id}")


class _Days(Struct, frozen=True):
    """The counts of each day from `first` to `last` that any of these touches or may touch."""

    occurrences: Sequence[Occurrence]
    first: date
    last: date

    def __iter__(self) -> Iterator[Count]:
        changes: dict[int, list[int]] = {}
        unknown = 0
        for occurrence in self.occurrences:
            if isinstance(occurrence.when, ToBeAnnounced):
                unknown += 1
                continue
            first, last = occurrence.when.days
            perhaps = isinstance(occurrence.when, Between)
            for day, change in ((max(first, self.first).toordinal(), 1), (min(last, self.last).toordinal() + 1, -1)):
                changed = changes.setdefault(day, [0, 0])
                changed[0] += change
                changed[1] += change * perhaps
        events, possible, since = 0, 0, 0
        for day, (change, changed_perhaps) in sorted(changes.items()):
            if events:
                yield from (Count(date.fromordinal(number), events, possible) for number in range(since, day))
            events, possible, since = events + change, possible + changed_perhaps, day
        if unknown:
            yield Count(None, unknown)


_VALUES: dict[CountBy, Callable[[Event, Query], Iterable[Value]]] = {
    CountBy.CITY: lambda event, wanted: wanted.cities_of(event),
    CountBy.TOPIC: lambda event, wanted: wanted.topics_of(event),
    CountBy.KIND: lambda event, _: [event.kind] if event.kind else [],
    CountBy.ORGANIZER: lambda event, _: event.organizers,
    CountBy.PERSON: lambda event, _: [Term(person.name) for person in event.people],
    CountBy.VENUE: lambda event, _: [event.venue] if event.venue else [],
    CountBy.STATUS: lambda event, _: [event.status],
    CountBy.WHEN: lambda event, _: [event.when.certainty],
}


def _by_number(one: Count) -> tuple[int, str, str]:
    name = one.name or ""
    return -one.events, fold(name), name


_ORDERS: dict[CountBy, Callable[[Count], tuple[object, ...]]] = {
    CountBy.STATUS: lambda one: (list(Status).index(Status(str(one.value))),),
    CountBy.WHEN: lambda one: (list(Certainty).index(Certainty(str(one.value))),),
}


class LaneBy(StrEnum):
    """What events have a lane for."""

    CITY = "city"
    TOPIC = "topic"
    ORGANIZER = "organizer"


_NO_LANE = (None,)


class Lane(Struct, frozen=True):
    """The occurrences that have `of` in common; None is for those that have nothing of its sort."""

    of: City | Term | None
    occurrences: Sequence[Occurrence]


def make_lanes(found: Iterable[Occurrence], by: LaneBy, wanted: Query) -> list[Lane]:
    """A lane for each city, or topic or organizer, that any of `found` has: cities in the order of the agenda, others
    in that of their first event, and last the lane of what has none.

    What has several is in the lane of each, but only of those that are wanted.
    """
    held: dict[City | Term | None, list[Occurrence]] = {}
    for occurrence in found:
        for value in _LANE_VALUES[by](occurrence.event, wanted) or _NO_LANE:
            held.setdefault(value, []).append(occurrence)
    values = sorted(held, key=lambda value: (value is None, value.place if isinstance(value, City) else 0))
    return [Lane(value, held[value]) for value in values]


_LANE_VALUES: dict[LaneBy, Callable[[Event, Query], Sequence[City | Term]]] = {
    LaneBy.CITY: lambda event, wanted: wanted.cities_of(event),
    LaneBy.TOPIC: lambda event, wanted: wanted.topics_of(event),
    LaneBy.ORGANIZER: lambda event, _: event.organizers,
}
