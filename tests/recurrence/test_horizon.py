"""What is told of rules without expanding them: the same as their days tell."""

from datetime import date, timedelta
from itertools import islice, takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recurring import started

from agenda.limits import MAX_RULE_STEPS
from agenda.model import Event, Fixed, Frequency
from agenda.recurrence import expand
from agenda.recurrence.budget import Budget, TooManyStepsError, count_days, first_day, has_day, leaves_any, may_exceed
from agenda.recurrence.cycles import cycle_of
from agenda.recurrence.expand import last_start, rule_days
from agenda.recurrence.rrule import WEEKDAYS, parse_rule

MONDAY = date(2025, 9, 29)
MOST = 100
MOST_STEPS = 2_000
"""Steps of a rule of days or weeks that are looked at in a test."""


@st.composite
def short_rules(draw: st.DrawFn) -> str:
    """A rule of days or weeks with filters, without an end or nearly so."""
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), max_size=3, unique=True))
    parts = [
        f"FREQ={draw(st.sampled_from(['DAILY', 'WEEKLY']))};INTERVAL={draw(st.integers(1, 5))}",
        f"BYMONTH={draw(st.integers(1, 12))}",
        f"BYDAY={','.join(weekdays)}" if weekdays else "",
        draw(st.sampled_from(["", "UNTIL=21000101", "UNTIL=99991231"])),
    ]
    return ";".join(filter(None, parts))


@pytest.mark.slow
@given(started())
@settings(max_examples=60)
def test_first_day_and_number_are_those_of_the_days(given_: tuple[str, date]) -> None:
    rule, first = parse_rule(given_[0]), given_[1]
    found = list(islice(rule_days(rule, first), MOST))
    assert first_day(rule, first, Budget()) == (found[0] if found else None)
    assert count_days(rule, first, MOST, Budget()) == len(found)
    assert len(found) < MOST or rule.count is not None or may_exceed(rule, first, MOST - 1)


@pytest.mark.slow
@given(started(), st.integers(-10, 2500))
@settings(max_examples=60)
def test_day_is_given_if_it_is_among_the_days(given_: tuple[str, date], after: int) -> None:
    rule, first = parse_rule(given_[0]), given_[1]
    day = first + timedelta(after)
    found = list(takewhile(lambda one: one <= day, rule_days(rule, first)))
    assert has_day(rule, first, day, Budget()) == (day in found)
    assert [has_day(rule, first, one, Budget()) for one in found[-3:]] == [True] * len(found[-3:])


@pytest.mark.slow
@given(started())
@settings(max_examples=60)
def test_last_start_is_the_last_of_the_days(given_: tuple[str, date]) -> None:
    rule, first = parse_rule(given_[0]), given_[1]
    found = list(rule_days(rule, first)) if rule.ends else []
    if found:
        event = Event(id="a", title="A", when=Fixed(first), repeat=rule)
        assert last_start(event, Fixed(first)) == found[-1]
        assert not leaves_any(rule, first, found, Budget())
        assert leaves_any(rule, first, found[:-1], Budget())


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2",
    ],
)
def test_rules_that_never_hit_use_up_a_budget(rule: str) -> None:
    budget = Budget(MAX_RULE_STEPS // 10)
    with pytest.raises(TooManyStepsError):
        list(map(first_day, [parse_rule(rule)] * 2000, [MONDAY] * 2000, [budget] * 2000))


class _Counting(Budget):
    """A budget that counts what it pays."""

    def __init__(self) -> None:
        super().__init__()
        self.paid = 0

    def pay(self, steps: int) -> None:
        super().pay(steps)
        self.paid += steps


@given(short_rules(), st.dates(MONDAY, MONDAY + timedelta(3000)))
def test_rules_of_days_or_weeks_are_paid_for_as_far_as_they_are_looked_at(text: str, first: date) -> None:
    rule, budget = parse_rule(text), _Counting()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(expand, "_MAX_SHORT_STEPS", MOST_STEPS)
        assert list(budget.walk(rule, first)) == list(rule_days(rule, first))
    step_days = 1 if rule.frequency is Frequency.DAILY else 7
    last = first + timedelta(MOST_STEPS * rule.interval * step_days - 1)
    assert budget.paid <= min(MOST_STEPS, cycle_of(rule, first).count(last))
