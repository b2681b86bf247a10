"""Events in groups: the groupings, the number of events in each group, and the lanes of a timeline."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import Enum, StrEnum
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from agenda.errors import ExcessError
from agenda.limits import MAX_COUNTED_DAYS
from agenda.model import Agenda, Between, City, Occurrence, Room, Term, ToBeAnnounced, Venue
from agenda.query import Query, Selection, make_selection, make_series_selection
from agenda.text.folding import fold


class Grouping(StrEnum):
    """What events can be grouped by; each command offers some of these."""

    CITY = "city"
    DAY = "day"
    TOPIC = "topic"
    KIND = "kind"
    ORGANIZER = "organizer"
    PERSON = "person"
    VENUE = "venue"
    ROOM = "room"
    STATUS = "status"
    WHEN = "when"
    EVENT = "event"


CountBy = Literal[
    Grouping.CITY,
    Grouping.DAY,
    Grouping.TOPIC,
    Grouping.KIND,
    Grouping.ORGANIZER,
    Grouping.PERSON,
    Grouping.VENUE,
    Grouping.ROOM,
    Grouping.STATUS,
    Grouping.WHEN,
]
"""The groupings of `count --by`, in the order of its help."""

LaneBy = Literal[Grouping.CITY, Grouping.TOPIC, Grouping.ORGANIZER, Grouping.PERSON, Grouping.VENUE, Grouping.ROOM]
"""The groupings of `timeline --by`."""

DayBy = Literal[Grouping.ROOM, Grouping.VENUE, Grouping.CITY, Grouping.TOPIC]
"""The groupings of `day --by`."""

SplitBy = Literal[
    Grouping.CITY, Grouping.DAY, Grouping.TOPIC, Grouping.PERSON, Grouping.VENUE, Grouping.ROOM, Grouping.EVENT
]
"""The groupings of `export --split`."""

By = TypeVar("By", bound=Grouping)

_IRREGULAR = {"cities": Grouping.CITY, "people": Grouping.PERSON, "statuses": Grouping.STATUS}
"""Plurals that are not made by an s alone."""


def find_grouping(typed: str, offered: Sequence[By]) -> By | None:
    """The offered grouping of that name, in the singular or the plural; None if there is none."""
    name = _IRREGULAR.get(fold(typed), fold(typed).removesuffix("s"))
    return next((grouping for grouping in offered if name in (grouping, grouping.removesuffix("s"))), None)


Value = City | Term | Venue | Room | date | str
"""What the events of a group have in common. A person is a term, since roles differ from event to event; a status, a
certainty and an event's id are text.
"""

_NO_VALUE = (None,)


def group_values(occurrence: Occurrence, by: Grouping, query: Query) -> Sequence[Value | None]:
    """The values that place an occurrence in groups: of several cities or topics, those that the query asks for. The
    only one is None where the event lacks a value, e.g. by venue where it has none.
    """
    return _VALUES[by](occurrence, query) or _NO_VALUE


def group_occurrences(
    occurrences: Iterable[Occurrence], by: Grouping, query: Query
) -> dict[Value | None, list[Occurrence]]:
    """The occurrences of each value that they have, in the order of their first ones; an occurrence of several values
    is with each of them once. Values of one name are told apart: a venue is called by its city as well, else by its id,
    and a room by its venue.
    """
    by_value: dict[Value | None, list[Occurrence]] = {}
    for occurrence in occurrences:
        for value in dict.fromkeys(group_values(occurrence, by, query)):
            by_value.setdefault(value, []).append(occurrence)
    names = Counter(value.name for value in by_value if isinstance(value, Venue | Room))
    return {
        _told_apart(value, with_it[0]) if names[group_name(value) or ""] > 1 else value: with_it
        for value, with_it in by_value.items()
    }


def _told_apart(value: Value | None, occurrence: Occurrence) -> Value | None:
    """A venue, or a room of the occurrence, under a name that says more."""
    venue = occurrence.event.venue
    match value:
        case Venue():
            return replace(value, name=f"{value.name}, {value.city.name if value.city else value.id}")
        case Room() if venue:
            return replace(value, name=f"{value.name}, {venue.name}")
    return value


def group_name(value: Value | None) -> str | None:
    """The name of a value, a day in ISO 8601; None for None."""
    match value:
        case date() as day:
            return day.isoformat()
        case str() | None as text:
            return text
        case named:
            return named.name


def _first_day(occurrence: Occurrence, query: Query) -> list[date]:
    """The first day that the occurrence touches, or may touch, of those that are asked for."""
    if isinstance(occurrence.when, ToBeAnnounced):
        return []
    first, _ = occurrence.when.days
    return [max(first, query.first or date.min)]


_VALUES: dict[Grouping, Callable[[Occurrence, Query], Sequence[Value]]] = {
    Grouping.CITY: lambda occurrence, query: query.cities_of(occurrence.event),
    Grouping.DAY: _first_day,
    Grouping.TOPIC: lambda occurrence, query: query.topics_of(occurrence.event),
    Grouping.KIND: lambda occurrence, _: [occurrence.event.kind] if occurrence.event.kind else [],
    Grouping.ORGANIZER: lambda occurrence, _: occurrence.event.organizers,
    Grouping.PERSON: lambda occurrence, _: [Term(person.name) for person in occurrence.event.people],
    Grouping.VENUE: lambda occurrence, _: [occurrence.event.venue] if occurrence.event.venue else [],
    Grouping.ROOM: lambda occurrence, _: [occurrence.event.room] if occurrence.event.room else [],
    Grouping.STATUS: lambda occurrence, _: [occurrence.event.status],
    Grouping.WHEN: lambda occurrence, _: [occurrence.event.when.certainty],
    Grouping.EVENT: lambda occurrence, _: [occurrence.event.id],
}


class Count(Struct, frozen=True):
    """How many events have a value; None is the value of those that lack one. Of the events of a day, `perhaps` so many
    may be on another day, since they lie between two days.
    """

    value: Value | None
    events: int
    perhaps: int = 0

    @property
    def name(self) -> str | None:
        """The name of the value, a day in ISO 8601; None where it is lacking."""
        return group_name(self.value)


def select_for_count(agenda: Agenda, query: Query, by: CountBy) -> Selection:
    """The selection to be counted: a series is one occurrence in it, except by day, where each occurrence counts."""
    return make_selection(agenda, query) if by is Grouping.DAY else make_series_selection(agenda, query)


def count_events(occurrences: Sequence[Occurrence], by: CountBy, query: Query) -> Iterable[Count]:
    """The counts of these occurrences, those of `select_for_count`: none is 0, and that of the events which lack a
    value comes last.

    An event of several values counts in each that is asked for. Days, and values of an enum, are in their own order,
    all others by number downwards. Days are made only as they are asked for, each time anew; raises ExcessError where
    they are more than `MAX_COUNTED_DAYS`.
    """
    if by is Grouping.DAY:
        days = _Days(occurrences, query.first or date.min, query.last or date.max)
        if len(days) > MAX_COUNTED_DAYS:
            raise ExcessError(f"these events are on more than {MAX_COUNTED_DAYS:,} days; choose fewer events or days")
        return days
    groups = group_occurrences(occurrences, by, query)
    return sorted((Count(value, len(with_it)) for value, with_it in groups.items()), key=_count_order)


def _count_order(count: Count) -> tuple[object, ...]:
    """The sort key of a count: members of an enum in their own order, all else by number downwards, None last."""
    if isinstance(count.value, Enum):
        return False, list(type(count.value)).index(count.value)
    name = count.name or ""
    return count.value is None, -count.events, fold(name), name


class _Days(Struct, frozen=True):
    """The counts of each day from `first` to `last` that any of these touches or may touch."""

    occurrences: Sequence[Occurrence]
    first: date
    last: date

    def __len__(self) -> int:
        return sum(len(days) for days, _, _ in self._spans())

    def __iter__(self) -> Iterator[Count]:
        for days, events, perhaps in self._spans():
            yield from (Count(date.fromordinal(day), events, perhaps) for day in days)
        unknown = sum(isinstance(occurrence.when, ToBeAnnounced) for occurrence in self.occurrences)
        if unknown:
            yield Count(None, unknown)

    def _spans(self) -> Iterator[tuple[range, int, int]]:
        """The days that are alike, in order, with the number of events on them, and of those that may be there."""
        changes: dict[int, list[int]] = {}
        for occurrence in self.occurrences:
            if isinstance(occurrence.when, ToBeAnnounced):
                continue
            first, last = occurrence.when.days
            is_perhaps = isinstance(occurrence.when, Between)
            for day, change in ((max(first, self.first).toordinal(), 1), (min(last, self.last).toordinal() + 1, -1)):
                changes_of_day = changes.setdefault(day, [0, 0])
                changes_of_day[0] += change
                changes_of_day[1] += change * is_perhaps
        events, perhaps, since = 0, 0, 0
        for day, (change, change_perhaps) in sorted(changes.items()):
            if events:
                yield range(since, day), events, perhaps
            events, perhaps, since = events + change, perhaps + change_perhaps, day


class Lane(Struct, frozen=True):
    """The occurrences that have a value in common; None is the value of those that lack one."""

    value: Value | None
    occurrences: Sequence[Occurrence]


def make_lanes(occurrences: Iterable[Occurrence], by: LaneBy, query: Query) -> list[Lane]:
    """A lane for each value that any of the occurrences has: cities and rooms in the order of the agenda, others in the
    order of their first events, and last the lane of the events that lack a value.

    An event of several values is in the lane of each that is asked for.
    """
    groups = group_occurrences(occurrences, by, query)
    values = sorted(groups, key=lambda value: (value is None, rank_of(value)))
    return [Lane(value, groups[value]) for value in values]


def rank_of(value: Value | None) -> int:
    """The rank of a city or a room, by which these are in the order of the file; 0 of other values, which have none."""
    return value.rank if isinstance(value, City | Room) else 0
