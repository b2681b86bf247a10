"""The names that a file may use: closed where it declares them, open where it does not."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from agenda.agendafile.values import Text
from agenda.errors import KeyPath, Problem
from agenda.text.folding import fold_letters
from agenda.text.safe import one_line, quote


class _Called(Protocol):
    @property
    def aliases(self) -> tuple[str, ...]: ...


NOUNS = {
    "cities": "city",
    "venues": "venue",
    "people": "person",
    "organizers": "organizer",
    "topics": "topic",
    "kinds": "kind",
    "sources": "source",
}
"""The tables of a file that declare names, and what one entry of each is called."""

VOCABULARIES = {
    "city": "cities",
    "venue": "venues",
    "kind": "kinds",
    "topics": "topics",
    "organizers": "organizers",
    "people": "people",
    "sources": "sources",
}
"""The keys of an event that hold names, and the tables that declare these."""

_MAX_COMPARED_NAMES = 300_000

EntryT = TypeVar("EntryT", bound=_Called)
TableT = TypeVar("TableT")


class Comparisons:
    """How many names all unknown ones of a vocabulary may be compared with, for a suggestion: that takes its time."""

    def __init__(self) -> None:
        self._left = _MAX_COMPARED_NAMES

    def spend(self, names: int) -> bool:
        """Whether one more unknown name may be compared, with so many; counts them."""
        is_left = self._left >= 0
        self._left -= names
        return is_left


class CalledName(NamedTuple):
    """A name or an alias of an entry, the number and the name of that entry, and where the file has it."""

    called: str
    entry: int
    name: str
    path: KeyPath


def find_ambiguous(names: Iterable[CalledName], noun: str, *, at_key: bool) -> Iterator[Problem]:
    """A problem for each name that means two entries, as names are compared when somebody types them, and for each that
    is blank. `noun` is what an entry is called, and `at_key` whether the file has the names as keys.
    """
    owners: dict[str, CalledName] = {}
    for name in names:
        if not one_line(name.called):
            yield Problem(name.path, _blank_message(noun), at_key=at_key)
            continue
        owner = owners.setdefault(fold_letters(name.called), name)
        if owner.entry != name.entry:
            is_name = owner.name == name.called
            other = f"is also the name of another {noun}" if is_name else f"also means {quote(owner.name)}"
            message = f"{quote(name.called)} is taken: it {other}; each name and alias has to mean one {noun}"
            yield Problem(name.path, message, at_key=at_key)


def _blank_message(noun: str) -> str:
    return f"this {noun} has a name that is blank; give it one that can be seen"


def _other_names(path: KeyPath, table: object, *, has_key_for_name: bool) -> Iterator[tuple[str, KeyPath]]:
    """What files may call an entry besides its key, each with its path: its name, in each language, where the key is a
    name as well, and its aliases.
    """
    name: Text | None = getattr(table, "name", None) if has_key_for_name else None
    if isinstance(name, str):
        yield name, (*path, "name")
    elif name:
        yield from ((text, (*path, "name", language)) for language, text in name.items())
    for index, alias in enumerate(getattr(table, "aliases", ())):
        yield alias, (*path, "aliases", index)


class Vocabulary(Generic[EntryT]):
    """One vocabulary, such as the cities: the values that the names and aliases of a file stand for.

    A vocabulary that the file declares is closed: it has the names that are declared. Any other is open: it has the
    names that `collect` was given. Looking a name up changes neither.
    """

    def __init__(
        self,
        key: str,
        declared: Mapping[str, TableT] | None,
        read: Callable[[str, TableT, int], EntryT],
        make: Callable[[str, int], EntryT],
        shown: Mapping[str, str] | None = None,
    ) -> None:
        """`key` is that of the file's table, e.g. `cities`; `declared` has the tables of its entries by name, and is
        None where the file has no such table.

        `read` makes a value of a name and its table, and `make` one of a name alone; both are given how many values
        come before it. `shown` has what people may write in the place of a name, and the name that a message tells
        them then.
        """
        self.key = key
        self._noun = NOUNS[key]
        self._closed = declared is not None
        self._shown = dict(shown or {})
        self._make = make
        tables = enumerate((declared or {}).items())
        self._entries = {name: read(name, table, place) for place, (name, table) in tables}
        self._other_names = {
            name: list(_other_names((key, name), table, has_key_for_name=key != "venues"))
            for name, table in (declared or {}).items()
        }
        others = {called: name for name, others in self._other_names.items() for called, _ in others}
        self._names = others | {name: name for name in self._entries}
        self._lists: dict[tuple[str, ...], tuple[EntryT, ...]] = {}
        self._comparisons = Comparisons()

    def collect(self, names: Iterable[str]) -> None:
        """Declare the names that a file uses, in the order of their first use, where the vocabulary is open; a closed
        one stays as it is. Names that are blank are none.
        """
        if self._closed:
            return
        for name in names:
            if name not in self._names and one_line(name):
                self._names[name] = name
                self._entries[name] = self._make(name, len(self._entries))

    @property
    def values(self) -> tuple[EntryT, ...]:
        """All that are declared or collected, in that order."""
        return tuple(self._entries.values())

    def ambiguous(self) -> Iterable[Problem]:
        """A problem for each name or alias that means two entries, or that is blank."""
        names = [CalledName(name, number, name, (self.key, name)) for number, name in enumerate(self._entries)]
        others = [
            CalledName(called, number, name, path)
            for number, (name, others) in enumerate(self._other_names.items())
            for called, path in others
        ]
        return find_ambiguous([*names, *others], self._noun, at_key=True)

    def knows(self, name: str) -> bool:
        """Whether `resolve` would find the name."""
        return name in self._names

    def resolve(self, name: str, path: KeyPath, problems: list[Problem]) -> EntryT | None:
        """What `name` stands for; None, and a problem at `path`, where the vocabulary does not hold it."""
        known_name = self._names.get(name)
        if known_name is not None:
            return self._entries[known_name]
        if not one_line(name):
            problems.append(Problem(path, _blank_message(self._noun)))
            return None
        right = f"use one that [{self.key}] declares, or declare it there"
        if self._comparisons.spend(len(self._names)):
            from agenda.text.nearest import suggest  # most files lack no name

            right = suggest(name, self._shown | self._names, right)
        problems.append(Problem(path, f"no {self._noun} is called {quote(name)}; {right}"))
        return None

    def resolve_list(self, names: Sequence[str], path: KeyPath, problems: list[Problem]) -> tuple[EntryT, ...]:
        """What the `names` of the list at `path` stand for, without those that `resolve_each` has a problem for."""
        if not names:
            return ()
        # Many events have one list, which is resolved once, unless there are problems to be told for each of them.
        key = tuple(names)
        entries = self._lists.get(key)
        if entries is None:
            before = len(problems)
            entries = tuple(entry for entry in self.resolve_each(names, path, problems) if entry is not None)
            if len(problems) == before:
                self._lists[key] = entries
        return entries

    def resolve_each(self, names: Sequence[str], path: KeyPath, problems: list[Problem]) -> list[EntryT | None]:
        """What each of the `names` of the list at `path` stands for, in step with them; None, and a problem, for each
        that is unknown or comes twice.
        """
        entries: list[EntryT | None] = []
        seen: set[str] = set()
        for index, name in enumerate(names):
            entry = self.resolve(name, (*path, index), problems)
            known_name = self._names.get(name, name)
            if entry is not None and known_name in seen:
                problems.append(Problem((*path, index), f"{quote(name)} is named twice; once is enough"))
                entry = None
            seen.add(known_name)
            entries.append(entry)
        return entries
