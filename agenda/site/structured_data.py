"""Events as search engines read them: schema.org's `Event` in JSON-LD, as Google documents it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup
from msgspec import json

from agenda.model import Event, Fixed, Moment, Occurrence, Status
from agenda.site.texts import web_address
from agenda.text.safe import one_line, split_lines

_STATUSES = {Status.CONFIRMED: "EventScheduled", Status.CANCELLED: "EventCancelled"}
"""Of what is tentative, schema.org has no word."""
_MAX_TIMES = 20
"""The most times of a series that are told."""
_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
"""So that no text ends the element of HTML that it stands in."""


def write_json_ld(occurrences: Sequence[Occurrence], language: str, url: str | None) -> Markup | None:
    """The JSON-LD of an event that happens at these times, safe within a `script` element; `url` is that of its page.

    None where an `Event` would lack what Google requires: a fixed date, since a start that lies between two days cannot
    be told, or a place.
    """
    events = [event for occurrence in occurrences[:_MAX_TIMES] if (event := _event(occurrence, language, url))]
    if not events:
        return None
    text = json.encode(events if events[1:] else events[0]).decode()
    for char, escaped in _ESCAPES:
        text = text.replace(char, escaped)
    return Markup(text)  # noqa: S704 - it is JSON, in which the signs of HTML are escaped


def _event(occurrence: Occurrence, language: str, url: str | None) -> dict[str, Any] | None:
    event, when = occurrence.event, occurrence.when
    location = _location(event)
    if not isinstance(when, Fixed) or location is None:
        return None
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": one_line(event.title),
        "startDate": _moment(when.start),
        "endDate": _moment(when.end) if when.end else None,
        "eventStatus": f"https://schema.org/{_STATUSES[event.status]}" if event.status in _STATUSES else None,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": location,
        "description": "\n".join(split_lines(event.description.strip())) if event.description else None,
        "inLanguage": getattr(event.title, "language", language),
        "performer": [{"@type": "Person", "name": one_line(person.name)} for person in event.people],
        "organizer": [{"@type": "Organization", "name": one_line(party.name)} for party in event.organizers],
        "sameAs": web_address(event.url),
        "url": url,
    }
    return {key: value for key, value in told.items() if value}


def _location(event: Event) -> dict[str, Any] | None:
    """Where it is, with the address that is known, be it a city alone."""
    venue = event.venue
    city = venue.city if venue and venue.city else event.cities[0] if event.cities else None
    names = [place.name for place in (event.room, venue) if place]
    if not names and city is None:
        return None
    address: dict[str, Any] = {
        "@type": "PostalAddress",
        "streetAddress": one_line(venue.address) if venue and venue.address else None,
        "addressLocality": one_line(city.name) if city else None,
    }
    told = {key: value for key, value in address.items() if value}
    place: dict[str, Any] = {
        "@type": "Place",
        "name": one_line(", ".join(names) or (city.name if city else "")),
        "address": told if told.keys() - {"@type"} else None,
    }
    if venue and venue.latitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return {key: value for key, value in place.items() if value}


def _moment(moment: Moment | date) -> str:
    """A day, or a time with its offset, which a floating one does not have (ISO 8601)."""
    return moment.isoformat()
