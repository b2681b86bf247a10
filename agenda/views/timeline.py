"""Events for people, as `timeline` draws them: bars over their days, in lanes, with the titles beside them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.dates import Period, month_name, times_in_words, weekday_name
from agenda.model import Between, City, Fixed, Occurrence, ToBeAnnounced
from agenda.recurrence.expand import shift_day
from agenda.reports.groups import Lane, group_name
from agenda.text import count_of, one_line
from agenda.views.listing import Listing
from agenda.views.styles import FAINT, HATCHED, HEADING, SOLID, Lines, city_names, city_style, event_title, wrap

_MIN_DAY_COLUMNS = 3
"""Room for the number of a day, and a gap."""
_MAX_DAY_COLUMNS = 14
_LONG_DAY_COLUMNS = 7
"""Room for `Mon 29`."""
_SHORT_DAY_COLUMNS = 4
"""Room for `Mon`; a narrower day is `Mo`."""


class Scale(Struct, frozen=True):
    """The days from `first` to `last`, each `step` columns wide; the last of these columns is the gap between days."""

    first: date
    last: date
    step: int

    @classmethod
    def within(cls, first: date, last: date, width: int) -> "Scale":
        """The scale of these days, `width` columns wide, or wider where that is too narrow for them."""
        return cls(first, last, max(_MIN_DAY_COLUMNS, min(_MAX_DAY_COLUMNS, width // ((last - first).days + 1))))

    def columns(self, first: date, last: date) -> tuple[int, int]:
        """The first column of these days, and the column after their last one, the gap after it not included."""
        start = (max(first, self.first) - self.first).days
        end = (min(last, self.last) - self.first).days + 1
        return start * self.step, end * self.step - 1

    def guides(self, start: int, end: int) -> Text:
        """The background of these columns: a line in each gap between two days."""
        gaps = f"{'┊':>{self.step}}" * (self.last - self.first).days
        return Text(gaps.ljust(end)[start:end], style=FAINT)

    def numbers(self) -> Text:
        """A line of the numbers of the days."""
        return Text(self._line(str(day.day) for day in self._days), style=FAINT)

    def heading(self, today: date) -> Iterator[Text]:
        """The lines above the days: their months, weekdays and numbers, and a mark below `today`."""
        yield Text(self._line(self._months()), style=HEADING)
        if self.step >= _LONG_DAY_COLUMNS:
            yield Text(self._line(f"{weekday_name(day)[:3]} {day.day}" for day in self._days))
        else:
            letters = 3 if self.step >= _SHORT_DAY_COLUMNS else 2
            yield Text(self._line(weekday_name(day)[:letters] for day in self._days), style=FAINT)
            yield Text(self._line(str(day.day) for day in self._days))
        if self.first <= today <= self.last:
            yield Text(self._line("▲ today" if day == today else "" for day in self._days), style=HEADING)

    @property
    def _days(self) -> list[date]:
        return [self.first + timedelta(number) for number in range((self.last - self.first).days + 1)]

    def _months(self) -> Iterator[str]:
        """A text for each day: the name of the month that begins there, as full as there is room for, else nothing."""
        days = self._days
        starts = [number for number, day in enumerate(days) if number == 0 or day.day == 1]
        ends = dict(zip(starts, [*starts[1:], len(days) + 1], strict=True))
        for number, day in enumerate(days):
            room = (ends.get(number, number) - number) * self.step
            name = month_name(day)
            yield next((text for text in (f"{name} {day.year}", name, name[:3]) if len(text) < room), "")

    def _line(self, texts: Iterable[str]) -> str:
        """The texts, each from the first column of its day on."""
        line = ""
        for number, text in enumerate(texts):
            line = line.ljust(number * self.step) + text if text else line
        return line


_BEFORE, _AFTER = "◀", "▶"
"""At the end of a bar that goes on past the scale."""
_EDGE_COLUMNS = 2
"""The part of a bar that stays visible on each side of a title inside it."""


class Bar(Struct, frozen=True):
    """A bar, or a part of a title, in a line of the timeline, from the column `start` on."""

    start: int
    text: Text

    @property
    def end(self) -> int:
        """The column after its last one."""
        return self.start + self.text.cell_len


class TimelineEntry(Struct, frozen=True):
    """An event on the timeline: its title, and a bar for each time that it happens, from left to right."""

    title: Text
    bars: Sequence[Bar]

    def rows(self, console: Console, scale: Scale, width: int) -> Iterator[Text]:
        """The lines of the event: its title inside the bar, beside it or above it, whichever takes the fewest lines."""
        start, end = self.bars[0].start, self.bars[-1].end
        if len(self.bars) == 1 and self.title.cell_len + 2 * (_EDGE_COLUMNS + 1) <= end - start:
            yield _row([self._with_title_inside()], scale, width)
            return
        right = self._wrapped(console, width - end - 1)
        left = self._wrapped(console, start - 1) if len(right) != 1 else []  # one line is the fewest
        above = self._wrapped(console, width) or [Text("\n").join(wrap(self.title, console, width))]
        beside = min(filter(None, (right, left)), key=len, default=None)
        if beside is None or len(beside) > len(above) + 1:
            column = max(0, min(start, width - max(line.cell_len for line in above)))
            yield from (Text.assemble(" " * column, line) for line in above)
            yield _row(self.bars, scale, width)
            return
        first, *more = [
            Bar(end, Text.assemble(" ", line))
            if beside is right
            else Bar(start - 1 - line.cell_len, Text.assemble(line, " "))
            for line in beside
        ]
        yield _row(sorted([*self.bars, first], key=lambda part: part.start), scale, width)
        for part in more:
            yield Text.assemble(" " * part.start, part.text)

    def _with_title_inside(self) -> Bar:
        (bar,) = self.bars
        rest = bar.text[_EDGE_COLUMNS + self.title.cell_len + 2 :]
        return Bar(bar.start, Text.assemble(bar.text[:_EDGE_COLUMNS], " ", self.title, " ", rest))

    def _wrapped(self, console: Console, room: int) -> Lines:
        """The lines of the title, `room` columns wide; none where a word of it is wider."""
        if room < max(map(cell_len, self.title.plain.split()), default=1):
            return []
        lines = wrap(self.title, console, room)
        for line in lines:
            line.rstrip()
        return lines


def _make_entry(occurrences: Sequence[Occurrence], lane: Lane, scale: Scale) -> TimelineEntry:
    """The entry of one event in a lane, made of its occurrences that touch the scale.

    A bar has the colour of the lane's city; in other lanes it has the colours of all cities of the event, whose names
    then follow the title.
    """
    event = occurrences[0].event
    cities = (lane.value,) if isinstance(lane.value, City) else event.cities
    named = not isinstance(lane.value, City)
    return TimelineEntry(
        _title(occurrences[0], named=named), [_bar(occurrence, cities, scale) for occurrence in occurrences]
    )


def _bar(occurrence: Occurrence, cities: Sequence[City], scale: Scale) -> Bar:
    first, last = occurrence.when.days  # type: ignore[union-attr]  # it has a date
    start, end = scale.columns(first, last)
    chars = [HATCHED if isinstance(occurrence.when, Between) else SOLID] * (end - start)
    if first < scale.first:
        chars[0] = _BEFORE
    if last > scale.last:
        chars[-1] = _AFTER
    text = Text("".join(chars))
    for number, city in enumerate(cities):  # each colours its share of the bar
        edges = (len(chars) * share // len(cities) for share in (number, number + 1))
        text.stylize(city_style(city), *edges)
    return Bar(start, text)


def _title(occurrence: Occurrence, *, named: bool) -> Text:
    """The title after its time, and, where they are to be `named`, before its cities."""
    when = occurrence.when
    time = times_in_words(when) if isinstance(when, Fixed) else ""
    cities = city_names(occurrence.event.cities) if named else Text()
    before = (f"{time} " if time else "", HEADING)
    return Text.assemble(before, event_title(occurrence), *((" (", cities, ")") if cities else ()))


def _row(parts: Sequence[Bar], scale: Scale, width: int) -> Text:
    """A line of the timeline: its parts, from left to right, on the background of the scale."""
    line = Text()
    column = 0
    for part in parts:
        line.append_text(scale.guides(column, part.start))
        # Occurrences of a series may overlap: what the one before covers is left out.
        line.append_text(part.text if column <= part.start else part.text[column - part.start :])
        column = max(column, part.end)
    return line.append_text(scale.guides(column, width))


_WEEK_DAYS = 7
_FAR_LINES = 10
"""After so many lines, the numbers of the days are too far above, and are repeated."""
_HATCHED_LEGEND = f"{HATCHED * 3} on some of these days; which is not known"


class Timeline:
    """The lanes of `occurrences`, which are in order: each event in a lane is a bar over its days. Those without a date
    are listed below.

    Only the days of `period` are drawn. The lane of events that lack a value is headed by `rest`. `today` is marked.
    """

    def __init__(
        self,
        occurrences: Sequence[Occurrence],
        lanes: Sequence[Lane],
        period: Period,
        rest: str,
        today: date,
    ) -> None:
        self._dated = [occurrence for occurrence in occurrences if not isinstance(occurrence.when, ToBeAnnounced)]
        self._undated = [occurrence for occurrence in occurrences if isinstance(occurrence.when, ToBeAnnounced)]
        self._lanes = lanes
        self._period = period
        self._rest = rest
        self._today = today

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        scales = list(_scales(self._dated, self._period, width))
        events_on_scales = zip(*(_on_each(lane, scales) for lane in self._lanes), strict=True)
        before: Scale | None = None
        for scale, on_scale in zip(scales, events_on_scales, strict=False):
            if before:
                yield Text(_between(before, scale), style=FAINT)
            yield from scale.heading(self._today)
            lines = 0
            for lane, events in zip(self._lanes, on_scale, strict=True):
                if events and lines >= _FAR_LINES:
                    yield scale.numbers()
                    lines = 0
                if events:
                    yield self._name(lane, width)
                for of_event in events:
                    for line in _make_entry(of_event, lane, scale).rows(console, scale, width):
                        yield from line.render(console, "\n")
                        lines += 1
            before = scale
        if any(isinstance(occurrence.when, Between) for occurrence in self._dated):
            yield Text(f"\n{_HATCHED_LEGEND}", style=FAINT)
        if self._undated:
            if self._dated:
                yield Text()
            yield Listing(self._undated)

    def _name(self, lane: Lane, width: int) -> Text:
        name = Text(one_line(group_name(lane.value) or self._rest), style=HEADING)
        if isinstance(lane.value, City):
            name.stylize(city_style(lane.value))
        rule = Text(f" {'─' * (width - name.cell_len - 1)}", style=FAINT)
        return Text.assemble(name, rule, no_wrap=True, overflow="ignore")


def _on_each(lane: Lane, scales: Sequence[Scale]) -> Iterator[list[list[Occurrence]]]:
    """The occurrences of the lane that touch each of the scales, which are in order: a list for each event."""
    ahead = [
        (*occurrence.when.days, occurrence)
        for occurrence in reversed(lane.occurrences)
        if not isinstance(occurrence.when, ToBeAnnounced)
    ]
    near: list[tuple[date, date, Occurrence]] = []
    for scale in scales:
        while ahead and ahead[-1][0] <= scale.last:
            near.append(ahead.pop())
        near = [(first, last, occurrence) for first, last, occurrence in near if last >= scale.first]
        events: dict[str, list[Occurrence]] = {}
        for _, _, occurrence in near:
            events.setdefault(occurrence.event.id, []).append(occurrence)
        yield list(events.values())


def _scales(dated: Sequence[Occurrence], period: Period, width: int) -> Iterator[Scale]:
    """One scale from the first day to the last, or, where that is too wide, one for each week in which something begins
    or ends.
    """
    days = [occurrence.when.days for occurrence in dated if not isinstance(occurrence.when, ToBeAnnounced)]
    if not days:
        return
    low, high = period.first or date.min, period.last or date.max
    first, last = max(low, min(first for first, _ in days)), min(high, max(last for _, last in days))
    if ((last - first).days + 1) * _MIN_DAY_COLUMNS <= width:
        yield Scale.within(first, last, width)
        return
    edges = {day for ends in days for day in ends if low <= day <= high} | {first}
    for monday in sorted({shift_day(day, -day.weekday()) for day in edges}):
        yield Scale.within(monday, shift_day(monday, _WEEK_DAYS - 1), width)


def _between(before: Scale, after: Scale) -> str:
    """The line between two scales: how many weeks they skip; empty where it is none."""
    weeks = (after.first - before.last).days // _WEEK_DAYS
    return f"\n{count_of(weeks, 'week')} in which nothing begins or ends\n" if weeks else ""
