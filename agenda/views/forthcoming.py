"""What is on and what comes next, for people: how far it is, and what it is."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.answers.upcoming import Upcoming
from agenda.model import Between, Fixed
from agenda.views.palette import HEADING, city_names
from agenda.views.parts import GAP, NARROW, WIDEST, place_of, title_of, titled
from agenda.views.rows import row, wrapped
from agenda.words import short_day, span, times, weekday_name


class Forthcoming:
    """What is `upcoming`, in that order."""

    def __init__(self, upcoming: Sequence[Upcoming]) -> None:
        self._upcoming = upcoming

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        title_at = max((len(one.away) for one in self._upcoming), default=0) + GAP
        for one in self._upcoming:
            away = Text(one.away, style=HEADING)
            if options.max_width >= NARROW:
                told = titled(title_of(one.occurrence), _place(one), console, width - title_at)
                yield from row(console, (0, [away]), (title_at, told))
            else:
                told = titled(title_of(one.occurrence), _place(one), console, width)
                yield from row(console, (0, [*wrapped(away, console, width), *told]))


def _place(one: Upcoming) -> Text:
    when = Text(_when(one.when))
    cities = one.occurrence.event.cities
    return place_of(one.occurrence, Text(", ").join([when, city_names(cities)]) if cities else when)


def _when(when: Fixed | Between) -> str:
    """`Mon 29 Sep 2025, 11:00–12:30`, `28 Sep–4 Oct 2025`."""
    first, last = when.days
    time = times(when) if isinstance(when, Fixed) else ""
    if first < last and not time:
        return span(first, last)
    return f"{weekday_name(first)[:3]} {short_day(first)}{time and f', {time}'}"
