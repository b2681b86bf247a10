"""The cells of tables: of text with commas, semicolons or tabs between them, in whatever encoding spreadsheets save."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from msgspec import Struct

from agenda.errors import DataError, Diagnostic
from agenda.files import UTF_16_MARKS, decode_text
from agenda.text.safe import quote, shorten
from agenda.text.sentences import list_few

_CELL_ERROR = re.compile(
    "#(?:N/A|(?:REF|VALUE|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|UNKNOWN|BUSY|NO-VALUE)!|NAME[?]|GETTING_DATA)"
    "|Err:5[0-9]{2}"
)
"""What Excel and LibreOffice show where a formula has no result, and NO_VALUE."""
NO_VALUE = "#NO-VALUE!"
"""What stands for a formula whose value a workbook does not have."""


class CellError(Struct, frozen=True):
    """What a cell holds whose formula has no result: `#REF!`, or NO_VALUE."""

    shown: str

    def __str__(self) -> str:
        return self.shown

    @property
    def explanation(self) -> str:
        """What is wrong, and what is to be done, as a message says it."""
        if self.shown == NO_VALUE:
            return "the file has no value for its formula; open it in a spreadsheet, and save it anew"
        return f"{self.shown} is the error of a formula; mend it in the spreadsheet, or empty the cell"


Cell = str | float | bool | date | time | timedelta | CellError | None
"""What a cell holds: text without blanks around it, or what a spreadsheet has of its own; None where it is empty."""
Rows = Sequence[Sequence[Cell]]

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SEPARATOR = re.compile(r'"?sep=([^" \r\n])"?\r?\n', re.IGNORECASE)
"""The line by which Excel is told what stands between cells."""
_QUOTED = re.compile(r'([^"]*+(?:""[^"]*+)*+)" *+')
"""What stands between quotation marks, those in it being doubled, behind the first of them."""
_LINE_BREAK = re.compile("\r\n|[\r\n]")
_MAX_TRIED_CHARACTERS = 65_536
_MAX_FIELD_CHARACTERS = 10_000_000
FIRST_YEAR = 1901
"""The first year of days: to spreadsheets, a time alone is one of a day before it."""
_MAX_TOLD_CELLS = 3


class Sheet(Struct, frozen=True, kw_only=True):
    """A table: its name, empty where it has none, and its rows, the first of which is called `first_row`, and the first
    cell of each `first_column`, both from 1. Where the rows are of several sheets, `names` says what each is called.

    `filled` has the cells that are empty since they are one with the cell above them, as places in `rows`; `hidden` the
    rows that a workbook hides, and `struck` those with anything struck out. `separators` are what stands between the
    cells of a text, such as `commas`; `is_cut` where it seems to end within its last row.
    """

    name: str = ""
    rows: Rows
    names: Sequence[str] = ()
    first_row: int = 1
    first_column: int = 1
    filled: frozenset[tuple[int, int]] = frozenset()
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    separators: str = ""
    is_cut: bool = False
    notes: tuple[str, ...] = ()

    def row_name(self, row: int) -> str:
        """`row 7`."""
        return self.names[row] if self.names else f"row {self.first_row + row:,}"

    def cell_name(self, row: int, column: int, heading: str) -> str:
        """`row 7, column "Inizio" (C)`."""
        return f"{self.row_name(row)}, {self.column_name(column, heading)}"

    def without_heading(self, row: int, heading_row: int) -> list[Cell]:
        """The cells of a row that hold anything, and have no text above them in the row of the headings."""
        headings = self.rows[heading_row]
        return [
            cell
            for place, cell in enumerate(self.rows[row])
            if cell is not None and (place >= len(headings) or not isinstance(headings[place], str))
        ]

    def column_name(self, column: int, heading: str) -> str:
        """`column "Inizio" (C)`."""
        return f"column {quote(heading)} ({column_letters(self.first_column + column)})"


def column_letters(number: int) -> str:
    """What spreadsheets call a column, from 1: A, B, … Z, AA."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def read_text_table(content: bytes, shown: str, judge: Callable[[Rows], int]) -> Sheet:
    """The table in the text of a file, which is called `shown` in messages; what stands between its cells is what the
    `judge` of the first rows finds the best.

    Raises DataError where it is no text, or where what a quotation mark opens is not closed, or may be several cells.
    """
    text, notes = _decode(content, shown)
    skipped = 0
    delimiter = ""
    if match := _SEPARATOR.match(text):
        text, delimiter, skipped = text[match.end() :], match[1], 1
    delimiter = delimiter or _find_delimiter(text, judge)
    text, marked = _keep_marks(text, delimiter, shown=shown, skipped=skipped)
    if marked:
        notes += (f"quotation marks were taken for text, since the cell goes on: {list_few(marked, _MAX_TOLD_CELLS)}",)
    csv.field_size_limit(_MAX_FIELD_CHARACTERS)
    try:
        rows = list(_split(text, delimiter))
    except csv.Error:
        wrong = f"a cell has more than {_MAX_FIELD_CHARACTERS:,} characters; a quotation mark may be missing"
        raise DataError([Diagnostic(shown, 1, 1, wrong)]) from None
    separators = _DELIMITERS.get(delimiter, quote(delimiter))
    is_cut = not text.endswith(("\r", "\n")) and _is_last_short(rows)
    return Sheet(rows=rows, first_row=1 + skipped, separators=separators, is_cut=is_cut, notes=notes)


def _is_last_short(rows: Rows) -> bool:
    """Whether the last row has fewer cells than each above it, but for those of one cell, as titles are."""
    widths = [len(row) for row in rows[:-1] if len(row) > 1]
    return bool(widths) and len(rows[-1]) < min(widths)


def read_text_cell(text: str) -> str | CellError | None:
    """What a cell of text holds: None where nothing is left of it, and an error where it shows one."""
    cleaned = clean_cell(text)
    return CellError(cleaned) if cleaned and _CELL_ERROR.fullmatch(cleaned) else cleaned


def clean_cell(text: str) -> str | None:
    """The text of a cell, with its line breaks as such and no blanks around it; None where nothing is left."""
    return text.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n").strip() or None


def cell_text(cell: Cell) -> str:
    """What a spreadsheet shows of a cell."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _decode(content: bytes, shown: str) -> tuple[str, tuple[str, ...]]:
    if content.startswith(UTF_16_MARKS):
        try:
            return content.decode("utf-16"), ()
        except UnicodeDecodeError:
            raise DataError([Diagnostic(shown, 1, 1, "this is no whole UTF-16 text; save it as UTF-8")]) from None
    content = content.removeprefix(codecs.BOM_UTF8).rstrip(b"\x1a")  # by which DOS ends a text
    try:
        return content.decode(), ()
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return decode_text(content, shown), ()  # which raises
        word = re.search(r"\S*[^\x00-\x7f]\S*", text)
        example = f", as in {quote(word[0])}" if word else ""
        return text, (f"it is not UTF-8, so it was read as Windows-1252{example}",)


def _find_delimiter(text: str, judge: Callable[[Rows], int]) -> str:
    tried = text[:_MAX_TRIED_CHARACTERS]

    def worth(delimiter: str) -> tuple[int, int]:
        rows = list(_split(tried, delimiter))
        widths = [len(row) for row in rows if len(row) > 1]
        return judge(rows), max(map(widths.count, set(widths)), default=0)

    return max(_DELIMITERS, key=worth)


def _keep_marks(text: str, delimiter: str, *, shown: str, skipped: int) -> tuple[str, list[str]]:
    """The text, in which those cells are whole that go on behind the quotation mark that closes, such as `"Faust" by
    Goethe`: their marks are text, as those in the middle of any other are. Also these cells, with their lines, of which
    `skipped` are above.

    Raises DataError where the quotation mark with which a cell begins is not closed, or the cell goes on behind the one
    that closes it and has a line break or what stands between cells in it. The reader of csv would take all that
    follows for one cell; its strict mode does not say where that begins.
    """
    opening = re.compile(rf'(?:\A|[\r\n{re.escape(delimiter)}]) *+"')
    unbroken = re.compile(rf"[^\r\n{re.escape(delimiter)}]*+")
    pieces, marked = list[str](), list[str]()
    end, copied, line = 0, 0, 1 + skipped
    while opened := opening.search(text, end):
        start = opened.end() - 1
        closed = _QUOTED.match(text, start + 1)
        if closed and text[closed.end() : closed.end() + 1] in {"", "\r", "\n", delimiter}:
            end = closed.end()
            continue
        cell = unbroken.match(text, start)[0].rstrip(" ")  # type: ignore[index]
        end = start + len(cell)
        if closed is None or closed.end(1) >= end or cell.count('"') % 2:
            raise _open_quote(text, start, closed, shown=shown, skipped=skipped)
        pieces += (text[copied:start], '"', cell.replace('"', '""'), '"')
        line += len(_LINE_BREAK.findall(text, copied, start))
        marked.append(f"{shorten(cell)} (line {line:,})")
        copied = end
    return "".join([*pieces, text[copied:]]), marked


def _open_quote(text: str, start: int, closed: re.Match[str] | None, *, shown: str, skipped: int) -> DataError:
    """The error of the quotation mark at that place, which is never closed, or `closed` within the text of a cell."""
    line, column = _place_of(text, start)
    wrong = "the quotation mark that opens this cell is never closed; close it, or get the file anew if it is cut"
    if closed:
        end_line, end_column = _place_of(text, closed.end(1))
        wrong = (
            f"the cell that begins with this quotation mark ends with that at line {end_line + skipped}, column "
            f'{end_column}, but text follows it; a quotation mark in a cell is doubled, as in "6"" pipe"'
        )
    return DataError([Diagnostic(shown, line + skipped, column, wrong)])


def _place_of(text: str, offset: int) -> tuple[int, int]:
    """The line and the column, from 1, of a place in a text."""
    lines = _LINE_BREAK.split(text[:offset])
    return len(lines), len(lines[-1]) + 1


def _split(text: str, delimiter: str) -> "list[list[str | CellError | None]]":
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    return [[read_text_cell(cell) for cell in row] for row in reader]
