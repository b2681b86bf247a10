"""A whole iCalendar file as the tables of an agenda file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.agendafile.keys import event_keys_as_written
from agenda.ical.calendar_head import calendar_title, last_revision, make_head
from agenda.ical.declarations import Declarations
from agenda.ical.drafts import Draft, make_draft
from agenda.ical.imported_events import ImportedEvent, assign_ids
from agenda.ical.judge import Judge, SourceSeries, StartAndEnd
from agenda.ical.origins import make_origin
from agenda.ical.reader import Component, Property, read_calendars
from agenda.ical.recurrence_set import (
    RecurrenceSet,
    Removals,
    moved_on,
    read_recurrence_set,
    read_removal,
    unite_removals,
)
from agenda.ical.series_forms import SeriesWriter
from agenda.ical.series_parts import UNKNOWN, ExportedRule, SeriesPart
from agenda.ical.source_rules import comparable, gives_start, parse_source_rule
from agenda.ical.sources import SourceEvent, current_revisions, revision_of
from agenda.ical.times import (
    Times,
    agenda_times,
    is_backwards,
    is_skipped_past_end,
    local_day,
    local_moment,
    read_moment,
    read_start,
    read_times,
    same_kind,
)
from agenda.ical.tzids import CalendarZones, find_named_zone
from agenda.ical.whole_days import with_whole_days
from agenda.ical.x_agenda import PRODUCT
from agenda.ical.x_places import read_places
from agenda.interchange.losses import Losses
from agenda.interchange.result import ImportResult, Origin
from agenda.limits import (
    MAX_COPIED_CHARACTERS,
    MAX_IMPORTED_STEPS,
    MAX_IMPORTED_STEPS_OF_SERIES,
    MAX_ONWARD_CHANGES,
)
from agenda.model import Moment, Status
from agenda.recurrence.budget import Budget, TooManyStepsError


def import_calendars(content: bytes, shown: str, home: ZoneInfo | None = None) -> ImportResult:
    """The agenda that the content of an iCalendar file makes, the file being called `shown` in messages. Its time zone
    is `home`, else the one that the calendar names or most times are of.

    Raises DataError where it is no iCalendar file, or not a whole one.
    """
    found = read_calendars(content, shown)
    losses = Losses()
    reading = _Import(found.calendars, losses, home)
    tables = reading.tables()
    return ImportResult(tables, found.diagnostics, list(losses.told()), reading.origins)


class _Change(Struct, frozen=True, kw_only=True):
    """What an event with a RECURRENCE-ID (RFC 5545, 3.8.4.4) changes: the occurrence that starts at `since`, on a `day`
    of the series, is at `times` now; if the change `is_onward`, all later ones move with it.
    """

    draft: Draft
    times: Times
    since: Moment
    day: date
    removals: Removals
    is_onward: bool
    is_cancelled: bool

    @property
    def time(self) -> object:
        """Which time of the series it changes, or from which on."""
        return comparable(self.since), self.is_onward


class _Import:
    """One import of the calendars of one file."""

    def __init__(self, calendars: Sequence[Component], losses: Losses, home: ZoneInfo | None) -> None:
        self._calendars = calendars
        self._losses = losses
        self._budget = Budget(MAX_IMPORTED_STEPS)
        self._zones = [CalendarZones(calendar, losses=losses, budget=self._budget, home=home) for calendar in calendars]
        self._sources = current_revisions(
            [
                self._source(event, zones, calendar)
                for calendar, zones in zip(calendars, self._zones, strict=True)
                for event in calendar.components
                if event.name == "VEVENT"
            ],
            losses,
        )
        self._home = next((zones.home for zones in self._zones if zones.home), None) or self._usual()
        self._places = Declarations(self._home.key if self._home else None, read_places(calendars, losses))
        self._writer = SeriesWriter(losses)
        self._judge = Judge(losses)
        self._copied_left = MAX_COPIED_CHARACTERS
        self._events: list[ImportedEvent] = []

    def tables(self) -> dict[str, Any]:
        """The tables, in the order of an agenda file."""
        drafts = [self._draft(source) for source in self._sources]
        self._events = entries = list(self._entries(drafts))
        title = calendar_title(self._calendars)
        namespace = assign_ids(entries, title, self._losses)
        # What was revised by itself says nothing of when the agenda was.
        together = [draft.component for draft in drafts if not (draft.own and draft.own.revised)]
        events = together or [source.component for source in self._sources]
        head = make_head(
            self._calendars,
            home=self._home,
            namespace=namespace,
            revised=last_revision(events, self._zones[0], self._home),
            losses=self._losses,
        )
        venues, travel = self._places.venues(), self._places.travel()
        tables = {
            "agenda": head,
            **self._places.tables(),
            "travel": travel,
            "events": [self._table(entry, venues) for entry in entries],
        }
        return {key: table for key, table in tables.items() if table}

    def _source(self, event: Component, zones: CalendarZones, calendar: Component) -> SourceEvent:
        is_cancelled = calendar.text("METHOD").upper() == "CANCEL"  # RFC 5546, 3.2.5
        event = with_whole_days(event)
        return SourceEvent(event, zones, self._times_of(event, zones), is_cancelled)

    def _draft(self, source: SourceEvent) -> Draft:
        draft = make_draft(source.component, source.times, self._places, self._losses)
        if source.is_cancelled:
            draft.entry["status"] = Status.CANCELLED.value
        if draft.entry["status"] == Status.CANCELLED and draft.own is None:
            # Apps notice that it was cancelled by its own time, however old the rest of the calendar is.
            draft.entry["revised"] = last_revision([source.component], source.zones, self._home)
        return draft

    def _times_of(self, event: Component, zones: CalendarZones) -> Times | None:
        title = event.text("SUMMARY")
        try:
            start = read_start(event, zones)
        except (ValueError, OverflowError):
            self._losses.happened("its date cannot be read, so it is to be announced", title)
            return None
        if start is None:
            return None
        try:
            times = read_times(event, zones, start)
            if times.end is None and is_skipped_past_end(event, zones):
                self._losses.happened("the clocks skip its start, up to its end or past it, so it has none", title)
            elif times.end is None and is_backwards(event, zones):
                self._losses.happened("its end is before its start, so it has none", title)
        except (ValueError, OverflowError):
            self._losses.happened("its end cannot be read, so it has none", title)
            return Times(start)
        return times

    def _usual(self) -> ZoneInfo | None:
        """The zone that most times are of, if the calendar names none; none where most float."""
        if all(calendar.text("PRODID").startswith(PRODUCT) for calendar in self._calendars):
            return None
        known = [source.times for source in self._sources if source.times]
        timed = [times for times in known if isinstance(times.start, datetime)]
        zones = Counter(times.zone for times in timed if times.zone is not UTC)
        if zones:
            usual = zones.most_common(1)[0][0]
            return usual if isinstance(usual, ZoneInfo) else None
        recurring = any(source.component.first("RRULE") for source in self._sources)
        return ZoneInfo("UTC") if timed and recurring else None

    def origins(self) -> Iterator[Origin]:
        """The origins of the events of the tables, once these are made."""
        return (make_origin(event, self._zones[0]) for event in self._events)

    def _entries(self, drafts: Sequence[Draft]) -> Iterator[ImportedEvent]:
        """The events of the agenda, in the order of the file; a series may become several."""
        masters = {source.uid: place for place, source in enumerate(self._sources) if source.is_master}
        masters |= {source.uid: place for place, source in enumerate(self._sources) if source.recurs}
        changing: dict[int, list[int]] = {}
        for place, source in enumerate(self._sources):
            if source.uid and source.instead_of and source.uid in masters:
                changing.setdefault(masters[source.uid], []).append(place)
        placed = {place for places in changing.values() for place in places}
        for place, (source, draft) in enumerate(zip(self._sources, drafts, strict=True)):
            if place in placed:
                continue
            if draft.times is None:
                self._check_rule(source, draft)
                yield ImportedEvent(draft, draft, None)
            elif source.recurs or place in changing:
                changes = [(self._sources[other], drafts[other]) for other in changing.get(place, ())]
                entries = list(self._series(source, draft, draft.times, changes))
                self._compare_series([(source, draft), *changes], entries)
                yield from entries
            else:
                self._check_rule(source, draft)
                if source.instead_of:
                    what = "the series that it is a time of (RECURRENCE-ID) is not in the file"
                    self._losses.happened(what, draft.title)
                yield ImportedEvent(draft, draft, SeriesPart(draft.times))

    def _series(
        self, master: SourceEvent, draft: Draft, times: Times, changing: Sequence[tuple[SourceEvent, Draft]]
    ) -> Iterator[ImportedEvent]:
        """The events of a series: those of its rule and its dates, of what was changed from some time on, and of each
        time that was changed for itself.
        """
        event = master.component
        self._budget.begin_series(MAX_IMPORTED_STEPS_OF_SERIES)
        has_rules = True
        try:
            series = read_recurrence_set(event, times, zones=master.zones, losses=self._losses, budget=self._budget)
        except (ValueError, OverflowError):
            has_rules = False
            self._writer.tell_lost_rules([rule.value for rule in event.all("RRULE")], draft.title)
            rest = replace(event, properties=[given for given in event.properties if given.name != "RRULE"])
            series = read_recurrence_set(rest, times, zones=master.zones, losses=self._losses, budget=self._budget)
        known = [(source, self._change(source, other, series)) for source, other in changing]
        changes = sorted(self._current_changes(known), key=lambda change: comparable(change.since))
        if not has_rules:  # of the times that follow a change none is known
            changes = [replace(change, is_onward=False) for change in changes]
        yield from self._segments(series, draft, changes)
        for change in changes:
            if not change.is_onward and not change.is_cancelled:
                yield ImportedEvent(change.draft, draft, SeriesPart(change.times), change.day)

    def _compare_series(self, sources: Sequence[tuple[SourceEvent, Draft]], entries: Sequence[ImportedEvent]) -> None:
        """Have the events that a series becomes judged by another reader, if its rule gives its start."""
        master, times = sources[0][0], sources[0][1].times
        if times is None or self._judge.is_done:
            return
        names = {given.parameters.get("TZID") for source, _ in sources for given in source.component.properties}
        series = SourceSeries(
            title=entries[0].draft.title if entries else "",
            events=[_without_assumed_end(source.component, draft) for source, draft in sources],
            timezones=[master.zones.own[name] for name in names if name in master.zones.own],
        )
        self._judge.compare(series, self._compared_parts(master, times, entries))

    def _compared_parts(
        self, master: SourceEvent, times: Times, entries: Sequence[ImportedEvent]
    ) -> Iterator[Iterator[StartAndEnd]]:
        """The times of each event that a series becomes; none where a rule of the series does not give its start."""
        try:
            rules = [parse_source_rule(rule, times, master.zones) for rule in master.component.all("RRULE")]
            if not all(gives_start(rule, times.start, self._budget) for rule in rules):
                return
        except (ValueError, OverflowError, TooManyStepsError):
            return  # that the rule cannot be had was told
        for entry in entries:
            if entry.part:
                yield entry.part.instances(self._zone_of(entry.draft))

    def _zone_of(self, draft: Draft) -> ZoneInfo | None:
        """The zone by whose clocks the agenda tells the times of an event."""
        return draft.zone if draft.cities else self._home

    def _current_changes(self, known: Sequence[tuple[SourceEvent, _Change]]) -> Iterator[_Change]:
        """The changes without older revisions of those that tell the same time in another way, as without a zone."""
        newest: dict[object, tuple[int, str]] = {}
        for source, change in known:
            newest[change.time] = max(newest.get(change.time, revision_of(source)), revision_of(source))
        for source, change in known:
            if change.removals != Removals() and revision_of(source) < newest[change.time]:
                self._losses.happened("an older revision of it is left out", change.draft.title)
            else:
                yield change

    def _segments(self, series: RecurrenceSet, draft: Draft, changes: Sequence[_Change]) -> Iterator[ImportedEvent]:
        """The events of a series up to the first time from which it was changed, from there to the next, and so on."""
        removed = [change.removals for change in changes if not change.is_onward]
        series = replace(series, removed=unite_removals([series.removed, *removed]))
        segments = [(draft, series)]
        onward = [change for change in changes if change.is_onward]
        if onward[MAX_ONWARD_CHANGES:]:
            what = f"only the first {MAX_ONWARD_CHANGES} of its changes from some time on (THISANDFUTURE) are kept"
            self._losses.happened(what, draft.title)
        for change in onward[:MAX_ONWARD_CHANGES]:
            earlier_draft, earlier = segments[-1]
            segments[-1] = (earlier_draft, earlier.ended(comparable(change.since)))
            if change.is_cancelled:
                break
            segments.append((change.draft, moved_on(series, change.since, change.times)))
        is_empty = True
        for number, (segment, instances) in enumerate(segments):
            zone = self._zone_of(segment)
            exported = ExportedRule(segment.own.until, segment.own.repeat) if segment.own else UNKNOWN
            parts = self._writer.parts(
                instances, zone, title=segment.title, exported=exported, most=self._most_parts(segment)
            )
            for place, part in enumerate(self._affordable(parts, segment)):
                is_empty = False
                yield ImportedEvent(segment, draft, part, part.times.day if number or place else None)
        if is_empty and not changes:
            self._losses.happened("no time of a series is left, so it is left out", draft.title)

    def _affordable(self, parts: Sequence[SeriesPart], draft: Draft) -> Sequence[SeriesPart]:
        """As many of the parts that a draft becomes as may have a copy of all that it says."""
        if not parts[1:]:
            return parts
        kept = parts[: self._most_parts(draft)]
        self._copied_left -= draft.characters * (len(kept) - 1)
        if len(kept) < len(parts):
            first = f"the first {len(kept):,} are" if kept[1:] else "the first is"
            self._losses.happened(f"it is too long for {len(parts):,} events, of which only {first} kept", draft.title)
        return kept

    def _most_parts(self, draft: Draft) -> int:
        """How many events may say all that a draft says; one may at any rate."""
        return 1 + max(0, self._copied_left) // draft.characters

    def _change(self, source: SourceEvent, draft: Draft, series: RecurrenceSet) -> _Change:
        """What an event changes in a series: nothing, where its RECURRENCE-ID cannot be read."""
        self._check_rule(source, draft)
        master = series.times
        given = source.instead_of or Property("RECURRENCE-ID", "")
        try:
            removals = read_removal(given, series, source.zones)
            since = same_kind(read_moment(given, source.zones), master.start)
            times = draft.times or master.at(since)
        except (ValueError, OverflowError):
            self._losses.happened("which time of a series it stands for cannot be read", draft.title)
            removals, since, times = Removals(), master.start, draft.times or master
        reach = given.parameters.get("RANGE", "").upper()
        if reach not in {"", "THISANDFUTURE"}:
            self._losses.happened("its RANGE is not one that a change may have, so it changes one time", draft.title)
        if reach == "THISANDFUTURE" and type(times.start) is not type(since):
            what = "times that became days, or days that became times, from some time on (THISANDFUTURE)"
            self._losses.happened(f"{what} stay as they were", draft.title)
        return _Change(
            draft=draft,
            times=times,
            since=since,
            day=local_day(local_moment(since, master.zone)),
            removals=removals,
            is_onward=reach == "THISANDFUTURE",
            is_cancelled=draft.entry["status"] == Status.CANCELLED,
        )

    def _check_rule(self, source: SourceEvent, draft: Draft) -> None:
        """Tell which rules and dates of an event that is no series say nothing (RFC 5545, 3.8.4.4 and 3.8.5)."""
        parts = source.component.first("RRULE", "RDATE", "EXDATE", "EXRULE")
        if source.instead_of and parts:
            what = f"it stands in the place of one time of a series, so its own {parts.name} says nothing"
            self._losses.happened(what, draft.title)
        elif parts and source.times is None:
            self._losses.happened(f"it has no start, so its {parts.name} says nothing", draft.title)
        elif parts:
            self._losses.happened("times are taken out of it (EXDATE, EXRULE), but it is no series", draft.title)

    def _table(self, entry: ImportedEvent, venues: dict[str, str]) -> dict[str, Any]:
        draft, part = entry.draft, entry.part
        found = dict(draft.entry, id=entry.id, uid=entry.uid)
        found["venue"] = venues.get(found["venue"])
        if part and not found["between"]:
            floats = isinstance(part.times.start, datetime) and part.times.zone is None
            zone = draft.zone if draft.cities else self._home
            if floats and len({self._places.zone(city) for city in draft.cities}) > 1:  # no local time is of them all
                found["city"] = draft.cities[0]
                zone = find_named_zone(self._places.zone(draft.cities[0]) or "")
            if floats and zone:
                what = f"its times have no zone in the file, and are taken for times of {zone.key}"
                self._losses.happened(what, draft.title)
            times = agenda_times(part.times, zone, there=bool(draft.cities or part.repeat))
            self._compare(part.times, times, draft.title)
            found |= {"start": times.start, "end": times.end, "repeat": part.repeat, "except": list(part.exceptions)}
        return {key: value for key in event_keys_as_written() if (value := found.get(key)) not in (None, [], {}, "")}

    def _compare(self, given: Times, told: Times, title: str) -> None:
        """Tell what of the times of an event an agenda cannot tell."""
        if isinstance(given.start, datetime) and not isinstance(told.start, datetime):
            self._losses.happened("its time is too near the end of the calendar, so only its day is kept", title)
        elif given.end is not None and told.end is None:
            self._losses.happened("its end cannot be told by the clocks there, so it has none", title)


def _without_assumed_end(component: Component, draft: Draft) -> Component:
    """The component of an event, without the end that our export assumed where the draft has none."""
    if draft.times is None or draft.times.end is not None:
        return component
    return replace(component, properties=[one for one in component.properties if one.name not in {"DTEND", "DURATION"}])
