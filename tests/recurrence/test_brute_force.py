"""Rules against an expander that asks of each day: weekdays with and without a number, and numbers that nothing has."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from brute_force import days_by_brute_force
from conftest import Run

from agenda.recurrence.expand import rule_days
from agenda.recurrence.rrule import WEEKDAYS, parse_rule

RULES = 1_000
SEED = 5545
SINCE, YEARS = date(9990, 1, 1), 3  # near the end of the calendar, so that rules without any day end soon
ORDINALS = [*range(-6, 0), *range(1, 7), 10, 52, 53, -10, -52, -53]


def rule_and_start(random: Random) -> tuple[str, date]:
    """A rule of months or years whose BYDAY mixes weekdays with and without numbers, and a day to start on."""
    start = date.fromordinal(SINCE.toordinal() + random.randrange(365))
    frequency = random.choice(["MONTHLY", "YEARLY"])
    mixed = [
        f"{random.choice(['', random.choice(ORDINALS)])}{random.choice(WEEKDAYS)}"
        for _ in range(random.choice([1, 2, 2, 3, 4]))
    ]
    parts = [f"FREQ={frequency}", f"BYDAY={','.join(mixed)}"]
    if random.random() < 0.5:
        parts.append(f"INTERVAL={random.choice([2, 3, 5])}")
    if random.random() < 0.5:
        months = random.sample(range(1, 13), random.randint(1, 4))
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    if random.random() < 0.3:
        month_days = random.sample([*range(1, 32), *range(-31, 0)], 12)
        parts.append(f"BYMONTHDAY={','.join(map(str, month_days))}")
    if random.random() < 0.3:
        parts.append(f"BYSETPOS={random.choice(['1', '-1', '2,-2', '1,2,3', '-5'])}")
    if random.random() < 0.3:
        parts.append(random.choice(["COUNT=3", "COUNT=7", "UNTIL=99921215"]))
    return ";".join(parts), start


@pytest.mark.slow
def test_thousand_rules_give_the_days_that_each_day_is_asked_for() -> None:
    random = Random(SEED)  # noqa: S311 - no secret
    last = date(SINCE.year + YEARS, 12, 31)
    wrong = []
    for _ in range(RULES):
        text, start = rule_and_start(random)
        rule = parse_rule(text)
        given = [day for day in rule_days(rule, start) if day <= last] if rule.ends else _up_to(text, start, last)
        if given != days_by_brute_force(rule, start, last):
            wrong.append((text, start))
    assert wrong == []


def _up_to(text: str, start: date, last: date) -> list[date]:
    found = []
    for day in rule_days(parse_rule(text), start):
        if day > last:
            break
        found.append(day)
    return found


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=TU,1MO;COUNT=7", "2025-12-01", "1 2 9 16 23 30 Dec, 5 Jan"),
        ("FREQ=MONTHLY;BYDAY=10MO,1MO;COUNT=2", "2025-12-01", "1 Dec, 5 Jan"),
        ("FREQ=YEARLY;BYMONTH=12;BYDAY=1MO,10MO;COUNT=2", "2025-12-01", "1 Dec, 7 Dec"),
        ("FREQ=MONTHLY;BYDAY=1MO,53MO;COUNT=2", "2025-12-01", "1 Dec, 5 Jan"),
        ("FREQ=MONTHLY;BYDAY=-1FR,2MO,SU;COUNT=4", "2025-12-07", "7 8 14 21 Dec"),
    ],
)
def test_weekdays_with_a_number_and_without_are_united(rule: str, start: str, expected: str) -> None:
    found = rule_days(parse_rule(rule), date.fromisoformat(start))
    assert [f"{day.day} {day:%b}" for day in found] == _spelled(expected)


def _spelled(dates: str) -> list[str]:
    """`1 2 Dec, 5 Jan` as the days one by one."""
    months = [month.split() for month in dates.split(", ")]
    return [f"{day} {month}" for *numbers, month in months for day in numbers]


IMPOSSIBLE = ["FREQ=MONTHLY;BYDAY=53MO", "FREQ=MONTHLY;BYDAY=6TU,-6TU", "FREQ=YEARLY;BYMONTH=2;BYDAY=10MO"]


@pytest.mark.parametrize("rule", IMPOSSIBLE)
def test_rule_of_numbers_that_nothing_has_is_a_diagnostic_at_its_place(rule: str, agenda: Callable[..., Run]) -> None:
    text = f'[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-12-01\nrepeat = "{rule}"\n'
    told = "<stdin>:5:10: event 'a': repeat gives no day at all; change the rule\n"
    assert agenda("check", "-d", "-", stdin=text).out == told
    assert agenda("list", "-d", "-", stdin=text).err == told


@pytest.mark.parametrize("rule", [*IMPOSSIBLE, "FREQ=DAILY;BYEASTER=400", "FREQ=MONTHLY;BYDAY=1MO,53MO;BYHOUR=9,10"])
def test_rule_that_dateutil_cannot_expand_costs_no_other_event(rule: str, agenda: Callable[..., Run]) -> None:
    event = "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{uid}\nDTSTART:20251201T090000Z\n{rule}END:VEVENT\n"
    events = event.format(uid="odd", rule=f"RRULE:{rule}\n") + event.format(uid="plain", rule="")
    done = agenda("import", "-", stdin=f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    assert done.code == 0
    assert "bug" not in done.err
    assert 'title = "odd"' in done.out
    assert 'title = "plain"' in done.out
