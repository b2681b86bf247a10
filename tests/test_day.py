"""`agenda day`: the programme of a day by the hour, with a column for each room or city."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ESCAPES, ROOT, Run, Screen
from rich.cells import cell_len

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]

CONFERENCE = ROOT / "examples" / "conference.toml"
HEAD = '[agenda]\ntimezone = "Europe/Rome"\n[cities.Torino]\n[cities.Osaka]\ntimezone = "Asia/Tokyo"\n'
CLOCKS = re.compile(r"^(\d\d:\d\d)", re.MULTILINE)


def event(title: str, start: str, end: str = "", more: str = "") -> str:
    """An event of an agenda file."""
    ends = f"end = {end}\n" if end else ""
    return f'[[events]]\nid = "e{sum(map(ord, title))}"\ntitle = "{title}"\nstart = {start}\n{ends}{more}\n'


def at(title: str, hours: str, more: str = "", day: str = "2027-03-01") -> str:
    """An event in Torino from an hour to another, as in `09:00-10:30`."""
    start, end = hours.split("-")
    return event(title, f"{day}T{start}:00", f"{day}T{end}:00" if end else "", f'city = "Torino"\n{more}')


def row_of(lines: list[str], text: str) -> int:
    """The number of the only line that has that text."""
    (row,) = [number for number, line in enumerate(lines) if text in line]
    return row


def column_of(lines: list[str], text: str) -> int:
    """Where the text begins in the only line that has it."""
    return lines[row_of(lines, text)].index(text)


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, columns: int) -> None:
    screen = terminal("day", "--quiet", "--from", "2027-04-08", "--data", CONFERENCE, columns=columns)
    assert max(map(cell_len, screen.lines)) <= columns


def test_every_event_of_the_day_is_drawn_once(agenda_once: Agenda) -> None:
    titles = agenda_once("list", "--on", "2027-04-08", "--fields", "title", "--data", CONFERENCE).lines[1:]
    drawn = " ".join(
        re.sub("[^\\w ]", " ", agenda_once("day", "2027-04-08", "--data", CONFERENCE, env=WIDE).out).split()
    )
    counts = [drawn.count(" ".join(re.sub("[^\\w ]", " ", title).split())) for title in titles]
    assert (len(titles) > 15, set(counts)) == (True, {1})


WIDE = {"COLUMNS": "200"}


def test_block_is_as_high_as_its_event_is_long(agenda: Agenda, file: File) -> None:
    data = file(HEAD + at("Short", "09:00-09:30") + at("Long", "09:30-11:00"))
    lines = agenda("day", "--step", "10", "--data", data).lines
    short, long = row_of(lines, "Short"), row_of(lines, "Long")
    assert (long - short, len(lines) - long) == (3, 9)


@pytest.mark.parametrize(
    ("elsewhere", "heading"),
    [(0, "Monday 1 March 2027  Torino"), (1, "Monday 1 March 2027  Torino"), (2, "Monday 1 March 2027")],
)
def test_heading_has_the_place_of_nearly_all_events(agenda: Agenda, file: File, elsewhere: int, heading: str) -> None:
    here = "".join(at(f"T{number}", f"1{number}:00-1{number}:30") for number in range(3))
    there = "".join(
        event(f"O{number}", f"2027-03-01T1{number}:00:00+01:00", more='city = "Osaka"') for number in range(elsewhere)
    )
    assert agenda("day", "--data", file(HEAD + here + there)).lines[0] == heading


def test_rooms_stand_in_the_order_of_their_venue(agenda: Agenda, file: File) -> None:
    rooms = '[venues.hall]\nname = "Hall"\ncity = "Torino"\nrooms = ["Zeta", "Alpha", "Empty"]\n'
    data = file(
        HEAD
        + rooms
        + at("One", "09:00-10:00", 'venue = "hall"\nroom = "Alpha"')
        + at("Two", "10:00-11:00", 'venue = "hall"\nroom = "Zeta"')
    )
    lines = agenda("day", "--data", data).lines
    heading = next(line.split() for line in lines if "Alpha" in line)
    assert heading == ["Zeta", "Alpha"]
    assert column_of(lines, "One") > column_of(lines, "Two")


def test_break_without_a_room_goes_across_all_columns(agenda: Agenda, file: File) -> None:
    data = file(
        HEAD
        + at("A", "09:00-10:00", 'room = "Blue"')
        + at("Coffee", "10:00-10:30")
        + at("C", "10:30-11:00", 'room = "Red"')
    )
    lines = agenda("day", "--data", data).lines
    assert cell_len(lines[row_of(lines, "Coffee")]) == 80
    assert "No room" not in "".join(lines)


def test_break_goes_across_the_columns_of_its_city(agenda: Agenda, file: File) -> None:
    venues = '[venues.hall]\nname = "Hall"\ncity = "Torino"\nrooms = ["A", "B"]\n'
    venues += '[venues.lab]\nname = "Lab"\ncity = "Osaka"\nrooms = ["C"]\n'
    rooms = [("One", "hall", "A"), ("Two", "hall", "B"), ("Three", "lab", "C")]
    talks = [
        event(title, "2027-03-01T09:00:00", "2027-03-01T10:00:00", f'venue = "{v}"\nroom = "{r}"')
        for title, v, r in rooms
    ]
    coffee = event("Coffee", "2027-03-01T10:00:00", "2027-03-01T11:00:00", 'city = "Torino"')
    visit = event("Visit", "2027-03-01T10:00:00", "2027-03-01T11:00:00", 'venue = "lab"\nroom = "C"')
    lines = agenda("day", "--data", file(HEAD + venues + "".join(talks) + coffee + visit)).lines
    assert row_of(lines, "Coffee") == row_of(lines, "Visit")
    assert column_of(lines, "Coffee") < column_of(lines, "Two") < column_of(lines, "Visit")


def test_event_without_a_room_beside_others_has_a_column(agenda: Agenda, file: File) -> None:
    data = file(HEAD + at("Talk", "09:00-10:00", 'room = "Blue"') + at("Meeting", "09:30-10:30"))
    lines = agenda("day", "--data", data).lines
    assert row_of(lines, "No room") == row_of(lines, "Blue")
    assert column_of(lines, "Meeting") != column_of(lines, "Talk")


def test_overlaps_within_a_room_stand_side_by_side(agenda: Agenda, file: File) -> None:
    data = file(
        HEAD
        + at("Poster", "09:00-11:00", 'room = "Foyer"')
        + at("Other", "10:00-11:00", 'room = "Foyer"')
        + at("Talk", "11:00-12:00", 'room = "Foyer"')
    )
    lines = agenda("day", "--data", data).lines
    assert column_of(lines, "Other") > column_of(lines, "Poster") + 18
    assert cell_len(lines[row_of(lines, "Talk")]) == 80


def test_events_of_five_minutes_that_follow_each_other_are_not_side_by_side(terminal: Terminal, tmp_path: Path) -> None:
    talks = [at(f"Talk{number}", f"09:{number * 5:02}-09:{number * 5 + 5:02}") for number in range(11)]
    path = tmp_path / "talks.toml"
    path.write_text(HEAD + "".join(talks) + at("Late", "10:00-23:00"))
    lines = terminal("day", "--data", path).lines
    assert len({column_of(lines, f"Talk{number} ") for number in range(11)}) == 1


def test_day_fits_the_screen(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "day.toml"
    path.write_text(HEAD + "".join(at(f"Talk{hour}", f"{hour:02}:00-{hour + 1:02}:00") for hour in range(9, 23)))
    assert len(terminal("day", "--data", path).lines) <= 24  # the terminal of the tests has as many


def test_gaps_between_events_are_folded(agenda: Agenda, file: File) -> None:
    data = file(HEAD + at("Early", "08:00-09:00") + at("Late", "20:00-21:00"))
    lines = agenda("day", "--step", "30", "--data", data).lines
    assert row_of(lines, "Late") - row_of(lines, "Early") == 3
    assert "12:00" not in "".join(lines)


def test_columns_without_room_are_drawn_below(agenda: Agenda, file: File) -> None:
    talks = [at(f"Talk{number}", "09:00-10:00", f'room = "Room {number}"') for number in range(7)]
    lines = agenda("day", "--data", file(HEAD + "".join(talks))).lines
    rows = [row_of(lines, f"Room {number}") for number in range(7)]
    assert (rows == sorted(rows), len(set(rows))) == (True, 3)
    assert all(cell_len(line) <= 80 for line in lines)


def test_room_with_more_at_once_than_fits_goes_on_below(agenda: Agenda, file: File) -> None:
    talks = [at(f"Talk{number}", "09:00-10:00", 'room = "Hall"') for number in range(7)]
    lines = agenda("day", "--data", file(HEAD + "".join(talks))).lines
    assert sum("Hall" in line for line in lines) == 3
    assert [number for number in range(7) if f"Talk{number}" not in "".join(lines)] == []


def test_rooms_of_one_name_are_told_apart(agenda: Agenda, file: File) -> None:
    venues = '[venues.a]\nname = "Castle"\ncity = "Torino"\n[venues.b]\nname = "Palace"\ncity = "Torino"\n'
    talks = at("One", "09:00-10:00", 'venue = "a"\nroom = "Hall"') + at(
        "Two", "09:00-10:00", 'venue = "b"\nroom = "Hall"'
    )
    out = agenda("day", "--data", file(HEAD + venues + talks)).out
    assert ("Hall, Castle" in out, "Hall, Palace" in out) == (True, True)


def test_whole_days_stand_above_and_spans_below(agenda: Agenda, file: File) -> None:
    data = file(
        HEAD
        + event("Fair", "2027-02-28", "2027-03-03")
        + at("Talk", "09:00-10:00")
        + '[[events]]\nid = "maybe"\ntitle = "Maybe"\nbetween = [2027-03-01, 2027-03-02]\n'
        + '[[events]]\nid = "some-day"\ntitle = "Some day"\n'
    )
    lines = agenda("day", "--data", data).lines
    assert row_of(lines, "Fair") < row_of(lines, "Talk") < row_of(lines, "Maybe") < row_of(lines, "Some day")


def test_what_has_no_date_is_not_drawn_on_a_day_that_is_asked_for(agenda: Agenda, file: File) -> None:
    data = file(HEAD + at("Talk", "09:00-10:00") + '[[events]]\nid = "later"\ntitle = "Later"\n')
    run = agenda("day", "2027-03-01", "--verbose", "--data", data)
    assert ("Later" in run.out, "1 event has no date yet" in run.err) == (False, True)


@pytest.mark.parametrize(
    ("now", "day"), [("2027-03-01", "1 March"), ("2027-03-02", "3 March"), ("2028-01-01", "1 March")]
)
def test_day_is_today_or_the_next_with_times_or_the_first(agenda: Agenda, file: File, now: str, day: str) -> None:
    events = event("Fair", "2027-03-02") + at("One", "09:00-10:00") + at("Three", "09:00-10:00", day="2027-03-03")
    assert day in agenda("day", "--data", file(HEAD + events), env={"AGENDA_NOW": now}).lines[0]


def test_event_over_midnight_is_on_both_days_up_to_midnight(agenda: Agenda, file: File) -> None:
    data = file(HEAD + event("Party", "2027-03-01T22:00:00", "2027-03-02T02:00:00"))
    out = agenda("day", "--step", "60", "--from", "2027-03-01", "--data", data).out
    evening, night = out.split("\n\nTuesday")
    assert CLOCKS.findall(evening) == ["22:00", "23:00"]
    assert CLOCKS.findall(night) == ["00:00", "01:00"]
    assert ("22:00–2 Mar 02:00 Party" in evening, "until 02:00 Party" in night) == (True, True)


def test_hour_that_clocks_leave_out_has_no_row(agenda: Agenda, file: File) -> None:
    data = file(HEAD + at("Night", "01:00-04:00", day="2027-03-28"))
    assert CLOCKS.findall(agenda("day", "--step", "30", "--data", data).out) == ["01:00", "03:00"]


def test_hour_that_clocks_have_twice_has_its_rows_twice(agenda: Agenda, file: File) -> None:
    data = file(HEAD + at("Night", "01:00-04:00", day="2027-10-31"))
    assert CLOCKS.findall(agenda("day", "--step", "30", "--data", data).out) == ["01:00", "02:00", "02:00", "03:00"]


TWO_ZONES = HEAD + (
    event("Here", "2027-03-01T09:00:00", "2027-03-01T10:00:00", 'city = "Torino"')
    + event("There", "2027-03-01T09:30:00", "2027-03-01T10:00:00", 'city = "Osaka"')
)


def test_times_of_two_zones_are_those_of_the_clocks_there(agenda: Agenda, file: File) -> None:
    lines = agenda("day", "--step", "30", "--data", file(TWO_ZONES)).lines
    assert row_of(lines, "There") == row_of(lines, "Here") + 1


def test_times_of_two_zones_are_told_by_one_that_is_asked_for(agenda: Agenda, file: File) -> None:
    lines = agenda("day", "--tz", "Europe/Rome", "--data", file(TWO_ZONES)).lines
    assert row_of(lines, "01:30 There") < row_of(lines, "09:00 Here")


def test_japanese_titles_keep_their_columns(agenda: Agenda, file: File) -> None:
    data = file(
        HEAD
        + at("万国博覧会の見学と講演会のご案内", "09:00-10:00", 'room = "A"')
        + at("Talk", "09:00-10:00", 'room = "B"')
    )
    lines = agenda("day", "--data", data).lines
    row = lines[row_of(lines, "Talk")]
    assert cell_len(row[: row.index("09:00 Talk")]) == cell_len(lines[row_of(lines, "A  ")].split("B")[0]) + 2


def test_speakers_and_doubts_are_told_in_the_block(agenda: Agenda, file: File) -> None:
    data = file(HEAD + at("Talk", "09:00-11:00", 'people = ["Ada Lovelace"]\nstatus = "tentative"'))
    lines = agenda("day", "--data", data).lines
    assert row_of(lines, "Ada Lovelace") == row_of(lines, "09:00 Tentative: Talk") + 1


@pytest.mark.parametrize(
    ("by", "headings"),
    [("cities", ["Torino", "Osaka"]), ("venue", ["Hall"]), ("topic", ["No", "topic", "maths"])],
)
def test_columns_are_of_what_is_asked_for(agenda: Agenda, file: File, by: str, headings: list[str]) -> None:
    more = 'city = "Torino"\nvenue = "hall"\ntopics = ["maths"]'
    data = file(
        HEAD
        + '[venues.hall]\nname = "Hall"\ncity = "Torino"\n[topics.maths]\n'
        + event("One", "2027-03-01T09:00:00", "2027-03-01T10:00:00", more)
        + event("Two", "2027-03-01T11:00:00", "2027-03-01T12:00:00", 'city = "Osaka"')
    )
    shown = agenda("day", by, "--data", data).lines[2]
    assert [shown.split()] == [headings]


def test_narrow_screen_gets_a_list_by_the_hour(agenda_once: Agenda) -> None:
    lines = agenda_once("day", "2027-04-08", "--data", CONFERENCE, env={"COLUMNS": "40"}).lines
    hours = [line for line in lines if re.fullmatch(r"\d\d:00", line)]
    assert hours == ["08:00", "09:00", "10:00", "11:00", "12:00", "14:00", "15:00", "16:00", "17:00", "19:00"]
    assert "    Ada Lovelace" in lines[row_of(lines, "09:45–10:45  Notes on the Engine") :][:2]


def test_days_after_those_that_are_drawn_at_once_are_told(agenda: Agenda, file: File) -> None:
    data = file(HEAD + event("Fair", "2027-01-01", "2027-03-31"))
    run = agenda("day", "--from", "2027-01-01", "--data", data)
    assert sum("day " in line for line in run.lines) == 31
    assert "only 31 days are drawn; `--from 2027-02-01` shows those that follow" in run.err


def test_nothing_is_drawn_where_nothing_matches(agenda: Agenda, file: File) -> None:
    run = agenda("day", "2027-03-02", "--verbose", "--data", file(HEAD + at("Talk", "09:00-10:00")))
    assert (run.code, run.out, run.err != "") == (0, "", True)


def test_colours_tell_nothing_that_is_not_told_without(terminal: Terminal) -> None:
    plain = terminal("day", "--data", CONFERENCE, env={"NO_COLOR": "1"})
    coloured = terminal("day", "--data", CONFERENCE)
    assert (ESCAPES.sub("", coloured.raw), "38;5" in coloured.raw) == (plain.seen, True)


def test_signs_have_others_in_ascii(agenda: Agenda, file: File) -> None:
    data = file(HEAD + at("Long", "09:00-10:00") + at("Short", "10:00-10:10") + event("Open", "2027-03-01T22:00:00"))
    run = ("day", "--step", "10", "--data", data)
    own, ascii_only = agenda(*run).out, agenda(*run, env={"PYTHONIOENCODING": "ascii"}).out
    assert [sign for sign in "┏┃┗╺╏━┊" if sign not in own] == []
    assert ("?" in ascii_only, len(ascii_only)) == (False, len(own))
