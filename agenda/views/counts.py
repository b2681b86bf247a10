"""Counts for people: a bar chart."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from agenda.counting import By, Count
from agenda.model import City
from agenda.text import one_line
from agenda.views.bars import HATCHED, SOLID
from agenda.views.palette import BAR, FAINT, HEADING, city_style
from agenda.views.parts import WIDEST
from agenda.words import day_of_week

_ROWS = 1_000
"""In one chart: what Rich draws is in memory, and an agenda may have millions of days."""
_GAP = 2
_EVENTS = "Events"
_BARS = 3
"""One such part of the room is left for bars, however long names are."""
_MOST = 5
"""Columns of one event, at most."""


class Chart:
    """Rows of a chart: bars beside numbers, drawn to the scale of `most` and beside values as wide as `widest`."""

    def __init__(self, rows: Iterable[Count], by: By, *, headed: bool, widest: int, most: int) -> None:
        self._rows = list(rows)
        self._by = by
        self._headed = headed
        self._widest = widest
        self._most = most

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        numbers = max(len(_EVENTS), len(f"{self._most:,}"))
        room = min(options.max_width, WIDEST) - numbers - 2 * _GAP
        values = max(1, min(self._widest, room - room // _BARS))
        table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style=HEADING, show_header=self._headed)
        table.add_column(self._by.capitalize(), width=values, overflow="fold")
        table.add_column(_EVENTS, width=numbers, justify="right", no_wrap=True)
        table.add_column(no_wrap=True, overflow="crop")
        for one in self._rows:
            length = _length(one.events, self._most, max(1, room - values))
            perhaps = length * one.perhaps // one.events
            bar = SOLID * (length - perhaps) + HATCHED * perhaps
            style = city_style(one.value) if isinstance(one.value, City) else BAR
            lacking = one.value is None
            table.add_row(
                Text(_shown(one, self._by), style=FAINT if lacking else ""),
                f"{one.events:,}",
                Text(bar, style=FAINT if lacking else style),
            )
        yield table
        if any(one.perhaps for one in self._rows):
            yield Text(f"{HATCHED * _BARS} perhaps on that day", style=FAINT)


def charts(counts: Iterable[Count], by: By) -> Iterator[Chart]:
    """The rows of a chart in pieces, to be drawn one after the other; none where there are no counts."""
    widest, most = cell_len(by), 0
    for one in counts:
        widest = max(widest, cell_len(_shown(one, by)))
        most = max(most, one.events)
    rows = iter(counts)
    headed = True
    while piece := list(islice(rows, _ROWS)):
        yield Chart(piece, by, headed=headed, widest=widest, most=most)
        headed = False


def _shown(one: Count, by: By) -> str:
    match one.value:
        case None:
            return "no date yet" if by is By.DAY else f"no {by}"
        case date() as day:
            return day_of_week(day)
        case _:
            return one_line(one.name or "")


def _length(events: int, most: int, room: int) -> int:
    """How long a bar is: as many columns for each event as there is room for, or its share of the room."""
    if most <= room:
        return events * min(room // most, _MOST)
    return max(1, round(events * room / most))
