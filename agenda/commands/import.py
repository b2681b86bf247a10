"""`agenda import`: an iCalendar file as an agenda file."""  # noqa: N999 - called as the command is

from typing import Annotated

from typer import Argument, Option

from agenda import output
from agenda.dataset.load import name_of
from agenda.files import content_of
from agenda.options.completing import completed
from agenda.options.data import SOURCE, MessageOptions
from agenda.options.typed import zone

EXAMPLES = (
    ("agenda import calendar.ics --output imported.toml", "a calendar as an agenda of your own"),
    ("agenda export --city Kobe | agenda import -", "what an export keeps of these events"),
)

_FILES = "Where it goes"


def command(
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The iCalendar file; - is standard input.", rich_help_panel=SOURCE),
    ],
    timezone: Annotated[
        str | None,
        Option(
            "--tz",
            metavar="ZONE",
            help="The agenda's time zone, as in Europe/Rome; without it, that of the calendar.",
            rich_help_panel=SOURCE,
            autocompletion=completed("zones"),
        ),
    ] = None,
    quiet: Annotated[
        bool,
        Option("--quiet", "-q", help="Nothing of what is left out; errors are always told.", rich_help_panel=SOURCE),
    ] = False,
    target: Annotated[
        str,
        Option("--output", "-o", metavar="FILE", help="The agenda file; - is standard output.", rich_help_panel=_FILES),
    ] = output.STDOUT,
    force: Annotated[bool, Option("--force", help="Overwrite a file that is there.", rich_help_panel=_FILES)] = False,
) -> None:
    """An iCalendar file as an agenda file.

    What has no place in an agenda is told on standard error, even into a pipe.
    """
    from agenda.imports.calendars import imported
    from agenda.imports.toml import document

    home = zone(timezone)
    messages = MessageOptions(verbose=True, quiet=quiet)
    content = content_of(file, "an iCalendar file")
    with messages.reading():
        found = imported(content, name_of(file), home)
    output.save(target, document(found.tables), None if force else lambda _: "would be lost")
    messages.remark(*map(str, found.findings), *found.losses)
