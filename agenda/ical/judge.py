"""A second opinion on series: the times that are about to be written, against those of a reader that is not ours.

The reader is recurring-ical-events, on the components of icalendar. Where RFC 5545 is plain and that reader is known to
be wrong, it is not asked: it gives a start that the rule does not give beside all times of a COUNT, passes over the
second 02:30 of the night in which clocks go back, and lets the hours of a DURATION follow the clock, as those to a
DTEND on the other side of a clock change. Nor is it asked where we read calendars as they are meant rather than by the
letter: days that are written as instants or as midnights.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from math import prod
from typing import Any

from msgspec import Struct

from agenda.ical.file_zones import is_seasonal
from agenda.ical.reader import Component, Property
from agenda.ical.source_rules import comparable
from agenda.ical.times import local_day
from agenda.interchange.losses import Losses
from agenda.limits import MAX_JUDGED_TIMES, MAX_JUDGED_YEARS
from agenda.model import Moment

_MAX_TIMES = 40
"""Times of a series that are compared, from its first on."""
_SERIES_COST = 10
"""What it costs to have a series read, in times that the other reader makes."""
_DAYS_OF_COST = 100
"""Days through which it steps at the cost of one time."""
_TIMES_IN_A_DAY = {"HOURLY": 24, "MINUTELY": 24 * 60, "SECONDLY": 24 * 60 * 60}
"""How many a rule gives at most that names no times of day."""
_TIMES_OF_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_JUDGED = {
    *("UID", "DTSTAMP", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "DURATION"),
    *("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
}
"""The properties that tell when an event is."""
_DATES = {"EXDATE", "RDATE", "RECURRENCE-ID"}
_LISTS = {*_DATES, "RRULE"}
"""The properties that have several values, or several numbers in a part."""
_DAY = timedelta(1)
_HALF_A_DAY = timedelta(hours=12)

StartAndEnd = tuple[Moment, Moment | None]
"""A start and an end; of days, the end is the last one."""


class SourceSeries(Struct, frozen=True):
    """The events of one UID as the file has them, and the VTIMEZONEs of their calendar."""

    title: str
    events: Sequence[Component]
    timezones: Sequence[Component]


class Judge:
    """Compares the series of one file, as many as it may."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._left = MAX_JUDGED_TIMES
        self._years_left = MAX_JUDGED_YEARS
        self._timezones: Sequence[Component] | None = None

    @property
    def is_done(self) -> bool:
        """Whether fewer of the times that it may compare are left than a usual series costs."""
        return self._left < 2 * _MAX_TIMES

    def compare(self, series: SourceSeries, parts: Iterable[Iterable[StartAndEnd]]) -> None:
        """Tell where the other reader gives other times for a series than its `parts`, each of which is in order. The
        parts are taken only where that reader is asked of the series and enough is left for it; where there is none,
        nothing is compared.
        """
        if self.is_done or not _is_asked(series):
            return
        cost = _cost(series)
        if cost > self._left:
            return
        self._left -= cost  # also where that reader is not asked in the end, since what ours gives has its cost too
        ours = list(islice(merge(*parts, key=lambda span: _in_order(span[0])), _MAX_TIMES))
        if not ours or _spans_change(*ours[0]):
            return
        first, last = ours[0][0], ours[-1][0]
        years = sum(max(0, last.year - year) for year in _years_of_rules(series.timezones))
        self._left -= (local_day(last) - local_day(first)).days // _DAYS_OF_COST
        if years > self._years_left or self._left < 0:
            return
        self._years_left -= years
        if not MINYEAR < first.year <= last.year < MAXYEAR:
            return  # a day before or after could not be told
        if series.timezones != self._timezones:
            _forget_timezones()
            self._timezones = series.timezones
        expanded = _expand(_text(series), _instant(first) - _DAY, _instant(last) + _DAY)
        if expanded is None:
            self._losses.happened("its times could not be compared with those of another reader", series.title)
            return
        theirs = [span for span in expanded if _in_order(first) <= _in_order(span[0]) <= _in_order(last)]
        if _normal(ours, is_inclusive=True) != _normal(theirs, is_inclusive=False):
            self._losses.happened("another reader of calendars gives other times for it; look at them", series.title)


def _cost(series: SourceSeries) -> int:
    """The times that the other reader makes of a series, at most: those that are compared, each that is taken out,
    added or changed, and those of a day before and after; and what it costs to have the series read, each of the
    numbers that its rule lists among them.
    """
    observances = [observance for timezone in series.timezones for observance in timezone.components]
    components = [*series.events, *observances]
    values = [given.value for component in components for given in component.properties if given.name in _LISTS]
    rules = [rule.value.upper() for event in series.events for rule in event.all("RRULE")]
    around = 2 * sum(map(_times_in_a_day, rules))
    return _SERIES_COST + _MAX_TIMES + len(observances) + sum(value.count(",") + 1 for value in values) + around


def _times_in_a_day(rule: str) -> int:
    """How many times of one day a rule gives at most."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    named = prod(parts[name].count(",") + 1 for name in _TIMES_OF_DAY if name in parts)
    return _TIMES_IN_A_DAY.get(parts.get("FREQ", ""), 1) * named


def _is_asked(series: SourceSeries) -> bool:
    """Whether the other reader is asked of a series: not where it is known to be wrong, or to read by the letter."""
    masters = [event for event in series.events if not event.first("RECURRENCE-ID")]
    if len(masters) != 1 or masters[0].text("STATUS").upper() == "CANCELLED":
        return False
    is_day = not _is_time(masters[0].text("DTSTART"))
    for given in (given for event in series.events for given in event.properties):
        if given.name == "EXRULE" or given.parameters.get("RANGE"):
            return False
        if given.name in _DATES and (_is_time(given.value) is is_day or "T000000" in given.value.upper()):
            return False
        if given.name == "DURATION" and ("H" in given.value.upper() or "M" in given.value.upper()):
            return False
    if not all(is_seasonal(rule.value) for rule in _rules_of(series.timezones)):
        return False  # the other reader would keep each change of such a zone from its start on
    return _is_plain(masters[0].text("RRULE").upper(), is_day=is_day)


def _rules_of(timezones: Iterable[Component]) -> Iterator[Property]:
    """The rules of VTIMEZONEs."""
    return (rule for timezone in timezones for observance in timezone.components for rule in observance.all("RRULE"))


def _years_of_rules(timezones: Iterable[Component]) -> Iterator[int]:
    """For each rule of VTIMEZONEs the year from which on the other reader expands it."""
    observances = (observance for timezone in timezones for observance in timezone.components)
    for observance in observances:
        year = observance.text("DTSTART")[:4]
        if observance.first("RRULE") and year.isdecimal():
            yield int(year)


def _is_plain(rule: str, *, is_day: bool) -> bool:
    """Whether a rule is one that RFC 5545 has, with one end of the kind of its start."""
    until = rule.partition("UNTIL=")[2].partition(";")[0]
    if until and ("COUNT" in rule or _is_time(until) is is_day):
        return False
    return not any(odd in rule for odd in ("RSCALE", "COUNT=-", "COUNT=0", "X-"))


def _is_time(value: str) -> bool:
    return "T" in value.upper()


def _forget_timezones() -> None:
    """Have the other reader forget the zones of the calendars before, which it knows by their names alone."""
    import icalendar

    icalendar.timezone.tzp.use_default()


def _expand(text: str, low: datetime, high: datetime) -> list[StartAndEnd] | None:
    """The times that the other reader gives a calendar between two instants, without those that are cancelled; of days,
    the end is the day after the last. None where it cannot read something.
    """
    import icalendar
    import recurring_ical_events

    try:
        events = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(low, high)
        return [(event.start, event.end) for event in events if str(event.get("STATUS", "")).upper() != "CANCELLED"]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever comes, and nothing of ours runs in it
        return None


def _normal(spans: Iterable[StartAndEnd], *, is_inclusive: bool) -> list[tuple[Any, Any]]:
    """The times in one form, in order, without those of a day or a night in which clocks change; what has no end, or
    one before its start, ends as it starts.
    """
    normal = []
    for start, end in spans:
        if not isinstance(start, datetime):
            last = end or start
            normal.append((start, last if is_inclusive or last == start else last - _DAY))
        elif not (_spans_change(start, end) or any(_changes_near(x) for x in (start, end) if isinstance(x, datetime))):
            instant = comparable(start)
            normal.append((instant, max(instant, comparable(end)) if end is not None else instant))
    return sorted(normal, key=lambda span: tuple(map(_in_order, span)))


def _in_order(moment: Moment) -> datetime:
    """What moments are sorted by, days among times, as where one time of a series became a whole day."""
    instant = comparable(moment)
    return instant if isinstance(instant, datetime) else datetime.combine(instant, datetime.min.time())


def _changes_near(time: datetime) -> bool:
    """Whether the clocks by which a time is told change within half a day of it."""
    return (time - _HALF_A_DAY).utcoffset() != (time + _HALF_A_DAY).utcoffset()


def _spans_change(start: Moment, end: Moment | None) -> bool:
    """Whether clocks change between a start and its end, so that their hours are not those that the clocks show."""
    return isinstance(start, datetime) and isinstance(end, datetime) and start.utcoffset() != end.utcoffset()


def _instant(moment: Moment) -> datetime:
    """A moment as an instant in UTC, which is near enough for days and for times that float."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, datetime.min.time(), UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(series: SourceSeries) -> str:
    """A calendar of those parts of the file that tell when the events of the series are."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//agenda//judge//EN"]
    for timezone in series.timezones:
        lines += _lines(timezone, lambda _: True)
    for event in series.events:
        lines += _lines(event, lambda given: given.name in _JUDGED)
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _lines(component: Component, is_wanted: Callable[[Property], bool]) -> Iterator[str]:
    yield f"BEGIN:{component.name}"
    for given in filter(is_wanted, component.properties):
        parameters = "".join(f';{name}="{value}"' for name, value in given.parameters.items())
        yield f"{given.name}{parameters}:{given.value}"
    for inner in component.components:
        if inner.name in {"STANDARD", "DAYLIGHT"}:
            yield from _lines(inner, is_wanted)
    yield f"END:{component.name}"
