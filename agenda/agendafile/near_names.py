"""Names of a valid file that look like one name spelt in two ways."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from agenda.agendafile.names import NOUNS
from agenda.agendafile.schema import FileTable
from agenda.errors import KeyPath, Problem
from agenda.model import Agenda, Event, Named, Venue
from agenda.text.folding import fold, fold_letters
from agenda.text.safe import one_line, quote
from agenda.text.sentences import count_of, join_words

_MIN_WORD_LETTERS = 5
"""Letters of a word from which on one more, one less or another one is a slip: `Est` and `West` are two rooms."""
_MAX_NAME_CHARACTERS = 80
"""Characters of a name that is compared letter by letter."""
_MAX_NAMES = 20_000
"""Names of a vocabulary that are compared letter by letter, the most used first."""
_MAX_ALIKE_NAMES = 20
"""Names that lack one letter and are the same then, of which the most used are compared."""
_MIN_RATIO = 2
"""A name is a slip for another, one letter away, only if that one is used so many times as often."""
_ROMAN = re.compile("[ivxlcdm]+")
_SIGNS = {"'": "apostrophe", '"': "quotation mark", "-": "hyphen"}
"""The signs that have several forms, and what they are called."""
_APART = re.compile("[ '-]")
"""What stands between the words of a name."""


class _Use(Struct):
    """How often a name is used, and where first; or where it is declared."""

    path: KeyPath
    count: int = 0
    is_declared: bool = False


_Uses = dict[str, _Use]


def find_near_names(agenda: Agenda, file: FileTable) -> Iterator[Problem]:
    """Names that differ by their case, their accents or the form of a sign from one that is used as well, or by a
    letter from one that is used more often; in no order.

    What the file declares was told apart as it was written, so that only different forms of a sign are told of there.
    """
    vocabularies: dict[str, _Uses] = {key: {} for key in NOUNS if key != "sources"}
    rooms: dict[str, _Uses] = defaultdict(dict)
    for index, event in enumerate(agenda.events):
        for key, name, path in _names(event, file, index):
            _note(vocabularies[key], name, path)
        if event.room and not (event.venue and event.venue.rooms):
            _note(rooms[event.venue.id if event.venue else ""], event.room.name, ("events", index, "room"))
    for key, uses in vocabularies.items():
        if getattr(file, key) is None:
            yield from _spelt_apart(uses)
            yield from _letters_apart(uses, are_people=key == "people")
        else:
            # Their keys: what they are called may be another name, in another language.
            names = (entry.id if isinstance(entry, Venue) else entry.name for entry in getattr(agenda, key))
            declared = zip(getattr(file, key), names, strict=True)
            yield from _spelt_apart({name: _declared((key, name), uses.get(called)) for name, called in declared})
    for uses in rooms.values():
        yield from _spelt_apart(uses)
        yield from _letters_apart(uses, are_people=False)


def _declared(path: KeyPath, use: _Use | None) -> _Use:
    return _Use(path, use.count if use else 0, is_declared=True)


def _note(uses: _Uses, name: str, path: KeyPath) -> None:
    uses.setdefault(name, _Use(path)).count += 1


def _names(event: Event, file: FileTable, index: int) -> Iterator[tuple[str, str, KeyPath]]:
    """The names that an event uses, each with the table that could declare it, and with its place in the file."""
    path: KeyPath = ("events", index)
    written = file.events[index]
    for number, city in enumerate(event.cities):
        at: KeyPath = (*path, "city") if isinstance(written.city, str) else (*path, "city", number)
        if not written.city and event.venue:
            at = ("venues", event.venue.id, "city")
        yield "cities", city.name, at
    if event.venue:
        yield "venues", event.venue.id, (*path, "venue")
    if event.kind:
        yield "kinds", event.kind.name, (*path, "kind")
    lists: tuple[tuple[str, Sequence[Named]], ...] = (
        ("people", event.people),
        ("organizers", event.organizers),
        ("topics", event.topics),
    )
    for key, named in lists:
        for number, one in enumerate(named):
            is_table = key == "people" and not isinstance(written.people[number], str)
            yield key, one.name, (*path, key, number, *(["name"] if is_table else []))


def _spelt_apart(uses: Mapping[str, _Use]) -> Iterator[Problem]:
    """Names that are one name when somebody types them, beside the spelling of it that is used most, or else first."""
    for spellings in _by_fold(uses).values():
        usual, *others = spellings
        for name in others:
            yield _problem(name, usual, uses, _difference(name, usual))


def _by_fold(uses: Mapping[str, _Use]) -> dict[str, list[str]]:
    """The names by how they are compared when somebody types them, those that are used most first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(uses, key=lambda name: -uses[name].count):
        groups[fold(name)].append(name)
    return groups


def _difference(name: str, other: str) -> str:
    """By what two spellings of one name differ."""
    if fold_letters(name) != fold_letters(other):
        folded = fold(name)
        return f"by the form of its {join_words(noun for sign, noun in _SIGNS.items() if sign in folded)}"
    if name.casefold() == other.casefold():
        return "by its capitals"
    return "by nothing that is seen" if one_line(name) == one_line(other) else "by accents or spaces"


def _letters_apart(uses: Mapping[str, _Use], *, are_people: bool) -> Iterator[Problem]:
    """Names that are a slip of one letter away from one that is used more often."""
    spellings = _by_fold(uses)
    counts = {folded: sum(uses[name].count for name in names) for folded, names in spellings.items()}
    short = (folded for folded in counts if len(folded) <= _MAX_NAME_CHARACTERS)
    order = sorted(short, key=lambda folded: -counts[folded])[:_MAX_NAMES]
    alike: dict[str, list[str]] = defaultdict(list)
    most = counts[order[0]] if order else 0
    for folded in order:
        count = counts[folded]
        if count * _MIN_RATIO <= most:
            near = (other for key in _shortened(folded) for other in alike.get(key, ()))
            likely = [other for other in near if counts[other] >= count * _MIN_RATIO]
            slips = [other for other in likely if _is_slip(folded, other, are_people=are_people)]
            if slips:
                usual = max(slips, key=lambda other: counts[other])
                yield _problem(spellings[folded][0], spellings[usual][0], uses, _slip(folded, usual))
        if count >= _MIN_RATIO:  # nothing is a slip for a name that is used once
            for key in _shortened(folded):
                if len(alike[key]) < _MAX_ALIKE_NAMES:
                    alike[key].append(folded)


def _slip(name: str, other: str) -> str:
    return "by a letter" if len(_APART.split(name)) == len(_APART.split(other)) else "by a space or hyphen"


def _shortened(text: str) -> Iterable[str]:
    """The text, and what is left of it without each of its characters: two texts that are one slip apart share one."""
    return dict.fromkeys([text, *(text[:place] + text[place + 1 :] for place in range(len(text)))])


def _is_slip(name: str, other: str, *, are_people: bool) -> bool:
    """Whether two names differ in one letter of a long word: it is doubled, lacking, another one, or has changed places
    with its neighbour.
    """
    words, other_words = _APART.split(name), _APART.split(other)
    if len(words) != len(other_words):
        return "".join(words) == "".join(other_words) and _are_letters(words + other_words)
    differing = [(word, other) for word, other in zip(words, other_words, strict=True) if word != other]
    if len(differing) != 1 or not _are_letters(differing[0]) or min(map(len, differing[0])) < _MIN_WORD_LETTERS:
        return False
    short, long = sorted(differing[0], key=len)
    place = next((place for place, (one, two) in enumerate(zip(short, long, strict=False)) if one != two), len(short))
    if len(short) < len(long):
        return short[place:] == long[place + 1 :]
    if short[place + 1 :] == long[place + 1 :]:
        is_gender = are_people and place == len(short) - 1  # Mario and Maria
        return place > 0 and not is_gender
    return short[place : place + 2] == long[place : place + 2][::-1] and short[place + 2 :] == long[place + 2 :]


def _are_letters(words: Iterable[str]) -> bool:
    """Whether words are of letters of an alphabet, and no numbers: others mean something else by each character."""
    return all(word.isalpha() and word.upper() != word and not _ROMAN.fullmatch(word) for word in words)


def _problem(name: str, usual: str, uses: Mapping[str, _Use], difference: str) -> Problem:
    """What is told of a name that looks like the usual one."""
    use, other = uses[name], uses[usual]
    events = count_of(other.count, "event uses", "events use") if other.count else "no event uses"
    message = f"{quote(name)} differs {difference} from {quote(usual)}, which {events}; use one, if they are the same"
    return Problem(use.path, message, at_key=use.is_declared, other=other.path)
