"""Events for people, as `show` draws them: everything that is known of each."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from agenda.model import Between, Event, Fixed, Occurrence, Source, Status, Venue, Visibility
from agenda.text import is_link, one_line, split_lines
from agenda.views.styles import FAINT, GAP, HEADING, INDENT, WARNING, WIDEST, city_names, draw_row, wrap
from agenda.wording.english import ENGLISH

_FACTS_AT = INDENT + len("Organizers") + GAP
"""The column in which facts begin."""
_MIN_FACT_COLUMNS = 8
"""The width of facts on the narrowest screen. They go on past its edge there, as addresses always do."""
_STATUSES = {
    Status.CONFIRMED: Text(""),
    Status.TENTATIVE: Text("Tentative: it may not happen", style=WARNING),
    Status.CANCELLED: Text("Cancelled", style=WARNING),
}

_BUSY = {
    None: "",
    True: "Takes all the time of those who take part",
    False: "Leaves those who take part time for other events",
}


class Details:
    """All that is known of each of `occurrences`, one after the other."""

    def __init__(self, occurrences: Sequence[Occurrence]) -> None:
        self._occurrences = occurrences

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        for number, occurrence in enumerate(self._occurrences):
            if number:
                yield Segment.line()
            yield from _drawn(occurrence, console, width)


def _drawn(occurrence: Occurrence, console: Console, width: int) -> Iterator[Segment]:
    event = occurrence.event

    def block(indent: int, *texts: Text) -> Iterator[Segment]:
        return draw_row(console, (indent, [line for text in texts for line in wrap(text, console, width - indent)]))

    yield from block(0, Text(one_line(event.title), style=HEADING), Text(event.id, style=FAINT), Text())
    for label, fact in _facts(occurrence).items():
        if fact:
            fact_lines = wrap(fact, console, max(_MIN_FACT_COLUMNS, width - _FACTS_AT))
            yield from draw_row(console, (INDENT, [Text(label, style=FAINT)]), (_FACTS_AT, fact_lines))
    for label, url in (("Venue", event.venue.url if event.venue else None), ("Link", event.url)):
        if url:
            yield from draw_row(console, (INDENT, [Text(label, style=FAINT)]), (_FACTS_AT, [_address(url)]))
    if event.description:
        yield from block(INDENT, Text(), Text("\n".join(split_lines(event.description.strip()))))
    if event.sources:
        yield from block(INDENT, Text(), Text("Sources", style=FAINT))
    for source in event.sources:
        yield from block(2 * INDENT, _source(source))
        if source.url:
            yield from draw_row(console, (2 * INDENT, [_address(source.url)]))


def _facts(occurrence: Occurrence) -> dict[str, Text]:
    """The fact under each label; empty where nothing is known."""
    event = occurrence.event
    return {
        "When": _when(occurrence),
        "Repeats": _repeats(event),
        "Status": _STATUSES[event.status],
        "Busy": Text(_BUSY[event.busy]),
        "For whom": Text("internal, not for the public" if event.visibility is Visibility.INTERNAL else ""),
        "Where": _where(event),
        "Kind": _names([event.kind.name] if event.kind else []),
        "Topics": _names([topic.name for topic in event.topics]),
        "Organizers": Text("\n".join(one_line(organizer.name) for organizer in event.organizers)),
        "People": Text("\n").join(
            Text.assemble(one_line(person.name), (f", {one_line(person.role)}" if person.role else "", FAINT))
            for person in event.people
        ),
    }


def _when(occurrence: Occurrence) -> Text:
    """The date in words: how sure it is, by which clocks, and its note."""
    match occurrence.when:
        case Fixed() as when:
            first, last = when.days
            words = ENGLISH.long_day(first)
            if isinstance(when.start, datetime):
                words += f", {ENGLISH.times_in_words(when)}{_clock_of(when.start)}"
                words += "" if when.end else "; end not published"
            elif last > first:
                words += f" to {ENGLISH.long_day(last)}"
        case Between(first=first, last=last):
            words = f"Some time between {ENGLISH.long_day(first)} and {ENGLISH.long_day(last)}; which day is not known"
        case _:
            words = "To be announced"
    note = occurrence.event.date_note
    return Text.assemble(words, (f"\n{one_line(note)}" if note else "", FAINT))


def _repeats(event: Event) -> Text:
    if event.repeat is None:
        return Text()
    from agenda.recurrence.rrule import describe_rule  # few events recur

    return Text(describe_rule(event.repeat, event.exceptions))


def _clock_of(start: datetime) -> str:
    """The zone of a time in parentheses; empty where its offset stands beside it."""
    if isinstance(start.tzinfo, ZoneInfo):
        return f" ({start.tzinfo.key})"
    return "" if start.tzinfo else " (local time)"


def _where(event: Event) -> Text:
    cities = city_names(event.cities)
    place = [event.venue.name, event.venue.address] if event.venue else []
    known = [Text(one_line(text)) for text in (event.room and event.room.name, *place) if text]
    where = Text(", ").join([*known, *([cities] if cities else [])])
    position = _position(event.venue) if event.venue else ""
    return Text.assemble(where, (f"\n{position}" if position else "", FAINT))


def _position(venue: Venue) -> str:
    if venue.latitude is None or venue.longitude is None:
        return ""
    north, east = "NS"[venue.latitude < 0], "EW"[venue.longitude < 0]
    return f"{_degrees(venue.latitude)}° {north}, {_degrees(venue.longitude)}° {east}"


def _degrees(number: float) -> str:
    """A number of degrees without its sign, to six digits: some ten centimetres."""
    return f"{abs(number):.6f}".rstrip("0").rstrip(".")


def _names(names: list[str]) -> Text:
    return Text(", ".join(one_line(name) for name in names))


def _source(source: Source) -> Text:
    origin = [source.publisher and one_line(source.publisher), source.date and ENGLISH.short_day(source.date)]
    publication = ", ".join(part for part in origin if part)
    title = Text(one_line(source.title), style=_link(source.url))
    return Text.assemble(title, (f" ({publication})" if publication else "", FAINT))


def _address(url: str) -> Text:
    return Text(one_line(url), style=_link(url))


def _link(url: str | None) -> Style:
    return Style(link=url if url and is_link(url) else None)
