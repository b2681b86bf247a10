"""JSON Lines: one object a line; docs/json.md documents those of events."""

from collections.abc import Iterator

from msgspec.json import Encoder

from agenda.formats import Data
from agenda.text.safe import INVISIBLE

# Characters that JSON may leave as they are, but that some terminals obey: DEL, and marks that reverse text.
_ESCAPED = {code: f"\\u{code:04x}" for code in (0x7F, *INVISIBLE)}


def lines(data: Data) -> Iterator[str]:
    """A line for each object."""
    return (f"{text}\n" for text in encode_objects(data))


def encode_objects(data: Data) -> Iterator[str]:
    """Each object in one line, without its end."""
    encoder = Encoder(enc_hook=str)  # for `ForeignText`
    for value in data.objects():
        text = encoder.encode(value).decode()
        if "\x7f" in text or not (text.isascii() or text.isprintable()):  # seldom so; `translate` is slow
            text = text.translate(_ESCAPED)
        yield text
