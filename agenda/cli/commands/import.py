"""`agenda import`: a file of another program as an agenda file."""  # noqa: N999 - called as the command is

from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from agenda.interchange.result import ImportResult

EXAMPLES = (
    ("agenda import calendar.ics --output imported.toml", "a calendar as an agenda of your own"),
    ("agenda import schedule.xml | agenda list --data -", "the schedule of a conference, from frab or pretalx"),
    ("agenda export --city Kobe | agenda import -", "what an export keeps of these events"),
)


def command(
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The file; - is standard input.", rich_help_panel=DATA_PANEL),
    ],
    timezone: Annotated[
        str | None,
        zone_option("The agenda's time zone, as in Europe/Rome; without it, that of the file.", DATA_PANEL),
    ] = None,
    quiet: Annotated[bool, quiet_option("Nothing of what is left out; errors are always told.")] = False,
    target: Annotated[str, output_option("The agenda file; - is standard output.")] = output.STDOUT,
    force: Annotated[bool, force_option("Overwrite a file that is there.")] = False,
) -> None:
    """A calendar or a conference schedule as an agenda file.

    It takes iCalendar, and the XML and JSON of frab, pentabarf and pretalx, whatever the file is called. What has no
    place in an agenda is told on standard error, even into a pipe.
    """
    from agenda.agendafile.write import write_toml

    home = parse_zone_option(timezone)
    options = MessageOptions(verbose=True, quiet=quiet)
    content = read_file(file, "an iCalendar file, or a schedule in XML or JSON")
    with reading_spinner(options):
        imported = _import(content, display_name(file), home)
    output.save(target, write_toml(imported.tables), None if force else lambda _: "would be lost")
    output.remark(options, *map(str, imported.diagnostics), *imported.losses)


def _import(content: bytes, shown: str, home: "ZoneInfo | None") -> "ImportResult":
    """What the content of a file makes, by the format that it has."""
    from agenda.interchange.detect import FileFormat, detect_format

    kind = detect_format(content)
    if kind is FileFormat.ICALENDAR:
        from agenda.ical.importer import import_calendars

        return import_calendars(content, shown, home)
    from agenda.interchange.frab import import_schedule

    return import_schedule(content, shown, home, kind=kind)
