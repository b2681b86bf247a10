"""The spot of a diagnostic in its line: how much of it is meant, and how it is drawn."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from agenda.agendafile.spots import Spot, find_spots
from agenda.errors import Diagnostic
from agenda.views.diagnostics import DiagnosticList


@pytest.mark.parametrize(
    ("line", "start", "meant"),
    [
        ('city = "Turino"  # there', '"', '"Turino"'),
        (r'title = "a \" b" # "c"', '"', r'"a \" b"'),
        ("title = 'a'", "'", "'a'"),
        ("titel = 1", "titel", "titel"),
        ("a.b = 1.5", "a", "a"),
        ("a.b = 1.5", "1", "1.5"),
        ('"a b" . c = 1', '"', '"a b"'),
        ("[cities.Torino]", "Torino", "Torino"),
        ('[cities."New York"]', '"', '"New York"'),
        ("  [[events]] # the first", "[", "[[events]]"),
        ("between = [2026-03-06, 2026-03-05]", "[", "[2026-03-06, 2026-03-05]"),
        ("start = 2026-03-06T20:00:00+01:00", "2", "2026-03-06T20:00:00+01:00"),
        ("people = [{ name = 7 }, 8]", "7", "7"),
        ("topics = [1, 22]", "22", "22"),
        ('topics = ["]"]', "[", "["),
        ('text = """', '"', '""'),
        ("x = {", "{", "{"),
    ],
)
def test_what_is_meant(line: str, start: str, meant: str) -> None:
    column = line.index(start) + 1
    (spot,) = find_spots([Diagnostic("f", 1, column, "m")], {"f": [line]})
    assert line[column - 1 : spot.end - 1] == meant


def test_end_of_a_line_is_a_spot_too() -> None:
    (spot,) = find_spots([Diagnostic("f", 1, 4, "m")], {"f": ["x ="]})
    assert (spot.line, spot.end) == ("x =", 5)


def test_file_without_text_has_no_line() -> None:
    (spot,) = find_spots([Diagnostic("f", 1, 1, "m")], {})
    assert spot.line == ""


def drawn(spot: Spot, columns: int) -> list[str]:
    """The lines that the view draws in so many columns."""
    out = io.StringIO()
    Console(file=out, width=columns, color_system=None).print(DiagnosticList([spot]), crop=False)
    return out.getvalue().split("\n")[:-1]


LINES = st.text(st.sampled_from("ab \t=\"'東é\u0301\x1b\x85\u202e[]") | st.characters(codec="utf-8"), max_size=120).map(
    lambda line: line.replace("\n", " ")
)


@given(LINES, st.data(), st.integers(10, 100))
def test_mark_stands_under_the_spot_within_the_terminal(line: str, data: st.DataObject, columns: int) -> None:
    column = data.draw(st.integers(1, len(line) + 1))
    (spot,) = find_spots([Diagnostic("f", 1, column, "m")], {"f": [line]})
    first, *rest = drawn(spot, columns)
    assert first == f"f:1:{column}: m"
    if not line:
        assert rest == []
        return
    shown, mark = rest
    assert max(cell_len(shown), cell_len(mark)) <= max(columns, 23)
    assert set(mark.strip()) == {"^"}
    assert not any(char in shown for char in "\x1b\x85\u202e\t")


@pytest.mark.parametrize("columns", [24, 40, 80])
@pytest.mark.parametrize("before", ["", "東" * 30, "\t\t", "\x1b[31m", "x" * 1_000_000])
@pytest.mark.parametrize("after", ["", "東" * 30, "y" * 1_000_000])
def test_what_is_marked_is_what_is_meant(before: str, after: str, columns: int) -> None:
    line = f"{before}'大阪'{after}"
    _, shown, mark = drawn(Spot(Diagnostic("f", 1, len(before) + 1, "m"), line, len(before) + 5), columns)
    start = shown.index("'大阪'")
    assert cell_len(shown[:start]) == mark.index("^")
    assert mark.count("^") == 6
