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

_WIDEST_CITIES = 14
_LEAST = 8
"""Columns for titles, at least; else nothing has a column of its own."""


class _Row(Struct):
    when: str
    occurrence: Occurrence


class Listing:
    """The list of `occurrences`, which are in order; `first` is the first day of the period that was asked for."""

    def __init__(self, occurrences: Sequence[Occurrence], first: date | None = None) -> None:
        self._groups = _groups(occurrences, first)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        rows = [one for group in self._groups.values() for one in group]
        places = {one.occurrence.event.cities for one in rows}
        when_width = max((len(one.when) for one in rows), default=0)
        cities_width = _width_of(places, width)
        named = {cities: wrap(city_names(cities), console, cities_width) for cities in places}
        # There is no column for what no row has.
        cities_at = INDENT + (when_width + GAP if when_width else 0)
        title_at = cities_at + (cities_width + GAP if cities_width else 0)
        apart = width >= max(NARROW, title_at + _LEAST)
        for number, (heading, group) in enumerate(self._groups.items()):
            if number:
                yield Text()
            yield Text(heading, style=HEADING)
            for one in group:
                shown, cities = one.occurrence, one.occurrence.event.cities
                if apart:
                    told = wrap_event(event_title(shown), event_place(shown), console, width - title_at)
                    yield from draw_row(
                        console, (INDENT, [Text(one.when)]), (cities_at, named[cities]), (title_at, told)
                    )
                else:
                    title = Text.assemble(f"{one.when}  " if one.when else "", event_title(shown))
                    told = wrap_event(title, event_place(shown, city_names(cities)), console, width - INDENT)
                    yield from draw_row(console, (INDENT, told))


def _width_of(places: Collection[tuple[City, ...]], width: int) -> int:
    """How wide the column of cities is: as the cities of any event together, but no wider than the longest name, which
    has a third of the room at most.
    """
    widest = max((city_names(cities).cell_len for cities in places), default=0)
    longest = max((city_names((city,)).cell_len for cities in places for city in cities), default=0)
    return min(widest, max(_WIDEST_CITIES, min(longest, width // 3)))


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
    """The year that goes without saying, since the headings of days are all of it."""
    years = {shown.when.days[0].year for shown in occurrences if isinstance(shown.when, Fixed)}
    return years.pop() if len(years) == 1 else None


def _when(when: Fixed, day: date) -> str:
    """In words when it is, under the heading of that day: empty where the heading says it all."""
    first, last = when.days
    if first < day == last and isinstance(when.end, datetime):
        return f"until {clock_time(when.end)}"
    if first < day:
        return f"since {short_day(first, day.year)}"
    return times_in_words(when) or (span_in_words(first, last, day.year) if last > first else "")
