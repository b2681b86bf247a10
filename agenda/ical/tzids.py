"""The time zones that the TZIDs of a calendar name: of the IANA database, of Windows, of other programs, of its own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from itertools import zip_longest
from zoneinfo import ZoneInfo

from agenda.agendafile.zones import find_zone, has_zone
from agenda.ical.file_zones import FileZone, Years, find_onsets, parse_vtimezone
from agenda.ical.reader import Component
from agenda.interchange.losses import Losses
from agenda.recurrence.budget import Budget, TooManyStepsError

_POPULOUS = (
    *("Asia/Shanghai", "Asia/Kolkata", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Denver"),
    *("Europe/Berlin", "Europe/Paris", "Europe/London", "Europe/Kyiv", "Europe/Moscow", "Europe/Istanbul"),
    *("Asia/Tokyo", "Asia/Jakarta", "Asia/Dhaka", "Asia/Karachi", "Asia/Tehran", "Asia/Dubai", "America/Sao_Paulo"),
    *("America/Mexico_City", "America/Bogota", "Africa/Lagos", "Africa/Johannesburg", "Africa/Cairo", "Africa/Nairobi"),
    *("Australia/Sydney", "Pacific/Auckland"),
)
"""Zones in which most people of the world live: of zones with the same offsets, the first of these is meant."""
_YEARS_BEYOND = 2
"""Years after the last event in which the offsets of two zones must still agree."""
_NAME_COST = 200
"""What it costs to look for a zone by its name, in steps of a budget."""
_YEAR_COST = 50
"""What it costs to compare a year of two zones, in steps of a budget."""
_YEARS_OF_RULE = 12
"""Years for which the times of a rule without UNTIL are taken to go on."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_DISPLAY_NAME = re.compile(r"\((?:UTC|GMT)(?:([+-])(\d{1,2}):?(\d{2}))?\) *(.+)")
"""What Windows shows people, as in `(UTC-05:00) Eastern Time (US and Canada)`."""
_DISPLAYED = {
    "Aleutian Islands": "America/Adak",
    "Atlantic Time (Canada)": "America/Halifax",
    "Baja California": "America/Tijuana",
    "Bougainville Island": "Pacific/Bougainville",
    "Brasilia": "America/Sao_Paulo",
    "Cabo Verde Is.": "Atlantic/Cape_Verde",
    "Cape Verde Is.": "Atlantic/Cape_Verde",
    "Chetumal": "America/Cancun",
    "Chokurdakh": "Asia/Srednekolymsk",
    "City of Buenos Aires": "America/Argentina/Buenos_Aires",
    "Coordinated Universal Time": "UTC",
    "Greenland": "America/Godthab",
    "Indiana (East)": "America/Indiana/Indianapolis",
    "International Date Line West": "Etc/GMT+12",
    "Kiritimati Island": "Pacific/Kiritimati",
    "Lord Howe Island": "Australia/Lord_Howe",
    "Marquesas Islands": "Pacific/Marquesas",
    "Nuku'alofa": "Pacific/Tongatapu",
    "Pacific Time (US & Canada); Tijuana": "America/Los_Angeles",
    "Port Louis": "Indian/Mauritius",
    "Saint Pierre and Miquelon": "America/Miquelon",
    "Salvador": "America/Bahia",
    "Solomon Is., New Caledonia": "Pacific/Guadalcanal",
    "Sri Jayawardenepura": "Asia/Colombo",
    "Turks and Caicos": "America/Grand_Turk",
    "West Central Africa": "Africa/Lagos",
    "Yangon (Rangoon)": "Asia/Yangon",
}
"""The zones of those names that Windows shows people in which there is no city of the database, and no name of CLDR."""
_DISPLAYED_YEARS = range(2007, 2026)
"""The years of which a name that Windows shows tells the offset: some were given when a country had another one."""
_TOO_MANY_STEPS = "the rules and time zones of this file take too many steps, so that a time zone of it is not known"
_PLAIN_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+-])(\d{1,2})(?::?(\d{2}))?")
_YEAR = re.compile(r"(?<![0-9])([0-9]{4})[0-9]{4}")


class CalendarZones:
    """The zones of one VCALENDAR by their TZID, each found once: a TZID is of its own calendar (RFC 5545, 3.8.3.1).

    `home` is the zone of the agenda, which is that of the calendar unless another one is given. `own` has the
    VTIMEZONEs of the calendar, for whose rules the `budget` of the file pays.
    """

    def __init__(self, calendar: Component, *, losses: Losses, budget: Budget, home: ZoneInfo | None = None) -> None:
        self._losses = losses
        self._budget = budget
        self._zones: dict[str, tzinfo | None] = {}
        self.own = {
            name: component
            for component in calendar.components
            if component.name == "VTIMEZONE" and (name := component.text("TZID"))
        }
        self._years = _years_in_use(calendar) if self.own else {}
        named = calendar.text("X-WR-TIMEZONE")
        self.home = home or (find_named_zone(named) if named else None)
        if named and not self.home:
            losses.happened("the calendar's time zone is not known, so none is written; --tz names one", named)

    def of(self, tzid: str) -> tzinfo | None:
        """The zone of that name: one of the IANA database where there is any for it, else one with the offsets that the
        file gives; None where it cannot be told at all, so that its times float.
        """
        if tzid not in self._zones:
            self._zones[tzid] = self._zone(tzid)
        return self._zones[tzid]

    def _zone(self, tzid: str) -> tzinfo | None:
        try:
            self._budget.pay(_NAME_COST)
        except TooManyStepsError:
            if has_zone(tzid):
                return find_zone(tzid)
            self._losses.happened(_TOO_MANY_STEPS, tzid)
            return self.home
        if zone := find_named_zone(tzid):
            return zone
        own = self.own.get(tzid)
        years = self._years.get(tzid, Years(_FIRST_YEAR, _FIRST_YEAR))
        try:
            defined = parse_vtimezone(own, years, self._budget) if own else None
        except TooManyStepsError:
            self._losses.happened(_TOO_MANY_STEPS, tzid)
            defined = None
        if own is None or defined is None:
            if offset := _plain_offset(tzid):
                return offset
            if offset := _displayed_offset(tzid):
                what = "a time zone is not known, so its times have the offset of its name all year"
                self._losses.happened(what, tzid)
                return offset
            self._losses.happened("a time zone is not known, so its times are those of the agenda; --tz names it", tzid)
            return self.home
        zone = self._same_zone(defined, self._likely(tzid, own, defined), years)
        if zone:
            what = f"a time zone of the file's own was taken for {zone.key}, which has the same offsets"
            self._losses.happened(what, tzid)
            return zone
        what = "a time zone is not in the database, so its times have the offsets that the file gives"
        self._losses.happened(what, tzid)
        return defined

    def _same_zone(self, defined: FileZone | timezone, likely: Iterable[ZoneInfo], years: Years) -> ZoneInfo | None:
        """The first of those zones of the database that has the same offsets in those years."""
        start, end = (datetime(year, 1, 1, tzinfo=UTC) for year in years)
        onsets = [
            (instant, onset.after)
            for onset in (defined.onsets if isinstance(defined, FileZone) else [])
            if start <= (instant := onset.instant.replace(tzinfo=UTC)) <= end
        ]
        initial = start.astimezone(defined).utcoffset()
        for zone in likely:
            if start.astimezone(zone).utcoffset() != initial:
                continue
            if any(instant.astimezone(zone).utcoffset() != offset for instant, offset in onsets):
                continue
            if not self._budget.is_ample:  # it has the offsets of the file all the same
                return None
            self._budget.pay((years.last - years.first + 1) * _YEAR_COST)
            if all(theirs == ours for theirs, ours in zip_longest(find_onsets(zone, start, end), onsets)):
                return zone
        return None

    def _likely(self, tzid: str, own: Component, defined: tzinfo) -> Iterator[ZoneInfo]:
        """Zones that may be meant, the likeliest first: one that the file names, that of the agenda, a plain offset,
        then those with the most people.
        """
        words = re.split(r"[^A-Za-z_/+-]+", tzid)
        named = (zone for name in (own.text("X-LIC-LOCATION"), *words) if name and (zone := find_named_zone(name)))
        yield from named
        if self.home:
            yield self.home
        if isinstance(defined, timezone) and (zone := _etc_zone(defined)):
            yield zone
        yield from _usual_zones()


def find_named_zone(name: str) -> ZoneInfo | None:
    """The zone of the IANA database that a name means: its own, one of Windows, one that Windows shows people, or one
    of those that programs put before it, as in `/freeassociation.sourceforge.net/Europe/Rome`.
    """
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    parts = name.strip().split("/")
    tails = ["/".join(parts[-length:]) for length in (3, 2, 1)] if not parts[0] and parts[1:] else []
    candidates = dict.fromkeys([name, name.strip(), WINDOWS_TO_OLSON.get(name.strip(), ""), *tails])
    zone = next((zone for candidate in candidates if candidate and (zone := find_zone(candidate))), None)
    return zone or _displayed_zone(name.strip(), WINDOWS_TO_OLSON)


def with_fixed_offset(time: datetime) -> datetime:
    """The same instant with a fixed offset; in UTC where its own is not whole minutes, as TOML wants them."""
    offset = time.utcoffset() or timedelta(0)
    return time.astimezone(timezone(offset) if offset % timedelta(minutes=1) == timedelta(0) else UTC)


def _displayed_zone(name: str, windows: Mapping[str, str]) -> ZoneInfo | None:
    """The zone of a name that Windows shows people: `(UTC-05:00) Eastern Time (US and Canada)` is Eastern Standard
    Time, and `(UTC+01:00) Amsterdam, Berlin, Bern, Rome` that of the first of these cities which the database knows.
    The zone must once have had the offset that the name tells.
    """
    match, offset = _DISPLAY_NAME.fullmatch(name), _displayed_offset(name)
    if not match or not offset:
        return None
    plain = re.sub(r" *\((?:US|U\.S\.).*\)$", "", match[4])
    names = (plain.replace(" Time", " Standard Time"), f"{plain} Standard Time", plain)
    zones = [zone for other in names if (zone := find_zone(windows.get(other, "")))]
    cities = [city.strip().replace(" ", "_") for city in plain.split(",")]
    keys = [_DISPLAYED.get(match[4], ""), *(key for city in cities for key in _keys_by_city().get(city, ()))]
    zones += [zone for key in keys if (zone := find_zone(key))]
    days = [datetime(year, month, 15, tzinfo=UTC) for year in reversed(_DISPLAYED_YEARS) for month in (1, 7)]
    return next(
        (zone for zone in zones if any(day.astimezone(zone).utcoffset() == offset.utcoffset(None) for day in days)),
        None,
    )


def _displayed_offset(name: str) -> timezone | None:
    """The offset in front of a name that Windows shows people."""
    match = _DISPLAY_NAME.fullmatch(name.strip())
    return _offset_of(match[1], match[2] or "0", match[3]) if match else None


@cache
def _keys_by_city() -> Mapping[str, list[str]]:
    """The names of zones by the city at their end, as in `Tokyo` of `Asia/Tokyo`."""
    from zoneinfo import available_timezones

    keys: dict[str, list[str]] = {}
    for key in sorted(available_timezones()):
        keys.setdefault(key.rpartition("/")[2], []).append(key)
    return keys


def _plain_offset(tzid: str) -> timezone | None:
    """The offset of a TZID that is one, as in `GMT+0200`."""
    match = _PLAIN_OFFSET.fullmatch(tzid.strip())
    return _offset_of(match[1], match[2], match[3]) if match else None


def _offset_of(sign: str | None, hours: str, minutes: str | None) -> timezone | None:
    """An offset; None where it is a day or more, which is none."""
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset) if offset < timedelta(1) else None


def _etc_zone(offset: timezone) -> ZoneInfo | None:
    """The zone of the database that is nothing but an offset of whole hours: `Etc/GMT-1` is an hour ahead of UTC."""
    ahead = offset.utcoffset(None)
    hours = ahead // timedelta(hours=1)
    return find_zone(f"Etc/GMT{-hours:+d}" if hours else "UTC") if ahead == timedelta(hours=hours) else None


@cache
def _usual_zones() -> list[ZoneInfo]:
    """The zones in which most people live, then those that Windows has."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    keys = dict.fromkeys([*_POPULOUS, *WINDOWS_TO_OLSON.values()])
    return [zone for key in keys if (zone := find_zone(key))]


def _years_in_use(calendar: Component) -> dict[str, Years]:
    """For each TZID the years that the times in it touch, from the one before the first to two beyond the last."""
    years: dict[str, list[int]] = {}
    for event in calendar.components:
        if event.name != "VEVENT":
            continue
        for given in event.properties:
            if tzid := given.parameters.get("TZID"):
                years.setdefault(tzid, []).extend(_years(given.value))
                if given.name == "DTSTART" and (rules := event.all("RRULE")):
                    years[tzid].extend(_rule_years(given.value, [rule.value for rule in rules]))
    return {
        tzid: Years(max(min(known) - 1, _FIRST_YEAR), min(max(known) + _YEARS_BEYOND + 1, _LAST_YEAR))
        for tzid, known in years.items()
        if known
    }


def _years(value: str) -> list[int]:
    return [min(max(int(year), _FIRST_YEAR), _LAST_YEAR) for year in _YEAR.findall(value)]


def _rule_years(start: str, rules: Iterable[str]) -> Iterator[int]:
    """The years until which the times of rules go on."""
    for rule in rules:
        until = rule.upper().partition("UNTIL=")[2]
        yield from _years(until) if until else (year + _YEARS_OF_RULE for year in _years(start))
