"""Alarms (RFC 5545, 3.6.6): what people type for them, and what a calendar has."""

import re
from datetime import timedelta

from ics.grammar.parse import Container
from msgspec import Struct

from agenda.errors import UsageError
from agenda.formats.ical.content import line, text
from agenda.text import quoted

_BEFORE = re.compile(r"([0-9]{1,4})([mhdw])")
_AT = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?:-([0-9]{1,3})d)?")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Alarm(Struct, frozen=True):
    """An alarm at some time from the start of an event, before it where that is negative.

    One for days counts from the midnight that they start with, and is for whole days; the others are for times.
    """

    offset: timedelta
    for_days: bool


def alarm_of(typed: str) -> Alarm:
    """The alarm that `30m`, `2h`, `1d` or `1w` (before a time) or `18:00-1d` (before a day) stands for.

    Raises UsageError where it is of neither form.
    """
    if match := _BEFORE.fullmatch(typed.strip()):
        return Alarm(-timedelta(**{_UNITS[match[2]]: int(match[1])}), for_days=False)
    if match := _AT.fullmatch(typed.strip()):
        offset = timedelta(hours=int(match[1]), minutes=int(match[2])) - timedelta(int(match[3] or 0))
        return Alarm(offset, for_days=True)
    raise UsageError(
        f"--alarm: {quoted(typed)} is no alarm; write 30m, 2h, 1d or 1w for that long before a time, or 18:00-1d for"
        " 18:00 on the day before a day"
    )


def length_of(typed: str) -> timedelta:
    """The length that `90m`, `1h` or `1d` stands for; UsageError where it is none."""
    match = _BEFORE.fullmatch(typed.strip())
    length = timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else timedelta(0)
    if not length:
        raise UsageError(f"--assume-duration: {quoted(typed)} is no length of time; write one such as 90m, 1h or 1d")
    return length


def component(alarm: Alarm, summary: str) -> Container:
    """The alarm as it stands in an event."""
    return Container(
        "VALARM",
        line("ACTION", "DISPLAY"),
        text("DESCRIPTION", summary),
        line("TRIGGER", duration(alarm.offset)),
    )


def duration(length: timedelta) -> str:
    """A DURATION (3.3.6): weeks or days where it is whole ones, else hours, minutes and seconds."""
    sign = "-" if length < timedelta(0) else ""
    days, rest = divmod(int(abs(length).total_seconds()), 86_400)
    if days and not rest:
        return f"{sign}P{days // 7}W" if days % 7 == 0 else f"{sign}P{days}D"
    hours, minutes, seconds = rest // 3600 + days * 24, rest // 60 % 60, rest % 60
    if not hours and not minutes:
        return f"{sign}PT{seconds}S"
    shown = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or seconds else "")
    return f"{sign}PT{shown}" + (f"{seconds}S" if seconds else "")
