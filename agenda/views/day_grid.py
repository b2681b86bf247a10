"""A day for people, as `day` draws it: hours downwards, a column for each room or city, events as blocks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.limits import MAX_DAY_BLOCKS
from agenda.model import City, Occurrence, ToBeAnnounced
from agenda.query import Query
from agenda.reports.day_plan import STEPS_MINUTES, Block, DayColumn, DayPlan, choose_step, plan_day, rows_in_use
from agenda.reports.groups import DayBy, Value, group_name
from agenda.text.safe import one_line
from agenda.views.day_blocks import (
    UsualPlace,
    block_style,
    block_texts,
    block_times,
    draw_block,
    people_names,
    place_beside,
    usual_place,
)
from agenda.views.styles import (
    FAINT,
    GAP,
    HEADING,
    INDENT,
    NARROW,
    city_names,
    city_style,
    draw_row,
    event_place,
    event_title,
    wrap,
    wrap_event,
)
from agenda.wording.english import Wording

_MIN_COLUMN_CELLS = 18
_TIME_CELLS = 7
"""Room for `09:30`, and a gap."""
_FEW = 5
"""A track is needed by few where another has more than so many times as many blocks."""
_FOLD = "┊"
_ROWS_BESIDES = 5
"""Rows of the screen that the hours leave for the headings and the prompt."""
_ROWS_IN_A_PIPE = 60


class DayForm(Struct, frozen=True):
    """How a day is drawn: with a column for each value of `by`, in rows that are `step` minutes long; where it is None,
    as long as the screen asks for. More than `max_blocks` are a list by the hour, however wide the screen is.
    """

    by: DayBy
    step: int | None = None
    max_blocks: int = MAX_DAY_BLOCKS


class DayGrid:
    """The occurrences of a day, those that touch it, and at the end those whose date is to be announced.

    Where the screen is narrow, the day is a list by the hour; where it is too narrow for all columns, they are drawn in
    several grids, one below the other.
    """

    def __init__(
        self, occurrences: Sequence[Occurrence], day: date, *, form: DayForm, query: Query, words: Wording
    ) -> None:
        self._occurrences = occurrences
        self._day = day
        self._form = form
        self._query = query
        self._words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width, words = options.max_width, self._words
        plan = self._plan(self._form.step or STEPS_MINUTES[0])
        is_list = width < NARROW or len(plan.blocks) > self._form.max_blocks
        if not (is_list or self._form.step):
            rows = console.height - _ROWS_BESIDES if console.is_terminal else _ROWS_IN_A_PIPE
            plan = self._plan(choose_step(self._occurrences, self._day, by=self._form.by, query=self._query, rows=rows))
        usual = usual_place(plan)
        yield from wrap(_heading(plan.day, usual, words), console, width)
        yield from self._untimed(console, width, plan.whole_days, words.text("All day"))
        if is_list:
            yield from self._hours(plan, usual, console, width)
        else:
            for page in _pages(plan, width - _TIME_CELLS):
                yield Text()
                grid = _Grid(plan, page, cells=width - _TIME_CELLS, by=self._form.by, words=words)
                yield from grid.rows(console)
        yield from self._untimed(console, width, plan.perhaps, words.text("Perhaps on this day"))
        undated = [event for event in self._occurrences if isinstance(event.when, ToBeAnnounced)]
        yield from self._untimed(console, width, undated, words.text("To be announced"))

    def _plan(self, step: int) -> DayPlan:
        return plan_day(self._occurrences, self._day, by=self._form.by, query=self._query, step=step)

    def _hours(self, plan: DayPlan, usual: UsualPlace, console: Console, width: int) -> RenderResult:
        """The list by the hour, for narrow screens."""
        blocks = {id(block.occurrence): block for block in plan.blocks}
        hour = ""
        for block in sorted(blocks.values(), key=lambda block: block.minutes):
            start = "00:00" if block.before else f"{block.start:%H}:00"
            if start != hour:
                hour = start
                yield Text()
                yield Text(hour, style=HEADING)
            place = place_beside(block.occurrence, None, usual) or Text()
            place.append(f"{' ' if place else ''}[{block.occurrence.event.id}]", FAINT)
            texts = filter(None, (people_names(block.occurrence), place))
            below = [line for text in texts for line in wrap(text, console, width - 2 * INDENT)]
            times, event = block_times(block, plan.day, self._words), event_title(block.occurrence, self._words)
            title = Text.assemble((times, "bold"), "  ", event)
            lines = [*wrap(title, console, width - INDENT), *(Text(" " * INDENT).append_text(line) for line in below)]
            yield from draw_row(console, (INDENT, lines))

    def _untimed(self, console: Console, width: int, occurrences: Sequence[Occurrence], heading: str) -> RenderResult:
        """What has no time of the day, under its heading."""
        if not occurrences:
            return
        yield Text()
        yield Text(heading, style=FAINT)
        for occurrence in occurrences:
            title = event_title(occurrence, self._words)
            if not isinstance(occurrence.when, ToBeAnnounced):
                first, last = occurrence.when.days
                title.append(f"  {self._words.span_in_words(first, last)}" if first != last else "", FAINT)
            place = event_place(occurrence, city_names(occurrence.event.cities))
            yield from draw_row(console, (INDENT, wrap_event(title, place, console, width - INDENT)))


class _PageColumn(Struct, frozen=True):
    """A column of the plan, by its number there, or some of its tracks."""

    number: int
    column: DayColumn

    @property
    def weight(self) -> int:
        """How many times as wide as other columns it is: once for each track, without tracks that only few of its
        blocks need, as long as no more than two tracks share the room of one.
        """
        tracks = self.column.tracks
        longest = max(map(len, tracks))
        needed = sum(len(track) * _FEW >= longest for track in tracks)
        return max(needed, -(-len(tracks) // 2))


class _PageAcross(Struct, frozen=True):
    """A block across the columns of a page from `first` to `last`, by their places there."""

    block: Block
    first: int
    last: int


class _Page(Struct, frozen=True):
    """What is drawn in one grid: some columns of a plan, and blocks across them."""

    across: Sequence[_PageAcross]
    columns: Sequence[_PageColumn]

    @property
    def blocks(self) -> Sequence[Block]:
        """All of its blocks."""
        return [
            *(across.block for across in self.across),
            *(block for part in self.columns for block in part.column.blocks),
        ]


def _pages(plan: DayPlan, cells: int) -> Iterator[_Page]:
    """As many columns together as there is room for, in pages of about one size. What is across columns is in the first
    page with any of them. A column of more tracks than there is room for goes on in the next page.
    """
    room = max(1, (cells + GAP) // (_MIN_COLUMN_CELLS + GAP))
    left = plan.across
    for columns in _fill(_cut_columns(plan.columns, room), room):
        places = [
            (across, [place for place, part in enumerate(columns) if part.number in across.columns]) for across in left
        ]
        yield _Page([_PageAcross(across.block, at[0], at[-1]) for across, at in places if at], columns)
        left = [across for across, at in places if not at]


def _cut_columns(columns: Iterable[DayColumn], room: int) -> list[_PageColumn]:
    """The same with no more than so many tracks in a column."""
    return [
        _PageColumn(number, DayColumn(column.value, column.tracks[start : start + room]))
        for number, column in enumerate(columns)
        for start in range(0, len(column.tracks), room)
    ]


def _fill(columns: Sequence[_PageColumn], room: int) -> Iterator[Sequence[_PageColumn]]:
    """The columns in pages of at most that weight."""
    weight = sum(part.weight for part in columns)
    even = -(-weight // max(1, -(-weight // room)))
    page: list[_PageColumn] = []
    taken = 0
    for part in columns:
        if page and (taken >= even or taken + part.weight > room):
            yield page
            page, taken = [], 0
        page.append(part)
        taken += part.weight
    if page:
        yield page


class _PlacedBlock(Struct, frozen=True):
    """A block in the column of a value, and where it is drawn: from the cell `left` on, in so many cells."""

    block: Block
    value: Value | None
    left: int
    cells: int


class _Grid:
    """A page of a plan whose columns are `by` a grouping, in so many cells besides the times; where an event is stands
    in its block unless it is the usual place.
    """

    def __init__(self, plan: DayPlan, page: _Page, *, cells: int, by: DayBy, words: Wording) -> None:
        self._plan = plan
        self._usual = usual_place(plan)
        self._page = page
        self._words = words
        self._lacking = words.lacking(by).capitalize()
        self._edges = _share(cells, [part.weight for part in page.columns])

    def rows(self, console: Console) -> Iterator[Text]:
        """The headings, and then the rows of all blocks."""
        yield from self._headings(console)
        pieces = self._pieces(console)
        blocks = self._page.blocks
        labels = self._labels(blocks)
        for number, span in enumerate(rows_in_use(blocks, self._plan.step)):
            if number:
                yield Text(f"{_FOLD:^5}", style=FAINT)
            for row in span:
                yield self._row(labels.get(row, ""), pieces.get(row, []))

    def _labels(self, blocks: Iterable[Block]) -> dict[int, str]:
        """The times that are told beside the rows: when an event starts, if possible one that starts with its row; else
        full hours.
        """
        labels: dict[int, str] = {}
        for block in sorted(blocks, key=lambda block: (block.minutes % self._plan.step != 0, block.minutes)):
            if not block.before:
                labels.setdefault(block.first, f"{block.start:%H:%M}")
        clocks = {row: self._plan.clock_at(row) for block in blocks for row in range(block.first, block.end)}
        for row, clock in clocks.items():
            if clock.endswith(":00"):
                labels.setdefault(row, clock)
        return labels

    def _row(self, label: str, pieces: list[tuple[int, Text]]) -> Text:
        line = Text().append(label, FAINT)
        for left, piece in sorted(pieces, key=lambda piece: piece[0]):
            line.append(" " * (_TIME_CELLS + left - line.cell_len)).append_text(piece)
        line.rstrip()
        return line

    def _headings(self, console: Console) -> Iterator[Text]:
        columns = [part.column for part in self._page.columns]
        if not any(column.value for column in columns):
            return
        names = [
            wrap(
                Text(one_line(group_name(column.value) or self._lacking), style=_heading_style(column.value)),
                console,
                cells,
            )
            for column, (_, cells) in zip(columns, self._edges, strict=True)
        ]
        for number in range(max(map(len, names))):
            line = Text()
            for lines, (left, _) in zip(names, self._edges, strict=True):
                if number < len(lines):
                    line.append(" " * (_TIME_CELLS + left - line.cell_len)).append_text(lines[number])
            yield line

    def _pieces(self, console: Console) -> dict[int, list[tuple[int, Text]]]:
        """What is drawn in each row, with the cell in which it begins."""
        pieces: dict[int, list[tuple[int, Text]]] = {}
        for placed in self._placed():
            texts = block_texts(placed.block, placed.value, day=self._plan.day, usual=self._usual, words=self._words)
            style = block_style(placed.block.occurrence, placed.value)
            drawn = draw_block(placed.block, texts, console, cells=placed.cells, style=style)
            for row, piece in enumerate(drawn, placed.block.first):
                pieces.setdefault(row, []).append((placed.left, piece))
        return pieces

    def _placed(self) -> Iterator[_PlacedBlock]:
        for across in self._page.across:
            left, (last, cells) = self._edges[across.first][0], self._edges[across.last]
            yield _PlacedBlock(across.block, None, left, last + cells - left)
        for part, (left, cells) in zip(self._page.columns, self._edges, strict=True):
            column = part.column
            edges = _share(cells, [1] * len(column.tracks))
            taken = [{row for block in track for row in range(block.first, block.end)} for track in column.tracks]
            for number, track in enumerate(column.tracks):
                for block in track:
                    # It is as wide as the tracks on its right are free beside it.
                    rows = range(block.first, block.end)
                    beside = (other for other in range(number + 1, len(taken)) if not taken[other].isdisjoint(rows))
                    last, last_cells = edges[next(beside, len(taken)) - 1]
                    start = edges[number][0]
                    yield _PlacedBlock(block, column.value, left + start, last + last_cells - start)


def _share(cells: int, shares: Sequence[int]) -> list[tuple[int, int]]:
    """The first cell of each share of these cells, and how many it has, with a gap after each but the last."""
    edges, before = [], 0
    for share in shares:
        left = before * (cells + GAP) // sum(shares)
        before += share
        edges.append((left, before * (cells + GAP) // sum(shares) - GAP - left))
    return edges


def _heading_style(value: Value | None) -> str:
    return f"bold {city_style(value)}" if isinstance(value, City) else HEADING


def _heading(day: date, usual: UsualPlace, words: Wording) -> Text:
    cities, venue = usual
    heading = Text(words.long_day(day), style=HEADING)
    if cities:
        heading.append("  ").append_text(city_names(cities))
    return heading.append(f", {one_line(venue.name)}" if venue and cities else "")
