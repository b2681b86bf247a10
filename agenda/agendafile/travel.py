"""How long the ways between the cities of a file take."""

import re
from collections.abc import Sequence
from datetime import timedelta

from agenda.agendafile.names import Vocabulary
from agenda.agendafile.schema import TravelTable
from agenda.errors import KeyPath, Problem
from agenda.model import City, Travel
from agenda.text.safe import quote

_LENGTH = r"(?:([0-9]+)h)? ?(?:([0-9]+)m)?"


def resolve_travel(
    tables: Sequence[TravelTable], cities: Vocabulary[City], problems: list[Problem]
) -> tuple[Travel, ...]:
    """The ways that the tables tell, between cities that the file has. Problems are added to `problems`."""
    ways: dict[frozenset[str], Travel] = {}
    places: dict[frozenset[str], KeyPath] = {}
    for index, table in enumerate(tables):
        path = ("travel", index, "between")
        pair = cities.resolve_list(table.between, path, problems)
        if len(pair) < 2:  # noqa: PLR2004 - there is a problem already
            continue
        names = frozenset(city.name for city in pair)
        way = ways.setdefault(names, Travel((pair[0], pair[1]), read_length(table.takes)))
        first = places.setdefault(names, path)
        if way.takes != read_length(table.takes):  # several files may say the same
            ends = f"{quote(pair[0].name)} and {quote(pair[1].name)}"
            message = f"the way between {ends} takes {write_length(way.takes)} elsewhere; keep the one that is right"
            problems.append(Problem(path, message, other=first))
    return tuple(ways.values())


def read_length(text: str) -> timedelta:
    """The length that is written in the form of `agenda.agendafile.values.Length`, e.g. `1h 30m`."""
    hours, minutes = (int(number or 0) for number in re.fullmatch(_LENGTH, text).groups())  # type: ignore[union-attr]
    return timedelta(hours=hours, minutes=minutes)


def write_length(length: timedelta) -> str:
    """The length in that form, in whole minutes."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return " ".join(filter(None, (f"{hours}h" if hours else "", f"{minutes}m" if minutes else "")))
