"""`agenda import`: an iCalendar file as an agenda file."""  # noqa: N999 - the command is called so

from contextlib import nullcontext
from typing import Annotated

from typer import Argument, Option

from agenda import output
from agenda.dataset.load import name_of
from agenda.files import content_of
from agenda.options.data import SOURCE
from agenda.progress import progress, unwatched

EXAMPLES = (
    ("agenda import calendar.ics > imported.toml", "a calendar as an agenda of your own"),
    ("agenda export --city Kobe | agenda import -", "what an export keeps of these events"),
)


def command(
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The iCalendar file; - is standard input.", rich_help_panel=SOURCE),
    ],
    quiet: Annotated[
        bool,
        Option("--quiet", "-q", help="Nothing of what is left out; errors are always told.", rich_help_panel=SOURCE),
    ] = False,
) -> None:
    """An iCalendar file as an agenda file, on standard output.

    What has no place in an agenda is told on standard error, even into a pipe.
    """
    from agenda.imports.calendars import imported
    from agenda.imports.toml import document

    content = content_of(file, "an iCalendar file")
    with nullcontext(unwatched) if quiet else progress("Reading events") as watch:
        found = imported(content, name_of(file), watch)
    output.write(document(found.tables))
    for finding in map(str, found.findings):
        output.remark(finding, verbose=True, quiet=quiet)
    for loss in found.losses:
        output.remark(loss, verbose=True, quiet=quiet)
