"""Which events are selected, and their order, for any events at all."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.agendafile.load import load
from agenda.dates import Period
from agenda.model import (
    TBA,
    Agenda,
    Between,
    Certainty,
    City,
    Event,
    Fixed,
    Occurrence,
    Person,
    Room,
    Status,
    Term,
    ToBeAnnounced,
    Venue,
    When,
)
from agenda.query import NOT_CANCELLED, Query, make_selection, select, select_series
from agenda.recurrence.expand import occurrences
from agenda.text.folding import fold

ZONES = [None, ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Rome"), ZoneInfo("Pacific/Kiritimati")]
CITIES = [City(name, rank=rank) for rank, name in enumerate(("Osaka", "Tokyo", "Kobe"))]
TERMS = [Term("culture", ("arts",)), Term("research")]
PEOPLE = [Person("Stefano Lo Russo", "mayor", ("Sindaco",)), Person("Yuko Hasegawa")]
FIRST = date(2025, 9, 25)

near_days = st.dates(FIRST, FIRST + timedelta(9))
zones = st.sampled_from(ZONES)


@st.composite
def whens(draw: st.DrawFn) -> When:
    """A time of any certainty, within the same ten days or a little after."""
    kind = draw(st.sampled_from(["day", "days", "time", "times", "between", "tba"]))
    day = draw(near_days)
    later = day + timedelta(draw(st.integers(1, 4)))
    start = datetime.combine(day, draw(st.times()).replace(microsecond=0, fold=0))
    end = start + timedelta(hours=draw(st.integers(1, 50)))
    zone = draw(zones)
    found: dict[str, When] = {
        "day": Fixed(day),
        "days": Fixed(day, later),
        "time": Fixed(start.replace(tzinfo=zone)),
        "times": Fixed(start.replace(tzinfo=zone), end.replace(tzinfo=zone)),
        "between": Between(day, later),
        "tba": TBA,
    }
    return found[kind]


dated = st.lists(
    st.builds(Event, id=st.text("abc-", min_size=1, max_size=2), title=st.just("T"), when=whens(), timezone=zones),
    unique_by=lambda event: event.id,
    max_size=5,
).map(lambda found: Agenda(events=tuple(found)))
"""Agendas of events that have a date of some sort, and nothing else."""


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    """An agenda of events with ids of their own."""
    ids = draw(st.lists(st.text("abc-", min_size=1, max_size=3), unique=True, max_size=4))
    return Agenda(
        events=tuple(
            Event(
                id=id_,
                title=draw(st.sampled_from(["Opening night", "Talk", "Città が"])),
                when=draw(whens()),
                timezone=draw(zones),
                cities=tuple(draw(st.lists(st.sampled_from(CITIES), unique=True, max_size=2))),
                venue=draw(st.sampled_from([None, Venue(id="hall", name="Central Public Hall")])),
                room=draw(st.sampled_from([None, Room("Foyer", ("Ridotto",))])),
                kind=draw(st.sampled_from([None, *TERMS])),
                topics=tuple(draw(st.lists(st.sampled_from(TERMS), unique=True))),
                organizers=tuple(draw(st.lists(st.sampled_from(TERMS), unique=True, max_size=1))),
                people=tuple(draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=1))),
                status=draw(st.sampled_from(Status)),
            )
            for id_ in ids
        )
    )


periods = st.one_of(
    st.tuples(near_days, near_days).map(lambda ends: Period(*sorted(ends))),
    st.builds(Period, near_days),
    st.builds(Period, st.none(), near_days),
    st.just(Period()),
)
wanteds = st.builds(
    Query,
    cities=st.frozensets(st.sampled_from([city.name for city in CITIES])),
    topics=st.frozensets(st.sampled_from([term.name for term in TERMS])),
    kinds=st.frozensets(st.sampled_from([term.name for term in TERMS])),
    with_parts=st.sampled_from([(), ("russo",), ("arts", "hase"), ("nobody",)]),
    and_with_parts=st.sampled_from([(), (("russo",), ("citta", "hase")), (("arts",),)]),
    venue_parts=st.sampled_from([(), ("hall",), ("nowhere",)]),
    room_parts=st.sampled_from([(), ("foy",), ("attic", "ridotto"), ("cellar",)]),
    searches=st.sampled_from([(), (("night", "opening"),), (("talk",), ("citta",)), (("か",),)]),
    periods=st.lists(periods, max_size=2).map(tuple),
    statuses=st.frozensets(st.sampled_from(Status)),
    certainties=st.frozensets(st.sampled_from(Certainty)),
    ids=st.none() | st.frozensets(st.text("abc-", min_size=1, max_size=3)),
)
FIELDS = [
    field for field in Query.__struct_fields__ if field not in {"periods", "and_with_parts", "ids", "today", "timezone"}
]


def only(wanted: Query, *fields: str) -> Query:
    """The same, with nothing wanted but what is in these fields."""
    return Query(**{field: getattr(wanted, field) for field in fields})


def ids(found: Iterable[Occurrence]) -> list[str]:
    """The ids of the events of these occurrences."""
    return [occurrence.event.id for occurrence in found]


# --- Order ---


@pytest.mark.slow
@given(dated, st.randoms(use_true_random=False))
def test_order_in_the_file_makes_no_difference(agenda: Agenda, random: object) -> None:
    shuffled = sorted(agenda.events, key=lambda _: random.random())  # type: ignore[attr-defined]  # a Random
    assert ids(select(Agenda(events=tuple(shuffled)), Query())) == ids(select(agenda, Query()))


@pytest.mark.slow
@given(dated)
def test_every_event_is_there_once_where_nothing_is_asked_for(agenda: Agenda) -> None:
    assert sorted(ids(select(agenda, Query()))) == sorted(event.id for event in agenda.events)


@pytest.mark.slow
@given(dated)
def test_what_is_to_be_announced_comes_last_by_id(agenda: Agenda) -> None:
    found = select(agenda, Query())
    dateless = [occurrence for occurrence in found if isinstance(occurrence.when, ToBeAnnounced)]
    assert found[len(found) - len(dateless) :] == dateless
    assert ids(dateless) == sorted(ids(dateless))


@pytest.mark.slow
@given(dated)
def test_dates_come_by_their_first_day(agenda: Agenda) -> None:
    found = [shown.when.days[0] for shown in select(agenda, Query()) if not isinstance(shown.when, ToBeAnnounced)]
    assert found == sorted(found)


def kind(occurrence: Occurrence) -> str:
    """Which sort of date it has, in words that sort as the sorts of one day do."""
    if isinstance(occurrence.when, Fixed):
        return "1 days" if occurrence.when.all_day else "2 times"
    return "3 between"


@pytest.mark.slow
@given(dated)
def test_of_one_day_days_come_before_times_and_times_before_between(agenda: Agenda) -> None:
    for one, other in pairwise(select(agenda, Query())):
        if not isinstance(other.when, ToBeAnnounced) and not isinstance(one.when, ToBeAnnounced):
            assert one.when.days[0] < other.when.days[0] or kind(one) <= kind(other)


@pytest.mark.slow
@given(dated)
def test_of_one_day_times_come_by_instant_and_all_else_by_id(agenda: Agenda) -> None:
    for one, other in pairwise(select(agenda, Query())):
        match one.when, other.when:
            case Fixed(start=datetime() as first), Fixed(start=datetime() as second) if first.date() == second.date():
                instants = [time if time.tzinfo else time.replace(tzinfo=UTC) for time in (first, second)]
                assert instants[0] < instants[1] or (instants[0] == instants[1] and one.event.id < other.event.id)
            case (Fixed(all_day=True) | Between(), Fixed(all_day=True) | Between()) if kind(one) == kind(other):
                assert one.when.days[0] < other.when.days[0] or one.event.id < other.event.id


def test_last_day_of_the_calendar_comes_before_what_is_to_be_announced() -> None:
    last = Event(id="z", title="Z", when=Fixed(date.max))
    never = Event(id="a", title="A", when=TBA)
    assert ids(select(Agenda(events=(never, last)), Query())) == ["z", "a"]


@pytest.mark.slow
@given(dated)
def test_events_are_each_there_once_in_the_order_of_their_occurrences(agenda: Agenda) -> None:
    assert ids(select_series(agenda, Query())) == list(dict.fromkeys(ids(select(agenda, Query()))))


# --- What is wanted ---


@pytest.mark.slow
@settings(max_examples=50)
@given(agendas(), wanteds)
def test_all_fields_have_to_be_met(agenda: Agenda, wanted: Query) -> None:
    of_each = [set(ids(select(agenda, only(wanted, field)))) for field in Query.__struct_fields__]
    assert set(ids(select(agenda, wanted))) == set.intersection(*of_each)


@pytest.mark.slow
@settings(max_examples=50)
@given(agendas(), wanteds, st.sampled_from(FIELDS))
def test_any_value_of_a_field_will_do(agenda: Agenda, wanted: Query, field: str) -> None:
    values = getattr(wanted, field)
    of_each = [set(ids(select(agenda, Query(**{field: type(values)([value])})))) for value in values]
    everything = {event.id for event in agenda.events}
    assert set(ids(select(agenda, only(wanted, field)))) == (set().union(*of_each) if values else everything)


@pytest.mark.slow
@settings(max_examples=50)
@given(agendas(), wanteds)
def test_what_is_wanted_keeps_the_order_of_the_whole(agenda: Agenda, wanted: Query) -> None:
    found = ids(select(agenda, wanted))
    assert found == [id_ for id_ in ids(select(agenda, Query())) if id_ in found]


@pytest.mark.slow
@given(dated, periods)
def test_event_is_within_a_period_if_one_of_its_days_is(agenda: Agenda, period: Period) -> None:
    inside = {
        day
        for day in (FIRST + timedelta(number) for number in range(-10, 30))
        if (period.first is None or day >= period.first) and (period.last is None or day <= period.last)
    }
    expected = set()
    for event in agenda.events:
        for occurrence in occurrences(event):
            if not isinstance(occurrence.when, ToBeAnnounced):
                first, last = occurrence.when.days
                touched = {first + timedelta(number) for number in range((last - first).days + 1)}
                expected |= {event.id} if touched & inside else set()
    assert set(ids(select(agenda, Query(periods=(period,))))) == expected


def test_no_ids_are_not_all_ids() -> None:
    agenda = Agenda(events=(Event(id="a", title="A", when=TBA),))
    assert (ids(select(agenda, Query(ids=frozenset()))), ids(select(agenda, Query()))) == ([], ["a"])


@pytest.mark.parametrize(
    ("periods_", "first"),
    [
        ((), None),
        ((Period(),), None),
        ((Period(None, date(2025, 9, 30)),), None),
        ((Period(date(2025, 9, 28)), Period(date(2025, 9, 30))), date(2025, 9, 30)),
    ],
)
def test_first_day_that_is_asked_for_is_the_last_of_the_first_days(
    periods_: tuple[Period, ...], first: date | None
) -> None:
    assert Query(periods=periods_).first == first


# --- Searching ---


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Agenda:
    """One event in which each field has a word of its own, and one without any of them."""
    path = tmp_path_factory.mktemp("searched") / "events.toml"
    path.write_text("""\
[cities.Osaka]
aliases = ["大阪"]
[venues.hall]
name = "Central Public Rooms"
city = "Osaka"
address = "1 Nakanoshima"
aliases = ["Kokaido"]
url = "https://venue.example/"
[people."Yuko Hasegawa"]
role = "curator"
aliases = ["Hase"]
[people."Stefano Lo Russo"]
[organizers.Politecnico]
aliases = ["PoliTo"]
[topics.biotech]
aliases = ["life sciences"]
[kinds.ceremony]
aliases = ["rite"]
[sources.gazette]
title = "Evening paper"
publisher = "Stampa"
url = "https://source.example/"
[[events]]
id = "rich-in-words"
title = "Opening in 日本"
venue = "hall"
room = "Foyer"
date_note = "Hearsay."
kind = "ceremony"
topics = ["biotech"]
organizers = ["Politecnico"]
people = ["Yuko Hasegawa", { name = "Stefano Lo Russo", role = "host" }]
description = "With\\ntrumpets."
url = "https://event.example/"
sources = ["gazette"]
[[events]]
id = "zzz"
title = "Zzz"
""")
    return load(str(path))


@pytest.mark.parametrize(
    "text",
    [
        "rich-in-words",
        "opening",
        "日本",
        "osaka",
        "大阪",
        "hall",
        "public",
        "nakanoshima",
        "kokaido",
        "venue.example",
        "foyer",
        "hearsay",
        "ceremony",
        "rite",
        "biotech",
        "life sciences",
        "politecnico",
        "polito",
        "hasegawa",
        "curator",
        "russo",
        "host",
        "trumpets",
        "event.example",
        "gazette",
        "evening",
        "stampa",
        "source.example",
        "openin trumpet host",
    ],
)
def test_search_finds_the_words_of_every_field(searched: Agenda, text: str) -> None:
    assert ids(select(searched, Query(searches=(tuple(fold(text).split()),)))) == ["rich-in-words"]


@pytest.mark.parametrize("text", ["withtrumpets", "opening zzz", "roomsosaka", "か"])
def test_search_finds_no_words_that_are_not_there(searched: Agenda, text: str) -> None:
    assert ids(select(searched, Query(searches=(tuple(fold(text).split()),)))) == []


# --- What is left out ---


def test_selection_tells_the_cancelled_events_that_only_their_status_left_out() -> None:
    city = City("Tokyo")
    day = date(2025, 9, 30)
    agenda = Agenda(
        events=(
            Event(id="on", title="On", when=Fixed(day), cities=(city,)),
            Event(id="off", title="Off", when=Fixed(day), cities=(city,), status=Status.CANCELLED),
            Event(id="off-elsewhere", title="Off", when=Fixed(day), status=Status.CANCELLED),
            Event(id="off-later", title="Off", when=Fixed(date(2026, 1, 1)), cities=(city,), status=Status.CANCELLED),
        )
    )
    query = Query(cities=frozenset({"Tokyo"}), periods=(Period(day, day),), statuses=NOT_CANCELLED)
    selection = make_selection(agenda, query)
    assert (ids(selection.occurrences), [event.id for event in selection.cancelled]) == (["on"], ["off"])


def test_selection_of_any_status_leaves_out_nothing() -> None:
    agenda = Agenda(events=(Event(id="off", title="Off", when=TBA, status=Status.CANCELLED),))
    selection = make_selection(agenda, Query())
    assert (ids(selection.occurrences), selection.cancelled) == (["off"], [])


def test_no_event_has_an_id_of_an_empty_set() -> None:
    agenda = Agenda(events=(Event(id="a", title="A", when=TBA),))
    assert select(agenda, Query(ids=frozenset())) == []
