"""The rows of a table as events: each cell read as what its column holds, and what cannot be read told by its place."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from agenda.formulas import unguard_formulas
from agenda.interchange.cell_lengths import read_duration
from agenda.interchange.cell_lists import Doubt, split_cities, split_names, split_own_people, split_people
from agenda.interchange.cell_times import CellTimes, NoYearError, read_cell_times
from agenda.interchange.cell_words import read_status, read_truth, read_visibility
from agenda.interchange.day_order import DayOrder
from agenda.interchange.days_above import DaysAbove
from agenda.interchange.event_tables import EventDraft
from agenda.interchange.headings import DAYS, Column, ColumnField, Headings
from agenda.interchange.loose_forms import refuse_hours
from agenda.interchange.notes import Notes
from agenda.interchange.placeholders import is_placeholder
from agenda.interchange.result import ROLES, UNTITLED
from agenda.interchange.sheet_times import EventTimes, RowTimes, make_times
from agenda.interchange.sheets import Cell, CellError, Sheet, cell_text
from agenda.interchange.table_year import KnownYear
from agenda.interchange.totals import is_rule, is_total
from agenda.limits import MAX_UNREAD_ROWS
from agenda.text.folding import fold
from agenda.text.safe import one_line, quote, shorten
from agenda.text.sentences import count_of, list_few

_CLOCKS = {ColumnField.TIME, ColumnField.END_TIME, ColumnField.START, ColumnField.END}
_TIMES = {*DAYS, ColumnField.TIME, ColumnField.END_TIME}
_OF_CLOCKS = {ColumnField.TIME, ColumnField.END_TIME, ColumnField.ALL_DAY}
"""The columns that say whether an event has a time, also where their cells are empty."""
_STARTS = {ColumnField.START, ColumnField.DATE, ColumnField.TIME}
_ABOUT_TIMES = {*_TIMES, ColumnField.DURATION, ColumnField.ALL_DAY, ColumnField.TIMEZONE}
_WRITTEN_OUT = {ColumnField.ID, ColumnField.TITLE, ColumnField.DATE_NOTE, ColumnField.STATUS}
"""The columns in which `TBC` and the like are what is meant."""
_LISTS = {ColumnField.CITY, ColumnField.TOPICS, ColumnField.ORGANIZERS, ColumnField.PEOPLE, ColumnField.SOURCES}
_NOT_FIXED = "tba"
"""What `agenda list` writes for a time that is to be announced."""
_MAX_TOLD_CELLS = 3
_Word = TypeVar("_Word", str | None, bool)
_Cells = dict[ColumnField, list[tuple[Column, Cell]]]
"""The cells of a row that say something, by what their columns hold."""


class RowReader(Struct, kw_only=True):
    """What reads the rows below the headings of a table; `is_own` where agenda wrote it, and `year` finds that of days
    without one, if it is known. `cities` are those that are known, by their names, folded. `unknown` has, by row, the
    columns in which nothing stands but placeholders, and `timed` the rows that tell a time of the day.
    """

    sheet: Sheet
    headings: Headings
    order: DayOrder
    year: Callable[[], KnownYear | None]
    is_own: bool
    notes: Notes
    days: DaysAbove
    cities: Collection[str] = ()
    day_columns: set[int] | None = None
    unread: dict[int, set[ColumnField]] = field(default_factory=dict)
    unknown: dict[int, set[ColumnField]] = field(default_factory=dict)
    timed: set[int] = field(default_factory=set)

    def events(self) -> Iterator[EventDraft]:
        """The events, in the order of the rows."""
        names = [fold(column.heading) for column in self.headings.columns]
        for place in range(self.headings.row + 1, len(self.sheet.rows)):
            row = self.sheet.rows[place]
            filled = [number for number, cell in enumerate(row) if cell is not None]
            if not filled:
                continue
            if place == self.headings.row + 1 and is_rule(row):
                continue
            cells = [self._cell(place, column.place) for column in self.headings.columns]
            if all(isinstance(cell, str) and fold(cell) == name for cell, name in zip(cells, names, strict=True)):
                self.notes.doubt("left out, since the headings come again", self.sheet.row_name(place))
            elif is_total(row[filled[0]], cells, self.headings.columns):
                self.notes.doubt("left out, since it is a total", self.sheet.row_name(place))
            elif len(filled) == 1 and self._read_section(place, filled[0]):
                continue
            else:
                self._tell_extra(place)
                self._tell_marks(place)
                yield self._event(place, cells)

    def told(self, row: int) -> set[str]:
        """The keys of an event that the columns of that row speak of, but for cells that are unread or `unknown`."""
        columns = {column.field for column in self.headings.columns}
        unread = self.unread.get(row, set())
        read = columns - unread - self.unknown.get(row, set())
        told = {str(column) for column in read - _ABOUT_TIMES - {ColumnField.ID, ColumnField.ROLE}}
        told |= {ROLES} if ColumnField.ROLE in read else set()
        is_unread = row in self.days.undated or unread & (_TIMES | {ColumnField.DURATION, ColumnField.ALL_DAY})
        if is_unread or not (columns & set(DAYS) or row in self.days.dated):
            return told
        ends = {ColumnField.END, ColumnField.END_DATE, ColumnField.END_TIME, ColumnField.DURATION}
        return told | {"start", "between"} | ({"end"} if columns & ends else set())

    def tells_only_days(self, row: int) -> bool:
        """Whether that row tells on which days an event is, and the table has no column that would tell its time: one
        of starts does if any start there has a time.
        """
        columns = {column.field for column in self.headings.columns}
        if self.is_own or columns & _OF_CLOCKS:
            return False
        return not self.timed if ColumnField.START in columns else row not in self.timed

    @property
    def _day_columns(self) -> set[int]:
        """The columns in which a time of midnight, as spreadsheets give every day, says nothing."""
        if self.day_columns is None:
            self.day_columns = {
                column.place
                for column in self.headings.columns
                if column.field in {ColumnField.DATE, ColumnField.END_DATE}
                or all(
                    not isinstance(cell, datetime) or cell.time() == time()
                    for row in range(self.headings.row + 1, len(self.sheet.rows))
                    for cell in [self._cell(row, column.place)]
                )
            }
        return self.day_columns

    def _cell(self, row: int, column: int) -> Cell:
        cells = self.sheet.rows[row]
        cell = cells[column] if column < len(cells) else None
        return unguard_formulas(cell) if self.is_own and isinstance(cell, str) else cell

    def _read_section(self, row: int, column: int) -> bool:
        """Whether the only cell of a row is a heading for those that follow: a day, or a text that is no title."""
        cell = self._cell(row, column)
        times, wrong = None, None
        try:
            times = read_cell_times(cell, self.order, partial(self._find_year, row, cell), is_clock=False)
        except ValueError as error:
            wrong = error
        if self.days.take_heading(row, column, cell, times=times, wrong=wrong):
            self._tell_aside(row, times)
            return True
        if any(column == known.place for known in self.headings.of(ColumnField.TITLE)):
            return False
        where = f"{self.sheet.row_name(row)}, {quote(str(cell))}"
        self.notes.doubt("left out, since nothing else is in the row", where)
        return True

    def _tell_extra(self, row: int) -> None:
        """Tell of the cells of a row that no heading is above, and of those that a row lacks which may be cut."""
        extra = self.sheet.without_heading(row, self.headings.row)
        if extra:
            right = f"; quotation marks go around a text with {self.sheet.separators}" if self.sheet.separators else ""
            texts = list_few([quote(shorten(str(cell))) for cell in extra], _MAX_TOLD_CELLS)
            self.notes.doubt(f"left out, since no heading is above{right}", f"{texts} ({self.sheet.row_name(row)})")
        if self.sheet.is_cut and row == len(self.sheet.rows) - 1:
            width, whole = len(self.sheet.rows[row]), len(self.sheet.rows[self.headings.row])
            what = f"it has {width} of {count_of(whole, 'cell')}, and the file ends in it, so it may be cut"
            self.notes.wrong.append(f"{self.sheet.row_name(row)}: {what}; get the file anew")
            doubtful = {column.field for column in self.headings.columns if column.place >= width - 1}
            self.unread.setdefault(row, set()).update(doubtful)

    def _tell_marks(self, row: int) -> None:
        """Tell of a row whose look in the workbook may say that its event is not meant, or not any more."""
        if row in self.sheet.hidden:
            self.notes.doubt("hidden in the workbook, and taken all the same", self.sheet.row_name(row))
        if row in self.sheet.struck:
            what = (
                "struck out in the workbook, at least in part, and taken all the same; `agenda cancel` cancels an event"
            )
            self.notes.doubt(what, self.sheet.row_name(row))

    def _wrong(self, row: int, column: Column, wrong: str | ValueError) -> None:
        where = self.sheet.cell_name(row, column.place, column.heading)
        messages = self.notes.yearless if isinstance(wrong, NoYearError) else self.notes.wrong
        messages.append(f"{where}: {wrong}; it is left out")
        self.unread.setdefault(row, set()).add(column.field)

    def _event(self, row: int, cells: list[Cell]) -> EventDraft:
        texts: _Cells = {}
        announced: dict[Column, str] = {}
        for column, cell in zip(self.headings.columns, cells, strict=True):
            if isinstance(cell, str) and column.field not in _WRITTEN_OUT | _LISTS and self._holds_place(column, cell):
                if column.field in _TIMES:
                    announced[column] = cell
                else:
                    self._note_placeholder(row, column, cell)
            elif isinstance(cell, CellError) and column.field not in _TIMES:
                self._wrong(row, column, cell.explanation)
            elif cell is not None:
                texts.setdefault(column.field, []).append((column, cell))
            if isinstance(cell, str) and not one_line(cell) and column.field is not ColumnField.DESCRIPTION:
                where = self.sheet.cell_name(row, column.place, column.heading)
                self.notes.doubt("left out, since nothing of it can be seen", where)
        title = self._text(texts, ColumnField.TITLE)
        if not title:
            self.notes.doubt("it has no title", self.sheet.row_name(row))
        people = self._people(row, texts)
        entry = {
            "id": self._text(texts, ColumnField.ID),
            "title": title or UNTITLED,
            "city": self._names(row, texts, ColumnField.CITY, commas=self.is_own),
            "venue": self._text(texts, ColumnField.VENUE),
            "room": self._text(texts, ColumnField.ROOM),
            "date_note": self._text(texts, ColumnField.DATE_NOTE),
            "kind": self._text(texts, ColumnField.KIND),
            "topics": self._names(row, texts, ColumnField.TOPICS, commas=True),
            "organizers": self._names(row, texts, ColumnField.ORGANIZERS, commas=self.is_own),
            "people": people,
            "description": "\n\n".join(cell_text(cell) for _, cell in texts.get(ColumnField.DESCRIPTION, ())),
            "url": self._text(texts, ColumnField.URL),
            "status": self._word(row, texts, ColumnField.STATUS, read_status),
            "visibility": self._word(row, texts, ColumnField.VISIBILITY, read_visibility),
            "busy": self._word(row, texts, ColumnField.BUSY, read_truth),
            "sources": self._names(row, texts, ColumnField.SOURCES, commas=False),
        }
        if row in self.unknown:
            self.unknown[row] -= {key for key, value in entry.items() if value}
        return EventDraft(row, self._times(row, texts, announced), entry, self._text(texts, ColumnField.TIMEZONE))

    def _holds_place(self, column: Column, text: str) -> bool:
        """Whether a text is a placeholder there; where agenda wrote the table, only a time is."""
        return (column.field in _TIMES or not self.is_own) and is_placeholder(text)

    def _note_placeholder(self, row: int, column: Column, text: str) -> None:
        self.unknown.setdefault(row, set()).add(column.field)
        what = f"left out of {self.sheet.column_name(column.place, column.heading)}, since it is not known yet"
        self.notes.doubt(what, f"{quote(text)} ({self.sheet.row_name(row)})")

    def _text(self, cells: _Cells, field: ColumnField) -> str | None:
        """The text of a cell in one line."""
        for _, cell in cells.get(field, ()):
            if line := one_line(cell_text(cell)):
                return line
        return None

    def _names(self, row: int, cells: _Cells, field: ColumnField, *, commas: bool) -> list[str]:
        if field not in cells:  # as most are, of many rows
            return []
        names: list[str] = []
        for column, cell in cells[field]:
            text = cell_text(cell)
            if self.is_own:
                split = re.split("; " if field is ColumnField.SOURCES else ", ", text)
            elif field is ColumnField.CITY:
                split = split_cities(text, self._doubt_of(row, column), self.cities)
            else:
                split = split_names(text, self._doubt_of(row, column), commas=commas)
            for name in split:
                if self._holds_place(column, name):
                    self._note_placeholder(row, column, name)
                else:
                    names.append(name)
        return list(dict.fromkeys(filter(None, map(one_line, names))))

    def _doubt_of(self, row: int, column: Column) -> Doubt:
        def doubt(what: str, text: str) -> None:
            where = f"{shorten(text, 50)!s} ({self.sheet.row_name(row)})"
            self.notes.doubt(f"{what} in {self.sheet.column_name(column.place, column.heading)}", where)

        return doubt

    def _people(self, row: int, cells: _Cells) -> list[Any]:
        found: dict[str, str | None] = {}
        columns: dict[str, Column] = {}
        for column, cell in cells.get(ColumnField.PEOPLE, ()):
            split = split_own_people if self.is_own else split_people
            for name, role in split(cell_text(cell), self._doubt_of(row, column)):
                if name:
                    found[name] = found.get(name) or role or column.role
                    columns.setdefault(name, column)
        roles = self._text(cells, ColumnField.ROLE)
        if roles:
            self._give_roles(row, found, roles)
        people: list[Any] = []
        for name, role in found.items():
            if self._holds_place(columns[name], name):  # only now, since each of them has one of the roles
                self._note_placeholder(row, columns[name], name)
            else:
                people.append({"name": name, "role": role} if role else name)
        return people

    def _give_roles(self, row: int, found: dict[str, str | None], text: str) -> None:
        """Give each of several people one of as many roles."""
        roles = [text] if len(found) == 1 else split_names(text, lambda *_: None, commas=True)
        if len(roles) == len(found):
            found.update({name: role or given for (name, role), given in zip(found.items(), roles, strict=True)})
        else:
            (column,) = self.headings.of(ColumnField.ROLE)
            self._wrong(row, column, f"{count_of(len(roles), 'role')} for {count_of(len(found), 'person', 'people')}")

    def _word(self, row: int, cells: _Cells, field: ColumnField, read: Callable[[str], _Word]) -> _Word | None:
        """What a cell says that holds a word; None where it says nothing, or what cannot be read."""
        text = self._text(cells, field)
        try:
            return None if text is None else read(text)
        except ValueError as error:
            self._wrong(row, cells[field][0][0], str(error))
            return None

    def _times(self, row: int, cells: _Cells, announced: Mapping[Column, str]) -> EventTimes:
        """When an event is; the cells that were `announced` to be known later say nothing of it."""
        read: dict[ColumnField, CellTimes | None] = {}
        unread: dict[Column, Cell] = {}
        for column, cell in (each for of, given in cells.items() if of in _TIMES for each in given):
            try:
                read[column.field] = self._cell_times(row, column, cell)
            except ValueError as error:
                unread[column] = cell
                self._wrong(row, column, error)
        length = None
        for column, cell in cells.get(ColumnField.DURATION, ()):
            try:
                length = read_duration(cell)
            except ValueError as error:
                self._wrong(row, column, str(error))
        between = read.get(ColumnField.BETWEEN)
        times = RowTimes(
            start=read.get(ColumnField.START) or (between and replace(between, is_open=True)),
            on=read.get(ColumnField.DATE),
            at=read.get(ColumnField.TIME),
            end=read.get(ColumnField.END),
            end_on=read.get(ColumnField.END_DATE),
            end_at=read.get(ColumnField.END_TIME),
            length=length,
            all_day=self._word(row, cells, ColumnField.ALL_DAY, read_truth) or False,
        )
        if times.clock:
            self.timed.add(row)
        unread_starts = {column: cell for column, cell in unread.items() if column.field in _STARTS}
        self.days.take_row(times, unread_starts, announced)
        self._note_announced(row, times, announced)
        is_announced = times.day is None and any(column in self.days.columns for column in announced)
        if is_announced or unread_starts:  # half of a time would be another one
            return EventTimes(start=times.day)
        above = None if times.day else self.days.find(row, has_time=times.clock is not None)
        if row in self.days.undated:
            return EventTimes()
        try:
            made = make_times(times, above)
        except ValueError as error:
            kept = "only its day is kept" if times.day else "it has no date"
            self.notes.wrong.append(f"{self.sheet.row_name(row)}: {error}; {kept}")
            self.unread.setdefault(row, set()).add(ColumnField.START)
            return EventTimes(start=times.day)
        if made.is_over_midnight:
            what = "its end is taken for a time of the next day"
            self.notes.doubt(what, f"{self.sheet.row_name(row)}, until {made.end:%H:%M}")
        if made.midnight:
            what = "a day was taken for the midnight with which it begins, since the row has a time besides it"
            self.notes.doubt(what, f"{made.midnight:%Y-%m-%d} ({self.sheet.row_name(row)})")
        if made.lost_end:
            self.notes.wrong.append(f"{self.sheet.row_name(row)}: {made.lost_end}; it is left out")
            self.unread.setdefault(row, set()).add(ColumnField.END)
        if made.unended_day:
            what = "its last day has no time at which it ends, and is left out"
            self.notes.doubt(what, f"{self.sheet.row_name(row)}, until {made.unended_day}")
        return made

    def _note_announced(self, row: int, times: RowTimes, announced: Mapping[Column, str]) -> None:
        for column, text in announced.items():
            if self.is_own and text == _NOT_FIXED:
                continue
            if times.day or column not in self.days.columns:
                self._note_placeholder(row, column, text)
                continue
            time_too = ", and its time is left out" if times.clock else ""
            where = f"{quote(text)} ({self.sheet.row_name(row)})"
            self.notes.doubt(f"its day is to be announced, so it has no date{time_too}", where)

    def _find_year(self, row: int, cell: Cell) -> int | None:
        """The year of a day in that cell that has none; why it is that is told, unless the user named it."""
        known = self.year()
        if known and known.reason:
            what = f"without a year, so it is of {known.year}, {known.reason}"
            self.notes.doubt(what, f"{quote(str(cell))} ({self.sheet.row_name(row)})")
        return known.year if known else None

    def _tell_aside(self, row: int, times: CellTimes | None) -> None:
        """Tell what stands beside a day or a time that was read."""
        if times and times.aside:
            what = "left out, since it is beside a day or a time"
            self.notes.doubt(what, f"{quote(shorten(times.aside))} ({self.sheet.row_name(row)})")

    def _cell_times(self, row: int, column: Column, cell: Cell) -> CellTimes | None:
        if isinstance(cell, datetime) and cell.time() == time() and column.place in self._day_columns:
            cell = cell.date()
        if isinstance(cell, str) and len(self.unread) >= MAX_UNREAD_ROWS:
            raise ValueError(f"{quote(cell)} is not looked at after {MAX_UNREAD_ROWS:,} rows that cannot be read")
        if isinstance(cell, str) and column.field in {ColumnField.TIME, ColumnField.END_TIME}:
            refuse_hours(cell)
        times = read_cell_times(cell, self.order, partial(self._find_year, row, cell), is_clock=column.field in _CLOCKS)
        self._tell_aside(row, times)
        if times and times.is_serial:
            self.notes.doubt("a number was read as a day", f"{cell:g} as {times.day} ({self.sheet.row_name(row)})")
        return times
