"""Rules of recurrence (RFC 5545, 3.3.10), read from what people write: the closed subset that agenda files have."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from agenda.model import ByDay, Day, Frequency, Rule
from agenda.text import shorten

MAX_COUNT = 10_000
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_MOST_WEEKS = 53
_LONG = (Frequency.MONTHLY, Frequency.YEARLY)


def parse_rule(text: str) -> Rule:
    """The rule that `text` writes, such as `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6`.

    Raises ValueError, with a message for the user, where it is none of those that an agenda file may have.
    """
    parts: dict[str, str] = {}
    for part in (part.strip() for part in text.upper().removeprefix("RRULE:").split(";")):
        name, equals, value = part.partition("=")
        if not equals or not value:
            right = f"write FREQ={part}" if part in set(Frequency) else "write NAME=VALUE, separated by ;"
            raise ValueError(f"{shorten(part) or 'an empty part'} is no part of a rule; {right}")
        if name in parts:
            raise ValueError(f"{shorten(name)} is given twice; once is enough")
        parts[name] = value
    if "FREQ" not in parts:
        raise ValueError("FREQ is missing; start with one such as FREQ=WEEKLY")
    unknown = [name for name in parts if name not in _READERS]
    if unknown:
        raise ValueError(f"{shorten(unknown[0])} is not known here; the parts are {', '.join(_READERS)}")
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValueError("COUNT beside UNTIL; keep one of them")
    rule = Rule(**{_READERS[name][0]: _READERS[name][1](value) for name, value in parts.items()})
    _check(rule)
    return rule


def _check(rule: Rule) -> None:
    """Raise ValueError where parts of a rule do not go together (RFC 5545, 3.3.10)."""
    long = rule.frequency in _LONG
    if rule.frequency is Frequency.WEEKLY and rule.by_month_day:
        raise ValueError("BYMONTHDAY does not go with FREQ=WEEKLY; take FREQ=MONTHLY or leave it out")
    if not long and any(by.nth for by in rule.by_day):
        raise ValueError("a BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY")
    if rule.by_set_position and not (long and (rule.by_day or rule.by_month_day)):
        raise ValueError("BYSETPOS needs FREQ=MONTHLY or FREQ=YEARLY, and BYDAY or BYMONTHDAY to choose from")


def _number(low: int, high: int, *, negative: bool = False) -> Callable[[str], int]:
    def read(value: str) -> int:
        if re.fullmatch(r"[+-]?[0-9]{1,5}", value):
            number = int(value)
            if low <= (abs(number) if negative else number) <= high:
                return number
        sign = " or as many from the end, as in -1" if negative else ""
        raise ValueError(f"{shorten(value) or 'nothing'} is not a number from {low} to {high}{sign}")

    return read


def _list(read: Callable[[str], int]) -> Callable[[str], tuple[int, ...]]:
    return lambda value: tuple(read(one) for one in value.split(","))


def _frequency(value: str) -> Frequency:
    try:
        return Frequency(value)
    except ValueError:
        raise ValueError(f"{shorten(f'FREQ={value}')} is not known here; take {', '.join(Frequency)}") from None


def _day(value: str) -> Day:
    """A day as a rule writes it; the times that other programs write are refused, since they mean an instant."""
    try:
        if re.fullmatch(r"[0-9]{8}", value):
            return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        pass  # told below
    raise ValueError(f"{shorten(f'UNTIL={value}')} is not a day; write it as 20251004")


def parse_by_day(value: str) -> tuple[ByDay, ...]:
    """The weekdays of a BYDAY part, such as `MO,-1FR`; ValueError, with a message for the user, where one is none."""
    found = []
    for one in value.split(","):
        match = _BY_DAY.fullmatch(one)
        nth = int(match[1]) if match and match[1] else None
        if not match or nth == 0 or (nth and abs(nth) > _MOST_WEEKS):
            raise ValueError(
                f"{shorten(f'BYDAY={one}')} is not a weekday; write one such as MO, or 2MO for the second Monday"
            )
        found.append(ByDay(WEEKDAYS.index(match[2]), nth))
    return tuple(found)


def _weekday(value: str) -> int:
    if value not in WEEKDAYS:
        raise ValueError(f"{shorten(f'WKST={value}')} is not a weekday; write one such as MO")
    return WEEKDAYS.index(value)


_READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", _number(1, 9999)),
    "COUNT": ("count", _number(1, MAX_COUNT)),
    "UNTIL": ("until", _day),
    "BYMONTH": ("by_month", _list(_number(1, 12))),
    "BYMONTHDAY": ("by_month_day", _list(_number(1, 31, negative=True))),
    "BYDAY": ("by_day", parse_by_day),
    "BYSETPOS": ("by_set_position", _list(_number(1, 366, negative=True))),
    "WKST": ("week_start", _weekday),
}
