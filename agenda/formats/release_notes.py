"""Changes as notes in Markdown, to be mailed or put on a page."""

from collections.abc import Iterable, Iterator

from agenda.formats.markdown import escape_markdown
from agenda.model import Status
from agenda.reports.change_words import HEADINGS, place_in_words, tell_change, when_in_words
from agenda.reports.changes import ChangeKind, EventChange, group_changes
from agenda.text import one_line


def write_notes(changes: Iterable[EventChange], title: str | None) -> Iterator[str]:
    """The changes in Markdown: a heading for each kind, an item for each event, with
    what has changed below it. Nothing where nothing has changed. `title` is that of the agenda.
    """
    groups = group_changes(changes)
    if groups:
        of_agenda = f"{escape_markdown(one_line(title))}: what" if title else "What"
        yield f"# {of_agenda} has changed\n"
    for kind, group in groups.items():
        yield f"\n## {HEADINGS[kind]}\n\n"
        for change in group:
            yield _item(change)


def _title(change: EventChange) -> str:
    """The title, with the status of what is not sure to happen, where no heading tells it."""
    event = change.told.event
    is_told = event.status is Status.CONFIRMED or ChangeKind.CANCELLED in change.kinds
    return one_line(event.title if is_told else f"{event.status.capitalize()}: {event.title}")


def _item(change: EventChange) -> str:
    event = change.told.event
    place = place_in_words(event)
    when = escape_markdown(when_in_words(change.told.when))
    what = f"**{escape_markdown(_title(change))}**" + (f", {escape_markdown(place)}" if place else "")
    below = "".join(f"  - {escape_markdown(line)}\n" for line in tell_change(change))
    return f"- {when}: {what}\n{below}"
