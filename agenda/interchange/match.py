"""Which events of an agenda the events of an import are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from msgspec import Struct

from agenda.interchange.guids import make_guid
from agenda.interchange.result import Origin
from agenda.limits import MAX_SESSIONS
from agenda.model import Agenda, Day, Event, Fixed, ToBeAnnounced
from agenda.recurrence.expand import occurrences, shift_day
from agenda.text import fold

_Span = tuple[Day, Day]
"""A first and a last day."""


class Incoming(Struct, frozen=True):
    """An event of an import: what it means there, the plain table that it is, and what the file itself says."""

    event: Event
    table: Mapping[str, Any]
    origin: Origin


class Matches(Struct, frozen=True, kw_only=True):
    """The events of an import: those that are in the agenda, those that are not, and those that are one time of a
    series there, which the file tells by itself; `by_title` has those that are known by nothing else. Where the agenda
    has too many times of series to look for all of them, `has_all_times` is False, and some of these are among the new.
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
    times_there: list[tuple[str, Event]] = []
    sessions: dict[str, Event] | None = None
    found: dict[int, Event] = {}
    taken: set[str] = set()
    times: list[Event] = []
    placed: set[int] = set()
    for place, one in enumerate(incoming):
        event: Event | None = None
        if uid := one.origin.uid:
            event = by_uid.get(uid) or guids.get(uid.lower())
            if event is None and "repeat" not in one.origin.told:
                if sessions is None:
                    times_there = list(islice(_sessions(agenda, _span(incoming)), MAX_SESSIONS + 1))
                    sessions = dict(times_there)
                if series := sessions.get(uid.lower()):
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
        has_all_times=len(times_there) <= MAX_SESSIONS,
    )


def _span(incoming: Sequence[Incoming]) -> _Span | None:
    """The days of an import, and one before and after, on which they may be by other clocks; None where it has none."""
    whens = (one.event.when for one in incoming)
    days = [day for when in whens if not isinstance(when, ToBeAnnounced) for day in when.days]
    return (shift_day(min(days), -1), shift_day(max(days), 1)) if days else None


def _sessions(agenda: Agenda, span: _Span | None) -> Iterator[tuple[str, Event]]:
    """The series of the agenda, by the GUIDs of their times on those days."""
    for event in agenda.events:
        uid = agenda.uid_of(event)
        if event.repeat and uid and span:
            for occurrence in occurrences(event, since=span[0], until=span[1]):
                yield str(make_guid(uid, occurrence.day)), event


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
