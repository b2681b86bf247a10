"""Files that are read: whole, within bounds, as text; and text that was typed, as a file has it."""

import codecs
import os
import sys
from pathlib import Path
from typing import BinaryIO

from agenda.errors import DataError, Diagnostic, FileError, UsageError
from agenda.limits import MAX_FILE_BYTES
from agenda.text.safe import quote, quote_path

STDIN = "-"
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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

    `wanted` says in messages what kind of file is wanted, such as `a TOML file`.
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


def decodable(content: bytes, shown: str, expected: str) -> bytes:
    """The content of a file, which is called `shown`, without the byte order mark of UTF-8.

    Raises DataError where it is UTF-16 or binary; `expected` says in the message what it should be.
    """
    if content.startswith(UTF_16_MARKS):
        raise DataError([Diagnostic(shown, 1, 1, "this file is UTF-16; save it as UTF-8")])
    if b"\0" in content:
        raise DataError([Diagnostic(shown, 1, 1, f"this is a binary file; {expected}")])
    return content.removeprefix(codecs.BOM_UTF8)


def decode_text(content: bytes, shown: str, encoding: str = "utf-8") -> str:
    """The text of a file, which is called `shown`; raises DataError at the first byte that is not of the encoding."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore")
        wrong = f"the byte 0x{content[error.start]:02X} is not {encoding.upper()}; save the file as UTF-8"
        raise error_at(before, len(before), wrong, shown=shown) from None


def error_at(text: str, offset: int, message: str, *, shown: str) -> DataError:
    """The error of a file, which is called `shown`, at that place in its text."""
    line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
    return DataError([Diagnostic(shown, line, column, message)])


def encode_typed(text: str) -> bytes:
    """The text in UTF-8. Raises UsageError, with its line, where it was typed in another encoding than that of the
    locale, so that some of its bytes are no characters.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        line = text[: error.start].rpartition("\n")[2] + text[error.start :].partition("\n")[0]
        raise UsageError(
            f"{quote(line.strip())} is no text in the encoding of this locale; type it anew, or set LANG=C.UTF-8"
        ) from None


def _bounded(file: BinaryIO, called: str) -> bytes:
    content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        most = f"{MAX_FILE_BYTES // 10**6} MB"
        raise FileError(f"{called} is larger than {most}, which is the most that is read; split it into several files")
    return content
