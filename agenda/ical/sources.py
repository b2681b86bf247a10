"""The VEVENTs of a file, and which of them are the current ones."""

import re
from collections.abc import Sequence

from msgspec import Struct

from agenda.ical.reader import Component, Property
from agenda.ical.source_rules import comparable
from agenda.ical.times import Times, read_moment
from agenda.ical.tzids import CalendarZones
from agenda.interchange.losses import Losses


class SourceEvent(Struct, frozen=True):
    """A VEVENT of the file, with the zones of its calendar, and when it is, if that can be told."""

    component: Component
    zones: CalendarZones
    times: Times | None
    is_cancelled: bool

    @property
    def uid(self) -> str:
        """Its UID; empty where it has none."""
        return self.component.text("UID")

    @property
    def instead_of(self) -> Property | None:
        """Its RECURRENCE-ID: which time of a series it stands in the place of."""
        return self.component.first("RECURRENCE-ID")

    @property
    def is_master(self) -> bool:
        """Whether it has a time, and is no change of one time of a series."""
        return self.times is not None and self.instead_of is None

    @property
    def recurs(self) -> bool:
        """Whether it is the whole of a series."""
        return self.is_master and self.component.first("RRULE", "RDATE") is not None


def current_revisions(sources: Sequence[SourceEvent], losses: Losses) -> list[SourceEvent]:
    """The events without those that are older revisions of another: of one UID and RECURRENCE-ID the highest SEQUENCE
    counts, then the latest DTSTAMP (RFC 5545, 3.8.7.4; RFC 5546, 2.1.5); of exact copies the first.
    """
    newest: dict[object, SourceEvent] = {}
    for source in sources:
        if source.uid:
            key = _identity(source)
            newest[key] = max(newest.get(key, source), source, key=revision_of)
    kept: list[SourceEvent] = []
    seen: set[object] = set()
    for source in sources:
        if source.uid:
            if revision_of(source) < revision_of(newest[_identity(source)]):
                losses.happened("an older revision of it is left out", source.component.text("SUMMARY"))
                continue
            content = (_identity(source), source.times, repr(source.component.properties))
            if content in seen:
                continue
            seen.add(content)
        kept.append(source)
    return kept


def _identity(source: SourceEvent) -> object:
    """What tells an event from others: its UID, and which time of its series it is."""
    given = source.instead_of
    if given is None:
        return source.uid, None
    try:
        return source.uid, comparable(read_moment(given, source.zones))
    except (ValueError, OverflowError):
        return source.uid, given.value


def revision_of(source: SourceEvent) -> tuple[int, str]:
    """The number and the stamp of a revision, of which the highest is the current one."""
    number = source.component.text("SEQUENCE")
    return int(number) if re.fullmatch("[0-9]{1,9}", number) else 0, source.component.text("DTSTAMP")
