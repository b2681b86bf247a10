"""Which events are wanted, and those events in order."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.model import Agenda, Between, Certainty, City, Event, Fixed, Named, Occurrence, Status, Term, ToBeAnnounced
from agenda.recurrence.expand import in_timezone, is_endless, occurrences, shift_day, single_occurrence
from agenda.text import fold

NOT_CANCELLED = frozenset({Status.CONFIRMED, Status.TENTATIVE})
"""What is listed where nothing is said of the status."""

MAX_OCCURRENCES = 1_000
"""How many occurrences of a series without an end are given where no period ends them."""
ZONE_DAYS = 2
"""Days by which the calendars of two zones may differ: their clocks are up to 26 hours apart."""


class Query(Struct, frozen=True, kw_only=True):
    """What events have to be like. Within a field any value will do; an empty field asks for nothing; every field
    has to be met. Names are those of the model; `parts` are folded parts of names, `words` folded words. A series
    without an end is listed from `today` on. Times, and the days that they fall on, are told by the clocks of
    `timezone`, or, without it, each by those of its event.
    """

    cities: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    with_parts: tuple[str, ...] = ()
    venue_parts: tuple[str, ...] = ()
    searches: tuple[tuple[str, ...], ...] = ()
    periods: tuple[Period, ...] = ()
    statuses: frozenset[Status] = frozenset()
    certainties: frozenset[Certainty] = frozenset()
    ids: frozenset[str] | None = None
    today: date = date.min
    timezone: ZoneInfo | None = None

    @property
    def first(self) -> date | None:
        """The first day that is asked for; None where there is none such."""
        return max((period.first for period in self.periods if period.first), default=None)

    @property
    def last(self) -> date | None:
        """The last day that is asked for; None where there is none such."""
        return min((period.last for period in self.periods if period.last), default=None)

    def cities_of(self, event: Event) -> Sequence[City]:
        """Those of its cities that are asked for; all of them where none is."""
        return [city for city in event.cities if not self.cities or city.name in self.cities]

    def topics_of(self, event: Event) -> Sequence[Term]:
        """Those of its topics that are asked for; all of them where none is."""
        return [topic for topic in event.topics if not self.topics or topic.name in self.topics]


EVERYTHING = Query()
"""The query whose fields all ask for nothing, and which therefore every event meets."""


def select(agenda: Agenda, wanted: Query = EVERYTHING) -> list[Occurrence]:
    """The occurrences of the agenda's events that are wanted, in the order that programs get them in: by start,
    the days before the times of a day, then by id; `Between` by its first day after what is fixed on it; those
    to be announced last.
    """
    found = [shown for event in agenda.events if _matches(event, wanted) for shown in _within(event, wanted)]
    return sorted(found, key=_order)


def select_series(agenda: Agenda, wanted: Query) -> list[Occurrence]:
    """The same with each series as one, told by the first of its occurrences that is wanted, whatever day it is."""
    ever = replace(wanted, today=date.min)
    firsts = (next(_within(event, ever), None) for event in agenda.events if _matches(event, ever))
    return sorted(filter(None, firsts), key=_order)


def _within(event: Event, wanted: Query) -> Iterator[Occurrence]:
    """The occurrences of an event that fall within the periods that are wanted; of one that goes on without an end, the
    first `MOST` from today on, or from the first day that is asked for.
    """
    if event.repeat is None:  # as of nearly all: what a series has to be asked would take longer than all the rest
        only = (
            single_occurrence(event)
            if wanted.timezone is None
            else in_timezone(wanted.timezone, single_occurrence(event))
        )
        return iter((only,) if _falls_within(only, wanted.periods) else ())
    endless = is_endless(event) and wanted.last is None
    since = wanted.first or (wanted.today if endless else None)
    found = occurrences(
        event, since=since and shift_day(since, -ZONE_DAYS), until=wanted.last and shift_day(wanted.last, ZONE_DAYS)
    )
    told = (in_timezone(wanted.timezone, one) for one in found) if wanted.timezone else found
    periods = (*wanted.periods, Period(since, None)) if endless else wanted.periods
    return islice((one for one in told if _falls_within(one, periods)), MAX_OCCURRENCES if endless else None)


def _matches(event: Event, wanted: Query) -> bool:
    if wanted.ids is not None and event.id not in wanted.ids:
        return False
    if wanted.statuses and event.status not in wanted.statuses:
        return False
    if wanted.certainties and event.when.certainty not in wanted.certainties:
        return False
    if wanted.cities and wanted.cities.isdisjoint(city.name for city in event.cities):
        return False
    if wanted.topics and wanted.topics.isdisjoint(topic.name for topic in event.topics):
        return False
    if wanted.kinds and (event.kind is None or event.kind.name not in wanted.kinds):
        return False
    if wanted.with_parts and not _any_in(wanted.with_parts, _names_of_people(event)):
        return False
    if wanted.venue_parts and not _any_in(wanted.venue_parts, _names_of_venue(event)):
        return False
    return not wanted.searches or _any_search_finds(wanted.searches, event)


def _falls_within(occurrence: Occurrence, periods: tuple[Period, ...]) -> bool:
    if not periods:
        return True
    if isinstance(occurrence.when, ToBeAnnounced):
        return False
    first, last = occurrence.when.days
    return all(period.touches(first, last) for period in periods)


def _any_in(parts: tuple[str, ...], names: Iterator[str]) -> bool:
    folded = [fold(name) for name in names]
    return any(part in name for part in parts for name in folded)


def _any_search_finds(searches: tuple[tuple[str, ...], ...], event: Event) -> bool:
    # A line break between the fields, since no word that is searched for holds one.
    haystack = "\n".join(fold(text) for text in _texts(event))
    return any(all(word in haystack for word in words) for words in searches)


def _called(named: Iterable[Named]) -> Iterator[str]:
    for one in named:
        yield one.name
        yield from one.aliases


def _names_of_people(event: Event) -> Iterator[str]:
    yield from _called((*event.organizers, *event.people))


def _names_of_venue(event: Event) -> Iterator[str]:
    if event.venue:
        yield event.venue.id
        yield from _called([event.venue])


def _texts(event: Event) -> Iterator[str]:
    """Every text of an event that a search looks into."""
    yield event.id
    yield event.title
    yield from _called((*event.cities, *event.topics, *([event.kind] if event.kind else [])))
    yield from _names_of_people(event)
    yield from _names_of_venue(event)
    yield from (person.role for person in event.people if person.role)
    for source in event.sources:
        yield from filter(None, (source.id, source.title, source.publisher, source.url))
    if event.venue:
        yield from filter(None, (event.venue.address, event.venue.url))
    yield from filter(None, (event.description, event.room, event.date_note, event.url))


def _order(occurrence: Occurrence) -> tuple[date, int, float, str]:
    event_id = occurrence.event.id
    when = occurrence.when
    if isinstance(when, Fixed):
        start = when.start
        if not isinstance(start, datetime):
            return start, 0, 0, event_id
        # A floating time has no instant; among others it counts as if it were UTC.
        instant = start if start.tzinfo else start.replace(tzinfo=UTC)
        return start.date(), 1, instant.timestamp(), event_id
    if isinstance(when, Between):
        return when.first, 2, 0, event_id
    return date.max, 3, 0, event_id
