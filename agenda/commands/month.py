"""`agenda month`: the calendar of one month, and its events."""

from typing import Annotated

from msgspec.structs import replace
from typer import Argument

from agenda import output
from agenda.answers.months import Choice, choose
from agenda.days import MONTH_FORMS
from agenda.options.selecting import CHOOSING, SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import remarks, undated
from agenda.selection import UNLESS_CANCELLED, select, select_series

EXAMPLES = (
    ("agenda month", "the next month with an event"),
    ("agenda month 2025-10 --city Osaka", "October in Osaka"),
)


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    month: Annotated[
        str | None,
        Argument(
            metavar="[MONTH]",
            help=f"Which month: {MONTH_FORMS}. Without it, the next one with an event.",
            rich_help_panel=CHOOSING,
        ),
    ] = None,
) -> None:
    """A month: how many events there are where on each day, and which.

    An event that lies between two days is counted apart on each day that it may be on.
    """
    from agenda.views.listing import Listing
    from agenda.views.month import Month

    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=UNLESS_CANCELLED)
    chosen = Choice(options.clock(agenda).month(month)) if month is not None else choose(agenda, wanted)
    within = replace(wanted, periods=(*wanted.periods, chosen.month))
    found = select(agenda, within)
    output.draw(Month(found, chosen.month, within, wanted.today, agenda.cities))
    output.draw(Listing(found, within.first))
    if chosen.over:
        options.remark("nothing of this is still to come; this is its last month")
    options.remark(*remarks(agenda, within, found, options.status), *undated(select_series(agenda, wanted)))
