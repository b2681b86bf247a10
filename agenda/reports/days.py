"""The days of a list: what begins on each of them, and what goes on there from an earlier day."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from agenda.dates import Period
from agenda.limits import MAX_RETOLD
from agenda.model import Fixed, Occurrence

_MAX_DAYS_ALONE = 7
"""Days on which nothing begins and the same goes on are told one by one as long as they are no more than these."""
_MAX_GOING_ON = 10
"""Events that go on and are told again on one day: n long events could need about n² lines."""


class DayGroup(Struct, frozen=True, kw_only=True):
    """A day, or the days from `first` to `last` if they are alike: the occurrences that begin there, in order, and
    those that go on there from an earlier day, what ends soonest first. `introduces` says that these go on from before
    all days that were asked for, so that nothing has been told of them; `more` is how many others go on there.
    """

    first: date
    last: date
    begins: Sequence[Occurrence] = ()
    goes_on: Sequence[Occurrence] = ()
    more: int = 0
    introduces: bool = False


def group_by_day(occurrences: Sequence[Occurrence], period: Period) -> Iterator[DayGroup]:
    """The days of `period` on which any occurrence with a fixed date is, in order. Their number is bounded by some
    multiple of the number of occurrences, however long these are; events that go on are repeated `MAX_RETOLD` times on
    all days together, and only counted from there on.
    """
    begins: dict[int, list[Occurrence]] = defaultdict(list)
    goes_on: dict[int, list[tuple[int, int]]] = defaultdict(list)
    changes: set[int] = set()
    first_asked = period.first.toordinal() if period.first else 0
    last_asked = (period.last or date.max).toordinal()
    for number, occurrence in enumerate(occurrences):
        if not isinstance(occurrence.when, Fixed):
            continue
        start, end = (day.toordinal() for day in occurrence.when.days)
        if start >= first_asked:
            begins[start].append(occurrence)
            changes |= {start, start + 1}
        since, until = max(start + 1, first_asked), min(end, last_asked)
        if since <= until:
            goes_on[since].append((end, number))
            changes |= {since, until + 1}
    going_on: list[tuple[int, int]] = []
    retold_left = MAX_RETOLD
    for day, next_change in pairwise(sorted(changes)):
        while going_on and going_on[0][0] < day:
            going_on.pop(0)
        for entry in goes_on.get(day, ()):
            insort(going_on, entry)
        if day not in begins and not going_on:
            continue
        for first, last in _runs(day, next_change - 1):
            introduces = first == first_asked
            most = len(going_on) if introduces or len(going_on) <= _MAX_GOING_ON + 1 else _MAX_GOING_ON
            if not introduces:
                most = min(most, retold_left)
                retold_left -= most
            yield DayGroup(
                first=date.fromordinal(first),
                last=date.fromordinal(last),
                begins=begins.get(day, ()),
                goes_on=[occurrences[number] for _, number in going_on[:most]],
                more=len(going_on) - most,
                introduces=introduces,
            )


def _runs(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Days that are alike: each by itself, or all of them together where they are many."""
    if last - first < _MAX_DAYS_ALONE:
        yield from ((day, day) for day in range(first, last + 1))
    else:
        yield first, last
