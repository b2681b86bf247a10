"""The rooms of venues, how long ways take, and whether events take all the time of those who take part."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile.load import load
from agenda.agendafile.travel import read_length, write_length
from agenda.model import Agenda, Room, Travel

Program = Callable[..., Run]
Read = Callable[[str], Agenda]

VENUES = """\
[venues.opera]
name = "Opera house"
aliases = ["house"]
rooms = ["Great hall", { name = "Foyer", aliases = ["Ridotto"], shared = true }]
[venues.club]
name = "Club"
[venues.school]
name = "School"
rooms = ["Foyer"]
shared = true
"""


def event(number: int, *keys: str) -> str:
    """An event with an id and a title, and these keys."""
    return "\n".join((f'[[events]]\nid = "e{number}"\ntitle = "E"', *keys, ""))


@pytest.fixture
def read(file: Callable[[str], Path]) -> Read:
    """Read a file of that text."""
    return lambda text: load(file(text))


def rooms_of(agenda: Agenda) -> list[Room | None]:
    return [event.room for event in agenda.events]


def test_venue_has_the_rooms_that_it_lists_in_their_order(read: Read) -> None:
    opera, club, school = read(VENUES).venues
    assert opera.rooms == (Room("Great hall", rank=0), Room("Foyer", ("Ridotto",), shared=True, rank=1))
    assert (club.rooms, [room.name for room in school.rooms]) == ((), ["Foyer"])
    assert [venue.shared for venue in (opera, club, school)] == [False, False, True]


def test_room_is_found_by_its_name_and_its_aliases_under_any_name_of_its_venue(read: Read) -> None:
    spots = ('venue = "opera"\nroom = "Foyer"', 'venue = "house"\nroom = "Ridotto"')
    agenda = read(VENUES + "".join(event(number, spot) for number, spot in enumerate(spots)))
    assert rooms_of(agenda) == [agenda.venues[0].rooms[1]] * 2


def test_rooms_of_one_name_in_two_places_are_two(read: Read) -> None:
    spots = ('venue = "school"\n', 'venue = "opera"\n', 'venue = "club"\n', "")
    agenda = read(VENUES + "".join(event(number, f'{spot}room = "Foyer"') for number, spot in enumerate(spots)))
    rooms = [room for room in rooms_of(agenda) if room]
    assert [room.name for room in rooms] == ["Foyer"] * 4
    assert sorted(rooms, key=lambda room: room.rank) == [rooms[1], rooms[2], rooms[0], rooms[3]]


def test_rooms_that_no_venue_lists_are_one_for_each_name(read: Read) -> None:
    names = ("Stage", "Bar", "Stage")
    agenda = read(VENUES + "".join(event(number, f'venue = "club"\nroom = "{n}"') for number, n in enumerate(names)))
    stage, bar, again = rooms_of(agenda)
    assert stage == again
    assert stage
    assert bar
    assert stage.rank < bar.rank


WRONG = {
    "of another venue": (
        'venue = "school"\nroom = "Great hall"',
        '"school" is called "Great hall"; it is a room of "opera"',
    ),
    "of no venue": ('venue = "school"\nroom = "Balcony"', '"school" is called "Balcony"; use one that it lists, or'),
    "nearly so called": ('venue = "opera"\nroom = "great hall"', 'is called "great hall"; did you mean "Great hall"?'),
    "nearly an alias": ('venue = "opera"\nroom = "Ridoto"', 'is called "Ridoto"; did you mean "Foyer"?'),
}


@pytest.mark.parametrize("name", WRONG)
def test_room_that_a_venue_does_not_list_is_a_mistake(agenda: Program, name: str) -> None:
    keys, message = WRONG[name]
    run = agenda("check", "-", stdin=VENUES + event(1, keys))
    assert (run.code, run.lines[0].partition(":")[2].startswith("15:8: event 'e1': no room of the venue")) == (1, True)
    assert message in run.lines[0]


def test_venue_without_any_room_has_none(agenda: Program) -> None:
    data = '[venues.park]\nname = "Park"\nrooms = []\n' + event(1, 'venue = "park"\nroom = "Foyer"')
    run = agenda("check", "-", stdin=data)
    assert 'no room of the venue "park" is called "Foyer"; it lists none at all' in run.out


CLASHES = {
    '["Foyer", "foyer"]': '4:19: venue \'v\': "foyer" is taken: it also means "Foyer"',
    '["Foyer", "Foyer"]': "4:19: venue 'v': \"Foyer\" is taken: it is also the name of another room",
    '["Foyer", { name = "Bar", aliases = ["Foyer"] }]': "4:46: venue 'v': \"Foyer\" is taken: it is also the name",
    '[{ name = "Bar", aliases = ["B"] }, { name = "B" }]': "4:38: venue 'v': \"B\" is taken",
    '["Foyer", " "]': "4:19: venue 'v': this room has a name that is blank",
}


@pytest.mark.parametrize("rooms", CLASHES)
def test_name_means_one_room_of_a_venue(agenda: Program, rooms: str) -> None:
    data = f'[venues.w]\nname = "W"\n[venues.v]\nrooms = {rooms}\nname = "V"\n'
    run = agenda("check", "-", stdin=data)
    assert run.code == 1
    assert CLASHES[rooms].partition(": ")[2] in run.lines[0]
    assert run.lines[0].startswith("<stdin>:4:")


def test_events_are_not_blamed_for_a_room_that_is_written_wrongly(agenda: Program) -> None:
    data = '[venues.v]\nname = "V"\nrooms = ["Bar", { nam = "Foyer" }]\n' + event(1, 'venue = "v"\nroom = "Foyer"')
    assert "no room" not in agenda("check", "-", stdin=data).out


WAY = '[[travel]]\nbetween = ["Osaka", "Tokyo"]\ntakes = "3h"\n'
CITIES = '[cities.Osaka]\naliases = ["Ōsaka"]\n[cities.Tokyo]\n'


def test_way_is_between_the_cities_that_it_names(read: Read) -> None:
    agenda = read(CITIES + WAY.replace("Osaka", "Ōsaka").replace("3h", "1h 30m"))
    osaka, tokyo = agenda.cities
    assert agenda.travel == (Travel((osaka, tokyo), timedelta(hours=1, minutes=30)),)


def test_cities_of_ways_are_open_where_none_is_declared(read: Read) -> None:
    agenda = read(event(1, 'city = "Kobe"') + WAY)
    assert [city.name for city in agenda.cities] == ["Kobe", "Osaka", "Tokyo"]


def test_way_may_be_told_again_as_other_files_do(read: Read) -> None:
    assert len(read(CITIES + WAY + WAY.replace("3h", "180m")).travel) == 1


A_LENGTH = 'it must be a length such as "3h", "90m" or "1h 30m", of 999h and 99999m at most'
WRONG_WAYS = {
    "unknown city": (WAY.replace("Tokyo", "Tokio"), 'travel 1: no city is called "Tokio"; did you mean "Tokyo"?'),
    "one city": (WAY.replace("Tokyo", "Ōsaka"), 'travel 1: "Ōsaka" is named twice; once is enough'),
    "told in two ways": (
        WAY + WAY.replace('"Osaka", "Tokyo"', '"Tokyo", "Osaka"').replace("3h", "2h"),
        'travel 2: the way between "Tokyo" and "Osaka" takes 3h elsewhere; keep the one that is right (the other',
    ),
    "no length": (WAY.replace("3h", "soon"), f'takes is "soon"; {A_LENGTH}'),
    "too long": (WAY.replace("3h", "1000h"), f'takes is "1000h"; {A_LENGTH}'),
    "too many minutes": (WAY.replace("3h", "100000m"), f'takes is "100000m"; {A_LENGTH}'),
    "no time": (WAY.replace("3h", "0m"), 'takes is "0m"; it must be a length'),
    "nothing between": (WAY.replace("between", "betwixt"), 'between is missing; add a line between = ["…", "…"]'),
}


@pytest.mark.parametrize("name", WRONG_WAYS)
def test_way_that_cannot_be_is_a_mistake(agenda: Program, name: str) -> None:
    data, message = WRONG_WAYS[name]
    run = agenda("check", "-", stdin=CITIES + data)
    assert run.code == 1
    assert message in run.out


@given(st.integers(1, 99_999))
def test_length_is_read_as_it_is_written(minutes: int) -> None:
    length = timedelta(minutes=minutes)
    assert read_length(write_length(length)) == length


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("start = 2026-03-06", True),
        ("start = 2026-03-06\nend = 2026-03-06", True),
        ("start = 2026-03-06\nend = 2026-03-07", False),
        ("start = 2026-03-06\nend = 2026-03-07\nbusy = true", True),
        ("start = 2026-03-06T22:00:00\nend = 2026-03-07T02:00:00", True),
        ("start = 2026-03-06T22:00:00\nbusy = false", False),
        ("between = [2026-03-06, 2026-03-09]", True),
        ("", True),
    ],
)
def test_event_of_several_days_alone_leaves_time_unless_it_says_so(read: Read, keys: str, wanted: bool) -> None:
    (found,) = read(event(1, keys)).events
    assert found.takes_all_time is wanted
