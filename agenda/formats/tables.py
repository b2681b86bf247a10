"""Findings as the formats write them."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from agenda.agendafile.spots import Spot
from agenda.reports.groups import Count, CountBy, Grouping
from agenda.text import one_line

_LACKING = {Grouping.DAY: "tba"}


class CountRows(Struct, frozen=True):
    """The counts of events by something."""

    counts: Iterable[Count]
    by: CountBy

    @property
    def header(self) -> Sequence[str]:
        """What they are counted by, and `events`."""
        return self.by.value, "events"

    def rows(self) -> Iterator[tuple[str, str]]:
        """Each value, one line of safe text, and its number; a day that is not known is `tba`."""
        for one in self.counts:
            yield one_line(_LACKING.get(self.by, "") if one.name is None else one.name), str(one.events)

    def objects(self) -> Iterator[dict[str, str | int | None]]:
        """The same as objects; a value that is lacking is None."""
        for one in self.counts:
            yield {self.by.value: one.name, "events": one.events}


_KEYS = ("file", "line", "column", "end_column", "severity", "message", "event")


class DiagnosticRows(Struct, frozen=True):
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
