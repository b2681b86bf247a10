"""Counts and diagnostics as the formats write them."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from agenda.agendafile.spots import Spot
from agenda.reports.groups import Count, CountBy, Grouping
from agenda.text.safe import one_line

_LACKING = {Grouping.DAY: "tba"}
"""The text for a value that is lacking; for other groupings it is empty."""


class CountRows(Struct, frozen=True):
    """The counts of events by a grouping."""

    counts: Iterable[Count]
    by: CountBy

    @property
    def header(self) -> Sequence[str]:
        """The name of the grouping, and `events`."""
        return self.by.value, "events"

    def rows(self) -> Iterator[tuple[str, str]]:
        """Each value, one line of safe text, and its number; a day that is not known is `tba`."""
        for count in self.counts:
            yield one_line(_LACKING.get(self.by, "") if count.name is None else count.name), str(count.events)

    def objects(self) -> Iterator[dict[str, str | int | None]]:
        """The same as objects; a value that is lacking is None."""
        for count in self.counts:
            yield {self.by.value: count.name, "events": count.events}


_KEYS = ("file", "line", "column", "end_column", "severity", "message", "event")


class DiagnosticRows(Struct, frozen=True):
    """The diagnostics of a file, each with its spot."""

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
        """The diagnostics as objects; the `event` is None outside events, and in one without an id."""
        for spot in self.spots:
            diagnostic = spot.diagnostic
            yield {
                "file": diagnostic.file,
                "line": diagnostic.line,
                "column": diagnostic.column,
                "end_column": spot.end,
                "severity": diagnostic.severity.value,
                "message": diagnostic.message,
                "event": diagnostic.event,
            }
