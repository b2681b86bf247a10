"""Tables of one day each, whose day stands above their headings or is the name of their sheet, as one table."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from agenda.interchange.cell_times import has_day_form, read_cell_times
from agenda.interchange.day_order import DayOrder
from agenda.interchange.headings import ColumnField, Headings
from agenda.interchange.placeholders import is_placeholder
from agenda.interchange.sheets import Cell, Sheet
from agenda.text.folding import fold
from agenda.text.safe import quote

_FIRST_YEAR = 1901


class HeadedSheet(Struct, frozen=True):
    """A sheet, and the headings in one of its rows."""

    sheet: Sheet
    headings: Headings


class JoinedTable(Struct, frozen=True):
    """A table, and the sheets of which it has rows."""

    table: HeadedSheet
    sheets: Sequence[Sheet]


class _Day(Struct, frozen=True):
    """The day of a whole table, as it is written, and the row in which it stands; None for the name of the sheet."""

    cell: Cell
    row: int | None = None


def join_days(tables: Sequence[HeadedSheet]) -> JoinedTable:
    """The first table; if it is of one day, and no row has a day of its own, together with all others that are so and
    have its headings. The day of each then stands alone in a row above its own rows, as days do within a table.
    """
    first = tables[0]
    days = {place: day for place, table in enumerate(tables) if (day := _find_day(table))}
    if 0 not in days:
        return JoinedTable(first, [first.sheet])
    joined = [(tables[place], day) for place, day in days.items() if _has_headings_of(tables[place], first)]
    head = first.headings.row + 1
    rows = list(first.sheet.rows[:head])
    names = [first.sheet.row_name(row) for row in range(head)]
    filled, hidden, struck = set[tuple[int, int]](), set[int](), set[int]()
    for table, day in joined:
        sheet, top = table.sheet, table.headings.row + 1
        rows.append([*[None] * len(rows[first.headings.row]), day.cell])
        below = len(rows) - top
        filled |= {(below + row, place) for row, place in sheet.filled if row >= top}
        hidden |= {below + row for row in sheet.hidden if row >= top}
        struck |= {below + row for row in sheet.struck if row >= top}
        rows += sheet.rows[top:]
        of_sheet = f" of {quote(sheet.name)}" if len(joined) > 1 else ""
        of_name = f"the sheet {quote(sheet.name)}"
        names.append(of_name if day.row is None else f"{sheet.row_name(day.row)}{of_sheet}")
        names += [f"{sheet.row_name(row)}{of_sheet}" for row in range(top, len(sheet.rows))]
    name = first.sheet.name if len(joined) == 1 else ""
    marks = {"filled": frozenset(filled), "hidden": frozenset(hidden), "struck": frozenset(struck)}
    whole = replace(first.sheet, name=name, rows=rows, names=names, **marks)
    return JoinedTable(HeadedSheet(whole, first.headings), [table.sheet for table, _ in joined])


def _has_headings_of(table: HeadedSheet, first: HeadedSheet) -> bool:
    """Whether a table has the headings of the first, in the same columns."""
    headings = [[fold(str(cell)) for cell in each.sheet.rows[each.headings.row]] for each in (table, first)]
    return headings[0] == headings[1] and table.sheet.first_column == first.sheet.first_column


def _find_day(table: HeadedSheet) -> _Day | None:
    """The only day that stands alone in a row above the headings, if none does so below them; else the name of the
    sheet if it is one; None where there is none such, or where rows have days of their own.
    """
    if _has_own_days(table):
        return None
    sheet, top = table.sheet, table.headings.row
    days = list(_lone_days(sheet, range(top)))
    if not days:
        return _Day(sheet.name) if sheet.name and has_day_form(sheet.name) else None
    is_alone = len(days) == 1 and not any(_lone_days(sheet, range(top + 1, len(sheet.rows))))
    return days[0] if is_alone else None


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
    return isinstance(cell, date) and cell.year >= _FIRST_YEAR


def _has_own_days(table: HeadedSheet) -> bool:
    """Whether the table has a column of days, or anything but times where an event starts or ends."""
    headings = table.headings
    if headings.of(ColumnField.DATE, ColumnField.END_DATE, ColumnField.BETWEEN):
        return True
    places = [column.place for column in headings.of(ColumnField.START, ColumnField.END)]
    return any(
        not _is_time(row[place])
        for row in table.sheet.rows[headings.row + 1 :]
        for place in places
        if place < len(row) and row[place] is not None
    )


def _is_time(cell: Cell) -> bool:
    """Whether a cell says a time alone, or that it is not known yet."""
    if isinstance(cell, str) and is_placeholder(cell):
        return True
    try:
        times = read_cell_times(cell, DayOrder(day_first=True), lambda: None, is_clock=True)
    except ValueError:
        return False
    return times is not None and times.day is None
