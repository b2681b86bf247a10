"""Calendar objects (RFC 4791, 4.1) compared by what they say: servers write them anew in forms of their own."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from agenda.errors import DataError
from agenda.ical.durations import parse_duration
from agenda.ical.reader import Component, Property, read_calendars
from agenda.ical.x_agenda import X_AGENDA_EVENT, read_namespace

_STAMPS = {"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"}
"""Properties that servers and apps write anew although nothing has changed."""
_LISTS = {"EXDATE", "RDATE"}
"""Properties whose values may stand on one line each or on one line together, which is the same."""
_RULES = {"RRULE", "EXRULE"}
_DURATIONS = {"DURATION", "TRIGGER"}
_DAY_SECONDS = 24 * 60 * 60
_TIME_ZONE = re.compile(
    r"^BEGIN:VTIMEZONE[ \t]*\r?\n(?:(?!BEGIN:VEVENT|(?:BEGIN|END):VTIMEZONE)[^\n]*\n)*END:VTIMEZONE[ \t]*\r?\n",
    re.MULTILINE | re.IGNORECASE,
)
"""A component that most objects have, longer than most events: it is cut before the rest is parsed."""

Content = tuple[str, list["_Line"], list["Content"]]
"""What a component says, in a form that can be compared: its name, its lines and its components, both sorted."""
_Line = tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]
"""What a line says: its name, its parameters and its values."""


class CalendarObject(Struct, frozen=True):
    """The event of a calendar object, a series with all that deviates from it: its UID, its title, whether it bears our
    mark, the namespace that the mark names, and its content.
    """

    uid: str
    title: str
    is_marked: bool
    namespace: str | None
    content: list[Content]

    def is_of(self, namespace: str) -> bool:
        """Whether the event is one of the agenda of that namespace: by its UID, or by our mark."""
        return self.uid.endswith(f"@{namespace}") or self.namespace == namespace


def read_object(data: str) -> CalendarObject | None:
    """The calendar object that is written so; None where it holds no event, is no iCalendar at all, or has components
    within each other hundreds deep.

    VTIMEZONE and the calendar's own properties are no part of its content, since servers replace them, nor are the
    times and numbers of its revisions.
    """
    try:
        calendars = read_calendars(_TIME_ZONE.sub("", data).encode(errors="replace"), "").calendars
    except DataError:
        return None
    events = [event for calendar in calendars for event in calendar.components if event.name == "VEVENT"]
    # The event that is no exception of a series comes first, whatever the order.
    events.sort(key=lambda event: event.first("RECURRENCE-ID") is not None)
    uid = events[0].text("UID") if events else ""
    if not uid:
        return None
    try:
        content = sorted(map(_content, events))
    except RecursionError:
        return None
    return CalendarObject(
        uid=uid,
        title=events[0].text("SUMMARY"),
        is_marked=events[0].first(X_AGENDA_EVENT) is not None,
        namespace=read_namespace(events[0]),
        content=content,
    )


def _content(component: Component) -> Content:
    lines = sorted(line for given in component.properties for line in _lines(given))
    return component.name, lines, sorted(map(_content, component.components))


def _lines(given: Property) -> Iterator[_Line]:
    if given.name in _STAMPS:
        return
    # VALUE says what the value itself shows, and may stand or not where it names the usual type.
    parameters = tuple(sorted(item for item in given.parameters.items() if item[0] != "VALUE"))
    for values in _values(given):
        yield given.name, parameters, values


def _values(given: Property) -> Iterable[tuple[str, ...]]:
    """The values of each line that the property may be written on."""
    if given.name in _LISTS:
        return [(value.strip(),) for value in given.value.split(",")]
    if given.name in _RULES:
        return [tuple(sorted(given.value.upper().split(";")))]
    if given.name == "CATEGORIES":
        return [(text,) for text in given.texts]
    if given.name == "GEO":
        return [tuple(map(_number, given.value.split(";")))]
    if given.name in _DURATIONS:
        return [(_seconds(given.value),)]
    return [(given.text,)]


def _number(text: str) -> str:
    """A number without the zeros at its end."""
    try:
        return str(float(text))
    except ValueError:
        return text


def _seconds(text: str) -> str:
    """A duration in seconds: servers write a day for 24 hours."""
    try:
        duration = parse_duration(text)
    except (ValueError, OverflowError):
        return text
    return str(duration.days * _DAY_SECONDS + duration.exact.total_seconds())
