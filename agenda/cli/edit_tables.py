"""What the rows of a table say of events: a spreadsheet, or the CSV of `agenda list`, on its way back into the file."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from agenda.agendafile.keys import keys_of, may_be_by_language
from agenda.agendafile.load import display_name
from agenda.agendafile.schema import EventTable
from agenda.cli.assignments import EventEdits, ValueReader
from agenda.cli.changes import EditedFile
from agenda.cli.event_keys import find_key
from agenda.cli.listed_events import FIELDS_OF_TIMES, ListedEvent, MatchedTimes, unguarded
from agenda.cli.parse import parse_ids
from agenda.cli.table_cells import EventCells, typed_text
from agenda.errors import UsageError
from agenda.files import read_file
from agenda.formats.records import CLOCK_FIELDS, FIELDS
from agenda.interchange.detect import FileFormat, detect_format
from agenda.interchange.headings import ColumnField, find_meaning, names_role
from agenda.interchange.sheets import Cell, CellError, Rows, Sheet, read_text_table
from agenda.interchange.unknown_files import refuse_binary
from agenda.limits import MAX_DIAGNOSTICS, MAX_FAULTY_ROWS, MAX_TRANSLATED_EVENTS
from agenda.model import Event
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.text.sentences import join_words

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
_PARTS_OF_KEYS = {
    ColumnField.DATE: "start",
    ColumnField.TIME: "start",
    ColumnField.END_DATE: "end",
    ColumnField.END_TIME: "end",
}
"""What columns hold that say a part of a key, by that key."""
_MAX_EXPLAINED = 10
"""Mistakes up to which an id that no event has is compared with all that they have."""


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

        sheets = list(read_workbook(content, shown, None).sheets)
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


def _explain_heading(heading: str) -> str:
    """What is right in the place of a heading that names no key of an event."""
    meaning = find_meaning(heading)
    part = _PARTS_OF_KEYS.get(meaning[0]) if meaning else None
    if part:
        right = f"a day and its time stand in one column here, {part}, as 2026-12-10 09:30"
        return f"{right}; `agenda import --into` takes two"
    try:
        find_key(heading)
    except UsageError as error:
        return str(error)
    return ""


class _Row(Struct, frozen=True):
    """A row of the table: what it is called, the event that it is of, and the cells by their fields."""

    name: str
    event: Event
    cells: Mapping[str, Cell]


class _Table:
    """A table whose rows say what events are to be."""

    def __init__(self, file: EditedFile, sheet: Sheet, heading_row: int, shown: str) -> None:
        self._file = file
        self._sheet = sheet
        self._heading_row = heading_row
        self._shown = shown
        self._reader = ValueReader(file)
        self._matched = MatchedTimes(shown)
        self._listed: dict[str, ListedEvent] = {}
        self._cells_of: dict[str, EventCells] = {}
        self._problems: list[str] = []

    def edits(self) -> EventEdits:
        """What the table says; UsageError where it has mistakes."""
        fields = self._fields()
        self._refuse_faulty()
        values: dict[str, dict[str, Any]] = {}
        origins: dict[str, str] = {}
        for row, changed in self._changes(list(self._rows(fields)), fields.values()):
            if self._has_too_many_problems():
                break
            said = self._values(row, changed)
            event_id = row.event.id
            if event_id in origins:
                self._compare(row, origins[event_id], values[event_id], said)
            else:
                values[event_id] = said
                origins[event_id] = f"{self._shown}: {row.name}"
        self._refuse_faulty()
        return EventEdits(values, origins, [f"{self._shown}: {note}" for note in self._sheet.notes])

    def _has_too_many_problems(self) -> bool:
        return len(self._problems) >= MAX_FAULTY_ROWS

    def _refuse_faulty(self) -> None:
        if self._problems:
            lines = [f"{self._shown}: {problem}" for problem in self._problems[:MAX_DIAGNOSTICS]]
            more = len(self._problems) - len(lines)
            rest = "; nothing was looked at after them" if self._has_too_many_problems() else ""
            raise UsageError("\n".join([*lines, *([f"and {more} more{rest}"] if more else [])]))

    def _fields(self) -> dict[int, str]:
        """The fields of the columns that say something of events, by the places of the columns."""
        fields: dict[int, str] = {}
        places: dict[str, int] = {}
        for place, heading in enumerate(self._sheet.rows[self._heading_row]):
            if self._has_too_many_problems():
                break
            if heading is None:
                continue
            column = self._sheet.cell_name(self._heading_row, place, str(heading))
            field = _find_field(heading)
            if field is None:
                self._problems.append(f"{column}: {_explain_heading(str(heading))}")
            elif field in places:
                self._problems.append(f"{column} is a second one for {field}; leave out one of them")
            elif field not in _OF_LIST:
                fields[place] = field
                places[field] = place
        return fields

    def _rows(self, fields: Mapping[int, str]) -> Iterator[_Row]:
        """The rows below the headings that are of an event, and say so clearly; none that says the same as another."""
        events = {event.id: event for event in self._file.editor.agenda.events}
        in_any_case = {fold(event_id): event for event_id, event in events.items()}
        headings = self._sheet.rows[self._heading_row]
        width = max(place for place, heading in enumerate(headings) if heading is not None) + 1
        told: set[str] = set()
        for place in range(self._heading_row + 1, len(self._sheet.rows)):
            if self._has_too_many_problems():
                break
            row, name = self._sheet.rows[place], self._sheet.row_name(place)
            if not any(cell is not None for cell in row) or (whole := repr(row)) in told:
                continue
            told.add(whole)
            if wrong := self._explain_width(place, width):
                self._problems.append(f"{name}: {wrong}")
                continue
            cells = {field: unguarded(row[column]) for column, field in fields.items()}
            event_id = typed_text(cells["id"])
            event = events.get(event_id) or in_any_case.get(fold(event_id))
            if event is None:
                self._problems.append(f"{name}: {self._explain_id(event_id)}")
            else:
                yield _Row(name, event, cells)

    def _explain_width(self, place: int, width: int) -> str:
        """What is wrong with the number of cells in a row, under so many headings; empty where nothing is."""
        row = self._sheet.rows[place]
        has_fewer = len(row) < width
        extra = self._sheet.without_heading(place, self._heading_row)
        if self._sheet.separators and (has_fewer or len(row) > width) and (has_fewer or extra):
            right = f"put quotation marks around a text with {self._sheet.separators}"
            if has_fewer:
                right = "get the file anew if it is cut, or add the cells that lack"
            return f"it has {len(row)} cells for {width} headings; {right}"
        if extra:
            return f"no heading is above its cell {quote(str(extra[0]))}; write one, or empty the cell"
        return ""

    def _changes(self, rows: Sequence[_Row], fields: Collection[str]) -> Iterator[tuple[_Row, Mapping[str, Cell]]]:
        """The rows, each with its cells that say something else than `agenda list` does, in whatever language."""
        events = {row.event.id: row.event for row in rows}
        self._listed = {event_id: ListedEvent(event, fields, self._matched) for event_id, event in events.items()}
        changes = [self._listed[row.event.id].changed(row.cells) for row in rows]
        others = self._in_other_languages(rows, changes)
        for row, changed in zip(rows, changes, strict=True):
            for other in others.get(row.event.id, ()):
                changed = other.changed(changed)  # noqa: PLW2901 - what is left of it
            yield row, changed

    def _in_other_languages(
        self, rows: Sequence[_Row], changes: Sequence[Mapping[str, Cell]]
    ) -> Mapping[str, Sequence[ListedEvent]]:
        """What `agenda list` writes in the other languages of the file, by the ids of the events whose texts are other
        than in the first. Raises UsageError where these are too many.
        """
        languages = self._file.editor.agenda.languages[1:]
        texts = [field for field in FIELDS if field not in FIELDS_OF_TIMES]
        pairs = zip(rows, changes, strict=True) if languages else ()
        ids = list(dict.fromkeys(row.event.id for row, changed in pairs if not changed.keys().isdisjoint(texts)))
        if len(ids) * len(languages) > MAX_TRANSLATED_EVENTS:
            many = f"{len(ids):,} events of the table are compared in {len(languages) + 1} languages"
            most = MAX_TRANSLATED_EVENTS // len(languages)
            raise UsageError(f"{self._shown}: {many}, and {most:,} are the most; make several tables of it")
        others: dict[str, list[ListedEvent]] = {}
        for language in languages if ids else ():
            for event in self._file.in_language(language, ids):
                others.setdefault(event.id, []).append(ListedEvent(event, texts, self._matched))
        return others

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

    def _values(self, row: _Row, changed: Mapping[str, Cell]) -> dict[str, Any]:
        """The values that a row gives to keys, by its cells that say something new."""
        keys = self._file.editor.event(row.event.id)
        errors = {field: cell for field, cell in changed.items() if isinstance(cell, CellError)}
        if errors:
            self._problems += [
                f"{row.name}, column {quote(field)}: {cell.explanation}" for field, cell in errors.items()
            ]
            return {}
        for field in changed:
            if field in _DERIVED:
                what = f"{field} cannot be changed, since it follows from {_DERIVED[field]}"
                text = self._listed[row.event.id].text(field, row.cells)
                self._problems.append(f"{row.name}: {what}; it is {text or 'empty'}")
            elif isinstance(keys.get(field), dict):
                names = [f"{field}.{language}" for language in self._file.editor.agenda.languages]
                right = f"let the column be {join_words(names)}"
                self._problems.append(f"{row.name}: {field} is in several languages; {right}")
                return {}
        if row.event.id not in self._cells_of:
            self._cells_of[row.event.id] = EventCells(self._reader, row.event, keys)
        cells = self._cells_of[row.event.id]
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
