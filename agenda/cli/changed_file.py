"""Which file a command changes: the one that an option names, and none that may not be changed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from agenda.agendafile.load import read_files, shipped_file
from agenda.cli.options import DataOptions
from agenda.errors import DataError, UsageError
from agenda.files import STDIN
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.text.sentences import join_words, list_few

_MAX_FILES = 5
"""Files that a message names."""


def name_file(options: DataOptions, ids: Sequence[str] = (), *, named_by: str = "--data") -> str:
    """The one file that the options name, and that can be changed; UsageError where they name none such.

    `named_by` is the option that names it. Where that names several files or a folder, the message tells which of them
    have the events with these ids.
    """
    names = options.data or []
    shipped = shipped_file()
    if not names or any(Path(name).exists() and Path(name).samefile(shipped) for name in names):
        raise UsageError(
            "the programme that comes with agenda is never changed; `agenda new my.toml` starts one of your own, or "
            f"copy it with `cp {shipped} my.toml`, and name it by {named_by} my.toml"
            + (" or AGENDA_DATA" if named_by == "--data" else "")
        )
    if len(names) > 1 or Path(names[0]).is_dir():
        raise UsageError(_explain_several([name for name in names if name != STDIN], ids, named_by))
    if names[0] == STDIN:
        raise UsageError(f"standard input cannot be changed; name a file by {named_by}")
    return names[0]


def _explain_several(names: Sequence[str], ids: Sequence[str], named_by: str) -> str:
    """What is to be named in the place of several files, or of a folder: the file of each event."""
    files = read_files(names)
    shown = list_few([file.shown for file in files], _MAX_FILES)
    ids = [id_.strip() for id_ in ids if id_.strip() != STDIN]
    homes: dict[str, list[str]] = {}
    for file in files:
        try:
            inside = {fold(id_): id_ for id_ in _list_event_ids(file.tables())}
        except DataError:
            continue  # it is told of once it is named
        if here := [inside[fold(id_)] for id_ in ids if fold(id_) in inside]:
            homes[file.shown] = here
    if homes:
        there = (f"{named_by} {file} has {join_words(map(quote, here), 'and')}" for file, here in homes.items())
        return f"a change is made in one file; {join_words(there, 'and')}"
    if ids:
        return f"no event has the id {join_words(map(quote, ids))} in any of these files: {shown}"
    return f"a change is made in one file; name one of these by {named_by}: {shown}"


def _list_event_ids(tables: dict[str, object]) -> Iterator[str]:
    """The ids of the events in the plain tables of a file that was not checked."""
    events = tables.get("events")
    for event in events if isinstance(events, list) else ():
        if isinstance(event, dict) and isinstance(event.get("id"), str):
            yield event["id"]
