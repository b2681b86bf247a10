"""Which names of an agenda were meant by a typed part that no name has, and the message about it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice
from shlex import quote as quote_for_shell

from msgspec import Struct

from agenda.cli.options import SelectionOptions
from agenda.model import Agenda, Named
from agenda.text.folding import fold, name_orders
from agenda.text.nearest import MIN_LIKENESS
from agenda.text.safe import one_line, quote, shorten
from agenda.text.sentences import join_words

_MIN_LETTERS = 3
"""Fewest letters of a word that may stand for a name."""
_MAX_MEANT = 3
"""Names that may be meant; a word that more of them have says nothing."""
_MAX_CHARACTERS = 200
_MAX_WORDS = 8
_MAX_NAMES = 20_000
"""Names that are looked at: to compare spellings takes its time."""
_BETWEEN = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|or|e|o|con|with)\s+", re.IGNORECASE)
"""What stands between several names."""


class _Sort(Struct, frozen=True):
    """One sort of names that parts are looked for in: the option that takes them, what to say where none has a part,
    what is counted by them, and the names, by the spellings of each.
    """

    option: str
    none_called: str
    grouping: str
    names: Sequence[tuple[str, tuple[str, ...]]]

    def has(self, part: str) -> bool:
        """Whether the option finds the part in any of the names."""
        orders = name_orders(part) if self.option == "--with" else (part,)
        return any(order in fold(spelling) for _, spellings in self.names for spelling in spellings for order in orders)


def explain_unnamed(options: SelectionOptions, agenda: Agenda) -> Iterator[str]:
    """A sentence for each part of a name that was typed for an option and that no name of the agenda has: which name
    was meant, as far as it is near one. The parts are no blanks.
    """
    people, venues, rooms = _sorts(agenda)
    parts = (
        (people, "--with", options.party),
        (people, "--and-with", options.other_party),
        (venues, "--venue", options.venue),
        (rooms, "--room", options.room),
    )
    for sort, option, typed in parts:
        for text in dict.fromkeys(typed or ()):
            if not sort.has(fold(text)):
                yield f"{sort.none_called} {quote(text)}{_right(text, sort, option, (people, venues, rooms), agenda)}"


def find_meant(typed: str, names: Iterable[tuple[str, tuple[str, ...]]]) -> list[str]:
    """Up to three of the names, each given with all its spellings, that a text may have been meant for: those of which
    words that follow each other are spelt nearly so, wherever the spaces are; else those with a word of it, or nearly.
    """
    if len(typed) > _MAX_CHARACTERS:
        return []
    words = _words(fold(typed))
    owners: dict[str, list[str]] = {}
    for name, spellings in islice(names, _MAX_NAMES):
        for spelling in spellings:
            for run in _runs(_words(fold(spelling))[:_MAX_WORDS], len(words) + 1):
                owners.setdefault(run, []).append(name)
    whole = ["".join(_words(order)) for order in name_orders(fold(typed))]
    for texts in (whole, words):
        near = [
            name
            for text in texts
            if len(text) >= _MIN_LETTERS
            for run in get_close_matches(text, owners, n=_MAX_MEANT, cutoff=MIN_LIKENESS)
            for name in owners[run]
        ]
        if meant := list(dict.fromkeys(near)):
            return meant if texts is whole or len(meant) <= _MAX_MEANT else []
    return []


def _sorts(agenda: Agenda) -> tuple[_Sort, _Sort, _Sort]:
    venues = [(venue.name, (venue.name, venue.id, *venue.aliases)) for venue in agenda.venues]
    return (
        _Sort("--with", "nobody is called", "person", _spelt((*agenda.people, *agenda.organizers))),
        _Sort("--venue", "no venue is called", "venue", venues),
        _Sort("--room", "no room is called", "room", _spelt(agenda.rooms)),
    )


def _spelt(entries: Iterable[Named]) -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.name, (entry.name, *entry.aliases)) for entry in entries]


def _right(text: str, sort: _Sort, option: str, sorts: Iterable[_Sort], agenda: Agenda) -> str:
    """What is right in the place of a text that no name of that sort has."""
    pieces = [piece for piece in _BETWEEN.split(one_line(text)) if piece]
    if pieces[1:] and all(sort.has(fold(piece)) for piece in pieces):
        either = " ".join(f"{option} {shell_argument(piece)}" for piece in pieces)
        both = f"; --and-with {shell_argument(pieces[-1])} asks for both" if option == "--with" else ""
        return f"; write {either}{both}"
    if meant := find_meant(text, sort.names):
        return f"; did you mean {join_words(map(quote, meant[:_MAX_MEANT]))}?"
    others = [other.option for other in sorts if other is not sort and other.has(fold(text))]
    if any(fold(text) == fold(spelling) for city in agenda.cities for spelling in (city.name, *city.aliases)):
        others.append("--city")
    if others:
        return f"; did you mean {join_words(f'{other} {shell_argument(text)}' for other in others)}?"
    return f"; `agenda count {sort.grouping}` tells the names" if sort.names else ""


def _words(folded: str) -> list[str]:
    return re.findall(r"\w+", folded)


def _runs(words: Sequence[str], most: int) -> Iterator[str]:
    """Words that follow each other, as many as `most`, without what is between them."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + most, len(words)) + 1):
            yield "".join(words[start:end])


def shell_argument(text: str) -> str:
    """The text as somebody types it in a shell, for a message."""
    return shorten(quote_for_shell(one_line(text)))
