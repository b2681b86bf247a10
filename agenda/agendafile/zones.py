"""Time zones of the IANA database, and local times in them."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from agenda.agendafile.zone_data import use_newest_data
from agenda.recurrence.expand import by_clocks
from agenda.text.folding import fold
from agenda.text.safe import quote

_OF_THE_MACHINE = ("right/", "posix/", "posixrules", "localtime")
"""What a system may keep beside its zones: no names of the database, and some of them count leap seconds."""


ZONE_FORM = 'it must be a name such as "Asia/Tokyo"'
"""What would be right in the place of what is no zone."""
TOO_NEAR_THE_ENDS = (
    "is too near the ends of the calendar, so that UTC or its zone has no such time; write a year from 2 to 9998"
)
"""What is wrong with a time that cannot be told in UTC or in its zone."""
LOCAL = "local"
"""What is typed for the zone of this machine."""
_MAX_NAME_CHARACTERS = 100
"""Characters; no name of the database has as many, and a name of very many is too much for Python."""


_TWO_YEARS_DAYS = 731


class ZoneError(ValueError):
    """A text names no time zone. The message, for the user, is the `problem` and the `advice` what to write instead."""

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(f"{problem}; {advice}")
        self.problem = problem
        self.advice = advice


def parse_zone(name: str) -> ZoneInfo:
    """The zone of that name; raises ZoneError where there is none."""
    zone = find_zone(name)
    if zone is None:
        from agenda.text.nearest import suggest

        raise ZoneError(f"{quote(name)} is no time zone", suggest(name, _names(), ZONE_FORM))
    return zone


def has_zone(name: str) -> bool:
    """Whether the database has a zone of that name, told without a look at its file; all names are read once."""
    return name in _names()


def find_zone(name: str) -> ZoneInfo | None:
    """The zone of that name; None where there is none."""
    if name.startswith(_OF_THE_MACHINE) or len(name) > _MAX_NAME_CHARACTERS:
        return None
    use_newest_data()  # here, since every name is looked up here, and a run without zones need not wait for it
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # ValueError and OSError: names that are paths out of the database, or folders in it.
        return None


def parse_typed_zone(typed: str, variable: str | None) -> ZoneInfo:
    """The zone that somebody typed: its name in any case, with spaces or underscores, or `local` for the zone of this
    machine, which the `variable` `$TZ` may set; raises ZoneError if there is none.
    """
    if zone := find_zone(typed):
        return zone
    if fold(typed) == LOCAL:
        if zone := _find_machine_zone(variable):
            return zone
        where = f"TZ is {quote(variable)}, which" if variable else "its setting"
        raise ZoneError(f"the zone of this machine cannot be told, since {where} is no name of a zone", "name one")
    by_fold = {fold(name): name for name in _names()}
    return parse_zone(by_fold.get("_".join(fold(typed).split()), typed))


def find_zones_of_city(name: str) -> list[ZoneInfo]:
    """The zones that are named after that city, e.g. `Europe/Brussels`."""
    wanted = "_".join(fold(name).split())
    return [ZoneInfo(zone) for zone in _names() if fold(zone.rpartition("/")[2]) == wanted]


def machine_zone(variable: str | None) -> ZoneInfo:
    """The zone that this machine is set to, `variable` being `$TZ`; UTC where that cannot be told."""
    return _find_machine_zone(variable) or ZoneInfo("UTC")


def _find_machine_zone(variable: str | None) -> ZoneInfo | None:
    if variable:
        return find_zone(variable.removeprefix(":"))
    from tzlocal import get_localzone_name  # where that is kept is another matter on each system

    try:
        return find_zone(get_localzone_name() or "UTC")
    except (LookupError, ValueError, OSError):
        return None


@cache
def have_same_clocks(zones: frozenset[ZoneInfo | None], year: int) -> bool:
    """Whether the clocks of those zones show the same at noon of all days of that year and the next; None is a zone of
    its own.
    """
    first = date(year, 1, 1).toordinal()
    days = [date.fromordinal(day) for day in range(first, min(first + _TWO_YEARS_DAYS, date.max.toordinal()))]
    noon = time(12)
    return len({tuple(zone and datetime.combine(day, noon, zone).utcoffset() for day in days) for zone in zones}) == 1


def find_offset_change(zone: tzinfo, low: datetime, high: datetime) -> datetime:
    """The instant, to the second, between two others at which the offset of a zone becomes that of the later one; both
    are whole seconds in UTC, and their offsets differ.
    """
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high


@cache
def _names() -> dict[str, str]:
    use_newest_data()
    return {name: name for name in sorted(available_timezones()) if not name.startswith(_OF_THE_MACHINE)}


def in_zone(time: datetime, zone: ZoneInfo | None) -> datetime:
    """A time as it was written, with `zone` where it has no offset of its own.

    Without a zone it floats. A local time that a clock change repeats is its first. Raises ValueError, with
    a message for the user, where a clock change skips it, where it is not whole seconds, and where it is so near the
    ends of the calendar that it cannot be told in UTC or in its zone.
    """
    if time.microsecond:
        raise ValueError(f"{time.isoformat()} is not a whole second; an agenda's times are")
    # To combine is five times as quick as to replace.
    given = time if time.tzinfo or zone is None else datetime.combine(time, time.time(), zone)
    if given.tzinfo is None:
        return given
    try:
        shown = by_clocks(zone or UTC, given)
    except OverflowError:
        raise ValueError(f"{time.isoformat()} {TOO_NEAR_THE_ENDS}") from None
    if time.tzinfo is None and shown != given:
        then = f"{shown:%H:%M}" if shown.date() == time.date() else shown.replace(tzinfo=None).isoformat()
        raise ValueError(
            f"{time.isoformat()} does not exist in {zone}: the clocks are put forward over it; write {then}, which is"
            " what they show instead"
        )
    return given
