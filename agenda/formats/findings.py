"""Findings as the formats write them."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from agenda.spots import Spot
from agenda.text import one_line

_KEYS = ("file", "line", "column", "end_column", "severity", "message", "event")


class Findings(Struct, frozen=True):
    """What was found in a file, each with its spot."""

    spots: Iterable[Spot]

    @property
    def header(self) -> Sequence[str]:
        """The keys of the objects."""
        return _KEYS

    def rows(self) -> Iterator[list[str]]:
        """The values of the objects, each one line of safe text."""
        for values in self.objects():
            yield [one_line(str(value)) if value is not None else "" for value in values.values()]

    def objects(self) -> Iterator[dict[str, str | int | None]]:
        """The same as objects; the `event` is None where it is in none, or in one without an id."""
        for spot in self.spots:
            found = spot.finding
            place = (found.file, found.line, found.column, spot.end)
            yield dict(zip(_KEYS, (*place, found.severity.value, found.message, found.event), strict=True))
