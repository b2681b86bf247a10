"""Events as a list for people: by day, then those between two days, then those to be announced."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from agenda.dates import Period
from agenda.model import Between, City, Event, Fixed, Occurrence, Status, Visibility
from agenda.reports.days import DayGroup, group_by_day
from agenda.text.safe import one_line
from agenda.views.styles import (
    FAINT,
    GAP,
    HEADING,
    INDENT,
    NARROW,
    WIDEST,
    Lines,
    city_names,
    draw_row,
    event_title,
    internal_mark,
    share_out,
    wrap,
)
from agenda.views.whereabouts import Whereabouts
from agenda.wording.english import Wording

_CITIES_COLUMNS = 14
"""The column of cities may always be as wide as this."""
_MIN_TITLE_COLUMNS = 8
"""Below this width for titles, nothing has a column of its own."""
_GOOD_TITLE_COLUMNS, _GOOD_COLUMNS = 40, 24
"""Where titles have so many columns left, places have a column of their own, and people too, if each has so many."""
_NO_DAYS = Period()


class _Row(Struct, frozen=True):
    when: str
    occurrence: Occurrence


class _Group(Struct, frozen=True):
    """A heading with its rows; `day` is what goes on there besides, if it is one of days."""

    heading: str
    rows: Sequence[_Row]
    day: DayGroup | None = None


class _Layout(Struct, frozen=True, kw_only=True):
    """The columns of the screen in which things begin, and how wide they are; `places` and `people` are None where they
    stand below the title.
    """

    cities_at: int
    cities: int
    title_at: int
    title: int
    places: int | None = None
    people: int | None = None


class Listing:
    """The list of `occurrences`, which are in order, on the days of `period`, what was asked for. What goes on from an
    earlier day has a line of its own on each of its days. `with_people` tells who is there, too.
    """

    def __init__(
        self,
        occurrences: Sequence[Occurrence],
        period: Period = _NO_DAYS,
        whereabouts: Whereabouts | None = None,
        *,
        with_people: bool = False,
        words: Wording,
    ) -> None:
        self._words = words
        self._groups = list(_groups(occurrences, period, words))
        self._whereabouts = whereabouts or Whereabouts()
        self._with_people = with_people

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rows = [row for group in self._groups for row in group.rows]
        layout = self._wide_layout(rows, options.max_width) or self._layout(rows, min(options.max_width, WIDEST))
        places = {self._whereabouts.cities_apart(row.occurrence.event) for row in rows} if layout else set()
        named = {cities: wrap(city_names(cities), console, layout.cities) for cities in places} if layout else {}
        of_series: dict[str, Sequence[tuple[int, Lines]]] = {}
        for number, group in enumerate(self._groups):
            if number:
                yield Segment.line()
            heading = Text(group.heading, style=HEADING)
            yield from draw_row(console, (0, wrap(heading, console, options.max_width)))
            for row in group.rows:
                if layout:
                    event_id = row.occurrence.event.id
                    columns = of_series.get(event_id) or self._columns(row.occurrence, named, layout, console)
                    if row.occurrence.day:  # each time of a series has the same ones
                        of_series[event_id] = columns
                    yield from draw_row(console, (INDENT, [Text(row.when)]), *columns)
                else:
                    yield from self._block(row, console, options.max_width)
            if group.day:
                yield from self._going_on(group.day, console, options.max_width)

    def _columns(
        self, occurrence: Occurrence, named: Mapping[tuple[City, ...], Lines], layout: _Layout, console: Console
    ) -> Sequence[tuple[int, Lines]]:
        """The columns of a row after that of its time; what has none stands below the title."""
        event = occurrence.event
        title = list(wrap(event_title(occurrence, self._words), console, layout.title))
        place, people = self._whereabouts.tell(event, with_cities=False), self._people(event)
        columns: list[tuple[int, Lines]] = [
            (layout.cities_at, named[self._whereabouts.cities_apart(event)]),
            (layout.title_at, title),
        ]
        at = layout.title_at + layout.title + GAP
        for text, width in ((place, layout.places), (people, layout.people)):
            if width is not None:
                columns.append((at, wrap(text, console, width)))
                at += width + GAP
            elif text:
                title += _indented(wrap(text, console, layout.title - INDENT), INDENT)
        return columns

    def _block(self, row: _Row, console: Console, width: int) -> Iterator[Segment]:
        """A row on a narrow screen: all but its first line is indented, and what stands below the title more so."""
        title = Text.assemble(f"{row.when}  " if row.when else "", event_title(row.occurrence, self._words))
        lines = _hang(title, console, width - INDENT, INDENT)
        event = row.occurrence.event
        for text in (self._whereabouts.tell(event, with_cities=True), self._people(event)):
            lines += _indented(wrap(text, console, width - 3 * INDENT), 2 * INDENT) if text else []
        return draw_row(console, (INDENT, lines))

    def _going_on(self, day: DayGroup, console: Console, width: int) -> Iterator[Segment]:
        """A faint line for each that goes on; with all that a row tells where no row does."""
        words = self._words
        also = words.labelled(words.text("also"), "")
        indent = cell_len(also) if width >= NARROW else INDENT
        for occurrence in day.goes_on:
            line = Text.assemble(also, event_title(occurrence, words), style=FAINT)
            if isinstance(occurrence.when, Fixed):
                line.append(words.text(", {until}", until=words.until_in_words(occurrence.when, day.first)))
            if day.introduces:
                place = self._whereabouts.tell(occurrence.event, with_cities=True)
                people = self._people(occurrence.event)
                line = Text("  ").join(filter(None, (line, place, Text(people.plain, FAINT))))
            yield from draw_row(console, (INDENT, _hang(line, console, width - INDENT, indent)))
        if day.more:
            more = words.text("{number} more", number=words.number(day.more))
            yield from draw_row(console, (INDENT, [Text(f"{also}{more}", style=FAINT)]))

    def _people(self, event: Event) -> Text:
        """Who is there; empty where nobody is known, or nobody asked."""
        if not (self._with_people and event.people):
            return Text()
        people = self._words.separator().join(one_line(person.name) for person in event.people)
        return Text(self._words.text("with {people}", people=people))

    def _layout(self, rows: Collection[_Row], width: int) -> _Layout | None:
        """The columns of a screen that wide, with places and people below the titles; None where it is too narrow."""
        cities = _width_of_cities({self._whereabouts.cities_apart(row.occurrence.event) for row in rows}, width)
        when = max((cell_len(row.when) for row in rows), default=0)
        # A column that would be empty in every row is left out.
        cities_at = INDENT + (when + GAP if when else 0)
        title_at = cities_at + (cities + GAP if cities else 0)
        if width < max(NARROW, title_at + _MIN_TITLE_COLUMNS):
            return None
        return _Layout(cities_at=cities_at, cities=cities, title_at=title_at, title=width - title_at)

    def _wide_layout(self, rows: Collection[_Row], width: int) -> _Layout | None:
        """The same with columns for places and people; None where titles would have too little room beside them."""
        layout = self._layout(rows, width)
        if not layout:
            return None
        occurrences = {row.occurrence.event.id: row.occurrence for row in rows}.values()
        events = [occurrence.event for occurrence in occurrences]
        longest_id = max((len(event.id) + 2 for event in events), default=0)
        widest = [
            self._title_width(occurrences),
            max(map(self._whereabouts.width_of, events), default=0),
            max((self._people(event).cell_len for event in events), default=0),
        ]
        good = [max(_GOOD_TITLE_COLUMNS, *map(_longest_word, events), 0), max(_GOOD_COLUMNS, longest_id), _GOOD_COLUMNS]
        # Lines of running text are short enough on narrower screens: there, columns are for what fits into one line.
        narrowest = [min(pair) for pair in zip(good, widest, strict=True)] if width > WIDEST else widest
        room = width - layout.title_at - GAP * (sum(map(bool, narrowest)) - 1)
        if sum(narrowest) > room:
            return None
        title, places, people = share_out(room, narrowest, widest)
        # What is left is for the cities: a few events are in many, and most in one.
        all_cities = max((city_names(cities).cell_len for cities in self._cities(events)), default=0)
        more = min(all_cities - layout.cities, room - title - places - people)
        return replace(
            layout,
            cities=layout.cities + more,
            title_at=layout.title_at + more,
            title=title,
            places=places,
            people=people or None,
        )

    def _title_width(self, occurrences: Iterable[Occurrence]) -> int:
        """The width of the widest title, not by `event_title`, which takes its time for very many."""
        words = self._words
        statuses = {status: cell_len(words.labelled(words.text(status), "")) for status in Status}
        statuses[Status.CONFIRMED] = 0
        internal = cell_len(internal_mark(words))
        return max(
            (
                cell_len(one_line(event.title))
                + statuses[event.status]
                + (internal if event.visibility is Visibility.INTERNAL else 0)
                for event in (occurrence.event for occurrence in occurrences)
            ),
            default=0,
        )

    def _cities(self, events: Iterable[Event]) -> set[tuple[City, ...]]:
        return {self._whereabouts.cities_apart(event) for event in events}


def _hang(text: Text, console: Console, width: int, indent: int) -> list[Text]:
    """The lines of a text in that many columns, all but the first of them indented."""
    first, *rest = wrap(text, console, width) or [Text()]
    if not rest:
        return [first]
    after = text[len(first.plain) :]
    after = after[len(after.plain) - len(after.plain.lstrip(" ")) :]
    return [first, *_indented(wrap(after, console, width - indent), indent)]


def _indented(lines: Lines, indent: int) -> list[Text]:
    return [Text(" " * indent).append_text(line) for line in lines]


def _longest_word(event: Event) -> int:
    """The width of the longest word of the title; scripts of wide characters have no words to be kept whole."""
    return max((len(word) for word in event.title.split() if cell_len(word) == len(word)), default=0)


def _width_of_cities(places: Collection[tuple[City, ...]], width: int) -> int:
    """The width of the column of cities: that of the widest list of an event's cities, but at most `_CITIES_COLUMNS`,
    or more for the longest name, up to a third of the screen.
    """
    # Each city is measured once, since there may be thousands, in as many lists.
    widths = {city: cell_len(one_line(city.name)) for city in {city for cities in places for city in cities}}
    comma = cell_len(", ")
    widest = max((sum(widths[city] + comma for city in cities) - comma for cities in places if cities), default=0)
    longest = max(widths.values(), default=0)
    return min(widest, max(_CITIES_COLUMNS, min(longest, width // 3)))


def _groups(occurrences: Sequence[Occurrence], period: Period, words: Wording) -> Iterator[_Group]:
    """The headings, each with its rows, in the order of the screen."""
    years = set()
    for day in group_by_day(occurrences, period):
        years.add(day.first.year)
        rows = [_Row(_when(occurrence, day.first, words), occurrence) for occurrence in day.begins]
        yield _Group(words.long_span(day.first, day.last), rows, day)
    # The year of all headings of days need not be repeated.
    year = years.pop() if len(years) == 1 else None
    between = [occurrence for occurrence in occurrences if isinstance(occurrence.when, Between)]
    if between:
        yield _Group(
            words.text("Between"), [_Row(_span(occurrence, year, words), occurrence) for occurrence in between]
        )
    unknown = [occurrence for occurrence in occurrences if not isinstance(occurrence.when, Fixed | Between)]
    if unknown:
        yield _Group(words.text("To be announced"), [_Row("", occurrence) for occurrence in unknown])


def _span(occurrence: Occurrence, year: int | None, words: Wording) -> str:
    """The words for the days between which it lies; empty where it has none."""
    return words.span_in_words(*occurrence.when.days, year) if isinstance(occurrence.when, Fixed | Between) else ""


def _when(occurrence: Occurrence, day: date, words: Wording) -> str:
    """The words for a date under the heading of its first day, e.g. `11:00–12:30`; empty where that says it all."""
    when = occurrence.when
    if not isinstance(when, Fixed):
        return ""
    first, last = when.days
    return words.times_in_words(when) or (words.span_in_words(first, last, day.year) if last > first else "")
