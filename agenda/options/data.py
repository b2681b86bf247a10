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
from agenda.progress import spinner

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

    def reading(self) -> AbstractContextManager[None]:
        """A spinner while events are read, unless nothing is to be told."""
        return nullcontext() if self.quiet else spinner("Reading events")

    def writing(self, target: str = output.STDOUT) -> AbstractContextManager[None]:
        """A spinner while events are written into a file; where they may come to a terminal meanwhile, none."""
        return spinner("Writing events") if output.is_file(target) and not self.quiet else nullcontext()

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
        with self.reading():
            return load(self.data)

    def now(self, agenda: Agenda) -> datetime:
        """The time that it is, by `$AGENDA_NOW` or the system's clock, in the agenda's zone."""
        return now(os.environ.get("AGENDA_NOW"), agenda.timezone)
