"""`agenda import`: an iCalendar file as an agenda file."""  # noqa: N999 - called as the command is

from typing import Annotated

from typer import Argument

from agenda.agendafile.load import display_name
from agenda.cli import output
from agenda.cli.options import (
    DATA_PANEL,
    MessageOptions,
    force_option,
    output_option,
    quiet_option,
    zone_option,
)
from agenda.cli.parse import parse_zone_option
from agenda.cli.progress import reading_spinner
from agenda.files import read_file

EXAMPLES = (
    ("agenda import calendar.ics --output imported.toml", "a calendar as an agenda of your own"),
    ("agenda export --city Kobe | agenda import -", "what an export keeps of these events"),
)


def command(
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The iCalendar file; - is standard input.", rich_help_panel=DATA_PANEL),
    ],
    timezone: Annotated[
        str | None,
        zone_option("The agenda's time zone, as in Europe/Rome; without it, that of the calendar.", DATA_PANEL),
    ] = None,
    quiet: Annotated[bool, quiet_option("Nothing of what is left out; errors are always told.")] = False,
    target: Annotated[str, output_option("The agenda file; - is standard output.")] = output.STDOUT,
    force: Annotated[bool, force_option("Overwrite a file that is there.")] = False,
) -> None:
    """An iCalendar file as an agenda file.

    What has no place in an agenda is told on standard error, even into a pipe.
    """
    from agenda.agendafile.write import write_toml
    from agenda.ical.importer import import_calendars

    home = parse_zone_option(timezone)
    options = MessageOptions(verbose=True, quiet=quiet)
    content = read_file(file, "an iCalendar file")
    with reading_spinner(options):
        imported = import_calendars(content, display_name(file), home)
    output.save(target, write_toml(imported.tables), None if force else lambda _: "would be lost")
    output.remark(options, *map(str, imported.diagnostics), *imported.losses)
