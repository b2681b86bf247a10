"""The times of what `agenda import` reads: each start and end of a series, as RFC 5545 has them."""

from datetime import UTC, date, datetime

import pytest
import tomli

from agenda.agendafile import schema
from agenda.agendafile.resolve import resolve
from agenda.agendafile.write import write_toml
from agenda.ical.importer import import_calendars
from agenda.interchange.result import ImportResult
from agenda.model import Fixed
from agenda.recurrence.expand import occurrences

LAST = date(2026, 12, 31)


def imported(*events: str, head: str = "") -> ImportResult:
    """The import of a calendar with these events, each of which is called Walk."""
    blocks = [f"BEGIN:VEVENT\nUID:walk\nSUMMARY:Walk\n{event}\nEND:VEVENT\n" for event in events]
    return import_calendars(f"BEGIN:VCALENDAR\n{head}{''.join(blocks)}END:VCALENDAR\n".encode(), "walk.ics")


def times(result: ImportResult) -> list[str]:
    """The starts and ends of all events up to the last day: instants in UTC, such as `20250103T0900-1000`, days, such
    as `20250103`, and floating times as clocks show them.
    """
    agenda, problems = resolve(schema.convert_tables(tomli.loads("".join(write_toml(result.tables)))))
    assert problems == []
    found = [
        occurrence.when
        for event in agenda.events
        for occurrence in occurrences(event, until=LAST)
        if isinstance(occurrence.when, Fixed)
    ]
    return sorted(_written(when) for when in found)


def _written(when: Fixed) -> str:
    start, end = (
        moment.astimezone(UTC) if isinstance(moment, datetime) else moment for moment in (when.start, when.end)
    )
    if not isinstance(start, datetime):
        return f"{start:%Y%m%d}" + (f"-{end:%Y%m%d}" if end else "")
    same_day = isinstance(end, datetime) and end.date() == start.date()
    return f"{start:%Y%m%dT%H%M}" + (f"-{end:%H%M}" if same_day else f"-{end:%Y%m%dT%H%M}" if end else "")


ROME = "DTSTART;TZID=Europe/Rome:"
NEW_YORK = "DTSTART;TZID=America/New_York:"


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        pytest.param(
            "DTSTART:20240826T091500Z\nRRULE:FREQ=MONTHLY;INTERVAL=13;BYDAY=3TU;COUNT=3\nEXDATE:20240826T091500Z",
            ["20250916T0915", "20261020T0915"],
            id="a start that the rule does not give is taken out",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20250218\nRRULE:FREQ=WEEKLY;INTERVAL=6;BYDAY=SU;UNTIL=20250501\n"
            "RDATE;VALUE=DATE:20250218",
            ["20250218", "20250223", "20250406"],
            id="a start that the rule does not give is added once more",
        ),
        pytest.param(
            f"{ROME}20250106T100000\nRRULE:FREQ=YEARLY;BYMONTHDAY=-12;BYDAY=53MO\n"
            "RDATE;VALUE=PERIOD;TZID=Europe/Rome:20250106T100000/PT2H",
            ["20250106T0900-1100"],
            id="the period of the start",
        ),
        pytest.param(
            f"{ROME}20250106T100000\nRDATE;TZID=Europe/Rome:20250106T100000\n"
            "RDATE;VALUE=PERIOD;TZID=Europe/Rome:20250106T100000/PT2H",
            ["20250106T0900-1100"],
            id="the period of a time that is added as well",
        ),
        pytest.param(
            f"{NEW_YORK}20250730T200000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20250801T000000Z",
            ["20250731T0000", "20250802T0000", "20250803T0000"],
            id="an instant that is midnight in UTC",
        ),
        pytest.param(
            "DTSTART:20250731T220000Z\nRRULE:FREQ=HOURLY;COUNT=4\nEXDATE:20250801T000000Z",
            ["20250731T2200", "20250731T2300", "20250801T0100"],
            id="the midnight of an hourly rule",
        ),
        pytest.param(
            "DTSTART:20250731T120000Z\nRRULE:FREQ=DAILY;BYHOUR=0,12;COUNT=4\nEXDATE:20250801T000000Z",
            ["20250731T1200", "20250801T1200", "20250802T0000"],
            id="the midnight of a rule with a midnight",
        ),
        pytest.param(
            "DTSTART:20250731T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20250801T000000Z",
            ["20250731T1000", "20250802T1000"],
            id="a midnight of a series that has none is a day",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20250512\nRRULE:FREQ=YEARLY;BYWEEKNO=20,21;COUNT=4",
            ["20250512", "20250519", "20260511", "20260518"],
            id="BYWEEKNO takes the weekday of the start",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20241230\nRRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,SU;COUNT=4",
            ["20241230", "20250105", "20251229", "20260104"],
            id="a week 1 that begins in the year before",
        ),
        pytest.param(
            "DTSTART:20250106T100000Z\nRRULE:FREQ=SECONDLY;INTERVAL=5;BYDAY=WE;BYHOUR=10;BYMINUTE=0;BYSECOND=0;COUNT=3",
            ["20250106T1000", "20250108T1000", "20250115T1000"],
            id="seconds of one weekday",
        ),
        pytest.param(
            "DTSTART:20250106T090000Z\nRRULE:FREQ=HOURLY;INTERVAL=2;BYMINUTE=0,15,30;BYSETPOS=-1;COUNT=3",
            ["20250106T0900", "20250106T0930", "20250106T1130"],
            id="the last of the times of an hour",
        ),
        pytest.param(
            "DTSTART:20250106T090000Z\nRRULE:FREQ=DAILY;UNTIL=20250114T090000Z\nEXRULE:FREQ=WEEKLY;BYDAY=TU,WE,TH,SA,SU",
            ["20250106T0900", "20250110T0900", "20250113T0900"],
            id="a start that the rule of exceptions does not give",
        ),
        pytest.param(
            f"{ROME}20250601T100000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;TZID=Europe/Rome:20250602T000000,20250603T100000",
            ["20250601T0800", "20250604T0800"],
            id="a midnight beside a time",
        ),
    ],
)
def test_times(event: str, wanted: list[str]) -> None:
    assert times(imported(event)) == wanted


ONWARD = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Rome:"


def test_a_series_that_is_moved_twice_names_its_times_by_the_rule() -> None:
    result = imported(
        f"{ROME}20250106T100000\nRRULE:FREQ=DAILY;COUNT=5",
        f"{ONWARD}20250107T100000\n{ROME}20250107T110000",
        f"{ONWARD}20250109T100000\n{ROME}20250109T120000",
    )
    assert times(result) == [
        "20250106T0900",
        "20250107T1000",
        "20250108T1000",
        "20250109T1100",
        "20250110T1100",
    ]


@pytest.mark.parametrize(
    ("gone", "moved"),
    [
        ("EXDATE;VALUE=DATE:20250403", "20250325T093000"),
        ("EXDATE;TZID=Europe/Rome:20250403T100000", "20250325T093000"),
        ("EXDATE:20250403T080000Z", "20250326T100000"),
    ],
    ids=["a day, moved by half an hour", "a time, moved by half an hour", "a time, moved by a day over a clock change"],
)
def test_what_is_taken_out_of_a_series_stays_out_when_it_is_moved(gone: str, moved: str) -> None:
    result = imported(
        f"{ROME}20250320T100000\nRRULE:FREQ=DAILY;COUNT=20\n{gone}",
        f"{ONWARD}20250325T100000\n{ROME}{moved}",
    )
    assert len(times(result)) == 19


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("RRULE:FREQ=DAILY;UNTIL=20250603T000000Z", ["20250601", "20250602", "20250603"]),
        ("RRULE:FREQ=DAILY;UNTIL=20250603T040000Z", ["20250601", "20250602", "20250603"]),
        ("RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20250603T000000Z", ["20250601", "20250602"]),
        ("RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20250603T040000Z", ["20250601", "20250602"]),
    ],
)
def test_a_day_is_told_by_its_midnight_in_utc_or_in_the_zone_of_the_calendar(event: str, wanted: list[str]) -> None:
    result = imported(f"DTSTART;VALUE=DATE:20250601\n{event}", head="X-WR-TIMEZONE:America/New_York\n")
    assert times(result) == wanted


@pytest.mark.parametrize("head", ["X-WR-TIMEZONE:Europe/Rome\n"])
@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        ("DTSTART:20251026T013000Z\nRRULE:FREQ=DAILY;COUNT=2", ["20251026T0130", "20251027T0130"]),
        (
            f"{ROME}20251026T023000\nDTEND:20251026T013000Z\nRRULE:FREQ=WEEKLY;COUNT=2",
            ["20251026T0030-0130", "20251102T0130-0230"],
        ),
    ],
)
def test_a_series_that_starts_or_ends_in_the_repeated_hour(event: str, wanted: list[str], head: str) -> None:
    assert times(imported(event, head=head)) == wanted


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ("DTSTART:20250603T110000Z", ["20250601T1000", "20250602T1000", "20250603T1100", "20250701T1100"]),
        ("DTSTART:20250603T100000Z\nSTATUS:CANCELLED", ["20250601T1000", "20250602T1000"]),
    ],
    ids=["moved", "cancelled"],
)
def test_a_time_that_is_added_is_changed_with_those_that_follow(change: str, wanted: list[str]) -> None:
    result = imported(
        "DTSTART:20250601T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nRDATE:20250701T100000Z",
        f"RECURRENCE-ID;RANGE=THISANDFUTURE:20250603T100000Z\n{change}",
    )
    assert times(result) == wanted


def test_two_revisions_of_one_time_that_is_told_in_two_ways() -> None:
    result = imported(
        f"{ROME}20250601T100000\nRRULE:FREQ=DAILY;COUNT=2",
        "SEQUENCE:1\nRECURRENCE-ID:20250602T100000\nDTSTART:20250602T120000Z",
        "SEQUENCE:2\nRECURRENCE-ID;TZID=Europe/Rome:20250602T100000\nDTSTART:20250602T130000Z",
    )
    assert times(result) == ["20250601T0800", "20250602T1300"]
    assert result.losses == ['an older revision of it is left out: "Walk"']


@pytest.mark.parametrize(
    ("first", "of", "now", "wanted"),
    [
        (
            "DTSTART:20250601T100000Z",
            "RECURRENCE-ID:20250602T100000Z",
            "DTSTART;VALUE=DATE:20250602",
            ["20250601T1000", "20250602"],
        ),
        (
            "DTSTART;VALUE=DATE:20250601",
            "RECURRENCE-ID;VALUE=DATE:20250602",
            "DTSTART:20250602T100000Z",
            ["20250601", "20250602T1000"],
        ),
    ],
    ids=["a day", "a time"],
)
def test_one_time_of_a_series_may_become_a_day_and_one_day_a_time(
    first: str, of: str, now: str, wanted: list[str]
) -> None:
    result = imported(f"{first}\nRRULE:FREQ=DAILY;COUNT=2", f"{of}\n{now}")
    assert sorted(times(result)) == sorted(wanted)
    assert result.losses == []


def test_times_that_become_days_from_some_time_on_are_told() -> None:
    result = imported(
        f"{ROME}20250601T100000\nRRULE:FREQ=DAILY;COUNT=3",
        f"{ONWARD}20250602T100000\nDTSTART;VALUE=DATE:20250602",
    )
    assert times(result) == ["20250601T0800", "20250602T0800", "20250603T0800"]
    assert result.losses == [
        'times that became days, or days that became times, from some time on (THISANDFUTURE) stay as they were: "Walk"'
    ]


def test_series_of_which_too_many_times_are_on_at_once_has_no_rule() -> None:
    result = imported("DTSTART:19260501T190000\nDTEND:20260501T210000\nRRULE:FREQ=WEEKLY")
    assert "more than 1,000 of its times are on at once" in result.losses[0]
    _, problems = resolve(schema.convert_tables(result.tables))
    assert problems == []


@pytest.mark.parametrize("rule", ["FREQ=NEVER", "FREQ=DAILY;BYDAY=MO;BYSETPOS=2"], ids=["no rule", "no time"])
def test_what_is_added_and_taken_out_holds_without_the_rule(rule: str) -> None:
    result = imported(
        f"DTSTART:20250602T100000Z\nRRULE:{rule}\nRDATE:20250701T100000Z,20250801T100000Z\n"
        "EXDATE:20250602T100000Z,20250801T100000Z"
    )
    assert times(result) == ["20250701T1000"]
    assert result.losses == [f'its rule {rule} cannot be kept, only its first time: "Walk"']


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART;TZID=Europe/Rome:00010101T000000\nDURATION:P1D\nRRULE:FREQ=WEEKLY",
        "DTSTART;TZID=America/New_York:99991231T230000\nDURATION:PT5H\nRRULE:FREQ=DAILY",
        "DTSTART;TZID=America/New_York:99991231T230000\nRRULE:FREQ=NEVER\nRDATE:99991231T235959Z",
    ],
)
def test_a_series_at_the_ends_of_the_calendar_is_told(event: str) -> None:
    result = imported(event)
    assert len(result.tables["events"]) >= 1
    assert result.losses


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;COUNT=2;COUNT=5", "FREQ=DAILY;BYHOUR=9,24;COUNT=2", "FREQ=WEEKLY;BYDAY=1MO,2TU;COUNT=3"],
)
def test_a_rule_that_is_none_is_told(rule: str) -> None:
    result = imported(f"DTSTART:20250602T100000Z\nRRULE:{rule}")
    assert times(result) == ["20250602T1000"]
    assert result.losses == [f'its rule {rule} cannot be kept, only its first time: "Walk"']


def test_a_series_that_is_moved_to_another_hour_keeps_its_rule() -> None:
    result = imported(
        f"{ROME}20250106T100000\nRRULE:FREQ=WEEKLY",
        f"{ONWARD}20250120T100000\n{ROME}20250120T110000",
    )
    assert [event["repeat"] for event in result.tables["events"]] == ["FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY"]


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=MO,TU"])
def test_more_changes_from_some_time_on_than_are_followed_are_told(rule: str) -> None:
    days = [f"2025{month:02}{day:02}" for month in range(1, 13) for day in range(1, 29)][8::4]
    changes = [f"{ONWARD}{day}T100000\n{ROME}{day}T1{number % 3}0000" for number, day in enumerate(days)]
    result = imported(f"{ROME}20250106T100000\nRRULE:{rule}", *changes)
    assert 'only the first 50 of its changes from some time on (THISANDFUTURE) are kept: "Walk"' in result.losses


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=1",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;INTERVAL=9999;BYHOUR=3;BYMINUTE=7;BYSETPOS=5",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
        "FREQ=YEARLY;BYWEEKNO=20;BYMONTH=12",
        "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=3",
    ],
)
def test_a_rule_that_never_gives_a_time_is_told(rule: str) -> None:
    result = imported(f"DTSTART:20250106T100000Z\nRRULE:{rule}")
    assert times(result) == ["20250106T1000"]
    assert result.losses == [f'its rule {rule} cannot be kept, only its first time: "Walk"']


def test_zone_is_recommended_only_where_it_would_help() -> None:
    of_name = imported('DTSTART;TZID="(UTC+03:00) Nowhere":20250103T090000')
    unknown = imported("DTSTART;TZID=Nowhere:20250103T090000")
    assert ["--tz" in " ".join(map(str, result.losses)) for result in (of_name, unknown)] == [False, True]
    assert ["time zone is not known" in " ".join(map(str, result.losses)) for result in (of_name, unknown)] == [
        True,
        True,
    ]
