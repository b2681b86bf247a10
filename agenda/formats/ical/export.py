"""From the occurrences that were chosen to the iCalendar files that hold them, and what is worth saying of that."""

import codecs
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from agenda.formats.ical.calendars import calendar
from agenda.formats.ical.events import Choices, has_alarm, revised
from agenda.formats.ical.splits import By, parts
from agenda.model import Agenda, Event, Occurrence, ToBeAnnounced
from agenda.selection import Wanted
from agenda.text import counted

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


def export(
    agenda: Agenda,
    found: Sequence[Occurrence],
    wanted: Wanted,
    choices: Choices,
    by: By | None,
) -> Export:
    """The calendar of what was found, each series as one event, or a calendar for each part of it.

    Raises AgendaError where an event would have no UID.
    """
    dated = [_as_told(shown, wanted) for shown in found if not isinstance(shown.when, ToBeAnnounced)]
    events = [shown.event for shown in dated]
    remarks = [*_remarks(agenda, events, len(found) - len(dated)), *_idle_alarms(events, choices)]
    if by is None:
        return Export({"": calendar(agenda, events, choices)}, remarks, bool(events))
    split = parts(dated, by, wanted)
    repeated = sum(len(part.events) for part in split) - len(events)
    if repeated:
        remarks.append(f"events of several {by.plural} are in the file of each, under the same UID")
    return Export(
        {part.file: calendar(agenda, part.events, choices, part.title) for part in split}, remarks, bool(events)
    )


def _as_told(shown: Occurrence, wanted: Wanted) -> Occurrence:
    """With its event in the zone that was asked for, if one was; a series stays in that by whose clocks it recurs."""
    event = shown.event
    if wanted.timezone is None or event.repeat:
        return shown
    return replace(shown, event=replace(event, when=shown.when))


def _remarks(agenda: Agenda, events: Iterable[Event], dateless: int) -> Iterator[str]:
    if dateless:
        have, were = ("has", "was") if dateless == 1 else ("have", "were")
        yield f"{counted(dateless, 'event')} {have} no date yet and {were} left out"
    if any(revised(agenda, event) is None for event in events):
        yield "the agenda has no `revised`, so apps may not notice what changes; add it under [agenda]"


def _idle_alarms(events: Sequence[Event], choices: Choices) -> Iterator[str]:
    """A remark for each sort of alarm that was asked for and that no event has."""
    for for_days, one, other in ((False, "a time", "18:00-1d reminds of days"), (True, "days", "30m reminds of times")):
        asked = any(alarm.for_days == for_days for alarm in choices.alarms)
        if asked and events and not any(has_alarm(event, for_days=for_days) for event in events):
            yield f"an alarm reminds of nothing, since no event here has {one}; one such as {other}"
