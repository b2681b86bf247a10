"""What looks like a mistake in a valid file, and what does not."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import SHIPPED

from agenda.agendafile.load import check_file
from agenda.model import Agenda

NOW = datetime(2026, 3, 1, tzinfo=UTC)
Warn = Callable[[str], list[str]]


@pytest.fixture
def warned(tmp_path: Path) -> Warn:
    """The places and messages of the warnings for a file of that text."""

    def warn(text: str) -> list[str]:
        path = tmp_path / "events.toml"
        path.write_text(text)
        checked = check_file(str(path), lambda _: NOW)
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
    (warning,) = warned(event("a", "revised = 2026-03-01T00:00:01Z"))
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


def test_shipped_file_has_no_warning() -> None:
    assert check_file(str(SHIPPED), lambda _: datetime(2025, 10, 8, tzinfo=UTC)).diagnostics == ()


def test_clock_is_asked_for_the_agenda_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text('[agenda]\ntimezone = "Asia/Tokyo"\n')
    zones: list[object] = []

    def clock(agenda: Agenda) -> datetime:
        zones.append(agenda.timezone)
        return NOW

    check_file(str(path), clock)
    assert [str(zone) for zone in zones] == ["Asia/Tokyo"]
