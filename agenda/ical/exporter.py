"""From the occurrences that were chosen to the iCalendar files that hold them, and what is worth saying of that."""

import codecs
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ics.grammar.parse import Container, ContentLine
from msgspec import Struct
from msgspec.structs import replace

from agenda.ical.content import fold_lines, raw_line, text_line
from agenda.ical.events import Alarm, ExportSettings, event_component, has_alarm, last_revised
from agenda.ical.split import plural_of, split_events
from agenda.ical.timezones import timezone_component
from agenda.model import Agenda, Event, Fixed, Occurrence, ToBeAnnounced
from agenda.query import EVERYTHING, Query, select_series
from agenda.recurrence.expand import last_start
from agenda.reports.groups import SplitBy
from agenda.text import count_of
from agenda.version import __version__

_START = b"BEGIN:VCALENDAR"
_SHORT = 1024
"""Octets to look at: what is all blanks in less than that is as good as empty."""


class Export(Struct, frozen=True):
    """The files by name, each as its lines (one file that is not split has no name), the remarks, and whether there
    is any event in the files.
    """

    files: dict[str, Iterator[str]]
    remarks: list[str]
    holds_events: bool

    def objection(self, path: Path) -> str | None:
        """Why a file that is there must not be replaced by what is exported; None where it may be."""
        with path.open("rb") as file:
            start = file.read(_SHORT)
        content = start.removeprefix(codecs.BOM_UTF8).split(None, 1)
        if not content and len(start) < _SHORT:
            return None
        if not content or content[0].upper() != _START:
            return "is no calendar"
        return None if self.holds_events else "would be left without any event"


def export_events(
    agenda: Agenda,
    found: Sequence[Occurrence],
    wanted: Query,
    choices: ExportSettings,
    by: SplitBy | None,
) -> Export:
    """The calendar of what was found, each series as one event, or a calendar for each part of it.

    Raises AgendaError where an event would have no UID.
    """
    dated = [_as_told(shown, wanted) for shown in found if not isinstance(shown.when, ToBeAnnounced)]
    events = [shown.event for shown in dated]
    remarks = [*_remarks(agenda, events, len(found) - len(dated)), *_idle_alarms(events, choices)]
    if by is None:
        return Export({"": write_calendar(agenda, events, choices)}, remarks, bool(events))
    split = split_events(dated, by, wanted)
    repeated = sum(len(part.events) for part in split) - len(events)
    if repeated:
        remarks.append(f"events of several {plural_of(by)} are in the file of each, under the same UID")
    return Export(
        {part.file: write_calendar(agenda, part.events, choices, part.title) for part in split}, remarks, bool(events)
    )


def to_ical(
    agenda: Agenda,
    selection: Query | Iterable[Occurrence] = EVERYTHING,
    *,
    alarms: Iterable[Alarm] = (),
    assumed_duration: timedelta | None = None,
) -> str:
    """One calendar (RFC 5545) as text whose lines end in CRLF: the events that a query selects, or those of the
    occurrences; of the whole agenda without either.

    A series is one event, whichever of its occurrences are given. An event whose date is to be announced is left out.
    Each event has the `alarms` that fit it, and a time without an end lasts `assumed_duration`, if that is given.
    Raises AgendaError where neither an event has a `uid` nor the agenda a `namespace`, from which to make one.
    """
    query = selection if isinstance(selection, Query) else EVERYTHING
    occurrences = select_series(agenda, selection) if isinstance(selection, Query) else selection
    once = {occurrence.event.id: occurrence for occurrence in occurrences}
    settings = ExportSettings(alarms=tuple(alarms), assumed=assumed_duration)
    return "".join(export_events(agenda, list(once.values()), query, settings, None).files[""])


def _as_told(shown: Occurrence, wanted: Query) -> Occurrence:
    """With its event in the zone that was asked for, if one was; a series stays in that by whose clocks it recurs."""
    event = shown.event
    if wanted.timezone is None or event.repeat:
        return shown
    return replace(shown, event=replace(event, when=shown.when))


def _remarks(agenda: Agenda, events: Iterable[Event], dateless: int) -> Iterator[str]:
    if dateless:
        have, were = ("has", "was") if dateless == 1 else ("have", "were")
        yield f"{count_of(dateless, 'event')} {have} no date yet and {were} left out"
    if any(last_revised(agenda, event) is None for event in events):
        yield "the agenda has no `revised`, so apps may not notice what changes; add it under [agenda]"


def _idle_alarms(events: Sequence[Event], choices: ExportSettings) -> Iterator[str]:
    """A remark for each sort of alarm that was asked for and that no event has."""
    for for_days, one, other in ((False, "a time", "18:00-1d reminds of days"), (True, "days", "30m reminds of times")):
        asked = any(alarm.for_days == for_days for alarm in choices.alarms)
        if asked and events and not any(has_alarm(event, for_days=for_days) for event in events):
            yield f"an alarm reminds of nothing, since no event here has {one}; one such as {other}"


_PRODUCT = f"-//agenda//mission-agenda {__version__}//EN"


def write_calendar(agenda: Agenda, events: Sequence[Event], choices: ExportSettings, part: str = "") -> Iterator[str]:
    """A calendar of the events, all of whose dates are fixed or lie between two days: its lines, each with its
    CRLF, some at a time.

    `part` tells in its name which part of the agenda it is. Raises
    AgendaError where an event would have no UID.
    """
    # No METHOD: a file is no scheduling message (RFC 5546, 3.2.1), and servers refuse it (RFC 4791, 4.1).
    written = ["".join(fold_lines(event_component(agenda, event, choices))) for event in events]
    head = _head(agenda, part, named=len(events) != 1)
    *lines, end = fold_lines(Container("VCALENDAR", *head, *_timezones(events)))
    yield from (*lines, *written, end)


def _head(agenda: Agenda, part: str, *, named: bool) -> Iterator[ContentLine]:
    """What holds for the whole calendar. Of a file with one event, Outlook would make a calendar if it had a name."""
    yield raw_line("VERSION", "2.0")
    yield raw_line("PRODID", _PRODUCT)
    yield raw_line("CALSCALE", "GREGORIAN")
    name = ": ".join(filter(None, (agenda.title, part)))
    if name and named:
        yield text_line("NAME", name)
        yield text_line("X-WR-CALNAME", name)
    if agenda.description:
        yield text_line("DESCRIPTION", agenda.description)
        yield text_line("X-WR-CALDESC", agenda.description)
    if agenda.timezone:
        yield text_line("X-WR-TIMEZONE", agenda.timezone.key)
    if agenda.color:
        yield raw_line("COLOR", agenda.color)
    if agenda.refresh:
        yield raw_line("REFRESH-INTERVAL", agenda.refresh, VALUE="DURATION")
        yield raw_line("X-PUBLISHED-TTL", agenda.refresh)


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
        yield timezone_component(zone, min(known), max(known), endless=zone in endless)
