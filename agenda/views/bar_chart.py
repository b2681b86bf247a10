"""Counts for people: a bar chart."""

from collections.abc import Iterable
from datetime import date

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.dates import day_of_week
from agenda.model import City
from agenda.reports.groups import Count, CountBy, Grouping
from agenda.text import one_line
from agenda.views.lanes import HATCHED, SOLID
from agenda.views.styles import BAR, FAINT, GAP, HEADING, WIDEST, city_style, draw_row, wrap

_EVENTS = "Events"
_BARS = 3
"""One such part of the room is left for bars, however long names are."""
_MOST = 5
"""Columns of one event, at most."""


class Chart:
    """Counts, each beside a bar, under their header; nothing where there are none. They are asked for twice."""

    def __init__(self, counts: Iterable[Count], by: CountBy) -> None:
        self._counts = counts
        self._by = by

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widest, most, perhaps = cell_len(self._by), 0, 0
        for one in self._counts:
            widest = max(widest, cell_len(_shown(one, self._by)))
            most = max(most, one.events)
            perhaps = max(perhaps, one.perhaps)
        if not most:
            return
        numbers = max(len(_EVENTS), len(f"{most:,}"))
        room = min(options.max_width, WIDEST) - numbers - 2 * GAP
        values = max(1, min(widest, room - room // _BARS))
        number_at = values + GAP
        bar_at = number_at + numbers + GAP
        name = Text(self._by.capitalize(), HEADING)
        events = Text(f"{_EVENTS:>{numbers}}", HEADING)
        yield from draw_row(console, (0, wrap(name, console, values)), (number_at, [events]))
        for one in self._counts:
            value = Text(_shown(one, self._by), FAINT if one.value is None else "")
            bar = _bar(one, _length(one.events, most, max(1, room - values)))
            number = Text(f"{one.events:>{numbers},}")
            yield from draw_row(console, (0, wrap(value, console, values)), (number_at, [number]), (bar_at, [bar]))
        if perhaps:
            yield Text(f"{HATCHED * _BARS} perhaps on that day", style=FAINT)


def _bar(one: Count, length: int) -> Text:
    perhaps = length * one.perhaps // one.events
    style = city_style(one.value) if isinstance(one.value, City) else BAR
    return Text(SOLID * (length - perhaps) + HATCHED * perhaps, FAINT if one.value is None else style)


def _shown(one: Count, by: CountBy) -> str:
    match one.value:
        case None:
            return "no date yet" if by is Grouping.DAY else f"no {by}"
        case date() as day:
            return day_of_week(day)
        case _:
            return one_line(one.name or "")


def _length(events: int, most: int, room: int) -> int:
    """How long a bar is: as many columns for each event as there is room for, or its share of the room."""
    if most <= room:
        return events * min(room // most, _MOST)
    return max(1, round(events * room / most))
