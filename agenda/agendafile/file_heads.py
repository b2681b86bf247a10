"""The files that one agenda is of, where these are several: what each says of its own events, and places in them."""

from msgspec import Struct

from agenda.agendafile.schema import HeadTable
from agenda.errors import KeyPath

FILE = "file"
"""How the path of a place starts that is in another file than the first, followed by the file's number: `("file", 1,
"agenda", "revised")`.
"""


class FileHead(Struct, frozen=True):
    """The `[agenda]` of one of several files, and how many events the file has."""

    table: HeadTable
    events: int


def split_path(path: KeyPath) -> tuple[int, KeyPath]:
    """The number of the file that a path is in, which is 0 where it does not say, and the path there."""
    match path:
        case (str(first), int(number), *rest) if first == FILE:
            return number, tuple(rest)
    return 0, path
