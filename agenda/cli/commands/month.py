"""`agenda month`: the calendar of one month, and its events."""

from typing import Annotated

from msgspec.structs import replace
from typer import Argument

from agenda.cli import output
from agenda.cli.inputs import read_agenda
from agenda.cli.notices import selection_notices, undated_notice
from agenda.cli.options import FILTER_PANEL, SelectionOptions, complete_with, with_options
from agenda.cli.parse import make_clock, make_query
from agenda.query import NOT_CANCELLED, make_selection, select_series
from agenda.reports.months import ChosenMonth, choose_month
from agenda.typed_days.clock import MONTH_FORMS

EXAMPLES = (
    ("agenda month", "the next month with an event"),
    ("agenda month 2025-10 --city Osaka", "October in Osaka"),
)


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    month: Annotated[
        str | None,
        Argument(
            metavar="[MONTH]",
            help=f"Which month: {MONTH_FORMS}. Without it, the next one with an event.",
            rich_help_panel=FILTER_PANEL,
            autocompletion=complete_with("months"),
        ),
    ] = None,
) -> None:
    """A month: how many events there are where on each day, and which.

    An event that lies between two days is counted apart on each day that it may be on. Weeks without events are left
    out, and where days are wide enough, each event has its title on its first one.
    """
    from agenda.views.listing import Listing
    from agenda.views.month_grid import MonthGrid

    agenda = read_agenda(options)
    query = make_query(options, agenda, statuses=NOT_CANCELLED)
    clock = make_clock(agenda, query.today)
    chosen = choose_month(agenda, query) if month is None else ChosenMonth(clock.month(month))
    of_month = replace(query, periods=(*query.periods, chosen.month))
    selection = make_selection(agenda, of_month)
    output.draw(MonthGrid(selection.occurrences, chosen.month, of_month, query.today, agenda.cities))
    output.draw(Listing(selection.occurrences, of_month.first))
    if chosen.over:
        output.remark(options, "nothing of this is still to come; this is its last month")
    output.remark(
        options,
        *selection_notices(of_month, selection, options.status),
        *undated_notice(select_series(agenda, query)),
    )
