"""Counts for people, as `count` draws them: a bar chart."""

from collections.abc import Iterable
from datetime import date

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.model import City
from agenda.reports.groups import Count, CountBy, Grouping
from agenda.text import one_line
from agenda.views.styles import BAR, FAINT, GAP, HATCHED, HEADING, SOLID, WIDEST, city_style, draw_row, wrap
from agenda.wording.english import ENGLISH

_EVENTS = "Events"
_BARS_SHARE = 3
"""One part in so many of the room is left for bars, however long names are."""
_MAX_EVENT_COLUMNS = 5
"""The widest that one event is drawn."""
_LEGEND_COLUMNS = 3


class BarChart:
    """Counts, each beside a bar, under their header; nothing where there are none. The counts are iterated twice."""

    def __init__(self, counts: Iterable[Count], by: CountBy) -> None:
        self._counts = counts
        self._by = by

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widest, most, perhaps = cell_len(self._by), 0, 0
        for count in self._counts:
            widest = max(widest, cell_len(_value_text(count, self._by)))
            most = max(most, count.events)
            perhaps = max(perhaps, count.perhaps)
        if not most:
            return
        numbers = max(len(_EVENTS), len(f"{most:,}"))
        room = min(options.max_width, WIDEST) - numbers - 2 * GAP
        values = max(1, min(widest, room - room // _BARS_SHARE))
        number_at = values + GAP
        bar_at = number_at + numbers + GAP
        name = Text(self._by.capitalize(), HEADING)
        events = Text(f"{_EVENTS:>{numbers}}", HEADING)
        yield from draw_row(console, (0, wrap(name, console, values)), (number_at, [events]))
        for count in self._counts:
            value = Text(_value_text(count, self._by), FAINT if count.value is None else "")
            bar = _bar(count, _length(count.events, most, max(1, room - values)))
            number = Text(f"{count.events:>{numbers},}")
            yield from draw_row(console, (0, wrap(value, console, values)), (number_at, [number]), (bar_at, [bar]))
        if perhaps:
            yield Text(f"{HATCHED * _LEGEND_COLUMNS} perhaps on that day", style=FAINT)


def _bar(count: Count, length: int) -> Text:
    perhaps = length * count.perhaps // count.events
    style = city_style(count.value) if isinstance(count.value, City) else BAR
    return Text(SOLID * (length - perhaps) + HATCHED * perhaps, FAINT if count.value is None else style)


def _value_text(count: Count, by: CountBy) -> str:
    match count.value:
        case None:
            return "no date yet" if by is Grouping.DAY else f"no {by}"
        case date() as day:
            return ENGLISH.day_of_week(day)
        case _:
            return one_line(count.name or "")


def _length(events: int, most: int, room: int) -> int:
    """The columns of a bar: as many for each event as there is room for, or its share of the room."""
    if most <= room:
        return events * min(room // most, _MAX_EVENT_COLUMNS)
    return max(1, round(events * room / most))
