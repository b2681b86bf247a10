"""What is on and what comes next, for people: how far it is, and what it is."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agenda.model import Between, Fixed
from agenda.upcoming import Upcoming
from agenda.views.palette import HEADING, city_names
from agenda.views.parts import INDENT, NARROW, WIDEST, place_of, title_of
from agenda.words import short_day, span, times, weekday_name


class Forthcoming:
    """What is `upcoming`, in that order."""

    def __init__(self, upcoming: Sequence[Upcoming]) -> None:
        self._upcoming = upcoming

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table.grid(padding=(0, 2, 0, 0))
        apart = options.max_width >= NARROW
        if apart:
            table.add_column(no_wrap=True, style=HEADING)
        table.add_column(ratio=1, overflow="fold")
        for one in self._upcoming:
            shown = _shown(one)
            table.add_row(*([one.away, shown] if apart else [Group(Text(one.away, style=HEADING), shown)]))
        yield from console.render(table, options.update(width=min(options.max_width, WIDEST)))


def _shown(one: Upcoming) -> Group:
    when = Text(_when(one.when))
    cities = one.occurrence.event.cities
    place = place_of(one.occurrence, Text(", ").join([when, city_names(cities)]) if cities else when)
    return Group(title_of(one.occurrence), Padding(place, INDENT))


def _when(when: Fixed | Between) -> str:
    """`Mon 29 Sep 2025, 11:00–12:30`, `28 Sep–4 Oct 2025`."""
    first, last = when.days
    time = times(when) if isinstance(when, Fixed) else ""
    if first < last and not time:
        return span(first, last)
    return f"{weekday_name(first)[:3]} {short_day(first)}{time and f', {time}'}"
