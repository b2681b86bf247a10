"""Which events go into which file, where an export is split, and what the files are called."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from unicodedata import category

from msgspec import Struct

from agenda.model import Event, Occurrence, ToBeAnnounced
from agenda.query import Query
from agenda.text import fold

_LONGEST = 60
"""Characters in a name: at most four octets each, and file systems take 255."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])")
"""Names that Windows has for devices, in every folder."""


_NONE = (None,)
"""The title of what has no city or topic."""


class SplitBy(StrEnum):
    """What an export is split by: a file for each."""

    CITY = "city"
    DAY = "day"
    TOPIC = "topic"
    EVENT = "event"

    @property
    def plural(self) -> str:
        """Several of it."""
        return "cities" if self is SplitBy.CITY else f"{self}s"


class CalendarPart(Struct, frozen=True):
    """A file of a split export: its name, what it holds in words, and its events."""

    file: str
    title: str
    events: list[Event]


def split_events(found: Iterable[Occurrence], by: SplitBy, wanted: Query) -> list[CalendarPart]:
    """The files, in the order of their first events; none is empty, and no two names are one on any file system.

    `found` has each event once, and none that is to be announced. An event of several cities or topics is in the file
    of each one that is wanted.
    """
    held: dict[str | None, list[Event]] = {}
    for occurrence in found:
        for title in _TITLES[by](occurrence, wanted) or _NONE:
            held.setdefault(title, []).append(occurrence.event)
    taken: set[str] = set()
    # In the order of the titles, so that of names that clash each keeps its own whatever events are added.
    titles = sorted(held, key=lambda title: (title is None, title or ""))
    files = {title: _file(title or f"no {by}", by, taken) for title in titles}
    return [CalendarPart(files[title], title or f"no {by}", events) for title, events in held.items()]


def _cities(occurrence: Occurrence, wanted: Query) -> list[str]:
    return [city.name for city in wanted.cities_of(occurrence.event)]


def _topics(occurrence: Occurrence, wanted: Query) -> list[str]:
    return [topic.name for topic in wanted.topics_of(occurrence.event)]


def _day(occurrence: Occurrence, wanted: Query) -> list[str]:
    """The first day that it touches, of those that are asked for."""
    if isinstance(occurrence.when, ToBeAnnounced):
        return []
    first, _ = occurrence.when.days
    return [max(first, wanted.first or date.min).isoformat()]


def _id(occurrence: Occurrence, _: Query) -> list[str]:
    return [occurrence.event.id]


_TITLES: dict[SplitBy, Callable[[Occurrence, Query], list[str]]] = {
    SplitBy.CITY: _cities,
    SplitBy.TOPIC: _topics,
    SplitBy.DAY: _day,
    SplitBy.EVENT: _id,
}


def _file(title: str, by: SplitBy, taken: set[str]) -> str:
    """A name for the file that nothing in `taken` has, of letters, digits and hyphens alone; it is taken then."""
    # Marks are kept with letters and digits: without them, words of many languages are no words.
    letters = "".join(char if category(char)[0] in "LNM" else " " for char in fold(title))
    plain = "-".join(letters.split())[:_LONGEST].strip("-") or str(by)
    if _DEVICES.fullmatch(plain):
        plain = f"{by}-{plain}"
    name, number = plain, 1
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name)
    return f"{name}.ics"
