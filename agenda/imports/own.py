"""What our exports tell in X-AGENDA-EVENT, read back."""

import msgspec
from msgspec import Struct

from agenda.dataset import shape
from agenda.formats.ical.own import NAME
from agenda.imports.losses import Losses
from agenda.imports.reading import Component
from agenda.model import Status


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
    organizers: list[shape.Text] = []
    people: list[shape.Participant] = []
    url: shape.Url | None = None
    date_note: shape.Text | None = None
    until: shape.Date | None = None
    revised: shape.Instant | None = None
    sources: list[Cited] = []


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
