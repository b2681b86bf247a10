"""Several people, topics or cities in one cell of a table."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from agenda.interchange.sheets import Cell
from agenda.text.folding import fold
from agenda.text.safe import one_line

_BRACKET = r"(?P<bracket>[()\[\]])"
_LINES = re.compile(rf"{_BRACKET}|[;\n|]")
_SLASHES = re.compile(rf"{_BRACKET}| / ")
_COMMAS = re.compile(rf"{_BRACKET}|, ?")
_AND = re.compile(rf"{_BRACKET}| and | e | ed | & | und | et ")
_OF_CITIES = re.compile(rf"{_BRACKET}|, ?| and | e | ed | & | und | et ")
_ROLE = re.compile(r"(.+?) *[(\[]([^()\[\]]+)[)\]]")

Doubt = Callable[[str, str], None]
"""A function that is told of each cell that may be read otherwise: what was done with it, and the cell."""
_APART_BY_COMMAS = "several were told apart by commas"
_APART_BY_AND = 'several were told apart by "and"'
_AS_ONE = "taken for one name each (semicolons go between several)"


def split_people(text: str, doubt: Doubt) -> Sequence[tuple[str, str | None]]:
    """The people of a cell, each with the role that stands in brackets behind their name, or None."""
    people, doubts = _people(text)
    for what in doubts:
        doubt(what, text)
    return people


def split_own_people(text: str, doubt: Doubt) -> list[tuple[str, str | None]]:
    """The people of a cell that `agenda list` wrote, without their roles, as it has none; a name of one word may be
    part of one that has a comma, as in `Rossi, Anna`.
    """
    names = text.split(", ")
    if len(names) > 1 and not all(" " in name for name in names):
        doubt(_APART_BY_COMMAS, text)
    return [(name, None) for name in names]


def split_names(text: str, doubt: Doubt, *, commas: bool) -> list[str]:
    """The names of a cell with semicolons, lines or slashes between them, or commas, where `commas` says so."""
    parts = _parts(text)
    if commas and len(parts) == 1 and len(by_commas := _clean(_split(_COMMAS, text))) > 1:
        doubt(_APART_BY_COMMAS, text)
        return by_commas
    return list(parts)


def split_cities(text: str, doubt: Doubt, known: Collection[str]) -> list[str]:
    """The cities of a cell with semicolons, lines or slashes between them; also those with commas or *and* between them
    that are all `known`, by their names, folded. `Washington, DC` is one.
    """
    names: list[str] = []
    for part in _parts(text):
        several = _clean(_split(_OF_CITIES, part))
        if len(several) > 1 and fold(part) not in known and all(fold(name) in known for name in several):
            names += several
            continue
        names.append(part)
        if fold(part) not in known and any(len(_clean(_split(sign, part))) > 1 for sign in (_COMMAS, _AND)):
            doubt(_AS_ONE, text)
    return names


def find_lone_cities(cells: Iterable[Cell]) -> set[str]:
    """The names of the cities, folded, in those cells, but for what may be several in one."""
    texts = {cell for cell in cells if isinstance(cell, str)}
    return {fold(part) for text in texts for part in _parts(text) if len(_clean(_split(_OF_CITIES, part))) == 1}


@lru_cache(maxsize=64)  # the cells of a column often have one text
def _people(text: str) -> tuple[Sequence[tuple[str, str | None]], Sequence[str]]:
    """The people of a cell with their roles, and what may be read otherwise."""
    names, doubts = _names(text)
    people = [_ROLE.fullmatch(name) for name in names]
    found = [(match[1], match[2].strip()) if match else (name, None) for name, match in zip(names, people, strict=True)]
    return tuple((one_line(name), role and one_line(role)) for name, role in found), doubts


def _names(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The names of a cell with their roles, and what may be read otherwise."""
    parts, doubts = _parts(text), []
    if len(parts) == 1:
        by_commas = _clean(_split(_COMMAS, text))
        if len(by_commas) > 2 or (len(by_commas) > 1 and any(" " in part for part in by_commas)):  # noqa: PLR2004
            doubts.append(_APART_BY_COMMAS)
            parts = by_commas
        elif len(by_commas) > 1:  # "Rossi, Anna" is one person, and "Verdi, Rossini" are two
            doubts.append(_AS_ONE)
    names = []
    for part in parts:
        pair = _clean(_split(_AND, part))
        if len(pair) > 1 and all(" " in name for name in pair):
            doubts.append(_APART_BY_AND)
            names += pair
            continue
        names.append(part)
        if len(pair) > 1:  # "Clara e Robert Schumann" are two people, and "Ernst & Young" is one
            doubts.append(_AS_ONE)
    return names, list(dict.fromkeys(doubts))


@lru_cache(maxsize=64)
def _parts(text: str) -> Sequence[str]:
    return tuple(part for line in _clean(_split(_LINES, text)) for part in _clean(_split(_SLASHES, line)))


def _split(separators: re.Pattern[str], text: str) -> list[str]:
    """The parts of a text between separators that are in no brackets, which is to say that no bracket is closed before
    another one is opened after them.
    """
    if not separators.search(text):
        return [text]
    parts, end, is_within = list[str](), len(text), False
    for match in reversed(list(separators.finditer(text))):
        if match["bracket"]:
            is_within = match["bracket"] in ")]"
        elif not is_within:
            parts.append(text[match.end() : end])
            end = match.start()
    return [text[:end], *reversed(parts)]


def _clean(parts: list[str]) -> list[str]:
    return [part.strip() for part in parts if one_line(part)]
