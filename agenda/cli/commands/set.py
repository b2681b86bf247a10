"""`agenda set`: other values for the keys of events."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from msgspec import Struct
from typer import Argument, Option

from agenda.agendafile.keys import event_keys_as_written
from agenda.cli.changes import CHANGE_PANEL, EditedFile, EventChangeOptions
from agenda.cli.event_keys import LISTS, find_key, find_name, known_names, read_value
from agenda.cli.options import complete_with, with_options
from agenda.cli.parse import make_clock
from agenda.errors import UsageError
from agenda.text import quote

EXAMPLES = (
    ('agenda set gala-dinner title="Gala" room=Foyer --data my-events.toml', "another title, and a room"),
    ("agenda set airone topics+=culture url= --data my-events.toml", "one topic more, and no page"),
    ("agenda set --from edits.csv --data my-events.toml", "what a spreadsheet with a column `id` says"),
)

_ASSIGNMENT = re.compile(r"([A-Za-z_]+)(\+|-)?=(.*)", re.DOTALL)


class Assignment(Struct, frozen=True):
    """What is typed for a key: its value, what is added to its list (`+`), or what is taken from it (`-`)."""

    key: str
    sign: str
    value: str


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
            help="A CSV file with a column `id` and one for each key that changes; an empty cell takes it away, and `;`"
            " stands between the items of a list.",
            rich_help_panel=CHANGE_PANEL,
        ),
    ] = None,
) -> None:
    """Other values for the keys of events.

    Days and times are typed as people say them, such as start="1 Oct 19:30".
    """
    file = EditedFile(options)
    if table is None:
        assignments = [_read_assignment(word) for word in changes or () if _ASSIGNMENT.fullmatch(word)]
        if not assignments:
            raise UsageError('say what changes, e.g. `agenda set gala title="Gala dinner"`')
        ids = file.find_ids([word for word in changes or () if not _ASSIGNMENT.fullmatch(word)])
        wanted = dict.fromkeys(ids, assignments)
    elif changes:
        raise UsageError("--from says all that changes; leave out the other arguments")
    else:
        wanted = _read_table(file, table)
    reader = _Reader(file)
    order = event_keys_as_written()  # keys that are new in one place come in this order
    for event_id, of_event in wanted.items():
        event = file.editor.event(event_id)
        values = reader.values(event, of_event)
        changed = {key: value for key, value in values.items() if value != event.get(key)}
        for key, value in sorted(values.items(), key=lambda item: order.index(item[0])):
            if value is not None or key in event:
                file.editor.set_key(event_id, key, value)
        if changed and "revised" not in values:
            file.mark_revised([event_id], options)
    file.save()


def _read_assignment(word: str) -> Assignment:
    match = _ASSIGNMENT.fullmatch(word)
    key, sign, value = match.groups() if match else ("", None, "")
    key = find_key(key)
    if sign and key not in LISTS:
        raise UsageError(f"{key} holds no list; write {key}=VALUE")
    if key == "id":
        raise UsageError("the id of an event is never changed, since calendars know the event by it")
    return Assignment(key, sign or "", value)


class _Reader:
    """What reads the assignments of events of one file."""

    def __init__(self, file: EditedFile) -> None:
        agenda = file.editor.agenda
        self._clock = make_clock(agenda, file.now.date())
        self._names = known_names(agenda)

    def values(self, event: Mapping[str, Any], assignments: Sequence[Assignment]) -> dict[str, Any]:
        """What the keys of an event are to be after all of the assignments; None for one that is taken away."""
        values: dict[str, Any] = {}
        for assignment in assignments:
            key = assignment.key
            if not assignment.value and not assignment.sign:
                values[key] = None
                continue
            value = self._read(key, assignment.value)
            if assignment.sign:
                value = _changed_list(values.get(key, event.get(key)), value, assignment)
            elif key in LISTS and key != "city":
                value = [value]
            values[key] = value
        return values

    def _read(self, key: str, typed: str) -> Any:
        value = read_value(key, typed, self._clock)
        names = self._names.get(key)
        match value:
            case str() if names:
                return find_name(value, names)
            case {"name": str() as name} if names:
                return {**value, "name": find_name(name, names)}
        return value


def _changed_list(old: Any, value: Any, assignment: Assignment) -> list[Any] | None:
    """The list with one value more, or one less; None where nothing is left of it."""
    items = list(old) if isinstance(old, list) else [] if old is None else [old]
    name = value["name"] if isinstance(value, dict) else value
    named = [item for item in items if (item["name"] if isinstance(item, dict) else item) == name]
    if assignment.sign == "+":
        return items if named else [*items, value]
    if not named:
        raise UsageError(f"{assignment.key} does not hold {quote(assignment.value)}; it has nothing to take away")
    return [item for item in items if item not in named] or None


def _read_table(file: EditedFile, name: str) -> dict[str, list[Assignment]]:
    """What a CSV file says of each event. A list stands in one cell, with `;` between its items."""
    import csv
    import io

    from agenda.files import read_file

    content = read_file(name, "a CSV file").decode("utf-8-sig", errors="replace")
    try:
        header, *rows = [row for row in csv.reader(io.StringIO(content, newline=""), strict=True) if any(row)] or [[]]
    except csv.Error as error:
        raise UsageError(f"{quote(name)} is no CSV file: {error}") from None
    if "id" not in header:
        raise UsageError(f"{quote(name)} has no column `id`; its first row has to name the columns")
    keys = [column if column == "id" else find_key(column) for column in header]
    ids = [dict(zip(keys, row, strict=False)).get("id", "") for row in rows]
    if twice := next((event_id for event_id, times in Counter(ids).items() if times > 1), None):
        raise UsageError(f"{quote(name)} has two rows of the id {quote(twice)}; each event has one")
    return {
        event_id: [
            assignment
            for key, cell in zip(keys, row, strict=False)
            if key != "id"
            for assignment in _read_cell(key, cell.strip())
        ]
        for event_id, row in zip(file.find_ids(ids), rows, strict=True)
    }


def _read_cell(key: str, cell: str) -> list[Assignment]:
    """The assignments that give a key what a cell of a table holds."""
    items = [item.strip() for item in cell.split(";")] if key in LISTS else [cell]
    first, *more = [item for item in items if item] or [""]
    return [Assignment(key, "", first), *(Assignment(key, "+", item) for item in more)]
