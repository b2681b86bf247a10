"""A day by the hour as a CSS grid: a column for each room or city, and a row from each start or end to the next one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from agenda.reports.day_plan import Block, DayPlan
from agenda.reports.groups import Value, group_name
from agenda.site.entries import EventEntry
from agenda.text.safe import one_line

_REM_A_MINUTE = 0.12
_LEAST_REM = 2.6
"""The height in which a time and a title can be read, however short an event is."""
_LABEL_REM = 1.4
"""The height of a time."""
_MANY_COLUMNS = 6
"""From so many on, a table scrolls in a box of its own, as it is wider than most screens."""
_GAP_MINUTES = 60
_GAP_REM = 1.5
"""The height of an hour or more without any event."""
_HEAD_ROWS = 1
_TIME_COLUMNS = 1


class PlacedEntry(Struct, frozen=True, kw_only=True):
    """An entry at its place, as the classes that give it its rows and columns; a `copy` has been told already, in
    another column, and an `own` one stands below the head that names its place.
    """

    entry: EventEntry
    classes: str
    copy: bool = False
    own: bool = False


class Label(Struct, frozen=True, kw_only=True):
    """A text at its place: the head of a column, or a time."""

    text: str
    classes: str
    colour: int | None = None


class DayTable(Struct, frozen=True, kw_only=True):
    """The cells of a day in the order in which they begin, with what stands above and beside them; `rules` are the
    rules of CSS by which they are laid out, each with its own classes. A `wide` one is wider than most screens.
    """

    cells: Sequence[PlacedEntry]
    heads: Sequence[Label]
    times: Sequence[Label]
    rules: Mapping[str, str]
    wide: bool = False


def lay_out(
    plan: DayPlan, entries: Mapping[int, EventEntry], colour_of: Callable[[Value | None], int | None], key: str
) -> DayTable | None:
    """The table of a day; `key` is its id on the page. None where all of it would be in one column, as a list is.

    `entries` has the entries of the plan by the `id()` of their occurrences.
    """
    tracks = [len(column.tracks) for column in plan.columns]
    if sum(tracks) <= 1:
        return None
    firsts = [sum(tracks[:number]) + 1 + _TIME_COLUMNS for number in range(len(tracks) + 1)]
    edges = sorted({edge for block in plan.blocks for edge in (block.first, block.end)})
    rows = {edge: number for number, edge in enumerate(edges, 1 + _HEAD_ROWS)}
    grid = _Grid()
    cells = list(_place_entries(plan, entries, grid, rows=rows, firsts=firsts))
    heads = [
        Label(
            text=one_line(group_name(column.value) or ""),
            classes=grid.place(1, 2, first, first + width),
            colour=colour_of(column.value),
        )
        for column, first, width in zip(plan.columns, firsts, tracks, strict=False)
    ]
    heights = dict(zip(edges, _heights(plan, edges), strict=False))
    times = [
        Label(text=plan.clock_at(edge), classes=grid.place(rows[edge], rows[edge] + 1, 1, 2))
        for edge in _labelled(sorted({block.first for block in plan.blocks}), heights)
    ]
    table = f"#{key} .table"
    grid.rules[table] = (
        f"grid-template-columns:var(--times) repeat({sum(tracks)},minmax(var(--column),1fr));"
        f"grid-template-rows:auto {' '.join(f'{height:.3f}rem' for height in heights.values())}"
    )
    return DayTable(cells=cells, heads=heads, times=times, rules=grid.rules, wide=sum(tracks) >= _MANY_COLUMNS)


def _place_entries(
    plan: DayPlan, entries: Mapping[int, EventEntry], grid: "_Grid", *, rows: Mapping[int, int], firsts: Sequence[int]
) -> Iterator[PlacedEntry]:
    """The entries of the blocks, in the order in which they begin."""
    placed = _place_blocks(plan, grid, rows=rows, firsts=firsts)
    told: set[int] = set()
    for block, classes, own in sorted(placed, key=lambda item: (item[0].first, item[0].minutes)):
        key = id(block.occurrence)
        yield PlacedEntry(entry=entries[key], classes=classes, copy=key in told, own=own)
        told.add(key)


def _place_blocks(
    plan: DayPlan, grid: "_Grid", *, rows: Mapping[int, int], firsts: Sequence[int]
) -> Iterator[tuple[Block, str, bool]]:
    """The blocks, each with its classes in the grid, and whether it is in the column of a value. `rows` has the row of
    each edge, and `firsts` the first track of each column.
    """
    for across in plan.across:
        block, columns = across.block, across.columns
        classes = grid.place(rows[block.first], rows[block.end], firsts[columns.start], firsts[columns.stop])
        yield block, classes, False
    for column, first in zip(plan.columns, firsts, strict=False):
        for number, track in enumerate(column.tracks, first):
            for block in track:
                classes = grid.place(rows[block.first], rows[block.end], number, number + 1)
                yield block, classes, column.value is not None


def _heights(plan: DayPlan, edges: Sequence[int]) -> list[float]:
    """The height of each row in rem, from one edge to the next: in proportion to its time, but for hours without any
    event and for events that would be too short to be read.
    """
    covered = [False] * (edges[-1] + 1)
    for block in plan.blocks:
        covered[block.first : block.end] = [True] * (block.end - block.first)
    heights: list[float] = []
    for edge, next_edge in pairwise(edges):
        minutes = (next_edge - edge) * plan.step
        is_gap = minutes >= _GAP_MINUTES and not covered[edge]
        heights.append(_GAP_REM if is_gap else minutes * _REM_A_MINUTE)
    rows = {edge: number for number, edge in enumerate(edges)}
    for block in sorted(plan.blocks, key=lambda block: (block.end - block.first, block.first)):
        of_block = slice(rows[block.first], rows[block.end])
        height = sum(heights[of_block])
        if 0 < height < _LEAST_REM:
            heights[of_block] = [row * _LEAST_REM / height for row in heights[of_block]]
    return heights


def _labelled(starts: Sequence[int], heights: Mapping[int, float]) -> Iterator[int]:
    """The starts whose times can be written below each other; `heights` are those of the rows from each edge."""
    tops: dict[int, float] = {}
    height = 0.0
    for edge, of_row in heights.items():
        tops[edge] = height
        height += of_row
    latest = -_LABEL_REM
    for start in starts:
        if tops[start] - latest >= _LABEL_REM:
            latest = tops[start]
            yield start


class _Grid:
    """The classes by which things are placed, and a rule for each of them."""

    def __init__(self) -> None:
        self.rules: dict[str, str] = {}

    def place(self, row: int, end_row: int, column: int, end_column: int) -> str:
        """The classes of what takes these lines of the grid."""
        for letter, line, side in (
            ("r", row, "row-start"),
            ("s", end_row, "row-end"),
            ("c", column, "column-start"),
            ("d", end_column, "column-end"),
        ):
            self.rules.setdefault(f".{letter}{line}", f"grid-{side}:{line}")
        return f"r{row} s{end_row} c{column} d{end_column}"
