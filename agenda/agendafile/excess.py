"""What a text has too much of for the parser of TOML: brackets within each other, parts of a key, or digits."""

import re
import sys

from agenda.limits import MAX_KEY_PARTS, MAX_NESTED_BRACKETS

# Each alternative takes something of any text, whether or not a quote is closed, so that the work stays linear.
_TOKEN = re.compile(
    r'''(?P<string>"""(?:[^"\\]+|\\.|"(?!""))*(?:"{3,5})?|"(?:[^"\\\n]+|\\.)*"?'''
    r"""|'''.*?(?:'{3,5}|\Z)|'[^'\n]*'?)"""
    r"""|#[^\n]*|(?P<sign>[\[\]{}=,\n])|(?P<word>[^\s\[\]{}=,#"']+)""",
    re.DOTALL,
)
_INTEGER = re.compile(r"[+-]?([1-9][0-9_]*+)(?!\.[0-9]|[eE][+-]?[0-9])")
"""What Python takes for a whole number in base ten; in other bases, and in fractions, it takes any number of digits."""

_TOO_DEEP = (
    f"more than {MAX_NESTED_BRACKETS} lists and tables stand here within each other; "
    "those of an agenda are at most five deep"
)
_TOO_MANY_DIGITS = "this number has more than {most:,} digits; no number here has so many"
_TOO_MANY_PARTS = f"this key has more than {MAX_KEY_PARTS} parts with dots between them; no key here has so many"


def find_excess(text: str) -> tuple[int, str] | None:
    """The offset of the first thing in the text of which there is too much, and what is wrong with it; None where there
    is no such thing. What stands in strings and comments is none. The text is TOML up to that place.
    """
    brackets: list[str] = []
    is_value = False  # whether a value comes next, rather than a key or a header
    key_start, dots = None, 0
    for token in _TOKEN.finditer(text):
        written, offset, kind = token[0], token.start(), token.lastgroup
        if kind == "sign":
            key_start, dots = None, 0
            if written in "[{" and is_value:
                brackets.append(written)
                if len(brackets) > MAX_NESTED_BRACKETS:
                    return offset, _TOO_DEEP
            elif written in "]}" and brackets:
                brackets.pop()
            if written != "\n" or not brackets:
                is_value = written == "=" or (written in "[," and brackets[-1:] == ["["])
        elif is_value:
            if kind == "word" and (most := _max_digits(written)):
                return offset, _TOO_MANY_DIGITS.format(most=most)
            is_value = not kind  # a comment may stand before it
        elif kind:
            key_start = offset if key_start is None else key_start
            dots += written.count(".") if kind == "word" else 0
            if dots >= MAX_KEY_PARTS:
                return key_start, _TOO_MANY_PARTS
    return None


def _max_digits(written: str) -> int:
    """The most digits of a number that Python reads, where this one has more; otherwise 0."""
    number = _INTEGER.match(written)
    most = sys.get_int_max_str_digits()
    return most if number and len(number[1].replace("_", "")) > most else 0
