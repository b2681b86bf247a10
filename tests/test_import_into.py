"""`agenda import --into`: events of other programs' files into an agenda that is there, and nothing else of it."""

import json
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
import tomli
from conftest import ROOT, SHIPPED, Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schedules import xml_event, xml_schedule

from agenda.limits import MAX_MERGED_EVENTS, MAX_MERGED_VALUES

Agenda = Callable[..., Run]
NOW = "2026-03-01T12:00:00+00:00"
HEAD = """\
[agenda]
title = "Walks"
timezone = "Europe/Rome"
namespace = "walks.example"
"""
SERIES = """
[[events]]
id = "{0}"
title = "The {0}"
start = 2026-10-01T10:00:00
end = 11:00:00
repeat = "{1}"
"""
TOUR = """\
[agenda]
title = "Tour"
timezone = "Europe/Rome"   # ours
namespace = "tour.example"

[cities.Torino]
aliases = ["Turin"]
[cities.Tokyo]
timezone = "Asia/Tokyo"

[venues.lingotto]
name = "Lingotto"
city = "Torino"
rooms = ["Sala Blu", "Foyer"]
[venues.budokan]
name = "Budōkan"
city = "Tokyo"

[topics."café culture"]

[people."Clara Schumann"]
[people."Camille Saint-Saëns"]

[[events]]
id = "opening"
title = "Opening"  # the first one
venue = "lingotto"
room = "Sala Blu"
start = 2026-05-01T19:30:00
end = 21:00:00
topics = ["café culture"]
people = ["Clara Schumann", { name = "Camille Saint-Saëns", role = "piano" }]
description = "With two works."
sources = ["paper"]

[[events]]
id = "gala"
title = "Gala"
venue = "budokan"
start = 2026-05-03T19:00:00

[[events]]
id = "course"
title = "Course"
city = "Torino"
start = 2026-06-01T18:00:00
end = 19:00:00
repeat = "FREQ=WEEKLY;COUNT=4"
"""
IN_ROME = "DTSTART;TZID=Europe/Rome:20260505T190000"
IN_TOKYO = "DTSTART;TZID=Asia/Tokyo:20260505T190000"


def calendar(*events: str) -> str:
    """A calendar of another program with these VEVENTs, each its lines."""
    bodies = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//other//EN\n{bodies}END:VCALENDAR\n".replace("\n", "\r\n")


@pytest.fixture
def tour(tmp_path: Path) -> Path:
    path = tmp_path / "tour.toml"
    path.write_text(TOUR)
    return path


@pytest.fixture
def into(agenda: Agenda, tour: Path, tmp_path: Path) -> Agenda:
    """An import of a content into the tour, at a time that is known: `into(content, "--declare")`."""

    def run(content: str, *options: str) -> Run:
        (tmp_path / "theirs").write_text(content)
        return agenda("import", "theirs", "--into", tour.name, *options, env={"AGENDA_NOW": NOW})

    return run


def event_of(path: Path, event_id: str) -> dict[str, Any]:
    """The keys of an event in a file."""
    (event,) = [event for event in tomli.loads(path.read_text())["events"] if event["id"] == event_id]
    table: dict[str, Any] = event
    return table


def changed_lines(run: Run) -> list[str]:
    """The lines of the diff that a run shows, without its head."""
    return [line for line in run.out.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]


# --- What comes


def test_new_events_stand_at_their_place(into: Agenda, tour: Path) -> None:
    run = into(calendar("UID:4711@other\nSUMMARY:Tea\nDTSTART;TZID=Europe/Rome:20260502T160000"), "--keep-revised")
    assert run.code == 0, run.err
    new = '[[events]]\nid = "tea"\ntitle = "Tea"\nstart = 2026-05-02T16:00:00\nuid = "4711@other"\n\n'
    before, gala, after = TOUR.partition('[[events]]\nid = "gala"')
    assert tour.read_text() == f"{before}{new}{gala}{after}"
    assert "agenda: of theirs: 1 new, 0 changed, 0 as before\n" in run.err


def test_only_what_the_calendar_tells_changes(into: Agenda, tour: Path) -> None:
    run = into(calendar("UID:opening@tour.example\nSUMMARY:Grand opening\nDTSTART;TZID=Europe/Rome:20260501T193000\n"
                        "DTEND;TZID=Europe/Rome:20260501T210000"))  # fmt: skip
    assert run.code == 0, run.err
    now = TOUR.replace('"Opening"', '"Grand opening"').replace(
        'sources = ["paper"]\n', 'sources = ["paper"]\nrevised = 2026-03-01T13:00:00+01:00\n'
    )
    assert tour.read_text() == now


def test_keep_revised_leaves_revised(into: Agenda, tour: Path) -> None:
    into(calendar("UID:gala@tour.example\nSUMMARY:Ball\nDTSTART;TZID=Asia/Tokyo:20260503T190000"), "--keep-revised")
    assert tour.read_text() == TOUR.replace('"Gala"', '"Ball"')


def test_the_same_import_changes_nothing_the_second_time(into: Agenda, tour: Path) -> None:
    theirs = calendar(
        "UID:4711@other\nSUMMARY:Opening\nDTSTART:20260502T160000Z\nLOCATION:Lingotto",
        "SUMMARY:No UID\nDTSTART;VALUE=DATE:20260502",
        "UID:5@other\nSUMMARY:Series\nDTSTART;TZID=Asia/Tokyo:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=9\n"
        "EXDATE;TZID=Asia/Tokyo:20260309T090000",
        "UID:opening@tour.example\nSUMMARY:Grand opening\nDTSTART;TZID=Europe/Rome:20260501T203000",
    )
    first = into(theirs)
    assert first.code == 0, first.err
    assert "new" in first.err
    content = tour.read_bytes()
    second = into(theirs)
    assert second.err.startswith("agenda: nothing changed: it is so already\n")
    assert tour.read_bytes() == content


def test_what_is_gone_stays_and_is_told(into: Agenda, tour: Path) -> None:
    run = into(calendar("UID:gala@tour.example\nSUMMARY:Gala\nDTSTART;TZID=Asia/Tokyo:20260503T190000"))
    assert tour.read_text() == TOUR
    assert "agenda: not in theirs, and left as they are: 2 events (opening, course)\n" in run.err


def test_what_the_calendar_cancels_is_cancelled(into: Agenda, tour: Path) -> None:
    into(calendar("UID:gala@tour.example\nSUMMARY:Gala\nDTSTART;TZID=Asia/Tokyo:20260503T190000\nSTATUS:CANCELLED"))
    assert event_of(tour, "gala")["status"] == "cancelled"


def test_what_has_no_place_in_an_agenda_is_told(into: Agenda) -> None:
    run = into(calendar("UID:1@other\nSUMMARY:Tea\nDTSTART:20260502T160000Z\nATTACH:https://x.example/a.pdf"))
    assert "agenda: left out, since an agenda has no place for it: 1 ATTACH\n" in run.err


# --- Names


def test_names_are_found_as_people_write_them(into: Agenda, tour: Path) -> None:
    headings = "Titolo;Inizio;Luogo;Sala;Temi;Relatori\n"
    into(f"{headings}Tè;2026-05-02 16:00;LINGOTTO;sala blu;Cafe Culture;Saint-Saens Camille\n", "--keep-revised")
    assert event_of(tour, "te") == {
        "id": "te",
        "title": "Tè",
        "venue": "lingotto",
        "room": "Sala Blu",
        "start": tomli.loads("a = 2026-05-02T16:00:00")["a"],
        "topics": ["café culture"],
        "people": ["Camille Saint-Saëns"],
    }


def test_all_names_that_are_lacking_are_told_at_once(into: Agenda, tour: Path) -> None:
    run = into(
        "Title,Start,City,Venue,Topic,Room\nTea,2026-05-02 16:00,Milano,,jazz,\nBall,2026-05-03,,Lingotto,,Sala Rossa\n"
    )
    assert run.code == 2
    assert run.err.splitlines() == [
        "agenda: names that the file does not have; --declare adds them to it:",
        "  [cities.Milano]",
        "  [topics.jazz]",
        '  "Sala Rossa" among the rooms of [venues.lingotto]',
    ]
    assert tour.read_text() == TOUR


def test_name_that_is_lacking_may_be_meant_for_one_in_another_language(into: Agenda, tour: Path) -> None:
    languages = TOUR.replace("[agenda]\n", '[agenda]\nlanguages = ["en", "it"]\n', 1)
    tour.write_text(languages.replace("[topics.", '[topics.jazz]\nname = { it = "musica jazz" }\n\n[topics.', 1))
    run = into("Title,Start,Topic\nTea,2026-05-02 16:00,musica jaz\n")
    assert run.code == 2
    assert run.err.splitlines()[1] == '  [topics."musica jaz"]; did you mean "jazz"?'


def test_declare_declares_them_with_what_the_import_knows(into: Agenda, tour: Path, agenda: Agenda) -> None:
    place = "LOCATION:Teatro Regio\nGEO:45.07;7.69"
    tea = f"UID:1@other\nSUMMARY:Tea\nDTSTART:20260502T160000Z\n{place}\nCATEGORIES:jazz,blues"
    run = into(calendar(tea, f"UID:2@other\nSUMMARY:Ball\nDTSTART:20260502T190000Z\n{place}"), "--declare")
    assert run.code == 0, run.err
    file = tomli.loads(tour.read_text())
    assert file["venues"]["teatro-regio"] == {"name": "Teatro Regio", "latitude": 45.07, "longitude": 7.69}
    assert list(file["topics"]) == ["café culture", "jazz", "blues"]
    assert [event_of(tour, event)["venue"] for event in ("tea", "ball")] == ["teatro-regio"] * 2
    assert agenda("check", "tour.toml").code == 0


def test_declare_adds_rooms_and_cities_with_their_zone(into: Agenda, tour: Path) -> None:
    tea = "a,Tea,2026-05-02 16:00,Lisboa,,,Europe/Lisbon\n"
    ball = "b,Ball,2026-05-03 20:00,,Lingotto,Sala Rossa,\n"
    run = into(f"id,title,start,city,venue,room,timezone\n{tea}{ball}", "--declare")
    assert run.code == 0, run.err
    file = tomli.loads(tour.read_text())
    assert file["venues"]["lingotto"]["rooms"] == ["Sala Blu", "Foyer", "Sala Rossa"]
    assert file["cities"]["Lisboa"] == {"timezone": "Europe/Lisbon"}


# --- When


@pytest.mark.parametrize(
    ("lines", "start"),
    [
        ("DTSTART:20260502T160000Z", "2026-05-02T18:00:00"),  # by the clocks of the agenda
        (f"{IN_TOKYO}\nLOCATION:Budokan", "2026-05-05T19:00:00"),  # of the city
        (f"{IN_TOKYO}\nLOCATION:Lingotto", "2026-05-05T12:00:00"),
        ("DTSTART:20260505T190000\nLOCATION:Budokan", "2026-05-05T19:00:00"),  # local wherever it is
        ("DTSTART:20261025T013000Z", "2026-10-25T02:30:00+01:00"),  # the second half past two of that night
    ],
)
def test_times_are_told_by_the_clocks_there(into: Agenda, tour: Path, lines: str, start: str) -> None:
    run = into(calendar(f"UID:1@other\nSUMMARY:Tea\n{lines}"))
    assert run.code == 0, run.err
    assert event_of(tour, "tea")["start"] == tomli.loads(f"a = {start}")["a"]


def test_a_new_place_in_another_zone_leaves_the_moment_as_it_is(into: Agenda, tour: Path) -> None:
    run = into(
        calendar("UID:gala@tour.example\nSUMMARY:Gala\nDTSTART;TZID=Asia/Tokyo:20260503T190000\nLOCATION:Lingotto")
    )
    assert run.code == 0, run.err
    gala = event_of(tour, "gala")
    assert (gala["venue"], gala["start"]) == ("lingotto", tomli.loads("a = 2026-05-03T12:00:00")["a"])


def test_the_city_of_a_venue_stays_where_the_venue_goes(
    agenda: Agenda, into: Agenda, tour: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text(TOUR)
    agenda("set", "gala", "city=Tokyo", "venue=", "--keep-revised", "--data", copy)
    assert into(agenda("export", "--data", copy).raw.decode(), "--keep-revised").code == 0
    assert tour.read_text() == copy.read_text()


def test_a_series_by_clocks_that_the_place_does_not_have_is_refused(into: Agenda, tour: Path) -> None:
    run = into(calendar(f"UID:1@other\nSUMMARY:Tea\n{IN_ROME}\nRRULE:FREQ=WEEKLY;COUNT=60\nLOCATION:Budokan"))
    assert run.code == 1
    assert "tour.toml cannot hold these events as theirs has them, so nothing was written: tea (start)" in run.err
    assert tour.read_text() == TOUR


def test_a_changed_series_keeps_its_id(into: Agenda, tour: Path) -> None:
    run = into(calendar("UID:course@tour.example\nSUMMARY:Course\nDTSTART;TZID=Europe/Rome:20260601T180000\n"
                        "DTEND;TZID=Europe/Rome:20260601T190000\nRRULE:FREQ=WEEKLY;COUNT=6"))  # fmt: skip
    assert run.code == 0, run.err
    assert event_of(tour, "course")["repeat"] == "FREQ=WEEKLY;COUNT=6"


# --- Identity


def test_an_id_of_another_event_is_not_taken(into: Agenda, tour: Path) -> None:
    run = into(calendar("UID:opening@other.example\nSUMMARY:Another\nDTSTART:20260502T160000Z"))
    assert event_of(tour, "opening-2")["uid"] == "opening@other.example"
    assert "their ids are those of other events, so they get others: opening is opening-2" in run.err


def test_rows_without_ids_are_known_by_their_titles(into: Agenda, tour: Path) -> None:
    run = into("Title,Start,End\nGALA,2026-05-03 20:00,2026-05-03 23:00\n", "--keep-revised")
    assert run.code == 0, run.err
    assert tour.read_text() == TOUR.replace(
        '"Gala"\nvenue = "budokan"\nstart = 2026-05-03T19:00:00',
        '"GALA"\nvenue = "budokan"\nstart = 2026-05-03T20:00:00\nend = 2026-05-03T23:00:00',
    )
    assert "known by their titles, since theirs has no ids for them: gala" in run.err


def test_an_empty_cell_takes_a_key_away_and_one_that_cannot_be_read_does_not(into: Agenda, tour: Path) -> None:
    run = into("id,title,description,status,start\nopening,Opening,,hm,2026-05-01 19:30\n", "--keep-revised")
    assert tour.read_text() == TOUR.replace('description = "With two works."\n', "")
    assert '"hm" is no status' in run.err


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("Time,Title\nFriday 1 May 2026,\n20:00,Opening\n", id="alone in a row"),
        pytest.param("Friday 1 May 2026,\nTime,Title\n20:00,Opening\n", id="above the headings"),
    ],
)
def test_times_below_a_day_change(into: Agenda, tour: Path, table: str) -> None:
    into(table)
    assert event_of(tour, "opening")["start"].isoformat() == "2026-05-01T20:00:00"


def test_a_table_of_days_alone_leaves_times_as_they_are(into: Agenda) -> None:
    run = into("Title,Date,Room\nOpening,1 May 2026,Foyer\nGala,3 May 2026,\n", "--dry-run", "--keep-revised")
    assert changed_lines(run) == ['-room = "Sala Blu"', '+room = "Foyer"']


def test_a_table_of_days_alone_moves_an_event_to_another_day_at_its_time(into: Agenda, tour: Path) -> None:
    into("Title,Date\nOpening,2 May 2026\nGala,4 May 2026\n")
    assert event_of(tour, "opening")["start"].isoformat() == "2026-05-02T19:30:00"
    assert event_of(tour, "opening")["end"] == time(21)
    assert event_of(tour, "gala")["start"].isoformat() == "2026-05-04T19:00:00"


def test_a_last_day_without_a_time_is_told(into: Agenda, tour: Path) -> None:
    run = into("Title,Date,End date\nGala,3 May 2026,4 May 2026\nOpening,1 May 2026,2 May 2026\n")
    assert event_of(tour, "gala")["start"].isoformat() == "2026-05-03T19:00:00"
    assert event_of(tour, "opening")["end"].isoformat() == "2026-05-02T21:00:00"
    assert "their last days are left out, since the agenda has no time at which they end: gala" in run.err


def test_starts_without_a_time_are_days_alone_where_no_start_has_one(into: Agenda, tour: Path) -> None:
    assert changed_lines(into("Title,Start\nOpening,1 May 2026\nGala,3 May 2026\n", "--dry-run")) == []
    into("Title,Start\nOpening,1 May 2026\nGala,3 May 2026 19:00\n")
    assert event_of(tour, "opening")["start"] == date(2026, 5, 1)


def test_namesakes_are_told_apart_by_their_days_where_a_table_has_days_alone(into: Agenda, tour: Path) -> None:
    tour.write_text(TOUR + '[[events]]\nid = "opening-2"\ntitle = "Opening"\nstart = 2026-05-09T18:00:00\n')
    into("Title,Date,Room\nOpening,9 May 2026,Foyer\n", "--declare")
    assert event_of(tour, "opening-2")["room"] == "Foyer"


def test_that_times_have_no_zone_is_told_where_the_agenda_has_none_either(into: Agenda, tour: Path) -> None:
    table = "Title,Start\nOpening,2026-05-01 20:00\n"
    assert "time zone" not in into(table, "--dry-run").err
    tour.write_text('[agenda]\n[[events]]\nid = "opening"\ntitle = "Opening"\n')
    assert "its times are of no time zone" in into(table, "--dry-run").err


def test_times_of_a_series_that_come_by_its_title_leave_it_as_it_is(into: Agenda, tour: Path) -> None:
    before = tour.read_text()
    run = into("Title,Start\nCourse,2026-06-08 18:00\nCourse,2026-06-15 18:00\n")
    assert tour.read_text() == before
    assert "left as they are, since theirs tells the times of these series one by one: course" in run.err


def test_a_title_in_another_language_is_that_of_the_event(into: Agenda, tour: Path) -> None:
    languages = TOUR.replace("[agenda]", '[agenda]\nlanguages = ["en", "fr"]', 1)
    title = 'title = { en = "Opening", fr = "Ouverture" }'
    tour.write_text(languages.replace('title = "Opening"  # the first one', title))
    run = into("Titolo,Sala,Descrizione\nOuverture,Foyer,Avec deux œuvres.\n", "--dry-run", "--keep-revised")
    assert "of theirs: 0 new, 1 changed" in run.err
    assert changed_lines(run) == [
        '-room = "Sala Blu"',
        '+room = "Foyer"',
        '-description = "With two works."',
        '+description = { en = "With two works.", fr = "Avec deux œuvres." }',
    ]


def test_roles_in_another_language_are_those_of_the_event(into: Agenda, tour: Path) -> None:
    languages = TOUR.replace("[agenda]", '[agenda]\nlanguages = ["en", "fr"]', 1)
    title = 'title = { en = "Opening", fr = "Ouverture" }'
    tour.write_text(languages.replace('title = "Opening"  # the first one', title))
    run = into("Title,People\nOuverture,Clara Schumann; Camille Saint-Saëns (au piano)\n", "--dry-run")
    assert changed_lines(run) == []


def test_times_of_a_series_that_come_one_by_one_leave_it_as_it_is(agenda: Agenda, into: Agenda, tour: Path) -> None:
    run = into(agenda("list", "--data", tour, "--format", "json").out)
    assert tour.read_text() == TOUR
    assert "tells the times of these series one by one: course" in run.err


@pytest.fixture
def import_moved(agenda: Agenda, tmp_path: Path) -> Agenda:
    """The import of a schedule of the series `walk` into its agenda, after its session of one day went to another; the
    options are those with which the schedule is exported.
    """

    def run(text: str, day: str, new_day: str, *options: str) -> Run:
        data, schedule = tmp_path / "w.toml", tmp_path / "s2.xml"
        data.write_text(f"{HEAD}{text}")
        exported = agenda("export", "walk", *options, "--data", data, "--format", "frab").out
        schedule.write_text(exported.replace(day, new_day))
        return agenda("import", schedule, "--into", data)

    return run


@pytest.mark.parametrize("before", ["", SERIES.format("fair", "FREQ=DAILY")], ids=["alone", "after one without an end"])
def test_a_session_of_a_series_that_was_moved_is_not_new(import_moved: Agenda, before: str) -> None:
    """It has the GUID of the day on which it was, which may be none of the days that are left in the schedule."""
    series = SERIES.format("walk", "FREQ=WEEKLY;COUNT=3")
    run = import_moved(before + series, "2026-10-15", "2026-10-12")
    assert run.code == 0, run.err
    assert "s2.xml: 0 new, 0 changed" in run.err
    assert "tells the times of these series one by one: walk" in run.err


def test_a_session_from_beyond_the_times_that_are_looked_at_is_told_to_be_doubtful(import_moved: Agenda) -> None:
    run = import_moved(SERIES.format("walk", "FREQ=WEEKLY"), "2056-10-12", "2056-10-16", "--on", "2056-10-12")
    assert run.code == 0, run.err
    assert "s2.xml: 1 new, 0 changed" in run.err
    assert "series have more times than are looked at, so that others of them may be among the new" in run.err


def test_a_file_of_very_many_events_is_refused(agenda: Agenda, tmp_path: Path) -> None:
    data = tmp_path / "w.toml"
    data.write_text(HEAD)
    (tmp_path / "many.csv").write_text("title,start\n" + "A,2026-05-02\n" * (MAX_MERGED_EVENTS + 1))
    run = agenda("import", "many.csv", "--into", data)
    assert (run.code, data.read_text()) == (2, HEAD)
    assert "many.csv has 10,001 events, and 10,000 are the most" in run.err.replace("\n  ", " ")


def test_a_file_whose_events_name_very_many_people_is_refused(agenda: Agenda, tmp_path: Path) -> None:
    data = tmp_path / "w.toml"
    data.write_text(HEAD)
    people = ";".join(ascii_lowercase)
    rows = MAX_MERGED_VALUES // len(ascii_lowercase) + 1
    (tmp_path / "many.csv").write_text("title,start,people\n" + f"A,2026-05-02,{people}\n" * rows)
    run = agenda("import", "many.csv", "--into", data)
    assert (run.code, data.read_text()) == (2, HEAD)
    assert "people, topics and other values in lists, and 200,000 are the most" in run.err.replace("\n  ", " ")


def test_an_older_revision_is_told_and_left(into: Agenda, tour: Path) -> None:
    tour.write_text(TOUR.replace('title = "Gala"', 'title = "Gala"\nrevised = 2026-02-02T09:00:00Z'))
    theirs = calendar(
        "UID:gala@tour.example\nSUMMARY:Ball\nDTSTART;TZID=Asia/Tokyo:20260503T190000\nLAST-MODIFIED:20260202T080000Z"
    )
    assert "since they were changed here after theirs was: gala; --force takes theirs" in into(theirs).err
    assert event_of(tour, "gala")["title"] == "Gala"
    into(theirs, "--force")
    assert event_of(tour, "gala")["title"] == "Ball"


# --- Formats


def test_a_moved_time_of_a_series_stays_out_where_the_series_stays(into: Agenda, tour: Path) -> None:
    tour.write_text(TOUR + "revised = 2026-02-20T09:00:00Z\n")
    zone = ";TZID=Europe/Rome:2026"
    head = "UID:course@tour.example\nSUMMARY:Course\nLAST-MODIFIED:20260210T090000Z"
    theirs = calendar(
        f"{head}\nDTSTART{zone}0601T180000\nRRULE:FREQ=WEEKLY;COUNT=4",
        f"{head}\nDTSTART{zone}0609T180000\nRECURRENCE-ID{zone}0608T180000",
    )
    before = tour.read_text()
    run = into(theirs)
    assert "0 new, 0 changed" in run.err
    assert "left as they are, since they were changed here after theirs was: course" in run.err
    assert tour.read_text() == before
    into(theirs, "--force")
    assert event_of(tour, "course")["except"] == [date(2026, 6, 8)]
    assert event_of(tour, "course-2026-06-08")["start"].isoformat() == "2026-06-09T18:00:00"


def test_a_schedule_tells_of_rooms_and_times_and_keeps_roles_and_topics(
    agenda: Agenda, into: Agenda, tour: Path
) -> None:
    schedule = agenda("export", "opening", "--data", tour, "--format", "frab").out
    assert into(schedule).err.startswith("agenda: nothing changed")
    moved = schedule.replace("19:30", "19:45").replace('name="Sala Blu"', 'name="Foyer"')
    assert into(moved.replace("<room>Sala Blu<", "<room>Foyer<"), "--keep-revised").code == 0
    assert tour.read_text() == TOUR.replace('"Sala Blu"\nstart = 2026-05-01T19:30:00\nend = 21:00:00',
                                            '"Foyer"\nstart = 2026-05-01T19:45:00\nend = 21:15:00')  # fmt: skip


@pytest.mark.parametrize(
    ("rooms", "room"),
    [
        pytest.param("", None, id="lists none"),
        pytest.param('rooms = ["Foyer"]', None, id="lists others"),
        pytest.param('rooms = ["Sala Blu"]', "Sala Blu", id="has one of that name"),
    ],
)
def test_a_table_without_rooms_takes_an_event_out_of_one_that_its_new_venue_has_not(
    into: Agenda, tour: Path, rooms: str, room: str | None
) -> None:
    tour.write_text(TOUR.replace("[venues.budokan]", f'[venues.regio]\nname = "Regio"\n{rooms}\n[venues.budokan]'))
    run = into("id,title,venue\nopening,Opening,Regio\n")
    assert run.code == 0, run.err
    opening = event_of(tour, "opening")
    assert (opening["venue"], opening.get("room")) == ("regio", room)
    remark = "no longer in their rooms, which are not at the venues that theirs has for them: opening (Sala Blu)"
    assert (remark in run.err) == (room is None)


def test_a_schedule_without_a_venue_finds_that_of_its_rooms(into: Agenda, tour: Path) -> None:
    guid = "0b9c2f3e-5d1a-4a7b-9c8d-1e2f3a4b5c6d"
    run = into(xml_schedule(xml_event(f'guid="{guid}"'), room="foyer"))
    assert run.code == 0, run.err
    talk = event_of(tour, "talk")
    assert (talk["venue"], talk["room"], talk["uid"]) == ("lingotto", "Foyer", guid)


def test_a_calendar_that_lost_what_is_ours_says_the_same(agenda: Agenda, into: Agenda, tour: Path) -> None:
    tour.write_text(TOUR.replace("start = 2026-05-03T19:00:00", "between = [2026-05-03, 2026-05-05]"))
    content = tour.read_text()
    exported = agenda("export", "--data", tour).out.replace("\r\n ", "")
    kept = [line for line in exported.splitlines() if not line.startswith(("X-", "CATEGORIES", "CONTACT"))]
    run = into("\r\n".join(kept) + "\r\n")
    assert run.err.startswith("agenda: nothing changed"), run.err
    assert tour.read_text() == content


@pytest.mark.parametrize("shipped", [SHIPPED, ROOT / "examples" / "conference.toml"], ids=lambda path: path.stem)
@pytest.mark.parametrize("format", ["ics", "json", "csv"])
def test_what_is_exported_comes_back_as_no_change(
    agenda: Agenda, into: Agenda, tour: Path, shipped: Path, format: str
) -> None:
    tour.write_bytes(shipped.read_bytes())
    export = ["export"] if format == "ics" else ["list", "--format", format]
    run = into(agenda(*export, "--data", tour).raw.decode())
    assert run.err.startswith("agenda: nothing changed"), run.err
    assert tour.read_bytes() == shipped.read_bytes()


@pytest.mark.parametrize("format", ["ics", "json", "csv"])
def test_names_that_differ_in_case_or_accents_come_back_as_no_change(
    agenda: Agenda, into: Agenda, tour: Path, format: str
) -> None:
    spelled = [("AI", "Anna Rossi", "Red"), ("ai", "ANNA ROSSI", "RED"), ("Ai", "Anna Ròssi", "Réd")]
    events = (
        f'[[events]]\nid = "e{number}"\ntitle = "T{number}"\nstart = 2026-05-03\nroom = "{room}"\n'
        f'topics = ["{topic}"]\npeople = ["{person}"]\n'
        for number, (topic, person, room) in enumerate(spelled)
    )
    tour.write_text('[agenda]\ntimezone = "Europe/Rome"\nnamespace = "tour.example"\n' + "".join(events))
    content = tour.read_text()
    export = ["export"] if format == "ics" else ["list", "--format", format]
    run = into(agenda(*export, "--data", tour).raw.decode())
    assert run.err.startswith("agenda: nothing changed"), run.err
    assert tour.read_text() == content


LOCAL_TIMES = [
    "start = 2026-05-03",
    "start = 2026-05-03\nend = 2026-05-03",
    "start = 2026-05-03\nend = 2026-05-05",
    "start = 2026-05-03T19:00:00\nend = 2026-05-03T21:00:00",
    "start = 2026-05-03T19:00:00\nend = 21:00:00",
    "start = 2026-05-03T19:00:00\nend = 2026-05-04T00:00:00",
]
TIMES_WITH_OFFSETS = [
    "start = 2026-05-03T19:00:00+09:00",
    "start = 2026-05-03T10:00:00Z\nend = 2026-05-03T21:00:00+09:00",
]
RULES = ['repeat = "FREQ=WEEKLY;COUNT=3"', 'repeat = "FREQ=WEEKLY"\nexcept = [2026-05-10]']


@pytest.mark.parametrize(
    "times", [*LOCAL_TIMES, *TIMES_WITH_OFFSETS, *(f"{times}\n{rule}" for times in LOCAL_TIMES for rule in RULES)]
)
def test_times_come_back_as_no_change_however_they_are_written(
    agenda: Agenda, into: Agenda, tour: Path, times: str
) -> None:
    content = TOUR.replace("start = 2026-05-03T19:00:00", times)
    tour.write_text(content)
    run = into(agenda("export", "--data", tour).raw.decode())
    assert run.err.startswith("agenda: nothing changed"), run.err
    assert tour.read_text() == content


def test_another_rule_leaves_the_end_of_one_day_that_is_written(agenda: Agenda, into: Agenda, tour: Path) -> None:
    days = 'start = 2026-05-03\nend = 2026-05-03  # one day\nrepeat = "FREQ=WEEKLY;COUNT=3"\n'
    tour.write_text(TOUR.replace("start = 2026-05-03T19:00:00\n", days))
    exported = agenda("export", "--data", tour).raw.decode()
    run = into(exported.replace("RRULE:FREQ=WEEKLY;COUNT=3", "RRULE:FREQ=WEEKLY;COUNT=5"), "--keep-revised")
    assert run.code == 0, run.err
    assert tour.read_text() == TOUR.replace("start = 2026-05-03T19:00:00\n", days.replace("=3", "=5"))


KEYS = {
    "title": st.sampled_from(["Other", "Tè – 茶", 'With "quotes", \\ and ; signs']),
    "start": st.sampled_from(["2026-05-09T10:15", "2026-10-25T02:30", "2026-05-09"]),
    "venue": st.sampled_from(["lingotto", "budokan", ""]),
    "description": st.sampled_from(["One.\n\nTwo.", ""]),
    "people": st.sampled_from(["Clara Schumann=voice", "Clara Schumann", ""]),
    "status": st.sampled_from(["cancelled", "tentative", ""]),
    "visibility": st.sampled_from(["internal", ""]),
    "url": st.sampled_from(["https://x.example/a", ""]),
    "city": st.sampled_from(["Torino", "Tokyo"]),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.dictionaries(st.sampled_from(["opening", "gala"]), st.fixed_dictionaries({}, optional=KEYS), min_size=1)
)
def test_what_was_changed_elsewhere_comes_back_and_nothing_else(
    agenda: Agenda, tmp_path: Path, changes: dict[str, dict[str, str]]
) -> None:
    """An agenda that was exported, changed in a copy, and taken in again means what the copy does."""
    ours, copy = tmp_path / "ours.toml", tmp_path / "copy.toml"
    ours.write_text(TOUR)
    copy.write_text(TOUR)
    for event_id, keys in changes.items():
        if keys.get("start") == "2026-05-09":
            keys["end"] = ""
        agenda("set", event_id, *(f"{key}={value}" for key, value in keys.items()), "--data", copy)  # or it is refused
    (tmp_path / "copy.ics").write_bytes(agenda("export", "--data", copy).raw)
    run = agenda("import", "copy.ics", "--into", ours, "--keep-revised", "--declare")
    assert run.code == 0, run.err
    told = agenda("list", "--data", ours, "--format", "json", "--status", "confirmed", "--status", "cancelled",
                  "--status", "tentative").out  # fmt: skip
    wanted = agenda("list", "--data", copy, "--format", "json", "--status", "confirmed", "--status", "cancelled",
                    "--status", "tentative").out  # fmt: skip
    assert json.loads(told) == json.loads(wanted)
    head, _, _ = TOUR.partition("[[events]]")
    assert ours.read_text().startswith(head)
    assert TOUR[TOUR.index('[[events]]\nid = "course"') :] in ours.read_text()


LANGUAGES = TOUR.replace('title = "Tour"', 'title = "Tour"\nlanguages = ["en", "it"]').replace(
    'title = "Gala"', 'title = { en = "Gala", it = "Galà" }'
)


def test_a_text_in_several_languages_changes_in_the_first(into: Agenda, tour: Path) -> None:
    tour.write_text(LANGUAGES)
    run = into(calendar("UID:gala@tour.example\nSUMMARY:Ball\nDTSTART;TZID=Asia/Tokyo:20260503T190000"))
    assert run.code == 0, run.err
    assert event_of(tour, "gala")["title"] == {"en": "Ball", "it": "Galà"}


def test_an_export_in_another_language_is_refused(agenda: Agenda, into: Agenda, tour: Path) -> None:
    tour.write_text(LANGUAGES)
    run = into(agenda("export", "--data", tour, "--lang", "it").out)
    assert run.code == 1
    assert 'theirs is in "it", and the texts of tour.toml are first in "en"' in run.err
    assert tour.read_text() == LANGUAGES


# --- How


def test_dry_run_shows_the_difference_and_writes_nothing(into: Agenda, tour: Path) -> None:
    theirs = calendar("UID:gala@tour.example\nSUMMARY:Ball\nDTSTART;TZID=Asia/Tokyo:20260503T190000")
    run = into(theirs, "--dry-run", "--keep-revised")
    assert changed_lines(run) == ['-title = "Gala"', '+title = "Ball"']
    assert tour.read_text() == TOUR


def test_without_it_the_difference_is_a_remark(into: Agenda) -> None:
    theirs = calendar("UID:gala@tour.example\nSUMMARY:Ball\nDTSTART;TZID=Asia/Tokyo:20260503T190000")
    assert '\n-title = "Gala"\n+title = "Ball"\n' in into(theirs).err
    assert into(theirs, "--quiet").err == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--into", str(SHIPPED)], "never changed"),
        (["--into", "."], "a change is made in one file; name one of these by --into: tour.toml"),
        (["--into", "-"], "standard input cannot be changed; name a file by --into"),
        (["--into", "tour.toml", "--output", "x.toml"], "--output makes a file, and --into changes one"),
        (["--dry-run"], "are for --into"),
        (["--into", "none.toml"], "none.toml"),
    ],
)
def test_what_cannot_be_changed_is_refused(
    agenda: Agenda, tour: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "theirs.ics").write_text(calendar("UID:1@other\nSUMMARY:Tea\nDTSTART:20260502T160000Z"))
    run = agenda("import", "theirs.ics", *arguments)
    assert run.code != 0
    assert message in run.err
    assert tour.read_text() == TOUR


def test_verbose_is_taken_though_all_is_told_anyhow(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "theirs.ics").write_text(calendar("UID:1@other\nSUMMARY:Tea\nDTSTART:20260502T160000Z"))
    plain, verbose = agenda("import", "theirs.ics"), agenda("import", "theirs.ics", "-v")
    assert (verbose.code, verbose.out, verbose.err) == (plain.code, plain.out, plain.err)


def test_comments_and_line_ends_stay(into: Agenda, tour: Path) -> None:
    tour.write_bytes(TOUR.replace("\n", "\r\n").encode())
    into(calendar("UID:gala@tour.example\nSUMMARY:Ball\nDTSTART;TZID=Asia/Tokyo:20260503T190000"), "--keep-revised")
    assert tour.read_bytes() == TOUR.replace('"Gala"', '"Ball"').replace("\n", "\r\n").encode()
