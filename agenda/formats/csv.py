"""CSV for spreadsheets (RFC 4180): a header, lines that end in CRLF, empty fields empty."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain

from agenda.formats import Data

# The signs that begin a formula at the start of a cell, and after a semicolon, which separates cells in some countries;
# East Asian spreadsheets take their wide forms, too.
_FORMULA = re.compile("(^|; *)([=+@＝＋－＠-])")


def lines(data: Data) -> Iterator[str]:
    """The header, then a line for each row. What a spreadsheet would take for a formula gets an apostrophe
    before it, which makes it text.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in chain([data.header], data.rows()):
        writer.writerow(_FORMULA.sub(r"\1'\2", field) for field in row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
