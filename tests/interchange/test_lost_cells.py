"""Cells of tables that cannot be taken: errors of formulas, ends without a start, rows that are too long or are cut."""

import csv
import io
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from workbooks import Cell, Formula, ods, xlsx

from agenda.interchange.workbooks import read_workbook

Program = Callable[..., Run]
AGENDA = """\
[agenda]
namespace = "a.example"

[venues.hall]
name = "Hall"
rooms = ["Blue"]

[[events]]
id = "talk"
title = "Talk"
venue = "hall"
room = "Blue"
start = 2026-04-13T09:00:00
people = ["Clara Schumann"]
"""
NOW = {"AGENDA_NOW": "2026-04-01T12:00:00Z"}


def as_text(rows: Sequence[Sequence[Cell]]) -> bytes:
    """The rows as a spreadsheet saves them as text: formulas show their errors."""
    text = io.StringIO()
    shown = [[cell.error if isinstance(cell, Formula) else cell for cell in row] for row in rows]
    csv.writer(text).writerows(shown)
    return text.getvalue().encode()


def as_xlsx(rows: Sequence[Sequence[Cell]]) -> bytes:
    return xlsx({"S": rows})


def imported(agenda: Program, table: str | bytes) -> tuple[list[tuple[str, ...]], list[str]]:
    """Title, start, end and room of the events that a table makes, as far as they are known, and what is told of it."""
    run = agenda("import", "-", "--tz", "Europe/Rome", stdin=table)
    assert run.code == 0, run.err
    events = [
        tuple(str(event[key]) for key in ("title", "start", "end", "room") if key in event)
        for event in tomllib.loads(run.out).get("events", [])
    ]
    told = [line.removeprefix("agenda: ") for line in run.err.splitlines()]
    return events, [line for line in told if not line.startswith("columns that were recognised")]


def change(agenda: Program, folder: Path, table: bytes, option: str) -> tuple[Run, str]:
    """What `set --from` or `import --into` tells of a table, and what the agenda is then."""
    target, given_table = folder / "agenda.toml", folder / "table"
    target.write_text(AGENDA)
    given_table.write_bytes(table)
    words = (
        ("set", "--from", given_table, "-d", target) if option == "--from" else ("import", given_table, option, target)
    )
    return agenda(*words, "--keep-revised", env=NOW), target.read_text()


# --- Errors of formulas ---

WRITERS = pytest.mark.parametrize("write", [as_xlsx, ods, as_text])
MEND = "is the error of a formula; mend it in the spreadsheet, or empty the cell"
SAVE = "the file has no value for its formula; open it in a spreadsheet, and save it anew"


@WRITERS
def test_error_is_no_empty_cell(agenda: Program, write: Callable[..., bytes]) -> None:
    rows: list[list[Cell]] = [
        ["Title", "Date", "Time", "Room"],
        ["A", date(2026, 4, 13), time(9), "Blue"],
        ["B", Formula("#REF!"), time(12), Formula("#N/A")],
        ["C", None, time(13), "Red"],
    ]
    events, told = imported(agenda, write(rows))
    assert events == [("A", "2026-04-13 09:00:00", "Blue"), ("B",), ("C", "Red")]
    assert told == [
        "without a day of its own, below one that cannot be read, so it has no date: row 4",
        f'row 3, column "Room" (D): #N/A {MEND}; it is left out',
        f'row 3, column "Date" (B): #REF! {MEND}; it is left out',
    ]


@pytest.mark.parametrize("write", [as_xlsx, ods])
def test_formula_without_a_value_is_no_empty_cell(agenda: Program, write: Callable[..., bytes]) -> None:
    rows: list[list[Cell]] = [["Title", "Date"], ["A", date(2026, 4, 13)], ["B", Formula()]]
    events, told = imported(agenda, write(rows))
    assert (events, told) == ([("A", "2026-04-13"), ("B",)], [f'row 3, column "Date" (B): {SAVE}; it is left out'])


@pytest.mark.parametrize("write", [as_xlsx, ods])
def test_error_that_stands_alone_ends_the_day_above(agenda: Program, write: Callable[..., bytes]) -> None:
    rows: list[list[Cell]] = [
        ["Day", "Time", "Title"],
        [date(2026, 4, 13), None, None],
        [None, time(9), "A"],
        [Formula("#REF!"), None, None],
        [None, time(9), "B"],
    ]
    events, told = imported(agenda, write(rows))
    assert events == [("A", "2026-04-13 09:00:00"), ("B",)]
    assert told[-1] == f"row 4: #REF! {MEND}; the rows below it do not have its day"


@WRITERS
def test_error_changes_nothing_of_an_event(agenda: Program, tmp_path: Path, write: Callable[..., bytes]) -> None:
    rows: list[list[Cell]] = [
        ["id", "Title", "Start", "Room", "People"],
        ["talk", "Talks", Formula("#VALUE!"), Formula("#DIV/0!"), Formula("#NAME?")],
    ]
    run, after = change(agenda, tmp_path, write(rows), "--into")
    assert (run.code, after) == (0, AGENDA.replace('"Talk"', '"Talks"'))
    assert run.err.count(MEND) == 3


@WRITERS
def test_table_with_errors_changes_nothing(agenda: Program, tmp_path: Path, write: Callable[..., bytes]) -> None:
    rows: list[list[Cell]] = [["id", "title", "room", "people"], ["talk", "Talks", Formula("#N/A"), Formula("#REF!")]]
    run, after = change(agenda, tmp_path, write(rows), "--from")
    table = tmp_path / "table"
    told = f'agenda: {table}: row 2, column "room": #N/A {MEND}\n{table}: row 2, column "people": #REF! {MEND}\n'
    assert (run.code, run.err, after) == (2, told, AGENDA)


@pytest.mark.parametrize("write", [as_xlsx, ods])
def test_table_with_a_formula_without_a_value_changes_nothing(
    agenda: Program, tmp_path: Path, write: Callable[..., bytes]
) -> None:
    run, after = change(agenda, tmp_path, write([["id", "room"], ["talk", Formula()]]), "--from")
    assert (run.code, after) == (2, AGENDA)
    assert run.err.endswith(f'row 2, column "room": {SAVE}\n')


ANY_CELL = st.sampled_from(
    [Formula("#N/A"), Formula("#REF!"), Formula(), "text", "<&>\"'", 1.5, date(2026, 4, 13), None]
)


@given(st.lists(st.lists(ANY_CELL, min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from([as_xlsx, ods]))
def test_each_error_stands_at_its_place_and_leaves_other_cells(
    rows: list[list[Cell]], write: Callable[..., bytes]
) -> None:
    first: list[Cell] = ["Title"] * 4
    (sheet,) = read_workbook(write([first, *rows]), "table", None).sheets
    for row, cells in zip(rows, sheet.rows[1:], strict=False):
        shown = [(cell.error or "#NO-VALUE!") if isinstance(cell, Formula) else cell for cell in row]
        assert [str(cell) for cell in cells] == [str(cell) for cell in [*shown, *[None] * (4 - len(row))]]


# --- Ends without a start, and ends at midnight ---


@pytest.mark.parametrize("write", [as_xlsx, ods])
def test_day_of_a_spreadsheet_is_its_midnight_beside_a_time(agenda: Program, write: Callable[..., bytes]) -> None:
    rows: list[list[Cell]] = [
        ["Title", "Start", "End"],
        ["Setup", datetime(2026, 4, 13), datetime(2026, 4, 13, 12)],  # noqa: DTZ001
        ["Gala", datetime(2026, 4, 13, 21, 36), datetime(2026, 4, 14)],  # noqa: DTZ001
    ]
    events, told = imported(agenda, write(rows))
    assert events == [
        ("Setup", "2026-04-13 00:00:00", "2026-04-13 12:00:00"),
        ("Gala", "2026-04-13 21:36:00", "2026-04-14 00:00:00"),
    ]
    if write is as_xlsx:  # LibreOffice tells a midnight from a day
        what = "a day was taken for the midnight with which it begins, since the row has a time besides it"
        assert told == [f"{what}: 2026-04-13 (row 2), 2026-04-14 (row 3)"]


def test_midnights_go_back_as_they_are(agenda: Program, tmp_path: Path) -> None:
    path, table = tmp_path / "night.toml", tmp_path / "night.xlsx"
    path.write_text('[[events]]\nid = "a"\ntitle = "A"\nstart = 2026-04-13T21:00:00\nend = 2026-04-14T00:00:00\n')
    start, end = datetime(2026, 4, 13, 21), datetime(2026, 4, 14)  # noqa: DTZ001
    table.write_bytes(as_xlsx([["id", "start", "end"], ["a", start, end]]))
    run = agenda("set", "--from", table, "-d", path, "--dry-run")
    assert (run.code, run.out) == (0, "")


@pytest.mark.parametrize("end", [date(1899, 12, 31), "PT24H00M00S"], ids=["1 as a day", "as LibreOffice writes it"])
def test_end_of_the_day_is_a_time_of_a_spreadsheet(agenda: Program, end: date | str) -> None:
    workbook = as_xlsx([["Title", "Date", "Start", "End"], ["Gala", date(2026, 4, 13), time(21), end]])
    assert imported(agenda, workbook) == ([("Gala", "2026-04-13 21:00:00", "2026-04-14 00:00:00")], [])


@pytest.mark.parametrize(
    ("row", "event", "why"),
    [
        ("2026-04-13,2026-04-13 11:00,", ("2026-04-13",), "its end has a time, and its start has no time"),
        ("2026-04-13,2026-04-15 18:00,", ("2026-04-13", "2026-04-15"), "its end has a time, and its start has no time"),
        ("2026-04-13,18:00,", ("2026-04-13",), "its end has a time, and its start has no time"),
        (",2026-04-13 18:00,", (), "its end has a time, and its start has no day"),
        (",2026-04-13,", (), "it has a last day, and no first one"),
        (",18:00,", (), "its end has a time, and its start has no day"),
        ("2026-04-13,,90", ("2026-04-13",), "it has a length, and its start has no time"),
    ],
)
def test_end_without_a_start_is_told(agenda: Program, row: str, event: tuple[str, ...], why: str) -> None:
    events, told = imported(agenda, f"Title,Start,End,Duration\nX,{row}\n")
    assert (events, told) == ([("X", *event)], [f"row 2: {why}; it is left out"])


def test_end_without_a_start_changes_nothing(agenda: Program, tmp_path: Path) -> None:
    run, after = change(agenda, tmp_path, b"id,title,start,end\ntalk,Talk,2026-04-13,2026-04-13 11:00\n", "--into")
    assert (run.code, after) == (0, AGENDA)
    assert "row 2: its end has a time, and its start has no time; it is left out" in run.err


# --- Rows with other cells than the headings ---


@pytest.mark.parametrize(("separator", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")])
def test_cells_without_a_heading_are_told(agenda: Program, separator: str, name: str) -> None:
    rows = ["Title,Date,Time,Room", "A,2026-04-13,10:00,Blue,extra,cells", "B,2026-04-14,10:00,Red,,"]
    events, told = imported(agenda, "\n".join(rows).replace(",", separator))
    assert events == [("A", "2026-04-13 10:00:00", "Blue"), ("B", "2026-04-14 10:00:00", "Red")]
    right = f"quotation marks go around a text with {name}"
    assert told == [f'left out, since no heading is above; {right}: "extra", "cells" (row 2)']


@pytest.mark.parametrize("write", [as_xlsx, ods])
@pytest.mark.parametrize("heading", [None, 7.0, Formula("#REF!"), Formula()])
def test_cells_of_a_workbook_without_a_heading_are_told(
    agenda: Program, write: Callable[..., bytes], heading: Cell
) -> None:
    rows: list[list[Cell]] = [["Title", heading, "Room"], ["A", "at noon", "Blue"]]
    events, told = imported(agenda, write(rows))
    assert (events, told) == ([("A", "Blue")], ['left out, since no heading is above: "at noon" (row 2)'])


@pytest.mark.parametrize("write", [as_xlsx, ods, as_text])
def test_cell_without_a_heading_changes_nothing(agenda: Program, tmp_path: Path, write: Callable[..., bytes]) -> None:
    run, after = change(agenda, tmp_path, write([["id", None, "title"], ["talk", "noon", "Talks"]]), "--from")
    assert (run.code, after) == (2, AGENDA)
    assert run.err.endswith('row 2: no heading is above its cell "noon"; write one, or empty the cell\n')


# --- Files that end within a row ---

CUT = "it has 2 of 4 cells, and the file ends in it, so it may be cut; get the file anew"


def test_row_that_may_be_cut_is_told(agenda: Program) -> None:
    _, told = imported(agenda, "Title,Date,Time,Room\nA,2026-04-13,10:00,Blue\nB,2026-04-1")
    assert told == [f"row 3: {CUT}"]


@pytest.mark.parametrize(
    "table",
    [
        "Title,Date,Time,Room\nA,2026-04-13,10:00,Blue\nB,2026-04-13\n",
        "Title,Date,Time,Room\nA,2026-04-13\nB,2026-04-13",
        "Title,Date,Time,Room\nA,2026-04-13,10:00,Blue",
    ],
    ids=["its line ends", "others are as short", "it is whole"],
)
def test_row_that_is_not_cut_is_not_told(agenda: Program, table: str) -> None:
    assert imported(agenda, table)[1] == []


def test_row_that_may_be_cut_changes_nothing_by_what_it_lacks(agenda: Program, tmp_path: Path) -> None:
    run, after = change(agenda, tmp_path, b"id,start,room,people\ntalk,2026-04-1", "--from")
    assert (run.code, after) == (2, AGENDA)
    assert run.err.endswith(
        "it has 2 cells for 4 headings; get the file anew if it is cut, or add the cells that lack\n"
    )
    run, after = change(agenda, tmp_path, b"title,start,room,people\nTalk,2026-04-1", "--into")
    assert (run.code, after) == (0, AGENDA)
    assert f"row 2: {CUT}" in run.err
