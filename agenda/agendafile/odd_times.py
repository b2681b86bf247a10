"""Times of a valid file that look like slips: in the dead of night, or too long."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.errors import Problem
from agenda.model import Agenda, Event, Fixed
from agenda.recurrence.expand import single_occurrence

_NIGHT_HOURS = range(1, 5)
"""Hours of a start that is more often one of the afternoon, written by a clock of twelve hours."""
_NOON = 12
_EVENING_GOES_ON = timedelta(hours=3)
"""How long after the end of an event the next one may start and belong to the same evening."""
_MIN_NIGHT_EVENTS = 3
_NIGHT_SHARE = 10
"""From that many events on, if they are more than one in ten, a programme is one of nights."""

_MAX_HOURS = 16
"""How long an event is at most that is told by times and not by days."""


def find_odd_times(agenda: Agenda) -> Iterator[Problem]:
    """What looks like a mistake in the times of an agenda; in no order."""
    yield from _at_night(agenda)
    yield from _long(agenda)


class _Timed(Struct, frozen=True):
    """An event by its own clocks, without their zone, and its place in the agenda; over as it starts, where its end is
    not known.
    """

    start: datetime
    end: datetime
    index: int


def _at_night(agenda: Agenda) -> Iterator[Problem]:
    """Events that start in the dead of night where nothing of the evening before goes on, nor is that usual."""
    timed = sorted(_timed(agenda), key=lambda one: (one.start, one.index))
    night = [one for one in timed if one.start.hour in _NIGHT_HOURS]
    if len(night) >= _MIN_NIGHT_EVENTS and len(night) * _NIGHT_SHARE > len(timed):
        return
    goes_on: datetime | None = None
    for one in timed:
        if one.start.hour in _NIGHT_HOURS and (goes_on is None or one.start - goes_on > _EVENING_GOES_ON):
            right = f"write {one.start.hour + _NOON}:{one.start:%M} if the afternoon is meant"
            clock = ""
            if not _is_local(agenda.events[one.index]):
                clock, right = " by the clocks there", "mend the time or its offset, if it is a slip"
            message = f"starts at {one.start:%H:%M}{clock}, deep in the night; {right}"
            yield Problem(("events", one.index, "start"), message)
        goes_on = max(goes_on or one.end, one.end)


def _timed(agenda: Agenda) -> Iterator[_Timed]:
    """The events with times, as long as it is known which clocks people go by."""
    for index, event in enumerate(agenda.events):
        when = event.when
        if not isinstance(when, Fixed) or not isinstance(when.start, datetime):
            continue
        if event.timezone is None and not _is_local(event):
            continue
        try:
            own = single_occurrence(event).when
        except OverflowError:  # the calendar ends
            continue
        if isinstance(own, Fixed) and isinstance(own.start, datetime):
            end = own.end if isinstance(own.end, datetime) else own.start
            yield _Timed(own.start.replace(tzinfo=None), end.replace(tzinfo=None), index)


def _is_local(event: Event) -> bool:
    """Whether its time is written as the clocks show it, and not with an offset."""
    start = event.when.start if isinstance(event.when, Fixed) else None
    return isinstance(start, datetime) and (start.tzinfo is None or isinstance(start.tzinfo, ZoneInfo))


def _long(agenda: Agenda) -> Iterator[Problem]:
    """Events that last a day and more, and that are told by times."""
    for index, event in enumerate(agenda.events):
        when = event.when
        if not (isinstance(when, Fixed) and isinstance(when.start, datetime) and isinstance(when.end, datetime)):
            continue
        length = when.end - when.start
        if length > timedelta(hours=_MAX_HOURS):
            first, last = when.days
            hours, minutes = divmod(length // timedelta(minutes=1), 60)
            days = f"start = {first}" if first == last else f"start = {first} and end = {last}"
            message = f"lasts {hours:,}h{minutes:02}m; mend its end, or, if it takes whole days, write {days}"
            yield Problem(("events", index, "end"), message)
