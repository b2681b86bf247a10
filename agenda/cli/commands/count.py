"""`agenda count`: how many events there are of each city, day, topic and so on."""

from typing import TYPE_CHECKING, Annotated, get_args

from typer import Option

from agenda.cli import output
from agenda.cli.notices import selection_notices
from agenda.cli.options import OUTPUT_PANEL, FormatOption, SelectionOptions, with_options
from agenda.formats.tables import CountRows
from agenda.query import NOT_CANCELLED
from agenda.reports.groups import CountBy, Grouping, count_events, select_for_count
from agenda.text import join_words

if TYPE_CHECKING:
    from rich.console import RenderableType

EXAMPLES = (
    ("agenda count --by city", "how many events there are in each city"),
    ("agenda count --by person --topic aerospace", "who takes part in what is on that topic, and in how much of it"),
    ("agenda count --by kind | cut -f 1", "which kinds there are, for a script"),
)


@with_options(SelectionOptions)
def command(
    options: SelectionOptions,
    by: Annotated[
        CountBy,
        Option(
            "--by",
            metavar="WHAT",
            case_sensitive=False,
            help=f"What they are counted by: {join_words(get_args(CountBy))}.",
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = Grouping.CITY,
    format: FormatOption = None,
) -> None:
    """How many events there are of each city, day, topic and so on.

    An event of several cities counts in each. A series is one event, but by day it counts each time.
    """
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=NOT_CANCELLED)
    found = select_for_count(agenda, wanted, by)
    counts = count_events(found, by, wanted)

    def view() -> "RenderableType":
        from agenda.views.bar_chart import Chart

        return Chart(counts, by)

    output.deliver(CountRows(counts, by), format, view)
    options.remark(*selection_notices(agenda, wanted, found, options.status))
