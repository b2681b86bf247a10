"""Days in tables that are written without their year, and what says which year that is."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from agenda.interchange.cell_times import read_cell_times
from agenda.interchange.day_order import DayOrder

Program = Callable[..., Run]

TABLE = "Title;Day;Time\nOpening;{};9:00\n"
AGENDA = """\
[agenda]
namespace = "tour.example"
[[events]]
id = "gala"
title = "Gala"
start = {}
"""


def starts(run: Run) -> list[str]:
    """The starts of the events in an agenda that was written."""
    assert run.code == 0, run.err
    return [line.removeprefix("start = ") for line in run.lines if line.startswith("start = ")]


@pytest.mark.parametrize(
    "day", ["6 marzo", "6 March", "March 6", "ven 6 marzo", "06/03", "6/3", "Fri 06/03", "ven. 6/3"]
)
def test_year_that_is_typed_is_that_of_days_without_one(agenda: Program, day: str) -> None:
    run = agenda("import", "-", "--year", "2026", "--day-first", stdin=TABLE.format(day))
    assert starts(run) == ["2026-03-06T09:00:00"]
    assert "without a year" not in run.err


def test_year_that_is_typed_changes_no_day_that_has_one(agenda: Program) -> None:
    assert starts(agenda("import", "-", "--year", "2026", stdin=TABLE.format("6 March 2027"))) == [
        "2027-03-06T09:00:00"
    ]


@pytest.mark.parametrize(
    "span", ["30 Dec - 2 Jan", "30 Dec 2026 - 2 Jan", "30 Dec - 2 Jan 2027", "Wed 30 Dec - Sat 2 Jan", "30/12 – 2/1"]
)
def test_span_without_years_may_go_over_new_year(agenda: Program, span: str) -> None:
    run = agenda("import", "-", "--year", "2026", "--day-first", stdin=f"Title;Day\nMarket;{span}\n")
    assert starts(run) == ["2026-12-30"]
    assert "end = 2027-01-02" in run.lines


@pytest.mark.parametrize("span", ["8 March - 6 March", "8/3/2026 – 6/3/2026", "8 March 2026 – 6 March"])
def test_span_whose_end_is_before_its_start_is_told(agenda: Program, span: str) -> None:
    run = agenda("import", "-", "--year", "2026", "--day-first", stdin=f"Title;Day\nMarket;{span}\n")
    assert starts(run) == []
    assert f'"{span}": its end, 2026-03-06, is before its start, 2026-03-08; it is left out' in run.err


@pytest.mark.parametrize("day", ["ven 6 marzo", "06/03", "6 - 8 marzo"])
def test_day_whose_year_nothing_tells_names_the_option(agenda: Program, day: str) -> None:
    run = agenda("import", "-", "--day-first", stdin=TABLE.format(day))
    assert starts(run) == []
    assert f'row 2, column "Day" (B): "{day}" has no year, and --year gives one; it is left out' in run.err


def test_day_that_has_another_weekday_in_that_year_is_told(agenda: Program) -> None:
    run = agenda("import", "-", "--year", "2027", stdin=TABLE.format("Fri 6 March"))
    assert starts(run) == []
    assert '"Fri 6 March": that day is a Saturday in 2027; it is left out' in run.err


@pytest.mark.parametrize("other", ["7 March 2026", "2026-03-07", "07/03/2026 12:00"])
def test_year_of_all_other_days_of_the_table_is_taken_and_told(agenda: Program, other: str) -> None:
    table = TABLE.format("6 March") + f"Closing;{other};\n"
    run = agenda("import", "-", "--day-first", stdin=table)
    assert starts(run)[0] == "2026-03-06T09:00:00"
    assert 'it is of 2026, as the other days of the table are: "6 March" (row 2)' in run.err


def test_year_of_a_day_above_its_rows_is_that_of_the_others(agenda: Program) -> None:
    table = "Day;Time;Title\nFri 6 March 2026;;\n;9:00;Opening\nSat 7 March;;\n;9:00;Closing\n"
    assert starts(agenda("import", "-", stdin=table)) == ["2026-03-06T09:00:00", "2026-03-07T09:00:00"]


def test_days_of_several_years_tell_none_even_if_the_file_does(agenda: Program, tmp_path: Path) -> None:
    path = tmp_path / "season-2026.csv"
    path.write_text(TABLE.format("6 March") + "Gala;30 Dec 2026;\nBall;2 Jan 2027;\n")
    run = agenda("import", path)
    assert starts(run) == ["2026-12-30", "2027-01-02"]
    assert '"6 March" has no year' in run.err


def test_name_of_the_file_tells_the_year_where_nothing_in_it_does(agenda: Program, tmp_path: Path) -> None:
    path = tmp_path / "season-2026.csv"
    path.write_text(TABLE.format("6 March"))
    assert "it is of 2026, which stands in the name of the file" in agenda("import", path).err


def test_year_of_an_agenda_is_that_of_days_which_come_into_it(agenda: Program, tmp_path: Path) -> None:
    path = tmp_path / "tour.toml"
    path.write_text(AGENDA.format("2027-04-08"))
    run = agenda("import", "-", "--into", path, stdin=TABLE.format("6 March"))
    assert (run.code, "start = 2027-03-06T09:00:00" in path.read_text()) == (0, True)
    assert f"it is of 2027, as all events of {path} are" in run.err


@pytest.mark.parametrize("season", ["Season 2026/27", "Stagione 2026-27", "2026–2027", "2026–27"])
def test_season_tells_no_year(agenda: Program, season: str) -> None:
    run = agenda("import", "-", stdin=f"{season};;\n{TABLE.format('10 January')}Gala;30 Dec 2026;\n")
    assert starts(run) == ["2026-12-30"]
    assert '"10 January" has no year' in run.err


def test_year_of_the_other_days_comes_before_that_of_a_day_above_the_headings(agenda: Program) -> None:
    run = agenda("import", "-", stdin=f"Printed on 28/11/2025;;\n{TABLE.format('6 March')}Gala;7 March 2026;\n")
    assert starts(run) == ["2026-03-06T09:00:00", "2026-03-07"]


def test_year_in_two_digits_is_that_of_the_other_days(agenda: Program) -> None:
    run = agenda("import", "-", stdin=TABLE.format("16/01") + "Gala;14/01/26;\n")
    assert starts(run) == ["2026-01-16T09:00:00", "2026-01-14"]


@pytest.mark.parametrize("others", ["Gala;14/01/25;\nBall;15/01/2026;\n", "Gala;30/12/25–2/1/26;\n"])
def test_days_of_several_years_tell_none_whatever_their_digits(agenda: Program, others: str) -> None:
    assert '"16/01" has no year' in agenda("import", "-", stdin=TABLE.format("16/01") + others).err


def test_year_of_the_table_comes_before_that_of_the_agenda(agenda: Program, tmp_path: Path) -> None:
    path = tmp_path / "tour.toml"
    path.write_text(AGENDA.format("2027-04-08"))
    agenda("import", "-", "--into", path, stdin=f"Season 2026;;\n{TABLE.format('6 March')}")
    assert "start = 2026-03-06T09:00:00" in path.read_text()


def test_agenda_of_several_years_tells_none(agenda: Program, tmp_path: Path) -> None:
    path = tmp_path / "tour.toml"
    path.write_text(AGENDA.format("2026-12-31\nend = 2027-01-01"))
    run = agenda("import", "-", "--into", path, "--dry-run", stdin=TABLE.format("6 March"))
    assert '"6 March" has no year' in run.err


def test_numbers_without_a_year_show_which_comes_first(agenda: Program) -> None:
    run = agenda("import", "-", "--year", "2026", stdin=TABLE.format("06/03") + "Closing;13/03;9:00\n")
    assert starts(run) == ["2026-03-06T09:00:00", "2026-03-13T09:00:00"]
    assert 'read day first, as "13/03" (row 3, column "Day" (B)) shows' in run.err


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["sab 7/3/2026"], ["2026-03-07"]),
        (["Sat 7/3/2026"], ["2026-03-07"]),
        (["Fri 7/3/2026"], ["2026-07-03"]),  # 7 March is none
        (["sab 7/3", "8/3"], ["2026-03-07", "2026-03-08"]),
        (["Fri 7/3", "7/4"], ["2026-07-03", "2026-07-04"]),
    ],
)
def test_weekday_shows_which_number_comes_first(agenda: Program, days: list[str], expected: list[str]) -> None:
    run = agenda("import", "-", "--year", "2026", stdin="Title;Day\n" + "".join(f"A;{day}\n" for day in days))
    assert starts(run) == expected


def test_weekday_shows_nothing_in_a_year_that_is_inferred(agenda: Program) -> None:
    table = "Programme 2026\n\nTitle;Day\nA;ven 7/3\n"  # which was a Friday in 2025, as 3 July is in 2026
    run = agenda("import", "-", stdin=table)
    assert (run.code, "no other day shows which" in run.err) == (2, True)


@pytest.mark.parametrize("day", ["Tue 7/3/2026", "Sat 5/9/2026"])  # of neither day, and of both
def test_weekday_that_does_not_tell_the_orders_apart_shows_nothing(agenda: Program, day: str) -> None:
    run = agenda("import", "-", stdin=TABLE.format(day))
    assert (run.code, f'"{day}"' in run.err, "no other day shows which" in run.err) == (2, True, True)


def test_numbers_without_a_year_that_may_be_two_days_are_refused(agenda: Program) -> None:
    run = agenda("import", "-", stdin=TABLE.format("06/03"))
    assert (run.code, run.out) == (2, "")
    assert "may be 6 Mar or 3 Jun, and no other day shows which; give --day-first or --month-first" in run.err


def test_year_is_of_tables_alone(agenda: Program) -> None:
    run = agenda("import", "-", "--year", "2026", stdin="BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    assert (run.code, "--year and --sheet are for tables" in run.err) == (2, True)


@given(st.dates(date(1902, 1, 1), date(2100, 1, 1)), st.integers(0, 3), st.booleans())
def test_day_and_its_length_are_the_same_with_and_without_their_year(first: date, days: int, day_first: bool) -> None:
    last = first + timedelta(days)
    order = DayOrder(day_first)

    def write(day: date, form: str) -> str:
        numbers = "{0}/{1}" if day_first else "{1}/{0}"
        return numbers.format(day.day, day.month) + form.format(day.year)

    whole = f"{write(first, '/{}')}–{write(last, '/{}')}"
    bare = f"{write(first, '')}–{write(last, '')}"
    years = [read_cell_times(text, order, lambda: first.year, is_clock=False) for text in (whole, bare)]
    assert years[0] == years[1]
