"""What an event says of itself in a calendar, in words: also what calendars have no property for."""

import re
from collections.abc import Iterator

from agenda.dates import span_in_words
from agenda.model import Between, Event, Fixed, Person, Source, Status

PARAGRAPH = "\n\n"
"""What stands between the paragraphs of a description."""
OPEN_END = "End not published"
"""The paragraph of a time without an end."""

_MOST_BLANKS = 30
"""In a row: with more, a folded line could come out as nothing but blanks, which readers drop."""
_TOO_MANY = " " * (_MOST_BLANKS + 1)
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANKS = re.compile(f"[ \t]{{{_MOST_BLANKS},}}")


def clean_text(value: str) -> str:
    """What of a text goes into a calendar: every line break as LF, no other control but TAB, and at most 30 blanks
    in a row.
    """
    if _TOO_MANY not in value and value.replace("\n", "").isprintable():  # as nearly all is
        return value
    return _BLANKS.sub(lambda run: run[0][:_MOST_BLANKS], _CONTROL.sub("", _LINE_BREAK.sub("\n", value)))


def trim_lines(text: str) -> str:
    """A text without the blank lines at its ends, and without a line break after its last line."""
    start = text[: len(text) - len(text.lstrip())].rfind("\n") + 1
    written = len(text.rstrip())
    end = text.find("\n", written)
    return text[start:end] if written and end >= 0 else text[start:] if written else ""


def write_summary(event: Event) -> str:
    """The title, after what an app that shows nothing else of an event must not hide."""
    if event.status is Status.CANCELLED:
        return f"Cancelled: {event.title}"
    tentative = "Tentative: " if event.status is Status.TENTATIVE else ""
    if isinstance(event.when, Between):
        return f"{tentative}Date to be fixed ({span_in_words(*event.when.days, event.when.first.year)}): {event.title}"
    return tentative + event.title


def write_status(event: Event) -> str:
    """STATUS (RFC 5545, 3.8.1.11): what is not fixed is tentative, even where it is sure to happen."""
    if event.status is Status.CONFIRMED and isinstance(event.when, Between):
        return "TENTATIVE"
    return event.status.upper()


def write_paragraphs(event: Event) -> Iterator[str]:
    """The paragraphs of DESCRIPTION: that of the event itself, and what else is to be told."""
    if event.description and (described := trim_lines(clean_text(event.description))):
        yield described
    if event.organizers:
        yield "Organizers: " + ", ".join(organizer.name for organizer in event.organizers)
    if event.people:
        yield "With:\n" + "\n".join(_person(person) for person in event.people)
    if event.date_note:
        yield f"Date: {event.date_note}"
    if isinstance(event.when, Fixed) and not event.when.all_day and event.when.end is None:
        yield OPEN_END
    if event.sources:
        yield "Sources:\n" + "\n".join(_source(source) for source in event.sources)
    if event.url:
        yield event.url


def write_location(event: Event) -> str:
    """LOCATION: the room, the venue with its address, and the cities; empty where nothing is known."""
    return ", ".join(filter(None, _places(event)))


def _places(event: Event) -> Iterator[str | None]:
    yield event.room
    if event.venue:
        yield event.venue.name
        yield event.venue.address
    yield from (city.name for city in event.cities)


def _person(person: Person) -> str:
    return f"{person.name}, {person.role}" if person.role else person.name


def _source(source: Source) -> str:
    return f"{source.title}: {source.url}" if source.url else source.title
