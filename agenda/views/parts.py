"""What the views that list events have in common: how wide they are, and how they tell an event's title and place."""

from rich.text import Text

from agenda.model import Occurrence, Status
from agenda.text import one_line
from agenda.views.palette import FAINT, WARNING

WIDEST = 100
NARROW = 60
"""Below this many columns, nothing has a column of its own."""
INDENT = (0, 0, 0, 2)


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
