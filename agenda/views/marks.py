"""Marks: a letter or a few for each city, for views that have no room for its name."""

from collections.abc import Sequence

from agenda.model import City
from agenda.text import fold, one_line

NO_CITY = "·"


def marks(cities: Sequence[City]) -> dict[City | None, str]:
    """For each city, the shortest start of its name, without spaces, that no other name starts with, or else all of
    it; for None, the mark of what has no city.
    """
    names = {city: "".join(one_line(city.name).split()) for city in cities}
    folded = {city: fold(name) for city, name in names.items()}
    found: dict[City | None, str] = {}
    for city, name in names.items():
        found[city] = _shortest(name, [other for key, other in folded.items() if key is not city])
    return found | {None: NO_CITY}


def _shortest(name: str, others: Sequence[str]) -> str:
    for length in range(1, len(name)):
        start = fold(name[:length])
        if start and not any(other.startswith(start) for other in others):
            return name[:length]
    return name
