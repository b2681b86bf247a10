"""Occurrences for people, as `next` draws them: how far away each is, and what it is."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.dates import short_day, span_in_words, times_in_words, weekday_name
from agenda.model import Between, Fixed
from agenda.reports.upcoming import Upcoming
from agenda.views.styles import (
    GAP,
    HEADING,
    NARROW,
    WIDEST,
    city_names,
    draw_row,
    event_place,
    event_title,
    wrap,
    wrap_event,
)


class Forthcoming:
    """The occurrences of `upcoming`, in that order, each beside how far away it is."""

    def __init__(self, upcoming: Sequence[Upcoming]) -> None:
        self._upcoming = upcoming

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        title_at = max((len(upcoming.away) for upcoming in self._upcoming), default=0) + GAP
        for upcoming in self._upcoming:
            away = Text(upcoming.away, style=HEADING)
            title, place = event_title(upcoming.occurrence), _place(upcoming)
            if options.max_width >= NARROW:
                lines = wrap_event(title, place, console, width - title_at)
                yield from draw_row(console, (0, [away]), (title_at, lines))
            else:
                lines = wrap_event(title, place, console, width)
                yield from draw_row(console, (0, [*wrap(away, console, width), *lines]))


def _place(upcoming: Upcoming) -> Text:
    when = Text(_when(upcoming.when))
    cities = upcoming.occurrence.event.cities
    return event_place(upcoming.occurrence, Text(", ").join([when, city_names(cities)]) if cities else when)


def _when(when: Fixed | Between) -> str:
    """`Mon 29 Sep 2025, 11:00–12:30`, `28 Sep–4 Oct 2025`."""
    first, last = when.days
    time = times_in_words(when) if isinstance(when, Fixed) else ""
    if first < last and not time:
        return span_in_words(first, last)
    return f"{weekday_name(first)[:3]} {short_day(first)}{time and f', {time}'}"
