"""`agenda next`: what is on now, and what comes next."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from typer import Option

from agenda.delivery import deliver
from agenda.formats.events import Events
from agenda.options.formats import FieldsOption, FormatOption, fields_of
from agenda.options.selecting import CHOOSING, SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import left_out
from agenda.selection import UNLESS_CANCELLED, select
from agenda.upcoming import aside, standing, upcoming

if TYPE_CHECKING:
    from rich.console import RenderableType

EXAMPLES = (
    ("agenda next", "what is on, and the three events that come next"),
    ("agenda next -n 1 --city Osaka --tz Europe/Rome", "the next one in Osaka, by the clocks of Rome"),
    ("agenda next --fields start,title", "the same for a script: when it starts, and what it is"),
)


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    number: Annotated[
        int,
        Option(
            "--number",
            "-n",
            min=0,
            metavar="NUMBER",
            help="How many of what is to come.",
            rich_help_panel=CHOOSING,
        ),
    ] = 3,
    format: FormatOption = None,
    fields: FieldsOption = None,
) -> None:
    """What is on now and what comes next, and how far that is.

    All that is on is told, then all that may be on, since it lies between two days, and then what is to come.
    AGENDA_NOW sets the clock.
    """
    events_fields = fields_of(fields)
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=UNLESS_CANCELLED)
    now = options.now(agenda)
    found = select(agenda, wanted)
    stood = standing(found, now)
    chosen = upcoming(stood, number)
    data = Events([one.occurrence for one in chosen], events_fields)

    def view() -> Iterator["RenderableType"]:
        from agenda.views.columns import Columns
        from agenda.views.forthcoming import Forthcoming

        yield Columns(data) if data.fields else Forthcoming(chosen)

    deliver(data, format, view)
    if said := aside(stood, now):
        options.remark(said)
    for remark in left_out(agenda, wanted, found):
        options.remark(remark)
