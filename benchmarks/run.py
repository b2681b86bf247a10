"""Measure agenda beside what it is made of, beside its peers, and with more and more events.

Run as `python benchmarks/run.py [--rounds N] [--quick]` on a machine that does nothing else, after
`benchmarks/install.py`; it prints Markdown.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from environments import PACKAGES, REMIND, commit, missing, version
from limits import growing, large, limits, one_day, pages, start_up
from measure import Missing, own_peak
from peers import SIZES, compared
from scale import growths, measured, scale
from tables import not_measured, table
from workplace import Workplace

_ROUNDS = 24
_ONCE = 100_000
"""Events from which on one run must do."""
_MANY = 10_000
"""Events from which on there are `_FEWER` times fewer rounds."""
_FEWER = 4
_STEP_ROUNDS = 3
"""Rounds of more and more events, whose short runs are several in each."""
_QUICK = 12
"""Rounds where it must be quick, with no agenda of more than `_MANY` events."""


def main() -> None:
    """Measure what the command line says, and print it."""
    parser = argparse.ArgumentParser(description="Measure agenda beside its peers.")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help=f"rounds of the short runs; {_ROUNDS} unless given")
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"{_QUICK} rounds, no agenda of more than {_MANY:,} events, and for other programs none of as many",
    )
    options = parser.parse_args()
    why = missing("agenda")
    if why:
        parser.exit(1, f"agenda cannot be measured: {why}\n")
    most = _MANY if options.quick else _ONCE
    rounds = partial(rounds_of, _QUICK if options.quick else max(1, options.rounds))
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        for line in _report(Workplace(Path(folder)), most, rounds):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{_ended(started)}\n")


def rounds_of(rounds: int, events: int) -> int:
    """The rounds for agendas of so many events, where short runs have `rounds`."""
    if events < _MANY:
        return rounds
    return 1 if events >= _ONCE else max(1, rounds // _FEWER)


def _report(place: Workplace, most: int, rounds: Callable[[int], int]) -> Iterator[str]:
    yield from _machine()
    _tell("the start-up")
    rows = [*start_up(place, rounds(0))]
    _tell("10,000 events")
    rows += large(place, rounds(_MANY))
    if most > _MANY:
        rows += one_day(place, rounds(_MANY))
    _tell("1,000 events as pages")
    rows += pages(place, rounds(_MANY))
    _tell("more and more events")
    steps = [*measured(place, most, _STEP_ROUNDS)]
    yield from limits([*rows, *growing([*growths(steps)])])
    yield from scale(steps)
    _tell("the peers")
    slower = 10  # than agenda, some of them
    sizes = [events for events in SIZES if events * slower <= most]
    yield from compared(place, sizes, lambda events: rounds(events * slower))


def _machine() -> Iterator[str]:
    """What is measured, and on what."""
    yield "## The machine\n"
    load, *_ = os.getloadavg()
    rows = [
        ("processor", f"{_processor()}, {os.cpu_count()} of them"),
        ("system", platform.platform()),
        ("Python", platform.python_version()),
        ("date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
        ("load before", f"{load:.2f}"),
        ("commit", commit() or "not known"),
    ]
    for name in (*PACKAGES, REMIND):
        why = missing(name)
        rows.append((name, not_measured(Missing(why)) if why else version(name)))
    yield from table(("what", "which"), rows)
    yield ""


def _processor() -> str:
    """The model of the processor, as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _ended(started: float) -> str:
    minutes = (time.monotonic() - started) / 60
    return (
        "Figures are medians, with the quartiles in brackets; ratios are of runs of the same round. Growth is that\n"
        "of medians, beyond start-up. The system tells of no program less memory than of the one that started it,\n"
        f"here {own_peak():.0f} MB.\n\n"
        f"All took {minutes:.1f} minutes."
    )


def _tell(what: str) -> None:
    sys.stderr.write(f"measuring {what}\n")


if __name__ == "__main__":
    main()
