"""Rules expanded into days and occurrences: as dateutil expands them, and as clocks show them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import dropwhile, islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from recurring import started

from agenda.dates import Period
from agenda.limits import MAX_ENDLESS_TIMES
from agenda.model import TBA, Agenda, Between, Event, Fixed, Moment, Occurrence
from agenda.query import Query, select
from agenda.recurrence.expand import agenda_span, occurrences, rule_days
from agenda.recurrence.rrule import parse_rule

ROME = ZoneInfo("Europe/Rome")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
MONDAY = date(2025, 9, 29)
FEW = 40


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo | None = ROME) -> datetime:
    return datetime.combine(day, time(hour, minute), zone)


def series(start: Moment, end: Moment | None, rule: str, *exceptions: date) -> Event:
    """An event that recurs, in the zone of its start."""
    zone = start.tzinfo if isinstance(start, datetime) else ROME
    assert zone is None or isinstance(zone, ZoneInfo)
    return Event(
        id="a", title="A", when=Fixed(start, end), timezone=zone, repeat=parse_rule(rule), exceptions=exceptions
    )


def fixed(found: Iterable[Occurrence]) -> list[Fixed]:
    """When the occurrences are, all of which are fixed."""
    return [shown.when for shown in found if isinstance(shown.when, Fixed)]


def all_of(event: Event, since: date | None = None, until: date | None = None, today: date = date.min) -> list[Fixed]:
    return fixed(_selected(event, since, until, today))


def starting(event: Event, since: date | None = None, until: date | None = None, today: date = date.min) -> list[date]:
    """The days that tell the occurrences apart."""
    found = _selected(event, since, until, today)
    return [shown.day for shown in found if shown.day is not None]


def _selected(event: Event, since: date | None, until: date | None, today: date) -> list[Occurrence]:
    return select(Agenda(events=(event,)), Query(periods=(Period(since, until),), today=today))


# --- Days ---


def by_dateutil(rule: str, first: date) -> Iterator[date]:
    """The days of the rule as dateutil alone finds them."""
    found = rrulestr(rule, dtstart=datetime.combine(first, time.min))
    return (moment.date() for moment in found)


@pytest.mark.slow
@given(started())
@settings(max_examples=60)
def test_days_are_those_of_dateutil(given_: tuple[str, date]) -> None:
    rule, first = given_
    assert list(islice(rule_days(parse_rule(rule), first), FEW)) == list(islice(by_dateutil(rule, first), FEW))


@pytest.mark.slow
@given(started(), st.integers(-10, 2500))
@settings(max_examples=60)
def test_days_since_are_the_same_without_those_before(given_: tuple[str, date], after: int) -> None:
    rule, first = given_
    since = first + timedelta(after)
    expected = islice(dropwhile(lambda day: day < since, by_dateutil(rule, first)), FEW)
    assert list(islice(rule_days(parse_rule(rule), first, since), FEW)) == list(expected)


@pytest.mark.slow
@given(started())
def test_days_come_in_order_and_none_before_the_first(given_: tuple[str, date]) -> None:
    rule, first = given_
    found = list(islice(rule_days(parse_rule(rule), first), FEW))
    assert all(one < other for one, other in pairwise(found))
    assert all(day >= first for day in found)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY", [date(2025, 1, 31), date(2025, 3, 31), date(2025, 5, 31)]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]),
        ("FREQ=DAILY;BYMONTHDAY=-1", [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]),
        ("FREQ=YEARLY;BYMONTH=2", []),
        ("FREQ=DAILY;INTERVAL=9999", [date(2025, 1, 31), date(2052, 6, 17), date(2079, 11, 2)]),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20250203", [date(2025, 2, 3)]),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20250202", []),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", [date(2025, 6, 13), date(2026, 2, 13), date(2026, 3, 13)]),
    ],
)
def test_days(rule: str, expected: list[date]) -> None:
    assert list(islice(rule_days(parse_rule(rule), date(2025, 1, 31)), 3)) == expected


def test_leap_days_alone() -> None:
    found = islice(rule_days(parse_rule("FREQ=YEARLY"), date(2096, 2, 29)), 3)
    assert list(found) == [date(2096, 2, 29), date(2104, 2, 29), date(2108, 2, 29)]


@pytest.mark.parametrize(
    ("week_start", "expected"),
    [
        # RFC 5545, 3.8.5.3: the same rule from Tuesday 5 August 1997.
        ("MO", [date(1997, 8, 5), date(1997, 8, 10), date(1997, 8, 19), date(1997, 8, 24)]),
        ("SU", [date(1997, 8, 5), date(1997, 8, 17), date(1997, 8, 19), date(1997, 8, 31)]),
    ],
)
@pytest.mark.parametrize("since", [None, date(1997, 8, 5), date(1997, 8, 11), date(1997, 8, 18), date(1997, 8, 25)])
def test_start_of_the_week_counts_where_weeks_are_left_out(
    week_start: str, expected: list[date], since: date | None
) -> None:
    rule = parse_rule(f"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={week_start}")
    endless = parse_rule(f"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST={week_start}")
    left = [day for day in expected if since is None or day >= since]
    assert list(rule_days(rule, date(1997, 8, 5), since)) == left
    assert list(islice(rule_days(endless, date(1997, 8, 5), since), len(left))) == left


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU;COUNT=3",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU;UNTIL=99991231",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=8",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=1;BYDAY=1MO;BYSETPOS=2",
    ],
)
def test_rule_that_never_hits_ends(rule: str) -> None:
    assert list(rule_days(parse_rule(rule), MONDAY)) == []


def test_rule_that_never_hits_again_ends() -> None:
    # Every 400 years 29 February comes on the same weekday, and 9600 is the last such year.
    found = list(rule_days(parse_rule("FREQ=YEARLY;INTERVAL=400"), date(2000, 2, 29)))
    assert (len(found), found[-1]) == (20, date(9600, 2, 29))
    assert list(rule_days(parse_rule("FREQ=YEARLY;INTERVAL=400"), date(2000, 2, 29), date(9601, 1, 1))) == []


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        ("FREQ=DAILY", date(9999, 12, 30), [date(9999, 12, 30), date(9999, 12, 31)]),
        ("FREQ=DAILY;COUNT=3", date(9999, 12, 30), [date(9999, 12, 30), date(9999, 12, 31)]),
        ("FREQ=WEEKLY", date(9999, 12, 20), [date(9999, 12, 20), date(9999, 12, 27)]),
        ("FREQ=WEEKLY;BYDAY=MO,SA", date(9999, 12, 27), [date(9999, 12, 27)]),
        ("FREQ=WEEKLY;BYDAY=SU,FR", date(9999, 12, 31), [date(9999, 12, 31)]),
        ("FREQ=MONTHLY", date(9999, 11, 30), [date(9999, 11, 30), date(9999, 12, 30)]),
        ("FREQ=YEARLY", date(9998, 12, 31), [date(9998, 12, 31), date(9999, 12, 31)]),
        ("FREQ=YEARLY;BYDAY=-1FR", date(9998, 12, 25), [date(9998, 12, 25), date(9999, 12, 31)]),
        ("FREQ=DAILY;INTERVAL=9999", date(9999, 12, 30), [date(9999, 12, 30)]),
    ],
)
def test_calendar_ends_with_the_year_9999(rule: str, first: date, expected: list[date]) -> None:
    assert list(rule_days(parse_rule(rule), first)) == expected


@pytest.mark.parametrize("week_start", ["MO", "TU", "SU"])
def test_calendar_starts_with_the_year_1(week_start: str) -> None:
    rule = parse_rule(f"FREQ=WEEKLY;COUNT=2;WKST={week_start}")
    assert list(rule_days(rule, date.min)) == [date(1, 1, 1), date(1, 1, 8)]


@pytest.mark.parametrize("frequency", ["DAILY", "WEEKLY"])
def test_days_at_the_end_of_the_calendar_can_be_asked_for(frequency: str) -> None:
    found = list(rule_days(parse_rule(f"FREQ={frequency}"), date(1, 1, 5), date(9999, 12, 31)))
    assert found == [day for day in [date(9999, 12, 31)] if frequency == "DAILY" or day.weekday() == 4]


# --- Occurrences ---


@pytest.mark.parametrize("when", [Between(MONDAY, date(2025, 10, 1)), TBA, Fixed(MONDAY), Fixed(at(MONDAY, 9))])
def test_event_that_does_not_recur_happens_once(when: Fixed | Between) -> None:
    event = Event(id="a", title="A", when=when, timezone=ROME)
    for since in (None, date(2030, 1, 1)):
        assert list(occurrences(event, since=since)) == [Occurrence(event, when)]


def test_occurrence_has_its_day_and_its_event() -> None:
    event = series(MONDAY, None, "FREQ=DAILY;COUNT=2")
    tuesday = date(2025, 9, 30)
    assert list(occurrences(event)) == [
        Occurrence(event, Fixed(MONDAY), MONDAY),
        Occurrence(event, Fixed(tuesday), tuesday),
    ]


def test_days_last_as_long_each_time() -> None:
    event = series(date(2025, 2, 27), date(2025, 3, 1), "FREQ=YEARLY;COUNT=2")
    expected = [Fixed(date(2025, 2, 27), date(2025, 3, 1)), Fixed(date(2026, 2, 27), date(2026, 3, 1))]
    assert all_of(event) == expected
    leap = series(date(2027, 2, 27), date(2027, 3, 1), "FREQ=YEARLY;COUNT=2")
    assert all_of(leap)[1] == Fixed(date(2028, 2, 27), date(2028, 2, 29))


# Of each zone, a day before which its clocks stay for weeks, and on which they are put forward or back.
CHANGES = [
    (ROME, date(2026, 3, 29)),
    (ROME, date(2025, 10, 26)),
    (NEW_YORK, date(2026, 3, 8)),
    (NEW_YORK, date(2025, 11, 2)),
    (LORD_HOWE, date(2025, 10, 5)),
    (LORD_HOWE, date(2026, 4, 5)),
]


@given(
    st.sampled_from(CHANGES),
    st.integers(1, 3),
    st.times(time(4), time(23, 59)).map(lambda value: value.replace(second=0, microsecond=0)),
    st.timedeltas(timedelta(minutes=1), timedelta(hours=60)),
)
def test_clock_shows_the_same_time_and_it_lasts_exactly_as_long(
    change: tuple[ZoneInfo, date], before: int, clock: time, length: timedelta
) -> None:
    zone, day = change
    length -= timedelta(microseconds=length.microseconds)
    start = datetime.combine(day - timedelta(before), clock, zone)
    end = (start.astimezone(UTC) + length).astimezone(zone)
    found = all_of(series(start, end, "FREQ=DAILY;COUNT=7"))
    assert [when.start.time() for when in found if isinstance(when.start, datetime)] == [clock] * 7
    assert {elapsed(when) for when in found} == {length}
    assert [when.start for when in found] == [start + timedelta(number) for number in range(7)]


def elapsed(when: Fixed) -> timedelta:
    """How long it really lasts."""
    assert isinstance(when.start, datetime)
    assert isinstance(when.end, datetime)
    return when.end.astimezone(UTC) - when.start.astimezone(UTC)


def test_floating_time_lasts_as_long_by_any_clock() -> None:
    event = series(at(date(2026, 3, 28), 22, zone=None), at(date(2026, 3, 29), 6, zone=None), "FREQ=DAILY;COUNT=2")
    assert all_of(event)[1] == Fixed(at(date(2026, 3, 29), 22, zone=None), at(date(2026, 3, 30), 6, zone=None))


def test_time_that_a_clock_change_repeats_is_its_first() -> None:
    event = series(at(date(2025, 10, 25), 2, 30), None, "FREQ=DAILY;COUNT=3")
    instants = [when.start.astimezone(UTC) for when in all_of(event) if isinstance(when.start, datetime)]
    assert instants == [
        datetime(2025, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2025, 10, 26, 0, 30, tzinfo=UTC),
        datetime(2025, 10, 27, 1, 30, tzinfo=UTC),
    ]


SKIPPED = series(at(date(2026, 3, 28), 2, 30), at(date(2026, 3, 28), 4, 30), "FREQ=DAILY;COUNT=3")
"""It would start at 02:30 on 29 March, when the clocks of Rome are put forward from 02:00 to 03:00."""


def test_time_that_a_clock_change_skips_is_read_by_the_offset_before_it() -> None:
    # RFC 5545, 3.3.10 and 3.3.5.
    instants = [when.start.astimezone(UTC) for when in all_of(SKIPPED) if isinstance(when.start, datetime)]
    assert instants == [datetime(2026, 3, day, hour, 30, tzinfo=UTC) for day, hour in ((28, 1), (29, 1), (30, 0))]
    assert {elapsed(when) for when in all_of(SKIPPED)} == {timedelta(hours=2)}
    assert starting(SKIPPED) == [date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30)]


def test_time_that_a_clock_change_skips_is_told_as_clocks_show_it() -> None:
    shown = [when.start.isoformat() for when in all_of(SKIPPED)]
    assert shown == ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]


def test_exceptions_are_left_out_and_counted_all_the_same() -> None:
    event = series(MONDAY, None, "FREQ=WEEKLY;COUNT=4", date(2025, 10, 6), date(2025, 10, 20))
    assert starting(event) == [MONDAY, date(2025, 10, 13)]


def test_first_time_can_be_an_exception() -> None:
    event = series(at(MONDAY, 9), None, "FREQ=WEEKLY;COUNT=2", MONDAY)
    assert [when.start for when in all_of(event)] == [at(date(2025, 10, 6), 9)]


# Three days each, on 1 to 3, 8 to 10 and 15 to 17 September.
LONG = series(date(2025, 9, 1), date(2025, 9, 3), "FREQ=WEEKLY;COUNT=3")
# The same as times: until midnight, which does not touch the day that it starts.
LONG_TIMES = series(at(date(2025, 9, 1), 20), at(date(2025, 9, 4), 0), "FREQ=WEEKLY;COUNT=3")


@pytest.mark.parametrize("event", [LONG, LONG_TIMES])
@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, [1, 8, 15]),
        (1, 30, [1, 8, 15]),
        (3, None, [1, 8, 15]),
        (4, None, [8, 15]),
        (10, 14, [8]),
        (10, 15, [8, 15]),
        (11, 14, []),
        (None, 7, [1]),
        (None, 8, [1, 8]),
        (9, 9, [8]),
        (18, None, []),
        (9, 16, [8, 15]),
    ],
)
def test_period_is_touched(event: Event, since: int | None, until: int | None, expected: list[int]) -> None:
    def of(number: int | None) -> date | None:
        return None if number is None else date(2025, 9, number)

    assert [day.day for day in starting(event, of(since), of(until))] == expected


def test_occurrences_may_overlap() -> None:
    event = series(MONDAY, date(2025, 10, 8), "FREQ=DAILY;COUNT=30")
    assert starting(event, date(2025, 10, 8), date(2025, 10, 8)) == [MONDAY + timedelta(day) for day in range(10)]


@pytest.mark.slow
@given(started(), st.integers(0, 20), st.integers(-30, 600), st.integers(0, 90))
@settings(max_examples=60)
def test_period_holds_those_of_all_that_touch_it(given_: tuple[str, date], length: int, after: int, width: int) -> None:
    rule, first = given_
    event = series(first, first + timedelta(length), rule)
    since = first + timedelta(after)
    until = since + timedelta(width)
    every = (Fixed(day, day + timedelta(length)) for day in islice(by_dateutil(rule, first), 800))
    assert all_of(event, since, until) == [when for when in every if when.days[1] >= since and when.days[0] <= until]


# --- Series without an end ---


ENDLESS = series(MONDAY, None, "FREQ=DAILY")


@pytest.mark.parametrize(
    ("today", "since", "first"),
    [
        (date(2020, 1, 1), None, MONDAY),
        (MONDAY, None, MONDAY),
        (date(2025, 12, 25), None, date(2025, 12, 25)),
        (date(2025, 12, 25), date(2025, 10, 1), date(2025, 10, 1)),
        (date(2025, 12, 25), date(2030, 1, 1), date(2030, 1, 1)),
        (date(2025, 12, 25), date(2020, 1, 1), MONDAY),
    ],
)
def test_endless_series_has_the_next_thousand(today: date, since: date | None, first: date) -> None:
    assert starting(ENDLESS, since, today=today) == [first + timedelta(number) for number in range(MAX_ENDLESS_TIMES)]


def test_endless_series_has_all_of_a_period_that_ends() -> None:
    found = starting(ENDLESS, until=MONDAY + timedelta(3000), today=date(2030, 1, 1))
    assert found == [MONDAY + timedelta(number) for number in range(3001)]


def test_endless_series_has_what_is_going_on_today() -> None:
    event = series(date(2025, 9, 1), date(2025, 9, 3), "FREQ=WEEKLY")
    assert starting(event, today=date(2025, 9, 10))[0] == date(2025, 9, 8)


def test_endless_series_far_ahead_is_found() -> None:
    event = series(at(MONDAY, 9), None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE")
    found = all_of(event, date(5000, 1, 1), date(5000, 1, 14))
    assert len(found) == 2


def test_endless_series_that_never_hits_again_ends() -> None:
    event = series(date(2000, 2, 29), None, "FREQ=YEARLY;INTERVAL=400")
    assert starting(event, today=date(9000, 1, 1)) == [date(9200, 2, 29), date(9600, 2, 29)]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(9999, 12, 20), date(9999, 12, 22)),
        (at(date(9999, 12, 20), 9), at(date(9999, 12, 22), 9)),
        (at(date(9999, 12, 20), 9, zone=None), at(date(9999, 12, 22), 9, zone=None)),
    ],
)
def test_endless_series_ends_with_the_calendar(start: Moment, end: Moment) -> None:
    assert [day.day for day in starting(series(start, end, "FREQ=DAILY"))] == list(range(20, 30))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_calendar_ends_where_utc_has_no_such_time(zone: str) -> None:
    there = ZoneInfo(zone)
    event = series(at(date(9999, 12, 29), 20, zone=there), at(date(9999, 12, 29), 21, zone=there), "FREQ=DAILY")
    found = starting(event)
    assert found[:2] == [date(9999, 12, 29), date(9999, 12, 30)]
    assert len(found) <= 3


# --- The span of an agenda ---


def test_span_goes_to_the_last_time_of_a_series() -> None:
    assert agenda_span(Agenda(events=(LONG,))) == (date(2025, 9, 1), date(2025, 9, 17))


def test_span_has_the_first_year_of_an_endless_series() -> None:
    """So that each day of it has one year."""
    first, last = agenda_span(Agenda(events=(ENDLESS,))) or (MONDAY, MONDAY)
    assert first == MONDAY
    assert timedelta(300) < last - first < timedelta(365)


def test_span_is_that_of_all_events() -> None:
    others = (
        Event(id="b", title="B", when=Between(date(2025, 8, 1), date(2025, 9, 2))),
        Event(id="c", title="C", when=TBA),
    )
    assert agenda_span(Agenda(events=(LONG, *others))) == (date(2025, 8, 1), date(2025, 9, 17))


def test_span_leaves_exceptions_out() -> None:
    event = series(date(2025, 9, 1), None, "FREQ=DAILY;COUNT=4", date(2025, 9, 1), date(2025, 9, 4))
    assert agenda_span(Agenda(events=(event,))) == (date(2025, 9, 2), date(2025, 9, 3))


@pytest.mark.parametrize(
    "events", [(), (Event(id="c", title="C", when=TBA),), (series(MONDAY, None, "FREQ=DAILY;COUNT=1", MONDAY),)]
)
def test_span_of_no_day_is_none(events: tuple[Event, ...]) -> None:
    assert agenda_span(Agenda(events=events)) is None
