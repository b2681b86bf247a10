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
        # No word is cut in a table: each column has room for its longest one.
        columns = zip(self._header, *self._rows, strict=True)
        narrowest = [max(cell_len(word) for field in fields for word in field.split() or [""]) for fields in columns]
        room = sum(narrowest) + _GAP * (len(narrowest) - 1) <= options.max_width
        yield self._table(narrowest) if room else self._blocks()

    def _table(self, narrowest: Sequence[int]) -> Table:
        table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style=HEADING)
        for name, width in zip(self._header, narrowest, strict=True):
            table.add_column(name, overflow="fold", min_width=width)
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
