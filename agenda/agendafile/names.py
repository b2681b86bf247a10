"""The names that a file may use: closed where it declares them, open where it does not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from agenda.errors import Path, Problem
from agenda.text import fold, one_line, quote, suggest


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

_MOST_LOOKED_AT = 300_000
"""Names that are looked at, for all faults together, for those that are near: that takes its time."""

EntryT = TypeVar("EntryT", bound=_Called)
TableT = TypeVar("TableT")


class Vocabulary(Generic[EntryT]):
    """One vocabulary, such as the cities: the values that the names and aliases of a file stand for."""

    def __init__(
        self,
        key: str,
        declared: Mapping[str, TableT] | None,
        read: Callable[[str, TableT, int], EntryT],
        make: Callable[[str, int], EntryT],
        shown: Mapping[str, str] | None = None,
    ) -> None:
        """`declared` are the tables of the file by their names, each of which `read` turns into a value, given how many
        come before it; None where the file declares none: then `make` gets a new name and how many there were before
        it. `key` is that of the file's table. `shown` has what people may write in the place of a name, and the name
        that a message then tells them.
        """
        self.key = key
        self._noun = NOUNS[key]
        self._closed = declared is not None
        self._shown = dict(shown or {})
        self._make = make
        tables = enumerate((declared or {}).items())
        self._entries = {name: read(name, table, place) for place, (name, table) in tables}
        aliases = {alias: name for name, entry in self._entries.items() for alias in entry.aliases}
        self._meant = aliases | {name: name for name in self._entries}
        self._lists: dict[tuple[str, ...], tuple[EntryT, ...]] = {}
        self._looked_at = 0

    @property
    def values(self) -> tuple[EntryT, ...]:
        """All that are declared, or that were used so far, in the order of the file."""
        return tuple(self._entries.values())

    def clashes(self) -> Iterable[Problem]:
        """Names and aliases that mean two entries, compared as they are when somebody types them."""
        owners: dict[str, str] = {}
        names = [(name, name, (self.key, name)) for name in self._entries]
        aliases: list[tuple[str, str, Path]] = [
            (alias, name, (self.key, name, "aliases", index))
            for name, entry in self._entries.items()
            for index, alias in enumerate(entry.aliases)
        ]
        for called, name, path in (*names, *aliases):
            if not one_line(called):
                yield Problem(
                    path, f"a {self._noun} has a name that is blank; give it one that can be seen", at_key=True
                )
                continue
            owner = owners.setdefault(fold(called), name)
            if owner != name:
                other = f"is also the name of another {self._noun}" if owner == called else f"also means {quote(owner)}"
                yield Problem(
                    path,
                    f"{quote(called)} is taken: it {other}; each name and alias has to mean one {self._noun}",
                    at_key=True,
                )

    def knows(self, name: str) -> bool:
        """Whether `entry` would find the name."""
        return not self._closed or name in self._meant

    def entry(self, name: str, path: Path, faults: list[Problem]) -> EntryT | None:
        """What `name` stands for; None, and a fault, where the vocabulary is closed and does not hold it."""
        meant = self._meant.get(name)
        if meant is not None:
            return self._entries[meant]
        if self._closed:
            right = f"use one that [{self.key}] declares, or declare it there"
            if self._looked_at <= _MOST_LOOKED_AT:
                self._looked_at += len(self._meant)
                right = suggest(name, self._shown | self._meant, right)
            faults.append(Problem(path, f"no {self._noun} is called {quote(name)}; {right}"))
            return None
        self._meant[name] = name
        return self._entries.setdefault(name, self._make(name, len(self._entries)))

    def known(self, names: Sequence[str], path: Path, faults: list[Problem]) -> tuple[EntryT, ...]:
        """What the `names` of a list stand for, without those that `entries` has a fault for."""
        if not names:
            return ()
        # Many events have one list, which is looked at once, unless there are faults to be told for each of them.
        key = tuple(names)
        found = self._lists.get(key)
        if found is None:
            told = len(faults)
            found = tuple(entry for entry in self.entries(names, path, faults) if entry is not None)
            if len(faults) == told:
                self._lists[key] = found
        return found

    def entries(self, names: Sequence[str], path: Path, faults: list[Problem]) -> list[EntryT | None]:
        """What each of the `names` of a list stands for, in step with them; None, and a fault, for each that is
        unknown or comes twice.
        """
        found: list[EntryT | None] = []
        seen: set[str] = set()
        for index, name in enumerate(names):
            entry = self.entry(name, (*path, index), faults)
            meant = self._meant.get(name, name)
            if entry is not None and meant in seen:
                faults.append(Problem((*path, index), f"{quote(name)} is named twice; once is enough"))
                entry = None
            seen.add(meant)
            found.append(entry)
        return found
