"""Cells of workbooks that hold an error, or a formula without its value, written as texts: their reader tells none of
them from an empty cell.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from agenda.interchange.sheets import NO_VALUE, CellError, read_text_cell
from agenda.interchange.workbook_sizes import ODS_CELLS, ODS_PART, SHEET_MARK, PartReader

_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_MAY_HAVE_ERRORS = re.compile(rb"""[\s:](?:t|value-type)\s*=\s*["']e|<(?:\w+:)?f[\s/>]|[\s:]formula\s*=""")
"""What every part with such a cell has."""
_OTHER_ERROR = "#VALUE!"
"""What is written for an error that has no name in English."""


def write_out_errors(content: bytes) -> bytes:
    """A workbook that can be read, with a text in each cell that has an error, such as `#REF!`, and NO_VALUE in each
    with a formula whose value is not stored, as programs leave it that do not calculate; all else as it was.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        changed: dict[str, bytes] = {}
        for part in archive.infolist():
            is_ods = part.filename.replace("\\", "/").lower() == ODS_PART
            text = archive.read(part)
            if (is_ods or SHEET_MARK in text) and _MAY_HAVE_ERRORS.search(text):
                cells = _OdsErrors(text) if is_ods else _SheetErrors(text)
                cells.parse(text)
                if cells.pieces:
                    changed[part.filename] = cells.written()
        if not changed:
            return content
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as written:
            for name in archive.namelist():
                written.writestr(name, changed.get(name) or archive.read(name))
    return buffer.getvalue()


class _Errors(PartReader):
    """What finds such cells in a part, and writes them as texts."""

    def __init__(self, text: bytes) -> None:
        super().__init__()
        self._text = text
        self._copied = self._begin = 0
        self._value: list[str] = []
        self._given: Mapping[str, str] = {}
        self._has_formula = False
        self.pieces: list[bytes] = []

    def written(self) -> bytes:
        """The part with texts in the place of errors."""
        return b"".join([*self.pieces, self._text[self._copied :]])

    def _open_cell(self, given: Mapping[str, str]) -> None:
        self._begin = self._parser.CurrentByteIndex
        self._given, self._value, self._has_formula = given, [], False

    def _read_value(self, text: str) -> None:
        self._value.append(text)

    def _shown(self) -> str:
        """The value of the cell as it is shown."""
        return "".join(self._value)

    def _error(self) -> str:
        """The name of the error that the cell shows."""
        shown = read_text_cell(self._shown())
        return str(shown) if isinstance(shown, CellError) else _OTHER_ERROR

    def _tag(self) -> re.Match[bytes]:
        """The tag that opens the cell."""
        return _TAG.match(self._text, self._begin)  # type: ignore[return-value]

    def _put(self, piece: str, end: int) -> None:
        """Let the piece stand for all from the start of the cell to that place."""
        self.pieces += (self._text[self._copied : self._begin], piece.encode())
        self._copied = end


class _SheetErrors(_Errors):
    """The errors in a sheet of Excel: cells of the type `e`, and formulas without a value that are no empty text."""

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "c":
            self._open_cell(given)
        elif name == "f":
            self._has_formula = True
        elif name == "v":
            self._parser.CharacterDataHandler = self._read_value

    def _end(self, name: str) -> None:
        if name == "v":
            self._parser.CharacterDataHandler = None
        elif name == "c":
            kind = self._given.get("t")
            if kind == "e":
                self._write(self._error())
            elif self._has_formula and not self._shown() and kind not in {"str", "inlineStr"}:
                self._write(NO_VALUE)

    def _write(self, value: str) -> None:
        tag = self._tag()
        name = re.split(rb"[\s/>]", tag[0][1:], maxsplit=1)[0].decode()
        attributes = "".join(f" {key}={quoteattr(text)}" for key, text in self._given.items() if key != "t")
        of_value = f"{name.removesuffix('c')}v"
        cell = f'<{name}{attributes} t="str"><{of_value}>{escape(value)}</{of_value}></{name}>'
        is_empty = tag[0].endswith(b"/>")
        end = self._parser.CurrentByteIndex if not is_empty else self._begin
        self._put(cell, _TAG.match(self._text, end).end())  # type: ignore[union-attr]


class _OdsErrors(_Errors):
    """The errors in the sheets of LibreOffice: cells that are said to be one, or whose formula shows one, and formulas
    that have neither a value nor a text.
    """

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name in ODS_CELLS:
            self._open_cell(given)
            self._has_formula = any(key.endswith(":formula") for key in given)
            self._parser.CharacterDataHandler = self._read_value
        elif name == "annotation":
            self._parser.CharacterDataHandler = None

    def _end(self, name: str) -> None:
        if name == "annotation":
            self._parser.CharacterDataHandler = self._read_value
        if name not in ODS_CELLS:
            return
        self._parser.CharacterDataHandler = None
        kinds = {text for key, text in self._given.items() if key.endswith(":value-type")}
        if "error" in kinds or (self._has_formula and isinstance(read_text_cell(self._shown()), CellError)):
            self._write(self._error())
        elif self._has_formula and not kinds and not self._shown().strip():
            self._write(NO_VALUE)

    def _write(self, value: str) -> None:
        tag = self._tag()
        name = re.split(rb"[\s/>]", tag[0][1:], maxsplit=1)[0].decode()
        kept = {key: text for key, text in self._given.items() if not re.search("value|formula", key)}
        typed = {**kept, "office:value-type": "string", "office:string-value": value}
        attributes = "".join(f" {key}={quoteattr(text)}" for key, text in typed.items())
        self._put(f"<{name}{attributes}{'/' if tag[0].endswith(b'/>') else ''}>", tag.end())
