"""Findings for whoever mends the file: each with its line, and a mark under the spot."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.agendafile.spots import Spot
from agenda.errors import Severity
from agenda.text import make_visible
from agenda.views.styles import ERROR, FAINT, HINT

_STYLES = {Severity.ERROR: ERROR, Severity.WARNING: HINT}
_INDENT = "  "
_TAB = "    "
_LEAST = 20
"""Columns of a line that are shown, however narrow the terminal is."""


class DiagnosticList:
    """Findings, each in a line of its own, however long, so that editors and people can copy it; below it the line of
    the file, as much as there is room for, and the mark.
    """

    def __init__(self, spots: Iterable[Spot]) -> None:
        self._spots = spots

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = max(_LEAST, options.max_width - len(_INDENT) - 1)
        for spot in self._spots:
            for line in _drawn(spot, room):
                line.no_wrap, line.overflow = True, "ignore"
                yield line


def _drawn(spot: Spot, room: int) -> Iterator[Text]:
    style = _STYLES[spot.finding.severity]
    whole = str(spot.finding)
    before_message = len(whole) - len(spot.finding.message)
    yield Text.assemble((whole[:before_message], style), whole[before_message:])
    if spot.line:
        before, meant, after = _cut(spot, room)
        yield Text.assemble(_INDENT, (before, FAINT), meant, (after, FAINT))
        yield Text(_INDENT + " " * cell_len(before) + "^" * max(1, cell_len(meant)), style)


def _cut(spot: Spot, room: int) -> tuple[str, str, str]:
    """The line in three parts, the middle one being what is meant, in no more than `room` columns together."""
    start, end = spot.finding.column - 1, spot.end - 1
    # No character is wider than `room`, so that no more of them are needed to fill it.
    before = _shown(spot.line[max(0, start - room) : start])
    meant = _shown(spot.line[start : min(end, start + room)])
    after = _shown(spot.line[end : end + room])
    cut_before = start > room
    if cell_len(before + meant + after) <= room and not cut_before and len(spot.line) <= end + room:
        return before, meant, after
    half = room // 2
    if cut_before or cell_len(before) > half:
        before = "…" + _fitting(before[::-1], half - 1)[::-1]
    left = room - cell_len(before)
    if cell_len(meant) > left:
        return before, _fitting(meant, left - 1) + "…", ""
    left -= cell_len(meant)
    if cell_len(after) > left or len(spot.line) > end + room:
        after = _fitting(after, left - 1) + "…" if left else ""
    return before, meant, after


def _shown(text: str) -> str:
    """Text with its tabs as spaces, and all that is no text as pictures."""
    return make_visible(text.replace("\t", _TAB))


def _fitting(text: str, room: int) -> str:
    """As much of the start of the text as there is room for."""
    width = 0
    for index, char in enumerate(text):
        width += cell_len(char)
        if width > room:
            return text[:index]
    return text
