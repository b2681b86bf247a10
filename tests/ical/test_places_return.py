"""The rooms of venues, ways between cities, and what keeps people busy, come back from a calendar as they were."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile.resolve import resolve
from agenda.agendafile.schema import convert_tables
from agenda.agendafile.write import write_toml
from agenda.ical.events import ExportSettings
from agenda.ical.exporter import write_calendar
from agenda.ical.importer import import_calendars
from agenda.model import Agenda
from agenda.text.folding import fold_letters
from agenda.text.safe import one_line

Program = Callable[..., Run]

PROGRAMME = """\
[agenda]
namespace = "places.example"
timezone = "Europe/Rome"
[venues.opera]
name = "Opera house"
city = "Torino"
rooms = ["Great hall", { name = "Foyer", aliases = ["Ridotto"], shared = true }]
[venues.park]
name = "Park"
city = "Lyon"
shared = true
[[travel]]
between = ["Torino", "Lyon"]
takes = "4h 30m"
[[travel]]
between = ["Torino", "Kobe"]
takes = "20h"
[[events]]
id = "song"
title = "Song"
venue = "opera"
room = "Ridotto"
start = 2026-03-06T10:00:00
[[events]]
id = "walk"
title = "Walk"
venue = "park"
start = 2026-03-07
end = 2026-03-08
busy = true
"""


@pytest.fixture
def exported(agenda: Program, file: Callable[[str], Path]) -> str:
    """The calendar of the programme, its lines whole."""
    return agenda("export", "--data", file(PROGRAMME)).raw.decode().replace("\r\n ", "")


def brought_back(agenda: Program, calendar: str, *, remark: str = "") -> dict[str, Any]:
    """The tables that an import makes of the calendar, with that in its remarks."""
    run = agenda("import", "-", stdin=calendar.encode())
    assert run.code == 0
    assert remark in run.err if remark else run.err == ""
    return tomli.loads(run.out)


def test_rooms_and_ways_come_back(agenda: Program, exported: str) -> None:
    tables = brought_back(agenda, exported)
    assert tables["venues"]["opera"]["rooms"] == [
        "Great hall",
        {"name": "Foyer", "aliases": ["Ridotto"], "shared": True},
    ]
    assert tables["venues"]["park"] == {"name": "Park", "city": "Lyon", "shared": True}
    assert tables["travel"] == [{"between": ["Torino", "Lyon"], "takes": "4h 30m"}]
    assert [event.get("room") for event in tables["events"]] == ["Foyer", None]


def test_what_is_read_back_is_exported_the_same(agenda: Program, exported: str) -> None:
    again = agenda("import", "-", stdin=exported.encode()).raw
    assert agenda("export", "--data", "-", stdin=again).raw.decode().replace("\r\n ", "") == exported


def test_room_that_a_venue_did_not_list_is_listed(agenda: Program, exported: str) -> None:
    tables = brought_back(agenda, exported.replace('"name":"Foyer"', '"name":"Cellar"'))
    assert [room if isinstance(room, str) else room["name"] for room in tables["venues"]["opera"]["rooms"]] == [
        "Great hall",
        "Cellar",
        "Foyer",
    ]


def test_room_is_called_as_its_venue_has_it_now(agenda: Program, exported: str) -> None:
    tables = brought_back(agenda, exported.replace('"name":"Foyer"', '"name":"FOYER"'))
    assert tables["events"][0]["room"] == "FOYER"


@pytest.mark.parametrize("value", ["{", '{"venues":7}', '{"travel":[{"between":["Torino"]}]}'])
def test_places_that_cannot_be_read_are_told(agenda: Program, exported: str, value: str) -> None:
    line = next(line for line in exported.splitlines() if line.startswith("X-AGENDA-PLACES:"))
    broken = exported.replace(line, f"X-AGENDA-PLACES:{value}")
    tables = brought_back(agenda, broken, remark="X-AGENDA-PLACES that cannot be read")
    assert (tables["events"][0]["room"], "rooms" in tables["venues"]["opera"]) == ("Foyer", False)


def test_part_of_a_calendar_has_the_rooms_and_ways_of_its_own_events(
    agenda: Program, file: Callable[..., Path]
) -> None:
    part = agenda("export", "--data", file(PROGRAMME), "walk").raw.decode().replace("\r\n ", "")
    assert 'X-AGENDA-PLACES:{"venues":[{"id":"park"\\,"shared":true}]}' in part.splitlines()


@pytest.mark.parametrize(
    ("said", "transparency", "wanted"),
    [
        ("", "TRANSPARENT", None),
        ("", "OPAQUE", None),
        ("busy = true", "OPAQUE", True),
        ("busy = true", "TRANSPARENT", False),
        ("busy = false", "TRANSPARENT", False),
        ("busy = false", "OPAQUE", True),
    ],
)
def test_what_an_app_makes_of_busy_is_read_where_the_event_said_so(
    agenda: Program, said: str, transparency: str, wanted: bool | None
) -> None:
    data = f'[agenda]\nnamespace = "n"\n[[events]]\nid = "a"\ntitle = "A"\nstart = 2026-03-06T10:00:00\n{said}\n'
    calendar = agenda("export", "--data", "-", stdin=data).raw.decode()
    for value in ("TRANSPARENT", "OPAQUE"):
        calendar = calendar.replace(f"\nTRANSP:{value}", f"\nTRANSP:{transparency}")
    (event,) = brought_back(agenda, calendar)["events"]
    assert event.get("busy") is wanted


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("start = 2026-03-06", "TRANSPARENT"),
        ("start = 2026-03-06\nbusy = true", "OPAQUE"),
        ("start = 2026-03-06T10:00:00", "OPAQUE"),
        ("start = 2026-03-06T10:00:00\nbusy = false", "TRANSPARENT"),
        ('start = 2026-03-06T10:00:00\nbusy = true\nstatus = "tentative"', "OPAQUE"),
        ('start = 2026-03-06T10:00:00\nbusy = true\nstatus = "cancelled"', "TRANSPARENT"),
        ("between = [2026-03-06, 2026-03-09]\nbusy = true", "TRANSPARENT"),
    ],
)
def test_calendar_shows_time_as_busy_where_an_event_says_so(agenda: Program, keys: str, wanted: str) -> None:
    data = f'[agenda]\nnamespace = "n"\n[[events]]\nid = "a"\ntitle = "A"\n{keys}\n'
    lines = agenda("export", "--data", "-", stdin=data).lines
    assert f"TRANSP:{wanted}" in lines
    assert f"X-MICROSOFT-CDO-BUSYSTATUS:{'BUSY' if wanted == 'OPAQUE' else 'FREE'}" in lines


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(' ,;:\\"'), min_size=1, max_size=8
).filter(lambda text: text == text.strip() and bool(one_line(text)))


@st.composite
def room_lists(draw: st.DrawFn) -> list[Any]:
    """Rooms of a venue as a file lists them: names, and tables with aliases."""
    names = draw(st.lists(NAMES, min_size=1, max_size=8, unique_by=fold_letters))
    rooms: list[Any] = []
    while names:
        room: dict[str, Any] = {"name": names.pop()}
        if aliases := [names.pop() for _ in range(draw(st.integers(0, min(2, len(names)))))]:
            room["aliases"] = aliases
        if draw(st.booleans()):
            room["shared"] = True
        rooms.append(room if len(room) > 1 or draw(st.booleans()) else room["name"])
    return rooms


def loaded(tables: dict[str, Any]) -> Agenda:
    """The agenda of a file with these tables, with which nothing is wrong."""
    agenda, problems = resolve(convert_tables(tomli.loads("".join(write_toml(tables)))))
    assert problems == []
    return agenda


@given(room_lists(), st.booleans())
def test_any_rooms_come_back(rooms: list[Any], shared: bool) -> None:
    called = [name for room in rooms for name in ([room] if isinstance(room, str) else [room["name"]])]
    tables = {
        "agenda": {"namespace": "n"},
        "venues": {"v": {"name": "V", "rooms": rooms, "shared": shared}},
        "events": [
            {"id": f"e{number}", "title": "E", "venue": "v", "room": name, "start": date(2026, 3, 6)}
            for number, name in enumerate(called)
        ],
    }
    agenda = loaded(tables)
    found = import_calendars("".join(write_calendar(agenda, agenda.events, ExportSettings())).encode(), "calendar.ics")
    assert (found.diagnostics, found.losses) == ([], [])
    returned = loaded(found.tables)
    assert returned.venues == agenda.venues
    assert [event.room for event in returned.events] == [event.room for event in agenda.events]
