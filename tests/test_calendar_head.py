"""What an exported calendar says of itself: by what it is known, when it was revised, and where it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from ical import strict_ical
from icalendar import Calendar

Agenda = Callable[..., Run]

HEAD = """\
[agenda]
title = "Tour"
namespace = "tour.example"
url = "https://tour.example/大阪?a=1"
revised = 2025-10-01T09:00:00+09:00
"""
PROGRAMME = f"""\
{HEAD}
[[events]]
id = "gala"
title = "Gala"
city = "Tokyo"
start = 2025-09-30
revised = 2025-11-01T00:00:00Z
[[events]]
id = "walk"
title = "Walk"
city = "New York"
start = 2025-10-02
"""
URI = "https://tour.example/%E5%A4%A7%E9%98%AA?a=1"


@pytest.fixture
def head(agenda: Agenda) -> Callable[..., dict[str, str]]:
    """The properties of the calendar that is exported of the programme above, or of other data."""

    def export(*options: str, data: str = PROGRAMME) -> dict[str, str]:
        run = agenda("export", *options, "--data", "-", stdin=data)
        assert (run.code, run.err, strict_ical.check(run.raw)) == (0, "", [])
        return properties(run.raw)

    return export


def properties(content: bytes) -> dict[str, str]:
    """Those of a calendar, as `icalendar` reads them."""
    calendar: Any = Calendar.from_ical(content)
    return {name: value.to_ical().decode() for name, value in calendar.items()}


# --- By what it is known ---


@pytest.mark.parametrize("options", [[], ["--tz", "Europe/Rome"], ["--assume-duration", "1h"]], ids=str)
def test_whole_calendar_has_the_namespace_for_its_uid(head: Callable[..., dict[str, str]], options: list[str]) -> None:
    assert head(*options)["UID"] == "tour.example"


@pytest.mark.parametrize(
    "options", [["--city", "Tokyo"], ["gala"], ["--only-fixed"], ["--from", "2025-09-01"]], ids=str
)
def test_selection_is_not_taken_for_the_whole(head: Callable[..., dict[str, str]], options: list[str]) -> None:
    """Even where all events are in it."""
    assert "UID" not in head(*options)


def test_no_line_of_the_calendar_is_taken_for_the_uid_of_events(agenda: Agenda) -> None:
    """As vdirsyncer takes the first line that starts so, and keeps one event of each UID."""
    head, *_ = agenda("export", "--data", "-", stdin=PROGRAMME).out.partition("BEGIN:VEVENT")
    assert [line for line in head.splitlines() if line.upper().startswith("UID")] == ["uid:tour.example"]


@pytest.mark.parametrize(
    ("by", "uids"),
    [
        ("city", {"new-york.ics": "city:new-york@tour.example", "tokyo.ics": "city:tokyo@tour.example"}),
        ("event", {"gala.ics": None, "walk.ics": None}),
    ],
)
def test_each_part_has_a_uid_of_its_own(agenda: Agenda, tmp_path: Path, by: str, uids: dict[str, str | None]) -> None:
    """But the file of an event has none, as CalDAV knows it by that of the event alone."""
    agenda("export", "--split", by, "-o", "out", "--data", "-", stdin=PROGRAMME)
    parts = {path.name: properties(path.read_bytes()).get("UID") for path in (tmp_path / "out").iterdir()}
    assert parts == uids


def test_agenda_without_a_namespace_has_no_uid(head: Callable[..., dict[str, str]]) -> None:
    data = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-30\nuid = "a@elsewhere"\n'
    assert not {"UID", "LAST-MODIFIED", "URL", "SOURCE"} & head(data=data).keys()


# --- When it was revised ---


@pytest.mark.parametrize(
    ("options", "revised"),
    [([], "20251101T000000Z"), (["walk"], "20251001T000000Z"), (["gala"], "20251101T000000Z")],
    ids=str,
)
def test_calendar_was_revised_when_any_event_in_it_was(
    head: Callable[..., dict[str, str]], options: list[str], revised: str
) -> None:
    assert head(*options)["LAST-MODIFIED"] == revised


# --- Where it is ---


def test_calendar_leads_to_the_page_of_the_agenda(head: Callable[..., dict[str, str]]) -> None:
    assert head()["URL"] == URI


def test_address_that_is_no_link_is_left_out(head: Callable[..., dict[str, str]]) -> None:
    assert "URL" not in head(data=PROGRAMME.replace("https://tour.example/大阪?a=1", "javascript:alert(1)"))


def test_calendar_says_where_it_is_published(head: Callable[..., dict[str, str]], agenda: Agenda) -> None:
    assert head("--source", "https://tour.example/大阪.ics")["SOURCE"] == "https://tour.example/%E5%A4%A7%E9%98%AA.ics"
    lines = agenda("export", "--source", "https://tour.example/all.ics", "--data", "-", stdin=PROGRAMME).lines
    assert "SOURCE;VALUE=URI:https://tour.example/all.ics" in lines
    assert head("--source", "HTTPS://tour.example/all.ics")["SOURCE"] == "HTTPS://tour.example/all.ics"


@pytest.mark.parametrize("source", ["https://tour.example/cal", "https://tour.example/cal/"])
def test_each_part_says_where_it_is_published(agenda: Agenda, tmp_path: Path, source: str) -> None:
    run = agenda("export", "--split", "city", "-o", "out", "--source", source, "--data", "-", stdin=PROGRAMME)
    assert (run.code, run.err) == (0, "")
    sources = {path.name: properties(path.read_bytes())["SOURCE"] for path in (tmp_path / "out").iterdir()}
    assert sources == {name: f"https://tour.example/cal/{name}" for name in ("new-york.ics", "tokyo.ics")}


@pytest.mark.parametrize(
    "source", ["", "tour.ics", "ftp://tour.example/", "https://tour.example/a b", "https://a\n", "https://"]
)
def test_address_that_no_app_can_follow_is_a_usage_error(agenda: Agenda, source: str) -> None:
    run = agenda("export", "--source", source)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert run.err.startswith("agenda: --source: ")


# --- From a calendar to an agenda ---


def test_what_comes_back_is_exported_the_same(agenda: Agenda, tmp_path: Path) -> None:
    options = ("--source", "https://tour.example/all.ics")
    first = agenda("export", *options, "--data", "-", stdin=PROGRAMME)
    again = agenda("import", "-", stdin=first.raw)
    told = "agenda: left out, since an agenda has no place for it: 1 SOURCE\n"
    assert (again.code, again.err, f'url = "{URI}"' in again.lines) == (0, told, True)
    (tmp_path / "back.toml").write_bytes(again.raw)
    assert agenda("export", *options, "--data", "back.toml").raw == first.raw


def test_address_that_an_agenda_cannot_have_is_told(agenda: Agenda) -> None:
    calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a\r\nURL:nowhere\r\nEND:VCALENDAR\r\n"
    run = agenda("import", "-", stdin=calendar)
    assert ("url =" in run.out, "url of the calendar that an agenda cannot have" in run.err) == (False, True)
