"""Cuts in a text, which change it in some places and leave every other character as it is, and where its lines end."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from agenda.agendafile.positions import WS_COMMENT_NEWLINE

BLANKS = re.compile(r"[ \t]*+")
_REST_OF_LINE = re.compile(r"[ \t]*+(?:#[^\n]*+)?")
_LINE_ENDS = ("\n", "\r\n")


class Cut(Struct, frozen=True):
    """The text that takes the place of what stands from the offset `start` up to `end`."""

    start: int
    end: int
    text: str


def settle_cuts(cuts: Iterable[Cut]) -> Iterator[Cut]:
    """The cuts in the order of the text, none of which overlap: of those at one place, the earlier one comes first;
    where two overlap, what each takes away is gone, and the text of the later one is left out.
    """
    last = 0
    for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end)):
        if cut.start >= last:
            yield cut
        elif cut.end > last:
            yield Cut(last, cut.end, "")
        last = max(last, cut.end)


def apply_cuts(text: str, cuts: Iterable[Cut]) -> str:
    """The text with all cuts made, which are as `settle_cuts` gives them."""
    parts = []
    last = 0
    for cut in cuts:
        parts += [text[last : cut.start], cut.text]
        last = cut.end
    return "".join((*parts, text[last:]))


def line_start(text: str, offset: int) -> int:
    """Where the line of the offset starts."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line of the offset ends, its line break left out."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def next_line(text: str, offset: int) -> int:
    """Where the line after that of the offset starts; the end of the text where there is none."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def skip_blanks(text: str, offset: int) -> int:
    """The offset behind the spaces and tabs that stand at this one."""
    match = BLANKS.match(text, offset)
    return match.end() if match else offset


def skip_comments(text: str, offset: int) -> int:
    """The offset behind the white space and the comments that stand at this one."""
    match = WS_COMMENT_NEWLINE.match(text, offset)
    return match.end() if match else offset


def indent_of(text: str, offset: int) -> str:
    """The spaces and tabs that the line of the offset starts with."""
    line = line_start(text, offset)
    return text[line : skip_blanks(text, line)]


def is_behind_empty_line(text: str, start: int) -> bool:
    """Whether the line that starts there has an empty one before it."""
    return text.endswith(("\n\n", "\n\r\n"), 0, start)


def starts_line(text: str, offset: int) -> bool:
    """Whether nothing but spaces and tabs stands before the offset in its line."""
    while offset and text[offset - 1] in " \t":  # what is before these may be a line as long as the file
        offset -= 1
    return offset == 0 or text[offset - 1] == "\n"


def ends_line(text: str, offset: int) -> bool:
    """Whether a line break follows, past spaces and tabs."""
    return text.startswith(_LINE_ENDS, skip_blanks(text, offset))


def ends_line_but_for_comment(text: str, offset: int) -> bool:
    """Whether a line break follows, past spaces, tabs and a comment."""
    match = _REST_OF_LINE.match(text, offset)
    return match is not None and match.end() >= line_end(text, offset)
