"""The properties of a calendar itself (RFC 5545, 3.7; RFC 7986, 5), and the mark by which an export knows its files."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ics.grammar.parse import ContentLine  # why ics: agenda/ical/content.py
from msgspec import Struct

from agenda.ical.content import escape_uri, format_utc, raw_line, text_line
from agenda.ical.split import CalendarPart
from agenda.ical.x_agenda import PRODUCT, X_AGENDA_EVENT, X_AGENDA_SPLIT
from agenda.ical.x_places import X_AGENDA_PLACES, write_places
from agenda.model import Agenda, Event
from agenda.reports.groups import Grouping, SplitBy
from agenda.text.links import is_link
from agenda.version import __version__

_PART_COMPONENTS = {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT", "VALARM"}
"""The components that our exports write."""


class Publication(Struct, frozen=True, kw_only=True):
    """How an export is published: as one calendar, or split `by` a grouping into one for each value; with `source`, at
    that address, which is of a folder if it is split; and whether it `is_whole`, and no selection of the events.
    """

    by: SplitBy | None = None
    source: str | None = None
    is_whole: bool = False


class CalendarIdentity(Struct, frozen=True, kw_only=True):
    """What a calendar says of itself besides what its agenda does.

    - `part`: added to the name of the agenda, e.g. `Tokyo`; empty of the file of an event, which is no calendar.
    - `uid`: by which programs may know it from others; None of a selection, which is not the calendar of its agenda.
    - `mark`: of a part of a split export, by which a later one knows it.
    - `source`: the address at which it is published.
    """

    part: str = ""
    uid: str | None = None
    mark: str | None = None
    source: str | None = None


UNIDENTIFIED = CalendarIdentity()


def identify_part(agenda: Agenda, part: CalendarPart, publication: Publication) -> CalendarIdentity:
    """What the calendar of a part of a split export says of itself."""
    by, source = publication.by, publication.source
    return CalendarIdentity(
        part="" if by is Grouping.EVENT else part.title,
        uid=_part_uid(agenda, by, part.file) if by and publication.is_whole else None,
        mark=part_mark(agenda, by) if by else None,
        source=f"{source.rstrip('/')}/{part.file}" if source else None,
    )


def calendar_properties(agenda: Agenda, events: Sequence[Event], identity: CalendarIdentity) -> Iterator[ContentLine]:
    """The properties of the calendar of these events. Of one event it has no name, unless it is a part such as a city,
    which may well get more: Outlook would make a calendar of the file.
    """
    yield raw_line("VERSION", "2.0")
    yield raw_line("PRODID", f"{PRODUCT} {__version__}//EN")
    yield raw_line("CALSCALE", "GREGORIAN")
    if identity.uid:
        yield _uid_line(identity.uid)
    revised = max(filter(None, (agenda.revised_of(event) for event in events)), default=agenda.revised)
    if revised:
        yield raw_line("LAST-MODIFIED", format_utc(revised))
    name = ": ".join(filter(None, (agenda.title, identity.part)))
    if name and (identity.part or len(events) != 1):
        yield text_line("NAME", name)
        yield text_line("X-WR-CALNAME", name)
    if agenda.description:
        yield text_line("DESCRIPTION", agenda.description)
        yield text_line("X-WR-CALDESC", agenda.description)
    if agenda.url and is_link(agenda.url):
        yield raw_line("URL", escape_uri(agenda.url))
    if agenda.timezone:
        yield text_line("X-WR-TIMEZONE", agenda.timezone.key)
    if agenda.color:
        yield raw_line("COLOR", agenda.color)
    if agenda.refresh:
        yield raw_line("REFRESH-INTERVAL", agenda.refresh, VALUE="DURATION")
        yield raw_line("X-PUBLISHED-TTL", agenda.refresh)
    if identity.source:
        yield raw_line("SOURCE", escape_uri(identity.source), VALUE="URI")
    if places := write_places(agenda, events):
        yield text_line(X_AGENDA_PLACES, places)
    if identity.mark:
        yield raw_line(X_AGENDA_SPLIT, identity.mark)


def _uid_line(uid: str) -> ContentLine:
    """The line of the calendar's UID (RFC 7986, 5.3), its name in small letters, which mean the same (RFC 5545, 3.1):
    vdirsyncer takes the first line that starts with UID in capitals for that of each event, and keeps only one event.
    """
    line = raw_line("UID", uid)
    line.name = line.name.lower()
    return line


def part_mark(agenda: Agenda, by: SplitBy) -> str | None:
    """The mark of the parts of an agenda that is split by that grouping, e.g. `city@tour.example`.

    None where the agenda has no `namespace`, which tells its files from others.
    """
    return f"{by}@{agenda.namespace}" if agenda.namespace else None


def is_part(content: bytes, mark: str) -> bool:
    """Whether a file of that content is a whole part with that mark, as we wrote it. It is not if anything was added to
    it, if an app wrote it anew, or if it is a calendar of another agenda.
    """
    lines = content.split(b"\r\n")
    if lines[0] != b"BEGIN:VCALENDAR" or lines[-2:] != [b"END:VCALENDAR", b""]:
        return False
    inner = next(number for number, line in enumerate(lines[1:], 1) if line.startswith((b"BEGIN:", b"END:")))
    head = b"\r\n".join(lines[1:inner]).replace(b"\r\n ", b"").split(b"\r\n")
    if f"{X_AGENDA_SPLIT}:{mark}".encode() not in head or not any(
        line.startswith(f"PRODID:{PRODUCT} ".encode()) for line in head
    ):
        return False
    components = Counter(line.partition(b":")[2].decode(errors="replace") for line in lines if line[:6] == b"BEGIN:")
    ours = sum(line.startswith(f"{X_AGENDA_EVENT}:".encode()) for line in lines)
    return components.keys() <= _PART_COMPONENTS and components["VCALENDAR"] == 1 and components["VEVENT"] == ours


def _part_uid(agenda: Agenda, by: SplitBy, file: str) -> str | None:
    """The UID of the calendar in the file of a part, e.g. `city:tokyo@tour.example` in `tokyo.ics`: no event has that,
    as there is no colon in an id.

    The file of an event has none, as it may go to a CalDAV server, which knows events by their own UIDs alone.
    """
    stem = file.removesuffix(".ics")
    return f"{by}:{stem}@{agenda.namespace}" if agenda.namespace and by is not Grouping.EVENT else None
