"""A month for people: its days in weeks, marked with how many events there are in which city."""

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

_DAYS = 7
_SHORT, _LONG = 2, 3
"""Letters of the names of weekdays."""
_NARROW = 5
"""Columns of a day below which those have only the short ones."""
_PERHAPS = "~"
_BETWEEN = "  "
"""Between two items of the legend."""
_NO_CITY = (None,)
_Marked = Counter[tuple[bool, City | None]]
"""How many events are on a day, by whether that is only possible, and by city."""


class Month:
    """The calendar of `month` with these occurrences of what is `wanted` there, and what the marks in it mean.

    `cities` are all those of the agenda, which their marks tell apart.
    """

    def __init__(
        self,
        occurrences: Sequence[Occurrence],
        month: Period,
        wanted: Query,
        today: date,
        cities: Sequence[City],
    ) -> None:
        self._first = month.first or date.min
        self._today = today
        self._marks = city_marks(cities)
        self._days = _marked(occurrences, wanted)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        within = options.update(width=min(options.max_width, WIDEST))
        width = max(1, (within.max_width + 1) // _DAYS - 1)
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
        for name in weekdays(_SHORT if width < _NARROW else _LONG):
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
        """What the marks of this month mean."""
        seen = {key for marked in self._days.values() for key in marked}
        told = {city for _, city in seen}
        for city in filter(told.__contains__, self._marks):
            yield Text.assemble(self._mark(False, city), " ", (one_line(city.name) if city else "no city", FAINT))
        if any(perhaps for perhaps, _ in seen):
            yield Text.assemble(_PERHAPS, " ", ("perhaps on that day", FAINT))


def _marked(occurrences: Sequence[Occurrence], wanted: Query) -> dict[date, _Marked]:
    """What is on each day that is wanted, all of them of one month, in the cities that are."""
    first, last = wanted.first or date.min, wanted.last or date.max
    days: dict[date, _Marked] = defaultdict(Counter)
    for occurrence in occurrences:
        if isinstance(occurrence.when, ToBeAnnounced):
            continue
        begins, ends = occurrence.when.days
        perhaps = isinstance(occurrence.when, Between)
        keys = [(perhaps, city) for city in wanted.cities_of(occurrence.event) or _NO_CITY]
        for number in range(max(begins, first).day, min(ends, last).day + 1):
            days[first.replace(day=number)].update(keys)
    return days


def _place(key: tuple[bool, City | None]) -> tuple[bool, int]:
    """Where a mark stands: in the order of the cities, and last what has none."""
    _, city = key
    return city is None, city.place if city else 0


def _wrapped(items: Sequence[Text], width: int) -> Iterator[Text]:
    """The items in lines, none of them on two unless it is wider than that."""
    line = Text()
    for item in items:
        if line and line.cell_len + len(_BETWEEN) + item.cell_len > width:
            yield line
            line = Text()
        line = Text(_BETWEEN).join([line, item]) if line else item
    yield line
