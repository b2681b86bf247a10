"""A split export: which events go into which file, and the names of the files."""

import re
from collections.abc import Iterable
from unicodedata import category

from msgspec import Struct

from agenda.model import Event, Occurrence
from agenda.query import Query
from agenda.reports.groups import Grouping, SplitBy, group_name, group_occurrences
from agenda.text.folding import fold_letters, plain_letters
from agenda.wording.english import Wording

_MAX_NAME_CHARACTERS = 60
"""The most characters in the name of a file: each has at most four octets, and file systems take 255."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])")
"""Names that Windows has for devices, in every folder."""


class CalendarPart(Struct, frozen=True):
    """A file of a split export: its name, e.g. `tokyo.ics`, its title, e.g. `Tokyo`, its events, and whether it is the
    file of the events without a value in the grouping, e.g. without a city.
    """

    file: str
    title: str
    events: list[Event]
    is_rest: bool = False


def split_events(occurrences: Iterable[Occurrence], by: SplitBy, query: Query, *, words: Wording) -> list[CalendarPart]:
    """The files, in the order of their first events; none is empty, and no two names are one on any file system.

    `occurrences` have each event once, and none that is to be announced. An event of several cities or topics is in the
    file of each one that is asked for; one of several days is in the file of the first of these.
    """
    by_title: dict[str | None, list[Event]] = {}
    for value, with_it in group_occurrences(occurrences, by, query).items():
        by_title.setdefault(group_name(value), []).extend(occurrence.event for occurrence in with_it)
    taken: set[str] = set()
    # In the order of the titles, so that of names that clash each keeps its own whatever events are added.
    titles = sorted(by_title, key=lambda title: (title is None, title or ""))
    files = {title: f"{unique_stem(title or f'no {by}', by, taken)}.ics" for title in titles}
    rest = words.lacking(by)
    return [
        CalendarPart(files[title], title or rest, events, is_rest=title is None) for title, events in by_title.items()
    ]


def plural_of(by: SplitBy) -> str:
    """The word for several values of a grouping, e.g. `cities`."""
    return {Grouping.CITY: "cities", Grouping.PERSON: "people"}.get(by, f"{by}s")


def unique_stem(title: str, by: str, taken: set[str]) -> str:
    """A name for a file, without its suffix, of letters, digits and hyphens, which is not in `taken`; it is added
    there. `by` is what it is called where nothing is left of the title, and what stands before the names of devices.
    """
    # Combining marks are kept with letters and digits: words of many languages cannot be read without them.
    letters = "".join(char if category(char)[0] in "LNM" else " " for char in plain_letters(fold_letters(title)))
    plain = "-".join(letters.split())[:_MAX_NAME_CHARACTERS].strip("-") or by
    if _DEVICES.fullmatch(plain):
        plain = f"{by}-{plain}"
    name, number = plain, 1
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    taken.add(name)
    return name
