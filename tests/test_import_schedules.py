"""`agenda import` of schedules of conferences, in the XML and the JSON of frab and pentabarf."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import tomli
from conftest import Run
from schedules import GUID, PRETALX, json_schedule, xml_event, xml_schedule

Program = Callable[..., Run]
ROME = "<time_zone_name>Europe/Rome</time_zone_name>"


@pytest.fixture
def tables(agenda: Program) -> Callable[..., dict[str, Any]]:
    """The tables that an import makes, of a file that an agenda then is read from."""

    def run(content: str, *options: str) -> dict[str, Any]:
        done = agenda("import", "-", *options, stdin=content)
        assert done.code == 0, done.err
        checked = agenda("check", "--data", "-", stdin=done.out)
        assert checked.code == 0, checked.out
        return tomli.loads(done.out)

    return run


@pytest.fixture
def only(tables: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The only event that an import makes."""

    def run(content: str, *options: str) -> dict[str, Any]:
        (event,) = tables(content, *options)["events"]
        found: dict[str, Any] = event
        return found

    return run


def test_schedule_of_pretalx_becomes_an_agenda(tables: Any) -> None:
    found = tables(PRETALX.read_text())
    assert found["agenda"]["title"] == "Spring Days"
    assert found["agenda"]["timezone"] == "Europe/Rome"
    assert found["venues"] == {"spring-days": {"name": "Spring Days", "rooms": ["Aula Magna", "Foyer"]}}
    (event,) = found["events"]
    assert {key: str(value) if key in {"start", "end"} else value for key, value in event.items()} == {
        "id": "sound-space",
        "title": "Sound & space",
        "venue": "spring-days",
        "room": "Aula Magna",
        "start": "2026-03-28 23:30:00",
        "end": "2026-03-29 04:30:00",  # four hours on, over a clock change
        "kind": "Talk",
        "topics": ["Music"],
        "people": ["Clara Schumann", "Johannes Brahms"],
        "description": "What halls *do*.\n\nWith examples.",
        "url": "https://spring.example/talk/ABCDEF/",
        "uid": GUID,
    }


def test_what_has_no_place_in_an_agenda_is_told(agenda: Program) -> None:
    told = agenda("import", PRETALX).err
    assert "no venue is named, so one is called after the conference" in told
    for loss in ("2 links", "1 recording", "1 language"):
        assert f"left out, since an agenda has no place for it: {loss}" in told
    assert "answers" not in told


def test_import_is_read_from_a_pipe(agenda: Program) -> None:
    done = agenda("list", "--data", "-", "--fields", "start,title", stdin=agenda("import", PRETALX).out)
    assert done.out == "2026-03-28T23:30:00+01:00\tSound & space\n"


@pytest.mark.parametrize(
    ("duration", "end"),
    [
        ("00:30", "10:30"),
        ("1:30", "11:30"),
        ("10:00", "20:00"),
        ("01:30:00", "11:30"),
        ("0:01:30", "11:30"),
        ("0:45:00", "10:45"),
        ("PT1H30M", "11:30"),
        ("45", "10:45"),
        ("00:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_durations_of_all_dialects_are_read(only: Any, duration: str, end: str | None) -> None:
    event = only(xml_schedule(xml_event(duration=duration), head=ROME))
    assert (f"{event['end']:%H:%M}" if "end" in event else None) == end


def test_duration_of_days_is_told(agenda: Program) -> None:
    done = agenda("import", "-", stdin=xml_schedule(xml_event(duration="1:06:00"), head=ROME))
    assert "end = 2026-03-29T17:00:00" in done.out  # 30 hours on, over a clock change
    assert 'its duration 1:06:00 is taken for days, hours and minutes: "Talk"' in done.err


def test_time_without_a_date_is_of_its_day(only: Any) -> None:
    event = only(xml_schedule(xml_event(date="", start="14:00"), head=ROME))
    assert str(event["start"]) == "2026-03-28 14:00:00"


@pytest.mark.parametrize("where", ["conference", "day"])
def test_time_before_days_change_is_of_the_next_day(only: Any, where: str) -> None:
    head = ROME + ("<day_change>09:00:00</day_change>" if where == "conference" else "")
    start = ' start="2026-03-28T09:00:00+01:00"' if where == "day" else ""
    event = only(xml_schedule(xml_event(date="", start="01:30"), head=head, day=f'date="2026-03-28"{start}'))
    assert str(event["start"]) == "2026-03-29 01:30:00"


def test_times_keep_their_offsets_where_no_zone_is_named(agenda: Program) -> None:
    done = agenda("import", "-", stdin=xml_schedule(xml_event()))
    assert "start = 2026-03-28T10:00:00+01:00" in done.out
    assert "timezone" not in done.out
    assert "no time zone is named, so times are written with their offsets" in done.err


def test_zone_is_that_of_the_city_where_times_agree_with_it(agenda: Program) -> None:
    head = "<city>Brussels</city>"
    agreeing = agenda("import", "-", stdin=xml_schedule(xml_event(), head=head))
    assert 'timezone = "Europe/Brussels"' in agreeing.out
    assert "it is taken for Europe/Brussels" in agreeing.err
    other = agenda("import", "-", stdin=xml_schedule(xml_event(date="2026-03-28T10:00:00+02:00"), head=head))
    assert "timezone" not in other.out


def test_times_are_told_in_the_zone_that_is_asked_for(only: Any) -> None:
    assert str(only(xml_schedule(xml_event()), "--tz", "Asia/Tokyo")["start"]) == "2026-03-28 18:00:00"


def test_session_without_a_time_is_to_be_announced(agenda: Program) -> None:
    done = agenda("import", "-", stdin=xml_schedule(xml_event(date="", start="")))
    assert "start" not in done.out
    assert 'it has no start yet: "Talk"' in done.err


def test_start_that_is_not_the_time_of_the_date_is_told(agenda: Program) -> None:
    done = agenda("import", "-", stdin=xml_schedule(xml_event(start="11:00"), head=ROME))
    assert "start = 2026-03-28T10:00:00\n" in done.out
    assert "its `start` is not the time of its `date`, which is taken" in done.err


def test_ids_are_words_and_do_not_depend_on_the_order(tables: Any) -> None:
    events = [
        xml_event('id="7"', title="Opening"),
        xml_event('id="8"', title="Break"),
        xml_event('id="9"', title="Break"),
    ]
    for order in (events, events[::-1]):
        ids = {event["id"] for event in tables(xml_schedule(*order))["events"]}
        assert ids == {"opening", "break-8", "break-9"}


def test_session_whose_title_has_no_latin_letters_has_an_id(only: Any) -> None:
    assert only(xml_schedule(xml_event(title="開会式")))["id"] == "session"


def test_session_without_a_title_is_told_by_its_id(agenda: Program) -> None:
    done = agenda("import", "-", stdin=xml_schedule(xml_event(title=" ")))
    assert 'title = "(no title)"' in done.out
    assert 'it has no title: "session"' in done.err


def test_guid_of_several_sessions_is_the_uid_of_the_first(agenda: Program) -> None:
    event = xml_event(f'id="7" guid="{GUID}"', title="Break")
    done = agenda("import", "-", stdin=xml_schedule(event, event))
    assert done.out.count(GUID) == 1
    assert 'its guid is that of another session, so it has none: "Break"' in done.err


def test_sessions_without_a_guid_are_not_told_to_share_one(agenda: Program) -> None:
    sessions = [f'id="{number}"' for number in (8, 9)]
    done = agenda("import", "-", stdin=xml_schedule(xml_event(f'id="7" guid="{GUID}"'), *map(xml_event, sessions)))
    assert (done.code, "guid" in done.err) == (0, False)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One\ntwo.</p><p>Three &amp; four.</p>", "One two.\n\nThree & four."),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ('See <a href="https://spring.example/">our page</a>.', "See our page (https://spring.example/)."),
        ('<a href="https://spring.example/">https://spring.example/</a><br/>End', "https://spring.example/\nEnd"),
        ("A std::vector<int> is no <tag>.", "A std::vector<int> is no <tag>."),
        ("*Markdown* &amp; such", "*Markdown* &amp; such"),
    ],
)
def test_html_becomes_plain_text(only: Any, markup: str, text: str) -> None:
    assert only(xml_schedule(xml_event(abstract=markup)))["description"] == text


def test_language_is_told_where_there_are_several(tables: Any) -> None:
    events = [xml_event(title="One", language="en"), xml_event(title="Due", language="it")]
    told = [event.get("description") for event in tables(xml_schedule(*events))["events"]]
    assert told == ["Language: en", "Language: it"]


def test_subtitle_is_the_first_paragraph(only: Any) -> None:
    event = xml_event(subtitle="A beginning", abstract="Said in short.", description="Said in short. And in length.")
    assert only(xml_schedule(event))["description"] == "A beginning\n\nSaid in short. And in length."


def test_person_is_called_by_the_public_name(only: Any) -> None:
    persons = "<persons><person id='1'>cs<code>ABC</code><public_name>Clara Schumann</public_name></person></persons>"
    assert only(xml_schedule(xml_event(more=persons)))["people"] == ["Clara Schumann"]


def test_people_of_one_name_are_told(agenda: Program) -> None:
    events = [
        xml_event(title=title, more=f"<persons><person id='{key}'>Clara Schumann</person></persons>")
        for title, key in (("One", "1"), ("Two", "2"))
    ]
    done = agenda("import", "-", stdin=xml_schedule(*events))
    assert 'people of one name are one person here, though the file may tell them apart: "Clara Schumann"' in done.err


def test_json_of_frab_is_read(only: Any) -> None:
    session = {
        "id": 12,
        "guid": GUID,
        "date": "2026-03-28T10:00:00+01:00",
        "start": "10:00",
        "duration": "00:45",
        "room": "Aula Magna",
        "slug": "spring26-12-opening",
        "title": "Opening",
        "subtitle": None,
        "track": None,
        "type": "lecture",
        "persons": [{"id": 3, "public_name": "Clara Schumann", "answers": []}],
        "links": [],
    }
    event = only(json_schedule(session, acronym="spring26", time_zone_name="Europe/Rome"))
    assert (event["id"], str(event["end"]), event["people"]) == ("opening", "2026-03-28 10:45:00", ["Clara Schumann"])
    assert "topics" not in event


def test_json_with_its_events_outside_of_days_is_read(only: Any) -> None:
    session = {
        "type": "TALK",
        "title": "Opening",
        "start": "2026-03-28T10:00:00+01:00",
        "end": "2026-03-28T10:30:00+01:00",
        "room": {"name": "Aula Magna", "slug": "aula"},
        "track": {"slug": "music"},
        "participants": [{"name": "Clara Schumann", "role": "SPEAKER"}],
    }
    conference = {"title": "Spring Days", "tracks": [{"name": "Music", "slug": "music"}]}
    event = only(json.dumps({"schedule": {"conference": conference, "events": [session]}}), "--tz", "Europe/Rome")
    assert (event["room"], event["topics"], str(event["end"])) == ("Aula Magna", ["Music"], "2026-03-28 10:30:00")


LAUGHS = """<!DOCTYPE schedule [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><schedule>&b;</schedule>"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LAUGHS, "this XML cannot be read: it has a document type"),
        ("<schedule>\n  <day></schedule>", "<stdin>:2:10: this XML cannot be read: mismatched tag"),
        ("<rss><p>Not found</p></rss>", "<stdin>:1:1: this is no schedule of frab or pentabarf"),
        ("<schedule/>", "<stdin>:1:1: this is no schedule of frab or pentabarf"),
        ('{"schedule": []}', "<stdin>:1:1: this is no schedule of frab or pentabarf"),
        ('{"schedule":\n  oops', "<stdin>:2:3: this JSON cannot be read: Expecting value"),
        ('{"a": ' + "[" * 200_000, "<stdin>:1:1: this JSON cannot be read"),
        ("<schedule>" + "<a>" * 200_000, "this XML cannot be read: no element found"),
        (
            "<schedule><conference>" + "<a>" * 100_000 + "</a>" * 100_000 + "</conference></schedule>",
            "<stdin>:1:1: this XML cannot be read: it has too many things within each other",
        ),
    ],
)
def test_what_is_no_schedule_is_refused_at_its_place(agenda: Program, content: str, message: str) -> None:
    done = agenda("import", "-", stdin=content)
    assert (done.code, done.out) == (1, "")
    assert message in done.err
    assert len(done.err.splitlines()) == 1


def test_schedule_without_sessions_is_an_agenda(tables: Any) -> None:
    assert "events" not in tables(xml_schedule())


def test_utf_16_is_read(agenda: Program) -> None:
    content = xml_schedule(xml_event(title="Überblick"))
    done = agenda("import", "-", stdin=f"\ufeff{content}".encode("utf-16-le"))
    assert 'title = "Überblick"' in done.out
