"""Changes as notes in Markdown, to be mailed or put on a page."""

from collections.abc import Iterable, Iterator

from agenda.formats.markdown import escape_markdown
from agenda.model import Status
from agenda.reports.change_words import HEADINGS, place_in_words, tell_change, when_in_words
from agenda.reports.changes import ChangeKind, EventChange, group_changes
from agenda.text.safe import one_line
from agenda.wording.english import Wording


def write_notes(changes: Iterable[EventChange], title: str | None, *, words: Wording) -> Iterator[str]:
    """The changes in Markdown: a heading for each kind, an item for each event, with
    what has changed below it. Nothing where nothing has changed. `title` is that of the agenda.
    """
    groups = group_changes(changes)
    if groups:
        heading = words.text("What has changed")
        if title:
            heading = words.text("{title}: what has changed", title=escape_markdown(one_line(title)))
        yield f"# {heading}\n"
    for kind, group in groups.items():
        yield f"\n## {words.text(HEADINGS[kind])}\n\n"
        for change in group:
            yield _item(change, words)


def _title(change: EventChange, words: Wording) -> str:
    """The title, with the status of what is not sure to happen, where no heading tells it."""
    event = change.told.event
    is_told = event.status is Status.CONFIRMED or ChangeKind.CANCELLED in change.kinds
    return one_line(event.title if is_told else words.labelled(words.text(event.status).capitalize(), event.title))


def _item(change: EventChange, words: Wording) -> str:
    event = change.told.event
    place = place_in_words(event, words)
    when = escape_markdown(when_in_words(change.told.when, words))
    what = f"**{escape_markdown(_title(change, words))}**" + (
        f"{words.separator()}{escape_markdown(place)}" if place else ""
    )
    below = "".join(f"  - {escape_markdown(line)}\n" for line in tell_change(change, words))
    return f"- {when}: {what}\n{below}"
