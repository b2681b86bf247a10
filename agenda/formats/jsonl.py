"""JSON Lines: one object an event, as docs/json.md documents it, and one line an object."""

from collections.abc import Iterable, Iterator

from msgspec.json import Encoder

from agenda.formats.record import record
from agenda.model import Occurrence

# What JSON need not escape, but some terminals obey.
_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def lines(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """A line for each occurrence."""
    encoder = Encoder()
    for occurrence in occurrences:
        yield encoder.encode(record(occurrence)).decode().translate(_ESCAPED) + "\n"
