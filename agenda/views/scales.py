"""The scale of a timeline: in which columns an occurrence is drawn, and what stands above them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Protocol

from msgspec import Struct
from rich.cells import cell_len
from rich.text import Text

from agenda.model import Between, Fixed
from agenda.views.styles import FAINT, HEADING
from agenda.wording.english import Wording

_MIN_DAY_COLUMNS = 3
"""Room for the number of a day, and a gap."""
_MAX_DAY_COLUMNS = 24
"""What a screen has beyond that is for titles beside their bars."""
_LONG_DAY_COLUMNS = 7
"""Room for `Mon 29`; the names of some languages are longer."""
_SHORT_DAY_COLUMNS = 4
"""Room for `Mon`; a narrower day is `Mo`."""
_HOUR_COLUMNS = 6
"""Room for `09:00`, and a gap."""
_HOUR_STEPS = (1, 2, 3, 4, 6, 12)
_HOUR_MINUTES = 60
_DAY_HOURS = 24
_DAY_MINUTES = _DAY_HOURS * _HOUR_MINUTES
_NOON_HOUR = 12
_LEAST_HOURS = 6
"""Hours of a day that are drawn even where fewer are in use, so that a time is seen to be early or late."""
_TODAY = "▲"
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

    def guides(self) -> str:
        """The background of a line: a stroke in each gap between two units."""

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
    words: Wording

    @staticmethod
    def fits(first: date, last: date, width: int) -> bool:
        """Whether that many columns are enough for these days."""
        return ((last - first).days + 1) * _MIN_DAY_COLUMNS <= width + 1

    @classmethod
    def within(cls, first: date, last: date, width: int, *, words: Wording) -> "DayScale":
        """The scale of these days, `width` columns wide if days can be as wide as that, or wider where it is too narrow
        for them.
        """
        days = (last - first).days + 1
        columns = max(days * _MIN_DAY_COLUMNS, min(days * _MAX_DAY_COLUMNS, width + 1))  # the last gap is not drawn
        return cls(first, tuple(columns * number // days for number in range(days + 1)), words)

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

    def guides(self) -> str:
        """The background of a line: a stroke in each gap between two days."""
        return "".join(f"{_GUIDE:>{after - edge}}" for edge, after in pairwise(self.edges[:-1]))

    def heading(self, today: date) -> Iterator[Text]:
        """The lines above the days: their months, weekdays and numbers, and a mark below `today`."""
        yield Text(self._line(self._months()), style=HEADING)
        narrowest = (self.edges[-1] - self.edges[0]) // len(self._days)
        days = [self.words.weekday_and_number(day) for day in self._days]
        if narrowest >= max(_LONG_DAY_COLUMNS, *(cell_len(day) + 1 for day in days)):
            yield Text(self._line(days))
        else:
            weekdays = self.words.weekdays(3 if narrowest >= _SHORT_DAY_COLUMNS else 2)
            yield Text(self._line(weekdays[day.weekday()] for day in self._days), style=FAINT)
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
        word = self.words.text("today")
        cells = cell_len(word) + 2
        if column + cells < self.edges[-1] or column < cells:
            return Text(f"{' ' * column}{_TODAY} {word}", style=HEADING)
        return Text(f"{' ' * (column + 1 - cells)}{word} {_TODAY}", style=HEADING)

    def _months(self) -> Iterator[str]:
        """A text for each day: the name of the month that begins there, as full as there is room for, else nothing."""
        days = self._days
        starts = [number for number, day in enumerate(days) if number == 0 or day.day == 1]
        ends = dict(zip(starts, [*starts[1:], len(days)], strict=True))
        for number, day in enumerate(days):
            room = self.edges[ends.get(number, number)] - self.edges[number]
            names = (self.words.long_month(day), self.words.month_name(day), self.words.short_month(day))
            yield next((name for name in names if cell_len(name) < room), "")

    def _line(self, texts: Iterable[str]) -> str:
        """The texts, each from the first column of its day on."""
        line = ""
        for edge, text in zip(self.edges, texts, strict=False):
            line += " " * (edge - cell_len(line)) + text if text else ""
        return line


class HourScale(Struct, frozen=True):
    """Some hours of the days from `first` on, in so many `columns`: `hours` has those of each day.

    Times are where the clocks of their own zones show them, and what lies outside of these hours is at their edge.
    """

    first: date
    hours: tuple[range, ...]
    columns: int
    words: Wording

    @classmethod
    def within(cls, first: date, last: date, times: Iterable[Fixed], *, width: int, words: Wording) -> "HourScale":
        """The scale of the hours of these days in which any of the times is, `width` columns wide."""
        on_days: list[list[tuple[int, int]]] = [[] for _ in range((last - first).days + 1)]
        for when in times:
            for number, spans in enumerate(on_days):
                day = first + timedelta(number)
                if when.days[0] <= day <= when.days[1]:
                    spans.append(_minutes_on(day, when))
        return cls(first, tuple(map(_hours_of, on_days)), width + 1, words)  # the last gap is not drawn

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + timedelta(len(self.hours) - 1)

    def extent(self, when: Fixed | Between) -> Extent:
        """Where a date is drawn that touches the scale: from its start to its end; all hours of whole days."""
        first, last = when.days
        from_day, to_day = max(first, self.first), min(last, self.last)
        start = min(self._column(from_day, _minutes_on(from_day, when)[0]), self.columns - 2)
        end = self._column(to_day, _minutes_on(to_day, when)[1]) - 1
        return Extent(start, max(start + 1, end), first < self.first, last > self.last)

    def guides(self) -> str:
        """The background of a line: a stroke before each hour that is told, but for the first."""
        line = ""
        for edge, _ in self._labels()[1:]:
            line = line.ljust(edge - 1) + _GUIDE
        return line

    def heading(self, today: date) -> Iterator[Text]:
        """The lines above the lanes: the days, `today` being marked where there are others, and the hours."""
        line, words = Text(), self.words
        word = words.text("today")
        for number in range(len(self.hours)):
            day, edge, end = self.first + timedelta(number), self._edge(number), self._edge(number + 1)
            mark = f" {_TODAY} {word}" if day == today and len(self.hours) > 1 else ""
            titles = (words.long_day(day) + mark, words.short_day(day) + mark, words.short_day(day, day.year))
            title = next((title for title in titles if edge + cell_len(title) < end), "")
            line.append(" " * (edge - line.cell_len)).append(title, HEADING)
        yield line
        yield self.reminder()

    def reminder(self) -> Text:
        """A line of the hours."""
        line = ""
        for edge, hour in self._labels():
            line = line.ljust(edge) + hour
        return Text(line, style=FAINT)

    def _edge(self, number: int) -> int:
        """The column in which the day of that number begins."""
        return sum(map(len, self.hours[:number])) * self.columns // sum(map(len, self.hours))

    def _column(self, day: date, minutes: int) -> int:
        """The column of a time of the day, so many minutes after midnight."""
        number = (day - self.first).days
        hours = self.hours[number]
        within = min(max(minutes - hours.start * _HOUR_MINUTES, 0), len(hours) * _HOUR_MINUTES)
        before = sum(map(len, self.hours[:number])) * _HOUR_MINUTES
        return (before + within) * self.columns // (sum(map(len, self.hours)) * _HOUR_MINUTES)

    def _labels(self) -> list[tuple[int, str]]:
        """The hours that there is room to tell, each with its column: of each day the first, and every so many more."""
        total = sum(map(len, self.hours))
        every = next((step for step in _HOUR_STEPS if self.columns * step >= total * _HOUR_COLUMNS), _HOUR_STEPS[-1])
        labels = []
        for number, hours in enumerate(self.hours):
            end = self._edge(number + 1)
            for hour in hours[::every]:
                edge = self._column(self.first + timedelta(number), hour * _HOUR_MINUTES)
                if hour == hours.start or edge + _HOUR_COLUMNS <= end:
                    labels.append((edge, f"{hour:02}:00"))
        return labels


def _hours_of(spans: Sequence[tuple[int, int]]) -> range:
    """The hours that these minutes of a day take, and as many around them as it takes for some to be seen."""
    first = min((start for start, _ in spans), default=_NOON_HOUR * _HOUR_MINUTES) // _HOUR_MINUTES
    end = max(first + 1, -(-max((end for _, end in spans), default=0) // _HOUR_MINUTES))
    lacking = max(0, _LEAST_HOURS - (end - first))
    first = max(0, min(first - lacking // 2, _DAY_HOURS - max(_LEAST_HOURS, end - first)))
    return range(first, max(end, first + _LEAST_HOURS))


def _minutes_on(day: date, when: Fixed | Between) -> tuple[int, int]:
    """From which minute of a day to which one a date that touches it takes it; all of it where it is of whole days."""
    if isinstance(when, Between) or not isinstance(when.start, datetime):
        return 0, _DAY_MINUTES
    first, last = when.days
    ends = when.end if isinstance(when.end, datetime) else when.start
    start = when.start.hour * _HOUR_MINUTES + when.start.minute if day == first else 0
    # Midnight is the end of the day before.
    end = ends.hour * _HOUR_MINUTES + ends.minute if day == last == ends.date() else _DAY_MINUTES
    return start, max(start, end)
