"""Words that say a day by today: `tomorrow`, `next week`, `3 giorni fa`.

These are lists of our own: CLDR has such words, but Babel, which reads it for us, has none of them, nor has dateutil.
The names of months and weekdays come from those two (`names.py`).
"""

import re
from datetime import date, timedelta

from agenda.dates import Period, month_of

NEAR = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
    "oggi": 0,
    "domani": 1,
    "dopodomani": 2,
    "dopo domani": 2,
    "ieri": -1,
    "altro ieri": -2,
    "ieri l'altro": -2,
    "今日": 0,
    "本日": 0,
    "明日": 1,
    "明後日": 2,
    "昨日": -1,
    "一昨日": -2,
    "きょう": 0,
    "あした": 1,
    "あす": 1,
    "あさって": 2,
    "きのう": -1,
    "おととい": -2,
}
"""Words for days, and how many days they are from today."""

_STEPS = {
    "this": 0,
    "next": 1,
    "last": -1,
    "questo": 0,
    "questa": 0,
    "prossimo": 1,
    "prossima": 1,
    "scorso": -1,
    "scorsa": -1,
}
_UNITS = {
    "week": "week",
    "weekend": "weekend",
    "month": "month",
    "settimana": "week",
    "fine settimana": "weekend",
    "mese": "month",
}
_JAPANESE = {
    "今週": (0, "week"),
    "来週": (1, "week"),
    "再来週": (2, "week"),
    "先週": (-1, "week"),
    "週末": (0, "weekend"),
    "今週末": (0, "weekend"),
    "来週末": (1, "weekend"),
    "先週末": (-1, "weekend"),
    "今月": (0, "month"),
    "来月": (1, "month"),
    "再来月": (2, "month"),
    "先月": (-1, "month"),
}
_LENGTHS = {"day": 1, "days": 1, "giorno": 1, "giorni": 1, "日": 1}
_LENGTHS |= {"week": 7, "weeks": 7, "settimana": 7, "settimane": 7, "週間": 7}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_NUMBERS |= {"un": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7}
_COUNTED = rf"([0-9]{{1,4}}|{'|'.join(_NUMBERS)}) ?(days?|weeks?|giorn[oi]|settiman[ae])"
_COMING = rf"(?:the |i |le )?(next|coming|prossim[ie]|last|past|ultim[ie]) {_COUNTED}"
_AHEAD = rf"(?:in|tra|fra) {_COUNTED}"
_AGO = rf"{_COUNTED} (?:ago|fa)"
_JAPANESE_AWAY = r"([0-9]{1,4}) ?(日|週間)([前後])"
_SATURDAY = 5


def read_phrase(words: str, today: date) -> Period | None:
    """The days that these words, folded, say by today; None where they do not. Raises OverflowError where the days are
    beyond the calendar.
    """
    if words in NEAR:
        return _one(today + timedelta(NEAR[words]))
    if stepped := _step(words):
        return _stepped(*stepped, today)
    if match := re.fullmatch(_AHEAD, words):
        return _one(today + _length(match[1], match[2]))
    if match := re.fullmatch(_AGO, words):
        return _one(today - _length(match[1], match[2]))
    if match := re.fullmatch(_JAPANESE_AWAY, words):
        return _one(today + _length(match[1], match[2]) * (1 if match[3] == "後" else -1))
    return None


def split_step(words: str) -> tuple[int, str] | None:
    """How many steps on, and of what, as in `next friday` or `venerdi prossimo`; None where no step is said."""
    head, _, tail = words.partition(" ")
    if head in _STEPS and tail:
        return _STEPS[head], tail
    head, _, tail = words.rpartition(" ")
    return (_STEPS[tail], head) if tail in _STEPS and head else None


def split_coming(words: str) -> int | None:
    """The length in days, negative where they are past, of such as `next 3 days`; None where none is said."""
    match = re.fullmatch(_COMING, words)
    if match is None:
        return None
    days = _length(match[2], match[3]).days
    return -days if match[1][0] in "lu" or match[1] == "past" else days


def phrases() -> list[str]:
    """Such words and phrases that shells offer and that a misspelt one is compared with."""
    english = [f"{step} {unit}" for unit in ("week", "weekend", "month") for step in ("this", "next", "last")]
    italian = [
        *(f"{step} settimana" for step in ("questa", "prossima", "scorsa")),
        *(f"{step} {unit}" for unit in ("weekend", "mese") for step in ("questo", "prossimo", "scorso")),
    ]
    return [*NEAR, "week", "weekend", "month", "fine settimana", *english, *italian, *_JAPANESE]


def _step(words: str) -> tuple[int, str] | None:
    """How many weeks, weekends or months on, and which of these."""
    if words in _JAPANESE:
        return _JAPANESE[words]
    step, unit = split_step(words) or (0, words)
    return (step, _UNITS[unit]) if unit in _UNITS else None


def _stepped(step: int, unit: str, today: date) -> Period:
    if unit == "month":
        months = today.year * 12 + today.month - 1 + step
        try:
            return month_of(date(months // 12, months % 12 + 1, 1))
        except ValueError:
            raise OverflowError from None
    monday = today - timedelta(today.weekday()) + timedelta(7 * step)
    return Period(monday + timedelta(_SATURDAY if unit == "weekend" else 0), monday + timedelta(6))


def _length(number: str, unit: str) -> timedelta:
    return timedelta((_NUMBERS.get(number) or int(number)) * _LENGTHS[unit])


def _one(day: date) -> Period:
    return Period(day, day)
