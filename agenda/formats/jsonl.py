"""JSON Lines: one object a line; docs/json.md documents those of events."""

from collections.abc import Iterator

from msgspec.json import Encoder

from agenda.formats import Data
from agenda.text import INVISIBLE

# What JSON need not escape, but some terminals obey: controls, and marks that turn the order of letters around.
_ESCAPED = {code: f"\\u{code:04x}" for code in (0x7F, *INVISIBLE)}


def lines(data: Data) -> Iterator[str]:
    """A line for each object."""
    return (f"{text}\n" for text in encode_objects(data))


def encode_objects(data: Data) -> Iterator[str]:
    """Each object in one line, without its end."""
    encoder = Encoder()
    for value in data.objects():
        text = encoder.encode(value).decode()
        if "\x7f" in text or not (text.isascii() or text.isprintable()):  # `translate` takes its time
            text = text.translate(_ESCAPED)
        yield text
