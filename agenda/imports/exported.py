"""An event as our export wrote it, held against what the calendar now says: what an app changed wins."""

from datetime import UTC, date, datetime

from msgspec import Struct

from agenda.formats.ical.texts import OPEN, PARAGRAPH, clean, paragraphs, place_of, status_of, summary_of, trimmed
from agenda.imports.own import Own
from agenda.imports.reading import Component
from agenda.imports.times import Times
from agenda.model import TBA, Between, City, Event, Fixed, Person, Source, Term, Venue, When
from agenda.text import one_line

BETWEEN = "X-AGENDA-BETWEEN"
"""The property in which our exports tell the two days that an event lies between."""
_MOST_BLOCKS = 20
"""Of a paragraph that is looked for anywhere; a longer one is at the end, or left."""


class Exported(Struct, frozen=True):
    """What was exported of an event, as far as that is known: nothing of its title and its description."""

    event: Event

    def title(self, summary: str) -> str:
        """The title in a SUMMARY: without what our export puts before it."""
        return summary.removeprefix(summary_of(self.event)).strip() or summary

    def status(self, status: str) -> str:
        """The status that a STATUS means: the exported one, unless it was changed."""
        same = status.upper() in {"", status_of(self.event)}
        return self.event.status if same else status.lower()

    @property
    def has_place(self) -> bool:
        """Whether there was a place to export."""
        return bool(place_of(self.event))

    def keeps_place(self, location: str) -> bool:
        """Whether LOCATION still is what was exported, as far as its letters and digits go."""
        return _letters(location) == _letters(place_of(self.event))

    def description(self, text: str) -> str:
        """The description in a DESCRIPTION: without each paragraph that our export adds, wherever it stands whole."""
        blocks = trimmed(text).split(PARAGRAPH)
        for paragraph in reversed(list(paragraphs(self.event))):
            blocks = _without(blocks, trimmed(clean(paragraph)).split(PARAGRAPH))
        return trimmed(PARAGRAPH.join(blocks))


def exported_of(component: Component, own: Own, times: Times | None) -> Exported:
    """What our export wrote for an event that is then now."""
    return Exported(
        Event(
            id=own.id,
            title="",
            when=_when(component, times),
            date_note=own.date_note,
            cities=tuple(map(City, own.cities)),
            venue=Venue(id=own.venue.id, name=own.venue.name, address=own.venue.address) if own.venue else None,
            room=own.room,
            organizers=tuple(map(Term, own.organizers or contacts(component))),
            people=tuple(Person(person.name, person.role) for person in own.people),
            url=own.url,
            status=own.status,
            sources=tuple(Source(id=one.id, title=one.title, url=one.url) for one in own.sources),
        )
    )


def contacts(component: Component) -> list[str]:
    """The names in CONTACT, where our exports have the organizers."""
    return [name for one in component.all("CONTACT") if (name := one_line(one.text))]


def bounds_of(component: Component) -> Between | None:
    """The two days that our export wrote an event to lie between."""
    first, slash, last = component.text(BETWEEN).partition("/")
    try:
        bounds = Between(date.fromisoformat(first), date.fromisoformat(last)) if slash else None
    except ValueError:
        return None
    return bounds if bounds and bounds.first < bounds.last else None


def with_offset(times: Times, own: Own) -> Times:
    """The times with the offsets that they were exported with, which go out in UTC."""
    if not (own.start and isinstance(times.start, datetime) and times.start.tzinfo):
        return times
    if times.start.tzinfo is not UTC and times.start != own.start:  # an app gave it a zone
        return times
    try:
        start = times.start.astimezone(own.start.tzinfo)
        end = times.end.astimezone((own.end or own.start).tzinfo) if isinstance(times.end, datetime) else times.end
    except OverflowError:
        return times
    return Times(start, end)


def is_open(component: Component) -> bool:
    """Whether the length of a time is one that an export assumed, since its end is not published."""
    return bool(component.first("DURATION")) and OPEN in component.text("DESCRIPTION")


def _when(component: Component, times: Times | None) -> When:
    if bounds := bounds_of(component):
        return bounds
    if times is None:
        return TBA
    return Fixed(times.start, None if is_open(component) else times.end)


def _without(blocks: list[str], wanted: list[str]) -> list[str]:
    """The blocks without those of a paragraph, where they stand for the last time."""
    last = len(blocks) - len(wanted)
    first = 0 if len(wanted) <= _MOST_BLOCKS else max(0, last)
    for start in range(last, first - 1, -1):
        end = start + len(wanted)
        if all(one.strip() == other.strip() for one, other in zip(blocks[start:end], wanted, strict=True)):
            return blocks[:start] + blocks[end:]
    return blocks


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
