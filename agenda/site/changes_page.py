"""What has changed, as the page and the feed of changes tell it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from markupsafe import Markup
from msgspec import Struct

from agenda.model import Agenda, Event
from agenda.reports.change_words import HEADINGS, tell_change, when_in_words
from agenda.reports.changes import EventChange, group_changes
from agenda.site.texts import markup
from agenda.text import one_line
from agenda.wording.english import Wording


class ChangeEntry(Struct, frozen=True, kw_only=True):
    """A change of an event: its title, when it is or was, and the lines that tell what is different. `path` is that of
    its page, if it still has one; `revised` is when it was changed, if that is known.
    """

    id: str
    path: str | None
    title: Markup
    name: str
    heading: str
    when: str
    lines: Sequence[str]
    revised: datetime | None


def tell_changes(
    changes: Iterable[EventChange], agenda: Agenda, words: Wording, path_of: Callable[[Event], str | None]
) -> dict[str, list[ChangeEntry]]:
    """The changes under the heading of the weightiest kind of each; `path_of` gives the path of the page of an event,
    which what is gone has not.
    """

    def tell(change: EventChange, heading: str) -> ChangeEntry:
        event = change.told.event
        return ChangeEntry(
            id=event.id,
            path=path_of(event),
            title=markup(event.title),
            name=one_line(event.title),
            heading=heading,
            when=when_in_words(change.told.when, words),
            lines=list(tell_change(change, words)),
            revised=agenda.revised_of(event) or agenda.revised,
        )

    headings = {kind: words.text(heading) for kind, heading in HEADINGS.items()}
    return {
        headings[kind]: [tell(change, headings[kind]) for change in group]
        for kind, group in group_changes(changes).items()
    }
