"""Days of a valid file that look like slips: apart from all others, or from a programme of a few days."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from agenda.errors import KeyPath, Problem
from agenda.model import Agenda, Event, Fixed, ToBeAnnounced
from agenda.recurrence.cycles import cycle_of, is_cyclic
from agenda.recurrence.expand import is_endless, shift_day

_YEAR_DAYS = 365
_LEAP_YEAR_DAYS = 366
_MIN_EVENTS = 3
"""Events with a date, without which none is far from the others."""

_MAX_GAP_DAYS = 7
"""Days between the starts of two events, one after the other, of a tight programme."""
_MAX_TIGHT_DAYS = 14
_MIN_TIGHT_EVENTS = 5
_TIGHT_SHARE = 0.7
"""The share of all events that are within a tight programme."""
_APART_DAYS = 28
"""Days between a tight programme and an event that is no part of it, though it looks like one."""


def find_odd_days(agenda: Agenda) -> Iterator[Problem]:
    """What looks like a mistake in the days of an agenda; in no order."""
    dated = sorted(
        _Dated(event.when.days[0], _last(event), index)
        for index, event in enumerate(agenda.events)
        if not isinstance(event.when, ToBeAnnounced) and not is_endless(event)
    )
    yield from _far(agenda, dated)
    yield from _apart(agenda, dated)


class _Dated(Struct, frozen=True, order=True):
    """The first and the last day that an event touches, or may touch, and its place in the agenda."""

    first: date
    last: date
    index: int


def _far(agenda: Agenda, dated: Sequence[_Dated]) -> Iterator[Problem]:
    """Events more than a year away from all others, unless most of them are: a programme of one event each year. A
    series without an end is near to all, and counts for none.
    """
    if len(dated) < _MIN_EVENTS:
        return
    far = []
    before = date.min  # the last day of all before it
    for place, one in enumerate(dated):
        is_after = place == 0 or (one.first - before).days > _YEAR_DAYS
        is_before = place + 1 == len(dated) or (dated[place + 1].first - max(one.last, before)).days > _YEAR_DAYS
        if is_after and is_before:
            far.append(one)
        before = max(before, one.last)
    if len(far) * 2 <= len(dated):
        for one in far:
            message = f"{one.first} is more than a year away from every other event; mend the year, if it is a slip"
            yield Problem(_start_path(agenda.events[one.index], one.index), message)


def _last(event: Event) -> date:
    """The last day that the event touches, or may touch; of a series with COUNT, one that is no earlier."""
    if isinstance(event.when, ToBeAnnounced):
        return date.max
    first, last = event.when.days
    rule = event.repeat
    if rule is None or rule.until or rule.count is None:
        return rule.until if rule and rule.until else last
    if is_cyclic(rule):
        return shift_day(last, (cycle_of(rule, first).nth(rule.count - 1) - first).days)
    return shift_day(last, rule.count * rule.interval * _LEAP_YEAR_DAYS)


class _Programme(Struct, frozen=True):
    """A tight programme, in which nearly all events are: its days, and what there is where."""

    first: date
    last: date
    kinds_at_venues: frozenset[tuple[str, str]]

    @property
    def days(self) -> str:
        """Its days, in words."""
        return f"on {self.first}" if self.first == self.last else f"from {self.first} to {self.last}"

    def distance(self, one: _Dated) -> int:
        """How many days lie between it and an event; 0 where they touch."""
        return max((one.first - self.last).days, (self.first - one.last).days, 0)

    def slip_for(self, day: date) -> date | None:
        """The day of the programme that is written as `day` where day and month change their places, or, failing that,
        where the year is another one.
        """
        swapped = _swap(day)
        moved = [_in_year(day, year) for year in range(self.first.year, self.last.year + 1)]
        return next((meant for meant in (swapped, *moved) if meant and self.first <= meant <= self.last), None)

    def could_have(self, event: Event) -> bool:
        """Whether an event looks like one of the programme: of a kind that it has at that venue."""
        return _kind_at_venue(event) in self.kinds_at_venues


def _apart(agenda: Agenda, dated: Sequence[_Dated]) -> Iterator[Problem]:
    """Days apart from a tight programme that would be within it but for a slip, or that of the only event apart that
    looks like one of its own.
    """
    programme = _tight_programme(agenda, dated)
    if programme is None:
        return
    others = f"apart from the other events, which are {programme.days}"
    alike = [
        one for one in dated if programme.distance(one) > _APART_DAYS and programme.could_have(agenda.events[one.index])
    ]
    for one in dated:
        event = agenda.events[one.index]
        distance = programme.distance(one)
        if 0 < distance <= _YEAR_DAYS:
            meant = programme.slip_for(one.first)
            if meant or alike == [one]:
                right = f"did you mean {meant}?" if meant else "mend it, if it is a slip"
                message = f"{one.first} is {others}; {right}"
                yield Problem(_start_path(event, one.index), message)
        elif distance == 0 and not event.repeat and (one.last - programme.last).days > _MAX_GAP_DAYS:
            meant = programme.slip_for(one.last)
            if meant and meant >= one.first:
                path: KeyPath = ("events", one.index, "end" if isinstance(event.when, Fixed) else "between")
                message = f"{one.last} is {others}; did you mean {meant}?"
                yield Problem(path if isinstance(event.when, Fixed) else (*path, 1), message)


def _tight_programme(agenda: Agenda, dated: Sequence[_Dated]) -> _Programme | None:
    """The days in which nearly all events start, with no long gap; None where there are none."""
    runs: list[list[_Dated]] = []
    for one in dated:
        if runs and (one.first - runs[-1][-1].first).days <= _MAX_GAP_DAYS:
            runs[-1].append(one)
        else:
            runs.append([one])
    run = max(runs, key=len, default=[])
    if len(run) < max(_MIN_TIGHT_EVENTS, _TIGHT_SHARE * len(dated)):
        return None
    first, last = run[0].first, run[-1].first
    if (last - first).days > _MAX_TIGHT_DAYS:
        return None
    events = [agenda.events[one.index] for one in run]
    return _Programme(first, last, frozenset(_kind_at_venue(event) for event in events if event.venue and event.kind))


def _kind_at_venue(event: Event) -> tuple[str, str]:
    """The venue of an event by its id, and its kind; empty where there is none."""
    return event.venue.id if event.venue else "", event.kind.name if event.kind else ""


def _swap(day: date) -> date | None:
    """The day with its month in the place of its day; None where there is none, or it is the same."""
    if day.day == day.month:
        return None
    try:
        return day.replace(month=day.day, day=day.month)
    except ValueError:
        return None


def _in_year(day: date, year: int) -> date | None:
    """The same day of another year, if it has one."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _start_path(event: Event, index: int) -> KeyPath:
    return ("events", index, "start" if isinstance(event.when, Fixed) else "between")
