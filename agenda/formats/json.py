"""JSON (RFC 8259): a list of the objects of JSON Lines, still one a line."""

from collections.abc import Iterator

from agenda.formats import Data, jsonl


def lines(data: Data) -> Iterator[str]:
    """The list, opened, filled and closed; `[]` where there is nothing in it."""
    before = "[\n"
    for text in jsonl.encode_objects(data):
        yield before + text
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
