"""How `agenda import --into` changes the file that it names."""

from collections.abc import Iterator
from typing import Any

from agenda.agendafile.event_order import EventOrder
from agenda.agendafile.toml_text import FileContent
from agenda.agendafile.write import write_key
from agenda.cli import output
from agenda.cli.changes import EditedFile, EventChangeOptions
from agenda.cli.imports import make_import, unended_remarks
from agenda.errors import AgendaError, UsageError, diagnostic_lines
from agenda.interchange.merge import Import, Merge, find_untold, plan_merge
from agenda.interchange.result import ImportResult
from agenda.limits import BYTES_OF_MERGED_EVENT, BYTES_OF_MERGED_VALUE, MAX_MERGED_EVENTS, MAX_MERGED_VALUES
from agenda.text.nearest import suggest
from agenda.text.safe import quote
from agenda.text.sentences import join_words, list_few
from agenda.wording.choice import make_wording

_MAX_NAMED = 5
"""Events that a message names."""


class IntoOptions(EventChangeOptions, frozen=True, kw_only=True):
    """How the file is changed: whether new names are declared, and events that were changed later are changed, too."""

    declare: bool = False
    force: bool = False


def import_into(file: EditedFile, options: IntoOptions, result: ImportResult, *, content: bytes, shown: str) -> None:
    """Let a file have the events of an import whose own file has that `content` and is called `shown`, and tell what
    has changed and what was left out.

    Raises UsageError where events name what the file does not have, unless that is to be declared, and where there are
    too many of them.
    """
    _refuse_too_many(result, content, shown)
    imported = make_import(result, FileContent(shown, content), file.editor.agenda)
    _refuse_other_language(file, imported)
    editor = file.editor
    merge = plan_merge(editor.agenda, editor.tables, imported, with_older=options.force)
    if not options.declare:
        _refuse_new_names(file, merge)
    order = EventOrder(editor.tables.get("events", ()))
    places = [order.find_next(event) for event in merge.added]
    for vocabulary, entries in merge.declared.items():
        for name, table in entries.items():
            editor.declare(vocabulary, name, table)
    for venue_id, rooms in merge.rooms.items():
        editor.add_rooms(venue_id, rooms)
    for event_id, changes in merge.changed.items():
        file.set_keys(event_id, changes, options)
    for event, before in zip(merge.added, places, strict=True):
        file.add_event(event, before, options)
    _prove(file, merge, imported)
    file.save(unasked="" if imported.tables.get("events") else f"{shown} has no event")
    output.remark(
        options, *diagnostic_lines(result.diagnostics), *result.losses, *merge.remarks, *unended_remarks(merge)
    )


def _refuse_too_many(result: ImportResult, content: bytes, shown: str) -> None:
    """Refuse more events, or more that they list, than a file of that size may have: each is compared with all of the
    agenda, and proved.
    """
    events = result.tables.get("events", ())
    values = sum(len(value) for event in events for value in event.values() if isinstance(value, list))
    most_events = max(MAX_MERGED_EVENTS, len(content) // BYTES_OF_MERGED_EVENT)
    most_values = max(MAX_MERGED_VALUES, len(content) // BYTES_OF_MERGED_VALUE)
    for number, most, what in (
        (len(events), most_events, "events"),
        (values, most_values, "people, topics and other values in lists"),
    ):
        if number > most:
            many = f"{shown} has {number:,} {what}, and {most:,} are the most that come into an agenda"
            right = "make several of it, or import it into a file of its own, by --output"
            raise UsageError(f"{many} from a file of its size; {right}")


def _refuse_other_language(file: EditedFile, imported: Import) -> None:
    """Refuse an export of ours whose texts are in another language than those that the file has first."""
    languages = {origin.language for origin in imported.origins} - {None}
    own = make_wording(file.editor.agenda.language).language
    if len(file.editor.tables.get("agenda", {}).get("languages", ())) > 1 and languages - {own}:
        other = min(filter(None, languages - {own}))
        raise AgendaError(
            f"{imported.shown} is in {quote(other)}, and the texts of {file.name} are first in {quote(own)}; "
            f"export it in that language, by --lang {own}"
        )


def _refuse_new_names(file: EditedFile, merge: Merge) -> None:
    """Tell all names that the file does not have, with how to declare each; none where there is none."""
    lines = list(_new_names(file, merge))
    if lines:
        raise UsageError("\n".join(["names that the file does not have; --declare adds them to it:", *lines]))


def _new_names(file: EditedFile, merge: Merge) -> Iterator[str]:
    for vocabulary, entries in merge.declared.items():
        others = file.editor.tables.get(vocabulary, {})
        known = {called: key for key, other in others.items() for called in _names(key, other)}
        for name, table in entries.items():
            shown = f" ({quote(table['name'])})" if "name" in table else ""
            right = suggest(table.get("name", name), known, "")
            yield f"  [{vocabulary}.{write_key(name)}]{shown}{right and f'; {right}'}"
    for venue_id, rooms in merge.rooms.items():
        yield f"  {join_words(map(quote, rooms), 'and')} among the rooms of [venues.{write_key(venue_id)}]"


def _names(key: str, table: dict[str, Any]) -> Iterator[str]:
    """What an entry of a vocabulary is called: by its name, in each language that it has one in, or by its key."""
    name = table.get("name", key)
    if isinstance(name, dict):
        yield key
        yield from name.values()
    else:
        yield name


def _prove(file: EditedFile, merge: Merge, imported: Import) -> None:
    """Read what the file will mean, and make sure that it means what the import does."""
    untold = find_untold(merge, imported, file.result, file.editor.tables)
    if untold:
        told = [f"{event_id} ({', '.join(keys)})" for event_id, keys in untold.items()]
        raise AgendaError(
            f"{file.name} cannot hold these events as {imported.shown} has them, so nothing was written: "
            f"{list_few(told, _MAX_NAMED)}"
        )
