"""Cells between quotation marks: whole they are read, and where one is never closed nothing is."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from agenda.errors import DataError
from agenda.interchange.sheets import read_text_table

Program = Callable[..., Run]
OPEN = "the quotation mark that opens this cell is never closed; close it, or get the file anew if it is cut"
BEHIND = (
    "the cell that begins with this quotation mark ends with that at line {}, column {}, but text follows it; a "
    'quotation mark in a cell is doubled, as in "6"" pipe"'
)


@pytest.mark.parametrize(
    ("table", "place", "message"),
    [
        ('Title,Start\n"abc\n', "2:1", OPEN),
        ('Title,Start\n"abc', "2:1", OPEN),
        ('"Title,Start\nabc,2026-05-01\n', "1:1", OPEN),
        ('Title,Start\r\nA,2026-05-01\r\nB, "2026-05-02\r\nC,2026-05-03\r\n', "3:4", OPEN),
        ('Title\tStart\n"abc\t2026-05-01\n', "2:1", OPEN),
        ('Title;Start\n"a\nb";"c""\n', "3:4", OPEN),
        ('sep=|\nTitle|Start\n"abc|2026-05-01\n', "3:1", OPEN),
        ('Title,Start\n"abc,2026-05-01\n"def",2026-05-02\n', "2:1", BEHIND.format(3, 1)),
        ('Title,Start\nA,"a,b" "def"\n', "2:3", BEHIND.format(2, 7)),
        ('Title,Start\n"abc" "d,e"\n', "2:1", BEHIND.format(2, 5)),
    ],
)
def test_quotation_mark_that_is_not_closed_is_told_where_it_opens(
    agenda: Program, table: str, place: str, message: str
) -> None:
    run = agenda("import", "-", stdin=table)
    assert (run.code, run.out, run.err) == (1, "", f"<stdin>:{place}: {message}\n")


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ('6" pipe', '6" pipe'),
        ('a "b" c', 'a "b" c'),
        ('"6"" pipe"', '6" pipe'),
        ('"a, b" ', "a, b"),
    ],
)
def test_quotation_marks_in_a_cell_are_text(agenda: Program, cell: str, title: str) -> None:
    imported = agenda("import", "-", "--quiet", stdin=f"Title,Room\n{cell},Blue\n")
    assert (imported.code, imported.err) == (0, "")
    assert agenda("list", "-d", "-", "-f", "tsv", "--fields", "title", stdin=imported.out).lines == [title]


@pytest.mark.parametrize(
    "cell", ['"Faust" by Goethe', '"Opening" (keynote)', '"a"b', '"Faust" and "Egmont"', '""Faust"" by Goethe']
)
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_cell_that_goes_on_behind_its_quotation_mark_keeps_its_marks(
    agenda: Program, cell: str, delimiter: str
) -> None:
    rows = (("Title", "Room"), ("A", "Red"), (f" {cell} ", "Blue"), ('"B, C"', "Green"))
    imported = agenda("import", "-", stdin="\r\n".join(map(delimiter.join, rows)))
    told = f"agenda: quotation marks were taken for text, since the cell goes on: {cell} (line 3)"
    assert (imported.code, imported.err.splitlines()[1:]) == (0, [told])
    titles = agenda("list", "-d", "-", "-f", "tsv", "--fields", "title", stdin=imported.out).lines
    assert titles == ["A", cell, "B, C"]


@pytest.mark.parametrize("command", [("set", "--from"), ("import", "--into")])
def test_agenda_stays_as_it_is_where_a_table_is_cut(
    agenda: Program, file: Callable[..., Path], tmp_path: Path, command: tuple[str, str]
) -> None:
    before = '[agenda]\nnamespace = "a.example"\n\n[[events]]\nid = "a"\ntitle = "A"\n'
    target, table = file(before), tmp_path / "table.csv"
    table.write_text('id,title\na,B\nb,"C\n')
    words = ("--from", table, "-d", target) if command[0] == "set" else (table, "--into", target)
    run = agenda(command[0], *words)
    assert (run.code, run.out, run.err) == (1, "", f"{table}:3:3: {OPEN}\n")
    assert target.read_text() == before


@given(st.lists(st.lists(st.text(st.sampled_from('ab"\n,; ')), min_size=2, max_size=3), max_size=4), st.integers(0))
def test_table_is_refused_just_where_it_is_cut_within_quotation_marks(rows: list[list[str]], place: int) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    cut = text.getvalue()[: place % (len(text.getvalue()) + 1)]
    try:
        read_text_table(f"sep=,\n{cut}".encode(), "table.csv", len)
        is_read = True
    except DataError:
        is_read = False
    assert is_read is (cut.count('"') % 2 == 0)
