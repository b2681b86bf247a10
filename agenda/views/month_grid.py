"""A month for people: its days in weeks, each marked with the number of its events in each city."""

from calendar import monthcalendar
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from agenda.dates import Period, long_month, weekdays
from agenda.model import Between, City, Occurrence, ToBeAnnounced
from agenda.query import Query
from agenda.text import one_line
from agenda.views.styles import FAINT, HEADING, WIDEST, city_marks, city_style

_WEEK_DAYS = 7
_SHORT_LETTERS, _LONG_LETTERS = 2, 3
"""The lengths of the names of weekdays."""
_NARROW_COLUMNS = 5
"""Below this width of a day, the names of weekdays are short."""
_PERHAPS = "~"
_BETWEEN = "  "
"""Between two items of the legend."""
_NO_CITY = (None,)
_Marked = Counter[tuple[bool, City | None]]
"""The numbers of events of a day, by whether they may be on another day, and by city."""


class MonthGrid:
    """The calendar of `month`, with marks on its days for the occurrences that `query` selected there, and a legend.

    `cities` are all cities of the agenda, so that a city has the same mark in every month.
    """

    def __init__(
        self,
        occurrences: Sequence[Occurrence],
        month: Period,
        query: Query,
        today: date,
        cities: Sequence[City],
    ) -> None:
        self._first = month.first or date.min
        self._today = today
        self._marks = city_marks(cities)
        self._days = _marked(occurrences, query)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        within = options.update(width=min(options.max_width, WIDEST))
        width = max(1, (within.max_width + 1) // _WEEK_DAYS - 1)
        yield Text(long_month(self._first), style=HEADING)
        yield self._grid(width)
        if self._days:
            yield Text()
            yield from _wrapped(list(self._legend()), within.max_width)
            yield Text()

    def _grid(self, width: int) -> Table:
        table = Table(
            box=box.HORIZONTALS,
            show_edge=False,
            show_lines=True,
            padding=0,
            border_style=FAINT,
            header_style="not bold",
        )
        for name in weekdays(_SHORT_LETTERS if width < _NARROW_COLUMNS else _LONG_LETTERS):
            table.add_column(name, width=width, overflow="fold", header_style=FAINT)
        for week in monthcalendar(self._first.year, self._first.month):
            table.add_row(*(self._cell(self._first.replace(day=number)) if number else "" for number in week))
        return table

    def _cell(self, day: date) -> Text:
        """The number of the day, in brackets today, and below it the marks."""
        marked = self._days.get(day, Counter())
        lines = [Text(f"[{day.day}]" if day == self._today else f"{day.day}", style=HEADING if marked else "")]
        for apart in (False, True):
            keys = sorted((key for key in marked if key[0] is apart), key=_place)
            lines += [Text(" ").join(self._mark(*key, marked[key]) for key in keys)] if keys else []
        return Text("\n").join(lines)

    def _mark(self, perhaps: bool, city: City | None, events: int | None = None) -> Text:
        sign = self._marks[city]
        number = "" if events is None else f"{':' if sign[-1].isdigit() else ''}{events}"
        return Text(f"{_PERHAPS if perhaps else ''}{sign}{number}", style=city_style(city) if city else "")

    def _legend(self) -> Iterator[Text]:
        """The marks of this month, each with its meaning."""
        seen = {key for marked in self._days.values() for key in marked}
        marked_cities = {city for _, city in seen}
        for city in filter(marked_cities.__contains__, self._marks):
            yield Text.assemble(self._mark(False, city), " ", (one_line(city.name) if city else "no city", FAINT))
        if any(perhaps for perhaps, _ in seen):
            yield Text.assemble(_PERHAPS, " ", ("perhaps on that day", FAINT))


def _marked(occurrences: Sequence[Occurrence], query: Query) -> dict[date, _Marked]:
    """The marks of each day that is asked for, all of one month, in the cities that are asked for."""
    first, last = query.first or date.min, query.last or date.max
    days: dict[date, _Marked] = defaultdict(Counter)
    for occurrence in occurrences:
        if isinstance(occurrence.when, ToBeAnnounced):
            continue
        begins, ends = occurrence.when.days
        perhaps = isinstance(occurrence.when, Between)
        keys = [(perhaps, city) for city in query.cities_of(occurrence.event) or _NO_CITY]
        for number in range(max(begins, first).day, min(ends, last).day + 1):
            days[first.replace(day=number)].update(keys)
    return days


def _place(key: tuple[bool, City | None]) -> tuple[bool, int]:
    """The sort key of a mark: the order of the cities, and last the events without a city."""
    _, city = key
    return city is None, city.place if city else 0


def _wrapped(items: Sequence[Text], width: int) -> Iterator[Text]:
    """Lines of items, at most `width` columns wide; only an item that is wider than a line is broken."""
    line = Text()
    for item in items:
        if line and line.cell_len + len(_BETWEEN) + item.cell_len > width:
            yield line
            line = Text()
        line = Text(_BETWEEN).join([line, item]) if line else item
    yield line
