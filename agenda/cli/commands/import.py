"""`agenda import`: an iCalendar file as an agenda file."""  # noqa: N999 - called as the command is

from typing import Annotated

from typer import Argument, Option

from agenda.agendafile.load import display_name
from agenda.cli import output
from agenda.cli.options import DATA_PANEL, MessageOptions, complete_with
from agenda.cli.parse import parse_zone_option
from agenda.files import read_file

EXAMPLES = (
    ("agenda import calendar.ics --output imported.toml", "a calendar as an agenda of your own"),
    ("agenda export --city Kobe | agenda import -", "what an export keeps of these events"),
)

_FILES = "Where it goes"


def command(
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The iCalendar file; - is standard input.", rich_help_panel=DATA_PANEL),
    ],
    timezone: Annotated[
        str | None,
        Option(
            "--tz",
            metavar="ZONE",
            help="The agenda's time zone, as in Europe/Rome; without it, that of the calendar.",
            rich_help_panel=DATA_PANEL,
            autocompletion=complete_with("zones"),
        ),
    ] = None,
    quiet: Annotated[
        bool,
        Option(
            "--quiet", "-q", help="Nothing of what is left out; errors are always told.", rich_help_panel=DATA_PANEL
        ),
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
    from agenda.agendafile.write import write_toml
    from agenda.ical.importer import import_calendars

    home = parse_zone_option(timezone)
    messages = MessageOptions(verbose=True, quiet=quiet)
    content = read_file(file, "an iCalendar file")
    with messages.reading():
        found = import_calendars(content, display_name(file), home)
    output.save(target, write_toml(found.tables), None if force else lambda _: "would be lost")
    messages.remark(*map(str, found.findings), *found.losses)
