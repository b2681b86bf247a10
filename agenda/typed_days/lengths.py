"""How long a length of time may be that people type."""

from datetime import date, timedelta

from agenda.errors import UsageError
from agenda.text.safe import quote

_MAX_LENGTH = date.max - date.min


def add_units(**numbers: str | None) -> timedelta:
    """The length of so many `weeks`, `days`, `hours` and `minutes`, each as digits; `timedelta.max` for longer ones."""
    try:
        return timedelta(**{unit: int(digits or 0) for unit, digits in numbers.items()})
    except (OverflowError, ValueError):  # ValueError: Python takes no number of thousands of digits
        return timedelta.max


def make_length(typed: str, **numbers: str | None) -> timedelta:
    """The length of so many `weeks`, `days`, `hours` and `minutes`, each as digits, which were read from `typed`.

    Raises UsageError where the calendar is not so long.
    """
    length = add_units(**numbers)
    if length > _MAX_LENGTH:
        most = f"{_MAX_LENGTH.days}d"
        raise UsageError(
            f"{quote(typed)} is longer than the calendar, which has the years 1 to 9999; write {most} at most"
        )
    return length
