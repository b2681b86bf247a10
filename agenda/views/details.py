"""Events for people, as `show` draws them: everything that is known of each."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from agenda.model import Between, Event, Fixed, Occurrence, Source, Status, Venue, Visibility
from agenda.text.links import is_link
from agenda.text.safe import one_line, split_lines
from agenda.views.styles import FAINT, GAP, HEADING, INDENT, WARNING, WIDEST, Lines, city_names, draw_row, wrap
from agenda.wording.english import Wording, mark

_MIN_FACT_COLUMNS = 14
"""Where facts beside their labels would be narrower than this, they stand below these."""
_LABELS = (
    *(mark("When"), mark("Repeats"), mark("Status"), mark("Busy"), mark("For whom"), mark("Where"), mark("Kind")),
    *(mark("Topics"), mark("Organizers"), mark("People"), mark("Venue"), mark("Link")),
)
_BUSY = {
    True: mark("Takes all the time of those who take part"),
    False: mark("Leaves those who take part time for other events"),
}


class Details:
    """All that is known of each of `occurrences`, one after the other."""

    def __init__(self, occurrences: Sequence[Occurrence], *, words: Wording) -> None:
        self._occurrences = occurrences
        self._words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = min(options.max_width, WIDEST)
        for number, occurrence in enumerate(self._occurrences):
            if number:
                yield Segment.line()
            yield from _drawn(occurrence, console, width, words=self._words)


def _drawn(occurrence: Occurrence, console: Console, width: int, *, words: Wording) -> Iterator[Segment]:
    event = occurrence.event
    facts_at = INDENT + max(cell_len(words.text(label)) for label in _LABELS) + GAP
    is_below = width - facts_at < _MIN_FACT_COLUMNS
    facts_at = 2 * INDENT if is_below else facts_at

    def labelled(label: str, lines: Lines) -> Iterator[Segment]:
        name = [Text(words.text(label), style=FAINT)]
        if is_below:
            yield from draw_row(console, (INDENT, name))
            yield from draw_row(console, (facts_at, lines))
        else:
            yield from draw_row(console, (INDENT, name), (facts_at, lines))

    def block(indent: int, *texts: Text) -> Iterator[Segment]:
        return draw_row(console, (indent, [line for text in texts for line in wrap(text, console, width - indent)]))

    yield from block(0, Text(one_line(event.title), style=HEADING), Text(event.id, style=FAINT), Text())
    for label, fact in zip(_LABELS, _facts(occurrence, words), strict=False):
        if fact:
            yield from labelled(label, wrap(fact, console, width - facts_at))
    for label, url in zip(_LABELS[-2:], (event.venue.url if event.venue else None, event.url), strict=True):
        if url:
            yield from labelled(label, [_address(url)])
    if event.description:
        yield from block(INDENT, Text(), Text("\n".join(split_lines(event.description.strip()))))
    if event.sources:
        yield from block(INDENT, Text(), Text(words.text("Sources"), style=FAINT))
    for source in event.sources:
        yield from block(2 * INDENT, _source(source, words))
        if source.url:
            yield from draw_row(console, (2 * INDENT, [_address(source.url)]))


def _facts(occurrence: Occurrence, words: Wording) -> Iterator[Text]:
    """The facts, a text for each label but the last two, which are for links; empty where nothing is known."""
    event = occurrence.event
    yield _when(occurrence, words)
    yield _repeats(event, words)
    yield _status(event.status, words)
    yield Text("" if event.busy is None else words.text(_BUSY[event.busy]))
    yield Text(words.text("internal, not for the public") if event.visibility is Visibility.INTERNAL else "")
    yield _where(event, words)
    yield _names([event.kind.name] if event.kind else [])
    yield _names([topic.name for topic in event.topics])
    yield Text("\n".join(one_line(organizer.name) for organizer in event.organizers))
    yield Text("\n").join(
        Text.assemble(one_line(person.name), (f", {one_line(person.role)}" if person.role else "", FAINT))
        for person in event.people
    )


def _status(status: Status, words: Wording) -> Text:
    if status is Status.TENTATIVE:
        return Text(words.text("Tentative: it may not happen"), style=WARNING)
    return Text(words.text(status).capitalize() if status is Status.CANCELLED else "", style=WARNING)


def _when(occurrence: Occurrence, words: Wording) -> Text:
    """The date in words: how sure it is, by which clocks, and its note."""
    match occurrence.when:
        case Fixed(start=datetime() as start) as when:
            time = f"{words.times_in_words(when)}{_clock_of(start, words)}"
            told = words.text("{day}, {time}", day=words.long_day(when.days[0]), time=time)
            told = told if when.end else words.text("{time}; end not published", time=told)
        case Fixed() as when:
            first, last = map(words.long_day, when.days)
            told = first if first == last else words.text("{first} to {last}", first=first, last=last)
        case Between() as when:
            first, last = map(words.long_day, when.days)
            told = words.text("Some time between {first} and {last}; which day is not known", first=first, last=last)
        case _:
            told = words.text("To be announced")
    note = occurrence.event.date_note
    return Text.assemble(told, (f"\n{one_line(note)}" if note else "", FAINT))


def _repeats(event: Event, words: Wording) -> Text:
    if event.repeat is None:
        return Text()
    from agenda.recurrence.rule_words import describe_rule  # few events recur

    return Text(describe_rule(event.repeat, event.exceptions, words))


def _clock_of(start: datetime, words: Wording) -> str:
    """The zone of a time in parentheses; empty where its offset stands beside it."""
    if isinstance(start.tzinfo, ZoneInfo):
        return f" ({start.tzinfo.key})"
    return "" if start.tzinfo else " " + words.text("(local time)")


def _where(event: Event, words: Wording) -> Text:
    cities = city_names(event.cities)
    place = [event.venue.name, event.venue.address] if event.venue else []
    known = [Text(one_line(text)) for text in (event.room and event.room.name, *place) if text]
    where = Text(", ").join([*known, *([cities] if cities else [])])
    position = _position(event.venue, words) if event.venue else ""
    return Text.assemble(where, (f"\n{position}" if position else "", FAINT))


def _position(venue: Venue, words: Wording) -> str:
    if venue.latitude is None or venue.longitude is None:
        return ""
    north = mark("{degrees}° S") if venue.latitude < 0 else mark("{degrees}° N")
    east = mark("{degrees}° W") if venue.longitude < 0 else mark("{degrees}° E")
    position = ((north, venue.latitude), (east, venue.longitude))
    return ", ".join(words.text(message, degrees=_degrees(number)) for message, number in position)


def _degrees(number: float) -> str:
    """A number of degrees without its sign, to six digits: some ten centimetres."""
    return f"{abs(number):.6f}".rstrip("0").rstrip(".")


def _names(names: list[str]) -> Text:
    return Text(", ".join(one_line(name) for name in names))


def _source(source: Source, words: Wording) -> Text:
    origin = [source.publisher and one_line(source.publisher), source.date and words.short_day(source.date)]
    publication = ", ".join(part for part in origin if part)
    title = Text(one_line(source.title), style=_link(source.url))
    return Text.assemble(title, (f" ({publication})" if publication else "", FAINT))


def _address(url: str) -> Text:
    return Text(one_line(url), style=_link(url))


def _link(url: str | None) -> Style:
    return Style(link=url if url and is_link(url) else None)
