"""`agenda check`: whether an agenda file is valid, and all that is wrong with it or looks so."""

from collections import Counter
from typing import Annotated

from typer import Argument, Exit, Option

from agenda import output
from agenda.dataset.checking import Checked, check
from agenda.dataset.load import name_of
from agenda.errors import MOST_FINDINGS, told
from agenda.formats import writer
from agenda.model import Agenda, Certainty
from agenda.options.data import SOURCE, DataOptions
from agenda.options.formats import TELLING
from agenda.options.reports import ReportFormat
from agenda.options.sharing import takes
from agenda.spots import spots
from agenda.text import counted

EXAMPLES = (
    ("agenda check", "whether the file that is read without --data is valid"),
    ("agenda check my-events.toml", "whether that file is, and what is wrong in which line"),
    ("agenda check --format json my-events.toml", "the same for editors and CI; --strict lets warnings fail too"),
)


@takes(DataOptions)
def command(
    options: DataOptions,
    file: Annotated[
        str | None,
        Argument(metavar="[FILE]", help="The agenda, a TOML file, in the place of --data.", rich_help_panel=SOURCE),
    ] = None,
    format: Annotated[
        ReportFormat | None,
        Option(
            "--format",
            "-f",
            case_sensitive=False,
            help="As what; without it, a line for each finding, and on a terminal the line of the file too.",
            rich_help_panel=TELLING,
        ),
    ] = None,
    strict: Annotated[
        bool, Option("--strict", help="Let warnings fail as well: exit code 1.", rich_help_panel=TELLING)
    ] = False,
) -> None:
    """Check an agenda file: every mistake in it, with its line.

    An error makes the exit code 1. A warning tells of what looks like a mistake, and does not: two events of one title
    at the same time, a name that nothing uses, a time of revision in the future, an event cancelled without one, an
    event a year from all others. There are warnings only where there is no error. AGENDA_NOW sets the clock.

    In a pipe it gives a line for each finding, and nothing else: FILE:LINE:COLUMN: message. A file without any gets
    one line.
    """
    name = file or options.data
    with options.reading():
        checked = check(name, options.now)
    if format:
        from agenda.formats.findings import Findings

        output.write(writer(format)(Findings(spots(checked.findings, checked.lines))))
    elif checked.findings and output.is_terminal():
        from agenda.views import findings as view

        output.draw(view.Findings(spots(checked.findings[:MOST_FINDINGS], checked.lines)))
        output.write(f"{line}\n" for line in (*told(checked.findings)[MOST_FINDINGS:], _summary(name, checked)))
    else:
        output.write(f"{line}\n" for line in told(checked.findings) or [_summary(name, checked)])
    if checked.agenda is None or (strict and checked.findings):
        raise Exit(1)


def _summary(name: str | None, checked: Checked) -> str:
    """The file in one line: how many errors it has, or else what is in it, and how many warnings."""
    found = len(checked.findings)
    if checked.agenda is None:
        return f"{name_of(name)}: {counted(found, 'error')}"
    warnings = f"; {counted(found, 'warning')}" if found else ""
    return f"{name_of(name)}: valid, with {_contents(checked.agenda)}{warnings}"


def _contents(agenda: Agenda) -> str:
    certain = Counter(event.when.certainty for event in agenda.events)
    words = {
        Certainty.FIXED: "fixed",
        Certainty.BETWEEN: "between two days",
        Certainty.TBA: "to be announced",
    }
    parts = [f"{certain[certainty]:,} {text}" for certainty, text in words.items() if certain[certainty]]
    events = counted(len(agenda.events), "event") + (f" ({', '.join(parts)})" if parts else "")
    return f"{events} in {counted(len(agenda.cities), 'city', 'cities')}"
