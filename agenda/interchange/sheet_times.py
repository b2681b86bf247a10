"""When the event of a row is: what its cells say together."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

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
    taken for a time of the next day, and the last day of an event with times that has no time on it, and so is no end.
    """

    start: date | datetime | None = None
    end: date | datetime | None = None
    between: tuple[date, date] | None = None
    is_over_midnight: bool = False
    unended_day: date | None = None


def make_times(row: RowTimes, above: date | None) -> EventTimes:
    """When an event is, where that is `above` if its row has no day of its own; of days, the end is the last one.

    Raises ValueError, with a message for the user, where the cells contradict each other, or tell of a day that no
    calendar has.
    """
    try:
        return _make_times(row, row.day or above)
    except OverflowError:
        raise ValueError(f"it goes on after the last day of the calendar, {date.max}") from None


def _make_times(row: RowTimes, day: date | None) -> EventTimes:
    clock = row.clock
    if day is None:
        if clock:
            raise ValueError("it has a time, but no day")
        return EventTimes()
    if clock is None or clock.clock is None:
        last = _last_day(row) or day
        if row.all_day and _ends_at_midnight(row) and last > day:  # as calendars write it: the first moment after it
            last -= timedelta(days=1)
        if last < day:
            raise ValueError(f"its last day, {last}, is before its first, {day}")
        is_open = any(cell and cell.is_open for cell in (row.start, row.on))
        if is_open:
            return EventTimes(between=(day, last)) if last > day else EventTimes(start=day)
        return EventTimes(start=day, end=last if last > day else None)
    start = datetime.combine(day, time(), clock.offset) + clock.clock
    end, is_over_midnight = _end(row, day, start)
    last_day = _last_day(row)
    unended_day = last_day if last_day and last_day > (end or start).date() else None
    return EventTimes(start=start, end=end, is_over_midnight=is_over_midnight, unended_day=unended_day)


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
