"""What has a page of its own: the days, events, cities and so on of an edition, each with what is on it."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from agenda.errors import UsageError
from agenda.limits import CHARACTERS_OF_PAGE, MAX_PAGE_ENTRIES, MAX_PAGE_ENTRIES_OF_TIME, MAX_PAGES, MAX_SITE_PAGES
from agenda.model import Agenda, Between, Occurrence
from agenda.reports.days import DayGroup, group_by_day
from agenda.reports.groups import Grouping, group_occurrences
from agenda.site.addresses import FOLDERS, PageValue
from agenda.site.edition import Edition
from agenda.text.safe import quote
from agenda.text.sentences import count_of
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


def check_size(edition: Edition, languages: int) -> None:
    """Raise UsageError where that edition would have more pages than `MAX_PAGES` says, or more entries on them than
    `MAX_PAGE_ENTRIES`, or where the site would have more pages than `MAX_SITE_PAGES` in so many languages: its like in
    others have as many. Only events with long texts let it have more.
    """
    groups = group_pages(edition)
    events = [of_event[0].event for of_event in groups[Grouping.EVENT].values()]
    pages = sum(map(len, groups.values()))
    characters = sum(len(event.title) + len(event.description or "") for event in events)
    most_in_one = MAX_PAGES + characters // CHARACTERS_OF_PAGE
    if pages > most_in_one:
        raise UsageError(
            f"the site would have {pages:,} pages in one language, and {most_in_one:,} are the most for"
            f" {count_of(len(events), 'event')} with texts as long as these; choose fewer events, as by --from and --to"
            " or by --city, each choice for a site of its own, or name fewer people, topics and so on"
        )
    most_in_all = max(MAX_SITE_PAGES, most_in_one)
    if pages * languages > most_in_all:
        in_all, or_one = (
            (f" in its {languages} languages", ", or one language by --lang") if languages > 1 else ("", "")
        )
        raise UsageError(
            f"the site would have {pages * languages:,} pages{in_all}, and {most_in_all:,} are the most; choose"
            f" fewer events, as by --from and --to or by --city, each choice for a site of its own{or_one}"
        )
    entries = Counter(
        occurrence.event.id for values in groups.values() for with_it in values.values() for occurrence in with_it
    )
    number = entries.total() + _count_unfixed(groups[Grouping.DAY], edition)
    most = MAX_PAGE_ENTRIES + MAX_PAGE_ENTRIES_OF_TIME * len(edition.occurrences)
    if number > most:
        id_, of_event = entries.most_common(1)[0]
        raise UsageError(
            f"events would stand {number:,} times on the pages of their days, people and so on, and {most:,} times are"
            f" the most for {count_of(len(events), 'event')}; event {quote(id_)} alone would {of_event:,} times; name"
            " fewer people, topics and so on in each, or choose fewer events"
        )


def _count_unfixed(days: Iterable[PageValue], edition: Edition) -> int:
    """How often events between two days stand on the pages of these days."""
    spans = [occurrence.when.days for occurrence in edition.occurrences if isinstance(occurrence.when, Between)]
    firsts, lasts = sorted(first for first, _ in spans), sorted(last for _, last in spans)
    return sum(bisect_right(firsts, day) - bisect_left(lasts, day) for day in days if isinstance(day, date))


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
        return lambda value: value.rank
    vocabulary = {
        Grouping.VENUE: [venue.id for venue in agenda.venues],
        Grouping.TOPIC: [topic.name for topic in agenda.topics],
        Grouping.ORGANIZER: [organizer.name for organizer in agenda.organizers],
        Grouping.PERSON: [person.name for person in agenda.people],
    }[by]
    places = {name: place for place, name in enumerate(vocabulary)}
    return lambda value: places.get(value.id if by is Grouping.VENUE else value.name, len(places))
