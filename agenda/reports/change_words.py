"""What is told of a change in words, each piece one line of safe text."""

from collections.abc import Iterator, Sequence

from agenda.model import Between, Event, Fixed, Named, Occurrence, Person, Source, Term, When
from agenda.reports.changes import ChangeKind, EventChange, find_different
from agenda.text import join_words, one_line, shorten
from agenda.wording.english import ENGLISH

HEADINGS = {
    ChangeKind.NEW: "New",
    ChangeKind.GONE: "Gone",
    ChangeKind.CANCELLED: "Cancelled",
    ChangeKind.RESTORED: "No longer cancelled",
    ChangeKind.TIME: "Moved in time",
    ChangeKind.KNOWN: "Date now known",
    ChangeKind.UNKNOWN: "Date no longer known",
    ChangeKind.PLACE: "Moved in place",
    ChangeKind.PEOPLE: "People",
    ChangeKind.TEXT: "Text",
    ChangeKind.DETAILS: "Other details",
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
_OF_TIME = (ChangeKind.TIME, ChangeKind.KNOWN, ChangeKind.UNKNOWN)
_LONG = {"description": "description", "date_note": "note on the date", "url": "address", "sources": "list of sources"}
"""What is too long to be told, and what it is called."""


def when_in_words(when: When, year: int | None = None) -> str:
    """`Mon 29 Sep, 11:00–12:30`, `28 Sep–4 Oct`, `between 24–29 Sep`, `to be announced`, with years
    that are not `year`.
    """
    if isinstance(when, Between):
        return f"between {ENGLISH.span_in_words(*when.days, year)}"
    if not isinstance(when, Fixed):
        return "to be announced"
    first, last = when.days
    time = ENGLISH.times_in_words(when)
    if first < last and not time:
        return ENGLISH.span_in_words(first, last, year)
    return f"{ENGLISH.weekday_name(first)[:3]} {ENGLISH.short_day(first, year)}{time and f', {time}'}"


def tell_change(change: EventChange, year: int | None = None) -> Iterator[str]:
    """What is different, a line for each kind that is not told by its heading alone; `year` need not be told."""
    if change.before is None or change.after is None:
        if change.day:
            yield "only this time of the series"
        return
    before, after = change.before, change.after
    for kind in change.kinds:
        if kind in _OF_TIME:
            yield f"{_times(before, year)} → {_times(after, year)}"
        elif kind is ChangeKind.PLACE:
            yield " → ".join(_differing_places(before.event, after.event))
        elif kind is ChangeKind.PEOPLE:
            yield _tell_people(before.event, after.event)
        elif kind in {ChangeKind.TEXT, ChangeKind.DETAILS}:
            yield from _tell_fields(change, kind)


def place_in_words(event: Event) -> str:
    """The cities, the venue and the room of an event; empty where it has none of them."""
    places = (*event.cities, event.venue, event.room)
    return one_line(", ".join(place.name for place in places if place))


def _differing_places(*events: Event) -> list[str]:
    """Where each of two events is, without what both have in common before it."""
    places: list[list[Sequence[Named]]] = [
        [event.cities, *([place] if place else [] for place in (event.venue, event.room))] for event in events
    ]
    common = 0
    while common < len(places[0]) - 1 and not any(find_different(*(parts[common] for parts in places))):
        common += 1
    told = (", ".join(place.name for part in parts[common:] for place in part) for parts in places)
    return [one_line(text) or "no place" for text in told]


def people_in_words(event: Event) -> str:
    """Those who take part, with their roles, and the organizers."""
    parties: tuple[Named, ...] = (*event.people, *event.organizers)
    return ", ".join(map(_person, parties))


def _times(occurrence: Occurrence, year: int | None) -> str:
    """When it is; of a series, its first time and its rule."""
    when, rule = when_in_words(occurrence.when, year), occurrence.event.repeat
    if rule is None:
        return when
    from agenda.recurrence.rrule import describe_rule  # few events are series

    return f"{when}, {describe_rule(rule, occurrence.event.exceptions)}"


def _tell_people(before: Event, after: Event) -> str:
    """`with Ada Lovelace (speaker); without Charles Babbage`."""
    gone, come = find_different((*before.people, *before.organizers), (*after.people, *after.organizers))
    told = [
        f"{word} {join_words([_person(one) for one in some], 'and')}"
        for word, some in (("with", come), ("without", gone))
        if some
    ]
    return "; ".join(told) or "an organizer takes part, or one who took part organizes"


def _person(person: Named) -> str:
    role = person.role if isinstance(person, Person) else None
    return one_line(f"{person.name} ({role})" if role else person.name)


def _tell_fields(change: EventChange, kind: ChangeKind) -> Iterator[str]:
    """The fields of that kind that differ: both forms of what is short, and the names of the others."""
    differing = change.fields_of(kind)
    for field in differing:
        if field not in _LONG:
            forms = (value_in_words(side.event, field) or "none" for side in (change.before, change.after) if side)
            yield f"{field}: {' → '.join(forms)}"
    long = [_LONG[field] for field in differing if field in _LONG]
    if long:
        yield f"another {join_words(long, 'and')}"


def value_in_words(event: Event, field: str) -> str:
    """What the event has in a field of its text or its details, shortened; empty where it has nothing."""
    value = getattr(event, field)
    if isinstance(value, bool):
        return "yes" if value else "no"
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    names = (one.id if isinstance(one, Source) else one.name if isinstance(one, Term) else str(one) for one in several)
    return shorten(", ".join(names), _MAX_VALUE_CHARACTERS)
