"""The forms that most programs read right, of all those that RFC 5545 has for the same."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from conftest import Run
from dateutil.tz import tzical
from ical.strict_ical import check

Program = Callable[..., Run]
Lines = Callable[..., list[str]]


@pytest.fixture
def lines(agenda: Program) -> Lines:
    """The lines of the calendar of one event, unfolded; RRULE and the like also stand in its VTIMEZONE."""

    def run(keys: str, zone: str = "Europe/Rome", *options: str) -> list[str]:
        head = f'[agenda]\nnamespace = "forms"\nrevised = 2025-01-01T00:00:00Z\ntimezone = "{zone}"\n'
        done = agenda(
            "export", "-d", "-", *options, stdin=f'{head}[[events]]\nid = "any"\ntitle = "Any"\n{keys}'.encode()
        )
        assert (done.code, check(done.raw)) == (0, [])
        return done.raw.decode().replace("\r\n ", "").split("\r\n")

    return run


def of(lines: list[str], *names: str) -> list[str]:
    """The lines of the event that have one of these names."""
    event = lines[lines.index("BEGIN:VEVENT") :]
    return [line for line in event if line.partition(":")[0].partition(";")[0] in names]


# --- times ---


def test_time_without_an_end_has_neither_end_nor_length(lines: Lines) -> None:
    assert of(lines("start = 2025-06-01T10:00:00"), "DTSTART", "DTEND", "DURATION") == [
        "DTSTART;TZID=Europe/Rome:20250601T100000"
    ]


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ("start = 2025-10-26T02:30:00", ["DTSTART:20251026T003000Z"]),
        (
            "start = 2025-10-26T01:30:00\nend = 2025-10-26T02:30:00",
            ["DTSTART:20251025T233000Z", "DTEND:20251026T003000Z"],
        ),
        (
            "start = 2025-10-26T02:59:59\nend = 2025-10-26T09:00:00",
            ["DTSTART:20251026T005959Z", "DTEND:20251026T080000Z"],
        ),
        ("start = 2025-10-26T03:00:00", ["DTSTART;TZID=Europe/Rome:20251026T030000"]),
        ("start = 2025-10-26T01:59:59", ["DTSTART;TZID=Europe/Rome:20251026T015959"]),
    ],
)
def test_single_event_that_touches_the_hour_that_comes_twice_is_in_utc(
    lines: Lines, keys: str, written: list[str]
) -> None:
    found = lines(keys)
    assert of(found, "DTSTART", "DTEND") == written
    assert ("BEGIN:VTIMEZONE" in found) is ("TZID" in written[0])


def test_assumed_end_in_the_hour_that_comes_twice_makes_both_times_utc(lines: Lines) -> None:
    found = lines("start = 2025-10-26T01:30:00", "Europe/Rome", "--assume-duration", "2h")
    assert of(found, "DTSTART", "DTEND") == ["DTSTART:20251025T233000Z", "DTEND:20251026T013000Z"]


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu", "Etc/Universal"])
def test_utc_is_a_z_by_whatever_name(lines: Lines, zone: str) -> None:
    found = lines(
        'start = 2025-10-26T02:30:00\nend = 2025-10-26T04:00:00\nrepeat = "FREQ=DAILY;UNTIL=20251030"\n'
        "except = [2025-10-27]",
        zone,
    )
    assert of(found, "DTSTART", "DTEND", "RRULE", "EXDATE") == [
        "DTSTART:20251026T023000Z",
        "DTEND:20251026T040000Z",
        "RRULE:FREQ=DAILY;UNTIL=20251030T023000Z",
        "EXDATE:20251027T023000Z",
    ]
    assert "BEGIN:VTIMEZONE" not in found


# --- series ---


@pytest.mark.parametrize(
    ("start", "last", "until"),
    [
        ("2025-10-24T02:30:00", "20251026", "20251026T013000Z"),  # the second passing
        ("2025-10-24T02:30:00", "20251027", "20251027T013000Z"),
        ("2025-03-28T02:30:00", "20250330", "20250330T013000Z"),  # 02:30 is skipped: by the offset before (3.3.5)
    ],
)
def test_last_instant_of_a_series_takes_in_both_of_two_equal_times(
    lines: Lines, start: str, last: str, until: str
) -> None:
    assert of(lines(f'start = {start}\nrepeat = "FREQ=DAILY;UNTIL={last}"'), "RRULE") == [
        f"RRULE:FREQ=DAILY;UNTIL={until}"
    ]


def test_each_day_that_is_left_out_has_a_line(lines: Lines) -> None:
    keys = 'start = 2025-06-01\nrepeat = "FREQ=DAILY;COUNT=5"\nexcept = [2025-06-02, 2025-06-04]'
    assert of(lines(keys), "EXDATE") == ["EXDATE;VALUE=DATE:20250602", "EXDATE;VALUE=DATE:20250604"]


MONTHS = "BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12"


@pytest.mark.parametrize(
    ("start", "rule", "written"),
    [
        ("2024-02-29", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2"),
        ("2025-03-31", "FREQ=YEARLY;BYMONTH=3,5", "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=3,5"),
        ("2025-01-31", "FREQ=MONTHLY;COUNT=3", "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=31"),
        ("2025-01-13", "FREQ=YEARLY;BYMONTHDAY=13", f"FREQ=YEARLY;BYMONTHDAY=13;{MONTHS}"),
        ("2025-06-13", "FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13", f"FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13;{MONTHS}"),
        ("2025-06-02", "FREQ=YEARLY;BYDAY=MO", "FREQ=YEARLY;BYDAY=MO"),
        ("2025-06-02", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=1MO"),
        ("2025-06-02", "FREQ=WEEKLY", "FREQ=WEEKLY"),
    ],
)
def test_days_and_months_that_follow_from_the_start_are_written_out(
    lines: Lines, start: str, rule: str, written: str
) -> None:
    assert of(lines(f'start = {start}\nrepeat = "{rule}"'), "RRULE") == [f"RRULE:{written}"]


# --- zones ---


def zone_rules(lines: list[str]) -> list[str]:
    """The start and the rule of each observance of the VTIMEZONE."""
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    return [line.partition(":")[2] for line in zone if line.startswith(("DTSTART", "RRULE"))]


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Asia/Tokyo", ["19700101T000000"]),
        (
            "Europe/Rome",
            [
                "19700329T020000",
                "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
                "19701025T030000",
                "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            ],
        ),
    ],
)
def test_zone_begins_in_1970_where_its_rules_hold_for_all_events(lines: Lines, zone: str, rules: list[str]) -> None:
    assert zone_rules(lines("start = 2025-06-01T10:00:00", zone)) == rules


@pytest.mark.parametrize(
    ("zone", "year", "first"),
    [("Asia/Tokyo", 1960, "19590101T000000"), ("America/New_York", 2007, "20060101T000000")],
)
def test_zone_begins_before_its_first_event_where_that_is_earlier_or_had_other_rules(
    lines: Lines, zone: str, year: int, first: str
) -> None:
    assert zone_rules(lines(f"start = {year}-06-01T10:00:00", zone))[0] == first


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        (
            "America/Santiago",  # at 24:00 on the first Saturday
            ["BYMONTH=4;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU", "BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU"],
        ),
        (
            "Asia/Jerusalem",  # at 26:00 on the fourth Thursday
            ["BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR", "BYMONTH=10;BYDAY=-1SU"],
        ),
        (
            "America/Nuuk",  # an hour before the last Sunday
            ["BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA", "BYMONTH=10;BYDAY=-1SU"],
        ),
        (
            "Africa/Cairo",  # at 24:00 on the last Thursday of October, which may be on 1 November
            [
                "BYMONTH=4;BYDAY=-1FR",
                "BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR",
                "BYMONTH=11;BYMONTHDAY=1;BYDAY=FR",
            ],
        ),
        ("Pacific/Easter", ["BYMONTH=4;BYDAY=1SA", "BYMONTH=9;BYDAY=1SA"]),
    ],
)
def test_changes_at_24_00_and_within_a_week_have_rules(lines: Lines, zone: str, rules: list[str]) -> None:
    found = zone_rules(lines('start = 2025-06-01T10:00:00\nrepeat = "FREQ=WEEKLY"', zone))
    assert found[1::2] == [f"FREQ=YEARLY;{rule}" for rule in rules]
    assert all(start.startswith("197") for start in found[::2])


@pytest.mark.slow
@pytest.mark.parametrize(
    "zone",
    [
        *("Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/New_York", "America/Nuuk"),
        *("America/Santiago", "America/Sao_Paulo", "America/Asuncion", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem"),
        *("Atlantic/Azores", "Australia/Lord_Howe", "Europe/Chisinau", "Europe/Dublin", "Europe/Lisbon"),
        *("Pacific/Chatham", "Pacific/Easter", "Pacific/Norfolk", "Antarctica/Troll"),
    ],
)
def test_offsets_of_a_zone_are_right_through_ten_years(lines: Lines, zone: str) -> None:
    found = lines('start = 2025-06-01T10:00:00\nrepeat = "FREQ=WEEKLY"', zone)
    definition = found[found.index("BEGIN:VTIMEZONE") : found.index("END:VTIMEZONE") + 1]
    read = tzical(StringIO("\r\n".join(definition))).get()
    right = ZoneInfo(zone)
    moments = around_changes(right, datetime(2025, 6, 1, 10, tzinfo=UTC), 3650)
    assert [moment for moment in moments if moment.astimezone(read).utcoffset() != offset(moment, right)] == []


def offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


def around_changes(zone: ZoneInfo, first: datetime, days: int) -> Iterator[datetime]:
    """The minutes before and after each change of the zone in so many days, and one of each month."""
    for number in range(days):
        day = first + timedelta(number)
        if number % 30 == 0:
            yield day
        before, after = day, day + timedelta(1)
        if offset(before, zone) == offset(after, zone):
            continue
        while after - before > timedelta(minutes=1):
            between = before + (after - before) // 2
            before, after = (before, between) if offset(between, zone) == offset(after, zone) else (between, after)
        yield from (before, after)
