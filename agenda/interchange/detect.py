"""Which format a file has, by what it starts with: names of files promise much, and standard input has none."""

import codecs
import re
from enum import StrEnum

from agenda.files import UTF_16_MARKS

_START_BYTES = 65_536
"""How much of a file is looked at."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What older programs of Office write, as .xls."""
WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", OLE_START)
"""Archives of ZIP, as .xlsx and .ods are, and of OLE."""
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\v\f\r\x1a\x1b"})
"""What texts hardly have; DOS ends some by 0x1A."""
_BYTES_OF_CONTROL = 20
"""A text that is not UTF-8 has at least so many bytes for each control; what is packed has some ten."""
_CALENDAR_LINE = re.compile(rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n])[ \t]*BEGIN:", re.IGNORECASE)
_CALENDAR = re.compile(r"(?:\A|[\r\n])[ \t]*BEGIN:", re.IGNORECASE)
_JSON = re.compile(r"\{|\[\s*(?:[{\]]|\Z)")
_RECORDS = re.compile(r'\[\s*(?:\{|\]|\Z)|\{\s*"(?:id|title|when|start)"')
"""A list of objects, or an object that starts as ours do: schedules are an object that has a `schedule`."""
_TOML = re.compile(r"\[{1,2}[\w.\"'-]+ *\]|[\w.\"-]+ *= ")
_TOML_HEADER = re.compile(r"^[ \t]*(?:\[agenda\]|\[\[ *\w+ *\]\])", re.MULTILINE)
_DELIMITERS = ",;\t|"


class FileFormat(StrEnum):
    """What `agenda import` tells apart."""

    ICALENDAR = "iCalendar"
    XML = "XML"
    JSON = "JSON"
    RECORDS = "records"
    TABLE = "table"
    WORKBOOK = "workbook"


TABLES = frozenset({FileFormat.TABLE, FileFormat.WORKBOOK})
"""The formats of rows below headings."""


def detect_format(content: bytes) -> FileFormat:
    """The format of a file with that content; iCalendar where it is none that can be told by its start."""
    if content.startswith(WORKBOOK_STARTS):
        return FileFormat.WORKBOOK
    start = content[:_START_BYTES]
    mark, encoding = next(((mark, name) for mark, name in _MARKS if start.startswith(mark)), (b"", "utf-8"))
    text = start[len(mark) :].decode(encoding, "replace").lstrip()
    if text.startswith("<"):
        return FileFormat.XML
    if _RECORDS.match(text):
        return FileFormat.RECORDS
    if _JSON.match(text):
        return FileFormat.JSON
    return FileFormat.TABLE if _is_table(text) else FileFormat.ICALENDAR


def is_binary(content: bytes) -> bool:
    """Whether the start of a file is no text: it has a NUL, or is not UTF-8 and has many controls and no line of a
    calendar, or its mark is that of UTF-16 and it is none.
    """
    start = content[:_START_BYTES]
    is_utf_16 = start.startswith(UTF_16_MARKS)
    try:
        text = codecs.getincrementaldecoder("utf-16" if is_utf_16 else "utf-8")().decode(start)  # it may end within one
    except UnicodeDecodeError:
        if is_utf_16 or b"\0" in start:
            return True
        controls = len(start) - len(start.translate(None, _CONTROLS))
        return controls * _BYTES_OF_CONTROL > len(start) and not has_calendar_line(content)
    return "\0" in text


def has_calendar_line(content: bytes) -> bool:
    """Whether any line of a file begins a component of a calendar."""
    return _CALENDAR_LINE.search(content) is not None


def is_toml(content: bytes) -> bool:
    """Whether a text is an agenda file, whole or broken."""
    return _is_toml(content[:_START_BYTES].decode(errors="replace").removeprefix("\ufeff"))


def _is_table(text: str) -> bool:
    """Whether there is anything that may stand between cells, and nothing that starts a calendar or an agenda."""
    if "\0" in text or _CALENDAR.search(text):
        return False
    return any(sign in line for line in _lines_of(text) for sign in _DELIMITERS) and not _is_toml(text)


def _lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _is_toml(text: str) -> bool:
    """Whether one of the first two lines is as in TOML, and a header is as ours are or all of it is TOML: a table may
    begin with `sep= ` or have a heading such as `[Title]`.
    """
    if not any(map(_TOML.match, _lines_of(text)[:2])):
        return False
    return _TOML_HEADER.search(text) is not None or _is_whole_toml(text)


def _is_whole_toml(text: str) -> bool:
    import tomli  # most files have a header of ours, or no line of TOML

    try:
        tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError):
        return False
    return True
