"""What is remarked where nothing is found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]
File = Callable[[str], Path]


@pytest.mark.parametrize("command", ["list", "next", "timeline", "day", "count", "month 2025-10", "export"])
def test_agenda_without_events_is_said_to_have_none(agenda: Agenda, file: File, command: str) -> None:
    run = agenda(*command.split(), "--data", file(""), "--verbose")
    assert (run.code, run.err) == (0, "agenda: the agenda has no events yet\n")


@pytest.mark.parametrize("command", ["list", "next", "timeline", "day", "count", "export"])
def test_events_of_which_none_matches_are_said_not_to_match(agenda_once: Agenda, command: str) -> None:
    run = agenda_once(command, "--search", "nowhere to be found", "--verbose")
    assert "agenda: no event matches\n" in run.err
