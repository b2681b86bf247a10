"""`agenda add`: what it takes for the keys of a new event, and what it says of what it cannot take."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]
NOW = {"AGENDA_NOW": "2026-03-01T12:00:00+00:00"}
TOUR = """\
[agenda]
timezone = "UTC"

[[events]]
id = "fair"
title = "Fair"
start = 2026-05-02
"""


@pytest.fixture
def tour(tmp_path: Path) -> Path:
    """A file with one event."""
    path = tmp_path / "tour.toml"
    path.write_text(TOUR, encoding="utf-8", newline="")
    return path


def test_start_needs_a_day(agenda: Agenda, tour: Path) -> None:
    run = agenda("add", "New", "--start", "15:00", "--dry-run", "--data", tour, env=NOW)
    assert run.code == 2
    assert "start: 15:00 needs a day" in run.err


def test_event_says_when_it_was_added(agenda: Agenda, tour: Path) -> None:
    agenda("add", "New", "--data", tour, env=NOW)
    assert tour.read_text().endswith('title = "New"\nrevised = 2026-03-01T12:00:00Z\n')
    agenda("add", "Newer", "--keep-revised", "--data", tour, env=NOW)
    assert tour.read_text().endswith('title = "Newer"\n')


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--start", ""), "start is empty; give it a value, or leave it out"),
        (("--person", "=chair"), 'people: "=chair" has no name; write NAME=ROLE'),
        (("E", "--dry-run"), "`agenda add` takes one TITLE"),
    ],
)
def test_value_that_is_none_is_refused(agenda: Agenda, tour: Path, words: tuple[str, ...], said: str) -> None:
    run = agenda("add", "New", *words, "--data", tour, env=NOW)
    assert (run.code, tour.read_text()) == (2, TOUR)
    assert said in run.err
