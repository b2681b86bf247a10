"""Rows of fields for people: a column a field, or, where there is no room for that, a line a field."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from agenda.formats import Data
from agenda.views.palette import FAINT, HEADING

_GAP = 2


class Columns:
    """The rows of `data`, under their header."""

    def __init__(self, data: Data) -> None:
        self._header = data.header
        self._rows = list(data.rows())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns = list(zip(self._header, *self._rows, strict=True))
        narrowest = [max(cell_len(word) for field in fields for word in field.split() or [""]) for fields in columns]
        widest = [max(map(cell_len, fields)) for fields in columns]
        room = options.max_width - _GAP * (len(columns) - 1)
        yield self._table(_shared_out(room, narrowest, widest)) if sum(narrowest) <= room else self._blocks()

    def _table(self, widths: Sequence[int]) -> Table:
        table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style=HEADING)
        for name, width in zip(self._header, widths, strict=True):
            table.add_column(name, overflow="fold", width=width)
        for row in self._rows:
            table.add_row(*map(Text, row))
        return table

    def _blocks(self) -> Table:
        table = Table.grid(padding=(0, _GAP, 0, 0))
        table.add_column(style=FAINT)
        table.add_column(overflow="fold")
        for number, row in enumerate(self._rows):
            if number:
                table.add_row()
            for name, field in zip(self._header, row, strict=True):
                table.add_row(name, Text(field))
        return table


def _shared_out(room: int, narrowest: Sequence[int], widest: Sequence[int]) -> list[int]:
    """How wide each column is: wide enough for its longest word, and then all grow alike, as far as they need and the
    room lasts.
    """
    widths = list(narrowest)
    growing = [number for number, width in enumerate(widest) if width > widths[number]]
    left = room - sum(widths)
    while growing and left >= len(growing):
        step = min(left // len(growing), *(widest[number] - widths[number] for number in growing))
        for number in growing:
            widths[number] += step
        left -= step * len(growing)
        growing = [number for number in growing if widest[number] > widths[number]]
    return widths
