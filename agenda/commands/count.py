"""`agenda count`: how many events there are of each city, day, topic and so on."""

from typing import Annotated

from typer import Option

from agenda import output
from agenda.counting import By, count, selected
from agenda.options.formats import Format, FormatOption, chosen
from agenda.options.selecting import SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import remarks
from agenda.selection import UNLESS_CANCELLED
from agenda.text import either


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    by: Annotated[
        By, Option("--by", metavar="WHAT", case_sensitive=False, help=f"What they are counted by: {either(By)}.")
    ],
    format: FormatOption = None,
) -> None:
    """How many events there are of each city, day, topic and so on.

    An event of several cities counts in each. A series is one event, but by day it counts each time.
    """
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=UNLESS_CANCELLED)
    found = selected(agenda, wanted, by)
    counts = count(found, by, wanted)
    if chosen(format) is not Format.TABLE:
        from agenda.formats import writer
        from agenda.formats.counts import Counts

        output.write(writer(chosen(format))(Counts(counts, by)))
    else:
        from agenda.views.counts import charts

        for chart in charts(counts, by):
            output.draw(chart)
    for remark in remarks(agenda, wanted, found):
        options.remark(remark)
