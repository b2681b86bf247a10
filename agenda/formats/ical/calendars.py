"""VCALENDAR objects (RFC 5545, 3.4 and 3.6): whole iCalendar files."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from ics.grammar.parse import Container, ContentLine

from agenda import __version__
from agenda.formats.ical.content import folded, line, text
from agenda.formats.ical.events import Choices, component_of
from agenda.formats.ical.timezones import timezone
from agenda.model import Agenda, Event, Fixed
from agenda.recurrence.occurrences import last_start

_PRODUCT = f"-//agenda//mission-agenda {__version__}//EN"


def calendar(agenda: Agenda, events: Sequence[Event], choices: Choices, part: str = "") -> Iterator[str]:
    """A calendar of the events, all of whose dates are fixed or lie between two days: its lines, each with its
    CRLF, some at a time.

    `part` tells in its name which part of the agenda it is. Raises
    AgendaError where an event would have no UID.
    """
    # No METHOD: a file is no scheduling message (RFC 5546, 3.2.1), and servers refuse it (RFC 4791, 4.1).
    written = ["".join(folded(component_of(agenda, event, choices))) for event in events]
    head = _head(agenda, part, named=len(events) != 1)
    *lines, end = folded(Container("VCALENDAR", *head, *_timezones(events)))
    yield from (*lines, *written, end)


def _head(agenda: Agenda, part: str, *, named: bool) -> Iterator[ContentLine]:
    """What holds for the whole calendar. Of a file with one event, Outlook would make a calendar if it had a name."""
    yield line("VERSION", "2.0")
    yield line("PRODID", _PRODUCT)
    yield line("CALSCALE", "GREGORIAN")
    name = ": ".join(filter(None, (agenda.title, part)))
    if name and named:
        yield text("NAME", name)
        yield text("X-WR-CALNAME", name)
    if agenda.description:
        yield text("DESCRIPTION", agenda.description)
        yield text("X-WR-CALDESC", agenda.description)
    if agenda.timezone:
        yield text("X-WR-TIMEZONE", agenda.timezone.key)
    if agenda.color:
        yield line("COLOR", agenda.color)
    if agenda.refresh:
        yield line("REFRESH-INTERVAL", agenda.refresh, VALUE="DURATION")
        yield line("X-PUBLISHED-TTL", agenda.refresh)


def _timezones(events: Sequence[Event]) -> Iterator[Container]:
    """A VTIMEZONE for each zone that a time is told in, for as long as any event needs it."""
    times: dict[ZoneInfo, list[datetime]] = {}
    endless: set[ZoneInfo] = set()
    for event in events:
        when = event.when
        if isinstance(when, Fixed) and isinstance(when.start, datetime) and isinstance(when.start.tzinfo, ZoneInfo):
            zone, last = when.start.tzinfo, last_start(event, when)
            if last is None:
                endless.add(zone)
            known = [time for time in (when.start, when.end, last) if isinstance(time, datetime)]
            times.setdefault(zone, []).extend(known)
    for zone, known in sorted(times.items(), key=lambda item: item[0].key):
        yield timezone(zone, min(known), max(known), endless=zone in endless)
