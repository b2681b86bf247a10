"""What a calendar itself says of the events that an import makes of it."""

from datetime import datetime

from msgspec.structs import replace

from agenda.agendafile.keys import event_keys_as_written
from agenda.ical.calendar_head import last_revision
from agenda.ical.imported_events import ImportedEvent
from agenda.ical.tzids import CalendarZones
from agenda.ical.x_agenda import Exported
from agenda.interchange.match import Incoming
from agenda.interchange.result import ROLES, Origin
from agenda.model import Event
from agenda.text.safe import one_line
from agenda.wording.choice import make_wording

_PROPERTIES = {
    "SUMMARY": "title",
    "LOCATION": "venue",
    "DESCRIPTION": "description",
    "URL": "url",
    "CATEGORIES": "topics",
    "CONTACT": "organizers",
    "ORGANIZER": "organizers",
    "ATTENDEE": "people",
    "STATUS": "status",
    "CLASS": "visibility",
}
"""The key that each property tells of. One that a calendar lacks says nothing: many apps leave out what they do not
know, and write what they know to be empty without a value.
"""
_TIMES = frozenset({"start", "end", "repeat", "except"})
_OWN = frozenset({*event_keys_as_written(), ROLES}) - {"id", "uid", "revised"}
"""What our own exports tell, all of it."""


def make_origin(event: ImportedEvent, zones: CalendarZones) -> Origin:
    """The origin of an event, in whose calendar TZIDs mean these `zones`. Another time of a series has no UID of its
    own, but an id that is made of that of the series and its day.
    """
    component, own = event.draft.component, event.draft.own
    told = {key for name, key in _PROPERTIES.items() if component.first(name)}
    told |= _OWN if own else _TIMES
    if event.part is None and component.first("DTSTART"):  # it has one that cannot be read
        told -= _TIMES | {"between"}
    is_cancelled = event.draft.entry["status"] is not None
    return Origin(
        told=frozenset(told | {"status"} if is_cancelled else told),
        uid=one_line(event.draft.uid) if event.day is None else "",
        id=event.id if event.day is not None else "",
        series=one_line(event.named_after.uid) if event.day is not None else "",
        revised=last_revision([component], zones, None),
        floats=_floats(event),
        language=make_wording(own.language).language if own else None,
    )


def recall_words(one: Incoming, event: Event, language: str | None) -> Incoming:
    """An event of a calendar without what our export of that event of the agenda, in that language, adds to its title,
    its description and its place: apps that take a calendar over keep these, but not all that we know an event by.
    """
    if ROLES in one.origin.told:
        return one
    exported = Exported(replace(event, title="", description=None), make_wording(language))
    description = exported.description(one.event.description) if one.event.description else ""
    recalled = replace(one.event, title=exported.title(one.event.title), description=description or None)
    venue = one.event.venue
    is_same = exported.has_place and venue is not None and exported.keeps_place(venue.name)
    told = one.origin.told - {"venue"} if is_same else one.origin.told
    return replace(one, event=recalled, origin=replace(one.origin, told=told))


def _floats(event: ImportedEvent) -> bool:
    start = event.part.times.start if event.part else None
    return isinstance(start, datetime) and start.tzinfo is None
