"""`agenda cancel`: events that will not happen."""

from agenda.cli.changes import EditedFile, EventChangeOptions, IdsArgument, warn_of_series
from agenda.cli.options import with_options
from agenda.model import Status

EXAMPLES = (
    ("agenda cancel gala-dinner --data my-events.toml", "that event is cancelled, and calendars will say so"),
    (
        "agenda list --city Kobe | agenda cancel - --dry-run --data my-events.toml",
        "what would change if all events in Kobe were",
    ),
)


@with_options(EventChangeOptions)
def command(
    options: EventChangeOptions,
    ids: IdsArgument,
) -> None:
    """Cancel events; calendars then strike them out.

    They stay in the file; their status is cancelled.
    """
    file = EditedFile(options, ids)
    changed = file.find_ids(ids)
    for event_id in changed:
        file.set_keys(event_id, {"status": Status.CANCELLED.value}, options)
    file.save()
    warn_of_series(options, file.events_before(changed), "are cancelled", file.now.date())
