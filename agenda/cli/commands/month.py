"""`agenda month`: the calendar of one month, and its events."""

from typing import Annotated

from msgspec.structs import replace

from agenda.cli import output
from agenda.cli.inputs import choose_wording, read_agenda
from agenda.cli.options import SelectionOptions, with_options, words_argument
from agenda.cli.parse import make_query, read_month_and_words
from agenda.cli.remarks import answer_remarks, undated_remark, unnamed_warning
from agenda.query import NOT_CANCELLED, make_selection, select_series
from agenda.reports.months import ChosenMonth, choose_month
from agenda.typed_days.clock import MONTH_FORMS

EXAMPLES = (
    ("agenda month", "the next month with an event"),
    ("agenda month 2025-10 --city Osaka", "October in Osaka"),
)


class MonthOptions(SelectionOptions, frozen=True, kw_only=True):
    """Which events of which month; a word may be that month."""

    words: Annotated[
        list[str] | None,
        words_argument(
            "[MONTH]",
            f"Which month: {MONTH_FORMS}. Without it, the next one with an event. Also a city or a topic.",
            complete="month_words",
        ),
    ] = None


@with_options(MonthOptions)
def command(options: MonthOptions) -> None:
    """Show a month: how many events each day has in which city, and those events.

    An event that lies between two days is counted apart on each day that it may be on. Weeks without events are left
    out, and where days are wide enough, each event has its title on its first one.
    """
    from agenda.views.listing import Listing
    from agenda.views.month_grid import MonthGrid
    from agenda.views.whereabouts import find_whereabouts

    agenda = read_agenda(options)
    choice, month = read_month_and_words(options, agenda)
    query = make_query(choice, agenda, statuses=NOT_CANCELLED)
    chosen = choose_month(agenda, query) if month is None else ChosenMonth(month)
    of_month = replace(query, periods=(*query.periods, chosen.month))
    selection = make_selection(agenda, of_month)
    words = choose_wording(options, agenda)
    output.draw(MonthGrid(selection.occurrences, chosen.month, of_month, agenda.cities, words=words))
    whereabouts = find_whereabouts(selection.occurrences, of_month, agenda)
    output.draw(Listing(selection.occurrences, of_month.period, whereabouts, words=words))
    if chosen.over:
        output.remark(options, "nothing of this is still to come; this is its last month")
    output.remark(
        options,
        *answer_remarks(options, agenda, of_month, selection),
        *undated_remark(select_series(agenda, query)),
    )
    output.warn(options, *unnamed_warning(options, agenda))
