"""What a command reads in the formats of other programs."""

import codecs
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from agenda.agendafile.load import display_name, load, parse_agenda
from agenda.agendafile.toml_text import FileContent
from agenda.errors import Diagnostic, UsageError
from agenda.files import STDIN, read_file
from agenda.model import Agenda, ToBeAnnounced

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from agenda.interchange.result import ImportResult
    from agenda.interchange.table_year import TargetFacts
    from agenda.reports.changes import EventChange

_CALENDAR_START = b"BEGIN:"


class TableOptions(Struct, frozen=True, kw_only=True):
    """What can be typed of how a table is read, as the options of `agenda import` have it."""

    columns: Sequence[str] = ()
    day_first: bool | None = None
    year: int | None = None
    sheet: str | None = None


class Programme(Struct, frozen=True):
    """The agenda of a file of any format, and what of it could not be read; `is_own` where it is an agenda file, and
    `has_undated` where its format has a place for events without a date, as no calendar and no schedule has. `readings`
    tell how a table was read, and which of its cells were not.
    """

    agenda: Agenda
    is_own: bool = True
    diagnostics: Sequence[Diagnostic] = ()
    has_undated: bool = True
    readings: Sequence[str] = ()


def read_programme(name: str, language: str | None = None) -> Programme:
    """What the file of that name, or the folder of agenda files, or standard input for `-`, holds: an agenda file, its
    texts in that language as `load` has it, or whatever `agenda import` takes, by its content.

    Raises FileError where it cannot be read, and DataError where it holds mistakes or is neither.
    """
    if name != STDIN and os.path.isdir(name):  # noqa: PTH112 - it raises nothing
        return Programme(load(name, language=language))
    return make_programme(read_any_file(name), language)


def make_programme(file: FileContent, language: str | None) -> Programme:
    """What a file holds, as `read_programme` has it; raises DataError as that does."""
    if is_agenda_file(file):
        return Programme(parse_agenda(file, language))
    imported = import_content(file.content, file.shown)
    return foreign_programme(file, imported, agenda_of(imported.tables, file.shown))


def agenda_of(tables: Mapping[str, Any], shown: str, language: str | None = None) -> Agenda:
    """The agenda that plain tables make, written and read as a file of them would be, which is called `shown` in
    messages; raises DataError as `parse_agenda` does.
    """
    from agenda.agendafile.write import write_toml

    return parse_agenda(FileContent(shown, "".join(write_toml(tables)).encode()), language)


def read_any_file(name: str) -> FileContent:
    """The file of that name, or standard input for `-`, whatever program made it; raises FileError."""
    content = read_file(name, "an agenda file, a calendar, a table, or a schedule in XML or JSON")
    return FileContent(display_name(name), content)


def foreign_programme(file: FileContent, imported: "ImportResult", agenda: Agenda) -> Programme:
    """The agenda that an import made of a file of another program, with what is to be told of the import."""
    from agenda.interchange.detect import TABLES, FileFormat, detect_format

    kind = detect_format(file.content)
    is_table = kind in TABLES
    return Programme(
        agenda,
        is_own=False,
        diagnostics=imported.diagnostics,
        has_undated=is_table or kind is FileFormat.RECORDS,
        readings=[f"{file.shown}: {text}" for text in imported.losses] if is_table else (),
    )


def is_unheld(change: "EventChange", before: Programme, after: Programme) -> bool:
    """Whether an event is new or gone only because it has no date, and the other programme no place for such ones."""
    lacking = before if change.before is None else after if change.after is None else None
    return lacking is not None and not lacking.has_undated and isinstance(change.told.when, ToBeAnnounced)


def is_agenda_file(file: FileContent) -> bool:
    """Whether it has none of the formats that are imported, so that it is an agenda file or nothing."""
    from agenda.interchange.detect import FileFormat, detect_format

    start = file.content.removeprefix(codecs.BOM_UTF8).lstrip()[: len(_CALENDAR_START)].upper()
    return start != _CALENDAR_START and detect_format(file.content) is FileFormat.ICALENDAR


def import_content(
    content: bytes,
    shown: str,
    home: "ZoneInfo | None" = None,
    table: TableOptions | None = None,
    *,
    target: "TargetFacts | None" = None,
) -> "ImportResult":
    """What the content of a file makes, by the format that it has; `shown` is its name in messages, `home` the zone
    of times that have none, `table` what was typed of how a table is read, and `target` tells of the agenda that takes
    a table in, if one does.

    Raises DataError where it has none of them, and UsageError where something was typed of tables and it is none.
    """
    from agenda.interchange.detect import TABLES, FileFormat, detect_format
    from agenda.interchange.unknown_files import refuse_binary, refuse_other

    table = table or TableOptions()
    refuse_binary(content, shown)
    kind = detect_format(content)
    refuse_other(content, shown, kind)
    if kind in TABLES:
        from agenda.interchange.headings import parse_column_options
        from agenda.interchange.sheet_importer import TableChoices, import_table
        from agenda.interchange.table_year import TargetFacts

        asked = parse_column_options(table.columns)
        choices = TableChoices(
            columns=asked,
            day_first=table.day_first,
            year=table.year,
            target=target or TargetFacts(),
            sheet=table.sheet,
            home=home,
        )
        return import_table(content, shown, choices, kind)
    if table != TableOptions():
        raise UsageError("--column, --day-first, --month-first, --year and --sheet are for tables, and this is none")
    if kind is FileFormat.ICALENDAR:
        from agenda.ical.importer import import_calendars

        return import_calendars(content, shown, home)
    if kind is FileFormat.RECORDS:
        from agenda.interchange.own_records import import_records

        return import_records(content, shown, home)
    from agenda.interchange.frab import import_schedule

    return import_schedule(content, shown, home, kind=kind)
