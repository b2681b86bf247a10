"""`--tz`: times, and the days that they fall on, told by the clocks of another zone."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import Run, Screen
from hypothesis import given
from hypothesis import strategies as st

from agenda.dates import Period
from agenda.model import Agenda as Programme
from agenda.model import Event, Fixed
from agenda.query import Query, select

Agenda = Callable[..., Run]
File = Callable[[str], Path]
Terminal = Callable[..., Screen]

WORLD = """
[agenda]
namespace = "world"

[cities.Tokyo]
timezone = "Asia/Tokyo"

[[events]]
id = "early"
title = "Early in Tokyo"
city = "Tokyo"
start = 2025-09-30T05:00:00
end = 2025-09-30T06:30:00

[[events]]
id = "day"
title = "A day in Tokyo"
city = "Tokyo"
start = 2025-09-30

[[events]]
id = "perhaps"
title = "One of these days"
city = "Tokyo"
between = [2025-09-30, 2025-10-02]

[[events]]
id = "floating"
title = "By any clock"
start = 2025-09-30T05:00:00

[[events]]
id = "series"
title = "Each morning"
city = "Tokyo"
start = 2025-10-01T08:00:00
repeat = "FREQ=DAILY;COUNT=2"
"""


def told(agenda: Agenda, path: Path, *options: str) -> dict[str, list[dict[str, Any]]]:
    """The events by id, as JSON has them with these options."""
    found: dict[str, list[dict[str, Any]]] = {}
    for event in json.loads(agenda("list", "--data", path, "--format", "json", *options).out):
        found.setdefault(event["id"], []).append(event)
    return found


@pytest.fixture
def world(file: File) -> Path:
    """An agenda of times, days and a series."""
    return file(WORLD)


def test_times_are_told_by_the_clocks_of_the_zone(agenda: Agenda, world: Path) -> None:
    (early,) = told(agenda, world, "--tz", "Europe/Rome")["early"]
    assert (early["start"], early["end"], early["timezone"]) == (
        "2025-09-29T22:00:00+02:00",
        "2025-09-29T23:30:00+02:00",
        "Europe/Rome",
    )


@pytest.mark.parametrize("event", ["day", "perhaps", "floating"])
def test_what_has_no_instant_stays_as_it_is(agenda: Agenda, world: Path, event: str) -> None:
    assert told(agenda, world, "--tz", "Europe/Rome")[event] == told(agenda, world)[event]


@pytest.mark.parametrize(("day", "found"), [("2025-09-29", True), ("2025-09-30", False)])
def test_days_that_are_asked_for_are_those_of_the_zone(agenda: Agenda, world: Path, day: str, found: bool) -> None:
    assert ("early" in told(agenda, world, "--tz", "Europe/Rome", "--on", day)) is found


def test_series_is_told_by_the_zone_and_keeps_the_days_that_name_its_occurrences(agenda: Agenda, world: Path) -> None:
    series = told(agenda, world, "--tz", "America/New_York")["series"]
    assert [(shown["start"], shown["occurrence"]) for shown in series] == [
        ("2025-09-30T19:00:00-04:00", "2025-10-01"),
        ("2025-10-01T19:00:00-04:00", "2025-10-02"),
    ]


def test_today_is_that_of_the_zone(agenda: Agenda, world: Path) -> None:
    now = {"AGENDA_NOW": "2025-09-29T23:00+02:00"}
    at_home = agenda("list", "--data", world, "--on", "today", "--tz", "Europe/Rome", env=now).out
    assert [line.partition("\t")[0] for line in at_home.splitlines()] == ["early"]


def test_list_for_people_stands_under_the_days_of_the_zone(terminal: Terminal) -> None:
    shown = terminal("list", "--tz", "America/New_York", "--search", "giardini").seen
    assert shown.startswith("Monday 29 September 2025\r\n  23:30  Osaka")


def test_details_name_the_zone(agenda_once: Agenda) -> None:
    shown = agenda_once("show", "gardens-talk", "--tz", "Europe/Rome").out
    assert "Tuesday 30 September 2025, 05:30 (Europe/Rome)" in shown


def test_calendar_has_the_zone_and_the_same_instant(agenda: Agenda, world: Path) -> None:
    lines = agenda("export", "early", "--data", world, "--tz", "Europe/Rome").lines
    assert "DTSTART;TZID=Europe/Rome:20250929T220000" in lines


def test_series_in_a_calendar_stays_in_the_zone_whose_clocks_it_recurs_by(agenda: Agenda, world: Path) -> None:
    lines = agenda("export", "series", "--data", world, "--tz", "Europe/Rome").lines
    assert "DTSTART;TZID=Asia/Tokyo:20251001T080000" in lines


@pytest.mark.parametrize(
    ("zone", "right"),
    [
        ("Europe/Roma", 'did you mean "Europe/Rome"'),
        ("europe/rom", 'did you mean "Europe/Rome"'),
        ("", "it must be a name"),
        ("../etc/passwd", "is no time zone"),
        ("nowhere at all", "it must be a name"),
    ],
)
def test_unknown_zone_is_a_usage_error(agenda: Agenda, zone: str, right: str) -> None:
    run = agenda("list", "--tz", zone)
    assert (run.code, run.out, run.err.startswith("agenda: --tz: ")) == (2, "", True)
    assert right in run.err


@given(
    st.integers(0, 37 * 365 * 24 * 60).map(
        lambda minutes: datetime(2000, 1, 3, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.sampled_from(["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Tokyo", "Europe/Rome", "America/New_York"]),
    st.sampled_from(["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu"]),
)
def test_event_is_found_on_the_day_that_it_is_told_on_and_on_no_other(time: datetime, own: str, other: str) -> None:
    zone = ZoneInfo(other)
    start = time.astimezone(ZoneInfo(own))
    day = start.astimezone(zone).date()
    programme = Programme(events=(Event(id="one", title="One", when=Fixed(start), timezone=ZoneInfo(own)),))
    found = [
        asked
        for asked in (day + timedelta(shift) for shift in range(-3, 4))
        if select(programme, Query(periods=(Period(asked, asked),), timezone=zone))
    ]
    assert found == [day]


@pytest.mark.parametrize(
    ("time", "zone"), [("0001-01-01T08:30:00", "Etc/GMT+12"), ("9999-12-31T12:00:00", "Etc/GMT-14")]
)
def test_time_at_the_end_of_the_calendar_stays_where_it_is(agenda: Agenda, file: File, time: str, zone: str) -> None:
    path = file(f'[agenda]\ntimezone = "UTC"\n[[events]]\nid = "edge"\ntitle = "Edge"\nstart = {time}')
    assert agenda("list", "--data", path, "--tz", zone).lines[0].split("\t")[1] == f"{time}+00:00"


ENDLESS = """
[agenda]
timezone = "Asia/Tokyo"
[cities."New York"]
timezone = "America/New_York"
[[events]]
id = "weekly"
title = "Weekly"
city = "New York"
start = 2025-09-02T20:00:00
end = 2025-09-02T22:00:00
repeat = "FREQ=WEEKLY"
"""


@pytest.mark.parametrize("command", [["list"], ["list", "--tz", "Asia/Tokyo"], ["next"], ["next", "--tz", "UTC"]])
def test_series_without_an_end_is_there_while_it_is_on_elsewhere(
    agenda: Agenda, file: File, command: list[str]
) -> None:
    run = agenda(*command, "--data", file(ENDLESS), "--format", "jsonl", env={"AGENDA_NOW": "2025-09-24T09:30"})
    assert json.loads(run.lines[0])["occurrence"] == ("2025-09-23" if command != ["list"] else "2025-09-30")


def test_what_comes_next_is_what_begins_first_on_any_clock(agenda: Agenda, file: File) -> None:
    text = """
[[events]]
id = "{}"
title = "T"
start = {}
"""
    path = file(text.format("here", "2025-09-29T10:00:00+09:00") + text.format("there", "2025-09-28T19:00:00-04:00"))
    run = agenda("next", "-n", "1", "--data", path, env={"AGENDA_NOW": "2025-09-29T07:00+09:00"})
    assert run.lines[0].split("\t")[0] == "there"


@pytest.mark.parametrize("now", ["9999-12-31T23:59", "0001-01-01T00:00"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_clock_at_the_end_of_the_calendar_is_no_bug(agenda: Agenda, now: str, zone: str) -> None:
    run = agenda("next", "--tz", zone, env={"AGENDA_NOW": now})
    assert (run.code in {0, 2}, "bug" in run.err) == (True, False)


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "observances"), [("America/New_York", 2), ("Europe/Rome", 2), ("Asia/Tokyo", 1)])
def test_calendar_of_thousands_of_years_has_the_rule_of_the_zone(
    agenda: Agenda, file: File, zone: str, observances: int
) -> None:
    starts = (f'[[events]]\nid = "e{year}"\ntitle = "E"\nstart = {year}-06-30T10:00:00\n' for year in (2025, 9990))
    path = file(f'[agenda]\nnamespace = "far"\ntimezone = "{zone}"\n{"".join(starts)}')
    calendar = agenda("export", "--data", path).out
    assert calendar.count("TZOFFSETTO") == observances
