"""`agenda list`: the events that are wanted, as a table for people or as data for programs."""

from enum import StrEnum
from typing import Annotated

from msgspec.structs import replace
from typer import Option

from agenda import output
from agenda.formats import writer
from agenda.model import Status
from agenda.options import SelectionOptions, takes
from agenda.recurrence import MOST
from agenda.selection import select
from agenda.text import counted


class Format(StrEnum):
    """How events are listed: a table, or the module of `agenda.formats` of that name."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    format: Annotated[
        Format | None,
        Option(
            "--format",
            "-f",
            case_sensitive=False,
            help="As what; without it, a table on a terminal and tsv in a pipe.",
        ),
    ] = None,
) -> None:
    """The events, by day: which there are, when and where.

    In a pipe it gives a line for each event: its id, start, end, city and title, separated by tabs.
    """
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=(Status.CONFIRMED, Status.TENTATIVE))
    found = select(agenda, wanted)
    if (format or _usual()) is Format.TABLE:
        from agenda.views.listing import Listing

        output.draw(Listing(found, wanted.first))
    else:
        output.write(writer(format or _usual())(found))
    endless = {shown.event.id for shown in found if shown.event.repeat and not shown.event.repeat.ends}
    if endless and wanted.last is None:
        has, its = ("has", "its") if len(endless) == 1 else ("have", "their")
        series = f"{counted(len(endless), 'series', 'series')} {has} no end"
        options.remark(f"{series}; only {its} next {MOST:,} times are listed, so choose the days with --on or --to")
    if not found:
        options.remark("no event is like that")
    cancelled = () if options.status else select(agenda, replace(wanted, statuses=frozenset({Status.CANCELLED})))
    if cancelled:
        was, them = ("was", "it") if len(cancelled) == 1 else ("were", "them")
        options.remark(f"{counted(len(cancelled), 'cancelled event')} {was} left out; --status cancelled lists {them}")


def _usual() -> Format:
    return Format.TABLE if output.is_terminal() else Format.TSV
