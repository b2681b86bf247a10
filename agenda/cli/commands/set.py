"""`agenda set`: other values for the keys of events."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from typer import Argument, Option

from agenda.agendafile.load import display_name
from agenda.cli.assignments import EventEdits, ValueReader, is_assignment, read_assignment
from agenda.cli.changes import CHANGE_PANEL, DeclareOption, EditedFile, EventChangeOptions, InvalidResult
from agenda.cli.declared_names import use_known_names
from agenda.cli.options import complete_with, with_options
from agenda.errors import UsageError
from agenda.text.safe import quote

EXAMPLES = (
    ('agenda set gala-dinner title="Gala" room=Foyer --data my-events.toml', "another title, and a room"),
    ("agenda set airone topics+=culture url= --data my-events.toml", "one topic more, and no page"),
    ("agenda set --from edits.csv --data my-events.toml", "what a spreadsheet with a column `id` says"),
)


@with_options(EventChangeOptions)
def command(
    options: EventChangeOptions,
    changes: Annotated[
        list[str] | None,
        Argument(
            metavar="ID... KEY=VALUE...",
            help="Ids of events, or - for those of standard input, and what their keys are to be: `key=` takes one"
            " away, `key+=` and `key-=` change a list.",
            rich_help_panel=CHANGE_PANEL,
            autocompletion=complete_with("changes"),
        ),
    ] = None,
    table: Annotated[
        str | None,
        Option(
            "--from",
            metavar="FILE",
            help="A table with a column `id` and one for each key that changes, as `agenda list --format csv` writes it"
            " and `agenda import` takes it: CSV or a workbook; an empty cell takes the key away.",
            rich_help_panel=CHANGE_PANEL,
        ),
    ] = None,
    declare: DeclareOption = False,
) -> None:
    """Change keys of events.

    Days and times are typed as people say them, such as start="1 Oct 19:30".
    """
    ids = [word for word in changes or () if not is_assignment(word)]
    file = EditedFile(options, ids)
    edits = _read_typed(file, changes or ()) if table is None else _read_table(file, table, changes or ())
    remarks = list(edits.notes)
    for event_id, values in edits.values.items():
        event = file.editor.event(event_id)
        if values.get("uid", event.get("uid")) != event.get("uid"):
            remarks.append(f"{quote(event_id)}: calendars will treat it as another event, since its UID has changed")
        try:
            spelled = use_known_names(file, values, event, declare=declare)
        except UsageError as error:
            where = edits.rows.get(event_id)
            raise UsageError(f"{where}: {error}" if where else str(error)) from None
        file.set_keys(event_id, spelled, options)
    try:
        is_empty = table is not None and not edits.values
        unasked = f"{display_name(table)} has no row below its headings" if is_empty else ""
        file.save(*remarks, origins=edits.rows, unasked=unasked)
    except InvalidResult as error:
        if any("start" in values and "end" not in values for values in edits.values.values()):
            raise InvalidResult(f"{error}; `agenda move` keeps how long an event lasts") from None
        raise


def _read_typed(file: EditedFile, words: Sequence[str]) -> EventEdits:
    """What the words say: ids, and the same assignments for all of them."""
    assignments = [read_assignment(word) for word in words if is_assignment(word)]
    if not assignments:
        raise UsageError('say what changes, e.g. `agenda set gala title="Gala dinner"`')
    ids = file.find_ids([word for word in words if not is_assignment(word)])
    reader = ValueReader(file)
    values = {event_id: reader.assigned(file.editor.event(event_id), assignments) for event_id in ids}
    is_room_typed = any(assignment.key == "room" for assignment in assignments)
    without_room = [event_id for event_id in ids if "room" in values[event_id] and not is_room_typed]
    return EventEdits(values, notes=[_tell_room(file, event_id, values[event_id]) for event_id in without_room])


def _tell_room(file: EditedFile, event_id: str, values: Mapping[str, Any]) -> str:
    """What is told of an event that is in no room any more, since it has got another venue."""
    room = quote(str(file.editor.event(event_id)["room"]))
    right = f"`agenda set {event_id} room=NAME` names another"
    return f"{quote(event_id)}: it has no room now, since {room} is none of {quote(values['venue'])}; {right}"


def _read_table(file: EditedFile, name: str, words: Sequence[str]) -> EventEdits:
    if words:
        raise UsageError("--from says all that changes; leave out the other arguments")
    from agenda.cli.edit_tables import read_edits  # which reads spreadsheets

    return read_edits(file, name)
