"""Events that are internal: marked in every view and calendar of the organiser's, and left out by --public."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run, Screen

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]

PROGRAMME = """
[agenda]
namespace = "tour.example"

[[events]]
id = "gala"
title = "Gala"
start = 2026-03-06T20:30:00

[[events]]
id = "briefing"
title = "Briefing"
visibility = "internal"
start = 2026-03-06T18:00:00
"""
FOREIGN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Another program//EN
BEGIN:VEVENT
UID:1@elsewhere.example
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260306
SUMMARY:Dentist
CLASS:{}
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def data(file: Callable[[str], Path]) -> list[str | Path]:
    """The option that names the programme."""
    return ["--data", file(PROGRAMME)]


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["show", "gala", "briefing"],
        ["timeline"],
        ["month", "2026-03"],
        ["count", "day", "--format", "json"],
    ],
    ids=" ".join,
)
def test_public_is_the_agenda_without_internal_events(
    agenda: Agenda, file: Callable[[str], Path], command: list[str]
) -> None:
    without = PROGRAMME[: PROGRAMME.rindex("[[events]]")]
    public = agenda(*command, "--public", "--data", file(PROGRAMME))
    command = [word for word in command if word != "briefing"]
    assert public.out == agenda(*command, "--data", file(without)).out


def test_calendar_for_the_public_has_no_internal_event(agenda: Agenda, data: list[str | Path]) -> None:
    made = agenda("export", "--public", *data).out
    assert ("gala@" in made, "briefing" in made.lower()) == (True, False)


def test_next_has_no_internal_event_for_the_public(agenda: Agenda, data: list[str | Path]) -> None:
    run = agenda("next", "--public", "--fields", "id", *data, env={"AGENDA_NOW": "2026-03-06T12:00"})
    assert run.lines == ["gala"]


def test_internal_events_are_there_unless_the_public_is_asked_for(agenda: Agenda, data: list[str | Path]) -> None:
    assert agenda("list", "--fields", "id,visibility", *data).lines == ["briefing\tinternal", "gala\tpublic"]


def test_json_tells_visibility(agenda: Agenda, data: list[str | Path]) -> None:
    events = json.loads(agenda("list", "--format", "json", *data).out)
    assert {event["id"]: event["visibility"] for event in events} == {"briefing": "internal", "gala": "public"}


@pytest.mark.parametrize("command", [["list"], ["timeline"], ["next"]], ids=" ".join)
def test_views_mark_internal_events_alone(terminal: Terminal, data: list[str | Path], command: list[str]) -> None:
    screen = "\n".join(terminal(*command, *data, env={"AGENDA_NOW": "2026-03-06T12:00"}).lines)
    assert ("Briefing (internal)" in screen, screen.count("(internal)")) == (True, 1)


def test_details_tell_that_an_event_is_internal(agenda: Agenda, data: list[str | Path]) -> None:
    assert "internal" in agenda("show", "briefing", *data).out
    assert "internal" not in agenda("show", "gala", *data).out


def test_calendars_mark_internal_events_as_private(agenda: Agenda, data: list[str | Path]) -> None:
    made = agenda("export", *data)
    private = [event for event in made.out.split("BEGIN:VEVENT") if "CLASS:PRIVATE" in event]
    assert ["UID:briefing@tour.example" in event for event in private] == [True]


def test_calendar_comes_back_with_what_is_internal(agenda: Agenda, data: list[str | Path]) -> None:
    back = agenda("import", "-", stdin=agenda("export", *data).raw)
    assert agenda("list", "--fields", "id,visibility", "--data", "-", stdin=back.raw).lines == [
        "briefing\tinternal",
        "gala\tpublic",
    ]


@pytest.mark.parametrize(
    ("given", "visibility"),
    [("PUBLIC", "public"), ("PRIVATE", "internal"), ("CONFIDENTIAL", "internal"), ("X-SECRET", "internal")],
)
def test_class_of_other_calendars_becomes_visibility(agenda: Agenda, given: str, visibility: str) -> None:
    made = agenda("import", "-", stdin=FOREIGN.format(given))
    told = agenda("list", "--fields", "visibility", "--data", "-", stdin=made.raw)
    assert told.lines == [visibility]


def test_class_that_an_agenda_cannot_tell_from_private_is_told(agenda: Agenda) -> None:
    assert "CONFIDENTIAL" in agenda("import", "-", stdin=FOREIGN.format("CONFIDENTIAL")).err
    assert "PRIVATE" not in agenda("import", "-", stdin=FOREIGN.format("PRIVATE")).err
