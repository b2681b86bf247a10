"""Events that were read one by one as the tables of an agenda file, with their ids and their time zones."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.agendafile.diagnose import find_problems
from agenda.agendafile.keys import event_keys_as_written
from agenda.agendafile.write import write_cities
from agenda.agendafile.zones import find_zone
from agenda.interchange.ids import Ids, namespace_of, slug
from agenda.interchange.notes import Notes
from agenda.interchange.sheet_times import EventTimes, by_zone
from agenda.text.safe import quote

_NOTHING: tuple[Any, ...] = (None, "", [])
"""Values of keys that the file goes without."""
_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


class EventDraft(Struct):
    """An event on its way into the agenda: its place in what was read, when it is, its other keys, and the name of the
    time zone that it is said to be in.
    """

    row: int
    times: EventTimes
    entry: dict[str, Any]
    zone: str | None = None


class EventTables(Struct, frozen=True, kw_only=True):
    """What makes the tables of events: in the time zone `home`, if the user names one; `name_of` says what the place of
    an event is called.
    """

    home: ZoneInfo | None
    name_of: Callable[[int], str]
    notes: Notes

    def tables(
        self, events: Sequence[EventDraft], *, title: str | None, file: str, **declared: dict[str, Any]
    ) -> dict[str, Any]:
        """The tables, in the order of an agenda file, with those of names that are `declared`, such as venues. The
        namespace is made of the title, else of the name of the file.
        """
        home, zones = self._zones(events)
        self._assign_ids(events)
        cities = self._city_zones(events, zones, home)
        called = title or ("" if file.startswith("<") else PurePath(file).stem)
        seed = " ".join([called, *(event.entry["id"] for event in events[:1])])
        head = {"title": title, "timezone": home and home.key, "namespace": namespace_of([], seed, called)}
        tables: dict[str, Any] = {"agenda": {key: value for key, value in head.items() if value}}
        if cities:
            names = [name for event in events for name in event.entry["city"]]
            tables["cities"] = {name: {"timezone": cities[name].key} if name in cities else {} for name in names}
        tables |= declared
        tables["events"] = [self._table(event, zone, home, cities) for event, zone in zip(events, zones, strict=True)]
        tables = {key: table for key, table in tables.items() if table}
        self._drop_faults(tables, events)
        return tables

    def _zones(self, events: Sequence[EventDraft]) -> tuple[ZoneInfo | None, list[ZoneInfo | None]]:
        """The time zone of the agenda, and that of each event, as it is said to be."""
        found: dict[str, ZoneInfo | None] = {}
        zones: list[ZoneInfo | None] = []
        for event in events:
            if event.zone and event.zone not in found:
                found[event.zone] = find_zone(event.zone)
                if found[event.zone] is None:
                    where = self.name_of(event.row)
                    self.notes.wrong.append(f"{where}: {quote(event.zone)} is no time zone; it is left out")
            zones.append(found.get(event.zone or ""))
        usual = Counter(zone for zone in zones if zone)
        home = self.home or (usual.most_common(1)[0][0] if usual else None)
        return home, [zone or home for zone in zones]

    def _city_zones(
        self, events: Sequence[EventDraft], zones: Sequence[ZoneInfo | None], home: ZoneInfo | None
    ) -> dict[str, ZoneInfo]:
        """The cities whose time zone is not that of the agenda: those all of whose events are in another one."""
        of_city: dict[str, set[ZoneInfo | None]] = {}
        for event, zone in zip(events, zones, strict=True):
            for name in event.entry["city"]:
                of_city.setdefault(name, set()).add(zone)
        only = {name: next(iter(found)) for name, found in of_city.items() if len(found) == 1}
        return {name: zone for name, zone in only.items() if zone and zone != home}

    def _assign_ids(self, events: Sequence[EventDraft]) -> None:
        """Give each event an id: its own, or one made of its title, which never takes that of another event."""
        ids = Ids()
        for with_id in (True, False):
            for event in events:
                given = event.entry["id"] or ""
                wanted = given if _ID.fullmatch(given) else slug(given)
                if bool(wanted) is with_id:
                    event.entry["id"] = new = ids.new(wanted or slug(event.entry["title"]) or "event")
                    if wanted and new != wanted:
                        where = f"{quote(wanted)} ({self.name_of(event.row)})"
                        self.notes.doubt("its id is taken, so it gets a number", where)

    def _table(
        self, event: EventDraft, zone: ZoneInfo | None, home: ZoneInfo | None, cities: Mapping[str, ZoneInfo]
    ) -> dict[str, Any]:
        """An event of the file."""
        names = event.entry["city"]
        there = {cities.get(name, home) for name in names} or {home}
        clocks = next(iter(there)) if len(there) == 1 else None
        start, end = event.times.start, event.times.end
        if zone and zone != clocks:  # it is said to be in a zone that none of its cities has
            start, end = (_with_offset(moment, zone) for moment in (start, end))
        if isinstance(start, datetime) and isinstance(end, datetime) and not end.tzinfo:
            end = end.replace(tzinfo=start.tzinfo)
        told_start, told_end = by_zone(start, clocks), by_zone(end, clocks)
        both = [moment for moment in (told_start, told_end) if isinstance(moment, datetime)]
        if len({moment.tzinfo is None for moment in both}) > 1:
            told_start, told_end = start, end
        keys = event.entry | {
            "city": write_cities(names),
            "start": told_start,
            "end": told_end,
            "between": event.times.between and list(event.times.between),
        }
        return {key: keys[key] for key in event_keys_as_written() if keys.get(key) not in _NOTHING}

    def _drop_faults(self, tables: dict[str, Any], events: Sequence[EventDraft]) -> None:
        """Take out what an agenda cannot have, as a time that the clocks skip; a title and an id are always good."""
        for problem in find_problems(tables):
            match problem.path:
                case ("events", int(place), str(key), *_) if key in tables["events"][place]:
                    del tables["events"][place][key]
                    if key == "start":
                        tables["events"][place].pop("end", None)
                    where = self.name_of(events[place].row)
                    self.notes.wrong.append(f"{where}: {key}: {problem.message}; it is left out")


def told_of(draft: EventDraft, table: Mapping[str, Any], told: Collection[str]) -> frozenset[str]:
    """The keys of those that were `told` of which nothing was lost on the way from the draft to the table."""
    lost = {key for key in told if draft.entry.get(key) not in _NOTHING and key not in table}
    if (draft.times.start or draft.times.between) and not (table.get("start") or table.get("between")):
        lost |= {"start", "end", "between"}
    elif draft.times.end and not table.get("end"):
        lost |= {"end"}
    return frozenset(told) - lost


def _with_offset(moment: Any, zone: ZoneInfo) -> Any:
    """A local time of the zone with the offset that it has then; anything else as it is."""
    if not isinstance(moment, datetime) or moment.tzinfo:
        return moment
    return datetime.fromisoformat(moment.replace(tzinfo=zone).isoformat())
