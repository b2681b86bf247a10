"""What has changed, as the page and the feed of changes tell it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from markupsafe import Markup
from msgspec import Struct

from agenda.model import Event
from agenda.reports.change_words import HEADINGS, OF_TIME, tell_change, when_in_words
from agenda.reports.changes import EventChange, group_changes
from agenda.site.edition import Edition
from agenda.site.texts import markup
from agenda.text.safe import one_line


class ChangeEntry(Struct, frozen=True, kw_only=True):
    """A change of an event: its title, when it is or was (empty where a line tells it), and the lines that tell what is
    different. `path` is that of its page, if it still has one; `revised` is when it was changed, if that is known.
    """

    id: str
    path: str | None
    title: Markup
    name: str
    heading: str
    when: str
    lines: Sequence[str]
    revised: datetime | None

    @property
    def facts(self) -> list[str]:
        """All that is told of it below its title."""
        return [fact for fact in (self.when, *self.lines) if fact]


def tell_changes(
    changes: Iterable[EventChange], edition: Edition, path_of: Callable[[Event], str | None]
) -> dict[str, list[ChangeEntry]]:
    """The changes under the heading of the weightiest kind of each; `path_of` gives the path of the page of an event,
    which what is gone has not.
    """
    agenda, words, latest = edition.agenda, edition.words, edition.revised

    def tell(change: EventChange, heading: str) -> ChangeEntry:
        event = change.told.event
        has_times = change.before and change.after and any(kind in OF_TIME for kind in change.kinds)
        return ChangeEntry(
            id=event.id,
            path=path_of(event),
            title=markup(event.title),
            name=one_line(event.title),
            heading=heading,
            when="" if has_times else when_in_words(change.told.when, words),
            lines=list(tell_change(change, words)),
            revised=agenda.revised_of(event) or latest,
        )

    headings = {kind: words.text(heading) for kind, heading in HEADINGS.items()}
    return {
        headings[kind]: [tell(change, headings[kind]) for change in group]
        for kind, group in group_changes(changes).items()
    }
