"""What has changed, for people: what is new, what is gone, and what is different of all else."""

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from agenda.reports.change_words import HEADINGS, tell_change, when_in_words
from agenda.reports.changes import EventChange, group_changes
from agenda.views.labelled_events import LabelledEvents, common_year
from agenda.views.styles import FAINT, HEADING, INDENT, draw_row, wrap
from agenda.wording.english import Wording


class ChangeList:
    """The `changes`, each under the weightiest of its kinds; `year` is this one, which need not be told."""

    def __init__(self, changes: Iterable[EventChange], year: int, *, words: Wording) -> None:
        self._words = words
        self._groups = group_changes(changes)
        self._changes = [change for group in self._groups.values() for change in group]
        sides = [side for change in self._changes for side in (change.before, change.after) if side]
        self._year = common_year((side.when for side in sides), year)
        self._of_year = "" if self._year == year else f" ({self._year})"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        events = LabelledEvents.within(options, map(self._label, self._changes))
        for number, (kind, group) in enumerate(self._groups.items()):
            if number:
                yield Text()
            yield Text(f"{self._words.text(HEADINGS[kind])}{self._of_year}", style=HEADING)
            for change in group:
                yield from self._draw(change, events, console)

    def _draw(self, change: EventChange, events: LabelledEvents, console: Console) -> Iterator[Segment]:
        """One change: when the event is, its title, its place, and what is different."""
        yield from events.draw(self._label(change), change.told, console, self._words)
        below = (events.title_at or INDENT) + INDENT
        for told in tell_change(change, self._words, self._year):
            yield from draw_row(console, (below, wrap(Text(told, FAINT), console, events.width - below)))

    def _label(self, change: EventChange) -> str:
        return when_in_words(change.told.when, self._words, self._year)
