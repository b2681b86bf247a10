"""Days, times and rules of recurrence in words."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.model import Fixed
from agenda.recurrence.rrule import parse_rule
from agenda.recurrence.rule_words import describe_rule
from agenda.wording.english import ENGLISH

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 9, 29), "Monday 29 September 2025"),
        (date(2026, 3, 1), "Sunday 1 March 2026"),
        (date(2024, 2, 29), "Thursday 29 February 2024"),
        (date(987, 6, 5), "Tuesday 5 June 987"),
        (date.max, "Friday 31 December 9999"),
    ],
)
def test_long_day(day: date, words: str) -> None:
    assert ENGLISH.long_day(day) == words


@given(st.dates(date(1900, 1, 1)))
def test_long_day_has_the_names_that_the_calendar_has(day: date) -> None:
    # The tests run in the locale C, whose names are these.
    assert ENGLISH.long_day(day) == f"{day:%A} {day.day} {day:%B} {day.year}"


def test_long_month() -> None:
    assert ENGLISH.long_month(date(2025, 9, 29)) == "September 2025"


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2025, 9, 29), "Mon 29 Sep 2025"), (date(2025, 10, 1), "Wed  1 Oct 2025"), (date.min, "Mon     1 Jan 1")],
)
def test_day_of_week(day: date, words: str) -> None:
    assert ENGLISH.day_of_week(day) == words


def test_weekdays() -> None:
    assert ENGLISH.weekdays(2) == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


@pytest.mark.parametrize(
    ("year", "words"), [(None, "29 Sep 2025"), (2025, "29 Sep"), (2024, "29 Sep 2025"), (0, "29 Sep 2025")]
)
def test_short_day(year: int | None, words: str) -> None:
    assert ENGLISH.short_day(date(2025, 9, 29), year) == words


@pytest.mark.parametrize(
    ("first", "last", "year", "words"),
    [
        (date(2025, 9, 24), date(2025, 9, 27), 2025, "24–27 Sep"),
        (date(2025, 9, 24), date(2025, 9, 27), None, "24–27 Sep 2025"),
        (date(2025, 9, 24), date(2025, 9, 27), 2026, "24–27 Sep 2025"),
        (date(2025, 9, 28), date(2025, 10, 4), 2025, "28 Sep–4 Oct"),
        (date(2025, 9, 28), date(2025, 10, 4), None, "28 Sep–4 Oct 2025"),
        (date(2025, 9, 24), date(2026, 9, 27), None, "24 Sep 2025–27 Sep 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), None, "30 Dec 2025–2 Jan 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), 2025, "30 Dec–2 Jan 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), 2026, "30 Dec 2025–2 Jan"),
        (date(2025, 9, 24), date(2025, 9, 24), 2025, "24 Sep"),
        (date(2025, 9, 24), date(2025, 9, 24), None, "24 Sep 2025"),
    ],
)
def test_span(first: date, last: date, year: int | None, words: str) -> None:
    assert ENGLISH.span_in_words(first, last, year) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (datetime(2025, 9, 29, 9, 30, tzinfo=ROME), "09:30"),
        (datetime(2025, 9, 29, 0, 0, tzinfo=ROME), "00:00"),
        (datetime(2025, 9, 29, 9, 30, 15, tzinfo=ROME), "09:30:15"),
        (datetime(2025, 9, 29, 23, 59, 59, tzinfo=ROME), "23:59:59"),
    ],
)
def test_clock(time: datetime, words: str) -> None:
    assert ENGLISH.clock_time(time) == words


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (None, "20:00"),
        (datetime(2025, 9, 30, 21, 30, tzinfo=ROME), "20:00–21:30"),
        (datetime(2025, 9, 30, 21, 30, 5, tzinfo=ROME), "20:00–21:30:05"),
        (datetime(2025, 10, 1, 2, 0, tzinfo=ROME), "20:00–1 Oct 02:00"),
        (datetime(2025, 10, 1, 0, 0, tzinfo=ROME), "20:00–00:00"),
        (datetime(2026, 1, 2, 2, 0, tzinfo=ROME), "20:00–2 Jan 2026 02:00"),
    ],
)
def test_times(end: datetime | None, words: str) -> None:
    assert ENGLISH.times_in_words(Fixed(datetime(2025, 9, 30, 20, 0, tzinfo=ROME), end)) == words


@pytest.mark.parametrize("end", [None, date(2025, 9, 30), date(2025, 10, 2)])
def test_days_have_no_times(end: date | None) -> None:
    assert ENGLISH.times_in_words(Fixed(date(2025, 9, 30), end)) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=MONTHLY", "every month"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=DAILY;INTERVAL=1", "every day"),
        ("FREQ=DAILY;INTERVAL=2", "every 2 days"),
        ("FREQ=YEARLY;INTERVAL=10", "every 10 years"),
        ("FREQ=WEEKLY;WKST=SU", "every week"),
        ("FREQ=WEEKLY;BYDAY=MO", "every week on Monday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "every 2 weeks on Monday and Wednesday"),
        ("FREQ=WEEKLY;BYDAY=SU,MO,FR", "every week on Sunday, Monday and Friday"),
        ("FREQ=MONTHLY;BYDAY=2MO", "every month on the 2nd Monday"),
        ("FREQ=MONTHLY;BYDAY=1TU,-1TU", "every month on the 1st Tuesday and the last Tuesday"),
        ("FREQ=MONTHLY;BYDAY=-2FR", "every month on the 2nd last Friday"),
        ("FREQ=YEARLY;BYDAY=21SA", "every year on the 21st Saturday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "every month on the 1st"),
        ("FREQ=MONTHLY;BYMONTHDAY=2,3", "every month on the 2nd and the 3rd"),
        ("FREQ=MONTHLY;BYMONTHDAY=11,12,13", "every month on the 11th, the 12th and the 13th"),
        ("FREQ=MONTHLY;BYMONTHDAY=21,22,23,31", "every month on the 21st, the 22nd, the 23rd and the 31st"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "every month on the 3rd last day"),
        ("FREQ=YEARLY;BYMONTH=10", "every year in October"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "every year on the last Sunday in March"),
        ("FREQ=DAILY;BYMONTH=1,2,12", "every day in January, February and December"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "every month on Monday, Tuesday, Wednesday, Thursday and Friday (only the last of these)",
        ),
        ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,2", "every month on Saturday and Sunday (only the 1st and 2nd of these)"),
        ("FREQ=DAILY;COUNT=1", "every day, once"),
        ("FREQ=DAILY;COUNT=3", "every day, 3 times"),
        ("FREQ=DAILY;UNTIL=20251004", "every day, until 4 Oct 2025"),
        ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20251004", "every week on Monday, until 4 Oct 2025"),
    ],
)
def test_recurrence(text: str, words: str) -> None:
    assert describe_rule(parse_rule(text), (), ENGLISH) == words


@pytest.mark.parametrize(
    ("exceptions", "words"),
    [
        ((date(2025, 9, 24),), "every day, 9 times, but not on 24 Sep 2025"),
        ((date(2025, 9, 24), date(2026, 1, 5)), "every day, 9 times, but not on 24 Sep 2025 and 5 Jan 2026"),
    ],
)
def test_recurrence_tells_its_exceptions(exceptions: tuple[date, ...], words: str) -> None:
    assert describe_rule(parse_rule("FREQ=DAILY;COUNT=9"), exceptions, ENGLISH) == words


def test_weekday_that_only_limits_the_days_of_the_month_is_not_added_to_them() -> None:
    # Friday the 13th: both have to hold, so "on Friday and the 13th" would say something else.
    assert "Friday and the 13th" not in describe_rule(parse_rule("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"), (), ENGLISH)


def test_times_with_two_offsets_have_one_each() -> None:
    """A flight from Rome to Tokyo."""
    start = datetime(2025, 9, 29, 23, tzinfo=timezone(timedelta(hours=2)))
    end = datetime(2025, 9, 30, 17, tzinfo=timezone(timedelta(hours=9)))
    assert ENGLISH.times_in_words(Fixed(start, end)) == "23:00 +02:00–30 Sep 17:00 +09:00"
