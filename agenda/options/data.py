"""The options of every command that reads an agenda: which one, and how much is said of it."""

import os
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Annotated

from msgspec import Struct
from typer import Option

from agenda import output
from agenda.dataset.load import load
from agenda.days import now
from agenda.model import Agenda
from agenda.progress import Watch, progress, unwatched

SOURCE = "Data and messages"
"""The group of them in the help."""


class MessageOptions(Struct, frozen=True, kw_only=True):
    """How much is said besides what was asked for."""

    verbose: Annotated[
        bool,
        Option("--verbose", "-v", help="Remarks on standard error, even into a pipe.", rich_help_panel=SOURCE),
    ] = False
    quiet: Annotated[
        bool, Option("--quiet", "-q", help="No remarks; errors are always told.", rich_help_panel=SOURCE)
    ] = False

    def progress(self, doing: str, total: int = 0) -> AbstractContextManager[Watch]:
        """What shows how far long work has come, unless nothing is to be told."""
        return nullcontext(unwatched) if self.quiet else progress(doing, total)

    def writing(self, total: int, target: str = output.STDOUT) -> AbstractContextManager[Watch]:
        """The same for what goes into a file; where it may come to a terminal meanwhile, nothing is shown."""
        return self.progress("Writing events", total) if output.is_file(target) else nullcontext(unwatched)

    def remark(self, *texts: str) -> None:
        """Tell what is no data, each by itself, if it is to be told."""
        for text in texts:
            output.remark(text, verbose=self.verbose, quiet=self.quiet)


class DataOptions(MessageOptions, frozen=True, kw_only=True):
    """Where the agenda comes from."""

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

    def agenda(self) -> Agenda:
        """The agenda; raises FileError or DataError where it cannot be had."""
        with self.progress("Reading events") as watch:
            return load(self.data, watch)

    def now(self, agenda: Agenda) -> datetime:
        """The time that it is, by `$AGENDA_NOW` or the system's clock, in the agenda's zone."""
        return now(os.environ.get("AGENDA_NOW"), agenda.timezone)
