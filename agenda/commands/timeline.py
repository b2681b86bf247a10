"""`agenda timeline`: the events as bars over their days, side by side."""

from typing import Annotated

from typer import Option

from agenda import output
from agenda.days import Period
from agenda.lanes import By, lanes
from agenda.options.selecting import SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import remarks
from agenda.selection import UNLESS_CANCELLED, select


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    by: Annotated[
        By,
        Option("--by", case_sensitive=False, help="What there is a lane for.", rich_help_panel="What is told of them"),
    ] = By.CITY,
) -> None:
    """The events as bars over their days, with a lane for each city.

    What is hatched is on some of its days, and which is not known. Where the days are too many for the screen, each
    week is drawn by itself.
    """
    from agenda.views.timeline import Timeline

    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=UNLESS_CANCELLED)
    found = select(agenda, wanted)
    period = Period(wanted.first, wanted.last)
    output.draw(Timeline(found, lanes(found, by, wanted), period, f"No {by}", wanted.today))
    for remark in remarks(agenda, wanted, found):
        options.remark(remark)
