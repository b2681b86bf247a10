"""The layout of a day: which rows and columns events have, whatever the events are."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.model import Between, City, Event, Fixed, Occurrence, Room, Term, ToBeAnnounced
from agenda.query import EVERYTHING
from agenda.reports.day_plan import STEPS_MINUTES, Block, DayPlan, choose_step, count_rows, plan_day, rows_in_use
from agenda.reports.groups import DayBy, Grouping

DAY = date(2027, 3, 28)
"""A day on which the clocks of Europe change."""
ZONES = [None, ZoneInfo("Europe/Rome"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Australia/Lord_Howe")]
ROOMS = [None, *(Room(f"Room {number}", rank=number) for number in range(4))]
CITIES = [(), (City("Torino", rank=0),), (City("Torino", rank=0), City("Osaka", rank=1))]
TOPICS = [(), (Term("maths"),), (Term("maths"), Term("life"))]
BY: list[DayBy] = [Grouping.ROOM, Grouping.CITY, Grouping.TOPIC, Grouping.VENUE]


@st.composite
def occurrences(draw: st.DrawFn) -> list[Occurrence]:
    """Occurrences on the day or near it, some of them without times."""
    zones = draw(st.sampled_from([ZONES, ZONES[1:2], ZONES[2:3]]))
    made = []
    for number in range(draw(st.integers(0, 12))):
        when: Fixed | Between
        match draw(st.integers(0, 9)):
            case 0:
                when = Fixed(DAY - timedelta(draw(st.integers(0, 2))), DAY + timedelta(draw(st.integers(0, 2))))
            case 1:
                when = Between(DAY, DAY + timedelta(draw(st.integers(0, 2))))
            case _:
                start = datetime(2027, 3, 27, 20, tzinfo=draw(st.sampled_from(zones)))
                start += timedelta(minutes=draw(st.integers(0, 30 * 60)))
                length = draw(st.one_of(st.none(), st.integers(1, 600)))
                when = Fixed(start, start + timedelta(minutes=length) if length else None)
        event = Event(
            id=f"e{number}",
            title=f"Event {number}",
            when=when,
            cities=draw(st.sampled_from(CITIES)),
            topics=draw(st.sampled_from(TOPICS)),
            room=draw(st.sampled_from(ROOMS)),
        )
        made.append(Occurrence(event, when))
    return made


def plan_of(events: list[Occurrence], by: DayBy, step: int) -> DayPlan:
    return plan_day(events, DAY, by=by, query=EVERYTHING, step=step)


def rows_of(block: Block) -> range:
    return range(block.first, block.end)


def across_of(plan: DayPlan) -> list[Block]:
    return [across.block for across in plan.across]


PLANS = {"events": occurrences(), "by": st.sampled_from(BY), "step": st.sampled_from([*STEPS_MINUTES, 7, 59])}


@given(**PLANS)
def test_every_event_of_the_day_is_in_the_plan(events: list[Occurrence], by: DayBy, step: int) -> None:
    plan = plan_of(events, by, step)
    planned = {block.occurrence.event.id for block in plan.blocks}
    beside = {occurrence.event.id for occurrence in [*plan.whole_days, *plan.perhaps]}
    spans = {event.event.id: event.when.days for event in events if not isinstance(event.when, ToBeAnnounced)}
    touching = {event_id for event_id, (first, last) in spans.items() if first <= DAY <= last}
    assert (planned | beside, planned & beside) == (touching, set())


@given(**PLANS)
def test_event_is_once_in_each_of_its_columns(events: list[Occurrence], by: DayBy, step: int) -> None:
    plan = plan_of(events, by, step)
    for blocks in [across_of(plan), *(column.blocks for column in plan.columns)]:
        ids = [block.occurrence.event.id for block in blocks]
        assert len(ids) == len(set(ids))
    across = {block.occurrence.event.id for block in across_of(plan)}
    assert across.isdisjoint(block.occurrence.event.id for column in plan.columns for block in column.blocks)


@given(**PLANS)
def test_blocks_of_a_track_take_no_row_twice(events: list[Occurrence], by: DayBy, step: int) -> None:
    for column in plan_of(events, by, step).columns:
        for track in column.tracks:
            rows = [row for block in track for row in rows_of(block)]
            assert len(rows) == len(set(rows))


@given(**PLANS)
def test_no_block_stands_beside_one_that_is_across(events: list[Occurrence], by: DayBy, step: int) -> None:
    plan = plan_of(events, by, step)
    across = [(number, row) for each in plan.across for number in each.columns for row in rows_of(each.block)]
    beside = {(number, row) for number, column in enumerate(plan.columns) for b in column.blocks for row in rows_of(b)}
    assert (len(across), beside & set(across)) == (len(set(across)), set())


@given(**PLANS)
def test_columns_that_a_block_is_across_are_there(events: list[Occurrence], by: DayBy, step: int) -> None:
    plan = plan_of(events, by, step)
    assert all(set(each.columns) <= set(range(len(plan.columns))) and len(each.columns) > 0 for each in plan.across)


@given(**PLANS)
def test_height_is_the_length_rounded_to_rows(events: list[Occurrence], by: DayBy, step: int) -> None:
    for block in plan_of(events, by, step).blocks:
        height = block.end - block.first
        assert height >= 1
        assert height == 1 or abs(height * step - (block.until - block.minutes)) <= step


@given(**PLANS)
def test_blocks_lie_within_the_day(events: list[Occurrence], by: DayBy, step: int) -> None:
    plan = plan_of(events, by, step)
    rows = [row for block in plan.blocks for row in rows_of(block)]
    assert all(0 <= row * step < 25 * 60 for row in rows)


@given(**PLANS)
def test_rows_in_use_are_those_of_the_blocks_and_of_short_gaps(events: list[Occurrence], by: DayBy, step: int) -> None:
    plan = plan_of(events, by, step)
    spans = rows_in_use(plan.blocks, step)
    used = {row for span in spans for row in span}
    assert {row for block in plan.blocks for row in rows_of(block)} <= used
    assert all(after.start - before.stop >= max(2, 60 // step) for before, after in pairwise(spans))


def first_block(start: datetime, end: datetime, step: int) -> Block:
    when = Fixed(start, end)
    event = Event(id="e", title="E", when=when)
    return plan_day([Occurrence(event, when)], start.date(), by=Grouping.CITY, query=EVERYTHING, step=step).blocks[0]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_ends_of_the_calendar_have_plans(day: date) -> None:
    start = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    block = first_block(start, start + timedelta(hours=1), 60)
    assert (block.first, block.end) == (9, 10)


@given(events=occurrences(), by=st.sampled_from(BY), rows=st.integers(1, 300))
def test_more_rows_are_taken_than_there_are_only_where_fewer_would_not_do(
    events: list[Occurrence], by: DayBy, rows: int
) -> None:
    step = choose_step(events, DAY, by=by, query=EVERYTHING, rows=rows)
    roomy = choose_step(events, DAY, by=by, query=EVERYTHING, rows=1_000)
    assert count_rows(plan_of(events, by, step)) <= max(rows, count_rows(plan_of(events, by, roomy)))
