"""Diagnostics for people, as `check` draws them: each with its line of the file, and a mark under the spot."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.agendafile.spots import Spot
from agenda.errors import Severity
from agenda.text.safe import make_visible
from agenda.views.styles import ERROR, FAINT, HINT

_STYLES = {Severity.ERROR: ERROR, Severity.WARNING: HINT}
_INDENT = "  "
_TAB = "    "
_MIN_LINE_COLUMNS = 20
"""How much of a line of the file is shown on the narrowest terminal."""


class DiagnosticList:
    """Diagnostics, each in one line, however long, so that it can be copied; below it as much of the line of the file
    as there is room for, and the mark.
    """

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._spots = spots

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(_MIN_LINE_COLUMNS, options.max_width - len(_INDENT) - 1)
        for spot in self._spots:
            for line in _drawn(spot, room):
                line.no_wrap, line.overflow = True, "ignore"
                yield line


def _drawn(spot: Spot, room: int) -> Iterator[Text]:
    style = _STYLES[spot.diagnostic.severity]
    sentence = str(spot.diagnostic)
    before_message = len(sentence) - len(spot.diagnostic.message)
    yield Text.assemble((sentence[:before_message], style), sentence[before_message:])
    if spot.line:
        before, marked, after = _cut(spot, room)
        yield Text.assemble(_INDENT, (before, FAINT), marked, (after, FAINT))
        yield Text(_INDENT + " " * cell_len(before) + "^" * max(1, cell_len(marked)), style)


def _cut(spot: Spot, room: int) -> tuple[str, str, str]:
    """The line before, at and after the spot, cut to `room` columns together."""
    start, end = spot.diagnostic.column - 1, spot.end - 1
    # A visible character takes a column or more, so that `room` of them fill the room.
    before = _visible(spot.line[max(0, start - room) : start])
    marked = _visible(spot.line[start : min(end, start + room)])
    after = _visible(spot.line[end : end + room])
    cut_before = start > room
    if cell_len(before + marked + after) <= room and not cut_before and len(spot.line) <= end + room:
        return before, marked, after
    half = room // 2
    if cut_before or cell_len(before) > half:
        before = "…" + _fit(before[::-1], half - 1)[::-1]
    left = room - cell_len(before)
    if cell_len(marked) > left:
        return before, _fit(marked, left - 1) + "…", ""
    left -= cell_len(marked)
    if cell_len(after) > left or len(spot.line) > end + room:
        after = _fit(after, left - 1) + "…" if left else ""
    return before, marked, after


def _visible(text: str) -> str:
    """The text with tabs as spaces, and control characters as pictures."""
    return make_visible(text.replace("\t", _TAB))


def _fit(text: str, room: int) -> str:
    """The longest start of the text that fits into `room` columns."""
    width = 0
    for index, char in enumerate(text):
        width += cell_len(char)
        if width > room:
            return text[:index]
    return text
