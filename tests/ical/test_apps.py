"""Calendars in the forms in which Google, Outlook, Apple and Thunderbird write them, as agenda files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import ROOT, Run

Program = Callable[..., Run]

CALENDARS = ROOT / "tests" / "calendars"
APPS = ("google", "outlook", "outlook-web", "apple", "thunderbird")


@pytest.fixture(params=APPS)
def imported(request: pytest.FixtureRequest, agenda_once: Program) -> Run:
    """The import of what one app wrote."""
    return of(request.param, agenda_once)


def of(app: str, agenda_once: Program) -> Run:
    return agenda_once("import", CALENDARS / f"{app}.ics")


def events(run: Run) -> dict[str, dict[str, Any]]:
    return {event["id"]: event for event in tomli.loads(run.out)["events"]}


def told(run: Run) -> set[str]:
    """The kinds that were left out, each with how many there were."""
    start = "agenda: left out, since an agenda has no place for it: "
    return {line.removeprefix(start) for line in run.err.splitlines() if line.startswith(start)}


def test_import_is_valid(imported: Run, agenda: Program, file: Callable[[str], Path]) -> None:
    assert imported.code == 0
    assert agenda("check", "--data", file(imported.out)).code == 0


def test_google_calendar_reads_as_a_person_would_write_it(agenda_once: Program) -> None:
    assert of("google", agenda_once).out == (CALENDARS / "google.toml").read_text(encoding="utf-8")


def test_what_google_has_and_an_agenda_has_not_is_told(agenda_once: Program) -> None:
    assert told(of("google", agenda_once)) == {
        "1 VALARM",
        "4 TRANSP",
        "2 address of somebody who has a name (CN)",
        "1 PARTSTAT, whether somebody who is invited comes",
    }


def test_what_people_would_miss_is_told_first_and_what_apps_add_in_one_line(agenda_once: Program) -> None:
    lines = of("google", agenda_once).err.splitlines()
    left_out = [line.rpartition(": ")[2] for line in lines if line.startswith("agenda: left out")]
    assert (left_out[0], left_out[-1]) == ("1 VALARM", "1 X-GOOGLE-CONFERENCE")


def test_override_becomes_an_except_day_and_an_event_of_its_own(agenda_once: Program) -> None:
    found = events(of("google", agenda_once))
    assert "2026-01-21" in map(str, found["prove"]["except"])
    assert str(found["prove-2026-01-21"]["start"]) == "2026-01-22 21:00:00"
    assert "uid" not in found["prove-2026-01-21"]


def test_windows_zones_get_their_names(agenda_once: Program) -> None:
    zones = {app: tomli.loads(of(app, agenda_once).out)["agenda"]["timezone"] for app in ("outlook", "outlook-web")}
    assert zones == {"outlook": "Europe/Berlin", "outlook-web": "Asia/Tokyo"}


def test_zone_of_the_files_own_is_known_by_its_offsets(agenda_once: Program) -> None:
    call = events(of("outlook", agenda_once))["call-with-osaka"]
    assert call["start"].isoformat() == "2026-02-03T10:30:00+09:00"


def test_event_without_a_title_gets_one(agenda_once: Program) -> None:
    assert events(of("outlook", agenda_once))["no-title"]["title"] == "(no title)"


def test_quoted_names_and_escaped_commas_are_read(agenda_once: Program) -> None:
    meeting = events(of("outlook", agenda_once))["board-meeting"]
    assert meeting["people"] == ["Board, Trade"]
    assert meeting["topics"] == ["Blue Category", "Trade, foreign"]
    assert meeting["organizers"] == ["Example Office"]


def test_time_of_another_zone_keeps_its_offset(agenda_once: Program) -> None:
    assert events(of("apple", agenda_once))["london"]["start"].isoformat() == "2026-04-20T19:30:00+01:00"


def test_added_days_are_events_of_their_own(agenda_once: Program) -> None:
    found = events(of("apple", agenda_once))
    times = [str(event["end"]) for id, event in found.items() if id.startswith("rehearsal")]
    assert times == ["2026-04-01 11:30:00", "2026-04-03 11:30:00", "2026-04-06 12:30:00"]


def test_lines_of_a_place_become_one(agenda_once: Program) -> None:
    assert events(of("apple", agenda_once))["opening-night"]["venue"] == "Example Hall, 100 Example Street, New York"


def test_place_with_a_position_is_declared(agenda_once: Program) -> None:
    venues = tomli.loads(of("thunderbird", agenda_once).out)["venues"]
    assert venues == {"beispielplatz": {"name": "Beispielplatz", "latitude": 52.520008, "longitude": 13.404954}}


def test_start_that_the_rule_does_not_give_is_an_event_of_its_own(agenda_once: Program) -> None:
    found = events(of("thunderbird", agenda_once))
    assert "repeat" not in found["training"]
    assert found["training-2026-06-02"]["repeat"] == "FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH"


def test_tasks_are_told(agenda_once: Program) -> None:
    assert "1 VTODO" in told(of("thunderbird", agenda_once))
