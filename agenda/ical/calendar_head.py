"""The properties of whole calendars, as the [agenda] table of an agenda file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import ValidationError

from agenda.agendafile import schema
from agenda.ical.parameters import lost_parameters
from agenda.ical.reader import Component
from agenda.ical.times import read_moment
from agenda.ical.tzids import CalendarZones, with_fixed_offset
from agenda.ical.x_agenda import NEVER_REVISED, X_AGENDA_SPLIT
from agenda.ical.x_places import X_AGENDA_PLACES
from agenda.interchange.losses import Losses
from agenda.interchange.result import UNTITLED
from agenda.text.safe import one_line

_KNOWN = {
    *("PRODID", "VERSION", "CALSCALE", "METHOD", "LAST-MODIFIED", "UID", "NAME", "X-WR-CALNAME", "DESCRIPTION"),
    *(
        "X-WR-CALDESC",
        "X-WR-TIMEZONE",
        "COLOR",
        "REFRESH-INTERVAL",
        "X-PUBLISHED-TTL",
        "URL",
        X_AGENDA_SPLIT,
        X_AGENDA_PLACES,
    ),
}
"""The properties of a calendar that have a place in an agenda, and those that tell of the file itself."""
_NO_LOSS = {"VEVENT", "VTIMEZONE"}


def calendar_title(calendars: Sequence[Component]) -> str:
    """What the first calendar that has a name is called; empty where none has."""
    return next((name for one in calendars if (name := one_line(one.text("X-WR-CALNAME", "NAME")))), "")


def make_head(
    calendars: Sequence[Component],
    *,
    home: ZoneInfo | None,
    namespace: str,
    revised: datetime | None,
    losses: Losses,
) -> dict[str, Any]:
    """The table; what has no place in it is counted in `losses`."""
    for calendar in calendars:
        _note_losses(calendar, losses)
    if calendars[1:]:
        zone = f"whose time zone is {home.key}" if home else "which has no time zone"
        what = f"{len(calendars):,} calendars were joined in one agenda, {zone}, called"
        losses.happened(what, calendar_title(calendars) or UNTITLED)
    table = {
        "title": calendar_title(calendars),
        "description": _first(calendars, "X-WR-CALDESC", "DESCRIPTION"),
        "url": _first(calendars, "URL"),
        "timezone": home and home.key,
        "namespace": namespace,
        "revised": revised,
        "color": _first(calendars, "COLOR").lower(),
        "refresh": _first(calendars, "REFRESH-INTERVAL", "X-PUBLISHED-TTL"),
    }
    for key in ("url", "color", "refresh"):
        if table[key] and not _is_valid(key, table[key]):
            losses.left_out(f"{key} of the calendar that an agenda cannot have")
            table[key] = None
    return {key: value for key, value in table.items() if value}


def _note_losses(calendar: Component, losses: Losses) -> None:
    """Count the properties and the components of a calendar that no agenda has."""
    for one in calendar.properties:
        if one.name not in _KNOWN and one.value.strip():
            losses.left_out(one.name)
        for parameter in lost_parameters(one) if one.name in _KNOWN else ():
            losses.left_out(f"{parameter} of {one.name}")
    for component in calendar.components:
        if component.name not in _NO_LOSS:
            losses.left_out(component.name)


def _first(calendars: Sequence[Component], *names: str) -> str:
    return next((text for one in calendars if (text := one.text(*names))), "")


def _is_valid(key: str, value: Any) -> bool:
    try:
        schema.convert_tables({"agenda": {key: value}})
    except ValidationError:
        return False
    return True


def last_revision(events: Sequence[Component], zones: CalendarZones, home: ZoneInfo | None) -> datetime | None:
    """The last time at which any event was modified, else at which any was written, by the clocks of `home` or in UTC;
    None where no event says so.
    """
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        found = [time for event in events if (time := _instant(event, name, zones)) and time != NEVER_REVISED]
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
