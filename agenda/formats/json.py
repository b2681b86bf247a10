"""JSON (RFC 8259): a list of the objects that JSON Lines has one by one, still an object a line."""

from collections.abc import Iterable, Iterator

from agenda.formats import jsonl
from agenda.model import Occurrence


def lines(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """The list, opened, filled and closed; `[]` for no occurrence."""
    before = "[\n"
    for line in jsonl.lines(occurrences):
        yield before + line.rstrip("\n")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
