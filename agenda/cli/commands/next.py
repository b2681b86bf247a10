"""`agenda next`: what is on now, and what comes next."""

from typing import Annotated

from msgspec.structs import replace
from typer import Option

from agenda.cli import output
from agenda.cli.fields import FieldsOption, parse_fields
from agenda.cli.inputs import current_time, read_agenda
from agenda.cli.notices import left_out_notices, undated_notice
from agenda.cli.options import FILTER_PANEL, FormatOption, SelectionOptions, with_options
from agenda.cli.parse import make_query
from agenda.formats import Format
from agenda.formats.records import EventRows
from agenda.query import NOT_CANCELLED, ZONE_DAYS, make_selection
from agenda.recurrence.expand import shift_day
from agenda.reports.upcoming import choose_upcoming, find_phases, later_notice, over_or_ahead_notice

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
    columns = parse_fields(fields)
    agenda = read_agenda(options)
    query = make_query(options, agenda, statuses=NOT_CANCELLED)
    now = current_time(agenda.timezone, query.timezone)
    # What is on elsewhere may have begun on a day that is over here.
    selection = make_selection(agenda, replace(query, today=shift_day(query.today, -ZONE_DAYS)))
    phases = find_phases(selection.occurrences, now)
    chosen = choose_upcoming(phases, number)
    rows = EventRows([upcoming.occurrence for upcoming in chosen], columns)
    format = format or output.usual_format()
    if format is not Format.TABLE:
        output.write_data(rows, format)
    elif columns:
        from agenda.views.columns import Columns

        output.draw(Columns(rows))
    else:
        from agenda.views.forthcoming import Forthcoming

        output.draw(Forthcoming(chosen))
    notices = filter(None, (later_notice(phases, number), over_or_ahead_notice(phases, now)))
    output.remark(
        options,
        *notices,
        *undated_notice(selection.occurrences),
        *left_out_notices(query, selection, options.status),
    )
