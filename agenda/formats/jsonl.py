"""JSON Lines: one object a line; docs/json.md documents those of events."""

from collections.abc import Iterator

from msgspec.json import Encoder

from agenda.formats import Data
from agenda.text import INVISIBLE

# What JSON need not escape, but some terminals obey: controls, and marks that turn the order of letters around.
_ESCAPED = {code: f"\\u{code:04x}" for code in (0x7F, *INVISIBLE)}


def lines(data: Data) -> Iterator[str]:
    """A line for each object."""
    encoder = Encoder()
    for value in data.objects():
        yield encoder.encode(value).decode().translate(_ESCAPED) + "\n"
