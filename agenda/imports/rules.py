"""Rules of recurrence as calendars have them (RFC 5545, 3.3.10), and as an agenda file has them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from msgspec.structs import replace

from agenda.imports.reading import Property
from agenda.imports.times import Times, moment_of, told_in
from agenda.imports.zones import Zones
from agenda.recurrence.horizon import Budget, first_day, may_exceed, number
from agenda.recurrence.occurrences import shifted, weekdays_for_dateutil
from agenda.recurrence.rules import MOST_COUNT, by_days, rule_of

_USUAL = {"INTERVAL": "1", "WKST": "MO"}
"""Parts that say what holds without them."""
_CLOCK = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
_ON_A_DAY = {"BYMONTH", "BYMONTHDAY"}
_RFC_PARTS = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYSETPOS"),
    *("BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"),
}
_BY_DAYS = {"DAILY", "WEEKLY"}
_LONG = {"MONTHLY", "YEARLY"}

Parts = dict[str, str]


def parts_of(text: str, times: Times, zones: Zones) -> Parts:
    """The parts of a rule, without those that change nothing for an event at these times, and UNTIL as the last day
    that it may start on.
    """
    parts: Parts = {}
    for part in re.sub(r"\s", "", text.upper()).split(";"):
        name, _, value = part.partition("=")
        if value and not name.startswith("X-"):
            parts[name] = value.replace("+", "")
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{_last_day(parts['UNTIL'], times, zones):%Y%m%d}".zfill(8)
    start = times.start
    for name, of_start in _CLOCK.items():
        same = not isinstance(start, datetime) or parts.get(name, "").lstrip("0") == str(
            getattr(start, of_start)
        ).lstrip("0")
        if same:
            parts.pop(name, None)
    return {name: value for name, value in parts.items() if _USUAL.get(name) != value}


def written(parts: Parts) -> str:
    """The rule in the form of an agenda file."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def fitting(parts: Parts, first: date, budget: Budget) -> tuple[Parts, date | None]:
    """The rule in a form that an agenda file may have, if any has the same days, and the first of them.

    `first` is the day that the event starts on for the first time, which counts as one of the rule's even where the
    rule does not give it (3.8.5.3). Raises ValueError where the rule cannot be had, and TooManyStepsError where no
    steps are left in the `budget`.
    """
    if re.fullmatch("0*[1-9][0-9]{4,}", parts.get("COUNT", "")) and parts["COUNT"] != str(MOST_COUNT):
        parts = {name: value for name, value in parts.items() if name != "COUNT"}
    rule = rule_of(written(parts))
    if rule.until and rule.until < first:
        return parts, None
    found = first_day(rule, first, budget)
    if found is None:
        return parts, None
    if rule.count and found != first:
        if rule.count == 1:
            return parts, None
        rule = replace(rule, count=rule.count - 1)
        parts = parts | {"COUNT": str(rule.count)}
    if rule.count and rule.frequency not in _LONG:
        parts = parts | {"COUNT": str(number(rule, first, rule.count, budget))}
    if may_exceed(rule, first, MOST_COUNT) and number(rule, first, MOST_COUNT + 1, budget) > MOST_COUNT:
        parts = {name: value for name, value in parts.items() if name not in {"COUNT", "UNTIL"}}
    return parts, found


def with_end(parts: Parts, until: date | None, first: date, budget: Budget) -> Parts:
    """The rule with another last day, if it gives the same days: calendars have the last time in its place."""
    if until is None or "UNTIL" not in parts:
        return parts
    longer = parts | {"UNTIL": f"{until:%Y%m%d}".zfill(8)}
    try:
        one, other = sorted([rule_of(written(parts)).until or until, until])
        endless = replace(rule_of(written(longer)), until=None)
    except ValueError:
        return parts
    between = next(budget.walk(endless, first, shifted(one, 1)), None) if one < other else None
    return longer if between is None or between > other else parts


def expanded(parts: Parts, times: Times) -> Iterator[Times]:
    """Each time that a rule of any kind gives; ValueError where it cannot be had, or would be too long to look for."""
    from dateutil.rrule import rrulestr

    if not parts.keys() <= _RFC_PARTS:  # dateutil knows more, such as BYEASTER
        raise ValueError(written(parts))
    by = {name for name in parts if name.startswith("BY")}
    frequency = parts.get("FREQ", "")
    endures = (
        frequency in _LONG
        or (frequency in _BY_DAYS and not by & {*_ON_A_DAY, "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
        or not by
    )
    interval = re.fullmatch("[1-9][0-9]{0,3}", parts.get("INTERVAL", "1"))
    if not endures or not interval or {"COUNT", "UNTIL"} <= parts.keys():
        raise ValueError(written(parts))
    start = times.start if isinstance(times.start, datetime) else datetime.combine(times.start, time())
    until = {"UNTIL": f"{parts['UNTIL']}T235959"} if "UNTIL" in parts else {}
    try:
        rule = rrulestr(written(parts | until), dtstart=start.replace(tzinfo=None))
        for step in _with_weekdays(rule, parts):
            yield times.at(step.replace(tzinfo=start.tzinfo) if isinstance(times.start, datetime) else step.date())
    except (ValueError, OverflowError, TypeError, AttributeError) as error:
        raise ValueError(written(parts)) from error


def _with_weekdays(rule: Any, parts: Parts) -> Iterable[datetime]:
    """The same rule of dateutil, with the weekdays of BYDAY as RFC 5545 means them."""
    if "BYDAY" not in parts or parts["FREQ"] not in _LONG:
        return cast("Iterable[datetime]", rule)
    in_month = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    weekdays = weekdays_for_dateutil(by_days(parts["BYDAY"]), in_month=in_month)
    return cast("Iterable[datetime]", rule.replace(byweekday=weekdays)) if weekdays else ()


def _last_day(until: str, times: Times, zones: Zones) -> date:
    last = moment_of(Property("UNTIL", until), zones)
    start = times.start
    if isinstance(last, datetime) and isinstance(start, datetime):
        local = told_in(last, start.tzinfo)
        if isinstance(local, datetime) and local.time() < start.time() and local.date() > date.min:
            return local.date() - timedelta(1)
        return local.date() if isinstance(local, datetime) else local
    return last.date() if isinstance(last, datetime) else last
