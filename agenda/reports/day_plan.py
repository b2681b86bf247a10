"""The plan of one day: its timed events as blocks in rows and columns, and what has no time beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from math import ceil, floor
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.limits import MAX_DRAWN_DAYS
from agenda.model import Agenda, Between, City, Fixed, Occurrence, ToBeAnnounced, Venue, When
from agenda.query import Query, walk_occurrences
from agenda.reports.groups import DayBy, Grouping, Value, group_occurrences, rank_of

_DAY_MINUTES = 24 * 60
STEPS_MINUTES = (5, 10, 15, 20, 30, 60)
"""How long a row can be."""
_FEW_PERCENT = 2


class Block(Struct, frozen=True):
    """An occurrence that lasts from `minutes` to `until` on the day, both counted from the midnight in which that
    begins. It takes the rows from `first` up to `end`, which is not included and comes after `first`: from the edge
    between rows that is the nearest to its start, to the one that is the nearest to its end. It goes on from the day
    `before`, or into the day `after`, where these are true.
    """

    occurrence: Occurrence
    start: datetime
    minutes: float
    until: float
    first: int
    end: int
    before: bool = False
    after: bool = False


class DayColumn(Struct, frozen=True):
    """The blocks that have `value` in common, None being the value of those that lack one. No two blocks of one of
    its `tracks` take the same row.
    """

    value: Value | None
    tracks: Sequence[Sequence[Block]]

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of all tracks."""
        return [block for track in self.tracks for block in track]


class Across(Struct, frozen=True):
    """A block without a value that is for several columns: those of its venue, else of its cities, else all. None of
    them has a block beside it.
    """

    block: Block
    columns: range


class DayChoice(Struct, frozen=True):
    """Days to be drawn, and the first one that is left out since they are so many, if any is."""

    days: Sequence[date]
    left_out: date | None = None


class DayPlan(Struct, frozen=True):
    """A day in rows of `step` minutes each, row 0 beginning at midnight.

    `across` has the blocks that are for several columns, by the numbers of these. With `whole_days`, and `perhaps` for
    what lies between two days, it has every occurrence that touches the day and is in no column.
    `zone` is the one by whose clocks all times are told, and None where there is none such.
    """

    day: date
    step: int
    columns: Sequence[DayColumn]
    across: Sequence[Across]
    whole_days: Sequence[Occurrence]
    perhaps: Sequence[Occurrence]
    zone: ZoneInfo | None = None

    @property
    def blocks(self) -> Sequence[Block]:
        """All blocks; one that is in several columns comes several times."""
        return [
            *(across.block for across in self.across),
            *(block for column in self.columns for block in column.blocks),
        ]

    def clock_at(self, row: int) -> str:
        """What clocks show at the start of a row: `09:30`."""
        minutes = row * self.step
        if self.zone is None:
            return f"{minutes // 60:02}:{minutes % 60:02}"
        moment = _midnight(self.day, self.zone).astimezone(UTC) + timedelta(minutes=minutes)
        return f"{moment.astimezone(self.zone):%H:%M}"


def choose_by(occurrences: Iterable[Occurrence]) -> DayBy:
    """What the columns stand for unless it is said: rooms if any of the events with times has one, else cities."""
    has_room = any(occurrence.event.room for occurrence in occurrences if _is_timed(occurrence.when))
    return Grouping.ROOM if has_room else Grouping.CITY


def choose_day(agenda: Agenda, query: Query) -> date | None:
    """The day to be drawn where none is asked for: today, or the first later day with times, or the first day with
    times at all; days without times count only where none has times. None where none has a date.
    """
    from_today = replace(query, periods=(*query.periods, Period(query.today, None)))
    with_times = replace(agenda, events=tuple(event for event in agenda.events if _is_timed(event.when)))
    for events in (with_times, agenda):
        first = next(_dated_days(walk_occurrences(events, from_today)), None)
        if first:
            return max(first, query.today)
        first = next(_dated_days(walk_occurrences(events, query)), None)
        if first:
            return first
    return None


def _dated_days(occurrences: Iterable[Occurrence]) -> Iterator[date]:
    """The first days of those that have a date."""
    return (each.when.days[0] for each in occurrences if not isinstance(each.when, ToBeAnnounced))


def choose_days(occurrences: Iterable[Occurrence], query: Query) -> DayChoice:
    """The days to be drawn where some are asked for: those on which any of these occurrences is or may be, at most
    `MAX_DRAWN_DAYS`.
    """
    spans = [occurrence.when.days for occurrence in occurrences if isinstance(occurrence.when, Fixed | Between)]
    days = _first_days(spans, query, MAX_DRAWN_DAYS + 1)
    return DayChoice(days[:MAX_DRAWN_DAYS], days[MAX_DRAWN_DAYS] if len(days) > MAX_DRAWN_DAYS else None)


def _first_days(spans: Iterable[tuple[date, date]], query: Query, most: int) -> list[date]:
    """The first days of these spans that the query asks for."""
    days: set[int] = set()
    for first, last in sorted(spans):
        start = max(first, query.first or date.min).toordinal()
        end = min(last, query.last or date.max).toordinal() + 1
        days.update(range(start, min(end, start + most)))
    return [date.fromordinal(number) for number in sorted(days)[:most]]


def touch_day(occurrences: Iterable[Occurrence], day: date) -> list[Occurrence]:
    """Those of the occurrences that are or may be on the day."""
    return [
        occurrence
        for occurrence in occurrences
        if not isinstance(occurrence.when, ToBeAnnounced) and Period(day, day).touches(*occurrence.when.days)
    ]


def _is_timed(when: When) -> bool:
    return isinstance(when, Fixed) and not when.all_day


def plan_day(occurrences: Iterable[Occurrence], day: date, *, by: DayBy, query: Query, step: int) -> DayPlan:
    """The plan of `day`, with a column for each value of `by` that any of these occurrences has that day.

    A row is counted in the minutes that pass since midnight where all times are of one zone, so that a day on which its
    clocks change is longer or shorter; else by the clocks of each occurrence.
    """
    of_day = touch_day(occurrences, day)
    timed = [
        _Timed(occurrence, when.start, when.end if isinstance(when.end, datetime) else when.start)
        for occurrence in of_day
        if isinstance(when := occurrence.when, Fixed) and isinstance(when.start, datetime)
    ]
    # The first and the last day of the calendar have no day beside them to count from, and no clock changes then.
    zone = _common_zone(timed) if date.min < day < date.max else None
    midnight = _DAY_MINUTES if zone is None else _minutes(_midnight(day + timedelta(1), zone), day, zone)
    blocks = [_block(event, day, zone, step=step, midnight=midnight) for event in timed]
    columns, across = _columns(blocks, by, query)
    return DayPlan(
        day=day,
        step=step,
        columns=columns,
        across=across,
        whole_days=[event for event in of_day if isinstance(event.when, Fixed) and event.when.all_day],
        perhaps=[event for event in of_day if isinstance(event.when, Between)],
        zone=zone,
    )


def choose_step(occurrences: Sequence[Occurrence], day: date, *, by: DayBy, query: Query, rows: int) -> int:
    """The length of a row, in minutes, with which the day takes at most so many rows: of several such lengths, the one
    with the most starts and ends between two rows; and of several of these, the shortest. Steps so long that
    consecutive short events would stand side by side are skipped, unless only a few would.
    """
    plans = [plan_day(occurrences, day, by=by, query=query, step=step) for step in STEPS_MINUTES]
    most = _count_beside(plans[0]) + len(plans[0].blocks) * _FEW_PERCENT // 100
    apart = [plan for plan in plans if _count_beside(plan) <= most]
    fitting = [plan for plan in apart if count_rows(plan) <= rows]
    return min(fitting, key=_count_within_rows).step if fitting else apart[-1].step


def _count_beside(plan: DayPlan) -> int:
    """How many blocks stand beside others: in another track than the first, or in a column of what lacks a value."""
    return sum(
        len(track) for column in plan.columns for track in (column.tracks if not column.value else column.tracks[1:])
    )


def _count_within_rows(plan: DayPlan) -> int:
    """How many blocks start or end within a row."""
    minutes = (minutes for block in plan.blocks for minutes in (block.minutes, block.until))
    return sum(minutes % plan.step != 0 for minutes in minutes)


def count_rows(plan: DayPlan) -> int:
    """How many rows its blocks take, with one row for each gap between them."""
    spans = rows_in_use(plan.blocks, plan.step)
    return sum(len(span) for span in spans) + max(0, len(spans) - 1)


def rows_in_use(blocks: Iterable[Block], step: int) -> list[range]:
    """The rows from the first to the last of these blocks, in rows of `step` minutes. What lies between two ranges is a
    gap: an hour or more without a block, and at least two rows.
    """
    least = max(2, 60 // step)
    spans: list[range] = []
    for first, end in sorted({(block.first, block.end) for block in blocks}):
        if spans and first < spans[-1].stop + least:
            spans[-1] = range(spans[-1].start, max(spans[-1].stop, end))
        else:
            spans.append(range(first, end))
    return spans


class _Timed(Struct, frozen=True):
    """An occurrence with its start and its end, which are the same time if the end is not known."""

    occurrence: Occurrence
    start: datetime
    end: datetime


def _common_zone(events: Iterable[_Timed]) -> ZoneInfo | None:
    """The zone that all these times are of; None where there are several, and for floating times and offsets."""
    zones = {time.tzinfo for event in events for time in (event.start, event.end)}
    zone = next(iter(zones), None)
    return zone if len(zones) == 1 and isinstance(zone, ZoneInfo) else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _minutes(moment: datetime, day: date, zone: ZoneInfo | None) -> float:
    """How many minutes after the midnight in which `day` begins, or before it where they are negative."""
    if zone is None:
        return (moment.replace(tzinfo=None) - datetime.combine(day, time())) / timedelta(minutes=1)
    return (moment.astimezone(UTC) - _midnight(day, zone).astimezone(UTC)) / timedelta(minutes=1)


def _block(event: _Timed, day: date, zone: ZoneInfo | None, *, step: int, midnight: float) -> Block:
    """The block of an event in rows of `step` minutes; the day ends at `midnight`, in minutes from its start."""
    start = _minutes(event.start, day, zone)
    end = _minutes(event.end, day, zone)
    first = min(_nearest_row(max(start, 0), step), ceil(midnight / step) - 1)
    last = _nearest_row(min(end, midnight), step)
    return Block(
        event.occurrence,
        event.start,
        minutes=max(start, 0),
        until=min(end, midnight),
        first=first,
        end=max(last, first + 1),
        before=start < 0,
        after=end > midnight,
    )


def _nearest_row(minutes: float, step: int) -> int:
    """The row that begins the nearest to these minutes; of two, the later one."""
    return floor(minutes / step + 0.5)


def _columns(blocks: Sequence[Block], by: DayBy, query: Query) -> tuple[list[DayColumn], list[Across]]:
    """The columns in their order, and the blocks that are across several of them."""
    by_occurrence = {id(block.occurrence): block for block in blocks}
    groups = group_occurrences((block.occurrence for block in blocks), by, query)
    by_value = {value: [by_occurrence[id(occurrence)] for occurrence in groups[value]] for value in groups}
    if by is Grouping.TOPIC or len(by_value) == 1 or None not in by_value:
        return [DayColumn(value, _make_tracks(by_value[value])) for value in sorted(by_value, key=_value_order)], []
    lacking = by_value.pop(None)
    values = sorted(by_value, key=_value_order)
    columns = [DayColumn(value, _make_tracks(by_value[value])) for value in values]
    places = _Places([by_value[value] for value in values])
    spans = [(block, places.columns_for(block)) for block in lacking]
    # Two at once would be drawn over each other, and so would one that is beside a block of a column.
    own = ((block, range(place, place + 1)) for place, value in enumerate(values) for block in by_value[value])
    crowded = _find_crowded([*own, *spans])
    across = [Across(block, span) for block, span in spans if id(block) not in crowded]
    if beside := [block for block in lacking if id(block) in crowded]:
        # What is for all columns is for this one too: at that time, it has no block of its own.
        across = [Across(each.block, _after_insertion(each.columns, len(columns))) for each in across]
        columns.insert(0, DayColumn(None, _make_tracks(beside)))
    return columns, across


def _find_crowded(placed: Iterable[tuple[Block, range]]) -> set[int]:
    """The `id()` of each block that shares a row of one of its columns with another, each being given with these."""
    by_row: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for block, columns in placed:
        for row in _rows(block):
            by_row[row].append((columns.start, columns.stop, id(block)))
    crowded: set[int] = set()
    for spans in by_row.values():
        reach = widest = 0
        for start, stop, key in sorted(spans):
            if start < reach:  # which is how far the widest one before it goes
                crowded |= {key, widest}
            if stop > reach:
                reach, widest = stop, key
    return crowded


def _after_insertion(span: range, columns: int) -> range:
    """The same columns of so many, after another one was put before the first; with that one if they are all."""
    return range(0 if len(span) == columns else span.start + 1, span.stop + 1)


class _Places:
    """Where the columns are, each of which has these blocks."""

    def __init__(self, columns: Sequence[Sequence[Block]]) -> None:
        self._number = len(columns)
        self._by_place: dict[City | Venue, range] = {}
        for number, blocks in enumerate(columns):
            events = [block.occurrence.event for block in blocks]
            places: set[City | Venue] = {event.venue for event in events if event.venue}
            places.update(city for event in events for city in event.cities)
            for place in places:
                first = self._by_place.get(place, range(number, number)).start
                self._by_place[place] = range(first, number + 1)

    def columns_for(self, block: Block) -> range:
        """The columns that are at the venue of a block, else those in its cities, else all."""
        event = block.occurrence.event
        for places in ([event.venue] if event.venue else [], event.cities):
            spans = [self._by_place[place] for place in places if place in self._by_place]
            if spans:
                return range(min(span.start for span in spans), max(span.stop for span in spans))
        return range(self._number)


def _rows(block: Block) -> range:
    return range(block.first, block.end)


def _value_order(value: Value | None) -> tuple[bool, int]:
    """What lacks a value is for everybody, and comes first; then cities and rooms in the order of the file, and other
    values as they come.
    """
    return value is not None, rank_of(value)


def _make_tracks(blocks: Iterable[Block]) -> list[list[Block]]:
    """The blocks side by side: each in the first track that is free from its first row on."""
    tracks: list[list[Block]] = []
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    for block in sorted(blocks, key=lambda block: block.first):
        while busy and busy[0][0] <= block.first:
            heappush(free, heappop(busy)[1])
        if not free:
            heappush(free, len(tracks))
            tracks.append([])
        track = heappop(free)
        tracks[track].append(block)
        heappush(busy, (block.end, track))
    return tracks
