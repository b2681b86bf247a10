"""Events one below the other, each with a label that says when it is: before its title, or in a column of its own."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.segment import Segment
from rich.text import Text

from agenda.model import Occurrence, ToBeAnnounced, When
from agenda.views.styles import GAP, INDENT, NARROW, WIDEST, city_names, draw_row, event_place, event_title, wrap_event
from agenda.wording.english import Wording

_MIN_TITLE_COLUMNS = 24
"""Below this width for titles, labels have no column of their own."""


def common_year(dates: Iterable[When], year: int) -> int:
    """The one year that all these dates are of, where there is one; else `year`."""
    years = {day.year for when in dates if not isinstance(when, ToBeAnnounced) for day in when.days}
    return years.pop() if len(years) == 1 else year


class LabelledEvents(Struct, frozen=True):
    """How such events are drawn, `width` columns wide: labels begin at the column `label_at`, and titles at `title_at`,
    which is 0 where they follow their labels.
    """

    width: int
    label_at: int
    title_at: int

    @classmethod
    def within(cls, options: ConsoleOptions, labels: Iterable[str], label_at: int = INDENT) -> "LabelledEvents":
        """The way to draw events with these labels on that screen."""
        width = min(options.max_width, WIDEST)
        title_at = label_at + max(map(cell_len, labels), default=0) + GAP
        is_narrow = options.max_width < NARROW or width - title_at < _MIN_TITLE_COLUMNS
        return cls(width, label_at, 0 if is_narrow else title_at)

    def draw(self, label: str, occurrence: Occurrence, console: Console, words: Wording) -> Iterator[Segment]:
        """An event: its label, its title, and below that its place."""
        title = event_title(occurrence, words)
        place = event_place(occurrence, city_names(occurrence.event.cities))
        if self.title_at:
            lines = wrap_event(title, place, console, self.width - self.title_at)
            yield from draw_row(console, (self.label_at, [Text(label)]), (self.title_at, lines))
        else:
            lines = wrap_event(Text.assemble(f"{label}  ", title), place, console, self.width - self.label_at)
            yield from draw_row(console, (self.label_at, lines))
