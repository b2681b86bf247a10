"""Clashes for people: those that are sure, then those that are tight, then what may be one."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta, timezone

from msgspec import Struct
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from agenda.dates import Period
from agenda.model import Between, Fixed, Moment, Occurrence, Status, When
from agenda.reports.clashes import Clash, Likelihood
from agenda.text.safe import one_line
from agenda.views.labelled_events import LabelledEvents, common_year
from agenda.views.styles import FAINT, HEADING, INDENT, draw_row, wrap
from agenda.wording.english import TimeUnit, Wording, mark

_HEADINGS = {
    Likelihood.SURE: mark("Sure"),
    Likelihood.TIGHT: mark("Tight"),
    Likelihood.PERHAPS: mark("Perhaps"),
}
_MINUTE_SECONDS = 60
_HOUR_MINUTES = 60


class _Block(Struct):
    """Clashes that are told together: the first of them, how often they are, the last of them, and the first occurrence
    of each event that is in them, by their ids: the first clashes with each other one.
    """

    clash: Clash
    last: Clash
    by_id: dict[str, Occurrence]
    times: int = 0

    @property
    def occurrences(self) -> Collection[Occurrence]:
        """The occurrences that clash, the first with each other one."""
        return self.by_id.values()

    @property
    def whens(self) -> list[When]:
        """When these are, the times with their offsets where those differ: 11:00 in London is 12:00 in Rome."""
        whens = [occurrence.when for occurrence in self.occurrences]
        starts = [when.start for when in whens if isinstance(when, Fixed)]
        offsets = {start.utcoffset() for start in starts if isinstance(start, datetime)}
        return [_with_offsets(when) for when in whens] if len(offsets) > 1 else whens


class ClashList:
    """The `clashes`, which are by when they begin; `year` is this one, which need not be told.

    What is the same each time that two series are on is told once, with how often it is; and all that may clash with an
    event that lies between two days, for the same people, together with which of these days are left.
    """

    def __init__(self, clashes: Iterable[Clash], year: int, *, words: Wording) -> None:
        self._words = words
        groups: dict[Likelihood, dict[object, _Block]] = {likelihood: {} for likelihood in _HEADINGS}
        for clash in clashes:
            first, second = _between_first(clash)
            of_both = first.event.id, None if isinstance(first.when, Between) else second.event.id
            key = *of_both, clash.people, clash.room
            block = groups[clash.likelihood].setdefault(key, _Block(clash, clash, {first.event.id: first}))
            block.by_id.setdefault(second.event.id, second)
            block.last = clash
            block.times += 1
        blocks = {likelihood: list(group.values()) for likelihood, group in groups.items() if group}
        self._whens = [when for group in blocks.values() for block in group for when in block.whens]
        self._year = common_year(self._whens, year)
        of_year = "" if self._year == year else f" ({self._year})"
        self._groups = {f"{words.text(_HEADINGS[likelihood])}{of_year}": group for likelihood, group in blocks.items()}

    def __len__(self) -> int:
        """How many occurrences it draws, each of them once for what it clashes with at once."""
        return len(self._whens)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        events = LabelledEvents.within(options, map(self._when, self._whens), label_at=2 * INDENT)
        width = events.width
        for number, (heading, group) in enumerate(self._groups.items()):
            if number:
                yield Text()
            yield Text(heading, style=HEADING)
            for block in group:
                yield from draw_row(console, (INDENT, wrap(_needed(block.clash), console, width - INDENT)))
                for occurrence, when in zip(block.occurrences, block.whens, strict=True):
                    yield from events.draw(self._when(when), occurrence, console, self._words)
                why = Text(one_line(" ".join(self._why(block))), FAINT)
                yield from draw_row(console, (2 * INDENT, wrap(why, console, width - 2 * INDENT)))

    def _when(self, when: When) -> str:
        """`Mon 29 Sep, 11:00–12:30`, `28 Sep–4 Oct`, `within 24–29 Sep`."""
        if not isinstance(when, Fixed):
            return self._words.text("within {days}", days=self._span(when)) if isinstance(when, Between) else ""
        return self._words.fixed_in_words(when, self._year)

    def _span(self, days: Period | Between) -> str:
        return self._words.span_in_words(days.first, days.last, self._year) if days.first and days.last else ""

    def _why(self, block: _Block) -> Iterator[str]:
        """Why they clash, or may, and how often, in sentences."""
        both, words = list(block.occurrences), self._words
        yield self._why_once(block)
        for each in both:
            if each.event.status is Status.TENTATIVE:
                yield words.text("{event} is tentative.", event=_bracketed(each))
        if block.times > 1 and not isinstance(both[0].when, Between):
            last = block.last.second.when
            if isinstance(last, Fixed):
                day = words.short_day(last.days[0], self._year)
                yield words.plural_text(
                    "So {number} time, the last on {day}.",
                    "So {number} times, the last on {day}.",
                    block.times,
                    day=day,
                )
            else:
                yield words.plural_text("So {number} time.", "So {number} times.", block.times)

    def _why_once(self, block: _Block) -> str:
        """Why two of them clash, or may, in a sentence."""
        clash, both, words = block.clash, list(block.occurrences), self._words
        if isinstance(both[0].when, Between):
            return self._left(block, both[0].when)
        if clash.overlap is not None:
            return words.text("Both are on for {length}.", length=self._length(clash.overlap))
        if clash.gap is not None:
            length, way = self._length(clash.gap), self._way(clash)
            return words.text("They are {length} apart; {way}.", length=length, way=way)
        if clash.likelihood is Likelihood.SURE:
            return words.text("One begins while the other is on.")
        if _are_far(*both):
            return words.text("They are in two cities on one day; {way}.", way=self._way(clash))
        if all(isinstance(each.when, Fixed) and each.when.all_day for each in both):
            return words.text("Their times are not known.")
        return words.text("Not all of their times are known.")

    def _left(self, block: _Block, between: Between) -> str:
        """Which days are left for an event that lies between two days, or that nothing is known of its day."""
        words = self._words
        occurrence, *others = block.occurrences
        left = block.clash.left[0 if block.clash.first is occurrence else 1]
        name = _bracketed(occurrence)
        if left is None or left == (Period(between.first, between.last),):
            return words.text("The day of {event} is not known.", event=name)
        far = [other for other in others if _are_far(occurrence, other)]
        if len(far) == 1:
            places = self._places(far[0], occurrence)
            unless = words.text("they travel between {places} within a day", places=places)
        elif far:
            unless = words.text("they travel within a day")
        else:
            unless = words.text("it is on one day with another")
        if not left:
            return words.text("So no day is left for {event}, unless {exception}.", event=name, exception=unless)
        days = words.any_of(map(self._span, left))
        if len(left) == 1 and left[0].first == left[0].last:
            return words.text("So {event} is on {day}, or {exception}.", event=name, day=days, exception=unless)
        return words.text("So {event} is within {days}, or {exception}.", event=name, days=days, exception=unless)

    def _way(self, clash: Clash) -> str:
        """How long the way takes from the one to the other."""
        words, places = self._words, self._places(clash.first, clash.second)
        if clash.travel is None:
            return words.text("nothing says how long the way between {places} takes", places=places)
        length = self._length(clash.travel)
        return words.text("the way between {places} takes {length}", places=places, length=length)

    def _places(self, *occurrences: Occurrence) -> str:
        """The cities of each, e.g. `Osaka and Tokyo`."""
        words = self._words
        return words.all_of(words.any_of(one_line(city.name) for city in each.event.cities) for each in occurrences)

    def _length(self, length: timedelta) -> str:
        """`35 minutes`, `3 hours`, `1 hour 30 minutes`, `no time`."""
        hours, minutes = divmod(round(length.total_seconds() / _MINUTE_SECONDS), _HOUR_MINUTES)
        units: tuple[tuple[int, TimeUnit], ...] = ((hours, "hour"), (minutes, "minute"))
        parts = [self._words.duration(number, unit) for number, unit in units if number]
        return " ".join(parts) or self._words.text("no time")


def _between_first(clash: Clash) -> tuple[Occurrence, Occurrence]:
    """Both events; if only one of them lies between two days, it comes first."""
    if isinstance(clash.second.when, Between) and not isinstance(clash.first.when, Between):
        return clash.second, clash.first
    return clash.first, clash.second


def _with_offsets(when: When) -> When:
    """The same, its times being of no zone but an offset, which is told beside them."""
    return Fixed(_with_offset(when.start), when.end and _with_offset(when.end)) if isinstance(when, Fixed) else when


def _with_offset(moment: Moment) -> Moment:
    offset = moment.utcoffset() if isinstance(moment, datetime) else None
    return moment if offset is None or not isinstance(moment, datetime) else moment.astimezone(timezone(offset))


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


def _bracketed(occurrence: Occurrence) -> str:
    return f"[{occurrence.event.id}]"
