"""What the reading of a large agenda costs with each TOML reader, and what each can do: `python benchmarks/readers.py`.

Each reads the same text in a process of its own, in turn with the others; `benchmarks/install.py agenda readers`
installs them. The last two end in the structs of agenda, the others in plain tables.
"""

import argparse
import json
import platform
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from environments import missing, missing_reader, version
from figures import megabytes, ratios, seconds, spread
from measure import Command, Measurement, Missing, Runs, interleaved, lines, told
from programme import mixed
from tables import memory, not_measured, ratio, table, time
from workplace import Workplace

EVENTS = 10_000
ROUNDS = 5
OURS = "tomli:loads"
"""What the others are compared with."""

_HEADS = ("reader", "version", "time", "beside tomli", "memory", "TOML 1.1", "as tomllib", "place of a mistake")
_LINE = re.compile(r"\bline\W+2\b", re.IGNORECASE)
_COLUMN = re.compile(r"\bcol(umn)?\W+\d", re.IGNORECASE)


class Reader(NamedTuple):
    """A function that reads TOML: its environment, the distribution that it is from ("" for Python), its module and
    name, and what it is called.
    """

    environment: str
    distribution: str
    function: str
    shown: str


READERS = (
    Reader("readers", "tomli", "tomli:loads", "tomli"),
    Reader("readers", "", "tomllib:loads", "tomllib, of Python"),
    Reader("readers", "rtoml", "rtoml:loads", "rtoml"),
    Reader("readers", "toml-rs", "toml_rs:loads", "toml-rs"),
    Reader("readers", "fasttoml", "fasttoml:loads", "fasttoml"),
    Reader("readers", "pytomlpp", "pytomlpp:loads", "pytomlpp"),
    Reader("readers", "toml", "toml:loads", "toml"),
    Reader("readers", "qtoml", "qtoml:loads", "qtoml"),
    Reader("readers", "tomlkit", "tomlkit:loads", "tomlkit"),
    Reader("readers", "tomlrt", "tomlrt:loads", "tomlrt"),
    Reader("agenda", "msgspec", "agenda:decode", "`msgspec.toml.decode(type=File)`"),
    Reader("agenda", "msgspec", "agenda:convert", "`tomli.loads`, then `msgspec.convert`: agenda's way"),
)


def main() -> None:
    """Measure all readers, and print the table."""
    argparse.ArgumentParser(description="Measure what reads TOML, and print a table.").parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        place = Workplace(Path(folder))
        agenda = place.agenda("mixed", mixed, EVENTS)
        measurements = {reader.function: _measurement(place, reader, agenda) for reader in READERS}
        runs = interleaved(measurements, ROUNDS)
        sys.stdout.write(f"Reading {EVENTS:,} events, {agenda.stat().st_size / 1e6:.1f} MB, once the file is read:\n\n")
        for line in table(_HEADS, [[*_cells(place, reader, runs)] for reader in READERS]):
            sys.stdout.write(f"{line}\n")


def _measurement(place: Workplace, reader: Reader, agenda: Path) -> Measurement | Missing:
    own = reader.environment == "readers"
    why = missing_reader(reader.distribution) if own else missing(reader.environment)
    return Missing(why) if why else partial(told, _command(place, reader, agenda))


def _command(place: Workplace, reader: Reader, *agenda: Path) -> Command:
    return place.script(reader.environment, "read_toml", reader.function, *agenda)


def _cells(place: Workplace, reader: Reader, runs: Mapping[str, Runs | Missing]) -> Iterator[str]:
    """The cells of the row of a reader."""
    found, ours = runs[reader.function], runs[OURS]
    yield reader.shown
    yield version(reader.environment, reader.distribution) if reader.distribution else platform.python_version()
    if isinstance(found, Missing):
        yield from (not_measured(found), "", "", "", "", "")
        return
    yield time(spread(seconds(found)))
    yield "" if isinstance(ours, Missing) else ratio(spread(ratios(seconds(found), seconds(ours))))
    yield memory(spread(megabytes(found)))
    yield from _abilities(place, reader)


def _abilities(place: Workplace, reader: Reader) -> Iterator[str]:
    """Whether it reads TOML 1.1, whether it gives the tables of tomllib, and what it tells of the place of a mistake;
    nothing of readers that take agendas only.
    """
    if reader.environment == "agenda":
        yield from ("", "", "")
        return
    can = json.loads(b"".join(lines(_command(place, reader))))
    yield "yes" if can["newer"] else "no"
    yield "yes" if can["same"] else "no"
    line, column = _LINE.search(can["said"]), _COLUMN.search(can["said"])
    yield "line, column" if line and column else "line" if line else "none"


if __name__ == "__main__":
    main()
