"""How Rich draws here: as wide as the terminal, in the characters that it has, without blanks at the ends of lines."""

import codecs
import shutil
import unicodedata
from collections.abc import Iterator
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment

_IN_A_PIPE = (80, 25)
_PLAIN = {"–": "-", "—": "-", "·": "|", "…": ".", "“": '"', "”": '"', "’": "'", "‘": "'", "•": "*", "×": "x", "▇": "#"}


def draw_on(out: TextIO, renderable: RenderableType) -> None:
    """Draw on `out`: as wide as the terminal, or 80 columns or `COLUMNS` where there is none."""
    columns, lines = shutil.get_terminal_size(_IN_A_PIPE)
    if hasattr(out, "reconfigure"):
        out.reconfigure(errors="agenda")  # what the terminal lacks is shown as the nearest that it has
    console = Console(file=out, width=columns, height=lines, highlight=False, markup=False, emoji=False)
    console.print(_Trimmed(renderable), end="", crop=False)


def _nearest_shown(error: UnicodeError) -> tuple[str, int]:
    """For an encoding that lacks some characters: the nearest ones that every encoding has, just as wide."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    shown = []
    for char in error.object[error.start : error.end]:
        plain = _PLAIN.get(char) or unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        width = cell_len(char)
        shown.append(plain if len(plain) == width else "?" * width)
    return "".join(shown), error.end


codecs.register_error("agenda", _nearest_shown)


class _Trimmed:
    """A renderable without the blanks that Rich fills the ends of lines with, and without the numbers that it gives
    its links, which are others in each run.
    """

    def __init__(self, renderable: RenderableType) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in Segment.split_lines(console.render(self._renderable, options)):
            while line and not line[-1].text.strip(" "):
                line.pop()
            if line:
                *head, last = line
                for segment in (*head, Segment(last.text.rstrip(" "), last.style, last.control)):
                    yield from self._linked(segment, links=console.color_system is not None)
            yield Segment.line()

    def _linked(self, segment: "Segment", *, links: bool) -> Iterator[Segment]:
        link = segment.style.link if segment.style else None
        if not (segment.style and link and links):
            yield segment
            return
        yield Segment(f"\x1b]8;;{link}\x1b\\")
        yield Segment(segment.text, segment.style.update_link(None))
        yield Segment("\x1b]8;;\x1b\\")
