"""The year of the days that a table has without one: the table says it, or its file, or the agenda that takes it in."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePath

from msgspec import Struct

from agenda.interchange.day_order import find_numeric_day
from agenda.interchange.days_above import day_cells
from agenda.interchange.headings import Headings
from agenda.interchange.sheets import FIRST_YEAR, Cell, Sheet
from agenda.typed_days.forms import normalize, split_span

_YEAR = re.compile(r"\b((?:19|20)[0-9]{2})\b(?:[-/–]([0-9]{2})(?![-/.:]?[0-9]))?")
"""A year, and the last digits of that with which a season ends, as in 2026/27; 2026-03 may be a month."""
_CENTURY = 100


class KnownYear(Struct, frozen=True):
    """The year of days without one, and why it is that: `which stands in the name of the file`. The reason is empty
    where the user names the year.
    """

    year: int
    reason: str = ""


class TargetFacts(Struct, frozen=True, kw_only=True):
    """What holds for a table that is taken into an agenda: the `year` of its days without one, if all events of the
    agenda are in one, whether the agenda `has_zones`, of whose clocks its times are then, and the names of the `cities`
    of the agenda, folded.
    """

    year: KnownYear | None = None
    has_zones: bool = False
    cities: frozenset[str] = frozenset()


def find_year(sheet: Sheet, headings: Headings, shown: str, agenda_year: KnownYear | None) -> KnownYear | None:
    """The year of all other days of the table. Without these, it is the one above the headings, else the one in the
    name of the sheet, else in that of the file, which is called `shown`, else that of the agenda, if it is given.

    None where none of these has a year, or one of them has several, as `Season 2026/27`.
    """
    above = [cell for row in sheet.rows[: headings.row] for cell in row]
    known: KnownYear | None = None
    for reason, years in (
        ("as the other days of the table are", _years_of_days(cell for _, _, cell in day_cells(sheet, headings))),
        ("which stands in the rows above the headings", _years(above)),
        ("which stands in the name of the sheet", _years([sheet.name])),
        ("which stands in the name of the file", _years([PurePath(shown).name])),
    ):
        distinct = set(years)
        if len(distinct) > 1:
            return None
        if distinct and known is None:
            known = KnownYear(distinct.pop(), reason)
    return known or agenda_year


def _years_of_days(cells: Iterable[Cell]) -> Iterator[int]:
    """The years of cells that are days or spans of them, also in two digits: `14/01/26`."""
    for cell in cells:
        ends = split_span(normalize(cell)) if isinstance(cell, str) else None
        for end in ends or [cell]:
            numbers = find_numeric_day(end)
            if numbers and numbers.year is not None:
                yield numbers.year
            else:
                yield from _years([end])


def _years(cells: Iterable[Cell]) -> Iterator[int]:
    for cell in cells:
        if isinstance(cell, str):
            for match in _YEAR.finditer(cell):
                yield (year := int(match[1]))
                if match[2] and (last := _end_of_season(year, int(match[2]))) is not None:
                    yield last
        elif isinstance(cell, date) and cell.year >= FIRST_YEAR:
            yield cell.year


def _end_of_season(year: int, digits: int) -> int | None:
    """The year after the first one that ends in these digits, if it is of the same century, or the next year."""
    end = year - year % _CENTURY + digits
    if end > year:
        return end
    return year + 1 if (year + 1) % _CENTURY == digits else None
