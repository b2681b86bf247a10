"""Which format a file has, by what it starts with: names of files promise much, and standard input has none."""

import codecs
import re
from enum import StrEnum

_START_OCTETS = 65_536
"""How much of a file is looked at."""
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WORKBOOK_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""Archives of ZIP, as .xlsx and .ods are, and of OLE, as .xls is."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What no text has; a form feed, a vertical tab and an escape some have."""
_CALENDAR_LINE = re.compile(rb"^[ \t]*BEGIN:", re.IGNORECASE | re.MULTILINE)
_CALENDAR = re.compile(r"(?:\A|[\r\n])[ \t]*BEGIN:", re.IGNORECASE)
_JSON = re.compile(r"\{|\[\s*(?:[{\]]|\Z)")
_RECORDS = re.compile(r'\[\s*(?:\{|\]|\Z)|\{\s*"(?:id|title|when|start)"')
"""A list of objects, or an object that starts as ours do: schedules are an object that has a `schedule`."""
_TOML = re.compile(r"\[{1,2}[\w.\"'-]+ *\]|[\w.\"-]+ *= ")
_DELIMITERS = ",;\t|"


class FileFormat(StrEnum):
    """What `agenda import` tells apart."""

    ICALENDAR = "iCalendar"
    XML = "XML"
    JSON = "JSON"
    RECORDS = "records"
    TABLE = "table"
    WORKBOOK = "workbook"


def detect_format(content: bytes) -> FileFormat:
    """The format of a file with that content; iCalendar where it is none that can be told by its start."""
    if content.startswith(WORKBOOK_STARTS):
        return FileFormat.WORKBOOK
    start = content[:_START_OCTETS]
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
    """Whether the start of a file is no text: it has a NUL, or a control and what is not UTF-8, or its mark is that of
    UTF-16 and it is none.
    """
    start = content[:_START_OCTETS]
    is_utf_16 = start.startswith(UTF_16_MARKS)
    try:
        text = codecs.getincrementaldecoder("utf-16" if is_utf_16 else "utf-8")().decode(start)  # it may end within one
    except UnicodeDecodeError:
        return is_utf_16 or _CONTROL.search(start) is not None
    return "\0" in text


def has_calendar_line(content: bytes) -> bool:
    """Whether any line of a file begins a component of a calendar."""
    return _CALENDAR_LINE.search(content) is not None


def is_toml(content: bytes) -> bool:
    """Whether one of the first two lines of a text is of TOML, as in an agenda file."""
    return _starts_as_toml(_lines_of(content[:_START_OCTETS].decode(errors="replace")))


def _is_table(text: str) -> bool:
    """Whether there is anything that may stand between cells, and nothing that starts a calendar or an agenda."""
    if "\0" in text or _CALENDAR.search(text):
        return False
    lines = _lines_of(text)
    return not _starts_as_toml(lines) and any(sign in line for line in lines for sign in _DELIMITERS)


def _lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _starts_as_toml(lines: list[str]) -> bool:
    return any(map(_TOML.match, lines[:2]))
