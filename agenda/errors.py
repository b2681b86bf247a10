"""What can go wrong, each kind with the exit code that it ends the program with."""

from collections.abc import Sequence
from typing import NamedTuple

MOST_FINDINGS = 50
"""How many findings of one file are told; past that, only how many more there are."""


class AgendaError(Exception):
    """Something that the user has to know of; `str()` of it is the whole message."""

    exit_code = 1


class UsageError(AgendaError):
    """The command line, or the environment, asks for what cannot be."""

    exit_code = 2


class FileError(AgendaError):
    """A file cannot be read or written."""


class Finding(NamedTuple):
    """One mistake in a data file: the file's name as it was given, and line and column, both from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class DataError(AgendaError):
    """A data file holds mistakes; all of them are in `findings`, in the order of the file."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings)
        self.findings = tuple(findings)

    def __str__(self) -> str:
        lines = [str(finding) for finding in self.findings[:MOST_FINDINGS]]
        more = len(self.findings) - len(lines)
        if more:
            lines.append(f"{self.findings[0].file}: and {more} more")
        return "\n".join(lines)
