"""Events as a list for people: by day, then those between two days, then those to be announced."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agenda.model import Between, Fixed, Occurrence
from agenda.progress import Watch, unwatched
from agenda.views.palette import HEADING, city_names
from agenda.views.parts import INDENT, NARROW, WIDEST, place_of, title_of
from agenda.words import clock, long_day, short_day, span, times

_WIDEST_CITIES = 14


class _Row(Struct):
    when: str
    occurrence: Occurrence


class Listing:
    """The list of `occurrences`, which are in order; `first` is the first day of the period that was asked for.
    `watch` is given its groups as they are drawn.
    """

    def __init__(self, occurrences: Sequence[Occurrence], first: date | None = None, watch: Watch = unwatched) -> None:
        self._watch = watch
        self._groups = _groups(occurrences, first)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rows = [row for group in self._groups.values() for row in group]
        within = options.update(width=min(options.max_width, WIDEST))
        when_width = max((len(row.when) for row in rows), default=0)
        shown = [row.occurrence.event.cities for row in rows]
        cities_width = max((city_names(cities).cell_len for cities in shown), default=0)
        longest = max((city_names((city,)).cell_len for cities in shown for city in cities), default=0)
        cities_width = min(cities_width, max(_WIDEST_CITIES, min(longest, within.max_width // 3)))
        apart = within.max_width >= NARROW
        for number, (heading, group) in enumerate(self._watch(list(self._groups.items()))):
            if number:
                yield Text()
            yield Text(heading, style=HEADING)
            table = Table.grid(padding=(0, 2, 0, 0))
            if apart and when_width:
                table.add_column(width=when_width, no_wrap=True)
            if apart and cities_width:
                table.add_column(width=cities_width, overflow="fold")
            table.add_column(ratio=1, overflow="fold")
            for row in group:
                table.add_row(*(_cells(row, when_width, cities_width) if apart else [_all_in_one(row)]))
            yield from console.render(Padding(table, INDENT), within)


def _cells(row: _Row, when_width: int, cities_width: int) -> list[Text | Group]:
    """A row in columns; there are none for what no row has."""
    cells: list[Text | Group] = [Text(row.when)] if when_width else []
    cells += [city_names(row.occurrence.event.cities)] if cities_width else []
    return [*cells, Group(title_of(row.occurrence), Padding(place_of(row.occurrence), INDENT))]


def _all_in_one(row: _Row) -> Group:
    """The same where there is no room for columns."""
    when = f"{row.when}  " if row.when else ""
    cities = city_names(row.occurrence.event.cities)
    return Group(Text.assemble(when, title_of(row.occurrence)), Padding(place_of(row.occurrence, cities), INDENT))


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
                between.append(_Row(span(earliest, latest, year), occurrence))
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
        return f"until {clock(when.end)}"
    if first < day:
        return f"since {short_day(first, day.year)}"
    return times(when) or (span(first, last, day.year) if last > first else "")
