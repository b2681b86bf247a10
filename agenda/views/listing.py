"""Events as a list for people: by day, then those between two days, then those to be announced."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.dates import clock_time, long_day, short_day, span_in_words, times_in_words
from agenda.model import Between, City, Fixed, Occurrence
from agenda.views.styles import (
    GAP,
    HEADING,
    INDENT,
    NARROW,
    WIDEST,
    city_names,
    draw_row,
    event_place,
    event_title,
    wrap,
    wrap_event,
)

_CITIES_COLUMNS = 14
"""The column of cities may always be as wide as this."""
_MIN_TITLE_COLUMNS = 8
"""Below this width for titles, nothing has a column of its own."""


class _Row(Struct):
    when: str
    occurrence: Occurrence


class Listing:
    """The list of `occurrences`, which are in order; `first` is the first day of the period that was asked for."""

    def __init__(self, occurrences: Sequence[Occurrence], first: date | None = None) -> None:
        self._groups = _groups(occurrences, first)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        rows = [row for group in self._groups.values() for row in group]
        places = {row.occurrence.event.cities for row in rows}
        when_width = max((len(row.when) for row in rows), default=0)
        cities_width = _width_of(places, width)
        named = {cities: wrap(city_names(cities), console, cities_width) for cities in places}
        # A column that would be empty in every row is left out.
        cities_at = INDENT + (when_width + GAP if when_width else 0)
        title_at = cities_at + (cities_width + GAP if cities_width else 0)
        apart = width >= max(NARROW, title_at + _MIN_TITLE_COLUMNS)
        for number, (heading, group) in enumerate(self._groups.items()):
            if number:
                yield Text()
            yield Text(heading, style=HEADING)
            for row in group:
                occurrence, cities = row.occurrence, row.occurrence.event.cities
                if apart:
                    lines = wrap_event(event_title(occurrence), event_place(occurrence), console, width - title_at)
                    yield from draw_row(
                        console, (INDENT, [Text(row.when)]), (cities_at, named[cities]), (title_at, lines)
                    )
                else:
                    title = Text.assemble(f"{row.when}  " if row.when else "", event_title(occurrence))
                    lines = wrap_event(title, event_place(occurrence, city_names(cities)), console, width - INDENT)
                    yield from draw_row(console, (INDENT, lines))


def _width_of(places: Collection[tuple[City, ...]], width: int) -> int:
    """The width of the column of cities: that of the widest list of an event's cities, but at most `_CITIES_COLUMNS`,
    or more for the longest name, up to a third of the screen.
    """
    widest = max((city_names(cities).cell_len for cities in places), default=0)
    longest = max((city_names((city,)).cell_len for cities in places for city in cities), default=0)
    return min(widest, max(_CITIES_COLUMNS, min(longest, width // 3)))


def _groups(occurrences: Sequence[Occurrence], first: date | None) -> dict[str, list[_Row]]:
    """The headings, each with its rows, in the order of the screen."""
    days: dict[date, list[_Row]] = {}
    between: list[_Row] = []
    unknown: list[_Row] = []
    year = _year_of_headings(occurrences)
    for occurrence in occurrences:
        match occurrence.when:
            case Fixed() as when:
                starts, _ = when.days
                day = max(starts, first) if first else starts
                days.setdefault(day, []).append(_Row(_when(when, day), occurrence))
            case Between(first=earliest, last=latest):
                between.append(_Row(span_in_words(earliest, latest, year), occurrence))
            case _:
                unknown.append(_Row("", occurrence))
    groups = {long_day(day): rows for day, rows in sorted(days.items())}
    return groups | {heading: rows for heading, rows in (("Between", between), ("To be announced", unknown)) if rows}


def _year_of_headings(occurrences: Sequence[Occurrence]) -> int | None:
    """The year of all headings of days, which need not be repeated; None where they are of several years."""
    years = {occurrence.when.days[0].year for occurrence in occurrences if isinstance(occurrence.when, Fixed)}
    return years.pop() if len(years) == 1 else None


def _when(when: Fixed, day: date) -> str:
    """The words for a date under the heading of that day, e.g. `11:00–12:30`; empty where the heading says it all."""
    first, last = when.days
    if first < day == last and isinstance(when.end, datetime):
        return f"until {clock_time(when.end)}"
    if first < day:
        return f"since {short_day(first, day.year)}"
    return times_in_words(when) or (span_in_words(first, last, day.year) if last > first else "")
