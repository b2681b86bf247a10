"""Rules of recurrence: what people write, and what is said of what they may not write."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.limits import MAX_SERIES_TIMES
from agenda.model import ByDay, Frequency, Rule
from agenda.recurrence.rrule import WEEKDAYS, parse_rule

PARTS = "FREQ, INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST"


def refusal(text: str) -> str:
    """What is said of a text that is no rule."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is compared
        parse_rule(text)
    return str(caught.value)


@pytest.mark.parametrize("frequency", Frequency)
def test_frequency(frequency: Frequency) -> None:
    assert parse_rule(f"FREQ={frequency}") == Rule(frequency=frequency)


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("INTERVAL=1", {"interval": 1}),
        ("INTERVAL=9999", {"interval": 9999}),
        ("COUNT=1", {"count": 1}),
        ("COUNT=10000", {"count": MAX_SERIES_TIMES}),
        ("COUNT=007", {"count": 7}),
        ("UNTIL=20251004", {"until": date(2025, 10, 4)}),
        ("UNTIL=00010101", {"until": date.min}),
        ("UNTIL=99991231", {"until": date.max}),
        ("BYMONTH=1", {"by_month": (1,)}),
        ("BYMONTH=12,3", {"by_month": (12, 3)}),
        ("BYMONTHDAY=31", {"by_month_day": (31,)}),
        ("BYMONTHDAY=1,+2,-31", {"by_month_day": (1, 2, -31)}),
        ("BYDAY=MO", {"by_day": (ByDay(0),)}),
        ("BYDAY=SU,SA", {"by_day": (ByDay(6), ByDay(5))}),
        ("BYDAY=1MO,+2TU,-1FR", {"by_day": (ByDay(0, 1), ByDay(1, 2), ByDay(4, -1))}),
        ("BYDAY=53WE,-53TH", {"by_day": (ByDay(2, 53), ByDay(3, -53))}),
        ("BYDAY=MO;BYSETPOS=-1,366", {"by_day": (ByDay(0),), "by_set_position": (-1, 366)}),
        ("BYMONTHDAY=1,2;BYSETPOS=2", {"by_month_day": (1, 2), "by_set_position": (2,)}),
        ("WKST=SU", {"week_start": 6}),
        ("WKST=MO", {"week_start": 0}),
    ],
)
def test_part(part: str, fields: dict[str, Any]) -> None:
    assert parse_rule(f"FREQ=MONTHLY;{part}") == Rule(frequency=Frequency.MONTHLY, **fields)


@pytest.mark.parametrize("number", range(7))
def test_weekday(number: int) -> None:
    rule = parse_rule(f"FREQ=WEEKLY;BYDAY={WEEKDAYS[number]};WKST={WEEKDAYS[number]}")
    assert (rule.by_day, rule.week_start) == ((ByDay(number),), number)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20251004",
        "freq=weekly;interval=2;byday=mo,we;until=20251004",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20251004",
        "rrule:Freq=Weekly;Interval=2;ByDay=Mo,we;Until=20251004",
        "UNTIL=20251004;BYDAY=MO,WE;INTERVAL=2;FREQ=WEEKLY",
    ],
)
def test_case_prefix_and_order_do_not_matter(text: str) -> None:
    assert parse_rule(text) == Rule(
        frequency=Frequency.WEEKLY, interval=2, by_day=(ByDay(0), ByDay(2)), until=date(2025, 10, 4)
    )


@pytest.mark.parametrize(("text", "ends"), [("", False), (";COUNT=1", True), (";UNTIL=20251004", True)])
def test_rule_ends_by_count_or_until(text: str, ends: bool) -> None:
    assert parse_rule(f"FREQ=DAILY{text}").ends is ends


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "an empty part is no part of a rule; write NAME=VALUE, separated by ;"),
        ("RRULE:", "an empty part is no part of a rule; write NAME=VALUE, separated by ;"),
        ("FREQ=DAILY;", "an empty part is no part of a rule; write NAME=VALUE, separated by ;"),
        ("FREQ=DAILY;;COUNT=3", "an empty part is no part of a rule; write NAME=VALUE, separated by ;"),
        ("DAILY", "DAILY is no part of a rule; write FREQ=DAILY"),
        ("FREQ=", "FREQ= is no part of a rule; write NAME=VALUE, separated by ;"),
        ("every week", "EVERY WEEK is no part of a rule; write FREQ=WEEKLY"),
        ("COUNT=3", "FREQ is missing; start with one such as FREQ=WEEKLY"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ is given twice; once is enough"),
        ("FREQ=DAILY;COUNT=2;count=2", "COUNT is given twice; once is enough"),
        ("FREQ=DAILY;BYHOUR=9", f"BYHOUR is not known here; the parts are {PARTS}"),
        ("FREQ=YEARLY;BYWEEKNO=20", f"BYWEEKNO is not known here; the parts are {PARTS}"),
        ("FREQ=YEARLY;BYYEARDAY=100", f"BYYEARDAY is not known here; the parts are {PARTS}"),
        ("FREQ=YEARLY;BYEASTER=0", f"BYEASTER is not known here; the parts are {PARTS}"),
        ("FREQ=DAILY;X-OURS=1", f"X-OURS is not known here; the parts are {PARTS}"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20251004", "COUNT beside UNTIL; keep one of them"),
        ("FREQ=HOURLY", "FREQ=HOURLY is not known here; take DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("FREQ=DAILY=2", "FREQ=DAILY=2 is not known here; take DAILY, WEEKLY, MONTHLY, YEARLY"),
    ],
)
def test_what_is_wrong_with_the_parts(text: str, message: str) -> None:
    assert refusal(text) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "BYMONTHDAY does not go with FREQ=WEEKLY; take FREQ=MONTHLY or leave it out",
        ),
        ("FREQ=DAILY;BYDAY=1MO", "a BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY"),
        ("FREQ=WEEKLY;BYDAY=MO,-1TU", "a BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY"),
        *(
            (
                f"{rule};BYSETPOS=1",
                "BYSETPOS needs FREQ=MONTHLY or FREQ=YEARLY, and BYDAY or BYMONTHDAY to choose from",
            )
            for rule in ("FREQ=MONTHLY", "FREQ=YEARLY;BYMONTH=2", "FREQ=WEEKLY;BYDAY=MO,TU", "FREQ=DAILY;BYDAY=MO")
        ),
    ],
)
def test_what_does_not_go_together(text: str, message: str) -> None:
    assert refusal(text) == message


@pytest.mark.parametrize(
    ("part", "message"),
    [
        *(
            (f"INTERVAL={value}", f"INTERVAL={value} is not possible; write a number from 1 to 9999")
            for value in ("0", "-1", "10000", "1.5")
        ),
        *(
            (f"COUNT={value}", f"COUNT={value} is not possible; write a number from 1 to 10000")
            for value in ("0", "-1", "10001", "X", "²")
        ),
        *(
            (f"BYMONTH={value}", f"BYMONTH={value} is not possible; write a number from 1 to 12")
            for value in ("0", "13", "-1", "JAN", "X 1")
        ),
        *(
            (
                f"BYMONTHDAY={value}",
                f"BYMONTHDAY={value} is not possible; write a number from 1 to 31, or as many from the end, as in -1",
            )
            for value in ("0", "32", "-32", "-0", "--1", "9" * 80)
        ),
        *(
            (
                f"BYDAY=MO;BYSETPOS={value}",
                f"BYSETPOS={value} is not possible; write a number from 1 to 366, or as many from the end, as in -1",
            )
            for value in ("0", "367", "-367", "1-2")
        ),
    ],
)
def test_number_that_is_none_or_too_high_or_too_low(part: str, message: str) -> None:
    assert refusal(f"FREQ=MONTHLY;{part}") == message


@pytest.mark.parametrize("value", ["1,", ",1", "1,,2", "1;2"])
def test_list_with_a_hole_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"not possible|no part"):
        parse_rule(f"FREQ=YEARLY;BYMONTH={value}")


@pytest.mark.parametrize("value", ["0MO", "54MO", "-54MO", "100MO", "XX", "MONDAY", "MO1", "1", " MO", "", "-MO"])
def test_weekday_that_is_none(value: str) -> None:
    assert refusal(f"FREQ=MONTHLY;BYDAY=TU,{value}") == (
        f"BYDAY={value} is not a weekday; write one such as MO, or 2MO for the second Monday"
    )


@pytest.mark.parametrize("value", ["1MO", "MONDAY", "0", "MO,TU"])
def test_start_of_the_week_that_is_none(value: str) -> None:
    assert refusal(f"FREQ=WEEKLY;WKST={value}") == f"WKST={value} is not a weekday; write one such as MO"


@pytest.mark.parametrize(
    "value",
    [
        "20251004T100000Z",
        "20251004T100000",
        "20250230",
        "20251301",
        "00000101",
        "2025-10-04",
        "251004",
        "TOMORROW",
        "２０２５１００４",  # noqa: RUF001 - digits, but of another width
    ],
)
def test_until_that_is_no_day(value: str) -> None:
    assert refusal(f"FREQ=DAILY;UNTIL={value}") == f"UNTIL={value} is not a day; write it as 20251004"


@given(st.text(st.sampled_from("FREQDAILYWKCOUNTBM=;,-+0123456789 \n:é"), max_size=40) | st.text(max_size=20))
def test_any_text_is_a_rule_or_refused_in_words(text: str) -> None:
    for whole in (text, f"FREQ=MONTHLY;{text}"):
        try:
            assert isinstance(parse_rule(whole), Rule)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - either is right
