"""`agenda list`: the events that are wanted, as a table for people or as data for programs."""

from typing import TYPE_CHECKING

from agenda import output
from agenda.formats.events import Events
from agenda.options.fields import FieldsOption, fields_of
from agenda.options.formats import FormatOption
from agenda.options.selecting import SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import remarks
from agenda.selection import UNLESS_CANCELLED, select

if TYPE_CHECKING:
    from rich.console import RenderableType

EXAMPLES = (
    ("agenda list --city Tokyo --on 2025-09-29", "what is on in Tokyo on that day"),
    ('agenda list --topic "life sciences" --from "30 Sep"', "what is on that topic, from that day on"),
    ("agenda list --format csv > events.csv", "all events, for a spreadsheet"),
)


@takes(SelectionOptions)
def command(options: SelectionOptions, format: FormatOption = None, fields: FieldsOption = None) -> None:
    """The events, by day: which there are, when and where.

    In a pipe it gives a line for each event: its id, start, end, city and title, separated by tabs.
    """
    events_fields = fields_of(fields)
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=UNLESS_CANCELLED)
    found = select(agenda, wanted)
    with options.writing():
        data = Events(found, events_fields)

        def view() -> "RenderableType":
            if data.fields:
                from agenda.views.columns import Columns

                return Columns(data)
            from agenda.views.listing import Listing

            return Listing(found, wanted.first)

        output.deliver(data, format, view)
    options.remark(*remarks(agenda, wanted, found, options.status))
