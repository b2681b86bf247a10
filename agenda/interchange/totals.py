"""Rows of tables that are no events: totals of the others, and the rule below the headings of Markdown."""

import re
from collections.abc import Sequence

from agenda.interchange.headings import DAYS, Column
from agenda.interchange.sheets import Cell
from agenda.text.folding import fold

_TOTALS = {"total", "totals", "grand total", "sum", "totale", "totali", "totale generale", "somma"}
_WITH_NUMBER = re.compile(rf"(?:{'|'.join(_TOTALS)})(?:(?: [^\W\d]+){{0,2}} ?[:=])? ?[0-9]+(?: [^\W\d]+)?")
"""A total with its number, as `Totale eventi: 3`, folded."""
_RULE = re.compile(":?-+:?")


def is_rule(cells: Sequence[Cell]) -> bool:
    """Whether cells are the rule below the headings of a Markdown table, such as `---` and `:--:`."""
    return all(isinstance(cell, str) and _RULE.fullmatch(cell) for cell in cells if cell is not None)


def is_total(first: Cell, cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether a row that begins with that cell, and has these in the columns, is a total: named so in its first cell,
    and of no day, or with its number as all that it says.
    """
    if not isinstance(first, str):
        return False
    words = fold(first)
    if words.strip(" :") in _TOTALS:
        days = [cell for column, cell in zip(columns, cells, strict=True) if column.field in DAYS and cell is not first]
        return all(cell is None for cell in days)
    return sum(cell is not None for cell in cells) == 1 and _WITH_NUMBER.fullmatch(words) is not None
