"""The names of months and weekdays as people type them: the English ones of dateutil, and those of CLDR.

Each module of these is imported only where a word asks for it: first dateutil, then Babel, which has CLDR.
"""

from collections.abc import Iterable, Iterator, Sequence

from agenda.text import fold

_MIN_LETTERS = 3
"""Letters of a name that make an abbreviation of it."""


def month_number(word: str) -> int | None:
    """The number, from 1, of the month that has this English or Italian name, or that it is the beginning of, from
    three letters on, such as `sept`; None where there is none such. The word is folded.
    """
    from dateutil.parser import parserinfo

    found = _place(word, parserinfo.MONTHS)
    if found is None:
        found = _place(word, _italian_months())
    return None if found is None else found + 1


def weekday_number(word: str) -> int | None:
    """The number, from 0 for Monday, of the weekday that has this English, Italian or Japanese name, as
    `month_number` has that of a month; None where there is none such.
    """
    from dateutil.parser import parserinfo

    found = _place(word, parserinfo.WEEKDAYS)
    if found is None:
        found = _place(word, _weekdays_of("it"))
    # Three letters, or two signs: 月曜日 and 月曜 are Monday, and 月 is the moon, and a month.
    return _place(word, _weekdays_of("ja"), least=2) if found is None and not word.isascii() else found


def sign_number(sign: str) -> int | None:
    """The number of the weekday that a Japanese date has in brackets, such as 火; None where it is none."""
    from babel import Locale

    return {name: number for number, name in Locale("ja").days["stand-alone"]["narrow"].items()}.get(sign)


def english_names() -> Iterator[str]:
    """The English names of months and weekdays, long and short."""
    from dateutil.parser import parserinfo

    for spellings in (*parserinfo.MONTHS, *parserinfo.WEEKDAYS):
        yield from spellings


def italian_names() -> Iterator[str]:
    """The Italian names of months and weekdays."""
    for spellings in (*_italian_months(), *_weekdays_of("it")):
        yield from spellings


def _italian_months() -> list[tuple[str]]:
    from babel import Locale

    names = Locale("it").months["stand-alone"]["wide"]
    return [(names[number],) for number in sorted(names)]


def _weekdays_of(language: str) -> list[tuple[str]]:
    from babel import Locale

    names = Locale(language).days["stand-alone"]["wide"]
    return [(names[number],) for number in sorted(names)]


def _place(word: str, names: Sequence[Iterable[str]], least: int = _MIN_LETTERS) -> int | None:
    """The place of the one entry of which a spelling begins with the word."""
    if len(word) < least:
        return None
    found = [place for place, spellings in enumerate(names) if any(fold(name).startswith(word) for name in spellings)]
    return found[0] if len(found) == 1 else None
