"""`agenda rename`: another name for a city, a room or whatever else events name."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from agenda.agendafile.names import NOUNS
from agenda.agendafile.write import write_key
from agenda.cli.changes import CHANGE_PANEL, EditedFile, EventChangeOptions
from agenda.cli.options import complete_with, with_options
from agenda.errors import UsageError
from agenda.model import Named
from agenda.text.folding import fold, name_orders
from agenda.text.nearest import suggest
from agenda.text.safe import quote
from agenda.text.sentences import list_few

if TYPE_CHECKING:
    from agenda.agendafile.edit import Editor

EXAMPLES = (
    ("agenda rename city Kobe Kōbe --alias --data my-events.toml", "the old name still finds it"),
    ("agenda rename topic tourism travel --data my-events.toml", "the topic has that name, wherever it stands"),
)
_MAX_NAMED = 5
"""Names that a message lists."""


class Renamable(StrEnum):
    """What can be renamed."""

    CITY = "city"
    VENUE = "venue"
    ROOM = "room"
    PERSON = "person"
    ORGANIZER = "organizer"
    TOPIC = "topic"
    KIND = "kind"


@with_options(EventChangeOptions)
def command(
    options: EventChangeOptions,
    what: Annotated[
        Renamable,
        Argument(metavar="WHAT", help="What kind of name it is.", case_sensitive=False, rich_help_panel=CHANGE_PANEL),
    ],
    old: Annotated[
        str,
        Argument(
            metavar="OLD",
            help="The name that it has.",
            rich_help_panel=CHANGE_PANEL,
            autocompletion=complete_with("renamed"),
        ),
    ],
    new: Annotated[str, Argument(metavar="NEW", help="The new name.", rich_help_panel=CHANGE_PANEL)],
    alias: Annotated[
        bool, Option("--alias", help="Keep the old name as an alias.", rich_help_panel=CHANGE_PANEL)
    ] = False,
) -> None:
    """Rename a city, room, person or other name everywhere.

    The name is changed where it is declared, and in each event.
    """
    if not new.strip():
        raise UsageError("the new name is blank; give it one that can be seen")
    file = EditedFile(options)
    editor = file.editor
    if what is Renamable.ROOM:
        ids = _rename_room(editor, old, new, keep_alias=alias)
    elif what is Renamable.VENUE:
        ids = _rename_venue(editor, old, new, keep_alias=alias)
    else:
        ids = _rename_entry(editor, what, old, new, keep_alias=alias)
    file.mark_revised(ids, options)
    file.save()


def _find(what: Renamable, typed: str, names: Mapping[str, str]) -> str:
    """What is called by the name that was typed, as the file has it; `names` has what is called so by each name and
    alias. UsageError where there is none such, or several.
    """
    orders = name_orders(fold(typed))
    same = [name for name in names if name == typed] or [name for name in names if fold(name) == fold(typed)]
    called = list(dict.fromkeys(names[name] for name in same or [name for name in names if fold(name) in orders]))
    if not called:
        right = suggest(typed, names, f"`agenda count --by {what}` lists what there is")
        raise UsageError(f"no {what} is called {quote(typed)}; {right}")
    if called[1:]:
        raise UsageError(f"{quote(typed)} may be one of these: {list_few(called, _MAX_NAMED, quote)}; name it in full")
    return called[0]


def _by_name(entries: Iterable[Named]) -> dict[str, str]:
    """The names of entries, by their names and aliases."""
    values = list(entries)
    return {alias: entry.name for entry in values for alias in entry.aliases} | {
        entry.name: entry.name for entry in values
    }


def _rename_entry(editor: "Editor", what: Renamable, old: str, new: str, *, keep_alias: bool) -> list[str]:
    vocabulary = next(key for key, noun in NOUNS.items() if noun == what)
    values: tuple[Named, ...] = getattr(editor.agenda, vocabulary)
    declared = editor.tables.get(vocabulary, {})
    name = _find(what, old, _by_name(values) | {called: called for called in declared})
    _refuse_taken(what, new, [entry.name for entry in values if entry.name != name])
    if keep_alias and not declared:
        raise UsageError(f"--alias: {quote(name)} is not declared; declare [{vocabulary}.{write_key(name)}] first")
    return editor.rename_entry(vocabulary, name, new, keep_alias=keep_alias)


def _rename_venue(editor: "Editor", old: str, new: str, *, keep_alias: bool) -> list[str]:
    """Rename a venue, which is called by its name, an alias or its id; its id stays."""
    venues = editor.agenda.venues
    ids = {name: venue.id for venue in venues for name in (*venue.aliases, venue.id)}
    by_name: dict[str, list[str]] = {}
    for venue in venues:
        by_name.setdefault(venue.name, []).append(venue.id)
    if old not in ids and len(shared := by_name.get(old, [])) > 1:
        ids_of_that = list_few(shared, _MAX_NAMED)
        raise UsageError(f"{quote(old)} is the name of several venues: {ids_of_that}; name one by its id")
    ids = {**{name: of_name[0] for name, of_name in by_name.items()}, **ids}
    return editor.rename_venue(_find(Renamable.VENUE, old, ids), new, keep_alias=keep_alias)


def _refuse_taken(what: Renamable, new: str, others: Sequence[str]) -> None:
    if new in others:
        raise UsageError(f"there is a {what} called {quote(new)} already; two become one only by hand")


def _rename_room(editor: "Editor", old: str, new: str, *, keep_alias: bool) -> list[str]:
    events = [event for event in editor.agenda.events if event.room]
    rooms = [room.name for venue in editor.agenda.venues for room in venue.rooms]
    rooms += [event.room.name for event in events if event.room]
    listed = [room for venue in editor.agenda.venues for room in venue.rooms]
    name = _find(Renamable.ROOM, old, _by_name(listed) | {room: room for room in rooms})
    declared = [venue.id for venue in editor.agenda.venues if any(room.name == name for room in venue.rooms)]
    used = [event.venue.id if event.venue else None for event in events if event.room and event.room.name == name]
    venues = list(dict.fromkeys([*declared, *used]))
    if len(venues) > 1:
        places = list_few([quote(venue) if venue else "no venue" for venue in venues], _MAX_NAMED)
        raise UsageError(
            f"{quote(name)} is a room in several places: {places}; rename it there by hand, or in one file for each"
        )
    if keep_alias and not declared:
        where = f"rooms of [venues.{write_key(venues[0])}]" if venues[0] else "the rooms of a venue"
        raise UsageError(f"--alias: no venue lists {quote(name)}, so that it can have none; add it to {where} first")
    return editor.rename_room(name, new, venues, keep_alias=keep_alias)
