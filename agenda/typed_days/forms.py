"""The grammar of days: each form that people type, and what it says before today, or the agenda, gives it its year.

It is our own and closed, so that a form is read in one way or not at all: numbers alone, such as 3/10/2025, are read
only where one of the two ways round is a day of the calendar.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from msgspec import Struct

from agenda.dates import Period, month_of
from agenda.text.folding import fold_letters
from agenda.typed_days.calendar_days import make_day, make_week_day
from agenda.typed_days.names import month_number, sign_number, weekday_number
from agenda.typed_days.phrases import read_phrase

MAX_CHARACTERS = 100
"""The longest text that is looked at; the longest form has some 60."""

_SIGNS = str.maketrans(
    {"º": "°", "’": "'", "\u2010": "-", "\u2212": "-"} | dict.fromkeys("\u2012\u2014\u2015\u301c~", "–")
)
"""`º` before folding makes an o of it; hyphens and minus signs; dashes and, as in Japanese, waves."""
_DOT_AFTER_WORD = r"(?<=[^\W\d_])\.(?!\.)"
_ARTICLE = r"(?:(?:on|the|il|la) |l')"

# Patterns, compiled only where they are asked for. They are matched with folded text.
_SHIFT = r"([+-][0-9]+) ?(d|w|days?|weeks?)"
_YEAR_FIRST = r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})"
_YEAR_LAST = r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})"
_YEAR_MONTH = r"([0-9]{4})[-/]([0-9]{1,2})"
_MONTH_YEAR = r"([0-9]{1,2})[-/.]([0-9]{4})"
_WEEK = r"([0-9]{4})-?w([0-9]{2})(?:-?([1-7]))?"
_JAPANESE_DAY = r"(?:([0-9]{4})年 ?)?([0-9]{1,2})月 ?([0-9]{1,2})日(?: ?\((.)(?:曜日?)?\)| ?(.)曜日?)?"
_JAPANESE_MONTH = r"(?:([0-9]{4})年 ?)?([0-9]{1,2})月"
_ORDINAL = r"(?:st|nd|rd|th|[°.])?"
_DAY_MONTH = rf"([0-9]{{1,2}}|primo){_ORDINAL}(?: (?:of |di )?|[-/]?)([a-z]+)(?:(?:,? ?|[-/])([0-9]{{4}}))?"
_MONTH_DAY = rf"([a-z]+)(?:, ?|[-/ ])?([0-9]{{1,2}}){_ORDINAL}(?:(?:, ?| |[-/])([0-9]{{4}}))?"
_YEAR_MONTH_DAY = rf"([0-9]{{4}})[-/ ]([a-z]+)(?:[-/ ]([0-9]{{1,2}}){_ORDINAL})?"
_MONTH = r"([a-z]+)(?:(?:,? ?|[-/])([0-9]{4}))?"
_WEEKDAY = r"([^\W\d_]+)"
_WEEKDAY_AND_DATE = r"([^\W\d_]+),? (.*[0-9].*)"
_LEAP_YEAR = 2000
_MONTHS = 12
_HALF_A_YEAR = timedelta(183)

MONTH_OR_WEEKDAY = {"mar"}
"""What is short for both a month and a weekday, March and martedì: alone, it is neither."""

# Spans. What stands between two days, and what opens a side.
_DOTS = r"(.*?)\.\.(.*)"
_BETWEEN = r"(?:between|tra|fra) (.+) (?:and|e) (.+)"
_JAPANESE_SPAN = r"(.+)から ?(.+?)(?:まで)?"
_TO = r"(?: (?:to|until|till|through|a|al|alla|fino a|fino al) | all'|–| - )"
_FROM_TO = rf"(?:(?:from|da|dal|dalla) |dall')?(.+?){_TO}(.+)"
_SINCE = r"(?:(?:from|since|da|dal|dalla) |dall')(.+)|(.+)から"
_UNTIL = r"(?:(?:until|till|up to|fino a|fino al|fino alla|entro) |(?:fino all|entro l)')(.+)"
_JAPANESE_UNTIL = r"(.+)まで"
_INTERVAL = r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})"
_HYPHEN = r"([^-]+)-([^-]+)"
_NUMBER = rf"[0-9]{{1,2}}{_ORDINAL}"
_NUMBER_AND_MORE = rf"{_NUMBER}( ?[^\W\d_].*)"
_MONTH_AND_NUMBER = rf"((?:[^\W\d_]+,? )?[a-z]+ ?|.*月 ?){_NUMBER}日?"
_NUMBER_AND_YEAR = rf"{_NUMBER}日?(?:,? ?[0-9]{{4}})?"


class KnownDays(Struct, frozen=True):
    """Days that are known; `dated` where a year was typed, and with the `weekday` that was typed before them."""

    period: Period
    dated: bool = False
    weekday: int | None = None


class Yearless(Struct, frozen=True):
    """Days, or a month, typed without a year: `in_year` gives what they are in a year, None where that has none."""

    in_year: Callable[[int], Period | None]
    weekday: int | None = None

    def before(self, period: Period) -> KnownDays:
        """Those at the start of a span that ends with the period: of the same year, or around New Year of the one
        before.
        """
        days = self._of_year(period.last)
        if days.first and period.last and days.first > period.last:
            earlier = self.in_year(period.last.year - 1)
            if earlier and earlier.first and period.last - earlier.first < _HALF_A_YEAR:
                days = earlier
        return KnownDays(days, weekday=self.weekday)

    def after(self, period: Period) -> KnownDays:
        """Those at the end of a span that starts with the period, as `before` has those at its start."""
        days = self._of_year(period.first)
        if days.last and period.first and days.last < period.first:
            later = self.in_year(period.first.year + 1)
            if later and later.last and later.last - period.first < _HALF_A_YEAR:
                days = later
        return KnownDays(days, weekday=self.weekday)

    def _of_year(self, day: date | None) -> Period:
        period = self.in_year(day.year) if day else None
        if period is None:
            raise ValueError  # 29 February
        return period


class Weekday(Struct, frozen=True):
    """The next such day, from 0 for Monday."""

    number: int

    def on_or_after(self, day: date) -> Period:
        """The first one from that day on."""
        found = day + timedelta((self.number - day.weekday()) % 7)
        return Period(found, found)


Reading = KnownDays | Yearless | Weekday


def normalize(typed: str) -> str:
    """The text as the forms are matched with it; empty where it is too long for any."""
    if len(typed) > MAX_CHARACTERS:
        return ""
    words = fold_letters(typed.translate(_SIGNS)).translate(_SIGNS)
    if len(words) > MAX_CHARACTERS:  # one character may stand for many
        return ""
    words = re.sub(_DOT_AFTER_WORD, "", words)
    return re.sub(r"\bweek[- ]end\b", "weekend", words)


def read_day(words: str, today: date) -> Reading | None:
    """What the normalized words say: a day, a week, a weekend or a month; None where they are of no such form.

    Raises NoSuchDayError, or OverflowError, where they are, but the calendar has no such day.
    """
    if match := re.fullmatch(_YEAR_FIRST, words):
        year, month, day = (match[1], match[3], match[4]) if match[1] else match.group(5, 6, 7)
        return KnownDays(_one(make_day(int(year), int(month), int(day))), dated=True)
    words = drop_article(words)
    if words in MONTH_OR_WEEKDAY:
        return None
    if match := re.fullmatch(_SHIFT, words):
        return KnownDays(_one(today + timedelta(int(match[1]) * (7 if match[2].startswith("w") else 1))))
    if period := read_phrase(words, today):
        return KnownDays(period)
    for read in (_read_week, _read_numbers, _read_japanese, read_month, _read_named, _read_weekday):
        if (reading := read(words)) is not None:
            return reading
    if match := re.fullmatch(_WEEKDAY_AND_DATE, words):
        return _after_weekday(match[1], match[2], today)
    return None


def explain_two_days(words: str) -> str | None:
    """What is told of normalized words such as `mar 15`, which may be 15 March or, in Italian, Tuesday the 15th; None
    for other words.
    """
    match = re.fullmatch(_MONTH_DAY, drop_article(words))
    if match is None or match[1] not in MONTH_OR_WEEKDAY or match[3]:
        return None
    day = match[2]
    return (
        f'may be {day} March or Tuesday {day}; write "{day} March", or the day with its month, as in "{day} dicembre"'
    )


def drop_article(words: str) -> str:
    """The words without what may stand before any day: `the`, `on`, `il`."""
    match = re.match(_ARTICLE, words)
    return words[match.end() :] if match else words


def read_month(words: str) -> Reading | None:
    """The month that the words say, as `read_day` reads days; None where they say none."""
    if match := re.fullmatch(_YEAR_MONTH, words):
        return _month(match[1], int(match[2]))
    if match := re.fullmatch(_MONTH_YEAR, words):
        return _month(match[2], int(match[1]))
    if match := re.fullmatch(_JAPANESE_MONTH, words):
        return _month(match[1], int(match[2]))
    if match := re.fullmatch(_MONTH, words):
        number = month_number(match[1])
        return _month(match[2], number) if number else None
    if (match := re.fullmatch(_YEAR_MONTH_DAY, words)) and not match[3]:
        number = month_number(match[2])
        return _month(match[1], number) if number else None
    return None


def split_span(words: str) -> tuple[str, str] | None:
    """The texts of the two ends of a span, empty for an end that is left open; None if the words are no span. A word
    that stands once for both ends is added to each: `8–9 apr` is `8 apr` and `9 apr`.
    """
    ends = _split(words)
    if ends:
        start, end = (text.strip(" ,") for text in ends)
        if re.fullmatch(_NUMBER, start) and (match := re.fullmatch(_NUMBER_AND_MORE, end)):
            return start + match[1], end
        if re.fullmatch(_NUMBER_AND_YEAR, end) and (match := re.fullmatch(_MONTH_AND_NUMBER, start)):
            return start, match[1] + end
        return start, end
    return None


def _split(words: str) -> tuple[str, str] | None:
    if match := re.fullmatch(_UNTIL, words):
        return "", match[1]
    for pattern in (_DOTS, _BETWEEN, _JAPANESE_SPAN, _FROM_TO, _INTERVAL):
        if match := re.fullmatch(pattern, words):
            return match[1], match[2]
    if match := re.fullmatch(_JAPANESE_UNTIL, words):
        return "", match[1]
    if match := re.fullmatch(_SINCE, words):
        return match[1] or match[2], ""
    match = re.fullmatch(_HYPHEN, words)
    return (match[1], match[2]) if match else None


def _read_week(words: str) -> Reading | None:
    match = re.fullmatch(_WEEK, words)
    if match is None:
        return None
    monday = make_week_day(int(match[1]), int(match[2]), int(match[3] or 1))
    return KnownDays(_one(monday) if match[3] else Period(monday, monday + timedelta(6)), dated=True)


def _read_numbers(words: str) -> Reading | None:
    """A day of numbers alone whose year comes last, where only one order of day and month is of the calendar."""
    match = re.fullmatch(_YEAR_LAST, words)
    if match is None:
        return None
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    found = numeric_days(one, other, year)
    if not found:  # the day first, unless the other number is that of no month
        found = [make_day(year, other, one) if other <= _MONTHS else make_day(year, one, other)]
    return KnownDays(_one(found[0]), dated=True) if len(found) == 1 else None


def numeric_days(one: int, other: int, year: int) -> list[date]:
    """The days of that year that two numbers may be, which are day and month or month and day."""
    found = []
    for day, month in ((one, other), (other, one)):
        with suppress(ValueError):
            found.append(date(year, month, day))
    return list(dict.fromkeys(found))


def _read_japanese(words: str) -> Reading | None:
    match = re.fullmatch(_JAPANESE_DAY, words)
    if match is None:
        return None
    sign = match[4] or match[5]
    weekday = sign_number(sign) if sign else None
    return None if sign and weekday is None else _dated(match[1], int(match[2]), int(match[3]), weekday)


def _read_named(words: str) -> Reading | None:
    """A day with the name of its month."""
    for pattern, places in ((_DAY_MONTH, (1, 2, 3)), (_MONTH_DAY, (2, 1, 3)), (_YEAR_MONTH_DAY, (3, 2, 1))):
        if match := re.fullmatch(pattern, words):
            day, name, year = match.group(*places)
            month = month_number(name)
            if month is not None:
                return _dated(year, month, 1 if day == "primo" else int(day))
    return None


def _read_weekday(words: str) -> Reading | None:
    match = re.fullmatch(_WEEKDAY, words)
    number = weekday_number(match[1]) if match else None
    return None if number is None else Weekday(number)


def _after_weekday(name: str, date_words: str, today: date) -> Reading | None:
    """A date with a weekday before it."""
    number = weekday_number(name)
    if number is None:
        return None
    match read_day(date_words, today):
        case KnownDays(period=Period(first, last), dated=True, weekday=None) if first == last:
            return KnownDays(_one(first), dated=True, weekday=number) if first else None
        case Yearless(in_year=in_year, weekday=None) if (day := in_year(_LEAP_YEAR)) and day.first == day.last:
            return Yearless(in_year, weekday=number)
    return None


def _dated(year: str | None, month: int, day: int, weekday: int | None = None) -> Reading:
    """The day of a month; raises NoSuchDayError where the calendar has none such, in that year or in any."""
    if year:
        return KnownDays(_one(make_day(int(year), month, day)), dated=True, weekday=weekday)
    anywhere = make_day(None, month, day)

    def in_year(year: int) -> Period | None:
        try:
            return _one(anywhere.replace(year=year))
        except ValueError:  # 29 February
            return None

    return Yearless(in_year, weekday)


def _month(year: str | None, month: int) -> Reading:
    """The month; raises NoSuchDayError where it, or the year, is none of the calendar."""
    if year:
        return KnownDays(month_of(make_day(int(year), month, 1)), dated=True)
    anywhere = make_day(None, month, 1)
    return Yearless(lambda year: month_of(anywhere.replace(year=year)))


def _one(day: date) -> Period:
    return Period(day, day)
