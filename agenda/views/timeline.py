"""Events for people, as `timeline` draws them: bars over their days, in lanes, with the titles on or beside them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from agenda.model import Between, City, Fixed, Occurrence, ToBeAnnounced
from agenda.query import Query
from agenda.recurrence.expand import shift_day
from agenda.reports.groups import Lane, LaneBy, group_name
from agenda.text.safe import one_line
from agenda.views.bars import Bar, Piece
from agenda.views.lanes_on_scales import place_on_scales
from agenda.views.listing import Listing
from agenda.views.scales import DayScale, HourScale, Scale
from agenda.views.styles import (
    FAINT,
    HATCHED,
    HEADING,
    Lines,
    city_names,
    city_style,
    draw_row,
    event_title,
    line_segments,
    wrap,
)
from agenda.wording.english import Wording

_MAX_LINES_BESIDE = 3
"""A title that would take more lines beside its bars stands above them."""

Side = Literal["left", "right"]

_TIES: dict[Side, tuple[str, str]] = {"left": ("┌", "│"), "right": ("┐", "│")}
"""What ties the lines of a title to the bar below them: at that end of the first line, and of the others."""


class TimelineEntry(Struct, frozen=True):
    """An event on the timeline: its title, and a bar for each time that it happens, from left to right."""

    title: Text
    bars: Sequence[Bar]

    @property
    def fits_on_bar(self) -> bool:
        """Whether there is room for its title on its first bar."""
        return self.title.cell_len <= self.bars[0].room()

    def cost(self, console: Console, side: Side, width: int) -> int:
        """How many lines it takes with its title on that side of its bars; where there is too little room, one more
        than it takes with its title above them, since that is harder to read.
        """
        if beside := self._lines_beside(console, self._room_beside(side, width)):
            return len(beside)
        _, room = self._room_above(width)
        return len(self._wrapped(console, room) or wrap(self.title, console, width)) + 2

    def rows(self, console: Console, background: str, side: Side, width: int) -> Iterator[Text]:
        """The lines of the event, on that background: its title on its first bar, else on that side of its bars, else,
        where there is too little room, above them.
        """
        if self.fits_on_bar:
            first, *others = self.bars
            yield _row([first.draw_with(self.title, console), *(bar.draw() for bar in others)], background, width)
            return
        bars = [bar.draw() for bar in self.bars]
        beside = self._beside(console, side, width)
        if not beside:
            yield from (_row([piece], background, width) for piece in self._above(console, width))
            yield _row(bars, background, width)
            return
        first_line, *more = beside
        yield _row([*bars, first_line] if side == "right" else [first_line, *bars], background, width)
        yield from (_row([piece], background, width) for piece in more)

    def _beside(self, console: Console, side: Side, width: int) -> Sequence[Piece]:
        """The lines of the title on that side of the bars; none where there is too little room."""
        room = self._room_beside(side, width)
        return [
            _clear(self._end + 1 if side == "right" else room - line.cell_len, line, width)
            for line in self._lines_beside(console, room)
        ]

    def _room_beside(self, side: Side, width: int) -> int:
        return self.bars[0].extent.start - 1 if side == "left" else width - self._end - 1

    def _lines_beside(self, console: Console, room: int) -> Lines:
        """The lines of the title in that room beside the bars; none where a word of it is wider, or where it would take
        many more lines than above them.
        """
        if room * _MAX_LINES_BESIDE < self.title.cell_len:
            return []
        lines = self._wrapped(console, room)
        return [] if len(lines) > _MAX_LINES_BESIDE else lines

    def _above(self, console: Console, width: int) -> Sequence[Piece]:
        """The lines of the title above the bars, tied to the first column of the first bar, or to the last column of
        the last one if there is more room; as wide as the screen and not tied where a word of it is too wide for that.
        """
        side, room = self._room_above(width)
        lines = self._wrapped(console, room)
        if not lines:
            return [Piece(0, line) for line in wrap(self.title, console, width)]
        corner, stroke = _TIES[side]
        signs = [corner, *[stroke] * (len(lines) - 1)]
        if side == "left":
            return [
                _clear(self.bars[0].extent.start, Text.assemble(sign, " ", line), width)
                for sign, line in zip(signs, lines, strict=True)
            ]
        return [
            _clear(room - line.cell_len, Text.assemble(line, " ", sign), width)
            for sign, line in zip(signs, lines, strict=True)
        ]

    def _room_above(self, width: int) -> tuple[Side, int]:
        """The side of the bars to which a title above them is tied, and its room there."""
        tie = cell_len(_TIES["left"][0]) + 1
        rooms: dict[Side, int] = {"left": width - self.bars[0].extent.start - tie, "right": self._end - tie}
        fitting = [side for side, room in rooms.items() if self.title.cell_len <= room]
        side = fitting[0] if fitting else max(rooms, key=lambda side: rooms[side])
        return side, rooms[side]

    @property
    def _end(self) -> int:
        """The column after its last bar."""
        return max(bar.extent.end for bar in self.bars)

    def _wrapped(self, console: Console, room: int) -> Lines:
        """The lines of the title, `room` columns wide; none where a word of it is wider."""
        if self.title.cell_len <= room:
            return [self.title]
        if room < max(map(cell_len, self.title.plain.split()), default=1):
            return []
        lines = wrap(self.title, console, room)
        for line in lines:
            line.rstrip()
        return lines


def _clear(start: int, line: Text, width: int) -> Piece:
    """A line of a title from the column `start` on, with a blank on each side that has room for it, so that no guide
    touches it.
    """
    left, right = start > 0, start + line.cell_len < width
    return Piece(start - left, Text.assemble(" " * left, line, " " * right))


def _choose_side(entries: Sequence[TimelineEntry], console: Console, width: int) -> Side:
    """The side of the bars on which the titles of a lane stand: the one that costs the fewest lines."""
    beside = [entry for entry in entries if not entry.fits_on_bar]
    right = sum(entry.cost(console, "right", width) for entry in beside)
    if right == len(beside):  # none can cost less than a line
        return "right"
    return "left" if sum(entry.cost(console, "left", width) for entry in beside) < right else "right"


def _make_entry(
    occurrences: Sequence[Occurrence], lane: Lane, scale: Scale, *, asked: frozenset[str], words: Wording
) -> TimelineEntry:
    """The entry of one event in a lane, made of its occurrences that touch the scale.

    A bar has the colour of the lane's city; in other lanes it has the colours of all cities of the event, whose names
    then follow the title, but for a single one that was `asked` for.
    """
    event = occurrences[0].event
    of_city = isinstance(lane.value, City)
    return TimelineEntry(
        _title(occurrences[0], Text() if of_city else _cities(event.cities, asked, words), words),
        [
            Bar(
                scale.extent(occurrence.when),  # type: ignore[arg-type]  # it has a date
                isinstance(occurrence.when, Between),
                (lane.value,) if isinstance(lane.value, City) else event.cities,
            )
            for occurrence in occurrences
        ],
    )


def _cities(cities: Sequence[City], asked: frozenset[str], words: Wording) -> Text:
    """The cities to be told with a title: where one was asked for, only that an event is in others as well."""
    if len(asked) != 1:
        return city_names(tuple(cities))
    others = city_names(tuple(city for city in cities if city.name not in asked))
    return Text.assemble(words.text("also {cities}", cities=""), others) if others else others


def _title(occurrence: Occurrence, cities: Text, words: Wording) -> Text:
    """The title after its time, and before its cities."""
    when = occurrence.when
    time = words.times_in_words(when) if isinstance(when, Fixed) else ""
    before = (f"{time} " if time else "", HEADING)
    return Text.assemble(before, event_title(occurrence, words), *((" (", cities, ")") if cities else ()))


def _row(pieces: Sequence[Piece], background: str, width: int) -> Text:
    """A line of the timeline: its pieces, from left to right, on the background of its scale."""
    line = Text()
    column = 0
    for piece in pieces:
        line.append(background[column : piece.start].ljust(piece.start - column), FAINT)
        # Occurrences of a series may overlap: what the one before covers is left out.
        line.append_text(piece.text if column <= piece.start else piece.text[column - piece.start :])
        column = max(column, piece.end)
    return line.append(background[column:width].ljust(width - column), FAINT)


_WEEK_DAYS = 7
_MAX_DAYS_IN_HOURS = 2
"""So many days are drawn by hours."""
_FAR_LINES = 10
"""After so many lines, the numbers of the days are too far above, and are repeated."""
_LEGEND_COLUMNS = 3


class Timeline:
    """The lanes of `occurrences`, which are in order and were selected by `query`: each event in a lane is a bar over
    its days. Those without a date are listed below.

    Only the days that the query asks for are drawn, and its day today is marked. The lanes are those `by` a grouping.
    """

    def __init__(
        self, occurrences: Sequence[Occurrence], lanes: Sequence[Lane], query: Query, *, by: LaneBy, words: Wording
    ) -> None:
        self._dated = [occurrence for occurrence in occurrences if not isinstance(occurrence.when, ToBeAnnounced)]
        self._undated = [occurrence for occurrence in occurrences if isinstance(occurrence.when, ToBeAnnounced)]
        self._lanes = lanes
        self._query = query
        self._words = words
        self._rest = words.lacking(by).capitalize()

    @property
    def weeks(self) -> int:
        """How many weeks it draws where its days are too many for one scale."""
        return len(_mondays(_days(self._dated), self._query)) if self._dated else 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        scales = list(_scales(self._dated, self._query, width, words=self._words))
        words = self._words
        before: Scale | None = None
        for on_scale in place_on_scales(self._lanes, scales):
            scale = on_scale.scale
            heading = scale.heading(self._query.today)
            between = [Text(self._between(before, scale), style=FAINT)] if before else []
            for text in (*between, *heading):
                yield from draw_row(console, (0, wrap(text, console, width)))
            background = scale.guides()
            lines = 0
            for in_lane in on_scale.lanes:
                lane = in_lane.lane
                if lines >= _FAR_LINES:
                    yield scale.reminder()
                    lines = 0
                yield from self._name(lane, width).render(console, "\n")
                entries = [
                    _make_entry(of_event, lane, scale, asked=self._query.cities, words=words)
                    for of_event in in_lane.events
                ]
                side = _choose_side(entries, console, width)
                for entry in entries:
                    for line in entry.rows(console, background, side, width):
                        yield from line_segments(line, console)
                        yield Segment.line()
                        lines += 1
            if on_scale.more:
                more = words.text("{number} more", number=words.number(on_scale.more))
                yield Text(words.labelled(words.text("also"), more), style=FAINT)
            before = scale
        if any(isinstance(occurrence.when, Between) for occurrence in self._dated):
            meaning = self._words.text("on some of these days; which is not known")
            yield Text(f"\n{HATCHED * _LEGEND_COLUMNS} {meaning}", style=FAINT)
        if self._undated:
            if self._dated:
                yield Text()
            yield Listing(self._undated, words=self._words)

    def _name(self, lane: Lane, width: int) -> Text:
        name = Text(one_line(group_name(lane.value) or self._rest), style=HEADING)
        if isinstance(lane.value, City):
            name.stylize(city_style(lane.value))
        rule = Text(f" {'─' * (width - name.cell_len - 1)}", style=FAINT)
        return Text.assemble(name, rule, no_wrap=True, overflow="ignore")

    def _between(self, before: Scale, after: Scale) -> str:
        """The line between two scales: how many weeks they skip; empty where it is none."""
        weeks = (after.first - before.last).days // _WEEK_DAYS
        skipped = self._words.plural_text(
            "{number} week in which nothing begins or ends", "{number} weeks in which nothing begins or ends", weeks
        )
        return f"\n{skipped}\n" if weeks else ""


def _scales(dated: Sequence[Occurrence], query: Query, width: int, *, words: Wording) -> Iterator[Scale]:
    """One scale from the first day to the last, of hours where these are few and any event has times; or, where they
    are too many for the screen, one for each week in which something begins or ends.
    """
    days = _days(dated)
    if not days:
        return
    first, last = _first_and_last(days, query)
    times = [
        occurrence.when for occurrence in dated if isinstance(occurrence.when, Fixed) and not occurrence.when.all_day
    ]
    if times and (last - first).days < _MAX_DAYS_IN_HOURS:
        yield HourScale.within(first, last, times, width=width, words=words)
        return
    if DayScale.fits(first, last, width):
        yield DayScale.within(first, last, width, words=words)
        return
    for monday in sorted(_mondays(days, query)):
        yield DayScale.within(monday, shift_day(monday, _WEEK_DAYS - 1), width, words=words)


def _days(dated: Sequence[Occurrence]) -> list[tuple[date, date]]:
    """The first and the last day of each occurrence."""
    return [occurrence.when.days for occurrence in dated if not isinstance(occurrence.when, ToBeAnnounced)]


def _first_and_last(days: Sequence[tuple[date, date]], query: Query) -> tuple[date, date]:
    """The first and the last day that is drawn."""
    low, high = query.first or date.min, query.last or date.max
    return max(low, min(first for first, _ in days)), min(high, max(last for _, last in days))


def _mondays(days: Sequence[tuple[date, date]], query: Query) -> set[date]:
    """The weeks in which something begins or ends, and the first one that is drawn, by their first days."""
    first, last = _first_and_last(days, query)
    edges = {day for ends in days for day in ends if first <= day <= last} | {first}
    return {shift_day(day, -day.weekday()) for day in edges}
