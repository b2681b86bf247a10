"""`agenda show`: everything known of some events."""

from typing import Annotated

from agenda.cli import output
from agenda.cli.inputs import read_agenda, read_ids
from agenda.cli.notices import NO_MATCH
from agenda.cli.options import ReportFormat, SelectionOptions, format_option, ids_argument, with_options
from agenda.cli.parse import make_query
from agenda.errors import UsageError
from agenda.model import Status
from agenda.query import select_series

EXAMPLES = (
    ("agenda show polito-japan-hub", "everything known of that event"),
    ("agenda list --city Kobe | agenda show -", "everything known of each event in Kobe"),
    ("agenda show airone --format json", "the same of another event, for programs"),
)


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    ids: Annotated[list[str] | None, ids_argument("ID...", "Ids of events; - reads them from standard input.")] = None,
    format: Annotated[ReportFormat | None, format_option("As what; without it, for people.")] = None,
) -> None:
    """Everything known of these events, with the sources.

    That is when and how sure, where, who and what. From standard input it takes the first field of each line, so that
    it takes what `agenda list` gives.
    """
    if not ids:
        raise UsageError("name at least one ID, or - to read them from standard input; `agenda list` shows them")
    chosen_ids = read_ids(options, ids)
    agenda = read_agenda(options)
    occurrences = select_series(agenda, make_query(options, agenda, statuses=Status, ids=chosen_ids))
    if format:
        from agenda.formats.records import EventRows

        output.write_data(EventRows(occurrences), format)
    else:
        from agenda.views.details import Details

        output.draw(Details(occurrences))
    if not occurrences:
        output.remark(options, NO_MATCH)
