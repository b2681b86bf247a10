"""The days that rows of a table without one of their own have from the rows above them, and why some have none."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from agenda.interchange.cell_times import CellTimes, NoYearError
from agenda.interchange.headings import DAYS, Column, ColumnField, Headings
from agenda.interchange.notes import Notes
from agenda.interchange.placeholders import is_placeholder
from agenda.interchange.sheet_times import RowTimes
from agenda.interchange.sheets import Cell, Sheet
from agenda.text.folding import fold
from agenda.text.safe import quote, shorten
from agenda.typed_days.names import month_number, weekday_number

_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_MAX_CHARACTERS = 60
_MAX_OTHER_WORDS = 2
"""Words that may stand in a day besides its own: misspelt ones, or what it is about."""
_DAYS_OF_MONTH = range(1, 32)
_YEARS = range(1900, 2100)
_OF_DAYS = {"day", "date", "giorno", "giornata", "data", "年", "月", "日", "日目"}
_JOINING = {"st", "nd", "rd", "th", "the", "of", "on", "and", "to", "il", "di", "del", "e", "al", "a"}
_UNREAD = "cannot be read"
_ANNOUNCED = "is to be announced"


class DayAbove(Struct, frozen=True):
    """The last day that a row had, and whether it `is_heading`, alone in its row. `missing` says why there is none: it
    `cannot be read`, for example.
    """

    day: date | None = None
    is_heading: bool = False
    missing: str = ""


class DaysAbove(Struct, kw_only=True):
    """What gathers of days in the course of the rows of a table; `dated` has the rows that have the day of a row above,
    and `undated` those that have a time but no day, and those that have no day since one above them is not known.
    """

    sheet: Sheet
    headings: Headings
    notes: Notes
    last: DayAbove = DayAbove()
    dated: set[int] = field(default_factory=set)
    undated: set[int] = field(default_factory=set)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that say on which day an event starts."""
        dates = self.headings.of(ColumnField.DATE)
        return self.headings.of(ColumnField.BETWEEN) + (dates or self.headings.of(ColumnField.START))

    def take_heading(
        self, row: int, column: int, cell: Cell, *, times: CellTimes | None, wrong: ValueError | None
    ) -> bool:
        """Whether the only cell of a row is a day, of the rows below it, or is meant for one. `times` is what it says,
        None where it cannot be read, which is told as `wrong`.
        """
        if times and times.day and times.last_day is None:
            self.last = DayAbove(times.day, is_heading=True)
            self.notes.doubt("the day of the rows below it", f"{times.day} ({self.sheet.row_name(row)})")
            return True
        is_of_days = any(column == known.place for known in self.columns)
        if isinstance(cell, str) and is_placeholder(cell) and (is_of_days or _names_day(cell)):
            self.last = DayAbove(is_heading=True, missing=_ANNOUNCED)
            self.notes.doubt("the day of the rows below it is to be announced", self.sheet.row_name(row))
            return True
        is_like = (is_like_day(cell) and len(self.headings.columns) > 1) if isinstance(cell, str) else is_of_days
        if is_like and (times is None or times.day):
            self.last = DayAbove(is_heading=True, missing=_UNREAD)
            message = wrong or f"{quote(str(cell))} is not a single day"
            messages = self.notes.yearless if isinstance(wrong, NoYearError) else self.notes.wrong
            messages.append(f"{self.sheet.row_name(row)}: {message}; the rows below it do not have its day")
            return True
        if is_of_days:  # the rows below may be of another day
            self.last = replace(self.last, is_heading=False)
        return False

    def take_row(self, times: RowTimes, unread: Mapping[Column, Cell], announced: Collection[Column]) -> None:
        """Go on to a row that says this, some of whose cells could not be read, or are to be announced."""
        is_unread = any(
            self._may_be_of_days(column) or (isinstance(cell, str) and is_like_day(cell))
            for column, cell in unread.items()
        )
        if times.day:
            self.last = DayAbove(times.day, is_heading=self.last.is_heading and times.day == self.last.day)
        elif is_unread or any(map(self._may_be_of_days, announced)):
            self.last = DayAbove(missing=_UNREAD if is_unread else _ANNOUNCED)

    def _may_be_of_days(self, column: Column) -> bool:
        """Whether what nothing is known of in a column may be a day: where an event starts, it is a time, if the day
        stands alone in a row above.
        """
        is_of_times = self.last.is_heading and column.field is ColumnField.START
        return column in self.columns and not is_of_times

    def find(self, row: int, *, has_time: bool) -> date | None:
        """The day that a row without one of its own has from the rows above it; None if it has none. It is told where
        the day is only that of the row above, or where there is none.
        """
        is_merged = any((row, column.place) in self.sheet.filled for column in self.columns)
        is_below = is_merged or self.last.is_heading
        where = self.sheet.row_name(row)
        lone = self._lone_text(row)
        if self.last.missing and (has_time or is_below):
            self.notes.doubt(f"without a day of its own, below one that {self.last.missing}, so it has no date", where)
            self.undated.add(row)
        elif not (has_time or is_below) and (self.last.day or (self.columns and lone)):
            self.notes.doubt("with neither a day nor a time, so it has no date", f"{lone} ({where})" if lone else where)
            return None
        elif self.last.day and not is_below:
            self.notes.doubt("without a day of its own, so it is on that of the row above", where)
        elif self.last.day and lone:
            what = "taken for an event of the whole day, since nothing else is in its row"
            self.notes.doubt(what, f"{lone} ({where})")
        elif has_time and not self.last.day:
            is_of_workbook = not self.sheet.separators
            name_too = ", or be the name of its sheet" if is_of_workbook else ""
            right = f"its day may stand in a column Date, or alone in a row above{name_too}"
            self.notes.doubt(f"with a time but no day, so it has no date; {right}", where)
            self.undated.add(row)
        if self.last.day:
            self.dated.add(row)
        return self.last.day

    def _lone_text(self, row: int) -> str:
        """The only cell of a row that has anything, in quotation marks; empty where others have, too."""
        filled = [cell for cell in self.sheet.rows[row] if cell is not None]
        return quote(shorten(str(filled[0]))) if len(filled) == 1 else ""


def day_cells(sheet: Sheet, headings: Headings) -> Iterator[tuple[int, Column | None, Cell]]:
    """The cells below the headings in the columns of days, with their rows and columns; without a column, those that
    stand alone in a row and are like the day of the rows below it.
    """
    columns = headings.of(*DAYS)
    for row in range(headings.row + 1, len(sheet.rows)):
        cells = sheet.rows[row]
        filled = [cell for cell in cells if cell is not None]
        if len(filled) == 1 and (not isinstance(filled[0], str) or is_like_day(filled[0])):
            yield row, None, filled[0]
        else:
            yield from ((row, column, cells[column.place]) for column in columns if column.place < len(cells))


def is_like_day(text: str) -> bool:
    """Whether a text that cannot be read as a day is meant for one, such as `Wednesday 15 Aprl 2026` or `Day 2`."""
    words = _WORD.findall(fold(text)) if len(text) <= _MAX_CHARACTERS else []
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= len("2026")]
    named = [word for word in words if _is_of_days(word)]
    others = [word for word in words if not (word.isdecimal() or word in named or word in _JOINING)]
    if not others:
        return bool(numbers or named)
    if len(others) > _MAX_OTHER_WORDS or not any(number in _DAYS_OF_MONTH for number in numbers):
        return False
    begins = words[0] in named or (words[0].isdecimal() and bool(named))
    return begins or any(number in _YEARS for number in numbers)


def _names_day(text: str) -> bool:
    """Whether a text has a word of days, such as `Date to be announced`."""
    return any(map(_is_of_days, _WORD.findall(fold(text))))


def _is_of_days(word: str) -> bool:
    return word in _OF_DAYS or weekday_number(word) is not None or month_number(word) is not None
