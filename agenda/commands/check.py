"""`agenda check`: whether an agenda file is valid, and all that is wrong with it."""

from collections import Counter
from typing import Annotated

from typer import Argument, Exit

from agenda import output
from agenda.dataset.load import name_of
from agenda.errors import DataError
from agenda.model import Agenda, Certainty
from agenda.options.data import SOURCE, DataOptions
from agenda.options.sharing import takes
from agenda.text import counted

EXAMPLES = (
    ("agenda check", "whether the file that is read without --data is valid"),
    ("agenda check my-events.toml", "whether that file is, and what is wrong in which line"),
)


@takes(DataOptions)
def command(
    options: DataOptions,
    file: Annotated[
        str | None,
        Argument(metavar="[FILE]", help="The agenda, a TOML file, in the place of --data.", rich_help_panel=SOURCE),
    ] = None,
) -> None:
    """Check an agenda file: every mistake in it, with its line.

    It gives one line if the file is valid, else a line for each mistake, and exit code 1.
    """
    name = file or options.data
    try:
        agenda = options.agenda(file)
    except DataError as error:
        output.write([f"{error}\n"])
        raise Exit(error.exit_code) from None
    output.write([f"{name_of(name)}: valid, with {_contents(agenda)}\n"])


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
