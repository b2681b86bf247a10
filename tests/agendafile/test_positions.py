"""Every key and value of a TOML document is found where it stands.

The examples show one rule each. The property writes generated values in syntax chosen at random, notes where
it put what, and asks for the same places back; tomli judges whether the notes are true.
"""

import string
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import TypeAlias

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile.positions import Position, locate
from agenda.errors import KeyPath

DATASET = """\
title = "Agenda"  # not = "this"
\towner . "e-mail".'at home' = 1

[cities.Osaka]
zone = 'Asia/Tokyo'

[[events]]
title = "First"
city = [
    "Osaka",  # ] , "
    [1, {x = 2}],
]
when = [1979-05-27 07:32, 1979-05-28 ]

[[events]]
place = {
    hall = "A", # }
    seat.row = 7,
}
[[events.talks]]
[[events.talks]]
name = 'last'
[events.host]
"n\\u0061me" = 0
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        ((), (1, 1), (1, 1)),
        (("title",), (1, 1), (1, 9)),
        (("owner",), (2, 2), (2, 2)),
        (("owner", "e-mail"), (2, 10), (2, 10)),
        (("owner", "e-mail", "at home"), (2, 19), (2, 31)),
        (("cities",), (4, 2), (4, 2)),
        (("cities", "Osaka"), (4, 9), (4, 9)),
        (("cities", "Osaka", "zone"), (5, 1), (5, 8)),
        (("events",), (7, 3), (7, 3)),
        (("events", 0), (7, 1), (7, 1)),
        (("events", 0, "title"), (8, 1), (8, 9)),
        (("events", 0, "city"), (9, 1), (9, 8)),
        (("events", 0, "city", 0), (10, 5), (10, 5)),
        (("events", 0, "city", 1), (11, 5), (11, 5)),
        (("events", 0, "city", 1, 0), (11, 6), (11, 6)),
        (("events", 0, "city", 1, 1), (11, 9), (11, 9)),
        (("events", 0, "city", 1, 1, "x"), (11, 10), (11, 14)),
        (("events", 0, "when"), (13, 1), (13, 8)),
        (("events", 0, "when", 1), (13, 27), (13, 27)),
        (("events", 1), (15, 1), (15, 1)),
        (("events", 1, "place"), (16, 1), (16, 9)),
        (("events", 1, "place", "hall"), (17, 5), (17, 12)),
        (("events", 1, "place", "seat"), (18, 5), (18, 5)),
        (("events", 1, "place", "seat", "row"), (18, 10), (18, 16)),
        (("events", 1, "talks"), (20, 10), (20, 10)),
        (("events", 1, "talks", 0), (20, 1), (20, 1)),
        (("events", 1, "talks", 1), (21, 1), (21, 1)),
        (("events", 1, "talks", 1, "name"), (22, 1), (22, 8)),
        (("events", 1, "host"), (23, 9), (23, 9)),
        (("events", 1, "host", "name"), (24, 1), (24, 15)),
    ],
)
def test_each_rule_in_one_document(path: KeyPath, key: tuple[int, int], value: tuple[int, int]) -> None:
    """Headers, dotted keys, arrays, inline tables and arrays of tables, each where a reader would point."""
    positions = locate(DATASET)
    assert positions.of_key(path) == Position(*key)
    assert positions.of_value(path) == Position(*value)


@pytest.mark.parametrize(
    ("path", "held"),
    [
        (("nobody",), ()),
        (("title", "deeper"), ("title",)),
        (("events", 2, "title"), ("events",)),
        (("events", -1), ("events",)),
        (("events", "0"), ("events",)),
        (("events", 0, "city", 1, 1, "y", 0), ("events", 0, "city", 1, 1)),
    ],
)
def test_a_path_not_held_stands_where_its_longest_held_part_does(path: KeyPath, held: KeyPath) -> None:
    """Of a missing key, what should hold it is the place to look at."""
    positions = locate(DATASET)
    assert positions.of_key(path) == positions.of_key(held)
    assert positions.of_value(path) == positions.of_value(held)


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("[a.b]\n[a]", ("a",), (2, 2)),
        ("[a.b]\n[a.c]", ("a",), (1, 2)),
        ("[a]\n[a.b]", ("a",), (1, 2)),
        ("[[a.b]]\n[a]", ("a",), (2, 2)),
        ("[a.b.c]\n[a]\nb.d = 1", ("a", "b"), (3, 1)),
        ("[a]\nb.c = 1\n[a.b.d]", ("a", "b"), (2, 1)),
        ("a.b = 1\na.c = 2", ("a",), (1, 1)),
        ("a = {b.c = 1, b.d = 2}", ("a", "b"), (1, 6)),
        ("[[a]]\n[[a]]", ("a",), (1, 3)),
        ("[[a]]\n[[a.b.c]]\n[[a]]\n[[a.b.c]]", ("a", 1, "b"), (4, 5)),
        ("[[a]]\n[[a.b.c]]\n[[a]]\n[[a.b.c]]", ("a", 1, "b", "c", 0), (4, 1)),
    ],
)
def test_where_a_table_mentioned_again_stands(text: str, path: KeyPath, place: tuple[int, int]) -> None:
    """What defines a table comes before what only mentions it, and the first before the rest."""
    assert path in dict(held_in(tomli.loads(text)))
    assert locate(text).of_key(path) == locate(text).of_value(path) == Position(*place)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        "# a comment with \" ' ''' \"\"\" [ { =\n",
        "\n \t\n",
        "''.'' = '\\'\n",
        "a = '''\n'''\n",
        "a = ''''''\n",
        "a = ''''two at either end: '''''\n",
        'a = "\\"#\\\\"\n',
        '"" = ""\n',
        'a = """"""\n',
        'a = """one at the end: """"\n',
        'a = """two at the end: """""\n',
        'a = """""two at the start, one escaped: \\""""\n',
        'a = """\\"""\\"" \\\\"""\n',
        'a = """\\  \n   \\x41 \\e \\\n"""\n',
        "a = [[], [ ], {}, { }, [{}, [{a = [\n# ]\n],\n}]]]#\n",
        "a = [1979-05-27 ,1979-05-27 07:32:00Z,1979-05-27t07:32,07:32 ]\n",
        "a = {b = 1979-05-27 }\n",
        "a = -inf# [\n",
        "a.\"b.c\".'d' = +1_0.0e-1\n",
        "1979-05-27 = 1\n3.14 = 2\n'3'.15=3\n",
        "true = false\nnan = nan\n",
        "a = 1\n[ a1 . \"]\" . ']' ]#]\n",
        "[[a]]\n[[ a ]] # [[\n",
    ],
)
def test_nothing_hides_what_comes_after(before: str, newline: str) -> None:
    """No string, comment, bracket or space makes the scanner lose its way."""
    text = (before + "last = [ 7 ]").replace("\n", newline)
    line = before.count("\n") + 1
    path = next(path for path, _ in held_in(tomli.loads(text)) if path[-1] == "last")
    positions = locate(text)
    assert positions.of_key(path) == (line, 1)
    assert positions.of_value(path) == (line, 8)
    assert positions.of_key((*path, 0)) == (line, 10)


def test_columns_count_characters_and_only_newlines_end_lines() -> None:
    """A column is a code point; Unicode has line separators that TOML does not know."""
    positions = locate("# \x85 \u2028\na = 'e\u0301 \u2029'\n\t\"\\u00e9\" = ['\U0001f600', 2]")
    assert positions.of_value(("a",)) == (2, 5)
    assert positions.of_key(("\u00e9",)) == (3, 2)
    assert positions.of_value(("\u00e9", 1)) == (3, 19)


def test_an_empty_document_holds_the_root_alone() -> None:
    """Every path stands at the start of an empty text."""
    assert locate("").of_key(()) == locate("").of_value(("a", 0)) == (1, 1)


def test_text_cut_off_is_an_error_and_no_endless_loop() -> None:
    """The scanner trusts that the text is valid, but not with the program's life."""
    with pytest.raises(ValueError, match="character 4"):
        locate("a = ")


@pytest.mark.slow
@pytest.mark.parametrize(
    "before",
    [
        'a = "' + "x" * 1_000_000 + '"',
        'a = "' + '\\"' * 1_000_000 + '"',
        'a = """' + '""\n\\"' * 200_000 + '"""""',
        "a = '''" + "''\n" * 300_000 + "'''''",
        "a = [1" + "  # ]\n" * 200_000 + "]",
        "[" + ".".join("a" * 1_000) + "]\n" + "".join(f"k{number} = 1\n" for number in range(50_000)) + "[b]",
        "a = " + "[" * 100_000 + "]" * 100_000,
    ],
    ids=["plain", "escapes", "quotes", "apostrophes", "comments", "long header", "nested"],
)
def test_a_long_text_is_read_to_its_end(before: str) -> None:
    """Work that grew with the square of the length would not end here in any bearable time."""
    text = before + "\nlast = 7"
    path = ("b", "last") if "\n[b]" in before else ("last",)
    assert locate(text).of_value(path) == (text.count("\n") + 1, 8)


@pytest.mark.slow
def test_many_events_are_all_found() -> None:
    """Positions stay right over many lines, of a dataset far larger than any real one."""
    count = 50_000
    events = (f"[[events]]\ntitle = 'Event {number}'\ncity = ['a', 'b']\n" for number in range(count))
    positions = locate("".join(events))
    for number in range(0, count, 1_000):
        assert positions.of_key(("events", number)) == (3 * number + 1, 1)
        assert positions.of_value(("events", number, "city", 1)) == (3 * number + 3, 14)


# ---------------------------------------------------------------------------------------- the property


class Plain(str):
    """A scalar that is no string, as it is spelled."""

    __slots__ = ()


Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Table: TypeAlias = dict[str, Value]
Section: TypeAlias = tuple[KeyPath, Table, str]  # the path of a table, the table, and the brackets of its header

NEVER_IN_LONG_STRINGS = {chr(code) for code in (*range(32), 127)} - {"\t", "\n"}
NEVER_IN_STRINGS = NEVER_IN_LONG_STRINGS | {"\n"}
MOST_QUOTES = 2  # in a row, within a long string
ESCAPES = dict(zip('\b\t\n\f\r\x1b"\\', r'btnfre"\\', strict=False))
COMMENTS = ["", "", "#", "# \" '", "#'''", '#"""', "# ] } , = .", "#[a]", "#\t[[a]] \N{SNOWMAN}"]

CHARACTERS = "ab\"'\\#[]{}=., \t\n\r\0\x1b\x7f\x85\N{SNOWMAN}\N{PILE OF POO}\u2028"
ENDINGS = st.sampled_from(["", "", '"', '""', "'", "''", "\\", "\n", '"#'])
TEXTS = st.builds(str.__add__, st.text(CHARACTERS, max_size=5), ENDINGS)
NAMES = st.sampled_from(["a", "b", "-", "3", "1979-05-27", "true", "3.14", "", "a.b"]) | TEXTS
PLAIN = st.sampled_from(
    [
        *("true", "false", "0", "+1_000", "-17", "0xDEAD_beef", "0o755", "0b11"),
        *("1e5", "-0.0", "6.26E-3", "inf", "+inf", "-inf", "nan", "-nan"),
        *("1979-05-27", "07:32", "07:32:00.5", "1979-05-27T07:32", "1979-05-27t07:32:00z"),
        *("1979-05-27 07:32Z", "1979-05-27T00:32:00.999999-07:00"),
    ]
)
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat(" "))
SCALARS = TEXTS | st.one_of(PLAIN, MOMENTS, st.integers().map(str), st.floats().map(repr)).map(Plain)


def containers(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    """Tables and arrays of such values, arrays of tables among them."""
    tables: st.SearchStrategy[Value] = st.dictionaries(NAMES, inner, max_size=3)
    return tables | st.lists(tables, min_size=1, max_size=3) | st.lists(inner, max_size=3)


DOCUMENTS = st.dictionaries(NAMES, containers(st.recursive(SCALARS, containers, max_leaves=8)), max_size=3)


def held_in(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Give every path within a parsed value, with what stands there."""
    parts: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    for part, inner in parts:
        yield (*path, part), inner
        yield from held_in(inner, (*path, part))


class Writer:
    """Writes a document in syntax chosen at random, and notes the offsets at which it put things."""

    def __init__(self, choose: Random) -> None:
        self.choose = choose
        self.text = ""
        self.mentions: dict[KeyPath, int] = {}
        self.definitions: dict[KeyPath, int] = {}
        self.values: dict[KeyPath, slice] = {}

    def document(self, document: Table) -> None:
        """Write all of it, and note where all of it is."""
        self.section((), document, "")
        self.blank()
        self.text += self.choose.choice(COMMENTS)

    # -- tables

    def section(self, path: KeyPath, table: Table, brackets: str) -> None:
        """Write a table under its header, and before or after that the tables in it that get headers."""
        later: list[list[Section]] = []
        pairs = list(self.pairs(path, (), table, later))
        self.choose.shuffle(pairs)
        may_come_last = brackets == "[" and later != []
        if may_come_last and not pairs and self.chance():
            brackets = ""
        if may_come_last and self.chance():
            self.sections(later)
            self.header(path, brackets)
        else:
            self.header(path, brackets)
        for names, value in pairs:
            self.statement()
            self.pair(path, names, value)
        self.sections(later)

    def sections(self, later: list[list[Section]]) -> None:
        """Write the sections: the elements of one array in their order, all else in any."""
        while later:
            queue = self.choose.choice(later)
            self.section(*queue.pop(0))
            if not queue:
                later.remove(queue)

    def pairs(
        self, path: KeyPath, names: tuple[str, ...], table: Table, later: list[list[Section]] | None
    ) -> Iterator[tuple[tuple[str, ...], Value]]:
        """Give the lines of a table, some of them with dotted keys; put off what is to get a header."""
        for name, value in table.items():
            here = (*path, *names, name)
            tables = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
            if later is not None and isinstance(value, dict) and self.chance():
                later.append([(here, value, "[")])
            elif later is not None and tables and len(tables) == len(value) and self.chance():
                later.append([((*here, index), item, "[[") for index, item in enumerate(tables)])
            elif isinstance(value, dict) and value and self.chance():
                yield from self.pairs(path, (*names, name), value, later)
            else:
                yield (*names, name), value

    def header(self, path: KeyPath, brackets: str) -> None:
        """Write the header of the table at that path; without brackets, none."""
        if brackets:
            self.statement()
            if brackets == "[[":
                self.definitions[path] = len(self.text)
            self.text += brackets
            self.blank()
            paths = [path[: end + 1] for end, part in enumerate(path) if isinstance(part, str)]
            self.key(paths, self.mentions)
            self.blank()
            self.text += brackets.replace("[", "]")

    def pair(self, path: KeyPath, names: tuple[str, ...], value: Value) -> None:
        """Write a key, dotted or not, and its value."""
        paths = [(*path, *names[: end + 1]) for end in range(len(names))]
        self.key(paths, self.definitions)
        self.blank()
        self.text += "="
        self.blank()
        self.value(paths[-1], value)

    def key(self, paths: list[KeyPath], notes: dict[KeyPath, int]) -> None:
        """Write a key of as many parts as there are paths; the last is defined, the rest go to ``notes``."""
        for path in paths:
            if path is not paths[0]:
                self.blank()
                self.text += "."
                self.blank()
            (self.definitions if path is paths[-1] else notes).setdefault(path, len(self.text))
            name = str(path[-1])
            spellings = self.spellings(name)
            if name and set(name) <= {*string.ascii_letters, *string.digits, *"-_"}:
                spellings += [name, name]
            self.text += self.choose.choice(spellings)

    # -- values

    def value(self, path: KeyPath, value: Value) -> None:
        """Write a value in one of its spellings."""
        start = len(self.text)
        if isinstance(value, Plain):
            self.text += value
        elif isinstance(value, str):
            self.text += self.choose.choice(self.spellings(value) + self.long_spellings(value))
        elif isinstance(value, list):
            self.listed("[]", [partial(self.item, (*path, index), item) for index, item in enumerate(value)])
        else:
            pairs = list(self.pairs((), (), value, None))
            self.choose.shuffle(pairs)
            self.listed("{}", [partial(self.pair, path, *pair) for pair in pairs])
        self.values[path] = slice(start, len(self.text))

    def item(self, path: KeyPath, value: Value) -> None:
        """Write an item of an array, which has no key but itself."""
        self.definitions[path] = len(self.text)
        self.value(path, value)

    def listed(self, brackets: str, parts: list[Callable[[], None]]) -> None:
        """Write an array or an inline table out of its parts, with or without a trailing comma."""
        self.text += brackets[0]
        self.gap()
        for number, write in enumerate(parts, 1):
            write()
            self.gap()
            if number < len(parts) or self.chance():
                self.text += ","
                self.gap()
        self.text += brackets[1]

    def spellings(self, text: str) -> list[str]:
        """Spell a string on one line, in all ways that can say it."""
        basic = [self.character(char, raw=char not in NEVER_IN_STRINGS | {'"'}) for char in text]
        found = ['"' + "".join(basic) + '"']
        if not set(text) & (NEVER_IN_STRINGS | {"'"}):
            found.append(f"'{text}'")
        return found

    def long_spellings(self, text: str) -> list[str]:
        """Spell a string between three quotes, in all ways that can say it."""
        body, quotes = "", 0
        for char in text:
            if char not in " \t\n" and self.chance(0.1):
                body += "\\" + self.choose.choice(["\n", " \r\n \t", "\n\n  "])
                quotes = 0
            may_be_raw = quotes < MOST_QUOTES if char == '"' else char not in NEVER_IN_LONG_STRINGS
            spelled = self.character(char, raw=may_be_raw)
            quotes = quotes + 1 if spelled == '"' else 0
            body += spelled
        found = ['"""' + self.first_newline(body) + body + '"""']
        if "'''" not in text and not set(text) & NEVER_IN_LONG_STRINGS:
            body = "".join(self.choose.choice(["\n", "\r\n"]) if char == "\n" else char for char in text)
            found.append("'''" + self.first_newline(body) + body + "'''")
        return found

    def first_newline(self, body: str) -> str:
        """Give a newline that the parser drops: needed where the string itself starts with one."""
        return self.choose.choice(["\n", "\r\n", *([] if body.startswith(("\n", "\r")) else ["", ""])])

    def character(self, char: str, *, raw: bool) -> str:
        """Spell a character of a basic string, escaped if it must not or, at times, need not be raw."""
        if raw and char != "\\" and self.chance(0.8):
            return self.choose.choice(["\n", "\r\n"]) if char == "\n" else char
        escapes = [f"\\U{ord(char):08x}"]
        escapes += [f"\\u{ord(char):04X}"] if char <= "\uffff" else []
        escapes += [f"\\x{ord(char):02x}"] if char <= "\xff" else []
        escapes += [f"\\{ESCAPES[char]}"] * 3 if char in ESCAPES else []
        return self.choose.choice(escapes)

    # -- what means nothing

    def chance(self, share: float = 0.5) -> bool:
        """Decide by lot; the simplest draw, to which failures shrink, decides against."""
        return self.choose.random() > 1 - share

    def blank(self) -> None:
        """Write spaces and tabs, or none."""
        self.text += self.choose.choice(["", "", " ", " ", "\t "])

    def newline(self) -> None:
        """End a line, perhaps with a comment."""
        self.blank()
        self.text += self.choose.choice(COMMENTS) + self.choose.choice(["\n", "\r\n"])

    def gap(self) -> None:
        """Write what may stand between the parts of an array: line ends and comments too."""
        while self.chance(0.3):
            self.newline()
        self.blank()

    def statement(self) -> None:
        """Start a statement on a line of its own."""
        if self.text:
            self.newline()
        self.gap()


def place(text: str, offset: int) -> Position:
    """Count out the position of an offset, in another way than the scanner does."""
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


@pytest.mark.slow
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_every_key_and_value_is_found_where_written(document: Table, choose: Random) -> None:
    """What was written, and tomli agrees to have read, is found at the very offset where it was put."""
    writer = Writer(choose)
    writer.document(document)
    text = writer.text
    held = dict(held_in(tomli.loads(text)))
    keys = writer.mentions | writer.definitions
    positions = locate(text)
    assert held.keys() == keys.keys()
    for path, value in held.items():
        written = writer.values.get(path, slice(keys[path], None))
        assert positions.of_key(path) == place(text, keys[path])
        assert positions.of_value(path) == place(text, written.start)
        if path in writer.values:
            assert repr(tomli.loads(f"x = {text[written]}")["x"]) == repr(value)
