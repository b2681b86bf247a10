"""Notes on an import besides those on what was left out: each kind of doubt once, and whatever could not be read."""

from collections.abc import Iterator

from agenda.text.sentences import count_of, list_few

_FEW = 3
"""Places of a kind that are named."""
_MAX_TOLD = 50
"""Things that could not be read, and are told of."""


class Notes:
    """What gathers in the course of one import."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.yearless: list[str] = []
        """Days without a year, where nothing tells it."""
        self._doubts: dict[str, list[str]] = {}

    def doubt(self, what: str, where: str) -> None:
        """Note that something was read in a way that may be wrong."""
        self._doubts.setdefault(what, []).append(where)

    def causes(self) -> Iterator[str]:
        """What much else follows from, and is to be told first."""
        if self.yearless:
            others = len(self.yearless) - 1
            also = f"; there {'is' if others == 1 else 'are'} {count_of(others, 'more such day')}" if others else ""
            yield f"{self.yearless[0]}{also}"

    def told(self) -> Iterator[str]:
        """A sentence for each kind of doubt, with the first few places, and for each thing that could not be read."""
        for what, places in self._doubts.items():
            yield f"{what}: {list_few(places, _FEW)}"
        yield from self.wrong[:_MAX_TOLD]
        untold = len(self.wrong[_MAX_TOLD:])
        if untold:
            yield f"and {count_of(untold, 'more thing')} that cannot be read"
