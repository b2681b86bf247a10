"""Days and times in the cells of a table, as people write them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.interchange.day_order import WEEKDAY, DayOrder, read_numeric_day
from agenda.interchange.loose_forms import says_all_day, split_aside, usual_clocks, usual_day
from agenda.interchange.sheets import FIRST_YEAR, Cell, CellError
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.typed_days.calendar_days import NoSuchDayError
from agenda.typed_days.forms import (
    KnownDays,
    Reading,
    Yearless,
    explain_two_days,
    normalize,
    read_day,
    split_span,
)
from agenda.typed_days.names import weekday_number
from agenda.typed_days.times_of_day import BEFORE_TIME, HALF_OF_DAY, NAMED_TIMES, TIME_OF_DAY, read_time_of_day

_DASH = r" ?(?:[-–—]|\bto\b|\balle\b|\ba\b|\bal\b) ?"
_TOLD_TIME = f"(?:{BEFORE_TIME} ?)?({TIME_OF_DAY})"
_ONE_TIME = re.compile(_TOLD_TIME)
_TWO_TIMES = re.compile(f"{_TOLD_TIME}{_DASH}{_TOLD_TIME}")
_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.0+)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})")
_DAY_THEN_TIMES = re.compile(
    r"(.+?)(?: ?, ?| [-–—] | )"
    rf"((?:{BEFORE_TIME}|{NAMED_TIMES})\b.*|[0-9]{{1,2}}(?:[:.h][0-9]{{2}}| ?(?:h|[ap]\.?m)\b).*)",
    re.IGNORECASE,
)
_SERIALS = range(20_000, 80_000)
"""Days since 1900 by which spreadsheets count, of the years 1954 to 2119."""
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets have no zones
_ZERO_OF_TIMES = date(1899, 12, 31)
"""The day on which spreadsheets have a time alone."""
_END_OF_DAY_ISO = "PT24H00M00S"
"""What LibreOffice writes for 24:00."""
_END_OF_DAY = timedelta(hours=24)


class NoYearError(ValueError):
    """A day is named without its year, and none is known; the message is one for the user."""


class _WrongDaysError(ValueError):
    """A day is not of the weekday that it is named with, or a span ends before it starts; the message says which."""


class _NoFormError(ValueError):
    """A text has not the form of a day."""

    def __init__(self, words: str) -> None:
        super().__init__(f"{quote(words)} is no day and no time; write it as 2026-09-30, 30/9/2026 or 09:30")


class CellTimes(Struct, frozen=True, kw_only=True):
    """What a cell says of when something is: its first and last day, its first and last time, as far as it says them,
    and the offset of its time from UTC; `is_open` where it may be on any of these days, `may_be_midnight` where a
    spreadsheet has a day of its own, which to it is the same as the midnight with which that begins. A time is how long
    after midnight the clocks show it, since 24:00 is the midnight at the end of the day. `aside` is what stands beside
    all that and is no part of it, as `circa` or `(if it is dry)`.
    """

    day: date | None = None
    clock: timedelta | None = None
    last_day: date | None = None
    last_clock: timedelta | None = None
    offset: tzinfo | None = None
    is_open: bool = False
    is_serial: bool = False
    may_be_midnight: bool = False
    aside: str = ""


Year = Callable[[], int | None]
"""The year of days that are written without one; None where it is not known."""


def read_cell_times(cell: Cell, order: DayOrder, year: Year, *, is_clock: bool) -> CellTimes | None:
    """What the cell says; None where it is empty. `is_clock` where it stands in a column of times of day, in which
    numbers alone are hours.

    Raises ValueError, with a message for the user, where it is neither day nor time.
    """
    match cell:
        case None:
            return None
        case datetime():
            day = cell.date() if cell.year >= FIRST_YEAR else None  # else a time alone
            return CellTimes(day=day, clock=_clock_of(_since_midnight(cell.time())))
        case date() if cell.year < FIRST_YEAR:  # whole days since then: 24:00 is one
            return CellTimes(clock=_clock_of(cell - _ZERO_OF_TIMES))
        case date():
            return CellTimes(day=cell, may_be_midnight=True)
        case CellError():
            raise ValueError(cell.explanation)
        case time():
            return CellTimes(clock=_clock_of(_since_midnight(cell)))
        case timedelta():
            return CellTimes(clock=_clock_of(cell))
        case bool():
            raise ValueError(f"{str(cell).upper()} is no day and no time")
        case float() | int():
            return _read_number(cell, is_clock=is_clock)
    return _read_with_aside(usual_day(" ".join(cell.split())), order, year, is_clock=is_clock)


def _read_with_aside(words: str, order: DayOrder, year: Year, *, is_clock: bool) -> CellTimes:
    """What a text says that may have something else beside its day or its time."""
    try:
        return _read_text(words, order, year, is_clock=is_clock)
    except NoYearError:
        raise
    except ValueError as error:
        rest, aside = split_aside(words)
        if not aside:
            raise
        try:
            return replace(_read_text(rest, order, year, is_clock=is_clock), aside=aside)
        except ValueError as of_rest:
            raise (of_rest if isinstance(of_rest, NoYearError) else error) from None


def _read_number(number: float, *, is_clock: bool) -> CellTimes:
    if is_clock and 0 < number < 1:
        return CellTimes(clock=_clock_of(timedelta(days=number)))
    if is_clock and 0 <= number <= 24 and number == int(number):  # noqa: PLR2004 - hours
        return CellTimes(clock=timedelta(hours=number))
    if _SERIALS.start <= number < _SERIALS.stop:
        moment = _SERIAL_ZERO + timedelta(days=int(number), minutes=round(number % 1 * 24 * 60))
        is_day = number == int(number)
        return CellTimes(day=moment.date(), clock=None if is_day else _since_midnight(moment.time()), is_serial=True)
    if is_clock and 0 < number < 24:  # noqa: PLR2004 - hours, or hours and minutes
        hour, minutes = int(number), round(number % 1 * 100)
        if minutes < 60 and round(number, 2) == number:  # noqa: PLR2004
            either = f"{hour}:{minutes:02} or {hour}:{round(number % 1 * 60):02}, {number:g} hours"
            raise ValueError(f"{number:g} is a number, and may be {either}; write it as {hour:02}:{minutes:02}")
    raise ValueError(f"{number:.15g} is no day and no time; write it as 2026-09-30 or 09:30")


def _read_text(words: str, order: DayOrder, year: Year, *, is_clock: bool) -> CellTimes:
    if words.startswith("~"):
        return replace(_read_days(words[1:], order, year), is_open=True)
    if words == _END_OF_DAY_ISO:
        return CellTimes(clock=_END_OF_DAY)
    if match := _ISO.fullmatch(words):
        return _read_iso(words, match)
    if times := _read_clocks(words, is_clock=is_clock):
        return times
    split = _DAY_THEN_TIMES.fullmatch(words)
    if split and ":" in split[2] and (times := _read_clocks(split[2], is_clock=True)):  # no day has a colon in it
        return _on_days(_read_part(split[1], words, order, year), times)
    try:
        return _read_days(words, order, year)
    except ValueError as error:
        if split is None:
            raise
        times = _read_clocks(split[2], is_clock=True)
        if times is None:
            raise error from None
    return _on_days(_read_part(split[1], words, order, year), times)


def _read_part(days: str, words: str, order: DayOrder, year: Year) -> CellTimes:
    """The days that a part of a text says; where it has no form of a day, the message is of all the words."""
    try:
        return _read_days(days, order, year)
    except _NoFormError:
        raise _NoFormError(words) from None


def _on_days(days: CellTimes, times: CellTimes) -> CellTimes:
    """What a cell says that has both: the first time is on the first day, the last one on the last day."""
    return replace(times, day=days.day, last_day=days.last_day)


def _read_iso(words: str, match: re.Match[str]) -> CellTimes:
    day = _calendar_day(words, lambda: date.fromisoformat(match[1]))
    if match[2] is None:
        return CellTimes(day=day)
    clock = read_time_of_day(match[2])
    try:
        offset = time.fromisoformat(f"00:00{match[3]}").tzinfo if match[3] else None
    except ValueError:
        clock = None
    if clock is None:
        raise ValueError(f"{quote(words)} has no time of the day; write it as 2026-09-30 09:30")
    return CellTimes(day=day, clock=clock, offset=offset)


def _read_clocks(words: str, *, is_clock: bool) -> CellTimes | None:
    """A time, or two with a dash between them; neither where the words say that it is the whole day. None where they
    are no such words.
    """
    text = fold(words).strip(".")
    if is_clock:
        text = usual_clocks(text)
        if says_all_day(text):
            return CellTimes()
    match = _TWO_TIMES.fullmatch(text)
    if match and (is_clock or not (match[1].isdigit() and match[2].isdigit())):
        last = read_time_of_day(match[2])
        first = _read_first_clock(match[1], match[2], last)
        if first is not None and last is not None:
            return CellTimes(clock=first, last_clock=last)
    match = _ONE_TIME.fullmatch(text)
    if match and (is_clock or re.search("[a-z:]", text)):  # else it may be a day: 30.09
        clock = read_time_of_day(match[1])
        return None if clock is None else CellTimes(clock=clock)
    return None


def _read_first_clock(words: str, last_words: str, last: timedelta | None) -> timedelta | None:
    """The time before a dash, in the half of the day that the time behind it has: `9–10 am`; or where it would not be
    the earlier one then, in the other half: `11–1 pm` is from 11 am.
    """
    half = re.search(HALF_OF_DAY, last_words) if words[-1].isdigit() else None
    if half is None:
        return read_time_of_day(words)
    clock = read_time_of_day(f"{words}{half[0]}")
    if clock is None or last is None or clock < last:
        return clock
    return read_time_of_day(f"{words}{'am' if half[0].startswith('p') else 'pm'}")


def _read_days(words: str, order: DayOrder, year: Year) -> CellTimes:
    """A day, or two as a span; raises ValueError where the words are neither."""
    if match := _YEAR_FIRST.fullmatch(words):
        year_month_day = [int(number) for number in match.groups()]
        return CellTimes(day=_calendar_day(words, lambda: date(*year_month_day)))
    typed = normalize(words)
    if words.islower():  # in English, the name of a month has a capital letter
        for part in (typed, *(split_span(typed) or ())):
            if explanation := explain_two_days(part):
                raise ValueError(f"{quote(words)}: it {explanation}")
    try:
        if first := _read_one_day(typed, order, year):
            return CellTimes(day=first)
        ends = split_span(typed)
        if ends and all(ends) and (span := _read_span(ends, order, year)):
            return span
    except NoSuchDayError as error:
        raise ValueError(f"{quote(words)} is no day of the calendar: {error}") from None
    except NoYearError:
        raise NoYearError(f"{quote(words)} has no year, and --year gives one") from None
    except _WrongDaysError as error:
        raise ValueError(f"{quote(words)}: {error}") from None
    except (ValueError, OverflowError):
        raise ValueError(f"{quote(words)} is no day of the calendar") from None
    raise _NoFormError(words)


def _calendar_day(words: str, read: Callable[[], date]) -> date:
    try:
        return read()
    except ValueError:
        raise ValueError(f"{quote(words)} is no day of the calendar") from None


def has_day_form(text: str) -> bool:
    """Whether a text is written as one day, with or without its year, be there such a day or not."""
    try:
        return _find_day(normalize(usual_day(" ".join(text.split()))), DayOrder(day_first=True)) is not None
    except (ValueError, OverflowError):
        return True


def says_day(cell: Cell) -> bool:
    """Whether a cell says a day, with or without its year, be there such a day or not, alone or beside times."""
    try:
        times = read_cell_times(cell, DayOrder(day_first=True), lambda: None, is_clock=True)
    except ValueError:
        return isinstance(cell, str) and any(map(has_day_form, _parts_of_days(cell)))
    return times is not None and times.day is not None


def _parts_of_days(text: str) -> Iterator[str]:
    """What may be a day in a text: all of it, what stands before times, and the ends of a span."""
    words = " ".join(text.split()).removeprefix("~")
    split = _DAY_THEN_TIMES.fullmatch(words)
    for days in (words, split[1] if split else ""):
        yield days
        yield from split_span(normalize(days)) or ()


def _read_span(ends: tuple[str, str], order: DayOrder, year: Year) -> CellTimes | None:
    """The days from one end to the other; None where one of them has not the form of a day. An end without a year has
    that of the other, or around New Year the year next to it: `30 Dec – 2 Jan` of 2026 ends in 2027.
    """
    start, end = (_find_day(words, order) for words in ends)
    if start is None or end is None:
        return None
    if isinstance(start, Yearless):
        start = start.before(end.period) if isinstance(end, KnownDays) else _of_year(start, year)
    if isinstance(end, Yearless):
        end = end.after(start.period)
    first, last = _check_day(start), _check_day(end)
    if first > last:
        raise _WrongDaysError(f"its end, {last}, is before its start, {first}")
    return CellTimes(day=first, last_day=last)


def _read_one_day(words: str, order: DayOrder, year: Year) -> date | None:
    day = _find_day(words, order)
    return None if day is None else _check_day(_of_year(day, year) if isinstance(day, Yearless) else day)


def _find_day(words: str, order: DayOrder) -> KnownDays | Yearless | None:
    """The day that the words say, of its year if they have one; None where they say none, or only today could tell."""
    named = WEEKDAY.fullmatch(words)
    weekday = weekday_number(named[1]) if named else None
    numbers = read_numeric_day(words if weekday is None or named is None else named[2])
    if numbers is None:
        return _find_named_day(words)

    def in_year(year: int) -> Period:
        day = order.day(numbers, year)
        return Period(day, day)

    return Yearless(in_year, weekday) if numbers.year is None else KnownDays(in_year(numbers.year), weekday=weekday)


def _find_named_day(words: str) -> KnownDays | Yearless | None:
    """A day with the name of its month, or in ISO 8601."""
    match _read_typed_day(words):
        case KnownDays(dated=True) as known if known.period.first == known.period.last:
            return known
        case Yearless() as yearless if (day := yearless.in_year(2000)) and day.first == day.last:
            return yearless
    return None


def _of_year(day: Yearless, year: Year) -> KnownDays:
    period = day.in_year(_known(year))
    if period is None:  # 29 February
        raise ValueError
    return KnownDays(period, weekday=day.weekday)


def _check_day(day: KnownDays) -> date:
    """The day, if it is of the weekday that it is named with."""
    if day.period.first is None:
        raise ValueError
    _check_weekday(day.period.first, day.weekday)
    return day.period.first


def _known(year: Year) -> int:
    known = year()
    if known is None:
        raise NoYearError
    return known


def _check_weekday(day: date, weekday: int | None) -> None:
    if weekday is not None and day.weekday() != weekday:
        raise _WrongDaysError(f"that day is a {day:%A} in {day.year}")


@lru_cache(maxsize=4096)  # most rows of a table are of a few days
def _read_typed_day(words: str) -> Reading | None:
    """What the words say, as if a certain day were today; raises what `read_day` does."""
    return read_day(words, date(2000, 1, 1))


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


def _clock_of(since_midnight: timedelta) -> timedelta:
    """A time in whole seconds: spreadsheets count in fractions of days."""
    if not timedelta() <= since_midnight <= _END_OF_DAY:
        raise ValueError(f"{since_midnight} is no time of day")
    return timedelta(seconds=round(since_midnight.total_seconds()))
