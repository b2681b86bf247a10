"""Remarks on a selection, such as that nothing matches, in the same words for every command."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from agenda.cli.options import SelectionOptions
from agenda.cli.output import are_remarks_told
from agenda.model import Agenda, Occurrence, Status, ToBeAnnounced
from agenda.query import Query, Selection
from agenda.recurrence.expand import agenda_span, is_endless
from agenda.text.sentences import count_of


def nothing_remarks(
    options: SelectionOptions, agenda: Agenda, query: Query, occurrences: Sequence[Occurrence]
) -> Iterator[str]:
    """Where no event was found, that remark, and what in the choice is why."""
    if not occurrences:
        yield _nothing_remark(len(agenda.events))
        if are_remarks_told(options):
            yield from unnamed_warning(options, agenda)
        yield from choice_remarks(options, agenda, query, occurrences)


def answer_remarks(options: SelectionOptions, agenda: Agenda, query: Query, selection: Selection) -> Iterator[str]:
    """The remarks of a selection, and what in the choice is why events are lacking."""
    yield from selection_remarks(query, selection, options.status)
    yield from choice_remarks(options, agenda, query, selection.occurrences)


def selection_remarks(query: Query, selection: Selection, statuses: Collection[Status] | None) -> Iterator[str]:
    """The remarks of a selection: whose clocks tell the times, that nothing matches, and that cancelled events were
    left out, unless `statuses` were typed.
    """
    if query.timezone:
        yield f"times are those of {query.timezone.key}, wherever the event is; days stay as they are"
    if not selection.occurrences:
        yield _nothing_remark(selection.total)
    number = len(selection.cancelled)
    if number and not statuses:
        was, them = ("was", "it") if number == 1 else ("were", "them")
        yield f"{count_of(number, 'cancelled event')} {was} left out; --status cancelled shows {them}"


def choice_remarks(
    options: SelectionOptions, agenda: Agenda, query: Query, occurrences: Sequence[Occurrence]
) -> Iterator[str]:
    """Why events are lacking: if nothing was found, days outside those of the agenda."""
    is_asked = query.periods and not occurrences and are_remarks_told(options)
    span = agenda_span(agenda) if is_asked else None
    if span and not query.period.touches(*span):
        yield _span_remark(*span, today=query.today)


def unnamed_warning(options: SelectionOptions, agenda: Agenda) -> Iterator[str]:
    """Typed parts of names that no name has: whoever has misspelt one would take an empty answer for true."""
    if not options.quiet and (options.party or options.other_party or options.venue or options.room):
        from agenda.cli.meant_names import explain_unnamed

        yield from explain_unnamed(options, agenda)


def _nothing_remark(total: int) -> str:
    """The remark that no event was found among so many."""
    return "no event matches" if total else "the agenda has no events yet"


def _span_remark(first: date, last: date, *, today: date) -> str:
    """On which days the events of the agenda are, and whether they are all over, or ahead."""
    from agenda.cli.upcoming_remarks import days_away
    from agenda.wording.english import ENGLISH  # seldom is there anything to tell

    days = ENGLISH.span_in_words(first, last)
    if today > last:
        return f"the programme is over: its events were of {days}, and ended {days_away(last, today)}"
    if today < first:
        return f"the programme has not begun: its events are of {days}, and begin {days_away(first, today)}"
    return f"the events of this agenda are of {days}"


def undated_remark(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """How many of the events have no date yet, where any has none."""
    events = {occurrence.event.id for occurrence in occurrences if isinstance(occurrence.when, ToBeAnnounced)}
    if events:
        yield f"{count_of(len(events), 'event')} {'has' if len(events) == 1 else 'have'} no date yet"


def cut_warning(query: Query, selection: Selection) -> Iterator[str]:
    """That series without an end were cut, and how many, of a selection whose occurrences are all shown; nothing if no
    series was.
    """
    if query.last is None:
        right = "--on or --to chooses others"
        yield from endless_warning(query, selection.occurrences, selection.endless_times, right)


def endless_warning(query: Query, occurrences: Iterable[Occurrence], most: int, right: str) -> Iterator[str]:
    """The same of occurrences which have so many times of a series without an end at most, with how to have others."""
    endless = (occurrence for occurrence in occurrences if is_endless(occurrence.event))
    numbers = Counter(occurrence.event.id for occurrence in endless).values()
    cut = sum(number == most for number in numbers)
    if cut:
        has, its = ("has", "its") if cut == 1 else ("have", "their")
        times = f"only {its} first {count_of(most, 'time')}"
        yield (
            f"{count_of(cut, 'series', 'series')} {has} no end; {times} from {query.first or query.today} on"
            f" {'are' if most > 1 else 'is'} told; {right}"
        )
