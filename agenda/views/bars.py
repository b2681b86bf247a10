"""Bars of a chart, and the titles beside them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from agenda.answers.lanes import Lane
from agenda.model import Between, City, Fixed, Occurrence
from agenda.views.palette import HEADING, city_names, city_style
from agenda.views.parts import title_of
from agenda.views.rows import Lines, wrapped
from agenda.views.scale import Scale
from agenda.words import times

SOLID = "▇"
HATCHED = "░"
_BEFORE, _AFTER = "◀", "▶"
"""At the end of a bar that goes on past the scale."""
_EDGE = 2
"""Columns of a bar that stay to be seen on each side of a title inside it."""


class Bar(Struct, frozen=True):
    """What stands in a line of a chart from a column on: a bar, or a part of a title."""

    start: int
    shown: Text

    @property
    def end(self) -> int:
        """The column after its last one."""
        return self.start + self.shown.cell_len


class Entry(Struct, frozen=True):
    """An event on a chart: its title, and a bar for each time that it happens, from left to right."""

    title: Text
    bars: Sequence[Bar]

    def rows(self, console: Console, scale: Scale, width: int) -> Iterator[Text]:
        """The lines of the chart: the title inside the bar, beside it, or above it, whichever takes the fewest."""
        start, end = self.bars[0].start, self.bars[-1].end
        if len(self.bars) == 1 and self.title.cell_len + 2 * (_EDGE + 1) <= end - start:
            yield _row([self._with_title_inside()], scale, width)
            return
        right = self._wrapped(console, width - end - 1)
        left = self._wrapped(console, start - 1) if len(right) != 1 else []  # one line is the fewest
        above = self._wrapped(console, width) or [Text("\n").join(wrapped(self.title, console, width))]
        beside = min(filter(None, (right, left)), key=len, default=None)
        if beside is None or len(beside) > len(above) + 1:
            column = max(0, min(start, width - max(line.cell_len for line in above)))
            yield from (Text.assemble(" " * column, line) for line in above)
            yield _row(self.bars, scale, width)
            return
        first, *more = [
            Bar(end, Text.assemble(" ", line))
            if beside is right
            else Bar(start - 1 - line.cell_len, Text.assemble(line, " "))
            for line in beside
        ]
        yield _row(sorted([*self.bars, first], key=lambda part: part.start), scale, width)
        for part in more:
            yield Text.assemble(" " * part.start, part.shown)

    def _with_title_inside(self) -> Bar:
        (bar,) = self.bars
        rest = bar.shown[_EDGE + self.title.cell_len + 2 :]
        return Bar(bar.start, Text.assemble(bar.shown[:_EDGE], " ", self.title, " ", rest))

    def _wrapped(self, console: Console, room: int) -> Lines:
        """The lines of the title in that many columns; none where one of its words does not fit."""
        if room < max(map(cell_len, self.title.plain.split()), default=1):
            return []
        lines = wrapped(self.title, console, room)
        for line in lines:
            line.rstrip()
        return lines


def entry(occurrences: Sequence[Occurrence], lane: Lane, scale: Scale) -> Entry:
    """What is drawn of one event in that lane, given what of it touches the scale.

    A bar has the colour of the lane's city, or else those of all cities of the event, which then stand in its title.
    """
    event = occurrences[0].event
    cities = (lane.of,) if isinstance(lane.of, City) else event.cities
    named = not isinstance(lane.of, City)
    return Entry(_title(occurrences[0], named=named), [_bar(shown, cities, scale) for shown in occurrences])


def _bar(occurrence: Occurrence, cities: Sequence[City], scale: Scale) -> Bar:
    first, last = occurrence.when.days  # type: ignore[union-attr]  # it has a date
    start, end = scale.columns(first, last)
    chars = [HATCHED if isinstance(occurrence.when, Between) else SOLID] * (end - start)
    if first < scale.first:
        chars[0] = _BEFORE
    if last > scale.last:
        chars[-1] = _AFTER
    shown = Text("".join(chars))
    for number, city in enumerate(cities):  # each has its share
        edges = (len(chars) * share // len(cities) for share in (number, number + 1))
        shown.stylize(city_style(city), *edges)
    return Bar(start, shown)


def _title(occurrence: Occurrence, *, named: bool) -> Text:
    """The title, with its time before it and its cities behind it, where they are to be named."""
    when = occurrence.when
    time = times(when) if isinstance(when, Fixed) else ""
    cities = city_names(occurrence.event.cities) if named else Text()
    before = (f"{time} " if time else "", HEADING)
    return Text.assemble(before, title_of(occurrence), *((" (", cities, ")") if cities else ()))


def _row(parts: Sequence[Bar], scale: Scale, width: int) -> Text:
    """A line of the chart: its parts, from left to right, and the guides around them."""
    line = Text()
    column = 0
    for part in parts:
        line.append_text(scale.guides(column, part.start))
        # Days of a series may be those of the time before.
        line.append_text(part.shown if column <= part.start else part.shown[column - part.start :])
        column = max(column, part.end)
    return line.append_text(scale.guides(column, width))
