"""The clashes that a sweep finds are those that a look at each pair of events finds, by the words of the definition."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.model import (
    TBA,
    Agenda,
    Between,
    City,
    Event,
    Fixed,
    Frequency,
    Occurrence,
    Person,
    Room,
    Rule,
    Status,
    Travel,
    Venue,
    When,
)
from agenda.query import NOT_CANCELLED, Query, select
from agenda.reports.clashes import Likelihood, find_clashes_among, select_clashes

OSAKA = City("Osaka", ZoneInfo("Asia/Tokyo"), rank=0)
TOKYO = City("Tokyo", ZoneInfo("Asia/Tokyo"), rank=1)
TORINO = City("Torino", ZoneInfo("Europe/Rome"), rank=2)
BLUE, GREEN, HALL = Room("Blue", rank=0), Room("Green", rank=1), Room("Hall", shared=True, rank=2)
VENUES = (
    Venue(id="palace", name="Palace", city=OSAKA, rooms=(BLUE, GREEN, HALL)),
    Venue(id="market", name="Market", city=TOKYO, shared=True),
)
FIRST = datetime(2026, 10, 24)  # noqa: DTZ001 - clocks in Torino are put back that night
Found = tuple[str, date | None, str, date | None, Likelihood, frozenset[str], str | None]


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    """An event within some days, of any kind, with few people and in few rooms, so that there is something to find."""
    cities = draw(st.sampled_from([(OSAKA,), (TOKYO,), (TORINO,), (OSAKA, TOKYO), ()]))
    zones = {city.timezone for city in cities}
    timezone = zones.pop() if len(zones) == 1 else ZoneInfo("Asia/Tokyo")
    when, repeat = draw(_whens(timezone)), None
    if isinstance(when, Fixed):
        repeat = draw(st.sampled_from([None, None, None, Rule(frequency=Frequency.DAILY, count=3)]))
    return Event(
        id=f"e-{number}",
        title="An event",
        when=when,
        timezone=timezone,
        cities=cities,
        venue=draw(st.sampled_from([None, *VENUES])),
        room=draw(st.sampled_from([None, BLUE, GREEN, HALL])),
        people=tuple(map(Person, draw(st.sampled_from(["A", "AB", "B", ""])))),
        status=draw(st.sampled_from([*[Status.CONFIRMED] * 6, Status.TENTATIVE, Status.CANCELLED])),
        busy=draw(st.sampled_from([*[None] * 6, True, False])),
        repeat=repeat,
    )


@st.composite
def _whens(draw: st.DrawFn, timezone: ZoneInfo | None) -> When:
    first = FIRST + timedelta(hours=draw(st.integers(0, 48)))
    days = draw(st.integers(0, 2))
    match draw(st.sampled_from([*["times"] * 6, "floating", "no end", "days", "between", "tba"])):
        case "times":
            start = first.replace(tzinfo=timezone)
            return Fixed(start, (start.astimezone(UTC) + timedelta(hours=draw(st.integers(1, 8)))).astimezone(timezone))
        case "floating":
            return Fixed(first, first + timedelta(hours=draw(st.integers(3, 8))))
        case "no end":
            return Fixed(first.replace(tzinfo=timezone))
        case "days":
            return Fixed(first.date(), first.date() + timedelta(days))
        case "between":
            return Between(first.date(), first.date() + timedelta(days + 1))
    return TBA


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """An agenda of a few events, which knows some of the ways between its cities."""
    lengths = st.sampled_from([None, timedelta(hours=3), timedelta(hours=14), timedelta(days=3)])
    ways = {pair: draw(lengths) for pair in combinations((OSAKA, TOKYO, TORINO), 2)}
    return Agenda(
        events=tuple(draw(events(number)) for number in range(10)),
        venues=VENUES,
        travel=tuple(Travel(pair, takes) for pair, takes in ways.items() if takes),
        timezone=ZoneInfo("Asia/Tokyo"),
    )


@given(agendas(), st.sampled_from([None, FIRST.date() + timedelta(1)]))
def test_a_sweep_finds_what_a_look_at_each_pair_finds(agenda: Agenda, day: date | None) -> None:
    from agenda.dates import Period

    query = Query(statuses=NOT_CANCELLED, periods=(Period(day, day),) if day else ())
    selected = select(agenda, query)
    asked_for = {(occurrence.event.id, occurrence.day) for occurrence in selected}
    found = {
        (
            clash.first.event.id,
            clash.first.day,
            clash.second.event.id,
            clash.second.day,
            clash.likelihood,
            frozenset(clash.people),
            clash.room.name if clash.room else None,
        )
        for clash in select_clashes(agenda, query, selected).found
    }
    everything = select(agenda, Query(statuses=NOT_CANCELLED))
    pairs = (_clash(agenda, one, other) for one, other in combinations(everything, 2))
    assert found == {pair for pair in pairs if pair and (pair[:2] in asked_for or pair[2:4] in asked_for)}


@pytest.mark.parametrize(("people", "is_cut"), [("A", False), ("AB", True)])
def test_clashes_that_are_left_out_are_told_of(people: str, is_cut: bool) -> None:
    """There are three pairs of these; with two people in each event, every pair is found twice."""
    when = Fixed(FIRST.replace(tzinfo=UTC))
    events = tuple(
        Event(id=f"e-{number}", title="An event", when=when, people=tuple(map(Person, people))) for number in range(3)
    )
    agenda = Agenda(events=events)
    assert find_clashes_among(select(agenda, Query(statuses=NOT_CANCELLED)), agenda, most=3).is_cut is is_cut


def _clash(agenda: Agenda, one: Occurrence, other: Occurrence) -> Found | None:
    """The clash of two occurrences, one told before the other; None where there is none."""
    if one.event is other.event or not (_takes_time(one) and _takes_time(other)):
        return None
    people = frozenset(_names(one)) & frozenset(_names(other))
    (start, end), (other_start, other_end) = _times(agenda, one), _times(agenda, other)
    are_confirmed = one.event.status is other.event.status is Status.CONFIRMED
    has_earlier_end = start == other_start or _has_end(one if start < other_start else other)
    are_sure = are_confirmed and _has_time(one) and _has_time(other) and has_earlier_end
    if start < other_end and other_start < end:
        is_one_room = _room(one) is not None and _room(one) == _room(other)
        if people or is_one_room:
            likelihood = Likelihood.SURE if are_sure else Likelihood.PERHAPS
            return _found(one, other, likelihood, people, one.event.room if is_one_room else None)
        return None
    likelihood_of_way = _way(agenda, one, other) if end <= other_start else _way(agenda, other, one)
    return _found(one, other, likelihood_of_way, people, None) if people and likelihood_of_way else None


def _found(
    one: Occurrence, other: Occurrence, likelihood: Likelihood, people: frozenset[str], room: Room | None
) -> Found:
    return one.event.id, one.day, other.event.id, other.day, likelihood, people, room.name if room else None


def _way(agenda: Agenda, before: Occurrence, after: Occurrence) -> Likelihood | None:
    """How likely it is that who is in both is late for the second."""
    cities, others = before.event.cities, after.event.cities
    if not cities or not others or set(cities) & set(others):
        return None
    takes = [
        way.takes for way in agenda.travel for city in cities for other in others if {city, other} == {*way.cities}
    ]
    if not takes:
        if not isinstance(before.when, Fixed) or not isinstance(after.when, Fixed):
            return None
        return Likelihood.PERHAPS if before.when.days[1] >= after.when.days[0] else None
    gap = _times(agenda, after)[0] - _times(agenda, before)[1]
    if gap >= min(takes) or not (_has_time(before) and _has_time(after)):
        return None
    are_sure = before.event.status is after.event.status is Status.CONFIRMED and _has_end(before)
    return Likelihood.TIGHT if are_sure else Likelihood.PERHAPS


def _takes_time(occurrence: Occurrence) -> bool:
    event, when = occurrence.event, occurrence.when
    if when == TBA or event.status is Status.CANCELLED:
        return False
    several_days = isinstance(when, Fixed) and when.all_day and when.days[0] < when.days[1]
    return not several_days if event.busy is None else event.busy


def _names(occurrence: Occurrence) -> Iterator[str]:
    return (person.name for person in occurrence.event.people)


def _room(occurrence: Occurrence) -> object:
    venue, room = occurrence.event.venue, occurrence.event.room
    if room is None or room.shared or (venue and venue.shared):
        return None
    return room.name, venue.id if venue else occurrence.event.cities


def _has_time(occurrence: Occurrence) -> bool:
    return isinstance(occurrence.when, Fixed) and not occurrence.when.all_day


def _has_end(occurrence: Occurrence) -> bool:
    return isinstance(occurrence.when, Fixed) and isinstance(occurrence.when.end, datetime)


def _times(agenda: Agenda, occurrence: Occurrence) -> tuple[datetime, datetime]:
    """From when to when it takes time, in UTC."""
    zone, when = occurrence.event.timezone or agenda.timezone, occurrence.when
    assert zone
    if isinstance(when, Fixed) and isinstance(when.start, datetime):
        start = when.start if when.start.tzinfo else when.start.replace(tzinfo=zone)
        end = when.end if isinstance(when.end, datetime) else None
        if end is None:
            return start.astimezone(UTC), start.astimezone(UTC) + timedelta(hours=1)
        return start.astimezone(UTC), (end if end.tzinfo else end.replace(tzinfo=zone)).astimezone(UTC)
    assert isinstance(when, Fixed | Between)
    first, last = when.days
    after = last + timedelta(1)
    return tuple(datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, after))  # type: ignore[return-value]
