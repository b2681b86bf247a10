"""The unified diff of cuts in a text, as `diff -u` has it, at a cost that grows with the text and with the cuts alone.

Two texts of which nothing is known are compared line by line with line, which takes minutes for thousands of changes.
Here the cuts tell which lines have changed, and only the few lines of one place are compared with each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from io import StringIO
from itertools import chain

from msgspec import Struct

from agenda.agendafile.cuts import Cut, line_start, next_line

_CONTEXT = 3
"""Lines that are told around each change."""
_MAX_COMPARED_PAIRS = 250_000
"""Pairs of lines that are compared in one diff; past that, all lines of a place are told as gone, and as new."""


class _Change(Struct, frozen=True):
    """The lines that take the place of those from `start` up to `end`, which are counted from 0."""

    start: int
    end: int
    lines: Sequence[str]


def unified_diff(text: str, cuts: Iterable[Cut], shown: str) -> list[str]:
    """The unified diff of a text, which is called `shown`, and of the same with these cuts made, which are in the order
    of the text and do not overlap: its lines with their line breaks.
    """
    lines = _split(text)
    diff = [f"--- {shown}\n", f"+++ {shown}\n"]
    more = 0
    for group in _near(_changes(text, cuts)):
        first, last = max(0, group[0].start - _CONTEXT), min(len(lines), group[-1].end + _CONTEXT)
        added = sum(len(change.lines) - (change.end - change.start) for change in group)
        before, after = _write_range(first, last), _write_range(first + more, last + more + added)
        diff.append(f"@@ -{before} +{after} @@\n")
        diff += chain.from_iterable(_write_group(lines, group, first, last))
        more += added
    return diff if diff[2:] else []


def _write_range(first: int, end: int) -> str:
    """The lines from `first` up to `end`, counted from 0, as they are counted in the head of a hunk: from 1, and from
    the line before where there are none.
    """
    match end - first:
        case 0:
            return f"{first},0"
        case 1:
            return f"{first + 1}"
        case count:
            return f"{first + 1},{count}"


def _write_group(lines: Sequence[str], group: Sequence[_Change], first: int, last: int) -> Iterator[Iterator[str]]:
    """The lines of a hunk, from `first` up to `last`."""
    done = first
    for change in group:
        yield _mark(" ", lines[done : change.start])
        yield _mark("-", lines[change.start : change.end])
        yield _mark("+", change.lines)
        done = change.end
    yield _mark(" ", lines[done:last])


def _mark(sign: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines with what has become of them."""
    for line in lines:
        yield f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _near(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """The changes in groups, each of those that are so near to each other that what is told around them meets."""
    group: list[_Change] = []
    lines: list[str] = []  # of the last change of the group, to which thousands of others may be joined
    for change in changes:
        if group and change.start - group[-1].end > 2 * _CONTEXT:
            yield group
            group = []
        if group and change.start == group[-1].end:
            lines += change.lines
            group[-1] = _Change(group[-1].start, change.end, lines)
        else:
            lines = [*change.lines]
            group.append(_Change(change.start, change.end, lines))
    if group:
        yield group


def _changes(text: str, cuts: Iterable[Cut]) -> Iterator[_Change]:
    """The lines that differ, in their order."""
    pairs_left = _MAX_COMPARED_PAIRS
    number = counted = 0  # the number of the line that starts at that offset
    for cut in _whole_lines(text, cuts):
        number += text.count("\n", counted, cut.start)
        counted = cut.start
        old, new = _split(text[cut.start : cut.end]), _split(cut.text)
        # A new event ends with what an old one begins with, such as [[events]]: so the ends are compared first.
        both = _count_same(reversed(old), reversed(new))
        old, new = old[: len(old) - both], new[: len(new) - both]
        both = _count_same(old, new)
        old, new = old[both:], new[both:]
        first = number + both
        pairs = len(old) * len(new)
        if 1 < pairs <= pairs_left:
            pairs_left -= pairs
            for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new).get_opcodes():
                if kind != "equal":
                    yield _Change(first + start, first + end, new[new_start:new_end])
        elif old or new:
            yield _Change(first, first + len(old), new)


def _whole_lines(text: str, cuts: Iterable[Cut]) -> Iterator[Cut]:
    """The same cuts as cuts of whole lines: one for all those that are in the same lines."""
    start = done = end = 0
    parts: list[str] = []
    for cut in cuts:
        if not parts or cut.start >= end:
            if parts:
                yield Cut(start, end, "".join((*parts, text[done:end])))
            parts.clear()
            start = done = line_start(text, cut.start)
        parts += [text[done : cut.start], cut.text]
        done = cut.end
        if not parts or done >= end:
            end = next_line(text, done)
    if parts:
        yield Cut(start, end, "".join((*parts, text[done:end])))


def _count_same(one: Iterable[str], other: Iterable[str]) -> int:
    """How many lines are the same, from the first one on."""
    count = 0
    for line, other_line in zip(one, other, strict=False):
        if line != other_line:
            break
        count += 1
    return count


def _split(text: str) -> list[str]:
    """The lines of a text with their line breaks, which are those of TOML, and no others of Unicode."""
    return [*StringIO(text, newline="\n")]
