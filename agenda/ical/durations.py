"""Durations (RFC 5545, 3.3.6): days, which go by the clock, and a time that is exact."""

import re
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from agenda.model import Moment

_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,6})W)?(?:([0-9]{1,7})D)?(?:T(?:([0-9]{1,8})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)
_DAYS_IN_WEEK = 7


class NominalDuration(Struct, frozen=True):
    """A length of so many days by the clock and an `exact` time, both negative where it leads back in time.

    `P1D` from noon to noon is 23 hours where the clocks go forward; `PT24H` is always 24 hours.
    """

    days: int
    exact: timedelta

    @property
    def is_negative(self) -> bool:
        """Whether it leads back in time."""
        return self.days < 0 or self.exact < timedelta(0)

    def after(self, start: Moment) -> Moment:
        """The end of what lasts that long from `start`; of a day, hours count in whole days only. Raises OverflowError
        where the calendar has no such time.
        """
        if not isinstance(start, datetime):
            return start + timedelta(self.days) + timedelta(self.exact.days)
        end = start + timedelta(self.days)
        return (end.astimezone(UTC) + self.exact).astimezone(start.tzinfo) if start.tzinfo else end + self.exact


def elapsed(start: datetime, end: datetime) -> NominalDuration:
    """The exact time from a start to an end, both with a zone or both without."""
    if start.tzinfo and end.tzinfo:
        start, end = start.astimezone(UTC), end.astimezone(UTC)
    return NominalDuration(0, end - start)


def parse_duration(text: str) -> NominalDuration:
    """The duration that is written, e.g. `P1DT2H` or `-PT30M`; ValueError where it is none."""
    match = _DURATION.fullmatch(text.strip().upper())
    if not match or not any(match.groups()[1:]):
        raise ValueError(text)
    sign = -1 if match[1] == "-" else 1
    weeks, days, hours, minutes, seconds = (sign * int(number or 0) for number in match.groups()[1:])
    exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return NominalDuration(weeks * _DAYS_IN_WEEK + days, exact)


def format_duration(duration: NominalDuration) -> str:
    """The duration as it is written: whole weeks in weeks, other days in days, the rest in hours, minutes, seconds."""
    sign = "-" if duration.is_negative else ""
    days, seconds = abs(duration.days), int(abs(duration.exact).total_seconds())
    if days and not seconds and days % _DAYS_IN_WEEK == 0:
        return f"{sign}P{days // _DAYS_IN_WEEK}W"
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    time = "".join(
        f"{number}{unit}"
        for number, unit, is_needed in (
            (hours, "H", hours),
            (minutes, "M", minutes or (hours and rest)),
            (rest, "S", rest or not (days or seconds)),
        )
        if is_needed
    )
    return f"{sign}P{f'{days}D' if days else ''}{f'T{time}' if time else ''}"
