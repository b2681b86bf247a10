"""What has changed, for people: what is new, what is gone, and what is different of all else."""

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from agenda.model import ToBeAnnounced
from agenda.reports.change_words import HEADINGS, tell_change, when_in_words
from agenda.reports.changes import EventChange, group_changes
from agenda.views.styles import (
    FAINT,
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

_MIN_TITLE_COLUMNS = 24
"""Below this width for titles, days have no column of their own."""


class ChangeList:
    """The `changes`, each under the weightiest of its kinds; `year` is this one, which need not be told."""

    def __init__(self, changes: Iterable[EventChange], year: int) -> None:
        self._groups = group_changes(changes)
        self._changes = [change for group in self._groups.values() for change in group]
        sides = [side for change in self._changes for side in (change.before, change.after) if side]
        dated = [side.when for side in sides if not isinstance(side.when, ToBeAnnounced)]
        years = {day.year for when in dated for day in when.days}
        self._year = years.pop() if len(years) == 1 else year
        self._of_year = "" if self._year == year else f" ({self._year})"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        title_at = INDENT + max((len(self._label(change)) for change in self._changes), default=0) + GAP
        if options.max_width < NARROW or width - title_at < _MIN_TITLE_COLUMNS:
            title_at = 0
        for number, (kind, group) in enumerate(self._groups.items()):
            if number:
                yield Text()
            yield Text(f"{HEADINGS[kind]}{self._of_year}", style=HEADING)
            for change in group:
                yield from self._draw(change, console, width, title_at)

    def _draw(self, change: EventChange, console: Console, width: int, title_at: int) -> Iterator[Segment]:
        """One change: when the event is, its title, its place, and what is different; no columns if `title_at` is 0."""
        label, title = self._label(change), event_title(change.told)
        place = event_place(change.told, city_names(change.told.event.cities))
        if title_at:
            lines = wrap_event(title, place, console, width - title_at)
            yield from draw_row(console, (INDENT, [Text(label)]), (title_at, lines))
        else:
            lines = wrap_event(Text.assemble(f"{label}  ", title), place, console, width - INDENT)
            yield from draw_row(console, (INDENT, lines))
        below = (title_at or INDENT) + INDENT
        for told in tell_change(change, self._year):
            yield from draw_row(console, (below, wrap(Text(told, FAINT), console, width - below)))

    def _label(self, change: EventChange) -> str:
        return when_in_words(change.told.when, self._year)
