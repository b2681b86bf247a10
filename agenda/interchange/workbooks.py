"""The sheets of a workbook, as Excel (.xlsx, .xls) and LibreOffice (.ods) save it."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from agenda.errors import DataError, Diagnostic, UsageError
from agenda.interchange.sheets import Cell, Sheet, clean_cell
from agenda.text import join_words, quote

_MAX_OCTETS = 200 * 10**6
"""How large the parts of a workbook may be together, once they are unpacked."""
_USUAL_OCTETS = 50 * 10**6
"""How large they may be however small the file is: what people write packs to a tenth or, in .ods, a fiftieth."""
_MAX_UNPACKED = 20
"""How many times as large as the file they may be past that."""
_MAX_CELLS = 5 * 10**6
"""How many cells the sheets may have, with the empty ones between them: their reader keeps them all."""
_MAX_TEXT_OCTETS = 50 * 10**6
"""How much text they may have, that which several cells share counting for each: their reader copies it."""
_TEXT_COST = 50
"""Octets that a text takes besides its own."""
# The reader takes any prefix and both kinds of quotes, with `<` and `>` between them. A tag is looked for as far as the
# next `<` outside quotes, and no step is taken back (`*+`), so that what is never closed costs no more than what is.
_PREFIX = rb"(?:[^\s<>/:]*+:)?"
_ATTRIBUTES = rb"""(?=[\s/>])((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
_SHARED_TAG = re.compile(rb"<(/?)" + _PREFIX + rb"si(?=[\s/>])\s*+(/?)")
_SHEET_TAG = re.compile(
    rb"<(/(?=" + _PREFIX + rb"row))?" + _PREFIX + rb"(row|c|v)" + _ATTRIBUTES + rb"(?:\s*+\+?0*([0-9]{1,9}))?"
)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})0*([0-9]{1,7})["']""")
_SHARED_TYPE = re.compile(rb"""\bt\s*=\s*["']s["']""")
_ODS_TAG = re.compile(rb"<(/?)" + _PREFIX + rb"(table|table-row|table-cell|covered-table-cell)" + _ATTRIBUTES)
_REPEATED = re.compile(rb"""number-(?:columns|rows)-repeated\s*=\s*["']0*([0-9]{1,9})["']""")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")
_ODS_PART = "content.xml"
_SHARED_PART = "xl/sharedStrings.xml"
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
            wrong = _explain_size(archive, len(content))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError):
        wrong = "this is no whole workbook, nor any other file that can be imported; save it anew"
    if wrong:
        raise DataError([Diagnostic(shown, 1, 1, wrong)])


def _explain_size(archive: zipfile.ZipFile, octets: int) -> str:
    """What of the workbook, a file of so many octets, is too large; empty where nothing is."""
    parts = archive.infolist()
    most = min(_MAX_OCTETS, max(_USUAL_OCTETS, _MAX_UNPACKED * octets))
    if sum(part.file_size for part in parts) > most:
        return f"this workbook is larger than {most / 10**6:.0f} MB once unpacked"
    if archive.testzip():  # as where the sizes are not those that it tells
        raise zipfile.BadZipFile
    shared = archive.read(_SHARED_PART) if _SHARED_PART in archive.namelist() else b""
    lengths = _measure_shared_texts(shared)
    cells = text_octets = 0
    for part in parts:
        if _SHEET_PART.fullmatch(part.filename):
            text = archive.read(part)
            size = _measure_ods(text) if part.filename == _ODS_PART else _measure_sheet(text, lengths)
            cells, text_octets = cells + size[0], text_octets + size[1]
    if cells > _MAX_CELLS:
        return f"its sheets reach over more than {_MAX_CELLS:,} cells; remove what is far away"
    if text_octets > _MAX_TEXT_OCTETS:
        return f"the texts of its cells are more than {_MAX_TEXT_OCTETS // 10**6} MB, each counted where it stands"
    return ""


def _measure_shared_texts(text: bytes) -> list[int]:
    """The octets of each text that cells of an Excel workbook share, up to where it ends."""
    lengths = []
    end = len(text)
    for match in reversed(list(_SHARED_TAG.finditer(text))):
        is_end, is_empty = match.groups()
        if is_end or is_empty:
            end = match.end()
        if not is_end:
            lengths.append(end - match.start())
    return lengths[::-1]


def _measure_sheet(text: bytes, lengths: Sequence[int]) -> tuple[int, int]:
    """How many cells a sheet of an Excel workbook reaches over, and the octets of the shared texts in them, which have
    these `lengths`. A row or a cell that does not tell its place comes after the one before it.
    """
    rows = columns = column = octets = 0
    row = 1
    is_shared = False
    for match in _SHEET_TAG.finditer(text):
        is_end, name, attributes, number = match.groups()
        if name == b"row":
            for _, digits in _PLACE.findall(attributes):
                row = int(digits)
            if is_end or attributes.endswith(b"/"):
                row, column = row + 1, 0
        elif name == b"c":
            column += 1
            for letters, digits in _PLACE.findall(attributes):
                rows, column = max(rows, int(digits)), _column(letters)
            rows, columns = max(rows, row), max(columns, column)
            is_shared = _SHARED_TYPE.search(attributes) is not None
        elif is_shared and number and int(number) < len(lengths):
            octets += _TEXT_COST + lengths[int(number)]
    return rows * columns, octets


def _column(letters: bytes) -> int:
    """The number of a column: 28 of AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _measure_ods(text: bytes) -> tuple[int, int]:
    """How many cells the sheets of a LibreOffice workbook reach over, without empty ones at their ends, and the octets
    of the texts in them.
    """
    cells = reach = rows = columns = width = 0
    octets = end = in_row = in_cell = 0
    for match in _ODS_TAG.finditer(text):
        octets += (match.start() - end + _TEXT_COST) * in_row * in_cell
        end, in_cell = match.end(), 0
        is_end, name, attributes = match.groups()
        if is_end:
            continue
        repeated = _REPEATED.search(attributes)
        number = int(repeated[1]) if repeated else 1
        if name == b"table":
            cells, reach, rows, columns = cells + reach, 0, 0, 0
        elif name == b"table-row":
            rows, width, in_row = rows + number, 0, number
        else:
            width += number
            if b"value" in attributes or not attributes.endswith(b"/"):
                columns = max(columns, width)
                reach = columns * rows
                in_cell = number
    return cells + reach, octets


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
