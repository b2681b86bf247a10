"""What our exports tell in X-AGENDA-EVENT, read back, and held against what the rest of the event now says."""

from datetime import datetime

import msgspec
from msgspec import Struct

from agenda.dataset import shape
from agenda.formats.ical.own import NAME
from agenda.formats.ical.texts import place_of, status_of, summary_of
from agenda.imports.losses import Losses
from agenda.imports.reading import Component
from agenda.imports.times import Times
from agenda.model import City, Event, Person, Source, Status, Term, Venue, When


class Place(Struct, kw_only=True):
    """A venue."""

    id: shape.Text
    name: shape.Text
    city: shape.Text | None = None
    address: shape.Text | None = None
    latitude: shape.Latitude | None = None
    longitude: shape.Longitude | None = None
    url: shape.Url | None = None


class Cited(Struct, kw_only=True):
    """A source."""

    id: shape.Text
    title: shape.Text
    publisher: shape.Text | None = None
    date: shape.Date | None = None
    url: shape.Url | None = None


class Own(Struct, kw_only=True):
    """The object in the property, each value of the shape that it has in an agenda file."""

    id: shape.Id
    start: shape.Instant | None = None
    end: shape.Instant | None = None
    status: Status = Status.CONFIRMED
    cities: dict[shape.Text, shape.Text | None] = {}
    venue: Place | None = None
    room: shape.Text | None = None
    kind: shape.Text | None = None
    people: list[shape.Participant] = []
    url: shape.Url | None = None
    date_note: shape.Text | None = None
    until: shape.Date | None = None
    revised: shape.Instant | None = None
    sources: list[Cited] = []

    def event(self, when: When, organizers: list[str]) -> Event:
        """The event as it was exported, as far as that is known, without title and description."""
        return Event(
            id=self.id,
            title="",
            when=when,
            date_note=self.date_note,
            cities=tuple(map(City, self.cities)),
            venue=Venue(id=self.venue.id, name=self.venue.name, address=self.venue.address) if self.venue else None,
            room=self.room,
            organizers=tuple(map(Term, organizers)),
            people=tuple(Person(person.name, person.role) for person in self.people),
            url=self.url,
            status=self.status,
            sources=tuple(Source(id=one.id, title=one.title, url=one.url) for one in self.sources),
        )


def own_of(component: Component, losses: Losses) -> Own | None:
    """What our export told of an event; None where it is not ours."""
    found = component.first(NAME)
    if found is None:
        return None
    try:
        return msgspec.json.decode(found.text, type=Own)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        losses.left_out(f"{NAME} that cannot be read")
        return None


def with_offset(times: Times | None, own: Own | None) -> Times | None:
    """The times with the offsets that they had, where they are still the same instants."""
    if own and times and isinstance(times.start, datetime) and times.start.tzinfo and times.start == own.start:
        same = isinstance(times.end, datetime) and times.end == own.end
        return Times(own.start, own.end if same else times.end)
    return times


def title_of(summary: str, exported: Event) -> str:
    """The title in a SUMMARY: without what our export puts before it."""
    return summary.removeprefix(summary_of(exported)).strip() or summary


def keeps_place(component: Component, exported: Event) -> bool:
    """Whether LOCATION still is what was exported, as far as its letters and digits go."""
    return _letters(component.text("LOCATION")) == _letters(place_of(exported))


def keeps_status(component: Component, exported: Event) -> bool:
    """Whether STATUS still is what was exported."""
    return component.text("STATUS").upper() in {"", status_of(exported)}


def described(text: str, added: list[str]) -> str:
    """A description without the paragraphs that our export adds, as far as they still stand at its end."""
    for paragraph in reversed(added):
        text = text.rstrip()
        if text == paragraph.strip():
            return ""
        text = text.removesuffix(f"\n\n{paragraph.strip()}")
    return text.strip()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
