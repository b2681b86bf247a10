"""What agenda takes for more and more events, and how that grows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from shutil import rmtree
from statistics import median
from typing import NamedTuple

from figures import megabytes, seconds, spread
from measure import Command, Measurement, Missing, Run, Runs, first_line, interleaved, whole
from programme import FIRST, mixed
from tables import memory, not_measured, table, time
from workplace import Workplace

BASE = 20
"""Events of an agenda that takes hardly more than the start-up."""

SITE = ("site", "pages")
"""The command that writes a site, into the folder `pages`."""


def anew(command: Command) -> Run:
    """A whole run that finds no site of before."""
    rmtree(command.folder / SITE[1], ignore_errors=True)
    return whole(command)


_STEPS = ({BASE: 4, 1_000: 4, 10_000: 2}, {BASE: 3, 10_000: 2, 100_000: 1})
"""The sizes of the two steps, and how often each is run in a round."""
_SITE_STEPS = ({BASE: 2, 100: 2, 1_000: 1},)
"""The same for a site, which takes as long for a tenth of the events."""
_LIMIT = 300
"""Seconds that a run may take."""

_DAY = FIRST + timedelta(5)
_HEADS = ("command", "events", "time", "growth", "memory", "growth")
_COMMANDS: Mapping[str, tuple[Callable[[Command], Run], tuple[str, ...]]] = {
    "check": (whole, ("check",)),
    f"list --on {_DAY}": (whole, ("list", "--on", str(_DAY))),
    "list --format table": (whole, ("list", "--format", "table")),
    "list --format tsv": (whole, ("list", "--format", "tsv")),
    "list --format json": (whole, ("list", "--format", "json")),
    "list --format jsonl, its first line": (first_line, ("list", "--format", "jsonl")),
    "clashes": (whole, ("clashes",)),
    "export": (whole, ("export",)),
    "site": (anew, SITE),
}


class Step(NamedTuple):
    """The runs of a command with no events to speak of, with a tenth, and with the most; all made near each other,
    since a machine may be slower a minute later.
    """

    command: str
    runs: Mapping[int, Runs | Missing]


class Growth(NamedTuple):
    """How many times as much a command takes for ten times the events, beyond start-up: time, or memory."""

    command: str
    events: int
    kind: str
    ratio: float


def measured(place: Workplace, most: int, rounds: int) -> Iterator[Step]:
    """The steps of all commands, up to so many events, in so many rounds."""
    for name in _COMMANDS:
        for counts in _SITE_STEPS if name == "site" else _STEPS:
            if max(counts) <= most:
                yield _step(place, name, counts, rounds)


def _step(place: Workplace, name: str, counts: Mapping[int, int], rounds: int) -> Step:
    """The step of a command, with so many rounds, and so many runs of each size in each of them."""
    keys = [(events, copy) for events, count in counts.items() for copy in range(count)]
    runs = interleaved({key: _measurement(place, name, key[0]) for key in keys}, rounds)
    return Step(name, {events: _together([runs[key] for key in keys if key[0] == events]) for events in counts})


def _together(parts: Sequence[Runs | Missing]) -> Runs | Missing:
    runs: Runs = ()
    for part in parts:
        if isinstance(part, Missing):
            return part
        runs += part
    return runs


def growths(steps: Sequence[Step]) -> Iterator[Growth]:
    """How each command grows in each step, as far as it was measured."""
    for step in steps:
        base, tenth, many = (step.runs[events] for events in sorted(step.runs))
        if isinstance(base, Missing) or isinstance(tenth, Missing) or isinstance(many, Missing):
            continue
        for kind, values in (("time", seconds), ("memory", megabytes)):
            ratio = _growth(max(step.runs), values(many), values(tenth), values(base))
            if ratio:
                yield Growth(step.command, max(step.runs), kind, ratio)


def _growth(events: int, many: Sequence[float], tenth: Sequence[float], base: Sequence[float]) -> float | None:
    """How many times as much ten times the events take, were there no start-up: by what an event beyond the base takes,
    since the base has some too; None where the tenth takes no more than the base.

    That is of medians. The least would be of a short run that nothing disturbed, beside a long one that had its share.
    """
    each = 10 * (events / 10 - BASE) / (events - BASE)
    start = median(base)
    step = median(tenth) - start
    return each * (median(many) - start) / step if step > 0 else None


def scale(steps: Sequence[Step]) -> Iterator[str]:
    """The table of all sizes, with its heading; what two steps have is shown of the first."""
    yield "## Scale\n"
    grown = {(one.command, one.events, one.kind): f"{one.ratio:.2f}" for one in growths(steps)}
    found: dict[tuple[str, int], Runs | Missing] = {}
    for step in steps:
        found = {(step.command, events): runs for events, runs in step.runs.items()} | found
    order = list(_COMMANDS)
    keys = sorted(found, key=lambda key: (order.index(key[0]), key[1]))
    yield from table(_HEADS, [_row(key, found[key], grown) for key in keys])
    yield ""


def _row(key: tuple[str, int], runs: Runs | Missing, grown: Mapping[tuple[str, int, str], str]) -> tuple[str, ...]:
    names = f"`agenda {key[0]}`", f"{key[1]:,}"
    if isinstance(runs, Missing):
        return *names, not_measured(runs), "", "", ""
    took, peak = time(spread(seconds(runs))), memory(spread(megabytes(runs)))
    return *names, took, grown.get((*key, "time"), ""), peak, grown.get((*key, "memory"), "")


def _measurement(place: Workplace, name: str, events: int) -> Measurement:
    measure, arguments = _COMMANDS[name]
    command = place.uncached(*arguments, "--data", place.agenda("mixed", mixed, events))
    return partial(measure, replace(command, limit=_LIMIT))
