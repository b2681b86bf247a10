"""Counts as the formats write them."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from agenda.answers.counting import By, Count
from agenda.text import one_line

_LACKING = {By.DAY: "tba"}


class Counts(Struct, frozen=True):
    """The counts of events by something."""

    counts: Iterable[Count]
    by: By

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
