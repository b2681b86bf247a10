"""The occurrences that are on at a time and those that come next, with how far away they are."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain, islice
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.model import Agenda, Between, Fixed, Occurrence, ToBeAnnounced
from agenda.query import ZONE_DAYS, Query, bound_series, last_day, select, walk_occurrences
from agenda.recurrence.expand import shift_day
from agenda.reports.stretches import ASSUMED_LENGTH
from agenda.wording.english import TimeUnit

_NONE = timedelta(0)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_MINUTES_BELOW = 120
"""Minutes from which on a wait is told in hours."""
_HOURS_BELOW = timedelta(days=1)


class State(StrEnum):
    """Whether an occurrence is on, may be on or is to come at a time: the value of `state` in JSON and of `--only`."""

    NOW = "now"
    PERHAPS = "perhaps"
    TODAY = "today"
    AHEAD = "ahead"


_ORDER = {State.NOW: 0, State.PERHAPS: 1, State.TODAY: 2, State.AHEAD: 2}
"""The order in which programs get the states; those that are to come are one run, by when they begin."""
TO_COME = frozenset({State.TODAY, State.AHEAD})


class Distance(Struct, frozen=True):
    """How far away something is, in minutes, hours or days: `number` of them, or up to `most` if that is not sure."""

    number: int
    unit: TimeUnit
    most: int | None = None


class Upcoming(Struct, frozen=True, kw_only=True):
    """An occurrence that has a date, and where it stands at a time.

    - `state`: None where it is over. Whole days are on from the first to the last of them; a time is `TODAY` where it
      begins later that day, and `AHEAD` where it begins on a later one.
    - `away`: how far away it is, as it is told: in minutes below two hours, in hours below a day, else in days; None
      where it is not to come.
    - `starts_in`, `ends_in`: whole minutes, rounded up, to its start, which is below 1 once it has begun, and to its
      end; None for days, which tell no hour, and where the end is not known.
    """

    occurrence: Occurrence
    when: Fixed | Between
    state: State | None
    away: Distance | None
    starts_in: int | None = None
    ends_in: int | None = None


def find_states(occurrences: Iterable[Occurrence], now: datetime) -> list[Upcoming]:
    """Where each occurrence that has a date stands at `now`, a time with its zone, in the order in which they begin.

    Days, and floating times, are those of the zone of `now`. An occurrence without a known end counts as on for an
    hour.
    """
    dated = [
        _upcoming(occurrence, occurrence.when, now)
        for occurrence in occurrences
        if not isinstance(occurrence.when, ToBeAnnounced)
    ]
    return sorted(dated, key=lambda upcoming: _begin(upcoming.when, now))


class Outlook(Struct, frozen=True):
    """What is `dated` near a time, in the order in which it begins, and the occurrences that come `later`, as they are
    asked for. Of what is over there is at least one, if any is; where all is, those on its last day are there.
    """

    dated: Sequence[Upcoming]
    later: Iterator[Occurrence]


def look_ahead(agenda: Agenda, query: Query, now: datetime, number: int) -> Outlook:
    """The occurrences that `query` selects around `now`, a time with its zone on the query's day today: all that are
    on, or may be, and at least so many of those to come. Raises ExcessError where those of series are more than
    `MAX_SELECTED_TIMES`.
    """
    # What is on elsewhere may have begun on a day that is over here.
    near_days = Period(shift_day(query.today, -ZONE_DAYS), shift_day(query.today, ZONE_DAYS))
    query = replace(query, today=near_days.first)
    later = walk_occurrences(agenda, replace(query, periods=(*query.periods, Period(near_days.first, None))))
    near, later = _take_near(later, number, near_days.last or date.max)
    dated = find_states(near, now)
    if any(upcoming.state for upcoming in dated):
        begun = islice(walk_occurrences(agenda, query), 1)
        several = {(each.event.id, each.day): each for each in (*begun, *near)}
        return Outlook(find_states(several.values(), now), later)
    last = last_day(agenda, query)
    over = select(agenda, replace(query, periods=(*query.periods, Period(last, None)))) if last else []
    return Outlook(find_states(over, now), later)


def _take_near(
    occurrences: Iterator[Occurrence], number: int, last: date
) -> tuple[list[Occurrence], Iterator[Occurrence]]:
    """The occurrences up to the day `last`, so many of those that follow, and whatever may begin before one of these
    in another zone; and the rest.
    """
    near: list[Occurrence] = []
    enough = last if number == 0 else None
    for occurrence in bound_series(occurrences):
        first = date.max if isinstance(occurrence.when, ToBeAnnounced) else occurrence.when.days[0]
        if enough and first > enough:
            return near, chain((occurrence,), occurrences)
        near.append(occurrence)
        if first > last:
            number -= 1
            enough = shift_day(first, ZONE_DAYS) if number == 0 else enough
    return near, iter(())


def choose_upcoming(dated: Iterable[Upcoming], number: int, only: Collection[State] = ()) -> list[Upcoming]:
    """All occurrences that are on, then all that may be on, then the first `number` of those to come.

    With `only`, those of these states alone; `AHEAD` is all that is to come, today or later.
    """
    chosen = sorted(of_states(dated, only), key=_by_state)
    return chosen[: sum(upcoming.state not in TO_COME for upcoming in chosen) + number]


def of_states(dated: Iterable[Upcoming], only: Collection[State]) -> list[Upcoming]:
    """Those that are not over, or, with `only`, those of these states; `AHEAD` is all that is to come."""
    states = frozenset(only or State) | (TO_COME if State.AHEAD in only else frozenset())
    return [upcoming for upcoming in dated if upcoming.state in states]


def _by_state(upcoming: Upcoming) -> int:
    return _ORDER[upcoming.state] if upcoming.state else len(_ORDER)


def _upcoming(occurrence: Occurrence, when: Fixed | Between, now: datetime) -> Upcoming:
    if isinstance(when, Fixed) and isinstance(when.start, datetime):
        wait = _wait(when.start, now)
        rest = _wait(when.end, now) if isinstance(when.end, datetime) else None
        state, away = _state_of_time(wait, rest, _days_until(_day_there(when.start, wait, now), now))
        ends_in = None if rest is None else _minutes(rest)
        return Upcoming(
            occurrence=occurrence, when=when, state=state, away=away, starts_in=_minutes(wait), ends_in=ends_in
        )
    first, last = (_days_until(day, now) for day in when.days)
    state, away = _state_of_days(first, last, sure=isinstance(when, Fixed))
    return Upcoming(occurrence=occurrence, when=when, state=state, away=away)


def _state_of_days(first: int, last: int, *, sure: bool) -> tuple[State | None, Distance | None]:
    """The state of whole days, which begin and end in so many days, and how far away they are."""
    if last < 0:
        return None, None
    if first > 0:
        return State.AHEAD, Distance(first, "day", most=None if sure else last)
    return State.NOW if sure else State.PERHAPS, None


def _state_of_time(wait: timedelta, rest: timedelta | None, days: int) -> tuple[State | None, Distance | None]:
    """The state of a time that begins after `wait`, on the day that is so many days away, and ends after `rest`, None
    where its end is not known; and how far away it is.
    """
    if wait > _NONE:
        return State.AHEAD if days else State.TODAY, _until(wait, days)
    is_on = -wait < ASSUMED_LENGTH if rest is None else rest > _NONE
    return State.NOW if is_on else None, None


def _until(wait: timedelta, days: int) -> Distance:
    """How long the wait is."""
    if _minutes(wait) < _MINUTES_BELOW:
        return Distance(_minutes(wait), "minute")
    if wait < _HOURS_BELOW:
        return Distance(round(wait / _HOUR), "hour")
    return Distance(max(1, days), "day")


def _minutes(wait: timedelta) -> int:
    return ceil(wait / _MINUTE)


def _begin(when: Fixed | Between, now: datetime) -> timedelta:
    """The sort key of a date: how long it is until its start. Days start at midnight; `Between` comes after all else of
    its first day.
    """
    if isinstance(when, Fixed) and isinstance(when.start, datetime):
        return _wait(when.start, now)
    return _wait(datetime.combine(when.days[0], time.max if isinstance(when, Between) else time.min), now)


def _wait(moment: datetime, now: datetime) -> timedelta:
    """How long it is from `now` to the moment, below zero where that has passed; a floating one is in the zone of
    `now`. To subtract two times of one zone would tell what its clocks show, whatever they skip or repeat.
    """
    there = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    return moment.replace(tzinfo=None) - now.replace(tzinfo=None) - _offset(there) + _offset(now)


def _offset(time: datetime) -> timedelta:
    return time.utcoffset() or _NONE


def _day_there(moment: datetime, wait: timedelta, now: datetime) -> date:
    """The day of a moment: by the clocks of `now` where it is near, so that it is today or not by the same clocks."""
    near = moment.tzinfo and _NONE < wait < _HOURS_BELOW
    return (moment.astimezone(now.tzinfo) if near else moment).date()


def _days_until(day: date, now: datetime) -> int:
    return (day - now.date()).days
