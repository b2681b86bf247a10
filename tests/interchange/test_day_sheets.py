"""Programmes of several days whose days stand above the headings, or are the names of the sheets of a workbook."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from conftest import Run
from workbooks import Cell, xlsx

Program = Callable[..., Run]

HEADINGS: list[Cell] = ["Time", "Title", "Room"]
OPENING: list[Cell] = ["9:00", "Opening", "Blue"]
CLOSING: list[Cell] = ["17:00", "Closing", "Red"]


def entries(run: Run) -> list[str]:
    """The titles and the starts of the events in an agenda that was written."""
    assert run.code == 0, run.err
    keys = ("title = ", "start = ")
    return [line for line in run.out.partition("[[events]]")[2].splitlines() if line.startswith(keys)]


@pytest.mark.parametrize(
    "names",
    [
        ("Fri 6 March 2026", "Sat 7 March 2026"),
        ("venerdì 6 marzo 2026", "sabato 7 marzo 2026"),
        ("2026-03-06", "2026-03-07"),
        ("06.03.2026", "13.03.2026"),
    ],
)
def test_sheet_for_each_day_is_read_as_one_programme(agenda: Program, names: tuple[str, str]) -> None:
    workbook = xlsx({names[0]: [HEADINGS, OPENING], names[1]: [HEADINGS, CLOSING], "Notes": [["Buy pens"]]})
    run = agenda("import", "-", stdin=workbook)
    second = "13" if "13" in names[1] else "07"
    assert entries(run) == [
        'title = "Opening"',
        "start = 2026-03-06T09:00:00",
        'title = "Closing"',
        f"start = 2026-03-{second}T17:00:00",
    ]
    assert f'the day of the rows below it: 2026-03-06 (the sheet "{names[0]}"), ' in run.err
    assert 'left out: the sheet "Notes"' in run.err
    assert "of a programme, too" not in run.err
    assert "[agenda]\ntitle" not in run.out


def test_sheets_that_only_count_the_days_are_told_to_lack_them(agenda: Program) -> None:
    run = agenda("import", "-", stdin=xlsx({"Day 1": [HEADINGS, OPENING], "Day 2": [HEADINGS, CLOSING]}))
    assert entries(run) == ['title = "Opening"']
    assert 'left out: the sheet "Day 2"' in run.err
    assert 'with headings of a programme, too, but not read: the sheet "Day 2"; sheets are read as one where' in run.err
    assert "or be the name of its sheet: row 2\n" in run.err
    assert "[agenda]\ntitle" not in run.out


def test_names_of_sheets_take_the_year_that_is_typed(agenda: Program) -> None:
    workbook = xlsx({"Ven 6 marzo": [HEADINGS, OPENING], "Sab 7 marzo": [HEADINGS, CLOSING]})
    told = agenda("import", "-", stdin=workbook)
    assert entries(told) == ['title = "Opening"', 'title = "Closing"']
    assert '"Ven 6 marzo" has no year, and --year gives one; the rows below it do not have its day' in told.err
    assert "start = 2026-03-07T17:00:00" in entries(agenda("import", "-", "--year", "2026", stdin=workbook))


def test_cell_is_told_with_its_row_in_its_own_sheet(agenda: Program) -> None:
    workbook = xlsx({"6 March 2026": [HEADINGS, OPENING], "7 March 2026": [HEADINGS, CLOSING, ["25:99", "Ball", ""]]})
    assert (
        'row 3 of "7 March 2026", column "Time" (A): "25:99" is no day and no time'
        in agenda("import", "-", stdin=workbook).err
    )


def test_one_sheet_alone_may_be_asked_for(agenda: Program) -> None:
    workbook = xlsx({"6 March 2026": [HEADINGS, OPENING], "7 March 2026": [HEADINGS, CLOSING]})
    run = agenda("import", "-", "--sheet", "7 march 2026", stdin=workbook)
    assert entries(run) == ['title = "Closing"', "start = 2026-03-07T17:00:00"]


def test_sheets_with_other_headings_are_left_out_and_told(agenda: Program) -> None:
    workbook = xlsx(
        {"6 March 2026": [HEADINGS, OPENING], "7 March 2026": [["Title", "Time", "Room"], ["Ball", "9:00"]]}
    )
    run = agenda("import", "-", stdin=workbook)
    assert entries(run) == ['title = "Opening"', "start = 2026-03-06T09:00:00"]
    assert 'left out: the sheet "7 March 2026"' in run.err


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (["Date", "Title"], [date(2026, 3, 6), "Opening"]),
        (["Start", "Title"], [datetime(2026, 3, 6, 9), "Opening"]),  # noqa: DTZ001 - spreadsheets have no zones
        (["Start", "Title"], ["6 March 2026, 9:00", "Opening"]),
    ],
)
def test_sheets_whose_rows_have_days_are_no_days_whatever_they_are_called(
    agenda: Program, headings: list[Cell], row: list[Cell]
) -> None:
    workbook = xlsx({"as of 1 Feb": [["Cover"]], "1 Feb 2026": [headings, row], "8 Feb 2026": [headings, row]})
    run = agenda("import", "-", stdin=workbook)
    assert [line[:18] for line in entries(run)] == ['title = "Opening"', "start = 2026-03-06"]
    assert 'left out: the sheets "as of 1 Feb" and "8 Feb 2026"' in run.err


def test_times_of_a_sheet_may_stand_under_start_and_end(agenda: Program) -> None:
    headings: list[Cell] = ["Start", "End", "Title"]
    sheets: dict[str, list[list[Cell]]] = {
        f"{day} March 2026": [headings, [time(9), "TBD", f"E{day}"]] for day in (6, 7)
    }
    assert entries(agenda("import", "-", stdin=xlsx(sheets)))[1::2] == [
        "start = 2026-03-06T09:00:00",
        "start = 2026-03-07T09:00:00",
    ]


@pytest.mark.parametrize("day", ["Fri 6 March 2026", date(2026, 3, 6)])
def test_day_above_the_headings_is_that_of_the_rows(agenda: Program, day: Cell) -> None:
    workbook = xlsx(
        {"Sheet1": [["Spring meeting"], [day], HEADINGS, OPENING], "Sheet2": [["7/3/2026"], HEADINGS, CLOSING]}
    )
    run = agenda("import", "-", "--day-first", stdin=workbook)
    assert entries(run)[1::2] == ["start = 2026-03-06T09:00:00", "start = 2026-03-07T17:00:00"]
    assert 'title = "Spring meeting"' in run.out
    assert 'the day of the rows below it: 2026-03-06 (row 2 of "Sheet1"), 2026-03-07 (row 1 of "Sheet2")' in run.err


def test_day_above_the_headings_of_a_text_is_that_of_the_rows(agenda: Program, tmp_path: Path) -> None:
    path = tmp_path / "friday.csv"
    path.write_text("venerdì 6 marzo 2026;;\nOra;Titolo;Sala\n9:00;Apertura;Blu\n")
    run = agenda("import", path)
    assert entries(run) == ['title = "Apertura"', "start = 2026-03-06T09:00:00"]
    assert "[agenda]\ntitle" not in run.out


@pytest.mark.parametrize(
    "title",
    ["10th Jazz Festival 2026", "3a edizione 2026", "5 Nations Cup 2026", "Giornata 2026", "Marzo 2026", "2026"],
)
def test_title_with_words_of_days_is_one(agenda: Program, title: str) -> None:
    assert f'title = "{title}"\n' in agenda("import", "-", stdin=f"{title};\nTitle;Date\nOpening;2026-03-06\n").out


@pytest.mark.parametrize("day", ["Fri 6 March 2026", "6/3/2026", "Day 1", "Giorno 2"])
def test_day_is_no_title(agenda: Program, day: str) -> None:
    table = f"{day};\nTitle;Date\nOpening;2026-03-06\n"
    assert "[agenda]\ntitle" not in agenda("import", "-", stdin=table).out


def test_two_days_above_the_headings_are_of_no_rows(agenda: Program) -> None:
    table = "6 March 2026;;\n7 March 2026;;\nTime;Title;Room\n9:00;Opening;Blue\n"
    run = agenda("import", "-", stdin=table)
    assert entries(run) == ['title = "Opening"']
    assert (
        "with a time but no day, so it has no date; its day may stand in a column Date, alone in a row above, or be the"
        " name of its sheet: row 4\n"
    ) in run.err


def test_day_above_the_headings_is_of_no_rows_where_days_stand_below(agenda: Program) -> None:
    table = "1/2/2026;;\nTime;Title;Room\n9:00;Opening;Blue\nFri 6 March 2026;;\n17:00;Closing;Red\n"
    run = agenda("import", "-", stdin=table)
    assert entries(run) == ['title = "Opening"', 'title = "Closing"', "start = 2026-03-06T17:00:00"]


def test_day_of_numbers_above_rows_is_not_guessed(agenda: Program) -> None:
    run = agenda("import", "-", stdin="3/4/2026;;\nTime;Title;Room\n9:00;Opening;Blue\n")
    assert (run.code, run.out) == (2, "")
    assert '"3/4/2026" (row 1) may be 3 Apr 2026 or 4 Mar 2026' in run.err


@pytest.mark.parametrize(
    "headings",
    [
        ["Time", "Aula Magna", "Sala Blu"],
        ["Ora", "Room 1", "Room 2"],
        [None, "Red", "Blue"],
        ["Orario", "Sala", "Aula"],
    ],
)
def test_grid_with_a_column_for_each_room_is_refused_with_what_is_right(agenda: Program, headings: list[Cell]) -> None:
    run = agenda("import", "-", stdin=xlsx({"Fri 6 March 2026": [headings, ["9:00", "Opening", "Workshop"]]}))
    assert (run.code, run.out) == (1, "")
    assert "if these are rooms, write a row for each event, with its room in a column Room; else name" in run.err


def test_rooms_with_numbers_are_no_column_of_rooms(agenda: Program) -> None:
    run = agenda("import", "-", stdin="Title;Room 1;Room 2\nOpening;Talk;Walk\n")
    assert "room" not in run.out
    assert 'left out: column "Room 1" (B) and column "Room 2" (C); --column FIELD="HEADING" says' in run.err


def test_cells_that_are_one_stay_so_in_their_sheets(agenda: Program) -> None:
    rows: list[list[Cell]] = [["Time", "Title", "Room"], ["9:00", "Opening", "Blue"], ["10:00", "Talk", None]]
    workbook = xlsx({"6 March 2026": rows, "7 March 2026": rows}, merged="C2:C3")
    assert agenda("import", "-", stdin=workbook).out.count('room = "Blue"') == 4
