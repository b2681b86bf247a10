"""Rules of recurrence (RFC 5545, 3.3.10), read and written: the closed subset that agenda files have."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from agenda.limits import MAX_SERIES_TIMES
from agenda.model import ByDay, Day, Frequency, Rule
from agenda.text.folding import fold
from agenda.text.safe import shorten
from agenda.wording.english import WEEKDAY_NAMES

WEEKDAYS = tuple(name[:2].upper() for name in WEEKDAY_NAMES)
"""What a rule calls the weekdays, from `MO` to `SU`."""
_BY_DAY = re.compile(rf"([+-]?[0-9]{{1,2}})?({'|'.join(WEEKDAYS)})")
_STEMS = {
    Frequency.DAILY: ("day", "dai", "giorn", "quotid"),
    Frequency.WEEKLY: ("week", "settiman"),
    Frequency.MONTHLY: ("month", "mes", "mens"),
    Frequency.YEARLY: ("year", "ann"),
}
"""How words begin by which people say a frequency, folded."""
_MAX_WEEK_NUMBER = 53
_ALL_MONTHS = tuple(range(1, 13))


@lru_cache  # many series have the same
def parse_rule(text: str) -> Rule:
    """The rule that `text` writes, such as `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6`.

    Raises ValueError, with a message for the user, where it is none of those that an agenda file may have.
    """
    parts: dict[str, str] = {}
    for part in (part.strip() for part in text.upper().removeprefix("RRULE:").split(";")):
        name, equals, value = part.partition("=")
        if not equals or not value:
            right = _meant_rule(part) or "NAME=VALUE, separated by ;"
            raise ValueError(f"{shorten(part) or 'an empty part'} is no part of a rule; write {right}")
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


def _meant_rule(words: str) -> str | None:
    """The rule that words such as `every day` or `ogni lunedì` are meant for; None where they say none."""
    from agenda.typed_days.names import weekday_number  # rules that are right have no such words

    pieces = re.findall(r"\w+", fold(words))
    for number in map(weekday_number, pieces):
        if number is not None:
            return f"FREQ=WEEKLY;BYDAY={WEEKDAYS[number]}"
    meant = (frequency for frequency, stems in _STEMS.items() if any(piece.startswith(stems) for piece in pieces))
    return next((f"FREQ={frequency}" for frequency in meant), None)


def _check(rule: Rule) -> None:
    """Raise ValueError where parts of a rule do not go together (RFC 5545, 3.3.10)."""
    if rule.frequency is Frequency.WEEKLY and rule.by_month_day:
        raise ValueError("BYMONTHDAY does not go with FREQ=WEEKLY; take FREQ=MONTHLY or leave it out")
    if not rule.steps_by_months and any(by.nth for by in rule.by_day):
        raise ValueError("a BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY")
    if rule.by_set_position and not (rule.steps_by_months and (rule.by_day or rule.by_month_day)):
        raise ValueError("BYSETPOS needs FREQ=MONTHLY or FREQ=YEARLY, and BYDAY or BYMONTHDAY to choose from")


def _number(name: str, low: int, high: int, *, negative: bool = False) -> Callable[[str], int]:
    def read(value: str) -> int:
        if re.fullmatch(r"[+-]?[0-9]{1,5}", value):
            number = int(value)
            if low <= (abs(number) if negative else number) <= high:
                return number
        from_end = ", or as many from the end, as in -1" if negative else ""
        raise ValueError(f"{name}={shorten(value)} is not possible; write a number from {low} to {high}{from_end}")

    return read


def _list(read: Callable[[str], int]) -> Callable[[str], tuple[int, ...]]:
    return lambda value: tuple(dict.fromkeys(read(part) for part in value.split(",")))


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
    days = []
    for part in value.split(","):
        match = _BY_DAY.fullmatch(part)
        nth = int(match[1]) if match and match[1] else None
        if not match or nth == 0 or (nth and abs(nth) > _MAX_WEEK_NUMBER):
            raise ValueError(
                f"{shorten(f'BYDAY={part}')} is not a weekday; write one such as MO, or 2MO for the second Monday"
            )
        days.append(ByDay(WEEKDAYS.index(match[2]), nth))
    return tuple(dict.fromkeys(days))


def _weekday(value: str) -> int:
    if value not in WEEKDAYS:
        raise ValueError(f"{shorten(f'WKST={value}')} is not a weekday; write one such as MO")
    return WEEKDAYS.index(value)


_READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", _number("INTERVAL", 1, 9999)),
    "COUNT": ("count", _number("COUNT", 1, MAX_SERIES_TIMES)),
    "UNTIL": ("until", _day),
    "BYMONTH": ("by_month", _list(_number("BYMONTH", 1, 12))),
    "BYMONTHDAY": ("by_month_day", _list(_number("BYMONTHDAY", 1, 31, negative=True))),
    "BYDAY": ("by_day", parse_by_day),
    "BYSETPOS": ("by_set_position", _list(_number("BYSETPOS", 1, 366, negative=True))),
    "WKST": ("week_start", _weekday),
}


def make_explicit(rule: Rule, first: Day) -> Rule:
    """The same rule with the days of the month, and the months, that else follow from its first day (RFC 5545, 3.3.10):
    `FREQ=YEARLY` from 29 February on becomes `FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2`.
    """
    if not rule.steps_by_months or (rule.by_day and not rule.by_month_day) or any(by.nth for by in rule.by_day):
        return rule
    months = rule.by_month
    if rule.frequency is Frequency.YEARLY and not months:
        months = _ALL_MONTHS if rule.by_month_day else (first.month,)
    return replace(rule, by_month=months, by_month_day=rule.by_month_day or (first.day,))


def format_rule(rule: Rule, until: str | None) -> str:
    """The RECUR value (RFC 5545, 3.3.10) of a rule, such as `FREQ=WEEKLY;COUNT=6;BYDAY=MO,WE`.

    `until` is its UNTIL as it is written: a day or a time, as DTSTART is; None where the rule has none.
    """
    parts = [f"FREQ={rule.frequency}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if until is not None:
        parts.append(f"UNTIL={until}")
    if rule.by_day:
        parts.append("BYDAY=" + ",".join(f"{by.nth or ''}{WEEKDAYS[by.weekday]}" for by in rule.by_day))
    for name, numbers in (
        ("BYMONTHDAY", rule.by_month_day),
        ("BYMONTH", rule.by_month),
        ("BYSETPOS", rule.by_set_position),
    ):
        if numbers:
            parts.append(f"{name}={','.join(map(str, numbers))}")
    if rule.week_start:
        parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
    return ";".join(parts)
