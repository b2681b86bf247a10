"""What an app changed in a calendar that we exported wins, and nothing else changes with it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import Run

Program = Callable[..., Run]

TOUR = """
[agenda]
namespace = "tour.example"
timezone = "Europe/Rome"

[cities.Osaka]
timezone = "Asia/Tokyo"

[venues.hall]
name = "Hall"
city = "Osaka"
latitude = 34.7
longitude = 135.5

[[events]]
id = "gala"
title = "Gala"
between = [2025-09-29, 2025-10-02]
date_note = "The first bound is a guess."
organizers = ["Board"]
people = [{ name = "Singer", role = "voice" }]
description = "  Indented.\\n\\n\\nAfter two blank lines."
url = "https://tour.example/gala"

[[events]]
id = "run"
title = "Run"
venue = "hall"
room = "Foyer"
start = 2025-09-29T19:00:00
repeat = "FREQ=DAILY;COUNT=3"

[[events]]
id = "call"
title = "Call"
start = 2025-09-29T19:00:00+09:00
end = 2025-09-29T20:00:00+09:00
"""


@pytest.fixture
def edited(agenda: Program, file: Callable[[str], Path]) -> Callable[..., tuple[dict[str, dict[str, Any]], str]]:
    """The events by their ids that the export is imported as after each change of its text, and what is told."""

    def run(*changes: tuple[str, str]) -> tuple[dict[str, dict[str, Any]], str]:
        data = agenda("export", "--data", file(TOUR)).out.replace("\r\n", "\n").replace("\n ", "")
        for before, after in changes:
            assert before in data
            data = data.replace(before, after)
        done = agenda("import", "-", stdin=data)
        assert agenda("check", "--data", file(done.out)).code == 0
        return {event["id"]: event for event in tomli.loads(done.out)["events"]}, done.err

    return run


def test_date_that_an_app_fixed_leaves_no_trace_of_its_bounds(edited: Any) -> None:
    found, _ = edited(
        ("DTSTART;VALUE=DATE:20250929", "DTSTART;VALUE=DATE:20250930"),
        ("DTEND;VALUE=DATE:20251003", "DTEND;VALUE=DATE:20251001"),
    )
    gala = found["gala"]
    assert (gala["title"], str(gala["start"])) == ("Gala", "2025-09-30")
    assert gala["description"] == "  Indented.\n\n\nAfter two blank lines."
    assert gala.keys().isdisjoint({"between", "status", "date_note", "end"})


def test_text_after_what_an_export_adds_brings_none_of_it_back(edited: Any) -> None:
    found, _ = edited(
        ("https://tour.example/gala\nURL", "https://tour.example/gala\\n\\nJoin: https://meet.example\nURL")
    )
    text = "  Indented.\n\n\nAfter two blank lines.\n\nJoin: https://meet.example"
    assert found["gala"]["description"] == text


def test_organizer_that_an_app_changed_is_told_once(edited: Any) -> None:
    gala = edited(("CONTACT:Board", "CONTACT:Friends"))[0]["gala"]
    assert gala["organizers"] == ["Friends"]
    assert "Organizers" not in gala["description"]


def test_place_that_an_app_changed_leaves_the_city_and_the_rule(edited: Any) -> None:
    found, told = edited(("LOCATION:Foyer\\, Hall\\, Osaka", "LOCATION:Castle"))
    run = found["run"]
    assert (run["city"], run["venue"], run["repeat"]) == ("Osaka", "Castle", "FREQ=DAILY;COUNT=3")
    assert "room" not in run
    what = "its place was changed, so its venue and its room are no longer those that were exported"
    assert told == f'agenda: {what}: "Run"\n'


def test_city_goes_where_an_app_changed_the_zone_with_the_place(edited: Any) -> None:
    found, _ = edited(
        ("LOCATION:Foyer\\, Hall\\, Osaka", "LOCATION:Castle"),
        ("DTSTART;TZID=Asia/Tokyo:", "DTSTART;TZID=Europe/Rome:"),
    )
    assert (found["run"].get("city"), found["run"]["start"].isoformat()) == (None, "2025-09-29T19:00:00")


def test_time_that_an_app_shifted_keeps_its_offset(edited: Any) -> None:
    call = edited(("20250929T100000Z", "20250929T103000Z"), ("20250929T110000Z", "20250929T113000Z"))[0]["call"]
    times = [call[key].isoformat() for key in ("start", "end")]
    assert times == ["2025-09-29T19:30:00+09:00", "2025-09-29T20:30:00+09:00"]
