"""CSV for spreadsheets (RFC 4180): a header, lines that end in CRLF, empty fields empty."""

import csv
import io
from collections.abc import Iterator
from itertools import chain

from agenda.formats import Data
from agenda.formulas import guard_formulas


def lines(data: Data) -> Iterator[str]:
    """The header, then a line for each row. What a spreadsheet would take for a formula is guarded."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in chain([data.header], data.rows()):
        writer.writerow(map(guard_formulas, row))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
