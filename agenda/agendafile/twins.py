"""Events of a valid file that look like one event written twice."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from agenda.errors import KeyPath, Problem
from agenda.model import Agenda, Event, Fixed, Status, ToBeAnnounced
from agenda.recurrence.budget import Budget, TooManyStepsError, has_day
from agenda.text.folding import fold

_MAX_COMPARED_EVENTS = 20
"""Events of one title that another is compared with: series, and others of one day."""


def find_twins(agenda: Agenda) -> Iterator[Problem]:
    """Events with the title and the time of one before them, unless nobody could take them for one. One that is
    cancelled may well be held anew.
    """
    budget = Budget()
    seen: dict[tuple[str, object], list[int]] = defaultdict(list)
    for index, event in enumerate(agenda.events):
        if isinstance(event.when, ToBeAnnounced) or event.status is Status.CANCELLED:
            continue
        title = fold(event.title)
        day = event.when.days if not isinstance(event.when, Fixed) else event.when.days[0]
        places = [(title, day), (title, "series"), *([(title, "single")] if event.repeat else [])]
        before = [other for place in places for other in seen[place][:_MAX_COMPARED_EVENTS]]
        likely = (other for other in before if not _are_two(agenda.events[other], event))
        other = next((other for other in likely if _meet(agenda.events[other], event, budget)), None)
        if other is not None:
            message = "another event has this title on the same day; leave one out, or tell them apart in their titles"
            yield Problem(_title(index), message, other=_title(other))
        for place in ((title, day), (title, "series" if event.repeat else "single")):
            seen[place].append(index)


def _are_two(one: Event, other: Event) -> bool:
    """Whether two events are told apart by their cities, or by those who take part, as each track has its closing."""
    cities = ({city.name for city in event.cities} for event in (one, other))
    people = ({person.name for person in event.people} for event in (one, other))
    return any(first and second and first.isdisjoint(second) for first, second in (cities, people))


def _title(index: int) -> KeyPath:
    return ("events", index, "title")


def _meet(one: Event, other: Event, budget: Budget) -> bool:
    """Whether two events are at the same time, on the first day of either."""
    if not (isinstance(one.when, Fixed) and isinstance(other.when, Fixed)):
        return one.when == other.when
    days = {one.when.days[0], other.when.days[0]}
    return any(_is_on(one, day, budget) and _is_on(other, day, budget) and _overlap(one, other, day) for day in days)


def _is_on(event: Event, day: date, budget: Budget) -> bool:
    """Whether it starts on that day."""
    if not isinstance(event.when, Fixed):
        return False
    first, _ = event.when.days
    if event.repeat is None:
        return day == first
    try:
        return day not in event.exceptions and has_day(event.repeat, first, day, budget)
    except TooManyStepsError:
        return False


def _overlap(one: Event, other: Event, day: date) -> bool:
    """Whether two events that start on that day are at one time of it, by their own clocks."""
    (start, end), (other_start, other_end) = _times(one, day), _times(other, day)
    return start == other_start or (start < other_end and other_start < end)


def _times(event: Event, day: date) -> tuple[datetime, datetime]:
    """When an event starts and ends that starts on that day; a whole day is all of it."""
    midnight = datetime.combine(day, datetime.min.time())
    if not isinstance(event.when, Fixed) or not isinstance(event.when.start, datetime):
        return midnight, datetime.combine(day, datetime.max.time())
    start = event.when.start.replace(tzinfo=None)
    end = event.when.end.replace(tzinfo=None) if isinstance(event.when.end, datetime) else start
    moved = datetime.combine(day, start.time())
    try:
        return moved, moved + max(end - start, timedelta())
    except OverflowError:  # the calendar ends
        return moved, moved
