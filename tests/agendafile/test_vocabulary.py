"""The names that a file may use, and what each of them stands for."""

import pytest

from agenda.agendafile.names import Vocabulary
from agenda.agendafile.schema import TermTable
from agenda.errors import Problem
from agenda.model import Term

PATH = ("events", 0, "topics")


def vocabulary(declared: dict[str, tuple[str, ...]] | None) -> Vocabulary[Term]:
    """A vocabulary of topics: names with their aliases, or an open one for None."""
    tables = {name: TermTable(aliases=list(aliases)) for name, aliases in (declared or {}).items()}
    return Vocabulary(
        "topics",
        None if declared is None else tables,
        lambda name, table, _: Term(name, tuple(table.aliases)),
        lambda name, place: Term(f"{name} #{place}"),
    )


@pytest.fixture
def closed() -> Vocabulary[Term]:
    """Two topics, one with aliases."""
    return vocabulary({"life sciences": ("biotech", "ライフ"), "music": ()})


# --- Names


@pytest.mark.parametrize("name", ["life sciences", "biotech", "ライフ"])
def test_name_or_alias(closed: Vocabulary[Term], name: str) -> None:
    """All of them stand for the same."""
    faults: list[Problem] = []
    assert closed.resolve(name, PATH, faults) is closed.values[0]
    assert faults == []


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("musik", 'did you mean "music"?'),
        ("Music", 'did you mean "music"?'),
        ("bio-tech", 'did you mean "life sciences"?'),
        ("life science", 'did you mean "life sciences"?'),
        ("zzz", "use one that [topics] declares, or declare it there"),
    ],
)
def test_unknown_name(closed: Vocabulary[Term], name: str, right: str) -> None:
    """The nearest is suggested by its name, even where it is an alias that is near."""
    faults: list[Problem] = []
    assert closed.resolve(name, PATH, faults) is None
    assert faults == [Problem(PATH, f'no topic is called "{name}"; {right}')]


def test_unknown_name_stays_unknown(closed: Vocabulary[Term]) -> None:
    """Asking does not declare it."""
    faults: list[Problem] = []
    closed.resolve("jazz", PATH, faults)
    closed.resolve("jazz", PATH, faults)
    assert len(faults) == 2
    assert [term.name for term in closed.values] == ["life sciences", "music"]


def test_collecting_adds_nothing_to_a_closed_vocabulary(closed: Vocabulary[Term]) -> None:
    closed.collect(["jazz"])
    assert not closed.knows("jazz")


def test_looking_up_adds_nothing_to_an_open_vocabulary() -> None:
    opened = vocabulary(None)
    opened.resolve("jazz", PATH, [])
    assert opened.values == ()


def test_empty_vocabulary_is_closed() -> None:
    """To declare none is to declare."""
    faults: list[Problem] = []
    assert vocabulary({}).resolve("music", PATH, faults) is None
    assert len(faults) == 1


def test_open_vocabulary_grows() -> None:
    """Each new name that is collected gets how many there were before it, and keeps what it got."""
    opened = vocabulary(None)
    opened.collect(["music", "art", "music"])
    faults: list[Problem] = []
    first = [opened.resolve(name, PATH, faults) for name in ("music", "art", "music")]
    assert first == [Term("music #0"), Term("art #1"), Term("music #0")]
    assert opened.values == (Term("music #0"), Term("art #1"))
    assert faults == []


# --- Lists of names


def test_list_keeps_its_order(closed: Vocabulary[Term]) -> None:
    """That of the event, not of the vocabulary."""
    faults: list[Problem] = []
    entries = closed.resolve_each(["music", "biotech"], PATH, faults)
    assert [entry.name for entry in entries if entry] == ["music", "life sciences"]


def test_list_is_in_step_with_what_is_unknown(closed: Vocabulary[Term]) -> None:
    """Each at the place where it stands."""
    faults: list[Problem] = []
    entries = closed.resolve_each(["zzz", "music", "yyy"], PATH, faults)
    assert [entry and entry.name for entry in entries] == [None, "music", None]
    assert [fault.path for fault in faults] == [(*PATH, 0), (*PATH, 2)]


@pytest.mark.parametrize("again", ["music", "m"])
def test_named_twice(again: str) -> None:
    """By its name, or by an alias."""
    faults: list[Problem] = []
    entries = vocabulary({"music": ("m",)}).resolve_each(["music", again], PATH, faults)
    assert [entry and entry.name for entry in entries] == ["music", None]
    assert faults == [Problem((*PATH, 1), f'"{again}" is named twice; once is enough')]


def test_named_twice_in_an_open_vocabulary() -> None:
    """There it is once enough as well."""
    faults: list[Problem] = []
    opened = vocabulary(None)
    opened.collect(["music", "art"])
    opened.resolve_each(["music", "art", "music"], PATH, faults)
    assert [fault.path for fault in faults] == [(*PATH, 2)]


# --- Names that mean two


@pytest.mark.parametrize(
    ("declared", "path", "called", "owner"),
    [
        ({"a": ("x",), "b": ("x",)}, ("b", "aliases", 0), "x", "a"),
        ({"a": (), "b": ("y", "a")}, ("b", "aliases", 1), "a", "a"),
        ({"a": ("b",), "b": ()}, ("a", "aliases", 0), "b", "b"),
        ({"a": ("X",), "b": ("x",)}, ("b", "aliases", 0), "x", "a"),
        ({"Ōsaka": (), "b": ("osaka",)}, ("b", "aliases", 0), "osaka", "Ōsaka"),
        ({"a": ("ABC",), "b": ("A B", "ＡＢＣ")}, ("b", "aliases", 1), "ＡＢＣ", "a"),  # noqa: RUF001
        ({"Art": (), "art": ()}, ("art",), "art", "Art"),
    ],
)
def test_ambiguous(declared: dict[str, tuple[str, ...]], path: tuple[str | int, ...], called: str, owner: str) -> None:
    """A name before an alias, the first before the second, and all as they are compared when somebody types them."""
    other = "is also the name of another topic" if called == owner else f'also means "{owner}"'
    assert list(vocabulary(declared).ambiguous()) == [
        Problem(
            ("topics", *path),
            f'"{called}" is taken: it {other}; each name and alias has to mean one topic',
            at_key=True,
        )
    ]


@pytest.mark.parametrize(
    "declared",
    [
        None,
        {},
        {"a": ("a",)},
        {"a": ("x", "x")},
        {"Osaka": ("osaka", "Ōsaka", "OSAKA")},
        {"か": (), "が": ()},
        {"ab": (), "a b": ()},
    ],
)
def test_not_ambiguous(declared: dict[str, tuple[str, ...]] | None) -> None:
    """What means one thing several times, and marks that make another letter."""
    assert list(vocabulary(declared).ambiguous()) == []


def test_three_of_a_name() -> None:
    """Each but the first is told."""
    ambiguous = vocabulary({"a": ("x",), "b": ("x",), "c": ("x",)}).ambiguous()
    assert [fault.path for fault in ambiguous] == [("topics", "b", "aliases", 0), ("topics", "c", "aliases", 0)]


# --- Lists without what is wrong


def test_resolved_leaves_out_what_is_unknown_and_tells_it_each_time(closed: Vocabulary[Term]) -> None:
    faults: list[Problem] = []
    lists = [closed.resolve_list(["music", "zzz", "biotech"], (*PATH, number), faults) for number in range(2)]
    assert [[term.name for term in known] for known in lists] == [["music", "life sciences"]] * 2
    assert [fault.path for fault in faults] == [(*PATH, 0, 1), (*PATH, 1, 1)]


def test_resolved_lists_that_are_alike_are_one(closed: Vocabulary[Term]) -> None:
    """What a hundred thousand events have in common is kept once."""
    assert closed.resolve_list(["music", "ライフ"], PATH, []) is closed.resolve_list(["music", "ライフ"], PATH, [])
