"""Tables of one day each, whose day stands above their headings or is the name of their sheet, as one table."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from agenda.interchange.cell_times import has_day_form, read_cell_times, says_day
from agenda.interchange.day_order import DayOrder
from agenda.interchange.headings import ColumnField, Headings
from agenda.interchange.sheets import FIRST_YEAR, Cell, Sheet
from agenda.text.safe import quote
from agenda.text.sentences import join_words

_YEARS_OF_ALL_WEEKDAYS = range(2000, 2028)
"""Years in which each day of a month is of each weekday."""


class HeadedSheet(Struct, frozen=True):
    """A sheet, and the headings in one of its rows."""

    sheet: Sheet
    headings: Headings


class JoinedTable(Struct, frozen=True):
    """A table, the sheets of which it has rows, and those that are of a day too, but have other headings."""

    table: HeadedSheet
    sheets: Sequence[Sheet]
    unlike: Sequence[Sheet] = ()


class _Day(Struct, frozen=True):
    """The day of a whole table, as it is written, and the row in which it stands; None for the name of the sheet."""

    cell: Cell
    row: int | None = None


class _DayTable(Struct, frozen=True):
    """A table, the day of all its rows, None where it has none such, and what is to be told of that."""

    table: HeadedSheet
    day: _Day | None
    note: str = ""

    @property
    def sheet(self) -> Sheet:
        return self.table.sheet


def join_days(tables: Sequence[HeadedSheet]) -> JoinedTable:
    """The first table; if it is of one day, and no row has a day of its own, together with all others that are so and
    have its headings. The day of each then stands alone in a row above its own rows, as days do within a table.

    If nothing in the first one says a day, as in a list of speakers, it is left out where two others can be joined.
    """
    found = [_find_day(table) for table in tables]
    of_days = [table for table in found if table.day]
    first = _choose_first(found[0], of_days)
    if first.day is None:
        return JoinedTable(replace(first.table, sheet=replace(first.sheet, notes=_notes([first]))), [first.sheet])
    joined = [table for table in of_days if _has_headings_of(table, first)]
    unlike = [table.sheet for table in of_days if not _has_headings_of(table, first)]
    return JoinedTable(_join(joined), [table.sheet for table in joined], unlike)


def _choose_first(first: _DayTable, of_days: Sequence[_DayTable]) -> _DayTable:
    """The first of all tables; or if nothing in it says a day, the first one of a day whose headings another has."""
    if first.day or _has_own_days(first.table):
        return first
    pairs = (table for table in of_days if sum(_has_headings_of(other, table) for other in of_days) > 1)
    return next(pairs, first)


def _has_headings_of(table: _DayTable, first: _DayTable) -> bool:
    """Whether the columns of a table hold what the same columns of the first one do."""
    columns = [
        [(column.place, column.field, column.role) for column in each.table.headings.columns] for each in (table, first)
    ]
    return columns[0] == columns[1] and table.sheet.first_column == first.sheet.first_column


def _join(tables: Sequence[_DayTable]) -> HeadedSheet:
    """The tables as one, with the headings of the first, and the day of each in a row above its own rows."""
    sheet, headings = tables[0].sheet, tables[0].table.headings
    head = headings.row + 1
    rows = list(sheet.rows[:head])
    names = [sheet.row_name(row) for row in range(head)]
    filled, hidden, struck = set[tuple[int, int]](), set[int](), set[int]()
    for table in tables:
        top = table.table.headings.row + 1
        rows.append([*[None] * len(rows[headings.row]), table.day.cell if table.day else None])
        below = len(rows) - top
        filled |= {(below + row, place) for row, place in table.sheet.filled if row >= top}
        hidden |= {below + row for row in table.sheet.hidden if row >= top}
        struck |= {below + row for row in table.sheet.struck if row >= top}
        rows += table.sheet.rows[top:]
        names += _row_names(table, f" of {quote(table.sheet.name)}" if len(tables) > 1 else "")
    name = sheet.name if len(tables) == 1 else ""
    marks = {"filled": frozenset(filled), "hidden": frozenset(hidden), "struck": frozenset(struck)}
    return HeadedSheet(replace(sheet, name=name, rows=rows, names=names, notes=_notes(tables), **marks), headings)


def _row_names(table: _DayTable, of_sheet: str) -> Iterator[str]:
    """What the row of the day, and those below the headings, are called."""
    row = table.day.row if table.day else None
    yield f"the sheet {quote(table.sheet.name)}" if row is None else f"{table.sheet.row_name(row)}{of_sheet}"
    for below in range(table.table.headings.row + 1, len(table.sheet.rows)):
        yield f"{table.sheet.row_name(below)}{of_sheet}"


def _notes(tables: Sequence[_DayTable]) -> tuple[str, ...]:
    return tuple(note for table in tables for note in (*table.sheet.notes, table.note) if note)


def _find_day(table: HeadedSheet) -> _DayTable:
    """The table with its day: the name of its sheet, if that is one; else the only day that stands alone in a row above
    the headings, if none does so below them. There is none where rows have days of their own.
    """
    if _has_own_days(table):
        return _DayTable(table, None)
    sheet, top = table.sheet, table.headings.row
    above = list(_lone_days(sheet, range(top)))
    if sheet.name and has_day_form(sheet.name):
        return _take_name(table, above)
    is_below = any(_lone_days(sheet, range(top + 1, len(sheet.rows))))
    if len(above) == 1 and not is_below:
        return _DayTable(table, above[0])
    if not above:
        return _DayTable(table, None)
    why = "days stand below" if is_below else "there are several"
    verb = "is" if len(above) == 1 else "are"
    return _DayTable(table, None, f"{_names_of(sheet, above)} {verb} not taken for the day of the rows, since {why}")


def _take_name(table: HeadedSheet, above: Sequence[_Day]) -> _DayTable:
    """The table with the day that is the name of its sheet, or the same one above its headings if its year is there."""
    sheet = table.sheet
    others = [day for day in above if not _may_be_same(day.cell, sheet.name)]
    if others:
        verb = "is" if len(others) == 1 else "are"
        names = _names_of(sheet, others)
        return _DayTable(
            table, _Day(sheet.name), f"{names} {verb} not taken, since the sheet is called {quote(sheet.name)}"
        )
    with_year = (day for day in above if _readings(day.cell, None))
    return _DayTable(table, next(with_year, _Day(sheet.name)))


def _names_of(sheet: Sheet, days: Sequence[_Day]) -> str:
    """`"6 March 2026" (row 1)`."""
    return join_words(
        (f"{quote(str(day.cell))} ({sheet.row_name(day.row)})" for day in days if day.row is not None), "and"
    )


def _may_be_same(one: Cell, other: Cell) -> bool:
    """Whether two cells may be the same day, whichever order their numbers have, and whichever year they lack."""
    years = {day.year for cell in (one, other) for day in _readings(cell, None)} or _YEARS_OF_ALL_WEEKDAYS
    return any(_readings(one, year) & _readings(other, year) for year in years)


def _readings(cell: Cell, year: int | None) -> set[date]:
    """The days that a cell may be, of that year if it has none of its own."""
    days = set[date]()
    for day_first in (True, False):
        with suppress(ValueError):
            times = read_cell_times(cell, DayOrder(day_first), lambda: year, is_clock=False)
            days |= {times.day} if times and times.day else set()
    return days


def _lone_days(sheet: Sheet, rows: range) -> Iterator[_Day]:
    """The days in these rows that stand alone in theirs."""
    for row in rows:
        filled = [cell for cell in sheet.rows[row] if cell is not None]
        if len(filled) == 1 and _is_day(filled[0]):
            yield _Day(filled[0], row)


def _is_day(cell: Cell) -> bool:
    """Whether a cell has the form of a day, with or without its year, and nothing else in it."""
    if isinstance(cell, str):
        return has_day_form(cell)
    return isinstance(cell, date) and cell.year >= FIRST_YEAR


def _has_own_days(table: HeadedSheet) -> bool:
    """Whether the table has a column of days, or a day where an event starts or ends."""
    headings = table.headings
    if headings.of(ColumnField.DATE, ColumnField.END_DATE, ColumnField.BETWEEN):
        return True
    places = [column.place for column in headings.of(ColumnField.START, ColumnField.END)]
    rows = table.sheet.rows[headings.row + 1 :]
    return any(says_day(row[place]) for row in rows for place in places if place < len(row))
