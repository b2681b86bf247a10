"""Clashes: pairs of events that need the same person, or the same room, at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.limits import MAX_CLASHES
from agenda.model import Agenda, Between, City, Event, Fixed, Occurrence, Room
from agenda.query import NOT_CANCELLED, ZONE_DAYS, Query, select
from agenda.recurrence.expand import in_timezone, shift_day
from agenda.reports.stretches import Stretch, StretchMaker, days_left, days_within

_SAME_DATE_REACH = timedelta(hours=50)
"""How long after the end of one event another may start on the same date, by clocks that are 26 hours apart."""
_NO_TIME = timedelta()


class Likelihood(StrEnum):
    """How sure it is that two events clash: the value of `clash` in JSON and of `--only`."""

    SURE = "sure"
    TIGHT = "tight"
    PERHAPS = "perhaps"


class Clash(Struct, frozen=True, kw_only=True):
    """Two occurrences that clash, in the order in which they are told.

    - `likelihood`: `SURE` where one starts while the other is on, `TIGHT` where the time between is shorter than the
      way from one city to the other, `PERHAPS` where that depends on what is not known: a time, a way, or, of an event
      that is tentative, whether it happens.
    - `people`: the names of those who are in both; `room`: the one that both need.
    - `overlap`: how long both are on, and `gap`: how long there is between them; None where their times do not tell.
    - `travel`: how long the way between their cities takes; None where they share a city, and where nobody says.
    - `left`: for each of the two, if it lies between two days, those on which none of its people is elsewhere.
    """

    first: Occurrence
    second: Occurrence
    likelihood: Likelihood
    people: tuple[str, ...] = ()
    room: Room | None = None
    overlap: timedelta | None = None
    gap: timedelta | None = None
    travel: timedelta | None = None
    left: tuple[tuple[Period, ...] | None, tuple[Period, ...] | None] = (None, None)


class Clashes(Struct, frozen=True):
    """The clashes that were found, by when they begin; not all there are where `is_cut`."""

    found: list[Clash]
    is_cut: bool = False


def select_clashes(
    agenda: Agenda, query: Query, selected: Sequence[Occurrence], only: Collection[Likelihood] = ()
) -> Clashes:
    """The clashes with at least one event among those `selected` by the query; with `only`, just those of these
    likelihoods.

    Cancelled events never clash, whatever statuses are asked for; both events are of the query's `visibilities`.
    """
    everything = Query(statuses=NOT_CANCELLED, visibilities=query.visibilities, today=query.today)
    if query == everything:
        return find_clashes_among(selected, agenda, only=only)
    asked_for = frozenset((occurrence.event.id, occurrence.day) for occurrence in selected)
    everything = replace(everything, periods=_periods_around(query, selected, agenda))
    clashes = find_clashes_among(select(agenda, everything), agenda, only=only, asked_for=asked_for)
    return replace(clashes, found=[_told_in(query.timezone, clash) for clash in clashes.found])


def _told_in(zone: ZoneInfo | None, clash: Clash) -> Clash:
    """The clash with the times of both told by the clocks of `zone`, where there is one."""
    if zone is None:
        return clash
    return replace(clash, first=in_timezone(zone, clash.first), second=in_timezone(zone, clash.second))


def _periods_around(query: Query, selected: Iterable[Occurrence], agenda: Agenda) -> tuple[Period, ...]:
    """The days within which everything lies that may clash with the selected occurrences; no bounds if the query has no
    periods.
    """
    spans = [occurrence.when.days for occurrence in selected if isinstance(occurrence.when, Fixed | Between)]
    if not query.periods or not spans:
        return query.periods
    margin = ZONE_DAYS + max((way.takes.days + 1 for way in agenda.travel), default=0)
    last = shift_day(max(last for _, last in spans), margin) if query.last else None
    return (Period(shift_day(min(first for first, _ in spans), -margin), last),)


OccurrenceKey = tuple[str, date | None]
"""What identifies an occurrence: the id of its event, and its day in a series."""


def find_clashes_among(
    occurrences: Iterable[Occurrence],
    agenda: Agenda,
    *,
    only: Collection[Likelihood] = (),
    asked_for: Collection[OccurrenceKey] | None = None,
    most: int = MAX_CLASHES,
) -> Clashes:
    """The clashes among these occurrences, which are in order. If `only` has any likelihoods, just those of these are
    given, and if `asked_for` is given, just those with one of their occurrences in it. Two occurrences of one series
    never clash. At most `most` are looked for (see MAX_CLASHES); clashes that are neither asked for nor needed for the
    days left do not count.
    """
    sweep = _Sweep(occurrences, agenda, asked_for)
    pairs, is_cut = sweep.find_pairs(most)
    clashes = (sweep.make_clash(pair) for pair in pairs if asked_for is None or sweep.has(pair, asked_for))
    chosen = [clash for clash in clashes if not only or clash.likelihood in only]
    return Clashes(chosen, is_cut=is_cut)


class Way(Struct, frozen=True):
    """The way between events that have no city in common, and how long it takes, where the agenda says."""

    takes: timedelta | None


class Ways:
    """The ways of an agenda."""

    def __init__(self, agenda: Agenda) -> None:
        self._takes = {frozenset(city.name for city in way.cities): way.takes for way in agenda.travel}
        self._numbers: dict[tuple[City, ...], int] = {}
        self._names: list[frozenset[str]] = []
        self._found: dict[tuple[int, int], Way | None] = {}

    def number(self, cities: tuple[City, ...]) -> int:
        """The number by which these cities are meant here: it is quicker to compare than they are."""
        number = self._numbers.setdefault(cities, len(self._names))
        if number == len(self._names):
            self._names.append(frozenset(city.name for city in cities))
        return number

    def find(self, one: int, other: int) -> Way | None:
        """The quickest way between cities of the one number and cities of the other; None where there is none to go:
        where they share a city, or where one of them has none.
        """
        pair = one, other
        if pair not in self._found:
            self._found[pair] = self._quickest(self._names[one], self._names[other])
        return self._found[pair]

    def _quickest(self, one: frozenset[str], other: frozenset[str]) -> Way | None:
        if not one or not other or one & other:
            return None
        known = (self._takes.get(frozenset({start, end})) for start in one for end in other)
        return Way(min(filter(None, known), default=None))


_Pair = tuple[int, int]
"""The numbers of two occurrences, the one that starts first before the other."""


class _Sweep:
    """One sweep over occurrences, by their starts, which finds what clashes with those that are asked for, or with any
    where that is None.
    """

    def __init__(
        self, occurrences: Iterable[Occurrence], agenda: Agenda, asked_for: Collection[OccurrenceKey] | None
    ) -> None:
        maker = StretchMaker(agenda.timezone)
        stretched = [(occurrence, maker.make(occurrence)) for occurrence in occurrences]
        self._occurrences = [occurrence for occurrence, stretch in stretched if stretch]
        self._stretches = [stretch for _, stretch in stretched if stretch]
        # The days left of one that lies between two days hang on all that it clashes with.
        self._are_compared = [
            asked_for is None
            or isinstance(occurrence.when, Between)
            or (occurrence.event.id, occurrence.day) in asked_for
            for occurrence in self._occurrences
        ]
        self._ways = Ways(agenda)
        self._cities = [self._ways.number(occurrence.event.cities) for occurrence in self._occurrences]
        self._reach = max([_SAME_DATE_REACH, *(way.takes for way in agenda.travel)]).total_seconds()
        self._taken: dict[int, list[tuple[date, date]]] = defaultdict(list)
        self._left: dict[int, tuple[Period, ...]] = {}
        self._people: dict[_Pair, tuple[str, ...]] = {}

    def find_pairs(self, most: int) -> tuple[list[_Pair], bool]:
        """The pairs that clash, by when they begin, and whether there may be more than that many, as MAX_CLASHES counts
        them.
        """
        by_person: dict[str, list[int]] = defaultdict(list)
        by_room: dict[object, list[int]] = defaultdict(list)
        for number in sorted(range(len(self._stretches)), key=lambda number: self._stretches[number].start):
            event = self._occurrences[number].event
            for person in event.people:
                by_person[person.name].append(number)
            room = _room_key(event)
            if room is not None:
                by_room[room].append(number)
        of_people = by_person.values()
        found = chain(*map(self._overlapping, (*of_people, *by_room.values())), *map(self._apart, of_people))
        names_left = most
        is_cut = False
        for pair in found:
            if pair in self._people:
                continue
            if is_cut := names_left <= 0:
                break
            one, other = sorted(pair)  # which is the order in which they are told
            people = _shared_people(self._occurrences[one].event, self._occurrences[other].event)
            self._people[pair] = people
            names_left -= max(1, len(people))
        for pair, people in self._people.items():
            if people:
                self._note_taken(*pair)
        return sorted(self._people, key=lambda pair: (self._stretches[pair[1]].start, pair)), is_cut

    def _overlapping(self, numbers: Iterable[int]) -> Iterator[_Pair]:
        """The pairs of these, which are by their starts, that may be on at once, and of which one is to be compared."""
        before: list[int] = []
        compared_before: list[int] = []
        for number in numbers:
            start = self._stretches[number].start
            on = before if self._are_compared[number] else compared_before
            on[:] = [other for other in on if self._stretches[other].end > start]
            yield from ((other, number) for other in on if not self._are_of_one_series(other, number))
            before.append(number)
            if self._are_compared[number]:
                compared_before.append(number)

    def _apart(self, numbers: Sequence[int]) -> Iterator[_Pair]:
        """The pairs of these, which are by their starts, that are not on at once, but in two cities, so that whoever
        is in both may be late, and of which one is to be compared.
        """
        before: dict[int, list[int]] = {}
        compared_before: dict[int, list[int]] = {}
        for number in numbers:
            cities, start = self._cities[number], self._stretches[number].start
            for others, of_these in (before if self._are_compared[number] else compared_before).items():
                way = self._ways.find(others, cities)
                if way is None:
                    continue
                of_these[:] = [other for other in of_these if self._stretches[other].end + self._reach > start]
                yield from ((other, number) for other in of_these if self._is_late(other, number, way))
            before.setdefault(cities, []).append(number)
            if self._are_compared[number]:
                compared_before.setdefault(cities, []).append(number)

    def _is_late(self, before: int, after: int, way: Way) -> bool:
        """Whether `after` begins too soon after `before` for that way; if nobody says how long it takes, whether it
        begins on a day of `before`.
        """
        first, second = self._stretches[before], self._stretches[after]
        gap = second.start - first.end
        if gap < 0 or self._are_of_one_series(before, after):
            return False
        if way.takes is not None:
            return first.is_timed and second.is_timed and gap < way.takes.total_seconds()
        when, then = self._occurrences[before].when, self._occurrences[after].when
        return isinstance(when, Fixed) and isinstance(then, Fixed) and when.days[1] >= then.days[0]

    def _are_of_one_series(self, one: int, other: int) -> bool:
        return self._occurrences[one].event is self._occurrences[other].event

    def _note_taken(self, one: int, other: int) -> None:
        """Note which days of an event that lies between two days are taken by one that is fixed, where somebody is in
        both.
        """
        if isinstance(self._occurrences[one].when, Fixed):
            one, other = other, one
        between, fixed = self._occurrences[one], self._occurrences[other]
        if not isinstance(between.when, Between) or not isinstance(fixed.when, Fixed):
            return
        way = self._ways.find(self._cities[one], self._cities[other])
        is_far = way is not None and way.takes is None
        taken = fixed.when.days if is_far else days_within(fixed.when, (way and way.takes) or _NO_TIME)
        if taken:
            self._taken[one].append(taken)

    def has(self, pair: _Pair, keys: Collection[OccurrenceKey]) -> bool:
        """Whether one of the pair, or both, are among those."""
        occurrences = (self._occurrences[number] for number in pair)
        return any((occurrence.event.id, occurrence.day) in keys for occurrence in occurrences)

    def make_clash(self, pair: _Pair) -> Clash:
        """The clash of a pair."""
        before, after = (self._stretches[number] for number in pair)
        gap = after.start - before.end
        one, other = sorted(pair)  # which is the order in which they are told
        first, second = self._occurrences[one], self._occurrences[other]
        way = self._ways.find(self._cities[one], self._cities[other])
        room = _room_key(first.event) if gap < 0 else None
        return Clash(
            first=first,
            second=second,
            likelihood=_likelihood(before, after, way),
            people=self._people[pair],
            room=first.event.room if room is not None and room == _room_key(second.event) else None,
            overlap=_overlap(before, after),
            gap=timedelta(seconds=gap) if gap >= 0 and before.is_ended and after.is_timed else None,
            travel=way.takes if way else None,
            left=(self._find_left(one), self._find_left(other)),
        )

    def _find_left(self, number: int) -> tuple[Period, ...] | None:
        when = self._occurrences[number].when
        if not isinstance(when, Between):
            return None
        if number not in self._left:
            self._left[number] = days_left(when, self._taken[number])
        return self._left[number]


def _likelihood(before: Stretch, after: Stretch, way: Way | None) -> Likelihood:
    """How sure it is that two clash, of which one starts before the other, or with it."""
    if before.is_tentative or after.is_tentative or not (before.is_timed and after.is_timed):
        return Likelihood.PERHAPS
    if after.start < before.end and (before.is_ended or after.start == before.start):
        return Likelihood.SURE  # however long the second is
    if not before.is_ended:
        return Likelihood.PERHAPS
    return Likelihood.TIGHT if way and way.takes is not None else Likelihood.PERHAPS


def _overlap(before: Stretch, after: Stretch) -> timedelta | None:
    """How long two are on at once; None where that is not known, or not so."""
    seconds = min(before.end, after.end) - after.start
    return timedelta(seconds=seconds) if seconds > 0 and before.is_ended and after.is_ended else None


def _shared_people(one: Event, other: Event) -> tuple[str, ...]:
    """The names of those who are in both, in the order of the first."""
    names = {person.name for person in other.people}
    return tuple(dict.fromkeys(person.name for person in one.people if person.name in names))


def _room_key(event: Event) -> object:
    """What is equal for events in one room, of which there can be one at a time; None for all others. A room without a
    venue is one of its cities.
    """
    venue, room = event.venue, event.room
    if room is None or room.shared or (venue and venue.shared):
        return None
    return venue.id if venue else event.cities, room.rank, room.name
