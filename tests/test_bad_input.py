"""What bad input gets: a clear error on standard error, nothing on standard output, and the right exit code."""

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run, environment

Agenda = Callable[..., Run]
File = Callable[..., Path]

UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What must never reach a terminal; the line break between two messages may."""

ESCAPE = "\\u001b[31m\\n"
"""An escape sequence and a line break, as a TOML string has them."""

EVENT = '[[events]]\nid = "gala"\ntitle = "Gala"\n'

TOUR = """\
[agenda]
timezone = "Europe/Rome"
namespace = "tour.example"

[cities.Torino]
aliases = ["Turin"]
[cities.Osaka]

[topics.music]
[kinds.talk]

[[events]]
id = "opening"
title = "Opening"
city = "Torino"
start = 2025-11-03

[[events]]
id = "finale"
title = "Finale"
city = "Osaka"
start = 2027-03-01
"""

FORMS = (
    '2025-09-30, "30 Sep", "30 settembre", Monday, tomorrow, +3d, "next week", 2025-10 or October, or a span as A..B'
)


def assert_refused(run: Run, code: int, message: str) -> None:
    """Nothing but this message, on standard error."""
    assert (run.out, run.err, run.code) == ("", f"{message}\n", code)


def bug_free(run: Run) -> Run:
    """The run, which did not end as one that nobody had thought of does."""
    assert "Traceback" not in run.err
    assert "this is a bug" not in run.err
    return run


# --- Files that cannot be read


@pytest.mark.parametrize("command", [["list"], ["show", "gala"], ["export"], ["check"]], ids=lambda command: command[0])
def test_missing_file(agenda: Agenda, command: list[str]) -> None:
    """Whichever command reads it."""
    assert_refused(agenda(*command, "--data", "gone.toml"), 1, 'agenda: there is no file "gone.toml"')


@pytest.mark.parametrize("command", [["list"], ["show", "gala"], ["export"], ["check"]], ids=lambda command: command[0])
def test_folder_without_files(agenda: Agenda, command: list[str], tmp_path: Path) -> None:
    """Whichever command reads it."""
    (tmp_path / "mission").mkdir()
    message = 'agenda: "mission" is a folder without TOML files (*.toml); name one that has some, or a file'
    assert_refused(agenda(*command, "-d", "mission"), 1, message)


def test_file_within_a_file(agenda: Agenda, file: File) -> None:
    """Not missing, but unreadable: the system's own words say why."""
    file("")
    run = agenda("list", env={"AGENDA_DATA": "events.toml/more.toml"})
    assert_refused(run, 1, f'agenda: "events.toml/more.toml" cannot be read: {os.strerror(errno.ENOTDIR)}')


def test_link_to_itself(agenda: Agenda, tmp_path: Path) -> None:
    """A file that is there, and that nobody can open."""
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    run = agenda("list", env={"AGENDA_DATA": "loop.toml"})
    assert_refused(run, 1, f'agenda: "loop.toml" cannot be read: {os.strerror(errno.ELOOP)}')


def test_missing_file_of_the_environment(agenda: Agenda) -> None:
    """The same as with --data."""
    run = agenda("list", env={"AGENDA_DATA": "gone.toml"})
    assert_refused(run, 1, 'agenda: there is no file "gone.toml"')


def test_missing_file_with_a_long_path_is_named_whole(agenda: Agenda, tmp_path: Path) -> None:
    """A path that is cut loses its end, which is the name of the file."""
    path = tmp_path / ("a-folder-with-quite-a-long-name-" * 3) / "events.toml"
    assert_refused(agenda("list", "--data", path), 1, f'agenda: there is no file "{path}"')


@pytest.mark.parametrize(
    "arguments", [["list", "--data", "-"], ["show", "-"], ["export", "-"], ["check", "-"]], ids=str
)
def test_closed_standard_input(arguments: list[str]) -> None:
    """As daemons and some schedulers have it: it cannot be read, and that is no bug of the program."""
    command = ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "agenda", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=60, check=False)
    run = bug_free(Run(done.returncode, done.stdout, done.stderr, done.stdout.encode()))
    assert (run.out, run.code) == ("", 1)
    assert "standard input" in run.err


# --- Files that are no text, or no TOML


@pytest.mark.parametrize(
    ("content", "diagnostic"),
    [
        pytest.param(b"\x00\x01\x02\x03", "1:1: this is a binary file; an agenda is a TOML file", id="binary"),
        pytest.param(
            b'title = "x"\n# \xc3\xa8\x00', "1:1: this is a binary file; an agenda is a TOML file", id="a NUL in text"
        ),
        pytest.param(
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "1:1: this is a binary file; an agenda is a TOML file",
            id="binary and not UTF-8",
        ),
        pytest.param(
            "title = 'x'".encode("utf-16"), "1:1: this file is UTF-16; save it as UTF-8", id="UTF-16, little-endian"
        ),
        pytest.param(
            b"\xfe\xff" + "title = 'x'".encode("utf-16-be"),
            "1:1: this file is UTF-16; save it as UTF-8",
            id="UTF-16, big-endian",
        ),
        pytest.param(b'title = "caff\xe8"\n', "1:14: the byte 0xE8 is not UTF-8; save the file as UTF-8", id="Latin 1"),
        pytest.param(
            b'# citt\xc3\xa0\ntitle = "\xc3\xa8 caff\xe8"\n',
            "2:16: the byte 0xE8 is not UTF-8; save the file as UTF-8",
            id="Latin 1 after UTF-8",
        ),
        pytest.param(
            b'\xef\xbb\xbf# citta\ntitle = "caff\xe8"\n',
            "2:14: the byte 0xE8 is not UTF-8; save the file as UTF-8",
            id="Latin 1 after a BOM",
        ),
        pytest.param(
            b"\xef\xbb\xbf# \xc3\xa0\xc3\xa0\xc3\xa0\xe8\n",
            "1:6: the byte 0xE8 is not UTF-8; save the file as UTF-8",
            id="Latin 1 after a BOM and UTF-8",
        ),
    ],
)
def test_no_text(agenda: Agenda, file: File, content: bytes, diagnostic: str) -> None:
    """The place is that of the first byte that is wrong, counted in characters; all of a binary file is."""
    file(content)
    assert_refused(bug_free(agenda("list", "-d", "events.toml")), 1, f"events.toml:{diagnostic}")


def test_byte_order_mark_is_no_error(agenda: Agenda, file: File) -> None:
    """Windows editors put it there."""
    file(b"\xef\xbb\xbf" + EVENT.encode())
    run = agenda("list", "-d", "events.toml")
    assert (run.code, run.out, run.err) == (0, "gala\ttba\ttba\t-\tGala\n", "")


def test_byte_order_mark_takes_up_no_column(agenda: Agenda, file: File) -> None:
    """Editors do not show it either."""
    file(b"\xef\xbb\xbf[agenda]\ntitel = 1\n")
    run = agenda("list", "-d", "events.toml")
    assert_refused(run, 1, 'events.toml:2:1: agenda: unknown key "titel"; did you mean "title"?')


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[agenda\n", "1:8"),
        ('[agenda]\ntitle = "x\n', "2:11"),
        ("[agenda]\ntitle = x\n", "2:9"),
        ("[agenda]\ntitle\n", "2:6"),
        ('[agenda]\ntitle = "a"\ntitle = "b"\n', "3:12"),
        ("[agenda]\ncitt\u00e0 = 1\n", "2:5"),
        ("x = [\n1,\n", "3:1"),
        ("start = 2025-02-30\n", "1:9"),
    ],
)
def test_syntax_error(agenda: Agenda, file: File, text: str, place: str) -> None:
    """What is wrong is told in the words of the parser, so only the place is ours."""
    file(text)
    run = bug_free(agenda("list", "-d", "events.toml"))
    assert (run.code, run.out) == (1, "")
    assert re.fullmatch(f"events\\.toml:{place}: this is not TOML: \\S.*\n", run.err)


def test_merge_conflict_is_called_one(agenda: Agenda, file: File) -> None:
    ours, theirs = EVENT.replace("Gala", "Ours"), EVENT.replace("Gala", "Theirs")
    path = file(f"{EVENT}<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> theirs\n")
    message = "<<<<<<< is of a merge conflict; keep one of its two sides, and take out the lines that mark them"
    assert_refused(agenda("list", "--data", path), 1, f"{path}:4:1: {message}")


def test_syntax_error_is_told_alone(agenda: Agenda, file: File) -> None:
    """What stands before it may be meant in another way than it reads."""
    file("unknown = 1\n[[events]]\nid = 5\n[[events\n")
    assert agenda("list", "-d", "events.toml").err.count("\n") == 1


TOO_DEEP = "more than 100 lists and tables stand here within each other; those of an agenda are at most five deep"
TOO_MANY_PARTS = "this key has more than 100 parts with dots between them; no key here has so many"
TOO_MANY_DIGITS = "this number has more than 4,300 digits; no number here has so many"

NO_EXCESS = f"""\
description = "{"[" * 500} {"9" * 5_000} = {"a." * 200}a = 1"
date_note = '''
{"[{" * 500}
x = {"9" * 5_000}
'''
# {"a." * 200}a = {"9" * 5_000} {"[" * 500}
"""
"""What would be too much if it did not stand in texts and in a comment."""


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        pytest.param("x = " + "[" * 5_000 + "]" * 5_000, "1:105", TOO_DEEP, id="lists"),
        pytest.param("x = " + "[" * 100_000, "1:105", TOO_DEEP, id="lists that never end"),
        pytest.param("x = " + "[\n" * 500 + "]" * 500, "101:1", TOO_DEEP, id="lists of a line each"),
        pytest.param("x = [1, [2],\n  " + "[" * 500 + "]" * 501, "2:102", TOO_DEEP, id="lists in a list"),
        pytest.param("x = " + "{x = " * 5_000 + "1" + "}" * 5_000, "1:505", TOO_DEEP, id="inline tables"),
        pytest.param("events = " + "[{people = " * 5_000 + "1" + "}]" * 5_000, "1:560", TOO_DEEP, id="lists of tables"),
        pytest.param("x" + ".x" * 5_000 + " = 1", "1:1", TOO_MANY_PARTS, id="dotted key"),
        pytest.param('"\\"x"' + " . 'x'" * 2_000 + " = 1", "1:1", TOO_MANY_PARTS, id="dotted key in quotes"),
        pytest.param("x = {a = 1, x" + ".x" * 500 + " = 1}", "1:13", TOO_MANY_PARTS, id="key of an inline table"),
        pytest.param("[[events" + ".x" * 101 + "]]", "1:3", TOO_MANY_PARTS, id="header"),
        pytest.param("x = " + "9" * 5_000, "1:5", TOO_MANY_DIGITS, id="number"),
        pytest.param("x = -" + "9_9" * 2_500, "1:5", TOO_MANY_DIGITS, id="underscores"),
        pytest.param(
            "x = [1e9, # a comment\n0xff, " + "9" * 5_000 + "]", "2:7", TOO_MANY_DIGITS, id="number in a list"
        ),
        pytest.param("9" * 5_000 + " = 1\nx = {a = 1, 2 = " + "9" * 5_000, "2:17", TOO_MANY_DIGITS, id="key of digits"),
    ],
)
def test_what_is_too_much_for_the_parser_is_told_at_its_place(
    agenda: Agenda, file: File, text: str, place: str, message: str
) -> None:
    """The parser's limits are Python's, which tells no place."""
    file(NO_EXCESS + text)
    line, _, column = place.partition(":")
    run = agenda("list", "-d", "events.toml")
    assert_refused(run, 1, f"events.toml:{int(line) + NO_EXCESS.count(chr(10))}:{column}: {message}")


def test_what_is_too_much_is_told_of_the_file_that_has_it(agenda: Agenda, file: File) -> None:
    file(EVENT)
    file("x = " + "[" * 500, "second.toml")
    run = agenda("check", "events.toml", "second.toml", "--format", "json")
    assert [(told["file"], told["line"], told["column"]) for told in json.loads(run.out)] == [("second.toml", 1, 105)]


@pytest.mark.parametrize(
    "number", ["1." + "1" * 5_000, "1e" + "1" * 5_000, "1" * 5_000 + ".0", "0b" + "1" * 50_000, "0o" + "7" * 5_000]
)
def test_number_of_many_digits_that_the_parser_takes_is_looked_at_as_any_other(
    agenda: Agenda, file: File, number: str
) -> None:
    file(f"{EVENT}x = {number}\n")
    run = bug_free(agenda("check", "events.toml"))
    assert run.out.startswith("events.toml:4:1: event 'gala': unknown key \"x\"")


def test_text_like_a_key_of_many_parts_is_text(agenda: Agenda, file: File) -> None:
    file(EVENT + NO_EXCESS)
    assert agenda("check", "events.toml").code == 0


def test_deep_nesting_that_the_parser_takes(agenda: Agenda, file: File) -> None:
    """The mistake is told as any other."""
    file("events = " + "[" * 100 + "]" * 100)
    run = agenda("list", "-d", "events.toml")
    assert_refused(run, 1, "events.toml:1:11: event 1: item 1 of events is a list of 1; it must be a table")


@pytest.mark.parametrize("number", ["9" * 5_000, "0x" + "f" * 5_000], ids=["decimal", "hexadecimal"])
def test_number_too_long_for_python(agenda: Agenda, file: File, number: str) -> None:
    """Python refuses to turn more than 4,300 digits into a number, or back."""
    file(f'[venues.hall]\nname = "Hall"\nlongitude = 1\nlatitude = {number}\n')
    run = bug_free(agenda("list", "-d", "events.toml"))
    assert (run.code, run.out) == (1, "")
    assert re.fullmatch("events\\.toml:[0-9]+:[0-9]+: .*\n", run.err)


def series(number: int, rule: str, start: str = "2025-01-01") -> str:
    """So many events of one rule."""
    return "".join(
        f'[[events]]\nid = "e{each}"\ntitle = "E {each}"\nstart = {start}\nrepeat = "{rule}"\n'
        for each in range(number)
    )


MARKS_WITHOUT_ORDER = "\u05b0\u0591" * 100_000

ABSURD = [
    pytest.param(series(300, "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"), id="months that never hit"),
    pytest.param(series(300, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), id="days that never hit"),
    pytest.param(series(1, "FREQ=DAILY;INTERVAL=1000000000"), id="enormous steps"),
    pytest.param(series(1, f"FREQ=DAILY;INTERVAL={'9' * 5_000}"), id="a step of 5,000 digits"),
    pytest.param(f'[cities.Kobe]\n{EVENT}city = "e{MARKS_WITHOUT_ORDER}"\n', id="marks upon marks"),
    pytest.param('[agenda]\ntimezone = "' + "Europe/Rome" * 20_000 + '"\n', id="a zone of many letters"),
    pytest.param('[[events]]\nid = "' + "a" * 1_000_000 + '!"\ntitle = "A"\n', id="an id of a million letters"),
    pytest.param(EVENT + "".join(f"titl{each} = 1\n" for each in range(20_000)), id="many keys"),
]


@pytest.mark.slow
@pytest.mark.parametrize("text", ABSURD)
def test_absurd_file_gets_a_short_answer_soon(agenda: Agenda, file: File, text: str) -> None:
    """Within the time that a run of the program has in these tests, and in lines that somebody can read."""
    file(text)
    run = bug_free(agenda("list", "-d", "events.toml"))
    assert (run.code, run.out) == (1, "")
    assert max(map(len, run.err.splitlines())) < 400


def test_far_exceptions_of_endless_series_are_no_work(agenda: Agenda, file: File) -> None:
    file(series(300, "FREQ=DAILY").replace('DAILY"', 'DAILY"\nexcept = [9999-12-01]'))
    assert agenda("count", "--by", "kind", "-d", "events.toml").code == 0


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
@pytest.mark.parametrize("command", ["list", "check"])
def test_file_without_end(agenda: Agenda, command: str) -> None:
    """No more of it is read than an agenda may have."""
    message = 'agenda: "/dev/zero" is larger than 100 MB, which is the most that is read; split it into several files'
    assert_refused(agenda(command, "--data", "/dev/zero"), 1, message)


# --- Files that are TOML, but no agenda


@pytest.mark.parametrize(
    ("text", "diagnostic"),
    [
        pytest.param(
            EVENT + "topics = 5\n",
            '4:10: event \'gala\': topics is 5; it must be a list of names, such as ["one", "another"]',
            id="a wrong type",
        ),
        pytest.param(
            EVENT + 'sity = "Osaka"\n',
            '4:1: event \'gala\': unknown key "sity"; did you mean "city"?',
            id="an unknown key",
        ),
        pytest.param(
            "[cities.Osaka]\n" + EVENT + 'city = "Osako"\n',
            '5:8: event \'gala\': no city is called "Osako"; did you mean "Osaka"?',
            id="a dangling reference",
        ),
        pytest.param(
            "[cities.Osaka]\n" + EVENT + 'city = "Lyon"\n',
            "5:8: event 'gala': no city is called \"Lyon\"; use one that [cities] declares, or declare it there",
            id="a dangling reference like no other",
        ),
        pytest.param(
            EVENT + EVENT,
            "5:6: event 'gala': the id \"gala\" is taken; every event needs one of its own (the other is on line 2)",
            id="a duplicate id",
        ),
        pytest.param(
            '[cities.Osaka]\naliases = ["O"]\n[cities.Tokyo]\naliases = ["T", "O"]\n',
            '4:17: city \'Tokyo\': "O" is taken: it also means "Osaka"; each name and alias has to mean one city',
            id="an alias for two names",
        ),
        pytest.param(
            EVENT + "start = 2025-09-30\nend = 2025-09-29\n",
            "5:7: event 'gala': end is before start, 2025-09-30; of days, it is the last one",
            id="an end before its start",
        ),
        pytest.param(
            EVENT + "start = 2025-09-30T11:00:00\nend = 2025-09-30T10:59:59\n",
            "5:7: event 'gala': end is not after start, 2025-09-30T11:00:00; leave it out if it is not known",
            id="a timed end before its start",
        ),
        pytest.param(
            EVENT + "start = 2025-09-30T11:00:00\nend = 2025-09-30T11:00:00\n",
            "5:7: event 'gala': end is not after start, 2025-09-30T11:00:00; leave it out if it is not known",
            id="a timed end at its start",
        ),
    ],
)
def test_no_agenda(agenda: Agenda, file: File, text: str, diagnostic: str) -> None:
    """File, line and column, which event, what is wrong, and what would be right."""
    file(text)
    assert_refused(agenda("list", "-d", "events.toml"), 1, f"events.toml:{diagnostic}")


def test_time_that_does_not_exist(agenda: Agenda, file: File) -> None:
    """The clocks of Rome went from 02:00 to 03:00 that night."""
    file('[agenda]\ntimezone = "Europe/Rome"\n' + EVENT + "start = 2025-03-30T02:30:00\n")
    run = agenda("list", "-d", "events.toml")
    assert (run.code, run.out) == (1, "")
    assert re.fullmatch(
        "events\\.toml:6:9: event 'gala': 2025-03-30T02:30:00 does not exist in Europe/Rome: .*03:30.*\n", run.err
    )


@pytest.mark.parametrize("command", [["list"], ["show", "gala"], ["export"]], ids=lambda command: command[0])
def test_every_command_tells_it_the_same_way(agenda: Agenda, file: File, command: list[str]) -> None:
    """Only `check`, whose data they are, has diagnostics on standard output."""
    file("x = 1\n[[events]]\n")
    keys = "agenda, cities, venues, people, organizers, topics, kinds, sources, travel and events"
    diagnostics = [
        f'events.toml:1:1: unknown key "x"; the keys here are {keys}',
        'events.toml:2:1: event 1: id is missing; add a line id = "…"',
        'events.toml:2:1: event 1: title is missing; add a line title = "…"',
    ]
    assert_refused(agenda(*command, "-d", "events.toml"), 1, "\n".join(diagnostics))


def test_bad_data_on_standard_input(agenda: Agenda) -> None:
    """There is no file to name."""
    run = agenda("list", "--data", "-", stdin='[agenda]\ntitel = "x"\n')
    assert_refused(run, 1, '<stdin>:2:1: agenda: unknown key "titel"; did you mean "title"?')


def test_bad_syntax_on_standard_input(agenda: Agenda) -> None:
    """Before anything is known of its keys, too."""
    assert agenda("list", "--data", "-", stdin="title\n").err.startswith("<stdin>:1:6: this is not TOML: ")


@pytest.mark.parametrize(
    ("faulty", "last"),
    [
        (50, "events.toml:200:6: event 'No 50': id is \"No 50\"; "),
        (51, "events.toml: and 1 more"),
        (1234, "events.toml: and 1184 more"),
    ],
)
def test_at_most_fifty_diagnostics(agenda: Agenda, file: File, faulty: int, last: str) -> None:
    """Enough for one sitting; how many more there are is told all the same."""
    file("".join(f'\n[[events]]\ntitle = "x"\nid = "No {number}"\n' for number in range(1, faulty + 1)))
    lines = agenda("list", "-d", "events.toml").err.splitlines()
    assert len([line for line in lines if " id is " in line]) == 50
    assert lines[-1].startswith(last)


def test_data_before_the_command_line(agenda: Agenda, file: File) -> None:
    """What a name may mean is known only once the file is."""
    file("x = 1\n")
    assert agenda("list", "-d", "events.toml", "--city", "Nowhere").code == 1


def test_export_without_namespace(agenda: Agenda, file: File) -> None:
    """The message has the very line to add."""
    file(EVENT + "start = 2025-09-30\n")
    assert_refused(
        agenda("export", "-d", "events.toml"),
        1,
        "agenda: this agenda has no namespace, by which calendar apps would know its events; add under [agenda] a line"
        ' such as namespace = "my-agenda.example", and never change it again',
    )


def test_revision_that_is_no_time_in_utc(agenda: Agenda, file: File) -> None:
    """Refused as the event's own times are, or exported; but no surprise."""
    file('[agenda]\nnamespace = "x"\nrevised = 0001-01-01T00:00:00+09:00\n' + EVENT + "start = 2025-09-30\n")
    bug_free(agenda("export", "-d", "events.toml"))


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "9999-12-31T23:30:00Z"])
def test_zone_of_the_machine_decides_nothing(agenda: Agenda, file: File, time: str, zone: str) -> None:
    """These times exist in UTC, and neither the event nor the agenda has another zone."""
    file(EVENT + f"start = {time}\n")
    run = agenda("list", "-d", "events.toml", env={"TZ": zone})
    assert (run.code, run.err) == (0, "")


# --- Command lines that ask for what cannot be


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--city", "Tornio"], '--city: the agenda has no city "Tornio"; did you mean "Torino"?'),
        (["--city", "Turino"], '--city: the agenda has no city "Turino"; did you mean "Torino"?'),
        (["--city", "Lyon"], '--city: the agenda has no city "Lyon"; it has "Torino" and "Osaka"'),
        (["--city", ""], '--city: the agenda has no city ""; it has "Torino" and "Osaka"'),
        (["--city", "Osaka", "--city", "Lyon"], '--city: the agenda has no city "Lyon"; it has "Torino" and "Osaka"'),
        (["--topic", "musik"], '--topic: the agenda has no topic "musik"; did you mean "music"?'),
        (["--kind", "dinner"], '--kind: the agenda has no kind "dinner"; it has "talk"'),
        (["--on", "2025-02-30"], '--on: "2025-02-30" is no day of the calendar: February 2025 has 28 days'),
        (["--on", "2025-13"], '--on: "2025-13" is no day of the calendar: the months are 1 to 12'),
        (["--on", "31 Nov"], '--on: "31 Nov" is no day of the calendar: November has 30 days'),
        (["--on", "29 Feb 2025"], '--on: "29 Feb 2025" is no day of the calendar: February 2025 has 28 days'),
        (["--on", "02/10"], '--on: "02/10" may be 2 Oct 2026 or 10 Feb 2026; write 2026-10-02 or 2026-02-10'),
        (["--on", ""], f'--on: "" is not a day; write it as {FORMS}'),
        (["--on", "someday"], '--on: "someday" is not a day; did you mean "today", "Sunday" or "Monday"?'),
        (["--on", "today..x"], f'--on: "x" is not a day; write it as {FORMS}'),
        (["--on", ".."], '--on: ".." has no end that is a day; write A..B, A.. or ..B'),
        (["--on", "2025-11-04..2025-11-03"], '--on: "2025-11-04..2025-11-03" ends before it starts'),
        (
            ["--from", "2025-11-03..2025-11-04"],
            (
                '--from: "2025-11-03..2025-11-04" is a span of days, and here is place for one day;'
                " --on takes 2025-11-03..2025-11-04"
            ),
        ),
        (["--on", "+9999d", "--on", "today"], "--on is given 2 times; give it once"),
        (["--from", "today", "--from", "today", "--from", "today"], "--from is given 3 times; give it once"),
        (["--to", "today", "--to", "today"], "--to is given 2 times; give it once"),
        (
            ["--from", "2025-11-04", "--to", "2025-11-03"],
            "--from 2025-11-04 is after --to 2025-11-03; no day is in both",
        ),
        (["--search", " "], "--search is empty; give it some text"),
        (["--with", ""], "--with is empty; give it some text"),
        (["--venue", "\t"], "--venue is empty; give it some text"),
    ],
)
def test_impossible_options(agenda: Agenda, file: File, arguments: list[str], message: str) -> None:
    """Each names the option, what was typed, and what could be typed instead."""
    file(TOUR)
    run = agenda("list", "-d", "events.toml", *arguments, env={"AGENDA_NOW": "2025-11-03"})
    assert_refused(run, 2, f"agenda: {message}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["day", "--step", "1h"], "'--step': '1h' is no whole number from 5 to 60"),
        (["day", "--step", "61"], "'--step': 61 is no whole number from 5 to 60"),
        (["next", "--number", "-1"], "'--number' / '-n': -1 is no whole number from 0 on"),
    ],
)
def test_number_that_an_option_does_not_take(agenda: Agenda, arguments: list[str], message: str) -> None:
    run = agenda(*arguments)
    assert (run.code, run.err.splitlines()[0]) == (2, f"agenda: Invalid value for {message}")


def test_day_without_year_outside_the_agenda(agenda: Agenda) -> None:
    """The shipped agenda has eleven days, all of one year."""
    run = agenda("list", "--on", "5 Jan")
    assert_refused(
        run,
        2,
        'agenda: --on: "5 Jan" is not within this agenda, 2025-09-24 to 2025-10-04; add the year, as in 2026-01-05',
    )


def test_day_without_year_in_an_agenda_without_days(agenda: Agenda, file: File) -> None:
    """No event gives it a year."""
    file(EVENT)
    run = agenda("list", "-d", "events.toml", "--on", "5 Jan")
    assert_refused(run, 2, 'agenda: --on: "5 Jan" needs a year: no event of this agenda has a date')


def test_city_of_an_agenda_without_cities(agenda: Agenda, file: File) -> None:
    """There is nothing to suggest."""
    file(EVENT)
    run = agenda("list", "-d", "events.toml", "--city", "Lyon")
    assert_refused(run, 2, 'agenda: --city: the agenda has no city "Lyon"; it has none')


@pytest.mark.parametrize("now", ["someday", "2025-09", "2025-09-30T25:00", "\x1b[31m"])
def test_clock_that_tells_no_time(agenda: Agenda, now: str) -> None:
    """The environment is a part of the command line."""
    run = agenda("list", "--on", "today", env={"AGENDA_NOW": now})
    shown = now.replace("\x1b", "␛")
    right = '2025-09-29T09:30, 2025-09-29T09:30+09:00 or "29 Sep 2025 09:30"'
    assert_refused(run, 2, f'agenda: AGENDA_NOW is "{shown}"; it must be a time such as {right}')


@pytest.mark.parametrize("command", ["show", "export"])
def test_unknown_id(agenda: Agenda, file: File, command: str) -> None:
    """Not even what is known is written."""
    file(TOUR)
    run = agenda(command, "-d", "events.toml", "finale", "openin")
    assert_refused(run, 2, 'agenda: no event has the id "openin"; did you mean "opening"?')


def test_unknown_id_like_no_other(agenda: Agenda, file: File) -> None:
    """Where to look is told instead."""
    file(TOUR)
    run = agenda("show", "-d", "events.toml", "-", stdin="finale\nzzz\tand more\n")
    assert_refused(run, 2, 'agenda: no event has the id "zzz"; `agenda list` shows the ids')


@pytest.mark.parametrize("command", ["show", "export"])
@pytest.mark.parametrize("env", [None, {"AGENDA_DATA": "-"}], ids=["option", "environment"])
def test_standard_input_for_both_ids_and_data(agenda: Agenda, command: str, env: dict[str, str] | None) -> None:
    """One stream cannot be both."""
    run = agenda(command, "-", *([] if env else ["--data", "-"]), stdin=TOUR, env=env)
    assert_refused(run, 2, "agenda: - stands for both ids and data; standard input can be only one of them")


@pytest.mark.parametrize(
    ("typed", "meant"), [("lisst", "list"), ("shwo", "show"), ("tmeline", "timeline"), ("checkk", "check")]
)
def test_misspelt_command(agenda: Agenda, typed: str, meant: str) -> None:
    """The commands are built only when they are called, but known before."""
    run = agenda(typed)
    assert_refused(run, 2, f"agenda: No such command '{typed}'; did you mean '{meant}'?\nTry 'agenda --help'.")


def test_misspelt_option(agenda: Agenda) -> None:
    """Typer's own words, up to the way to help."""
    run = agenda("list", "--serch", "x")
    assert (run.code, run.out) == (2, "")
    assert re.fullmatch(
        "agenda: No such option: --serch.*--search.*\nTry 'agenda list --help'\\.\n", run.err, flags=re.DOTALL
    )


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["list", "--format", "xml"], "xml"),
        (["list", "--status", "maybe"], "maybe"),
        (["list", "--when", "soon"], "soon"),
        (["list", "nowhere"], "nowhere"),
        (["list", "--city"], "--city"),
        (["show"], "ID"),
        (["--verbos"], "--verbos"),
    ],
)
def test_wrong_words(agenda: Agenda, arguments: list[str], named: str) -> None:
    """What is Typer's to find out is told as ours is: on one line or two, and with the same exit code."""
    run = bug_free(agenda(*arguments))
    assert (run.code, run.out) == (2, "")
    assert re.fullmatch(f"agenda: .*{named}.*\n(Try 'agenda.* --help'\\.\n)?", run.err)


# --- Output that cannot be written


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("gone/x.ics", 'the folder "gone" does not exist; `mkdir -p gone` makes it'),
        ("gone/or not/x.ics", "the folder \"gone/or not\" does not exist; `mkdir -p 'gone/or not'` makes it"),
        ("events.toml/x.ics", f'"events.toml/x.ics" cannot be written: {os.strerror(errno.ENOTDIR)}'),
        ("mission", '"mission" is a folder; name a file in it'),
        ("mission/", '"mission/" is a folder; name a file in it'),
    ],
)
def test_output_that_cannot_be_written(agenda: Agenda, file: File, tmp_path: Path, target: str, message: str) -> None:
    """Nothing is left behind, neither a part of it nor a file to be moved."""
    file(TOUR)
    (tmp_path / "mission").mkdir()
    assert_refused(agenda("export", "-d", "events.toml", "-o", target), 1, f"agenda: {message}")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["events.toml", "mission"]


def test_directory_that_cannot_be_written(agenda: Agenda) -> None:
    """Nobody may make files in there, not even root, wherever there is such a folder at all."""
    run = bug_free(agenda("export", "-o", "/sys/agenda.ics"))
    assert (run.code, run.out) == (1, "")
    assert re.fullmatch('agenda: "/sys/agenda\\.ics" cannot be written: \\S.*\n', run.err)


# --- Text that would be obeyed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(f'[[events]]\nid = "x{ESCAPE}"\ntitle = "X"\n', "x␛[31m", id="an id"),
        pytest.param(f'[[events]]\nid = "x"\ntitle = "X"\n"k{ESCAPE}" = 1\n', "k␛[31m", id="an unknown key"),
        pytest.param(f'[cities.Osaka]\n{EVENT}city = "Kobe{ESCAPE}"\n', "Kobe␛[31m", id="a dangling reference"),
        pytest.param(f'[agenda]\ntimezone = "Asia{ESCAPE}"\n', "Asia␛[31m", id="a time zone"),
        pytest.param(f'[agenda]\ncolor = "red{ESCAPE}"\n', "red␛[31m", id="a colour"),
        pytest.param(f'[venues.hall]\nname = "H"\nurl = "x{ESCAPE}"\n', "x␛[31m", id="an address"),
        pytest.param(f'[cities."x{ESCAPE}"]\ntimezone = 1\n', "x␛[31m", id="a name with a mistake in it"),
        pytest.param(f'[cities]\n"x{ESCAPE}" = 1\n', "x␛[31m", id="a name that is a mistake"),
        pytest.param(f'[cities.A]\n[cities.B]\naliases = ["a{ESCAPE}", "A"]\n', "A", id="an alias"),
        pytest.param(
            f'[cities."A{ESCAPE}"]\n[cities.B]\naliases = ["A{ESCAPE}"]\n', "A␛[31m", id="the owner of an alias"
        ),
        pytest.param(
            f'[cities."A{ESCAPE}"]\n[cities.B]\n[venues.hall]\nname = "H"\ncity = "A{ESCAPE}"\n'
            f'{EVENT}venue = "hall"\ncity = "B"\n',
            "A␛[31m",
            id="the city of a venue",
        ),
        pytest.param(f'x = {{"a{ESCAPE}" = 1, "a{ESCAPE}" = 2}}\n', "a", id="a syntax error"),
        pytest.param('x = "\x1b[31m"\n', "1:6", id="a control character where none may be"),
        pytest.param(f'{EVENT}city = "\u202ex\u2066"\n[cities.Osaka]\n', '"x"', id="another direction of text"),
    ],
)
def test_control_characters_of_a_file(agenda: Agenda, file: File, text: str, shown: str) -> None:
    """They are shown as pictures or removed, so that a message is one line and commands no terminal."""
    file(text)
    run = bug_free(agenda("list", "-d", "events.toml"))
    assert (run.code, run.out) == (1, "")
    assert UNSAFE.findall(run.err) == []
    assert shown in run.err
    assert all(line.startswith("events.toml:") for line in run.err.splitlines())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list", "-d", "NAME"], 'there is no file "a␛[31m␊b.toml"'),
        (["check", "NAME"], 'there is no file "a␛[31m␊b.toml"'),
        (["export", "-o", "gone/NAME/x"], 'the folder "gone/a␛[31m␊b.toml" does not exist; make it first'),
    ],
)
def test_control_characters_of_a_file_name(agenda: Agenda, arguments: list[str], message: str) -> None:
    """A name may come from a folder that somebody else filled."""
    name = "a\x1b[31m\nb.toml"
    run = agenda(*[argument.replace("NAME", name) for argument in arguments])
    assert_refused(run, 1, f"agenda: {message}")


def test_control_characters_of_the_name_of_a_faulty_file(agenda: Agenda, tmp_path: Path) -> None:
    """Each diagnostic starts with the name."""
    (tmp_path / "a\x1b[31m\nb.toml").write_text("[agenda]\ntitel = 1\n")
    run = agenda("list", "-d", "a\x1b[31m\nb.toml")
    assert_refused(run, 1, 'a␛[31m␊b.toml:2:1: agenda: unknown key "titel"; did you mean "title"?')


@pytest.mark.parametrize(
    "arguments",
    [
        ["li\x1b[31mst"],
        ["list", "\x1b[31m.toml"],
        ["list", "--\x1b[31m"],
        ["list", "--format", "\x1b[31m"],
        ["list", "--city", "\x1b[31m"],
        ["list", "--topic", "\x1b[31m"],
        ["list", "--on", "\x1b[31m"],
        ["list", "--from", "1 \x1b[31m"],
        ["show", "\x1b[31m"],
        ["export", "\x1b[31m\x9b31m\u202e"],
    ],
    ids=lambda arguments: ascii(" ".join(arguments)),
)
def test_control_characters_of_the_command_line(agenda: Agenda, arguments: list[str]) -> None:
    """What was typed may be what a shell found in a folder, or another program's output."""
    run = bug_free(agenda(*arguments))
    assert (run.code, run.out) == (2, "")
    assert UNSAFE.findall(run.err) == []
