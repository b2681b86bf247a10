"""Programmes of several days whose days stand above the headings, or are the names of the sheets of a workbook."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from conftest import Run
from workbooks import Cell, Formula, xlsx

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
    assert 'left out: the sheet "7 March 2026"; --sheet NAME reads' in run.err
    why = "since its headings are not those of the sheets that are read, in the same columns"
    assert f'of a day, but not read, {why}: the sheet "7 March 2026"' in run.err
    assert "with headings of a programme, too" not in run.err


@pytest.mark.parametrize("headings", [["Time", "Title", "Room", "as of 3 Feb"], ["Ora", "Titolo", "Rooms"]])
def test_headings_that_mean_the_same_are_the_same(agenda: Program, headings: list[Cell]) -> None:
    workbook = xlsx({"6 March 2026": [HEADINGS, OPENING], "7 March 2026": [headings, CLOSING]})
    assert entries(agenda("import", "-", stdin=workbook))[1::2] == [
        "start = 2026-03-06T09:00:00",
        "start = 2026-03-07T17:00:00",
    ]


def test_sheet_before_those_of_days_is_left_out_and_told(agenda: Program) -> None:
    speakers: list[list[Cell]] = [["Name", "Role"], ["Clara Schumann", "Pianist"]]
    days = {"6 March 2026": [HEADINGS, OPENING], "7 March 2026": [HEADINGS, CLOSING]}
    run = agenda("import", "-", stdin=xlsx({"Speakers": speakers, **days}))
    assert entries(run)[::2] == ['title = "Opening"', 'title = "Closing"']
    assert 'left out: the sheet "Speakers"; --sheet NAME reads' in run.err


def test_first_sheet_is_read_where_its_rows_have_days(agenda: Program) -> None:
    programme: list[list[Cell]] = [["Date", "Title"], ["2026-03-06", "Gala"]]
    days = {"6 March 2026": [HEADINGS, OPENING], "7 March 2026": [HEADINGS, CLOSING]}
    run = agenda("import", "-", stdin=xlsx({"Programme": programme, **days}))
    assert entries(run)[::2] == ['title = "Gala"']


@pytest.mark.parametrize("unread", ["after lunch", Formula("#REF!"), "TBD"])
def test_start_that_cannot_be_read_leaves_the_other_rows_their_day(agenda: Program, unread: Cell) -> None:
    first: list[list[Cell]] = [["Start", "Title"], [time(9), "A"], [unread, "B"], [time(15), "C"]]
    workbook = xlsx({"6 March 2026": first, "7 March 2026": [["Start", "Title"], [unread, "D"], [time(9), "E"]]})
    assert entries(agenda("import", "-", stdin=workbook)) == [
        'title = "A"',
        "start = 2026-03-06T09:00:00",
        'title = "B"',
        'title = "C"',
        "start = 2026-03-06T15:00:00",
        'title = "D"',
        'title = "E"',
        "start = 2026-03-07T09:00:00",
    ]


@pytest.mark.parametrize("start", ["Ven 6 marzo 9:00", "6–7 March", "~6 March", "31/04/2026 9:00", "6/3 ore 9"])
def test_day_beside_a_time_is_one_of_the_row(agenda: Program, start: str) -> None:
    rows: list[list[Cell]] = [["Start", "Title"], [start, "A"], [time(9), "B"]]
    run = agenda("import", "-", "--day-first", "--year", "2026", stdin=xlsx({"1 Feb 2026": rows}))
    assert "2026-02-01" not in run.out


def test_name_of_a_sheet_comes_before_another_day_above_its_headings(agenda: Program) -> None:
    workbook = xlsx({"7 March 2026": [["2 March 2026"], HEADINGS, CLOSING]})
    run = agenda("import", "-", stdin=workbook)
    assert entries(run) == ['title = "Closing"', "start = 2026-03-07T17:00:00"]
    assert '"2 March 2026" (row 1) is not taken, since the sheet is called "7 March 2026"' in run.err


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("Sat 7 March", "7/3/2026"),
        ("7 March 2026", "Sat 7 March"),
        ("7 March", date(2026, 3, 7)),
        ("7 March 2026", "March 7"),
    ],
)
def test_name_of_a_sheet_may_be_the_day_above_its_headings(agenda: Program, name: str, above: Cell) -> None:
    run = agenda("import", "-", "--day-first", stdin=xlsx({name: [[above], HEADINGS, CLOSING]}))
    assert entries(run) == ['title = "Closing"', "start = 2026-03-07T17:00:00"]
    assert "not taken" not in run.err


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
    why = "are not taken for the day of the rows, since there are several"
    assert f'"6 March 2026" (row 1) and "7 March 2026" (row 2) {why}' in run.err
    right = "its day may stand in a column Date, or alone in a row above: row 4\n"
    assert f"with a time but no day, so it has no date; {right}" in run.err


def test_day_above_the_headings_is_of_no_rows_where_days_stand_below(agenda: Program) -> None:
    table = "1/2/2026;;\nTime;Title;Room\n9:00;Opening;Blue\nFri 6 March 2026;;\n17:00;Closing;Red\n"
    run = agenda("import", "-", stdin=table)
    assert entries(run) == ['title = "Opening"', 'title = "Closing"', "start = 2026-03-06T17:00:00"]
    assert '"1/2/2026" (row 1) is not taken for the day of the rows, since days stand below' in run.err


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
