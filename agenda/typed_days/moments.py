"""What people type for when an event is: a day, a time of a day, or both."""

import re
from datetime import date, datetime, time, timedelta

from agenda.errors import MoreThanDayError, NoDayError, UsageError
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.typed_days.clock import Clock
from agenda.typed_days.forms import MAX_CHARACTERS
from agenda.typed_days.lengths import make_length
from agenda.typed_days.times_of_day import BEFORE_TIME, TIME_OF_DAY, is_time_of_day, read_time_of_day

MOMENT_FORMS = '"1 Oct 19:30", 2025-10-01T19:30, 2025-10-01 or 19:30'
SHIFT_FORMS = "30m, 1h30m, 2d or -1h"

_TIME = rf"(?<![0-9])(?<![0-9]\.)(?P<time>(?![0-9]+\.[0-9]+\.[0-9]){TIME_OF_DAY})"
"""A time of the day; three numbers with dots between them are a day."""
_WORD = rf"(?:\b(?P<word>{BEFORE_TIME}) ?)?"
_OFFSET = r"(?: ?(?P<offset>Z|\+[0-9]{2}:[0-9]{2}))?"
_DAY_THEN_TIME = re.compile(rf"(?P<day>.*?)(?:,? +|T)?{_WORD}{_TIME}{_OFFSET}", re.IGNORECASE)
_TIME_THEN_DAY = re.compile(rf"{_WORD}{_TIME}{_OFFSET},? +(?:(?:on|di|del) +)?(?P<day>.+)", re.IGNORECASE)
_TO = r" ?(?:[-\u2013]|to|alle|a|until|fino alle) ?"
_MINUTES = "[0-9]{1,2}[:.h][0-9]{2}"
_TWO_TIMES = re.compile(
    rf".*?(?:{_MINUTES}{_TO}{_MINUTES}|\b{BEFORE_TIME} ?{TIME_OF_DAY}{_TO}{TIME_OF_DAY})", re.IGNORECASE
)
_LAST_HOUR = 23
_ONE_DAY = timedelta(days=1)
_ONE_HOUR = timedelta(hours=1)
_ONE_MINUTE = timedelta(minutes=1)
_SHIFT = r"([+-]?)(?:([0-9]+)d(?:ays?)?)?(?:([0-9]+)h(?:rs?|ours?)?)?(?:([0-9]+)m(?:in(?:ute)?s?)?)?"


def read_typed_moment(typed: str, clock: Clock) -> date | datetime | time:
    """The day, the time of a day, or the time alone that `typed` says: `1 Oct 19:30`, `3pm 1 Oct`, `domani alle 15`,
    `noon`, or a time of ISO 8601; a time on a day may have an offset.

    Raises UsageError where it is of no such form, or a length: `19h` is an hour only beside a day, and a number alone
    only behind a word that says so, as `alle` does.
    """
    text = typed.strip()
    if len(text) > MAX_CHARACTERS:
        return read_single_day(typed, clock)
    try:
        return datetime.fromisoformat(text) if re.search("[0-9][T ][0-9]{2}:", text) else date.fromisoformat(text)
    except ValueError:
        pass
    if _TWO_TIMES.fullmatch(text):
        raise UsageError(f"{quote(typed)} is a start and an end; give each by itself")
    for form in () if is_shift(text) else (_DAY_THEN_TIME, _TIME_THEN_DAY):  # `2h` alone may be a length
        if (match := form.fullmatch(text)) and (match["word"] or not match["time"].isdigit()):
            return _combine(match, clock, typed)
    if text.isdecimal() and int(text) <= _LAST_HOUR:
        hour = int(text)
        raise UsageError(f'{quote(typed)} is a number alone; write {hour}:00, or a day with its month, as in "1 Oct"')
    if is_time_of_day(fold(text)):
        raise UsageError(f'{quote(typed)} names no hour; write it, as in "today 19:30"')
    try:
        return read_single_day(typed, clock)
    except MoreThanDayError as error:
        match = _DAY_THEN_TIME.fullmatch(text)
        if match is None:
            right = f"write {error.day}, with a time such as 19:30 after it"
            raise UsageError(f"{quote(typed)} says more than a day; {right}") from None
        raise UsageError(
            f'{quote(typed)} ends in a number alone; write "{_combine(match, clock, typed):%F %R}"'
        ) from None


def _combine(match: re.Match[str], clock: Clock, typed: str) -> datetime | time:
    """The time on its day, or alone where there is none. Raises UsageError where no clock or no calendar has it."""
    day, offset = match["day"], match["offset"]
    since_midnight = read_time_of_day(match["time"])
    if since_midnight is None or (offset and not day):
        raise UsageError(f"{quote(typed)} is no time of the day; write it as {MOMENT_FORMS}")
    if not day and since_midnight == _ONE_DAY:
        raise UsageError(f'{quote(typed)} is on the next day; name that day as well, as in "2 Oct 0:00"')
    try:
        zone = datetime.fromisoformat(f"2000-01-01T00:00{offset.upper()}").tzinfo if offset else None
        moment = datetime.combine(_day_before_time(day, since_midnight, clock), time(), zone) + since_midnight
    except ValueError:
        raise UsageError(f"{quote(typed)} has no offset that clocks have; write it as +01:00") from None
    except OverflowError:
        raise UsageError(f"{quote(typed)} is after the last day of the calendar, {date.max}") from None
    return moment if day else moment.time()


def _day_before_time(day: str, since_midnight: timedelta, clock: Clock) -> date:
    """The day that is typed beside that time, any where none is; UsageError, which keeps the time in what it advises,
    where it is no day.
    """
    shown = f"{since_midnight // _ONE_HOUR:02}:{since_midnight % _ONE_HOUR // _ONE_MINUTE:02}"
    if is_time_of_day(fold(day)):
        raise UsageError(f'{quote(day)} is no day; write "today {shown}"')
    try:
        return read_single_day(day, clock) if day else date.min
    except NoDayError:
        raise
    except MoreThanDayError as error:
        right = f"write {error.day}, with {shown} after it"
        raise UsageError(f"{quote(day)} says more than a day; {right}") from None
    except UsageError as error:
        is_advice = "; write " in str(error)  # and not, say, what the calendar has
        raise UsageError(f"{error}, with {shown} after it" if is_advice else str(error)) from None


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
