"""Cells that are easily read as what they do not say: a weekday as a month, hours as a day, a rule as an event."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from workbooks import xlsx

Program = Callable[..., Run]


def when(agenda: Program, table: str, *options: str) -> list[str]:
    """The title, start and end of the events that a table makes."""
    imported = agenda("import", "-", *options, stdin=table)
    assert imported.code == 0, imported.err
    return agenda("list", "-d", "-", "-f", "tsv", "--fields", "title,start,end", stdin=imported.out).lines


@pytest.mark.parametrize("cell", ["mar 15", "mar. 15", "mar 15 9:00"])
def test_day_that_may_be_of_march_or_a_tuesday_is_refused(agenda: Program, cell: str) -> None:
    run = agenda("import", "-", "--year", "2026", stdin=f"Title,Date\nA,{cell}\n")
    assert 'it may be 15 March or Tuesday 15; write "15 March", or the day with its month' in run.err
    assert "start" not in run.out


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("15 mar", "2026-03-15"),
        ("mar 15 dic", "2026-12-15"),
        ("Mar 15 2026", "2026-03-15"),
        ("Mar 15", "2026-03-15"),
        ("Sun Mar 15", "2026-03-15"),
    ],
)
def test_day_of_march_or_tuesday_that_says_which_is_read(agenda: Program, cell: str, day: str) -> None:
    assert when(agenda, f"Title,Date\nA,{cell}\n", "--year", "2026") == [f"A\t{day}\t{day}"]


def test_number_that_is_no_day_is_told_with_all_its_digits(agenda: Program, tmp_path: Path) -> None:
    table = tmp_path / "table.xlsx"
    table.write_bytes(xlsx({"Sheet": [["Title", "Date"], ["A", 20261210]]}))
    assert "20261210 is no day and no time" in agenda("import", table).err


@pytest.mark.parametrize("heading", ["Time", "End time"])
def test_two_hours_are_no_day_in_a_column_of_times(agenda: Program, heading: str) -> None:
    run = agenda("import", "-", stdin=f"Title,Date,{heading}\nA,2026-12-10,9/10\n")
    assert '"9/10" may be two hours or a day; write it as 09:00–10:00' in run.err
    assert "2026-10-09" not in run.out


def test_day_in_a_column_of_starts_is_no_two_hours(agenda: Program) -> None:
    assert when(agenda, "Title,Start\nA,9/10\n", "--year", "2026", "--day-first") == ["A\t2026-10-09\t2026-10-09"]


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("11-1 pm", "2026-12-10T11:00:00", "2026-12-10T13:00:00"),
        ("9–10 am", "2026-12-10T09:00:00", "2026-12-10T10:00:00"),
        ("12-1 pm", "2026-12-10T12:00:00", "2026-12-10T13:00:00"),
        ("10-2 a.m.", "2026-12-10T22:00:00", "2026-12-11T02:00:00"),
    ],
)
def test_first_of_two_times_is_in_the_half_of_the_day_that_makes_it_the_earlier(
    agenda: Program, cell: str, start: str, end: str
) -> None:
    assert when(agenda, f"Title,Date,Time\nA,2026-12-10,{cell}\n") == [f"A\t{start}\t{end}"]


@pytest.mark.parametrize("cell", ["12 noon", "soon 9:30"])
def test_cell_that_is_no_day_is_quoted_whole(agenda: Program, cell: str) -> None:
    assert f'"{cell}" is no day and no time' in agenda("import", "-", stdin=f"Title,Date\nA,{cell}\n").err


def test_french_headings_of_times(agenda: Program) -> None:
    table = "Jour;Heure de début;Heure de fin;Titre\n15/12/2026;9h;10h30;A\n"
    assert when(agenda, table) == ["A\t2026-12-15T09:00:00\t2026-12-15T10:30:00"]


@pytest.mark.parametrize(
    ("table", "recognised"),
    [
        ("Tag;Uhrzeit;Titel\n15.12.2026;9:00;A\n", '"Tag" as date'),
        ("Datum;Tag;Titel\n15.12.2026;Dienstag;A\n", '"Datum" as date'),
        ("Title;Date;Tag\nA;2026-12-15;Music\n", '"Tag" as topics'),
    ],
)
def test_tag_is_a_day_beside_german_headings_alone(agenda: Program, table: str, recognised: str) -> None:
    run = agenda("import", "-", stdin=table)
    assert recognised in run.err
    assert "start = 2026-12-15" in run.out


def test_rule_below_the_headings_of_markdown_is_no_event(agenda: Program) -> None:
    table = "| Title | Date |\n| --- | :--: |\n| A | 2026-12-15 |\n"
    assert when(agenda, table) == ["A\t2026-12-15\t2026-12-15"]
