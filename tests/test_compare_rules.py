"""The script that holds import against a plain reading of RFC 5545: a short run of it, and what it holds it against."""

from datetime import date

import pytest
from compare_rules import differences, rule_days

pytestmark = pytest.mark.slow


def test_imported_rules_give_what_the_rfc_says() -> None:
    assert list(differences(rules=100, seed=7)) == []


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        # The examples of RFC 5545, 3.8.5.3.
        ("FREQ=MONTHLY;BYDAY=1FR", ["1997-09-05", "1997-10-03", "1997-11-07"]),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU", ["1997-09-07", "1997-09-28", "1997-11-02", "1997-11-30"]),
        ("FREQ=MONTHLY;BYDAY=-2MO", ["1997-09-22", "1997-10-20", "1997-11-17"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", ["1997-09-28", "1997-10-29", "1997-11-28"]),
        ("FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", ["1997-09-04", "1997-10-07", "1997-11-06"]),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", ["1998-02-13", "1998-03-13", "1998-11-13"]),
        ("FREQ=YEARLY;BYDAY=20MO", ["1998-05-18", "1999-05-17", "2000-05-15"]),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH", ["1997-09-04", "1997-09-16", "1997-09-18"]),
    ],
)
def test_days_of_the_reading_are_those_of_the_examples(rule: str, days: list[str]) -> None:
    parts = dict(part.split("=") for part in rule.split(";"))
    given = list(rule_days(parts, date(1997, 9, 2), date(2000, 12, 31)))[1:]  # the start is there in any case
    assert [str(day) for day in given[: len(days)]] == days
