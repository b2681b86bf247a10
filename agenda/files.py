"""Files that are read: whole, and within bounds."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from agenda.errors import FileError
from agenda.text import quote_path

STDIN = "-"
_LARGEST = 100 * 10**6
"""Bytes: several hundred thousand events. What is larger may have no end, as /dev/zero."""


def read_stdin() -> bytes:
    """All of standard input; FileError where it cannot be read."""
    if sys.stdin is None:
        raise FileError("standard input is closed")
    try:
        return _bounded(sys.stdin.buffer, "standard input")
    except OSError as error:
        raise FileError(f"standard input cannot be read: {os.strerror(error.errno or 0)}") from None


def read_file(name: str, wanted: str) -> bytes:
    """What is in the file of that name, or standard input where it is `-`; FileError where it cannot be read.

    `wanted` says in messages what kind of file is.
    """
    if name == STDIN:
        return read_stdin()
    if not name:
        raise FileError(f"the name of the file is empty; name {wanted}")
    try:
        with Path(name).open("rb") as file:
            return _bounded(file, quote_path(name))
    except FileNotFoundError:
        raise FileError(f"there is no file {quote_path(name)}") from None
    except IsADirectoryError:
        raise FileError(f"{quote_path(name)} is a folder; name {wanted}") from None
    except OSError as error:
        raise FileError(f"{quote_path(name)} cannot be read: {os.strerror(error.errno or 0)}") from None


def _bounded(file: BinaryIO, called: str) -> bytes:
    content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        most = f"{_LARGEST // 10**6} MB"
        raise FileError(f"{called} is larger than {most}, which is the most that is read; split it into several files")
    return content
