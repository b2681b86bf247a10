"""The spot that a diagnostic is at: the line of the file, and how much of it is meant.

A module of its own, since views and formats import it, and need nothing of what reads a file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from agenda.errors import Diagnostic

_STRING = r"""\"(?:\\?+.[^"\\]*+)*?"|'[^']*+'"""
_PART = rf"""(?:[A-Za-z0-9_-]++|{_STRING})"""
_KEY = re.compile(rf"({_PART})(?:[ \t]*\.[ \t]*{_PART}){{0,9}}[ \t]*=")
_IN_HEADER = re.compile(rf"({_PART})[ \t]*[.\]]")
_VALUE = re.compile(rf"""(\[\[[^\[\]#]*+\]\]|\[[^\[\]"'#]*+\]|{_STRING}|[^\s,\]}}#"'\[{{]++)""")
_HEADER = re.compile(r"[ \t]*\[")


class Spot(Struct, frozen=True):
    """A diagnostic, the text of its line, and the column after the last character that is meant. The text is empty
    where the file is no text.
    """

    diagnostic: Diagnostic
    line: str
    end: int


def find_spots(diagnostics: Iterable[Diagnostic], lines: Mapping[str, Sequence[str]]) -> Iterator[Spot]:
    """The spot of each diagnostic in files of these lines, by the names that diagnostics have for the files."""
    for diagnostic in diagnostics:
        of_file = lines.get(diagnostic.file, ())
        line = of_file[diagnostic.line - 1] if diagnostic.line <= len(of_file) else ""
        yield Spot(diagnostic, line, _end(line, diagnostic.column - 1) + 1)


def _end(line: str, start: int) -> int:
    """Where the key, header or value ends that starts there, if it ends in the line; else the next character."""
    match = _KEY.match(line, start)
    if match is None and start and _HEADER.match(line):
        match = _IN_HEADER.match(line, start)
    match = match or _VALUE.match(line, start)
    return match.end(1) if match else start + 1
