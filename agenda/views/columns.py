"""Rows of fields for people, as `--fields` draws them: a column a field, or a line a field on a narrow screen."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from agenda.formats import Data
from agenda.formats.worded import word_rows
from agenda.views.styles import FAINT, GAP, HEADING, INDENT, draw_row, share_out, wrap
from agenda.wording.english import Wording


class Columns:
    """The rows of `data`, under their header, both in these words."""

    def __init__(self, data: Data, *, words: Wording) -> None:
        worded = word_rows(data, words)
        self._header = worded.header
        self._rows = list(worded.rows())

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns = list(zip(self._header, *self._rows, strict=True))
        narrowest = [max(cell_len(word) for field in fields for word in field.split() or [""]) for fields in columns]
        widest = [max(map(cell_len, fields)) for fields in columns]
        room = options.max_width - GAP * (len(columns) - 1)
        if sum(narrowest) <= room:
            yield from self._table(console, share_out(room, narrowest, widest))
        else:
            yield from self._blocks(console, options.max_width)

    def _table(self, console: Console, widths: Sequence[int]) -> Iterator[Segment]:
        starts = list(accumulate((width + GAP for width in widths[:-1]), initial=0))
        yield from draw_row(
            console, *((at, [Text(name, HEADING)]) for at, name in zip(starts, self._header, strict=True))
        )
        for fields in self._rows:
            cells = zip(starts, fields, widths, strict=True)
            yield from draw_row(console, *((at, wrap(Text(field), console, width)) for at, field, width in cells))

    def _blocks(self, console: Console, width: int) -> Iterator[Segment]:
        fields_at = max(map(cell_len, self._header)) + GAP
        is_below = fields_at > width // 2
        for number, fields in enumerate(self._rows):
            if number:
                yield Segment.line()
            for name, field in zip(self._header, fields, strict=True):
                if is_below:
                    yield from draw_row(console, (0, wrap(Text(name, FAINT), console, width)))
                    yield from draw_row(console, (INDENT, wrap(Text(field), console, width - INDENT)))
                else:
                    lines = wrap(Text(field), console, width - fields_at)
                    yield from draw_row(console, (0, [Text(name, FAINT)]), (fields_at, lines))
