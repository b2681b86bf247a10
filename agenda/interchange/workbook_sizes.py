"""How large the sheets of a workbook become in memory, before they are read: the empty cells before a far one count."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.parsers.expat import ParserCreate

from agenda.safe_xml import feed

_MAX_BYTES = 200 * 10**6
"""How large the parts of a workbook may be together, once they are unpacked."""
_USUAL_BYTES = 50 * 10**6
"""How large they may be however small the file is: what people write packs to a tenth or, in .ods, a fiftieth."""
_MAX_UNPACKED = 20
"""How many times as large as the file they may be past that."""
_MAX_CELLS = 5 * 10**6
"""How many cells the sheets may have, with the empty ones between them: their reader keeps them all."""
_MAX_TEXT_BYTES = 50 * 10**6
"""How much text they may have, that which several cells share counting for each: their reader copies it."""
_TEXT_COST = 50
"""Bytes that a text takes besides its own."""
_PLACE = re.compile("([A-Za-z]{0,3})0*([0-9]{1,7})")
_NUMBER = re.compile(r"\s*\+?0*([0-9]{1,9})\s*")
ODS_CELLS = {"table-cell", "covered-table-cell"}
"""The elements of the cells of a LibreOffice sheet."""
_SHARED_PART = "xl/sharedstrings.xml"
ODS_PART = "content.xml"
"""The part with the sheets of a LibreOffice workbook."""
_BINARY_PART = "xl/workbook.bin"
SHEET_MARK = b"sheetData"
"""What each part has from which the cells of an Excel sheet are read, whatever it is called."""


def explain_size(content: bytes) -> str:
    """What of a workbook in a ZIP archive cannot be read, with what would be right; empty where all can.

    Raises zipfile.BadZipFile, or whatever unpacking raises, where the archive is damaged; XmlError where a sheet is.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}
        if _BINARY_PART in parts:
            return "this is a binary workbook of Excel (.xlsb), which is not read; save it as .xlsx, .ods or .csv"
        if not parts.keys() & {"xl/workbook.xml", ODS_PART}:
            return "this archive (ZIP) has no workbook of Excel or LibreOffice; save the table as .xlsx, .ods or .csv"
        most = min(_MAX_BYTES, max(_USUAL_BYTES, _MAX_UNPACKED * len(content)))
        if sum(part.file_size for part in archive.infolist()) > most:
            return f"this workbook is larger than {most / 10**6:.0f} MB once unpacked"
        if archive.testzip() or len(parts) < len(archive.infolist()):  # as where sizes are not those that it tells
            raise zipfile.BadZipFile
        shared = _SharedTexts()
        if _SHARED_PART in parts:
            shared.parse(archive.read(parts[_SHARED_PART]))
        cells = text_bytes = 0
        for name, part in parts.items():
            text = archive.read(part)
            if name == ODS_PART or SHEET_MARK in text:
                size = _OdsSize() if name == ODS_PART else _SheetSize(shared.lengths)
                size.parse(text)
                cells, text_bytes = cells + size.cells, text_bytes + size.bytes_of_texts
    if cells > _MAX_CELLS:
        return f"its sheets reach over more than {_MAX_CELLS:,} cells; remove what is far away"
    if text_bytes > _MAX_TEXT_BYTES:
        return f"the texts of its cells are more than {_MAX_TEXT_BYTES // 10**6} MB, each counted where it stands"
    return ""


class PartReader:
    """What goes through the elements of a part, by their names without a prefix."""

    def __init__(self) -> None:
        self._parser = ParserCreate("utf-8")  # whatever the part says: what reads the cells takes it for UTF-8
        self._parser.buffer_text = True
        self._parser.StartElementHandler = lambda name, given: self._start(name.rpartition(":")[2], given)
        self._parser.EndElementHandler = lambda name: self._end(name.rpartition(":")[2])

    def parse(self, text: bytes) -> None:
        """Go through it; raises XmlError where it is not well formed."""
        feed(self._parser, text)

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        raise NotImplementedError

    def _end(self, name: str) -> None:
        """Take the end of an element; to some parts none matters."""


class _SharedTexts(PartReader):
    """The bytes of each text that cells of an Excel workbook share."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []
        self._begin = 0

    def _start(self, name: str, given: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._begin = self._parser.CurrentByteIndex

    def _end(self, name: str) -> None:
        if name == "si":
            self.lengths.append(self._parser.CurrentByteIndex - self._begin)


class _SheetSize(PartReader):
    """How many cells a sheet of an Excel workbook reaches over, and the bytes of the shared texts in them, which have
    these `lengths`. A row or a cell that does not tell its place comes after the one before it.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        super().__init__()
        self._lengths = lengths
        self._rows = self._columns = self._column = self.bytes_of_texts = 0
        self._row = 1
        self._is_shared = False
        self._number = ""

    @property
    def cells(self) -> int:
        """The cells, with the empty ones between them."""
        return self._rows * self._columns

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "row" and (place := place_in(given)):
            self._row = int(place[2])
        elif name == "c":
            place = place_in(given)
            self._column = _column(place[1]) if place else self._column + 1
            self._rows = max(self._rows, self._row, int(place[2]) if place else 0)
            self._columns = max(self._columns, self._column)
            self._is_shared = given.get("t") == "s"
        elif name == "v" and self._is_shared:
            self._number = ""
            self._parser.CharacterDataHandler = self._read_number

    def _read_number(self, text: str) -> None:
        self._number += text

    def _end(self, name: str) -> None:
        if name == "row":
            self._row, self._column = self._row + 1, 0
        elif name == "v" and self._is_shared:
            self._parser.CharacterDataHandler = None
            number = _NUMBER.fullmatch(self._number)
            if number and int(number[1]) < len(self._lengths):
                self.bytes_of_texts += _TEXT_COST + self._lengths[int(number[1])]


class _OdsSize(PartReader):
    """How many cells the sheets of a LibreOffice workbook reach over, without empty ones at their ends, and the bytes
    of the texts in them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._cells_above = self._reach = self._rows = self._columns = self._width = self.bytes_of_texts = 0
        self._in_row = self._in_cell = 0
        """How often the row and the cell are repeated that are open; 0 where none is."""
        self._holds_any = False
        self._text_bytes = 0
        self._text_begin: int | None = None

    @property
    def cells(self) -> int:
        """The cells, with the empty ones between them."""
        return self._cells_above + self._reach

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "table":
            self._cells_above, self._reach, self._rows, self._columns = self.cells, 0, 0, 0
        elif name == "table-row":
            self._in_row, self._width = repetitions(given), 0
            self._rows += self._in_row
        elif name in ODS_CELLS:
            self._in_cell, self._holds_any, self._text_begin = repetitions(given), False, None
            self._width += self._in_cell
            self._text_bytes = sum(len(text.encode()) for key, text in given.items() if key.endswith("string-value"))
            if any("value" in key for key in given):
                self._reach_cell()
        elif self._in_cell and self._text_begin is None:
            self._text_begin = self._parser.CurrentByteIndex
            self._reach_cell()

    def _reach_cell(self) -> None:
        self._holds_any = True
        self._columns = max(self._columns, self._width)
        self._reach = self._columns * self._rows

    def _end(self, name: str) -> None:
        if name in ODS_CELLS:
            if self._text_begin is not None:
                self._text_bytes += self._parser.CurrentByteIndex - self._text_begin
            self.bytes_of_texts += (self._text_bytes + _TEXT_COST) * self._in_row * self._in_cell * self._holds_any
            self._in_cell = 0


def place_in(given: Mapping[str, str]) -> re.Match[str] | None:
    """The place that a row or a cell of an Excel workbook tells."""
    return _PLACE.fullmatch(given.get("r", ""))


def _column(letters: str) -> int:
    """The number of a column: 28 of AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def repetitions(given: Mapping[str, str]) -> int:
    """How often a row or a cell is there; more than any sheet has where that is no number of nine digits or fewer."""
    numbers = [_NUMBER.fullmatch(text) for key, text in given.items() if key.endswith("s-repeated")]
    return max((int(number[1]) if number else _MAX_CELLS for number in numbers), default=1)
