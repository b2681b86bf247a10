"""`agenda next`: what is on now, and what comes next."""

from typing import TYPE_CHECKING, Annotated

from msgspec.structs import replace
from typer import Option

from agenda import output
from agenda.answers.upcoming import later, over_or_ahead, phases, upcoming
from agenda.formats.events import Events
from agenda.options.fields import FieldsOption, fields_of
from agenda.options.formats import FormatOption
from agenda.options.selecting import CHOOSING, SelectionOptions
from agenda.options.sharing import takes
from agenda.recurrence.occurrences import shifted
from agenda.remarks import left_out, undated
from agenda.selection import APART, UNLESS_CANCELLED, select

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
    # What is on elsewhere may have begun on a day that is over here.
    found = select(agenda, replace(wanted, today=shifted(wanted.today, -APART)))
    stood = phases(found, now)
    chosen = upcoming(stood, number)
    data = Events([one.occurrence for one in chosen], events_fields)

    def view() -> "RenderableType":
        if data.fields:
            from agenda.views.columns import Columns

            return Columns(data)
        from agenda.views.forthcoming import Forthcoming

        return Forthcoming(chosen)

    output.deliver(data, format, view)
    said = (later(stood, number), over_or_ahead(stood, now))
    options.remark(*filter(None, said), *undated(found), *left_out(agenda, wanted, found, options.status))
