"""From the occurrences that were chosen to the iCalendar files that hold them, and what is worth saying of that."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from agenda.formats.ical.calendars import calendar
from agenda.formats.ical.events import Choices, revised
from agenda.formats.ical.splits import By, parts
from agenda.model import Agenda, Event, Occurrence, ToBeAnnounced
from agenda.selection import Wanted
from agenda.text import counted

_START = b"BEGIN:VCALENDAR"


class Export(Struct, frozen=True):
    """The files by name, each as its lines (one file that is not split has no name), and the remarks."""

    files: dict[str, Iterator[str]]
    remarks: list[str]


def export(agenda: Agenda, found: Sequence[Occurrence], wanted: Wanted, choices: Choices, by: By | None) -> Export:
    """The calendar of what was found, each series as one event, or a calendar for each part of it.

    Raises AgendaError where an event would have no UID.
    """
    dated = [shown for shown in found if not isinstance(shown.when, ToBeAnnounced)]
    events = [shown.event for shown in dated]
    remarks = list(_remarks(agenda, events, len(found) - len(dated)))
    if by is None:
        return Export({"": calendar(agenda, events, choices)}, remarks)
    split = parts(dated, by, wanted)
    repeated = sum(len(part.events) for part in split) - len(events)
    if repeated:
        remarks.append(f"events of several {by.plural} are in the file of each, under the same UID")
    return Export({part.file: calendar(agenda, part.events, choices, part.title) for part in split}, remarks)


def is_calendar(path: Path) -> bool:
    """Whether a file that is there holds a calendar, or nothing at all, and so may be overwritten."""
    with path.open("rb") as file:
        start = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    return not start or start.upper().startswith(_START)


def _remarks(agenda: Agenda, events: Iterable[Event], dateless: int) -> Iterator[str]:
    if dateless:
        have, were = ("has", "was") if dateless == 1 else ("have", "were")
        yield f"{counted(dateless, 'event')} {have} no date yet and {were} left out"
    if any(revised(agenda, event) is None for event in events):
        yield "the agenda has no `revised`, so apps may not notice what changes; add it under [agenda]"
