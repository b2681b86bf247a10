"""Tab-separated values: a line a row, no header, and no empty field, so that `cut` and `read` keep their places."""

from collections.abc import Iterator

from agenda.formats import Data

_LACKING = "-"


def lines(data: Data) -> Iterator[str]:
    """A line for each row; what is lacking is `-`."""
    for row in data.rows():
        yield "\t".join(field or _LACKING for field in row) + "\n"
