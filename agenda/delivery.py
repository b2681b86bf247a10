"""Data to standard output, as it was asked for."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from agenda import output
from agenda.formats import Data, writer
from agenda.options.formats import Format

if TYPE_CHECKING:
    from rich.console import RenderableType


def deliver(data: Data, format: Format | None, view: Callable[[], Iterable["RenderableType"]]) -> None:
    """Give `data` in that format, or in the usual one: for a terminal the table that `view` makes, part by part, and
    tab-separated values for a pipe.

    Raises ClosedPipe, and FileError where standard output cannot be written.
    """
    chosen = format or (Format.TABLE if output.is_terminal() else Format.TSV)
    if chosen is Format.TABLE:
        for part in view():
            output.draw(part)
    else:
        output.write(writer(chosen)(data))
