"""The events that an import makes, with their ids and UIDs, none of which is given twice."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from agenda.ical.drafts import Draft
from agenda.ical.series_parts import SeriesPart
from agenda.interchange.ids import Ids, id_in, namespace_of, slug
from agenda.interchange.losses import Losses
from agenda.text.safe import one_line


class ImportedEvent(Struct):
    """An event of the agenda: what it is made of, when it is, and the draft after which it is called; with its day,
    where it is another time of that draft.
    """

    draft: Draft
    named_after: Draft
    part: SeriesPart | None
    day: date | None = None
    id: str = ""
    uid: str | None = None


def assign_ids(entries: Sequence[ImportedEvent], title: str, losses: Losses) -> str:
    """Give each its id, and its UID where that is not made of the id and the namespace, which is what it gives back.

    The ids that were given before, by us or by somebody who writes them as we do, come before those made of titles.
    """
    ids = Ids()
    given: dict[int, str] = {}
    own = [entry for entry in entries if entry.day is None]
    for entry in own:
        if wanted := entry.draft.own.id if entry.draft.own else id_in(entry.draft.uid):
            entry.id = given[id(entry.draft)] = ids.new(wanted)
    for entry in own:
        if not entry.id:
            entry.id = given[id(entry.draft)] = ids.new(slug(entry.draft.title) or "event")
    for entry in entries:
        if entry.day is not None:
            first = given.get(id(entry.named_after)) or slug(entry.draft.title) or "event"
            entry.id = ids.new(f"{first}-{entry.day}")
    # The right side of other UIDs is the name of whoever made them, such as google.com, and no name for this agenda.
    ours = [(entry.id, entry.draft.uid) for entry in own if entry.draft.own]
    has_uids = any(entry.draft.uid for entry in own)
    called = title or ("" if has_uids or not own else own[0].draft.title)
    namespace = namespace_of(ours, _seed(title, own), called)
    known: dict[str, ImportedEvent] = {}
    for entry in own:
        uid = one_line(entry.draft.uid)
        if uid and known.setdefault(uid, entry) is not entry:
            losses.happened("its UID is that of another event, so it gets one of its own", entry.draft.title)
        elif uid and uid != f"{entry.id}@{namespace}":
            entry.uid = uid
    for entry in entries:
        while not entry.uid and known.get(f"{entry.id}@{namespace}", entry) is not entry:
            entry.id = ids.new(entry.id)
    return namespace


def _seed(title: str, own: Sequence[ImportedEvent]) -> str:
    """What tells a calendar from others: its title and its first UID; the titles of all events where that has none."""
    first = own[0].draft.uid if own else ""
    return " ".join([title, first] if first else [title, *(entry.draft.title for entry in own)])
