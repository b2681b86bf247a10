"""iCalendar (RFC 5545 and 7986), written through the layer of content lines that `ics` has.

The `Event` and `Calendar` of `ics` are not used: they turn local times into UTC, and keep events in sets.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from ics.grammar.parse import Container, ContentLine

from agenda import __version__
from agenda.errors import AgendaError
from agenda.model import Agenda, Between, Event, Fixed, Person, Source, Status, ToBeAnnounced, Venue

_PRODUCT = f"-//agenda//mission-agenda {__version__}//EN"
_OCTETS = 75
"""In a line, without its end (RFC 5545, 3.1)."""
_WITHIN_CHARACTER = range(0x80, 0xC0)
"""The octets of UTF-8 that no character starts with (RFC 3629, 3)."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When an agenda that does not say so was revised: the same in every run."""
_LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar(agenda: Agenda, events: Iterable[Event]) -> Iterator[str]:
    """A calendar of the events, line by line, each with its CRLF; those to be announced have no place in it.

    Days stay days, and times are told in UTC, but floating ones as they are. Raises AgendaError where neither
    the agenda has a `namespace` nor an event a `uid`: apps know an event by its UID for ever.
    """
    head = [_line("VERSION", "2.0"), _line("PRODID", _PRODUCT), _line("CALSCALE", "GREGORIAN")]
    if agenda.title:
        head += [_text("NAME", agenda.title), _text("X-WR-CALNAME", agenda.title)]
    if agenda.description:
        head += [_text("DESCRIPTION", agenda.description), _text("X-WR-CALDESC", agenda.description)]
    dated = [_event(agenda, event) for event in events if not isinstance(event.when, ToBeAnnounced)]
    for line in str(Container("VCALENDAR", *head, *dated)).split("\r\n"):
        yield _folded(line)


def _event(agenda: Agenda, event: Event) -> Container:
    lines = [
        _line("UID", _uid(agenda, event)),
        _line("DTSTAMP", _utc(max(filter(None, (agenda.revised, event.revised)), default=_NEVER))),
        *_days(event),
        _text("SUMMARY", event.title),
        *_texts(event),
        _line("STATUS", _status(event)),
        _line("TRANSP", "OPAQUE" if _keeps_busy(event) else "TRANSPARENT"),
    ]
    return Container("VEVENT", *lines)


def _uid(agenda: Agenda, event: Event) -> str:
    if event.uid:
        return _escaped(event.uid)
    if agenda.namespace:
        return f"{event.id}@{agenda.namespace}"
    raise AgendaError(
        "this agenda has no namespace, which calendar apps know its events by; add under [agenda] a line such as"
        ' namespace = "my-agenda.example", and never change it again'
    )


def _days(event: Event) -> Iterator[ContentLine]:
    """DTSTART, and DTEND where the end is known: of days, the day after the last (RFC 5545, 3.6.1)."""
    match event.when:
        case Fixed(start=datetime() as start, end=end):
            yield _line("DTSTART", _time(start))
            if isinstance(end, datetime):
                yield _line("DTEND", _time(end))
        case Fixed() | Between() as when:
            first, last = when.days
            yield _line("DTSTART", _digits(first), VALUE="DATE")
            if last < date.max:
                yield _line("DTEND", _digits(last + timedelta(1)), VALUE="DATE")


def _status(event: Event) -> str:
    """STATUS (RFC 5545, 3.8.1.11): what is not fixed is tentative, even where it is sure to happen."""
    if event.status is Status.CONFIRMED and isinstance(event.when, Between):
        return "TENTATIVE"
    return event.status.upper()


def _keeps_busy(event: Event) -> bool:
    """Whether it takes up its time (RFC 5545, 3.8.2.7): days do not, nor what may be at another time or not at all."""
    return isinstance(event.when, Fixed) and not event.when.all_day and event.status is Status.CONFIRMED


def _texts(event: Event) -> Iterator[ContentLine]:
    if described := "\n\n".join(_described(event)):
        yield _text("DESCRIPTION", described)
    if place := ", ".join(_place(event)):
        yield _text("LOCATION", place)
    if event.venue and event.venue.latitude is not None:
        yield _line("GEO", f"{event.venue.latitude:.6f};{event.venue.longitude:.6f}")
    if event.url:
        yield _line("URL", _uri(event.url))
    if event.topics:
        yield _line("CATEGORIES", ",".join(_escaped(topic.name) for topic in event.topics))


def _described(event: Event) -> Iterator[str]:
    """The paragraphs of DESCRIPTION: what calendars have no property for is told there."""
    if event.description:
        yield event.description.strip()
    if event.organizers:
        yield "Organizers: " + ", ".join(organizer.name for organizer in event.organizers)
    if event.people:
        yield "With:\n" + "\n".join(_person(person) for person in event.people)
    if event.date_note:
        yield f"Date: {event.date_note}"
    if event.sources:
        yield "Sources:\n" + "\n".join(_source(source) for source in event.sources)


def _person(person: Person) -> str:
    return f"{person.name}, {person.role}" if person.role else person.name


def _source(source: Source) -> str:
    return f"{source.title}: {source.url}" if source.url else source.title


def _place(event: Event) -> Iterator[str]:
    if event.room:
        yield event.room
    if isinstance(event.venue, Venue):
        yield event.venue.name
        if event.venue.address:
            yield event.venue.address
    yield from (city.name for city in event.cities)


def _time(time: datetime) -> str:
    return _utc(time) if time.tzinfo else _digits(time)


def _utc(time: datetime) -> str:
    return f"{_digits(time.astimezone(UTC).replace(tzinfo=None))}Z"


def _digits(moment: date) -> str:
    """A day or a time in the basic form of ISO 8601; `strftime` would write the year 987 without its zero."""
    return moment.isoformat().replace("-", "").replace(":", "")


def _line(name: str, value: str, **parameters: str) -> ContentLine:
    # Parameters always of its own: the default of ContentLine is one dict that all lines share.
    return ContentLine(name, {key: [text] for key, text in parameters.items()}, value)


def _text(name: str, value: str) -> ContentLine:
    return _line(name, _escaped(value))


def _escaped(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    return _clean(text).translate(_ESCAPED)


def _clean(text: str) -> str:
    """Text with one kind of line break, and without controls, which RFC 5545, 3.1 has no place for, but TAB."""
    return _CONTROL.sub("", _LINE_BREAK.sub("\n", text))


def _uri(url: str) -> str:
    """A URI (RFC 3986) of an address that may be written with any letters (RFC 3987)."""
    from urllib.parse import quote

    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def _folded(line: str) -> str:
    """The line with its CRLF, folded between characters where it is too long (RFC 5545, 3.1)."""
    octets = line.encode()
    start, end = 0, _OCTETS
    pieces = []
    while end < len(octets):
        while octets[end] in _WITHIN_CHARACTER:
            end -= 1
        pieces.append(octets[start:end])
        start, end = end, end + _OCTETS - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"
