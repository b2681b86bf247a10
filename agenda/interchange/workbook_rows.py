"""What a workbook says of rows and cells that their reader does not tell: which rows are hidden, which are struck out,
and, in LibreOffice, which cells are one.
"""

import io
import posixpath
import zipfile
from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct, field

from agenda.interchange.workbook_sizes import ODS_CELLS, ODS_PART, PartReader, place_in, repetitions

_WORKBOOK_PART = "xl/workbook.xml"
_RELATIONS_PART = "xl/_rels/workbook.xml.rels"
_STYLES_PART = "xl/styles.xml"
_IN_ODS = (b"number-rows-spanned", b"visibility", b"line-through")
"""What the part with the sheets has, one of these, where it says anything such."""
_TRUE = {"1", "true", "on"}
_HIDDEN = {"collapse", "filter"}
"""What LibreOffice writes for the visibility of a row that was hidden, by hand or by a filter."""

CellRange = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of those that are one, each as its row and its column from 0."""


class RowMarks(Struct):
    """The rows of a sheet, from 0, that are `hidden`, and those that have anything `struck` out; `merged` has the cells
    that are one, of a workbook of LibreOffice.
    """

    hidden: list[range] = field(default_factory=list)
    struck: list[range] = field(default_factory=list)
    merged: list[CellRange] = field(default_factory=list)


def read_row_marks(content: bytes) -> Mapping[str, RowMarks]:
    """What a workbook says of the rows of its sheets, by their names; sheets of which it says nothing may lack.

    Raises XmlError where a part is not well formed.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}
        if ODS_PART in parts:
            text = archive.read(parts[ODS_PART])
            if not any(word in text for word in _IN_ODS):
                return {}
            sheets = _OdsMarks()
            sheets.parse(text)
            return sheets.marks
        names, targets, styles = _SheetNames(), _Targets(), _StruckStyles()
        for name, reader in ((_WORKBOOK_PART, names), (_RELATIONS_PART, targets), (_STYLES_PART, styles)):
            if name in parts:
                reader.parse(archive.read(parts[name]))
        marks: dict[str, RowMarks] = {}
        for sheet, relation in names.relations.items():
            part = parts.get(posixpath.normpath(posixpath.join("/xl", targets.paths.get(relation, "")))[1:].lower())
            text = archive.read(part) if part else b""
            if b"hidden" in text or styles.struck:
                rows = _SheetMarks(styles.struck)
                rows.parse(text)
                marks[sheet] = rows.marks
    return marks


class _SheetNames(PartReader):
    """The relations by which an Excel workbook names the parts of its sheets, by their names."""

    def __init__(self) -> None:
        super().__init__()
        self.relations: dict[str, str] = {}

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "sheet":
            self.relations[given.get("name", "")] = _attribute(given, "id")


class _Targets(PartReader):
    """The paths of parts, by the relations that name them."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: dict[str, str] = {}

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "Relationship":
            self.paths[given.get("Id", "")] = given.get("Target", "")


class _StruckStyles(PartReader):
    """The numbers of the styles of cells of an Excel workbook whose font is struck out."""

    def __init__(self) -> None:
        super().__init__()
        self.struck: set[str] = set()
        self._fonts: set[str] = set()
        self._font = self._style = -1
        self._within = ""

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name in {"fonts", "cellXfs"}:
            self._within = name
        elif self._within == "fonts" and name == "font":
            self._font += 1
        elif self._within == "fonts" and name == "strike" and given.get("val", "1") in _TRUE:
            self._fonts.add(str(self._font))
        elif self._within == "cellXfs" and name == "xf":
            self._style += 1
            if given.get("fontId") in self._fonts:
                self.struck.add(str(self._style))

    def _end(self, name: str) -> None:
        if name == self._within:
            self._within = ""


class _SheetMarks(PartReader):
    """The rows of an Excel sheet that are hidden or struck out, by the `styles` that are so."""

    def __init__(self, styles: Collection[str]) -> None:
        super().__init__()
        self.marks = RowMarks()
        self._styles = styles
        self._row = 0
        self._is_struck = False

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "row":
            place = place_in(given)
            self._row = int(place[2]) - 1 if place else self._row
            if given.get("hidden") in _TRUE:
                self.marks.hidden.append(range(self._row, self._row + 1))
        elif name == "c":
            self._is_struck = given.get("s") in self._styles
        elif name in {"v", "is"} and self._is_struck:
            self.marks.struck.append(range(self._row, self._row + 1))

    def _end(self, name: str) -> None:
        if name == "row":
            self._row += 1


class _OdsMarks(PartReader):
    """The rows of the sheets of a LibreOffice workbook that are hidden or struck out, and the cells that are one."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[str, RowMarks] = {}
        self._sheet = RowMarks()
        self._struck_styles: set[str] = set()
        self._style = ""
        self._row = self._next_row = self._next_column = 0
        self._is_struck = False

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "style":
            self._style = _attribute(given, "name")
        elif name == "text-properties" and _attribute(given, "text-line-through-style") not in {"", "none"}:
            self._struck_styles.add(self._style)
        elif name == "table":
            self._sheet = self.marks[_attribute(given, "name")] = RowMarks()
            self._next_row = 0
        elif name == "table-row":
            self._row, self._next_column = self._next_row, 0
            self._next_row += repetitions(given)
            if _attribute(given, "visibility") in _HIDDEN:
                self._sheet.hidden.append(range(self._row, self._next_row))
        elif name in ODS_CELLS:
            self._is_struck = _attribute(given, "style-name") in self._struck_styles
            spanned = _attribute(given, "number-rows-spanned")
            if spanned.isdecimal() and spanned != "1":
                below = self._row + int(spanned) - 1
                self._sheet.merged.append(((self._row, self._next_column), (below, self._next_column)))
            self._next_column += repetitions(given)
        elif name == "p" and self._is_struck:
            self._sheet.struck.append(range(self._row, self._next_row))

    def _end(self, name: str) -> None:
        if name in ODS_CELLS:
            self._is_struck = False


def _attribute(given: Mapping[str, str], name: str) -> str:
    """The attribute of that name, under whatever prefix; empty where there is none."""
    return next((text for key, text in given.items() if key.rpartition(":")[2] == name and ":" in key), "")


def rows_within(marked: Sequence[range], *, first: int, count: int) -> frozenset[int]:
    """The rows that are marked, as places among so many rows from the `first`."""
    rows = range(first, first + count)
    return frozenset(
        row - first for some in marked for row in range(max(some.start, rows.start), min(some.stop, rows.stop))
    )
