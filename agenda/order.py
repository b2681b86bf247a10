"""The order in which events are told: by time, then by place."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from math import inf

from agenda.model import Agenda, Between, Event, Fixed, Occurrence
from agenda.text import fold

VenueRoom = tuple[str | None, str | None]
"""The id of a venue, and the room in it; an event may lack either."""


def venue_room(event: Event) -> VenueRoom:
    """The venue and the room of the event."""
    return event.venue.id if event.venue else None, event.room


def number_venue_rooms(agenda: Agenda) -> dict[VenueRoom, int]:
    """A number, from 0, for each venue and room of the agenda's events, in the order of the file: venues as they are
    declared, else as events first name them; each venue as a whole before its rooms; those as events first name them.
    Rooms without a venue come then; that an event has neither has no number.
    """
    venues = {venue.id: number for number, venue in enumerate(agenda.venues)}
    for event in agenda.events:
        if event.venue:
            venues.setdefault(event.venue.id, len(venues))

    def place(spot: VenueRoom) -> tuple[int, bool]:
        venue, room = spot
        return venues[venue] if venue else len(venues), room is not None

    spots = dict.fromkeys(venue_room(event) for event in agenda.events if event.venue or event.room)
    return {spot: number for number, spot in enumerate(sorted(spots, key=place))}


def sort_occurrences(occurrences: Iterable[Occurrence], agenda: Agenda) -> list[Occurrence]:
    """The occurrences in the order in which people and programs get them: by start, the days before the times of a day;
    `Between` by its first day, after all that is fixed on it; those to be announced last. What starts together is by
    venue and room in the order of the file, those that have none last and by city; then by title, then by id.
    """
    occurrences = list(occurrences)
    events = {occurrence.event.id: occurrence.event for occurrence in occurrences}
    numbers = number_venue_rooms(agenda)

    def place(event: Event) -> tuple[int, float, str, str]:
        city = event.cities[0].place if event.cities else inf
        return numbers.get(venue_room(event), len(numbers)), city, fold(event.title), event.id

    ranks = {event.id: rank for rank, event in enumerate(sorted(events.values(), key=place))}
    return sorted(occurrences, key=lambda occurrence: (*_start(occurrence), ranks[occurrence.event.id]))


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
