"""The sheets of a workbook, as Excel (.xlsx) and LibreOffice (.ods) save it."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Sequence

from msgspec import Struct

from agenda.errors import DataError, Diagnostic, UsageError
from agenda.interchange.detect import OLE_START
from agenda.interchange.sheets import Cell, Sheet, read_text_cell
from agenda.interchange.workbook_rows import CellRange, RowMarks, read_row_marks, rows_within
from agenda.safe_xml import XmlError
from agenda.text.folding import fold
from agenda.text.safe import quote
from agenda.text.sentences import join_words

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What a workbook has of Excel that is encrypted: it is wrapped in what older programs of Office wrote."""
_OLD = "this is a file of Office before 2007, as .xls is, which is not read; save it as .xlsx, .ods or .csv"
_PASSWORD = "this workbook has a password; save it without one"  # noqa: S105 - it is none
_BROKEN = "this is no workbook of Excel or LibreOffice, or not a whole one; save it anew, as .xlsx, .ods or .csv"
_MAX_SHEETS = 100
_MAX_NAMES = 12


class Workbook(Struct, frozen=True):
    """The sheets of a workbook that are read, and the names of those that it hides, which are not."""

    sheets: Sequence[Sheet]
    hidden: Sequence[str]


def read_workbook(content: bytes, shown: str, wanted: str | None) -> Workbook:
    """The sheets of a workbook that can be seen, in its order, the file being called `shown` in messages; only the one
    that is `wanted`, hidden or not, if any is.

    Raises DataError where it is no workbook, or too large a one, and UsageError where it has no such sheet.
    """
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    _check_size(content, shown)
    from agenda.interchange.workbook_errors import write_out_errors

    try:
        marks = read_row_marks(content)
        workbook = load_workbook(io.BytesIO(write_out_errors(content)))
        of_cells = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        visible = [sheet.name for sheet in of_cells if sheet.visible == SheetVisibleEnum.Visible]
        names = visible if wanted is None else [_find_sheet(wanted, workbook.sheet_names)]
        sheets = []
        for name in names[:_MAX_SHEETS]:
            sheet = workbook.get_sheet_by_name(name)
            rows = [[_read_cell(cell) for cell in row] for row in sheet.to_python()]
            row, column = sheet.start or (0, 0)
            of_sheet = marks.get(name, RowMarks())
            merged = sheet.merged_cell_ranges or of_sheet.merged
            filled = _fill_merged(rows, merged, row=row, column=column)
            sheets.append(
                Sheet(
                    name=name,
                    rows=rows,
                    first_row=row + 1,
                    first_column=column + 1,
                    filled=filled,
                    hidden=rows_within(of_sheet.hidden, first=row, count=len(rows)),
                    struck=rows_within(of_sheet.struck, first=row, count=len(rows)),
                )
            )
    except CalamineError as error:
        if "password" in type(error).__name__.lower() or "password" in str(error).lower():
            raise DataError([Diagnostic(shown, 1, 1, _PASSWORD)]) from None
        raise DataError([Diagnostic(shown, 1, 1, _BROKEN)]) from None
    except XmlError:
        raise DataError([Diagnostic(shown, 1, 1, _BROKEN)]) from None
    hidden = [sheet.name for sheet in of_cells if sheet.name not in {*visible, *names}]
    return Workbook(sheets, hidden)


def _find_sheet(wanted: str, names: list[str]) -> str:
    found = [name for name in names if fold(name) == fold(wanted)]
    if not found:
        there = join_words(map(quote, names[:_MAX_NAMES]), "and")
        raise UsageError(f"--sheet: the workbook has no sheet {quote(wanted)}; it has {there}")
    return found[0]


def _check_size(content: bytes, shown: str) -> None:
    """Raises DataError where the workbook would become too large in memory, or is of a kind that cannot be measured."""
    from agenda.interchange.workbook_sizes import explain_size

    if content.startswith(OLE_START):
        wrong = _PASSWORD if _ENCRYPTED in content else _OLD
    else:
        try:
            wrong = explain_size(content)
        except XmlError:
            wrong = _BROKEN
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError):
            wrong = "this is no whole workbook, nor any other file that can be imported; save it anew"
    if wrong:
        raise DataError([Diagnostic(shown, 1, 1, wrong)])


def _read_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return read_text_cell(cell)
    return cell


def _fill_merged(
    rows: list[list[Cell]], ranges: Sequence[CellRange], *, row: int, column: int
) -> frozenset[tuple[int, int]]:
    """Put what stands in the first of cells that are one in those below it as well, and say which these are; the first
    of all rows is that `row` of the sheet, and its first cell is in that `column`.
    """
    filled = set()
    for (top, left), (bottom, _) in ranges:
        first, place = top - row, left - column
        if not (0 <= first < len(rows) and 0 <= place < len(rows[first])):
            continue
        for below in range(first + 1, min(bottom - row + 1, len(rows))):
            if (below, place) in filled:  # of other cells that are one, as those of no proper workbook are
                break
            rows[below][place] = rows[first][place]
            filled.add((below, place))
    return frozenset(filled)
