"""Several files that are one agenda: given one by one, as a folder, or in the environment."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SHIPPED, Run, Screen

from agenda import load

Agenda = Callable[..., Run]
Write = Callable[..., list[str]]

TOUR = """
[agenda]
title = "Tour"
namespace = "tour.example"
timezone = "Asia/Tokyo"
revised = 2026-02-01T00:00:00Z

[cities.Tokyo]
aliases = ["東京"]

[people.Ann]

[[events]]
id = "gala"
title = "Gala"
city = "Tokyo"
start = 2026-03-06T20:30:00
people = ["Ann"]
"""
HOME = """
[agenda]
title = "At home"
namespace = "home.example"
timezone = "Europe/Rome"
revised = 2026-01-01T00:00:00Z

[people.Ann]
role = "soprano"

[[events]]
id = "call"
title = "Call"
start = 2026-03-06T09:30:00

[[events]]
id = "trip"
title = "Trip"
city = "Tokyo"
start = 2026-03-07T10:00:00
people = ["Ann"]
"""
FIELDS = ("--fields", "id,start,people")
ROWS = [
    "call\t2026-03-06T09:30:00+01:00\t-",
    "gala\t2026-03-06T20:30:00+09:00\tAnn",
    "trip\t2026-03-07T10:00:00+09:00\tAnn",
]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Files of these texts in the folder of the program, `a.toml`, `b.toml` and so on; their names."""

    def make(*texts: str, folder: str = ".") -> list[str]:
        (tmp_path / folder).mkdir(exist_ok=True)
        names = [f"{letter}.toml" for letter, _ in zip("abc", texts, strict=False)]
        for name, text in zip(names, texts, strict=True):
            (tmp_path / folder / name).write_text(text, encoding="utf-8")
        return names

    return make


@pytest.mark.parametrize(
    ("options", "variable"),
    [
        (["--data", "a.toml", "--data", "b.toml"], None),
        (["-d", "b.toml", "-d", "a.toml"], None),
        (["--data", "a.toml", "--data", "./a.toml", "--data", "b.toml"], None),
        (["--data", "."], None),
        (["--data", ".", "--data", "a.toml"], None),
        ([], "a.toml{}b.toml"),
        ([], "."),
    ],
    ids=str,
)
def test_files_are_one_agenda(agenda: Agenda, write: Write, options: list[str], variable: str | None) -> None:
    write(TOUR, HOME)
    run = agenda("list", *FIELDS, *options, env={"AGENDA_DATA": variable and variable.format(os.pathsep)})
    assert (run.err, run.lines) == ("", ROWS)


def test_one_of_several_is_standard_input(agenda: Agenda, write: Write) -> None:
    write(TOUR)
    run = agenda("list", *FIELDS, "-d", "a.toml", "-d", "-", stdin=HOME)
    assert (run.err, run.lines) == ("", ROWS)


def test_standard_input_for_both_ids_and_one_of_several_files(agenda: Agenda, write: Write) -> None:
    write(TOUR)
    run = agenda("show", "-", "-d", "a.toml", "-d", "-", stdin=HOME)
    assert (run.code, run.out) == (2, "")


def test_variable_may_name_a_file_whose_name_looks_like_several(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "a:b;c.toml").write_text(TOUR, encoding="utf-8")
    assert agenda("list", "--fields", "id", env={"AGENDA_DATA": "a:b;c.toml"}).lines == ["gala"]


def test_folder_stands_for_its_toml_files_alone(agenda: Agenda, write: Write, tmp_path: Path) -> None:
    write(TOUR, folder="tour")
    write("not TOML", folder="tour/below")
    (tmp_path / "tour" / ".hidden.toml").write_text("not TOML")
    (tmp_path / "tour" / "notes.txt").write_text("not TOML")
    assert agenda("list", "--fields", "id", "--data", "tour").lines == ["gala"]


@pytest.mark.parametrize("command", [["list", "--format", "json"], ["export"], ["count", "person"]], ids=" ".join)
def test_file_that_is_cut_in_two_says_the_same(agenda: Agenda, write: Write, command: list[str]) -> None:
    """Names are declared in one, and the other has but events."""
    text = SHIPPED.read_text(encoding="utf-8")
    middle = text.index("[[events]]", len(text) // 2)
    write(text[:middle], text[middle:])
    assert agenda(*command, "--data", ".").raw == agenda(*command).raw


def test_title_is_that_of_the_first_file(agenda: Agenda, write: Write) -> None:
    write(TOUR, HOME)
    calendar = agenda("export", "-d", "b.toml", "-d", "a.toml").out
    assert ("NAME:At home\r\n" in calendar, "Tour" in calendar) == (True, False)


def test_file_that_is_named_twice_stays_in_its_first_place(agenda: Agenda, write: Write) -> None:
    write(TOUR, HOME)
    assert "NAME:At home\r\n" in agenda("export", "-d", "b.toml", "-d", "a.toml", "-d", "./b.toml").out


def test_each_event_keeps_the_namespace_and_the_revision_of_its_file(agenda: Agenda, write: Write) -> None:
    write(TOUR, HOME)
    events = agenda("export", "--data", ".").out.split("BEGIN:VEVENT")[1:]
    told = {next(line for line in event.splitlines() if line.startswith("UID:")): event for event in events}
    stamps = {uid: "DTSTAMP:20260201T000000Z" in event for uid, event in told.items()}
    assert stamps == {"UID:gala@tour.example": True, "UID:call@home.example": False, "UID:trip@home.example": False}


def test_file_without_a_head_has_what_the_first_one_says(agenda: Agenda, write: Write) -> None:
    write(TOUR, '[[events]]\nid = "end"\ntitle = "End"\nstart = 2026-03-08T10:00:00\n')
    assert agenda("list", "--fields", "start", "--data", ".").lines[-1] == "2026-03-08T10:00:00+09:00"
    assert "UID:end@tour.example\r\n" in agenda("export", "--data", ".").out


def test_names_mean_the_same_in_all_files(agenda: Agenda, write: Write) -> None:
    """Aliases too, and what one file alone says of a name holds in the others."""
    write(TOUR, HOME)
    assert agenda("list", "--fields", "id", "--data", ".", "--city", "東京").lines == ["gala", "trip"]
    assert agenda("show", "gala", "--data", ".").out.count("Ann, soprano") == 1


CONTRADICTIONS = [
    pytest.param(
        '[people.Ann]\nrole = "alto"\n[people.Bob]\n',
        "[people.Ann]\nrole = 'tenor'\n",
        "b.toml:2:8: person 'Ann': role is not what another file says; make them the same, or leave one out (the other"
        " is at a.toml:2:8)",
        id="another role",
    ),
    pytest.param(
        '[agenda]\ntimezone = "Asia/Tokyo"\n[cities.Tokyo]\n',
        '[agenda]\ntimezone = "Europe/Rome"\n[cities.Tokyo]\n',
        'b.toml:3:9: city \'Tokyo\': its time zone is "Europe/Rome" here, and "Asia/Tokyo" in another file; give it the'
        " same timezone in both (the other is at a.toml:3:9)",
        id="a city in two zones",
    ),
    pytest.param(
        '[[events]]\nid = "gala"\ntitle = "Gala"\n',
        '[[events]]\nid = "other"\ntitle = "Other"\n[[events]]\nid = "gala"\ntitle = "Gala"\n',
        "b.toml:5:6: event 'gala': the id \"gala\" is taken; every event needs one of its own (the other is at"
        " a.toml:2:6)",
        id="one id",
    ),
    pytest.param(
        '[agenda]\nnamespace = "a.example"\n[[events]]\nid = "gala"\ntitle = "Gala"\n',
        '[[events]]\nid = "other"\ntitle = "Other"\nuid = "gala@a.example"\n',
        "b.toml:4:7: event 'other': the calendar UID \"gala@a.example\" is taken; give one of its own (the other is at"
        " a.toml:4:6)",
        id="one UID",
    ),
    pytest.param(
        "[cities.Torino]\n",
        '[[events]]\nid = "gala"\ntitle = "Gala"\ncity = "Torin"\n',
        'b.toml:4:8: event \'gala\': no city is called "Torin"; did you mean "Torino"?',
        id="a name that another file lacks",
    ),
    pytest.param(
        '[agenda]\ntimezone = "Asia/Tokyo"\n',
        '[agenda]\ntimezone = "Europe/Torino"\n',
        'b.toml:2:12: agenda: "Europe/Torino" is no time zone; did you mean "Europe/Tirane", "Europe/Monaco" or'
        ' "Europe/London"?',
        id="no zone",
    ),
    pytest.param(
        '[[travel]]\nbetween = ["Osaka", "Tokyo"]\ntakes = "3h"\n',
        '[[travel]]\nbetween = ["Tokyo", "Osaka"]\ntakes = "2h"\n',
        'b.toml:2:11: travel 1: the way between "Tokyo" and "Osaka" takes 3h elsewhere; keep the one that is right'
        " (the other is at a.toml:2:11)",
        id="one way of two lengths",
    ),
]


@pytest.mark.parametrize(("first", "second", "diagnostic"), CONTRADICTIONS)
def test_contradiction_names_both_places(
    agenda: Agenda, write: Write, first: str, second: str, diagnostic: str
) -> None:
    names = write(first, second)
    run = agenda("check", *names)
    assert (run.code, run.lines) == (1, [diagnostic])


def test_mistakes_of_all_files_are_told_together(agenda: Agenda, write: Write) -> None:
    """Those of shape and those of meaning, file by file."""
    names = write(
        '[agenda]\ntitel = "Tour"\n[cities.Torino]\n',
        '[[events]]\nid = 3\n[[events]]\nid = "gala"\ntitle = "Gala"\ncity = "Torin"\n',
    )
    assert [line[:11] for line in agenda("check", *names).lines] == [
        "a.toml:2:1:",
        "b.toml:1:1:",
        "b.toml:2:6:",
        "b.toml:6:8:",
    ]


def test_file_that_is_no_toml_is_told_beside_the_shape_of_others(agenda: Agenda, write: Write) -> None:
    names = write('[agenda]\ntitel = "Tour"\n', "[agenda\n")
    assert [line[:11] for line in agenda("check", *names).lines] == ["a.toml:2:1:", "b.toml:1:8:"]


def test_spots_are_those_of_their_files(terminal: Callable[..., Screen], tmp_path: Path, write: Write) -> None:
    names = write('[people.Ann]\nrole = "alto"\n', '# A comment\n[people.Ann]\nrole = "tenor"\n')
    lines = terminal("check", *(tmp_path / name for name in names)).lines
    assert '  role = "tenor"' in lines


def test_warnings_are_told_where_they_are(agenda: Agenda, write: Write) -> None:
    names = write(TOUR, HOME + "[people.Bob]\n")
    run = agenda("check", *names, env={"AGENDA_NOW": "2026-01-15T00:00:00Z"})
    assert [line.partition(": warning")[0] for line in run.lines] == ["a.toml:6:11", "b.toml:22:9"]


def test_check_says_what_is_in_all_files(agenda: Agenda, write: Write) -> None:
    names = write(TOUR, HOME)
    assert agenda("check", *names).lines == ["a.toml, b.toml: valid, with 3 events (3 fixed) in 1 city"]


def test_python_programs_load_several_files(write: Write, tmp_path: Path) -> None:
    names = [tmp_path / name for name in write(TOUR, HOME)]
    ids = [event.id for event in load(*names).events]
    assert (ids, load(tmp_path)) == (["gala", "call", "trip"], load(*names))


def test_one_file_in_a_folder_is_that_file(write: Write, tmp_path: Path) -> None:
    (name,) = write(TOUR)
    assert load(tmp_path) == load(tmp_path / name)


def test_values_are_completed_from_all_files(agenda: Agenda, write: Write) -> None:
    write(TOUR, HOME)
    words = ["agenda", "show", "-d", "a.toml", "-d", "b.toml", ""]
    asked = {"_AGENDA_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    assert agenda(env=asked).lines == ["gala", "call", "trip"]
