"""Which month is looked at where none is named."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period, month_of
from agenda.model import Agenda, Occurrence, ToBeAnnounced
from agenda.query import Query, select


class ChosenMonth(Struct, frozen=True):
    """A month that was chosen; `over` says that all that is wanted lies before today."""

    month: Period
    over: bool = False


def choose_month(agenda: Agenda, wanted: Query) -> ChosenMonth:
    """The month of the first day, today or later, on which anything that is wanted is or may be; where all of it is
    past, the last month that has any; where no day of it is known, this month, or the one nearest to it that is wanted.
    Days that are not wanted do not count.
    """
    since = max(wanted.today, wanted.first or date.min)
    until = wanted.last or date.max
    ahead = replace(wanted, periods=(Period(since, wanted.last),))
    days = _days(select(agenda, ahead)) if since <= until else []
    if days:
        return ChosenMonth(month_of(min(max(first, since) for first, _ in days)))
    past = _days(select(agenda, wanted))
    if past:
        return ChosenMonth(month_of(max(min(last, until) for _, last in past)), over=True)
    return ChosenMonth(month_of(min(max(wanted.today, wanted.first or date.min), until)))


def _days(found: list[Occurrence]) -> list[tuple[date, date]]:
    return [shown.when.days for shown in found if not isinstance(shown.when, ToBeAnnounced)]
