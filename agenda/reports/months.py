"""The month that `month` shows where none is named."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period, month_of
from agenda.model import Agenda, Occurrence, ToBeAnnounced
from agenda.query import Query, last_day, walk_occurrences


class ChosenMonth(Struct, frozen=True):
    """The month that was chosen, and whether all that the query selects is over."""

    month: Period
    over: bool = False


def choose_month(agenda: Agenda, query: Query) -> ChosenMonth:
    """The month of the first day, today or later, on which an occurrence is or may be. Where all of them are past, it
    is the month of the last of their days. Where none has a date, it is this month, or the nearest that the query's
    periods allow. Days outside those periods do not count.
    """
    since = max(query.today, query.first or date.min)
    until = query.last or date.max
    ahead = replace(query, periods=(Period(since, query.last),))
    first = next(_days(walk_occurrences(agenda, ahead)), None) if since <= until else None
    if first:
        return ChosenMonth(month_of(max(first[0], since)))
    last = last_day(agenda, query)
    if last:
        return ChosenMonth(month_of(min(last, until)), over=True)
    return ChosenMonth(month_of(min(max(query.today, query.first or date.min), until)))


def _days(occurrences: Iterable[Occurrence]) -> Iterator[tuple[date, date]]:
    return (occurrence.when.days for occurrence in occurrences if not isinstance(occurrence.when, ToBeAnnounced))
