"""Which format a file has, by what it starts with: names of files promise much, and standard input has none."""

import codecs
import re
from enum import StrEnum

_START_OCTETS = 65_536
"""How much of a file is looked at."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""Archives of ZIP, as .xlsx and .ods are, and of OLE, as .xls is."""
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
    if content.startswith(_WORKBOOKS):
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


def _is_table(text: str) -> bool:
    """Whether there is anything that may stand between cells, and nothing that starts a calendar or an agenda."""
    if "\0" in text or _CALENDAR.search(text):
        return False
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return not any(map(_TOML.match, lines[:2])) and any(sign in line for line in lines for sign in _DELIMITERS)
