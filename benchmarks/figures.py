"""From runs to figures: medians with quartiles, and ratios of runs that were made near each other."""

import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from measure import Runs


class Spread(NamedTuple):
    """The median with the quartiles on both sides of it."""

    low: float
    median: float
    high: float


def spread(values: Iterable[float]) -> Spread:
    """The quartiles of one value or more."""
    found = list(values)
    return Spread(*(statistics.quantiles(found, n=4, method="inclusive") if found[1:] else found * 3))


def seconds(runs: Runs) -> list[float]:
    """The seconds of the runs, in the order of the rounds."""
    return [run.seconds for run in runs]


def megabytes(runs: Runs) -> list[float]:
    """The peaks of memory of the runs, in the order of the rounds."""
    return [run.megabytes for run in runs]


def beyond(values: Sequence[float], base: Sequence[float]) -> list[float]:
    """What each value has beyond the base of the same round."""
    return [value - start for value, start in zip(values, base, strict=False)]


def ratios(values: Sequence[float], others: Sequence[float]) -> list[float]:
    """How many times the value of the same round each is, as far as both have rounds."""
    return [value / other for value, other in zip(values, others, strict=False)]
