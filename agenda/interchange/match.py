"""Which events of an agenda the events of an import are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.interchange.guids import make_guid, may_be_of_time
from agenda.interchange.result import Origin
from agenda.limits import MAX_SESSIONS
from agenda.model import Agenda, Event, Fixed, Occurrence, ToBeAnnounced
from agenda.query import Query, walk_occurrences
from agenda.recurrence.expand import is_endless, shift_day
from agenda.text import fold


class Incoming(Struct, frozen=True):
    """An event of an import: what it means there, the plain table that it is, and what the file itself says."""

    event: Event
    table: Mapping[str, Any]
    origin: Origin


class Matches(Struct, frozen=True, kw_only=True):
    """The events of an import: those that are in the agenda, those that are not, and those that are one time of a
    series there, which the file tells by itself; `by_title` has those that are known by nothing else. Where the agenda
    has too many times of series to look for all of them, `has_all_times` is False, and some of these may be among the
    new.
    """

    pairs: list[tuple[Incoming, Event]]
    new: list[Incoming]
    times: list[Event]
    by_title: list[Event]
    has_all_times: bool


def match_events(incoming: Sequence[Incoming], agenda: Agenda) -> Matches:
    """Which events they are: by their UID, else by the id that the file itself has for them; without either, by title.

    Those of one title are the same where they start at the same time, or where only one of them is left on both sides.
    """
    by_id = {event.id: event for event in agenda.events}
    by_uid = {uid: event for event in agenda.events if (uid := agenda.uid_of(event))}
    guids = {str(make_guid(uid)): event for uid, event in by_uid.items() if not event.repeat}
    unknown = {
        uid.lower()
        for one in incoming
        if (uid := one.origin.uid)
        and "repeat" not in one.origin.told
        and uid not in by_uid
        and uid.lower() not in guids
        and may_be_of_time(uid)
    }
    sessions, has_all_times = _find_sessions(unknown, agenda, _span(incoming))
    found: dict[int, Event] = {}
    taken: set[str] = set()
    times: list[Event] = []
    placed: set[int] = set()
    for place, one in enumerate(incoming):
        event: Event | None = None
        if uid := one.origin.uid:
            event = by_uid.get(uid) or guids.get(uid.lower())
            if event is None and (series := sessions.get(uid.lower())):
                times.append(series)
                placed.add(place)
        elif one.origin.id:
            event = by_id.get(one.origin.id) or by_id.get(one.table["id"])
            if event and event.repeat and "repeat" not in one.origin.told:
                times.append(event)
                placed.add(place)
                event = None
        if event and event.id not in taken:
            found[place] = event
            taken.add(event.id)
    nameless = [
        place
        for place, one in enumerate(incoming)
        if not (one.origin.uid or one.origin.id or place in found or place in placed)
    ]
    by_title = _match_titles(incoming, nameless, [event for event in agenda.events if event.id not in taken])
    found |= by_title
    return Matches(
        pairs=[(incoming[place], event) for place, event in sorted(found.items())],
        new=[one for place, one in enumerate(incoming) if place not in found and place not in placed],
        times=list({event.id: event for event in times}.values()),
        by_title=list(by_title.values()),
        has_all_times=has_all_times,
    )


def _span(incoming: Sequence[Incoming]) -> Period | None:
    """The days of an import, and one before and after, on which they may be by other clocks; None where it has none."""
    whens = (one.event.when for one in incoming)
    days = [day for when in whens if not isinstance(when, ToBeAnnounced) for day in when.days]
    return Period(shift_day(min(days), -1), shift_day(max(days), 1)) if days else None


def _find_sessions(guids: Collection[str], agenda: Agenda, span: Period | None) -> tuple[dict[str, Event], bool]:
    """The series that have times of these GUIDs, by these, and whether no others of them may be there: no more than
    MAX_SESSIONS times are looked at, and not all of a series without an end.
    """
    sessions: dict[str, Event] = {}
    for number, occurrence in enumerate(_times(agenda, span) if guids else ()):
        if number == MAX_SESSIONS:
            return sessions, False
        guid = str(make_guid(agenda.uid_of(occurrence.event) or "", occurrence.day))
        if guid in guids:
            sessions[guid] = occurrence.event
            if len(sessions) == len(guids):
                return sessions, True
    return sessions, not guids or not any(is_endless(event) for event in agenda.events if agenda.uid_of(event))


def _times(agenda: Agenda, span: Period | None) -> Iterator[Occurrence]:
    """The times of the series that have a UID: those on these days, and then the others, from which a session may have
    been moved; of series without an end, those of their first ones that `walk_occurrences` gives.
    """
    series = Query(ids=frozenset(event.id for event in agenda.events if event.repeat and agenda.uid_of(event)))
    if span:
        yield from walk_occurrences(agenda, replace(series, periods=(span,)))
    for occurrence in walk_occurrences(agenda, series):
        when = occurrence.when
        if span is None or isinstance(when, ToBeAnnounced) or not span.touches(*when.days):
            yield occurrence


def _match_titles(incoming: Sequence[Incoming], places: Sequence[int], events: Sequence[Event]) -> dict[int, Event]:
    """The events that those at these places are, by their titles."""
    of_title: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        of_title[fold(event.title)].append(event)
    at_title: dict[str, list[int]] = defaultdict(list)
    for place in places:
        at_title[fold(incoming[place].event.title)].append(place)
    found: dict[int, Event] = {}
    for title, here in at_title.items():
        by_start: dict[object, list[Event]] = defaultdict(list)
        for event in reversed(of_title.get(title, [])):
            by_start[_start(event)].append(event)
        for place in here:
            if same := by_start.get(_start(incoming[place].event)):
                found[place] = same.pop()
        left = [place for place in here if place not in found]
        there = [event for events in by_start.values() for event in events]
        if len(left) == len(there) == 1:
            found[left[0]] = there[0]
    return found


def _start(event: Event) -> object:
    """When it starts, by the clocks there, as far as that is known."""
    if not isinstance(event.when, Fixed):
        return event.when
    start = event.when.start
    return start.replace(tzinfo=None) if isinstance(start, datetime) else start
