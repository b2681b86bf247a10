"""Clashes as warnings, each at both of its events."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice

from agenda.errors import KeyPath, Problem
from agenda.limits import MAX_SELECTED_TIMES, MAX_WARNED_CLASHES
from agenda.model import Agenda, Event, Fixed
from agenda.query import NOT_CANCELLED, Query, walk_occurrences
from agenda.reports.clashes import Clash, Likelihood, find_clashes_among
from agenda.text.safe import shorten
from agenda.text.sentences import join_words

_TOLD = frozenset({Likelihood.SURE, Likelihood.TIGHT})
"""What the file itself says to be impossible; all else hangs on what is not known yet."""


def find_clash_warnings(
    agenda: Agenda, now: datetime, *, ids: Collection[str] | None = None, most: int = MAX_WARNED_CLASHES
) -> Iterator[Problem]:
    """A problem at each of the two events of the clashes that are sure or tight, once for all occurrences of series; of
    a series without an end, those from the day of `now` on count. With `ids`, one of the two events has such an id. So
    many are looked for at `most`, as `MAX_CLASHES` counts them; where there are more, a problem of no event says so.
    """
    places = {event.id: number for number, event in enumerate(agenda.events)}
    walk = walk_occurrences(agenda, Query(statuses=NOT_CANCELLED, today=now.date()))
    # No clash of what lies between two days is sure or tight.
    fixed = [occurrence for occurrence in islice(walk, MAX_SELECTED_TIMES) if isinstance(occurrence.when, Fixed)]
    keys = ((occurrence.event.id, occurrence.day) for occurrence in fixed)
    asked_for = None if ids is None else {key for key in keys if key[0] in ids}
    told: set[tuple[str, str]] = set()
    clashes = find_clashes_among(fixed, agenda, only=_TOLD, asked_for=asked_for, most=most)
    if clashes.is_cut or next(walk, None):
        yield Problem((), "more events are at once than are compared; `agenda clashes --on DAY` looks at one day")
    for clash in clashes.found:
        one, other = clash.first.event, clash.second.event
        if (one.id, other.id) not in told:
            told.add((one.id, other.id))
            path, path_of_other = _start(places, one), _start(places, other)
            yield Problem(path, _message(clash, other), other=path_of_other)
            yield Problem(path_of_other, _message(clash, one), other=path)


def _start(places: dict[str, int], event: Event) -> KeyPath:
    return "events", places[event.id], "start"


def _message(clash: Clash, other: Event) -> str:
    """What is said at one of the events of its clash with the other one."""
    needed = [shorten(name) for name in clash.people] + ([f"the room {shorten(clash.room.name)}"] if clash.room else [])
    day = clash.second.when.days[0] if isinstance(clash.second.when, Fixed) else ""
    both = f"both need {join_words(needed, 'and')}"
    if clash.likelihood is Likelihood.SURE:
        return f"it is at the same time as event {shorten(other.id)!r} on {day}, and {both}"
    return f"on {day} there is less time between it and event {shorten(other.id)!r} than the way takes, and {both}"
