"""An agenda in memory: immutable values that know nothing of files or screens.

Dates and times are Python's own. A `date` is a whole day. A `datetime` says by its `tzinfo` how it was given:
a `ZoneInfo` is a local time of that zone, a fixed offset is a time written with its offset, and none is a
floating time, which is the same on every clock (RFC 5545, 3.3.5).
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Protocol, Self
from zoneinfo import ZoneInfo

from msgspec import Struct

Day = date
Moment = Day | datetime
"""A whole day, or a time."""


class ForeignText(str):
    """A text with no version in the language that was asked for; `language` is the tag (BCP 47) of the one it is in,
    such as `en`. It equals the plain text.
    """

    __slots__ = ("language",)

    def __new__(cls, text: str, language: str) -> Self:
        """The text in that language."""
        foreign = super().__new__(cls, text)
        foreign.language = language
        return foreign

    language: str

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """What copies are made of."""
        return type(self), (str(self), self.language)


class Status(StrEnum):
    """Whether an event happens (RFC 5545, 3.8.1.11)."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


class Visibility(StrEnum):
    """Whether an event is for all to see, or for those who make the programme."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Certainty(StrEnum):
    """Whether the date of an event is known: the value of `when` in JSON and of `--when`."""

    FIXED = "fixed"
    BETWEEN = "between"
    TBA = "tba"


class Named(Protocol):
    """A thing that people and files refer to by its name or an alias."""

    @property
    def name(self) -> str:
        """What it is called wherever it is shown."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """What else it may be called."""


class Term(Struct, frozen=True):
    """A name of a vocabulary (a topic, a kind, an organizer), and what else it is called."""

    name: str
    aliases: tuple[str, ...] = ()


class City(Struct, frozen=True):
    """A city; `rank` counts the agenda's cities from 0 in the order of the file, and so tells them apart."""

    name: str
    timezone: ZoneInfo | None = None
    aliases: tuple[str, ...] = ()
    rank: int = 0


class Room(Struct, frozen=True):
    """A room of a venue; several events at once are fine in one that is `shared`.

    `rank` counts the rooms of the agenda from 0, venue by venue in the order of the file; it sorts rooms, and tells
    apart two of one name in two venues.
    """

    name: str
    aliases: tuple[str, ...] = ()
    shared: bool = False
    rank: int = 0


class Venue(Struct, frozen=True, kw_only=True):
    """A place in a city; the position is in degrees, north and east positive, and both numbers or neither.

    `rooms` are those that the file lists; where it lists none, events there may name any room. Several events at once
    are fine in every room of a venue that is `shared`.
    """

    id: str
    name: str
    city: City | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    rooms: tuple[Room, ...] = ()
    shared: bool = False

    def __hash__(self) -> int:
        """The hash of the id alone, since hashing all rooms would take its time wherever events are told apart."""
        return hash(self.id)


class Travel(Struct, frozen=True):
    """How long the way between two cities takes, from the one to the other and back alike."""

    cities: tuple[City, City]
    takes: timedelta


class Person(Struct, frozen=True):
    """Somebody who takes part, with the role in which they do, where it is known."""

    name: str
    role: str | None = None
    aliases: tuple[str, ...] = ()


class Source(Struct, frozen=True, kw_only=True):
    """Where a fact comes from; one that the file does not declare has no title but its id."""

    id: str
    title: str
    publisher: str | None = None
    date: Day | None = None
    url: str | None = None

    aliases: ClassVar[tuple[str, ...]] = ()  # it is never called anything but its id


class Fixed(Struct, frozen=True):
    """The date is known. Of days, `end` is the last one, inclusive; of times, when it is over, if that is known."""

    start: Moment
    end: Moment | None = None

    certainty: ClassVar = Certainty.FIXED

    @property
    def all_day(self) -> bool:
        """Whether these are whole days."""
        return not isinstance(self.start, datetime)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that it touches; a time that ends at midnight does not touch the next day."""
        if not isinstance(self.start, datetime):
            return self.start, self.end or self.start
        first = self.start.date()
        if not isinstance(self.end, datetime):
            return first, first
        return first, max(first, (self.end - timedelta(microseconds=1)).date())


class Between(Struct, frozen=True):
    """It lies wholly within these two days, both inclusive; when, and how long, is not known."""

    first: date
    last: date

    certainty: ClassVar = Certainty.BETWEEN

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that it may touch."""
        return self.first, self.last


class ToBeAnnounced(Struct, frozen=True):
    """Nothing is known of its date."""

    certainty: ClassVar = Certainty.TBA


When = Fixed | Between | ToBeAnnounced
TBA = ToBeAnnounced()


class Frequency(StrEnum):
    """How often a rule steps (RFC 5545, 3.3.10)."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


class ByDay(Struct, frozen=True):
    """A weekday, Monday being 0; with `nth`, only that one of a month or year, from the end where it is negative."""

    weekday: int
    nth: int | None = None


class Rule(Struct, frozen=True, kw_only=True):
    """How an event recurs: the parts of a recurrence rule that an agenda file may have (RFC 5545, 3.3.10).

    `until` is the last day that it may start on. `count` and `until` are never given both.
    """

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: Day | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[ByDay, ...] = ()
    by_set_position: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def ends(self) -> bool:
        """Whether it has a last occurrence."""
        return self.count is not None or self.until is not None

    @property
    def steps_by_months(self) -> bool:
        """Whether it steps by months or years, whose days are then chosen, rather than by days or weeks."""
        return self.frequency is Frequency.MONTHLY or self.frequency is Frequency.YEARLY


class Head(Struct, frozen=True, kw_only=True):
    """What one of the several files of an agenda says of all its events."""

    timezone: ZoneInfo | None = None
    namespace: str | None = None
    revised: datetime | None = None


class Event(Struct, frozen=True):
    """An entry of the programme, with every reference resolved to what it names.

    `when` is as it was written; an `Occurrence` has it in the event's own time. `timezone` is the zone of its
    cities, else the agenda's; it is None where there is neither, and where its cities are in different zones.
    Where it recurs by `repeat`, `when` is the first time, and it does not start on the days in `exceptions`. `busy` is
    whether it takes all the time of those who take part, and None where the file does not say. `head` is None where
    what the agenda says holds for the event.
    """

    id: str
    title: str
    when: When
    timezone: ZoneInfo | None = None
    date_note: str | None = None
    cities: tuple[City, ...] = ()
    venue: Venue | None = None
    room: Room | None = None
    kind: Term | None = None
    topics: tuple[Term, ...] = ()
    organizers: tuple[Term, ...] = ()
    people: tuple[Person, ...] = ()
    description: str | None = None
    url: str | None = None
    status: Status = Status.CONFIRMED
    visibility: Visibility = Visibility.PUBLIC
    sources: tuple[Source, ...] = ()
    revised: datetime | None = None
    uid: str | None = None
    repeat: Rule | None = None
    exceptions: tuple[Day, ...] = ()
    busy: bool | None = None
    head: Head | None = None

    @property
    def takes_all_time(self) -> bool:
        """Whether whoever takes part is busy all the time: as `busy` says; without it, unless the event has several
        whole days, as a fair that people come to for some hours.
        """
        if self.busy is not None:
            return self.busy
        first, last = self.when.days if isinstance(self.when, Fixed) and self.when.all_day else (None, None)
        return first == last


class Occurrence(Struct, frozen=True):
    """One time that an event happens; a `Fixed` one is told by the clocks of the event's own zone.

    `day` is the day that tells it from the others of its series, the one that it starts on; None where there is
    no series.
    """

    event: Event
    when: When
    day: Day | None = None


class Agenda(Struct, frozen=True, kw_only=True):
    """A whole programme: its events in the order of the file, and the vocabularies that they draw on.

    A vocabulary holds what the file declares, or, where it declares none, what its events use. `revised` is
    a time with an offset; `refresh` an ISO 8601 duration; `color` a CSS3 colour name; `url` the page of the programme.

    `languages` are those that the file declares, the usual one first, and `language` is the one of them that its texts
    were chosen in: tags of BCP 47, e.g. `it`. A text that is lacking in that language is a `ForeignText`.
    """

    events: tuple[Event, ...] = ()
    cities: tuple[City, ...] = ()
    venues: tuple[Venue, ...] = ()
    people: tuple[Person, ...] = ()
    organizers: tuple[Term, ...] = ()
    topics: tuple[Term, ...] = ()
    kinds: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    travel: tuple[Travel, ...] = ()
    title: str | None = None
    description: str | None = None
    timezone: ZoneInfo | None = None
    namespace: str | None = None
    revised: datetime | None = None
    color: str | None = None
    refresh: str | None = None
    url: str | None = None
    language: str | None = None
    languages: tuple[str, ...] = ()

    def uid_of(self, event: Event) -> str | None:
        """The calendar UID of an event: its own, else its id in the `namespace` of its file; None without either."""
        namespace = (event.head or self).namespace
        return event.uid or (f"{event.id}@{namespace}" if namespace else None)

    def revised_of(self, event: Event) -> datetime | None:
        """The later of the times when the event and its whole file were revised; None where neither is known."""
        return max(filter(None, ((event.head or self).revised, event.revised)), default=None)

    @property
    def rooms(self) -> dict[Room, Venue | None]:
        """The rooms that venues list and events are in, in the order of the file, each with its venue if it has one."""
        listed = {room: venue for venue in self.venues for room in venue.rooms}
        used = {event.room: event.venue for event in self.events if event.room}
        return dict(sorted((used | listed).items(), key=lambda item: item[0].rank))
