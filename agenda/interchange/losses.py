"""What an import leaves out or changes, counted, so that each kind is told once."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from agenda.text.safe import quote, shorten
from agenda.text.sentences import count_of, list_few

_MOST = 50
"""Kinds that are told, and as many of those that apps add of their own."""
_MISSED = ("VALARM", "CLASS", "ATTENDEE", "PARTSTAT", "ORGANIZER", "ATTACH", "VTODO", "VJOURNAL")
"""The kinds whose loss people notice."""
_FEW = 3
"""Events, or other things, of a kind that are named."""


class Losses:
    """What gathers in the course of one import: kinds of things without a place, and what happened to which things."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._happenings: dict[str, list[str]] = {}
        self._remarks: list[str] = []

    def remarked(self, sentence: str) -> None:
        """Something is to be told of the whole file."""
        self._remarks.append(sentence)

    def left_out(self, kind: str) -> None:
        """Something of that kind has no place in an agenda."""
        self._kinds[kind] += 1

    def happened(self, what: str, name: str) -> None:
        """That happened to an event, a time zone, a room or whatever else has that title or name."""
        self._happenings.setdefault(what, []).append(name)

    def told(self) -> Iterator[str]:
        """A sentence for each kind, in the order in which they were met: of the whole file, what happened to which
        things, what has no place, with what people would miss first, and in one line all that apps add of their own.
        """
        yield from self._remarks
        for what, names in islice(self._happenings.items(), _MOST):
            yield f"{what}: {list_few(names, _FEW, quote)}"
        if len(self._happenings) > _MOST:
            yield f"and {count_of(len(self._happenings) - _MOST, 'more kind')} of things that happened"
        kinds = [(kind, number) for kind, number in self._kinds.items() if not kind.startswith("X-")]
        kinds.sort(key=lambda item: not item[0].startswith(_MISSED))  # it keeps the order of equals
        extensions = [f"{number:,} {shorten(kind)}" for kind, number in self._kinds.items() if kind.startswith("X-")]
        for kind, number in kinds[:_MOST]:
            yield f"left out, since an agenda has no place for it: {number:,} {shorten(kind)}"
        if extensions:
            yield f"left out of what apps add of their own: {', '.join(extensions[:_MOST])}"
        untold = len(kinds[_MOST:]) + len(extensions[_MOST:])
        if untold:
            yield f"left out as well: {count_of(untold, 'more kind')} of properties"
