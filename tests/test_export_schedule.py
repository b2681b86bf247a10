"""`agenda export --format frab`: a schedule in XML, for the apps of conferences."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element

import pytest
import tomli
from agendas import agendas
from conftest import ROOT, Run
from hypothesis import given, settings
from schedules import GUID, PRETALX
from strict_schedule import faults

from agenda.agendafile.load import load
from agenda.errors import AgendaError
from agenda.formats.frab import export_schedule
from agenda.query import select
from agenda.safe_xml import parse_xml

Program = Callable[..., Run]
CONFERENCE = ROOT / "examples" / "conference.toml"
HEAD = '[agenda]\ntitle = "Spring"\ntimezone = "Europe/Rome"\nnamespace = "spring.example"\n'


@pytest.fixture
def written(agenda: Program) -> Callable[..., Run]:
    """An export of an agenda of these events, which are TOML without their ids and titles."""

    def run(*events: str, options: tuple[str, ...] = (), head: str = HEAD) -> Run:
        tables = [f'[[events]]\nid = "e{n}"\ntitle = "Event {n}"\n{event}\n' for n, event in enumerate(events, 1)]
        done = agenda("export", "-v", "--format", "frab", "--data", "-", *options, stdin=head + "\n".join(tables))
        assert not done.out or faults(done.out) == []
        return done

    return run


def only_event(done: Run) -> Element:
    """The only event of a schedule."""
    (event,) = parse_xml(done.raw).iter("event")
    return event


def test_example_is_a_valid_schedule(agenda: Program) -> None:
    done = agenda("export", "--format", "frab", "--data", CONFERENCE)
    assert faults(done.out) == []


@given(text=agendas())
@settings(max_examples=50)
def test_any_agenda_is_a_valid_schedule(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "events.toml"
    path.write_bytes(text.encode())
    agenda = load(path)
    try:
        exported = export_schedule(agenda, select(agenda), uid_of=lambda event: event.id)
    except AgendaError:
        return  # nothing in it has a time
    assert faults(exported.text) == []


def test_session_has_what_apps_show(written: Any) -> None:
    event = only_event(
        written(
            "start = 2026-03-28T23:30:00\nend = 2026-03-29T04:30:00\nkind = 'talk'\ntopics = ['music', 'space']\n"
            "venue = 'Lingotto'\nroom = 'Aula & Foyer'\npeople = ['Clara Schumann']\nurl = 'https://spring.example/e'\n"
            "description = '''<b>Two</b> lines,\nor more.'''"
        )
    )
    told = {child.tag: child.text for child in event if child.text and child.tag not in {"slug", "persons"}}
    assert told == {
        "room": "Aula & Foyer",
        "title": "Event 1",
        "type": "talk",
        "date": "2026-03-28T23:30:00+01:00",
        "start": "23:30",
        "duration": "04:00",  # the clocks are put forward meanwhile
        "track": "music",
        "description": "<b>Two</b> lines,\nor more.",
        "url": "https://spring.example/e",
    }
    assert [person.text for person in event.iter("person")] == ["Clara Schumann"]


def test_guid_is_made_of_the_uid(written: Any) -> None:
    event = only_event(written("start = 2026-03-28T10:00:00"))
    assert event.get("guid") == str(uuid5(NAMESPACE_URL, "e1@spring.example"))


def test_guid_that_was_imported_is_kept(written: Any) -> None:
    assert only_event(written(f"start = 2026-03-28T10:00:00\nuid = '{GUID}'")).get("guid") == GUID


def test_each_time_of_a_series_is_a_session(written: Any) -> None:
    done = written("start = 2026-03-27T10:00:00\nend = 2026-03-27T11:00:00\nrepeat = 'FREQ=DAILY;COUNT=3'")
    root = parse_xml(done.raw)
    assert [day.get("date") for day in root.iter("day")] == ["2026-03-27", "2026-03-28", "2026-03-29"]
    assert len({event.get("guid") for event in root.iter("event")}) == 3


def test_series_without_an_end_is_told_to_be_cut_wherever_the_schedule_goes(agenda: Program) -> None:
    event = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2026-03-27T10:00:00\nend = 11:00:00\nrepeat = "FREQ=WEEKLY"\n'
    run = agenda("export", "--format", "frab", "--data", "-", stdin=HEAD + event, env={"AGENDA_NOW": "2026-03-01"})
    assert run.err.startswith("agenda: 1 series has no end; only its first 1,000 times from 2026-03-01 on are told;")


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("start = 2026-03-28", "of whole days"),
        ("between = [2026-03-28, 2026-03-29]", "whose date is not fixed"),
        ("", "whose date is not fixed"),
        ("start = 2026-03-28T10:00:00\nstatus = 'cancelled'", "cancelled, as apps tell from that"),
        ("start = 2026-03-28T10:00:00\nvisibility = 'internal'", "for internal use"),
        ("start = 2026-03-28T10:00:00\nend = 2026-04-28T10:00:00", "of more than 99 hours"),
    ],
)
def test_what_is_no_session_is_left_out_and_told(written: Any, event: str, why: str) -> None:
    done = written(event, "start = 2026-03-28T12:00:00\nend = 2026-03-28T13:00:00")
    assert only_event(done).findtext("title") == "Event 2"
    assert f"left out of the schedule: 1 event {why}" in done.err


def test_nothing_with_a_time_is_an_error(written: Any) -> None:
    done = written("start = 2026-03-28")
    assert (done.code, done.out) == (1, "")
    why = "a schedule needs an event at a fixed time, and none is here; left out of the schedule: 1 event of whole days"
    assert done.err == f"agenda: {why}\n"


def test_times_without_a_zone_are_told(written: Any) -> None:
    done = written("start = 2026-03-28T10:00:00", head='[agenda]\nnamespace = "spring.example"\n')
    assert (done.code, "1 event at a time of no zone" in done.err) == (1, True)


def test_what_a_session_has_no_place_for_is_told(written: Any) -> None:
    done = written("start = 2026-03-28T10:00:00\ntopics = ['a', 'b']\norganizers = ['City']")
    assert "left out, since a schedule has no place for it: 1 more topic, 1 organizer" in done.err


def test_assumed_length_is_given_to_times_without_an_end(written: Any) -> None:
    assert "1 event has no end, and no length there" in written("start = 2026-03-28T10:00:00").err
    event = only_event(written("start = 2026-03-28T10:00:00", options=("--assume-duration", "90m")))
    assert event.findtext("duration") == "01:30"


def test_times_are_told_in_the_zone_that_is_asked_for(written: Any) -> None:
    done = written("start = 2026-03-28T18:00:00", options=("--tz", "Asia/Tokyo"))
    assert only_event(done).findtext("date") == "2026-03-29T02:00:00+09:00"
    assert parse_xml(done.raw).findtext("conference/time_zone_name") == "Asia/Tokyo"


def test_rooms_come_in_the_order_of_the_file(written: Any) -> None:
    head = (
        HEAD + "[venues.fair]\nname = 'Fair'\nrooms = ['Zoo', 'Ark']\n[venues.hall]\nname = 'Hall'\nrooms = ['Ark']\n"
    )
    at = "start = 2026-03-28T10:00:00\nvenue = '{}'\n{}"
    done = written(
        at.format("hall", "room = 'Ark'"),
        at.format("fair", "room = 'Ark'"),
        at.format("fair", "room = 'Zoo'"),
        at.format("fair", ""),
        head=head,
    )
    names = [room.get("name") for room in parse_xml(done.raw).iter("room") if room.get("name")]
    assert names == ["Fair", "Zoo", "Ark (Fair)", "Ark (Hall)"]


@pytest.mark.parametrize(
    "options", ["--split=city", "--split=city --prune", "--alarm=30m", "--source=https://a.example/"]
)
def test_options_of_calendars_are_refused(agenda: Program, options: str) -> None:
    done = agenda("export", "--format", "frab", "--output", "x", *options.split())
    assert (done.code, "is of calendars alone" in done.err) == (2, True)


def test_only_a_schedule_is_overwritten(agenda: Program, tmp_path: Path) -> None:
    target = tmp_path / "schedule.xml"
    target.write_text("my notes")
    refused = agenda("export", "--format", "frab", "--output", target)
    assert (refused.code, target.read_text()) == (1, "my notes")
    assert "is there already and is no schedule" in refused.err
    assert agenda("export", "--format", "frab", "--output", target, "--force").code == 0
    assert agenda("export", "--format", "frab", "--output", target).code == 0


def test_schedule_comes_back_with_the_same_sessions(agenda: Program) -> None:
    first = agenda("import", PRETALX).out
    exported = agenda("export", "--format", "frab", "--data", "-", stdin=first)
    second = agenda("import", "-", stdin=exported.out).out
    assert tomli.loads(second)["events"] == tomli.loads(first)["events"]
