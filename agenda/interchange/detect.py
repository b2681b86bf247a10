"""Which format a file has, by what it starts with: names of files promise much, and standard input has none."""

import codecs
from enum import StrEnum

_START_OCTETS = 4096
"""How much of a file is looked at."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class FileFormat(StrEnum):
    """What `agenda import` tells apart."""

    ICALENDAR = "iCalendar"
    XML = "XML"
    JSON = "JSON"


def detect_format(content: bytes) -> FileFormat:
    """The format of a file with that content; iCalendar where it is none that can be told by its start."""
    start = content[:_START_OCTETS]
    mark, encoding = next(((mark, name) for mark, name in _MARKS if start.startswith(mark)), (b"", "utf-8"))
    match start[len(mark) :].decode(encoding, "replace").lstrip()[:1]:
        case "<":
            return FileFormat.XML
        case "{" | "[":
            return FileFormat.JSON
        case _:
            return FileFormat.ICALENDAR
