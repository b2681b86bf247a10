"""When an event is: `start`, `end` and `between`, and what contradicts itself in them."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes, sampled_from, times

from agenda.agendafile.resolve import resolve_when
from agenda.agendafile.schema import EventTable, convert_value
from agenda.errors import Problem
from agenda.model import TBA, Between, Fixed, When

TOKYO = ZoneInfo("Asia/Tokyo")
ROME = ZoneInfo("Europe/Rome")
JST = timezone(timedelta(hours=9))
PATH = ("events", 0)

MON, TUE, WED = date(2025, 9, 29), date(2025, 9, 30), date(2025, 10, 1)
ELEVEN, NOON = datetime(2025, 9, 29, 11), datetime(2025, 9, 29, 12)  # noqa: DTZ001 - they are local


def read(zones: set[ZoneInfo | None], **keys: Any) -> tuple[When, list[Problem]]:
    """When the event with these keys is, and what is wrong with them."""
    event = convert_value({"id": "gala", "title": "Gala"} | keys, EventTable)
    assert isinstance(event, EventTable)
    faults: list[Problem] = []
    return resolve_when(event, zones, PATH, faults), faults


@pytest.mark.parametrize(
    ("keys", "when"),
    [
        ({}, TBA),
        ({"start": MON}, Fixed(MON)),
        ({"start": MON, "end": MON}, Fixed(MON, MON)),
        ({"start": MON, "end": WED}, Fixed(MON, WED)),
        ({"start": ELEVEN}, Fixed(ELEVEN.replace(tzinfo=TOKYO))),
        ({"start": ELEVEN, "end": NOON}, Fixed(ELEVEN.replace(tzinfo=TOKYO), NOON.replace(tzinfo=TOKYO))),
        ({"start": ELEVEN, "end": time(12)}, Fixed(ELEVEN.replace(tzinfo=TOKYO), NOON.replace(tzinfo=TOKYO))),
        (
            {"start": ELEVEN.replace(tzinfo=UTC), "end": time(12)},
            Fixed(ELEVEN.replace(tzinfo=UTC), NOON.replace(tzinfo=UTC)),
        ),
        ({"start": ELEVEN.replace(tzinfo=UTC)}, Fixed(ELEVEN.replace(tzinfo=UTC))),
        ({"between": [MON, TUE]}, Between(MON, TUE)),
        ({"between": [date.min, date.max]}, Between(date.min, date.max)),
        ({"start": date.min, "end": date.max}, Fixed(date.min, date.max)),
    ],
)
def test_when(keys: dict[str, Any], when: When) -> None:
    """All that an event can be."""
    assert read({TOKYO}, **keys) == (when, [])


def test_end_may_have_another_offset() -> None:
    """It is later as an instant, though its clock shows less."""
    start, end = datetime(2025, 9, 29, 20, tzinfo=JST), datetime(2025, 9, 29, 14, tzinfo=timezone(timedelta(hours=2)))
    assert read({TOKYO}, start=start, end=end) == (Fixed(start, end), [])


def test_end_over_a_change_of_the_clocks() -> None:
    """From half past one before the clocks go back to half past two before they do."""
    start, end = datetime(2025, 10, 26, 1, 30), datetime(2025, 10, 26, 2, 30)  # noqa: DTZ001
    assert read({ROME}, start=start, end=end)[1] == []


def test_times_with_offsets_in_cities_of_different_zones() -> None:
    """They need no zone."""
    start = datetime(2025, 9, 29, 20, tzinfo=JST)
    assert read({TOKYO, ROME}, start=start) == (Fixed(start), [])


def test_time_alone_in_cities_of_different_zones() -> None:
    """It has the offset of the start."""
    start = datetime(2025, 9, 29, 20, tzinfo=JST)
    assert read({TOKYO, ROME}, start=start, end=time(21)) == (Fixed(start, start.replace(hour=21)), [])


@pytest.mark.parametrize("zones", [{TOKYO}, {ROME}, {None}, {TOKYO, ROME}], ids=["Tokyo", "Rome", "none", "both"])
@given(
    start=datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    offset=sampled_from([None, UTC, JST]),
    end=times(),
)
def test_time_alone_is_one_of_the_day_of_the_start(
    zones: set[ZoneInfo | None], start: datetime, offset: timezone | None, end: time
) -> None:
    """It says what the day and the time say together; where these come before the start, it is wrong as they are."""
    start, end = start.replace(second=0, microsecond=0, tzinfo=offset), end.replace(second=0, microsecond=0)
    alone, problems = read(zones, start=start, end=end)
    whole, problems_of_whole = read(zones, start=start, end=datetime.combine(start, end, offset))
    assert [problem.path for problem in problems] == [problem.path for problem in problems_of_whole]
    assert problems or alone == whole


def test_days_in_cities_of_different_zones() -> None:
    """Nor do they."""
    assert read({TOKYO, ROME, None}, start=MON, end=TUE) == (Fixed(MON, TUE), [])


@pytest.mark.parametrize(
    ("keys", "key", "message"),
    [
        (
            {"start": MON, "end": NOON},
            "end",
            "start is a day, but end a time; make both days, or both times",
        ),
        (
            {"start": ELEVEN, "end": MON},
            "end",
            "start is a time, but end a day; make both times, or both days",
        ),
        (
            {"start": ELEVEN.replace(tzinfo=UTC), "end": NOON},
            "end",
            "only start has an offset; give it to both, or to neither",
        ),
        (
            {"start": ELEVEN, "end": NOON.replace(tzinfo=UTC)},
            "end",
            "only end has an offset; give it to both, or to neither",
        ),
        (
            {"start": MON, "end": time(12)},
            "end",
            "start is a day, but end a time; give start its time too, or make end the last day",
        ),
        (
            {"start": NOON, "end": time(11, 30)},
            "end",
            "end is not after start, 2025-09-29T12:00:00; on the day after, it is 2025-09-30T11:30:00",
        ),
        (
            {"start": NOON.replace(tzinfo=JST), "end": time(12)},
            "end",
            "end is not after start, 2025-09-29T12:00:00+09:00; on the day after, it is 2025-09-30T12:00:00+09:00",
        ),
        (
            {"start": TUE, "end": MON},
            "end",
            "end is before start, 2025-09-30; of days, it is the last one",
        ),
        (
            {"start": NOON, "end": NOON},
            "end",
            "end is not after start, 2025-09-29T12:00:00; leave it out if it is not known",
        ),
        (
            {"start": NOON.replace(tzinfo=UTC), "end": datetime(2025, 9, 29, 21, tzinfo=JST)},
            "end",
            "end is not after start, 2025-09-29T12:00:00+00:00; leave it out if it is not known",
        ),
        (
            {"between": [TUE, MON]},
            "between",
            "between 2025-09-30 and 2025-09-29 is no span; the second day must come after the first",
        ),
        (
            {"between": [MON, MON]},
            "between",
            f"between {MON} and {MON} is no span; the second day must come after the first, or write start = {MON}",
        ),
    ],
)
def test_contradiction(keys: dict[str, Any], key: str, message: str) -> None:
    """At the value that would have to change."""
    assert read({None}, **keys)[1] == [Problem((*PATH, key), message)]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"end": MON}, {"end": "end without start; add the start, or write between = [first, last]"}),
        ({"between": [MON, TUE], "start": MON}, {"start": "start beside between; keep the one that is known"}),
        ({"between": [MON, TUE], "end": MON}, {"end": "end beside between; keep the one that is known"}),
        (
            {"between": [MON, TUE], "start": MON, "end": MON},
            {
                "start": "start beside between; keep the one that is known",
                "end": "end beside between; keep the one that is known",
            },
        ),
    ],
)
def test_key_that_should_not_be_there(keys: dict[str, Any], expected: dict[str, str]) -> None:
    """At the key, since its value may well be right."""
    faults = [Problem((*PATH, key), message, at_key=True) for key, message in expected.items()]
    assert read({TOKYO}, **keys)[1] == faults


def test_local_time_in_cities_of_different_zones() -> None:
    """It would be eleven twice."""
    (fault,) = read({TOKYO, ROME}, start=ELEVEN)[1]
    assert fault.path == (*PATH, "start")
    assert fault.message.startswith(
        "2025-09-29T11:00:00 is a local time, but its cities are in different time zones; add the offset, such as "
    )


def test_city_without_zone_beside_one_with_a_zone() -> None:
    """The one floats and the other does not, so they differ as well."""
    assert len(read({TOKYO, None}, start=ELEVEN)[1]) == 1


@pytest.mark.parametrize("key", ["start", "end"])
def test_skipped_time(key: str) -> None:
    """It is the fault of that time alone, and no fault of the order."""
    skipped = datetime(2025, 3, 30, 2, 30)  # noqa: DTZ001
    keys = {"start": datetime(2025, 3, 30, 1), "end": datetime(2025, 3, 30, 3, 15)} | {key: skipped}  # noqa: DTZ001
    (fault,) = read({ROME}, **keys)[1]
    assert fault.path == (*PATH, key)
    assert fault.message.startswith("2025-03-30T02:30:00 does not exist in Europe/Rome: ")


def test_end_is_not_blamed_for_a_start_that_does_not_exist() -> None:
    """With the start mended, the day beside it may be mended in more than one way."""
    (fault,) = read({ROME}, start=datetime(2025, 3, 30, 2, 30), end=date(2025, 3, 29))[1]  # noqa: DTZ001
    assert fault.path == (*PATH, "start")
