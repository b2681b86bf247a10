"""When events happen: rules of recurrence (RFC 5545, 3.3.10) expanded into occurrences.

A rule is expanded into days, to which the time of day is added, so that clock changes leave the time as it is.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agenda.model import Agenda, Day, Event, Fixed, Frequency, Moment, Occurrence, Rule, ToBeAnnounced

_WEEK_DAYS = 7
_YEAR_DAYS = 365
_MAX_SHORT_STEPS = 100_000
"""How many steps of days are looked at, those that BYDAY passes over among them: 270 years of days. A step of weeks
counts as often as it has a weekday, and steps of months end with the calendar.
"""


def rule_days(rule: Rule, first: Day, since: Day | None = None) -> Iterator[Day]:
    """The days that a rule gives, in order, from its start `first` on, or from `since` on if that is given."""
    from agenda.recurrence.cycles import is_cyclic, passes_filters
    from agenda.recurrence.months import month_days

    if rule.count is not None and is_cyclic(rule):  # by arithmetic, so that those before `since` need not be counted
        last_day = _last_day(rule, first)
        if last_day is None:
            return iter(())
        rule = replace(rule, count=None, until=last_day)
    # The steps before `since` need not be taken, unless they are counted.
    start = since if rule.count is None else None
    if rule.steps_by_months:
        days = month_days(rule, first, start)
    else:
        days = (day for day in _short_steps(rule, first, start) if passes_filters(rule, day))
    if rule.until is not None:
        last = rule.until
        days = takewhile(lambda day: day <= last, days)
    if rule.count is not None:
        days = islice(days, rule.count)
    return (day for day in days if since is None or day >= since)


def day_steps(rule: Rule, first: Day, since: Day) -> Iterator[Iterable[Day]]:
    """The days that each step of a rule gives, from the step that `since` is in on, whatever its COUNT; of a step of
    months or years all its days, and many steps give none. They end near UNTIL, or where no day is looked for any more.
    """
    from agenda.recurrence.cycles import passes_filters
    from agenda.recurrence.months import month_steps

    if rule.steps_by_months:
        return month_steps(rule, first, since)
    return ((day,) if passes_filters(rule, day) else () for day in _short_steps(rule, first, since))


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


def is_endless(event: Event) -> bool:
    """Whether it is a series without an end."""
    return event.repeat is not None and not event.repeat.ends


def last_start(event: Event, when: Fixed) -> Moment | None:
    """When an event that is fixed starts for the last time; None where its series has no end."""
    if event.repeat is None:
        return when.start
    if not event.repeat.ends:
        return None
    first, _ = when.days
    return on_day(_last_day(event.repeat, first) or first, when.start)


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


def days_back(last: Day, first: Day) -> Iterator[Day]:
    """Days further and further before `last`, and then `first`, from which to look for the last day of a rule."""
    days = _WEEK_DAYS
    while shift_day(last, -days) > first:
        yield shift_day(last, -days)
        days *= 8
    yield first


def agenda_span(agenda: Agenda) -> tuple[Day, Day] | None:
    """The first and the last day that any event touches or may touch; None where no day is known. Of a series
    without an end, the first year counts.
    """
    days = [
        day
        for event in agenda.events
        for occurrence in _first_and_last(event)
        if not isinstance(occurrence.when, ToBeAnnounced)
        for day in occurrence.when.days
    ]
    return (min(days), max(days)) if days else None


def _first_and_last(event: Event) -> Iterator[Occurrence]:
    """The first occurrence, and the last one or, of a series without an end, the last that starts in its first year."""
    first = next(occurrences(event), None)
    if first is None:
        return
    yield first
    rule = event.repeat
    if first.day is None or rule is None:
        return
    last = _last_day(rule, event.when.days[0]) if rule.ends else shift_day(first.day, _YEAR_DAYS - 1)  # type: ignore[union-attr]  # it is fixed
    for since in days_back(last or first.day, first.day):
        *_, occurrence = [None, *occurrences(event, since=since, until=last)]
        if occurrence:
            yield occurrence
            return


def _last_day(rule: Rule, first: Day) -> Day | None:
    """The last day of a rule that ends, by arithmetic where that can tell it; None where it gives no day."""
    from agenda.recurrence.cycles import cycle_of, is_cyclic

    if is_cyclic(rule):
        cycle = cycle_of(rule, first)
        there = cycle.count(rule.until or date.max)
        return cycle.nth(min(there, rule.count or there) - 1) if there else None
    sinces = iter((first,)) if rule.until is None else days_back(rule.until, first)
    for since in sinces:
        *_, last = [None, *rule_days(rule, first, since)]
        if last:
            return last
    return None


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
    """The dates that `_MAX_SHORT_STEPS` of a rule of days or weeks reach, up to its UNTIL."""
    from agenda.recurrence.cycles import cycle_of

    start = first if since is None else max(first, since)
    last = _last_short_step(rule, start)
    return cycle_of(rule, first).days(start, last if rule.until is None else min(last, rule.until))


def _last_short_step(rule: Rule, start: Day) -> Day:
    """The last day that is looked at of a rule of days or weeks, from `start` on."""
    if rule.frequency is Frequency.DAILY:
        days = _MAX_SHORT_STEPS
    else:
        days = _MAX_SHORT_STEPS // max(1, len(rule.by_day)) * _WEEK_DAYS
    return shift_day(start, days * rule.interval - 1)
