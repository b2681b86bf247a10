"""When the event of a row is: what its cells say together."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.interchange.cell_times import CellTimes

_MAX_NIGHT = timedelta(hours=12)
"""How long after its start an event may end whose end is earlier in the day."""


class RowTimes(Struct, frozen=True, kw_only=True):
    """What the cells of a row say: of its start, its end, and how long it is."""

    start: CellTimes | None = None
    on: CellTimes | None = None
    at: CellTimes | None = None
    end: CellTimes | None = None
    end_on: CellTimes | None = None
    end_at: CellTimes | None = None
    length: timedelta | None = None
    all_day: bool = False

    @property
    def day(self) -> date | None:
        """The day on which it starts."""
        return next((cell.day for cell in (self.start, self.on, self.at) if cell and cell.day), None)

    @property
    def clock(self) -> CellTimes | None:
        """The cell that says at what time it starts."""
        if self.all_day:
            return None
        return next((cell for cell in (self.start, self.at, self.on) if cell and cell.clock is not None), None)


class EventTimes(Struct, frozen=True):
    """The keys of an event that say when it is, and what is worth telling of how they came to be: whether its end was
    taken for a time of the next day, the last day of an event with times that has no time on it, and so is no end, the
    midnight for which a day of a spreadsheet was taken, and why an end or a length is none.
    """

    start: date | datetime | None = None
    end: date | datetime | None = None
    between: tuple[date, date] | None = None
    is_over_midnight: bool = False
    unended_day: date | None = None
    midnight: date | None = None
    lost_end: str = ""


def make_times(row: RowTimes, above: date | None) -> EventTimes:
    """When an event is, where that is `above` if its row has no day of its own; of days, the end is the last one. A
    time on no day says nothing.

    Raises ValueError, with a message for the user, where the cells contradict each other, or tell of a day that no
    calendar has.
    """
    try:
        if midnights := _with_midnights(row):
            row, midnight = midnights
            return replace(_make_times(row, row.day or above), midnight=midnight)
        return _make_times(row, row.day or above)
    except OverflowError:
        raise ValueError(f"it goes on after the last day of the calendar, {date.max}") from None


def _with_midnights(row: RowTimes) -> tuple[RowTimes, date] | None:
    """The row with the midnight of the day in its start or its end, where that is a day of a spreadsheet and the other
    one has a day and a time: in spreadsheets, both are the same. None where there is none such.
    """
    start, end = row.start, row.end
    if row.all_day or start is None or end is None or start.day is None or end.day is None:
        return None
    if start.may_be_midnight and row.clock is None and end.clock is not None:
        return replace(row, start=replace(start, clock=timedelta())), start.day
    is_unended = row.end_at is None and row.length is None and end.day > start.day
    if end.may_be_midnight and start.clock is not None and start.last_clock is None and is_unended:
        return replace(row, end=replace(end, clock=timedelta())), end.day
    return None


def _make_times(row: RowTimes, day: date | None) -> EventTimes:
    clock = row.clock
    if day is None:
        return EventTimes(lost_end=_explain_lost_end(row, day))
    if clock is None or clock.clock is None:
        last = _last_day(row) or day
        if row.all_day and _ends_at_midnight(row) and last > day:  # as calendars write it: the first moment after it
            last -= timedelta(days=1)
        if last < day:
            raise ValueError(f"its last day, {last}, is before its first, {day}")
        is_open = any(cell and cell.is_open for cell in (row.start, row.on))
        if is_open:
            return EventTimes(between=(day, last)) if last > day else EventTimes(start=day)
        return EventTimes(start=day, end=last if last > day else None, lost_end=_explain_lost_end(row, day))
    start = datetime.combine(day, time(), clock.offset) + clock.clock
    end, is_over_midnight = _end(row, day, start)
    last_day = _last_day(row)
    unended_day = last_day if last_day and last_day > (end or start).date() else None
    return EventTimes(start=start, end=end, is_over_midnight=is_over_midnight, unended_day=unended_day)


def _explain_lost_end(row: RowTimes, day: date | None) -> str:
    """What the row says of its end that means nothing, since it starts at no time of that day, or on no day; empty
    where it says nothing such.
    """
    if row.all_day:
        return ""
    lacking = "no time" if day else "no day"
    for cell in (row.end, row.end_at):
        if cell and cell.clock is not None:
            return f"its end has a time, and its start has {lacking}"
        if cell and cell.day and not day:
            return "it has a last day, and no first one"
    return f"it has a length, and its start has {lacking}" if row.length else ""


def _last_day(row: RowTimes) -> date | None:
    days = [cell.day for cell in (row.end, row.end_on) if cell and cell.day]
    days += [cell.last_day for cell in (row.start, row.on) if cell and cell.last_day]
    return days[0] if days else None


def _ends_at_midnight(row: RowTimes) -> bool:
    """Whether the row has an end that is the first moment of a day."""
    ends = (cell.clock for cell in (row.end, row.end_at) if cell and cell.clock is not None)
    return next(ends, None) == timedelta()


def _end(row: RowTimes, day: date, start: datetime) -> tuple[datetime | None, bool]:
    """When it is over, on that day if the row has no last one, and whether that is taken for a time of the next day."""
    ends = [(cell.clock, cell) for cell in (row.end, row.end_at) if cell and cell.clock is not None]
    ends += [(cell.last_clock, cell) for cell in (row.start, row.at, row.on) if cell and cell.last_clock is not None]
    if not ends:
        return (start + row.length if row.length else None), False
    clock, cell = ends[0]
    last_day = _last_day(row)
    end = datetime.combine(last_day or day, time(), cell.offset or start.tzinfo) + clock
    if end > start:
        return end, False
    if end == start:
        return None, False
    night = end + timedelta(days=1)
    if last_day is None and night - start <= _MAX_NIGHT:
        return night, True
    raise ValueError(f"its end, {end.date()} {end:%H:%M}, is before its start, {start.date()} {start:%H:%M}")


def by_zone(moment: date | datetime | None, zone: ZoneInfo | None) -> date | datetime | None:
    """A time as a local one of the zone, where that says it all; else as it was written."""
    if not isinstance(moment, datetime) or moment.tzinfo is None or zone is None:
        return moment
    try:
        local = moment.astimezone(zone).replace(tzinfo=None, fold=0)  # a file has no fold: it means the first of two
    except OverflowError:  # in the zone, it is on a day that no calendar has
        return moment
    return local if local.replace(tzinfo=zone).timestamp() == moment.timestamp() else moment
