"""Rows of tables whose day, people or room is not known: they never have those of other rows."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from conftest import Run
from workbooks import Cell, ods, xlsx

Program = Callable[..., Run]
HEAD = "Title,Date,Time\nKeynote,13/04/2026,9:00\n"
PUBLISHED = '[[events]]\nid = "talk"\ntitle = "Talk"\nstart = 2026-04-15T10:00:00\n'
SECTIONS: list[list[Cell]] = [["Title", "Date", "Time"], ["Monday 13 April 2026"], ["A", None, time(9)]]


def starts(agenda: Program, table: str | bytes) -> dict[str, str]:
    """The starts of the events that a table makes, by their titles."""
    imported = agenda("import", "-", stdin=table)
    assert imported.code == 0, imported.err
    listed = agenda("list", "-d", "-", "-f", "tsv", "--fields", "title,start", stdin=imported.out)
    return dict(line.split("\t") for line in listed.lines)


def told(agenda: Program, table: str | bytes, *options: str | Path) -> list[str]:
    """What is told of a table besides its columns and its time zone."""
    lines = agenda("import", "-", *options, stdin=table).err.splitlines()
    return [
        line.removeprefix("agenda: ")
        for line in lines
        if line.startswith("agenda: ") and "columns that were" not in line and "--tz" not in line
    ]


PLACEHOLDERS = ["TBD", "tba.", "T.B.C.", "?", "-", "–", "(tbd)", "n/a", "N.D.", "N.N.", "to be announced"]
PLACEHOLDERS += ["da definire", "Data da definire", "da confermarsi", "non ancora definito", "未定"]


@pytest.mark.parametrize("cell", PLACEHOLDERS)
def test_day_to_be_announced_is_not_that_of_the_row_above(agenda: Program, cell: str) -> None:
    table = f"{HEAD}Talk,{cell},10:00\n"
    assert starts(agenda, table)["Talk"] == "tba"
    assert told(agenda, table) == [
        f'its day is to be announced, so it has no date, and its time is left out: "{cell}" (row 3)'
    ]


def test_row_below_a_day_to_be_announced_has_none_either(agenda: Program) -> None:
    table = f"{HEAD}Talk,TBD,\nQuestions,,11:00\nDinner,14/04/2026,20:00\n"
    assert starts(agenda, table) == {
        "Keynote": "2026-04-13T09:00:00",
        "Talk": "tba",
        "Questions": "tba",
        "Dinner": "2026-04-14T20:00:00",
    }
    assert "without a day of its own, below one that is to be announced, so it has no date: row 4" in told(
        agenda, table
    )


def test_time_to_be_announced_leaves_the_day(agenda: Program) -> None:
    table = f"{HEAD}Talk,14/04/2026,TBC\n"
    assert starts(agenda, table)["Talk"] == "2026-04-14"
    assert told(agenda, table) == ['left out of column "Time" (C), since it is not known yet: "TBC" (row 3)']


def test_event_whose_day_is_to_be_announced_is_not_moved(agenda: Program, file: Callable[..., Path]) -> None:
    target = file(PUBLISHED)
    remarks = told(agenda, f"{HEAD}Talk,TBD,10:00\n", "--into", target)
    assert any(remark.startswith("its day is to be announced") for remark in remarks)
    assert "start" not in target.read_text().partition('title = "Talk"')[2]


def test_row_below_a_day_that_cannot_be_read_has_none(agenda: Program) -> None:
    table = f"{HEAD}A,31/04/2026,10:00\nB,,11:00\nC,14/04/2026,9:00\nD,,10:00\n"
    assert starts(agenda, table) == {
        "Keynote": "2026-04-13T09:00:00",
        "C": "2026-04-14T09:00:00",
        "D": "2026-04-14T10:00:00",
        "A": "tba",
        "B": "tba",
    }
    assert "without a day of its own, below one that cannot be read, so it has no date: row 4" in told(agenda, table)


def test_event_below_a_day_that_cannot_be_read_stays_where_it_is(agenda: Program, file: Callable[..., Path]) -> None:
    target = file(PUBLISHED)
    told(agenda, f"{HEAD}A,31/04/2026,10:00\nTalk,,11:00\n", "--into", target)
    assert "start = 2026-04-15T10:00:00" in target.read_text()


@pytest.mark.parametrize(
    "heading",
    [
        "Wednesday 15 Aprl 2026",
        "mercoledi 15 aprl",
        "Wensday 15 Apr 2026",
        "31 April 2026",
        "31/04/2026",
        "15 Aprl 2026",
        "Day 2",
        "Giorno 2 – Laboratori",
        "Giovedì",
        "14-15 April 2026",
        "4月31日",
    ],
)
def test_heading_that_is_no_day_ends_the_day_above_it(agenda: Program, heading: str) -> None:
    rows: list[list[Cell]] = [*SECTIONS, [heading], ["B", None, time(10)], ["C"]]
    table = "\n".join(",".join(str("" if cell is None else cell) for cell in [*row, None, None][:3]) for row in rows)
    for content in (table, xlsx({"S": rows}), ods(rows)):
        assert starts(agenda, content) == {"A": "2026-04-13T09:00:00", "B": "tba", "C": "tba"}
        _, below, wrong = told(agenda, content)
        assert below == "without a day of its own, below one that cannot be read, so it has no date: row 5, row 6"
        assert wrong.startswith(f'row 4: "{heading}" ')
        assert wrong.endswith("; the rows below it do not have its day")


@pytest.mark.parametrize("title", ["Lunch", "Gala 2026", "Open Day 2026", "March for Science 2026", "TBD", "9:00"])
def test_title_that_stands_alone_is_an_event_of_the_day_above(agenda: Program, title: str) -> None:
    table = f"Title,Date,Time\nMonday 13 April 2026,,\n{title},,\nB,,10:00\n"
    assert starts(agenda, table) == {title: "2026-04-13", "B": "2026-04-13T10:00:00"}


def test_heading_to_be_announced_ends_the_day_above_it(agenda: Program) -> None:
    table = "Title,Date,Time\nMonday 13 April 2026,,\nA,,9:00\nDate to be announced,,\nB,,10:00\n"
    assert starts(agenda, table) == {"A": "2026-04-13T09:00:00", "B": "tba"}
    assert "the day of the rows below it is to be announced: row 4" in told(agenda, table)


def test_heading_with_a_time_is_the_day_of_the_rows_below(agenda: Program) -> None:
    table = "Title,Date,Time\nMonday 13 April 2026,,\nA,,9:00\nTuesday 14 April 2026 9:00-18:00,,\nB,,10:00\n"
    assert starts(agenda, table) == {"A": "2026-04-13T09:00:00", "B": "2026-04-14T10:00:00"}


def test_row_with_neither_day_nor_time_has_no_date_unless_its_day_is_merged(agenda: Program) -> None:
    rows: list[list[Cell]] = [["Title", "Date", "Time", "Room"], ["A", date(2026, 4, 13), time(9), "r"]]
    rows += [["Break", None, None, "r"], ["B", None, time(10), "r"]]
    apart, merged = xlsx({"S": rows}), xlsx({"S": rows}, merged="B2:B4")
    assert starts(agenda, apart)["Break"] == "tba"
    assert "with neither a day nor a time, so it has no date: row 3" in told(agenda, apart)
    assert starts(agenda, merged)["Break"] == "2026-04-13"
    assert told(agenda, merged) == []


def test_rows_of_a_merged_day_that_cannot_be_read_have_no_date(agenda: Program) -> None:
    rows: list[list[Cell]] = [["Title", "Date", "Time"], ["A", date(2026, 4, 13), time(9)]]
    rows += [["B", "31/04/2026", time(9)], ["C", None, time(10)], ["D", None, None]]
    assert starts(agenda, xlsx({"S": rows}, merged="B3:B5")) == {
        "A": "2026-04-13T09:00:00",
        "B": "tba",
        "C": "tba",
        "D": "tba",
    }


@pytest.mark.parametrize(
    "cell", [*PLACEHOLDERS, "TBD / TBD", '"TBD, TBD"', "Speaker TBC", "Sala da definire", "Aula N.D."]
)
def test_placeholder_is_neither_a_person_nor_a_place(agenda: Program, cell: str) -> None:
    table = "Title,Room,Venue,Speakers,Moderator,Topic\nA" + f",{cell}" * 5 + "\n"
    imported = agenda("import", "-", stdin=table).out
    assert not any(key in imported for key in ("room", "venue", "people", "topics")), imported


def test_placeholders_are_told_once_for_a_column(agenda: Program) -> None:
    table = 'Title,Room,Speakers\nA,TBD,"Anna Rossi; N.N."\nB,?,TBA\nC,Blue,-\nD,-,?\nE,TBD,Luca Bianchi (TBC)\n'
    assert told(agenda, table) == [
        'left out of column "Room" (B), since it is not known yet: "TBD" (row 2), "?" (row 3), "-" (row 5) and 1 more',
        (
            'left out of column "Speakers" (C), since it is not known yet: "N.N." (row 2), "TBA" (row 3), "-" (row 4)'
            " and 1 more"
        ),
    ]
    assert 'people = [{ name = "Luca Bianchi", role = "TBC" }]' in agenda("import", "-", stdin=table).out


def test_roles_are_those_of_the_people_beside_a_placeholder(agenda: Program) -> None:
    imported = agenda("import", "-", stdin="Title\tSpeaker\tRole\nTalk\tTBD; Anna Rossi\tchair; guest\n").out
    assert 'people = [{ name = "Anna Rossi", role = "guest" }]' in imported


def test_what_is_written_out_may_say_that_it_is_not_known(agenda: Program) -> None:
    imported = agenda("import", "-", stdin="Title,Date note,Status\nTBD,da definire,tbc\n").out
    assert 'title = "TBD"' in imported
    assert 'date_note = "da definire"' in imported
    assert 'status = "tentative"' in imported


UNNAMED = """\
[agenda]
timezone = "Europe/Rome"
namespace = "unnamed.example"

[[events]]
id = "tbd"
title = "Talk"
start = 2026-04-13T09:00:00
city = "ND"
topics = ["NN"]
people = ["N.N."]
description = "Unknown"

[[events]]
id = "later"
title = "Later"
"""


def test_placeholders_that_agenda_wrote_itself_come_back(agenda: Program, file: Callable[..., Path]) -> None:
    target = file(UNNAMED)
    table = agenda("list", "--format", "csv", "--data", target).out
    run = agenda("import", "-", "--into", target, stdin=table)
    assert run.err.startswith("agenda: nothing changed"), run.err
    assert target.read_text() == UNNAMED


def test_id_may_be_a_word_that_holds_a_place_elsewhere(agenda: Program) -> None:
    assert 'id = "tbd"' in agenda("import", "-", stdin="Id,Title,Speakers\ntbd,Talk,Ada\n").out


KNOWN = f"""\
{PUBLISHED}room = "Blue"
topics = ["music"]
people = [{{ name = "Ada", role = "chair" }}]
description = "All of it."

[people]
Ada = {{}}
Luca = {{}}
"""


def test_placeholder_takes_away_nothing_that_the_agenda_has(agenda: Program, file: Callable[..., Path]) -> None:
    target = file(KNOWN)
    table = "Title,Room,Topics,Speakers,Role,Description\nTalk,TBD,n/a,TBD,TBC,Unknown\n"
    run = agenda("import", "-", "--into", target, stdin=table)
    assert "agenda: nothing changed" in run.err, run.err
    assert target.read_text().endswith(KNOWN)


def test_names_beside_a_placeholder_are_those_of_the_event(agenda: Program, file: Callable[..., Path]) -> None:
    target = file(KNOWN)
    assert agenda("import", "-", "--into", target, stdin="Title,Speaker 1,Speaker 2\nTalk,Luca,-\n").code == 0
    assert 'people = ["Luca"]' in target.read_text()
