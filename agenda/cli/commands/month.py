"""`agenda month`: the calendar of one month, and its events."""

from typing import Annotated

from msgspec.structs import replace
from typer import Argument

from agenda.cli import output
from agenda.cli.notices import selection_notices, undated_notice
from agenda.cli.options import FILTER_PANEL, SelectionOptions, with_options
from agenda.dates import MONTH_FORMS
from agenda.query import NOT_CANCELLED, select, select_series
from agenda.reports.months import ChosenMonth, choose_month

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
        ),
    ] = None,
) -> None:
    """A month: how many events there are where on each day, and which.

    An event that lies between two days is counted apart on each day that it may be on.
    """
    from agenda.views.listing import Listing
    from agenda.views.month_grid import Month

    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=NOT_CANCELLED)
    chosen = ChosenMonth(options.clock(agenda).month(month)) if month is not None else choose_month(agenda, wanted)
    within = replace(wanted, periods=(*wanted.periods, chosen.month))
    found = select(agenda, within)
    output.draw(Month(found, chosen.month, within, wanted.today, agenda.cities))
    output.draw(Listing(found, within.first))
    if chosen.over:
        options.remark("nothing of this is still to come; this is its last month")
    options.remark(
        *selection_notices(agenda, within, found, options.status), *undated_notice(select_series(agenda, wanted))
    )
