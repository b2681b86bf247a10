"""Warnings of a valid file: what is no mistake, but looks like one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from agenda.agendafile.file_heads import FILE, FileHead
from agenda.agendafile.names import NOUNS
from agenda.agendafile.near_names import find_near_names
from agenda.agendafile.odd_days import find_odd_days
from agenda.agendafile.odd_times import find_odd_times
from agenda.agendafile.schema import FileTable
from agenda.agendafile.twins import find_twins
from agenda.errors import KeyPath, Problem
from agenda.model import Agenda, Named, Status, ToBeAnnounced
from agenda.text.folding import fold
from agenda.text.links import is_link
from agenda.text.safe import quote
from agenda.text.sentences import join_words

_MAX_AHEAD = timedelta(days=1)
"""How far ahead a `revised` may be without being a slip: of several changes within a minute, each is dated a minute
after the one before it, and the clocks of machines differ.
"""


def find_warnings(
    agenda: Agenda, file: FileTable, now: datetime, file_heads: Sequence[FileHead] = ()
) -> Iterator[Problem]:
    """What looks like a mistake in an agenda, which was resolved from that file, or from several as one with these
    heads; in no order.
    """
    yield from find_twins(agenda)
    yield from _unused(agenda, file)
    yield from _to_come(agenda, file_heads, now)
    yield from _unnoticed(agenda)
    yield from find_odd_times(agenda)
    yield from find_odd_days(agenda)
    yield from find_near_names(agenda, file)
    yield from _without_venue(agenda)
    yield from _unlinked(agenda)
    if file.agenda.languages:
        from agenda.agendafile.untranslated import find_language_warnings  # most files are in one language

        yield from find_language_warnings(file)


def _unused(agenda: Agenda, file: FileTable) -> Iterator[Problem]:
    """Names that the file declares, and that no event uses, by itself or by its venue; none where no event is yet."""
    if not agenda.events:
        return
    used: dict[str, set[str]] = {key: set() for key in NOUNS}
    for event in agenda.events:
        _note_names(used["cities"], event.cities)
        used["venues"].update(venue.id for venue in [event.venue] if venue)
        _note_names(used["people"], event.people)
        _note_names(used["organizers"], event.organizers)
        _note_names(used["topics"], event.topics)
        _note_names(used["kinds"], [event.kind] if event.kind else ())
        used["sources"].update(source.id for source in event.sources)
    for key, noun in NOUNS.items():
        for name in getattr(file, key) or ():
            if name not in used[key]:
                yield Problem(
                    (key, name), f"no event uses this {noun}; leave it out, or name it in an event", at_key=True
                )


def _note_names(used: set[str], entries: Iterable[Named]) -> None:
    """Add the names of the entries, of which one is their key in the file."""
    for entry in entries:
        used.add(entry.name)
        used.update(entry.aliases)


def _without_venue(agenda: Agenda) -> Iterator[Problem]:
    """Rooms of events without a venue that are called as one which a venue lists: they are two rooms here, which clash
    with nothing of one another.
    """
    venues: dict[str, dict[str, None]] = defaultdict(dict)
    for venue in agenda.venues:
        for room in venue.rooms:
            for name in (room.name, *room.aliases):
                venues[fold(name)][venue.id] = None
    for index, event in enumerate(agenda.events):
        if event.room and not event.venue and (ids := venues.get(fold(event.room.name))):
            right = join_words(f"venue = {quote(venue_id)}" for venue_id in ids)
            message = f"the room {quote(event.room.name)} has no venue, so it is none of the rooms that venues list"
            yield Problem(("events", index, "room"), f"{message}; add {right} if it is that one")


def _unlinked(agenda: Agenda) -> Iterator[Problem]:
    """Addresses of events and venues that are neither of the web nor of mail, as `javascript:` is not."""
    urls: list[tuple[KeyPath, str | None]] = [
        (("events", index, "url"), event.url) for index, event in enumerate(agenda.events)
    ]
    urls += [(("venues", venue.id, "url"), venue.url) for venue in agenda.venues]
    for path, url in urls:
        if url and not is_link(url):
            yield Problem(
                path, f"no page will link {quote(url)}; write an address that begins with https:// or mailto:"
            )


def _to_come(agenda: Agenda, file_heads: Sequence[FileHead], now: datetime) -> Iterator[Problem]:
    """Revisions that are said to have been in the future, by more than changes in quick succession make it."""
    revised: list[tuple[KeyPath, datetime | None]] = [
        ((FILE, number, "agenda", "revised"), file_head.table.revised) for number, file_head in enumerate(file_heads)
    ] or [(("agenda", "revised"), agenda.revised)]
    revised += [(("events", index, "revised"), event.revised) for index, event in enumerate(agenda.events)]
    for path, time in revised:
        if time and time.astimezone(UTC) - now.astimezone(UTC) > _MAX_AHEAD:
            yield Problem(path, "revised is a time that is still to come; write when the last change was made")


def _unnoticed(agenda: Agenda) -> Iterator[Problem]:
    """Events that apps know, as they know none without a date, that are cancelled, where neither they nor the agenda
    say since when. Where one of them does, apps are told the later of the two.
    """
    for index, event in enumerate(agenda.events):
        head = event.head or agenda
        is_known = bool(head.namespace or event.uid)
        is_exported = is_known and head.revised is None and not isinstance(event.when, ToBeAnnounced)
        if event.status is Status.CANCELLED and is_exported and event.revised is None:
            message = (
                "cancelled, but nothing tells calendar apps since when; add to it a line revised = the time of that"
            )
            yield Problem(("events", index, "status"), f"{message} change")
