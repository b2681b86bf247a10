"""A whole iCalendar file as the tables of an agenda file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.errors import Finding
from agenda.imports.entries import Entry, identify
from agenda.imports.events import Draft, draft_of
from agenda.imports.head import head_of, title_of
from agenda.imports.losses import Losses
from agenda.imports.places import Places
from agenda.imports.reading import Component, read
from agenda.imports.series import Part, Writer, days_in
from agenda.imports.times import Times, end_of, is_backwards, moments_of, start_of, written
from agenda.imports.zones import Zones, named_zone
from agenda.model import Status

_OURS = "-//agenda//mission-agenda"
"""How the PRODID of our exports starts."""
_ORDER = (
    *("id", "title", "city", "venue", "room", "start", "end", "between", "date_note", "repeat", "except", "kind"),
    *("topics", "organizers", "people", "description", "url", "status", "sources", "revised", "uid"),
)
"""The keys of an event, as the shipped file has them."""


class Imported(Struct, frozen=True):
    """The tables of an agenda file, what could not be read, and what was left out or changed, in sentences."""

    tables: dict[str, Any]
    findings: list[Finding]
    losses: list[str]


def imported(content: bytes, shown: str, home: ZoneInfo | None = None) -> Imported:
    """The agenda that the content of an iCalendar file makes, the file being called `shown` in messages. Its time zone
    is `home`, else the one that the calendar names or most times are of.

    Raises DataError where it is no iCalendar file, or not a whole one.
    """
    found = read(content, shown)
    losses = Losses()
    tables = _Import(found.calendars, losses, home).tables()
    return Imported(tables, found.findings, list(losses.told()))


class _Import:
    """One import of the calendars of one file."""

    def __init__(self, calendars: Sequence[Component], losses: Losses, home: ZoneInfo | None) -> None:
        self._calendars = calendars
        self._losses = losses
        self._zones = Zones(calendars, losses, home)
        self._events = [one for calendar in calendars for one in calendar.components if one.name == "VEVENT"]
        self._times = [self._times_of(event) for event in self._events]
        self._home = self._zones.home or self._usual()
        self._places = Places(self._home.key if self._home else None)
        self._writer = Writer(self._zones, losses)

    def tables(self) -> dict[str, Any]:
        """The tables, in the order of an agenda file."""
        pairs = list(zip(self._events, self._times, strict=True))
        drafts = [draft_of(event, times, self._places, self._losses) for event, times in pairs]
        entries = list(self._entries(drafts))
        title = title_of(self._calendars)
        namespace = identify(entries, title, self._losses)
        # What was revised by itself says nothing of when the agenda was.
        together = [draft.component for draft in drafts if not (draft.own and draft.own.revised)] or self._events
        head = head_of(self._calendars, together, self._zones, self._home, namespace, self._losses)
        venues = self._places.venues()
        events = [self._table(entry, venues) for entry in entries]
        tables = {"agenda": head, **self._places.tables(), "events": events}
        return {key: table for key, table in tables.items() if table}

    def _times_of(self, event: Component) -> Times | None:
        title = event.text("SUMMARY")
        try:
            start = start_of(event, self._zones)
        except (ValueError, OverflowError):
            self._losses.happened("its date cannot be read, so it is to be announced", title)
            return None
        if start is None:
            return None
        try:
            times = Times(start, end_of(event, start, self._zones))
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

    def _entries(self, drafts: list[Draft]) -> Iterator[Entry]:
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
                yield Entry(draft, draft, None)
            elif day:
                if draft.entry["status"] != Status.CANCELLED:
                    yield Entry(draft, series[draft.uid], Part(draft.times), day)
            else:
                zone = draft.zone if draft.cities else self._home
                out = moved.get(draft.uid, frozenset[date]()) if series.get(draft.uid) is draft else frozenset[date]()
                for number, part in enumerate(self._writer.parts(draft, draft.times, zone, out)):
                    yield Entry(draft, draft, part, part.times.day if number else None)

    def _day_of(self, draft: Draft, series: dict[str, Draft]) -> date | None:
        """The day of a series in whose place an event stands."""
        instead = draft.component.first("RECURRENCE-ID")
        master = series.get(draft.uid)
        if not instead or not master or not master.times:
            return None
        if instead.parameters.get("RANGE"):
            self._losses.happened("what changes all later times of a series is kept for one day only", draft.title)
        try:
            return next(days_in(moments_of(instead, self._zones), master.times))
        except (ValueError, OverflowError):
            return None

    def _table(self, entry: Entry, venues: dict[str, str]) -> dict[str, Any]:
        draft, part = entry.draft, entry.part
        found = dict(draft.entry, id=entry.id, uid=entry.uid)
        found["venue"] = venues.get(found["venue"])
        if part and not found["between"]:
            floats = isinstance(part.times.start, datetime) and part.times.zone is None
            zone = draft.zone if draft.cities else self._home
            if floats and len({self._places.zone(city) for city in draft.cities}) > 1:  # no local time is of them all
                found["city"] = draft.cities[0]
                zone = named_zone(self._places.zone(draft.cities[0]) or "")
            if floats and zone:
                what = f"its times are of no zone in the file, and are now those of {zone.key}"
                self._losses.happened(what, draft.title)
            times = written(part.times, zone, there=bool(draft.cities or part.repeat))
            self._compare(part.times, times, draft.title)
            found |= {"start": times.start, "end": times.end, "repeat": part.repeat, "except": list(part.exceptions)}
        return {key: value for key in _ORDER if (value := found.get(key)) not in (None, [], {}, "")}

    def _compare(self, given: Times, told: Times, title: str) -> None:
        """Tell what of the times of an event an agenda cannot tell."""
        if isinstance(given.start, datetime) and not isinstance(told.start, datetime):
            self._losses.happened("its time is too near the end of the calendar, so only its day is kept", title)
        elif given.end is not None and told.end is None:
            self._losses.happened("its end cannot be told by the clocks there, so it has none", title)
