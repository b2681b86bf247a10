"""`agenda next`: what is on now, and what comes next."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Annotated

from typer import Exit, Option

from agenda.cli import output
from agenda.cli.fields import ClockFieldsOption, parse_fields
from agenda.cli.inputs import choose_wording, current_time, data_in_words, read_agenda
from agenda.cli.options import (
    ANSWER_CODE,
    FILTER_PANEL,
    FormatOption,
    SelectionOptions,
    exit_code_option,
    with_options,
)
from agenda.cli.parse import make_query, read_words
from agenda.cli.remarks import choice_remarks, selection_remarks, undated_remark, unnamed_warning
from agenda.cli.upcoming_remarks import later_remark, none_remark, over_or_ahead_remark
from agenda.errors import UsageError
from agenda.formats import Format
from agenda.formats.records import CLOCK_FIELDS
from agenda.formats.upcoming import UpcomingRows
from agenda.query import NOT_CANCELLED, make_series_selection
from agenda.reports.upcoming import Outlook, State, choose_upcoming, look_ahead
from agenda.text.safe import quote
from agenda.text.sentences import join_words

EXAMPLES = (
    ("agenda next", "what is on, and the three events that come next"),
    (
        "agenda next -n 1 --only ahead --fields starts_in,title",
        "the next one, for a script: in how many minutes, and what",
    ),
    ("agenda next --only now --exit-code -q > /dev/null", "for `if` in a shell: is anything on?"),
)

_MAX_DIGITS = 6
"""Digits of a number of events, so that longer ones are told as what they are: no number that anybody means."""


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
            help="How many coming events to show.",
            rich_help_panel=FILTER_PANEL,
        ),
    ] = 3,
    only: Annotated[
        list[State] | None,
        Option(
            "--only",
            case_sensitive=False,
            help="Only events that are on (now), may be on (perhaps), begin later today (today), or begin later on any"
            " day (ahead).",
            rich_help_panel=FILTER_PANEL,
        ),
    ] = None,
    format: FormatOption = None,
    fields: ClockFieldsOption = None,
    exit_code: Annotated[bool, exit_code_option("nothing is found")] = False,
) -> None:
    """Show what is on now and what comes next, and in how long.

    All that is on is told, all that may be on, since it lies between two days, and the first of what is to come; in a
    pipe in this order. AGENDA_NOW sets the clock.
    """
    columns = parse_fields(fields, CLOCK_FIELDS)
    agenda = read_agenda(options)
    choice, own = read_words(options, agenda, {"number": _is_number})
    numbers = own.get("number", [])
    if numbers[1:]:
        raise UsageError(f"{join_words(map(quote, numbers), 'and')} are several numbers; name one")
    number = int(numbers[0]) if numbers else number
    query = make_query(choice, agenda, statuses=NOT_CANCELLED)
    now = current_time(agenda.timezone, query.timezone)
    selection = make_series_selection(agenda, query)
    states = only or ()
    outlook = look_ahead(agenda, query, now, number)
    dated = outlook.dated
    chosen = choose_upcoming(dated, number, states)
    rows = UpcomingRows(chosen, columns, options.utc)
    format = format or output.usual_format()
    if format is not Format.TABLE:
        output.write_data(data_in_words(rows, format, options, agenda), format)
    elif columns:
        from agenda.views.columns import Columns

        output.draw(Columns(rows, words=choose_wording(options, agenda)))
    else:
        from agenda.views.forthcoming import Forthcoming

        output.draw(Forthcoming(chosen, now.year, words=choose_wording(options, agenda)))
    output.remark(
        options,
        *(_remarks(outlook, number, states, now) if output.are_remarks_told(options) else ()),
        *undated_remark(selection.occurrences),
        *selection_remarks(query, selection, options.status),
        *choice_remarks(options, agenda, query, selection.occurrences),
    )
    output.warn(options, *unnamed_warning(options, agenda))
    if exit_code and not chosen:
        raise Exit(ANSWER_CODE)


def _remarks(outlook: Outlook, number: int, only: Collection[State], now: datetime) -> Iterator[str]:
    remarks = (
        none_remark(outlook.dated, only),
        later_remark(outlook, number, only),
        over_or_ahead_remark(outlook.dated, now),
    )
    return filter(None, remarks)


def _is_number(typed: str) -> bool:
    return typed.isdecimal() and len(typed) <= _MAX_DIGITS
