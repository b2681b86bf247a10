"""Any text made safe to show: in one line, in lines, and in quotation marks for messages."""

import re

INVISIBLE = dict.fromkeys(
    [
        *range(0x80, 0xA0),  # C1 controls: some terminals obey them
        *(0x200E, 0x200F, 0x061C),  # marks of direction,
        *range(0x202A, 0x202F),  # overrides of direction
        *range(0x2066, 0x206A),  # and isolates, which can show text in another order than it has
        0xFEFF,
    ]
)
_VISIBLE = (
    INVISIBLE
    | {code: 0x2400 + code for code in range(0x20)}  # ESC becomes ␛, and so on
    | {0x7F: "␡", 0x85: " ", 0x2028: " ", 0x2029: " "}
)
_LINE_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"
_MAX_QUOTED_CHARACTERS = 80
"""Characters of a text that a message quotes; of names of files, more, since their ends tell them apart."""
_MAX_PATH_CHARACTERS = 400
_MAX_LINE_CHARACTERS = 5_000
"""Characters of a line that is told: the longest of ours list all fields, or start with the whole name of a file."""
_BREAKS = r"[\t\n\r\x85\u2028\u2029]+"
_SPACES = r"[ \t\n\r\x85\u2028\u2029]+"


def one_line(text: str) -> str:
    """`text` in one line: white space of any kind is one space, and controls are shown as pictures or removed."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return re.sub(_SPACES, " ", re.sub(_SPACES, " ", text).translate(_VISIBLE)).strip()


def split_lines(text: str) -> list[str]:
    """The lines of `text`, each safe to show: its controls as pictures, or removed."""
    return [line.expandtabs().rstrip().translate(_VISIBLE) for line in re.split(_LINE_BREAK, text)]


def make_visible(text: str) -> str:
    """`text` with every control as a picture, or removed; its spaces stay as they are."""
    return text.translate(_VISIBLE)


def quote(text: str) -> str:
    """`text` in quotation marks, in one line and safe, for a message; cut where it is very long. Its spaces are those
    that it has, since one at an end may be all that is wrong with it.
    """
    return f'"{_cut(make_visible(re.sub(_BREAKS, " ", text)), _MAX_QUOTED_CHARACTERS)}"'


def shorten(text: str, most: int = _MAX_QUOTED_CHARACTERS) -> str:
    """`text` in one line and safe, for a message; cut to `most` characters."""
    return _cut(one_line(text), most)


def _cut(shown: str, most: int) -> str:
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"


def quote_path(path: str) -> str:
    """The name of a file, in quotation marks, safe; where it is very long, without its middle."""
    shown = make_visible(path)
    if len(shown) > _MAX_PATH_CHARACTERS:
        shown = f"{shown[: _MAX_PATH_CHARACTERS // 2]}…{shown[-_MAX_PATH_CHARACTERS // 2 + 1 :]}"
    return f'"{shown}"'


def safe_message(message: str) -> str:
    """A message as it may reach a terminal: each of its lines safe, and cut where it is longer than any of ours.

    What a message quotes is cut by `quote`, `shorten` or `quote_path`, so that the rest of it can still be read; this
    is the door behind them, through which every message leaves.
    """
    return "\n".join(line[:_MAX_LINE_CHARACTERS] for line in split_lines(message))
