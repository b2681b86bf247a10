"""Times of the day as people write them, such as `19:30`, `7.30 pm`, `19h` and `noon`."""

import re
from datetime import timedelta

_WORDS = {
    "noon": timedelta(hours=12),
    "mezzogiorno": timedelta(hours=12),
    "midnight": timedelta(),
    "mezzanotte": timedelta(),
}
NAMED_TIMES = "|".join(_WORDS)
"""A pattern of times of the day that have a name, in small letters."""
HALF_OF_DAY = r"[ap]\.?m\.?"
"""A pattern of `am` and `pm`, in small letters, with or without dots."""
TIME_OF_DAY = (
    rf"(?:[0-9]{{1,2}}(?:[:.h][0-9]{{2}}(?:[:.][0-9]{{2}})?)?(?: ?(?:h|{HALF_OF_DAY}))?|\b(?:{NAMED_TIMES})\b)"
)
"""A pattern of what `read_time_of_day` reads, in small letters and without groups. It also matches numbers that no
clock shows, such as 25:00.
"""
BEFORE_TIME = r"(?:(?:alle|dalle|at|from|um|[aà])(?: ore)?|ore|h)"
"""A pattern of words that say that a number behind them is an hour, in small letters, e.g. those of `alle ore 15`."""
_NUMBERS = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2})(?:[:.]([0-9]{2}))?)? ?(?:h|([ap])\.?m\.?)?")
_PARTS_OF_DAY = {
    *("now", "tonight", "this morning", "this afternoon", "this evening", "morning", "afternoon", "evening", "night"),
    *("ora", "adesso", "stamattina", "stasera", "stanotte", "mattina", "mattino", "pomeriggio", "sera", "notte"),
    *("今", "今朝", "今晩", "今夜", "朝", "午前", "午後", "夜"),
}
_NOON = 12
_SIXTY = 60
_END_OF_DAY = timedelta(hours=24)


def read_time_of_day(text: str) -> timedelta | None:
    """How long after midnight clocks show that time, which may be written in any case: 24:00 is the midnight at the end
    of the day, and a number alone is an hour. None where no clock shows it, as `25:00` or `13 pm`.
    """
    text = text.lower()
    if text in _WORDS:
        return _WORDS[text]
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (int(number or 0) for number in match.group(1, 2, 3))
    if match[4]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if match[4] == "p" else 0)
    since_midnight = timedelta(hours=hour, minutes=minute, seconds=second)
    return since_midnight if max(minute, second) < _SIXTY and since_midnight <= _END_OF_DAY else None


def is_time_of_day(words: str) -> bool:
    """Whether these words, folded, are a time of a day: `now`, `evening`, `15:00`, `alle 15`; not `9.30`, which may be
    a day, nor `5 h`, which may be hours from now.
    """
    if words in _WORDS or words in _PARTS_OF_DAY:
        return True
    match = re.fullmatch(f"({BEFORE_TIME} )?({TIME_OF_DAY})", words)
    return match is not None and bool(match[1] or re.search(f":|{HALF_OF_DAY}", words))
