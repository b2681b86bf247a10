"""The scale of a timeline: in which columns an occurrence is drawn, and what stands above them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol

from msgspec import Struct
from rich.text import Text

from agenda.dates import month_name, weekday_name
from agenda.model import Between, Fixed
from agenda.views.styles import FAINT, HEADING

_MIN_DAY_COLUMNS = 3
"""Room for the number of a day, and a gap."""
_MAX_DAY_COLUMNS = 24
"""What a screen has beyond that is for titles beside their bars."""
_LONG_DAY_COLUMNS = 7
"""Room for `Mon 29`."""
_SHORT_DAY_COLUMNS = 4
"""Room for `Mon`; a narrower day is `Mo`."""
_GUIDE = "┊"


class Extent(Struct, frozen=True):
    """The columns from `start` up to `end`, which is not included, and whether what is drawn there also goes on
    `before` and `after` the scale.
    """

    start: int
    end: int
    before: bool = False
    after: bool = False


class Scale(Protocol):
    """What a timeline asks of a scale, whatever its unit."""

    @property
    def first(self) -> date:
        """Its first day."""

    @property
    def last(self) -> date:
        """Its last day."""

    def extent(self, when: Fixed | Between) -> Extent:
        """Where a date is drawn that touches the scale."""

    def guides(self, start: int, end: int) -> Text:
        """The background of these columns: a line in each gap between two units."""

    def heading(self, today: date) -> Iterator[Text]:
        """The lines above the lanes, with a mark at `today`."""

    def reminder(self) -> Text:
        """A line that repeats the units, for lanes that are far below the heading."""


class DayScale(Struct, frozen=True):
    """The days from `first` on. The columns of day 0 begin at `edges[0]`, those of day 1 at `edges[1]`, and so on; the
    last of these columns is the gap before the next day. After the last day comes one more edge.
    """

    first: date
    edges: tuple[int, ...]

    @staticmethod
    def fits(first: date, last: date, width: int) -> bool:
        """Whether that many columns are enough for these days."""
        return ((last - first).days + 1) * _MIN_DAY_COLUMNS <= width + 1

    @classmethod
    def within(cls, first: date, last: date, width: int) -> "DayScale":
        """The scale of these days, `width` columns wide if days can be as wide as that, or wider where it is too narrow
        for them.
        """
        days = (last - first).days + 1
        columns = max(days * _MIN_DAY_COLUMNS, min(days * _MAX_DAY_COLUMNS, width + 1))  # the last gap is not drawn
        return cls(first, tuple(columns * number // days for number in range(days + 1)))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(len(self.edges) - 2)

    def extent(self, when: Fixed | Between) -> Extent:
        """Where a date is drawn that touches the scale: from its first day to its last one."""
        first, last = when.days
        start = (max(first, self.first) - self.first).days
        end = (min(last, self.last) - self.first).days + 1
        return Extent(self.edges[start], self.edges[end] - 1, first < self.first, last > self.last)

    def guides(self, start: int, end: int) -> Text:
        """The background of these columns: a line in each gap between two days."""
        line = "".join(f"{_GUIDE:>{after - edge}}" for edge, after in pairwise(self.edges[:-1]))
        return Text(line.ljust(end)[start:end], style=FAINT)

    def heading(self, today: date) -> Iterator[Text]:
        """The lines above the days: their months, weekdays and numbers, and a mark below `today`."""
        yield Text(self._line(self._months()), style=HEADING)
        narrowest = (self.edges[-1] - self.edges[0]) // len(self._days)
        if narrowest >= _LONG_DAY_COLUMNS:
            yield Text(self._line(f"{weekday_name(day)[:3]} {day.day}" for day in self._days))
        else:
            letters = 3 if narrowest >= _SHORT_DAY_COLUMNS else 2
            yield Text(self._line(weekday_name(day)[:letters] for day in self._days), style=FAINT)
            yield Text(self._line(str(day.day) for day in self._days))
        if self.first <= today <= self.last:
            yield self._mark(today)

    def reminder(self) -> Text:
        """A line of the numbers of the days."""
        return Text(self._line(str(day.day) for day in self._days), style=FAINT)

    @property
    def _days(self) -> list[date]:
        return [self.first + timedelta(number) for number in range(len(self.edges) - 1)]

    def _mark(self, today: date) -> Text:
        """The mark in the first column of today, its word on the side that has room for it."""
        column = self.edges[(today - self.first).days]
        right = "▲ today"
        if column + len(right) < self.edges[-1] or column < len(right):
            return Text(" " * column + right, style=HEADING)
        return Text("today ▲".rjust(column + 1), style=HEADING)

    def _months(self) -> Iterator[str]:
        """A text for each day: the name of the month that begins there, as full as there is room for, else nothing."""
        days = self._days
        starts = [number for number, day in enumerate(days) if number == 0 or day.day == 1]
        ends = dict(zip(starts, [*starts[1:], len(days)], strict=True))
        for number, day in enumerate(days):
            room = self.edges[ends.get(number, number)] - self.edges[number]
            name = month_name(day)
            yield next((text for text in (f"{name} {day.year}", name, name[:3]) if len(text) < room), "")

    def _line(self, texts: Iterable[str]) -> str:
        """The texts, each from the first column of its day on."""
        line = ""
        for edge, text in zip(self.edges, texts, strict=False):
            line = line.ljust(edge) + text if text else line
        return line
