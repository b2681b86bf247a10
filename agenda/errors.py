"""What can go wrong, each kind with the exit code that it ends the program with."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from agenda.limits import MAX_DIAGNOSTICS


class AgendaError(Exception):
    """Something that the user has to know of; `str()` of it is the whole message."""

    exit_code = 1


class UsageError(AgendaError):
    """The command line, or the environment, asks for what cannot be."""

    exit_code = 2


class NoDayError(UsageError):
    """A text is of no form of a day, or of a month."""


class MoreThanDayError(UsageError):
    """A text is a day with something after it; `day` is the day alone, as it may be typed."""

    def __init__(self, message: str, day: str) -> None:
        super().__init__(message)
        self.day = day


class WordError(UsageError):
    """A word without an option stands for nothing that the command could take; `word` is what was typed. The message is
    the `problem` and, if there is any, the `advice` what to type instead.
    """

    def __init__(self, word: str, problem: str, advice: str = "") -> None:
        super().__init__("; ".join(filter(None, (problem, advice))))
        self.word = word
        self.problem = problem
        self.advice = advice


class ExcessError(AgendaError):
    """More is asked for than is given at once, as a series for centuries; the message says how much that is."""

    exit_code = UsageError.exit_code


class FileError(AgendaError):
    """A file cannot be read or written."""


class Severity(StrEnum):
    """How bad a diagnostic is: with an error the file is no agenda, with a warning it is one."""

    ERROR = "error"
    WARNING = "warning"


class Diagnostic(Struct, frozen=True):
    """A message about a place in a data file: the file's name as it was given, line and column, both from 1, and the id
    of the `event` there, if the place is in one.
    """

    file: str
    line: int
    column: int
    message: str
    event: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        warning = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.file}:{self.line}:{self.column}: {warning}{self.message}"


class DataError(AgendaError):
    """A data file holds mistakes; all of them are in `diagnostics`, in the order of the file."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        return "\n".join(diagnostic_lines(self.diagnostics))


def diagnostic_lines(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """A line for each diagnostic, up to `MAX_DIAGNOSTICS`, and one that says how many more there are."""
    lines = [str(diagnostic) for diagnostic in diagnostics[:MAX_DIAGNOSTICS]]
    more = len(diagnostics) - len(lines)
    if more:
        lines.append(f"{diagnostics[MAX_DIAGNOSTICS].file}: and {more} more")
    return lines


KeyPath = tuple[str | int, ...]
"""Where a value stands in the plain tables: `("events", 3, "topics", 0)`."""


class Problem(Struct, frozen=True):
    """A mistake: where it is, what is wrong and what would be right. `at_key` is set if the key is wrong rather than
    its value. `other` is a second place that belongs to the mistake, of which the message tells the line.
    """

    path: KeyPath
    message: str
    at_key: bool = False
    other: KeyPath | None = None
