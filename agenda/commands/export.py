"""`agenda export`: events as an iCalendar file."""

from typing import Annotated

from typer import Argument, Option

from agenda import output
from agenda.model import Status, ToBeAnnounced
from agenda.options import SelectionOptions, takes
from agenda.selection import events, select
from agenda.text import counted


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    ids: Annotated[
        list[str] | None,
        Argument(metavar="[ID]...", help="Ids of events; - reads them from standard input. Without any, all."),
    ] = None,
    file: Annotated[
        str, Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")
    ] = output.STDOUT,
) -> None:
    """The events as an iCalendar file, which any calendar app takes.

    An event that lies between two days is tentative there, and leaves its days free. One without any date has no
    place in a calendar and is left out.
    """
    from agenda.formats.ical import calendar

    wanted_ids = options.ids(ids or [])
    agenda = options.agenda()
    found = events(select(agenda, options.wanted(agenda, statuses=Status, ids=wanted_ids)))
    output.save(calendar(agenda, found), file)
    dateless = sum(isinstance(event.when, ToBeAnnounced) for event in found)
    if dateless:
        has, was = ("has", "was") if dateless == 1 else ("have", "were")
        options.remark(f"{counted(dateless, 'event')} {has} no date yet and {was} left out")
    if not found:
        options.remark("no event is like that; the calendar is empty")
