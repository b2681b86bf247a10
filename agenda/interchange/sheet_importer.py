"""A table as the tables of an agenda file, and what was recognised of it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from agenda.agendafile.diagnose import find_problems
from agenda.agendafile.keys import event_keys_as_written
from agenda.agendafile.zones import find_zone
from agenda.errors import DataError, Diagnostic, UsageError
from agenda.interchange.day_order import decide_order, find_numeric_day
from agenda.interchange.detect import FileFormat
from agenda.interchange.headings import Column, ColumnField, Headings, count_recognised, find_headings
from agenda.interchange.ids import Ids, namespace_of, slug
from agenda.interchange.result import ImportResult
from agenda.interchange.sheet_rows import DAYS, Notes, RowEvent, RowReader
from agenda.interchange.sheet_times import by_zone
from agenda.interchange.sheets import Sheet, read_text_table
from agenda.text import count_of, fold, join_words, one_line, quote

_MAX_TOLD = 50
"""Cells that could not be read, and are told of."""
_MAX_NAMES = 12
"""Headings and sheets that a message lists."""
_OWN = {"id", "title"}
"""Fields by which a table of our own is known, if all of its headings are fields."""
_OWN_FIELDS = {*ColumnField, "when", "visibility", "occurrence", "sort", "state", "starts_in", "ends_in"} - {
    *(ColumnField.DATE, ColumnField.TIME, ColumnField.END_DATE, ColumnField.END_TIME),
    *(ColumnField.DURATION, ColumnField.ROLE),
}
_USUAL_NAME = re.compile("(?:(?:sheet|foglio|tabelle|feuil|hoja|table|tabella) ?[0-9]*)?")
"""What programs call sheets of their own accord, folded."""
_YEAR = re.compile(r"\b((?:19|20)[0-9]{2})\b")


class TableChoices(Struct, frozen=True, kw_only=True):
    """What the user says of a table: what the columns of some headings hold, the order of day and month, which sheet it
    is, and the time zone of its times.
    """

    columns: Mapping[str, ColumnField]
    day_first: bool | None = None
    sheet: str | None = None
    home: ZoneInfo | None = None


def import_table(content: bytes, shown: str, choices: TableChoices, kind: FileFormat) -> ImportResult:
    """The agenda that the text of a table makes, or the first sheet of a workbook that has headings, the file being
    called `shown` in messages.

    Raises DataError where it is no table with headings, and UsageError where an option is needed, or names what the
    table does not have.
    """
    if kind is FileFormat.WORKBOOK:
        from agenda.interchange.workbooks import read_workbook

        sheets = [sheet for sheet in read_workbook(content, shown, choices.sheet) if sheet.rows]
    elif choices.sheet is not None:
        raise UsageError("--sheet is for workbooks, and this is a single table")
    else:
        sheets = [read_text_table(content, shown, lambda rows: count_recognised(rows, choices.columns))]
    for sheet in sheets:
        headings = find_headings(sheet.rows, choices.columns)
        if headings:
            others = [quote(other.name) for other in sheets if other is not sheet]
            note = f"left out: {_sheets(others)}; --sheet NAME reads one of them" if others else ""
            return _Import(sheet, headings, shown, choices).result(note)
    raise DataError([Diagnostic(shown, 1, 1, _explain_headings(sheets))])


def _sheets(names: Sequence[str]) -> str:
    return f"the {'sheet' if len(names) == 1 else 'sheets'} {join_words(names[:_MAX_NAMES], 'and')}"


def _explain_headings(sheets: Sequence[Sheet]) -> str:
    rows = [row for sheet in sheets for row in sheet.rows]
    first = next((row for row in rows if sum(isinstance(cell, str) for cell in row) > 1), ())
    headings = [quote(cell) for cell in first if isinstance(cell, str)][:_MAX_NAMES]
    there = f"; the first row has {join_words(headings, 'and')}" if headings else ""
    return (
        f"no row of this table has headings such as Title, Start and Room, or Titolo, Inizio and Sala{there}; name the "
        'column of the titles by --column title="HEADING"'
    )


class _Import:
    """One import of one table."""

    def __init__(self, sheet: Sheet, headings: Headings, shown: str, choices: TableChoices) -> None:
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

    def result(self, sheet_note: str) -> ImportResult:
        """The tables, and what is to be told, the note on other sheets too."""
        order, order_note = decide_order(self._numeric_days(), self._choices.day_first)
        year, year_source = self._find_year()
        reader = RowReader(
            sheet=self._sheet,
            headings=self._headings,
            order=order,
            year=year,
            year_source=year_source,
            is_own=self._is_own,
            notes=self._notes,
        )
        events = list(reader.events())
        tables = self._tables(events)
        self._drop_faults(tables, events)
        told = [*self._recognised(), *self._left(), *self._sheet.notes]
        told += [note for note in (sheet_note, order_note, self._zone_note(tables)) if note]
        told += self._notes.told()
        wrong = self._notes.wrong[:_MAX_TOLD]
        if more := len(self._notes.wrong) - len(wrong):
            wrong.append(f"and {count_of(more, 'more cell')} that cannot be read")
        return ImportResult(tables, [], told + wrong)

    def _numeric_days(self) -> Iterator[tuple[str, re.Match[str]]]:
        for row in range(self._headings.row + 1, len(self._sheet.rows)):
            cells = self._sheet.rows[row]
            for column in self._headings.of(*DAYS):
                cell = cells[column.place] if column.place < len(cells) else None
                if found := find_numeric_day(cell):
                    yield self._sheet.cell_name(row, column.place, column.heading), found

    def _find_year(self) -> tuple[int | None, str]:
        """The only year that stands above the headings, or in the name of the sheet or of the file, and where."""
        above = [cell for row in self._sheet.rows[: self._headings.row] for cell in row if isinstance(cell, str)]
        for where, texts in (
            ("the rows above the headings", above),
            ("the name of the sheet", [self._sheet.name]),
            ("the name of the file", [PurePath(self._shown).name]),
        ):
            years = {int(found) for text in texts for found in _YEAR.findall(text)}
            if len(years) == 1:
                return years.pop(), where
        return None, ""

    def _tables(self, events: Sequence[RowEvent]) -> dict[str, Any]:
        """The tables, in the order of an agenda file."""
        title = self._title()
        home, zones = self._zones(events)
        self._assign_ids(events)
        cities = self._city_zones(events, zones, home)
        called = title or ("" if self._shown.startswith("<") else PurePath(self._shown).stem)
        seed = " ".join([called, *(event.entry["id"] for event in events[:1])])
        head = {"title": title, "timezone": home and home.key, "namespace": namespace_of([], seed, called)}
        tables: dict[str, Any] = {"agenda": {key: value for key, value in head.items() if value}}
        if cities:
            tables["cities"] = {
                name: {"timezone": cities[name].key} if name in cities else {}
                for event in events
                for name in event.entry["city"]
            }
        tables["events"] = [self._table(event, zone, home, cities) for event, zone in zip(events, zones, strict=True)]
        return {key: table for key, table in tables.items() if table}

    def _title(self) -> str | None:
        """The first text that stands alone in a row above the headings; else the name of the sheet."""
        for row in self._sheet.rows[: self._headings.row]:
            filled = [cell for cell in row if cell is not None]
            if len(filled) == 1 and isinstance(filled[0], str):
                return one_line(filled[0])
        name = one_line(self._sheet.name)
        return None if _USUAL_NAME.fullmatch(fold(name)) else name

    def _zones(self, events: Sequence[RowEvent]) -> tuple[ZoneInfo | None, list[ZoneInfo | None]]:
        """The time zone of the agenda, and that of each event, as its row has it."""
        found: dict[str, ZoneInfo | None] = {}
        zones: list[ZoneInfo | None] = []
        for event in events:
            if event.zone and event.zone not in found:
                found[event.zone] = find_zone(event.zone)
                if found[event.zone] is None:
                    where = self._sheet.row_name(event.row)
                    self._notes.wrong.append(f"{where}: {quote(event.zone)} is no time zone; it is left out")
            zones.append(found.get(event.zone or ""))
        usual = Counter(zone for zone in zones if zone)
        home = self._choices.home or (usual.most_common(1)[0][0] if usual else None)
        return home, [zone or home for zone in zones]

    def _city_zones(
        self, events: Sequence[RowEvent], zones: Sequence[ZoneInfo | None], home: ZoneInfo | None
    ) -> dict[str, ZoneInfo]:
        """The cities whose time zone is not that of the agenda: those all of whose events are in another one."""
        of_city: dict[str, set[ZoneInfo | None]] = {}
        for event, zone in zip(events, zones, strict=True):
            for name in event.entry["city"]:
                of_city.setdefault(name, set()).add(zone)
        only = {name: next(iter(zones_)) for name, zones_ in of_city.items() if len(zones_) == 1}
        return {name: zone for name, zone in only.items() if zone and zone != home}

    def _assign_ids(self, events: Sequence[RowEvent]) -> None:
        ids = Ids()
        for with_id in (True, False):
            for event in events:
                wanted = slug(event.entry["id"] or "")
                if bool(wanted) is with_id:
                    event.entry["id"] = new = ids.new(wanted or slug(event.entry["title"]) or "event")
                    if wanted and new != wanted:
                        where = f"{quote(wanted)} ({self._sheet.row_name(event.row)})"
                        self._notes.doubt("its id is taken, so it gets a number", where)

    def _table(
        self, event: RowEvent, zone: ZoneInfo | None, home: ZoneInfo | None, cities: Mapping[str, ZoneInfo]
    ) -> dict[str, Any]:
        """An event of the file."""
        names = event.entry["city"]
        there = {cities.get(name, home) for name in names} or {home}
        clocks = next(iter(there)) if len(there) == 1 else None
        start, end = event.times.start, event.times.end
        if zone != clocks:  # its row names a zone that none of its cities has
            start, end = (
                moment.replace(tzinfo=zone) if isinstance(moment, datetime) and not moment.tzinfo else moment
                for moment in (start, end)
            )
        if isinstance(start, datetime) and isinstance(end, datetime) and not end.tzinfo:
            end = end.replace(tzinfo=start.tzinfo)
        keys = event.entry | {
            "city": names[0] if len(names) == 1 else names,
            "start": by_zone(start, clocks),
            "end": by_zone(end, clocks),
            "between": event.times.between and list(event.times.between),
        }
        start, end = keys["start"], keys["end"]
        if isinstance(start, datetime) and isinstance(end, datetime) and (start.tzinfo is None) != (end.tzinfo is None):
            keys |= {"start": event.times.start, "end": event.times.end}
        return {key: keys[key] for key in event_keys_as_written() if keys.get(key)}

    def _drop_faults(self, tables: dict[str, Any], events: Sequence[RowEvent]) -> None:
        """Take out what an agenda cannot have, as a time that the clocks skip; a title and an id are always good."""
        for problem in find_problems(tables):
            match problem.path:
                case ("events", int(place), str(key), *_) if key in tables["events"][place]:
                    del tables["events"][place][key]
                    if key == "start":
                        tables["events"][place].pop("end", None)
                    where = self._sheet.row_name(events[place].row)
                    self._notes.wrong.append(f"{where}: {key}: {problem.message}; it is left out")

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

    def _zone_note(self, tables: Mapping[str, Any]) -> str:
        timed = any(
            isinstance(event.get("start"), datetime) and event["start"].tzinfo is None
            for event in tables.get("events", ())
        )
        return (
            "its times are of no time zone; --tz gives them one" if timed and "timezone" not in tables["agenda"] else ""
        )
