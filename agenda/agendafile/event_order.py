"""Where new events stand in a file: by date if its events are so, else behind all others."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any


class EventOrder:
    """The order of the events of a file, of which these are the plain tables."""

    def __init__(self, events: Sequence[Mapping[str, Any]]) -> None:
        starts = [(event["id"], first_time(event)) for event in events]
        dated = [(event_id, time) for event_id, time in starts if time]
        self._ids = [event_id for event_id, _ in dated]
        self._times = [time for _, time in dated]
        self._is_by_date = self._times == sorted(self._times)
        are_first = all(time for _, time in starts[: len(dated)])
        self._undated = starts[len(dated)][0] if are_first and len(dated) < len(starts) else None

    def find_next(self, event: Mapping[str, Any]) -> str | None:
        """The id of the event in front of which a new one stands; None at the end."""
        time = first_time(event)
        if time is None or not self._is_by_date:
            return None
        place = bisect_right(self._times, time)
        return self._ids[place] if place < len(self._ids) else self._undated


def first_time(event: Mapping[str, Any]) -> datetime | None:
    """When an event is at the earliest, by the clocks there; None where that is not known."""
    first: date | None = event["between"][0] if "between" in event else event.get("start")
    if first is None:
        return None
    return first.replace(tzinfo=None) if isinstance(first, datetime) else datetime.combine(first, datetime.min.time())
