"""What people type for when an event is: a day, a time of a day, or both."""

import re
from datetime import date, datetime, time, timedelta

from agenda.errors import UsageError
from agenda.text.safe import quote
from agenda.typed_days.clock import Clock
from agenda.typed_days.forms import MAX_CHARACTERS
from agenda.typed_days.lengths import make_length
from agenda.typed_days.times_of_day import TIME_OF_DAY, read_time_of_day

MOMENT_FORMS = '"1 Oct 19:30", 2025-10-01T19:30, 2025-10-01 or 19:30'
SHIFT_FORMS = "30m, 1h30m, 2d or -1h"

_TIME = rf"(?P<time>(?![0-9]+\.[0-9]+\.[0-9]){TIME_OF_DAY})"
"""A time of the day; three numbers with dots between them are a day."""
_DAY_THEN_TIME = re.compile(rf"(?P<day>.*?)(?:,? +(?:at +|alle +|a +)?|T)?{_TIME}", re.IGNORECASE)
_TIME_THEN_DAY = re.compile(rf"{_TIME},? +(?:on +)?(?P<day>.+)", re.IGNORECASE)
_TWO_TIMES = re.compile(r".*?[0-9]{1,2}[:.h][0-9]{2} ?(?:-|\u2013|to|alle) ?[0-9]{1,2}[:.h][0-9]{2}", re.IGNORECASE)
_ONE_DAY = timedelta(days=1)
_SHIFT = r"([+-]?)(?:([0-9]+)d(?:ays?)?)?(?:([0-9]+)h(?:rs?|ours?)?)?(?:([0-9]+)m(?:in(?:ute)?s?)?)?"


def read_typed_moment(typed: str, clock: Clock) -> date | datetime | time:
    """The day, the time of a day, or the time alone that `typed` says: `1 Oct 19:30`, `3pm 1 Oct`, `domani`, `noon`, or
    a time of ISO 8601, with or without an offset. Raises UsageError where it is of no such form, or a length: `19h` is
    an hour only beside a day.
    """
    text = typed.strip()
    if len(text) <= MAX_CHARACTERS:
        try:
            return datetime.fromisoformat(text) if re.search("[0-9][T ][0-9]{2}:", text) else date.fromisoformat(text)
        except ValueError:
            pass
        if _TWO_TIMES.fullmatch(text):
            raise UsageError(f"{quote(typed)} is a start and an end; give each by itself")
        for form in () if is_shift(text) else (_DAY_THEN_TIME, _TIME_THEN_DAY):  # `2h` alone may be a length
            if (match := form.fullmatch(text)) and not match["time"].isdigit():
                return _combine(match["day"], match["time"], clock, typed)
    return read_single_day(typed, clock)


def _combine(day: str, time_of_day: str, clock: Clock, typed: str) -> datetime | time:
    """The time on that day, or alone where there is none. Raises UsageError where no clock or no calendar has it."""
    since_midnight = read_time_of_day(time_of_day)
    if since_midnight is None:
        raise UsageError(f"{quote(typed)} is no time of the day; write it as {MOMENT_FORMS}")
    if not day and since_midnight == _ONE_DAY:
        raise UsageError(f'{quote(typed)} is on the next day; name that day as well, as in "2 Oct 0:00"')
    try:
        moment = datetime.combine(read_single_day(day, clock) if day else date.min, time()) + since_midnight
    except OverflowError:
        raise UsageError(f"{quote(typed)} is after the last day of the calendar, {date.max}") from None
    return moment if day else moment.time()


def read_single_day(typed: str, clock: Clock) -> date:
    """The one day that `typed` names; UsageError where it names none, or several."""
    try:
        period = clock.day(typed, MOMENT_FORMS)
    except UsageError:
        if not _is_span(typed, clock):
            raise
        raise UsageError(f"{quote(typed)} is several days; give the first and the last each by itself") from None
    if period.first is None or period.first != period.last:
        raise UsageError(f"{quote(typed)} is not one day; write it as {MOMENT_FORMS}")
    return period.first


def _is_span(typed: str, clock: Clock) -> bool:
    try:
        return clock.period(typed).first is not None
    except UsageError:
        return False


def is_shift(typed: str) -> bool:
    """Whether it is a length of time that `read_shift` reads."""
    match = _match_shift(typed)
    return match is not None and any(match.groups()[1:])


def read_shift(typed: str) -> timedelta:
    """By how much something is moved: `30m`, `30 min`, `-1h30m`, `2d`.

    Raises UsageError where it is of no such form, or longer than the calendar.
    """
    match = _match_shift(typed)
    if match is None or not any(match.groups()[1:]):
        raise UsageError(f"{quote(typed)} is no length of time; write it as {SHIFT_FORMS}")
    sign, days, hours, minutes = match.groups()
    shift = make_length(typed, days=days, hours=hours, minutes=minutes)
    return -shift if sign == "-" else shift


def _match_shift(typed: str) -> re.Match[str] | None:
    return re.fullmatch(_SHIFT, typed.strip().lower().replace(" ", ""))
