"""`agenda export`: what a reader of calendars that is not ours finds in it, and what becomes of the file."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, environment
from icalendar import Calendar

Agenda = Callable[..., Run]
File = Callable[[str], Path]

TITLE = r"Semi; colon, comma \ backslash and \\n no line break: 大阪・関西万博におけるピエモンテ州のセミナー"
DESCRIPTION = "First line.\nSecond; line, with \\ and \ttab.\n\nÀ la fin: " + "ピエモンテ州と" * 12
PROGRAMME = f"""\
[agenda]
title = "Ours; and, theirs"
description = "What we \\\\ do"
namespace = "test.example"
timezone = "Asia/Tokyo"
revised = 2025-10-07T09:00:00+09:00

[cities.Osaka]
[cities.Torino]
timezone = "Europe/Rome"

[venues.hall]
name = "Hall, Central"
city = "Osaka"
address = "1 Nakanoshima; Kita"
latitude = 34.6933
longitude = -0.00005

[[events]]
id = "day"
title = '''{TITLE}'''
description = '''{DESCRIPTION}'''
start = 2025-09-28
venue = "hall"
room = "Foyer"
topics = ["life; sciences", "food, wine"]
organizers = ["Città di Torino"]
people = [{{ name = "Yuko Hasegawa", role = "curator" }}]
url = "https://example.org/大阪?a=1,2;b#c"
date_note = "As it was printed."

[[events]]
id = "days"
title = "Days"
start = 2025-12-30
end = 2026-01-02
revised = 2025-11-01T00:00:00Z

[[events]]
id = "times"
title = "Times"
city = "Torino"
start = 2025-10-26T01:30:00
end = 2025-10-26T03:30:00

[[events]]
id = "open"
title = "No end"
start = 2025-09-29T11:00:00

[[events]]
id = "between"
title = "Between"
between = [2025-09-28, 2025-10-01]

[[events]]
id = "between-cancelled"
title = "Between"
between = [2025-09-28, 2025-10-01]
status = "cancelled"

[[events]]
id = "tentative"
title = "Perhaps"
start = 2025-09-29T11:00:00+09:00
status = "tentative"

[[events]]
id = "cancelled"
title = "Not at all"
start = 2025-09-29T11:00:00
status = "cancelled"

[[events]]
id = "imported"
title = "Imported"
start = 2025-09-29
uid = 'of, another; calendar \\n \\ @elsewhere'

[[events]]
id = "never"
title = "Never"
"""
FLOATING = """\
[agenda]
namespace = "test.example"
[[events]]
id = "floating"
title = "Floating"
start = 2025-09-29T11:00:00
end = 2025-09-29T12:00:00
[[events]]
id = "old"
title = "Old"
start = 0987-06-05
"""


def calendar(run: Run) -> Any:
    """The calendar that was exported, as `icalendar` reads it."""
    assert (run.code, run.err) == (0, "")
    return Calendar.from_ical(run.raw)


def events(run: Run) -> dict[str, Any]:
    """The events of the calendar, by the left-hand side of their UID."""
    return {str(event["UID"]).partition("@")[0]: event for event in calendar(run).walk("VEVENT")}


def names(folder: Path) -> list[str]:
    """The names of what is in the folder."""
    return [path.name for path in folder.iterdir()]


def ours(agenda_once: Agenda, data: str = PROGRAMME) -> Run:
    """The export of the programme above."""
    return agenda_once("export", "--data", "-", stdin=data)


# --- The shipped events ---


def test_shipped_calendar_holds_the_26_events_that_have_a_date(agenda_once: Agenda) -> None:
    listed = [line.split("\t") for line in agenda_once("list").lines]
    dated = {fields[0] for fields in listed if fields[1] != "tba"}
    shown = events(agenda_once("export"))
    assert (len(shown), set(shown)) == (26, dated)


def test_shipped_events_have_their_uid_in_the_namespace(agenda_once: Agenda) -> None:
    uids = [str(event["UID"]) for event in events(agenda_once("export")).values()]
    assert {uid.partition("@")[2] for uid in uids} == {"piemonte-japan-2025"}


@pytest.mark.parametrize(
    ("id_", "start", "end"),
    [
        ("gala-dinner", date(2025, 10, 3), date(2025, 10, 4)),
        ("medical-japan", date(2025, 10, 1), date(2025, 10, 4)),
        ("piemonte-week", date(2025, 9, 28), date(2025, 10, 5)),
        ("nagoya-twinning", date(2025, 9, 24), date(2025, 9, 28)),
        ("unesco-panel", datetime(2025, 9, 29, 2, tzinfo=UTC), None),
    ],
)
def test_shipped_event_is_at_its_time(agenda_once: Agenda, id_: str, start: date | datetime, end: date | None) -> None:
    event = events(agenda_once("export"))[id_]
    assert (event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None) == (start, end)


@pytest.mark.parametrize(
    ("options", "remarked"), [([], False), (["--verbose"], True), (["-v", "-q"], False), (["--quiet"], False)]
)
def test_events_without_a_date_are_left_out_with_a_remark(
    agenda_once: Agenda, options: list[str], remarked: bool
) -> None:
    run = agenda_once("export", *options)
    assert (run.code, run.raw) == (0, agenda_once("export").raw)
    assert run.err == ("agenda: 2 events have no date yet and were left out\n" if remarked else "")


def test_calendar_of_no_event_is_a_calendar(agenda_once: Agenda) -> None:
    run = agenda_once("export", "--city", "Kyoto", "--when", "tba")
    assert (run.raw[:17], events(run)) == (b"BEGIN:VCALENDAR\r\n", {})


# --- What it says of an event ---


@pytest.mark.parametrize(
    ("id_", "start", "end"),
    [
        ("day", date(2025, 9, 28), date(2025, 9, 29)),
        ("days", date(2025, 12, 30), date(2026, 1, 3)),
        ("between", date(2025, 9, 28), date(2025, 10, 2)),
        ("times", datetime(2025, 10, 25, 23, 30, tzinfo=UTC), datetime(2025, 10, 26, 2, 30, tzinfo=UTC)),
        ("open", datetime(2025, 9, 29, 2, tzinfo=UTC), None),
        ("tentative", datetime(2025, 9, 29, 2, tzinfo=UTC), None),
    ],
)
def test_event_is_at_its_time(agenda_once: Agenda, id_: str, start: date | datetime, end: date | None) -> None:
    event = events(ours(agenda_once))[id_]
    assert (event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None) == (start, end)


def test_floating_time_stays_without_zone(agenda_once: Agenda) -> None:
    event = events(ours(agenda_once, FLOATING))["floating"]
    assert (event["DTSTART"].to_ical(), event["DTEND"].to_ical()) == (b"20250929T110000", b"20250929T120000")
    assert "TZID" not in event["DTSTART"].params


def test_year_has_four_digits(agenda_once: Agenda) -> None:
    assert b"DTSTART;VALUE=DATE:09870605\r\n" in ours(agenda_once, FLOATING).raw


@pytest.mark.parametrize(
    ("id_", "status", "transparency"),
    [
        ("day", "CONFIRMED", "TRANSPARENT"),
        ("times", "CONFIRMED", "OPAQUE"),
        ("between", "TENTATIVE", "TRANSPARENT"),
        ("between-cancelled", "CANCELLED", "TRANSPARENT"),
        ("tentative", "TENTATIVE", "TRANSPARENT"),
        ("cancelled", "CANCELLED", "TRANSPARENT"),
    ],
)
def test_event_is_as_sure_as_it_is_known_to_be(agenda_once: Agenda, id_: str, status: str, transparency: str) -> None:
    event = events(ours(agenda_once))[id_]
    assert (str(event["STATUS"]), str(event["TRANSP"])) == (status, transparency)


@pytest.mark.parametrize(
    ("id_", "stamp"),
    [
        ("day", datetime(2025, 10, 7, tzinfo=UTC)),
        ("days", datetime(2025, 11, 1, tzinfo=UTC)),
    ],
)
def test_event_is_stamped_with_when_it_was_revised_last(agenda_once: Agenda, id_: str, stamp: datetime) -> None:
    assert events(ours(agenda_once))[id_]["DTSTAMP"].dt == stamp


def test_event_is_stamped_even_where_nobody_says_when_it_was_revised(agenda_once: Agenda) -> None:
    stamps = {event["DTSTAMP"].dt.utcoffset() for event in events(ours(agenda_once, FLOATING)).values()}
    assert stamps == {timedelta(0)}


def test_event_keeps_the_uid_that_it_came_with(agenda_once: Agenda) -> None:
    uids = {str(event["UID"]) for event in calendar(ours(agenda_once)).walk("VEVENT")}
    assert r"of, another; calendar \n \ @elsewhere" in uids


def test_title_is_read_as_it_was_written(agenda_once: Agenda) -> None:
    assert str(events(ours(agenda_once))["day"]["SUMMARY"]) == TITLE


def test_description_is_read_as_it_was_written(agenda_once: Agenda) -> None:
    assert str(events(ours(agenda_once))["day"]["DESCRIPTION"]).startswith(DESCRIPTION)


@pytest.mark.parametrize("known", ["Città di Torino", "Yuko Hasegawa, curator", "As it was printed."])
def test_description_tells_what_calendars_have_no_place_for(agenda_once: Agenda, known: str) -> None:
    assert known in str(events(ours(agenda_once))["day"]["DESCRIPTION"])


def test_place_is_told_from_the_room_to_the_city(agenda_once: Agenda) -> None:
    event = events(ours(agenda_once))["day"]
    assert str(event["LOCATION"]) == "Foyer, Hall, Central, 1 Nakanoshima; Kita, Osaka"


def test_topics_are_categories(agenda_once: Agenda) -> None:
    categories = events(ours(agenda_once))["day"]["CATEGORIES"].cats
    assert [str(category) for category in categories] == ["life; sciences", "food, wine"]


def test_position_is_written_in_digits(agenda_once: Agenda) -> None:
    (position,) = re.findall(rb"^GEO:(.*)\r$", ours(agenda_once).raw, re.MULTILINE)
    assert re.fullmatch(rb"[+-]?[0-9]+\.[0-9]+;[+-]?[0-9]+\.[0-9]+", position)


def test_address_is_a_uri(agenda_once: Agenda) -> None:
    url = str(events(ours(agenda_once))["day"]["URL"])
    assert url == "https://example.org/%E5%A4%A7%E9%98%AA?a=1,2;b#c"


def test_calendar_has_the_description_of_the_agenda(agenda_once: Agenda) -> None:
    assert str(calendar(ours(agenda_once))["DESCRIPTION"]) == r"What we \ do"


# `icalendar` leaves these as they are.
@pytest.mark.parametrize(
    "line",
    [
        r"NAME:Ours\; and\, theirs",
        r"X-WR-CALNAME:Ours\; and\, theirs",
        r"X-WR-CALDESC:What we \\ do",
    ],
)
def test_calendar_has_the_names_that_apps_look_for(agenda_once: Agenda, line: str) -> None:
    assert line in ours(agenda_once).lines


def test_calendar_says_what_it_is_once(agenda_once: Agenda) -> None:
    found = calendar(ours(agenda_once))
    assert (str(found["VERSION"]), str(found["CALSCALE"]), "agenda" in str(found["PRODID"])) == (
        "2.0",
        "GREGORIAN",
        True,
    )


def test_agenda_without_a_namespace_is_told_to_have_one(agenda_once: Agenda) -> None:
    run = agenda_once("export", "-d", "-", stdin='events = [{ id = "a", title = "A", start = 2025-09-29 }]')
    assert (run.code, run.out, "namespace" in run.err, run.err.count("\n")) == (1, "", True, 1)


# --- Lines and bytes ---


@pytest.fixture(params=["shipped", "ours"])
def exported(request: pytest.FixtureRequest, agenda_once: Agenda) -> Run:
    return ours(agenda_once) if request.param == "ours" else agenda_once("export")


def test_every_line_ends_in_crlf(exported: Run) -> None:
    assert (exported.raw.count(b"\r\n"), exported.raw[-2:]) == (exported.raw.count(b"\n"), b"\r\n")


def test_no_line_ends_in_cr_alone(exported: Run) -> None:
    assert exported.raw.count(b"\r") == exported.raw.count(b"\n")


def test_no_line_is_over_75_octets(exported: Run) -> None:
    assert max(map(len, exported.raw.split(b"\r\n"))) <= 75


def test_no_line_is_empty(exported: Run) -> None:
    assert b"" not in exported.raw.split(b"\r\n")[:-1]


def test_no_character_is_torn_by_a_fold(exported: Run) -> None:
    folded = [line for line in exported.raw.split(b"\r\n") if line.startswith(b" ") and not line.isascii()]
    assert folded
    assert [line for line in folded if "\ufffd" in line.decode(errors="replace")] == []


KEPT = {
    "\\u0000": "",
    "\\u001b": "",
    "\\u009b": "",
    "\\t": "\t",
    "\\r\\n": "\n",
    "\\r": "\n",
    "\\u2028": "\n",
    "\\u0085": "\n",
    "\\r\\nEND:VEVENT\\r\\n": "\nEND:VEVENT\n",
}


@pytest.mark.parametrize("character", KEPT)
@pytest.mark.parametrize("name", ["SUMMARY", "DESCRIPTION", "LOCATION"])
def test_text_cannot_break_out_of_its_line(agenda_once: Agenda, name: str, character: str) -> None:
    texts = [f'"a{text}b"' for text in KEPT]
    data = '[agenda]\nnamespace = "n"\n' + "".join(
        f'[[events]]\nid = "e{number}"\nstart = 2025-09-29\ntitle = {text}\ndescription = {text}\nroom = {text}\n'
        for number, text in enumerate(texts)
    )
    event = events(ours(agenda_once, data))[f"e{list(KEPT).index(character)}"]
    assert str(event[name]) == f"a{KEPT[character]}b"


def test_two_runs_give_the_same_bytes(agenda: Agenda) -> None:
    assert agenda("export").raw == agenda("export").raw


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONHASHSEED": "1", "TZ": "America/New_York"},
        {"PYTHONHASHSEED": "4242", "AGENDA_NOW": "2030-01-01T00:00"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=",".join,
)
def test_same_input_gives_the_same_bytes(agenda_once: Agenda, env: dict[str, str]) -> None:
    assert agenda_once("export", env=env).raw == agenda_once("export").raw


# --- Which events ---


@pytest.mark.parametrize(
    ("arguments", "stdin", "expected"),
    [
        (["airone", "gala-dinner", "airone"], "", {"airone", "gala-dinner"}),
        (["-"], "airone\tmore\r\n\r\nairone\r\n", {"airone"}),
        (["-", "gala-dinner"], "airone\n", {"airone", "gala-dinner"}),
        (["-", "--city", "Tokyo"], "airone\nmedical-japan\n", {"medical-japan"}),
        (["-"], "\n \n", set()),
    ],
)
def test_ids_and_options_select(agenda_once: Agenda, arguments: list[str], stdin: str, expected: set[str]) -> None:
    assert set(events(agenda_once("export", *arguments, stdin=stdin))) == expected


def test_what_list_gives_can_be_exported(agenda_once: Agenda) -> None:
    listed = agenda_once("list", "--city", "Kobe").out
    assert set(events(agenda_once("export", "-", stdin=listed))) == {"ceipiemonte-teams", "fbri-visit"}


def test_unknown_id_is_a_usage_error_and_nothing_is_written(agenda: Agenda, tmp_path: Path) -> None:
    run = agenda("export", "airone", "airon", "-o", "out.ics")
    assert (run.code, run.out, run.err.count("\n"), names(tmp_path)) == (2, "", 1, [])


def test_standard_input_cannot_be_both_ids_and_data(agenda_once: Agenda) -> None:
    run = agenda_once("export", "-", "--data", "-", stdin="airone\n")
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)


# --- Into a file ---


def test_file_holds_what_standard_output_would(agenda: Agenda, agenda_once: Agenda, tmp_path: Path) -> None:
    run = agenda("export", "--output", "out.ics")
    assert (run.code, run.raw, run.err) == (0, b"", "")
    assert (tmp_path / "out.ics").read_bytes() == agenda_once("export").raw


def test_file_is_the_only_thing_that_is_left(agenda: Agenda, tmp_path: Path) -> None:
    agenda("export", "--output", "out.ics")
    assert names(tmp_path) == ["out.ics"]


def test_dash_is_standard_output(agenda_once: Agenda) -> None:
    assert agenda_once("export", "-o", "-").raw == agenda_once("export").raw


def test_file_is_replaced_whole(agenda: Agenda, agenda_once: Agenda, tmp_path: Path) -> None:
    (tmp_path / "out.ics").write_bytes(b"BEGIN:VCALENDAR\r\n" + b"x" * 100_000)
    agenda("export", "-o", "out.ics")
    assert (tmp_path / "out.ics").read_bytes() == agenda_once("export").raw


LONG_AGO = 1_000_000_000


@pytest.mark.parametrize("arguments", [("-o", "out/all.ics"), ("--split", "city", "-o", "out")])
def test_file_that_is_the_same_is_left_alone(agenda: Agenda, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Its times and its inode, by which web servers tell whether a file is another one."""
    (tmp_path / "out").mkdir()
    agenda("export", *arguments)
    before = {}
    for path in (tmp_path / "out").iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))
        before[path] = path.stat().st_ino
    assert (agenda("export", *arguments).code, bool(before)) == (0, True)
    assert {path: path.stat().st_ino for path in (tmp_path / "out").iterdir()} == before
    assert {path.stat().st_mtime for path in before} == {LONG_AGO}


def test_file_of_the_same_length_is_replaced(agenda: Agenda, agenda_once: Agenda, tmp_path: Path) -> None:
    whole = agenda_once("export").raw
    (tmp_path / "out.ics").write_bytes(whole.replace(b"STATUS:CONFIRMED", b"STATUS:CANCELLED", 1))
    os.utime(tmp_path / "out.ics", (LONG_AGO, LONG_AGO))
    agenda("export", "-o", "out.ics")
    assert (tmp_path / "out.ics").read_bytes() == whole
    assert (tmp_path / "out.ics").stat().st_mtime > LONG_AGO


@pytest.mark.parametrize("mode", [0o600, 0o755])
def test_file_keeps_its_mode(agenda: Agenda, tmp_path: Path, mode: int) -> None:
    (tmp_path / "out.ics").touch()
    (tmp_path / "out.ics").chmod(mode)
    agenda("export", "gala-dinner", "-o", "out.ics")
    assert stat.S_IMODE((tmp_path / "out.ics").stat().st_mode) == mode


def test_new_file_has_the_usual_mode(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    agenda("export", "gala-dinner", "-o", "out.ics")
    assert (tmp_path / "out.ics").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_symlink_stays_and_what_it_leads_to_is_replaced(agenda: Agenda, agenda_once: Agenda, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file.ics").write_text("BEGIN:VCALENDAR")
    (tmp_path / "out.ics").symlink_to(Path("real") / "file.ics")
    agenda("export", "-o", "out.ics")
    assert (tmp_path / "out.ics").is_symlink()
    assert (tmp_path / "real" / "file.ics").read_bytes() == agenda_once("export").raw


def test_symlink_to_a_file_that_is_not_there_yet_makes_it(agenda: Agenda, agenda_once: Agenda, tmp_path: Path) -> None:
    (tmp_path / "out.ics").symlink_to("later.ics")
    agenda("export", "-o", "out.ics")
    assert (tmp_path / "later.ics").read_bytes() == agenda_once("export").raw


def test_file_with_the_longest_name_that_can_be_is_written(agenda: Agenda, tmp_path: Path) -> None:
    name = "a" * 251 + ".ics"
    run = agenda("export", "gala-dinner", "-o", name)
    assert (run.code, run.err, names(tmp_path)) == (0, "", [name])


def test_dev_null_takes_it(agenda_once: Agenda) -> None:
    run = agenda_once("export", "-o", os.devnull)
    assert (run.code, run.out, run.err, Path(os.devnull).is_file()) == (0, "", "", False)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no /dev/stdout")
def test_dev_stdout_is_standard_output_even_where_that_is_a_pipe(agenda: Agenda, agenda_once: Agenda) -> None:
    run = agenda("export", "-o", "/dev/stdout")
    assert (run.err, run.raw) == ("", agenda_once("export").raw)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_device_that_is_full_is_an_error(agenda_once: Agenda) -> None:
    run = agenda_once("export", "-o", "/dev/full")
    assert (run.code, run.out, run.err.count("\n"), "/dev/full" in run.err) == (1, "", 1, True)


def test_named_pipe_takes_it(agenda_once: Agenda, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        run = agenda_once("export", "gala-dinner", "-o", pipe)
        taken, _ = reader.communicate()
    assert (run.code, run.err, taken) == (0, "", agenda_once("export", "gala-dinner").raw)


def test_folder_is_no_file_and_stays_as_it_is(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    run = agenda("export", "-o", "folder")
    assert (run.code, run.out, run.err.count("\n"), '"folder"' in run.err) == (1, "", 1, True)
    assert (names(tmp_path), names(tmp_path / "folder")) == (["folder"], [])


@pytest.mark.parametrize("name", ["missing/out.ics", "file/out.ics"])
def test_place_that_is_not_there_is_an_error_in_one_line(agenda: Agenda, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("kept")
    run = agenda("export", "-o", name)
    assert (run.code, run.out, run.err.count("\n"), name.partition("/")[0] in run.err) == (1, "", 1, True)
    assert (names(tmp_path), (tmp_path / "file").read_text()) == (["file"], "kept")


def test_empty_name_is_an_error_in_our_words(agenda: Agenda) -> None:
    run = agenda("export", "-o", "")
    assert (run.code, run.out) == (1, "")
    assert run.err == "agenda: the name of the file is empty; name one, or - for standard output\n"


def test_folder_that_is_gone_is_an_error_in_our_words(tmp_path: Path) -> None:
    script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    done = subprocess.run(
        ["sh", "-c", script, "sh", sys.executable, "-m", "agenda", "export", "-o", "out.ics"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n"), "bug" in done.stderr) == (1, "", 1, False)


def test_file_is_kept_where_there_is_no_room_for_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "out.ics").write_text("kept")
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 8 && exec "$@"', "sh", sys.executable, "-m", "agenda", "export", "-o", "out.ics"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n"), '"out.ics"' in done.stderr) == (1, "", 1, True)
    assert (names(tmp_path), (tmp_path / "out.ics").read_text()) == (["out.ics"], "kept")


@pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may write anywhere, and there is no setpriv"
)
def test_file_is_kept_where_its_folder_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "out.ics").write_text("kept")
    folder.chmod(0o555)
    # Root too is held to the mode of the folder once it may not override it.
    held = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    try:
        done = subprocess.run(
            [*held, sys.executable, "-m", "agenda", "export", "-o", "folder/out.ics"],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        folder.chmod(0o755)
    assert (done.returncode, done.stdout, done.stderr.count("\n"), '"folder/out.ics"' in done.stderr) == (
        1,
        "",
        1,
        True,
    )
    assert (names(folder), (folder / "out.ics").read_text()) == (["out.ics"], "kept")
