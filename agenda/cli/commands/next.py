"""`agenda next`: what is on now, and what comes next."""

from typing import TYPE_CHECKING, Annotated

from msgspec.structs import replace
from typer import Option

from agenda.cli import output
from agenda.cli.fields import FieldsOption, parse_fields
from agenda.cli.notices import left_out_notices, undated_notice
from agenda.cli.options import FILTER_PANEL, FormatOption, SelectionOptions, with_options
from agenda.formats.records import EventRows
from agenda.query import NOT_CANCELLED, ZONE_DAYS, select
from agenda.recurrence.expand import shift_day
from agenda.reports.upcoming import choose_upcoming, find_phases, later_notice, over_or_ahead_notice

if TYPE_CHECKING:
    from rich.console import RenderableType

EXAMPLES = (
    ("agenda next", "what is on, and the three events that come next"),
    ("agenda next -n 1 --city Osaka --tz Europe/Rome", "the next one in Osaka, by the clocks of Rome"),
    ("agenda next --fields start,title", "the same for a script: when it starts, and what it is"),
)


@with_options(SelectionOptions)
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
            rich_help_panel=FILTER_PANEL,
        ),
    ] = 3,
    format: FormatOption = None,
    fields: FieldsOption = None,
) -> None:
    """What is on now and what comes next, and how far that is.

    All that is on is told, then all that may be on, since it lies between two days, and then what is to come.
    AGENDA_NOW sets the clock.
    """
    events_fields = parse_fields(fields)
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=NOT_CANCELLED)
    now = options.now(agenda)
    # What is on elsewhere may have begun on a day that is over here.
    found = select(agenda, replace(wanted, today=shift_day(wanted.today, -ZONE_DAYS)))
    stood = find_phases(found, now)
    chosen = choose_upcoming(stood, number)
    data = EventRows([one.occurrence for one in chosen], events_fields)

    def view() -> "RenderableType":
        if data.fields:
            from agenda.views.columns import Columns

            return Columns(data)
        from agenda.views.forthcoming import Forthcoming

        return Forthcoming(chosen)

    output.deliver(data, format, view)
    said = (later_notice(stood, number), over_or_ahead_notice(stood, now))
    options.remark(
        *filter(None, said), *undated_notice(found), *left_out_notices(agenda, wanted, found, options.status)
    )
