"""Messages about text that is no day; if the day that was meant can be guessed, they show how to write that day."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice

from msgspec import Struct

from agenda.dates import Period, month_of, write_period
from agenda.errors import MoreThanDayError, NoDayError, UsageError
from agenda.text.nearest import find_nearest
from agenda.text.safe import quote
from agenda.text.sentences import join_words
from agenda.typed_days.forms import (
    MONTH_OR_WEEKDAY,
    KnownDays,
    Weekday,
    Yearless,
    drop_article,
    normalize,
    numeric_days,
    read_day,
    read_month,
    split_span,
)
from agenda.typed_days.names import english_names, italian_names, weekday_number
from agenda.typed_days.phrases import phrases, split_coming, split_step
from agenda.typed_days.times_of_day import is_time_of_day
from agenda.wording.english import ENGLISH

_NUMBERS = r"([0-9]{1,2})([-/. ])([0-9]{1,2})(?:\2([0-9]{2}|[0-9]{4}))?\.?"
_SHORT_YEAR = r"(.*[0-9].*[^\W\d_])[-/, ]{1,2}'?([0-9]{2})"
_WEEKDAY_AND_NUMBER = r"([^\W\d_]+),? ([0-9]{1,2})(?:st|nd|rd|th|[°.])?"
_NUMBER = r"([0-9]{1,2})(?:st|nd|rd|th|[°.])?"
_WEEK = r"(?:week|w|kw|cw|settimana) ?([0-9]{1,2})(?:,? (?:of |del )?([0-9]{4}))?"
_YEAR = r"(?:19|20|21)[0-9]{2}"
_AWAY = r"([+-]?) ?([0-9]+) ?(d|w|days?|weeks?|giorn[oi]|settiman[ae]|g)?"
_MONTHS_AWAY = r"(?:in|tra|fra)? ?([+-]?)([0-9]{1,3}|a|un) ?(m|mo|months?|mes[ei]|y|years?|ann[oi])( ago| fa)?"
_BETWEEN = r" ?[,;&+/:|>、] ?| (?:and|e|or|o|->|-->|→) "
_ONE_YEAR = timedelta(366)
_MAX_MONTHS = 400
"""How many months are looked through for a weekday with its number, such as Monday 29; any such pair comes within two
years.
"""


def day_refusal(typed: str, *, forms: str, today: date, span: tuple[date, date] | None) -> UsageError:
    """The error about `typed`, which is of none of the `forms`. Where it is guessed which day was meant, `today` and
    the agenda's `span` give it its year.
    """
    words = drop_article(normalize(typed))
    guess = _Guess(words, today, span)
    if told := _explain(typed, guess, _EXPLANATIONS):
        return UsageError(told)
    ends = [end for end in split_span(words) or () if end]
    unread = [end for end in ends if not (split_span(end) or _Guess(end, today, span).read(end))]
    for end in unread:
        guess_of_end = _Guess(end, today, span)
        if told := _explain(end, guess_of_end, _EXPLANATIONS):
            return UsageError(told)
        if told := _explain(end, guess_of_end, (_explain_misspelt,)):
            return NoDayError(told)
    if len(unread) < len(ends):  # the other end is a day, so that a span was meant
        return _not_a_day(unread[0] if unread else typed, forms)
    if day := _day_with_more(guess):
        right = f"and days are chosen whole; write {day}"
        return MoreThanDayError(f"{quote(typed)} says more than a day, {right}", day)
    if told := _explain(typed, guess, (_explain_misspelt,)):
        return NoDayError(told)
    return _not_a_day(typed, forms)


def _not_a_day(typed: str, forms: str) -> NoDayError:
    return NoDayError(f"{quote(typed)} is not a day; write it as {forms}")


def month_refusal(typed: str, *, forms: str, today: date, span: tuple[date, date] | None) -> UsageError:
    """The error about `typed`, which is none of the `forms` of a month, as `day_refusal` has that about a day."""
    guess = _Guess(drop_article(normalize(typed)), today, span)
    if told := _explain(typed, guess, _MONTH_EXPLANATIONS):
        return UsageError(told)
    told = _explain(typed, guess, (_explain_misspelt_month,))
    return NoDayError(told or f"{quote(typed)} is not a month; write it as {forms}")


def _explain(typed: str, guess: "_Guess", explanations: Sequence["_Explanation"]) -> str | None:
    """The message of the first of these that knows what was meant."""
    for explain in explanations:
        with suppress(ValueError, OverflowError):  # where a guess is no day of the calendar
            if told := explain(guess):
                return f"{quote(typed)} {told}"
    return None


class _Guess(Struct, frozen=True):
    """The normalized words that were typed, and what gives days their year."""

    words: str
    today: date
    span: tuple[date, date] | None

    @property
    def start(self) -> date:
        """The day from which on days are looked for: the first one of the agenda, or today if it has several years."""
        first, last = self.span or (self.today, date.max)
        return self.today if last - first > _ONE_YEAR and first <= self.today <= last else first

    @property
    def end(self) -> date:
        """The last day of the agenda, if any of it is known."""
        return self.span[1] if self.span else date.max

    def year(self, in_year: Callable[[int], Period | None]) -> Period | None:
        """The days in the year in which they are near the agenda: within it, else the next ones."""
        years = range(min(self.start, self.today).year, min(max(self.start, self.today).year + 9, date.max.year + 1))
        periods = [period for year in years if (period := in_year(year))]
        within = [period for period in periods if period.touches(self.start, self.end)]
        ahead = [period for period in periods if period.touches(self.today, date.max)]
        return next(iter((*within, *ahead)), None)

    def read(self, words: str) -> Period | None:
        """The days that these words say; None where they say none."""
        with suppress(ValueError, OverflowError):
            match read_day(normalize(words), self.today):
                case Weekday() as weekday:
                    return weekday.on_or_after(self.today)
                case Yearless(in_year=in_year):
                    return self.year(in_year)
                case KnownDays(period=period):
                    return period
        return None

    def day_and_month(self, day: int, month: int) -> date | None:
        """That day, with its year; None where the calendar has none such."""

        def in_year(year: int) -> Period | None:
            try:
                return Period(date(year, month, day), date(year, month, day))
            except ValueError:
                return None

        period = self.year(in_year)
        return period.first if period else None


def _explain_numbers(guess: _Guess) -> str | None:
    match = re.fullmatch(_NUMBERS, guess.words)
    if not match:
        return None
    one, other, year = int(match[1]), int(match[3]), match[4]
    if year is None:
        days = [guess.day_and_month(one, other), guess.day_and_month(other, one)]
        lack = "has no year and no name of a month"
    else:
        days = [*numeric_days(one, other, int(year) + (2000 if len(year) == 2 else 0))]  # noqa: PLR2004
        lack = "has a year of two digits"
        if match[2] == "-" and len(year) == 2:  # noqa: PLR2004
            with suppress(ValueError):
                days.append(date(2000 + one, other, int(year)))
    found = list(dict.fromkeys(day for day in days if day))
    if len(found) > 1:
        return f"may be {join_words(map(ENGLISH.short_day, found))}; write {join_words(map(str, found))}"
    return f'{lack}; write {found[0]} or "{ENGLISH.short_day(found[0])}"' if found else None


def _explain_short_year(guess: _Guess) -> str | None:
    match = re.fullmatch(_SHORT_YEAR, guess.words)
    period = guess.read(f"{match[1]} 20{match[2]}") if match else None
    return f"has a year of two digits; write {write_period(period)}" if period else None


def _explain_step(guess: _Guess) -> str | None:
    step, name = split_step(guess.words) or (0, "")
    number = weekday_number(name) if name else None
    if number is None:
        return None
    coming = guess.today + timedelta((number - guess.today.weekday()) % 7)
    if step == 0:
        return f"is written {ENGLISH.weekday_name(coming)} alone, or {coming}"
    if step > 0:
        near = coming if coming > guess.today else coming + timedelta(7)
        return f"is said of two days; write {near} or {near + timedelta(7)}"
    near = coming - timedelta(7)
    return f"is said of two days; write {near} or {near - timedelta(7)}"


def _explain_weekday_and_number(guess: _Guess) -> str | None:
    match = re.fullmatch(_WEEKDAY_AND_NUMBER, guess.words)
    number = weekday_number(match[1]) if match else None
    if match is None or number is None:
        return None
    day = _day_numbered(int(match[2]), guess, weekday=number)
    return f'needs its month; write "{ENGLISH.weekday_name(day):.3} {ENGLISH.short_day(day)}" or {day}' if day else None


def _explain_number(guess: _Guess) -> str | None:
    match = re.fullmatch(_NUMBER, guess.words)
    day = _day_numbered(int(match[1]), guess) if match else None
    return f'needs its month; write "{ENGLISH.short_day(day)}" or {day}' if day else None


def _day_numbered(number: int, guess: _Guess, weekday: int | None = None) -> date | None:
    """The day with that number in its month, and that weekday if one is given, which is nearest to the agenda of the
    next one and the first of the agenda.
    """
    days = (
        next((day for day in _days_numbered(number, start) if weekday in (None, day.weekday())), None)
        for start in (guess.start, guess.today)
    )
    return min(filter(None, days), key=lambda day: max(guess.start - day, day - guess.end), default=None)


def _days_numbered(number: int, start: date) -> Iterator[date]:
    """The days with that number in their month, from the start on."""
    months = range(start.year * 12 + start.month - 1, (date.max.year + 1) * 12)
    for month in islice(months, _MAX_MONTHS):
        with suppress(ValueError):
            day = date(month // 12, month % 12 + 1, number)
            if day >= start:
                yield day


def _explain_week(guess: _Guess) -> str | None:
    match = re.fullmatch(_WEEK, guess.words)
    if not match:
        return None
    monday = date.fromisocalendar(int(match[2] or guess.start.year), int(match[1]), 1)
    year, week, _ = monday.isocalendar()
    return f"is written {year}-W{week:02}"


def _explain_year(guess: _Guess) -> str | None:
    step, unit = split_step(guess.words) or (0, "")
    year = str(guess.today.year + step) if unit in {"year", "anno"} else guess.words
    return f"is a year; write {year}-01..{year}-12" if re.fullmatch(_YEAR, year) else None


def _explain_away(guess: _Guess) -> str | None:
    match = re.fullmatch(_AWAY, guess.words)
    if not match or not (match[1] or match[3]):
        return None
    unit = "w" if (match[3] or "d")[0] in "ws" else "d"
    return f"is written {match[1] or '+'}{match[2]}{unit}"


def _explain_months_away(guess: _Guess) -> str | None:
    day = _months_away(guess)
    return f"is not counted, since months differ; write {day}, or {day.isoformat()[:7]} for the month" if day else None


def _months_away(guess: _Guess) -> date | None:
    """The day that is so many months or years from today, or the last one of a month that is too short."""
    match = re.fullmatch(_MONTHS_AWAY, guess.words)
    if not match:
        return None
    number = int(match[2]) if match[2].isdigit() else 1
    months = number * (12 if match[3][0] in "ya" else 1) * (-1 if match[1] == "-" or match[4] else 1)
    place = guess.today.year * 12 + guess.today.month - 1 + months
    month = month_of(date(place // 12, place % 12 + 1, 1))
    if month.first is None or month.last is None:
        return None
    return month.first.replace(day=min(guess.today.day, month.last.day))


def _explain_time(guess: _Guess) -> str | None:
    return "is a time of day, and days are chosen whole; write today" if is_time_of_day(guess.words) else None


def _explain_coming(guess: _Guess) -> str | None:
    days = split_coming(guess.words)
    return None if days is None else f"is written {f'today..+{days}d' if days > 0 else f'{days}d..today'}"


def _explain_month_or_weekday(guess: _Guess) -> str | None:
    return 'may be March or Tuesday; write "March" or "martedì"' if guess.words in MONTH_OR_WEEKDAY else None


def _explain_span(guess: _Guess) -> str | None:
    """Of a span where a day is wanted, or of days with something between them that makes no span."""
    ends = split_span(guess.words)
    if ends and all(map(guess.read, filter(None, ends))):
        first, last = (guess.read(end) if end else None for end in ends)
        span = Period(first.first if first else None, last.last if last else None)
        return f"is a span of days, and here is place for one day; --on takes {write_period(span)}"
    parts = re.split(_BETWEEN, guess.words)
    ends = split_span(f"{parts[0]} – {parts[-1]}") if parts[1:] else None
    if not ends:
        return None
    first, last = map(guess.read, ends)
    if first is None or last is None or first == last:
        return None
    return f"is more than one day; for a span write A..B, as in {first.first}..{last.last}"


def _day_with_more(guess: _Guess) -> str | None:
    """The day that has something after it, such as a time; None where there is none."""
    words = re.sub(r"(?<=[0-9])t(?=[0-9])", " ", guess.words).split(" ")
    for number in range(len(words) - 1, 0, -1):
        text = " ".join(words[:number]).rstrip(",")
        if period := guess.read(text):
            return write_period(period)
    return None


def _explain_misspelt(guess: _Guess) -> str | None:
    meant = _misspelt(guess)
    return f"is not a day; did you mean {join_words(map(quote, meant))}?" if meant else None


def _misspelt(guess: _Guess) -> list[str]:
    """What is spelt much like it, and is read."""
    names = [*english_names(), *italian_names()]
    whole = [] if re.search("[0-9]", guess.words) else find_nearest(guess.words, [*phrases(), *names])
    meant = [phrase for phrase in whole if guess.read(phrase)]
    if not meant:
        pieces = re.split(r"([^\W\d_]{3,})", guess.words)
        for place in range(1, len(pieces), 2):
            texts = [
                "".join([*pieces[:place], name, *pieces[place + 1 :]]) for name in find_nearest(pieces[place], names)
            ]
            meant += [text for text in texts if guess.read(text)]
    return list(dict.fromkeys(meant))[:3]


def _explain_month_number(guess: _Guess) -> str | None:
    match = re.fullmatch(r"[0-9]{1,2}", guess.words)
    month = guess.read(f"{guess.words}月") if match else None
    return f"is written {write_period(month)}" if month else None


def _explain_month_step(guess: _Guess) -> str | None:
    step, _ = split_step(f"{guess.words} month") or (None, "")
    names = {-1: "last", 0: "this", 1: "next"}
    return None if step is None or " " in guess.words else f'is written "{names[step]} month"'


def _explain_counted_month(guess: _Guess) -> str | None:
    day = _months_away(guess)
    return f"is written {day.isoformat()[:7]}" if day else None


def _explain_months(guess: _Guess) -> str | None:
    ends = split_span(guess.words)
    first = guess.read(ends[0]) if ends and guess.read(ends[1]) else None
    return f"is a span of days; write one month, such as {str(first.first)[:7]}" if first else None


def _explain_misspelt_month(guess: _Guess) -> str | None:
    meant = [name for name in _misspelt(guess) if read_month(normalize(name)) is not None]
    return f"is not a month; did you mean {join_words(map(quote, meant))}?" if meant else None


_Explanation = Callable[[_Guess], str | None]
_EXPLANATIONS: tuple[_Explanation, ...] = (
    _explain_month_or_weekday,
    _explain_numbers,
    _explain_number,
    _explain_year,
    _explain_week,
    _explain_away,
    _explain_months_away,
    _explain_time,
    _explain_short_year,
    _explain_step,
    _explain_coming,
    _explain_weekday_and_number,
    _explain_span,
)
"""What is sure of what it explains; guesses at what was meant come after these."""

_MONTH_EXPLANATIONS: tuple[_Explanation, ...] = (
    _explain_month_number,
    _explain_month_step,
    _explain_counted_month,
    _explain_months,
)
