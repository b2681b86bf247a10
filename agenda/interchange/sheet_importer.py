"""A table as the tables of an agenda file, and what was recognised of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.errors import DataError, Diagnostic, UsageError
from agenda.interchange.cell_lists import find_lone_cities
from agenda.interchange.cell_times import has_day_form
from agenda.interchange.day_order import NumericDay, decide_order, find_numeric_day
from agenda.interchange.day_sheets import HeadedSheet, JoinedTable, join_days
from agenda.interchange.days_above import DaysAbove, day_cells
from agenda.interchange.detect import FileFormat
from agenda.interchange.event_tables import EventTables, told_of
from agenda.interchange.headings import DAYS, Column, ColumnField, count_recognised, find_headings, find_meaning
from agenda.interchange.notes import Notes
from agenda.interchange.result import ImportResult, Origin
from agenda.interchange.sheet_rows import RowReader
from agenda.interchange.sheets import Cell, Sheet, read_text_table
from agenda.interchange.table_year import KnownYear, TargetFacts, find_year
from agenda.limits import BYTES_OF_TABLE_ROW, MAX_TABLE_ROWS
from agenda.text.folding import fold
from agenda.text.safe import one_line, quote
from agenda.text.sentences import join_words

_MAX_NAMES = 12
"""Headings and sheets that a message lists."""
_OWN = {"id", "title"}
"""Fields by which a table of our own is known, if all of its headings are fields."""
_OWN_FIELDS = {*ColumnField, "when", "visibility", "occurrence", "sort", "state", "starts_in", "ends_in"} - {
    *(ColumnField.DATE, ColumnField.TIME, ColumnField.END_DATE, ColumnField.END_TIME),
    *(ColumnField.DURATION, ColumnField.ROLE),
}
_PLACES = (ColumnField.ROOM, ColumnField.VENUE)
_TIMES = (*DAYS, ColumnField.TIME, ColumnField.END_TIME)
_USUAL_NAME = re.compile("(?:(?:sheet|foglio|tabelle|feuil|hoja|table|tabella) ?[0-9]*)?")
"""What programs call sheets of their own accord, folded."""
_COUNTED_DAY = re.compile("(?:day|giorno|giornata) [0-9]{1,2}")
"""What people call the days of a programme, folded."""


class TableChoices(Struct, frozen=True, kw_only=True):
    """What the user says of a table: what the columns of some headings hold, the order of day and month, which sheet it
    is, the year of its days without one, and the time zone of its times. `target` tells of the agenda that takes the
    table in, if one does.
    """

    columns: Mapping[str, ColumnField]
    day_first: bool | None = None
    year: int | None = None
    target: TargetFacts = TargetFacts()
    sheet: str | None = None
    home: ZoneInfo | None = None


def import_table(content: bytes, shown: str, choices: TableChoices, kind: FileFormat) -> ImportResult:
    """The agenda that the text of a table makes, or the first sheet of a workbook that has headings, with those that go
    on with it, the file being called `shown` in messages.

    Raises DataError where it is no table with headings, and UsageError where an option is needed, or names what the
    table does not have.
    """
    if kind is FileFormat.WORKBOOK:
        from agenda.interchange.workbooks import read_workbook

        workbook = read_workbook(content, shown, choices.sheet)
        sheets, hidden = [sheet for sheet in workbook.sheets if sheet.rows], workbook.hidden
    elif choices.sheet is not None:
        raise UsageError("--sheet is for workbooks, and this is a single table")
    else:
        sheets, hidden = [read_text_table(content, shown, lambda rows: count_recognised(rows, choices.columns))], ()
    with_headings = ((sheet, find_headings(sheet.rows, choices.columns)) for sheet in sheets)
    tables = [HeadedSheet(sheet, headings) for sheet, headings in with_headings if headings]
    if not tables:
        also = f"; the workbook hides {_sheets(hidden)}, and --sheet NAME reads one of them" if hidden else ""
        raise DataError([Diagnostic(shown, 1, 1, f"{_explain_headings(sheets)}{also}")])
    joined = join_days(tables)
    notes = list(_left_sheets(sheets, tables, joined))
    if hidden and choices.sheet is None:
        notes.append(f"hidden in the workbook, and left out: {_sheets(hidden)}; --sheet NAME reads one of them")
    _check_length(joined.table, max(MAX_TABLE_ROWS, len(content) // BYTES_OF_TABLE_ROW))
    return _Import(joined.table, shown, choices).result(notes)


def _left_sheets(sheets: Sequence[Sheet], tables: Sequence[HeadedSheet], joined: JoinedTable) -> Iterator[str]:
    """What is to be told of the sheets that are not read, some of which may be `tables` as well."""
    unread = [sheet for sheet in sheets if not _is_among(joined.sheets, sheet)]
    if unread:
        yield f"left out: {_sheets([sheet.name for sheet in unread])}; --sheet NAME reads one of them"
    if joined.unlike:
        why = "since its headings are not those of the sheets that are read, in the same columns"
        yield f"of a day, but not read, {why}: {_sheets([sheet.name for sheet in joined.unlike])}"
    programmes = [table.sheet for table in tables if len(table.headings.columns) > 1]
    alike = [sheet.name for sheet in unread if _is_among(programmes, sheet) and not _is_among(joined.unlike, sheet)]
    if alike:
        right = (
            "sheets are read as one where each is of one day, by name or above its headings, and all are headed alike"
        )
        yield f"with headings of a programme, too, but not read: {_sheets(alike)}; {right}"


def _is_among(sheets: Sequence[Sheet], sheet: Sheet) -> bool:
    return any(sheet is other for other in sheets)


def _check_length(table: HeadedSheet, most: int) -> None:
    """Raise UsageError where more than so many rows below the headings have anything in them."""
    rows = table.sheet.rows
    places = range(table.headings.row + 1, len(rows))
    filled = (place for place in places if any(cell is not None for cell in rows[place]))
    first_beyond = next(islice(filled, most, None), None)
    if first_beyond is not None:
        where = table.sheet.row_name(first_beyond)
        raise UsageError(f"{where}: a table of this size may have {most:,} rows below its headings; make two of it")


def _sheets(names: Sequence[str]) -> str:
    told = [quote(name) for name in names[:_MAX_NAMES]]
    return f"the {'sheet' if len(names) == 1 else 'sheets'} {join_words(told, 'and')}"


def _explain_headings(sheets: Sequence[Sheet]) -> str:
    rows = [row for sheet in sheets for row in sheet.rows]
    first = next((row for row in rows if sum(isinstance(cell, str) for cell in row) > 1), ())
    headings = [quote(cell) for cell in first if isinstance(cell, str)][:_MAX_NAMES]
    there = f"; the first row has {join_words(headings, 'and')}" if headings else ""
    right = 'name the column of the titles by --column title="HEADING"'
    if _is_like_grid(first):
        right = f"if these are rooms, write a row for each event, with its room in a column Room; else {right}"
    return (
        f"no row of this table has headings such as Title, Start and Room, or Titolo, Inizio and Sala{there}; {right}"
    )


def _is_like_grid(row: Sequence[Cell]) -> bool:
    """Whether a row may be the first of a grid, which has a column for times, and one for each room."""
    meanings = [find_meaning(cell) for cell in row if isinstance(cell, str)]
    fields = [meaning[0] if meaning else None for meaning in meanings]
    rooms = [field for field in fields if field in (None, *_PLACES)]
    has_times = any(field in _TIMES for field in fields)
    is_all = all(field in (None, *_PLACES, *_TIMES) for field in fields)
    return is_all and len(rooms) > 1 and (has_times or row[0] is None)


def _is_day(text: str) -> bool:
    """Whether a text is no title, since it is a day, such as `6 March` or `Day 2`."""
    return has_day_form(text) or _COUNTED_DAY.fullmatch(fold(text)) is not None


class _Import:
    """One import of one table."""

    def __init__(self, table: HeadedSheet, shown: str, choices: TableChoices) -> None:
        sheet, headings = table.sheet, table.headings
        self._sheet = sheet
        self._headings = headings
        self._shown = shown
        self._choices = choices
        self._notes = Notes()
        known = {fold(cell) for cell in sheet.rows[headings.row] if isinstance(cell, str)}
        self._is_own = _OWN <= known <= _OWN_FIELDS
        missing = [heading for heading in choices.columns if fold(heading) not in known]
        if missing:
            there = join_words((quote(cell) for cell in sheet.rows[headings.row] if isinstance(cell, str)), "and")
            raise UsageError(f"--column: the table has no column {quote(missing[0])}; it has {there}")

    def result(self, sheet_notes: Sequence[str]) -> ImportResult:
        """The tables, and what is to be told, the notes on other sheets too."""
        order, order_note = decide_order(self._numeric_days(), self._choices.day_first, self._choices.year)
        reader = RowReader(
            sheet=self._sheet,
            headings=self._headings,
            order=order,
            year=cache(self._find_year),
            is_own=self._is_own,
            cities=self._choices.target.cities | find_lone_cities(self._cells(ColumnField.CITY)),
            notes=self._notes,
            days=DaysAbove(sheet=self._sheet, headings=self._headings, notes=self._notes),
        )
        events = list(reader.events())
        given = [event.entry["id"] or "" for event in events]
        writer = EventTables(home=self._choices.home, name_of=self._sheet.row_name, notes=self._notes)
        tables = writer.tables(events, title=self._title(), file=self._shown)
        told = [*self._notes.causes(), *self._recognised(), *self._left(), *self._sheet.notes, *self._empty()]
        told += [note for note in (*sheet_notes, order_note, self._zone_note(tables)) if note]
        told += self._notes.told()

        def origins() -> Iterator[Origin]:
            for event, table, event_id in zip(events, tables.get("events", []), given, strict=True):
                told = told_of(event, table, reader.told(event.row))
                yield Origin(told=told, id=event_id, has_only_days=reader.tells_only_days(event.row))

        return ImportResult(tables, [], told, origins)

    def _numeric_days(self) -> Iterator[tuple[str, NumericDay]]:
        for row, column, cell in day_cells(self._sheet, self._headings):
            if numbers := find_numeric_day(cell):
                sheet = self._sheet
                yield sheet.cell_name(row, column.place, column.heading) if column else sheet.row_name(row), numbers

    def _cells(self, field: ColumnField) -> Iterator[Cell]:
        """The cells below the headings in the columns that hold that."""
        places = [column.place for column in self._headings.of(field)]
        for row in self._sheet.rows[self._headings.row + 1 :]:
            yield from (row[place] for place in places if place < len(row))

    def _find_year(self) -> KnownYear | None:
        """The year of days without one: the one that was typed, else what anything else says of it."""
        if self._choices.year is not None:
            return KnownYear(self._choices.year)
        return find_year(self._sheet, self._headings, self._shown, self._choices.target.year)

    def _title(self) -> str | None:
        """The first text that stands alone in a row above the headings, else the name of the sheet, but for days."""
        for row in self._sheet.rows[: self._headings.row]:
            filled = [cell for cell in row if cell is not None]
            if len(filled) == 1 and isinstance(filled[0], str) and not _is_day(filled[0]):
                return one_line(filled[0])
        name = one_line(self._sheet.name)
        return None if _USUAL_NAME.fullmatch(fold(name)) or _is_day(name) else name

    def _recognised(self) -> Iterator[str]:
        """What the columns were taken for, unless they are our own."""
        if self._is_own:
            return
        held: dict[ColumnField, list[Column]] = {}
        for column in self._headings.columns:
            held.setdefault(column.field, []).append(column)
        words = [
            f"{join_words((quote(column.heading) for column in columns), 'and')} as {field.value}"
            for field, columns in held.items()
        ]
        yield f"columns that were recognised: {', '.join(words)}"

    def _left(self) -> Iterator[str]:
        row = self._sheet.rows[self._headings.row]
        left = [self._sheet.column_name(place, str(row[place])) for place in self._headings.left]
        if left and not self._is_own:
            yield f'left out: {join_words(left, "and")}; --column FIELD="HEADING" says what one holds'

    def _empty(self) -> Iterator[str]:
        below = self._sheet.rows[self._headings.row + 1 :]
        if not any(cell is not None for row in below for cell in row):
            yield f"no row below the headings, which are {self._sheet.row_name(self._headings.row)}, has anything in it"

    def _zone_note(self, tables: Mapping[str, Any]) -> str:
        timed = any(
            isinstance(event.get("start"), datetime) and event["start"].tzinfo is None
            for event in tables.get("events", ())
        )
        has_zone = "timezone" in tables["agenda"] or self._choices.target.has_zones
        return "its times are of no time zone; --tz gives them one" if timed and not has_zone else ""
