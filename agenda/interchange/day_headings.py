"""Rows of a table that hold nothing but a day, which the rows below them have: told also where it cannot be read."""

import re
from datetime import date

from msgspec import Struct

from agenda.text.folding import fold
from agenda.typed_days.names import month_number, weekday_number

_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_MAX_CHARACTERS = 60
_MAX_OTHER_WORDS = 2
"""Words that may stand in a day besides its own: misspelt ones, or what it is about."""
_DAYS_OF_MONTH = range(1, 32)
_YEARS = range(1900, 2100)
_OF_DAYS = {"day", "date", "giorno", "giornata", "data", "年", "月", "日", "日目"}
_JOINING = {"st", "nd", "rd", "th", "the", "of", "on", "and", "to", "il", "di", "del", "e", "al", "a"}


class DayAbove(Struct, frozen=True):
    """The day that rows without one of their own have from those above them, and whether it `is_heading`, which is to
    say that it stands alone in its row; where it is not known, `missing` says why: that it `cannot be read`.
    """

    day: date | None = None
    is_heading: bool = False
    missing: str = ""


def is_like_day(text: str) -> bool:
    """Whether a text that cannot be read as a day is meant for one, such as `Wednesday 15 Aprl 2026` or `Day 2`."""
    words = _WORD.findall(fold(text)) if len(text) <= _MAX_CHARACTERS else []
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= len("2026")]
    named = [word for word in words if _is_of_day(word)]
    others = [word for word in words if not (word.isdecimal() or word in named or word in _JOINING)]
    if not others:
        return bool(numbers or named)
    has_day = any(number in _DAYS_OF_MONTH for number in numbers)
    if len(others) > _MAX_OTHER_WORDS or not has_day:
        return False
    begins = words[0] in named or (words[0].isdecimal() and bool(named))
    return begins or any(number in _YEARS for number in numbers)


def _is_of_day(word: str) -> bool:
    return word in _OF_DAYS or weekday_number(word) is not None or month_number(word) is not None
