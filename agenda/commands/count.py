"""`agenda count`: how many events there are of each city, day, topic and so on."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from agenda import output
from agenda.answers.counting import By, count, selected
from agenda.formats.counts import Counts
from agenda.options.formats import TELLING, FormatOption
from agenda.options.selecting import SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import remarks
from agenda.selection import UNLESS_CANCELLED
from agenda.text import either

if TYPE_CHECKING:
    from rich.console import RenderableType

EXAMPLES = (
    ("agenda count --by city", "how many events there are in each city"),
    ("agenda count --by person --topic aerospace", "who takes part in what is on that topic, and in how much of it"),
    ("agenda count --by kind | cut -f 1", "which kinds there are, for a script"),
)


@takes(SelectionOptions)
def command(
    options: SelectionOptions,
    by: Annotated[
        By,
        Option(
            "--by",
            metavar="WHAT",
            case_sensitive=False,
            help=f"What they are counted by: {either(By)}.",
            rich_help_panel=TELLING,
        ),
    ] = By.CITY,
    format: FormatOption = None,
) -> None:
    """How many events there are of each city, day, topic and so on.

    An event of several cities counts in each. A series is one event, but by day it counts each time.
    """
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=UNLESS_CANCELLED)
    found = selected(agenda, wanted, by)
    counts = count(found, by, wanted)

    def view() -> "RenderableType":
        from agenda.views.counts import Chart

        return Chart(counts, by)

    output.deliver(Counts(counts, by), format, view)
    options.remark(*remarks(agenda, wanted, found, options.status))
