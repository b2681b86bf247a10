"""Formats for other programs: a file a format, each with `lines(data)`, which gives the text piece by piece.

What they write is `Data`: events (`agenda.formats.records`) or counts.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from importlib import import_module
from typing import Protocol


class Data(Protocol):
    """Rows of text under a header, or objects; each is made as a format asks for it, and only once."""

    @property
    def header(self) -> Sequence[str]:
        """The name of each column."""

    def rows(self) -> Iterator[Sequence[str]]:
        """The rows: each field is one line of safe text, empty for a value that is lacking."""

    def objects(self) -> Iterator[object]:
        """The rows as objects that msgspec encodes."""


class Format(StrEnum):
    """The formats of `--format`: a table for people, or the module of `agenda.formats` of that name."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


Writer = Callable[[Data], Iterator[str]]


def find_writer(name: str) -> Writer:
    """The `lines` of the module of this package of that name, which is imported only now."""
    lines: Writer = import_module(f"agenda.formats.{name}").lines
    return lines
