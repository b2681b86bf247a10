"""Changes of the text of a TOML file: each changes one key or one item, and every other byte stays as it is. They are
gathered and made together. `brackets` looks after the commas of lists and tables in brackets.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from agenda.agendafile.brackets import Brackets, Entry
from agenda.agendafile.cuts import (
    Cut,
    indent_of,
    is_behind_empty_line,
    line_end,
    line_start,
    next_line,
    settle_cuts,
    skip_blanks,
    skip_comments,
)
from agenda.agendafile.positions import Header, key_end, locate, read_key
from agenda.agendafile.write import write_key
from agenda.errors import KeyPath

_PARTS_OF_ITEM = 2
"""Parts of the path of an event, or of what a vocabulary declares."""
_PARTS_OF_PERSON = 4
"""Parts of the path of somebody in an event; no section of an agenda has a longer one."""
_COMMA = re.compile(r"[ \t\r\n]*+(?:#[^\n]*+[ \t\r\n]*+)*+,")


class Splice:
    """The changes of a text, which is a document that tomli accepts, without a byte order mark.

    Paths are keys and indices from the root of the document as it is before the changes. Values are given as they are
    to stand in TOML. No two changes may be of the same value.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._positions = locate(text)
        self._cuts: list[Cut] = []
        self._blocks: list[Cut] = []
        self._changes: dict[KeyPath, Brackets] = {}
        self.newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
        """The line break of the document, as its first line has it."""
        self._sections = self._positions.sections
        self._ends_of_sections: dict[KeyPath, int | None] = {}

    @cached_property
    def _section_ends(self) -> dict[int, int]:
        """Where sections end, by where they start."""
        starts = [section.start for section in self._sections]
        return dict(zip(starts, [*starts, len(self._text)][1:], strict=True))

    @cached_property
    def _section_of(self) -> dict[KeyPath, Header]:
        """The first section of each table."""
        return {section.path: section for section in reversed(self._sections)}

    @cached_property
    def _sections_by_start(self) -> dict[KeyPath, list[Header]]:
        """The sections of what is at each path of up to four parts, and of what is below it."""
        sections: dict[KeyPath, list[Header]] = {}
        for section in self._sections:
            for length in range(1, min(len(section.path), _PARTS_OF_PERSON) + 1):
                sections.setdefault(section.path[:length], []).append(section)
        return sections

    def value_text(self, path: KeyPath) -> str | None:
        """The value at `path` as it stands; None where `Positions.value_span` has none."""
        span = self._positions.value_span(path)
        return self._text[slice(*span)] if span else None

    def holds(self, path: KeyPath) -> bool:
        """Whether the text has a key or an item by that path."""
        return self._positions.holds(path)

    def set_value(self, path: KeyPath, value: str, order: Sequence[str] = ()) -> None:
        """Let the key at `path`, which is there, have that value. One that is a table of headers or dotted keys goes
        where `insert_key` has a new one.
        """
        span = self._positions.value_span(path)
        if span is not None:
            self._cuts.append(Cut(*span, value))
            return
        self.delete(path)
        self.insert_key(path, value, order)

    def insert_key(self, path: KeyPath, value: str, order: Sequence[str] = ()) -> None:
        """Add the key at `path` with that value, behind the last one that stands before it in `order`, the names of the
        keys of its table.
        """
        table, name = path[:-1], str(path[-1])
        brackets = self._positions.brackets_around(path)
        if brackets is not None:
            names = path[len(brackets) :]
            statement = f"{'.'.join(write_key(str(part)) for part in names)} = {value}"
            changes = self._changes_in(brackets)
            last, later = len(changes.entries) - 1, _keys_behind(str(names[0]), order)
            places = (at for at in range(last, -1, -1) if changes.entries[at].path[len(brackets)] not in later)
            changes.add(statement, next(places, -1))
            return
        statement = f"{write_key(name)} = {value}"
        section = self._section_of.get(table)
        if section is None:
            self._insert_beside(table, statement)
            return
        anchor = self._anchor(section, name, order)
        if anchor is None:
            self._cuts.append(self._line_after(section.end, statement))
            return
        offset, key = anchor
        self._cuts.append(self._line_after(self._end_of((*table, key)), f"{indent_of(self._text, offset)}{statement}"))

    def is_line(self, path: KeyPath) -> bool:
        """Whether a key has a value that stands on lines of its own, and in no brackets."""
        return self._positions.value_span(path) is not None and self._positions.brackets_around(path) is None

    def spread(self, path: KeyPath, values: Mapping[str, str]) -> None:
        """Let the key at `path`, which has lines of its own, be a table of these keys and values, as dotted keys."""
        key, end = self._positions.key_offset(path), self._end_of(path)
        first, *others = [f"{write_key(str(path[-1]))}.{write_key(name)} = {value}" for name, value in values.items()]
        self._cuts.append(Cut(key, end, first))
        if others:
            indent = indent_of(self._text, key)
            self._cuts.append(self._line_after(end, self.newline.join(f"{indent}{other}" for other in others)))

    def delete(self, path: KeyPath) -> None:
        """Take a key away, or an item of an array or of an array of tables."""
        brackets = self._positions.brackets_around(path)
        if brackets is not None:
            self._changes_in(brackets).delete(path)
            return
        self._cuts += [self._delete_sections(run, path) for run in self._runs_below(path)]
        for statement in self._statements_outside(path):
            start = line_start(self._text, self._positions.key_offset(statement))
            self._cuts.append(Cut(start, next_line(self._text, self._end_of(statement)), ""))

    def insert_item(self, path: KeyPath, value: str, after: int | None = None) -> None:
        """Add an item to the array in brackets at `path`, behind the item with the index `after`, -1 for in front of
        all, None for behind all.
        """
        changes = self._changes_in(path)
        changes.add(value, len(changes.entries) if after is None else after)

    def insert_table(self, path: KeyPath, lines: Sequence[str], after: int | None = None) -> None:
        """Add a table to the array of tables at `path`, or where it is an array in brackets, an inline table. `lines`
        are its keys with their values. It comes where `insert_item` has it.
        """
        if self._positions.value_span(path) is not None:
            self.insert_item(path, f"{{ {', '.join(lines)} }}", after)
            return
        header = f"[[{'.'.join(write_key(part) for part in path if isinstance(part, str))}]]"
        last = self._positions.last_name_in(path)
        if last is None:
            self._insert_block(self._block(header, lines), None)
            return
        item = (*path, last if after is None else max(after, 0))
        block = self._block(header, lines, like=item)
        start = self._start_with_comments(item)
        gap = self.newline if len(path) == 1 or is_behind_empty_line(self._text, start) else ""
        if after is None or after >= 0:
            self._insert_block(block, self._end_of_sections(item), gap)
        else:
            self._blocks.append(Cut(start, start, block + gap))

    def insert_section(self, path: KeyPath, header: str, lines: Sequence[str]) -> None:
        """Add a table under a header of its own, behind the other tables of the table that `path` leads to, with an
        empty line before it as those have it.
        """
        others = self._sections_below(path)
        is_apart = len(others) < 2 or is_behind_empty_line(self._text, self._start_with_comments(others[-1].path))  # noqa: PLR2004
        gap = self.newline if is_apart else ""
        self._insert_block(self._block(f"[{header}]", lines), self._end_of_sections(path), gap)

    def rename_key(self, path: KeyPath, key: str) -> None:
        """Let the last key of `path` be written as `key`, wherever it is mentioned."""
        is_inside = self._positions.value_span(path[:-1]) is not None
        mentions = [self._positions.key_offset(path)] if is_inside else self._mentions(path)
        self._cuts += [Cut(start, key_end(self._text, start), key) for start in mentions]

    def cuts(self) -> tuple[Cut, ...]:
        """The cuts that make all changes, in the order of the text and without overlaps. At one place, keys come before
        the tables that are new there.
        """
        inside = (cut for changes in self._changes.values() for cut in changes.cuts())
        return tuple(settle_cuts((*self._cuts, *inside, *self._blocks)))

    # --- What stands in brackets

    def _changes_in(self, path: KeyPath) -> Brackets:
        """The changes of the array or the table in brackets at `path`."""
        if path not in self._changes:
            start, end = self._span(path)
            entries = self._entries(path, start + 1, end - 1)
            self._changes[path] = Brackets(self._text, start + 1, [*entries], self.newline)
        return self._changes[path]

    def _entries(self, path: KeyPath, start: int, end: int) -> Iterator[Entry]:
        """What stands in the brackets at `path`, from `start` up to `end`."""
        is_array = self._text[start - 1] == "["
        index = 0
        while (start := skip_comments(self._text, start)) < end:
            name = (index,) if is_array else tuple(part for part, _ in read_key(self._text, start)[0])
            entry_end = self._end_of((*path, *name))
            comma = _COMMA.match(self._text, entry_end)
            entry = Entry(path=(*path, *name), start=start, end=entry_end, comma=comma.end() if comma else None)
            yield entry
            start = entry_end if entry.comma is None else entry.comma
            index += 1

    # --- Keys

    def _insert_beside(self, table: KeyPath, statement: str) -> None:
        """A key of a table without a header: behind the dotted keys that make it, else under a header of its own."""
        if not table:
            self._cuts.append(Cut(0, 0, f"{statement}{self.newline}"))
            return
        for child in reversed([*self._positions.names_in(table)]):
            key = self._positions.key_offset((*table, child))
            line = line_start(self._text, key)
            if not self._text.startswith("[", skip_blanks(self._text, line)):
                end = self._end_of((*table, child))
                self._cuts.append(self._line_after(end, f"{self._text[line:key]}{statement}"))
                return
        header = ".".join(write_key(str(part)) for part in table if isinstance(part, str))
        self.insert_section(table[:1], header, [statement])

    def _anchor(self, section: Header, name: str, order: Sequence[str]) -> tuple[int, str | int] | None:
        """The key of the section behind which a new one comes, with its offset; None where it comes first."""
        end, later = self._section_ends[section.start], _keys_behind(name, order)
        keys = self._positions.key_offsets_in(section.path)
        return max(((at, key) for at, key in keys if section.end <= at < end and key not in later), default=None)

    # --- What is deleted

    def _runs_below(self, path: KeyPath) -> list[list[Header]]:
        """The sections at or below `path`, together where they follow each other and are of one event or one entry of
        a vocabulary, since comments between them are of it too. Parts of an item, such as people, are each alone.
        """
        runs: list[list[Header]] = []
        for section in self._sections_below(path):
            if runs and len(path) == _PARTS_OF_ITEM and self._section_ends[runs[-1][-1].start] == section.start:
                runs[-1].append(section)
            else:
                runs.append([section])
        return runs

    def _delete_sections(self, sections: Sequence[Header], path: KeyPath) -> Cut:
        """Sections of what is at `path`, up to the end of the line of their last key, and the empty line before them.
        If there is none, they take the one behind them along, unless they are a part of an item, such as a person.
        """
        start = line_start(self._text, sections[0].start)
        end = next_line(self._text, self._end_of_section(sections[-1]))
        if is_behind_empty_line(self._text, start):
            start = line_start(self._text, start - 1)
        elif len(path) <= _PARTS_OF_ITEM and line_end(self._text, end) == end:
            end = next_line(self._text, end)
        return Cut(start, end, "")

    def _sections_below(self, path: KeyPath) -> list[Header]:
        near = self._sections_by_start.get(path[:_PARTS_OF_PERSON], [])
        if len(path) <= _PARTS_OF_PERSON:
            return near
        return [section for section in near if section.path[: len(path)] == path]

    def _statements_outside(self, path: KeyPath) -> Iterator[KeyPath]:
        """The keys with values at or below `path` that stand in no section of it."""
        sections = self._sections_below(path)
        if self._positions.value_span(path) is not None:
            if not self._is_inside(path, sections):
                yield path
            return
        for name in self._positions.names_in(path):
            yield from self._statements_outside((*path, name)) if not self._is_inside((*path, name), sections) else ()

    def _is_inside(self, path: KeyPath, sections: Sequence[Header]) -> bool:
        """Whether the key of `path` stands in one of the sections, which are in the order of the text."""
        offset = self._positions.key_offset(path)
        place = bisect_right(sections, offset, key=lambda section: section.start) - 1
        return place >= 0 and offset < self._section_ends[sections[place].start]

    # --- Blocks

    def _block(self, header: str, lines: Sequence[str], like: KeyPath = ()) -> str:
        """A section, indented as the one at the path `like` is."""
        indents = ["", ""]
        if section := self._section_of.get(like):
            keys = [self._positions.key_offset((*like, name)) for name in islice(self._positions.names_in(like), 1)]
            indents = [indent_of(self._text, offset) for offset in (section.start, *keys)]
        return "".join(
            f"{indent}{line}{self.newline}"
            for indent, line in zip((indents[0], *(indents[-1] for _ in lines)), (header, *lines), strict=True)
        )

    def _insert_block(self, block: str, end: int | None, gap: str | None = None) -> None:
        """A section behind the line of the offset `end`, else at the end of the text, with `gap` before it, which is an
        empty line unless given.
        """
        place = len(self._text) if end is None else next_line(self._text, end)
        gap = self.newline if gap is None else gap
        if not self._text.endswith("\n", 0, place):
            gap = self.newline + gap
        self._blocks.append(Cut(place, place, (gap if place else "") + block))

    def _start_with_comments(self, path: KeyPath) -> int:
        """Where the section at `path` starts, with the comments right above its header; those at the start of the file
        are of the file.
        """
        place = bisect_left(self._sections, self._section_of[path].start, key=lambda section: section.start)
        start = line_start(self._text, self._sections[place].start)
        if place == 0:
            return start
        end = next_line(self._text, self._end_of_section(self._sections[place - 1]))
        while start > end:
            line = line_start(self._text, start - 1)
            if not self._text.startswith("#", skip_blanks(self._text, line)):
                break
            start = line
        return start

    def _end_of_sections(self, path: KeyPath) -> int | None:
        """Where the last section at or below `path` ends; None where there is none."""
        if path not in self._ends_of_sections:
            ends = [self._end_of_section(section) for section in self._sections_below(path)]
            self._ends_of_sections[path] = max(ends, default=None)
        return self._ends_of_sections[path]

    def _end_of_section(self, section: Header) -> int:
        """The end of its last value, or of its header."""
        stop = self._section_ends[section.start]
        offset = section.end
        end = offset
        while (offset := skip_comments(self._text, offset)) < stop:
            path_end = self._statement_end(section.path, offset)
            offset = end = path_end
        return end

    def _statement_end(self, table: KeyPath, offset: int) -> int:
        """The end of the statement that begins at `offset` in the section of a table."""
        parts, _ = read_key(self._text, offset)
        return self._end_of((*table, *(name for name, _ in parts)))

    # --- Mentions of keys

    def _mentions(self, path: KeyPath) -> Iterator[int]:
        """Where the last key of `path` stands, in headers and in dotted keys."""
        depth = sum(isinstance(part, str) for part in path)
        for section in self._sections:
            if section.path[: len(path)] == path:
                width = 2 if self._text.startswith("[[", section.start) else 1
                parts, _ = read_key(self._text, section.start + width)
                yield parts[depth - 1][1]
        root = Header((), 0, 0)
        root_end = self._sections[0].start if self._sections else len(self._text)
        for section in (root, *self._sections):
            stop = self._section_ends[section.start] if section is not root else root_end
            if path[: len(section.path)] != section.path or len(section.path) >= len(path):
                continue
            offset = section.end
            while (offset := skip_comments(self._text, offset)) < stop:
                parts, _ = read_key(self._text, offset)
                full = (*section.path, *(name for name, _ in parts))
                if full[: len(path)] == path:
                    yield parts[len(path) - len(section.path) - 1][1]
                offset = self._end_of(full)

    # --- Places

    def _span(self, path: KeyPath) -> tuple[int, int]:
        return self._positions.value_span(path) or (self._positions.key_offset(path), self._positions.key_offset(path))

    def _end_of(self, path: KeyPath) -> int:
        """The end of the value at `path`, or of the last one below it."""
        span = self._positions.value_span(path)
        if span is not None:
            return span[1]
        ends = (self._end_of((*path, name)) for name in self._positions.names_in(path))
        return max(ends, default=self._positions.key_offset(path))

    def _line_after(self, offset: int, line: str) -> Cut:
        place = next_line(self._text, offset)
        is_ended = self._text.endswith("\n", 0, place)
        return Cut(place, place, f"{line}{self.newline}" if is_ended else f"{self.newline}{line}")


def _keys_behind(name: str, order: Sequence[str]) -> frozenset[str]:
    """Those of the keys that do not stand before that one: none where `order` does not name it."""
    return frozenset(order[order.index(name) :] if name in order else ())
