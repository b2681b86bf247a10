"""What calendars have no property for, or not as exactly: told in one of our own, so that an import gives it back."""

import re
from datetime import datetime, timezone
from typing import Any

from msgspec import json

from agenda.model import Agenda, City, Event, Fixed, Moment, Source, Venue

NAME = "X-AGENDA-EVENT"
"""The property (RFC 5545, 3.8.8.2). Its value is a JSON object, as text."""

_MOST_BLANKS = 8
"""In a row."""
_TOO_MANY = " " * (_MOST_BLANKS + 1)
_NOT_KEPT = re.compile(f"[\x7f-\x9f\u2028\u2029]|(?<= {{{_MOST_BLANKS}}}) ")
"""What a text of a calendar may not have, or not as often."""


def own_of(agenda: Agenda, event: Event) -> str:
    """The object: what other properties tell is not in it, unless they tell it in words that cannot be taken apart."""
    told = {
        "id": event.id,
        "start": _with_offset(event.when.start) if isinstance(event.when, Fixed) else None,
        "end": _with_offset(event.when.end) if isinstance(event.when, Fixed) else None,
        "status": event.status,
        "cities": {city.name: _zone(agenda, city) for city in event.cities},
        "venue": event.venue and _venue(event.venue),
        "room": event.room,
        "kind": event.kind and event.kind.name,
        "organizers": [organizer.name for organizer in event.organizers],
        "people": [_filled(name=person.name, role=person.role) for person in event.people],
        "url": event.url,
        "date_note": event.date_note,
        "until": event.repeat and event.repeat.until,
        "revised": event.revised,
        "sources": [_source(source) for source in event.sources],
    }
    text = json.encode(_filled(**told)).decode()
    if text.isprintable() and _TOO_MANY not in text:  # as nearly all is
        return text
    return _NOT_KEPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _with_offset(moment: Moment | None) -> datetime | None:
    """A time that has an offset, which goes out in UTC."""
    return moment if isinstance(moment, datetime) and isinstance(moment.tzinfo, timezone) else None


def _zone(agenda: Agenda, city: City) -> str | None:
    """The zone of a city, where it is not the agenda's."""
    return city.timezone.key if city.timezone and city.timezone != agenda.timezone else None


def _venue(venue: Venue) -> dict[str, Any]:
    return _filled(
        id=venue.id,
        name=venue.name,
        city=venue.city and venue.city.name,
        address=venue.address,
        latitude=venue.latitude,
        longitude=venue.longitude,
        url=venue.url,
    )


def _source(source: Source) -> dict[str, Any]:
    return _filled(id=source.id, title=source.title, publisher=source.publisher, date=source.date, url=source.url)


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value not in ({}, [])}
