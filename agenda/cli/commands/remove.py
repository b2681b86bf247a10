"""`agenda remove`: events that were never published."""

from agenda.cli.changes import ChangeOptions, EditedFile, IdsArgument, warn_of_series
from agenda.cli.options import with_options

EXAMPLES = (
    ("agenda remove airone --dry-run --data my-events.toml", "what would be gone"),
    ("agenda remove airone --data my-events.toml", "the event is gone from the file"),
)


@with_options(ChangeOptions)
def command(
    options: ChangeOptions,
    ids: IdsArgument,
) -> None:
    """Remove events that were never published.

    A calendar that has an event keeps it when it is gone from the file; `agenda cancel` has calendars strike it out.
    """
    file = EditedFile(options, ids)
    removed = file.find_ids(ids)
    file.editor.remove_events(removed)
    file.save("calendars that have this keep it; `agenda cancel` has them strike it out")
    warn_of_series(options, file.events_before(removed), "are removed", file.now.date())
