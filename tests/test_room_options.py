"""Rooms on the command line: chosen, counted, side by side, in files of their own, in order."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Program = Callable[..., Run]
File = Callable[[str], Path]

PROGRAMME = """\
[agenda]
namespace = "rooms.example"
[venues.opera]
name = "Opera house"
rooms = ["Great hall", { name = "Foyer", aliases = ["Ridotto"] }, "Attic"]
[venues.school]
name = "School"
rooms = ["Yard", "Foyer"]
"""
SPOTS = {
    "talk": 'venue = "opera"\nroom = "Attic"',
    "fair": 'venue = "school"\nroom = "Foyer"',
    "lunch": 'venue = "opera"\nroom = "Ridotto"',
    "song": 'venue = "opera"\nroom = "Great hall"\npeople = ["Clara Schumann"]',
    "walk": "",
}


@pytest.fixture
def data(file: File) -> Path:
    """The programme in a file: all events start together, and none of them comes first by its title."""
    return file(
        PROGRAMME
        + "".join(
            f'[[events]]\nid = "{id_}"\ntitle = "T"\nstart = 2026-03-06T10:00:00\nend = 2026-03-06T11:00:00\n{spot}\n'
            for id_, spot in SPOTS.items()
        )
    )


def ids(run: Run) -> list[str]:
    assert (run.code, run.err) == (0, "")
    return [line.split("\t")[0] for line in run.lines]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (["hall"], ["song"]),
        (["FOYER"], ["lunch", "fair"]),
        (["ridòtto"], ["lunch"]),
        (["attic", "hall"], ["song", "talk"]),
    ],
)
def test_room_chooses_by_a_part_of_a_name_or_an_alias(
    agenda: Program, data: Path, typed: list[str], wanted: list[str]
) -> None:
    options = [part for name in typed for part in ("--room", name)]
    assert ids(agenda("list", "--data", data, *options)) == wanted


def test_room_that_there_is_not_chooses_nothing(agenda: Program, data: Path) -> None:
    assert ids(agenda("list", "--data", data, "--room", "cellar", "--quiet")) == []


def test_room_and_venue_choose_together(agenda: Program, data: Path) -> None:
    assert ids(agenda("list", "--data", data, "--room", "foyer", "--venue", "school")) == ["fair"]


def test_search_finds_the_alias_of_a_room(agenda: Program, data: Path) -> None:
    assert ids(agenda("list", "--data", data, "--search", "ridotto")) == ["lunch"]


def test_what_starts_together_comes_in_the_order_of_the_rooms(agenda: Program, data: Path) -> None:
    assert ids(agenda("list", "--data", data)) == ["song", "lunch", "talk", "fair", "walk"]


def test_rooms_of_one_name_are_counted_apart(agenda: Program, data: Path) -> None:
    assert agenda("count", "rooms", "--data", data).lines == [
        "Attic\t1",
        "Foyer, Opera house\t1",
        "Foyer, School\t1",
        "Great hall\t1",
        "-\t1",
    ]


def test_lanes_of_rooms_are_in_the_order_of_the_file(agenda: Program, data: Path) -> None:
    lanes = [line.rstrip("─ ") for line in agenda("timeline", "room", "--data", data).lines if line.endswith("──")]
    assert lanes == ["Great hall", "Foyer, Opera house", "Attic", "Foyer, School", "No room"]


@pytest.mark.parametrize(
    ("by", "wanted"),
    [("venue", ["Opera house", "School", "No venue"]), ("person", ["Clara Schumann", "No person"])],
)
def test_there_are_lanes_for_venues_and_people(agenda: Program, data: Path, by: str, wanted: list[str]) -> None:
    lanes = [line.rstrip("─ ") for line in agenda("timeline", by, "--data", data).lines if line.endswith("──")]
    assert lanes == wanted


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("room", ["attic", "foyer-opera-house", "foyer-school", "great-hall", "no-room"]),
        ("venue", ["no-venue", "opera-house", "school"]),
        ("person", ["clara-schumann", "no-person"]),
    ],
)
def test_a_calendar_is_made_for_each(agenda: Program, data: Path, tmp_path: Path, by: str, wanted: list[str]) -> None:
    run = agenda("export", "--data", data, "--split", by, "--output", tmp_path / "out")
    assert (run.code, run.out) == (0, "")
    assert sorted(path.stem for path in (tmp_path / "out").iterdir()) == wanted


def test_venues_of_one_name_are_in_files_of_their_own(agenda: Program, file: File, tmp_path: Path) -> None:
    venues = "".join(f'[venues.{city.lower()}]\nname = "Town hall"\ncity = "{city}"\n' for city in ("Torino", "Lyon"))
    events = "".join(
        f'[[events]]\nid = "{venue}"\ntitle = "T"\nstart = 2026-03-06\nvenue = "{venue}"\n'
        for venue in ("torino", "lyon")
    )
    data = file('[agenda]\nnamespace = "halls.example"\n' + venues + events)
    assert agenda("export", "--data", data, "--split", "venue", "--output", tmp_path / "out").code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["town-hall-lyon.ics", "town-hall-torino.ics"]


def test_word_that_is_a_room_is_met_by_its_option(agenda: Program, data: Path) -> None:
    run = agenda("list", "attic", "--data", data)
    assert (run.code, "did you mean --room attic?" in run.err) == (2, True)
