"""What the keys of an event are to be when it moves: its start, its end and, of a series, the days of its rule."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from msgspec import Struct

from agenda.errors import UsageError
from agenda.text.safe import quote

_UNTIL = re.compile(r"(?<=UNTIL=)([0-9]{4})([0-9]{2})([0-9]{2})", re.IGNORECASE)
_ONE_DAY = timedelta(days=1)


class MovedEvent(Struct, frozen=True, kw_only=True):
    """An event that moves: its id, its keys in the file, and its time zone, if it has one. A start or an end that is
    written with an offset still has one after the move: the offset of the zone at the new time.
    """

    event_id: str
    keys: Mapping[str, Any]
    zone: tzinfo | None = None

    def to(self, when: date | time, end: date | time | None) -> dict[str, Any]:
        """The keys of the event that starts at `when`, and lasts as long as before unless an `end` is given; a day
        keeps the time of the event, and a time its day. Raises UsageError where that cannot be.
        """
        try:
            return self._starting(self._start_at(when), end)
        except OverflowError:
            raise self._leaves_calendar() from None

    def by(self, shift: timedelta) -> dict[str, Any]:
        """The keys of the event that is moved by so much; UsageError where that cannot be."""
        try:
            return self._moved_by(shift)
        except OverflowError:
            raise self._leaves_calendar() from None

    def _leaves_calendar(self) -> UsageError:
        return UsageError(f"{quote(self.event_id)} would leave the calendar, which has the years 1 to 9999")

    def _start_at(self, when: date | time) -> date:
        """The start that is meant by a day, which keeps the time of the event, or by a time, which keeps its day."""
        old = self.keys.get("start")
        if isinstance(when, time):
            if not isinstance(old, date):
                right = f'name the day as well, e.g. "1 Oct {when:%H:%M}"'
                raise UsageError(f"{quote(self.event_id)} has no day yet; {right}")
            return datetime.combine(self._local(old), when)
        if isinstance(old, datetime) and not isinstance(when, datetime):
            return datetime.combine(when, self._local(old).time())
        return when

    def _moved_by(self, shift: timedelta) -> dict[str, Any]:
        whole_days = shift % _ONE_DAY == timedelta()
        called = quote(self.event_id)
        start = self.keys.get("start")
        if "between" in self.keys:
            if not whole_days:
                raise UsageError(f"{called} lies between two days; move it by whole days, or name its date")
            return {"between": [day + shift for day in self.keys["between"]]}
        if start is None:
            example = f"`agenda move {self.event_id} 2025-10-01`"
            raise UsageError(f"{called} has no date yet; name it, e.g. {example}")
        if not isinstance(start, datetime) and not whole_days:
            raise UsageError(f"{called} has days and no times; move it by whole days, e.g. --by 1d")
        return self._starting((self._local(start) if isinstance(start, datetime) else start) + shift, None)

    def _starting(self, start: date, end: date | time | None) -> dict[str, Any]:
        """The keys of the event that starts at `start`; a time without an offset is one of its own clocks."""
        old = self.keys.get("start")
        start = self._written(start)
        keys: dict[str, Any] = {"between": None} if "between" in self.keys else {}
        keys["start"] = start
        if isinstance(old, date):
            later = _day_of(self._local(start)) - _day_of(self._local(old))
            if "except" in self.keys:
                keys["except"] = [day + later for day in self.keys["except"]]
            if isinstance(rule := self.keys.get("repeat"), str):
                keys["repeat"] = _UNTIL.sub(lambda day: (_rule_day(day) + later).isoformat().replace("-", ""), rule)
        if end is not None:
            keys["end"] = end
        elif "end" in self.keys:
            keys["end"] = self._end_after(start)
        return keys

    def _end_after(self, start: date) -> Any:
        """The end of the event that starts at `start` now, and lasts as long; None for one that lasted a whole day, and
        gets a time. Raises UsageError where that cannot be known.
        """
        old, old_end = self.keys.get("start"), self.keys["end"]
        if isinstance(old, datetime) != isinstance(start, datetime):
            if old_end == old:
                return None
            days = f"{quote(self.event_id)} is of several days, from {old} to {old_end}"
            raise UsageError(f'{days}; name its end as well, e.g. --end "1 Oct 21:00"')
        if not (isinstance(old, datetime) and isinstance(start, datetime)):
            return start + (old_end - old)
        if isinstance(old_end, time):
            end = start.replace(tzinfo=None) + (datetime.combine(old, old_end) - old.replace(tzinfo=None))
            return end.time() if end.date() == start.date() else self._written(end)
        lasting = old_end - old
        if start.tzinfo is None or old.tzinfo is None:
            return start + lasting
        return self._written(self._local(start + lasting))

    def _local(self, moment: Any) -> Any:
        """A time without its offset, by the event's own clocks; a day, or a time without one, as it is."""
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            return moment
        return (moment.astimezone(self.zone) if self.zone else moment).replace(tzinfo=None)

    def _written(self, moment: date) -> date:
        """A moment as the file is to have it: a local time with the offset that it has then, if the old one has one."""
        old = self.keys.get("start")
        if not isinstance(moment, datetime) or moment.tzinfo or not isinstance(old, datetime) or old.tzinfo is None:
            return moment
        if self.zone is None:
            return moment.replace(tzinfo=old.tzinfo)
        return datetime.fromisoformat(moment.replace(tzinfo=self.zone).isoformat())


def _day_of(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _rule_day(day: re.Match[str]) -> date:
    return date(int(day[1]), int(day[2]), int(day[3]))
