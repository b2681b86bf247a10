"""Clashes for people: those that are sure, then those that are tight, then what may be one."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.dates import Period
from agenda.model import Between, Fixed, Occurrence, Status
from agenda.reports.clashes import Clash, Likelihood
from agenda.text import count_of, join_words, one_line
from agenda.views.labelled_events import LabelledEvents, common_year
from agenda.views.styles import FAINT, HEADING, INDENT, draw_row, wrap
from agenda.wording.english import ENGLISH

_HEADINGS = {Likelihood.SURE: "Sure", Likelihood.TIGHT: "Tight", Likelihood.PERHAPS: "Perhaps"}
_MINUTE_SECONDS = 60
_HOUR_MINUTES = 60


class _Block(Struct):
    """Clashes that are told together: the first of them, the occurrences that clash, the first with each other one, how
    often they do, and the last time that they do.
    """

    clash: Clash
    last: Clash
    occurrences: list[Occurrence]
    times: int = 0


class ClashList:
    """The `clashes`, which are by when they begin; `year` is this one, which need not be told.

    What is the same each time that two series are on is told once, with how often it is; and all that may clash with an
    event that lies between two days, for the same people, together with which of these days are left.
    """

    def __init__(self, clashes: Iterable[Clash], year: int) -> None:
        groups: dict[Likelihood, dict[object, _Block]] = {likelihood: {} for likelihood in _HEADINGS}
        for clash in clashes:
            first, second = _between_first(clash)
            of_both = first.event.id, None if isinstance(first.when, Between) else second.event.id
            key = *of_both, clash.people, clash.room
            block = groups[clash.likelihood].setdefault(key, _Block(clash, clash, [first]))
            if second.event.id not in {occurrence.event.id for occurrence in block.occurrences}:
                block.occurrences.append(second)
            block.last = clash
            block.times += 1
        blocks = {likelihood: list(group.values()) for likelihood, group in groups.items() if group}
        self._occurrences = [each for group in blocks.values() for block in group for each in block.occurrences]
        self._year = common_year((each.when for each in self._occurrences), year)
        of_year = "" if self._year == year else f" ({self._year})"
        self._groups = {f"{_HEADINGS[likelihood]}{of_year}": group for likelihood, group in blocks.items()}

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        events = LabelledEvents.within(options, map(self._when, self._occurrences), label_at=2 * INDENT)
        width = events.width
        for number, (heading, group) in enumerate(self._groups.items()):
            if number:
                yield Text()
            yield Text(heading, style=HEADING)
            for block in group:
                yield from draw_row(console, (INDENT, wrap(_needed(block.clash), console, width - INDENT)))
                for occurrence in block.occurrences:
                    yield from events.draw(self._when(occurrence), occurrence, console)
                why = Text(one_line(" ".join(self._why(block))), FAINT)
                yield from draw_row(console, (2 * INDENT, wrap(why, console, width - 2 * INDENT)))

    def _when(self, occurrence: Occurrence) -> str:
        """`Mon 29 Sep, 11:00–12:30`, `28 Sep–4 Oct`, `within 24–29 Sep`."""
        when = occurrence.when
        if not isinstance(when, Fixed):
            return f"within {self._span(when)}" if isinstance(when, Between) else ""
        first, last = when.days
        time = ENGLISH.times_in_words(when)
        if first < last and not time:
            return ENGLISH.span_in_words(first, last, self._year)
        return f"{ENGLISH.weekday_name(first)[:3]} {ENGLISH.short_day(first, self._year)}{time and f', {time}'}"

    def _span(self, days: Period | Between) -> str:
        return ENGLISH.span_in_words(days.first, days.last, self._year) if days.first and days.last else ""

    def _why(self, block: _Block) -> Iterator[str]:
        """Why they clash, or may, and how often, in sentences."""
        clash, both = block.clash, block.occurrences
        if isinstance(both[0].when, Between):
            yield self._left(block, both[0].when)
        elif clash.overlap is not None:
            yield f"Both are on for {_length(clash.overlap)}."
        elif clash.gap is not None:
            yield f"They are {_length(clash.gap)} apart; {_way(clash)}."
        elif _are_far(*both):
            yield f"They are in two cities on one day; {_way(clash)}."
        else:
            all_days = [isinstance(each.when, Fixed) and each.when.all_day for each in both]
            yield "Their times are not known." if all(all_days) else "Not all of their times are known."
        for each in both:
            if each.event.status is Status.TENTATIVE:
                yield f"{_bracketed(each)} is tentative."
        if block.times > 1 and not isinstance(both[0].when, Between):
            last = block.last.second.when
            until = f", the last on {ENGLISH.short_day(last.days[0], self._year)}" if isinstance(last, Fixed) else ""
            yield f"So {block.times:,} times{until}."

    def _left(self, block: _Block, between: Between) -> str:
        """Which days are left for an event that lies between two days, or that nothing is known of its day."""
        occurrence, *others = block.occurrences
        left = block.clash.left[0 if block.clash.first is occurrence else 1]
        name = _bracketed(occurrence)
        if left is None or left == (Period(between.first, between.last),):
            return f"The day of {name} is not known."
        far = [other for other in others if _are_far(occurrence, other)]
        unless = "they travel within a day" if far else "it is on one day with another"
        if len(far) == 1:
            unless = f"they travel between {_places(far[0], occurrence)} within a day"
        if not left:
            return f"So no day is left for {name}, unless {unless}."
        is_day = len(left) == 1 and left[0].first == left[0].last
        return f"So {name} is {'on' if is_day else 'within'} {join_words(map(self._span, left))}, or {unless}."


def _between_first(clash: Clash) -> tuple[Occurrence, Occurrence]:
    """Both, the one first that lies between two days where only one does."""
    if isinstance(clash.second.when, Between) and not isinstance(clash.first.when, Between):
        return clash.second, clash.first
    return clash.first, clash.second


def _needed(clash: Clash) -> Text:
    """Whom and what both need."""
    names = Text(one_line(", ".join(clash.people)))
    if clash.room is None:
        return names
    venue = clash.first.event.venue
    room = Text(one_line(f"{clash.room.name}, {venue.name}" if venue else clash.room.name))
    return Text("; ").join(filter(None, (names, room)))


def _are_far(one: Occurrence, other: Occurrence) -> bool:
    """Whether they have no city in common, and each has some."""
    cities, others = ({city.name for city in each.event.cities} for each in (one, other))
    return bool(cities and others and not cities & others)


def _way(clash: Clash) -> str:
    """How long the way takes from the one to the other."""
    places = _places(clash.first, clash.second)
    if clash.travel is None:
        return f"nothing says how long the way between {places} takes"
    return f"the way between {places} takes {_length(clash.travel)}"


def _places(*occurrences: Occurrence) -> str:
    """The cities of each, e.g. `Osaka and Tokyo`."""
    return " and ".join(join_words(one_line(city.name) for city in each.event.cities) for each in occurrences)


def _bracketed(occurrence: Occurrence) -> str:
    return f"[{occurrence.event.id}]"


def _length(length: timedelta) -> str:
    """`35 minutes`, `3 hours`, `1 hour 30 minutes`, `no time`."""
    hours, minutes = divmod(round(length.total_seconds() / _MINUTE_SECONDS), _HOUR_MINUTES)
    parts = [count_of(number, noun) for number, noun in ((hours, "hour"), (minutes, "minute")) if number]
    return " ".join(parts) or "no time"
