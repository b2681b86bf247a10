"""`agenda list`: the events that are wanted, as a table for people or as data for programs."""

from agenda import output
from agenda.options.formats import FieldsOption, Format, FormatOption, chosen, fields_of
from agenda.options.selecting import SelectionOptions
from agenda.options.sharing import takes
from agenda.remarks import remarks
from agenda.selection import UNLESS_CANCELLED, select

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
    shown = fields_of(fields)
    agenda = options.agenda()
    wanted = options.wanted(agenda, statuses=UNLESS_CANCELLED)
    found = select(agenda, wanted)
    if chosen(format) is not Format.TABLE:
        from agenda.formats import writer
        from agenda.formats.events import Events

        with options.writing(len(found)) as watch:
            output.write(writer(chosen(format))(Events(watch(found), shown)))
    elif shown:
        from agenda.formats.events import Events
        from agenda.views.columns import Columns

        output.draw(Columns(Events(found, shown)))
    else:
        from agenda.views.listing import Listing

        with options.progress("Drawing the list") as watch:
            output.draw(Listing(found, wanted.first, watch))
    for remark in remarks(agenda, wanted, found):
        options.remark(remark)
