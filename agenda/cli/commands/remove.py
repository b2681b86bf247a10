"""`agenda remove`: events that were never published."""

from typing import Annotated

from typer import Argument

from agenda.cli.changes import CHANGE_PANEL, ChangeOptions, EditedFile
from agenda.cli.options import complete_with, with_options

EXAMPLES = (
    ("agenda remove airone --dry-run --data my-events.toml", "what would be gone"),
    ("agenda remove airone --data my-events.toml", "the event is gone from the file"),
)


@with_options(ChangeOptions)
def command(
    options: ChangeOptions,
    ids: Annotated[
        list[str],
        Argument(
            metavar="ID...",
            help="Ids of events; - reads them from standard input.",
            rich_help_panel=CHANGE_PANEL,
            autocompletion=complete_with("event_ids"),
        ),
    ],
) -> None:
    """Events out of the file, for what was never published.

    Calendars that have an event keep it when it is gone from here: `agenda cancel` is what they understand.
    """
    file = EditedFile(options)
    for event_id in file.find_ids(ids):
        file.editor.remove_event(event_id)
    file.save("calendars that have this already keep it; `agenda cancel` is what they understand")
