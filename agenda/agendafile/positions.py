"""Where things stand in a TOML document: line and column of every key and value.

tomli proves a document valid but tells no positions, so this scanner reads the text a second time. As the
text is known to be valid, it looks only for the ends of tokens and never asks what they mean. The constants
are named after the rules of the grammar (TOML v1.1.0, `toml.abnf`) that they match.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import tomli

from agenda.errors import KeyPath

# Each loop below has one way to go on, so that the work stays linear in the text. Groups repeat possessively
# (`*+`) only where the body fails at its first character or not at all, else lazily (`*?`): Python before
# 3.11.5 gets the rest wrong (gh-100061, gh-106052).
WS_COMMENT_NEWLINE = re.compile(r"[ \t\r\n]*+(?:#[^\n]*+[ \t\r\n]*+)*+")
UNQUOTED_KEY = r"[A-Za-z0-9_-]++"
BASIC_STRING = r'"(?:\\?+.[^"\\]*+)*?"'
LITERAL_STRING = r"'[^']*+'"
# A run of three to five quotes ends a multi-line string: up to two of them still belong to what it says.
ML_BASIC_STRING = r'"""(?:\\?+.[^"\\]*+)*?"{3,5}+'
ML_LITERAL_STRING = r"'''.*?'{3,5}+"
# A number, a boolean, a date or a time. Only between a date and its time is there a space within a value.
PLAIN_SCALAR = r"[^ \t\r\n,\]}#]++(?: [0-9][^ \t\r\n,\]}#]*+)?"
# Most of a document is made of these two, so each is one match rather than several: a key without dots and quotes, and
# a scalar with what follows it up to the next token, past a comma.
BARE_KEY_AND_EQUALS_SIGN = re.compile(rf"({UNQUOTED_KEY})[ \t]*+=[ \t]*+(?=[^ \t\r\n#])")
SIMPLE_KEY = re.compile(f"{UNQUOTED_KEY}|{BASIC_STRING}|{LITERAL_STRING}")
SCALAR = f"{ML_BASIC_STRING}|{ML_LITERAL_STRING}|{BASIC_STRING}|{LITERAL_STRING}|{PLAIN_SCALAR}"
SCALAR_AND_COMMA = re.compile(f"({SCALAR}){WS_COMMENT_NEWLINE.pattern}(?:,{WS_COMMENT_NEWLINE.pattern})?", re.DOTALL)
# Most sections are made of these, so each of them is one match as long as nobody asks what is in it.
_ONE_LINE_STRING = r'"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"' + r"|'(?!'')[^'\n]*+'"
_IN_BRACKETS = rf"""[^\[\]{{}}"'#]++|#[^\n]*+|{_ONE_LINE_STRING}"""
_BRACKETS = rf"[\[{{](?:{_IN_BRACKETS}|[\[{{](?:{_IN_BRACKETS})*[\]}}])*[\]}}]"
_KEY_AND_EQUALS_SIGN = r"[A-Za-z0-9_.-]++[ \t]*+=[ \t]*+"
_VALUE = rf"""(?:[^ \t\r\n,\]}}#"'\[{{]++(?: [0-9][^ \t\r\n,\]}}#]*+)?|{_ONE_LINE_STRING}|{_BRACKETS})"""
PLAIN_STATEMENTS = re.compile(
    f"{WS_COMMENT_NEWLINE.pattern}(?:{_KEY_AND_EQUALS_SIGN}{_VALUE}{WS_COMMENT_NEWLINE.pattern})*"
)


class Position(NamedTuple):
    """A place in the text: line and column, both from 1; a column is one character (code point)."""

    line: int
    column: int


class Header(NamedTuple):
    """A header, from the offset `start` up to `end`, and the path of the table that it opens."""

    path: KeyPath
    start: int
    end: int


@dataclass(slots=True, eq=False, repr=False)
class _Node:
    """What stands at one path: the offsets of its key, of its value and of the end of that, and what it holds. A table
    that headers or dotted keys make has no value of its own: its end is where its value starts.

    A tree of these, and not a table of whole paths, keeps memory linear even under very long headers. `unread` are the
    text, and the offset in it, of statements that are read only when somebody asks what the table holds: a change of
    one event among thousands asks that of few tables.
    """

    key: int
    value: int
    end: int
    is_defined: bool = True  # not so for a table that only headers of tables within it mention
    is_array: bool = False
    unread: tuple[str, int] | None = None
    _children: dict[str | int, "_Node"] = field(default_factory=dict)

    @property
    def children(self) -> dict[str | int, "_Node"]:
        """What it holds, by keys or by indices, in the order of the text."""
        if self.unread is not None:
            (text, offset), self.unread = self.unread, None
            _read_statements(text, offset, self)
        return self._children

    def child(self, part: str | int, offset: int, *, defines: bool = True) -> "_Node":
        """The node one step further, which the text at `offset` defines or only mentions."""
        child = self.children.get(part)
        if child is None:
            child = self.children[part] = _Node(offset, offset, offset, is_defined=defines)
        elif defines and not child.is_defined:
            child.key, child.value, child.end, child.is_defined = offset, offset, offset, True
        return child


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Positions:
    """The positions in one text, as `locate` found them. A path is the keys and indices that lead from the root of the
    document to a value. If the text does not hold a path, the answer is the position of the longest part of it that the
    text does hold; the empty path stands at line 1, column 1.
    """

    _root: _Node
    _line_starts: tuple[int, ...]
    sections: tuple[Header, ...]

    def of_key(self, path: KeyPath) -> Position:
        """Where the key stands by which `path` ends.

        Of a table under a header, this is the last part of the key in that header; of an element of an array
        of tables, its `[[`; of any other item of an array, the item itself. Where a table is mentioned more
        than once, its own header or first dotted key is preferred to the headers of tables within it, else
        the first mention (TOML v1.1.0, "Table", says which of them define a table).
        """
        return self._position(self._node(path).key)

    def of_value(self, path: KeyPath) -> Position:
        """Where the value at `path` starts; for a table made by headers or dotted keys, the same as `of_key`."""
        return self._position(self._node(path).value)

    def holds(self, path: KeyPath) -> bool:
        """Whether the text has a key or an item by that path."""
        return self._find(path) is not None

    def value_span(self, path: KeyPath) -> tuple[int, int] | None:
        """The offsets from which and up to which the value at `path` stands; None where there is none, and where it is
        a table, or an array of tables, that headers or dotted keys make.
        """
        node = self._find(path)
        return (node.value, node.end) if node is not None and node.end > node.value else None

    def key_offset(self, path: KeyPath) -> int:
        """The offset of what `of_key` gives."""
        return self._node(path).key

    def brackets_around(self, path: KeyPath) -> KeyPath | None:
        """The path of the innermost array or table in brackets that holds what is, or would be, at `path`; None where
        none does.
        """
        around: KeyPath | None = None
        node = self._root
        for place, part in enumerate(path):
            if node.end > node.value:
                around = path[:place]
            child = node.children.get(part)
            if child is None:
                break
            node = child
        return around

    def names_in(self, path: KeyPath) -> Collection[str | int]:
        """The keys, or the indices, of what the table or the array at `path` holds, in the order of the text."""
        node = self._find(path)
        return node.children.keys() if node is not None else ()

    def key_offsets_in(self, path: KeyPath) -> Iterator[tuple[int, str | int]]:
        """What `key_offset` gives of each of these, with the key or the index."""
        node = self._find(path)
        return ((child.key, name) for name, child in node.children.items()) if node is not None else iter(())

    def last_name_in(self, path: KeyPath) -> str | int | None:
        """The last of these; None where there is none."""
        node = self._find(path)
        return next(reversed(node.children), None) if node is not None else None

    def _find(self, path: KeyPath) -> _Node | None:
        node = self._root
        for part in path:
            child = node.children.get(part)
            if child is None:
                return None
            node = child
        return node

    def _node(self, path: KeyPath) -> _Node:
        node = self._root
        for part in path:
            child = node.children.get(part)
            if child is None:
                break
            node = child
        return node

    def _position(self, offset: int) -> Position:
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)


def locate(text: str) -> Positions:
    """Where every key and every value in `text` stands, found in time linear in its length.

    `text` is a document that tomli accepts, without a byte order mark; of any other the outcome is open.
    """
    root = table = _Node(0, 0, 0)
    sections: list[Header] = []
    start = 0
    while True:
        offset = _end(PLAIN_STATEMENTS, text, start)
        if offset == len(text) or text[offset] == "[":
            table.unread = text, start
        else:
            offset = _read_statements(text, start, table)
        if offset == len(text):
            break
        table, section = _read_header(text, offset, root)
        sections.append(section)
        start = section.end
    return Positions(root, (0, *(newline.end() for newline in re.finditer("\n", text))), tuple(sections))


def _read_statements(text: str, offset: int, table: _Node) -> int:
    """Read the keys and the values of a table from that offset on, up to the next header: the offset of that, or of the
    end.
    """
    scopes = [table]  # then the arrays and inline tables now open
    offset = _end(WS_COMMENT_NEWLINE, text, offset)
    while offset < len(text):
        node = scopes[-1]
        if text[offset] == "[" and node is table:
            break
        if text[offset] in ",]}":
            if text[offset] != "," and node is not table:
                scopes.pop().end = offset + 1
            offset += 1
        else:
            if node.is_array:
                node = node.child(len(node.children), offset)
            elif bare := BARE_KEY_AND_EQUALS_SIGN.match(text, offset):
                node = node.child(bare[1], offset)
                offset = bare.end()
            else:
                parts, equals_sign = read_key(text, offset)
                for name, start in parts:
                    node = node.child(name, start)
                offset = _end(WS_COMMENT_NEWLINE, text, equals_sign + 1)
            node.value = offset
            if text.startswith(("[", "{"), offset):
                node.is_array = text[offset] == "["
                scopes.append(node)
                offset += 1
            elif scalar := SCALAR_AND_COMMA.match(text, offset):
                node.end, offset = scalar.end(1), scalar.end()
                continue
            else:
                raise _invalid(offset)
        offset = _end(WS_COMMENT_NEWLINE, text, offset)
    return offset


def _read_header(text: str, offset: int, root: _Node) -> tuple[_Node, Header]:
    """Read `[key]` or `[[key]]`: the table that it opens, and the section of that."""
    is_array = text.startswith("[[", offset)
    width = 2 if is_array else 1
    parts, end = read_key(text, offset + width)
    table = root
    path: list[str | int] = []
    for name, start in parts[:-1]:
        path.append(name)
        table = table.child(name, start, defines=False)
        if table.is_array:  # in a header, the name of an array of tables means its last element
            path.append(len(table.children) - 1)
            table = table.children[len(table.children) - 1]
    name, start = parts[-1]
    path.append(name)
    table = table.child(name, start)
    if is_array:
        table.is_array = True
        path.append(len(table.children))
        table = table.child(len(table.children), offset)
    return table, Header(tuple(path), offset, end + width)


def read_key(text: str, offset: int) -> tuple[list[tuple[str, int]], int]:
    """Read a key, dotted or not: its parts, each with its offset, and the offset of what follows the key."""
    if bare := BARE_KEY_AND_EQUALS_SIGN.match(text, offset):
        return [(bare[1], offset)], text.index("=", bare.end(1))
    parts = []
    while True:
        start = _end(WS_COMMENT_NEWLINE, text, offset)
        end = key_end(text, start)
        key = text[start:end]
        parts.append((next(iter(tomli.loads(f"{key}=0"))) if key[0] in "\"'" else key, start))
        offset = _end(WS_COMMENT_NEWLINE, text, end)
        if not text.startswith(".", offset):
            return parts, offset
        offset += 1


def key_end(text: str, start: int) -> int:
    """Where the key without dots ends that starts there; raises ValueError where none does."""
    return _end(SIMPLE_KEY, text, start)


def _end(token: re.Pattern[str], text: str, offset: int) -> int:
    match = token.match(text, offset)
    if match is None:
        raise _invalid(offset)
    return match.end()


def _invalid(offset: int) -> ValueError:
    return ValueError(f"not valid TOML at character {offset}")
