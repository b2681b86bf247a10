"""When events happen: rules of recurrence (RFC 5545, 3.3.10) expanded into occurrences.

A rule is expanded into days, to which the time of day is added, so that clock changes leave the time as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice, takewhile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agenda.model import Agenda, ByDay, Day, Event, Fixed, Frequency, Moment, Occurrence, Rule, ToBeAnnounced

if TYPE_CHECKING:
    from dateutil.rrule import weekday

_YEAR = timedelta(365)
_MAX_STEPS = 100_000
"""How many steps of days or weeks are looked at: 270 years of days. Steps of months end with the calendar."""

_MAX_WEEKDAYS_IN_MONTH = 5
_MAX_WEEKDAYS_IN_YEAR = 53

_LONG = (Frequency.MONTHLY, Frequency.YEARLY)


def rule_days(rule: Rule, first: Day, since: Day | None = None) -> Iterator[Day]:
    """The days that a rule gives, in order, `first` being its start; not those before `since`, if it is given."""
    found = _long_steps(rule, first, since) if rule.frequency in _LONG else _short_steps(rule, first, since)
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
    if event.repeat is None or not isinstance(event.when, Fixed):
        yield single_occurrence(event)
    else:
        yield from _series(event, event.repeat, event.when, since, until)


def single_occurrence(event: Event) -> Occurrence:
    """The one time that an event happens, or, of a series, the first that its rule may have."""
    return Occurrence(event, _told_in(event.timezone, event.when) if isinstance(event.when, Fixed) else event.when)


def in_timezone(zone: ZoneInfo, occurrence: Occurrence) -> Occurrence:
    """The same occurrence, told by the clocks of `zone`. Days, floating times and what is not fixed stay as they are,
    and so does a time for which the calendar has no day there.
    """
    when = occurrence.when
    try:
        return replace(occurrence, when=_told_in(zone, when)) if isinstance(when, Fixed) else occurrence
    except OverflowError:
        return occurrence


def by_clocks(zone: tzinfo, time: datetime) -> datetime:
    """What the clocks of `zone` show at that time, which has a zone or an offset. A time that a change of theirs skips
    counts, and is told as they show it (RFC 5545, 3.3.5 and 3.8.5.3), though 3.3.10 would leave it out.

    Raises OverflowError where the calendar has no day for it.
    """
    if time.tzinfo is not zone:
        return time.astimezone(zone)
    return zone.fromutc(time - (zone.utcoffset(time) or timedelta()))  # `astimezone` leaves it as it is


def shift_day(day: Day, by: int) -> Day:
    """The day that many days later, or the last one of the calendar on that side."""
    return date.fromordinal(min(max(day.toordinal() + by, 1), date.max.toordinal()))


def weekdays_for_dateutil(by_day: Sequence[ByDay], *, in_month: bool) -> list["weekday"]:
    """The weekdays of BYDAY in a form of which dateutil gives the days that RFC 5545, 3.3.10 wants: `by_day` counts
    within each month if `in_month`, else within each year.

    Of weekdays with a number and weekdays without one, dateutil takes the days that are both, where the RFC takes those
    that are either: beside a `1MO`, a `TU` is therefore written as each of the Tuesdays that there can be. Numbers that
    no month or year reaches, such as `10MO` of a month, name no day, and make dateutil look beyond its year.
    """
    from dateutil.rrule import weekday

    max_nth = _MAX_WEEKDAYS_IN_MONTH if in_month else _MAX_WEEKDAYS_IN_YEAR
    if all(by.nth is None for by in by_day):
        return [weekday(by.weekday) for by in by_day]
    return [
        weekday(by.weekday, nth)
        for by in by_day
        for nth in (range(1, max_nth + 1) if by.nth is None else (by.nth,))
        if abs(nth) <= max_nth
    ]


def is_endless(event: Event) -> bool:
    """Whether it is a series without an end."""
    return event.repeat is not None and not event.repeat.ends


def last_start(event: Event, when: Fixed) -> Moment | None:
    """When an event that is fixed starts for the last time; None where its series has no end."""
    if event.repeat is None:
        return when.start
    if not event.repeat.ends:
        return None
    return on_day(_last_day(event.repeat, when.days[0]), when.start)


def on_day(day: Day, start: Moment) -> Moment:
    """`start` moved to another day, at the same time of the clock."""
    return datetime.combine(day, start.timetz()) if isinstance(start, datetime) else day


def move_to(when: Fixed, start: Moment) -> Fixed:
    """`when` moved to another start of the same kind, and just as long (RFC 5545, 3.8.5.3).

    Raises OverflowError where the calendar ends before it does.
    """
    if when.end is None:
        return Fixed(start)
    if isinstance(start, datetime) and isinstance(when.start, datetime) and isinstance(when.end, datetime):
        if start.tzinfo is None:
            return Fixed(start, start + (when.end - when.start))
        length = when.end.astimezone(UTC) - when.start.astimezone(UTC)
        return Fixed(start, (start.astimezone(UTC) + length).astimezone(start.tzinfo))
    return Fixed(start, start + (when.end - when.start))


def agenda_span(agenda: Agenda) -> tuple[Day, Day] | None:
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


def _last_day(rule: Rule, first: Day) -> Day:
    """The last day of a rule that ends, by arithmetic where that can tell it."""
    from agenda.recurrence.cycles import cycle_of, is_cyclic

    if not is_cyclic(rule):
        *_, last = rule_days(rule, first)
        return last
    cycle = cycle_of(rule, first)
    there = cycle.count(rule.until or date.max)
    return cycle.nth(min(there, rule.count or there) - 1)


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
    earliest = None if since is None else shift_day(since, -((last - first).days + 1))
    for day in rule_days(rule, first, earliest):
        if until is not None and day > until:
            return
        if day in left_out:
            continue
        try:
            occurrence = Occurrence(event, _told_in(event.timezone, move_to(when, on_day(day, when.start))), day)
        except OverflowError:  # the calendar ends
            return
        if since is None or occurrence.when.days[1] >= since:  # type: ignore[union-attr]  # it is fixed
            yield occurrence


def _told_in(zone: ZoneInfo | None, when: Fixed) -> Fixed:
    """`when` told by the clocks of `zone`; days and floating times stay as they are, and all do where zone is None."""
    start, end = when.start, when.end
    if zone is None or not isinstance(start, datetime) or start.tzinfo is None:
        return when
    return Fixed(by_clocks(zone, start), by_clocks(zone, end) if isinstance(end, datetime) else end)


def _short_steps(rule: Rule, first: Day, since: Day | None) -> Iterator[Day]:
    """The days of a rule that steps by days or weeks: of the first `_MAX_STEPS` dates, those that pass its filters."""
    from agenda.recurrence.cycles import cycle_of, passes_filters

    # The steps before `since` need not be taken, unless they are counted.
    start = first if since is None or rule.count is not None else max(first, since)
    steps = islice(cycle_of(rule, first).days(start), _MAX_STEPS)
    last = rule.until or date.max
    return (day for day in takewhile(lambda day: day <= last, steps) if passes_filters(rule, day))


def _long_steps(rule: Rule, first: Day, since: Day | None) -> Iterator[Day]:
    """The days of a rule that steps by months or years, of which the calendar has few enough."""
    from dateutil.rrule import MONTHLY, YEARLY, rrule

    weekdays = weekdays_for_dateutil(rule.by_day, in_month=rule.frequency is Frequency.MONTHLY or bool(rule.by_month))
    if rule.by_day and not weekdays:
        return iter(())

    start = first if since is None or rule.count is not None else _period(rule, first, since)
    months, month_days = rule.by_month, rule.by_month_day
    if not rule.by_day and not month_days:  # those of the first day, wherever the steps start
        month_days = (first.day,)
        months = months or ((first.month,) if rule.frequency is Frequency.YEARLY else ())
    steps = rrule(
        MONTHLY if rule.frequency is Frequency.MONTHLY else YEARLY,
        dtstart=datetime.combine(start, datetime.min.time()),
        interval=rule.interval,
        wkst=rule.week_start,
        bymonth=months or None,
        bymonthday=month_days or None,
        byweekday=weekdays or None,
        bysetpos=rule.by_set_position or None,
    )
    return _days_of(steps)


def _period(rule: Rule, first: Day, since: Day) -> Day:
    """The start of the last month or year, up to that of `since`, that a rule steps to; `first`, if it is the first."""
    if rule.frequency is Frequency.YEARLY:
        years = (since.year - first.year) // rule.interval * rule.interval
        return date(first.year + years, 1, 1) if years > 0 else first
    apart = (since.year - first.year) * 12 + since.month - first.month
    months = apart // rule.interval * rule.interval + first.month - 1
    return date(first.year + months // 12, months % 12 + 1, 1) if apart >= rule.interval else first


def _days_of(steps: Iterable[datetime]) -> Iterator[Day]:
    """The days of dateutil's steps, which it tries to take past the end of the calendar."""
    try:
        for step in steps:
            yield step.date()
    except (ValueError, OverflowError):
        return
