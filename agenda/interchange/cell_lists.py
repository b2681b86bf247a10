"""Several people, topics or cities in one cell of a table."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from agenda.text.safe import one_line

_BRACKET = r"(?P<bracket>[()\[\]])"
_LINES = re.compile(rf"{_BRACKET}|[;\n|]")
_SLASHES = re.compile(rf"{_BRACKET}| / ")
_COMMAS = re.compile(rf"{_BRACKET}|, ?")
_AND = re.compile(rf"{_BRACKET}| and | e | ed | & | und | et ")
_ROLE = re.compile(r"(.+?) *[(\[]([^()\[\]]+)[)\]]")

Doubt = Callable[[str, str], None]
"""A function that is told of each doubtful split: the separator, and the cell."""


def split_people(text: str, doubt: Doubt) -> Sequence[tuple[str, str | None]]:
    """The people of a cell, each with the role that stands in brackets behind their name, or None."""
    people, doubted = _people(text)
    for separator in doubted:
        doubt(separator, text)
    return people


def split_own_people(text: str, doubt: Doubt) -> list[tuple[str, str | None]]:
    """The people of a cell that `agenda list` wrote, without their roles, as it has none; a name of one word may be
    part of one that has a comma, as in `Rossi, Anna`.
    """
    names = text.split(", ")
    if len(names) > 1 and not all(" " in name for name in names):
        doubt("commas", text)
    return [(name, None) for name in names]


def split_names(text: str, doubt: Doubt, *, commas: bool) -> list[str]:
    """The names of a cell with semicolons, lines or slashes between them, or commas, where `commas` says so."""
    parts = _parts(text)
    if commas and len(parts) == 1 and len(by_commas := _clean(_split(_COMMAS, text))) > 1:
        doubt("commas", text)
        return by_commas
    return list(parts)


@lru_cache(maxsize=64)  # the cells of a column often have one text
def _people(text: str) -> tuple[Sequence[tuple[str, str | None]], Sequence[str]]:
    """The people of a cell with their roles, and the separators that may be part of a name."""
    names, doubted = _names(text)
    people = [_ROLE.fullmatch(name) for name in names]
    found = [(match[1], match[2].strip()) if match else (name, None) for name, match in zip(names, people, strict=True)]
    return tuple((one_line(name), role and one_line(role)) for name, role in found), doubted


def _names(text: str) -> tuple[Sequence[str], Sequence[str]]:
    """The names of a cell with their roles, and the separators that may be part of a name."""
    parts, doubted = _parts(text), []
    if len(parts) == 1:
        by_commas = _clean(_split(_COMMAS, text))
        # "Rossi, Anna" is one person.
        if len(by_commas) > 1 and (len(by_commas) > 2 or any(" " in part for part in by_commas)):  # noqa: PLR2004
            doubted.append("commas")
            parts = by_commas
    names = []
    for part in parts:
        pair = _clean(_split(_AND, part))
        if len(pair) > 1 and all(" " in name for name in pair):
            doubted.append('"and"')
            names += pair
        else:
            names.append(part)
    return names, doubted


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
