"""What is told of a change in words, each piece one line of safe text."""

from collections.abc import Iterator, Sequence

from agenda.model import Between, Event, Fixed, Named, Occurrence, Person, Source, Status, Term, Visibility, When
from agenda.reports.changes import ChangeKind, EventChange, find_different
from agenda.text.safe import one_line, shorten
from agenda.wording.english import Wording, mark

HEADINGS = {
    ChangeKind.NEW: mark("New"),
    ChangeKind.GONE: mark("Gone"),
    ChangeKind.CANCELLED: mark("Cancelled"),
    ChangeKind.RESTORED: mark("No longer cancelled"),
    ChangeKind.TIME: mark("Moved in time"),
    ChangeKind.KNOWN: mark("Date now known"),
    ChangeKind.UNKNOWN: mark("Date no longer known"),
    ChangeKind.PLACE: mark("Moved in place"),
    ChangeKind.PEOPLE: mark("People"),
    ChangeKind.TEXT: mark("Text"),
    ChangeKind.DETAILS: mark("Other details"),
}
"""What stands above the changes of each kind."""

COUNTED = {
    ChangeKind.RESTORED: "no longer cancelled",
    ChangeKind.TIME: "moved in time",
    ChangeKind.KNOWN: "with a date now known",
    ChangeKind.UNKNOWN: "with a date no longer known",
    ChangeKind.PLACE: "moved in place",
    ChangeKind.PEOPLE: "with other people",
    ChangeKind.TEXT: "with other text",
    ChangeKind.DETAILS: "with other details",
}
"""What stands behind the number of the changes of a kind; the kind itself where there is nothing else."""

_MAX_VALUE_CHARACTERS = 300
OF_TIME = (ChangeKind.TIME, ChangeKind.KNOWN, ChangeKind.UNKNOWN)
"""The kinds of which both times are told."""
_LONG = {
    "description": mark("another description"),
    "date_note": mark("another note on the date"),
    "url": mark("another address"),
    "sources": mark("another list of sources"),
}
"""What is too long to be told, and how it is told instead."""


def when_in_words(when: When, words: Wording, year: int | None = None) -> str:
    """`Mon 29 Sep, 11:00–12:30`, `28 Sep–4 Oct`, `between 24 and 29 Sep`, `to be announced`, with years
    that are not `year`.
    """
    if isinstance(when, Between):
        return words.between_in_words(*when.days, year)
    if not isinstance(when, Fixed):
        return words.text("to be announced")
    return words.fixed_in_words(when, year)


def tell_change(change: EventChange, words: Wording, year: int | None = None) -> Iterator[str]:
    """What is different, a line for each kind that is not told by its heading alone; `year` need not be told."""
    if change.before is None or change.after is None:
        if change.day:
            yield words.text("only this time of the series")
        return
    before, after = change.before, change.after
    for kind in change.kinds:
        if kind in OF_TIME:
            yield f"{_times(before, words, year)} → {_times(after, words, year)}"
        elif kind is ChangeKind.PLACE:
            yield " → ".join(_differing_places(before.event, after.event, words))
        elif kind is ChangeKind.PEOPLE:
            yield _tell_people(before.event, after.event, words)
        elif kind in {ChangeKind.TEXT, ChangeKind.DETAILS}:
            yield from _tell_fields(change, kind, words)


def place_in_words(event: Event, words: Wording) -> str:
    """The cities, the venue and the room of an event; empty where it has none of them."""
    places = (*event.cities, event.venue, event.room)
    return one_line(words.separator().join(place.name for place in places if place))


def _differing_places(before: Event, after: Event, words: Wording) -> list[str]:
    """Where each of two events is, without what both have in common before it."""
    places: list[list[Sequence[Named]]] = [
        [event.cities, *([place] if place else [] for place in (event.venue, event.room))] for event in (before, after)
    ]
    common = 0
    while common < len(places[0]) - 1 and not any(find_different(*(parts[common] for parts in places))):
        common += 1
    told = (words.separator().join(place.name for part in parts[common:] for place in part) for parts in places)
    return [one_line(text) or words.text("no place") for text in told]


def people_in_words(event: Event, words: Wording) -> str:
    """Those who take part, with their roles, and the organizers."""
    parties: tuple[Named, ...] = (*event.people, *event.organizers)
    return words.separator().join(map(_person, parties))


def _times(occurrence: Occurrence, words: Wording, year: int | None) -> str:
    """When it is; of a series, its first time and its rule."""
    when, rule = when_in_words(occurrence.when, words, year), occurrence.event.repeat
    if rule is None:
        return when
    from agenda.recurrence.rule_words import describe_rule  # few events are series

    return f"{when}{words.separator()}{describe_rule(rule, occurrence.event.exceptions, words)}"


def _tell_people(before: Event, after: Event, words: Wording) -> str:
    """`with Ada Lovelace (speaker); without Charles Babbage`."""
    gone, come = find_different((*before.people, *before.organizers), (*after.people, *after.organizers))
    parties = ((mark("with {people}"), come), (mark("without {people}"), gone))
    told = [words.text(message, people=words.all_of(map(_person, party))) for message, party in parties if party]
    return "; ".join(told) or words.text("an organizer takes part, or one who took part organizes")


def _person(person: Named) -> str:
    role = person.role if isinstance(person, Person) else None
    return one_line(f"{person.name} ({role})" if role else person.name)


def _tell_fields(change: EventChange, kind: ChangeKind, words: Wording) -> Iterator[str]:
    """The fields of that kind that differ: both forms of what is short, and the names of the others."""
    differing = change.fields_of(kind)
    for field in differing:
        if field not in _LONG:
            sides = (side for side in (change.before, change.after) if side)
            forms = (value_in_words(side.event, field, words) or words.text("none") for side in sides)
            yield words.labelled(words.text(field), " → ".join(forms))
    long = [words.text(_LONG[field]) for field in differing if field in _LONG]
    if long:
        yield words.all_of(long)


def value_in_words(event: Event, field: str, words: Wording) -> str:
    """What the event has in a field of its text or its details, shortened; empty where it has nothing."""
    value = getattr(event, field)
    if isinstance(value, bool):
        return words.text("yes") if value else words.text("no")
    if isinstance(value, Status | Visibility):
        return words.text(value)
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    names = (one.id if isinstance(one, Source) else one.name if isinstance(one, Term) else str(one) for one in several)
    return shorten(words.separator().join(names), _MAX_VALUE_CHARACTERS)
