"""Formats for other programs: a file a format, each with `lines(occurrences)`, which gives the text piece by piece."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from agenda.model import Occurrence

Writer = Callable[[Iterable[Occurrence]], Iterator[str]]


def writer(name: str) -> Writer:
    """The writer of the format of that name, imported only now; it is one of this package's modules."""
    lines: Writer = import_module(f"agenda.formats.{name}").lines
    return lines
