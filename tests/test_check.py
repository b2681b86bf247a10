"""`agenda check`: one line for a valid file, and for any other every mistake at its place."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SHIPPED, Run, Screen

Agenda = Callable[..., Run]
File = Callable[[str | bytes], Path]

NINETEEN = """\
[agenda]
titel = "Spring tour"
timezone = "Mars/Olympus"
namespace = "Spring Tour"
revised = 2026-01-10T09:00:00
color = "orangy"

[cities.Torino]
timezone = "Europe/Rome"
aliases = ["Turin", "大阪"]
[cities.Osaka]
aliases = [ "大阪" ]

[venues.mole]
name = "Mole Antonelliana"
city = "Torini"
latitude = 45.0690

[topics.music]

[[events]]
id = "opening"
title = "Opening"
city = "Torino"
topics = "music"
start = 2026-03-29T20:30:00+02:00
end = 2026-03-29T22:30:00

  [[events]]
  title = "Matinée"

[[events]]
id = "opening"
title = "Opening, again"
city = ["Osaka", "Torino", "Osaka"]
start = 2026-03-06
end = 2026-03-05

[[events]]
id = "Gala Dinner"
title = ""
between = [2026-03-20, 2026-03-16]
status = "perhaps"

[[events]]
id = "finale"
title = "Finale"
end = 2026-03-20
"""
"""Nineteen mistakes, no two of one kind; some are of the shape of a value, some of what it means."""

DIAGNOSTICS = [
    '2:1: agenda: unknown key "titel"; did you mean "title"?',
    '3:12: agenda: "Mars/Olympus" is no time zone; it must be a name such as "Asia/Tokyo"',
    (
        '4:13: agenda: namespace is "Spring Tour"; it must be small letters, digits, dots and hyphens, such as'
        ' "my-agenda.example"'
    ),
    (
        "5:11: agenda: revised is the time 2026-01-10T09:00:00; it must be a time with an offset, such as"
        " 2025-10-07T09:00:00+09:00"
    ),
    '6:9: agenda: color is the text "orangy"; it must be a CSS3 colour name in small letters, such as "darkorange"',
    '12:13: city \'Osaka\': "大阪" is taken: it also means "Torino"; each name and alias has to mean one city',
    '16:8: venue \'mole\': no city is called "Torini"; did you mean "Torino"?',
    "17:12: venue 'mole': latitude without longitude; give both, or neither",
    '25:10: event \'opening\': topics is the text "music"; it must be a list of names, such as ["one", "another"]',
    "27:7: event 'opening': only start has an offset; give it to both, or to neither",
    '29:3: event 2: id is missing; add a line id = "…"',
    ("33:6: event 'opening': the id \"opening\" is taken; every event needs one of its own (the other is on line 22)"),
    "35:28: event 'opening': \"Osaka\" is named twice; once is enough",
    "37:7: event 'opening': end is before start, 2026-03-06; of days, it is the last one",
    (
        "40:6: event 'Gala Dinner': id is \"Gala Dinner\"; it must be small letters, digits and single hyphens, such"
        ' as "gala-dinner"'
    ),
    "41:9: event 'Gala Dinner': title is \"\"; it must be text that is not empty",
    (
        "42:11: event 'Gala Dinner': between 2026-03-20 and 2026-03-16 is no span; the second day must come after the"
        " first"
    ),
    ('43:10: event \'Gala Dinner\': status is the text "perhaps"; it must be "confirmed", "tentative" or "cancelled"'),
    "48:1: event 'finale': end without start; add the start, or write between = [first, last]",
]

VALID = """\
[[events]]
id = "opening"
title = "Opening"
city = "Torino"
start = 2026-03-06

[[events]]
id = "concert"
title = "Concert"
city = ["Lyon", "Torino"]
start = 2026-03-13

[[events]]
id = "broadcast"
title = "Broadcast"
between = [2026-03-16, 2026-03-20]

[[events]]
id = "finale"
title = "Finale"
"""


def assert_says(run: Run, code: int, *lines: str) -> None:
    """These lines on standard output, and nothing on standard error."""
    assert (run.code, run.lines, run.err) == (code, list(lines), "")


# --- Valid files


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("", "0 events in 0 cities"),
        ("[cities.Torino]\n", "0 events in 1 city"),
        ('[[events]]\nid = "a"\ntitle = "A"\n', "1 event (1 to be announced) in 0 cities"),
        (VALID, "4 events (2 fixed, 1 between two days, 1 to be announced) in 2 cities"),
        (VALID.replace("\n", "\r\n"), "4 events (2 fixed, 1 between two days, 1 to be announced) in 2 cities"),
        (
            "".join(f'[[events]]\nid = "e{n}"\ntitle = "E"\n' for n in range(1200)),
            "1,200 events (1,200 to be announced) in 0 cities",
        ),
    ],
    ids=["empty", "no event", "one event", "each kind of when", "Windows line ends", "many"],
)
def test_valid_file(agenda: Agenda, file: File, text: str, contents: str) -> None:
    """One line, with counts that show that it was read as it was meant."""
    file(text)
    assert_says(agenda("check", "events.toml"), 0, f"events.toml: valid, with {contents}")


def test_valid_file_is_told_of_even_quietly(agenda: Agenda, file: File) -> None:
    """The line is data, and no remark."""
    file("")
    assert_says(agenda("check", "--quiet", "events.toml"), 0, "events.toml: valid, with 0 events in 0 cities")


# --- Faulty files


def test_nineteen_mistakes(agenda: Agenda, file: File) -> None:
    """All of them, each at its place, in the order of the file, and nothing else."""
    file(NINETEEN)
    assert agenda("check", "events.toml").lines == [f"events.toml:{diagnostic}" for diagnostic in DIAGNOSTICS]


def test_nineteen_mistakes_are_nineteen() -> None:
    """The table above is as long as its name says."""
    assert len(set(DIAGNOSTICS)) == 19


def test_diagnostics_are_data(agenda: Agenda, file: File) -> None:
    """Standard output has them, the exit code tells of them, and standard error is for what is no diagnostic."""
    file(NINETEEN)
    run = agenda("check", "events.toml")
    assert (run.code, run.err) == (1, "")


def test_other_commands_find_the_same(agenda: Agenda, file: File) -> None:
    """Byte for byte, on standard error."""
    file(NINETEEN)
    assert agenda("list", "-d", "events.toml").err == agenda("check", "events.toml").out


def test_places_with_windows_line_ends_and_byte_order_mark(agenda: Agenda, file: File) -> None:
    """Lines and columns are those that an editor shows."""
    file(b"\xef\xbb\xbf" + NINETEEN.replace("\n", "\r\n").encode())
    assert agenda("check", "events.toml").lines == [f"events.toml:{diagnostic}" for diagnostic in DIAGNOSTICS]


def test_mended_one_by_one(agenda: Agenda, file: File) -> None:
    """With the mistakes of the first event mended, those of the others stay, and no new one comes to light."""
    file(NINETEEN.replace('topics = "music"', 'topics = ["music"]').replace("+02:00", ""))
    mended = {diagnostic for diagnostic in DIAGNOSTICS if diagnostic.startswith(("25:", "27:"))}
    lines = agenda("check", "events.toml").lines
    assert lines == [f"events.toml:{diagnostic}" for diagnostic in DIAGNOSTICS if diagnostic not in mended]


@pytest.mark.parametrize(
    ("content", "diagnostic"),
    [
        ("[agenda\n", "events.toml:1:8: this is not TOML: "),
        (b"# caff\xe8\n", "events.toml:1:7: the byte 0xE8 is not UTF-8; save the file as UTF-8"),
        ("title = 'x'".encode("utf-16"), "events.toml:1:1: this file is UTF-16; save it as UTF-8"),
        (b"\x00\x01", "events.toml:1:1: this is a binary file; an agenda is a TOML file"),
        ("x = " + "[" * 5_000 + "]" * 5_000, "events.toml:1:105: more than 100 lists and tables stand here"),
    ],
    ids=["syntax", "Latin 1", "UTF-16", "binary", "nesting"],
)
def test_file_that_can_be_read_has_diagnostics(
    agenda: Agenda, file: File, content: str | bytes, diagnostic: str
) -> None:
    """What is wrong with its text is a diagnostic as well."""
    file(content)
    run = agenda("check", "events.toml")
    assert (run.code, run.err, len(run.lines)) == (1, "", 1)
    assert run.lines[0].startswith(diagnostic)


def test_at_most_fifty_diagnostics(agenda: Agenda, file: File) -> None:
    """The last line says how many more there are."""
    file("[[events]]\n" * 30)
    lines = agenda("check", "events.toml").lines
    assert (len(lines), lines[-1]) == (51, "events.toml: and 10 more")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone.toml", 'there is no file "gone.toml"'),
        (".", '"." is a folder without TOML files (*.toml); name one that has some, or a file'),
    ],
)
def test_file_that_cannot_be_read_is_an_error(agenda: Agenda, name: str, message: str) -> None:
    """There is nothing to find in it."""
    run = agenda("check", name)
    assert (run.code, run.out, run.err) == (1, "", f"agenda: {message}\n")


# --- Which file


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["events.toml"], {}),
        (["--data", "events.toml"], {}),
        (["-d", "events.toml"], {}),
        ([], {"AGENDA_DATA": "events.toml"}),
        (["events.toml", "--data", "gone.toml"], {}),
        (["events.toml"], {"AGENDA_DATA": "gone.toml"}),
        (["--data", "events.toml"], {"AGENDA_DATA": "gone.toml"}),
        (["./events.toml"], {}),
    ],
    ids=str,
)
def test_which_file(agenda: Agenda, file: File, arguments: list[str], env: dict[str, str]) -> None:
    """The nearest name counts: the argument, else the option, else the environment; shown as it was given."""
    file("[cities.Torino]\n")
    name = next(name for name in (*arguments, *env.values()) if name.endswith("events.toml"))
    assert_says(agenda("check", *arguments, env=env), 0, f"{name}: valid, with 0 events in 1 city")


@pytest.mark.parametrize("arguments", [["-"], ["--data", "-"]], ids=str)
def test_standard_input(agenda: Agenda, arguments: list[str]) -> None:
    """For editors that check what is not saved yet."""
    run = agenda("check", *arguments, stdin="[cities.Torino]\n")
    assert_says(run, 0, "<stdin>: valid, with 0 events in 1 city")


def test_faulty_standard_input(agenda: Agenda) -> None:
    """It has lines, but no name."""
    run = agenda("check", "-", stdin="[cities.Torino]\nalias = 1\n")
    assert_says(run, 1, '<stdin>:2:1: city \'Torino\': unknown key "alias"; did you mean "aliases"?')


@pytest.mark.parametrize("env", [{}, {"AGENDA_DATA": ""}], ids=["unset", "empty"])
def test_shipped_file(agenda: Agenda, env: dict[str, str]) -> None:
    """Without any name it is the one that comes with the program, and that is valid."""
    contents = "28 events (18 fixed, 8 between two days, 2 to be announced) in 5 cities"
    assert_says(agenda("check", env=env), 0, f"{SHIPPED}: valid, with {contents}")


# --- Warnings

DOUBTFUL = """\
[agenda]
timezone = "Europe/Rome"
namespace = "tour.example"

[cities.Torino]
[cities.Lyon]

[[events]]
id = "opening"
title = "Opening"
city = "Torino"
start = 2026-03-06
revised = 2027-01-10T09:00:00+01:00

[[events]]
id = "again"
title = "opening"
start = 2026-03-06T20:00:00

[[events]]
id = "gala"
title = "Gala"
start = 2026-03-07
status = "cancelled"

[[events]]
id = "finale"
title = "Finale"
start = 2062-03-08
"""

WARNINGS = [
    "6:9: warning: city 'Lyon': no event uses this city; leave it out, or name it in an event",
    "13:11: warning: event 'opening': revised is a time that is still to come; write when the last change was made",
    (
        "17:9: warning: event 'again': another event has this title on the same day; leave one out, or tell them apart"
        " in their titles (the other is on line 10)"
    ),
    (
        "24:10: warning: event 'gala': cancelled, but nothing tells calendar apps since when; add to it a line"
        " revised = the time of that change"
    ),
    (
        "29:9: warning: event 'finale': 2062-03-08 is more than a year away from every other event; mend the year, if"
        " it is a slip"
    ),
]
NOW = {"AGENDA_NOW": "2026-03-01T09:00"}


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid file with a warning of each kind."""
    path = tmp_path_factory.mktemp("doubtful") / "tour.toml"
    path.write_text(DOUBTFUL)
    return path


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with the nineteen mistakes."""
    path = tmp_path_factory.mktemp("faulty") / "tour.toml"
    path.write_text(NINETEEN)
    return path


def test_warnings_are_diagnostics_and_no_failure(agenda_once: Agenda, doubtful: Path) -> None:
    run = agenda_once("check", doubtful, env=NOW)
    assert_says(run, 0, *(f"{doubtful}:{warning}" for warning in WARNINGS))


def test_strict_makes_warnings_fail(agenda_once: Agenda, doubtful: Path) -> None:
    run = agenda_once("check", "--strict", doubtful, env=NOW)
    assert_says(run, 1, *(f"{doubtful}:{warning}" for warning in WARNINGS))


def test_strict_is_content_without_warnings(agenda_once: Agenda) -> None:
    assert agenda_once("check", "--strict").code == 0


def test_other_commands_have_no_warnings(agenda_once: Agenda, doubtful: Path) -> None:
    assert agenda_once("list", "-d", doubtful, env=NOW).err == ""


def test_errors_come_without_warnings(agenda: Agenda, file: File) -> None:
    file(DOUBTFUL.replace('"gala"', '"Gala"'))
    lines = agenda("check", "events.toml", env=NOW).lines
    assert [line for line in lines if "warning:" in line] == []


def test_clock_that_is_none_is_refused(agenda_once: Agenda) -> None:
    assert agenda_once("check", env={"AGENDA_NOW": "soon"}).code == 2


# --- On a terminal


def below(lines: list[str], start: str) -> list[str]:
    """The two lines below the one that starts so."""
    place = next(index for index, line in enumerate(lines) if line.startswith(start))
    return lines[place + 1 : place + 3]


def test_terminal_shows_the_line_and_marks_the_spot(terminal: Callable[..., Screen], faulty: Path) -> None:
    lines = terminal("check", faulty, columns=300).lines
    assert [line for line in lines if line.startswith(str(faulty))][:-1] == [f"{faulty}:{one}" for one in DIAGNOSTICS]
    assert below(lines, f"{faulty}:16:8:") == ['  city = "Torini"', "         ^^^^^^^^"]
    assert below(lines, f"{faulty}:2:1:") == ['  titel = "Spring tour"', "  ^^^^^"]
    assert below(lines, f"{faulty}:29:3:") == ["    [[events]]", "    ^^^^^^^^^^"]
    assert below(lines, f"{faulty}:12:13:") == ['  aliases = [ "大阪" ]', "              ^^^^^^"]


def test_terminal_counts_at_the_end(terminal: Callable[..., Screen], faulty: Path, doubtful: Path) -> None:
    assert terminal("check", faulty, columns=300).lines[-1] == f"{faulty}: 19 errors"
    warned = terminal("check", doubtful, columns=300, env=NOW)
    assert warned.code == 0
    assert warned.lines[-1] == f"{doubtful}: valid, with 4 events (4 fixed) in 2 cities; 5 warnings"


def test_errors_are_red_and_warnings_yellow(terminal: Callable[..., Screen], faulty: Path, doubtful: Path) -> None:
    assert "\x1b[1;38;5;160m" in terminal("check", faulty, columns=300).raw
    assert "\x1b[1;38;5;136m" in terminal("check", doubtful, columns=300, env=NOW).raw


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_marks_need_no_colours(terminal: Callable[..., Screen], faulty: Path, env: dict[str, str]) -> None:
    screen = terminal("check", faulty, columns=300, env=env)
    assert "\x1b[38" not in screen.raw
    assert "         ^^^^^^^^" in screen.lines


def test_narrow_terminal_shows_the_line_around_the_spot(terminal: Callable[..., Screen], tmp_path: Path) -> None:
    path = tmp_path / "tour.toml"
    path.write_text(f'[[events]]\nid = "a"\ntitle = "A"\npeople = ["{"x" * 500}", 7, "{"y" * 500}"]\n')
    shown, mark = below(terminal("check", path, columns=40).lines[-4:-1], "")
    assert len(shown) <= 40
    assert (shown[mark.index("^")], mark.strip()) == ("7", "^")


# --- For programs


def test_json_has_an_object_for_each_diagnostic(agenda_once: Agenda, faulty: Path) -> None:
    run = agenda_once("check", "--format", "json", faulty)
    objects = json.loads(run.out)
    assert (run.code, run.err, len(objects)) == (1, "", 19)
    assert objects[-1] == {
        "file": str(faulty),
        "line": 48,
        "column": 1,
        "end_column": 4,
        "severity": "error",
        "message": DIAGNOSTICS[-1].removeprefix("48:1: "),
        "event": "finale",
    }


def test_json_of_warnings(agenda_once: Agenda, doubtful: Path) -> None:
    run = agenda_once("check", "--format", "json", doubtful, env=NOW)
    objects = json.loads(run.out)
    assert (run.code, {one["severity"] for one in objects}) == (0, {"warning"})
    assert [one["event"] for one in objects] == [None, "opening", "again", "gala", "finale"]


def test_json_of_nothing_is_an_empty_list(agenda_once: Agenda) -> None:
    assert_says(agenda_once("check", "--format", "json"), 0, "[]")


def test_json_has_all_diagnostics(agenda: Agenda, file: File) -> None:
    file("[[events]]\n" * 30)
    assert len(json.loads(agenda("check", "-f", "json", "events.toml").out)) == 60


def test_calendar_is_told_to_be_one(agenda: Agenda) -> None:
    run = agenda("check", "-", stdin="BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    assert run.lines == ["<stdin>:1:6: this is an iCalendar file; `agenda import` makes an agenda of it"]


@pytest.mark.parametrize(
    ("content", "name"), [("<?xml version='1.0'?><schedule/>", "XML"), ('{"schedule": {}}', "JSON")]
)
def test_schedule_is_sent_to_import(agenda: Agenda, content: str, name: str) -> None:
    told = agenda("check", "-", stdin=content).out
    assert f"this is {name}; `agenda import` makes an agenda of the schedule of a conference" in told


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ('title = "A";', "each key has a line of its own"),
        ("start = 2026-03-06;", "each key has a line of its own"),
    ],
)
def test_what_follows_a_value_is_told(agenda_once: Agenda, line: str, right: str) -> None:
    run = agenda_once("check", "-", stdin=f"[[events]]\n{line}\n")
    assert (run.code, run.out.rstrip().endswith(f"; {right}")) == (1, True)


@pytest.mark.parametrize(
    ("value", "missing"),
    [
        ("2026-02-30", "day 2026-02-30; February 2026 has 28 days"),
        ("2026-04-31T10:00:00", "day 2026-04-31; April 2026 has 30 days"),
        ("2026-13-01", "day 2026-13-01; did you mean 2026-01-13?"),
        ("2026-13-32", "day 2026-13-32; the months are 1 to 12"),
        ("0000-01-01", "day 0000-01-01; the years are 1 to 9999"),
        ("[2026-02-01, 2026-02-30]", "day 2026-02-30; February 2026 has 28 days"),
        ("[2026-13-01]", "day 2026-13-01; did you mean 2026-01-13?"),
        ("{ x = 2026-13-01 }", "day 2026-13-01; did you mean 2026-01-13?"),
        *(
            (value, f"time {value[-8:]}; the hours are 00 to 23, the minutes and the seconds 00 to 59")
            for value in ("2026-03-06T24:00:00", "2026-03-06 23:60:00", "2026-03-06T23:59:60", "25:00:00")
        ),
    ],
)
def test_day_or_time_that_there_is_not_is_told_with_those_that_there_are(
    agenda_once: Agenda, value: str, missing: str
) -> None:
    run = agenda_once("check", "-", stdin=f"[[events]]\nstart = {value}\n")
    assert (run.code, run.out.partition(" this is not TOML: ")[2]) == (1, f"there is no {missing}\n")


def test_spot_of_utf_16_is_its_first_character(agenda: Agenda) -> None:
    run = agenda("check", "--format", "json", "-", stdin="\ufeff東京".encode("utf-16-le"))
    assert [(found["column"], found["end_column"]) for found in json.loads(run.out)] == [(1, 2)]


def test_file_that_cannot_be_read_has_no_json(agenda_once: Agenda) -> None:
    run = agenda_once("check", "--format", "json", "nowhere.toml")
    assert (run.code, run.out, run.err) == (1, "", 'agenda: there is no file "nowhere.toml"\n')


def test_clashes_are_told_at_both_events_and_fail_where_warnings_do(agenda: Agenda, file: File) -> None:
    events = [
        f'[[events]]\nid = "{name}"\ntitle = "About {name}"\nstart = 2026-04-08T{hour}:00:00\n'
        f'end = 2026-04-08T{hour + 2}:00:00\npeople = ["Ada Lovelace"]\n'
        for name, hour in (("a", 10), ("b", 11), ("c", 13))
    ]
    data = file("".join(events))
    assert agenda("check", "--strict", data).code == 0
    run = agenda("check", "--clashes", "--strict", data)
    at_once = "it is at the same time as event {} on 2026-04-08, and both need Ada Lovelace (the other is on line {})"
    assert run.code == 1
    assert run.lines == [
        f"{data}:4:9: warning: event 'a': " + at_once.format("'b'", 10),
        f"{data}:10:9: warning: event 'b': " + at_once.format("'a'", 4),
    ]
