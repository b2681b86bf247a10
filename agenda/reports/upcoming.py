"""The occurrences that are on at a time and those that come next, with how far away they are in words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from msgspec import Struct

from agenda.dates import long_day
from agenda.model import Between, Fixed, Occurrence, ToBeAnnounced
from agenda.text import count_of

_ASSUMED_LENGTH = timedelta(hours=1)
"""How long an occurrence counts as on whose end is not known."""
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_MINUTES_BELOW = timedelta(hours=2)
_HOURS_BELOW = timedelta(days=1)


class Phase(IntEnum):
    """Whether an occurrence is on at a time, in the order in which people want to know of it."""

    ON = 0
    PERHAPS_ON = 1
    AHEAD = 2
    OVER = 3


class Upcoming(Struct, frozen=True):
    """An occurrence that has a date, its phase, and how far away it is in words, e.g. `now` or `in 2 days`."""

    occurrence: Occurrence
    when: Fixed | Between
    phase: Phase
    away: str


def find_phases(occurrences: Iterable[Occurrence], now: datetime) -> list[Upcoming]:
    """The phase at `now`, a time with its zone, of each occurrence that has a date, in the order in which they begin.

    Days, and floating times, are those of the zone of `now`. An occurrence without a known end counts as on for an
    hour.
    """
    dated = [
        Upcoming(occurrence, occurrence.when, *_phase(occurrence.when, now))
        for occurrence in occurrences
        if not isinstance(occurrence.when, ToBeAnnounced)
    ]
    return sorted(dated, key=lambda upcoming: _begin(upcoming.when, now))


def choose_upcoming(dated: Iterable[Upcoming], number: int) -> list[Upcoming]:
    """All occurrences that are on, then all that may be on, then the first `number` of those ahead."""
    not_over = sorted((upcoming for upcoming in dated if upcoming.phase is not Phase.OVER), key=_by_phase)
    return not_over[: sum(upcoming.phase is not Phase.AHEAD for upcoming in not_over) + number]


def _by_phase(upcoming: Upcoming) -> Phase:
    return upcoming.phase


def later_notice(dated: Iterable[Upcoming], number: int) -> str | None:
    """A notice of how many occurrences are ahead besides the first `number`; None where none are."""
    more = sum(upcoming.phase is Phase.AHEAD for upcoming in dated) - number
    return f"{count_of(more, 'more event')} {'is' if more == 1 else 'are'} to come; -n shows more" if more > 0 else None


def over_or_ahead_notice(dated: Sequence[Upcoming], now: datetime) -> str | None:
    """A notice that all occurrences are over, or that none has begun, with the day and how far it is; else None."""
    phases = {upcoming.phase for upcoming in dated}
    if phases == {Phase.OVER}:
        last = max(upcoming.when.days[1] for upcoming in dated)
        sure = any(isinstance(upcoming.when, Fixed) and upcoming.when.days[1] == last for upcoming in dated)
        return (
            f"all of this is over: it ended {'on' if sure else 'by'} {long_day(last)}, {_ago(_days_until(last, now))}"
        )
    if phases == {Phase.AHEAD}:
        first = min(upcoming.when.days[0] for upcoming in dated)
        sure = any(isinstance(upcoming.when, Fixed) and upcoming.when.days[0] == first for upcoming in dated)
        begins = f"on {long_day(first)}" if sure else f"on {long_day(first)} at the earliest"
        return f"none of this has begun: it begins {begins}, {_ahead(_days_until(first, now))}"
    return None


def _phase(when: Fixed | Between, now: datetime) -> tuple[Phase, str]:
    """The phase of a date, and how far away it is in words."""
    if isinstance(when, Fixed) and isinstance(when.start, datetime):
        end = _instant(when.end, now) if isinstance(when.end, datetime) else None
        return _phase_of_time(_instant(when.start, now), end, now)
    first, last = (_days_until(day, now) for day in when.days)
    if last < 0:
        return Phase.OVER, "over"
    if isinstance(when, Between):
        return (Phase.AHEAD, f"in {first} to {last} days") if first > 0 else (Phase.PERHAPS_ON, "perhaps today")
    if first > 0:
        return Phase.AHEAD, _ahead(first)
    return Phase.ON, "now" if first < last else "today"


def _phase_of_time(start: datetime, end: datetime | None, now: datetime) -> tuple[Phase, str]:
    if now < start:
        return Phase.AHEAD, _until(start, now)
    minutes = (now - start) // _MINUTE
    if end is None and now < start + _ASSUMED_LENGTH:
        return Phase.ON, f"{count_of(minutes, 'minute')} ago" if minutes else "now"
    return (Phase.ON, "now") if end and now < end else (Phase.OVER, "over")


def _until(start: datetime, now: datetime) -> str:
    """How long it is until `start`: in minutes below two hours, in hours below a day, else in days."""
    wait = start - now
    if wait < _MINUTES_BELOW:
        return f"in {count_of(max(1, round(wait / _MINUTE)), 'minute')}"
    if wait < _HOURS_BELOW:
        return f"in {count_of(round(wait / _HOUR), 'hour')}"
    return _ahead(max(1, _days_until(start.date(), now)))


def _ahead(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")


def _ago(days: int) -> str:
    return {0: "today", -1: "yesterday"}.get(days, f"{-days:,} days ago")


def _begin(when: Fixed | Between, now: datetime) -> datetime:
    """The sort key of a date: its start. Days start at midnight; `Between` comes after all else of its first day."""
    if isinstance(when, Fixed) and isinstance(when.start, datetime):
        return _instant(when.start, now)
    return datetime.combine(when.days[0], time.max if isinstance(when, Between) else time.min, now.tzinfo)


def _instant(moment: datetime, now: datetime) -> datetime:
    """The time itself; a floating one in the zone of `now`."""
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _days_until(day: date, now: datetime) -> int:
    return (day - now.date()).days
