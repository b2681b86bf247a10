"""Whether the clocks of one zone tell the times of a series by the clocks of another one."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from agenda.ical.file_zones import find_onsets
from agenda.ical.times import Times
from agenda.limits import MAX_COMPARED_CLOCKS
from agenda.model import Moment

_ENOUGH = 500
"""Times of a series after which two zones that kept the same distance are taken to keep it."""
_YEARS = 10
"""The years in which two zones keep the same distance."""
_GLANCES = [timedelta(14) * number for number in range(27)]
"""The days of a year on which two zones are compared before each change of theirs is looked for, at ten times the cost:
most that differ do so for weeks.
"""


class Clocks:
    """The clocks of the zones in which the series of one file are."""

    def __init__(self) -> None:
        self._kept: dict[tuple[tzinfo, ZoneInfo, int], timedelta | None] = {}

    def can_tell(self, start: Moment, instances: Iterable[Times], zone: ZoneInfo | None) -> bool:
        """Whether local times of a zone can tell a series with that start and those times, or floating ones where there
        is none.
        """
        if not isinstance(start, datetime) or start.tzinfo is None:
            return True
        if zone is None:
            return False
        if getattr(start.tzinfo, "key", None) == zone.key:
            return True
        try:
            distance = _distance_at(start, start.tzinfo, zone)
            if (start.replace(tzinfo=None) + distance).date() != start.date():
                return False
            if self._kept_distance(start.tzinfo, zone, start.year) == distance:
                return True
            return all(
                isinstance(times.start, datetime) and _distance_at(times.start, start.tzinfo, zone) == distance
                for times in islice(instances, _ENOUGH)
            )
        except (OverflowError, ValueError):
            return False

    def _kept_distance(self, there: tzinfo, zone: ZoneInfo, year: int) -> timedelta | None:
        """How far the clocks of a zone are ahead of those of another one for some years from that one on; None where
        that changes, or is not looked at any more.
        """
        key = there, zone, year
        if key not in self._kept:
            if len(self._kept) == MAX_COMPARED_CLOCKS:
                return None
            distance, *others = _distances(there, zone, year)
            later = (_distances(there, zone, year + number) for number in range(1, _YEARS + 1))
            self._kept[key] = None if others or any(each != {distance} for each in later) else distance
        return self._kept[key]


@lru_cache(maxsize=4096)
def _distances(there: tzinfo, zone: ZoneInfo, year: int) -> AbstractSet[timedelta]:
    """How far the clocks of a zone are ahead of those of another one, in a year; not all of it, where it changes."""
    first, last = (datetime(of_year, 1, 1, tzinfo=UTC) for of_year in (year, year + 1))
    distances = {_distance_at(first + days, there, zone) for days in _GLANCES}
    if len(distances) > 1:
        return distances
    changes = [instant for clocks in (there, zone) for instant, _ in find_onsets(clocks, first, last)]
    instants = [first, *(instant for instant in changes if instant < last)]  # a skipped time would be told otherwise
    return {_distance_at(instant, there, zone) for instant in instants}


def _distance_at(instant: datetime, there: tzinfo, zone: ZoneInfo) -> timedelta:
    """How far the clocks of a zone are ahead of those of another one at an instant."""
    return _offset(instant, zone) - _offset(instant, there)


def _offset(instant: datetime, zone: tzinfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)
