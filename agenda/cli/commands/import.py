"""`agenda import`: a file of another program as an agenda file."""  # noqa: N999 - called as the command is

from typing import Annotated

from typer import Argument, Option

from agenda.agendafile.load import display_name
from agenda.cli import output
from agenda.cli.foreign import TableOptions, import_content
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

_TABLE_PANEL = "How a table is read"

EXAMPLES = (
    ("agenda import calendar.ics --output imported.toml", "a calendar as an agenda of your own"),
    ("agenda import schedule.xml | agenda list --data -", "the schedule of a conference, from frab or pretalx"),
    ("agenda import programme.csv --tz Europe/Rome", "a table, by its headings; .xlsx and .ods as well"),
)


def command(
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The file; - is standard input.", rich_help_panel=DATA_PANEL),
    ],
    columns: Annotated[
        list[str] | None,
        Option(
            "--column",
            metavar="FIELD=HEADING",
            help='What the column of that heading holds, as in start="Inizio".',
            rich_help_panel=_TABLE_PANEL,
        ),
    ] = None,
    day_first: Annotated[
        bool | None,
        Option(
            "--day-first/--month-first",
            help="Whether 3/4/2026 is of April or of March, where no other day shows it.",
            rich_help_panel=_TABLE_PANEL,
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        Option(
            "--sheet",
            metavar="NAME",
            help="Which sheet of a workbook; without it, the first that has headings.",
            rich_help_panel=_TABLE_PANEL,
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        zone_option("The agenda's time zone, as in Europe/Rome; without it, that of the file.", DATA_PANEL),
    ] = None,
    quiet: Annotated[bool, quiet_option("Nothing of what is left out; errors are always told.")] = False,
    target: Annotated[str, output_option("The agenda file; - is standard output.")] = output.STDOUT,
    force: Annotated[bool, force_option("Overwrite a file that is there.")] = False,
) -> None:
    """A calendar, a table or a conference schedule as an agenda file.

    It takes iCalendar, the XML and JSON of frab, pentabarf and pretalx, and tables with headings: workbooks of Excel
    and LibreOffice, and text with commas, semicolons or tabs between cells; whatever the file is called. What has no
    place in an agenda, and how a table was read, is told on standard error, even into a pipe.
    """
    from agenda.agendafile.write import write_toml

    home = parse_zone_option(timezone)
    options = MessageOptions(verbose=True, quiet=quiet)
    content = read_file(file, "a calendar, a table, or a schedule in XML or JSON")
    with reading_spinner(options):
        table = TableOptions(columns=columns or (), day_first=day_first, sheet=sheet)
        imported = import_content(content, display_name(file), home, table)
    output.save(target, write_toml(imported.tables), None if force else lambda _: "would be lost")
    output.remark(options, *map(str, imported.diagnostics), *imported.losses)
