"""The names of months and weekdays as people type them: the English ones of dateutil, and those of CLDR.

Each module of these is imported only where a word asks for it: first dateutil, then Babel, which has CLDR.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal

from agenda.text.folding import fold

_MIN_LETTERS = 3
"""Letters of a name that make an abbreviation of it."""


@lru_cache(maxsize=256)  # tables have thousands of days
def month_number(word: str) -> int | None:
    """The number, from 1, of the month that has this English or Italian name, or that it is the beginning of, from
    three letters on, such as `sept`; None where there is none such. The word is folded.
    """
    found = _place(word, _folded_names("months", "en"))
    if found is None:
        found = _place(word, _folded_names("months", "it"))
    return None if found is None else found + 1


@lru_cache(maxsize=256)
def weekday_number(word: str) -> int | None:
    """The number, from 0 for Monday, of the weekday that has this English, Italian or Japanese name, as
    `month_number` has that of a month; None where there is none such.
    """
    found = _place(word, _folded_names("days", "en"))
    if found is None:
        found = _place(word, _folded_names("days", "it"))
    # Three letters, or two signs: 月曜日 and 月曜 are Monday, and 月 is the moon, and a month.
    return _place(word, _folded_names("days", "ja"), least=2) if found is None and not word.isascii() else found


def sign_number(sign: str) -> int | None:
    """The number of the weekday that a Japanese date has in brackets, such as 火; None where it is none."""
    from babel import Locale

    return {name: number for number, name in Locale("ja").days["stand-alone"]["narrow"].items()}.get(sign)


def english_names() -> Iterator[str]:
    """The English names of months and weekdays, long and short."""
    for spellings in (*_names("months", "en"), *_names("days", "en")):
        yield from spellings


def italian_names() -> Iterator[str]:
    """The Italian names of months and weekdays."""
    for spellings in (*_names("months", "it"), *_names("days", "it")):
        yield from spellings


def _names(kind: Literal["months", "days"], language: str) -> Sequence[Sequence[str]]:
    """The spellings of each month, or of each weekday from Monday on, in a language."""
    if language == "en":
        from dateutil.parser import parserinfo

        return parserinfo.MONTHS if kind == "months" else parserinfo.WEEKDAYS
    from babel import Locale

    names = getattr(Locale(language), kind)["stand-alone"]["wide"]
    return [(names[number],) for number in sorted(names)]


@cache
def _folded_names(kind: Literal["months", "days"], language: str) -> Sequence[tuple[str, int]]:
    """Those spellings, folded, each with the place of its month or weekday."""
    return [(fold(name), place) for place, spellings in enumerate(_names(kind, language)) for name in spellings]


def _place(word: str, names: Sequence[tuple[str, int]], least: int = _MIN_LETTERS) -> int | None:
    """The one place whose spelling begins with the word."""
    if len(word) < least:
        return None
    places = {place for name, place in names if name.startswith(word)}
    return places.pop() if len(places) == 1 else None
