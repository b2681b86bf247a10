"""Events side by side: those of each city, or topic, or organizer."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from agenda.model import City, Event, Occurrence, Term
from agenda.selection import Wanted


class By(StrEnum):
    """What events have a lane for."""

    CITY = "city"
    TOPIC = "topic"
    ORGANIZER = "organizer"


_NONE = (None,)


class Lane(Struct, frozen=True):
    """The occurrences that have `of` in common; None is for those that have nothing of its sort."""

    of: City | Term | None
    occurrences: Sequence[Occurrence]


def lanes(found: Iterable[Occurrence], by: By, wanted: Wanted) -> list[Lane]:
    """A lane for each city, or topic or organizer, that any of `found` has: cities in the order of the agenda, others
    in that of their first event, and last the lane of what has none.

    What has several is in the lane of each, but only of those that are wanted.
    """
    held: dict[City | Term | None, list[Occurrence]] = {}
    for occurrence in found:
        for value in _VALUES[by](occurrence.event, wanted) or _NONE:
            held.setdefault(value, []).append(occurrence)
    values = sorted(held, key=lambda value: (value is None, value.place if isinstance(value, City) else 0))
    return [Lane(value, held[value]) for value in values]


_VALUES: dict[By, Callable[[Event, Wanted], Sequence[City | Term]]] = {
    By.CITY: lambda event, wanted: wanted.cities_of(event),
    By.TOPIC: lambda event, wanted: wanted.topics_of(event),
    By.ORGANIZER: lambda event, _: event.organizers,
}
