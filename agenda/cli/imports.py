"""What another program made, read for an agenda that is there."""

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agenda.agendafile.toml_text import FileContent
from agenda.cli.foreign import TableOptions, agenda_of, import_content
from agenda.interchange.detect import TABLES, FileFormat, detect_format
from agenda.interchange.match import Incoming
from agenda.interchange.merge import Import, Merge
from agenda.interchange.result import ImportResult
from agenda.interchange.table_year import KnownYear, TargetFacts
from agenda.model import Agenda, Event
from agenda.recurrence.expand import agenda_span
from agenda.text.folding import fold
from agenda.text.sentences import list_few

_MAX_NAMED = 5
"""Events that a remark names."""
_LOCAL = TABLES | {FileFormat.RECORDS}
"""Formats whose times are local times wherever the event is."""


def import_for(
    agenda: Agenda, name: str, file: FileContent, *, home: ZoneInfo | None = None, table: TableOptions | None = None
) -> ImportResult:
    """What the content of a file makes, for the agenda in the file of that name. Times that say which moment they are
    are told in its zone, unless `home` is another one; days of a table that have no year are of that of all events of
    the agenda, if it is one. `table` is what was typed of how a table is read.

    Raises DataError and UsageError as `import_content` does.
    """
    kind = detect_format(file.content)
    zone = home or (None if kind in _LOCAL else agenda.timezone)
    facts = _target_facts(agenda, name) if kind in TABLES else None
    return import_content(file.content, file.shown, zone, table, target=facts)


def make_import(result: ImportResult, file: FileContent, agenda: Agenda) -> Import:
    """What a file made, as `plan_merge` takes it, for that agenda."""
    read = agenda_of(result.tables, file.shown)
    imported = Import(agenda=read, tables=result.tables, origins=list(result.origins()), shown=file.shown)
    is_calendar = detect_format(file.content) is FileFormat.ICALENDAR
    return replace(imported, recall=_recall(agenda.language)) if is_calendar else imported


def unended_remarks(merge: Merge) -> Iterator[str]:
    """What is to be told of last days that were left out."""
    if merge.unended:
        events = list_few(merge.unended, _MAX_NAMED)
        yield f"their last days are left out, since the agenda has no time at which they end: {events}"


def _target_facts(agenda: Agenda, name: str) -> TargetFacts:
    """What holds for a table that goes into the agenda in the file of that name."""
    span = agenda_span(agenda)
    is_one_year = span is not None and span[0].year == span[1].year
    return TargetFacts(
        year=KnownYear(span[0].year, f"as all events of {name} are") if span and is_one_year else None,
        has_zones=agenda.timezone is not None or any(city.timezone for city in agenda.cities),
        cities=frozenset(fold(name) for city in agenda.cities for name in (city.name, *city.aliases)),
    )


def _recall(language: str | None) -> Callable[[Incoming, Event], Incoming]:
    """What takes out of a calendar what an export of ours in that language had added."""
    from agenda.ical.origins import recall_words

    return lambda one, event: recall_words(one, event, language)
