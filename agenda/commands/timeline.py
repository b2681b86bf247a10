"""`agenda timeline`: the events as bars over their days, side by side."""

from typing import Annotated

from typer import Option

from agenda import output
from agenda.answers.lanes import By, lanes
from agenda.days import Period
from agenda.options.formats import TELLING
from agenda.options.selecting import SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import remarks
from agenda.selection import UNLESS_CANCELLED, select

EXAMPLES = (
    ("agenda timeline", "the whole programme, with a lane for each city"),
    ("agenda timeline --by topic --city Osaka", "what is on in Osaka, with a lane for each topic"),
    ("agenda timeline --on 2025-09-28..2025-09-30", "three days of it"),
)


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    by: Annotated[
        By,
        Option("--by", case_sensitive=False, help="What there is a lane for.", rich_help_panel=TELLING),
    ] = By.CITY,
) -> None:
    """The events as bars over their days, a lane for each city.

    What is hatched is on some of its days, and which is not known. Where the days are too many for the screen, each
    week is drawn by itself.
    """
    from agenda.views.timeline import Timeline

    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=UNLESS_CANCELLED)
    found = select(agenda, wanted)
    period = Period(wanted.first, wanted.last)
    with options.writing():
        output.draw(Timeline(found, lanes(found, by, wanted), period, f"No {by}", wanted.today))
    options.remark(*remarks(agenda, wanted, found, options.status))
