"""Cuts in the text of a TOML file: each changes what one key or one item says, and leaves every other byte as it is.

The cuts of one change are made of one text and applied together; they do not overlap.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from agenda.agendafile.positions import SIMPLE_KEY, WS_COMMENT_NEWLINE, Header, locate, read_key
from agenda.agendafile.write import write_key
from agenda.errors import KeyPath

_BLANKS = re.compile(r"[ \t]*+")
_COMMA = re.compile(r"[ \t\r\n]*+(?:#[^\n]*+[ \t\r\n]*+)*+,")
_REST_OF_LINE = re.compile(r"[ \t]*+(?:#[^\n]*+)?")


class Cut(Struct, frozen=True):
    """The text that takes the place of what stands from the offset `start` up to `end`."""

    start: int
    end: int
    text: str


def apply_cuts(text: str, cuts: Iterable[Cut]) -> str:
    """The text with all cuts made. Of those at one place, the earlier one comes first. Where two overlap, what each
    takes away is gone, and the text of the later one is left out.
    """
    parts = []
    last = 0
    for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end)):
        if cut.start >= last:
            parts += [text[last : cut.start], cut.text]
        last = max(last, cut.end)
    return "".join((*parts, text[last:]))


class Splice:
    """The cuts that change a text, which is a document that tomli accepts, without a byte order mark.

    Paths are keys and indices from the root of the document. Values are given as they are to stand in TOML.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._positions = locate(text)
        self.newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
        """The line break of the document, as its first line has it."""
        starts = [section.start for section in self._positions.sections]
        self._sections = self._positions.sections
        self._section_ends = dict(zip(starts, [*starts, len(text)][1:], strict=True))
        self._section_of = {section.path: section for section in reversed(self._sections)}
        self._sections_of_item: dict[KeyPath, list[Header]] = {}
        for section in self._sections:
            self._sections_of_item.setdefault(section.path[:2], []).append(section)

    def value_text(self, path: KeyPath) -> str | None:
        """The value at `path` as it stands; None where `Positions.value_span` has none."""
        span = self._positions.value_span(path)
        return self._text[slice(*span)] if span else None

    def holds(self, path: KeyPath) -> bool:
        """Whether the text has a key or an item by that path."""
        return self._positions.holds(path)

    def set_value(self, path: KeyPath, value: str, order: Sequence[str] = ()) -> list[Cut]:
        """Let the key at `path` have that value. A key that is new comes behind the last one that stands before it in
        `order`, the names of the keys of its table.
        """
        span = self._positions.value_span(path)
        if span is not None:
            return [Cut(*span, value)]
        return (
            [*self.delete(path), *self._insert_key(path, value, order)]
            if self.holds(path)
            else self._insert_key(path, value, order)
        )

    def delete(self, path: KeyPath) -> list[Cut]:
        """Take a key away, or an item of an array or of an array of tables."""
        parent = self._positions.value_span(path[:-1])
        if parent is not None:
            return self._delete_entry(path)
        cuts = [self._delete_section(section) for section in self._sections_below(path)]
        return cuts + [self._delete_lines(statement) for statement in self._statements_outside(path)]

    def append_item(self, path: KeyPath, value: str) -> list[Cut]:
        """Add an item to the array at `path`, which is there."""
        span = self._positions.value_span(path)
        if span is None:
            raise ValueError(f"{path} is no array in brackets")
        items = self._positions.names_in(path)
        if not items:
            return [Cut(span[0] + 1, span[0] + 1, value)]
        _, end = self._span((*path, items[-1]))
        start, _ = self._span((*path, items[-1]))
        line = self._line_start(start)
        comma = self._comma_after(end)
        rest = self._line_end(comma or end)
        is_alone = not self._text[line:start].strip(" \t") and _end(_REST_OF_LINE, self._text, comma or end) >= rest
        if not is_alone:
            return [Cut(comma, comma, f" {value},") if comma else Cut(end, end, f", {value}")]
        new = f"{self.newline}{self._text[line:start]}{value}"
        if comma:
            return [Cut(rest, rest, f"{new},")]
        return [Cut(end, end, ","), Cut(rest, rest, new)] if rest > end else [Cut(end, end, f",{new}")]

    def insert_table(self, path: KeyPath, lines: Sequence[str], before: int | None = None) -> list[Cut]:
        """Add a table to the array of tables at `path`, or where it is an array in brackets, an inline table. `lines`
        are its keys with their values. It comes in front of the item `before`, else behind the last one.
        """
        if self._positions.value_span(path) is not None:
            return self.append_item(path, f"{{ {', '.join(lines)} }}")
        header = f"[[{'.'.join(map(str, path))}]]"
        items = self._positions.names_in(path)
        if before is not None and before > 0:
            items = items[:before]
        elif before == 0 and items:
            block = self._block(header, lines)
            start = self._start_of_first(path)
            return [Cut(start, start, block + self.newline)]
        return self._insert_block(header, lines, self._end_of_sections((*path, items[-1])) if items else None)

    def insert_section(self, path: KeyPath, header: str, lines: Sequence[str]) -> list[Cut]:
        """Add a table under a header of its own, behind the other tables of the table that `path` leads to."""
        return self._insert_block(f"[{header}]", lines, self._end_of_sections(path))

    def rename_key(self, path: KeyPath, key: str) -> list[Cut]:
        """Let the last key of `path` be written as `key`, wherever it is mentioned."""
        if self._positions.value_span(path[:-1]) is not None:
            start = self._positions.key_offset(path)
            return [Cut(start, self._key_end(start), key)]
        return [Cut(start, self._key_end(start), key) for start in self._mentions(path)]

    # --- Keys

    def _insert_key(self, path: KeyPath, value: str, order: Sequence[str]) -> list[Cut]:
        table, name = path[:-1], str(path[-1])
        statement = f"{write_key(name)} = {value}"
        span = self._positions.value_span(table)
        if span is not None:
            children = self._positions.names_in(table)
            if not children:
                return [Cut(span[0] + 1, span[0] + 1, f" {statement} ")]
            end = max(self._end_of((*table, child)) for child in children)
            return [Cut(end, end, f", {statement}")]
        section = self._section_of.get(table)
        if section is None:
            return self._insert_beside(table, statement)
        anchor = self._anchor(section, name, order)
        start = section.end if anchor is None else self._end_of(anchor)
        indent = "" if anchor is None else self._indent(self._positions.key_offset(anchor))
        return [self._line_after(start, f"{indent}{statement}")]

    def _insert_beside(self, table: KeyPath, statement: str) -> list[Cut]:
        """A key of a table without a header: behind the dotted keys that make it, else under a header of its own."""
        if table:
            for child in reversed(self._positions.names_in(table)):
                key = self._positions.key_offset((*table, child))
                line = self._line_start(key)
                if not self._text[line:].lstrip(" \t").startswith("["):
                    return [self._line_after(self._end_of((*table, child)), f"{self._text[line:key]}{statement}")]
        if not table:
            return [Cut(0, 0, f"{statement}{self.newline}")]
        header = ".".join(write_key(str(part)) for part in table if isinstance(part, str))
        return self.insert_section(table[:1], header, [statement])

    def _anchor(self, section: Header, name: str, order: Sequence[str]) -> KeyPath | None:
        """The key of the section behind which a new one comes; None where it comes first."""
        end = self._section_ends[section.start]
        keys = [
            child
            for child in self._positions.names_in(section.path)
            if section.end <= self._positions.key_offset((*section.path, child)) < end
        ]
        if name in order:
            before = order[: order.index(name)]
            keys = [key for key in keys if key in before or key not in order]
        if not keys:
            return None
        return (*section.path, max(keys, key=lambda key: self._positions.key_offset((*section.path, key))))

    # --- What is deleted

    def _delete_entry(self, path: KeyPath) -> list[Cut]:
        """An item of an array in brackets, or a key of an inline table, with one comma beside it; comments stay."""
        start, end = self._positions.key_offset(path), self._end_of(path)
        comma = self._comma_after(end)
        line, rest = self._line_start(start), self._next_line(comma or end)
        is_alone = not self._text[line:start].strip(" \t") and not self._text[comma or end : rest].strip(" \t\r\n")
        siblings = self._positions.names_in(path[:-1])
        place = siblings.index(path[-1])
        if comma and is_alone:
            return [Cut(line, rest, "")]
        if comma and place + 1 < len(siblings):
            return [Cut(start, _end(_BLANKS, self._text, comma), "")]
        if not place:
            return [Cut(line, rest, "")] if is_alone else [Cut(start, end if comma is None else comma, "")]
        before = self._end_of((*path[:-1], siblings[place - 1]))
        comma_before = self._comma_after(before) or before
        if "\n" not in self._text[before:start]:
            return [Cut(comma_before, comma, "") if comma else Cut(before, end, "")]
        own = Cut(line, rest, "") if is_alone else Cut(start, comma or end, "")
        return [own] if comma else [Cut(comma_before - 1, comma_before, ""), own]

    def _delete_section(self, section: Header) -> Cut:
        """A section, up to the end of the line of its last key, and one of the empty lines beside it."""
        start = self._line_start(section.start)
        end = self._next_line(self._end_of_section(section))
        before = self._text[:start]
        for blank in ("\r\n", "\n"):
            if before.endswith(f"\n{blank}"):
                return Cut(start - len(blank), end, "")
        for blank in ("\r\n", "\n"):
            if self._text.startswith(blank, end):
                return Cut(start, end + len(blank), "")
        return Cut(start, end, "")

    def _delete_lines(self, path: KeyPath) -> Cut:
        """The lines of a key with its value."""
        return Cut(self._line_start(self._positions.key_offset(path)), self._next_line(self._end_of(path)), "")

    def _sections_below(self, path: KeyPath) -> list[Header]:
        near = self._sections if len(path) < 2 else self._sections_of_item.get(path[:2], ())  # noqa: PLR2004
        return [section for section in near if section.path[: len(path)] == path]

    def _statements_outside(self, path: KeyPath) -> Iterator[KeyPath]:
        """The keys with values at or below `path` that stand in no section of it."""
        inside = [(section.start, self._section_ends[section.start]) for section in self._sections_below(path)]
        offset = self._positions.key_offset(path)
        if self._positions.value_span(path) is not None:
            if not any(start <= offset < end for start, end in inside):
                yield path
            return
        for name in self._positions.names_in(path):
            yield from self._statements_outside((*path, name)) if not self._is_inside((*path, name), inside) else ()

    def _is_inside(self, path: KeyPath, spans: Sequence[tuple[int, int]]) -> bool:
        offset = self._positions.key_offset(path)
        return any(start <= offset < end for start, end in spans)

    # --- Blocks

    def _block(self, header: str, lines: Sequence[str]) -> str:
        return "".join(f"{line}{self.newline}" for line in (header, *lines))

    def _insert_block(self, header: str, lines: Sequence[str], end: int | None) -> list[Cut]:
        """A section behind the line of the offset `end`, else at the end of the text, with an empty line before it."""
        place = len(self._text) if end is None else self._next_line(end)
        before = self._text[:place]
        gap = "" if not before else self.newline
        if before and not before.endswith("\n"):
            gap = self.newline * 2
        return [Cut(place, place, gap + self._block(header, lines))]

    def _start_of_first(self, path: KeyPath) -> int:
        return self._line_start(min(section.start for section in self._sections_below(path)))

    def _end_of_sections(self, path: KeyPath) -> int | None:
        """Where the last section at or below `path` ends; None where there is none."""
        ends = [self._end_of_section(section) for section in self._sections_below(path)]
        return max(ends, default=None)

    def _end_of_section(self, section: Header) -> int:
        """The end of its last value, or of its header."""
        stop = self._section_ends[section.start]
        offset = section.end
        end = offset
        while (offset := _skip(self._text, offset)) < stop:
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
        for section in (root, *self._sections):
            stop = self._section_ends.get(section.start, 0) if section is not root else self._root_end()
            if path[: len(section.path)] != section.path or len(section.path) >= len(path):
                continue
            offset = section.end
            while (offset := _skip(self._text, offset)) < stop:
                parts, _ = read_key(self._text, offset)
                full = (*section.path, *(name for name, _ in parts))
                if full[: len(path)] == path:
                    yield parts[len(path) - len(section.path) - 1][1]
                offset = self._end_of(full)

    def _root_end(self) -> int:
        return self._sections[0].start if self._sections else len(self._text)

    def _key_end(self, start: int) -> int:
        match = SIMPLE_KEY.match(self._text, start)
        return match.end() if match else start

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

    def _comma_after(self, end: int) -> int | None:
        """The offset behind the comma that follows, past blanks and comments; None where none does."""
        match = _COMMA.match(self._text, end)
        return match.end() if match else None

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        """Where the line of the offset ends, a comment that follows included, its line break not."""
        end = self._text.find("\n", offset)
        end = len(self._text) if end < 0 else end
        return end - 1 if end > offset and self._text[end - 1] == "\r" else end

    def _next_line(self, offset: int) -> int:
        end = self._text.find("\n", offset)
        return len(self._text) if end < 0 else end + 1

    def _indent(self, offset: int) -> str:
        line = self._line_start(offset)
        match = _BLANKS.match(self._text, line)
        return match[0] if match else ""

    def _line_after(self, offset: int, line: str) -> Cut:
        place = self._next_line(offset)
        if place == len(self._text) and not self._text.endswith("\n"):
            return Cut(place, place, f"{self.newline}{line}")
        return Cut(place, place, f"{line}{self.newline}")


def _skip(text: str, offset: int) -> int:
    return _end(WS_COMMENT_NEWLINE, text, offset)


def _end(token: re.Pattern[str], text: str, offset: int) -> int:
    """The end of a token that may be empty."""
    match = token.match(text, offset)
    return match.end() if match else offset
