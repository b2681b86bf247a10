"""JSON that people hand over, and where it is broken: the line, the column, and what would be right."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from agenda.errors import DataError
from agenda.files import decode_text, error_at
from agenda.interchange.result import CUT, TOO_DEEP
from agenda.text.safe import one_line
from agenda.text.sentences import join_words

_TRAILING_COMMA = re.compile(r",\s*[}\]]")
_BETWEEN = re.compile(r"\s*,?\s*")
_AT_BYTE = re.compile(r"JSON is malformed: (?P<what>.*) \(byte (?P<byte>\d+)\)")
"""What msgspec says of a text that is no JSON."""
_OTHER_KIND = re.compile("Expected `(?P<expected>[^`]+)`, got `(?P<given>[^`]+)`")
"""What msgspec says of a value of another kind."""
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
}
"""The kinds of values by the names that msgspec has for them; `null` is called so in JSON, too."""
_BLANKS = " " * len(r"\ud800")
"""What has to stand behind half of a surrogate pair, else msgspec says that the text is cut."""
_UNCLOSED = "the text that begins here is not closed on its line; close it, or get the file anew if it is cut"
_COMMA = "a comma stands before the bracket that closes; take it out"
_APOSTROPHE = "texts and names are between double quotation marks; write those"
_VALUE = "a text between double quotation marks, a number, true, false, null, a list or an object"


def decode_json(content: bytes, shown: str) -> str:
    """The text of a file of JSON, which is called `shown` in messages, in UTF-8, or in UTF-16 with its mark.

    Raises DataError at the first byte that is not of its encoding.
    """
    return decode_text(content, shown, json.detect_encoding(content))


def parse_json(text: str, shown: str) -> Any:
    """The value of JSON in a file. Raises DataError at the place where it is broken."""
    try:
        return json.loads(text)
    except (RecursionError, ValueError) as error:
        raise _broken(text, error, shown=shown) from None


def explain_records(text: str, shown: str, message: str, *, decode: Callable[[str], object]) -> DataError:
    """The error of a text of objects, in a list or one after the other, that msgspec refused with that message: at the
    first object that `decode` refuses with a MsgspecError, or where the text is no JSON.
    """
    try:
        for index, (start, end) in enumerate(_values(text)):
            try:
                decode(text[start:end] + _BLANKS)
            except msgspec.ValidationError as error:
                return _other_object(text, start, str(error), index=index, shown=shown)
            except msgspec.DecodeError as error:
                return _malformed(text, start, str(error), shown=shown)
        if _is_list(text):
            json.loads(text)
    except (RecursionError, ValueError) as error:
        return _broken(text, error, shown=shown)
    return _malformed(text, 0, message, shown=shown)


def _is_list(text: str) -> bool:
    return text.lstrip().startswith("[")


def _values(text: str) -> Iterator[tuple[int, int]]:
    """Where each value of a list begins and ends, or of those that stand one after the other. Raises what `json` does
    at one that is no JSON.
    """
    end = text.index("[") + 1 if _is_list(text) else 0
    while (start := _next_value(text, end)) < len(text) and text[start] != "]":
        end = json.JSONDecoder().raw_decode(text, start)[1]
        yield start, end


def _next_value(text: str, offset: int) -> int:
    """Where the next value begins, behind blanks and a comma."""
    return _BETWEEN.match(text, offset).end()  # type: ignore[union-attr]


def _other_object(text: str, start: int, message: str, *, index: int, shown: str) -> DataError:
    """What msgspec says of an object that begins at `start` and is JSON, but none of an event."""
    what, _, key = message.partition(" - at `$")
    name = key.rstrip("`").lstrip(".") or "it"
    kinds = _OTHER_KIND.fullmatch(what)
    wrong = f"{name}: {one_line(what)}"
    if kinds:
        right = join_words(_KINDS.get(kind, kind) for kind in kinds["expected"].split(" | "))
        wrong = f"{name} is {_KINDS.get(kinds['given'], kinds['given'])}, and must be {right}"
    told = f"object {index + 1:,} is not as `agenda list --format json` writes it: {wrong}"
    return error_at(text, start, told, shown=shown)


def _malformed(text: str, start: int, message: str, *, shown: str) -> DataError:
    """What msgspec says of JSON that begins at `start`, at the byte that it names; `json` may take it, as NaN."""
    malformed = _AT_BYTE.fullmatch(message)
    if malformed is None:
        return error_at(text, start, f"this JSON cannot be read: {one_line(message)}", shown=shown)
    before = text[start:].encode()[: int(malformed["byte"])].decode(errors="ignore")
    what = malformed["what"]
    why = f"{what}, where there may be {_VALUE}" if what == "invalid character" else what
    return error_at(text, start + len(before), f"this JSON cannot be read: {why}", shown=shown)


def _broken(text: str, error: RecursionError | ValueError, *, shown: str) -> DataError:
    place, why = 0, str(error)  # as of a number of thousands of digits
    if isinstance(error, json.JSONDecodeError):
        place, why = _explain(text, error)
    elif isinstance(error, RecursionError):
        why = TOO_DEEP
    return error_at(text, place, f"this JSON cannot be read: {why}", shown=shown)


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
