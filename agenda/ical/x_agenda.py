"""An event as our export wrote it, held against what the calendar now says: what an app changed wins."""

import re
from datetime import UTC, date, datetime, timezone
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct, json
from msgspec.structs import replace

from agenda.agendafile import values
from agenda.ical.durations import NominalDuration, elapsed, format_duration, parse_duration
from agenda.ical.texts import (
    OPAQUE,
    OPEN_END,
    PARAGRAPH,
    clean_text,
    trim_lines,
    write_location,
    write_paragraphs,
    write_status,
    write_summary,
    write_transparency,
)
from agenda.model import (
    TBA,
    Agenda,
    Between,
    City,
    Event,
    Fixed,
    Moment,
    Person,
    Room,
    Source,
    Status,
    Term,
    Venue,
    When,
)
from agenda.recurrence.rrule import format_rule, make_explicit
from agenda.text.safe import one_line
from agenda.wording.choice import make_wording
from agenda.wording.english import ENGLISH, Wording

if TYPE_CHECKING:
    from agenda.ical.reader import Component
    from agenda.ical.times import Times
    from agenda.interchange.losses import Losses

X_AGENDA_EVENT = "X-AGENDA-EVENT"
"""The property (RFC 5545, 3.8.8.2) whose value is a JSON object of facts, as text."""
X_AGENDA_SPLIT = "X-AGENDA-SPLIT"
"""The property of a calendar that is a part of a split export: what that was split by, and the namespace of the agenda,
e.g. `city@tour.example`.
"""
PRODUCT = "-//agenda//mission-agenda"
"""How the PRODID of our exports starts (RFC 5545, 3.7.3); the version follows."""
X_AGENDA_BETWEEN = "X-AGENDA-BETWEEN"
"""The property whose value is the two days that an event lies between, e.g. `2025-09-24/2025-09-28`."""
NEVER_REVISED = datetime(1970, 1, 1, tzinfo=UTC)
"""DTSTAMP of an event whose revision is not known: a constant, so that every run writes the same."""

_LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,5}$"
"""A tag of BCP 47, as far as exports have any."""
_MOST_BLANKS = 8
"""In a row."""
_TOO_MANY = " " * (_MOST_BLANKS + 1)
_NOT_KEPT = re.compile(f"[\x7f-\x9f\u2028\u2029]|(?<= {{{_MOST_BLANKS}}}) ")
"""What a text of a calendar may not have, or not as often."""


def write_facts(
    agenda: Agenda, event: Event, *, assumed: NominalDuration | None = None, words: Wording = ENGLISH
) -> str:
    """The JSON object. It leaves out what other properties tell, unless they tell it as prose or say more than the
    agenda does (such as an `assumed` length). It names the language of `words` unless that is English.
    """
    when = event.when
    facts = Facts(
        id=event.id,
        namespace=(event.head or agenda).namespace if event.uid else None,
        start=_with_offset(when.start) if isinstance(when, Fixed) else None,
        end=_with_offset(when.end) if isinstance(when, Fixed) else None,
        last=_untold_last(event),
        status=event.status,
        cities={str(city.name): _zone(agenda, city) for city in event.cities},
        venue=_venue(event.venue) if event.venue else None,
        room=event.room.name if event.room else None,
        busy=event.busy,
        kind=event.kind.name if event.kind else None,
        organizers=[organizer.name for organizer in event.organizers],
        people=[PersonFacts(name=person.name, role=person.role) for person in event.people],
        url=event.url,
        date_note=event.date_note,
        until=event.repeat.until if event.repeat else None,
        repeat=_rule(event),
        assumed=_assumed_length(event, assumed) if assumed else None,
        revised=event.revised,
        language=words.language if words != ENGLISH else None,
        sources=[_source(source) for source in event.sources],
    )
    return encode_facts(facts)


def encode_facts(facts: object) -> str:
    """Facts as a JSON text that a calendar can have and keep."""
    text = json.encode(facts, enc_hook=str).decode()  # texts in another language than the one asked for
    if text.isprintable() and _TOO_MANY not in text:  # as nearly all is
        return text
    return _NOT_KEPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _rule(event: Event) -> str | None:
    """The rule without its end, where RRULE tells more than that."""
    if event.repeat is None or not isinstance(event.when, Fixed):
        return None
    rule = replace(event.repeat, count=None, until=None)
    return format_rule(rule, until=None) if make_explicit(rule, event.when.days[0]) != rule else None


def _assumed_length(event: Event, assumed: NominalDuration) -> str | None:
    """The exact length that a time gets whose end is not known; None of all else, and of an end after the year 9999."""
    if not isinstance(event.when, Fixed) or not isinstance(event.when.start, datetime) or event.when.end:
        return None
    try:
        end = assumed.after(event.when.start)
    except OverflowError:
        return None
    return format_duration(elapsed(event.when.start, end)) if isinstance(end, datetime) else None


def _with_offset(moment: Moment | None) -> datetime | None:
    """A time that has an offset, which goes out in UTC."""
    return moment if isinstance(moment, datetime) and isinstance(moment.tzinfo, timezone) else None


def _untold_last(event: Event) -> date | None:
    """The last of several days where DTEND, which is the day after, would be after the year 9999."""
    if not isinstance(event.when, Fixed) or isinstance(event.when.start, datetime):
        return None
    first, last = event.when.days
    return last if first < last == date.max else None


def _zone(agenda: Agenda, city: City) -> str | None:
    """The zone of a city, where it is not the agenda's."""
    return city.timezone.key if city.timezone and city.timezone != agenda.timezone else None


def _venue(venue: Venue) -> "VenueFacts":
    return VenueFacts(
        id=venue.id,
        name=venue.name,
        city=venue.city.name if venue.city else None,
        address=venue.address,
        latitude=venue.latitude,
        longitude=venue.longitude,
        url=venue.url,
    )


def _source(source: Source) -> "SourceFacts":
    return SourceFacts(id=source.id, title=source.title, publisher=source.publisher, date=source.date, url=source.url)


class VenueFacts(Struct, kw_only=True, omit_defaults=True):
    """A venue."""

    id: values.NonEmptyText
    name: values.NonEmptyText
    city: values.NonEmptyText | None = None
    address: values.NonEmptyText | None = None
    latitude: values.Latitude | None = None
    longitude: values.Longitude | None = None
    url: values.Url | None = None


class PersonFacts(Struct, kw_only=True, omit_defaults=True):
    """Somebody who takes part."""

    name: values.NonEmptyText
    role: values.NonEmptyText | None = None


class SourceFacts(Struct, kw_only=True, omit_defaults=True):
    """A source."""

    id: values.NonEmptyText
    title: values.NonEmptyText
    publisher: values.NonEmptyText | None = None
    date: values.Date | None = None
    url: values.Url | None = None


class Facts(Struct, kw_only=True, omit_defaults=True):
    """The object in the property, each value of the shape that it has in an agenda file."""

    id: values.Id
    namespace: str | None = None
    start: values.Instant | None = None
    end: values.Instant | None = None
    last: values.Date | None = None
    status: Status | None = None
    cities: dict[values.NonEmptyText, values.NonEmptyText | None] = {}
    venue: VenueFacts | None = None
    room: values.NonEmptyText | None = None
    busy: bool | None = None
    kind: values.NonEmptyText | None = None
    organizers: list[values.NonEmptyText] = []
    people: list[PersonFacts] = []
    url: values.Url | None = None
    date_note: values.NonEmptyText | None = None
    until: values.Date | None = None
    repeat: values.NonEmptyText | None = None
    assumed: values.NonEmptyText | None = None
    revised: values.Instant | None = None
    language: Annotated[str, Meta(pattern=_LANGUAGE)] | None = None
    sources: list[SourceFacts] = []


def read_facts(component: "Component", losses: "Losses") -> Facts | None:
    """What our export told of an event; None where it is not ours."""
    found = component.first(X_AGENDA_EVENT)
    if found is None:
        return None
    try:
        return msgspec.json.decode(found.text, type=Facts)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        losses.left_out(f"{X_AGENDA_EVENT} that cannot be read")
        return None


def read_namespace(component: "Component") -> str | None:
    """The namespace of the agenda that our export wrote the event for, where its UID does not tell; None where it does,
    or where the event is not ours.
    """
    mark = component.first(X_AGENDA_EVENT)
    try:
        return msgspec.json.decode(mark.text, type=_Mark).namespace if mark else None
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None


class _Mark(Struct):
    namespace: str | None = None


_MOST_BLOCKS = 20
"""Of a paragraph that is looked for anywhere; a longer one is at the end, or left."""


class Exported(Struct, frozen=True):
    """What was exported of an event, as far as that is known: nothing of its title and its description; and in which
    words.
    """

    event: Event
    words: Wording

    def title(self, summary: str) -> str:
        """The title in a SUMMARY: without what our export puts before it."""
        return summary.removeprefix(write_summary(self.event, self.words)).strip() or summary

    def status(self, status: str) -> str:
        """The status that a STATUS means: the exported one, unless it was changed."""
        same = status.upper() in {"", write_status(self.event)}
        return self.event.status if same else status.lower()

    def busy(self, transparency: str) -> bool | None:
        """What a TRANSP means: what was exported, unless it was changed; None where the event did not say."""
        same = transparency.upper() in {"", write_transparency(self.event)}
        return self.event.busy if same or self.event.busy is None else transparency.upper() == OPAQUE

    @property
    def has_place(self) -> bool:
        """Whether there was a place to export."""
        return bool(write_location(self.event))

    def keeps_place(self, location: str) -> bool:
        """Whether LOCATION still is what was exported, as far as its letters and digits go."""
        return _letters(location) == _letters(write_location(self.event))

    def description(self, text: str) -> str:
        """The description in a DESCRIPTION: without each paragraph that our export adds, wherever it stands whole."""
        blocks = trim_lines(text).split(PARAGRAPH)
        for paragraph in reversed(list(write_paragraphs(self.event, self.words))):
            blocks = _without(blocks, trim_lines(clean_text(paragraph)).split(PARAGRAPH))
        return trim_lines(PARAGRAPH.join(blocks))


def recall_export(component: "Component", own: Facts, times: "Times | None") -> Exported:
    """What our export wrote for an event that is then now."""
    return Exported(
        Event(
            id=own.id,
            title="",
            when=_when(component, own, times),
            date_note=own.date_note,
            cities=tuple(map(City, own.cities)),
            venue=Venue(id=own.venue.id, name=own.venue.name, address=own.venue.address) if own.venue else None,
            room=Room(own.room) if own.room else None,
            organizers=tuple(map(Term, own.organizers or read_contacts(component))),
            people=tuple(Person(person.name, person.role) for person in own.people),
            url=own.url,
            status=own.status or Status.CONFIRMED,
            busy=own.busy,
            sources=tuple(Source(id=one.id, title=one.title, url=one.url) for one in own.sources),
        ),
        make_wording(own.language),
    )


def read_contacts(component: "Component") -> list[str]:
    """The names in CONTACT, where our exports have the organizers."""
    return [name for one in component.all("CONTACT") if (name := one_line(one.text))]


def read_bounds(component: "Component") -> Between | None:
    """The two days that our export wrote an event to lie between."""
    first, slash, last = component.text(X_AGENDA_BETWEEN).partition("/")
    try:
        bounds = Between(date.fromisoformat(first), date.fromisoformat(last)) if slash else None
    except ValueError:
        return None
    return bounds if bounds and bounds.first < bounds.last else None


def restore_offset(times: "Times", own: Facts) -> "Times":
    """The times with the offsets that they were exported with, which go out in UTC."""
    if not (own.start and isinstance(times.start, datetime) and times.start.tzinfo):
        return times
    if times.start.tzinfo is not UTC and times.start != own.start:  # an app gave it a zone
        return times
    try:
        start = times.start.astimezone(own.start.tzinfo)
        end = times.end.astimezone((own.end or own.start).tzinfo) if isinstance(times.end, datetime) else times.end
    except OverflowError:
        return times
    return replace(times, start=start, end=end)


def has_open_end(component: "Component", own: Facts | None, times: "Times | None") -> bool:
    """Whether the length of a time is one that an export assumed, since its end is not published: the one in our facts,
    or, of exports before these had it, a DURATION.
    """
    if make_wording(own and own.language).text(OPEN_END) not in component.text("DESCRIPTION"):
        return False
    if own is None or own.assumed is None or times is None:
        return component.first("DURATION") is not None
    if not isinstance(times.start, datetime) or not isinstance(times.end, datetime):
        return False
    try:
        return parse_duration(own.assumed) == elapsed(times.start, times.end)
    except ValueError:
        return False


def _when(component: "Component", own: Facts, times: "Times | None") -> When:
    if bounds := read_bounds(component):
        return bounds
    if times is None:
        return TBA
    return Fixed(times.start, None if has_open_end(component, own, times) else times.end)


def _without(blocks: list[str], wanted: list[str]) -> list[str]:
    """The blocks without those of a paragraph, where they stand for the last time."""
    last = len(blocks) - len(wanted)
    first = 0 if len(wanted) <= _MOST_BLOCKS else max(0, last)
    for start in range(last, first - 1, -1):
        end = start + len(wanted)
        if all(one.strip() == other.strip() for one, other in zip(blocks[start:end], wanted, strict=True)):
            return blocks[:start] + blocks[end:]
    return blocks


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
