"""Several people, topics or cities in one cell of a table."""

import re
from collections.abc import Callable

from agenda.text import one_line

_OUTSIDE_BRACKETS = r"(?![^(\[]*[)\]])"
_LINES = re.compile(rf"[;\n|]{_OUTSIDE_BRACKETS}")
_SLASHES = re.compile(rf" / {_OUTSIDE_BRACKETS}")
_COMMAS = re.compile(rf", ?{_OUTSIDE_BRACKETS}")
_AND = re.compile(rf"(?: and | e | ed | & | und | et ){_OUTSIDE_BRACKETS}")
_ROLE = re.compile(r"(.+?) *[(\[]([^()\[\]]+)[)\]]")

Doubt = Callable[[str, str], None]
"""What hears of a cell that was split in a way that is not certain: by what, and the cell."""


def split_people(text: str, doubt: Doubt) -> list[tuple[str, str | None]]:
    """The people of a cell, each with the role that stands in brackets behind their name, or None."""
    names = _names(text, doubt)
    people = [_ROLE.fullmatch(name) for name in names]
    found = [(match[1], match[2].strip()) if match else (name, None) for name, match in zip(names, people, strict=True)]
    return [(one_line(name), role and one_line(role)) for name, role in found]


def split_names(text: str, doubt: Doubt, *, commas: bool) -> list[str]:
    """The names of a cell with semicolons, lines or slashes between them, or commas, where `commas` says so."""
    parts = _parts(text)
    if commas and len(parts) == 1 and len(by_commas := _clean(_COMMAS.split(text))) > 1:
        doubt("commas", text)
        return by_commas
    return parts


def _names(text: str, doubt: Doubt) -> list[str]:
    parts = _parts(text)
    if len(parts) == 1:
        by_commas = _clean(_COMMAS.split(text))
        # "Rossi, Anna" is one person.
        if len(by_commas) > 1 and (len(by_commas) > 2 or any(" " in part for part in by_commas)):  # noqa: PLR2004
            doubt("commas", text)
            parts = by_commas
    names = []
    for part in parts:
        pair = _clean(_AND.split(part))
        if len(pair) > 1 and all(" " in name for name in pair):
            doubt('"and"', text)
            names += pair
        else:
            names.append(part)
    return names


def _parts(text: str) -> list[str]:
    return [part for line in _clean(_LINES.split(text)) for part in _clean(_SLASHES.split(line))]


def _clean(parts: list[str]) -> list[str]:
    return [part.strip() for part in parts if one_line(part)]
