"""The files that `agenda diff` compares: what another program's file does not tell is as the other file has it."""

import os
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from agenda.agendafile.load import load, parse_tables
from agenda.agendafile.toml_text import FileContent
from agenda.cli.foreign import (
    Programme,
    agenda_of,
    foreign_programme,
    import_content,
    is_agenda_file,
    make_programme,
    read_any_file,
)
from agenda.errors import DataError
from agenda.files import STDIN
from agenda.model import Agenda
from agenda.text.sentences import list_few

if TYPE_CHECKING:
    from agenda.interchange.match import Incoming
    from agenda.interchange.result import Origin

_MAX_NAMED = 5
"""Events that a remark names."""

ComparedFile = FileContent | Agenda
"""One of the two: a file, or the agenda of several."""


class _Base(Struct, frozen=True, kw_only=True):
    """The agenda by which a file of another program is read: what its file is called, its plain tables, the keys of
    events that its own file tells of, None for all of them, and whether its own file has UIDs and ids for events.
    """

    agenda: Agenda
    shown: str
    tables: dict[str, Any]
    told: frozenset[str] | None = None
    has_uids: bool = True
    has_ids: bool = True


def find_compared_file(name: str, language: str | None) -> ComparedFile:
    """The file of that name, or standard input for `-`; of a folder of agenda files, their agenda in that language.

    Raises FileError where they cannot be read, and DataError where the agenda of a folder holds mistakes.
    """
    if name != STDIN and os.path.isdir(name):  # noqa: PTH112 - it raises nothing
        return load(name, language=language)
    return read_any_file(name)


def is_foreign(file: ComparedFile) -> bool:
    """Whether another program made it."""
    return isinstance(file, FileContent) and not is_agenda_file(file)


def read_both(
    before: ComparedFile, after: ComparedFile, language: str | None, *, year: int
) -> tuple[Programme, Programme]:
    """Both programmes, the texts of agenda files in that language as `load` has it. What a file of another program does
    not tell is there as the other file has it, unless that is several. If both are of other programs, days without a
    year are of that `year` where nothing else tells theirs.

    Raises DataError where one of them holds mistakes.
    """
    if isinstance(before, Agenda) or isinstance(after, Agenda) or not (is_foreign(before) or is_foreign(after)):
        first, second = (
            Programme(file) if isinstance(file, Agenda) else make_programme(file, language) for file in (before, after)
        )
        return first, second
    if is_foreign(before) and not is_foreign(after):
        programme, base = _read_base(after, language, year)
        return _read_by(base, before, language), programme
    programme, base = _read_base(before, language, year)
    return programme, _read_by(base, after, language)


def _read_base(file: FileContent, language: str | None, year: int) -> tuple[Programme, _Base]:
    if is_agenda_file(file):
        tables = file.tables()
        agenda = parse_tables(tables, file, language)
        return Programme(agenda), _Base(agenda=agenda, shown=file.shown, tables=tables)
    from agenda.interchange.table_year import KnownYear, TargetFacts

    facts = TargetFacts(year=KnownYear(year, "which it is now"), has_zones=True)
    imported = import_content(file.content, file.shown, target=facts)
    agenda = agenda_of(imported.tables, file.shown)
    origins = list(imported.origins())
    base = _Base(
        agenda=agenda,
        shown=file.shown,
        tables=imported.tables,
        told=frozenset(key for origin in origins for key in origin.told),
        has_uids=any(origin.uid for origin in origins),
        has_ids=any(origin.id for origin in origins),
    )
    return foreign_programme(file, imported, agenda), base


def _read_by(base: _Base, file: FileContent, language: str | None) -> Programme:
    """The programme of a file of another program, which has from the base what the file does not tell."""
    from agenda.cli.imports import import_for, make_import, unended_remarks
    from agenda.interchange.merge import find_untold, make_tables, plan_merge

    result = import_for(base.agenda, base.shown, file)
    imported = make_import(result, file, base.agenda)
    if base.told is not None:
        origins = [
            replace(_named_as_in(base, one, imported.agenda), told=one.origin.told & base.told)
            for one in imported.incoming()
        ]
        imported = replace(imported, origins=origins)
    merge = plan_merge(base.agenda, base.tables, imported, with_older=True)
    tables = make_tables(base.tables, merge, imported)
    try:
        agenda = agenda_of(tables, f"{base.shown} with {file.shown}", language)
    except DataError as error:  # as where a local time is in cities of several zones
        reasons = list_few([str(diagnostic.message) for diagnostic in error.diagnostics], _MAX_NAMED)
        remark = f"{file.shown}: compared as it is, since {base.shown} cannot have its events: {reasons}"
        alone = make_programme(file, language)
        return replace(alone, readings=[*alone.readings, remark])
    programme = foreign_programme(file, result, agenda)
    unended = [f"{file.shown}: {text}" for text in unended_remarks(merge)]
    programme = replace(programme, readings=[*programme.readings, *unended])
    untold = find_untold(merge, imported, programme.agenda, tables)
    if not untold:
        return programme
    told = list_few([f"{event_id} ({', '.join(keys)})" for event_id, keys in untold.items()], _MAX_NAMED)
    remark = f"{file.shown}: not compared, since {base.shown} cannot have it so: {told}"
    return replace(programme, readings=[*programme.readings, remark])


def _named_as_in(base: _Base, one: "Incoming", agenda: Agenda) -> "Origin":
    """The origin of an event of that agenda, without the UID or the id where the base has none: most tables have no
    UIDs, so that an event whose UID is made of its id is known by this id, or else by its title.
    """
    origin = one.origin
    if base.has_uids:
        return origin
    event_id = origin.id or (one.event.id if origin.uid == f"{one.event.id}@{agenda.namespace}" else "")
    return replace(origin, uid="", id=event_id if base.has_ids else "")
