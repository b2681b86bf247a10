"""When events happen: rules of recurrence (RFC 5545, 3.3.10) expanded into occurrences.

A rule is expanded into days, to which the time of day is added, so that clock changes leave the time as it is.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agenda.model import Agenda, Day, Event, Fixed, Frequency, Moment, Occurrence, Rule, ToBeAnnounced

_YEAR = timedelta(365)
_MOST_STEPS = 100_000
"""How many steps of days or weeks are looked at: 270 years of days. Steps of months end with the calendar."""

_LONG = (Frequency.MONTHLY, Frequency.YEARLY)


def days(rule: Rule, first: Day, since: Day | None = None) -> Iterator[Day]:
    """The days that a rule gives, in order, `first` being its start; not those before `since`, if it is given."""
    found = _long_steps(rule, first) if rule.frequency in _LONG else _short_steps(rule, first, since)
    if rule.until is not None:
        last = rule.until
        found = takewhile(lambda day: day <= last, found)
    if rule.count is not None:
        found = islice(found, rule.count)
    return (day for day in found if since is None or day >= since)


def occurrences(event: Event, *, since: Day | None = None, until: Day | None = None) -> Iterator[Occurrence]:
    """Each time that the event happens, in order; of a series, those that touch the days from `since` to `until`.

    A series without an end goes on to the end of the calendar, or nearly so.
    """
    when = event.when
    if not isinstance(when, Fixed):
        yield Occurrence(event, when)
    elif event.repeat is None:
        yield Occurrence(event, _told_in(event.timezone, when))
    else:
        yield from _series(event, event.repeat, when, since, until)


def told_in(zone: ZoneInfo, occurrence: Occurrence) -> Occurrence:
    """The same occurrence, told by the clocks of `zone`. Days, floating times and what is not fixed stay as they are,
    and so does a time for which the calendar has no day there.
    """
    when = occurrence.when
    try:
        return replace(occurrence, when=_told_in(zone, when)) if isinstance(when, Fixed) else occurrence
    except OverflowError:
        return occurrence


def shifted(day: Day, by: int) -> Day:
    """The day that many days later, or the last one of the calendar on that side."""
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def is_endless(event: Event) -> bool:
    """Whether it is a series without an end."""
    return event.repeat is not None and not event.repeat.ends


def last_start(event: Event, when: Fixed) -> Moment | None:
    """When an event that is fixed starts for the last time; None where its series has no end."""
    if event.repeat is None:
        return when.start
    if not event.repeat.ends:
        return None
    *_, last = days(event.repeat, when.days[0])
    return on_day(last, when.start)


def on_day(day: Day, start: Moment) -> Moment:
    """What starts like `start`, at the same time of the clock, on another day."""
    return datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day


def span(agenda: Agenda) -> tuple[Day, Day] | None:
    """The first and the last day that any event touches or may touch; None where no day is known. Of a series
    without an end, the first year counts.
    """
    found = [
        day
        for event in agenda.events
        for shown in _first_and_last(event)
        if not isinstance(shown.when, ToBeAnnounced)
        for day in shown.when.days
    ]
    return (min(found), max(found)) if found else None


def _first_and_last(event: Event) -> Iterator[Occurrence]:
    first: Occurrence | None = None
    last: Occurrence | None = None
    endless = is_endless(event)
    for occurrence in occurrences(event):
        first = first or occurrence
        if endless and first.day and occurrence.day and occurrence.day - first.day >= _YEAR:
            break
        last = occurrence
    yield from filter(None, (first, last))


def _series(event: Event, rule: Rule, when: Fixed, since: Day | None, until: Day | None) -> Iterator[Occurrence]:
    first, last = when.days
    left_out = frozenset(event.exceptions)
    earliest = None if since is None else shifted(since, -((last - first).days + 1))
    for day in days(rule, first, earliest):
        if until is not None and day > until:
            return
        if day in left_out:
            continue
        try:
            occurrence = Occurrence(event, _told_in(event.timezone, _moved(when, day)), day)
        except OverflowError:  # the calendar ends
            return
        if since is None or occurrence.when.days[1] >= since:  # type: ignore[union-attr]  # it is fixed
            yield occurrence


def _told_in(zone: ZoneInfo | None, when: Fixed) -> Fixed:
    """The same, told by the clocks of `zone`; days, floating times, and everything where there is no zone, stay."""
    start, end = when.start, when.end
    if zone is None or not isinstance(start, datetime) or start.tzinfo is None:
        return when
    # By way of UTC, since a time that a clock change skips is only then told as the clocks show it. Such a time counts
    # (RFC 5545, 3.3.5 and 3.8.5.3), though 3.3.10 would leave it out.
    told = [time.astimezone(UTC).astimezone(zone) for time in (start, end) if isinstance(time, datetime)]
    return Fixed(*told)


def _moved(when: Fixed, day: Day) -> Fixed:
    """The same on another day: at the same time of the clock, and for just as long (RFC 5545, 3.8.5.3)."""
    start, end = when.start, when.end
    if not isinstance(start, datetime):
        return Fixed(day, day + (end - start) if end else None)
    moved = datetime.combine(day, start.timetz())
    if not isinstance(end, datetime):
        return Fixed(moved)
    if start.tzinfo is None:
        return Fixed(moved, moved + (end - start))
    length = end.astimezone(UTC) - start.astimezone(UTC)
    return Fixed(moved, (moved.astimezone(UTC) + length).astimezone(start.tzinfo))


def _short_steps(rule: Rule, first: Day, since: Day | None) -> Iterator[Day]:
    """The days of a rule that steps by days or weeks.

    dateutil steps, and what limits the days is asked here: a rule that never hits again would keep it busy until
    the year 9999.
    """
    from dateutil.rrule import DAILY, WEEKLY, rrule

    weekly = rule.frequency is Frequency.WEEKLY
    start = first
    if since is not None and rule.count is None and since > first:  # the steps before that need not be taken
        width = rule.interval * (7 if weekly else 1)
        base = first.toordinal() - ((first.weekday() - rule.week_start) % 7 if weekly else 0)
        start = max(first, date.fromordinal(base + (since.toordinal() - base) // width * width))
    steps = rrule(
        WEEKLY if weekly else DAILY,
        dtstart=datetime.combine(start, datetime.min.time()),
        until=rule.until and datetime.combine(rule.until, datetime.min.time()),
        interval=rule.interval,
        wkst=rule.week_start,
        byweekday=[by.weekday for by in rule.by_day] or [first.weekday()] if weekly else None,
    )
    return (day for day in islice(_days_of(steps), _MOST_STEPS) if _is_let(rule, day, weekly=weekly))


def _is_let(rule: Rule, day: Day, *, weekly: bool) -> bool:
    """Whether the parts of a rule that only limit it let a day pass."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    if weekly:
        return True
    if rule.by_day and day.weekday() not in {by.weekday for by in rule.by_day}:
        return False
    return not rule.by_month_day or not {day.day, day.day - monthrange(day.year, day.month)[1] - 1}.isdisjoint(
        rule.by_month_day
    )


def _long_steps(rule: Rule, first: Day) -> Iterator[Day]:
    """The days of a rule that steps by months or years, of which the calendar has few enough."""
    from dateutil.rrule import MONTHLY, YEARLY, rrule, weekday

    steps = rrule(
        MONTHLY if rule.frequency is Frequency.MONTHLY else YEARLY,
        dtstart=datetime.combine(first, datetime.min.time()),
        interval=rule.interval,
        wkst=rule.week_start,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        byweekday=[weekday(by.weekday, by.nth) for by in rule.by_day] or None,
        bysetpos=rule.by_set_position or None,
    )
    return _days_of(steps)


def _days_of(steps: Iterable[datetime]) -> Iterator[Day]:
    """The days of dateutil's steps, which it tries to take past the end of the calendar."""
    try:
        for step in steps:
            yield step.date()
    except (ValueError, OverflowError):
        return
