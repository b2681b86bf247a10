"""The present time, or the one that `AGENDA_NOW` sets."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from agenda.errors import UsageError
from agenda.text.safe import quote

_DAY_AND_TIME = r"(.+?)(?:,? +([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?"


def now(typed: str | None, zone: ZoneInfo | None, told_in: ZoneInfo | None = None) -> datetime:
    """The time that it is, by the clocks of `told_in`, else of `zone`, else of the system's own zone: `typed` where it
    is given, else now. It is a time of ISO 8601, in `zone` if it has no offset, or a day as `Clock.day` reads it, with
    or without a time of day. Raises UsageError where `typed` is no such time.
    """
    present = datetime.now(UTC)
    if not typed:
        return present.astimezone(told_in or zone)
    try:
        given = _read_time(typed, present.astimezone(zone).date())
        there = given.replace(tzinfo=zone) if zone and given.tzinfo is None else given
        return there.astimezone(told_in or zone)
    except (ValueError, OverflowError):
        raise UsageError(
            f"AGENDA_NOW is {quote(typed)}; it must be a time such as 2025-09-29T09:30, 2025-09-29T09:30+09:00 or "
            '"29 Sep 2025 09:30"'
        ) from None


def _read_time(typed: str, today: date) -> datetime:
    """The time that is typed, ValueError where it is none; UsageError where its day is none or has no year."""
    try:
        return datetime.fromisoformat(typed.strip())
    except ValueError:
        from agenda.typed_days.clock import Clock, is_day  # most runs read no day in words
        from agenda.typed_days.forms import MAX_CHARACTERS

        match = re.fullmatch(_DAY_AND_TIME, typed.strip()) if len(typed) <= MAX_CHARACTERS else None
        if match is None:
            raise
    if not is_day(match[1]):
        raise ValueError

    def refuse() -> tuple[date, date]:
        raise UsageError(f"{quote(typed)} needs its year")

    try:
        day = Clock(today, refuse).day(match[1])
    except UsageError as error:
        raise UsageError(f"AGENDA_NOW: {error}") from None
    if day.first is None or day.first != day.last:
        raise ValueError
    return datetime.combine(day.first, time.fromisoformat((match[2] or "0:00").zfill(5)))
