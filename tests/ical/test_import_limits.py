"""The bounds of imported series: kept, told by what is compared and by what is written."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from conftest import Run

from agenda import limits
from agenda.ical import judge, series_forms
from agenda.ical.importer import import_calendars
from agenda.ical.source_rules import comparable
from agenda.interchange.result import ImportResult

MONDAY = date(2025, 1, 6)


def calendar(*series: str) -> bytes:
    """A calendar of events that are called A0, A1 and so on, start that Monday at 10:00, and have those lines."""
    events = [
        f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:A{number}\nDTSTART:{MONDAY:%Y%m%d}T100000\n{lines}\nEND:VEVENT\n"
        for number, lines in enumerate(series)
    ]
    return f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n".encode()


def imported(*series: str) -> ImportResult:
    """The import of the calendar of these events."""
    return import_calendars(calendar(*series), "a.ics")


def added_days(number: int) -> str:
    """An RDATE of so many days."""
    return "RDATE:" + ",".join(f"{MONDAY + timedelta(day):%Y%m%d}T100000" for day in range(1, number + 1))


@pytest.mark.parametrize(
    "times",
    [added_days(500), "RRULE:FREQ=HOURLY;INTERVAL=25", "RRULE:FREQ=DAILY;BYHOUR=9,10,11;BYMINUTE=0,10,20,30,40,50"],
    ids=["added", "one by one", "times of a day"],
)
def test_long_events_are_not_repeated_for_each_of_very_many_times(times: str) -> None:
    text = "x" * (limits.MAX_COPIED_CHARACTERS // 10)
    result = imported(f"{times}\nDESCRIPTION:{text}", times)
    long, short = ([event for event in result.tables["events"] if event["title"] == title] for title in ("A0", "A1"))
    assert len(long) == 10
    assert len(short) > 10
    (told,) = (loss for loss in result.losses if "it is too long for" in loss)
    assert told == f'it is too long for {len(short)} events, of which only the first 10 are kept: "A0"'


def test_only_what_is_kept_of_a_series_that_is_too_long_is_told(agenda: Callable[..., Run]) -> None:
    text = "x" * (limits.MAX_COPIED_CHARACTERS + 10**6)
    run = agenda(
        "import", "-", "--tz", "Europe/Rome", stdin=calendar(f"RRULE:FREQ=HOURLY;INTERVAL=25\nDESCRIPTION:{text}")
    )
    assert run.out.count("[[events]]") == 1
    assert [line.removeprefix("agenda: ") for line in run.err.splitlines()] == [
        'an agenda has no such rule of recurrence, so each of its times would be an event of its own: "A0"',
        'it is too long for 100 events, of which only the first is kept: "A0"',
        'its times have no zone in the file, and are taken for times of Europe/Rome: "A0"',
    ]


def test_times_that_are_compared_are_shared_by_the_series_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[object] = []

    def note(moment: date) -> object:
        compared.append(moment)
        return comparable(moment)

    monkeypatch.setattr(series_forms, "comparable", note)
    monkeypatch.setattr(series_forms, "MAX_PROVED_TIMES", 1_000)
    assert len(imported(*["RRULE:FREQ=DAILY"] * 50).tables["events"]) == 50
    assert len(compared) < 2 * (1_000 + 400) + 50 * 2 * 10


def test_numbers_that_a_rule_names_again_are_written_once_and_cost_nothing() -> None:
    (event,) = imported("RRULE:FREQ=MONTHLY;BYDAY=" + ",".join(["MO", "+MO"] * 1_000)).tables["events"]
    assert event["repeat"] == "FREQ=MONTHLY;BYDAY=MO"


def test_rule_of_very_many_numbers_is_not_given_to_another_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def note(text: str, *_: object) -> None:
        asked.append(text)

    monkeypatch.setattr(judge, "_expand", note)
    imported("RRULE:FREQ=MONTHLY;BYDAY=" + ",".join(["MO"] * limits.MAX_JUDGED_TIMES), "RRULE:FREQ=MONTHLY;BYDAY=MO")
    assert len(asked) == 1
