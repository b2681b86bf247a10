"""Periods of days."""

from datetime import date

from msgspec import Struct


class Period(Struct, frozen=True):
    """The days from `first` to `last`, both inclusive; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Whether any of the days from `first` to `last` lies in it."""
        return (self.last is None or first <= self.last) and (self.first is None or last >= self.first)


def month_of(day: date) -> Period:
    """The month that the day is in, from its first to its last day."""
    from calendar import monthrange  # which makes the names of all months when it is imported

    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def write_period(period: Period) -> str:
    """A period as it can be typed: `2025-09-30`, `2025-10` for a month, `2025-09-29..2025-10-02`, `2025-10-01..`."""
    first, last = period.first, period.last
    if first and first == last:
        return first.isoformat()
    if first and period == month_of(first):
        return first.isoformat()[:7]
    return f"{first or ''}..{last or ''}"
