"""The changes of one array or table in brackets: entries go and come, and a comma stands between those that are there.

Each entry owns the comma that follows it. The last one has none, unless it had one before: then the last one of the new
entries has one, too. Entries that have lines of their own get and give back whole lines; comments stay where they are.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from agenda.agendafile.cuts import (
    Cut,
    ends_line,
    ends_line_but_for_comment,
    line_end,
    line_start,
    next_line,
    skip_blanks,
    starts_line,
)
from agenda.errors import KeyPath


class Entry(Struct, frozen=True, kw_only=True):
    """An item of an array, or a key of a table with its value: the path of that value, the offsets from which and up to
    which it stands, and the offset behind the comma that follows; None where none does.
    """

    path: KeyPath
    start: int
    end: int
    comma: int | None


class Brackets:
    """The changes of what stands between the brackets of which the first ends at the offset `opening`."""

    def __init__(self, text: str, opening: int, entries: Sequence[Entry], newline: str) -> None:
        self._text = text
        self._opening = opening
        self.entries = tuple(entries)
        """What stands there, as it is without the changes."""
        self._newline = newline
        self._deleted: set[KeyPath] = set()
        self._added: list[tuple[int, str]] = []

    def delete(self, path: KeyPath) -> None:
        """Take away what stands at the path, or below it."""
        self._deleted.add(path)

    def add(self, written: str, after: int) -> None:
        """Add an entry behind the one with that index, which may go; -1 adds it in front of all."""
        self._added.append((after, written))

    def cuts(self) -> Iterator[Cut]:
        """The cuts that make all the changes."""
        added = sorted(self._added, key=lambda addition: addition[0])
        gone = self._gone()
        if added and not self.entries:
            yield self._first([written for _, written in added])
            return
        if added and len(gone) == len(self.entries):
            gone.remove(0)
            yield Cut(self.entries[0].start, self.entries[0].end, added.pop(0)[1])
        kept = [index for index in range(len(self.entries)) if index not in gone]
        kept_ones = set(kept)
        placed: dict[int, list[str]] = {}
        for after, written in added:
            place = bisect_right(kept, after) - 1
            placed.setdefault(kept[place] if place >= 0 else -1, []).append(written)
        last = kept[-1] if kept else -1
        comma = self.entries[-1].comma if self.entries else None
        if kept and last not in placed and comma is None and (own := self.entries[last].comma) is not None:
            yield Cut(own - 1, own, "")
        for after, entries in placed.items():
            if after < 0:
                yield self._in_front(kept[0], entries)
            else:
                yield from self._behind(after, entries, kept_ones, ends_with_comma=after != last or comma is not None)
        for first, end in self._runs(gone):
            yield from self._delete_run(first, end)

    def _gone(self) -> set[int]:
        """The indices of the entries that go."""
        if not self._deleted:  # as where one key of each of thousands of events changes
            return set()
        return {index for index, entry in enumerate(self.entries) if self._is_deleted(entry.path)}

    def _is_deleted(self, path: KeyPath) -> bool:
        return any(path[:length] in self._deleted for length in range(len(path), 0, -1))

    def _first(self, entries: Sequence[str]) -> Cut:
        """The entries of what was empty."""
        space = " " if self._text[self._opening - 1] == "{" else ""
        return Cut(self._opening, self._opening, f"{space}{', '.join(entries)}{space}")

    def _in_front(self, index: int, entries: Sequence[str]) -> Cut:
        """Entries that come in front of that one, in its line, or each in one of its own where that one starts it."""
        start = self.entries[index].start
        if not starts_line(self._text, start):
            return Cut(start, start, "".join(f"{written}, " for written in entries))
        line = line_start(self._text, start)
        indent = self._text[line:start]
        return Cut(line, line, "".join(f"{indent}{written},{self._newline}" for written in entries))

    def _behind(self, index: int, entries: Sequence[str], kept: set[int], *, ends_with_comma: bool) -> Iterator[Cut]:
        """Entries that come behind that one, in its line, or each in one of its own where that one has one."""
        entry = self.entries[index]
        place = entry.end if entry.comma is None else entry.comma
        if index + 1 in kept and "\n" not in self._text[place : self.entries[index + 1].start]:
            yield self._in_front(index + 1, entries)
            return
        if entry.comma is None:
            yield Cut(entry.end, entry.end, ",")
        before = " "
        if starts_line(self._text, entry.start) and ends_line_but_for_comment(self._text, place):
            before = self._newline + self._text[line_start(self._text, entry.start) : entry.start]
            place = line_end(self._text, place)
        written = ",".join(f"{before}{written}" for written in entries)
        yield Cut(place, place, f"{written}," if ends_with_comma else written)

    def _runs(self, gone: set[int]) -> Iterator[tuple[int, int]]:
        """The first and the last index of entries beside each other that go, with no comment between them."""
        first = None
        for index in sorted(gone):
            first = index if first is None else first
            is_last = index + 1 not in gone
            if is_last or "#" in self._text[self.entries[index].end : self.entries[index + 1].start]:
                yield first, index
                first = None

    def _delete_run(self, first: int, last: int) -> Iterator[Cut]:
        text, start, end, comma = (
            self._text,
            self.entries[first].start,
            self.entries[last].end,
            self.entries[last].comma,
        )
        if comma is not None and "#" in text[end:comma]:
            yield Cut(comma - 1, comma, "")
        elif comma is not None:
            end = comma
        rest = skip_blanks(text, end)
        line = line_start(text, start)
        if starts_line(text, start) and ends_line(text, end):
            yield Cut(line, next_line(text, end), "")
        elif starts_line(text, start) or not text.startswith(("\r", "\n", "#", "]", "}"), rest):
            yield Cut(start, rest, "")
        else:
            yield Cut(line + len(text[line:start].rstrip(" \t")), end, "")
