"""`agenda list`: the events that are wanted, as a table for people or as data for programs."""

from typing import Annotated

from typer import Exit, Option

from agenda.cli import output
from agenda.cli.fields import FieldsOption, add_people, parse_fields
from agenda.cli.inputs import choose_wording, data_in_words, read_agenda
from agenda.cli.options import (
    ANSWER_CODE,
    OUTPUT_PANEL,
    FormatOption,
    SelectionOptions,
    exit_code_option,
    with_options,
)
from agenda.cli.parse import make_query
from agenda.cli.progress import writing_spinner
from agenda.cli.remarks import answer_remarks, cut_warning, unnamed_warning
from agenda.formats import Format
from agenda.formats.records import EventRows
from agenda.query import NOT_CANCELLED, make_selection

EXAMPLES = (
    ("agenda list --city Tokyo --on 2025-09-29", "what is on in Tokyo on that day"),
    ('agenda list --topic "life sciences" --from "30 Sep" --people', "that topic from that day on, and who is there"),
    ("agenda list --format csv > events.csv", "all events, for a spreadsheet"),
)


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    format: FormatOption = None,
    fields: FieldsOption = None,
    people: Annotated[
        bool, Option("--people", help="Tell who is there, as well.", rich_help_panel=OUTPUT_PANEL)
    ] = False,
    exit_code: Annotated[bool, exit_code_option("nothing is found")] = False,
) -> None:
    """List events by day, with when and where they are.

    In a pipe it gives a line for each event: its id, start, end, city and title, separated by tabs.
    """
    format = format or output.usual_format()
    columns = parse_fields(fields)
    if people:
        columns = add_people(columns, format)
    agenda = read_agenda(options)
    query = make_query(options, agenda, statuses=NOT_CANCELLED)
    selection = make_selection(agenda, query)
    occurrences = selection.occurrences
    rows = EventRows(occurrences, columns, options.utc)
    with writing_spinner(options):
        if format is Format.JSON:
            occurrences.find_all()  # too many are an error before the first byte: half of a list is no JSON
        if format is not Format.TABLE:
            output.write_data(data_in_words(rows, format, options, agenda), format)
        elif columns:
            from agenda.views.columns import Columns

            output.draw(Columns(rows, words=choose_wording(options, agenda)))
        else:
            from agenda.views.listing import Listing
            from agenda.views.whereabouts import find_whereabouts

            whereabouts = find_whereabouts(occurrences, query, agenda)
            words = choose_wording(options, agenda)
            output.draw(Listing(occurrences, query.period, whereabouts, with_people=people, words=words))
    output.warn(options, *cut_warning(query, selection))
    output.remark(options, *answer_remarks(options, agenda, query, selection))
    output.warn(options, *unnamed_warning(options, agenda))
    if exit_code and not occurrences:
        raise Exit(ANSWER_CODE)
