"""What is worth knowing of a selection besides the events in it, in the words of every command."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from agenda.model import Agenda, Occurrence, Status, ToBeAnnounced
from agenda.query import MAX_OCCURRENCES, Query, select_series
from agenda.recurrence.expand import is_endless
from agenda.text import count_of

NO_MATCH = "no event matches"


def selection_notices(
    agenda: Agenda, wanted: Query, found: Sequence[Occurrence], statuses: Collection[Status] | None
) -> Iterator[str]:
    """What is to be said of `found`, which is wanted of the agenda, by `statuses` if any were asked for: that series
    were cut, whose times are told, that there is nothing, that what is cancelled was left out.
    """
    yield from _cut(wanted, found)
    yield from left_out_notices(agenda, wanted, found, statuses)


def left_out_notices(
    agenda: Agenda, wanted: Query, found: Sequence[Occurrence], statuses: Collection[Status] | None
) -> Iterator[str]:
    """The same where not each occurrence is told."""
    if wanted.timezone:
        yield f"times are those of {wanted.timezone.key}, wherever the event is; days stay as they are"
    if not found:
        yield NO_MATCH
    if statuses:
        return
    cancelled = select_series(agenda, replace(wanted, statuses=frozenset({Status.CANCELLED})))
    if cancelled:
        was, them = ("was", "it") if len(cancelled) == 1 else ("were", "them")
        yield f"{count_of(len(cancelled), 'cancelled event')} {was} left out; --status cancelled shows {them}"


def undated_notice(found: Iterable[Occurrence]) -> Iterator[str]:
    """How many of these have no date yet, where any has none."""
    events = {shown.event.id for shown in found if isinstance(shown.when, ToBeAnnounced)}
    if events:
        yield f"{count_of(len(events), 'event')} {'has' if len(events) == 1 else 'have'} no date yet"


def _cut(wanted: Query, found: Sequence[Occurrence]) -> Iterator[str]:
    """Which series are not told to their ends, since they have none."""
    times = Counter(shown.event.id for shown in found if is_endless(shown.event)).values()
    cut = sum(number == MAX_OCCURRENCES for number in times)
    if cut and wanted.last is None:
        has, its = ("has", "its") if cut == 1 else ("have", "their")
        series = f"{count_of(cut, 'series', 'series')} {has} no end; only {its} first {MAX_OCCURRENCES:,} times"
        yield f"{series} from {wanted.first or wanted.today} on are told; --on or --to chooses others"
