"""JSON that people hand over, and where it is broken: the line, the column, and what would be right."""

import json
import re
from typing import Any

from agenda.errors import DataError, Diagnostic
from agenda.text import one_line

_TRAILING_COMMA = re.compile(r",\s*[}\]]")
_BETWEEN = re.compile(r"\s*,?\s*")
_AT_OBJECT = re.compile(r"(?P<what>.*) - at `\$\[(?P<index>\d+)\](?P<key>.*)`", re.DOTALL)
"""What msgspec says of a value in one of several objects."""
CUT = "it ends before all that was opened is closed; get it anew, since it is cut"
_UNCLOSED = "the text that begins here is not closed on its line; close it, or get the file anew if it is cut"
_COMMA = "a comma stands before the bracket that closes; take it out"
_APOSTROPHE = "texts and names are between double quotation marks; write those"
_VALUE = "a text between double quotation marks, a number, true, false, null, a list or an object"
TOO_DEEP = "it has too many things within each other"


def decode_json(content: bytes, shown: str) -> str:
    """The text of a file of JSON, which is called `shown` in messages, in UTF-8, or in UTF-16 with its mark.

    Raises DataError at the first byte that is not of its encoding.
    """
    encoding = json.detect_encoding(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore")
        wrong = f"the byte 0x{content[error.start]:02X} is not {encoding.upper()}; save the file as UTF-8"
        raise _faulty(before, len(before), wrong, shown=shown) from None


def parse_json(text: str, shown: str) -> Any:
    """The value of JSON in a file. Raises DataError at the place where it is broken."""
    try:
        return json.loads(text)
    except (RecursionError, ValueError) as error:
        raise _broken(text, error, shown=shown) from None


def explain_records(text: str, shown: str, message: str) -> DataError:
    """What is wrong with objects in a list, or one after the other, of which msgspec gives that message: where they are
    no JSON, or else at the object that is not as it should be.
    """
    found = _AT_OBJECT.fullmatch(message)
    offset, index = (text.index("[") + 1 if text.lstrip().startswith("[") else 0), 0
    try:
        while found is None or index < int(found["index"]):
            offset = _next_value(text, offset)
            if offset == len(text) or text[offset] == "]":
                break
            offset, index = json.JSONDecoder().raw_decode(text, offset)[1], index + 1
        if found is None:
            json.loads(text)
    except (RecursionError, ValueError) as error:
        return _broken(text, error, shown=shown)
    what = f"{found['key'].lstrip('.') or 'it'}: {found['what']}" if found else message
    wrong = f"object {index + 1:,} is not as `agenda list --format json` writes it: {one_line(what)}"
    return _faulty(text, _next_value(text, offset), wrong, shown=shown)


def _next_value(text: str, offset: int) -> int:
    """Where the next value begins, behind blanks and a comma."""
    return _BETWEEN.match(text, offset).end()  # type: ignore[union-attr]


def _broken(text: str, error: RecursionError | ValueError, *, shown: str) -> DataError:
    place, why = 0, str(error)  # as of a number of thousands of digits
    if isinstance(error, json.JSONDecodeError):
        place, why = _explain(text, error)
    elif isinstance(error, RecursionError):
        why = TOO_DEEP
    return _faulty(text, place, f"this JSON cannot be read: {why}", shown=shown)


def _explain(text: str, error: json.JSONDecodeError) -> tuple[int, str]:
    """The place of what is wrong, in characters from 0, and what it is."""
    before = text[: error.pos].rstrip()
    if not text[error.pos :].strip():
        return len(text.rstrip()), CUT
    if error.msg.startswith("Unterminated string"):
        return error.pos, _UNCLOSED
    comma = error.pos if text[error.pos] == "," else len(before) - 1
    if comma >= 0 and _TRAILING_COMMA.match(text, comma):
        return comma, _COMMA
    if text[error.pos] == "'":
        return error.pos, _APOSTROPHE
    if error.msg == "Expecting value":
        return error.pos, f"{error.msg}: {_VALUE}"
    return error.pos, error.msg


def _faulty(text: str, offset: int, message: str, *, shown: str) -> DataError:
    line, column = 1 + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset)
    return DataError([Diagnostic(shown, line, column, message)])
