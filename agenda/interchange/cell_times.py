"""Days, times and lengths of time in the cells of a table, as people write them."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.interchange.day_order import WEEKDAY, DayOrder, read_numeric_day
from agenda.interchange.sheets import Cell, CellError
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.typed_days.calendar_days import NoSuchDayError
from agenda.typed_days.forms import KnownDays, Reading, Yearless, normalize, read_day, split_span
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
_FIRST_YEAR = 1901
_SERIALS = range(20_000, 80_000)
"""Days since 1900 by which spreadsheets count, of the years 1954 to 2119."""
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets have no zones
_ZERO_OF_TIMES = date(1899, 12, 31)
"""The day on which spreadsheets have a time alone."""
_END_OF_DAY_ISO = "PT24H00M00S"
"""What LibreOffice writes for 24:00."""
_DURATION_ISO = re.compile(r"pt(?:(\d+)h)?(?:(\d+)m)?")
_DURATION = re.compile(
    r"(?:([0-9]+(?:[.,][0-9]+)?) ?(?:h|hr|hrs|hours?|ore|ora)(?![a-z]) ?)?"
    r"(?:(?:e|and)? ?([0-9]+) ?(?:m|min|mins|minutes?|minuti|minuto|')?\.?)?"
)
_DURATION_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_MAX_LENGTH = timedelta(days=31)
_END_OF_DAY = timedelta(hours=24)


class _NoYearError(ValueError):
    """A day is named without its year, and none is known."""


class _WrongDaysError(ValueError):
    """A day is not of the weekday that it is named with, or a span ends before it starts; the message says which."""


class CellTimes(Struct, frozen=True, kw_only=True):
    """What a cell says of when something is: its first and last day, its first and last time, as far as it says them,
    and the offset of its time from UTC; `is_open` where it may be on any of these days, `may_be_midnight` where a
    spreadsheet has a day of its own, which to it is the same as the midnight with which that begins. A time is how long
    after midnight the clocks show it, since 24:00 is the midnight at the end of the day.
    """

    day: date | None = None
    clock: timedelta | None = None
    last_day: date | None = None
    last_clock: timedelta | None = None
    offset: tzinfo | None = None
    is_open: bool = False
    is_serial: bool = False
    may_be_midnight: bool = False


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
            day = cell.date() if cell.year >= _FIRST_YEAR else None  # else a time alone
            return CellTimes(day=day, clock=_clock_of(_since_midnight(cell.time())))
        case date() if cell.year < _FIRST_YEAR:  # whole days since then: 24:00 is one
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
    return _read_text(cell, order, year, is_clock=is_clock)


def _read_number(number: float, *, is_clock: bool) -> CellTimes:
    if is_clock and 0 < number < 1:
        return CellTimes(clock=_clock_of(timedelta(days=number)))
    if is_clock and 0 <= number <= 24 and number == int(number):  # noqa: PLR2004 - hours
        return CellTimes(clock=timedelta(hours=number))
    if _SERIALS.start <= number < _SERIALS.stop:
        moment = _SERIAL_ZERO + timedelta(days=int(number), minutes=round(number % 1 * 24 * 60))
        is_day = number == int(number)
        return CellTimes(day=moment.date(), clock=None if is_day else _since_midnight(moment.time()), is_serial=True)
    raise ValueError(f"{number:g} is no day and no time; write it as 2026-09-30 or 09:30")


def _read_text(text: str, order: DayOrder, year: Year, *, is_clock: bool) -> CellTimes:
    words = " ".join(text.split())
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
        return _on_days(_read_days(split[1], order, year), times)
    try:
        return _read_days(words, order, year)
    except ValueError as error:
        if split is None:
            raise
        times = _read_clocks(split[2], is_clock=True)
        if times is None:
            raise error from None
    return _on_days(_read_days(split[1], order, year), times)


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
    """A time, or two with a dash between them; None where the words are none."""
    text = fold(words).strip(".")
    match = _TWO_TIMES.fullmatch(text)
    if match and (is_clock or not (match[1].isdigit() and match[2].isdigit())):
        half = re.search(HALF_OF_DAY, match[2]) if match[1][-1].isdigit() else None  # "9–10 am"
        first = read_time_of_day(f"{match[1]}{half[0] if half else ''}")
        last = read_time_of_day(match[2])
        if first is not None and last is not None:
            return CellTimes(clock=first, last_clock=last)
    match = _ONE_TIME.fullmatch(text)
    if match and (is_clock or re.search("[a-z:]", text)):  # else it may be a day: 30.09
        clock = read_time_of_day(match[1])
        return None if clock is None else CellTimes(clock=clock)
    return None


def _read_days(words: str, order: DayOrder, year: Year) -> CellTimes:
    """A day, or two as a span; raises ValueError where the words are neither."""
    if match := _YEAR_FIRST.fullmatch(words):
        year_month_day = [int(number) for number in match.groups()]
        return CellTimes(day=_calendar_day(words, lambda: date(*year_month_day)))
    typed = normalize(words)
    try:
        if first := _read_one_day(typed, order, year):
            return CellTimes(day=first)
        ends = split_span(typed)
        if ends and all(ends):
            return _read_span(ends, order, year)
    except NoSuchDayError as error:
        raise ValueError(f"{quote(words)} is no day of the calendar: {error}") from None
    except _NoYearError:
        raise ValueError(f"{quote(words)} has no year, and --year gives one") from None
    except _WrongDaysError as error:
        raise ValueError(f"{quote(words)}: {error}") from None
    except (ValueError, OverflowError):
        raise ValueError(f"{quote(words)} is no day of the calendar") from None
    raise ValueError(f"{quote(words)} is no day and no time; write it as 2026-09-30, 30/9/2026 or 09:30")


def _calendar_day(words: str, read: Callable[[], date]) -> date:
    try:
        return read()
    except ValueError:
        raise ValueError(f"{quote(words)} is no day of the calendar") from None


def has_day_form(text: str) -> bool:
    """Whether a text is written as one day, with or without its year, be there such a day or not."""
    try:
        return _find_day(normalize(" ".join(text.split())), DayOrder(day_first=True)) is not None
    except (ValueError, OverflowError):
        return True


def _read_span(ends: tuple[str, str], order: DayOrder, year: Year) -> CellTimes:
    """The days from one end to the other. An end without a year has that of the other, or around New Year the year
    next to it: `30 Dec – 2 Jan` of 2026 ends in 2027.
    """
    start, end = (_find_day(words, order) for words in ends)
    if start is None or end is None:
        raise ValueError
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
        raise _NoYearError
    return known


def _check_weekday(day: date, weekday: int | None) -> None:
    if weekday is not None and day.weekday() != weekday:
        raise _WrongDaysError(f"that day is a {day:%A} in {day.year}")


@lru_cache(maxsize=4096)  # most rows of a table are of a few days
def _read_typed_day(words: str) -> Reading | None:
    """What the words say, as if a certain day were today; raises what `read_day` does."""
    return read_day(words, date(2000, 1, 1))


def read_duration(cell: Cell) -> timedelta | None:
    """The length of time in a cell, numbers alone being minutes; None where it is empty. Raises ValueError, with a
    message for the user, where it is none.
    """
    if cell is None:
        return None
    try:
        length = _length_of(cell)
    except (OverflowError, ValueError):  # more digits than any length has, or a number that is none
        length = None
    if length is None or not timedelta(0) < length <= _MAX_LENGTH:
        raise ValueError(
            f"{quote(str(cell))} is no length of time; write it as 90, 1:30 or 1h 30m, {_MAX_LENGTH.days} days at most"
        )
    return timedelta(seconds=round(length.total_seconds()))


def _length_of(cell: Cell) -> timedelta | None:
    """The length of time, however long; None where the cell says none. Raises OverflowError or ValueError where its
    number is too large to be counted with.
    """
    match cell:
        case timedelta():
            return cell
        case time():
            return timedelta(hours=cell.hour, minutes=cell.minute)
        case datetime() if cell.date() <= date(1900, 1, 1):
            return timedelta(hours=cell.hour, minutes=cell.minute)
        case float() | int() if not isinstance(cell, bool):
            return timedelta(days=cell) if 0 < cell < 1 else timedelta(minutes=cell)
        case str():
            return _length_of_text(fold(cell).strip("."))
    return None


def _length_of_text(text: str) -> timedelta | None:
    if match := _DURATION_CLOCK.fullmatch(text):
        return timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3] or 0))
    match = _DURATION_ISO.fullmatch(text) or _DURATION.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    return timedelta(hours=float((match[1] or "0").replace(",", ".")), minutes=int(match[2] or 0))


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


def _clock_of(since_midnight: timedelta) -> timedelta:
    """A time in whole seconds: spreadsheets count in fractions of days."""
    if not timedelta() <= since_midnight <= _END_OF_DAY:
        raise ValueError(f"{since_midnight} is no time of day")
    return timedelta(seconds=round(since_midnight.total_seconds()))
