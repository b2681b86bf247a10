"""Formats for other programs: a file a format, each with `lines(data)`, which gives the text piece by piece.

What they write is `Data`: events (`agenda.formats.records`) or counts.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from importlib import import_module
from typing import Protocol


class Data(Protocol):
    """What the formats write, made only as they ask for it, and once: rows of text under a header, or objects."""

    @property
    def header(self) -> Sequence[str]:
        """The name of each column."""

    def rows(self) -> Iterator[Sequence[str]]:
        """The rows, each field one line of safe text, and empty where there is nothing."""

    def objects(self) -> Iterator[object]:
        """The same, row by row, as values that msgspec encodes."""


class Format(StrEnum):
    """How data is given: as a table for people, or by the module of `agenda.formats` of that name."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


Writer = Callable[[Data], Iterator[str]]


def find_writer(name: str) -> Writer:
    """The writer of the format of that name, imported only now; it is one of this package's modules."""
    lines: Writer = import_module(f"agenda.formats.{name}").lines
    return lines
