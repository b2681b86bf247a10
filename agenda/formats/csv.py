"""CSV for spreadsheets (RFC 4180): a header, lines that end in CRLF, empty fields empty."""

import csv
import io
from collections.abc import Iterable, Iterator

from agenda.formats.rows import FIELDS, rows
from agenda.model import Occurrence

_FORMULA = ("=", "+", "-", "@")


def lines(occurrences: Iterable[Occurrence]) -> Iterator[str]:
    """The header, then a line for each occurrence. A field that a spreadsheet would take for a formula starts with
    an apostrophe, which makes it text.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in (FIELDS, *rows(occurrences)):
        writer.writerow(f"'{field}" if field.startswith(_FORMULA) else field for field in row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
