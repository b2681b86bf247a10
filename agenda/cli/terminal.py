"""Drawing by Rich: as wide as the terminal, in the characters that it has, without blanks at the ends of lines."""

import codecs
import re
import shutil
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.segment import Segment, Segments

_SIZE_IN_A_PIPE = (80, 25)
_MIN_COLUMNS = 20
"""A narrower screen has no room for words beside each other; it breaks the lines by itself."""
_MAX_COLUMNS = 1_000
"""No screen is as wide, and what fills the lines of a drawing takes as much memory as they are wide."""
_HANGING_INDENT = 2
"""Columns before the lines of a message that follow its first one."""
_WORD = re.compile('(?:`[^`]*`|"[^"]{0,30}"|[^ ])+')
"""What of a message stays in one line: a command, a short quotation, a word."""
_SEGMENTS_AT_ONCE = 1_000
"""Segments that are written together, which is some hundred lines: to write each by itself takes longer."""
_PLAIN = {"–": "-", "—": "-", "·": "|", "…": ".", "“": '"', "”": '"', "’": "'", "‘": "'", "•": "*", "×": "x"}
_PLAIN |= {"▇": "#", "░": ":", "◀": "<", "▶": ">", "▲": "^", "─": "-", "┊": "|", "│": "|", "┌": "/", "┐": "\\"}
_PLAIN |= {"━": "-", "┃": "|", "╏": ":", "┏": "+", "┗": "+", "╺": "+"}


def draw_on(out: TextIO, renderable: RenderableType) -> None:
    """Draw on `out`, bit by bit: as wide as the terminal, or 80 columns or `COLUMNS` where there is none; at least 20,
    and at most a thousand.
    """
    columns, lines = shutil.get_terminal_size(_SIZE_IN_A_PIPE)
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="agenda")  # the handler below, for characters that the terminal lacks
    width = max(_MIN_COLUMNS, min(columns, _MAX_COLUMNS))
    console = Console(file=out, width=width, height=lines, highlight=False, markup=False, emoji=False)
    segments = _render(console, renderable)
    while run := list(islice(segments, _SEGMENTS_AT_ONCE)):
        console.print(Segments(run), end="", crop=False)


def wrap_message(message: str, columns: int) -> str:
    """The lines of a message broken between words where they are longer than so many columns; what follows is indented.

    A word that is longer by itself, such as an address, stays whole, so that it can be copied; so do a command in
    backquotes and a short quotation.
    """
    return "\n".join(row for line in message.split("\n") for row in _wrap_line(line, columns))


def _wrap_line(line: str, columns: int) -> Iterator[str]:
    row, end = "", 0
    for word in _WORD.finditer(line):
        gap = line[end : word.start()]
        if row and cell_len(row) + cell_len(gap) + cell_len(word[0]) > columns:
            yield row
            row = " " * _HANGING_INDENT + word[0]
        else:
            row += gap + word[0]
        end = word.end()
    yield row


def _nearest_shown(error: UnicodeError) -> tuple[str, int]:
    """The error handler for an encoding that lacks some characters: it puts the nearest in ASCII, just as wide."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    replacements = []
    for char in error.object[error.start : error.end]:
        plain = _PLAIN.get(char) or unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        width = cell_len(char)
        replacements.append(plain if len(plain) == width else "?" * width)
    return "".join(replacements), error.end


codecs.register_error("agenda", _nearest_shown)


def _render(console: Console, renderable: RenderableType) -> Iterator[Segment]:
    """The segments of the renderable, without the blanks with which Rich fills the ends of lines, and without the
    numbers of its links, which differ from run to run.
    """
    links = console.color_system is not None
    for line in Segment.split_lines(console.render(renderable, console.options.reset_height())):
        while line and not line[-1].text.strip(" "):
            line.pop()
        if line:
            text, style, control = line.pop()
            line.append(Segment(text.rstrip(" "), style, control))
        for segment in line:
            link = segment.style.link if segment.style else None
            if segment.style and link and links:
                yield Segment(f"\x1b]8;;{link}\x1b\\")
                yield Segment(segment.text, segment.style.update_link(None))
                yield Segment("\x1b]8;;\x1b\\")
            else:
                yield segment
        yield Segment.line()
