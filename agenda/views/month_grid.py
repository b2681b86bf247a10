"""A month for people: its days in weeks, each with the number of its events in each city, and with their titles where
there is room.
"""

from calendar import monthcalendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from agenda.dates import Period
from agenda.model import Between, City, Occurrence, Status, ToBeAnnounced
from agenda.query import Query
from agenda.text.safe import one_line
from agenda.views.styles import FAINT, HEADING, city_marks, city_style, draw_row, wrap
from agenda.wording.english import Wording

_WEEK_DAYS = 7
_SHORT_NAME_CELLS, _LONG_NAME_CELLS = 2, 3
"""How wide the names of weekdays are."""
_NARROW_COLUMNS = 5
"""Below this width of a day, the names of weekdays are short."""
_TITLE_COLUMNS = 13
"""From this width of a day on, the titles of its events stand there: the start of a title tells which it is."""
_MAX_DAY_COLUMNS = 32
_MAX_TITLES = 6
"""So many titles of a day are there; the others are counted."""
_MAX_MARKS = 100
"""So many marks of a day are there; the others are counted."""
_CUT_BEFORE = " ,.:;–"
"""What does not stand before the sign that a title is cut."""
_PERHAPS = "~"
_STATUS_SIGNS = {Status.CANCELLED: "×", Status.TENTATIVE: "?"}
_SOME = "•"
"""The mark of a day on which anything is, where there is no room for the numbers in each city."""
_ROOMY_COLUMNS = 4
"""From this width of a day on, today is in brackets, and marks that are wider are broken."""
_BETWEEN = "  "
"""Between two items of the legend."""
_NO_CITY = (None,)


class _Day(Struct):
    """What a day is marked with: the numbers of its events, by whether they may be on another day, and by city; those
    that begin on it; and on the first day that is asked for, those that have begun before.
    """

    marks: Counter[tuple[bool, City | None]]
    begins: list[Occurrence]
    goes_on: list[Occurrence]

    def keys(self, perhaps: bool) -> list[tuple[bool, City | None]]:
        """The marks of what is on that day, or of what may be, in the order of the cities."""
        return sorted((key for key in self.marks if key[0] is perhaps), key=_place)


class MonthGrid:
    """The calendar of `month`, with marks on its days for the occurrences that `query` selected there, and a legend.
    Weeks without any are told in a line.

    `cities` are all cities of the agenda, so that a city has the same mark in every month.
    """

    def __init__(
        self, occurrences: Sequence[Occurrence], month: Period, query: Query, cities: Sequence[City], *, words: Wording
    ) -> None:
        self._words = words
        self._first = month.first or date.min
        self._today = query.today
        self._query = query
        self._marks = city_marks(cities)
        self._days = _days(occurrences, query)
        marks = (self._mark(*key, number) for day in self._days.values() for key, number in day.marks.items())
        self._mark_columns = max((mark.cell_len for mark in marks), default=0)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        pitch = max(1, min(_MAX_DAY_COLUMNS, (options.max_width + 1) // _WEEK_DAYS))  # a day and the gap after it
        width = max(1, pitch - 1)
        rule = Text("─" * (_WEEK_DAYS * pitch - 1), style=FAINT)
        yield self._heading(width)
        if self._days:
            yield from _row(console, pitch, self._names(width))
        for reason, weeks in groupby(self._weeks(), self._reason_to_skip):
            if reason:
                yield rule
                yield self._skipped([day for week in weeks for day in week if day], reason)
                continue
            for week in weeks:
                yield rule
                yield from _row(console, pitch, (self._cell(day, width, console) if day else [] for day in week))
        if self._days:
            yield Text()
            yield from _wrapped(list(self._legend(width)), options.max_width)
            yield Text()

    def _heading(self, width: int) -> Text:
        """The name of the month, with today where there is no room for its brackets."""
        heading = Text(self._words.long_month(self._first), style=HEADING)
        drawn = {day for week in self._weeks() if not self._reason_to_skip(week) for day in week}
        if width < _ROOMY_COLUMNS and self._today in drawn:
            heading.append(f" {self._words.text('(today is {day})', day=self._words.weekday_and_number(self._today))}")
        return heading

    def _weeks(self) -> Iterator[list[date | None]]:
        """The weeks of the month, from Monday on; None stands for a day of another month."""
        for week in monthcalendar(self._first.year, self._first.month):
            yield [self._first.replace(day=number) if number else None for number in week]

    def _reason_to_skip(self, week: Sequence[date | None]) -> str:
        """Why a week is not drawn; empty where it is."""
        days = [day for day in week if day]
        if any(day in self._days for day in days):
            return ""
        asked_for = self._query.period.touches(days[0], days[-1])
        return self._words.text("nothing") if asked_for else self._words.text("not asked for")

    def _skipped(self, days: Sequence[date], reason: str) -> Text:
        words = self._words
        today = ""
        if self._today in days:
            today = " " + words.text("(today is {day})", day=words.weekday_and_number(self._today))
        span = words.span_in_words(days[0], days[-1], days[0].year)
        return Text(words.labelled(span, f"{reason}{today}"), style=FAINT)

    def _names(self, width: int) -> list[list[Text]]:
        cells = _SHORT_NAME_CELLS if width < _NARROW_COLUMNS else _LONG_NAME_CELLS
        return [
            [Text(set_cell_size(name, min(width, cell_len(name))), style=FAINT)] for name in self._words.weekdays(cells)
        ]

    def _cell(self, day: date, width: int, console: Console) -> list[Text]:
        """The number of the day, in brackets today, below it the marks, and then the titles."""
        marked = self._days.get(day)
        is_bracketed = day == self._today and width >= _ROOMY_COLUMNS
        lines = [Text(f"[{day.day}]" if is_bracketed else f"{day.day}", style=HEADING if marked else "")]
        if marked and self._is_crowded(width):
            signs = [sign for perhaps, sign in ((False, _SOME), (True, _PERHAPS)) if marked.keys(perhaps)]
            lines += wrap(Text("".join(signs)), console, width)
        elif marked:
            for perhaps in (False, True):
                keys = marked.keys(perhaps)
                if not keys:
                    continue
                marks = [self._mark(*key, marked.marks[key]) for key in keys[:_MAX_MARKS]]
                if keys[_MAX_MARKS:]:
                    marks.append(self._more(len(keys) - _MAX_MARKS))
                lines += wrap(Text(" ").join(marks), console, width)
            lines += self._titles([*marked.begins, *marked.goes_on], width) if width >= _TITLE_COLUMNS else []
        return lines

    def _is_crowded(self, width: int) -> bool:
        """Whether there is no room for the numbers in each city on days of that width."""
        return width < min(_ROOMY_COLUMNS, self._mark_columns)

    def _titles(self, occurrences: Sequence[Occurrence], width: int) -> Iterator[Text]:
        shown = _MAX_TITLES if len(occurrences) > _MAX_TITLES + 1 else len(occurrences)
        for occurrence in occurrences[:shown]:
            cities = self._query.cities_of(occurrence.event)
            title = _cut(f"{_sign(occurrence)}{one_line(occurrence.event.title)}", width)
            yield Text(title, style=city_style(cities[0]) if len(cities) == 1 else "")
        if occurrences[shown:]:
            yield self._more(len(occurrences) - shown)

    def _more(self, number: int) -> Text:
        return Text(self._words.text("+{number} more", number=number), style=FAINT)

    def _mark(self, perhaps: bool, city: City | None, events: int | None = None) -> Text:
        sign = self._marks[city]
        number = "" if events is None else f"{':' if sign[-1].isdigit() else ''}{events}"
        return Text(f"{_PERHAPS if perhaps else ''}{sign}{number}", style=city_style(city) if city else "")

    def _legend(self, width: int) -> Iterator[Text]:
        """The marks of this month, and the signs before its titles, each with its meaning."""
        words = self._words
        no_city = words.lacking("city")
        seen = {
            key for day in self._days.values() for perhaps in (False, True) for key in day.keys(perhaps)[:_MAX_MARKS]
        }
        marked_cities = {city for _, city in seen} if not self._is_crowded(width) else set()
        if self._is_crowded(width):
            yield Text.assemble(_SOME, " ", (words.text("Events"), FAINT))
        for city in filter(marked_cities.__contains__, self._marks):
            yield Text.assemble(self._mark(False, city), " ", (one_line(city.name) if city else no_city, FAINT))
        if any(perhaps for perhaps, _ in seen):
            yield Text.assemble(_PERHAPS, " ", (words.text("perhaps on that day"), FAINT))
        statuses = {
            occurrence.event.status for day in self._days.values() for occurrence in [*day.begins, *day.goes_on]
        }
        for status, sign in _STATUS_SIGNS.items():
            if width >= _TITLE_COLUMNS and status in statuses:
                yield Text.assemble(sign, " ", (words.text(status), FAINT))


def _days(occurrences: Sequence[Occurrence], query: Query) -> dict[date, _Day]:
    """The days that are asked for, all of one month, on which anything is, with the events in the cities that are asked
    for.
    """
    first, last = query.first or date.min, query.last or date.max
    days: dict[date, _Day] = defaultdict(lambda: _Day(Counter(), [], []))
    for occurrence in occurrences:
        if isinstance(occurrence.when, ToBeAnnounced):
            continue
        begins, ends = occurrence.when.days
        perhaps = isinstance(occurrence.when, Between)
        keys = [(perhaps, city) for city in query.cities_of(occurrence.event) or _NO_CITY]
        for number in range(max(begins, first).day, min(ends, last).day + 1):
            days[first.replace(day=number)].marks.update(keys)
        if begins >= first:
            days[begins].begins.append(occurrence)
        else:
            days[first].goes_on.append(occurrence)
    return dict(days)


def _row(console: Console, pitch: int, cells: Iterable[Sequence[Text]]) -> Iterator[Segment]:
    """The cells of a week side by side, each so many columns after the one before it."""
    return draw_row(console, *((number * pitch, lines) for number, lines in enumerate(cells)))


def _sign(occurrence: Occurrence) -> str:
    """What stands before a title: that the day or the event is not sure."""
    perhaps = _PERHAPS if isinstance(occurrence.when, Between) else ""
    return perhaps + _STATUS_SIGNS.get(occurrence.event.status, "")


def _cut(title: str, width: int) -> str:
    """The title in that many columns, its end left out where it is wider."""
    return title if cell_len(title) <= width else f"{set_cell_size(title, width - 1).rstrip(_CUT_BEFORE)}…"


def _place(key: tuple[bool, City | None]) -> tuple[bool, int]:
    """The sort key of a mark: the order of the cities, and last the events without a city."""
    _, city = key
    return city is None, city.rank if city else 0


def _wrapped(items: Sequence[Text], width: int) -> Iterator[Text]:
    """Lines of items, at most `width` columns wide; only an item that is wider than a line is broken."""
    line = Text()
    for item in items:
        if line and line.cell_len + len(_BETWEEN) + item.cell_len > width:
            yield line
            line = Text()
        line = Text(_BETWEEN).join([line, item]) if line else item
    yield line
