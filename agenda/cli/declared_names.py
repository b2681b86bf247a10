"""The names that an event gets, as the file spells them; new names are declared if the user asks for that."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from agenda.agendafile.known_names import KnownNames
from agenda.agendafile.names import NOUNS, VOCABULARIES
from agenda.agendafile.write import write_key
from agenda.cli.changes import EditedFile
from agenda.cli.event_keys import LISTS
from agenda.errors import UsageError
from agenda.text.nearest import find_nearest, suggest
from agenda.text.safe import quote
from agenda.text.sentences import join_words

if TYPE_CHECKING:
    from agenda.agendafile.edit import Editor


def use_known_names(
    file: EditedFile, values: Mapping[str, Any], event: Mapping[str, Any], *, declare: bool
) -> dict[str, Any]:
    """The values of keys of an event with their names as the file spells them; `event` has its other keys.

    Names that a closed vocabulary lacks are declared, or, unless `declare`, a UsageError that says what declares them.
    """
    editor, known = file.editor, file.names
    spelled = dict(values)
    whole = {**event, **values}
    for key, vocabulary in VOCABULARIES.items():
        if values.get(key) is None:
            continue
        items = values[key] if isinstance(values[key], list) else [values[key]]
        items = [known.spell_item(vocabulary, item) for item in items]
        spelled[key] = items if isinstance(values[key], list) else items[0]
        for item in items:
            name = item["name"] if isinstance(item, dict) else item
            if known.find(vocabulary, name):
                continue
            if key in LISTS and not declare:
                _refuse_several(known, key, name)
            if not known.is_closed(vocabulary) or name in editor.tables[vocabulary]:
                continue
            if not declare:
                header = f"[{vocabulary}.{write_key(name)}]"
                right = suggest(name, known.names(vocabulary), f"--declare adds {header} to the file")
                raise UsageError(f"no {NOUNS[vocabulary]} is called {quote(name)}; {right}")
            editor.declare(vocabulary, name, _needed_keys(vocabulary, name, whole))
    if isinstance(spelled.get("room"), str):  # and not one with a name in each language
        spelled["room"] = _use_room(
            editor, known, spelled["room"], spelled.get("venue", event.get("venue")), declare=declare
        )
    return spelled


def _refuse_several(known: KnownNames, key: str, text: str) -> None:
    """Raise UsageError where a text that is to be one name of a list is several: known ones, or any with semicolons."""
    names = [name.strip() for name in re.split(r"\\?[,;]", text) if name.strip()]
    if names[1:] and (";" in text or all(known.find(VOCABULARIES[key], name) for name in names)):
        from agenda.cli.meant_names import shell_argument

        first, *others = map(shell_argument, names)
        each = " ".join([f"{key}={first}", *(f"{key}+={other}" for other in others)])
        right = f"give each by itself: {each}, or in `agenda add` the option again"
        raise UsageError(f"{quote(text)} is several names; {right}; --declare takes it as one")


def _needed_keys(vocabulary: str, name: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """The keys that a new entry needs."""
    if vocabulary == "venues":
        return {"name": name, **({"city": event["city"]} if isinstance(event.get("city"), str) else {})}
    return {"title": name} if vocabulary == "sources" else {}


def _use_room(editor: "Editor", known: KnownNames, room: str, venue: str | None, declare: bool) -> str:
    """A room of a venue, by its id or alias, or of none, as the file spells it; a new one is added to those that the
    venue lists, if that is wanted.
    """
    venue_id = known.find("venues", venue) if venue else None
    if (there := known.find_room(room, venue_id)) is not None:
        return there
    if not (venue or declare) and (venues := known.venues_of_room(room)):
        from agenda.cli.meant_names import shell_argument

        of_venue = f"{quote(room)} is a room of {join_words(map(quote, venues))}"
        typed_venue = shell_argument(venues[0])
        right = f"name the venue as well (--venue {typed_venue}, or in `agenda set` venue={typed_venue})"
        raise UsageError(f"{of_venue}; {right}, or --declare takes it as a room of no venue")
    if venue_id is None or not known.lists_rooms(venue_id):
        near = (
            [] if declare or venue_id else find_nearest(room, [known_room.name for known_room in editor.agenda.rooms])
        )
        if near:
            meant = join_words(map(quote, near))
            raise UsageError(f"no room is called {quote(room)}; did you mean {meant}? --declare takes it as it is")
        return room
    listed = [
        entry if isinstance(entry, str) else entry["name"] for entry in editor.tables["venues"][venue_id]["rooms"]
    ]
    if room not in listed:
        if not declare:
            right = suggest(
                room, {name: name for name in listed}, f"--declare adds it to rooms of [venues.{write_key(venue_id)}]"
            )
            raise UsageError(f"no room of {quote(venue_id)} is called {quote(room)}; {right}")
        editor.add_rooms(venue_id, [room])
    return room
