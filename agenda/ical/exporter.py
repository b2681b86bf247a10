"""Export: from selected occurrences to iCalendar files, with remarks on what was left out of them."""

import codecs
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from ics.grammar.parse import Container  # why ics: agenda/ical/content.py
from msgspec import Struct
from msgspec.structs import replace

from agenda.errors import UsageError
from agenda.ical.content import fold_lines, is_utc
from agenda.ical.durations import NominalDuration
from agenda.ical.events import Alarm, ExportSettings, event_component, event_uid, has_alarm, written_times
from agenda.ical.head import (
    UNIDENTIFIED,
    CalendarIdentity,
    Publication,
    calendar_properties,
    identify_part,
    is_part,
    part_mark,
)
from agenda.ical.split import plural_of, split_events
from agenda.ical.timezones import timezone_component
from agenda.limits import MAX_SPLIT_CHARACTERS, MAX_SPLIT_COPIES
from agenda.model import Agenda, Event, Fixed, Occurrence, ToBeAnnounced
from agenda.order import sort_for_calendars
from agenda.query import EVERYTHING, Query, select_series
from agenda.recurrence.expand import last_start
from agenda.text.safe import quote
from agenda.text.sentences import count_of
from agenda.wording.choice import make_wording

_CALENDAR_START = b"BEGIN:VCALENDAR"
_CALENDAR_END = "END:VCALENDAR\r\n"
_START_OCTETS = 1024
"""How much of a file that is there is looked at. A file of nothing but blanks that is shorter counts as empty."""


class Export(Struct, frozen=True):
    """What an export is to write: each file's lines by its name, which is empty where the export is not split; the
    remarks for whoever asked for it; whether any file holds an event; and the mark of its files where it is split.
    """

    files: dict[str, Iterator[str]]
    remarks: list[str]
    holds_events: bool
    mark: str | None = None

    def objection(self, path: Path) -> str | None:
        """The reason why the file at `path` must not be replaced, e.g. `is no calendar`; None where it may be."""
        with path.open("rb") as file:
            start = file.read(_START_OCTETS)
        content = start.removeprefix(codecs.BOM_UTF8).split(None, 1)
        if not content and len(start) < _START_OCTETS:
            return None
        if not content or content[0].upper() != _CALENDAR_START:
            return "is no calendar"
        return None if self.holds_events else "would be left without any event"

    def is_former(self, path: Path) -> bool:
        """Whether the file at `path` is one that an export of this agenda, split by the same grouping, has written."""
        with path.open("rb") as file:
            start = file.read(_START_OCTETS)
            return (
                self.mark is not None and start.startswith(_CALENDAR_START) and is_part(start + file.read(), self.mark)
            )


def export_events(
    agenda: Agenda,
    occurrences: Sequence[Occurrence],
    *,
    query: Query,
    settings: ExportSettings,
    publication: Publication,
) -> Export:
    """The calendar of occurrences that `query` selected, each series as one event; or the calendars that the
    publication splits it into.

    Raises AgendaError where an event would have no UID, and UsageError where the calendars that it is split into have
    more characters than `MAX_SPLIT_CHARACTERS` says; nothing is raised later, while the lines are taken.
    """
    dated = [
        in_query_timezone(occurrence, query)
        for occurrence in sort_for_calendars(occurrences)
        if not isinstance(occurrence.when, ToBeAnnounced)
    ]
    events = [occurrence.event for occurrence in dated]
    for event in events:
        event_uid(agenda, event)  # raises before any file is begun
    remarks = [*_remarks(agenda, events, len(occurrences) - len(dated)), *_alarm_reach(events, settings)]
    by = publication.by
    if by is None:
        uid = agenda.namespace if publication.is_whole else None
        identity = CalendarIdentity(uid=uid, source=publication.source)
        return Export({"": write_calendar(agenda, events, settings, identity)}, remarks, bool(events))
    parts = split_events(dated, by, query, words=settings.words)
    if sum(len(part.events) for part in parts) > len(events):
        remarks.append(f"events of several {plural_of(by)} are in the file of each, under the same UID")
    if parts and all(part.is_rest for part in parts):
        remarks.append(f"no event here has a {by}, so all are in one file: {parts[0].file}")
    written = _write_events(agenda, events, settings)
    _check_copies(written, (part.events for part in parts))
    files = {
        part.file: _write_around(
            written, agenda, part.events, assumed=settings.assumed, identity=identify_part(agenda, part, publication)
        )
        for part in parts
    }
    return Export(files, remarks, bool(events), part_mark(agenda, by))


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
    assumed = NominalDuration(0, assumed_duration) if assumed_duration else None
    settings = ExportSettings(alarms=tuple(alarms), assumed=assumed, words=make_wording(agenda.language))
    publication = Publication(is_whole=isinstance(selection, Query) and not selection.is_selective)
    export = export_events(agenda, list(once.values()), query=query, settings=settings, publication=publication)
    return "".join(export.files[""])


def in_query_timezone(occurrence: Occurrence, query: Query) -> Occurrence:
    """The occurrence with its event's times in the zone of the query, if it has one; those of a series stay in the zone
    by whose clocks it recurs.
    """
    event = occurrence.event
    if query.timezone is None or event.repeat:
        return occurrence
    return replace(occurrence, event=replace(event, when=occurrence.when))


def _remarks(agenda: Agenda, events: Iterable[Event], dateless: int) -> Iterator[str]:
    if dateless:
        have, were = ("has", "was") if dateless == 1 else ("have", "were")
        yield f"{count_of(dateless, 'event')} {have} no date yet and {were} left out"
    if any(agenda.revised_of(event) is None for event in events):
        yield "the agenda has no `revised`, so apps may not notice what changes; add it under [agenda]"


def _alarm_reach(events: Sequence[Event], settings: ExportSettings) -> Iterator[str]:
    """Remarks on the alarms: how many events those for times, or for days, reach if the other sort would reach more,
    and which sort reaches none.
    """
    sorts = ((False, "a time", "30m"), (True, "days", "18:00-1d"))
    reached = [sum(has_alarm(event, for_days=for_days) for event in events) for for_days, *_ in sorts]
    asked_for = {alarm.for_days for alarm in settings.alarms}
    for for_days, needed, _ in sorts:
        _, other, example = sorts[not for_days]
        number, others = reached[for_days], reached[not for_days]
        if asked_for == {for_days} and others:
            reach = "alarms reach" if settings.alarms[1:] else "alarm reaches"
            have = "has" if others == 1 else "have"
            told = f"the {reach} {number:,} of {count_of(len(events), 'event')}, since {others:,} {have} {other}"
            rest = len(events) - number - others
            besides = f"; the other {rest:,} can have none: cancelled, or between two days" if rest else ""
            yield f"{told} and not {needed}; one such as {example} reaches those{besides}"
        elif for_days in asked_for and events and not number:
            yield f"an alarm reminds of nothing, since no event here has {needed}"


def write_calendar(
    agenda: Agenda, events: Sequence[Event], settings: ExportSettings, identity: CalendarIdentity = UNIDENTIFIED
) -> Iterator[str]:
    """The lines of a calendar (RFC 5545, 3.4), each with its CRLF, some at a time. The dates of all events are fixed or
    lie between two days.

    Raises AgendaError, when the first line is taken, where an event would have no UID.
    """
    written = _write_events(agenda, events, settings)
    yield from _write_around(written, agenda, events, assumed=settings.assumed, identity=identity)


def _write_events(agenda: Agenda, events: Iterable[Event], settings: ExportSettings) -> dict[str, str]:
    """The text of each event in a calendar, by its id."""
    return {event.id: fold_lines(event_component(agenda, event, settings)) for event in events}


def _write_around(
    written: Mapping[str, str],
    agenda: Agenda,
    events: Sequence[Event],
    *,
    assumed: NominalDuration | None,
    identity: CalendarIdentity,
) -> Iterator[str]:
    """The lines of a calendar around the texts of these events, which `written` has by their ids."""
    # No METHOD: a file is no scheduling message (RFC 5546, 3.2.1), and servers refuse it (RFC 4791, 4.1).
    head = calendar_properties(agenda, events, identity)
    calendar = fold_lines(Container("VCALENDAR", *head, *_timezones(events, assumed)))
    yield from (calendar.removesuffix(_CALENDAR_END), *(written[event.id] for event in events), _CALENDAR_END)


def _check_copies(written: Mapping[str, str], calendars: Iterable[Iterable[Event]]) -> None:
    """Raise UsageError where the texts of these events are too many characters in all calendars together."""
    copies = Counter(event.id for events in calendars for event in events)
    characters = sum(len(written[id_]) * number for id_, number in copies.items())
    most = max(MAX_SPLIT_CHARACTERS, MAX_SPLIT_COPIES * sum(map(len, written.values())))
    if characters > most:
        id_, number = max(copies.items(), key=lambda item: len(written[item[0]]) * item[1])
        raise UsageError(
            f"the events would have {characters:,} characters in all their calendars together, and {most:,} are the"
            f" most; event {quote(id_)} alone is in {number:,} of these; name fewer people, topics and so on in each,"
            " or choose fewer events"
        )


class CalendarWriter:
    """Many calendars of the events of one agenda, e.g. one for each person: what several of them have in common is
    written only once. Each tells of time zones for as long as any of all the `events` needs them.

    Raises AgendaError where an event would have no UID.
    """

    def __init__(self, agenda: Agenda, events: Sequence[Event], settings: ExportSettings) -> None:
        self._agenda = agenda
        self._events = _write_events(agenda, events, settings)
        components = dict(_zone_components(events, settings.assumed))
        self._zones = {zone: fold_lines(component) for zone, component in components.items()}
        self._zone_of = {event.id: _zone_of(written_times(event, settings.assumed)) for event in events}

    def check(self, calendars: Iterable[Iterable[Event]]) -> None:
        """Raise UsageError where calendars of these events have too many characters together, as `MAX_SPLIT_CHARACTERS`
        says.
        """
        _check_copies(self._events, calendars)

    def write(self, events: Sequence[Event], identity: CalendarIdentity = UNIDENTIFIED) -> str:
        """The calendar of these, which are among the events of the writer, as text whose lines end in CRLF."""
        calendar = fold_lines(Container("VCALENDAR", *calendar_properties(self._agenda, events, identity)))
        needed = {self._zone_of[event.id] for event in events}
        zones = (text for zone, text in self._zones.items() if zone in needed)
        written = (self._events[event.id] for event in events)
        return "".join((calendar.removesuffix(_CALENDAR_END), *zones, *written, _CALENDAR_END))


def _timezones(events: Sequence[Event], assumed: NominalDuration | None) -> Iterator[Container]:
    """A VTIMEZONE (3.6.5) for each zone by whose clocks times are written, for as long as any event needs it."""
    return (component for _, component in _zone_components(events, assumed))


def _zone_components(events: Sequence[Event], assumed: NominalDuration | None) -> Iterator[tuple[ZoneInfo, Container]]:
    """The same, each with its zone."""
    times: dict[ZoneInfo, list[datetime]] = {}
    endless: set[ZoneInfo] = set()
    for event in events:
        written = written_times(event, assumed)
        zone = _zone_of(written)
        if zone is None or not isinstance(event.when, Fixed):
            continue
        last = last_start(event, event.when)
        if last is None:
            endless.add(zone)
        times.setdefault(zone, []).extend((*written, last) if isinstance(last, datetime) else written)
    for zone, of_zone in sorted(times.items(), key=lambda item: item[0].key):
        yield zone, timezone_component(zone, min(of_zone), max(of_zone), endless=zone in endless)


def _zone_of(written: Sequence[datetime]) -> ZoneInfo | None:
    """The zone by whose clocks the times of an event are written, where that needs a VTIMEZONE."""
    zone = written[0].tzinfo if written else None
    return zone if isinstance(zone, ZoneInfo) and not is_utc(zone) else None
