"""`agenda show`: everything known of some events."""

from typing import Annotated

from typer import Argument, Option

from agenda.cli import output
from agenda.cli.notices import NO_MATCH
from agenda.cli.options import FILTER_PANEL, OUTPUT_PANEL, ReportFormat, SelectionOptions, complete_with, with_options
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
    ids: Annotated[
        list[str] | None,
        Argument(
            metavar="ID...",
            help="Ids of events; - reads them from standard input.",
            rich_help_panel=FILTER_PANEL,
            autocompletion=complete_with("ids"),
        ),
    ] = None,
    format: Annotated[
        ReportFormat | None,
        Option(
            "--format",
            "-f",
            case_sensitive=False,
            help="As what; without it, for people.",
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = None,
) -> None:
    """Everything known of these events, with the sources.

    That is when and how sure, where, who and what. From standard input it takes the first field of each line, so that
    it takes what `agenda list` gives.
    """
    if not ids:
        raise UsageError("name at least one ID, or - to read them from standard input; `agenda list` shows them")
    wanted_ids = options.ids(ids)
    agenda = options.agenda()
    found = select_series(agenda, options.wanted(agenda, statuses=Status, ids=wanted_ids))
    if format:
        from agenda.formats import find_writer
        from agenda.formats.records import EventRows

        output.write(find_writer(format)(EventRows(found)))
    else:
        from agenda.views.details import Details

        output.draw(Details(found))
    if not found:
        options.remark(NO_MATCH)
