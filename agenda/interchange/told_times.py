"""The times of an imported event, compared with those in the agenda, and written by the clocks of the agenda."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agenda.interchange.match import Incoming
from agenda.interchange.sheet_times import by_zone
from agenda.model import Between, Event, Fixed, Moment
from agenda.recurrence.expand import occurrences, single_occurrence

TIME_KEYS = ("start", "end", "between", "repeat", "except")
"""The keys that say when an event is."""
_MAX_COMPARED = 600
"""Times of a series that are compared."""


def is_same_time(one: Incoming, event: Event) -> bool:
    """Whether the event is when the import says, as far as it says so."""
    when, there = one.event.when, event.when
    if isinstance(there, Between) and isinstance(when, Fixed) and "between" not in one.origin.told:
        return when.all_day and when.days == there.days  # a calendar has such days as an event of all of them
    if not (isinstance(when, Fixed) and isinstance(there, Fixed)):
        return when == there
    if "repeat" in one.origin.told and (one.event.repeat or event.repeat):
        return _is_same_series(one.event, event)
    of_agenda = single_occurrence(event).when
    return _is_same_span(one, when, of_agenda if isinstance(of_agenda, Fixed) else there)


def lacks_last_day(given: Incoming, one: Incoming) -> bool:
    """Whether an event of several days, at the time that the agenda has, `one`, is not said to end on the last of them,
    since the agenda has no time for that.
    """
    when, timed = given.event.when, one.event.when
    if not isinstance(when, Fixed) or not isinstance(timed, Fixed) or timed.all_day:
        return False
    return when.all_day and when.days[1] > when.days[0] and timed.end is None


def with_its_time(one: Incoming, event: Event) -> Incoming:
    """An event whose file has only days, at the time of the day that `event`, which it is in the agenda, has there; one
    whose file has times too, or that has no time in the agenda, as it is. It lasts as long as before, but for another
    last day that its file has.
    """
    when, there = one.event.when, single_occurrence(event).when
    if not one.origin.has_only_days or not isinstance(when, Fixed) or not isinstance(there, Fixed):
        return one
    if isinstance(when.start, datetime) or not isinstance(there.start, datetime):
        return one
    zone = None if event.timezone else there.start.tzinfo  # local times, where the event has a zone for them
    timed = replace(when, start=datetime.combine(when.start, there.start.time(), zone), end=None)
    first, last = when.days
    if isinstance(there.end, datetime) and last > first:
        timed = replace(timed, end=datetime.combine(last, there.end.time(), zone))
    else:
        timed = _lasting_as(there, timed)
    return replace(one, event=replace(one.event, when=timed))


def _is_same_span(one: Incoming, when: Fixed, there: Fixed) -> bool:
    if when.all_day != there.all_day or not _is_same_moment(when.start, there.start, floats=one.origin.floats):
        return False
    if "end" not in one.origin.told and when.end is None:
        return True
    if when.all_day:
        return when.days == there.days
    return _is_same_moment(when.end, there.end, floats=one.origin.floats)


def _is_same_moment(given: Moment | None, there: Moment | None, *, floats: bool) -> bool:
    if not (isinstance(given, datetime) and isinstance(there, datetime)):
        return given == there
    if floats or given.tzinfo is None:
        return given.replace(tzinfo=None) == there.replace(tzinfo=None)
    return there.tzinfo is not None and given.timestamp() == there.timestamp()


def _is_same_series(given: Event, there: Event) -> bool:
    if (given.repeat is None) != (there.repeat is None):
        return False
    if (given.repeat, set(given.exceptions), given.when, given.timezone) == (
        there.repeat,
        set(there.exceptions),
        there.when,
        there.timezone,
    ):
        return True
    times = (islice(occurrences(event), _MAX_COMPARED) for event in (given, there))
    spans, others = ([_instants(time.when) for time in of_event] for of_event in times)
    is_open = given.repeat is not None and there.repeat is not None and given.repeat.ends != there.repeat.ends
    return spans == others and not is_open


def _instants(when: Any) -> tuple[object, object]:
    if when.all_day:
        first, last = when.days  # the same, whether or not the end of one day is written
        return first, last
    return tuple(  # type: ignore[return-value]
        moment.timestamp() if isinstance(moment, datetime) and moment.tzinfo else moment
        for moment in (when.start, when.end)
    )


def write_times(
    one: Incoming,
    zones: Collection[ZoneInfo | None],
    event: Event | None = None,
    table: Mapping[str, Any] | None = None,
    *,
    has_short_ends: bool,
) -> dict[str, Any]:
    """The new values of the keys that tell when an event is, None for a key that goes. The cities of the event are in
    these zones; `event` and its `table` are what the agenda has of it. Times are local times if there is just one zone
    whose clocks show them, else they have an offset. With `has_short_ends`, the end of a local time is a time alone if
    it is on the same day.
    """
    keys: dict[str, Any] = dict.fromkeys(TIME_KEYS)
    when = one.event.when
    if isinstance(when, Between):
        return keys | {"between": [when.first, when.last]}
    if not isinstance(when, Fixed):
        return keys
    if "end" not in one.origin.told and when.end is None and event and isinstance(event.when, Fixed):
        when = _lasting_as(event.when, when)
    zone = next(iter(zones)) if len(zones) == 1 else None
    keys["start"], keys["end"] = _written(when, zone, floats=one.origin.floats)
    start = (table or {}).get("start")
    if event and isinstance(event.when, Fixed) and zones == {event.timezone} and isinstance(start, datetime):
        is_same = _is_same_moment(when.start, single_occurrence(event).when.start, floats=one.origin.floats)  # type: ignore[union-attr]
        if is_same and start.tzinfo and isinstance(when.end, datetime) and when.end.tzinfo:
            keys["end"] = when.end.astimezone(start.tzinfo)
        keys["start"] = start if is_same and (start.tzinfo or not _has_offset(keys["end"])) else keys["start"]
    is_one_day = not isinstance(keys["start"], datetime) and keys["end"] in (None, keys["start"])
    if is_one_day:  # whose end stays where the file writes one
        writes_end = table is not None and "end" in table and table["end"] == table.get("start")
        keys["end"] = keys["start"] if writes_end else None
    if has_short_ends and _is_short(keys["start"], keys["end"]):
        keys["end"] = keys["end"].time()
    for name in ("repeat", "except"):
        keys[name] = one.table.get(name) if "repeat" in one.origin.told else (table or {}).get(name)
    return keys


def _written(when: Fixed, zone: ZoneInfo | None, *, floats: bool) -> tuple[Moment, Moment | None]:
    if not isinstance(when.start, datetime):
        return when.start, when.end
    if floats or when.start.tzinfo is None:
        return when.start.replace(tzinfo=None), when.end.replace(tzinfo=None) if isinstance(
            when.end, datetime
        ) else None
    both = [moment for moment in (when.start, when.end) if isinstance(moment, datetime)]
    told = [by_zone(moment, zone) for moment in both]
    if zone is None or any(map(_has_offset, told)):
        told = [datetime.fromisoformat(moment.isoformat()) for moment in both]
    return told[0], told[1] if len(told) > 1 else None  # type: ignore[return-value]


def _lasting_as(old: Fixed, when: Fixed) -> Fixed:
    """A start with the end that lets it last as long as before."""
    if old.end is None or old.all_day != when.all_day:
        return when
    if isinstance(old.end, datetime) and isinstance(old.start, datetime) and isinstance(when.start, datetime):
        if old.start.tzinfo and when.start.tzinfo:
            lasting = old.end.astimezone(UTC) - old.start.astimezone(UTC)
            return replace(when, end=(when.start.astimezone(UTC) + lasting).astimezone(when.start.tzinfo))
        return replace(when, end=when.start + (old.end.replace(tzinfo=None) - old.start.replace(tzinfo=None)))
    return replace(when, end=when.start + timedelta(days=(old.days[1] - old.days[0]).days))


def _is_short(start: object, end: object) -> bool:
    """Whether both are local times of one day."""
    both = isinstance(start, datetime) and isinstance(end, datetime)
    return both and start.tzinfo is None and start.date() == end.date() and not _has_offset(end)  # type: ignore[attr-defined,arg-type]


def _has_offset(moment: date | datetime | None) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is not None
