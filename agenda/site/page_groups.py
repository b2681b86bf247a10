"""What has a page of its own: the days, events, cities and so on of an edition, each with what is on it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agenda.model import Agenda, Occurrence
from agenda.reports.days import DayGroup, group_by_day
from agenda.reports.groups import Grouping, group_occurrences
from agenda.site.addresses import FOLDERS, PageValue
from agenda.site.edition import Edition
from agenda.wording.english import Wording

PageGroups = Mapping[Grouping, Mapping[PageValue, Sequence[Occurrence]]]
"""The occurrences of each value that has a page, by the grouping."""


def group_pages(edition: Edition) -> PageGroups:
    """The groups of an edition, each grouping in the order of the file; none is empty."""
    groups: dict[Grouping, Mapping[PageValue, Sequence[Occurrence]]] = {}
    for by in FOLDERS:
        if by is Grouping.DAY:
            groups[by] = {day.first: [*day.begins, *day.goes_on] for day in days_of(edition) if day.first == day.last}
        elif by is Grouping.EVENT:
            groups[by] = _by_event(edition.occurrences)
        else:
            found = group_occurrences(edition.occurrences, by, edition.query)
            order = _sort_key(by, edition.agenda)
            values = [value for value in found if value is not None]
            groups[by] = {value: found[value] for value in sorted(values, key=order)}
    return groups


def days_of(edition: Edition) -> Iterator[DayGroup]:
    """The days on which anything is whose date is fixed; many days that are alike are one group."""
    return group_by_day(edition.occurrences, edition.query.period)


def group_headings(words: Wording) -> dict[Grouping, str]:
    """What stands above the values of each grouping, in the order in which they are listed."""
    return {
        Grouping.CITY: words.text("Cities"),
        Grouping.VENUE: words.text("Venues"),
        Grouping.ROOM: words.text("Rooms"),
        Grouping.TOPIC: words.text("Topics"),
        Grouping.ORGANIZER: words.text("Organizers"),
        Grouping.PERSON: words.text("People"),
        Grouping.DAY: words.text("Days"),
    }


def _by_event(occurrences: Sequence[Occurrence]) -> Mapping[PageValue, Sequence[Occurrence]]:
    by_id: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        by_id[occurrence.event.id].append(occurrence)
    return {of_event[0].event: of_event for of_event in by_id.values()}


def _sort_key(by: Grouping, agenda: Agenda) -> Any:
    """The key by which the values of a grouping are in the order of the file."""
    if by in {Grouping.CITY, Grouping.ROOM}:
        return lambda value: value.place
    vocabulary = {
        Grouping.VENUE: [venue.id for venue in agenda.venues],
        Grouping.TOPIC: [topic.name for topic in agenda.topics],
        Grouping.ORGANIZER: [organizer.name for organizer in agenda.organizers],
        Grouping.PERSON: [person.name for person in agenda.people],
    }[by]
    places = {name: place for place, name in enumerate(vocabulary)}
    return lambda value: places.get(value.id if by is Grouping.VENUE else value.name, len(places))
