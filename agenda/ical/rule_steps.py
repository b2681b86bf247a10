"""The starts of any rule of RFC 5545, 3.3.10, found period by period at a bounded cost.

This is for the rules that an agenda file cannot have. For some of them dateutil takes other days than the RFC does, as
for BYWEEKNO without BYDAY, and it looks for ever for times that there are not, as those of `HOURLY;INTERVAL=2;BYHOUR=1`
from midnight on.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count, product

from msgspec import Struct

from agenda.recurrence.budget import Budget
from agenda.recurrence.rrule import WEEKDAYS

_DAY = timedelta(1)
_WEEK = 7
_DAY_COST = 5
"""What it costs to look at a day, or at an hour, in steps of a budget."""
_MONTHS = 12
_MAX_IDLE_STEPS = 20_000
"""Days, or times, that are looked at in a row without one that the rule gives: days of 54 years, where 40 may pass
between two that are 29 February and a Monday.
"""
_UNITS = {"HOURLY": timedelta(hours=1), "MINUTELY": timedelta(minutes=1), "SECONDLY": timedelta(seconds=1)}
_HOUR, _MINUTE, _SECOND = _UNITS.values()
_RANGES: Mapping[str, tuple[int, int]] = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-86_400, 86_400),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
}
_WEEKDAY = re.compile(rf"([+-]?[0-9]{{1,2}})?({'|'.join(WEEKDAYS)})")
_OF_DAYS = {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}

_Weekdays = frozenset[tuple[int, int]]
"""Weekdays, and the number that each has in its month or year: 0 where all of them are meant."""


def expand_parts(
    parts: Mapping[str, str], start: datetime, clocks: Sequence[time], *, budget: Budget
) -> Iterator[datetime]:
    """The starts of the rule with those parts, without COUNT and UNTIL, from `start` on, which has no zone; a rule of
    days is at the `clocks` of each day. Raises ValueError where a part has no meaning, and where too many steps in a
    row give no time, and TooManyStepsError where `budget` pays for no more of them.
    """
    numbers = {name: _read_numbers(name, value) for name, value in parts.items() if name in _RANGES}
    weekdays = _read_weekdays(parts["BYDAY"]) if "BYDAY" in parts else _Weekdays()
    if any(number for _, number in weekdays) and (parts["FREQ"] not in {"MONTHLY", "YEARLY"} or "BYWEEKNO" in parts):
        raise ValueError(parts["BYDAY"])
    match parts["FREQ"], _OF_DAYS & parts.keys():
        case ("WEEKLY", days) if "BYDAY" not in days:
            weekdays = _Weekdays({(start.weekday(), 0)})
        case ("YEARLY", days) if days == {"BYWEEKNO"}:
            weekdays = _Weekdays({(start.weekday(), 0)})
        case ("MONTHLY" | "YEARLY" as frequency, days) if not days:
            numbers["BYMONTHDAY"] = frozenset({start.day})
            if frequency == "YEARLY":
                numbers.setdefault("BYMONTH", frozenset({start.month}))
    interval, week_start = int(parts.get("INTERVAL", "1")), WEEKDAYS.index(parts.get("WKST", "MO"))
    return _Steps(parts["FREQ"], interval, week_start, numbers, weekdays, start, tuple(clocks)).starts(budget)


def _read_numbers(name: str, value: str) -> frozenset[int]:
    """The numbers of a part; ValueError where one is none that it may have."""
    low, high = _RANGES[name]
    numbers = frozenset(int(number) for number in value.split(","))
    if not all(low <= number <= high and (number or low == 0) for number in numbers):
        raise ValueError(value)
    return numbers


def _read_weekdays(value: str) -> _Weekdays:
    """The weekdays of BYDAY; ValueError where one is none."""
    matches = [_WEEKDAY.fullmatch(name) for name in value.split(",")]
    if not all(matches):
        raise ValueError(value)
    return _Weekdays({(WEEKDAYS.index(match[2]), int(match[1] or 0)) for match in matches if match})


class _Steps(Struct, frozen=True):
    """A rule from a start on, with the numbers of its parts by their names."""

    frequency: str
    interval: int
    week_start: int
    numbers: dict[str, frozenset[int]]
    weekdays: _Weekdays
    start: datetime
    clocks: tuple[time, ...]

    def starts(self, budget: Budget) -> Iterator[datetime]:
        """The starts in order, up to the end of the calendar."""
        idle = 0
        periods = self._periods_of_a_day() if self.frequency in _UNITS else self._periods_of_days()
        try:
            for steps, found in periods:
                budget.pay(steps * _DAY_COST)
                later = [moment for moment in self._chosen(list(found)) if moment >= self.start]
                yield from later
                idle = 0 if later else idle + steps
                if idle > _MAX_IDLE_STEPS:
                    raise _TooManyIdleStepsError(self.frequency)
        except OverflowError:  # the calendar ends
            return

    def _chosen(self, found: list[datetime]) -> list[datetime]:
        """What BYSETPOS takes of the starts of a period."""
        if "BYSETPOS" not in self.numbers:
            return found
        places = {place - 1 if place > 0 else len(found) + place for place in self.numbers["BYSETPOS"]}
        return [moment for place, moment in enumerate(found) if place in places]

    def _periods_of_days(self) -> Iterator[tuple[int, Iterable[datetime]]]:
        """For each day, week, month or year of the rule the number of its days, and its starts, which are yet to be
        looked for: that is to be paid for first.
        """
        for number in count(0, self.interval):
            first, days = self._span(number)
            yield days, self._starts_within(first, days)

    def _starts_within(self, first: date, days: int) -> Iterator[datetime]:
        """The starts in so many days from the first one on."""
        for day in (first + _DAY * index for index in range(days)):
            if self._gives(day):
                yield from (datetime.combine(day, clock) for clock in self.clocks)

    def _span(self, number: int) -> tuple[date, int]:
        """The first day of the period of that number, counted from that of the start, and how many days it has."""
        start = self.start.date()
        match self.frequency:
            case "DAILY":
                return start + _DAY * number, 1
            case "WEEKLY":
                return start + _DAY * (number * _WEEK - (start.weekday() - self.week_start) % _WEEK), _WEEK
            case "MONTHLY":
                years, month = divmod(start.month - 1 + number, _MONTHS)
                first = _new_date(start.year + years, month + 1, 1)
                return first, monthrange(first.year, first.month)[1]
            case "YEARLY" if "BYWEEKNO" in self.numbers:
                first, following = (_first_week(start.year + number + more, self.week_start) for more in (0, 1))
                return first, (following - first).days
            case "YEARLY":
                return _new_date(start.year + number, 1, 1), 365 + isleap(start.year + number)
        raise ValueError(self.frequency)

    def _periods_of_a_day(self) -> Iterator[tuple[int, Iterable[datetime]]]:
        """For each hour, minute or second of the rule 1, and its starts; those of one day or hour that the rule leaves
        out at once.
        """
        unit = _UNITS[self.frequency]
        step = unit * self.interval
        minutes = self.numbers.get("BYMINUTE", {self.start.minute}) if unit == _HOUR else {0}
        seconds = self.numbers.get("BYSECOND", {self.start.second}) if unit > _SECOND else {0}
        within = sorted(timedelta(minutes=minute, seconds=second) for minute, second in product(minutes, seconds))
        moment = _floor(self.start, unit)
        day, is_given = moment.date(), self._gives(moment.date())
        while True:
            if moment.date() != day:
                day, is_given = moment.date(), self._gives(moment.date())
            if not is_given:
                passed = _floor(moment, _DAY) + _DAY
            elif not self._has("BYHOUR", moment.hour):
                passed = _floor(moment, _HOUR) + _HOUR
            elif unit < _HOUR and not self._has("BYMINUTE", moment.minute):
                passed = _floor(moment, _MINUTE) + _MINUTE
            else:
                is_second = unit > _SECOND or self._has("BYSECOND", moment.second)
                yield 1, [moment + later for later in within] if is_second else []
                moment += step
                continue
            yield 1, []
            moment += step * -((moment - passed) // step)

    def _has(self, name: str, number: int) -> bool:
        """Whether a part has that number, or the rule has no such part."""
        return name not in self.numbers or number in self.numbers[name]

    def _gives(self, day: date) -> bool:
        """Whether the parts of the rule let that day be."""
        if not self._has("BYMONTH", day.month) or not self._is_weekday(day):
            return False
        numbers = self.numbers
        if "BYMONTHDAY" in numbers and numbers["BYMONTHDAY"].isdisjoint(_in_month(day)):
            return False
        if "BYYEARDAY" in numbers and numbers["BYYEARDAY"].isdisjoint(_in_year(day)):
            return False
        return "BYWEEKNO" not in numbers or not numbers["BYWEEKNO"].isdisjoint(_weeks(day, self.week_start))

    def _is_weekday(self, day: date) -> bool:
        """Whether BYDAY, if there is one, lets that day be."""
        weekday = day.weekday()
        if not self.weekdays or (weekday, 0) in self.weekdays:
            return True
        if not any(number and weekday == named for named, number in self.weekdays):
            return False
        place, from_end = _in_month(day) if self.frequency == "MONTHLY" or "BYMONTH" in self.numbers else _in_year(day)
        numbers = ((place - 1) // _WEEK + 1, -((-from_end - 1) // _WEEK + 1))
        return any((weekday, number) in self.weekdays for number in numbers)


class _TooManyIdleStepsError(ValueError):
    """Too many steps in a row gave no time."""


def _new_date(year: int, month: int, day: int) -> date:
    """The date; OverflowError after the end of the calendar."""
    if year > date.max.year:
        raise OverflowError(year)
    return date(year, month, day)


def _in_month(day: date) -> tuple[int, int]:
    """The number of a day in its month, counted from the start and from the end."""
    return day.day, day.day - monthrange(day.year, day.month)[1] - 1


def _in_year(day: date) -> tuple[int, int]:
    """The number of a day in its year, counted from the start and from the end."""
    number = day.toordinal() - date(day.year, 1, 1).toordinal() + 1
    return number, number - (365 + isleap(day.year)) - 1


@lru_cache
def _first_week(year: int, week_start: int) -> date:
    """The first day of week 1 of a year, which has four days of it at least."""
    fourth = _new_date(year, 1, 4)
    return fourth - _DAY * ((fourth.weekday() - week_start) % _WEEK)


def _weeks(day: date, week_start: int) -> tuple[int, int]:
    """The number of the week that a day is in, counted from the start and from the end of the year of that week."""
    middle = day + _DAY * (3 - (day.weekday() - week_start) % _WEEK)  # whose year is that of the week
    first, following = (_first_week(middle.year + more, week_start) for more in (0, 1))
    number = (day - first).days // _WEEK
    return number + 1, number - (following - first).days // _WEEK


def _floor(moment: datetime, unit: timedelta) -> datetime:
    """The start of the day, hour, minute or second that a moment is in."""
    return moment - timedelta(seconds=moment.hour * 3600 + moment.minute * 60 + moment.second) % unit
