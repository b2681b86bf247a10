"""Bars of a chart, and the titles beside them."""

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
from agenda.views.styles import FAINT, HEADING, Lines, city_names, city_style, event_title, wrap

NARROWEST_DAY = 3
"""Columns of a day, at least: its number, and a gap."""
_WIDEST = 14
_FOR_BOTH = 7
"""Columns of a day in which there is room for `Mon 29`."""
_FOR_SHORT = 4
"""Columns of a day in which there is room for `Mon`; else it is `Mo`."""


class Scale(Struct, frozen=True):
    """The days from `first` to `last`, each `step` columns wide; the last of these columns is the gap between days."""

    first: date
    last: date
    step: int

    @classmethod
    def within(cls, first: date, last: date, width: int) -> "Scale":
        """These days in that many columns, or in more where that is too few."""
        return cls(first, last, max(NARROWEST_DAY, min(_WIDEST, width // ((last - first).days + 1))))

    def columns(self, first: date, last: date) -> tuple[int, int]:
        """From which column up to which one these days reach, the gap after the last one not included."""
        start = (max(first, self.first) - self.first).days
        end = (min(last, self.last) - self.first).days + 1
        return start * self.step, end * self.step - 1

    def guides(self, start: int, end: int) -> Text:
        """What stands in these columns where nothing else does: a line in each gap between two days."""
        gaps = f"{'┊':>{self.step}}" * (self.last - self.first).days
        return Text(gaps.ljust(end)[start:end], style=FAINT)

    def numbers(self) -> Text:
        """A line of the numbers of the days alone."""
        return Text(self._line(str(day.day) for day in self._days), style=FAINT)

    def heading(self, today: date) -> Iterator[Text]:
        """The lines above the days: their months, weekdays and numbers, and which one is `today`."""
        yield Text(self._line(self._months()), style=HEADING)
        if self.step >= _FOR_BOTH:
            yield Text(self._line(f"{weekday_name(day)[:3]} {day.day}" for day in self._days))
        else:
            letters = 3 if self.step >= _FOR_SHORT else 2
            yield Text(self._line(weekday_name(day)[:letters] for day in self._days), style=FAINT)
            yield Text(self._line(str(day.day) for day in self._days))
        if self.first <= today <= self.last:
            yield Text(self._line("▲ today" if day == today else "" for day in self._days), style=HEADING)

    @property
    def _days(self) -> list[date]:
        return [self.first + timedelta(number) for number in range((self.last - self.first).days + 1)]

    def _months(self) -> Iterator[str]:
        """For each day the name of the month that begins there, in full where there is room for that."""
        days = self._days
        starts = [number for number, day in enumerate(days) if number == 0 or day.day == 1]
        ends = dict(zip(starts, [*starts[1:], len(days) + 1], strict=True))
        for number, day in enumerate(days):
            room = (ends.get(number, number) - number) * self.step
            name = month_name(day)
            yield next((shown for shown in (f"{name} {day.year}", name, name[:3]) if len(shown) < room), "")

    def _line(self, texts: Iterable[str]) -> str:
        """The texts, each from the first column of its day on."""
        line = ""
        for number, text in enumerate(texts):
            line = line.ljust(number * self.step) + text if text else line
        return line


SOLID = "▇"
HATCHED = "░"
_BEFORE, _AFTER = "◀", "▶"
"""At the end of a bar that goes on past the scale."""
_EDGE = 2
"""Columns of a bar that stay to be seen on each side of a title inside it."""


class Bar(Struct, frozen=True):
    """What stands in a line of a chart from a column on: a bar, or a part of a title."""

    start: int
    shown: Text

    @property
    def end(self) -> int:
        """The column after its last one."""
        return self.start + self.shown.cell_len


class ChartEntry(Struct, frozen=True):
    """An event on a chart: its title, and a bar for each time that it happens, from left to right."""

    title: Text
    bars: Sequence[Bar]

    def rows(self, console: Console, scale: Scale, width: int) -> Iterator[Text]:
        """The lines of the chart: the title inside the bar, beside it, or above it, whichever takes the fewest."""
        start, end = self.bars[0].start, self.bars[-1].end
        if len(self.bars) == 1 and self.title.cell_len + 2 * (_EDGE + 1) <= end - start:
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
            yield Text.assemble(" " * part.start, part.shown)

    def _with_title_inside(self) -> Bar:
        (bar,) = self.bars
        rest = bar.shown[_EDGE + self.title.cell_len + 2 :]
        return Bar(bar.start, Text.assemble(bar.shown[:_EDGE], " ", self.title, " ", rest))

    def _wrapped(self, console: Console, room: int) -> Lines:
        """The lines of the title in that many columns; none where one of its words does not fit."""
        if room < max(map(cell_len, self.title.plain.split()), default=1):
            return []
        lines = wrap(self.title, console, room)
        for line in lines:
            line.rstrip()
        return lines


def make_entry(occurrences: Sequence[Occurrence], lane: Lane, scale: Scale) -> ChartEntry:
    """What is drawn of one event in that lane, given what of it touches the scale.

    A bar has the colour of the lane's city, or else those of all cities of the event, which then stand in its title.
    """
    event = occurrences[0].event
    cities = (lane.value,) if isinstance(lane.value, City) else event.cities
    named = not isinstance(lane.value, City)
    return ChartEntry(_title(occurrences[0], named=named), [_bar(shown, cities, scale) for shown in occurrences])


def _bar(occurrence: Occurrence, cities: Sequence[City], scale: Scale) -> Bar:
    first, last = occurrence.when.days  # type: ignore[union-attr]  # it has a date
    start, end = scale.columns(first, last)
    chars = [HATCHED if isinstance(occurrence.when, Between) else SOLID] * (end - start)
    if first < scale.first:
        chars[0] = _BEFORE
    if last > scale.last:
        chars[-1] = _AFTER
    shown = Text("".join(chars))
    for number, city in enumerate(cities):  # each has its share
        edges = (len(chars) * share // len(cities) for share in (number, number + 1))
        shown.stylize(city_style(city), *edges)
    return Bar(start, shown)


def _title(occurrence: Occurrence, *, named: bool) -> Text:
    """The title, with its time before it and its cities behind it, where they are to be named."""
    when = occurrence.when
    time = times_in_words(when) if isinstance(when, Fixed) else ""
    cities = city_names(occurrence.event.cities) if named else Text()
    before = (f"{time} " if time else "", HEADING)
    return Text.assemble(before, event_title(occurrence), *((" (", cities, ")") if cities else ()))


def _row(parts: Sequence[Bar], scale: Scale, width: int) -> Text:
    """A line of the chart: its parts, from left to right, and the guides around them."""
    line = Text()
    column = 0
    for part in parts:
        line.append_text(scale.guides(column, part.start))
        # Days of a series may be those of the time before.
        line.append_text(part.shown if column <= part.start else part.shown[column - part.start :])
        column = max(column, part.end)
    return line.append_text(scale.guides(column, width))


_WEEK = 7
_FAR = 10
"""Lines after which the numbers of the days are too far above, and are told again."""
_HATCHED_MEANS = f"{HATCHED * 3} on some of these days; which is not known"


class Timeline:
    """The lanes of `found`, which is in order: each event in them a bar over its days, and below them those without a
    date.

    Only the days of `period` are drawn. A lane of nothing is headed by `rest`. `today` is marked.
    """

    def __init__(
        self,
        found: Sequence[Occurrence],
        lanes: Sequence[Lane],
        period: Period,
        rest: str,
        today: date,
    ) -> None:
        self._dated = [shown for shown in found if not isinstance(shown.when, ToBeAnnounced)]
        self._undated = [shown for shown in found if isinstance(shown.when, ToBeAnnounced)]
        self._lanes = lanes
        self._period = period
        self._rest = rest
        self._today = today

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        scales = list(_scales(self._dated, self._period, width))
        charts = zip(*(_on_each(lane, scales) for lane in self._lanes), strict=True)
        before: Scale | None = None
        for scale, on_scale in zip(scales, charts, strict=False):
            if before:
                yield Text(_between(before, scale), style=FAINT)
            yield from scale.heading(self._today)
            lines = 0
            for lane, events in zip(self._lanes, on_scale, strict=True):
                if events and lines >= _FAR:
                    yield scale.numbers()
                    lines = 0
                if events:
                    yield self._name(lane, width)
                for of_one in events:
                    for line in make_entry(of_one, lane, scale).rows(console, scale, width):
                        yield from line.render(console, "\n")
                        lines += 1
            before = scale
        if any(isinstance(shown.when, Between) for shown in self._dated):
            yield Text(f"\n{_HATCHED_MEANS}", style=FAINT)
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
    """For each of the scales, which are in order, the occurrences of the lane that touch it, together by event."""
    ahead = [(*shown.when.days, shown) for shown in lane.occurrences if not isinstance(shown.when, ToBeAnnounced)][::-1]
    near: list[tuple[date, date, Occurrence]] = []
    for scale in scales:
        while ahead and ahead[-1][0] <= scale.last:
            near.append(ahead.pop())
        near = [one for one in near if one[1] >= scale.first]
        events: dict[str, list[Occurrence]] = {}
        for _, _, shown in near:
            events.setdefault(shown.event.id, []).append(shown)
        yield list(events.values())


def _scales(dated: Sequence[Occurrence], period: Period, width: int) -> Iterator[Scale]:
    """The whole time from the first day to the last in one, or else each week in which something begins or ends."""
    days = [shown.when.days for shown in dated if not isinstance(shown.when, ToBeAnnounced)]
    if not days:
        return
    low, high = period.first or date.min, period.last or date.max
    first, last = max(low, min(first for first, _ in days)), min(high, max(last for _, last in days))
    if ((last - first).days + 1) * NARROWEST_DAY <= width:
        yield Scale.within(first, last, width)
        return
    edges = {day for both in days for day in both if low <= day <= high} | {first}
    for monday in sorted({shift_day(day, -day.weekday()) for day in edges}):
        yield Scale.within(monday, shift_day(monday, _WEEK - 1), width)


def _between(one: Scale, other: Scale) -> str:
    """What stands between two charts."""
    weeks = (other.first - one.last).days // _WEEK
    return f"\n{count_of(weeks, 'week')} in which nothing begins or ends\n" if weeks else ""
