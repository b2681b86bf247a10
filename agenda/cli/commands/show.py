"""`agenda show`: everything known of some events."""

from typing import Annotated

from agenda.cli import output
from agenda.cli.inputs import choose_wording, read_agenda_for_ids
from agenda.cli.options import ChoiceOptions, ReportFormat, format_option, with_options
from agenda.cli.parse import NO_ID, make_query, read_ids_and_words
from agenda.cli.remarks import nothing_remarks
from agenda.errors import UsageError
from agenda.model import Status
from agenda.query import select_series

EXAMPLES = (
    ("agenda show polito-japan-hub", "everything known of that event"),
    ("agenda list --city Kobe | agenda show -", "everything known of each event in Kobe"),
    ("agenda show airone --format json", "the same of another event, for programs"),
)


@with_options(ChoiceOptions)
def command(
    options: ChoiceOptions,
    format: Annotated[ReportFormat | None, format_option("The format; without it, text for people.")] = None,
) -> None:
    """Show everything known of events, with their sources.

    That is when they are and how sure their dates are, where, who and what. From standard input it takes the first
    field of each line as an id, so that it reads what `agenda list` writes.
    """
    agenda = read_agenda_for_ids(options)
    choice, ids = read_ids_and_words(options, agenda)
    query = make_query(choice, agenda, statuses=Status, ids=ids)
    if not query.is_selective:
        raise UsageError(NO_ID)
    occurrences = select_series(agenda, query)
    if format:
        from agenda.formats.records import EventRows

        output.write_data(EventRows(occurrences, utc=options.utc), format)
    else:
        from agenda.views.details import Details

        output.draw(Details(occurrences, words=choose_wording(options, agenda)))
    output.remark(options, *nothing_remarks(options, agenda, query, occurrences))
