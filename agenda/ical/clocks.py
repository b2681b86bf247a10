"""Whether the clocks of one zone tell the times of a series by the clocks of another one."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from agenda.ical.file_zones import find_onsets
from agenda.ical.times import Times
from agenda.model import Moment

_ENOUGH = 500
"""Times of a series after which two zones that kept the same distance are taken to keep it."""
_YEARS = 10
"""The years in which two zones keep the same distance."""


def is_told_by(start: Moment, instances: Iterable[Times], zone: ZoneInfo | None) -> bool:
    """Whether local times of a zone tell a series with that start and those times, or floating ones where there is
    none.
    """
    if not isinstance(start, datetime) or start.tzinfo is None:
        return True
    if zone is None:
        return False
    if getattr(start.tzinfo, "key", None) == zone.key:
        return True
    try:
        distance = _distance(start, zone)
        if (start.replace(tzinfo=None) + distance).date() != start.date():
            return False
        if all(_distances(start.tzinfo, zone, start.year + year) == {distance} for year in range(_YEARS + 1)):
            return True
        return all(
            isinstance(times.start, datetime) and _distance(times.start, zone) == distance
            for times in islice(instances, _ENOUGH)
        )
    except (OverflowError, ValueError):
        return False


def _distance(moment: datetime, zone: ZoneInfo) -> timedelta:
    """How far the clocks of a zone are ahead of those that a time is told by."""
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) - moment.replace(tzinfo=None)


@lru_cache(maxsize=4096)
def _distances(there: tzinfo, zone: ZoneInfo, year: int) -> AbstractSet[timedelta]:
    """How far the clocks of a zone are ahead of those of another one, in a year."""
    first, last = (datetime(of_year, 1, 1, tzinfo=UTC) for of_year in (year, year + 1))
    changes = [instant for clocks in (there, zone) for instant, _ in find_onsets(clocks, first, last)]
    instants = [first, *(instant for instant in changes if instant < last)]  # a skipped time would be told otherwise
    return {
        instant.astimezone(zone).replace(tzinfo=None) - instant.astimezone(there).replace(tzinfo=None)
        for instant in instants
    }
