"""`agenda list`: the events that are wanted, as a table for people or as data for programs."""

from typing import TYPE_CHECKING

from agenda.cli import output
from agenda.cli.fields import FieldsOption, parse_fields
from agenda.cli.notices import selection_notices
from agenda.cli.options import FormatOption, SelectionOptions, with_options
from agenda.formats.records import EventRows
from agenda.query import NOT_CANCELLED, select

if TYPE_CHECKING:
    from rich.console import RenderableType

EXAMPLES = (
    ("agenda list --city Tokyo --on 2025-09-29", "what is on in Tokyo on that day"),
    ('agenda list --topic "life sciences" --from "30 Sep"', "what is on that topic, from that day on"),
    ("agenda list --format csv > events.csv", "all events, for a spreadsheet"),
)


@with_options(SelectionOptions)
def command(options: SelectionOptions, format: FormatOption = None, fields: FieldsOption = None) -> None:
    """The events, by day: which there are, when and where.

    In a pipe it gives a line for each event: its id, start, end, city and title, separated by tabs.
    """
    events_fields = parse_fields(fields)
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=NOT_CANCELLED)
    found = select(agenda, wanted)
    with options.writing():
        data = EventRows(found, events_fields)

        def view() -> "RenderableType":
            if data.fields:
                from agenda.views.columns import Columns

                return Columns(data)
            from agenda.views.listing import Listing

            return Listing(found, wanted.first)

        output.deliver(data, format, view)
    options.remark(*selection_notices(agenda, wanted, found, options.status))
