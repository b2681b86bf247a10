"""An import into an agenda that is there: which events are new there, which are other now, and which stay."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time
from typing import Any

from msgspec import Struct

from agenda.agendafile.event_order import first_time
from agenda.agendafile.known_names import KnownNames
from agenda.interchange.compared_events import Compared
from agenda.interchange.ids import Ids
from agenda.interchange.imported_names import ImportedNames
from agenda.interchange.match import Incoming, Matches, match_events
from agenda.interchange.result import Origin
from agenda.interchange.told_times import is_same_time, lacks_last_day, with_its_time
from agenda.model import Agenda, Event, Status
from agenda.text.sentences import count_of, list_few

_Table = dict[str, Any]
_MAX_NAMED = 5
"""Events that a remark names."""


class Import(Struct, frozen=True, kw_only=True):
    """What is imported: the agenda and its plain tables, the origins of its events, and what it is called in messages.
    `recall` gives an event without what an export of ours had added to that event of the agenda.
    """

    agenda: Agenda
    tables: Mapping[str, Any]
    origins: Sequence[Origin]
    shown: str
    recall: Callable[[Incoming, Event], Incoming] = lambda one, _: one

    def names_in(self, target: Agenda, tables: Mapping[str, Any]) -> ImportedNames:
        """Its names, as an agenda in the file of those plain tables has them."""
        return ImportedNames(target, KnownNames(target, tables), self.agenda, self.tables)

    def incoming(self) -> list[Incoming]:
        """Its events."""
        events = zip(self.agenda.events, self.tables.get("events", ()), self.origins, strict=True)
        return [Incoming(event, table, origin) for event, table, origin in events]


class Merge(Struct, frozen=True, kw_only=True):
    """What an import does to an agenda. `added` are the plain tables of new events, by date; `changed` are the new
    values of keys of other events, by their ids, None for a key that goes; and then there are the names that the agenda
    has to learn. `events` has all events of the import by the ids that they have in the agenda, and `known` the ids of
    those that the agenda had, with series of which the import has times one by one. `unended` are the ids of events
    whose last day is left out, since the agenda has no time at which they end.
    """

    added: list[_Table]
    changed: dict[str, dict[str, Any]]
    declared: Mapping[str, Mapping[str, _Table]]
    rooms: Mapping[str, Sequence[str]]
    events: Mapping[str, Incoming]
    known: frozenset[str]
    unended: Sequence[str]
    remarks: list[str]


def plan_merge(target: Agenda, tables: Mapping[str, Any], imported: Import, *, with_older: bool) -> Merge:
    """What becomes of the agenda `target`, in the file of those plain tables. Events that were changed there after they
    were changed in the import stay as they are, unless `with_older`; with a series that stays, none of its times is new
    that the import tells by itself.
    """
    of_id = {table["id"]: table for table in tables.get("events", ())}
    matches = match_events(imported.incoming(), target, _titles(of_id))
    names = imported.names_in(target, tables)
    has_short_ends = any(isinstance(table.get("end"), time) for table in tables.get("events", ()))
    compared = Compared(target, names, has_short_ends)
    # What stays as it is has names of its own, which nothing has to learn.
    compared_apart = Compared(target, imported.names_in(target, tables))
    changed: dict[str, dict[str, Any]] = {}
    events: dict[str, Incoming] = {}
    older: dict[str, str] = {}
    unended: list[str] = []
    for given, event in matches.pairs:
        one = with_its_time(imported.recall(given, event), event)
        unended += [event.id] if lacks_last_day(given, one) else []
        if _is_older(one, event) and not with_older:
            if compared_apart.changes(one, event, of_id[event.id]):
                older[event.id] = one.origin.uid
            continue
        if changes := compared.changes(one, event, of_id[event.id]):
            changed[event.id] = changes
        events[event.id] = one
    ids = Ids()
    for event in target.events:
        ids.new(event.id)
    left = set(older.values())
    added = []
    renamed = []
    for one in matches.new:
        if one.origin.series and one.origin.series in left:
            continue
        event_id = ids.new(one.table["id"])
        uid = one.origin.uid if one.origin.uid != f"{event_id}@{target.namespace}" else ""
        added.append({"id": event_id, **compared.new_table(one), **({"uid": uid} if uid else {})})
        events[event_id] = one
        renamed += [f"{one.table['id']} is {event_id}"] if event_id != one.table["id"] else []
    added.sort(key=lambda table: (first_time(table) is None, first_time(table)))
    return Merge(
        added=added,
        changed=changed,
        declared=names.declared,
        rooms=names.rooms,
        events=events,
        known=frozenset([*(event.id for _, event in matches.pairs), *(event.id for event in matches.times)]),
        remarks=list(
            _remarks(
                target,
                imported.shown,
                matches=matches,
                new=len(added),
                changed=changed,
                older=list(older),
                renamed=renamed,
            )
        ),
        unended=unended,
    )


def make_tables(tables: Mapping[str, Any], merge: Merge, imported: Import) -> dict[str, Any]:
    """The plain tables of an agenda whose own ones are `tables`, as the import has it: with its changes and its new
    events, without those that it does not have, and with its times of last changes.
    """
    made = dict(tables)
    for vocabulary, entries in merge.declared.items():
        made[vocabulary] = {**tables.get(vocabulary, {}), **entries}
    made["venues"] = dict(made.get("venues", {}))
    for venue_id, rooms in merge.rooms.items():
        venue = made["venues"][venue_id]
        made["venues"][venue_id] = {**venue, "rooms": [*venue["rooms"], *rooms]}
    head = {key: value for key, value in tables.get("agenda", {}).items() if key != "revised"}
    made["agenda"] = head | {key: value for key, value in imported.tables["agenda"].items() if key == "revised"}
    events = []
    for table in tables.get("events", ()):
        if table["id"] in merge.known:
            event = {**table, **merge.changed.get(table["id"], {})}
            if one := merge.events.get(table["id"]):
                event["revised"] = one.table.get("revised")
            events.append({key: value for key, value in event.items() if value is not None})
    made["events"] = [*events, *merge.added]
    return {key: table for key, table in made.items() if table}


def find_untold(merge: Merge, imported: Import, result: Agenda, tables: Mapping[str, Any]) -> dict[str, list[str]]:
    """The keys in which an agenda differs from the import that was taken into it, by the ids of events; none if all
    went as it should. `tables` are the plain tables of the agenda's file.
    """
    compared = Compared(result, imported.names_in(result, tables))
    of_id = {table["id"]: table for table in tables.get("events", ())}
    events = {event.id: event for event in result.events}
    untold = {}
    for event_id, one in merge.events.items():
        keys = list(compared.changes(one, events[event_id], of_id[event_id]))
        if "start" in one.origin.told and not is_same_time(one, events[event_id]):  # as a time that no key can tell
            keys.append("start")
        if keys:
            untold[event_id] = list(dict.fromkeys(keys))
    return untold


def _titles(of_id: Mapping[str, _Table]) -> dict[str, list[str]]:
    """The titles of the events of these plain tables, by their ids, in each language that one is in."""
    titles = {event_id: table["title"] for event_id, table in of_id.items()}
    return {
        event_id: list(title.values()) if isinstance(title, dict) else [title] for event_id, title in titles.items()
    }


def _is_older(one: Incoming, event: Event) -> bool:
    revised = one.origin.revised
    return revised is not None and event.revised is not None and revised < event.revised


def _remarks(  # noqa: PLR0913 - all that there is to tell
    target: Agenda,
    shown: str,
    *,
    matches: Matches,
    new: int,
    changed: Mapping[str, Any],
    older: Sequence[str],
    renamed: Sequence[str],
) -> Iterator[str]:
    same = len(matches.pairs) - len(changed) - len(older)
    yield f"of {shown}: {new:,} new, {len(changed):,} changed, {same:,} as before"
    if older:
        yield f"left as they are, since they were changed here after {shown} was: {_few(older)}; --force takes theirs"
    roomless = [
        f"{event.id} ({event.room.name})"
        for one, event in matches.pairs
        if event.room and "room" not in one.origin.told and "room" in changed.get(event.id, {})
    ]
    if roomless:
        yield f"no longer in their rooms, which are not at the venues that {shown} has for them: {_few(roomless)}"
    if renamed:
        yield f"their ids are those of other events, so they get others: {_few(renamed)}"
    if matches.by_title:
        yield f"known by their titles, since {shown} has no ids for them: {_few([e.id for e in matches.by_title])}"
    if matches.times:
        series = _few([event.id for event in matches.times])
        yield f"left as they are, since {shown} tells the times of these series one by one: {series}"
    if not matches.has_all_times:
        yield "series have more times than are looked at, so that others of them may be among the new"
    there = {event.id for _, event in matches.pairs} | {event.id for event in matches.times}
    gone = [event.id for event in target.events if event.id not in there and event.status is not Status.CANCELLED]
    if gone:
        yield f"not in {shown}, and left as they are: {count_of(len(gone), 'event')} ({_few(gone)})"


def _few(texts: Sequence[str]) -> str:
    return list_few(texts, _MAX_NAMED)
