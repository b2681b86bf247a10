"""The conference in examples/ is one to learn from: right in all that can be checked."""

from collections.abc import Callable

import pytest
from conftest import ROOT, Run, Screen

CONFERENCE = ROOT / "examples" / "conference.toml"


def test_conference_of_46_sessions_is_valid_and_nothing_in_it_looks_like_a_mistake(agenda: Callable[..., Run]) -> None:
    run = agenda("check", "--strict", CONFERENCE)
    assert (run.code, run.err) == (0, "")
    assert "valid, with 46 events (44 fixed, 1 between two days, 1 to be announced) in 2 cities" in run.out


def test_clashes_of_the_conference_are_the_two_that_were_planted(agenda: Callable[..., Run]) -> None:
    run = agenda("clashes", "--data", CONFERENCE)
    assert [line.split("\t")[:4] for line in run.lines] == [
        ["who-computes", "problems-of-analysis", "sure", "Maria Gaetana Agnesi"],
        ["metals", "pile", "tight", "Alessandro Volta"],
    ]


@pytest.mark.parametrize(
    ("day", "rooms"),
    [
        ("2027-04-08", ["Auditorium", "Sala Blu", "Sala Gialla"]),
        ("2027-04-09", ["Auditorium", "Sala Blu", "Aula Volta"]),
        ("2027-04-10", ["Auditorium", "Foyer"]),
    ],
)
def test_rooms_of_a_day_of_the_conference_are_beside_each_other_in_80_columns(
    terminal: Callable[..., Screen], day: str, rooms: list[str]
) -> None:
    screen = terminal("day", day, "--data", CONFERENCE, columns=80)
    headings = [line.split() for line in screen.lines if line.startswith("       Auditorium ")]
    assert headings == [" ".join(rooms).split()]
