"""What is worth knowing of a selection besides the events in it, in the words of every command."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from agenda.model import Agenda, Occurrence, Status
from agenda.recurrence import MOST, is_endless
from agenda.selection import UNLESS_CANCELLED, Wanted, select_series
from agenda.text import counted

NOTHING = "no event is like that"


def remarks(agenda: Agenda, wanted: Wanted, found: Sequence[Occurrence]) -> Iterator[str]:
    """Of `found`, what was wanted of the agenda: that series were cut, that it is nothing, that some are cancelled."""
    yield from _cut(wanted, found)
    yield from left_out(agenda, wanted, found)


def left_out(agenda: Agenda, wanted: Wanted, found: Sequence[Occurrence]) -> Iterator[str]:
    """The same of what is not told one by one: that it is nothing, that some are cancelled."""
    if not found:
        yield NOTHING
    if wanted.statuses == UNLESS_CANCELLED:
        cancelled = select_series(agenda, replace(wanted, statuses=frozenset({Status.CANCELLED})))
        if cancelled:
            was, them = ("was", "it") if len(cancelled) == 1 else ("were", "them")
            events = f"{counted(len(cancelled), 'cancelled event')} {was} left out"
            yield f"{events}; --status cancelled lists {them}"


def _cut(wanted: Wanted, found: Sequence[Occurrence]) -> Iterator[str]:
    """Which series are not told to their ends, since they have none."""
    times = Counter(shown.event.id for shown in found if is_endless(shown.event)).values()
    cut = sum(number == MOST for number in times)
    if cut and wanted.last is None:
        has, its = ("has", "its") if cut == 1 else ("have", "their")
        series = f"{counted(cut, 'series', 'series')} {has} no end; only {its} first {MOST:,} times"
        yield f"{series} from {wanted.first or wanted.today} on are listed; --on or --to chooses others"
