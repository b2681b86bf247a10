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
