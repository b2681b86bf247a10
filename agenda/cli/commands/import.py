"""`agenda import`: a file of another program as an agenda file."""  # noqa: N999 - called as the command is

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from agenda.agendafile.load import display_name
from agenda.cli import output, saving
from agenda.cli.changes import EditedFile, declare_option, dry_run_option, keep_revised_option
from agenda.cli.foreign import TableOptions, import_content
from agenda.cli.options import (
    DATA_PANEL,
    FILES_PANEL,
    MessageOptions,
    force_option,
    output_option,
    quiet_option,
    zone_option,
)
from agenda.cli.parse import parse_zone_option
from agenda.cli.progress import reading_spinner
from agenda.errors import UsageError, diagnostic_lines
from agenda.files import read_file

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_TABLE_PANEL = "How a table is read"
_INTO_PANEL = "What changes in the file of --into"

EXAMPLES = (
    ("agenda import calendar.ics --output imported.toml", "a calendar as an agenda of your own"),
    (
        "agenda import calendar.ics --into my-events.toml --dry-run --quiet",
        "what would change in an agenda that is there",
    ),
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
            help="Whether 3/4/2026 is in April or in March, if no other day shows it.",
            rich_help_panel=_TABLE_PANEL,
        ),
    ] = None,
    year: Annotated[
        int | None,
        Option(
            "--year",
            metavar="YEAR",
            min=1901,
            max=9999,
            help="The year of days that are written without one.",
            rich_help_panel=_TABLE_PANEL,
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        Option(
            "--sheet",
            metavar="NAME",
            help="Which sheet of a workbook; without it, the first that has headings, or all that are of a day each.",
            rich_help_panel=_TABLE_PANEL,
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        zone_option("The agenda's time zone, as in Europe/Rome; without it, that of the file.", DATA_PANEL),
    ] = None,
    verbose: Annotated[bool, Option("--verbose", "-v", hidden=True)] = False,
    quiet: Annotated[bool, quiet_option("Do not list what is left out; errors are still shown.")] = False,
    target: Annotated[
        str | None, output_option("The agenda file; - is standard output, the default without --into.")
    ] = None,
    into: Annotated[
        str | None,
        Option(
            "--into",
            metavar="FILE",
            help="An agenda file to take new and changed events into; all else in it stays as it is.",
            rich_help_panel=FILES_PANEL,
        ),
    ] = None,
    force: Annotated[
        bool,
        force_option("Overwrite an existing file; with --into, also events that were changed there later."),
    ] = False,
    declare: Annotated[bool, declare_option(_INTO_PANEL)] = False,
    dry_run: Annotated[bool, dry_run_option(_INTO_PANEL)] = False,
    keep_revised: Annotated[bool, keep_revised_option(_INTO_PANEL)] = False,
) -> None:
    """Make an agenda file of a calendar, table or conference schedule, or take it into one.

    It takes iCalendar, the XML and JSON of frab, pentabarf and pretalx, and tables with headings: workbooks of Excel
    and LibreOffice, and text with commas, semicolons or tabs between cells; whatever the file is called. What has no
    place in an agenda, and how a table was read, is told on standard error, even into a pipe.

    With --into, events are those of the file that have the same UID, or else the same id; keys that the format cannot
    tell stay as they are there. Events that are no longer in the calendar stay, too, and are told.
    """
    del verbose  # all is told anyhow, and who asks for it is not refused
    home = parse_zone_option(timezone)
    table = TableOptions(columns=columns or (), day_first=day_first, year=year, sheet=sheet)
    if into is None:
        if declare or dry_run or keep_revised:
            raise UsageError("--declare, --dry-run and --keep-revised are for --into, which changes a file")
        _make_file(file, home, table, MessageOptions(verbose=True, quiet=quiet), target or output.STDOUT, force=force)
        return
    if target is not None:
        raise UsageError("--output makes a file, and --into changes one; take one of them away")
    from agenda.agendafile.toml_text import FileContent
    from agenda.cli.imports import import_for
    from agenda.cli.into import IntoOptions, import_into

    options = IntoOptions(
        data=[into],
        verbose=True,
        quiet=quiet,
        dry_run=dry_run,
        keep_revised=keep_revised,
        declare=declare,
        force=force,
    )
    edited = EditedFile(options, named_by="--into")
    content = _read(file)
    with reading_spinner(options):
        given = FileContent(display_name(file), content)
        imported = import_for(edited.editor.agenda, edited.name, given, home=home, table=table)
    import_into(edited, options, imported, content=content, shown=display_name(file))


def _make_file(
    file: str, home: "ZoneInfo | None", table: TableOptions, options: MessageOptions, target: str, *, force: bool
) -> None:
    """Write the file as an agenda file of its own."""
    from agenda.agendafile.write import write_toml

    content = _read(file)
    with reading_spinner(options):
        imported = import_content(content, display_name(file), home, table)
    saving.save(target, write_toml(imported.tables), None if force else lambda _: "would be lost")
    empty = [] if imported.tables.get("events") else [f"{display_name(file)} has no event, so that the agenda has none"]
    output.remark(options, *diagnostic_lines(imported.diagnostics), *imported.losses, *imported.gaps, *empty)


def _read(file: str) -> bytes:
    return read_file(file, "a calendar, a table, or a schedule in XML or JSON")
