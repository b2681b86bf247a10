"""The sheets of a workbook, as Excel (.xlsx, .xls) and LibreOffice (.ods) save it."""

import io
import re
import zipfile
from collections.abc import Iterator

from agenda.errors import DataError, Diagnostic, UsageError
from agenda.interchange.sheets import Cell, Sheet, clean_cell
from agenda.text import join_words, quote

_MAX_OCTETS = 200 * 10**6
"""How large the parts of a workbook may be together, once they are unpacked."""
_MAX_CELLS = 5 * 10**6
"""How many cells a sheet may have, with the empty ones between them: its reader keeps them all."""
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_ODS_TAG = re.compile(rb"<(?:\w+:)?(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="([0-9]{1,9})"')
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")
_ODS_PART = "content.xml"
_MAX_SHEETS = 100
_MAX_NAMES = 12


def read_workbook(content: bytes, shown: str, wanted: str | None) -> Iterator[Sheet]:
    """The sheets of a workbook that can be seen and hold anything, in its order, the file being called `shown` in
    messages; only the one that is `wanted`, if any is.

    Raises DataError where it is no workbook, or too large a one, and UsageError where it has no such sheet.
    """
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    _check_size(content, shown)
    try:
        workbook = load_workbook(io.BytesIO(content))
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
            raise DataError([Diagnostic(shown, 1, 1, "this workbook has a password; save it without one")]) from None
        wrong = "this is no workbook of Excel or LibreOffice, or not a whole one; save it anew, as .xlsx, .ods or .csv"
        raise DataError([Diagnostic(shown, 1, 1, wrong)]) from None


def _find_sheet(wanted: str, names: list[str]) -> str:
    from agenda.text import fold

    found = [name for name in names if fold(name) == fold(wanted)]
    if not found:
        there = join_words(map(quote, names[:_MAX_NAMES]), "and")
        raise UsageError(f"--sheet: the workbook has no sheet {quote(wanted)}; it has {there}")
    return found[0]


def _check_size(content: bytes, shown: str) -> None:
    """Raises DataError where the workbook would become too large in memory."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _MAX_OCTETS:
                most = f"{_MAX_OCTETS // 10**6} MB"
                raise DataError([Diagnostic(shown, 1, 1, f"this workbook is larger than {most} once unpacked")])
            for part in parts:
                if not _SHEET_PART.fullmatch(part.filename):
                    continue
                count = _count_ods_cells if part.filename == _ODS_PART else _count_cells
                if count(archive.read(part)) > _MAX_CELLS:
                    wrong = f"a sheet of it reaches over more than {_MAX_CELLS:,} cells; remove what is far away"
                    raise DataError([Diagnostic(shown, 1, 1, wrong)])
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zipfile.error):
        wrong = "this is no whole workbook, nor any other file that can be imported; save it anew"
        raise DataError([Diagnostic(shown, 1, 1, wrong)]) from None


def _count_cells(text: bytes) -> int:
    """How many cells the sheet of an Excel workbook reaches over."""
    rows = columns = 0
    for match in _CELL.finditer(text):
        rows = max(rows, int(match[2]))
        column = 0
        for letter in match[1]:
            column = column * 26 + letter - ord("A") + 1
        columns = max(columns, column)
    return rows * columns


def _count_ods_cells(text: bytes) -> int:
    """How many cells the largest sheet of a LibreOffice workbook reaches over, without empty ones at its ends."""
    most = rows = columns = width = 0
    for match in _ODS_TAG.finditer(text):
        found = _REPEATED.search(match[2])
        number = int(found[1]) if found else 1
        if match[1] == b"table":
            rows = columns = 0
        elif match[1] == b"table-row":
            rows, width = rows + number, 0
        else:
            width += number
            if b"value" in match[2] or not match[2].endswith(b"/"):
                columns = max(columns, width)
                most = max(most, columns * rows)
    return most


def _read_cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return clean_cell(cell)
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
            rows[below][place] = rows[first][place]
            filled.add((below, place))
    return Sheet(name=name, rows=rows, first_row=row + 1, first_column=column + 1, filled=frozenset(filled))
