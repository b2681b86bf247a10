"""From when to when an event takes the time of its people, as far as that is known."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from agenda.dates import Period
from agenda.model import Between, Fixed, Occurrence, Status, ToBeAnnounced
from agenda.recurrence.expand import shift_day

ASSUMED_LENGTH = timedelta(hours=1)
"""How long an occurrence counts as on whose end is not known."""


class Stretch(Struct, frozen=True, kw_only=True, gc=False):
    """When an occurrence is, or may be: from `start` up to `end`, in seconds since 1970 (UTC).

    - `is_timed`: whether it starts at that time, and not some time within those days.
    - `is_ended`: whether it also ends at that time; else an end is assumed.
    - `is_tentative`: whether it may not happen at all.
    """

    start: float
    end: float
    is_timed: bool = False
    is_ended: bool = False
    is_tentative: bool = False


class StretchMaker:
    """Makes stretches; days and floating times are those of the zone of the event, else of `home`, else of UTC."""

    def __init__(self, home: tzinfo | None) -> None:
        self._home = home or UTC
        self._begins: dict[tuple[tzinfo, date], float] = {}

    def make(self, occurrence: Occurrence) -> Stretch | None:
        """When the occurrence takes the time of those who are in it; None where it takes none, or has no date."""
        event, when = occurrence.event, occurrence.when
        if isinstance(when, ToBeAnnounced) or event.status is Status.CANCELLED or not event.takes_all_time:
            return None
        zone = event.timezone or self._home
        is_tentative = event.status is Status.TENTATIVE
        start = when.start if isinstance(when, Fixed) else None
        if not isinstance(start, datetime):
            first, last = when.days
            end = self._begin_day(shift_day(last, 1), zone)
            return Stretch(start=self._begin_day(first, zone), end=end, is_tentative=is_tentative)
        begin = _instant(start, zone)
        known_end = when.end if isinstance(when, Fixed) and isinstance(when.end, datetime) else None
        return Stretch(
            start=begin,
            end=_instant(known_end, zone) if known_end else begin + ASSUMED_LENGTH.total_seconds(),
            is_timed=True,
            is_ended=known_end is not None,
            is_tentative=is_tentative,
        )

    def _begin_day(self, day: date, zone: tzinfo) -> float:
        begin = self._begins.get((zone, day))
        if begin is None:
            begin = self._begins[zone, day] = datetime.combine(day, time(), zone).timestamp()
        return begin


def _instant(moment: datetime, zone: tzinfo) -> float:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp()


def days_left(between: Between, taken: Iterable[tuple[date, date]]) -> tuple[Period, ...]:
    """The days of `between` that are in none of the spans that are `taken`, each from its first to its last day."""
    left: list[Period] = []
    first = between.first.toordinal()
    for start, end in sorted(taken):
        if start.toordinal() > first and start <= between.last:
            left.append(Period(date.fromordinal(first), shift_day(start, -1)))
        first = max(first, end.toordinal() + 1)
    if first <= between.last.toordinal():
        left.append(Period(date.fromordinal(first), between.last))
    return tuple(left)


def days_within(when: Fixed, margin: timedelta) -> tuple[date, date] | None:
    """The first and the last day that it takes as a whole, times with `margin` before and after them; None for none."""
    start, end = when.start, when.end
    if not isinstance(start, datetime):
        return when.days
    try:
        start, end = start - margin, (end if isinstance(end, datetime) else start + ASSUMED_LENGTH) + margin
    except OverflowError:  # near the ends of the calendar
        return None
    first = start.date() if start.time() == time() else shift_day(start.date(), 1)
    last = shift_day(end.date(), -1)
    return (first, last) if first <= last else None
