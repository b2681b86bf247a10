"""What is on at a time, what comes next, and how long it is until then."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum

from msgspec import Struct

from agenda.model import Between, Event, Fixed, Occurrence, ToBeAnnounced
from agenda.text import counted
from agenda.words import long_day

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


def standing(found: Iterable[Occurrence], now: datetime) -> list[Upcoming]:
    """Where each of `found` that has a date stands at `now`, a time with its zone.

    Days are those of the event's own zone, or else of that of `now`, in which floating times are told, too. What has
    no known end counts as on for an hour.
    """
    return [
        Upcoming(shown, shown.when, *_stands(shown.event, shown.when, now))
        for shown in found
        if not isinstance(shown.when, ToBeAnnounced)
    ]


def upcoming(stood: Iterable[Upcoming], number: int) -> list[Upcoming]:
    """All that is on, then all that may be on, then the first `number` of what is ahead."""
    chosen = sorted((one for one in stood if one.phase is not Phase.OVER), key=lambda one: one.phase)
    return chosen[: sum(one.phase is not Phase.AHEAD for one in chosen) + number]


def aside(stood: Sequence[Upcoming], now: datetime) -> str | None:
    """That all of it is over, or has yet to begin, and how far that is; None where neither is so."""
    phases = {one.phase for one in stood}
    if phases == {Phase.OVER}:
        last = max(stood, key=lambda one: one.when.days[1])
        day = last.when.days[1]
        return f"all of this is over: it ended on {long_day(day)}, {_ago(_days_until(day, last, now))}"
    if phases == {Phase.AHEAD}:
        first = min(stood, key=lambda one: one.when.days[0])
        day = first.when.days[0]
        return f"none of this has begun: it begins on {long_day(day)}, {_ahead(_days_until(day, first, now))}"
    return None


def _stands(event: Event, when: Fixed | Between, now: datetime) -> tuple[Phase, str]:
    if isinstance(when, Fixed) and isinstance(when.start, datetime):
        return _timed(
            _instant(when.start, now), _instant(when.end, now) if isinstance(when.end, datetime) else None, now
        )
    today = _today(event, now)
    first, last = ((day - today).days for day in when.days)
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
        return Phase.ON, f"{counted(minutes, 'minute')} ago" if minutes else "now"
    return (Phase.ON, "now") if end and now < end else (Phase.OVER, "over")


def _until(start: datetime, now: datetime) -> str:
    """How long it is until then, in the largest unit that says enough."""
    wait = start - now
    if wait < _TOLD_IN_MINUTES:
        return f"in {counted(max(1, round(wait / _MINUTE)), 'minute')}"
    if wait < _TOLD_IN_HOURS:
        return f"in {counted(round(wait / _HOUR), 'hour')}"
    return _ahead((start.date() - now.astimezone(start.tzinfo).date()).days)


def _ahead(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")


def _ago(days: int) -> str:
    return {0: "today", -1: "yesterday"}.get(days, f"{-days:,} days ago")


def _instant(time: datetime, now: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=now.tzinfo)


def _days_until(day: date, one: Upcoming, now: datetime) -> int:
    return (day - _today(one.occurrence.event, now)).days


def _today(event: Event, now: datetime) -> date:
    return now.astimezone(event.timezone).date() if event.timezone else now.date()
