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
from agenda.text.folding import fold


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


class _KnownEvents(Struct, frozen=True, kw_only=True):
    """The events of an agenda by what another file may name them by: their ids, their UIDs, and the GUIDs of those that
    are no series.
    """

    by_id: Mapping[str, Event]
    by_uid: Mapping[str, Event]
    by_guid: Mapping[str, Event]

    def find(self, incoming: Incoming) -> Event | None:
        """The event that has the UID of this one, or else the id that the file itself has for it."""
        if uid := incoming.origin.uid:
            return self.by_uid.get(uid) or self.by_guid.get(uid.lower())
        if incoming.origin.id:
            return self.by_id.get(incoming.origin.id) or self.by_id.get(incoming.table["id"])
        return None


def match_events(all_incoming: Sequence[Incoming], agenda: Agenda, titles: Mapping[str, Collection[str]]) -> Matches:
    """Which events they are: by their UID, else by the id that the file itself has for them; without either, by title,
    of which `titles` has those of each event of the agenda, in all languages, by its id.

    Those of one title are the same where they start at the same time, or on the same day if their file has only days,
    or where only one of them is left on both sides.
    """
    known = _known_events(agenda)
    sessions, has_all_times = _find_sessions(_unknown_guids(all_incoming, known), agenda, _span(all_incoming))
    series = {
        place: event
        for place, incoming in enumerate(all_incoming)
        if (event := _find_series(incoming, known, sessions))
    }
    matched: dict[int, Event] = {}
    taken: set[str] = set()
    for place, incoming in enumerate(all_incoming):
        event = None if place in series else known.find(incoming)
        if event and event.id not in taken:
            matched[place] = event
            taken.add(event.id)
    nameless = [place for place, incoming in enumerate(all_incoming) if not (incoming.origin.uid or incoming.origin.id)]
    of_title: dict[str, list[Event]] = defaultdict(list)
    for event in agenda.events:
        if event.id not in taken:
            for title in {fold(title) for title in titles[event.id]}:
                of_title[title].append(event)
    series_of_title = {title: event for title, events in of_title.items() for event in reversed(events) if event.repeat}
    by_title = _match_titles(all_incoming, nameless, of_title)
    matched |= by_title
    series |= {
        place: event
        for place in nameless
        if place not in matched
        and not _tells_series(all_incoming[place])
        and (event := series_of_title.get(fold(all_incoming[place].event.title)))
    }
    return Matches(
        pairs=[(all_incoming[place], event) for place, event in sorted(matched.items())],
        new=[incoming for place, incoming in enumerate(all_incoming) if place not in matched and place not in series],
        times=list({event.id: event for event in series.values()}.values()),
        by_title=list(by_title.values()),
        has_all_times=has_all_times,
    )


def _known_events(agenda: Agenda) -> _KnownEvents:
    by_uid = {uid: event for event in agenda.events if (uid := agenda.uid_of(event))}
    return _KnownEvents(
        by_id={event.id: event for event in agenda.events},
        by_uid=by_uid,
        by_guid={str(make_guid(uid)): event for uid, event in by_uid.items() if not event.repeat},
    )


def _unknown_guids(all_incoming: Sequence[Incoming], known: _KnownEvents) -> set[str]:
    """The UIDs, in small letters, that no event has, and that may be the GUIDs of single times of series."""
    return {
        uid.lower()
        for incoming in all_incoming
        if (uid := incoming.origin.uid)
        and "repeat" not in incoming.origin.told
        and known.find(incoming) is None
        and may_be_of_time(uid)
    }


def _find_series(incoming: Incoming, known: _KnownEvents, sessions: Mapping[str, Event]) -> Event | None:
    """The series of which this event is one time, told by itself: `sessions` has those of the GUIDs of times."""
    event = known.find(incoming)
    if incoming.origin.uid:
        return None if event else sessions.get(incoming.origin.uid.lower())
    return event if event and event.repeat and "repeat" not in incoming.origin.told else None


def _tells_series(incoming: Incoming) -> bool:
    """Whether the file says of which series an event is, or that it is of none."""
    return "repeat" in incoming.origin.told


def _span(all_incoming: Sequence[Incoming]) -> Period | None:
    """The days of an import, and one before and after, on which they may be by other clocks; None where it has none."""
    whens = (incoming.event.when for incoming in all_incoming)
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


def _match_titles(
    all_incoming: Sequence[Incoming], places: Sequence[int], of_title: Mapping[str, Sequence[Event]]
) -> dict[int, Event]:
    """The events that those at these places are, by their folded titles."""
    at_title: dict[str, list[int]] = defaultdict(list)
    for place in places:
        at_title[fold(all_incoming[place].event.title)].append(place)
    matched: dict[int, Event] = {}
    taken: set[str] = set()
    for title, here in at_title.items():
        is_one_by_one = all(not _tells_series(all_incoming[place]) for place in here)
        start = _first_day if all(all_incoming[place].origin.has_only_days for place in here) else _start
        by_start: dict[object, list[Event]] = defaultdict(list)
        for event in reversed(of_title.get(title, ())):
            if event.id not in taken and not (event.repeat and is_one_by_one):  # taken by its title in another language
                by_start[start(event)].append(event)
        for place in here:
            if same := by_start.get(start(all_incoming[place].event)):
                matched[place] = same.pop()
        left = [place for place in here if place not in matched]
        there = [event for events in by_start.values() for event in events]
        if len(left) == len(there) == 1:
            matched[left[0]] = there[0]
        taken |= {matched[place].id for place in here if place in matched}
    return matched


def _start(event: Event) -> object:
    """When it starts, by the clocks there, as far as that is known."""
    if not isinstance(event.when, Fixed):
        return event.when
    start = event.when.start
    return start.replace(tzinfo=None) if isinstance(start, datetime) else start


def _first_day(event: Event) -> object:
    """The day on which it starts, by the clocks there, as far as that is known."""
    return event.when.days[0] if isinstance(event.when, Fixed) else event.when
