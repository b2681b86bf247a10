"""The sheets of a workbook, as Excel (.xlsx) and LibreOffice (.ods) save it."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

from agenda.errors import DataError, Diagnostic, UsageError
from agenda.interchange.detect import OLE_START
from agenda.interchange.sheets import Cell, Sheet, read_text_cell
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


def read_workbook(content: bytes, shown: str, wanted: str | None) -> Iterator[Sheet]:
    """The sheets of a workbook that can be seen and hold anything, in its order, the file being called `shown` in
    messages; only the one that is `wanted`, if any is.

    Raises DataError where it is no workbook, or too large a one, and UsageError where it has no such sheet.
    """
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    _check_size(content, shown)
    from agenda.interchange.workbook_errors import write_out_errors

    try:
        workbook = load_workbook(io.BytesIO(write_out_errors(content)))
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        names = visible if wanted is None else [_find_sheet(wanted, workbook.sheet_names)]
        for name in names[:_MAX_SHEETS]:
            sheet = workbook.get_sheet_by_name(name)
            rows = [[_read_cell(cell) for cell in row] for row in sheet.to_python()]
            row, column = sheet.start or (0, 0)
            yield _fill_merged(rows, sheet.merged_cell_ranges or [], name=name, row=row, column=column)
    except CalamineError as error:
        if "password" in type(error).__name__.lower() or "password" in str(error).lower():
            raise DataError([Diagnostic(shown, 1, 1, _PASSWORD)]) from None
        raise DataError([Diagnostic(shown, 1, 1, _BROKEN)]) from None


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
    rows: list[list[Cell]], ranges: "list[tuple[tuple[int, int], tuple[int, int]]]", *, name: str, row: int, column: int
) -> Sheet:
    """The sheet, with what stands in the first of cells that are one in those below it as well."""
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
    return Sheet(name=name, rows=rows, first_row=row + 1, first_column=column + 1, filled=frozenset(filled))
