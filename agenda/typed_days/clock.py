"""What people type for a day, a month or a span of days, read into a `Period`."""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from agenda.dates import Period, month_of, write_period
from agenda.errors import UsageError
from agenda.text.safe import quote
from agenda.typed_days.calendar_days import OF_YEARS, NoSuchDayError
from agenda.typed_days.forms import (
    KnownDays,
    Reading,
    Weekday,
    Yearless,
    explain_two_days,
    normalize,
    read_day,
    read_month,
    split_span,
)
from agenda.wording.english import ENGLISH, WEEKDAY_NAMES

DAY_FORMS = '2025-09-30, "30 Sep", "30 settembre", Monday, tomorrow, +3d, "next week", 2025-10 or October'
PERIOD_FORMS = f"{DAY_FORMS}, or a span as A..B"
MONTH_FORMS = '2025-10, October, ottobre, Oct, "October 2025" or "next month"'


class Clock(Struct, frozen=True):
    """What typed days are read by: `today`, and the agenda's `span`, which gives a day without a year its year and is
    asked for only then; the span is None if no day of the agenda is known. Of several years in the span the one nearest
    to today counts. A day may be as far outside of the span as `reach`, or, where there is no span, from today; one
    before the span only if it is not over.
    """

    today: date
    span: Callable[[], tuple[date, date] | None]
    reach: timedelta = timedelta()

    def day(self, typed: str, forms: str = DAY_FORMS) -> Period:
        """The day, week, weekend or month that `typed` names; `forms` are those that a refusal shows.

        Raises UsageError where it is of no form, is no day of the calendar, has another weekday than it says, or names
        no year and is near the agenda in none.
        """
        try:
            if (reading := read_day(normalize(typed), self.today)) is not None:
                return self._resolve(typed, reading)
        except (ValueError, OverflowError) as error:
            raise UsageError(f"{quote(typed)} is no day of the calendar{_explain(error)}") from None
        raise self._refusal(typed, forms)

    def period(self, typed: str) -> Period:
        """The period that `typed` names: all that `day` reads, and spans such as `8–9 Apr`, `29 Sep to 2 Oct` or
        `A..B`, where either end may be left open. Raises UsageError as `day` does, and where a span ends before it
        starts.
        """
        words = normalize(typed)
        try:
            if (reading := read_day(words, self.today)) is not None:
                return self._resolve(typed, reading)
            if ends := split_span(words):
                return self._span(typed, *ends)
        except (ValueError, OverflowError) as error:
            raise UsageError(f"{quote(typed)} is no day of the calendar{_explain(error)}") from None
        raise self._refusal(typed, PERIOD_FORMS)

    def month(self, typed: str) -> Period:
        """The month that `typed` names, from its first to its last day.

        Raises UsageError where it is of no form of a month, is none of the calendar, or names no year and is near the
        agenda in none.
        """
        words = normalize(typed)
        try:
            reading = read_month(words)
            if reading is None:
                reading = read_day(words, self.today)
            period = self._resolve(typed, reading) if reading is not None else Period()
        except (ValueError, OverflowError) as error:
            raise UsageError(f"{quote(typed)} is no month of the calendar{_explain(error)}") from None
        if period.first is None:
            from agenda.typed_days.refusals import month_refusal

            raise month_refusal(typed, forms=MONTH_FORMS, today=self.today, span=self.span())
        if period != month_of(period.first):
            raise UsageError(f"{quote(typed)} is not a month; that of this day is {period.first.isoformat()[:7]}")
        return period

    def _refusal(self, typed: str, forms: str) -> UsageError:
        from agenda.typed_days.refusals import day_refusal

        return day_refusal(typed, forms=forms, today=self.today, span=self.span())

    def _resolve(self, typed: str, reading: Reading) -> Period:
        match reading:
            case Weekday():
                return reading.on_or_after(self.today)
            case Yearless():
                year = self._year(typed, reading.in_year)
                return _checked(typed, reading.in_year(year) or Period(), reading.weekday)
        return _checked(typed, reading.period, reading.weekday)

    def _span(self, typed: str, start: str, end: str) -> Period:
        """The days from one text to the other. An end without a year has that of the other one, if that has one; a
        weekday at the end is the first one from the start on.
        """
        if not (start or end):
            raise UsageError(f"{quote(typed)} has no end that is a day; write A..B, A.. or ..B")
        first = read_day(start, self.today) if start else None
        last = read_day(end, self.today) if end else None
        if (start and first is None) or (end and last is None):
            raise self._refusal(typed, PERIOD_FORMS)
        match first, last:
            case Yearless() as early, Yearless() as late:
                year = self._year(typed, lambda year: _join(early, late, year))
                first = KnownDays(early.in_year(year) or Period(), weekday=early.weekday)
                last = late.after(first.period)
            case Yearless(), KnownDays(dated=True):
                first = first.before(last.period)
            case KnownDays(dated=True), Yearless():
                last = last.after(first.period)
        opened = self._resolve(start, first).first if first is not None else None
        if isinstance(last, Weekday):
            closed = last.on_or_after(opened or self.today).last
        else:
            closed = self._resolve(end, last).last if last is not None else None
        if opened and closed and opened > closed:
            raise UsageError(f"{quote(typed)} ends before it starts")
        return Period(opened, closed)

    def _year(self, typed: str, in_year: Callable[[int], Period | None]) -> int:
        """The year in which a period that has none of its own is in the agenda's span, or within reach of it."""
        span = self.span()
        if span is None and not self.reach:
            raise UsageError(f"{quote(typed)} needs a year: no event of this agenda has a date")
        first, last = span or (self.today, self.today)
        years = range(max(first.year - 1, date.min.year), last.year + 1)
        within = [year for year in years if (period := in_year(year)) and period.touches(first, last)]
        if not within:
            return self._near_year(typed, in_year, first, last)
        return min(within, key=lambda year: (_distance(in_year(year), self.today, self.today), -year))

    def _near_year(self, typed: str, in_year: Callable[[int], Period | None], first: date, last: date) -> int:
        """The same where it is in no year within the days from `first` to `last`."""
        words = normalize(typed)
        for explanation in filter(None, map(explain_two_days, (words, *(split_span(words) or ())))):
            raise UsageError(f"{quote(typed)} {explanation}")
        near = _nearest(in_year, first, last, since=min(first, self.today) if self.reach else date.min)
        if near and near.first and _distance(near, first, last) <= self.reach:
            return near.first.year
        example = f", as in {write_period(near)}" if near else ""
        raise UsageError(f"{quote(typed)} is not within this agenda, {first} to {last}; add the year{example}")


def _explain(error: ValueError | OverflowError) -> str:
    """What the calendar has in the place of what it has not, behind a colon, where that is known."""
    if isinstance(error, NoSuchDayError):
        return f": {error}"
    return f": {OF_YEARS}" if isinstance(error, OverflowError) else ""


def is_day(typed: str) -> bool:
    """Whether `typed` is of a form of days or spans of days, whatever year it is of and whether or not the calendar has
    them.
    """
    clock = Clock(date(2000, 1, 1), lambda: None)
    words = normalize(typed)
    try:
        ends = [words] if read_day(words, clock.today) is not None else [*filter(None, split_span(words) or ())]
        return bool(ends) and all(read_day(end, clock.today) is not None for end in ends)
    except (ValueError, OverflowError):
        return True


def _join(first: Yearless, last: Yearless, year: int) -> Period | None:
    """The days from the one to the other, the first of which is of that year."""
    start = first.in_year(year)
    try:
        return Period(start.first, last.after(start).period.last) if start else None
    except ValueError:  # 29 February
        return None


def _nearest(in_year: Callable[[int], Period | None], first: date, last: date, *, since: date) -> Period | None:
    """Which of the periods of several years that are not over before `since` is the nearest to the days from `first` to
    `last`.
    """
    years = range(max(first.year - 4, date.min.year), min(last.year + 4, date.max.year) + 1)
    periods = filter(None, map(in_year, years))
    return min(
        (period for period in periods if period.first and period.last and period.last >= since),
        key=lambda period: _distance(period, first, last),
        default=None,
    )


def _distance(period: Period | None, first: date, last: date) -> timedelta:
    """How far a period, if there is one, is from the days from `first` to `last`; nothing where it touches them."""
    if period is None or period.first is None or period.last is None:
        return timedelta.max
    return max(first - period.last, period.first - last, timedelta())


def _checked(typed: str, period: Period, weekday: int | None) -> Period:
    """The period; raises UsageError where its day is not the weekday that was typed before it."""
    day = period.first
    if day is None or weekday is None or day.weekday() == weekday:
        return period
    typed_name, name = WEEKDAY_NAMES[weekday], ENGLISH.weekday_name(day)
    raise UsageError(
        f"{quote(typed)} is no {typed_name}: {ENGLISH.short_day(day)} is a {name}; "
        f'write "{name:.3} {ENGLISH.short_day(day)}", or "{ENGLISH.short_day(day)}" alone'
    )
