"""What is worth a remark of events that were changed: clashes, and days or times that look like slips."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import chain

from msgspec.structs import replace

from agenda.agendafile.clash_warnings import find_clash_warnings
from agenda.agendafile.odd_days import find_odd_days
from agenda.agendafile.odd_times import find_odd_times
from agenda.limits import MAX_DIAGNOSTICS, MAX_REMARKED_CLASHES
from agenda.model import Agenda, Event, ToBeAnnounced
from agenda.recurrence.expand import agenda_span, is_endless
from agenda.text.safe import quote
from agenda.text.sentences import list_few

_FEW = 3
"""Events that are named where several are apart from all others."""
_MIN_GAP_DAYS = 2
"""Days between an event and all others, from which on it is worth a remark: a weekday may be one of another week."""


def find_change_remarks(before: Agenda, after: Agenda, ids: Collection[str], now: datetime) -> list[str]:
    """A line for each warning about the events with these ids that a change has brought, and one with the number of
    warnings that are left out. That not all clashes were looked for is told in any case.
    """
    known = {(event_id, message) for event_id, message in _warnings(before, ids, now) if event_id}
    new = [warning for warning in _warnings(after, ids, now) if warning not in known]
    told = {event_id for event_id, _ in new}
    when = {event.id: event.when for event in before.events}
    moved = [event for event in after.events if event.id in ids and event.when != when.get(event.id)]
    lines = [f"{quote(event_id)}: {message}" if event_id else message for event_id, message in new[:MAX_DIAGNOSTICS]]
    more = len(new) - len(lines)
    lines += [f"and {more} more of this kind; `agenda check --clashes` tells them"] if more else []
    apart = [event for event in moved if event.id not in told]
    return [*lines, *_far_from_others(after, _span_of_others(after, ids), apart)]


def _span_of_others(agenda: Agenda, ids: Collection[str]) -> tuple[date, date] | None:
    """The first and the last day of all events but those with these ids; None where there are none with a date."""
    others = (event for event in agenda.events if event.id not in ids and not is_endless(event))
    days = [span for event in others if (span := _span(agenda, event))]
    return (min(first for first, _ in days), max(last for _, last in days)) if days else None


def _span(agenda: Agenda, event: Event) -> tuple[date, date] | None:
    """The first and the last day of an event, of a series all of its times; None where no day is known."""
    if event.repeat is not None:
        return agenda_span(replace(agenda, events=(event,)))
    return None if isinstance(event.when, ToBeAnnounced) else event.when.days


def _far_from_others(agenda: Agenda, others: tuple[date, date] | None, moved: Iterable[Event]) -> Iterator[str]:
    """What is said of the events that are apart from all others, from their first day to their last: a line for those
    before them and one for those after them, since an import may bring a series of a hundred.
    """
    far: dict[str, list[tuple[int, date, str]]] = {"before": [], "after": []}
    for event in moved:
        if others and (span := _span(agenda, event)):
            first, last = span
            early, late = (others[0] - last).days, (first - others[1]).days
            if max(early, late) >= _MIN_GAP_DAYS:
                far["before" if early > late else "after"].append((max(early, late), first, event.id))
    for side, apart in far.items():
        days, first, event_id = min(apart, default=(0, date.min, ""))
        if len(apart) == 1:
            yield f"{quote(event_id)}: it is on {first:%A} {first}, {days} days {side} all other events"
        elif apart:
            ids = list_few([event_id for _, _, event_id in apart], _FEW, quote)
            yield f"{ids}: they are {days} days or more {side} all other events"


def _warnings(agenda: Agenda, ids: Collection[str], now: datetime) -> Iterator[tuple[str, str]]:
    """The ids of events, among these, and what `agenda check --clashes` would say of when they are; no id with what it
    says of no event.
    """
    near = _near(agenda, ids)
    clashes = find_clash_warnings(near, now, ids=ids, most=MAX_REMARKED_CLASHES)
    odd = chain(find_odd_times(agenda), find_odd_days(agenda))
    for events, problems in ((near.events, clashes), (agenda.events, odd)):
        for problem in problems:
            match problem.path:
                case ("events", int(place), *_) if events[place].id in ids:
                    yield events[place].id, problem.message
                case ():
                    yield "", problem.message


def _near(agenda: Agenda, ids: Collection[str]) -> Agenda:
    """The same with the events alone that may be in a clash of one with these ids: they need a person or a room that it
    needs.
    """
    changed = [event for event in agenda.events if event.id in ids]
    people = {person.name for event in changed for person in event.people}
    rooms = {event.room for event in changed} - {None}
    near = [
        event for event in agenda.events if event.room in rooms or any(person.name in people for person in event.people)
    ]
    return replace(agenda, events=tuple(near))
