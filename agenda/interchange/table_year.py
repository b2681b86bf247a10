"""The year of the days that a table has without one: the table says it, or its file, or the agenda that takes it in."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath

from msgspec import Struct

from agenda.interchange.days_above import day_cells
from agenda.interchange.headings import Headings
from agenda.interchange.sheets import Cell, Sheet

_YEAR = re.compile(r"\b((?:19|20)[0-9]{2})\b")
_FIRST_YEAR = 1901
"""The first year of days: to spreadsheets, a time alone is one of a day before it."""


class KnownYear(Struct, frozen=True):
    """The year of days without one, and why it is that: `which stands in the name of the file`. The reason is empty
    where the user names the year.
    """

    year: int
    reason: str = ""


class TargetFacts(Struct, frozen=True, kw_only=True):
    """What holds for a table that is taken into an agenda: the `year` of its days without one, if all events of the
    agenda are in one, and whether the agenda `has_zones`, of whose clocks its times are then.
    """

    year: KnownYear | None = None
    has_zones: bool = False


def find_year(sheet: Sheet, headings: Headings, shown: str, agenda_year: KnownYear | None) -> KnownYear | None:
    """The year that the rows above the headings have, else all other days of the table, else the name of the sheet,
    else that of the file, which is called `shown`; else that of the agenda, if it is given. None where nothing has a
    year, or what has the first of them has several.
    """
    above = (cell for row in sheet.rows[: headings.row] for cell in row)
    for reason, cells in (
        ("which stands in the rows above the headings", above),
        ("as the other days of the table are", (cell for _, _, cell in day_cells(sheet, headings))),
        ("which stands in the name of the sheet", [sheet.name]),
        ("which stands in the name of the file", [PurePath(shown).name]),
    ):
        if years := set(_years(cells)):
            return KnownYear(years.pop(), reason) if len(years) == 1 else None
    return agenda_year


def _years(cells: Iterable[Cell]) -> Iterator[int]:
    for cell in cells:
        if isinstance(cell, str):
            yield from map(int, _YEAR.findall(cell))
        elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
            yield cell.year
