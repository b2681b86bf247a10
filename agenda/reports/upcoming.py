"""What is on at a time, what comes next, and how long it is until then."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from msgspec import Struct

from agenda.dates import long_day
from agenda.model import Between, Fixed, Occurrence, ToBeAnnounced
from agenda.text import count_of

_UNKNOWN_LENGTH = timedelta(hours=1)
"""How long what has no known end counts as on."""
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_TOLD_IN_MINUTES = timedelta(hours=2)
_TOLD_IN_HOURS = timedelta(days=1)


class Phase(IntEnum):
    """Where something stands at a time, in the order in which people want to know of it."""

    ON = 0
    PERHAPS_ON = 1
    AHEAD = 2
    OVER = 3


class Upcoming(Struct, frozen=True):
    """An occurrence that has a date, where it stands, and how far it is in words: `now`, `in 2 days`."""

    occurrence: Occurrence
    when: Fixed | Between
    phase: Phase
    away: str


def find_phases(found: Iterable[Occurrence], now: datetime) -> list[Upcoming]:
    """Where each of `found` that has a date stands at `now`, a time with its zone, in the order in which they begin.

    Days are those of the zone of `now`, in which floating times are told, too. What has no known end counts as on for
    an hour.
    """
    stood = [
        Upcoming(shown, shown.when, *_stands(shown.when, now))
        for shown in found
        if not isinstance(shown.when, ToBeAnnounced)
    ]
    return sorted(stood, key=lambda one: _begin(one.when, now))


def choose_upcoming(stood: Iterable[Upcoming], number: int) -> list[Upcoming]:
    """All that is on, then all that may be on, then the first `number` of what is ahead."""
    chosen = sorted((one for one in stood if one.phase is not Phase.OVER), key=lambda one: one.phase)
    return chosen[: sum(one.phase is not Phase.AHEAD for one in chosen) + number]


def later_notice(stood: Iterable[Upcoming], number: int) -> str | None:
    """How many more are ahead than that `number`; None where none are."""
    more = sum(one.phase is Phase.AHEAD for one in stood) - number
    return f"{count_of(more, 'more event')} {'is' if more == 1 else 'are'} to come; -n shows more" if more > 0 else None


def over_or_ahead_notice(stood: Sequence[Upcoming], now: datetime) -> str | None:
    """That all of it is over, or has yet to begin, and how far that is; None where neither is so."""
    found = {one.phase for one in stood}
    if found == {Phase.OVER}:
        last = max(one.when.days[1] for one in stood)
        sure = any(isinstance(one.when, Fixed) and one.when.days[1] == last for one in stood)
        return (
            f"all of this is over: it ended {'on' if sure else 'by'} {long_day(last)}, {_ago(_days_until(last, now))}"
        )
    if found == {Phase.AHEAD}:
        first = min(one.when.days[0] for one in stood)
        sure = any(isinstance(one.when, Fixed) and one.when.days[0] == first for one in stood)
        begins = f"on {long_day(first)}" if sure else f"on {long_day(first)} at the earliest"
        return f"none of this has begun: it begins {begins}, {_ahead(_days_until(first, now))}"
    return None


def _stands(when: Fixed | Between, now: datetime) -> tuple[Phase, str]:
    if isinstance(when, Fixed) and isinstance(when.start, datetime):
        return _timed(
            _instant(when.start, now), _instant(when.end, now) if isinstance(when.end, datetime) else None, now
        )
    first, last = (_days_until(day, now) for day in when.days)
    if last < 0:
        return Phase.OVER, "over"
    if isinstance(when, Between):
        return (Phase.AHEAD, f"in {first} to {last} days") if first > 0 else (Phase.PERHAPS_ON, "perhaps today")
    if first > 0:
        return Phase.AHEAD, _ahead(first)
    return Phase.ON, "now" if first < last else "today"


def _timed(start: datetime, end: datetime | None, now: datetime) -> tuple[Phase, str]:
    if now < start:
        return Phase.AHEAD, _until(start, now)
    minutes = (now - start) // _MINUTE
    if end is None and now < start + _UNKNOWN_LENGTH:
        return Phase.ON, f"{count_of(minutes, 'minute')} ago" if minutes else "now"
    return (Phase.ON, "now") if end and now < end else (Phase.OVER, "over")


def _until(start: datetime, now: datetime) -> str:
    """How long it is until then, in the largest unit that says enough."""
    wait = start - now
    if wait < _TOLD_IN_MINUTES:
        return f"in {count_of(max(1, round(wait / _MINUTE)), 'minute')}"
    if wait < _TOLD_IN_HOURS:
        return f"in {count_of(round(wait / _HOUR), 'hour')}"
    return _ahead(max(1, _days_until(start.date(), now)))


def _ahead(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")


def _ago(days: int) -> str:
    return {0: "today", -1: "yesterday"}.get(days, f"{-days:,} days ago")


def _begin(when: Fixed | Between, now: datetime) -> datetime:
    """When it begins, days with their first moment; what lies between two days comes after all that is on the first."""
    if isinstance(when, Fixed) and isinstance(when.start, datetime):
        return _instant(when.start, now)
    return datetime.combine(when.days[0], time.max if isinstance(when, Between) else time.min, now.tzinfo)


def _instant(told: datetime, now: datetime) -> datetime:
    return told if told.tzinfo else told.replace(tzinfo=now.tzinfo)


def _days_until(day: date, now: datetime) -> int:
    return (day - now.date()).days
