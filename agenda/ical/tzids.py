"""The time zones of a calendar file: names of the IANA database, of Windows, of other programs, and of its own."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo

from agenda.agendafile.zones import find_zone
from agenda.ical.losses import Losses
from agenda.ical.reader import Component, Property

_PROBED = [datetime(year, month, 15, tzinfo=UTC) for year in (2015, 2025) for month in range(1, 13)]
"""Instants at which two zones are compared."""
_IN_A_ZONE = {"TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "RDATE"}
"""The properties that dateutil reads; it takes no others."""
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})(?:00)?")
_LONG_AGO = "1980"
"""Before that year a zone may have had another offset without one of its times being concerned."""


class CalendarZones:
    """The zones of one file by their TZID, each found once; `home` is the zone of the agenda, which
    is that of the calendar unless another one is given.
    """

    def __init__(self, calendars: Sequence[Component], losses: Losses, home: ZoneInfo | None = None) -> None:
        self._losses = losses
        self._found: dict[str, tzinfo | None] = {}
        self._named: set[tzinfo] = set()
        self._own = {
            name: component
            for calendar in calendars
            for component in calendar.components
            if component.name == "VTIMEZONE" and (name := component.text("TZID"))
        }
        named = next((name for calendar in calendars if (name := calendar.text("X-WR-TIMEZONE"))), "")
        self.home = home or (find_named_zone(named) if named else None)
        if named and not self.home:
            losses.happened("the calendar's time zone is not known, so none is written", named)

    def of(self, tzid: str) -> tzinfo | None:
        """The zone of that name: one of the IANA database where there is any for it, else one with the offsets that the
        file gives; None where it cannot be told at all, so that its times float.
        """
        if tzid not in self._found:
            self._found[tzid] = self._zone(tzid)
        return self._found[tzid]

    def is_named(self, zone: tzinfo) -> bool:
        """Whether the file names that zone, which is not only guessed from its offsets."""
        return zone in self._named

    def _zone(self, tzid: str) -> tzinfo | None:
        own = self._own.get(tzid)
        if zone := find_named_zone(tzid) or (own and find_named_zone(own.text("X-LIC-LOCATION"))):
            self._named.add(zone)
            return zone
        fixed = own and _fixed(own)
        there = fixed or (own and _as_told(own))
        if not there:
            self._losses.happened("a time zone is not known, so its times are those of the agenda", tzid)
            return self.home
        # Of a single offset no place is known: many have it, and some of them may change it.
        same = None if fixed else next((zone for zone in self._likely() if _agree(zone, there)), None)
        if same:
            what = f"a time zone of the file's own was taken for {same.key}, which has the same offsets"
        else:
            what = "a time zone is none of the database, so its times have the offsets that the file gives"
        self._losses.happened(what, tzid)
        return same or there

    def _likely(self) -> Iterator[ZoneInfo]:
        if self.home:
            yield self.home
        yield from (zone for zone in self._found.values() if isinstance(zone, ZoneInfo))
        yield from _usual()


def find_named_zone(name: str) -> ZoneInfo | None:
    """The zone of the IANA database that a name means: its own, one of Windows, or one of those that programs put
    before it, as in `/freeassociation.sourceforge.net/Europe/Rome`.
    """
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    parts = name.strip().split("/")
    tails = ["/".join(parts[-length:]) for length in (3, 2, 1)] if not parts[0] and parts[1:] else []
    candidates = dict.fromkeys([name, name.strip(), WINDOWS_TO_OLSON.get(name.strip(), ""), *tails])
    return next((zone for one in candidates if one and (zone := find_zone(one))), None)


@cache
def _usual() -> list[ZoneInfo]:
    """The zones that Windows has, one for each of its names, the smaller ones of its regions last."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return [zone for name in dict.fromkeys(WINDOWS_TO_OLSON.values()) if (zone := find_named_zone(name))]


def _agree(one: tzinfo, other: tzinfo) -> bool:
    try:
        return all(instant.astimezone(one).utcoffset() == instant.astimezone(other).utcoffset() for instant in _PROBED)
    except (ValueError, OverflowError):
        return False


def _fixed(own: Component) -> timezone | None:
    """The offset of a zone that has but one, in whole minutes; else None."""
    told = [one for one in own.components if one.name in {"STANDARD", "DAYLIGHT"}]
    given = {one.text("TZOFFSETTO") for one in told}
    given |= {before for one in told if one.text("DTSTART") >= _LONG_AGO and (before := one.text("TZOFFSETFROM"))}
    match = _OFFSET.fullmatch(given.pop()) if len(given) == 1 else None
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset) if offset < timedelta(1) else None


def _as_told(own: Component) -> tzinfo | None:
    """The zone as its VTIMEZONE tells it; None where it tells none."""
    from dateutil.tz import tzical

    lines = ["BEGIN:VTIMEZONE", "TZID:own"]
    for observance in own.components:
        if observance.name in {"STANDARD", "DAYLIGHT"}:
            known = [one for one in observance.properties if one.name in _IN_A_ZONE and _is_quick(one)]
            lines += [f"BEGIN:{observance.name}", *(f"{one.name}:{one.value}" for one in known)]
            lines.append(f"END:{observance.name}")
    try:
        zone = tzical(StringIO("\n".join([*lines, "END:VTIMEZONE"]))).get("own")
        if zone is not None:
            zone.utcoffset(datetime(2025, 1, 15))  # noqa: DTZ001 - whether it can be asked at all
    except Exception:  # noqa: BLE001 - dateutil raises whatever comes, and there is nothing else to be made of it
        return None
    return zone


def _is_quick(one: Property) -> bool:
    """Whether it is no rule that dateutil would step through by seconds or days."""
    return one.name != "RRULE" or ("FREQ=YEARLY" in one.value.upper() and "INTERVAL" not in one.value.upper())


def with_fixed_offset(time: datetime) -> datetime:
    """The same instant with a fixed offset; in UTC where its own is not whole minutes, as TOML wants them."""
    offset = time.utcoffset() or timedelta(0)
    return time.astimezone(timezone(offset) if offset % timedelta(minutes=1) == timedelta(0) else UTC)
