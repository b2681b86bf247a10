"""The files of a site: where each page and each calendar is, below the folder of its language."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from msgspec import Struct

from agenda.ical.split import unique_stem
from agenda.model import Agenda, City, Event, Named, Person, Room, Term, Venue
from agenda.reports.groups import Grouping, Value, group_name

FOLDERS = {
    Grouping.CITY: "cities",
    Grouping.VENUE: "venues",
    Grouping.ROOM: "rooms",
    Grouping.TOPIC: "topics",
    Grouping.PERSON: "people",
    Grouping.ORGANIZER: "organizers",
    Grouping.DAY: "days",
    Grouping.EVENT: "events",
}
"""The folder of the pages of each grouping; they are listed in this order, too."""

WHOLE_CALENDAR = "calendars/all.ics"
"""The calendar of all events."""

PageValue = Value | Event | Person
"""What may have a page."""
_Key = tuple[Grouping, str | int]


class Addresses(Struct, frozen=True):
    """The stems of the names of files, by what has a page."""

    stems: Mapping[_Key, str]

    def page(self, by: Grouping, value: PageValue) -> str | None:
        """The path of the page of a value, e.g. `cities/tokyo.html`; None where it has none, as no event is with it."""
        stem = self.stems.get((by, _key(value)))
        return None if stem is None else f"{FOLDERS[by]}/{stem}.html"

    def calendar(self, by: Grouping, value: PageValue) -> str | None:
        """The path of the calendar of a value, e.g. `calendars/cities/tokyo.ics`; None where it has no page."""
        page = self.page(by, value)
        return page and f"calendars/{page.removesuffix('.html')}.ics"


def link_to(path: str) -> str:
    """A path as a relative address: what is not ASCII in it is percent-encoded (RFC 3986, 2.1)."""
    return path if path.isascii() else quote(path)


def name_files(values: Mapping[Grouping, Iterable[PageValue]]) -> Addresses:
    """A file for each of these values, by what they are grouped. Of two names that are one on some file system, each
    keeps its own whatever else is added after them.
    """
    stems: dict[_Key, str] = {}
    for by, of_grouping in values.items():
        taken: set[str] = set()
        for value in sorted(of_grouping, key=lambda value: (_title(value), str(_key(value)))):
            stems[by, _key(value)] = unique_stem(_title(value), by, taken)
    return Addresses(stems)


def translate_addresses(addresses: Addresses, first: Agenda, other: Agenda) -> Addresses:
    """The same files for an agenda in another language, so that a page has the same path in all languages: a thing that
    is known by its name has another name there, but the same place in its vocabulary.
    """
    stems = dict(addresses.stems)
    vocabularies: tuple[tuple[Grouping, Sequence[Named], Sequence[Named]], ...] = (
        (Grouping.TOPIC, first.topics, other.topics),
        (Grouping.PERSON, first.people, other.people),
        (Grouping.ORGANIZER, first.organizers, other.organizers),
    )
    for by, ours, theirs in vocabularies:
        for one, another in zip(ours, theirs, strict=False):
            stem = addresses.stems.get((by, one.name))
            if stem is not None:
                stems[by, another.name] = stem
    return Addresses(stems)


def _key(value: PageValue) -> str | int:
    """What identifies a value among its like in every language, or, for terms and people, in one."""
    match value:
        case City(rank=rank) | Room(rank=rank):
            return rank
        case Venue(id=id_) | Event(id=id_):
            return id_
        case Term(name=name) | Person(name=name):
            return name
        case date():
            return value.isoformat()
        case _:
            return value


def _title(value: PageValue) -> str:
    """What its files are named after."""
    match value:
        case Event(id=id_) | Venue(id=id_):
            return id_
        case Person(name=name):
            return name
        case _:
            return group_name(value) or ""
