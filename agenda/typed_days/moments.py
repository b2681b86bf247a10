"""What people type for when an event is: a day, a time of a day, or both."""

import re
from datetime import date, datetime, time, timedelta

from agenda.errors import UsageError
from agenda.text import quote
from agenda.typed_days.clock import Clock
from agenda.typed_days.forms import MAX_CHARACTERS

MOMENT_FORMS = '"1 Oct 19:30", 2025-10-01T19:30, 2025-10-01 or 19:30'
SHIFT_FORMS = "30m, 1h30m, 2d or -1h"

_TIME = r"([0-9]{1,2})[:.h]([0-9]{2})(?::([0-9]{2}))?"
_DAY_THEN_TIME = rf"(.*?)(?:,? +(?:at +|alle +)?|T)?{_TIME}"
_SHIFT = r"([+-]?)(?:([0-9]{1,4})d(?:ays?)?)?(?:([0-9]{1,4})h(?:rs?|ours?)?)?(?:([0-9]{1,5})m(?:in(?:ute)?s?)?)?"


def read_typed_moment(typed: str, clock: Clock) -> date | datetime | time:
    """The day, the time of a day, or the time alone that `typed` says: `1 Oct 19:30`, `domani`, `19:30`, or a time of
    ISO 8601, with or without an offset. Raises UsageError where it is of no such form.
    """
    text = typed.strip()
    if len(text) <= MAX_CHARACTERS:
        try:
            return datetime.fromisoformat(text) if re.search("[0-9][T ][0-9]{2}:", text) else date.fromisoformat(text)
        except ValueError:
            pass
        if match := re.fullmatch(_DAY_THEN_TIME, text):
            day, *parts = match.groups()
            try:
                hour = time(int(parts[0]), int(parts[1]), int(parts[2] or 0))
            except ValueError:
                raise UsageError(f"{quote(typed)} is no time of the day; write it as {MOMENT_FORMS}") from None
            return datetime.combine(read_single_day(day, clock), hour) if day else hour
    return read_single_day(typed, clock)


def read_single_day(typed: str, clock: Clock) -> date:
    """The one day that `typed` names; UsageError where it names none, or several."""
    period = clock.day(typed)
    if period.first is None or period.first != period.last:
        raise UsageError(f"{quote(typed)} is not one day; write it as {MOMENT_FORMS}")
    return period.first


def is_shift(typed: str) -> bool:
    """Whether it is a length of time that `read_shift` reads."""
    match = _match_shift(typed)
    return match is not None and any(match.groups()[1:])


def read_shift(typed: str) -> timedelta:
    """By how much something is moved: `30m`, `30 min`, `-1h30m`, `2d`.

    Raises UsageError where it is of no such form.
    """
    match = _match_shift(typed)
    if match is None or not any(match.groups()[1:]):
        raise UsageError(f"{quote(typed)} is no length of time; write it as {SHIFT_FORMS}")
    sign, days, hours, minutes = match.groups()
    shift = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
    return -shift if sign == "-" else shift


def _match_shift(typed: str) -> re.Match[str] | None:
    return re.fullmatch(_SHIFT, typed.strip().lower().replace(" ", ""))
