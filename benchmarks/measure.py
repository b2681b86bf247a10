"""Runs of programs, and what they take. Programs that are compared run in turn, so that what disturbs the machine
disturbs all of them alike.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

_UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024
"""How many of what the system counts memory in are a megabyte."""


class Run(NamedTuple):
    """One run: its seconds, and its memory at the peak in megabytes."""

    seconds: float
    megabytes: float


class Missing(NamedTuple):
    """What could not be measured, and why."""

    why: str


class FailedError(Exception):
    """A run that did not end well; the message says how."""


Runs = tuple[Run, ...]
Name = TypeVar("Name")
Measurement = Callable[[], Run]


@dataclass(frozen=True)
class Command:
    """A command line, where it is run, and the seconds that it may take."""

    arguments: tuple[str, ...]
    folder: Path
    env: Mapping[str, str]
    limit: int = 60


def whole(command: Command) -> Run:
    """A run from its start to its end, its output going nowhere."""
    return _Child(command, subprocess.DEVNULL).ended()


def told(command: Command) -> Run:
    """A run of a program that prints how many seconds its work took, and nothing else."""
    child = _Child(command, subprocess.PIPE)
    printed = b"".join(child.output)
    run = child.ended()
    return Run(float(printed), run.megabytes)


def first_line(command: Command) -> Run:
    """A run until its first line of output is there, whose reader then closes the pipe."""
    child = _Child(command, subprocess.PIPE)
    child.output.readline()
    seconds = child.elapsed()
    child.output.close()
    return Run(seconds, child.ended().megabytes)


def lines(command: Command) -> Iterator[bytes]:
    """The lines of its output; nothing is measured. Raises FailedError after the last where it ends badly."""
    child = _Child(command, subprocess.PIPE)
    yield from child.output
    child.ended()


def interleaved(measurements: Mapping[Name, Measurement | Missing], rounds: int) -> dict[Name, Runs | Missing]:
    """The runs of each: once a round, in an order drawn for the round. What is missing stays so, and what fails is not
    run again.
    """
    found: dict[Name, Runs | Missing] = {
        name: one if isinstance(one, Missing) else () for name, one in measurements.items()
    }
    chance = random.Random(rounds)  # noqa: S311 - no secret
    for _ in range(rounds):
        for name in chance.sample(list(measurements), len(measurements)):
            runs, measurement = found[name], measurements[name]
            if isinstance(runs, Missing) or isinstance(measurement, Missing):
                continue
            try:
                found[name] = (*runs, measurement())
            except FailedError as error:
                found[name] = Missing(str(error))
    return found


def own_peak() -> float:
    """Megabytes that this process took at its peak: the least that the system tells of what it starts."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _UNIT


class _Child:
    """A program that runs, with a clock and a limit of time; raises FailedError where it cannot be started."""

    def __init__(self, command: Command, stdout: int) -> None:
        self._limit = command.limit
        self._started = time.perf_counter()
        try:
            self._process = subprocess.Popen(
                command.arguments,
                cwd=command.folder,
                env=command.env,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise FailedError(str(error)) from None
        self._is_late = False
        self._timer = threading.Timer(self._limit, self._end)
        self._timer.start()

    def _end(self) -> None:
        """End a run that takes too long, and leave it to `ended` to wait for it."""
        self._is_late = True
        with suppress(ProcessLookupError):  # it has just ended
            os.kill(self._process.pid, signal.SIGKILL)

    @property
    def output(self) -> IO[bytes]:
        """What it prints, where that is a pipe."""
        assert self._process.stdout  # noqa: S101 - for the types
        return self._process.stdout

    def elapsed(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self._started

    def ended(self) -> Run:
        """What it took, once it has ended; raises FailedError where it ended badly, or took too long."""
        if self._process.stdout:
            self._process.stdout.close()
        _, status, usage = os.wait4(self._process.pid, 0)
        seconds = self.elapsed()
        self._timer.cancel()
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._is_late:
            raise FailedError(f"more than {self._limit} s")
        if self._process.returncode:
            raise FailedError(f"exit code {self._process.returncode}")
        return Run(seconds, usage.ru_maxrss / _UNIT)
