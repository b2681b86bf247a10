"""A whole iCalendar file as the tables of an agenda file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, ValidationError

from agenda.agendafile import schema
from agenda.agendafile.keys import event_keys_as_written
from agenda.errors import Diagnostic
from agenda.ical.declarations import Declarations
from agenda.ical.drafts import Draft, make_draft
from agenda.ical.ids import Ids, id_in, namespace_of, slug
from agenda.ical.losses import Losses
from agenda.ical.reader import Component, read_calendars
from agenda.ical.recurrence_set import SeriesPart, SeriesWriter, series_days
from agenda.ical.times import Times, agenda_times, is_backwards, read_end, read_moment, read_moments, read_start
from agenda.ical.tzids import CalendarZones, find_named_zone, with_fixed_offset
from agenda.model import Status
from agenda.text import one_line

_OURS = "-//agenda//mission-agenda"
"""How the PRODID of our exports starts."""


class ImportedEvent(Struct):
    """An event of the agenda: what it is made of, when it is, and the draft after which it is called; with its day,
    where it is another time of that draft.
    """

    draft: Draft
    named_after: Draft
    part: SeriesPart | None
    day: date | None = None
    id: str = ""
    uid: str | None = None


def assign_ids(entries: Sequence[ImportedEvent], title: str, losses: Losses) -> str:
    """Give each its id, and its UID where that is not made of the id and the namespace, which is what it gives back.

    The ids that were given before, by us or by somebody who writes them as we do, come before those made of titles.
    """
    ids = Ids()
    given: dict[int, str] = {}
    own = [entry for entry in entries if entry.day is None]
    for entry in own:
        if wanted := entry.draft.own.id if entry.draft.own else id_in(entry.draft.uid):
            entry.id = given[id(entry.draft)] = ids.new(wanted)
    for entry in own:
        if not entry.id:
            entry.id = given[id(entry.draft)] = ids.new(slug(entry.draft.title) or "event")
    for entry in entries:
        if entry.day is not None:
            first = given.get(id(entry.named_after)) or slug(entry.draft.title) or "event"
            entry.id = ids.new(f"{first}-{entry.day}")
    # The right side of other UIDs is the name of whoever made them, such as google.com, and no name for this agenda.
    ours = [(entry.id, entry.draft.uid) for entry in own if entry.draft.own]
    namespace = namespace_of(ours, _seed(title, own), title)
    known: dict[str, ImportedEvent] = {}
    for entry in own:
        uid = one_line(entry.draft.uid)
        if uid and known.setdefault(uid, entry) is not entry:
            losses.happened("its UID is that of another event, so it gets one of its own", entry.draft.title)
        elif uid and uid != f"{entry.id}@{namespace}":
            entry.uid = uid
    for entry in entries:
        while not entry.uid and known.get(f"{entry.id}@{namespace}", entry) is not entry:
            entry.id = ids.new(entry.id)
    return namespace


def _seed(title: str, own: Sequence[ImportedEvent]) -> str:
    return f"{title} {own[0].draft.uid}" if own else title


class ImportResult(Struct, frozen=True):
    """The tables of an agenda file, what could not be read, and what was left out or changed, in sentences."""

    tables: dict[str, Any]
    findings: list[Diagnostic]
    losses: list[str]


def import_calendars(content: bytes, shown: str, home: ZoneInfo | None = None) -> ImportResult:
    """The agenda that the content of an iCalendar file makes, the file being called `shown` in messages. Its time zone
    is `home`, else the one that the calendar names or most times are of.

    Raises DataError where it is no iCalendar file, or not a whole one.
    """
    found = read_calendars(content, shown)
    losses = Losses()
    tables = _Import(found.calendars, losses, home).tables()
    return ImportResult(tables, found.findings, list(losses.told()))


class _Import:
    """One import of the calendars of one file."""

    def __init__(self, calendars: Sequence[Component], losses: Losses, home: ZoneInfo | None) -> None:
        self._calendars = calendars
        self._losses = losses
        self._zones = CalendarZones(calendars, losses, home)
        self._events = [one for calendar in calendars for one in calendar.components if one.name == "VEVENT"]
        self._times = [self._times_of(event) for event in self._events]
        self._home = self._zones.home or self._usual()
        self._places = Declarations(self._home.key if self._home else None)
        self._writer = SeriesWriter(self._zones, losses)

    def tables(self) -> dict[str, Any]:
        """The tables, in the order of an agenda file."""
        pairs = list(zip(self._events, self._times, strict=True))
        drafts = [make_draft(event, times, self._places, self._losses) for event, times in pairs]
        entries = list(self._entries(drafts))
        title = calendar_title(self._calendars)
        namespace = assign_ids(entries, title, self._losses)
        # What was revised by itself says nothing of when the agenda was.
        together = [draft.component for draft in drafts if not (draft.own and draft.own.revised)] or self._events
        head = make_head(self._calendars, together, self._zones, self._home, namespace, self._losses)
        venues = self._places.venues()
        events = [self._table(entry, venues) for entry in entries]
        tables = {"agenda": head, **self._places.tables(), "events": events}
        return {key: table for key, table in tables.items() if table}

    def _times_of(self, event: Component) -> Times | None:
        title = event.text("SUMMARY")
        try:
            start = read_start(event, self._zones)
        except (ValueError, OverflowError):
            self._losses.happened("its date cannot be read, so it is to be announced", title)
            return None
        if start is None:
            return None
        try:
            times = Times(start, read_end(event, start, self._zones))
            if times.end is None and is_backwards(event, self._zones):
                self._losses.happened("its end is before its start, so it has none", title)
        except (ValueError, OverflowError):
            self._losses.happened("its end cannot be read, so it has none", title)
            return Times(start)
        return times

    def _usual(self) -> ZoneInfo | None:
        """The zone that most times are of, if the calendar names none; none where most float."""
        if all(calendar.text("PRODID").startswith(_OURS) for calendar in self._calendars):
            return None
        timed = [times for times in self._times if times and isinstance(times.start, datetime)]
        zones = Counter(times.zone for times in timed if times.zone is None or self._zones.is_named(times.zone))
        if zones:
            usual = zones.most_common(1)[0][0]
            return usual if isinstance(usual, ZoneInfo) else None
        recurring = any(event.first("RRULE") for event in self._events)
        return ZoneInfo("UTC") if timed and recurring else None

    def _entries(self, drafts: list[Draft]) -> Iterator[ImportedEvent]:
        """The events of the agenda, in the order of the file; a series may become several."""
        series = {
            draft.uid: draft
            for draft in drafts
            if draft.times
            and not draft.component.first("RECURRENCE-ID")
            and (draft.component.first("RRULE") or draft.component.first("RDATE"))
        }
        days = {id(draft): self._day_of(draft, series) for draft in drafts}
        moved: dict[str, set[date]] = {}
        for draft in drafts:
            if day := days[id(draft)]:
                moved.setdefault(draft.uid, set()).add(day)
        for draft in drafts:
            day = days[id(draft)]
            if draft.times is None:
                yield ImportedEvent(draft, draft, None)
            elif day:
                if draft.entry["status"] != Status.CANCELLED:
                    yield ImportedEvent(draft, series[draft.uid], SeriesPart(draft.times), day)
            else:
                zone = draft.zone if draft.cities else self._home
                out = moved.get(draft.uid, frozenset[date]()) if series.get(draft.uid) is draft else frozenset[date]()
                for number, part in enumerate(self._writer.parts(draft, draft.times, zone, out)):
                    yield ImportedEvent(draft, draft, part, part.times.day if number else None)

    def _day_of(self, draft: Draft, series: dict[str, Draft]) -> date | None:
        """The day of a series in whose place an event stands."""
        instead = draft.component.first("RECURRENCE-ID")
        master = series.get(draft.uid)
        if not instead or not master or not master.times:
            return None
        if instead.parameters.get("RANGE"):
            self._losses.happened("what changes all later times of a series is kept for one day only", draft.title)
        try:
            return next(series_days(read_moments(instead, self._zones), master.times))
        except (ValueError, OverflowError):
            return None

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
                what = f"its times are of no zone in the file, and are now those of {zone.key}"
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


_KNOWN = {
    *("PRODID", "VERSION", "CALSCALE", "METHOD", "LAST-MODIFIED", "UID", "NAME", "X-WR-CALNAME", "DESCRIPTION"),
    *("X-WR-CALDESC", "X-WR-TIMEZONE", "COLOR", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"),
}
"""The properties of a calendar that have a place in an agenda, and those that tell of the file itself."""
_NO_LOSS = {"VEVENT", "VTIMEZONE"}
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The DTSTAMP of our exports of what was never revised."""


def calendar_title(calendars: Sequence[Component]) -> str:
    """What the first calendar that has a name is called; empty where none has."""
    return next((name for one in calendars if (name := one_line(one.text("X-WR-CALNAME", "NAME")))), "")


def make_head(  # noqa: PLR0913, PLR0917 - all that the table is made of
    calendars: Sequence[Component],
    events: Sequence[Component],
    zones: CalendarZones,
    home: ZoneInfo | None,
    namespace: str,
    losses: Losses,
) -> dict[str, Any]:
    """The table; what has no place in it is counted in `losses`."""
    for calendar in calendars:
        for one in calendar.properties:
            if one.name not in _KNOWN and one.value.strip():
                losses.left_out(one.name)
        for component in calendar.components:
            if component.name not in _NO_LOSS:
                losses.left_out(component.name)
    if calendars[1:]:
        zone = f"whose time zone is {home.key}" if home else "which has no time zone"
        what = f"{len(calendars):,} calendars were joined in one agenda, {zone}, called"
        losses.happened(what, calendar_title(calendars) or "(no title)")
    table = {
        "title": calendar_title(calendars),
        "description": _first(calendars, "X-WR-CALDESC", "DESCRIPTION"),
        "timezone": home and home.key,
        "namespace": namespace,
        "revised": _revised(events, zones, home),
        "color": _first(calendars, "COLOR").lower(),
        "refresh": _first(calendars, "REFRESH-INTERVAL", "X-PUBLISHED-TTL"),
    }
    for key in ("color", "refresh"):
        if table[key] and not _is_valid(key, table[key]):
            losses.left_out(f"{key} of the calendar that an agenda cannot have")
            table[key] = None
    return {key: value for key, value in table.items() if value}


def _first(calendars: Sequence[Component], *names: str) -> str:
    return next((text for one in calendars if (text := one.text(*names))), "")


def _is_valid(key: str, value: Any) -> bool:
    try:
        schema.convert_tables({"agenda": {key: value}})
    except ValidationError:
        return False
    return True


def _revised(events: Sequence[Component], zones: CalendarZones, home: ZoneInfo | None) -> datetime | None:
    """The last time at which any event was modified; else at which any was written."""
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        found = [time for event in events if (time := _instant(event, name, zones)) and time != _NEVER]
        if found:
            last = max(found)
            try:
                return with_fixed_offset(last.astimezone(home or UTC))
            except OverflowError:
                return last
    return None


def _instant(event: Component, name: str, zones: CalendarZones) -> datetime | None:
    found = event.first(name)
    try:
        moment = found and read_moment(found, zones)
        return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
