"""`agenda list`: the events that are wanted, as a table for people or as data for programs."""

from collections import Counter
from enum import StrEnum
from typing import Annotated

from msgspec.structs import replace
from typer import Option

from agenda import output
from agenda.formats import writer
from agenda.model import Status
from agenda.options import SelectionOptions, takes
from agenda.recurrence import MOST, is_endless
from agenda.selection import select, select_series
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
    chosen = format or (Format.TABLE if output.is_terminal() else Format.TSV)
    if chosen is Format.TABLE:
        from agenda.views.listing import Listing

        output.draw(Listing(found, wanted.first))
    else:
        output.write(writer(chosen)(found))
    cut = sum(
        number == MOST for number in Counter(shown.event.id for shown in found if is_endless(shown.event)).values()
    )
    if cut and wanted.last is None:
        has, its = ("has", "its") if cut == 1 else ("have", "their")
        series = f"{counted(cut, 'series', 'series')} {has} no end; only {its} first {MOST:,} times"
        options.remark(f"{series} from {wanted.first or wanted.today} on are listed; --on or --to chooses others")
    if not found:
        options.remark("no event is like that")
    cancelled = () if options.status else select_series(agenda, replace(wanted, statuses=frozenset({Status.CANCELLED})))
    if cancelled:
        was, them = ("was", "it") if len(cancelled) == 1 else ("were", "them")
        options.remark(f"{counted(len(cancelled), 'cancelled event')} {was} left out; --status cancelled lists {them}")
