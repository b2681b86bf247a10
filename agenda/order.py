"""The order in which events are told: by time, then by place."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from heapq import merge
from itertools import chain
from math import inf

from agenda.model import Agenda, Between, Event, Fixed, Occurrence
from agenda.text.folding import fold


def number_venues(agenda: Agenda) -> dict[str, int]:
    """A number, from 0, for each venue of the agenda by its id, in the order of the file: venues as they are declared,
    else as events first name them.
    """
    declared = [venue.id for venue in agenda.venues]
    named = [event.venue.id for event in agenda.events if event.venue]
    return {venue_id: number for number, venue_id in enumerate(dict.fromkeys(declared + named))}


def merge_occurrences(
    singles: Iterable[Occurrence], series: Iterable[Iterator[Occurrence]], agenda: Agenda
) -> Iterator[Occurrence]:
    """The occurrences in the order in which people and programs get them: by start, whole days before times of that
    day; a `Between` after all that is fixed on its first day; dates to be announced last. Occurrences that start
    together come by venue and room in the order of the file, those without a place last and by city; then by title,
    then by id. Each of the `series` gives the occurrences of one event in order, and is asked for no more of them than
    are needed.
    """
    singles = list(singles)
    begun = [(first, rest) for rest in series if (first := next(rest, None))]
    order = _Order((*singles, *(first for first, _ in begun)), agenda)
    in_order = sorted(singles, key=order.key)
    if not begun:
        return iter(in_order)
    return merge(in_order, *(chain((first,), rest) for first, rest in begun), key=order.key)


class _Order:
    """The order of the occurrences of some events, one of each being given."""

    def __init__(self, occurrences: Iterable[Occurrence], agenda: Agenda) -> None:
        events = {occurrence.event.id: occurrence.event for occurrence in occurrences}
        venues = number_venues(agenda)

        def place(event: Event) -> tuple[float, float, float, str, str]:
            # A venue as a whole comes before its rooms; rooms of no venue come after those, and before no place at all.
            without_venue = len(venues) if event.room else inf
            venue = venues[event.venue.id] if event.venue else without_venue
            room = event.room.rank if event.room else -1
            city = event.cities[0].rank if event.cities else inf
            return venue, room, city, fold(event.title), event.id

        self._ranks = {event.id: rank for rank, event in enumerate(sorted(events.values(), key=place))}

    def key(self, occurrence: Occurrence) -> tuple[date, int, float, int]:
        """The sort key of an occurrence."""
        return (*_start(occurrence), self._ranks[occurrence.event.id])


def sort_for_calendars(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """The occurrences by start as above, then by id alone: what a calendar holds stays in its place whatever becomes of
    titles and rooms, and comes back from an import, which knows no order of venues, in the same order.
    """
    return sorted(occurrences, key=lambda occurrence: (*_start(occurrence), occurrence.event.id))


def _start(occurrence: Occurrence) -> tuple[date, int, float]:
    """The sort key of when an occurrence starts."""
    when = occurrence.when
    if isinstance(when, Fixed):
        start = when.start
        if not isinstance(start, datetime):
            return start, 0, 0
        # A floating time has no instant: it is sorted as if it were in UTC.
        instant = start if start.tzinfo else start.replace(tzinfo=UTC)
        return start.date(), 1, instant.timestamp()
    if isinstance(when, Between):
        return when.first, 2, 0
    return date.max, 3, 0
