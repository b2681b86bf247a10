"""What one mistake in an agenda file is called, before its line is known."""

from msgspec import Struct

Path = tuple[str | int, ...]
"""Where a value stands in the plain tables: `("events", 3, "topics", 0)`."""


class Fault(Struct, frozen=True):
    """A mistake: where, what is wrong and what would be right; `at_key` if it is the key that is wrong rather than
    its value; `other`, where a second place belongs to it, to be told as the line of that place.
    """

    path: Path
    message: str
    at_key: bool = False
    other: Path | None = None
