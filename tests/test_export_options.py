"""What can be chosen of an export: its files, its alarms, and what it says of events of every kind."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from agenda.errors import UsageError
from agenda.ical.events import parse_alarm, parse_length
from agenda.ical.split import split_events
from agenda.model import Event, Fixed, Occurrence, Term
from agenda.query import Query
from agenda.reports.groups import Grouping
from agenda.wording.english import ENGLISH

Agenda = Callable[..., Run]
Ours = Callable[..., Run]
Split = Callable[..., dict[str, list[str]]]

HEAD = """\
[agenda]
title = "Ours"
namespace = "test.example"
timezone = "Europe/Rome"
revised = 2025-10-01T00:00:00Z
"""
PROGRAMME = f"""\
{HEAD}
[[events]]
id = "gala"
title = "Gala"
city = "Tokyo"
topics = ["food", "life sciences"]
start = 2025-09-30T20:00:00
end = 2025-09-30T23:00:00

[[events]]
id = "tour"
title = "Tour"
city = ["Tokyo", "New  York"]
topics = ["food"]
start = 2025-09-29
end = 2025-10-02

[[events]]
id = "open"
title = "Open"
city = "Kobe"
start = 2025-09-30T11:00:00

[[events]]
id = "window"
title = "Window"
between = [2025-09-30, 2025-10-03]

[[events]]
id = "off"
title = "Off"
start = 2025-10-04T10:00:00
status = "cancelled"

[[events]]
id = "off-day"
title = "Off"
start = 2025-10-04
status = "cancelled"

[[events]]
id = "perhaps"
title = "Perhaps"
start = 2025-10-04T10:00:00
status = "tentative"

[[events]]
id = "never"
title = "Never"
city = "Atlantis"
topics = ["lost"]
"""


@pytest.fixture
def ours(agenda_once: Agenda) -> Ours:
    """An export of the programme above, to standard output."""

    def run(*arguments: str, data: str = PROGRAMME) -> Run:
        return agenda_once("export", *arguments, "--data", "-", stdin=data)

    return run


@pytest.fixture
def split(agenda: Agenda, tmp_path: Path) -> Split:
    """The files of a split export of the programme above, each with the ids of its events."""

    def run(by: str, *arguments: str, data: str = PROGRAMME) -> dict[str, list[str]]:
        done = agenda("export", "--split", by, "-o", "out", *arguments, "--data", "-", stdin=data)
        assert (done.code, done.out, done.err) == (0, "", "")
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        return {path.name: ids(path.read_bytes()) for path in sorted((tmp_path / "out").iterdir())}

    return run


def events(content: bytes) -> dict[str, Any]:
    """The events of a calendar, by the left-hand side of their UID."""
    found = Calendar.from_ical(content).walk("VEVENT")
    return {str(event["UID"]).partition("@")[0]: event for event in found}


def ids(content: bytes) -> list[str]:
    return list(events(content))


def values(content: bytes, name: str) -> dict[str, str]:
    """What each event has for that property."""
    return {id_: str(event[name]) for id_, event in events(content).items() if name in event}


def topics(*names: str) -> str:
    """An agenda with an event for each of these topics."""
    return HEAD + "".join(
        f'[[events]]\nid = "e{number}"\ntitle = "E"\nstart = 2025-09-30\ntopics = [{name}]\n'
        for number, name in enumerate(json.dumps(name, ensure_ascii=False) for name in names)
    )


# --- Split ---


def test_split_by_city(split: Split) -> None:
    assert split("city") == {
        "kobe.ics": ["open"],
        "new-york.ics": ["tour"],
        "no-city.ics": ["window", "off-day", "off", "perhaps"],
        "tokyo.ics": ["tour", "gala"],
    }


def test_split_by_day_has_a_long_event_on_its_first_day(split: Split) -> None:
    assert split("day") == {
        "2025-09-29.ics": ["tour"],
        "2025-09-30.ics": ["open", "gala", "window"],
        "2025-10-04.ics": ["off-day", "off", "perhaps"],
    }


def test_split_by_topic(split: Split) -> None:
    assert split("topic") == {
        "food.ics": ["tour", "gala"],
        "life-sciences.ics": ["gala"],
        "no-topic.ics": ["open", "window", "off-day", "off", "perhaps"],
    }


def test_split_by_event(split: Split) -> None:
    names = ["gala", "off", "off-day", "open", "perhaps", "tour", "window"]
    assert split("event") == {f"{name}.ics": [name] for name in sorted(names, key=lambda name: f"{name}.ics")}


def test_split_takes_what_it_is_by_in_any_case(split: Split) -> None:
    assert list(split("CITY", "--city", "kobe")) == ["kobe.ics"]


@pytest.mark.parametrize(
    ("by", "options", "expected"),
    [
        ("city", ["--city", "tokyo"], {"tokyo.ics": ["tour", "gala"]}),
        ("city", ["-c", "Kobe", "-c", "New York"], {"kobe.ics": ["open"], "new-york.ics": ["tour"]}),
        ("topic", ["--topic", "Life Sciences"], {"life-sciences.ics": ["gala"]}),
        ("topic", ["--city", "tokyo"], {"food.ics": ["tour", "gala"], "life-sciences.ics": ["gala"]}),
        ("city", ["gala"], {"tokyo.ics": ["gala"]}),
        ("event", ["--only-fixed", "--on", "2025-10-02"], {"tour.ics": ["tour"]}),
        ("city", ["--city", "Atlantis"], {}),
        ("day", ["--on", "2020-01-01"], {}),
    ],
    ids=str,
)
def test_split_has_only_what_is_selected(
    split: Split, by: str, options: list[str], expected: dict[str, list[str]]
) -> None:
    assert split(by, *options) == expected


def test_part_tells_in_its_name_what_it_is(agenda: Agenda, tmp_path: Path) -> None:
    agenda("export", "--split", "city", "-o", "out", "-d", "-", stdin=PROGRAMME)
    lines = (tmp_path / "out" / "tokyo.ics").read_bytes().splitlines()
    assert {b"NAME:Ours: Tokyo", b"X-WR-CALNAME:Ours: Tokyo"} <= set(lines)


def test_part_has_the_time_zones_of_its_events_alone(agenda: Agenda, tmp_path: Path) -> None:
    agenda("export", "--split", "event", "-o", "out", "-d", "-", stdin=PROGRAMME)
    found = {path.stem: path.read_bytes().count(b"BEGIN:VTIMEZONE") for path in (tmp_path / "out").iterdir()}
    assert found == {"gala": 1, "off": 1, "off-day": 0, "open": 1, "perhaps": 1, "tour": 0, "window": 0}


def test_event_in_several_files_is_the_same_in_each(agenda: Agenda, tmp_path: Path) -> None:
    run = agenda("export", "--split", "city", "-o", "out", "-v", "-d", "-", stdin=PROGRAMME)
    assert run.err.splitlines() == [
        "agenda: 1 event has no date yet and was left out",
        "agenda: events of several cities are in the file of each, under the same UID",
    ]
    one, other = ((tmp_path / "out" / name).read_bytes() for name in ("tokyo.ics", "new-york.ics"))
    assert events(one)["tour"] == events(other)["tour"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--split", "topic"], ["agenda: events of several topics are in the file of each, under the same UID"]),
        (["--split", "city", "-c", "Tokyo"], []),
        (["--split", "topic", "-t", "food"], []),
        (["--split", "event"], []),
        (["--split", "day"], []),
    ],
    ids=" ".join,
)
def test_remark_only_where_an_event_is_in_several_files(agenda: Agenda, options: list[str], told: list[str]) -> None:
    run = agenda("export", *options, "--when", "fixed", "-o", "out", "-v", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.err.splitlines()) == (0, told)


HOSTILE = {
    "../../x": "x.ics",
    "/etc/passwd": "etc-passwd.ics",
    "C:\\Windows\\x": "c-windows-x.ics",
    "...": "topic.ics",
    ".": "topic.ics",
    " ": "topic.ics",
    "!?*": "topic.ics",
    ".hidden": "hidden.ics",
    "-rf": "rf.ics",
    "a_b": "a-b.ics",
    "CON": "topic-con.ics",
    "con.txt": "con-txt.ics",
    "LPT1": "topic-lpt1.ics",
    "Città di Torino": "citta-di-torino.ics",
    "大阪": "大阪.ics",
    "ガラ・ディナー": "ガラ-ディナー.ics",
    "ＦＯＯＤ": "food.ics",  # noqa: RUF001 - letters of another width
    "x" * 5000: "x" * 60 + ".ics",
    "阪" * 5000: "阪" * 60 + ".ics",
    "a" * 59 + " b": "a" * 59 + ".ics",
    "no topic": "no-topic.ics",
    "\u202egnp": "gnp.ics",
    "a\u200bb": "a-b.ics",
}


@pytest.mark.parametrize("name", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_name_is_for_people(name: str) -> None:
    event = Event(id="a", title="A", when=Fixed(date(2025, 9, 30)), topics=(Term(name),))
    assert [
        part.file for part in split_events([Occurrence(event, event.when)], Grouping.TOPIC, Query(), words=ENGLISH)
    ] == [HOSTILE[name]]


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=8, unique=True))
def test_any_name_is_safe_and_taken_once(names: list[str]) -> None:
    event = Event(id="a", title="A", when=Fixed(date(2025, 9, 30)), topics=tuple(map(Term, names)))
    files = [
        part.file for part in split_events([Occurrence(event, event.when)], Grouping.TOPIC, Query(), words=ENGLISH)
    ]
    assert len({file.casefold() for file in files}) == len(names)
    assert all(file.endswith(".ics") and len(file.encode()) <= 255 for file in files)
    assert all(char == "-" or category(char)[0] in "LNM" for file in files for char in file.removesuffix(".ics"))
    assert not any(file.startswith("-") for file in files)


def test_names_stay_in_the_folder(split: Split) -> None:
    names = [name for name in HOSTILE if name.strip()]  # a name that cannot be seen is a mistake
    found = split("topic", data=topics(*names))
    assert sorted(found.values()) == sorted([f"e{number}"] for number in range(len(names)))


def test_names_of_files_are_told_apart_on_any_file_system(split: Split) -> None:
    found = split("topic", data=topics("Cafe", "CAFÉ", "A/B", "a-b", "A b 2", "...", "!", "CON", "topic con"))
    assert found == {
        "a-b-2.ics": ["e4"],
        "a-b-3.ics": ["e3"],
        "a-b.ics": ["e2"],
        "cafe-2.ics": ["e0"],
        "cafe.ics": ["e1"],
        "topic-2.ics": ["e5"],
        "topic-con-2.ics": ["e8"],
        "topic-con.ics": ["e7"],
        "topic.ics": ["e6"],
    }


def test_city_that_is_called_no_city_is_a_city(split: Split) -> None:
    data = (
        f'{HEAD}[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-30\ncity = "no city"\n'
        '[[events]]\nid = "b"\ntitle = "B"\nstart = 2025-09-30\n'
    )
    assert sorted(split("city", data=data).values()) == [["a"], ["b"]]


@pytest.mark.parametrize("folder", ["there/new/", "not/there"])
def test_folder_is_made_with_those_above_it(agenda: Agenda, tmp_path: Path, folder: str) -> None:
    (tmp_path / "there").mkdir()
    run = agenda("export", "--split", "event", "-o", folder, "gala", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.err) == (0, "")
    assert [path.name for path in (tmp_path / folder).iterdir()] == ["gala.ics"]


def test_other_files_of_the_folder_stay(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("kept")
    (tmp_path / "out" / "gala.ics").write_text("BEGIN:VCALENDAR\nan old one")
    run = agenda("export", "--split", "event", "-o", "out", "gala", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.err) == (0, "")
    assert (tmp_path / "out" / "notes.txt").read_text() == "kept"
    assert ids((tmp_path / "out" / "gala.ics").read_bytes()) == ["gala"]


def test_link_in_the_folder_leads_nobody_out_of_it(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "theirs.ics").write_text("BEGIN:VCALENDAR")
    (tmp_path / "out" / "gala.ics").symlink_to(tmp_path / "theirs.ics")
    agenda("export", "--split", "event", "-o", "out", "gala", "-d", "-", stdin=PROGRAMME)
    assert (tmp_path / "theirs.ics").read_text() == "BEGIN:VCALENDAR"


def test_file_is_no_folder(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("kept")
    run = agenda("export", "--split", "city", "-o", "out", "--force", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.out, run.err) == (1, "", 'agenda: "out" is a file; name a folder\n')
    assert (tmp_path / "out").read_text() == "kept"


@pytest.mark.parametrize("target", [[], ["-o", "-"]])
def test_split_needs_a_folder(agenda: Agenda, tmp_path: Path, target: list[str]) -> None:
    run = agenda("export", "--split", "city", *target)
    assert (run.code, run.out, "--output" in run.err) == (2, "", True)
    assert list(tmp_path.iterdir()) == []


def test_folder_without_a_name_is_an_error(agenda: Agenda, tmp_path: Path) -> None:
    # As in -o "$FOLDER" where that is not set; without --split it is an error too.
    run = agenda("export", "--split", "city", "-o", "")
    assert (run.code > 0, run.out) == (True, "")
    assert list(tmp_path.iterdir()) == []


def test_split_by_what_is_not_known_is_a_usage_error(agenda: Agenda) -> None:
    run = agenda("export", "--split", "kind", "-o", "out")
    assert (run.code, run.out) == (2, "")
    assert all(by in run.err for by in ("city", "day", "topic", "event"))


def test_agenda_without_a_namespace_makes_no_file(agenda: Agenda, tmp_path: Path) -> None:
    data = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-30\n'
    run = agenda("export", "--split", "event", "-o", "out", "-d", "-", stdin=data)
    assert (run.code, run.out, "namespace" in run.err, list(tmp_path.iterdir())) == (1, "", True, [])


def test_event_without_a_uid_stops_the_export_before_any_file_is_begun(agenda: Agenda, tmp_path: Path) -> None:
    data = "".join(
        f'[[events]]\nid = "{event_id}"\ntitle = "A"\nstart = 2025-09-30\n{uid}'
        for event_id, uid in (("a", 'uid = "a@b.example"\n'), ("b", ""))
    )
    run = agenda("export", "--split", "event", "-o", "out", "-d", "-", stdin=data)
    assert (run.code, "namespace" in run.err, list(tmp_path.rglob("*.ics"))) == (1, True, [])


# --- What is there already ---


@pytest.mark.parametrize("content", [b"\n", b"\xef\xbb\xbfBEGIN:VCALENDAR", b"begin:vcalendar"])
def test_calendar_is_overwritten(agenda: Agenda, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "out.ics").write_bytes(content)
    run = agenda("export", "gala", "-o", "out.ics", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.err, ids((tmp_path / "out.ics").read_bytes())) == (0, "", ["gala"])


@pytest.mark.parametrize("content", [b"BEGIN:VCARD\r\n", b"\xff\xfe\x00"])
def test_file_that_is_no_calendar_is_overwritten_only_by_force(agenda: Agenda, tmp_path: Path, content: bytes) -> None:
    out = tmp_path / "out.ics"
    out.write_bytes(content)
    run = agenda("export", "gala", "-o", "out.ics", "-d", "-", stdin=PROGRAMME)
    told = 'agenda: "out.ics" is there already and is no calendar; name another, or add --force\n'
    assert (run.code, run.out, run.err, out.read_bytes()) == (1, "", told, content)
    run = agenda("export", "gala", "-o", "out.ics", "--force", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.err, ids(out.read_bytes())) == (0, "", ["gala"])


def test_where_one_of_several_is_no_calendar_none_is_written(agenda: Agenda, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "open.ics").write_text("BEGIN:VCALENDAR")
    (folder / "tour.ics").write_text("kept")
    run = agenda("export", "--split", "event", "-o", "out", "-d", "-", stdin=PROGRAMME)
    named = Path("out", "tour.ics")
    told = f'agenda: "{named}" is there already and is no calendar; name another, or add --force\n'
    assert (run.code, run.out, run.err) == (1, "", told)
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "open.ics": "BEGIN:VCALENDAR",
        "tour.ics": "kept",
    }
    run = agenda("export", "--split", "event", "-o", "out", "--force", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.err, len(list(folder.iterdir()))) == (0, "", 7)


def test_folder_among_the_files_is_not_overwritten(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "out" / "gala.ics").mkdir(parents=True)
    run = agenda("export", "--split", "event", "-o", "out", "gala", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.out, run.err.count("\n")) == (1, "", 1)
    assert list((tmp_path / "out" / "gala.ics").iterdir()) == []


# --- Alarms ---


def alarms(run: Run) -> dict[str, list[str]]:
    """The triggers of each event that has any, as they are written."""
    assert (run.code, run.err) == (0, "")
    return {id_: found for id_, found in written(run, "TRIGGER").items() if found}


def written(run: Run, name: str) -> dict[str, list[str]]:
    """The values of a property of each event and of its alarms, as they are written."""
    found: dict[str, list[str]] = {}
    for event in run.out.split("BEGIN:VEVENT")[1:]:
        id_ = event.partition("UID:")[2].partition("@")[0]
        found[id_] = [line.partition(":")[2] for line in event.splitlines() if line.startswith(f"{name}:")]
    return found


BEFORE_TIMES = {
    "30m": "-PT30M",
    "90m": "-PT1H30M",
    "2h": "-PT2H",
    "1d": "-P1D",
    "24h": "-PT24H",
    "1w": "-P1W",
    "7d": "-P1W",
    "8d": "-P8D",
    " 15m ": "-PT15M",
    "0m": "PT0S",
}
AT_TIMES = {
    "18:00-1d": "-PT6H",
    "00:00-1d": "-P1D",
    "18:30-2d": "-PT29H30M",
    "0:00": "PT0S",
    "09:00": "PT9H",
    "9:05": "PT9H5M",
    "12:00-999d": "-PT23964H",
}


@pytest.fixture
def triggers(ours: Ours) -> dict[str, list[str]]:
    """The triggers of each event that has any, where all of those alarms are asked for."""
    return alarms(ours(*(word for typed in (*BEFORE_TIMES, *AT_TIMES) for word in ("--alarm", typed))))


@pytest.mark.parametrize("id_", ["gala", "open", "perhaps"])
def test_alarm_before_times_is_for_times_that_are_fixed(triggers: dict[str, list[str]], id_: str) -> None:
    """Days go by the clock and hours do not (RFC 5545, 3.3.6); two that are the same length of time are one alarm."""
    assert triggers[id_] == list(dict.fromkeys(BEFORE_TIMES.values()))


@pytest.mark.parametrize("number", range(len(AT_TIMES)))
def test_alarm_at_a_time_is_for_days_that_are_fixed(triggers: dict[str, list[str]], number: int) -> None:
    assert triggers["tour"][number] == list(AT_TIMES.values())[number]


def test_no_other_event_has_an_alarm(triggers: dict[str, list[str]]) -> None:
    assert triggers.keys() == {"gala", "open", "perhaps", "tour"}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            ["koike-meeting", "--alarm", "30m"],
            ["the alarm reaches 0 of 1 event, since 1 has days and not a time; one such as 18:00-1d reaches those"],
        ),
        (
            ["--alarm", "30m", "--alarm", "1h", "-d", "t.toml"],
            ["the alarms reach 1 of 3 events, since 2 have days and not a time; one such as 18:00-1d reaches those"],
        ),
        (
            ["--alarm", "18:00-1d", "-d", "t.toml"],
            ["the alarm reaches 2 of 3 events, since 1 has a time and not days; one such as 30m reaches those"],
        ),
        (["--alarm", "18:00-1d", "--alarm", "30m", "-d", "t.toml"], []),
        (
            ["talk", "--alarm", "18:00-1d", "--alarm", "30m", "-d", "t.toml"],
            ["an alarm reminds of nothing, since no event here has days"],
        ),
    ],
)
def test_how_many_events_an_alarm_reaches_is_told(
    agenda: Agenda, tmp_path: Path, asked: list[str], told: list[str]
) -> None:
    events = ("talk", "2025-09-30T10:00:00"), ("fair", "2025-09-30"), ("tour", "2025-10-01")
    (tmp_path / "t.toml").write_text(
        '[agenda]\nnamespace = "n.example"\nrevised = 2025-01-01T00:00:00Z\n'
        + "".join(f'[[events]]\nid = "{name}"\ntitle = "{name}"\nstart = {start}\n' for name, start in events)
    )
    assert agenda("export", *asked, "--verbose").err.splitlines() == [f"agenda: {line}" for line in told]


def test_events_that_can_have_no_alarm_are_told_beside_those_of_another_sort(agenda: Agenda) -> None:
    run = agenda("export", "--alarm", "30m", "--on", "2025-09-29", "--verbose")
    reach = "the alarm reaches 1 of 10 events, since 4 have days and not a time; one such as 18:00-1d reaches those"
    assert f"agenda: {reach}; the other 5 can have none: cancelled, or between two days\n" in run.err


def test_calendar_is_not_emptied_by_mistake(agenda: Agenda, tmp_path: Path) -> None:
    agenda("export", "-o", "a.ics")
    before = (tmp_path / "a.ics").read_bytes()
    run = agenda("export", "--on", "2020-01-01", "-o", "a.ics")
    assert (run.code, run.err.count("would be left without any event"), run.out) == (1, 1, "")
    assert (tmp_path / "a.ics").read_bytes() == before


def test_alarms_can_be_several(ours: Ours) -> None:
    run = ours("--alarm", "30m", "--alarm", "18:00-1d", "--alarm", "1d", "--alarm", "7:30")
    times = ["-PT30M", "-P1D"]
    assert alarms(run) == {"tour": ["-PT6H", "PT7H30M"], "gala": times, "open": times, "perhaps": times}


def test_no_alarm_unless_asked_for(ours: Ours) -> None:
    assert alarms(ours()) == {}


def test_alarm_says_what_it_is_of(ours: Ours) -> None:
    (alarm,) = events(ours("--alarm", "30m").raw)["perhaps"].walk("VALARM")
    assert {name: str(alarm[name]) for name in ("ACTION", "DESCRIPTION")} == {
        "ACTION": "DISPLAY",
        "DESCRIPTION": "Tentative: Perhaps",
    }


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "30",
        "m",
        "-30m",
        "30M",
        "1.5h",
        "18:00-",
        "24:00",
        "18:60",
        "18:00-1h",
        "1y",
        "30m 1h",
        "\uff13\uff10m",
    ],
)
def test_alarm_of_another_form_is_refused(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_alarm(typed)
    assert str(caught.value) == (
        f'--alarm: "{typed}" is no alarm; write 30m, 2h, 1d or 1w for that long before a time, or 18:00-1d for 18:00 on'
        " the day before a day"
    )


@pytest.mark.parametrize(
    ("option", "typed"),
    [
        ("--alarm", "10000d"),
        ("--alarm", "18:00-10000d"),
        ("--assume-duration", "3652058d"),
        ("--assume-duration", "1429w"),
        ("--assume-duration", "14398561m"),
        ("--assume-duration", "99999999999999999999h"),
    ],
)
def test_length_of_decades_is_refused_with_the_most(agenda_once: Agenda, option: str, typed: str) -> None:
    run = agenda_once("export", option, typed)
    told = f'agenda: {option}: "{typed}" is too long; write 9999d at most\n'
    assert (run.code, run.out, run.err) == (2, "", told)


@pytest.mark.parametrize("typed", ["", "soon"])
def test_alarm_of_another_form_is_a_usage_error(agenda_once: Agenda, typed: str) -> None:
    run = agenda_once("export", "--alarm", "30m", "--alarm", typed)
    assert (run.code, run.out, f'--alarm: "{typed}" is no alarm' in run.err) == (2, "", True)


# --- Which events, and for how long ---


def test_only_fixed_leaves_out_what_lies_between_two_days(ours: Ours) -> None:
    assert set(ids(ours().raw)) - set(ids(ours("--only-fixed").raw)) == {"window"}


def test_only_fixed_goes_with_ids(agenda_once: Agenda) -> None:
    run = agenda_once("export", "window", "--only-fixed", "-v", "-d", "-", stdin=PROGRAMME)
    assert (run.code, ids(run.raw), run.err) == (0, [], "agenda: no event matches\n")


def test_time_without_an_end_has_no_length(ours: Ours) -> None:
    run = ours()
    event = events(run.raw)["open"]
    assert (values(run.raw, "DURATION"), "DTEND" in event) == ({}, False)
    assert str(event["DESCRIPTION"]) == "End not published"


@pytest.mark.parametrize(
    ("typed", "length"),
    [("1h", {"hours": 1}), ("90m", {"minutes": 90}), ("2w", {"weeks": 2}), (" 100h ", {"hours": 100})],
)
def test_length_can_be_assumed(ours: Ours, typed: str, length: dict[str, int]) -> None:
    run = ours("--assume-duration", typed)
    found, known = events(run.raw), events(ours().raw)
    assert run.code == 0
    event = found["open"]
    assert (event.start, event["DTEND"].dt - event.start) == (known["open"].start, timedelta(**length))
    # What is assumed is not passed off as known, and what is known stays.
    assert str(event["DESCRIPTION"]) == "End not published"
    changed = {id_ for id_ in found if ("DTEND" in found[id_]) != ("DTEND" in known[id_])}
    assert (changed, values(run.raw, "DURATION")) == ({"open", "off", "perhaps"}, {})


@pytest.mark.parametrize(
    ("typed", "end"),
    [("1d", "DTEND;TZID=Europe/Rome:20250330T100000"), ("24h", "DTEND;TZID=Europe/Rome:20250330T110000")],
)
def test_assumed_day_goes_by_the_clock_and_assumed_hours_do_not(agenda: Agenda, typed: str, end: str) -> None:
    run = agenda("export", "--data", "-", "--assume-duration", typed, stdin=in_rome("start = 2025-03-29T10:00:00"))
    assert end in run.out.splitlines()


def test_assumed_end_after_the_last_year_is_told_by_its_length(agenda: Agenda) -> None:
    run = agenda("export", "--data", "-", "--assume-duration", "1h", stdin=in_rome("start = 9999-12-31T23:30:00"))
    assert (run.code, "DURATION:PT1H" in run.out.splitlines()) == (0, True)


def test_longest_lengths_stay_in_the_calendar(agenda: Agenda) -> None:
    event = in_rome("start = 2026-09-30T10:00:00")
    run = agenda("export", "--data", "-", "--assume-duration", "9999d", "--alarm", "9999d", stdin=event)
    lines = run.out.splitlines()
    assert ("DTEND;TZID=Europe/Rome:20540214T100000" in lines, "TRIGGER:-P9999D" in lines) == (True, True)
    assert "its end cannot be read" not in agenda("import", "-", stdin=run.out).err


def in_rome(keys: str) -> str:
    return (
        '[agenda]\nnamespace = "forms"\nrevised = 2025-01-01T00:00:00Z\ntimezone = "Europe/Rome"\n'
        f'[[events]]\nid = "any"\ntitle = "Any"\n{keys}\n'
    )


@pytest.mark.parametrize("typed", ["1", "h", "-1h", "1h30m", "PT1H", "1:00", "", " "])
def test_length_of_another_form_is_refused(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_length(typed)
    told = f'--assume-duration: "{typed}" is no length of time; write one such as 90m, 1h or 1d'
    assert str(caught.value) == told


@pytest.mark.parametrize("typed", ["0m", "0d", "00w"])
def test_length_of_nothing_is_refused(agenda_once: Agenda, typed: str) -> None:
    run = agenda_once("export", "--assume-duration", typed)
    assert (run.code, f'"{typed}" is no time at all; write one such as 90m, 1h or 1d' in run.err) == (2, True)


@pytest.mark.parametrize("typed", ["", "1h30m"])
def test_length_of_another_form_is_a_usage_error(agenda_once: Agenda, typed: str) -> None:
    run = agenda_once("export", "--assume-duration", typed)
    assert (run.code, run.out, f'"{typed}" is no length of time' in run.err) == (2, "", True)


# --- How sure an event is ---

WHENS = {
    "time": "start = 2025-09-30T11:00:00",
    "offset": "start = 2025-09-30T11:00:00+09:00\nend = 2025-09-30T12:00:00+09:00",
    "day": "start = 2025-09-30",
    "between": "between = [2025-09-28, 2025-10-04]",
}
SURE = HEAD + "".join(
    f'[[events]]\nid = "{when}-{status}"\ntitle = "A"\nstatus = "{status}"\n{WHENS[when]}\n'
    for when, status in product(WHENS, ("confirmed", "tentative", "cancelled"))
)
FREE = ("TRANSPARENT", "FREE")
BUSY = ("OPAQUE", "BUSY")
TO_BE_FIXED = "Date to be fixed (28 Sep–4 Oct): A"


@pytest.mark.parametrize(
    ("id_", "summary", "status", "busy"),
    [
        ("time-confirmed", "A", "CONFIRMED", BUSY),
        ("time-tentative", "Tentative: A", "TENTATIVE", FREE),
        ("time-cancelled", "Cancelled: A", "CANCELLED", FREE),
        ("offset-confirmed", "A", "CONFIRMED", BUSY),
        ("offset-tentative", "Tentative: A", "TENTATIVE", FREE),
        ("offset-cancelled", "Cancelled: A", "CANCELLED", FREE),
        ("day-confirmed", "A", "CONFIRMED", FREE),
        ("day-tentative", "Tentative: A", "TENTATIVE", FREE),
        ("day-cancelled", "Cancelled: A", "CANCELLED", FREE),
        ("between-confirmed", TO_BE_FIXED, "TENTATIVE", FREE),
        ("between-tentative", f"Tentative: {TO_BE_FIXED}", "TENTATIVE", FREE),
        ("between-cancelled", "Cancelled: A", "CANCELLED", FREE),
    ],
)
def test_event_says_how_sure_it_is(ours: Ours, id_: str, summary: str, status: str, busy: tuple[str, str]) -> None:
    event = events(ours(data=SURE).raw)[id_]
    told = (str(event["SUMMARY"]), str(event["STATUS"]), str(event["TRANSP"]), str(event["X-MICROSOFT-CDO-BUSYSTATUS"]))
    assert told == (summary, status, *busy)


@pytest.mark.parametrize(
    ("days", "summary"),
    [
        ("2025-09-24, 2025-09-27", "Date to be fixed (24–27 Sep): A"),
        ("2025-12-30, 2026-01-02", "Date to be fixed (30 Dec–2 Jan 2026): A"),
    ],
)
def test_summary_tells_the_days_in_between(ours: Ours, days: str, summary: str) -> None:
    run = ours(data=f'{HEAD}[[events]]\nid = "a"\ntitle = "A"\nbetween = [{days}]\n')
    assert values(run.raw, "SUMMARY") == {"a": summary}


def test_days_in_between_are_kept_for_the_way_back(ours: Ours) -> None:
    assert values(ours().raw, "X-AGENDA-BETWEEN") == {"window": "2025-09-30/2025-10-03"}
    assert set(values(ours(data=SURE).raw, "X-AGENDA-BETWEEN").values()) == {"2025-09-28/2025-10-04"}


# --- When it was revised ---


@pytest.mark.parametrize(
    ("agendas", "events_", "stamp", "sequence"),
    [
        ("2025-10-07T09:00:00+09:00", "", "20251007T000000Z", "13551840"),
        ("2025-10-07T09:00:00+09:00", "2025-10-08T00:01:59Z", "20251008T000159Z", "13553281"),
        ("2025-10-07T09:00:00+09:00", "2025-10-01T00:00:00Z", "20251007T000000Z", "13551840"),
        ("", "2025-10-07T00:00:00Z", "20251007T000000Z", "13551840"),
        ("2000-01-01T00:00:00Z", "", "20000101T000000Z", "0"),
        ("2000-01-01T00:00:59Z", "", "20000101T000059Z", "0"),
        ("1999-12-31T23:59:00Z", "", "19991231T235900Z", "0"),
    ],
)
def test_event_has_the_later_revision(ours: Ours, agendas: str, events_: str, stamp: str, sequence: str) -> None:
    data = '[agenda]\nnamespace = "n"\n' + (f"revised = {agendas}\n" if agendas else "")
    data += '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-30\n' + (f"revised = {events_}\n" if events_ else "")
    run = ours(data=data)
    told = {name: run.raw.split(f"\r\n{name}:".encode())[1].split(b"\r\n")[0].decode() for name in REVISION}
    assert told == dict(zip(REVISION, (stamp, stamp, sequence), strict=True))


REVISION = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")


def test_agenda_that_was_never_revised_is_stamped_the_same_each_time(agenda_once: Agenda) -> None:
    data = PROGRAMME.replace("revised = 2025-10-01T00:00:00Z\n", "")
    run = agenda_once("export", "gala", "-v", "-d", "-", stdin=data)
    assert [line for line in run.lines if line.startswith(REVISION)] == ["DTSTAMP:19700101T000000Z"]
    told = "agenda: the agenda has no `revised`, so apps may not notice what changes; add it under [agenda]\n"
    assert (run.code, run.err) == (0, told)


def test_agenda_that_was_revised_needs_no_remark(agenda_once: Agenda) -> None:
    run = agenda_once("export", "gala", "-v", "-d", "-", stdin=PROGRAMME)
    assert (run.code, run.err) == (0, "")


# --- The calendar ---

NAMES = ("NAME:", "X-WR-CALNAME:")


@pytest.mark.parametrize(("options", "named"), [([], True), (["gala", "tour"], True), (["gala"], False)], ids=str)
def test_calendar_of_one_event_has_no_name(ours: Ours, options: list[str], *, named: bool) -> None:
    head = [line for line in ours(*options).lines if line.startswith(NAMES)]
    assert head == ([f"{name}Ours" for name in NAMES] if named else [])


def test_part_of_one_event_has_no_name(agenda: Agenda, tmp_path: Path) -> None:
    agenda("export", "--split", "event", "-o", "out", "-d", "-", stdin=PROGRAMME)
    assert not [
        path.name
        for path in (tmp_path / "out").iterdir()
        for line in path.read_text().splitlines()
        if line.startswith(NAMES)
    ]


def test_calendar_of_a_city_has_its_name_although_it_has_one_event_as_yet(agenda: Agenda, tmp_path: Path) -> None:
    agenda("export", "--split", "city", "-o", "out", "gala", "-d", "-", stdin=PROGRAMME)
    lines = (tmp_path / "out" / "tokyo.ics").read_text().splitlines()
    assert [line for line in lines if line.startswith(NAMES)] == [f"{name}Ours: Tokyo" for name in NAMES]


def test_split_by_what_no_event_has_is_told(agenda: Agenda) -> None:
    head = '[agenda]\nnamespace = "n"\nrevised = 2025-01-01T00:00:00Z\n'
    fair = '[[events]]\nid = "fair"\ntitle = "Fair"\nstart = 2025-09-30\n'
    run = agenda("export", "--split", "city", "-o", "out", "-v", "-d", "-", stdin=head + fair)
    assert run.err == "agenda: no event here has a city, so all are in one file: no-city.ics\n"


def test_calendar_says_how_often_to_look_again_and_its_colour(ours: Ours) -> None:
    data = PROGRAMME.replace("[agenda]\n", '[agenda]\nrefresh = "PT12H"\ncolor = "darkorange"\n')
    asked = ("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "COLOR")
    assert [line for line in ours(data=data).lines if line.startswith(asked)] == [
        "COLOR:darkorange",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    assert not [line for line in ours().lines if line.startswith(asked)]


@pytest.mark.parametrize("options", [[], ["--city", "Tokyo"], ["gala"], ["--alarm", "30m"]], ids=str)
def test_calendar_is_no_message_of_anybody(ours: Ours, options: list[str]) -> None:
    data = PROGRAMME.replace('title = "Gala"', 'title = "Gala"\norganizers = ["Us; all", "Them"]\npeople = ["One"]')
    unasked = ("METHOD", "ORGANIZER", "ATTENDEE")
    assert not [line for line in ours(*options, data=data).lines if line.startswith(unasked)]


def test_organizers_are_whom_to_ask(ours: Ours) -> None:
    data = PROGRAMME.replace('title = "Gala"', 'title = "Gala"\norganizers = ["Us; all", "Them"]')
    assert [line for line in ours(data=data).lines if line.startswith("CONTACT")] == [
        r"CONTACT:Us\; all",
        "CONTACT:Them",
    ]


def test_words_of_a_calendar_are_in_the_language_that_is_asked_for(agenda: Agenda, file: Callable[[str], Path]) -> None:
    events = 'id = "a"\ntitle = "Gala"\nstart = 2025-10-01\nstatus = "cancelled"\npeople = ["Ada"]\n'
    events += '[[events]]\nid = "b"\ntitle = "Opera"\nbetween = [2025-10-01, 2025-10-03]\n'
    path = file(f'[agenda]\nnamespace = "x.example"\n[[events]]\n{events}')
    texts = {language: agenda("export", "--data", path, "--lang", language).out for language in ("it", "ja")}
    assert "SUMMARY:Annullato: Gala" in texts["it"]
    assert "SUMMARY:Data da definire (1–3 ott): Opera" in texts["it"]
    assert "DESCRIPTION:Con:\\nAda" in texts["it"]
    assert "SUMMARY:中止：Gala" in texts["ja"]
    assert "SUMMARY:【日程未定 10月1日～3日】Opera" in texts["ja"]
