"""The texts of an event in a calendar: its summary, location and description, which also tells facts that have no
property of their own.
"""

import re
from collections.abc import Iterator

from agenda.model import Between, Event, Fixed, Person, Source, Status
from agenda.wording.english import Wording, mark

PARAGRAPH = "\n\n"
"""The separator of the paragraphs of a description."""
OPAQUE, TRANSPARENT = "OPAQUE", "TRANSPARENT"
"""The values of TRANSP."""
OPEN_END = mark("End not published")
"""The paragraph of a time without an end."""

_MAX_BLANKS = 30
"""In a row. With more, a folded line could be nothing but blanks, which readers drop."""
_TOO_MANY = " " * (_MAX_BLANKS + 1)
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANKS = re.compile(f"[ \t]{{{_MAX_BLANKS},}}")


def clean_text(value: str) -> str:
    """A text as it goes into a calendar: with every line break as LF, without other controls but TAB, and with at most
    30 blanks in a row.
    """
    if _TOO_MANY not in value and value.replace("\n", "").isprintable():  # as nearly all texts are
        return value
    return _BLANKS.sub(lambda run: run[0][:_MAX_BLANKS], _CONTROL.sub("", _LINE_BREAK.sub("\n", value)))


def trim_lines(value: str) -> str:
    """A text without the blank lines at its ends, and without a line break after its last line."""
    start = value[: len(value) - len(value.lstrip())].rfind("\n") + 1
    length = len(value.rstrip())
    end = value.find("\n", length)
    return value[start:end] if length and end >= 0 else value[start:] if length else ""


def write_summary(event: Event, words: Wording) -> str:
    """SUMMARY: the title after a status or date that no app may hide, e.g. `Cancelled: Gala`, since some show nothing
    else of an event.
    """
    summary = event.title
    if isinstance(event.when, Between) and event.status is not Status.CANCELLED:
        days = words.span_in_words(*event.when.days, event.when.first.year)
        # Translations of this, as of labels, end in the title: when a calendar comes back, all before it is taken away.
        summary = words.text("Date to be fixed ({days}): {title}", days=days, title=summary)
    if event.status is not Status.CONFIRMED:
        summary = words.labelled(words.text(event.status).capitalize(), summary)
    return summary


def write_status(event: Event) -> str:
    """STATUS (RFC 5545, 3.8.1.11): an event whose date is not fixed is tentative, even if it is sure to happen."""
    if event.status is Status.CONFIRMED and isinstance(event.when, Between):
        return "TENTATIVE"
    return event.status.upper()


def write_transparency(event: Event) -> str:
    """TRANSP (RFC 5545, 3.8.2.7): whether an event takes up its time. One does as its `busy` says, else if it is
    confirmed and at a time of day; never one that is cancelled, or whose date is not fixed.
    """
    if not isinstance(event.when, Fixed) or event.status is Status.CANCELLED:
        return TRANSPARENT
    usual = not event.when.all_day and event.status is Status.CONFIRMED
    return OPAQUE if (usual if event.busy is None else event.busy) else TRANSPARENT


def write_paragraphs(event: Event, words: Wording) -> Iterator[str]:
    """The paragraphs of DESCRIPTION: the event's own description, then facts that apps show nowhere else."""
    if event.description and (description := trim_lines(clean_text(event.description))):
        yield description
    if event.organizers:
        yield words.labelled(words.text("Organizers"), ", ".join(organizer.name for organizer in event.organizers))
    if event.people:
        yield "\n".join([words.text("With:"), *map(_person, event.people)])
    if event.date_note:
        yield words.labelled(words.text("Date"), event.date_note)
    if isinstance(event.when, Fixed) and not event.when.all_day and event.when.end is None:
        yield words.text(OPEN_END)
    if event.sources:
        yield "\n".join([words.text("Sources:"), *map(_source, event.sources)])
    if event.url:
        yield event.url


def write_location(event: Event) -> str:
    """LOCATION: the room, the venue with its address, and the cities; empty where nothing is known."""
    return ", ".join(filter(None, _places(event)))


def _places(event: Event) -> Iterator[str | None]:
    if event.room:
        yield event.room.name
    if event.venue:
        yield event.venue.name
        yield event.venue.address
    yield from (city.name for city in event.cities)


def _person(person: Person) -> str:
    return f"{person.name}, {person.role}" if person.role else person.name


def _source(source: Source) -> str:
    return f"{source.title}: {source.url}" if source.url else source.title
