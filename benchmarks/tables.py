"""Figures as Markdown tables."""

from collections.abc import Iterator, Sequence

from figures import Spread
from measure import Missing

_MILLI = 1000


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; columns of figures, which are all but the first, are set to the right."""
    yield _row(heads)
    yield _row(["---", *["--:" for _ in heads[1:]]])
    for row in rows:
        yield _row(row)


def not_measured(missing: Missing) -> str:
    """What stands in the place of figures that are not there."""
    return f"not measured: {missing.why}"


def time(found: Spread) -> str:
    """Seconds, or milliseconds where they are less than one; with the quartiles, where these differ."""
    if abs(found.median) < 1:
        return _spread(Spread(*(value * _MILLI for value in found)), ".0f" if found.median > 1 / 100 else ".1f", " ms")
    return _spread(found, ".2f", " s")


def memory(found: Spread) -> str:
    """Megabytes, with the quartiles where these differ."""
    return _spread(found, ".0f", " MB")


def ratio(found: Spread) -> str:
    """A ratio, with the quartiles where these differ."""
    return _spread(found, ".2f", "")


def _spread(found: Spread, form: str, unit: str) -> str:
    low, median, high = (format(value, form) for value in found)
    return f"{median}{unit}" if low == median == high else f"{median}{unit} ({low}–{high})"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
