"""Files as they were read before, by their content: a text of the same bytes is the same agenda.

What is kept is the content of a file that had no mistakes, and its shape, which takes a fifth of the time of its TOML
to read. A file that cannot be kept, for want of a folder, of a right or of room, is read as if nothing were ever kept.
"""

import os
import re
import stat
import sys
from contextlib import suppress
from datetime import date, datetime, time
from itertools import accumulate
from pathlib import Path
from warnings import warn
from zlib import crc32

import msgspec

from agenda.agendafile.schema import FileTable
from agenda.agendafile.values import DateOrTime, DateOrTimeOrClock
from agenda.limits import MAX_FILE_BYTES
from agenda.version import __version__

_MAX_KEPT = 16
"""The most files that are kept: those that were used last."""
_MAX_KEPT_BYTES = 500 * 10**6
"""The most bytes of all kept files together; the last one is kept in any case."""

_MAX_BYTES = 3 * MAX_FILE_BYTES
"""A larger file in the folder is not ours: the shape that we keep is not much larger than the content."""
_CHECKSUM_BYTES = 4
_NAME = r"[0-9a-f]{8}(\.[0-9]+)?"
"""The names of our files, and of those that are still being written; any other file in the folder is left alone."""
_BINARY = getattr(os, "O_BINARY", 0)
"""Without this flag, Windows writes two bytes for one that looks like a line break; other systems lack it."""
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
"""With this flag, opening a pipe does not wait for somebody to write to it; Windows lacks it."""


def find_kept(folder: Path, content: bytes) -> FileTable | None:
    """The shape of a file with that content, if it is kept in the folder."""
    head = _head(content)
    path = _path(folder, head)
    try:
        # Whoever can write to the folder may put a pipe there, which would never come to an end.
        with open(os.open(path, os.O_RDONLY | _BINARY | _AT_ONCE), "rb") as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
                return None
            kept = file.read()
        os.utime(path)  # it is used last now
    except OSError:
        return None
    # Another content may have a name by chance, and somebody, or a failing disk, may have spoiled what is there.
    encoded = kept[len(head) : -_CHECKSUM_BYTES]
    if not kept.startswith(head) or kept[-_CHECKSUM_BYTES:] != _checksum(encoded):
        return None
    try:
        return msgspec.msgpack.decode(encoded, type=FileTable, dec_hook=_decode_moment)
    except msgspec.MsgspecError as error:  # whole, but of another shape: tests take the warning for an error
        warn(f"{path} is not read: {error}", ResourceWarning, stacklevel=2)
        return None


def keep(folder: Path, content: bytes, file: FileTable) -> None:
    """Keep the shape of a file with that content, where the folder takes it, in the place of what was used longest
    ago. Another process sees it whole or not at all.
    """
    encoded = msgspec.msgpack.encode(file, enc_hook=lambda moment: moment.value.isoformat())  # with its offset
    head = _head(content)
    path = _path(folder, head)
    new = path.with_suffix(f".{os.getpid()}")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb") as written:  # noqa: PTH123
            written.writelines((head, encoded, _checksum(encoded)))
        new.replace(path)
        ours = [(entry, entry.lstat()) for entry in folder.iterdir() if re.fullmatch(_NAME, entry.name)]
        ours.sort(key=lambda kept: kept[1].st_mtime_ns, reverse=True)
        sizes = accumulate(status.st_size for _, status in ours)
        for number, ((old, _), size) in enumerate(zip(ours, sizes, strict=True)):
            if number >= _MAX_KEPT or (number and size > _MAX_KEPT_BYTES):
                old.unlink()
    except OSError:
        with suppress(OSError):
            new.unlink()


def _head(content: bytes) -> bytes:
    """How a file of ours starts that has this content: with all that decides what is read in it, so that no other does.
    A checksum would be shorter, but those that no two contents have take a short run longer than all of its TOML.
    """
    return f"{__version__}, {msgspec.__version__}, {sys.version}, {len(content)}\n".encode() + content


def _path(folder: Path, head: bytes) -> Path:
    return folder / f"{crc32(head):08x}"


def _checksum(encoded: bytes) -> bytes:
    return crc32(encoded).to_bytes(_CHECKSUM_BYTES, "big")


def _decode_moment(kind: type, text: str) -> DateOrTime | DateOrTimeOrClock:
    if "T" in text:
        value: date | datetime | time = datetime.fromisoformat(text)
    else:
        value = (time if ":" in text else date).fromisoformat(text)
    moment: DateOrTime | DateOrTimeOrClock = kind(value)
    return moment
