"""Counts for people, as `count` draws them: a bar chart."""

from collections.abc import Iterable
from datetime import date

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.model import Certainty, City, Status
from agenda.reports.groups import Count, CountBy, Grouping
from agenda.text.safe import one_line
from agenda.views.styles import BAR, FAINT, GAP, HATCHED, HEADING, SOLID, WIDEST, city_style, draw_row, wrap
from agenda.wording.english import Wording

_BARS_SHARE = 3
"""One part in so many of the room is left for bars, however long names are."""
_MIN_ROOM = 15
"""Columns for names and bars, below which bars have what the names leave."""
_MAX_EVENT_COLUMNS = 5
"""The widest that one event is drawn."""
_LEGEND_COLUMNS = 3


class BarChart:
    """Counts, each beside a bar, under their header; nothing where there are none. The counts are iterated twice."""

    def __init__(self, counts: Iterable[Count], by: CountBy, *, words: Wording) -> None:
        self._counts = counts
        self._by = by
        self._words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        heading, events = self._words.text(self._by).capitalize(), self._words.text("Events")
        widest, most, perhaps = cell_len(heading), 0, 0
        for count in self._counts:
            widest = max(widest, cell_len(self._value_text(count)))
            most = max(most, count.events)
            perhaps = max(perhaps, count.perhaps)
        if not most:
            return
        numbers = max(cell_len(events), len(self._words.number(most)))
        room = min(options.max_width, WIDEST) - numbers - 2 * GAP
        values = max(1, min(widest, room - (room // _BARS_SHARE if room >= _MIN_ROOM else 0)))
        number_at = values + GAP
        bar_at = number_at + numbers + GAP
        above = Text(events, HEADING)
        above.pad_left(numbers - above.cell_len)
        yield from draw_row(console, (0, wrap(Text(heading, HEADING), console, values)), (number_at, [above]))
        for count in self._counts:
            value = Text(self._value_text(count), FAINT if count.value is None else "")
            bar = _bar(count, _length(count.events, most, room - values) if room > values else 0)
            number = Text(f"{self._words.number(count.events):>{numbers}}")
            yield from draw_row(console, (0, wrap(value, console, values)), (number_at, [number]), (bar_at, [bar]))
        if perhaps:
            meaning = self._words.text("perhaps on that day")
            yield Text(f"{HATCHED * _LEGEND_COLUMNS} {meaning}", style=FAINT)

    def _value_text(self, count: Count) -> str:
        words, by = self._words, self._by
        match count.value:
            case None:
                return words.text("no date yet") if by is Grouping.DAY else words.lacking(by)
            case date() as day:
                return words.day_of_week(day)
            case Status() | Certainty() as value:
                return words.text(value)
            case _:
                return one_line(count.name or "")


def _bar(count: Count, length: int) -> Text:
    perhaps = length * count.perhaps // count.events
    style = city_style(count.value) if isinstance(count.value, City) else BAR
    return Text(SOLID * (length - perhaps) + HATCHED * perhaps, FAINT if count.value is None else style)


def _length(events: int, most: int, room: int) -> int:
    """The columns of a bar: as many for each event as there is room for, or its share of the room."""
    if most <= room:
        return events * min(room // most, _MAX_EVENT_COLUMNS)
    return max(1, round(events * room / most))
