"""Rows of texts side by side in columns of known widths, each row drawn by itself: a table of Rich takes in all of its
rows before it draws the first.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.segment import Segment
from rich.text import Text

Lines = Sequence[Text]


def wrapped(text: Text, console: Console, width: int) -> Lines:
    """The lines of a text in so many columns; a word that is too long is broken. None where there is no column."""
    if width < 1:
        return []
    return (
        [text]
        if text.cell_len <= width and "\n" not in text.plain
        else list(text.wrap(console, width, overflow="fold"))
    )


def row(console: Console, *columns: tuple[int, Lines]) -> Iterator[Segment]:
    """A row, given from left to right from which column of the screen on it has which lines."""
    for number in range(max(len(lines) for _, lines in columns)):
        line = Text()
        for start, lines in columns:
            if number < len(lines):
                line.append(" " * (start - line.cell_len)).append_text(lines[number])
        yield from line.render(console, "\n")
