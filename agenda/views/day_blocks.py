"""A block of a day, as `day` draws it: its edge, and the texts that there is room for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from rich.console import Console
from rich.text import Text

from agenda.model import City, Fixed, Occurrence, Room, Venue
from agenda.reports.day_plan import Block, DayPlan
from agenda.reports.groups import Value
from agenda.text.safe import one_line
from agenda.views.styles import FAINT, city_style, event_title, numbered_style, wrap
from agenda.wording.english import Wording

_TOP, _SIDE, _BOTTOM, _ONLY, _OPEN = "┏", "┃", "┗", "╺", "╏"
"""The left edge of a block: its first row, those between, its last row, its only row; and where it goes on from the day
before or into the next, or where its end is not known.
"""
_RULE = "━"
_EDGE_CELLS = 2
_NEARLY_ALL = 0.75
"""The part of the events of a day whose place stands in its heading, for all that do not say theirs."""

UsualPlace = tuple[tuple[City, ...], Venue | None]
"""The cities and the venue of nearly all events of a day."""


def draw_block(block: Block, texts: Iterable[Text], console: Console, *, cells: int, style: str) -> list[Text]:
    """The rows of a block: an edge, and on its right the time, title, people and place, as far as there is room. The
    edge goes on above the block where its title is in one line.
    """
    height = block.end - block.first
    room = max(1, cells - _EDGE_CELLS)
    lines: list[Text] = []
    rule = 0
    for text in texts:
        if len(lines) == height:
            break
        wrapped = wrap(text, console, room)
        if not lines and len(wrapped) == 1:
            rule = room - wrapped[0].cell_len - 1
        left = height - len(lines)
        lines += wrapped if len(wrapped) <= left else [*wrapped[: left - 1], _cut(wrapped[left - 1 :], room)]
    lines += [Text()] * (height - len(lines))
    for line in lines:
        line.rstrip()
    rows = [Text.assemble((edge, style), " ", line) for edge, line in zip(_signs(block), lines, strict=True)]
    if rule > 0:
        rows[0].append(f" {_RULE * rule}", style)
    return rows


def _cut(lines: Sequence[Text], room: int) -> Text:
    """As much of these lines as one has room for, with a sign at its end that more would follow."""
    cut = Text().join(lines[:2])
    cut.truncate(max(1, room - 1), overflow="crop")
    cut.rstrip()
    return cut.append("…")


def _signs(block: Block) -> list[str]:
    height = block.end - block.first
    is_open = isinstance(block.occurrence.when, Fixed) and block.occurrence.when.end is None
    top = _OPEN if block.before else _TOP
    bottom = _OPEN if block.after or is_open else _BOTTOM
    if height == 1:
        return [_ONLY if (top, bottom) == (_TOP, _BOTTOM) else _OPEN]
    return [top, *[_SIDE] * (height - 2), bottom]


def block_times(block: Block, day: date, words: Wording) -> str:
    """When the event is on that day: `09:30–10:15`, `until 00:30` where it goes on from the day before."""
    when = block.occurrence.when
    if not isinstance(when, Fixed):
        return ""
    if not block.before or not isinstance(when.end, datetime):
        return words.times_in_words(when)
    end_day = words.short_day(when.end.date(), day.year) if block.after else ""
    return words.until(day=end_day, time=words.clock_time(when.end))


def block_texts(block: Block, value: Value | None, *, day: date, usual: UsualPlace, words: Wording) -> Iterator[Text]:
    """The texts of a block, the most important first."""
    times = block_times(block, day, words) if block.before or block.after else words.clock_time(block.start)
    yield Text.assemble((times, "bold"), " ", event_title(block.occurrence, words))
    yield from filter(None, (people_names(block.occurrence), place_beside(block.occurrence, value, usual)))


def place_beside(occurrence: Occurrence, value: Value | None, usual: UsualPlace) -> Text | None:
    """Where it is, without what its column says, and what the heading of the day says of nearly all events."""
    event = occurrence.event
    cities, venue = usual
    named = [
        *(city.name for city in event.cities if event.cities != cities and city != value),
        *([event.venue.name] if event.venue and event.venue != venue and not _are_one(event.venue, value) else []),
        *([event.room.name] if event.room and not _are_one(event.room, value) else []),
    ]
    return Text(", ".join(map(one_line, named)), style=FAINT) if named else None


def _are_one(place: Room | Venue, value: Value | None) -> bool:
    """Whether the column is of that place, perhaps under a name that says more."""
    match place, value:
        case Room(), Room():
            return place.rank == value.rank
        case Venue(), Venue():
            return place.id == value.id
    return False


def usual_place(plan: DayPlan) -> UsualPlace:
    """The cities and the venue that nearly all events with times have; none where there are no such."""
    places = Counter((block.occurrence.event.cities, block.occurrence.event.venue) for block in plan.blocks)
    place, number = places.most_common(1)[0] if places else (((), None), 0)
    return place if number >= _NEARLY_ALL * places.total() else ((), None)


def people_names(occurrence: Occurrence) -> Text | None:
    """The names of those who take part; None where nobody is named."""
    names = [one_line(person.name) for person in occurrence.event.people]
    return Text(", ".join(names), style=FAINT) if names else None


def block_style(occurrence: Occurrence, value: Value | None) -> str:
    """The colour of an occurrence in the column of that value."""
    if isinstance(value, City):
        return city_style(value)
    if isinstance(value, Room):
        return numbered_style(value.rank)
    return city_style(occurrence.event.cities[0]) if occurrence.event.cities else ""
