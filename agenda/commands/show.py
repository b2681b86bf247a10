"""`agenda show`: everything known of some events."""

from typing import Annotated

from typer import Argument, Option

from agenda import output
from agenda.errors import UsageError
from agenda.model import Status
from agenda.options.completing import completed
from agenda.options.formats import TELLING
from agenda.options.reports import ReportFormat
from agenda.options.selecting import CHOOSING, SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import NOTHING
from agenda.selection import select_series

EXAMPLES = (
    ("agenda show polito-japan-hub", "everything known of that event"),
    ("agenda list --city Kobe | agenda show -", "everything known of each event in Kobe"),
    ("agenda show airone --format json", "the same of another event, for programs"),
)


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    ids: Annotated[
        list[str] | None,
        Argument(
            metavar="ID...",
            help="Ids of events; - reads them from standard input.",
            rich_help_panel=CHOOSING,
            autocompletion=completed("ids"),
        ),
    ] = None,
    format: Annotated[
        ReportFormat | None,
        Option(
            "--format", "-f", case_sensitive=False, help="As what; without it, for people.", rich_help_panel=TELLING
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
        from agenda.formats import writer
        from agenda.formats.events import Events

        output.write(writer(format)(Events(found)))
    else:
        from agenda.views.details import Details

        output.draw(Details(found))
    if not found:
        options.remark(NOTHING)
