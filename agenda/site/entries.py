"""Events as templates get them: each an entry of plain words and links."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup
from msgspec import Struct

from agenda.model import Between, City, Fixed, Named, Occurrence, Room, Status, Term
from agenda.reports.change_words import when_in_words
from agenda.reports.groups import Grouping
from agenda.site.addresses import Addresses, PageValue, link_to
from agenda.site.badges import Badges
from agenda.site.edition import Edition
from agenda.site.search_words import search_words
from agenda.site.texts import markup
from agenda.text.safe import one_line
from agenda.wording.english import Wording

COLOURS = 10
"""Cities, or rooms, from the eleventh on have the colours of the first ones again, as in the terminal."""


class PageLink(Struct, frozen=True, kw_only=True):
    """A name, and the relative address of its page below the folder of the language, if it has one.

    `key` tells it from its like, and is what a filter chooses by; `colour` is a number of a colour; `role` is what a
    person is in the event.
    """

    text: Markup
    path: str | None = None
    key: str = ""
    colour: int | None = None
    role: Markup | None = None


class EventEntry(Struct, frozen=True, kw_only=True):
    """An occurrence.

    - `key`: tells it from all others, and is the same in every language.
    - `title`, `name`: its title as HTML, and as plain text.
    - `state`: `cancelled`, `tentative` or empty; `state_word` is what people are told of it.
    - `times`: the times of day, empty for whole days; `when` is all of when it is, in short, e.g. `8–10 Apr 2027`,
      `Between 8 and 9 Apr 2027` or `To be announced`; `in_full` its days with whole names.
    - `is_told_by_day`: whether the heading of its day tells all of its days.
    - `changed`: what has become of it since the earlier agenda, e.g. `Moved, was 11:15`; empty where nothing has.
    - `search`: what a search finds it by besides the text of its entry, folded.
    - `start`, `end`: times in ISO 8601, with their offset unless they float; `first`, `last` the days of what has no
      times, or lies between them (`perhaps`). None where there is none.
    """

    key: str
    path: str
    title: Markup
    name: str
    state: str
    state_word: str
    times: str
    when: str
    in_full: str
    is_told_by_day: bool
    perhaps: bool
    start: str | None
    end: str | None
    first: str | None
    last: str | None
    colour: int | None
    cities: Sequence[PageLink]
    venue: PageLink | None
    room: PageLink | None
    topics: Sequence[PageLink]
    people: Sequence[PageLink]
    organizers: Sequence[PageLink]
    kind: PageLink | None
    note: Markup | None
    changed: Sequence[str]
    search: str
    occurrence: Occurrence


class EntryMaker:
    """Makes the entries of an edition, whose pages are at these addresses."""

    def __init__(self, edition: Edition, addresses: Addresses) -> None:
        self._edition = edition
        self._addresses = addresses
        self._links: dict[tuple[Grouping, PageValue], PageLink] = {}
        events = [occurrence.event for occurrence in edition.occurrences]
        cities = {city.rank for event in events for city in event.cities}
        rooms = dict.fromkeys(event.room for event in events if event.room)
        self._badges = Badges(edition.changes or (), edition.words)
        kinds = (kind.name for kind in edition.agenda.kinds)
        self._kinds = {name: f"kind-{number}" for number, name in enumerate(kinds, 1)}
        self._is_by_city = len(cities) > 1
        self._rooms = {room.rank: number for number, room in enumerate(sorted(rooms, key=lambda room: room.rank))}

    def link(self, by: Grouping, value: PageValue) -> PageLink:
        """The link to the page of a value."""
        link = self._links.get((by, value))
        if link is None:
            link = self._links[by, value] = self._make_link(by, value)
        return link

    def link_named(self, by: Grouping, value: Named, role: str | None = None) -> PageLink:
        """The link to the page of a person or an organizer, with the role in which they take part."""
        link = self.link(by, Term(value.name))
        return PageLink(text=link.text, path=link.path, key=link.key, role=markup(role)) if role else link

    def kind(self, kind: Term) -> PageLink:
        """The name of a kind, which has no page, with the key that a filter chooses by, the same in every language."""
        return PageLink(text=markup(kind.name), key=self._kinds.get(kind.name, ""))

    def entry(self, occurrence: Occurrence) -> EventEntry:
        """The entry of an occurrence."""
        event, when, words = occurrence.event, occurrence.when, self._edition.words
        is_timed = isinstance(when, Fixed) and not when.all_day
        days = [day.isoformat() for day in when.days] if isinstance(when, Fixed | Between) else [None, None]
        return EventEntry(
            key=f"{event.id}@{occurrence.day}" if occurrence.day else event.id,
            path=link_to(self._addresses.page(Grouping.EVENT, event) or ""),
            title=markup(event.title),
            name=one_line(event.title),
            state="" if event.status is Status.CONFIRMED else event.status.value,
            state_word=status_word(event.status, words),
            times=words.times_in_words(when) if isinstance(when, Fixed) else "",
            when=_capitalize(when_in_words(when, words)),
            in_full=days_in_full(occurrence, words),
            is_told_by_day=isinstance(when, Fixed) and days[0] == days[1],
            perhaps=isinstance(when, Between),
            start=when.start.isoformat() if isinstance(when, Fixed) and is_timed else None,
            end=when.end.isoformat() if isinstance(when, Fixed) and isinstance(when.end, datetime) else None,
            first=days[0],
            last=days[1],
            colour=self._colour(event.cities, event.room),
            cities=[self.link(Grouping.CITY, city) for city in event.cities],
            venue=self.link(Grouping.VENUE, event.venue) if event.venue else None,
            room=self.link(Grouping.ROOM, event.room) if event.room else None,
            topics=[self.link_named(Grouping.TOPIC, topic) for topic in event.topics],
            people=[self.link_named(Grouping.PERSON, person, person.role) for person in event.people],
            organizers=[self.link_named(Grouping.ORGANIZER, organizer) for organizer in event.organizers],
            kind=self.kind(event.kind) if event.kind else None,
            note=markup(event.date_note) if event.date_note else None,
            changed=self._badges.of(occurrence),
            search=search_words(event),
            occurrence=occurrence,
        )

    def colour_of(self, value: PageValue | None) -> int | None:
        """The colour of a city, or of a room where there are not several cities; None of all else."""
        match value:
            case City():
                return self._colour((value,), None)
            case Room():
                return self._colour((), value)
        return None

    def _colour(self, cities: Sequence[City], room: Room | None) -> int | None:
        if self._is_by_city:
            return cities[0].rank % COLOURS if cities else None
        return self._rooms[room.rank] % COLOURS if room else None

    def _make_link(self, by: Grouping, value: PageValue) -> PageLink:
        name = self._edition.words.long_day(value) if isinstance(value, date) else getattr(value, "name", "")
        path = self._addresses.page(by, value)
        return PageLink(
            text=markup(name),
            path=path and link_to(path),
            key=path.rpartition("/")[2].removesuffix(".html") if path else "",
            colour=self.colour_of(value),
        )


class DayEntries(Struct, frozen=True, kw_only=True):
    """A day, or several up to `last` that are alike: what begins there, and what goes on there from before, of which
    `more` are not told. `path` is that of the page of one day; `weekday` and `short` are its short names.
    """

    first: date
    last: date
    heading: str
    weekday: str
    short: str
    begins: Sequence[EventEntry]
    path: str | None = None
    goes_on: Sequence[EventEntry] = ()
    more: int = 0

    @property
    def timed(self) -> Sequence[EventEntry]:
        """What begins at a time of day."""
        return [entry for entry in self.begins if entry.start]

    @property
    def untimed(self) -> Sequence[EventEntry]:
        """What begins without one."""
        return [entry for entry in self.begins if not entry.start]


class EntryList(Struct, frozen=True, kw_only=True):
    """Entries under a heading: those that begin on a day, or those without a fixed date."""

    heading: str
    entries: Sequence[EventEntry]


def list_by_day(
    occurrences: Iterable[Occurrence], entries: Mapping[int, EventEntry], words: Wording
) -> list[EntryList]:
    """The entries of these occurrences by the day on which they begin, and last those without a fixed date; `entries`
    has them by the `id()` of their occurrence.
    """
    by_day: dict[date | None, list[EventEntry]] = {}
    for occurrence in occurrences:
        day = occurrence.when.days[0] if isinstance(occurrence.when, Fixed) else None
        by_day.setdefault(day, []).append(entries[id(occurrence)])
    unfixed = by_day.pop(None, [])
    lists = [EntryList(heading=words.long_day(day), entries=begun) for day, begun in by_day.items() if day]
    return [*lists, EntryList(heading=words.text("Date to be fixed"), entries=unfixed)] if unfixed else lists


def status_word(status: Status, words: Wording) -> str:
    """What people are told of a status; nothing of what is sure."""
    return "" if status is Status.CONFIRMED else words.text(status).capitalize()


def days_in_full(occurrence: Occurrence, words: Wording) -> str:
    """The day or the days with whole names: `Sunday 28 September – Saturday 4 October 2025`."""
    match occurrence.when:
        case Between(first=first, last=last):
            return _capitalize(words.long_between(first, last))
        case Fixed() as when:
            first, last = when.days
            return words.long_span(first, last if when.all_day else first)
    return words.text("To be announced")


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]
