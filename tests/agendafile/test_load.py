"""What a file becomes: the agenda that it means, or all that is wrong with it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile.load import load
from agenda.errors import DataError, Diagnostic, FileError
from agenda.model import TBA, Agenda, Between, City, Event, Fixed, Person, Room, Source, Status, Term, Venue, When
from agenda.recurrence.expand import occurrences

Read = Callable[[str | bytes], Agenda]

TOKYO = ZoneInfo("Asia/Tokyo")
ROME = ZoneInfo("Europe/Rome")
JST = timezone(timedelta(hours=9))

EVENT = '[[events]]\nid = "gala"\ntitle = "Gala"\n'

FULL = """\
[agenda]
title = "Piemonte in Japan 2025"
description = "A mission."
timezone = "Asia/Tokyo"
namespace = "piemonte-japan-2025"
revised = 2025-10-07T09:00:00+09:00
color = "darkorange"
refresh = "P1D"

[cities.Osaka]
timezone = "Asia/Tokyo"
aliases = ["Ōsaka", "大阪"]
[cities.Torino]
timezone = "Europe/Rome"
[cities.Kobe]

[venues.italy-pavilion]
name = "Italy Pavilion, Expo 2025"
city = "大阪"
address = "Yumeshima"
latitude = 34.6517
longitude = 135
url = "https://example.org/pavilion"
aliases = ["Padiglione Italia"]

[people."Stefano Lo Russo"]
role = "mayor of Torino"
aliases = ["Sindaco"]
[people."Pietro Presti"]
role = "scientist"

[organizers."Politecnico di Torino"]
aliases = ["PoliTo"]

[topics."life sciences"]
aliases = ["biotech"]
[topics.research]

[kinds.ceremony]
aliases = ["rite"]

[sources.ideawebtv]
title = "Il Piemonte si racconta"
publisher = "IdeaWebTV"
date = 2025-09-29
url = "https://example.org/news"
[sources.leaflet]
title = "Leaflet"

[[events]]
id = "polito-japan-hub"
title = "Opening of the new PoliTo Japan Hub"
city = ["Ōsaka"]
venue = "Padiglione Italia"
room = "Sala Polivalente"
start = 2025-09-29T18:00:00
end = 2025-09-29T20:00:00
date_note = "As announced."
kind = "rite"
topics = ["research", "biotech"]
organizers = ["PoliTo"]
people = ["Sindaco", { name = "Pietro Presti", role = "moderator" }]
description = "In the evening."
url = "https://example.org/hub"
status = "tentative"
sources = ["leaflet", "ideawebtv"]
revised = 2025-10-08T09:00:00+09:00
uid = "hub@elsewhere.example"
"""

OSAKA = City("Osaka", TOKYO, ("Ōsaka", "大阪"), 0)
PAVILION = Venue(
    id="italy-pavilion",
    name="Italy Pavilion, Expo 2025",
    city=OSAKA,
    address="Yumeshima",
    latitude=34.6517,
    longitude=135.0,
    url="https://example.org/pavilion",
    aliases=("Padiglione Italia",),
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The agenda that a text means."""

    def read(text: str | bytes) -> Agenda:
        path = tmp_path / "events.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return load(str(path))

    return read


def only(agenda: Agenda) -> Event:
    """The one event of the agenda."""
    (event,) = agenda.events
    return event


def utc_offset(when: When) -> timedelta | None:
    """How far the clocks of a timed event are from UTC when it starts."""
    assert isinstance(when, Fixed)
    assert isinstance(when.start, datetime)
    return when.start.utcoffset()


# --- Each key


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "Piemonte in Japan 2025"),
        ("description", "A mission."),
        ("timezone", TOKYO),
        ("namespace", "piemonte-japan-2025"),
        ("revised", datetime(2025, 10, 7, 9, tzinfo=JST)),
        ("color", "darkorange"),
        ("refresh", "P1D"),
        ("cities", (OSAKA, City("Torino", ROME, (), 1), City("Kobe", None, (), 2))),
        ("venues", (PAVILION,)),
        (
            "people",
            (Person("Stefano Lo Russo", "mayor of Torino", ("Sindaco",)), Person("Pietro Presti", "scientist")),
        ),
        ("organizers", (Term("Politecnico di Torino", ("PoliTo",)),)),
        ("topics", (Term("life sciences", ("biotech",)), Term("research"))),
        ("kinds", (Term("ceremony", ("rite",)),)),
        (
            "sources",
            (
                Source(
                    id="ideawebtv",
                    title="Il Piemonte si racconta",
                    publisher="IdeaWebTV",
                    date=date(2025, 9, 29),
                    url="https://example.org/news",
                ),
                Source(id="leaflet", title="Leaflet"),
            ),
        ),
    ],
)
def test_each_key_of_the_agenda(read: Read, key: str, value: object) -> None:
    """In the order of the file, where there are several."""
    assert getattr(read(FULL), key) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "polito-japan-hub"),
        ("title", "Opening of the new PoliTo Japan Hub"),
        ("cities", (OSAKA,)),
        ("venue", PAVILION),
        ("room", Room("Sala Polivalente")),
        ("when", Fixed(datetime(2025, 9, 29, 18, tzinfo=TOKYO), datetime(2025, 9, 29, 20, tzinfo=TOKYO))),
        ("timezone", TOKYO),
        ("date_note", "As announced."),
        ("kind", Term("ceremony", ("rite",))),
        ("topics", (Term("research"), Term("life sciences", ("biotech",)))),
        ("organizers", (Term("Politecnico di Torino", ("PoliTo",)),)),
        (
            "people",
            (Person("Stefano Lo Russo", "mayor of Torino", ("Sindaco",)), Person("Pietro Presti", "moderator")),
        ),
        ("description", "In the evening."),
        ("url", "https://example.org/hub"),
        ("status", Status.TENTATIVE),
        ("sources", ("leaflet", "ideawebtv")),
        ("revised", datetime(2025, 10, 8, 9, tzinfo=JST)),
        ("uid", "hub@elsewhere.example"),
    ],
)
def test_each_key_of_an_event(read: Read, key: str, value: object) -> None:
    """Aliases have become names, and names what they name, in the order of the event."""
    given = getattr(only(read(FULL)), key)
    assert (tuple(source.id for source in given) if key == "sources" else given) == value


def test_minimal_event(read: Read) -> None:
    """What is not said is not made up."""
    assert only(read(EVENT)) == Event(id="gala", title="Gala", when=TBA)


def test_file_of_nothing_but_events(read: Read) -> None:
    """What the file does not declare is open: the events' own words make the vocabularies."""
    agenda = read(
        EVENT + 'city = ["Torino", "Lyon"]\nvenue = "Main hall"\nkind = "talk"\ntopics = ["music"]\n'
        'organizers = ["City"]\npeople = ["Ann", { name = "Luc" }]\nsources = ["leaflet"]\n'
        + EVENT.replace("gala", "finale")
        + 'city = "Lyon"\npeople = ["Ann"]\n'
    )
    assert agenda.cities == (City("Torino", rank=0), City("Lyon", rank=1))
    assert agenda.venues == (Venue(id="Main hall", name="Main hall"),)
    assert agenda.kinds == (Term("talk"),)
    assert agenda.topics == (Term("music"),)
    assert agenda.organizers == (Term("City"),)
    assert agenda.people == (Person("Ann"), Person("Luc"))
    assert agenda.sources == (Source(id="leaflet", title="leaflet"),)


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "[agenda]\n", "events = []\n"])
def test_empty_file(read: Read, text: str) -> None:
    """The first file that anybody has."""
    assert read(text) == Agenda()


def test_declared_and_empty_vocabulary_is_closed(read: Read) -> None:
    """It says that there are none."""
    with pytest.raises(DataError, match='no city is called "Torino"'):
        read("[cities]\n" + EVENT + 'city = "Torino"\n')


def test_byte_order_mark(read: Read) -> None:
    """It is no part of the text."""
    assert read(b"\xef\xbb\xbf" + FULL.encode()) == read(FULL)


def test_windows_line_ends(read: Read) -> None:
    """They mean the same."""
    assert read(FULL.replace("\n", "\r\n")) == read(FULL)


def test_toml_1_1(read: Read) -> None:
    """Inline tables over several lines, times without seconds, and the escape for ESC."""
    event = only(read(EVENT + 'start = 2025-09-29T18:00\npeople = [{\n  name = "A\\e",\n  role = "B",\n}]\n'))
    assert (event.people, event.when) == ((Person("A\x1b", "B"),), Fixed(datetime(2025, 9, 29, 18)))  # noqa: DTZ001


# --- Cities and venues


@pytest.mark.parametrize("city", ["", 'city = "Osaka"\n', 'city = ["大阪"]\n', "city = []\n"])
def test_venue_brings_its_city(read: Read, city: str) -> None:
    """Whether the event names it as well or no city at all."""
    event = EVENT + f'venue = "hall"\n{city}'
    agenda = read(f'{event}[cities.Osaka]\naliases = ["大阪"]\n[venues.hall]\nname = "Hall"\ncity = "Osaka"\n')
    assert [city.name for city in only(agenda).cities] == ["Osaka"]


def test_cities_beside_the_venue_stay(read: Read) -> None:
    """In the order of the event, the venue's among them."""
    agenda = read(EVENT + 'venue = "hall"\ncity = ["Tokyo", "Osaka"]\n[venues.hall]\nname = "Hall"\ncity = "Osaka"\n')
    assert [city.name for city in only(agenda).cities] == ["Tokyo", "Osaka"]


def test_venue_without_city(read: Read) -> None:
    """It leaves the event's own."""
    agenda = read(EVENT + 'venue = "hall"\ncity = "Tokyo"\n[venues.hall]\nname = "Hall"\n')
    assert [city.name for city in only(agenda).cities] == ["Tokyo"]


def test_city_of_a_venue_counts_as_used(read: Read) -> None:
    """Open cities are those of events and of venues."""
    agenda = read('[venues.hall]\nname = "Hall"\ncity = "Osaka"\n' + EVENT + 'city = "Tokyo"\n')
    assert [city.name for city in agenda.cities] == ["Osaka", "Tokyo"]


# --- People


@pytest.mark.parametrize(
    ("given", "role"),
    [
        ('"Ann"', "mayor"),
        ('{ name = "Ann" }', "mayor"),
        ('{ name = "Ann", role = "chair" }', "chair"),
        ('{ name = "A.", role = "chair" }', "chair"),
        ('"A."', "mayor"),
    ],
)
def test_role_of_the_event_comes_first(read: Read, given: str, role: str) -> None:
    """Then the one that is always theirs."""
    event = only(read(EVENT + f'people = [{given}]\n[people.Ann]\nrole = "mayor"\naliases = ["A."]\n'))
    assert event.people == (Person("Ann", role, ("A.",)),)


def test_role_of_one_event_is_not_that_of_the_next(read: Read) -> None:
    """The person stays as declared."""
    people = 'people = [{ name = "Ann", role = "chair" }]\n'
    agenda = read(EVENT + people + EVENT.replace("gala", "finale") + 'people = ["Ann"]\n[people.Ann]\n')
    assert [event.people[0].role for event in agenda.events] == ["chair", None]


# --- When


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("start = 2025-09-29", Fixed(date(2025, 9, 29))),
        ("start = 2025-09-29\nend = 2025-09-29", Fixed(date(2025, 9, 29), date(2025, 9, 29))),
        ("start = 2025-09-28\nend = 2025-10-04", Fixed(date(2025, 9, 28), date(2025, 10, 4))),
        ("between = [2025-09-24, 2025-09-27]", Between(date(2025, 9, 24), date(2025, 9, 27))),
        ("", TBA),
    ],
)
def test_when_of_days(read: Read, text: str, when: When) -> None:
    """Days have no zone, whatever the agenda's is."""
    assert only(read(EVENT + text + '\n[agenda]\ntimezone = "Asia/Tokyo"\n')).when == when


@pytest.mark.parametrize(
    ("head", "city", "zone"),
    [
        ('[agenda]\ntimezone = "Asia/Tokyo"\n', "", TOKYO),
        ('[agenda]\ntimezone = "Asia/Tokyo"\n[cities.Torino]\n', 'city = "Torino"\n', TOKYO),
        (
            '[agenda]\ntimezone = "Asia/Tokyo"\n[cities.Torino]\ntimezone = "Europe/Rome"\n',
            'city = "Torino"\n',
            ROME,
        ),
        ('[cities.Torino]\ntimezone = "Europe/Rome"\n', 'city = "Torino"\n', ROME),
        (
            '[agenda]\ntimezone = "Europe/Rome"\n[cities.Torino]\ntimezone = "Europe/Rome"\n[cities.Cuneo]\n',
            'city = ["Torino", "Cuneo"]\n',
            ROME,
        ),
        ('[cities.Torino]\n[cities.Osaka]\ntimezone = "Asia/Tokyo"\n', 'city = "Torino"\n', None),
        ("", "", None),
    ],
    ids=["agenda", "city without", "city", "city alone", "two cities of one zone", "another city's", "floating"],
)
def test_zone_of_a_local_time(read: Read, head: str, city: str, zone: ZoneInfo | None) -> None:
    """The city's, else the agenda's, else none."""
    event = only(read(head + EVENT + city + "start = 2025-09-29T11:00:00\n"))
    assert event.when == Fixed(datetime(2025, 9, 29, 11, tzinfo=zone))
    assert event.timezone == zone


def test_zone_of_the_venues_city(read: Read) -> None:
    """The city that a venue brings along brings its zone."""
    venue = '[cities.Osaka]\ntimezone = "Asia/Tokyo"\n[venues.hall]\nname = "Hall"\ncity = "Osaka"\n'
    event = only(read(venue + EVENT + 'venue = "hall"\nstart = 2025-09-29T11:00:00\n'))
    assert event.when == Fixed(datetime(2025, 9, 29, 11, tzinfo=TOKYO))


def test_time_with_an_offset_is_that_instant(read: Read) -> None:
    """In the event it is as it was written; when it happens, it is told by the city's clocks."""
    event = only(read(EVENT + 'start = 2025-09-29T02:00:00Z\n[agenda]\ntimezone = "Asia/Tokyo"\n'))
    (occurrence,) = occurrences(event)
    assert event.when == Fixed(datetime(2025, 9, 29, 2, tzinfo=UTC))
    assert (utc_offset(event.when), utc_offset(occurrence.when)) == (timedelta(0), timedelta(hours=9))


def test_cities_in_different_zones(read: Read) -> None:
    """There is no zone of the event, so its times stay as they were written."""
    cities = '[cities.Torino]\ntimezone = "Europe/Rome"\n[cities.Osaka]\ntimezone = "Asia/Tokyo"\n'
    event = only(read(cities + EVENT + 'city = ["Torino", "Osaka"]\nstart = 2025-09-29T11:00:00+05:00\n'))
    (occurrence,) = occurrences(event)
    assert event.timezone is None
    assert utc_offset(occurrence.when) == timedelta(hours=5)


def test_days_in_cities_of_different_zones(read: Read) -> None:
    """A day needs no zone."""
    cities = '[cities.Torino]\ntimezone = "Europe/Rome"\n[cities.Osaka]\ntimezone = "Asia/Tokyo"\n'
    event = only(read(cities + EVENT + 'city = ["Torino", "Osaka"]\nstart = 2025-09-29\n'))
    assert event.when == Fixed(date(2025, 9, 29))


def test_repeated_local_time_is_its_first(read: Read) -> None:
    """In Rome the clocks went from 03:00 back to 02:00 that night; before that they were two hours off UTC."""
    event = only(read(EVENT + 'start = 2025-10-26T02:30:00\n[agenda]\ntimezone = "Europe/Rome"\n'))
    (occurrence,) = occurrences(event)
    assert utc_offset(occurrence.when) == timedelta(hours=2)


# --- What cannot be had


def test_diagnostics_are_in_the_order_of_the_file(read: Read) -> None:
    """Whichever pass found them."""
    with pytest.raises(DataError) as raised:
        read(EVENT + "end = 2025-09-29\nurl = 5\n[venues.a]\nname = 1\n[cities.b]\nc = 1\n" + EVENT)
    assert [diagnostic.line for diagnostic in raised.value.diagnostics] == [4, 5, 7, 9, 11]


def test_missing_file(tmp_path: Path) -> None:
    """It is a fault of no line."""
    with pytest.raises(FileError, match="there is no file"):
        load(str(tmp_path / "gone.toml"))


# --- The shipped dataset, against the facts that it was written from

FACTS: dict[str, tuple[str, str]] = {
    "piemonte-week": ("2025-09-28 to 2025-10-04", "Osaka"),
    "torino-at-expo": ("between 2025-09-28 and 2025-10-03", "Osaka"),
    "nagoya-twinning": ("between 2025-09-24 and 2025-09-27", "Nagoya"),
    "koike-meeting": ("2025-09-29", "Tokyo"),
    "watanabe-meeting": ("between 2025-09-24 and 2025-09-29", "Tokyo"),
    "university-meetings": ("not published", "Tokyo, Osaka"),
    "polito-japan-hub": ("2025-09-29", "Tokyo"),
    "airone": ("2025-10-02 to 2025-10-04", "Osaka"),
    "entrepreneur-meetings": ("not published", ""),
    "chambers-memorandum": ("between 2025-09-28 and 2025-10-03", "Nagoya"),
    "piemonte-meets-osaka": ("2025-09-30", "Osaka"),
    "confindustria-visits": ("between 2025-10-01 and 2025-10-03", "Osaka, Tokyo, Kyoto, Nagoya"),
    "ceipiemonte-teams": ("2025-09-28 to 2025-10-04", "Osaka, Tokyo, Nagoya, Kobe"),
    "aeromart-nagoya": ("between 2025-09-28 and 2025-10-04", "Nagoya"),
    "medical-japan": ("2025-10-01 to 2025-10-03", "Tokyo"),
    "fbri-visit": ("between 2025-09-28 and 2025-09-30", "Kobe"),
    "life-sciences-panel": ("2025-09-30", "Osaka"),
    "osaka-bio-memorandum": ("2025-09-30", "Osaka"),
    "expo-ribbon-cutting": ("2025-09-28", "Osaka"),
    "textiles-meeting": ("2025-09-28", "Osaka"),
    "unesco-panel": ("2025-09-29T11:00:00+09:00", "Osaka"),
    "embassy-conference": ("between 2025-09-30 and 2025-10-01", "Tokyo"),
    "iurato-concert": ("2025-10-02", "Osaka"),
    "alta-langa-tasting": ("2025-10-03", "Osaka"),
    "gala-dinner": ("2025-10-03", "Osaka"),
    "pathways-talk": ("2025-10-03", "Osaka"),
    "air-mobility-talk": ("2025-10-04", "Osaka"),
    "gardens-talk": ("2025-09-30T12:30:00+09:00", "Osaka"),
}
"""The mission's events in the order of its facts, with their days and cities, written without the dataset."""


def in_words(when: When) -> str:
    """When it is, as the facts have it."""
    match when:
        case Fixed(start, None):
            return start.isoformat()
        case Fixed(start, end) if end:
            return f"{start.isoformat()} to {end.isoformat()}"
        case Between(first, last):
            return f"between {first} and {last}"
    return "not published"


@pytest.fixture(scope="module")
def shipped() -> Agenda:
    """The agenda that comes with the program."""
    return load(None)


def test_shipped_events_are_those_of_the_mission(shipped: Agenda) -> None:
    """All 28 of them, and none besides."""
    assert {event.id for event in shipped.events} == set(FACTS)


def test_shipped_events_number_twenty_eight(shipped: Agenda) -> None:
    """So that no line of the table above gets lost with its event."""
    assert len(shipped.events) == len(FACTS) == 28


@pytest.mark.parametrize("event_id", FACTS)
def test_shipped_event_is_when_the_facts_say(shipped: Agenda, event_id: str) -> None:
    """No date is made up, and what lies between two days is not passed off as fixed."""
    when = next(event.when for event in shipped.events if event.id == event_id)
    assert in_words(when) == FACTS[event_id][0]


@pytest.mark.parametrize("event_id", FACTS)
def test_shipped_event_is_where_the_facts_say(shipped: Agenda, event_id: str) -> None:
    """Through its venue or by itself."""
    cities = next(event.cities for event in shipped.events if event.id == event_id)
    assert ", ".join(city.name for city in cities) == FACTS[event_id][1]


@pytest.mark.parametrize(
    ("vocabulary", "key", "name"),
    [
        ("cities", "cities", "name"),
        ("venues", "venue", "id"),
        ("people", "people", "name"),
        ("organizers", "organizers", "name"),
        ("topics", "topics", "name"),
        ("kinds", "kind", "name"),
        ("sources", "sources", "id"),
    ],
)
def test_shipped_vocabularies_are_all_used(shipped: Agenda, vocabulary: str, key: str, name: str) -> None:
    """What no event names would only clutter the file."""
    given = [getattr(event, key) for event in shipped.events]
    used = [entry for entries in given for entry in (entries if isinstance(entries, tuple) else [entries]) if entry]
    declared = {getattr(entry, name) for entry in getattr(shipped, vocabulary)}
    assert declared == {getattr(entry, name) for entry in used}


def test_shipped_events_cite_their_sources(shipped: Agenda) -> None:
    """Each at least one."""
    assert [event.id for event in shipped.events if not event.sources] == []


def test_shipped_inferred_dates_say_from_what(shipped: Agenda) -> None:
    """Whose day is not known has bounds that somebody worked out."""
    between = [event for event in shipped.events if isinstance(event.when, Between)]
    assert [event.id for event in between if not event.date_note] == []


# --- Whatever is in a file

NAMES = st.sampled_from(["Osaka", "Tokyo", "hall", "a-1"])
ODD_NAMES = st.sampled_from(["osaka", "大阪", "Osaka", "", " ", "x\x1b\n", "title"])
DAYS = st.dates() | st.dates(date(2025, 3, 29), date(2025, 3, 31))
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
CLOCK_CHANGES = st.datetimes(datetime(2025, 3, 30), datetime(2025, 3, 30, 6))  # noqa: DTZ001 - they are local
TIMES = st.datetimes() | st.datetimes(timezones=OFFSETS) | CLOCK_CHANGES.map(lambda time: time.replace(microsecond=0))
INSTANTS = st.datetimes(timezones=OFFSETS)
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats()
SCALARS = NAMES | ODD_NAMES | st.text(max_size=5) | NUMBERS | st.booleans() | DAYS | TIMES | st.times()
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | ODD_NAMES, inner, max_size=3),
    max_leaves=6,
)
Tables = st.SearchStrategy[dict[str, Any]]


def files(*, sloppy: bool) -> Tables:
    """Files whose values are all of the right shape, whatever they mean, or mostly so where they are `sloppy`."""
    names = NAMES | ODD_NAMES if sloppy else NAMES
    several = st.lists(names, max_size=3, unique=not sloppy)
    zones = st.sampled_from(["Asia/Tokyo", "Europe/Rome", "Europe/Rome", "Mars/Olympus"])
    urls = st.sampled_from(["https://example.org/", "www"] if sloppy else ["https://example.org/"])

    def table(*needed: str, **keys: st.SearchStrategy[Any]) -> Tables:
        """A table with some of these keys."""
        if not sloppy:
            always = {key: keys.pop(key) for key in needed}
            return st.fixed_dictionaries(always, optional=keys)
        rather = {key: st.one_of(*[value] * 9, ANYTHING) for key, value in keys.items()}
        known = st.fixed_dictionaries({}, optional=rather)
        others = st.dictionaries(ODD_NAMES, ANYTHING, min_size=1, max_size=2)
        return st.one_of(*[known] * 9, st.builds(dict.__or__, others, known))

    def declared(entry: Tables) -> Tables:
        """A vocabulary of a few entries."""
        return st.dictionaries(names, entry | ANYTHING if sloppy else entry, max_size=3)

    term = table(aliases=several)
    event = table(
        "id",
        "title",
        id=st.sampled_from(["a", "b-1", "c", "d", "e"] + ["B", "a--b"] * sloppy),
        title=names,
        city=names | several,
        venue=names,
        room=names,
        start=DAYS | TIMES,
        end=DAYS | TIMES,
        between=st.lists(DAYS, min_size=2, max_size=3 if sloppy else 2),
        date_note=names,
        kind=names,
        topics=several,
        organizers=several,
        people=st.lists(names | table("name", name=names, role=names), max_size=3),
        description=names,
        url=urls,
        status=st.sampled_from([status.value for status in Status] + ["perhaps"] * sloppy),
        sources=several,
        revised=INSTANTS,
        uid=names,
        busy=st.booleans(),
    )
    return table(
        agenda=table(
            title=names,
            description=names,
            timezone=zones,
            namespace=st.sampled_from(["a.example", "b"] + ["A b"] * sloppy),
            revised=INSTANTS,
            color=st.sampled_from(["red", "Red"] if sloppy else ["red"]),
            refresh=st.sampled_from(["P1D", "P"] if sloppy else ["P1D"]),
        ),
        cities=declared(table(timezone=zones, aliases=several)),
        venues=declared(
            table(
                "name",
                name=names,
                city=names,
                address=names,
                latitude=NUMBERS if sloppy else st.floats(-90, 90),
                longitude=NUMBERS if sloppy else st.floats(-180, 180),
                url=urls,
                aliases=several,
                rooms=st.lists(names | table("name", name=names, aliases=several, shared=st.booleans()), max_size=3),
                shared=st.booleans(),
            )
        ),
        people=declared(table(role=names, aliases=several)),
        organizers=declared(term),
        topics=declared(term),
        kinds=declared(term),
        sources=declared(table("title", title=names, publisher=names, date=DAYS, url=urls)),
        travel=st.lists(
            table(
                "between",
                "takes",
                between=st.lists(names, min_size=2, max_size=3 if sloppy else 2),
                takes=st.sampled_from(["1h", "90m", "1h 30m"] + ["0m", "1 h"] * sloppy),
            ),
            max_size=2,
        ),
        events=st.lists(event, max_size=4),
    )


def in_single_brackets(tables: dict[str, Any]) -> dict[str, Any]:
    """The same with its first event alone, as `[events]` has it."""
    return tables | {"events": tables["events"][0]} if tables.get("events") else tables


FILES = files(sloppy=False) | files(sloppy=True) | files(sloppy=False).map(in_single_brackets)


def written(value: object) -> str:
    """A value as TOML, with a line break wherever there may be one."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return '"' + "".join(char if char.isalnum() else f"\\U{ord(char):08x}" for char in value) + '"'
        case date() | time():
            return value.isoformat()
        case list():
            return "[\n" + "".join(f"{written(item)},\n" for item in value) + "]"
        case dict():
            return "{\n" + "".join(f"{written(key)} = {written(item)},\n" for key, item in value.items()) + "}"
    return repr(value)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to be written over and over."""
    return tmp_path_factory.mktemp("generated") / "events.toml"


def diagnostics_of(path: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the file: nothing, where it is an agenda."""
    try:
        load(str(path))
    except DataError as error:
        return error.diagnostics or (Diagnostic("no diagnostics", 0, 0, ""),)
    return ()


@given(FILES)
def test_a_file_is_an_agenda_or_has_diagnostics_at_places_of_its_own(path: Path, tables: dict[str, Any]) -> None:
    """Whatever stands where: never another error, and never a diagnostic that points nowhere."""
    text = "".join(f"{written(key)} = {written(value)}\n" for key, value in tables.items())
    path.write_bytes(text.encode())
    lines = text.split("\n")
    for diagnostic in diagnostics_of(path):
        assert 1 <= diagnostic.line <= len(lines)
        assert 1 <= diagnostic.column <= len(lines[diagnostic.line - 1]) + 1


@pytest.mark.slow
@given(FILES)
def test_diagnostics_are_safe_to_show(path: Path, tables: dict[str, Any]) -> None:
    """Whatever the names and values in the file, a message is one line without anything to obey."""
    path.write_bytes("".join(f"{written(key)} = {written(value)}\n" for key, value in tables.items()).encode())
    for diagnostic in diagnostics_of(path):
        assert re.fullmatch(r"[^\x00-\x1f\x7f-\x9f]+", diagnostic.message)


MARKS = st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe"])
CHUNKS = st.sampled_from([b"\xe8", "è大".encode(), b"\0", b"\n", b"\r\n", b"[", b'"', b"# ", b"x = 1"]) | st.binary(
    max_size=3
)


@given(MARKS, st.lists(CHUNKS).map(b"".join))
def test_any_bytes_are_an_agenda_or_have_diagnostics_at_places_of_their_own(
    path: Path, mark: bytes, rest: bytes
) -> None:
    """A file may be anything."""
    path.write_bytes(mark + rest)
    lines = rest.split(b"\n")
    for diagnostic in diagnostics_of(path):
        assert 1 <= diagnostic.line <= len(lines)
        assert 1 <= diagnostic.column <= len(lines[diagnostic.line - 1]) + 1
