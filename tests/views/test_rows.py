"""Rows of texts side by side."""

import pytest
from rich.console import Console
from rich.text import Text

from agenda.views.styles import draw_row, wrap

CONSOLE = Console(width=40)


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in wrap(Text(text), CONSOLE, width)]


def drawn(*columns: tuple[int, list[str]]) -> str:
    """A row of columns, each given by where it starts and its lines."""
    return "".join(segment.text for segment in draw_row(CONSOLE, *((at, [*map(Text, shown)]) for at, shown in columns)))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("a few words", 11, ["a few words"]),
        ("a few words", 10, ["a few ", "words"]),
        ("incomprehensible", 10, ["incomprehe", "nsible"]),
        ("大阪万博", 5, ["大阪", "万博"]),
        ("two\nlines", 40, ["two", "lines"]),
        ("", 5, [""]),
        ("anything", 0, []),
    ],
)
def test_lines_of_a_text(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


def test_columns_start_where_they_are_to() -> None:
    assert drawn((2, ["a"]), (5, ["大阪"]), (10, ["c"])) == "  a  大阪 c\n"


def test_columns_of_other_heights_leave_blanks() -> None:
    assert drawn((0, ["a"]), (3, ["b", "c"]), (6, [])) == "a  b\n   c\n"
