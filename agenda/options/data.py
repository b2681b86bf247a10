"""The options of every command that reads an agenda: which one, and how much is said of it."""

from typing import Annotated

from msgspec import Struct
from typer import Option

from agenda import output
from agenda.dataset.load import load
from agenda.model import Agenda

SOURCE = "Data and messages"
"""The group of them in the help."""


class DataOptions(Struct, frozen=True, kw_only=True):
    """Where the agenda comes from, and how much is said of it."""

    data: Annotated[
        str | None,
        Option(
            "--data",
            "-d",
            metavar="FILE",
            envvar="AGENDA_DATA",
            help="The agenda, a TOML file; - is standard input. Without it, the one that comes with the program.",
            rich_help_panel=SOURCE,
        ),
    ] = None
    verbose: Annotated[
        bool,
        Option("--verbose", "-v", help="Remarks on standard error, even into a pipe.", rich_help_panel=SOURCE),
    ] = False
    quiet: Annotated[
        bool, Option("--quiet", "-q", help="No remarks; errors are always told.", rich_help_panel=SOURCE)
    ] = False

    def agenda(self) -> Agenda:
        """The agenda; raises FileError or DataError where it cannot be had."""
        return load(self.data)

    def remark(self, text: str) -> None:
        """Tell something that is no data, if it is to be told."""
        output.remark(text, verbose=self.verbose, quiet=self.quiet)
