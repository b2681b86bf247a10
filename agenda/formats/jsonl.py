"""JSON Lines: one object an event, as docs/json.md documents it, and one line an object."""

from collections.abc import Iterable, Iterator

from msgspec.json import Encoder

from agenda.formats.record import record
from agenda.model import Occurrence
from agenda.text import INVISIBLE

# What JSON need not escape, but some terminals obey: controls, and marks that turn the order of letters around.
_ESCAPED = {code: f"\\u{code:04x}" for code in (0x7F, *INVISIBLE)}


def lines(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """A line for each occurrence."""
    encoder = Encoder()
    for occurrence in occurrences:
        yield encoder.encode(record(occurrence)).decode().translate(_ESCAPED) + "\n"
