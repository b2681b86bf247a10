"""Tab-separated values: a row an event, no header, and no empty field, so that `cut` and `read` keep their places."""

from collections.abc import Iterable, Iterator

from agenda.formats.rows import rows
from agenda.model import Occurrence

_LACKING = "-"


def lines(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """A line for each occurrence; what is lacking is `-`."""
    for row in rows(occurrences):
        yield "\t".join(field or _LACKING for field in row) + "\n"
