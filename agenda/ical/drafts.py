"""A VEVENT (RFC 5545, 3.6.1) as what an agenda file says of an event."""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import Struct, ValidationError

from agenda.agendafile import schema, values
from agenda.agendafile.write import write_cities
from agenda.ical.declarations import Declarations
from agenda.ical.parameters import lost_parameters
from agenda.ical.reader import Component, Property
from agenda.ical.texts import trim_lines
from agenda.ical.times import Times
from agenda.ical.tzids import find_named_zone
from agenda.ical.x_agenda import (
    X_AGENDA_BETWEEN,
    X_AGENDA_EVENT,
    Exported,
    Facts,
    has_open_end,
    read_bounds,
    read_contacts,
    read_facts,
    recall_export,
    restore_offset,
)
from agenda.interchange.html_text import is_html, plain_text
from agenda.interchange.losses import Losses
from agenda.interchange.result import UNTITLED
from agenda.model import Between, Status, Visibility
from agenda.text.safe import one_line

_KNOWN = {
    *("UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"),
    *("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "EXDATE", "RDATE", "RECURRENCE-ID"),
    *("SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "URL", "CATEGORIES", "CONTACT", "ORGANIZER", "ATTENDEE", "STATUS"),
    "CLASS",
}
"""The properties that have a place in an agenda, and those by which programs keep account of their versions."""
_ONCE = (
    *("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "GEO", "STATUS", "CLASS"),
    *("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"),
)
"""Properties that an event may have once (RFC 5545, 3.6.1), and of which an agenda keeps one."""
_OURS = {X_AGENDA_EVENT, X_AGENDA_BETWEEN, "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"}
"""What our exports add, and an agenda tells by itself."""
_CANCELLED = re.compile("^cancell?ed: (?=.)", re.IGNORECASE)
"""What Outlook puts before the title of an event that is cancelled, as our exports do again."""
_PLAIN_BLANKS = " \t\r\n"
_ROLES = {"CHAIR": "chair"}
_SILENT = {"", "NEEDS-ACTION"}
_ROOMS = {"ROOM", "RESOURCE"}


class Draft(Struct):
    """An event on its way into the agenda: what was read of it, and all keys that do not tell when it is."""

    component: Component
    uid: str
    times: Times | None
    own: Facts | None
    entry: dict[str, Any]
    zone: ZoneInfo | None
    cities: list[str]

    @property
    def title(self) -> str:
        """Its title."""
        title: str = self.entry["title"]
        return title

    @property
    def characters(self) -> int:
        """How many characters it takes to write what it says besides its times, roughly."""
        return sum(len(str(value)) for value in self.entry.values())


def make_draft(component: Component, times: Times | None, places: Declarations, losses: Losses) -> Draft:
    """The draft of an event that is then; what has no place in it is counted in `losses`."""
    own = read_facts(component, losses)
    if own and times:
        times = restore_offset(times, own)
        if own.last and times.end is None and not isinstance(times.start, datetime) and times.start < own.last:
            times = Times(times.start, own.last)
    exported = recall_export(component, own, times) if own else None
    between = _between(component, times)
    if own and times and not read_bounds(component) and has_open_end(component, own, times):
        times = Times(times.start)
    summary = component.text("SUMMARY")
    title = exported.title(summary) if exported else _CANCELLED.sub("", summary)
    kept = own if exported and exported.keeps_place(component.text("LOCATION")) else None
    if exported and exported.has_place and not kept:
        what = "its place was changed, so its venue and its room are no longer those that were exported"
        losses.happened(what, title)
    cities = _cities(own, times, places, moved=not kept)
    zones = {places.zone(city) for city in cities}
    zone = find_named_zone(next(iter(zones)) or "") if len(zones) == 1 else None
    _count(component, losses, ours=own is not None)
    if own is None:
        _tell_unseen(component, title if one_line(title) else UNTITLED, losses)
    entry = {
        "id": own.id if own else "",
        "title": title if one_line(title) else UNTITLED,
        **(_kept_place(kept, cities, places) if kept else _place(component, own, cities, places, losses)),
        "between": [between.first, between.last] if between else None,
        # The note on a bound that is gone is gone as well.
        "date_note": own.date_note if own and (between or not read_bounds(component)) else None,
        "kind": own.kind if own and own.kind and one_line(own.kind) else None,
        "topics": _once(topic for one in component.all("CATEGORIES") for topic in one.texts),
        "organizers": _organizers(component, ours=own is not None, losses=losses),
        "people": _people(component, own, losses),
        "description": _description(component, exported, losses),
        "url": _url(component, own, losses),
        "status": _status(component, exported, losses),
        "visibility": _visibility(component, losses),
        "busy": exported and exported.busy(component.text("TRANSP")),
        "sources": _once(places.source(cited) for cited in own.sources if one_line(cited.id)) if own else None,
        "revised": own and own.revised,
    }
    return Draft(component, component.text("UID"), times, own, entry, zone, cities)


def _between(component: Component, times: Times | None) -> Between | None:
    """The two days that an event lies between, unless an app has changed its days since the export."""
    bounds = read_bounds(component)
    if not bounds or not times or isinstance(times.start, datetime):
        return None
    last = times.end or times.start
    same = last == bounds.last or (last == times.start and bounds.last == date.max)
    return bounds if times.start == bounds.first and same else None


def _cities(own: Facts | None, times: Times | None, places: Declarations, *, moved: bool) -> list[str]:
    """The cities that were exported; of an event at another place, those by whose clocks its times still are."""
    if own is None:
        return []
    named = dict(own.cities)
    there = times.zone if moved and times else None
    if isinstance(there, ZoneInfo):
        named = {name: zone for name, zone in named.items() if _zone_key(zone or places.home) == there.key}
    if named and not moved and own.venue and own.venue.city:
        named.setdefault(own.venue.city, None)
    return _once(places.city(name, _zone_key(zone)) for name, zone in named.items() if one_line(name))


def _zone_key(name: str | None) -> str | None:
    zone = find_named_zone(name) if name else None
    return zone.key if zone else None


def _kept_place(own: Facts, cities: list[str], places: Declarations) -> dict[str, Any]:
    """The place that was exported."""
    venue = own.venue
    if not venue or not one_line(venue.id):
        return {"city": write_cities(cities), "venue": None, "room": own.room}
    city = places.city(venue.city) if venue.city and one_line(venue.city) else None
    alone = cities == [city]
    key = places.venue(venue)
    return {"city": None if alone else write_cities(cities), "venue": key, "room": places.room(own.room, key)}


def _place(
    component: Component, own: Facts | None, cities: list[str], places: Declarations, losses: Losses
) -> dict[str, Any]:
    """The place in LOCATION, in cities that are known otherwise; not where the venue is that was exported."""
    position = _position(component, losses)
    if own and own.venue and position == (_rounded(own.venue.latitude), _rounded(own.venue.longitude)):
        position = None
    text = ", ".join(filter(None, map(one_line, component.text("LOCATION").splitlines())))
    if position and not text:
        losses.left_out("GEO without LOCATION")
    return {"city": write_cities(cities), "venue": places.location(text, position) if text else None, "room": None}


def _rounded(degrees: float | None) -> float | None:
    """As our exports write it."""
    return None if degrees is None else round(degrees, 6)


def _position(component: Component, losses: Losses) -> tuple[float, float] | None:
    found = component.first("GEO")
    if found is None:
        return None
    try:
        north, east = (float(part) for part in found.value.split(";"))
    except ValueError:
        north = east = float("nan")
    if not (abs(north) <= 90 and abs(east) <= 180):  # noqa: PLR2004 - degrees
        losses.left_out("GEO that cannot be read")
        return None
    return north, east


def _organizers(component: Component, *, ours: bool, losses: Losses) -> list[str]:
    named = [_name(one, losses) for one in component.all("ORGANIZER")]
    if ours and named:  # it is whoever took the file in
        losses.left_out("ORGANIZER")
        named = []
    return _once([*read_contacts(component), *named])


def _people(component: Component, own: Facts | None, losses: Losses) -> list[Any]:
    exported = own.people if own else ()
    found: dict[str, str | None] = {person.name: person.role for person in exported if one_line(person.name)}
    for attendee in component.all("ATTENDEE"):
        if attendee.parameters.get("CUTYPE", "").upper() in _ROOMS:
            losses.left_out("ATTENDEE that is a room or a resource")
            continue
        answer = attendee.parameters.get("PARTSTAT", "").upper()
        if answer == "DECLINED":
            losses.left_out("ATTENDEE who does not come")
            continue
        if answer not in _SILENT:
            losses.left_out("PARTSTAT, whether somebody who is invited comes")
        if name := _name(attendee, losses):
            found.setdefault(name, _ROLES.get(attendee.parameters.get("ROLE", "").upper()))
    return [{"name": name, "role": role} if role else name for name, role in found.items()]


def _name(of: Property, losses: Losses) -> str:
    """What somebody is called; else their address."""
    address = of.value.strip()
    if one_line(of.parameters.get("CN", "")) and address:
        losses.left_out("address of somebody who has a name (CN)")
    if address[:7].lower() == "mailto:":
        address = unquote(address[7:])
    return one_line(of.parameters.get("CN", "")) or one_line(address)


def _description(component: Component, exported: Exported | None, losses: Losses) -> str | None:
    """The description; what other apps write as HTML is made plain text, and keeps the line breaks that it has besides,
    since the property is of text (RFC 5545, 3.8.1.5).
    """
    found = component.first("DESCRIPTION")
    if not found:
        return None
    if exported:
        return exported.description(found.text) or None
    if not is_html(found.text):
        return trim_lines(found.text) or None
    losses.happened("HTML in its description is made plain text", component.text("SUMMARY"))
    return plain_text(found.text.replace("\n", "<br>")) or None


def _url(component: Component, own: Facts | None, losses: Losses) -> str | None:
    given = component.text("URL")
    if own and own.url and unquote(given) in {"", unquote(own.url)}:
        return own.url
    if not given:
        return None
    try:
        schema.convert_value(given, values.Url)
    except ValidationError:
        losses.left_out("URL that is no address")
        return None
    return given


def _status(component: Component, exported: Exported | None, losses: Losses) -> str | None:
    given = component.text("STATUS")
    status = exported.status(given) if exported else given.lower()
    if status and status not in set(Status):
        losses.left_out("STATUS that is none of an event")
        return None
    return status if status != Status.CONFIRMED else None


def _visibility(component: Component, losses: Losses) -> str | None:
    """Internal, unless all may see the event: CLASS of a value that is not known is to be read as PRIVATE (3.8.1.3)."""
    given = component.text("CLASS").upper()
    if given in {"", "PUBLIC"}:
        return None
    if given != "PRIVATE":
        losses.left_out(f"CLASS of {given}, which an agenda has as internal, as it has PRIVATE")
    return Visibility.INTERNAL.value


def _tell_unseen(component: Component, title: str, losses: Losses) -> None:
    """Tell which texts of an event are left out since nothing of them can be seen, as of a no-break space, and whether
    the title has blanks at its ends. What has plain blanks alone says nothing.
    """
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES"):
        given = component.all(name)
        for text in (text for one in given for text in (one.items if name == "CATEGORIES" else [one.text])):
            left = text.strip() if name == "DESCRIPTION" else one_line(text.strip())
            if text.strip(_PLAIN_BLANKS) and not left:
                losses.happened(f"nothing of its {name} can be seen, so that is left out", title)
    summary = component.first("SUMMARY")
    if summary and summary.text.strip() not in {"", summary.text}:
        losses.happened("the blanks at the ends of its title are left out", title)


def _count(component: Component, losses: Losses, *, ours: bool) -> None:
    for name in _ONCE:
        values = [one.value for one in component.all(name) if one.value.strip()]
        if set(values[1:]) - {values[0]} if values else ():
            losses.happened(f"it has more than one {name}, and only the first is kept", component.text("SUMMARY"))
    for one in component.properties:
        if one.name not in _KNOWN and not (ours and one.name in _OURS) and one.value.strip():
            losses.left_out(one.name)
        elif one.parameters.get("ENCODING"):
            losses.left_out(f"decoding of {one.name}, whose ENCODING is not known or whose value is not of it")
        else:
            for parameter in lost_parameters(one):
                losses.left_out(f"{parameter} of {one.name}")
    for inner in component.components:
        losses.left_out(inner.name)


def _once(names: Any) -> list[str]:
    return [name for name in dict.fromkeys(names) if one_line(name)]
