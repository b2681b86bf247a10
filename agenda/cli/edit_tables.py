"""What the rows of a table say of events: a spreadsheet, or the CSV of `agenda list`, on its way back into the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from agenda.agendafile.keys import keys_of, may_be_by_language
from agenda.agendafile.load import display_name
from agenda.agendafile.schema import EventTable
from agenda.cli.assignments import EventEdits, ValueReader
from agenda.cli.changes import EditedFile
from agenda.cli.event_keys import find_key
from agenda.cli.parse import parse_ids
from agenda.cli.table_cells import EventCells, are_same, typed_text
from agenda.errors import UsageError
from agenda.files import read_file
from agenda.formats.records import CLOCK_FIELDS, FIELDS, EventRows
from agenda.interchange.detect import FileFormat, detect_format
from agenda.interchange.headings import find_meaning, names_role
from agenda.interchange.sheets import Cell, Rows, Sheet, clean_cell, read_text_table
from agenda.interchange.unknown_files import refuse_binary
from agenda.limits import MAX_DIAGNOSTICS
from agenda.model import Event, Occurrence
from agenda.query import ZONE_DAYS
from agenda.recurrence.expand import occurrences, shift_day, single_occurrence
from agenda.text import fold, join_words, quote

_TIMES = ("start", "end", "between", "when", "all_day", "occurrence")
"""The fields of `agenda list` by which the occurrences of a series differ."""
_DERIVED = {
    "when": "start, end and between",
    "all_day": "start and end",
    "occurrence": "start and repeat",
}
"""The fields of `agenda list` that are no keys of an event, and what each follows from."""
_NO_TABLES = {FileFormat.XML: "XML", FileFormat.JSON: "JSON", FileFormat.RECORDS: "JSON"}
_OF_LIST = ("sort", "timezone", *CLOCK_FIELDS)
"""The fields of `agenda list` that say nothing of the event alone, but where it is in the list, by whose clocks it is
told, and how far away it is.
"""
_MAX_EXPLAINED = 10
"""Mistakes up to which an id that no event has is compared with all that they have."""
_GUARDED = re.compile("(^|; *)'([=+@＝＋－＠-])")
"""What `agenda list --format csv` writes so that spreadsheets take no text for a formula."""


def read_edits(file: EditedFile, name: str) -> EventEdits:
    """What the table in the file of that name says of the events of `file`; `-` is standard input.

    The table is one that `agenda import` takes, with a column `id`. A cell that says what `agenda list` says of the
    event changes nothing. Raises FileError or DataError where the table cannot be read, and UsageError, with all its
    mistakes, where it is not clear what it says.
    """
    shown = display_name(name)
    sheet, heading_row = _read_sheet(read_file(name, "a table, e.g. a CSV file"), shown)
    return _Table(file, sheet, heading_row, shown).edits()


def _read_sheet(content: bytes, shown: str) -> tuple[Sheet, int]:
    """The table, and the place of the row with its headings, one of which is `id`."""
    refuse_binary(content, shown)
    kind = detect_format(content)
    if kind in _NO_TABLES:
        raise UsageError(
            f"{quote(shown)} is {_NO_TABLES[kind]} and no table; `agenda import --into` takes what it says"
        )
    if kind is FileFormat.WORKBOOK:
        from agenda.interchange.workbooks import read_workbook

        sheets = list(read_workbook(content, shown, None))
    else:
        sheets = [read_text_table(content, shown, _count_known)]
    for sheet in sheets:
        place = next((place for place, row in enumerate(sheet.rows) if any(row)), None)
        if place is not None and "id" in map(_find_field, sheet.rows[place]):
            return sheet, place
    raise UsageError(f"{quote(shown)} has no column `id`; its first row has to name the columns")


def _count_known(rows: Rows) -> int:
    """How many headings of the first row that has any are known."""
    return sum(_find_field(cell) is not None for cell in next(filter(any, rows), ()))


def _find_field(heading: Cell) -> str | None:
    """The key of an event, or the field of `agenda list`, that a heading names; None where it names neither."""
    if not isinstance(heading, str):
        return None
    keys = keys_of(EventTable)
    key, dot, language = heading.strip().partition(".")
    if dot and key.lower() in keys and may_be_by_language(keys[key.lower()]):
        return f"{key.lower()}.{language}"
    name = re.sub("[ -]", "_", fold(heading))
    if name in keys or name in FIELDS or name in _OF_LIST:
        return name
    meaning = find_meaning(heading)
    return meaning[0].value if meaning and meaning[0].value in keys and not names_role(heading) else None


class _Row(Struct, frozen=True):
    """A row of the table: what it is called, the event that it is of, with its texts in the usual language and in each
    that the file declares, and the cells by their fields.
    """

    name: str
    event: Event
    in_languages: Sequence[Event]
    cells: Mapping[str, Cell]


class _Table:
    """A table whose rows say what events are to be."""

    def __init__(self, file: EditedFile, sheet: Sheet, heading_row: int, shown: str) -> None:
        self._file = file
        self._sheet = sheet
        self._heading_row = heading_row
        self._shown = shown
        self._reader = ValueReader(file)
        self._problems: list[str] = []

    def edits(self) -> EventEdits:
        """What the table says; UsageError where it has mistakes."""
        fields = self._fields()
        self._refuse_faulty()
        values: dict[str, dict[str, Any]] = {}
        rows: dict[str, str] = {}
        for row in self._rows(fields):
            said = self._values(row)
            event_id = row.event.id
            if event_id in rows:
                self._compare(row, rows[event_id], values[event_id], said)
            else:
                values[event_id] = said
                rows[event_id] = f"{self._shown}: {row.name}"
        self._refuse_faulty()
        return EventEdits(values, rows, [f"{self._shown}: {note}" for note in self._sheet.notes])

    def _refuse_faulty(self) -> None:
        if self._problems:
            lines = [f"{self._shown}: {problem}" for problem in self._problems[:MAX_DIAGNOSTICS]]
            more = len(self._problems) - len(lines)
            raise UsageError("\n".join([*lines, *([f"and {more} more"] if more else [])]))

    def _fields(self) -> dict[int, str]:
        """The fields of the columns that say something of events, by the places of the columns."""
        fields: dict[int, str] = {}
        for place, heading in enumerate(self._sheet.rows[self._heading_row]):
            if heading is None:
                continue
            column = self._sheet.cell_name(self._heading_row, place, str(heading))
            field = _find_field(heading)
            if field is None:
                try:
                    find_key(str(heading))
                except UsageError as error:
                    self._problems.append(f"{column}: {error}")
            elif field in fields.values():
                self._problems.append(f"{column} is a second one for {field}; leave out one of them")
            elif field not in _OF_LIST:
                fields[place] = field
        return fields

    def _rows(self, fields: Mapping[int, str]) -> Iterator[_Row]:
        """The rows below the headings that are of an event, and say so clearly."""
        agendas = self._file.agendas()
        events = {of_id[0].id: of_id for of_id in zip(*(agenda.events for agenda in agendas), strict=True)}
        in_any_case = {fold(event_id): of_id for event_id, of_id in events.items()}
        headings = self._sheet.rows[self._heading_row]
        width = max(place for place, heading in enumerate(headings) if heading is not None) + 1
        for place in range(self._heading_row + 1, len(self._sheet.rows)):
            row, name = self._sheet.rows[place], self._sheet.row_name(place)
            if not any(cell is not None for cell in row):
                continue
            if len(row) < width or any(cell is not None for cell in row[width:]):
                right = "text that has what stands between cells in it comes between quotation marks"
                self._problems.append(f"{name}: it has {len(row)} cells, and the headings are {width}; {right}")
                continue
            cells = {field: _unguarded(row[column]) for column, field in fields.items()}
            event_id = typed_text(cells["id"])
            of_id = events.get(event_id) or in_any_case.get(fold(event_id))
            if of_id is None:
                self._problems.append(f"{name}: {self._explain_id(event_id)}")
            else:
                yield _Row(name, of_id[0], of_id, cells)

    def _explain_id(self, event_id: str) -> str:
        if not event_id:
            return "it has no id"
        if len(self._problems) >= _MAX_EXPLAINED:
            return f"no event has the id {quote(event_id)}"
        try:
            parse_ids([event_id], self._file.editor.agenda)
        except UsageError as error:
            return str(error)
        return ""

    def _values(self, row: _Row) -> dict[str, Any]:
        """The values that a row gives to keys: those of the cells that say something new."""
        keys = self._file.editor.event(row.event.id)
        in_languages = [_shown_now(event, row.cells) for event in row.in_languages]
        changed = {
            field: cell
            for field, cell in row.cells.items()
            if field != "id"
            and not any(field in shown and are_same(field, cell, shown[field]) for shown in in_languages)
        }
        for field in changed:
            if field in _DERIVED:
                what = f"{field} cannot be changed, since it follows from {_DERIVED[field]}"
                self._problems.append(f"{row.name}: {what}; it is {in_languages[0][field] or 'empty'}")
            elif isinstance(keys.get(field), dict):
                names = [f"{field}.{language}" for language in self._file.editor.agenda.languages]
                right = f"let the column be {join_words(names)}"
                self._problems.append(f"{row.name}: {field} is in several languages; {right}")
                return {}
        cells = EventCells(reader=self._reader, event=row.event, keys=keys)
        texts = {field: typed_text(cell) for field, cell in changed.items() if field not in _DERIVED}
        try:
            values = cells.values({field: text for field, text in texts.items() if "." not in field})
            return values | self._values_by_language(texts, {**keys, **values})
        except UsageError as error:
            self._problems.append(f"{row.name}: {error}")
            return {}

    def _values_by_language(self, texts: Mapping[str, str], keys: Mapping[str, Any]) -> dict[str, Any]:
        """The values of the keys that are `keys` otherwise, by the fields of the texts that name a language."""
        values: dict[str, Any] = {}
        for field, text in texts.items():
            key, dot, language = field.partition(".")
            if dot:
                before = values.get(key, keys.get(key))
                after = self._reader.in_language(before, language, text)
                values |= {} if after == before else {key: after}
        return values

    def _compare(self, row: _Row, other: str, before: dict[str, Any], said: dict[str, Any]) -> None:
        """Note where two rows of an event do not say the same."""
        missing = object()
        keys = [key for key in {**before, **said} if before.get(key, missing) != said.get(key, missing)]
        if keys:
            right = (
                "it is a series, and each of its rows has to say the same; `agenda move` moves all of it"
                if row.event.repeat
                else "each event has one row"
            )
            other_row = other.rpartition(": ")[2]
            what = f"{row.name} and {other_row} of {quote(row.event.id)} differ in {', '.join(keys)}"
            self._problems.append(f"{what}; {right}")


def _shown_now(event: Event, cells: Mapping[str, Cell]) -> dict[str, str]:
    """What `agenda list` writes of an event in those of its fields that a row has, but for the id; of a series, what it
    writes of the occurrence that is in the row.
    """
    fields = tuple(field for field in cells if field in FIELDS and field != "id")
    if not fields:
        return {}
    first, *others = (
        {field: typed_text(_unguarded(clean_cell(text))) for field, text in zip(fields, texts, strict=True)}
        for texts in EventRows(_occurrences_of(event, cells), fields).rows()
    )
    times = [field for field in _TIMES if field in cells]
    in_row = (
        shown for shown in [first, *others] if all(are_same(field, cells[field], shown[field]) for field in times)
    )
    return next(in_row, first)


def _unguarded(cell: Cell) -> Cell:
    """A cell without the apostrophes before what spreadsheets would take for formulas."""
    return _GUARDED.sub(r"\1\2", cell) if isinstance(cell, str) else cell


def _occurrences_of(event: Event, cells: Mapping[str, Cell]) -> Iterator[Occurrence]:
    """The first occurrence of an event, and of a series those of the days that stand in the cells."""
    if event.repeat is None:
        yield single_occurrence(event)
        return
    yield next(occurrences(event), single_occurrence(event))
    for field in ("occurrence", "start", "end"):
        day = _day_in(cells.get(field))
        if day:
            since, until = shift_day(day, -ZONE_DAYS), shift_day(day, ZONE_DAYS)
            yield from occurrences(event, since=since, until=until)


def _day_in(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell)[: len("2026-05-01")])
    except ValueError:
        return None
