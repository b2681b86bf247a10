"""What is looked at before anything is measured: whether a program is there, and what it shows."""

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from environments import missing
from measure import Command, FailedError, Measurement, Missing, Run, lines, whole

_TITLE = re.compile(rb"Event number (\d+) of")


class Answer(NamedTuple):
    """A command that has run once, which warms it up, and the numbers of the events that it shows."""

    command: Command
    shown: frozenset[int]


def answered(name: str, prepared: Callable[[], Command]) -> Answer | Missing:
    """What the command that is prepared shows, for the program of that name."""
    why = missing(name)
    if why:
        return Missing(why)
    try:
        command = prepared()
        return Answer(command, shown(command))
    except FailedError as error:
        return Missing(str(error))


def ready(
    name: str, prepared: Callable[[], Command], measured: Callable[[Command], Run] = whole
) -> Measurement | Missing:
    """The measurement of the command that is prepared, which has run once."""
    answer = answered(name, prepared)
    return answer if isinstance(answer, Missing) else partial(measured, answer.command)


def shown(command: Command) -> frozenset[int]:
    """The numbers of the events whose titles it prints; raises FailedError where it ends badly."""
    return frozenset(int(number) for line in lines(command) for number in _TITLE.findall(line))
