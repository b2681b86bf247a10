"""A day for people, as `day` draws it: hours downwards, a column for each room or city, events as blocks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.dates import clock_time, long_day, short_day, span_in_words, times_in_words
from agenda.model import City, Fixed, Occurrence, Room, ToBeAnnounced, Venue
from agenda.query import Query
from agenda.reports.day_plan import Block, DayColumn, DayPlan, choose_step, plan_day, rows_in_use
from agenda.reports.groups import DayBy, Value, group_name
from agenda.text import one_line
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
    numbered_style,
    wrap,
    wrap_event,
)

_MIN_COLUMN_CELLS = 18
_TIME_CELLS = 7
"""Room for `09:30`, and a gap."""
_TOP, _SIDE, _BOTTOM, _ONLY, _OPEN = "┏", "┃", "┗", "╺", "╏"
"""The left edge of a block: its first row, those between, its last row, its only row; and where it goes on from the day
before or into the next, or where its end is not known.
"""
_RULE = "━"
_EDGE_CELLS = 2
_FOLD = "┊"
_ROWS_BESIDES = 5
"""Rows of the screen that the hours leave for the headings and the prompt."""
_ROWS_IN_A_PIPE = 60


_Where = tuple[tuple[City, ...], Venue | None]


class DayGrid:
    """The occurrences of a day, those that touch it, with a column for each value of `by`; and, at the end, those whose
    date is to be announced.

    Rows are `step` minutes long; where it is None, as long as the screen asks for. Where the screen is narrow, the day
    is a list by the hour; where it is too narrow for all columns, they are drawn in several grids, one below the other.
    """

    def __init__(
        self, occurrences: Sequence[Occurrence], day: date, *, by: DayBy, query: Query, step: int | None
    ) -> None:
        self._occurrences = occurrences
        self._day = day
        self._by = by
        self._query = query
        self._step = step

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        plan = self._plan(console.height - _ROWS_BESIDES if console.is_terminal else _ROWS_IN_A_PIPE)
        usual = _usual_place(plan)
        yield from wrap(_heading(plan.day, usual), console, width)
        yield from _draw_untimed(console, width, plan.whole_days, "All day")
        if width < NARROW:
            yield from _draw_hours(plan, usual, console, width)
        else:
            for page in _pages(plan, width - _TIME_CELLS):
                yield Text()
                yield from _Grid(plan, page, cells=width - _TIME_CELLS, lacking=f"No {self._by}").rows(console)
        yield from _draw_untimed(console, width, plan.perhaps, "Perhaps on this day")
        undated = [event for event in self._occurrences if isinstance(event.when, ToBeAnnounced)]
        yield from _draw_untimed(console, width, undated, "To be announced")

    def _plan(self, rows: int) -> DayPlan:
        step = self._step or choose_step(self._occurrences, self._day, by=self._by, query=self._query, rows=rows)
        return plan_day(self._occurrences, self._day, by=self._by, query=self._query, step=step)


class _Page(Struct, frozen=True):
    """What is drawn in one grid: blocks across all of its columns, and these."""

    across: Sequence[Block]
    columns: Sequence[DayColumn]

    @property
    def blocks(self) -> Sequence[Block]:
        """All of its blocks."""
        return [*self.across, *(block for column in self.columns for block in column.blocks)]


def _pages(plan: DayPlan, cells: int) -> Iterator[_Page]:
    """As many columns together as there is room for, in pages of about one size. The first one has what is across all
    columns. A column of more tracks than there is room for goes on in the next page.
    """
    room = max(1, (cells + GAP) // (_MIN_COLUMN_CELLS + GAP))
    across = plan.across
    for columns in _fill(_cut_columns(plan.columns, room), room):
        yield _Page(across, columns)
        across = ()
    if across:
        yield _Page(across, ())


def _cut_columns(columns: Iterable[DayColumn], room: int) -> list[DayColumn]:
    """The same with no more than so many tracks in a column."""
    return [
        DayColumn(column.value, column.tracks[start : start + room])
        for column in columns
        for start in range(0, len(column.tracks), room)
    ]


def _fill(columns: Sequence[DayColumn], room: int) -> Iterator[Sequence[DayColumn]]:
    """The columns in pages of at most so many tracks."""
    tracks = sum(len(column.tracks) for column in columns)
    even = -(-tracks // max(1, -(-tracks // room)))
    page: list[DayColumn] = []
    taken = 0
    for column in columns:
        if page and (taken >= even or taken + len(column.tracks) > room):
            yield page
            page, taken = [], 0
        page.append(column)
        taken += len(column.tracks)
    if page:
        yield page


def _draw_hours(plan: DayPlan, usual: _Where, console: Console, width: int) -> RenderResult:
    """The list by the hour, for narrow screens."""
    blocks = {id(block.occurrence): block for block in plan.blocks}
    hour = ""
    for block in sorted(blocks.values(), key=lambda block: block.minutes):
        start = "00:00" if block.before else f"{block.start:%H}:00"
        if start != hour:
            hour = start
            yield Text()
            yield Text(hour, style=HEADING)
        place = _place(block.occurrence, None, usual) or Text()
        place.append(f"{' ' if place else ''}[{block.occurrence.event.id}]", FAINT)
        texts = filter(None, (_people(block.occurrence), place))
        below = [line for text in texts for line in wrap(text, console, width - 2 * INDENT)]
        title = Text.assemble((_times(block, plan.day), "bold"), "  ", event_title(block.occurrence))
        lines = [*wrap(title, console, width - INDENT), *(Text(" " * INDENT).append_text(line) for line in below)]
        yield from draw_row(console, (INDENT, lines))


class _PlacedBlock(Struct, frozen=True):
    """A block in the column of a value, and where it is drawn: from the cell `left` on, in so many cells."""

    block: Block
    value: Value | None
    left: int
    cells: int


class _Grid:
    """A page of a plan, in so many cells besides the times; the column of what lacks a value is called `lacking`."""

    def __init__(self, plan: DayPlan, page: _Page, *, cells: int, lacking: str) -> None:
        self._plan = plan
        self._usual = _usual_place(plan)
        self._page = page
        self._lacking = lacking
        self._cells = cells
        self._edges = _edges(page.columns, cells)

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
        """The times that are told beside the rows: full hours, and when the first event of a row starts."""
        clocks = {row: self._plan.clock_at(row) for block in blocks for row in range(block.first, block.end)}
        labels = {row: clock for row, clock in clocks.items() if clock.endswith(":00")}
        for block in sorted(blocks, key=lambda block: -block.minutes):
            labels[block.first] = clocks[block.first] if block.before else f"{block.start:%H:%M}"
        return labels

    def _row(self, label: str, pieces: list[tuple[int, Text]]) -> Text:
        line = Text().append(label, FAINT)
        for left, piece in sorted(pieces, key=lambda piece: piece[0]):
            line.append(" " * (_TIME_CELLS + left - line.cell_len)).append_text(piece)
        line.rstrip()
        return line

    def _headings(self, console: Console) -> Iterator[Text]:
        columns = self._page.columns
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
            texts = _texts(placed.block, placed.value, self._plan.day, self._usual)
            style = _block_style(placed.block.occurrence, placed.value)
            drawn = _draw_block(placed.block, texts, console, cells=placed.cells, style=style)
            for row, piece in enumerate(drawn, placed.block.first):
                pieces.setdefault(row, []).append((placed.left, piece))
        return pieces

    def _placed(self) -> Iterator[_PlacedBlock]:
        for block in self._page.across:
            yield _PlacedBlock(block, None, 0, self._cells)
        for column, (left, cells) in zip(self._page.columns, self._edges, strict=True):
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


def _edges(columns: Sequence[DayColumn], cells: int) -> list[tuple[int, int]]:
    """The first cell of each column, and how many it has: as many as it has tracks of those that there are."""
    return _share(cells, [len(column.tracks) for column in columns])


def _share(cells: int, shares: Sequence[int]) -> list[tuple[int, int]]:
    """The first cell of each share of these cells, and how many it has, with a gap after each but the last."""
    edges, before = [], 0
    for share in shares:
        left = before * (cells + GAP) // sum(shares)
        before += share
        edges.append((left, before * (cells + GAP) // sum(shares) - GAP - left))
    return edges


def _draw_block(block: Block, texts: Iterable[Text], console: Console, *, cells: int, style: str) -> list[Text]:
    """The rows of a block: an edge, and on its right the time, title, people and place, as far as there is room. The
    edge goes on above the block where its title is in one line.
    """
    height = block.end - block.first
    room = max(1, cells - _EDGE_CELLS)
    lines: list[Text] = []
    rule = 0
    for text in texts:
        if len(lines) == height:
            break
        wrapped = wrap(text, console, room)
        if not lines and len(wrapped) == 1:
            rule = room - wrapped[0].cell_len - 1
        left = height - len(lines)
        lines += wrapped if len(wrapped) <= left else [*wrapped[: left - 1], _cut(wrapped[left - 1], room)]
    lines += [Text()] * (height - len(lines))
    for line in lines:
        line.rstrip()
    rows = [Text.assemble((edge, style), " ", line) for edge, line in zip(_signs(block), lines, strict=True)]
    if rule > 0:
        rows[0].append(f" {_RULE * rule}", style)
    return rows


def _cut(line: Text, room: int) -> Text:
    """The line with a sign at its end that more would follow."""
    cut = line.copy()
    cut.rstrip()
    cut.truncate(max(1, room - 1), overflow="crop")
    return cut.append("…")


def _signs(block: Block) -> list[str]:
    height = block.end - block.first
    is_open = isinstance(block.occurrence.when, Fixed) and block.occurrence.when.end is None
    top = _OPEN if block.before else _TOP
    bottom = _OPEN if block.after or is_open else _BOTTOM
    if height == 1:
        return [_ONLY if (top, bottom) == (_TOP, _BOTTOM) else _OPEN]
    return [top, *[_SIDE] * (height - 2), bottom]


def _times(block: Block, day: date) -> str:
    """When the event is on that day: `09:30–10:15`, `until 00:30` where it goes on from the day before."""
    when = block.occurrence.when
    if not isinstance(when, Fixed):
        return ""
    if not block.before or not isinstance(when.end, datetime):
        return times_in_words(when)
    on = f"{short_day(when.end.date(), day.year)} " if block.after else ""
    return f"until {on}{clock_time(when.end)}"


def _texts(block: Block, value: Value | None, day: date, usual: _Where) -> Iterator[Text]:
    """The texts of a block, the most important first."""
    times = _times(block, day) if block.before or block.after else clock_time(block.start)
    yield Text.assemble((times, "bold"), " ", event_title(block.occurrence))
    yield from filter(None, (_people(block.occurrence), _place(block.occurrence, value, usual)))


def _place(occurrence: Occurrence, value: Value | None, usual: _Where) -> Text | None:
    """Where it is, without what its column says, and what the heading of the day says of where most events are."""
    event = occurrence.event
    cities, venue = usual
    named = [
        *(city.name for city in event.cities if event.cities != cities and city != value),
        *([event.venue.name] if event.venue and event.venue != venue and not _are_one(event.venue, value) else []),
        *([event.room.name] if event.room and not _are_one(event.room, value) else []),
    ]
    return Text(", ".join(map(one_line, named)), style=FAINT) if named else None


def _are_one(place: Room | Venue, value: Value | None) -> bool:
    """Whether the column is of that place, perhaps under a name that says more."""
    match place, value:
        case Room(), Room():
            return place.place == value.place
        case Venue(), Venue():
            return place.id == value.id
    return False


def _usual_place(plan: DayPlan) -> _Where:
    """The cities and the venue of most events that have times."""
    places = Counter((block.occurrence.event.cities, block.occurrence.event.venue) for block in plan.blocks)
    return places.most_common(1)[0][0] if places else ((), None)


def _people(occurrence: Occurrence) -> Text | None:
    names = [one_line(person.name) for person in occurrence.event.people]
    return Text(", ".join(names), style=FAINT) if names else None


def _block_style(occurrence: Occurrence, value: Value | None) -> str:
    if isinstance(value, City):
        return city_style(value)
    if isinstance(value, Room):
        return numbered_style(value.place)
    return city_style(occurrence.event.cities[0]) if occurrence.event.cities else ""


def _heading_style(value: Value | None) -> str:
    return f"bold {city_style(value)}" if isinstance(value, City) else HEADING


def _heading(day: date, usual: _Where) -> Text:
    cities, venue = usual
    heading = Text(long_day(day), style=HEADING)
    if cities:
        heading.append("  ").append_text(city_names(cities))
    return heading.append(f", {one_line(venue.name)}" if venue and cities else "")


def _draw_untimed(console: Console, width: int, occurrences: Sequence[Occurrence], heading: str) -> RenderResult:
    """What has no time of the day, under its heading."""
    if not occurrences:
        return
    yield Text()
    yield Text(heading, style=FAINT)
    for occurrence in occurrences:
        title = event_title(occurrence)
        if not isinstance(occurrence.when, ToBeAnnounced):
            first, last = occurrence.when.days
            title.append(f"  {span_in_words(first, last)}" if first != last else "", FAINT)
        place = event_place(occurrence, city_names(occurrence.event.cities))
        yield from draw_row(console, (INDENT, wrap_event(title, place, console, width - INDENT)))
