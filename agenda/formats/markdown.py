"""Markdown: a table as GitHub, GitLab and most wikis take it (GitHub Flavored Markdown, 4.10)."""

import re
from collections.abc import Iterable, Iterator

from agenda.formats import Data

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#$!@]|(?<=www)\.|:(?=[\w+-]*[A-Za-z][\w+-]*:)")
"""What could make a cell end, or its text emphasis, code, a link, an image, HTML, a formula, a mention or an emoji."""


def lines(data: Data) -> Iterator[str]:
    """The header, the line of dashes below it, and a line for each row, whose characters of Markdown are escaped."""
    yield _line(data.header)
    yield _line(["---"] * len(data.header))
    for row in data.rows():
        yield _line(map(escape_markdown, row))


def escape_markdown(text: str) -> str:
    """Text of one line as Markdown that shows it as it is."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
