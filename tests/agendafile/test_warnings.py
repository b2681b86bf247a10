"""What looks like a mistake in a valid file, and what does not."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import SHIPPED
from hypothesis import assume, given
from hypothesis import strategies as st

from agenda.agendafile.load import check_files
from agenda.agendafile.near_names import find_near_names
from agenda.agendafile.resolve import resolve
from agenda.agendafile.schema import convert_tables
from agenda.model import Agenda

NOW = datetime(2026, 3, 1, tzinfo=UTC)
Warn = Callable[[str], list[str]]


@pytest.fixture
def warned(tmp_path: Path) -> Warn:
    """The places and messages of the warnings for a file of that text."""

    def warn(text: str) -> list[str]:
        path = tmp_path / "events.toml"
        path.write_text(text)
        checked = check_files([str(path)], lambda _: NOW)
        assert checked.agenda is not None, checked.diagnostics
        return [str(diagnostic).removeprefix(f"{path}:") for diagnostic in checked.diagnostics]

    return warn


def event(name: str, *lines: str) -> str:
    """An event of that id and title."""
    return "\n".join(["[[events]]", f'id = "{name}"', f'title = "{name}"', *lines, ""])


HALL = '[cities.Torino]\n[venues.hall]\nname = "Hall"\ncity = "Torino"\n'
UNREVISED = '[agenda]\nnamespace = "a.example"\n'
NAMED = '[agenda]\nnamespace = "a.example"\nrevised = 2026-01-01T00:00:00Z\n'
CANCELLED = 'status = "cancelled"'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(HALL, id="names, but no event yet"),
        pytest.param(HALL + event("a", 'venue = "hall"'), id="a city used by a venue that is used"),
        pytest.param(event("a", 'city = "Torino"', 'venue = "hall"'), id="names that are not declared"),
        pytest.param(
            event("a", "start = 2026-03-06") + event("b", "start = 2026-03-06", 'uid = "x"'), id="titles that differ"
        ),
        pytest.param(event("a") + event("b").replace('title = "b"', 'title = "a"'), id="one title without a day"),
        pytest.param(
            event("a", "start = 2026-03-06", CANCELLED)
            + event("b", "start = 2026-03-06").replace('title = "b"', 'title = "a"'),
            id="one cancelled and held anew",
        ),
        pytest.param(event("a", CANCELLED), id="cancelled where no calendar knows it"),
        pytest.param(NAMED + event("a", CANCELLED, "revised = 2025-12-01T00:00:00Z"), id="cancelled, and revised"),
        pytest.param(event("a", "start = 2026-03-06") + event("b", "start = 2062-03-06"), id="two far apart"),
        pytest.param(
            "".join(event(f"e{year}", f"start = {year}-03-06") for year in (2022, 2024, 2026, 2028)),
            id="every two years",
        ),
        pytest.param(
            event("a", "start = 2020-03-06", 'repeat = "FREQ=WEEKLY"')
            + event("b", "start = 2026-03-06")
            + event("c", "start = 2028-03-06"),
            id="beside an endless series",
        ),
        pytest.param(UNREVISED + event("a", CANCELLED), id="cancelled, and without a day as before"),
        pytest.param(NAMED + event("a", "start = 2026-03-06", CANCELLED), id="cancelled in an agenda that was revised"),
        pytest.param(
            event("a", "start = 2026-03-06T10:00:00", "end = 2026-03-06T11:00:00")
            + event("b", "start = 2026-03-06T11:00:00").replace('title = "b"', 'title = "a"'),
            id="one title at two times of a day",
        ),
        pytest.param(
            event("a", "start = 2026-03-06", 'city = "Torino"')
            + event("b", "start = 2026-03-06", 'city = "Lyon"').replace('title = "b"', 'title = "a"'),
            id="one title in two cities",
        ),
        pytest.param(
            event("a", "start = 2026-03-06", 'people = ["Anna"]')
            + event("b", "start = 2026-03-06", 'people = ["Bruno"]').replace('title = "b"', 'title = "a"'),
            id="one title, and other people",
        ),
        pytest.param(
            event("a", "start = 2026-03-06", 'repeat = "FREQ=WEEKLY"', "except = [2026-03-13]")
            + event("b", "start = 2026-03-13").replace('title = "b"', 'title = "a"'),
            id="a day left out of a series and held anew",
        ),
    ],
)
def test_nothing_to_warn_of(warned: Warn, text: str) -> None:
    assert warned(text) == []


@pytest.mark.parametrize(
    ("declared", "place"),
    [
        ("[cities.Torino]\n", "1:9: warning: city 'Torino'"),
        ('[venues.hall]\nname = "Hall"\n', "1:9: warning: venue 'hall'"),
        ("[people.Anna]\n", "1:9: warning: person 'Anna'"),
        ("[organizers.Anna]\n", "1:13: warning: organizer 'Anna'"),
        ("[topics.music]\n", "1:9: warning: topic 'music'"),
        ("[kinds.talk]\n", "1:8: warning: kind 'talk'"),
        ('[sources.page]\ntitle = "Page"\n', "1:10: warning: source 'page'"),
    ],
)
def test_name_that_nothing_uses(warned: Warn, declared: str, place: str) -> None:
    (warning,) = warned(declared + event("a"))
    assert warning.startswith(f"{place}: no event uses this")


def test_city_of_a_venue_that_is_not_used_is_not_used(warned: Warn) -> None:
    assert [warning.partition(" warning")[0] for warning in warned(HALL + event("a"))] == ["1:9:", "2:9:"]


def test_revision_of_an_event_in_the_future(warned: Warn) -> None:
    assert warned(event("a", "revised = 2026-03-02T00:00:00Z")) == []
    (warning,) = warned(event("a", "revised = 2026-03-02T00:00:01Z"))
    assert warning.startswith("4:11: warning: event 'a': revised is a time that is still to come; ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["start = 2026-03-06T10:00:00"], ["start = 2026-03-06"]),
        (["start = 2026-03-06T10:00:00"], ["start = 2026-03-06T10:00:00"]),
        (["start = 2026-03-06T10:00:00", "end = 2026-03-06T12:00:00"], ["start = 2026-03-06T11:00:00"]),
        (["start = 2026-03-06T10:00:00", 'repeat = "FREQ=DAILY"'], ["start = 2026-03-16T10:00:00"]),
        (["start = 2026-03-16T10:00:00"], ["start = 2026-03-06T10:00:00", 'repeat = "FREQ=DAILY"']),
        (["between = [2026-03-06, 2026-03-07]"], ["between = [2026-03-06, 2026-03-07]"]),
        (["start = 2026-03-06", 'people = ["Anna"]'], ["start = 2026-03-06"]),
        (["start = 2026-03-06", 'city = "Torino"'], ["start = 2026-03-06", 'city = ["Lyon", "Torino"]']),
    ],
)
def test_one_title_at_one_time(warned: Warn, one: list[str], other: list[str]) -> None:
    (warning,) = warned(event("a", *one) + event("b", *other).replace('title = "b"', 'title = "a"'))
    assert "another event has this title on the same day" in warning


@pytest.mark.parametrize("end", ["", ";COUNT=9", ";UNTIL=20260501"])
def test_slip_of_a_year_is_seen_beside_a_series(warned: Warn, end: str) -> None:
    series = event("a", "start = 2026-03-06", f'repeat = "FREQ=WEEKLY{end}"')
    others = event("b", "start = 2026-03-07") + event("c", "start = 2026-03-08")
    (warning,) = warned(series + others + event("d", "start = 2062-03-09"))
    assert "2062-03-09 is more than a year away from every other event" in warning


def programme(*others: str) -> str:
    """Five events within three days, and others."""
    days = (8, 8, 9, 9, 10)
    return "".join(
        event(f"e{number}", f"start = 2027-04-{day:02}T10:00:00", 'venue = "hall"', 'kind = "talk"')
        for number, day in enumerate(days)
    ) + "".join(others)


@pytest.mark.parametrize(
    ("lines", "place", "meant"),
    [
        (["start = 2027-08-04"], "34:9", "2027-08-04 is apart from the other events, which are from 2027-04-08 to"),
        (["start = 2027-08-04T10:00:00"], "34:9", "did you mean 2027-04-08?"),
        (["start = 2026-04-09"], "34:9", "did you mean 2027-04-09?"),
        (["start = 2027-04-08", "end = 2027-10-04"], "35:7", "did you mean 2027-04-10?"),
        (["between = [2027-08-04, 2027-09-04]"], "34:11", "did you mean 2027-04-08?"),
        (["between = [2027-04-08, 2027-09-04]"], "34:24", "did you mean 2027-04-09?"),
        (["start = 2027-06-20", 'venue = "hall"', 'kind = "talk"'], "34:9", "mend it, if it is a slip"),
    ],
)
def test_day_apart_from_a_tight_programme(warned: Warn, lines: list[str], place: str, meant: str) -> None:
    (warning,) = warned(programme(event("odd", *lines)))
    assert warning.startswith(f"{place}: warning: event 'odd': ")
    assert meant in warning


@pytest.mark.parametrize(
    "others",
    [
        pytest.param(event("odd", "start = 2027-06-20"), id="elsewhere, on a day that no slip makes"),
        pytest.param(event("odd", "start = 2027-06-20", 'venue = "hall"', 'kind = "party"'), id="of another kind"),
        pytest.param(
            event("may", "start = 2027-06-20", 'venue = "hall"', 'kind = "talk"')
            + event("june", "start = 2027-07-20", 'venue = "hall"', 'kind = "talk"'),
            id="two of a series of talks",
        ),
        pytest.param(event("odd", "start = 2027-04-20", 'venue = "hall"', 'kind = "talk"'), id="not long after"),
        pytest.param(event("odd", "start = 2027-03-01", "end = 2027-06-01"), id="an exhibition around it"),
        pytest.param(
            "".join(event(f"o{month}", f"start = 2027-{month:02}-04") for month in range(5, 11)), id="one event of many"
        ),
        pytest.param(event("odd", "start = 2027-04-08", 'repeat = "FREQ=WEEKLY;COUNT=20"'), id="a series that goes on"),
    ],
)
def test_days_that_may_be_apart(warned: Warn, others: str) -> None:
    assert warned(programme(others)) == []


def at(name: str, start: str, end: str = "", *lines: str) -> str:
    return event(name, f"start = 2026-03-{start}", *([f"end = 2026-03-{end}"] if end else []), *lines)


def test_start_in_the_dead_of_night(warned: Warn) -> None:
    (warning,) = warned(at("a", "06T21:00:00", "06T23:00:00") + at("b", "07T03:30:00"))
    assert warning.startswith("9:9: warning: event 'b': starts at 03:30, ")
    assert warning.endswith("write 15:30 if the afternoon is meant")


def test_start_in_the_dead_of_night_there(warned: Warn) -> None:
    city = '[cities.Osaka]\ntimezone = "Asia/Tokyo"\n'
    (warning,) = warned(city + at("a", "06T18:00:00Z", "", 'city = "Osaka"'))
    assert "starts at 03:00 by the clocks there, " in warning


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(at("a", "06T22:00:00", "07T00:30:00") + at("b", "07T03:00:00"), id="a night that goes on"),
        pytest.param("".join(at(f"n{day}", f"{day:02}T03:00:00") for day in range(1, 4)), id="a programme of nights"),
        pytest.param(at("a", "06T05:00:00") + at("b", "07T00:30:00"), id="early and late"),
        pytest.param(at("a", "06T03:00:00Z"), id="where no clocks are known"),
        pytest.param(at("a", "06T06:00:00", "06T22:00:00"), id="16 hours"),
        pytest.param(at("a", "06", "08"), id="days"),
    ],
)
def test_hours_that_are_no_slip(warned: Warn, text: str) -> None:
    assert warned(text) == []


def test_event_of_a_day_and_more_that_is_told_by_times(warned: Warn) -> None:
    (warning,) = warned(at("a", "06T10:30:00", "07T11:45:00"))
    right = "mend its end, or, if it takes whole days, write start = 2026-03-06 and end = 2026-03-07"
    assert warning == f"5:7: warning: event 'a': lasts 25h15m; {right}"


def named(key: str, *values: str) -> str:
    """An event for each value of that key."""
    return "".join(event(f"e{number}", f"{key} = {value}") for number, value in enumerate(values))


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            named("people", '["Giulia Ferrero"]', '["Giulia Ferrero"]', '["Anna", { name = "Giulia Ferrrero" }]'),
            '12:28: warning: event \'e2\': "Giulia Ferrrero" differs by a letter from "Giulia Ferrero", which 2 events',
        ),
        (
            named("room", '"Sala Blu"', '"sala blu"', '"Sala Blu"'),
            '8:8: warning: event \'e1\': "sala blu" differs by its capitals from "Sala Blu", which 2 events use',
        ),
        (
            named("organizers", '["L\'Opera"]', '["L’Opera"]'),
            '8:15: warning: event \'e1\': "L’Opera" differs by the form of its apostrophe from "L\'Opera", which 1',
        ),
        (
            '[people."D\'Amico"]\n[people."D’Amico"]\n' + named("people", '["D\'Amico", "D’Amico"]'),
            '2:9: warning: person \'D’Amico\': "D’Amico" differs by the form of its apostrophe from "D\'Amico"',
        ),
        (named("kind", '"talks"', '"talks"', '"talk-s"'), '"talk-s" differs by a space or hyphen from "talks"'),
        (named("city", '"Torino"', '["Lyon", "Torino"]', '"Tornio"'), '"Tornio" differs by a letter from "Torino"'),
        (
            named("topics", '["musica"]', '["musica"]', '["musiça"]'),
            '"musiça" differs by accents or spaces from "musica"',
        ),
        (named("venue", '"lingotto"', '"lingoto"', '"lingotto"'), '"lingoto" differs by a letter from "lingotto"'),
    ],
)
def test_names_that_are_nearly_alike(warned: Warn, text: str, warning: str) -> None:
    (found,) = warned(text)
    assert warning in found
    assert found.endswith("on line " + found.rpartition(" ")[2])


@pytest.mark.parametrize(
    ("key", "usual", "other"),
    [
        ("room", "Sala 12", "Sala 13"),
        ("room", "Sala Est", "Sala West"),
        ("room", "Aula VIII", "Aula XVIII"),
        ("room", "Hall A", "Hall B"),
        ("city", "Rennes", "Reims"),
        ("city", "名古屋大学", "名古屋大學"),
        ("venue", "Bologna", "Cologna"),
        ("kind", "talk", "walk"),
    ],
)
def test_names_that_are_two(warned: Warn, key: str, usual: str, other: str) -> None:
    assert warned(named(key, f'"{usual}"', f'"{usual}"', f'"{other}"')) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(named("people", '["Maria Rossi"]', '["Maria Rossi"]', '["Mario Rossi"]'), id="Maria and Mario"),
        pytest.param(named("people", '["Karin Lund"]', '["Karim Lund"]'), id="of which none is usual"),
        pytest.param(
            "[topics.painting]\n[topics.paintings]\n"
            + named("topics", '["painting"]', '["painting"]', '["paintings"]'),
            id="that are declared",
        ),
        pytest.param(
            named("venue", '"A"', '"A"', '"B"')
            .replace('"A"', '"A"\nroom = "Foyer"')
            .replace('"B"', '"B"\nroom = "foyer"'),
            id="rooms of two venues",
        ),
    ],
)
def test_names_that_may_be_two(warned: Warn, text: str) -> None:
    assert warned(text) == []


@given(st.from_regex("[a-z]{5,9}", fullmatch=True), st.integers(0, 8), st.sampled_from(["twice", "less", "turned"]))
def test_slip_of_a_letter_in_any_place_is_found(word: str, place: int, slip: str) -> None:
    place = min(place, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    slips = {
        "twice": before + letter * 2 + after,
        "less": before + after,
        "turned": before + after[:1] + letter + after[1:],
    }
    wrong = slips[slip]
    assume(len(wrong) >= 5 and wrong != word)
    assume(not re.fullmatch("[ivxlcdm]+", word) and not re.fullmatch("[ivxlcdm]+", wrong))
    events = [{"id": f"e{number}", "title": "E", "topics": [topic]} for number, topic in enumerate((word, wrong, word))]
    file = convert_tables({"events": events})
    (problem,) = find_near_names(resolve(file)[0], file)
    assert problem.path == ("events", 1, "topics", 0)


def test_shipped_file_has_no_warning() -> None:
    assert check_files([str(SHIPPED)], lambda _: datetime(2025, 10, 8, tzinfo=UTC)).diagnostics == ()


def test_clock_is_asked_for_the_agenda_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text('[agenda]\ntimezone = "Asia/Tokyo"\n')
    zones: list[object] = []

    def clock(agenda: Agenda) -> datetime:
        zones.append(agenda.timezone)
        return NOW

    check_files([str(path)], clock)
    assert [str(zone) for zone in zones] == ["Asia/Tokyo"]


LISTED = '[venues.opera]\nname = "Opera"\nrooms = [{ name = "Foyer", aliases = ["Ridotto"] }]\n'


@pytest.mark.parametrize("name", ["Foyer", "foyer", "Ridotto"])
def test_room_without_the_venue_that_lists_it(warned: Warn, name: str) -> None:
    right = 'add venue = "opera" if it is that one'
    told = warned(LISTED + event("a", 'venue = "opera"') + event("b", f'room = "{name}"'))
    assert [(line[:5], line.partition("; ")[2]) for line in told] == [("11:8:", right)]


@pytest.mark.parametrize("spot", ['room = "Bar"', 'venue = "opera"\nroom = "Foyer"'])
def test_room_that_no_venue_lists_or_that_has_its_venue_is_fine(warned: Warn, spot: str) -> None:
    assert warned(LISTED + event("a", 'venue = "opera"') + event("b", spot)) == []
