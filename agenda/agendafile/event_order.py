"""Where new events stand in a file: by date if its events are so, else behind all others."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any


class EventOrder:
    """The order of the events of a file, of which these are the plain tables."""

    def __init__(self, events: Sequence[Mapping[str, Any]]) -> None:
        all_times = [(event["id"], first_time(event)) for event in events]
        fixed_times = [(event["id"], None if "between" in event else first_time(event)) for event in events]
        hours = [
            (event["id"], first_time(event) if isinstance(event.get("start"), datetime) else None) for event in events
        ]
        # What lies between two days, and what is of whole days, may stand apart, behind all that has its hour.
        times = next((times for times in (all_times, fixed_times, hours) if _are_in_order(times)), None)
        self._is_by_date = times is not None
        dated = [(place, event_id, time) for place, (event_id, time) in enumerate(times or ()) if time]
        self._ids = [event_id for _, event_id, _ in dated]
        self._times = [time for _, _, time in dated]
        behind = dated[-1][0] + 1 if dated else len(events)
        self._first_behind = events[behind]["id"] if behind < len(events) else None

    def find_next(self, event: Mapping[str, Any]) -> str | None:
        """The id of the event in front of which a new one stands; None at the end."""
        time = first_time(event)
        if time is None or not self._is_by_date:
            return None
        place = bisect_right(self._times, time)
        return self._ids[place] if place < len(self._ids) else self._first_behind


def _are_in_order(times: Sequence[tuple[str, datetime | None]]) -> bool:
    known = [time for _, time in times if time]
    return known == sorted(known)


def first_time(event: Mapping[str, Any]) -> datetime | None:
    """When an event is at the earliest, by the clocks there; None where that is not known."""
    first: date | None = event["between"][0] if "between" in event else event.get("start")
    if first is None:
        return None
    return first.replace(tzinfo=None) if isinstance(first, datetime) else datetime.combine(first, datetime.min.time())
