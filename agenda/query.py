"""Queries of an agenda, and the occurrences that they select, in order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count, islice
from typing import overload
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.errors import ExcessError
from agenda.limits import MAX_ALL_ENDLESS_TIMES, MAX_ENDLESS_TIMES, MAX_SELECTED_TIMES
from agenda.model import (
    Agenda,
    Certainty,
    City,
    Event,
    Fixed,
    Named,
    Occurrence,
    Status,
    Term,
    ToBeAnnounced,
    Visibility,
)
from agenda.order import merge_occurrences
from agenda.recurrence.expand import (
    days_back,
    in_timezone,
    is_endless,
    last_start,
    occurrences,
    shift_day,
    single_occurrence,
)
from agenda.text.folding import fold

NOT_CANCELLED = frozenset({Status.CONFIRMED, Status.TENTATIVE})
"""The statuses that commands ask for where nobody names one."""

ZONE_DAYS = 2
"""The most days by which the calendars of two zones differ: their clocks are up to 26 hours apart."""


class Query(Struct, frozen=True, kw_only=True):
    """What is asked of an agenda, e.g. `Query(cities=frozenset({"Tokyo"}), periods=(Period(day, day),))`.

    An empty field asks for nothing. A field of several values asks for any of them, but `periods` for all; an event
    has to meet every field.

    - `cities`, `topics`, `kinds`: names as the model has them.
    - `with_parts`, `venue_parts`, `room_parts`: folded parts (`agenda.text.fold`) of the names or aliases of people and
      organizers, of the venue, and of the room.
    - `and_with_parts`: tuples of folded parts: one of each is in such a name, for several that are to meet.
    - `searches`: folded words, all of which the texts of an event hold together.
    - `periods`: days that an occurrence touches, or may touch.
    - `statuses`, `visibilities`, `certainties`: members of the enums.
    - `ids`: ids of events. Here only None asks for nothing: no event has an id of an empty set.
    - `today`: the first day of a series without an end, where no period has a first day.
    - `timezone`: the zone by whose clocks times are told, and days decided; None for the zone of each event.
    """

    cities: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    with_parts: tuple[str, ...] = ()
    and_with_parts: tuple[tuple[str, ...], ...] = ()
    venue_parts: tuple[str, ...] = ()
    room_parts: tuple[str, ...] = ()
    searches: tuple[tuple[str, ...], ...] = ()
    periods: tuple[Period, ...] = ()
    statuses: frozenset[Status] = frozenset()
    visibilities: frozenset[Visibility] = frozenset()
    certainties: frozenset[Certainty] = frozenset()
    ids: frozenset[str] | None = None
    today: date = date.min
    timezone: ZoneInfo | None = None

    @property
    def is_selective(self) -> bool:
        """Whether any field asks for some events rather than all; clocks and `today` do not."""
        statuses = frozenset() if self.statuses == frozenset(Status) else self.statuses
        return replace(self, statuses=statuses, today=date.min, timezone=None) != EVERYTHING

    @property
    def first(self) -> date | None:
        """The first day that is asked for; None where no period has one."""
        return max((period.first for period in self.periods if period.first), default=None)

    @property
    def last(self) -> date | None:
        """The last day that is asked for; None where no period has one."""
        return min((period.last for period in self.periods if period.last), default=None)

    @property
    def period(self) -> Period:
        """The days that all periods have in common."""
        return Period(self.first, self.last)

    def cities_of(self, event: Event) -> Sequence[City]:
        """The cities of an event that are asked for; all of them where none is."""
        return [city for city in event.cities if not self.cities or city.name in self.cities]

    def topics_of(self, event: Event) -> Sequence[Term]:
        """The topics of an event that are asked for; all of them where none is."""
        return [topic for topic in event.topics if not self.topics or topic.name in self.topics]


EVERYTHING = Query()
"""The query whose fields all ask for nothing, and which therefore every event meets."""


class OccurrenceSequence(Sequence[Occurrence]):
    """Occurrences in order, each found when it is first asked for, and kept: whether there is any, and which the first
    ones are, costs no more than these. An error raised while looking for one reaches whoever asked.
    """

    def __init__(self, occurrences: Iterable[Occurrence]) -> None:
        self._found: list[Occurrence] = []
        self._ahead = iter(occurrences)

    def __iter__(self) -> Iterator[Occurrence]:
        for index in count():
            if index == len(self._found):
                occurrence = next(self._ahead, None)
                if occurrence is None:
                    return
                self._found.append(occurrence)
            yield self._found[index]

    def find_all(self) -> None:
        """Find all of them now, so that what is wrong with one is known before the first is shown."""
        self._found.extend(self._ahead)

    def __bool__(self) -> bool:
        return any(True for _ in self)

    def __len__(self) -> int:
        self.find_all()
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> Occurrence: ...
    @overload
    def __getitem__(self, index: slice) -> list[Occurrence]: ...
    def __getitem__(self, index: int | slice) -> Occurrence | list[Occurrence]:
        self.find_all()
        return self._found[index]


class Selection(Struct, frozen=True):
    """What a query selects: occurrences, in order, and the cancelled events that its `statuses` alone left out; and the
    number of all events of the agenda. Of each series without an end there are `endless_times` at most, where no period
    ends it. Asking for more occurrences of series than `MAX_SELECTED_TIMES` raises ExcessError.
    """

    occurrences: OccurrenceSequence
    cancelled: list[Event]
    total: int
    endless_times: int = MAX_ENDLESS_TIMES


def select(agenda: Agenda, query: Query = EVERYTHING) -> list[Occurrence]:
    """The occurrences of the agenda's events that are asked for, in order: by start, then by venue and room, then by
    title, as `agenda.order.merge_occurrences` says. Raises ExcessError where those of series are more than
    `MAX_SELECTED_TIMES`.
    """
    return list(make_selection(agenda, query).occurrences)


def walk_occurrences(agenda: Agenda, query: Query = EVERYTHING) -> Iterator[Occurrence]:
    """The same, but found one by one as they are asked for, and however many they are: the first costs little."""
    events, _ = _filter_events(agenda, query)
    return _walk_events(events, agenda, query, _share_of_endless(events))


def select_series(agenda: Agenda, query: Query) -> list[Occurrence]:
    """The same with one occurrence a series: the first that is asked for, whether or not it lies before `today`."""
    return list(make_series_selection(agenda, query).occurrences)


def make_selection(agenda: Agenda, query: Query) -> Selection:
    """The occurrences as `select` gives them, and the events left out as cancelled, in one pass."""
    events, cancelled = _filter_events(agenda, query)
    endless_times = _share_of_endless(events)
    walk = _walk_events(events, agenda, query, endless_times)
    occurrences = OccurrenceSequence(bound_series(walk))
    return Selection(occurrences, cancelled, len(agenda.events), endless_times)


def make_series_selection(agenda: Agenda, query: Query) -> Selection:
    """The occurrences as `select_series` gives them, and the events left out as cancelled, in one pass."""
    events, cancelled = _filter_events(agenda, query)
    from_any_day = replace(query, today=date.min)
    firsts = (_first_occurrence(event, from_any_day) for event in events)
    occurrences = OccurrenceSequence(merge_occurrences(filter(None, firsts), (), agenda))
    return Selection(occurrences, cancelled, len(agenda.events))


def last_day(agenda: Agenda, query: Query) -> date | None:
    """The last day that any of the occurrences which are asked for touches, or may touch, where none is without an end;
    None where none has a date.
    """
    events, _ = _filter_events(agenda, query)
    return max((day for event in events if (day := _last_day_of(event, query))), default=None)


def _last_day_of(event: Event, query: Query) -> date | None:
    if event.repeat is None or not isinstance(event.when, Fixed):
        sinces: Iterable[date | None] = (None,)
    else:
        first, last = event.when.days
        start = last_start(event, event.when)
        end = shift_day(start, (last - first).days) if start else date.max
        sinces = days_back(min(end, query.last or date.max), first)
    for since in sinces:
        near = replace(query, periods=(*query.periods, Period(since, None))) if since else query
        whens = (occurrence.when for occurrence in _occurrences_within(event, near, MAX_ENDLESS_TIMES))
        days = [when.days[1] for when in whens if not isinstance(when, ToBeAnnounced)]
        if days:
            return max(days)
    return None


def _share_of_endless(events: Iterable[Event]) -> int:
    """The most times that are selected of each series without an end, where no period ends it."""
    return share_endless_times(sum(event.repeat is not None and not event.repeat.ends for event in events))


def share_endless_times(series: int) -> int:
    """The most times that are looked at of each of so many series."""
    return max(1, min(MAX_ENDLESS_TIMES, MAX_ALL_ENDLESS_TIMES // max(series, 1)))


def _walk_events(events: Iterable[Event], agenda: Agenda, query: Query, endless_times: int) -> Iterator[Occurrence]:
    """The occurrences of these events that touch every period of the query, in order."""
    singles: list[Occurrence] = []
    series: list[Iterator[Occurrence]] = []
    for event in events:
        if event.repeat is not None:
            series.append(_occurrences_within(event, query, endless_times))
        elif single := _single_within(event, query):
            singles.append(single)
    return merge_occurrences(singles, series, agenda)


def bound_series(occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """The same occurrences; raises ExcessError where those of series are more than `MAX_SELECTED_TIMES`."""
    of_series = 0
    for occurrence in occurrences:
        if occurrence.day is not None:
            of_series += 1
            if of_series > MAX_SELECTED_TIMES:
                raise ExcessError(
                    f"the series of this agenda have more than {MAX_SELECTED_TIMES:,} times;"
                    " choose fewer events or days"
                )
        yield occurrence


def _filter_events(agenda: Agenda, query: Query) -> tuple[list[Event], list[Event]]:
    """The events that meet all fields except `periods`, which is for occurrences; and the cancelled events that meet
    all fields except `statuses`.
    """
    filters = [meets for field, meets in _FILTERS if getattr(query, field) != getattr(EVERYTHING, field)]
    statuses = query.statuses or frozenset(Status)
    from_any_day = replace(query, today=date.min)
    events: list[Event] = []
    cancelled: list[Event] = []
    for event in agenda.events:
        asked_for = event.status in statuses
        if not asked_for and event.status is not Status.CANCELLED:
            continue
        if not all(meets(event, query) for meets in filters):
            continue
        if asked_for:
            events.append(event)
        elif _first_occurrence(event, from_any_day):
            cancelled.append(event)
    return events, cancelled


_FILTERS: tuple[tuple[str, Callable[[Event, Query], bool]], ...] = (
    ("ids", lambda event, query: event.id in (query.ids or ())),
    ("visibilities", lambda event, query: event.visibility in query.visibilities),
    ("certainties", lambda event, query: event.when.certainty in query.certainties),
    ("cities", lambda event, query: not query.cities.isdisjoint(city.name for city in event.cities)),
    ("topics", lambda event, query: not query.topics.isdisjoint(topic.name for topic in event.topics)),
    ("kinds", lambda event, query: event.kind is not None and event.kind.name in query.kinds),
    ("with_parts", lambda event, query: _any_in(query.with_parts, _names_of_people(event))),
    (
        "and_with_parts",
        lambda event, query: all(_any_in(parts, _names_of_people(event)) for parts in query.and_with_parts),
    ),
    ("venue_parts", lambda event, query: _any_in(query.venue_parts, _names_of_venue(event))),
    ("room_parts", lambda event, query: _any_in(query.room_parts, _names_of_room(event))),
    ("searches", lambda event, query: _any_search_finds(query.searches, event)),
)
"""The filters, quick ones first: the field of a query, and a function that tells whether an event meets it. A filter is
not called if its field asks for nothing.
"""


def _first_occurrence(event: Event, query: Query) -> Occurrence | None:
    return next(_occurrences_within(event, query, 1), None)


def _occurrences_within(event: Event, query: Query, endless_times: int) -> Iterator[Occurrence]:
    """The occurrences of an event that touch every period of the query. Of a series without an end, where no period
    ends it, they are the first `endless_times` from the first day that is asked for, else from `today`.
    """
    if event.repeat is None:
        single = _single_within(event, query)
        return iter((single,) if single else ())
    endless = is_endless(event) and query.last is None
    since = query.first or (query.today if endless else None)
    of_event = occurrences(
        event, since=since and shift_day(since, -ZONE_DAYS), until=query.last and shift_day(query.last, ZONE_DAYS)
    )
    told = (in_timezone(query.timezone, occurrence) for occurrence in of_event) if query.timezone else of_event
    periods = (*query.periods, Period(since, None)) if endless else query.periods
    within = (occurrence for occurrence in told if _falls_within(occurrence, periods))
    return islice(within, endless_times if endless else None)


def _single_within(event: Event, query: Query) -> Occurrence | None:
    """The only time of an event without a series, if it touches every period of the query."""
    # Nearly all events are such ones: what a series has to be asked takes longer than all of this.
    single = single_occurrence(event)
    if query.timezone is not None:
        single = in_timezone(query.timezone, single)
    return single if not query.periods or _falls_within(single, query.periods) else None


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
    # Line breaks between the texts, so that no word is found across two of them: words hold none.
    haystack = "\n".join(fold(text) for text in searched_texts(event))
    return any(all(word in haystack for word in words) for words in searches)


def _names_and_aliases(terms: Iterable[Named]) -> Iterator[str]:
    for term in terms:
        yield term.name
        yield from term.aliases


def _names_of_people(event: Event) -> Iterator[str]:
    yield from _names_and_aliases((*event.organizers, *event.people))


def _names_of_venue(event: Event) -> Iterator[str]:
    if event.venue:
        yield event.venue.id
        yield from _names_and_aliases([event.venue])


def _names_of_room(event: Event) -> Iterator[str]:
    if event.room:
        yield from _names_and_aliases([event.room])


def searched_texts(event: Event) -> Iterator[str]:
    """The texts of an event that a search looks into."""
    yield event.id
    yield event.title
    yield from _names_and_aliases((*event.cities, *event.topics, *([event.kind] if event.kind else [])))
    yield from _names_of_people(event)
    yield from _names_of_venue(event)
    yield from (person.role for person in event.people if person.role)
    for source in event.sources:
        yield from filter(None, (source.id, source.title, source.publisher, source.url))
    if event.venue:
        yield from filter(None, (event.venue.address, event.venue.url))
    yield from _names_of_room(event)
    yield from filter(None, (event.description, event.date_note, event.url))
