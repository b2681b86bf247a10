"""`agenda check`: whether an agenda file is valid, and all that is wrong with it or looks so."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated

from typer import Argument, Exit, Option

from agenda.agendafile.load import CheckResult, check_files, display_name
from agenda.agendafile.spots import find_spots
from agenda.agendafile.zone_data import use_newest_data
from agenda.cli import output
from agenda.cli.inputs import current_time
from agenda.cli.options import DATA_PANEL, OUTPUT_PANEL, DataOptions, ReportFormat, format_option, with_options
from agenda.cli.progress import reading_spinner
from agenda.errors import Problem, diagnostic_lines
from agenda.limits import MAX_DIAGNOSTICS
from agenda.model import Agenda, Certainty
from agenda.text.sentences import count_of

EXAMPLES = (
    ("agenda check my-events.toml", "whether that file is, and what is wrong in which line"),
    ("agenda check --format json my-events.toml", "the same for editors and CI; --strict lets warnings fail too"),
    ("agenda check --clashes my-events.toml", "the same with who is to be in two places at once"),
)


@with_options(DataOptions)
def command(
    options: DataOptions,
    files: Annotated[
        list[str] | None,
        Argument(
            metavar="[FILE]...",
            help="The agenda, a TOML file, or several that are one, in the place of --data.",
            rich_help_panel=DATA_PANEL,
        ),
    ] = None,
    format: Annotated[
        ReportFormat | None,
        format_option(
            "The format; without it, a line for each diagnostic, and on a terminal the line of the file too."
        ),
    ] = None,
    clashes: Annotated[
        bool,
        Option(
            "--clashes",
            help="Also tell of clashes that are sure or tight, at both of their events.",
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = False,
    strict: Annotated[
        bool, Option("--strict", help="Let warnings fail as well: exit code 1.", rich_help_panel=OUTPUT_PANEL)
    ] = False,
) -> None:
    """Find every mistake in an agenda file, each at its line.

    An error makes the exit code 1. A warning tells of what looks like a mistake, and does not: two events of one title
    at the same time, a name that nothing uses or that is nearly another one, a day apart from the programme, a start in
    the dead of night, an event of more than 16 hours, a time of revision in the future, an event cancelled without one.
    There are warnings only where there is no error. AGENDA_NOW sets the clock. --clashes adds those that `agenda
    clashes` tells of as sure or tight.

    In a pipe it gives a line for each diagnostic, and nothing else: FILE:LINE:COLUMN: message. A file without any gets
    one line. --verbose also tells which time zone data is used.
    """
    names: Sequence[str | None] = files or options.data or [None]
    with reading_spinner(options):
        find_more = [_find_clashes] if clashes else []
        checked = check_files(names, lambda agenda: current_time(agenda.timezone), *find_more)
    if format:
        from agenda.formats.tables import DiagnosticRows

        output.write_data(DiagnosticRows(find_spots(checked.diagnostics, checked.lines)), format)
    elif checked.diagnostics and output.is_terminal():
        from agenda.views.diagnostics import DiagnosticList

        output.draw(DiagnosticList(find_spots(checked.diagnostics[:MAX_DIAGNOSTICS], checked.lines)))
        output.write(
            f"{line}\n" for line in (*diagnostic_lines(checked.diagnostics)[MAX_DIAGNOSTICS:], _summary(names, checked))
        )
    else:
        output.write(f"{line}\n" for line in diagnostic_lines(checked.diagnostics) or [_summary(names, checked)])
    if options.verbose and (zone_data := use_newest_data()):
        output.remark(options, f"time zones are those of {zone_data}")
    if checked.agenda is None or (strict and checked.diagnostics):
        raise Exit(1)


def _find_clashes(agenda: Agenda, now: datetime) -> Iterable[Problem]:
    from agenda.agendafile.clash_warnings import find_clash_warnings  # most runs do not ask for them

    return find_clash_warnings(agenda, now)


def _summary(names: Sequence[str | None], checked: CheckResult) -> str:
    """The files in one line: how many errors they have, or else what is in them, and how many warnings."""
    shown = ", ".join(map(display_name, names))
    number = len(checked.diagnostics)
    if checked.agenda is None:
        return f"{shown}: {count_of(number, 'error')}"
    warnings = f"; {count_of(number, 'warning')}" if number else ""
    return f"{shown}: valid, with {_contents(checked.agenda)}{warnings}"


def _contents(agenda: Agenda) -> str:
    numbers = Counter(event.when.certainty for event in agenda.events)
    words = {
        Certainty.FIXED: "fixed",
        Certainty.BETWEEN: "between two days",
        Certainty.TBA: "to be announced",
    }
    parts = [f"{numbers[certainty]:,} {text}" for certainty, text in words.items() if numbers[certainty]]
    events = count_of(len(agenda.events), "event") + (f" ({', '.join(parts)})" if parts else "")
    return f"{events} in {count_of(len(agenda.cities), 'city', 'cities')}"
