"""What agenda takes for more and more events, and how that grows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from statistics import median
from typing import NamedTuple

from environments import missing
from figures import Spread, megabytes, seconds, spread
from measure import Command, Measurement, Missing, Run, Runs, first_line, interleaved, whole
from programme import FIRST, mixed
from tables import memory, not_measured, ratio, table, time
from workplace import Workplace

BASE = 20
"""Events of an agenda that takes hardly more than the start-up."""

SIZES = (BASE, 1_000, 10_000, 100_000)
_TENTHS = {10_000: 1_000, 100_000: 10_000}
"""The size that is a tenth of another, and takes more than the start-up."""
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
    "export": (whole, ("export",)),
}

Measured = Mapping[tuple[str, int], Runs | Missing]
"""The runs, by the name of the command and the number of events."""


class Growth(NamedTuple):
    """How many times as much a command takes for ten times the events, beyond start-up: time, or memory."""

    command: str
    events: int
    kind: str
    ratio: Spread


def measured(place: Workplace, sizes: Sequence[int], rounds: Callable[[int], int]) -> Measured:
    """The runs of all commands, with so many rounds for each size; sizes with as many take turns."""
    found: dict[tuple[str, int], Runs | Missing] = {}
    groups: dict[int, list[int]] = {}
    for events in sizes:
        groups.setdefault(rounds(events), []).append(events)
    for number, together in groups.items():
        keys = [(name, events) for name in _COMMANDS for events in together]
        found |= interleaved({key: _measurement(place, *key) for key in keys}, number)
    return found


def growths(found: Measured) -> Iterator[Growth]:
    """How each command grows from size to size, as far as it was measured."""
    for name, events in found:
        if events not in _TENTHS:
            continue
        runs = [found.get((name, size), Missing("")) for size in (events, _TENTHS[events], BASE)]
        grown = [one for one in runs if not isinstance(one, Missing)]
        if len(grown) == len(runs):
            for kind, values in (("time", seconds), ("memory", megabytes)):
                ratio = _growth(events, *map(values, grown))
                if ratio:
                    yield Growth(name, events, kind, ratio)


def _growth(events: int, many: Sequence[float], tenth: Sequence[float], base: Sequence[float]) -> Spread | None:
    """How many times as much ten times the events take, were there no start-up: by what an event beyond the base takes,
    since the base has some too; None where the tenth takes no more than the base.
    """
    each = 10 * (events / 10 - BASE) / (events - BASE)
    start = median(base)
    step = median(tenth) - start
    return spread(each * (one - start) / step for one in many) if step > 0 else None


def scale(found: Measured) -> Iterator[str]:
    """The table of all sizes, with its heading."""
    yield "## Scale\n"
    grown = {(one.command, one.events, one.kind): ratio(one.ratio) for one in growths(found)}
    rows = []
    for name, events in ((name, events) for name in _COMMANDS for events in SIZES if (name, events) in found):
        runs = found[name, events]
        cells = [f"`agenda {name}`", f"{events:,}"]
        if isinstance(runs, Missing):
            rows.append([*cells, not_measured(runs), "", "", ""])
            continue
        cells += [time(spread(seconds(runs))), grown.get((name, events, "time"), "")]
        rows.append([*cells, memory(spread(megabytes(runs))), grown.get((name, events, "memory"), "")])
    yield from table(_HEADS, rows)
    yield ""


def _measurement(place: Workplace, name: str, events: int) -> Measurement | Missing:
    why = missing("agenda")
    if why:
        return Missing(why)
    measure, arguments = _COMMANDS[name]
    command = place.command("agenda", *arguments, "--data", place.agenda("mixed", mixed, events))
    return partial(measure, replace(command, limit=_LIMIT))
