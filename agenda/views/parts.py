"""What the views that list events have in common: how wide they are, and how they tell an event's title and place."""

from rich.console import Console
from rich.text import Text

from agenda.model import Occurrence, Status
from agenda.text import one_line
from agenda.views.palette import FAINT, WARNING
from agenda.views.rows import Lines, wrapped

WIDEST = 100
NARROW = 60
"""Below this many columns, nothing has a column of its own."""
INDENT = 2
GAP = 2
"""Columns between two columns of a list."""


def title_of(occurrence: Occurrence) -> Text:
    """The title, with its status before it where it is not sure to happen."""
    event = occurrence.event
    title = Text(one_line(event.title))
    if event.status is Status.CONFIRMED:
        return title
    return Text.assemble((event.status.capitalize(), WARNING), ": ", title)


def place_of(occurrence: Occurrence, cities: Text | None = None) -> Text:
    """Where it is, in these cities if they are given, and the id."""
    event = occurrence.event
    place = [text for text in (event.venue and event.venue.name, event.room) if text]
    where = Text(", ").join([*([cities] if cities else []), *(Text(one_line(part), style=FAINT) for part in place)])
    return Text.assemble(where, " " if where else "", (f"[{event.id}]", FAINT))


def titled(title: Text, place: Text, console: Console, width: int) -> Lines:
    """The title and, indented below it, the place, in that many columns."""
    below = wrapped(place, console, width - INDENT)
    return [*wrapped(title, console, width), *(Text(" " * INDENT).append_text(line) for line in below)]
