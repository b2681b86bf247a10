"""Occurrences for people, as `next` draws them: what is to come, then what is on, then what may be on."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.model import Between, Fixed
from agenda.reports.upcoming import Distance, State, Upcoming
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
    event_place,
    event_title,
    wrap,
    wrap_event,
)
from agenda.wording.english import Wording, mark

_HEADINGS = {
    State.TODAY: mark("Later today"),
    State.AHEAD: mark("Coming up"),
    State.NOW: mark("Now"),
    State.PERHAPS: mark("Perhaps today"),
}
"""The states in the order of the screen: what is to come is what people ask for, and there may be much of the rest."""


class Forthcoming:
    """The occurrences of `upcoming`, in order, by their states; `year` is this one, which days need not tell."""

    def __init__(self, upcoming: Sequence[Upcoming], year: int, *, words: Wording) -> None:
        self._year = year
        self._words = words
        of_states = {state: [each for each in upcoming if each.state is state] for state in _HEADINGS}
        # What is on by the hour is over soonest, and what goes on for days is known to everybody.
        of_states[State.NOW].sort(key=_length)
        self._groups = {words.text(_HEADINGS[state]): group for state, group in of_states.items() if group}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        labels = [self._label(each) for group in self._groups.values() for each in group]
        title_at = INDENT + max(map(cell_len, labels), default=0) + GAP
        for number, (heading, group) in enumerate(self._groups.items()):
            if number:
                yield Text()
            yield Text(heading, style=HEADING)
            for each in group:
                if options.max_width >= NARROW:
                    lines = self._lines(each, Text(), console, width - title_at)
                    yield from draw_row(console, (INDENT, [Text(self._label(each))]), (title_at, lines))
                else:
                    label = Text(f"{self._label(each)}  ")
                    first, *rest = self._lines(each, label, console, width - 2 * INDENT)
                    yield from draw_row(console, (INDENT, [first]))
                    yield from draw_row(console, (2 * INDENT, rest))

    def _label(self, upcoming: Upcoming) -> str:
        """What the heading does not say yet: how far away it is, until when it is on, or within which days it lies."""
        when, words = upcoming.when, self._words
        if upcoming.state is State.PERHAPS:
            return words.span_in_words(*when.days, self._year)
        if upcoming.state is not State.NOW or isinstance(when, Between):
            return self._away(upcoming.away) if upcoming.away else ""
        first, last = when.days
        if not isinstance(when.start, datetime):
            if first == last:
                return words.text("all day")
            return words.until(day=words.short_day(last, self._year))
        if not isinstance(when.end, datetime):
            return words.text("since {start}", start=words.clock_time(when.start))
        end_day = "" if first == last else words.short_day(last, self._year)
        return words.until(day=end_day, time=words.clock_time(when.end))

    def _lines(self, upcoming: Upcoming, label: Text, console: Console, width: int) -> Lines:
        """The title, after the label, and the place below it; in one line, as far as it goes, what is on, or may be on,
        for days: of these there may be many, and what is to come is to stay on the screen.
        """
        title = Text.assemble(label, event_title(upcoming.occurrence, self._words))
        cities = city_names(upcoming.occurrence.event.cities)
        if upcoming.state is State.PERHAPS or _is_on_for_days(upcoming):
            event_id = Text(f"[{upcoming.occurrence.event.id}]", FAINT)
            parts = [part for part in (title, cities, event_id) if part]
            return wrap(Text("  ").join(parts), console, width)
        when = self._when(upcoming)
        parts = [part for part in (Text(when), cities) if part]
        return wrap_event(title, event_place(upcoming.occurrence, Text(", ").join(parts)), console, width)

    def _when(self, upcoming: Upcoming) -> str:
        """`Mon 29 Sep, 11:00–12:30`, `28 Sep–4 Oct`; empty where the heading and the label say it all."""
        when = upcoming.when
        time = self._words.times_in_words(when) if isinstance(when, Fixed) else ""
        if upcoming.state in {State.NOW, State.PERHAPS} and not time:
            return ""
        if isinstance(when, Fixed):
            return self._words.fixed_in_words(when, self._year)
        return self._words.span_in_words(*when.days, self._year)

    def _away(self, distance: Distance) -> str:
        """`in 40 minutes`, `in 2 to 5 days`."""
        if distance.most is None:
            return self._words.in_time(distance.number, distance.unit)
        return self._words.text("in {first} to {last} days", first=distance.number, last=distance.most)


def _is_on_for_days(upcoming: Upcoming) -> bool:
    """Whether it is on, and has several whole days."""
    when = upcoming.when
    return upcoming.state is State.NOW and isinstance(when, Fixed) and when.all_day and when.days[0] < when.days[1]


def _length(upcoming: Upcoming) -> int:
    """Times before whole days, and those before several days."""
    when = upcoming.when
    return 2 if _is_on_for_days(upcoming) else int(isinstance(when, Fixed) and when.all_day)
