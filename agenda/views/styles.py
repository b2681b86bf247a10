"""Styles, widths and marks that the views share, and the title and place of an event as they draw them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rich.console import Console
from rich.segment import Segment
from rich.text import Text

from agenda.model import City, Occurrence, Status, Visibility
from agenda.text.folding import fold
from agenda.text.safe import one_line
from agenda.wording.english import Wording

# Of the 256 colours that terminals share: orange, blue, green, purple, red, teal, gold, slate, olive, pink. The first
# six stay six where a terminal has only sixteen.
_COLOURS = ("166", "33", "34", "134", "160", "37", "136", "67", "100", "169")

FAINT = "dim"
HEADING = "bold"
WARNING = "bold color(161)"
ERROR = "bold color(160)"
HINT = "bold color(136)"
BAR = "color(67)"

_MAX_MARK_CHARACTERS = 40
"""Characters of the start of a name that are a mark; where so many do not tell it from others, all of it is."""

SOLID = "▇"
HATCHED = "░"
"""Bars are of these: hatched ones for what may be on another day."""


def city_style(city: City) -> str:
    """The style of a city, which depends on its place in the agenda alone."""
    return numbered_style(city.rank)


def numbered_style(number: int) -> str:
    """The style of whatever has that number, from 0, among its like: ten of them have ten colours."""
    return f"color({_COLOURS[number % len(_COLOURS)]})"


def city_names(cities: tuple[City, ...]) -> Text:
    """The names of cities, each in its colour."""
    return Text(", ").join(Text(one_line(city.name), style=city_style(city)) for city in cities)


Lines = Sequence[Text]


def wrap(text: Text, console: Console, width: int) -> Lines:
    """The lines of a text, `width` columns wide; a longer word is broken. No line where `width` is below 1."""
    if width < 1:
        return []
    return (
        [text]
        if text.cell_len <= width and "\n" not in text.plain
        else list(text.wrap(console, width, overflow="fold"))
    )


def draw_row(console: Console, *columns: tuple[int, Lines]) -> Iterator[Segment]:
    """A row of columns, left to right, each with the column of the screen in which it begins, and its lines."""
    for number in range(max(len(lines) for _, lines in columns)):
        end = 0
        for start, lines in columns:
            if number < len(lines):
                line = lines[number]
                yield Segment(" " * (start - end))
                yield from line_segments(line, console)
                end = max(start, end) + line.cell_len
        yield Segment.line()


def line_segments(line: Text, console: Console) -> Iterable[Segment]:
    """The segments of a line; Rich takes no style of a text in which nothing else has one. Where no style lies on
    another, as in most lines, Rich takes three times as long to find them.
    """
    if not line.spans:
        return [Segment(line.plain, console.get_style(line.style, default="") if line.style else None)]
    if line.style or any(after.start < before.end for before, after in pairwise(line.spans)):
        return line.render(console)
    segments, text, end = [], line.plain, 0
    for start, stop, style in line.spans:
        segments += [Segment(text[end:start]), Segment(text[start:stop], console.get_style(style, default=""))]
        end = stop
    return [*segments, Segment(text[end:])]


def share_out(room: int, narrowest: Sequence[int], widest: Sequence[int]) -> list[int]:
    """The width of each column: its narrowest, and then all columns grow alike, each up to its widest, as long as there
    is room.
    """
    widths = list(narrowest)
    growing = [number for number, width in enumerate(widest) if width > widths[number]]
    left = room - sum(widths)
    while growing and left >= len(growing):
        step = min(left // len(growing), *(widest[number] - widths[number] for number in growing))
        for number in growing:
            widths[number] += step
        left -= step * len(growing)
        growing = [number for number in growing if widest[number] > widths[number]]
    return widths


WIDEST = 100
"""Lines of running text are no longer than this."""
NARROW = 60
"""Below this many columns, nothing has a column of its own."""
INDENT = 2
GAP = 2
"""Columns between two columns of a list."""


def event_title(occurrence: Occurrence, words: Wording) -> Text:
    """The title, with its status before it where it is not sure to happen, and behind it that it is internal."""
    event = occurrence.event
    title = Text(one_line(event.title))
    if event.visibility is Visibility.INTERNAL:
        title.append(internal_mark(words), FAINT)
    if event.status is Status.CONFIRMED:
        return title
    status = words.text(event.status).capitalize()
    return Text.assemble((status, WARNING), words.labelled(status, "").removeprefix(status), title)


def internal_mark(words: Wording) -> str:
    """What stands behind the title of an event that is not for all to see."""
    return " " + words.text("(internal)")


def event_place(occurrence: Occurrence, cities: Text) -> Text:
    """The cities, the venue, the room, and the id in brackets."""
    event = occurrence.event
    place = [text for text in (event.venue and event.venue.name, event.room and event.room.name) if text]
    where = Text(", ").join([*([cities] if cities else []), *(Text(one_line(part), style=FAINT) for part in place)])
    return Text.assemble(where, " " if where else "", (f"[{event.id}]", FAINT))


def wrap_event(title: Text, place: Text, console: Console, width: int) -> Lines:
    """The title and, indented below it, the place, in that many columns."""
    below = wrap(place, console, width - INDENT)
    return [*wrap(title, console, width), *(Text(" " * INDENT).append_text(line) for line in below)]


NO_CITY = "·"


def city_marks(cities: Sequence[City]) -> dict[City | None, str]:
    """The mark of each city: the shortest start of its name, without spaces, that no other name starts with, else the
    whole name. None has the mark of events without a city.
    """
    names = {city: "".join(one_line(city.name).split()) for city in cities}
    folded = sorted(map(fold, names.values()))
    marks: dict[City | None, str] = {city: _shortest(name, folded) for city, name in names.items()}
    return marks | {None: NO_CITY}


def _shortest(name: str, folded: Sequence[str]) -> str:
    """The shortest start of a name with which none of the folded names starts but its own; these are sorted."""
    own = fold(name)
    for length in range(1, min(len(name), _MAX_MARK_CHARACTERS)):
        start = fold(name[:length])
        place = bisect_left(folded, start)
        # Those that start so follow each other there: of two, one is another name.
        starting = sum(other.startswith(start) for other in folded[place : place + 2])
        if start and starting <= own.startswith(start):
            return name[:length]
    return name
