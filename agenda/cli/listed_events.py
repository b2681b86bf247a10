"""What `agenda list` writes of an event, against which the cells of a table on its way back are held."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property

from agenda.cli.table_cells import are_same, typed_text
from agenda.errors import UsageError
from agenda.formats.records import FIELDS, EventRows
from agenda.formulas import unguard_formulas
from agenda.interchange.sheets import Cell, clean_cell
from agenda.limits import MAX_MATCHED_TIMES
from agenda.model import Event, Occurrence
from agenda.query import ZONE_DAYS
from agenda.recurrence.expand import occurrences, shift_day, single_occurrence

FIELDS_OF_TIMES = ("start", "end", "between", "when", "all_day", "occurrence")
"""The fields of `agenda list` by which the occurrences of a series differ."""


class MatchedTimes:
    """How many times of series are held against the rows of one table, which is called `shown` in messages."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._count = 0

    def counted(self, times: Iterator[Occurrence]) -> Iterator[Occurrence]:
        """These, one by one; raises UsageError where there are too many."""
        for time in times:
            self._count += 1
            if self._count > MAX_MATCHED_TIMES:
                many = f"its rows are looked for among more than {MAX_MATCHED_TIMES:,} times of series"
                raise UsageError(f"{self._shown}: {many}; make several tables of it")
            yield time


class ListedEvent:
    """What `agenda list` writes of an event in some of the fields of a table, but for the id.

    It is made once for all rows of the event: a series has thousands of them. `matched` counts its times.
    """

    def __init__(self, event: Event, fields: Collection[str], matched: MatchedTimes) -> None:
        listed = [field for field in fields if field in FIELDS and field != "id"]
        self._of_times = tuple(field for field in listed if field in FIELDS_OF_TIMES)
        self._texts = _texts(single_occurrence(event), tuple(field for field in listed if field not in FIELDS_OF_TIMES))
        # Its times hang on nothing else of it, such as thousands of people, that would be written for each of them.
        self._event = Event(
            id=event.id,
            title=event.title,
            when=event.when,
            timezone=event.timezone,
            repeat=event.repeat,
            exceptions=event.exceptions,
        )
        self._matched = matched

    def changed(self, cells: Mapping[str, Cell]) -> dict[str, Cell]:
        """The cells that say something else; of a series, something else than its occurrence that is in the row."""
        texts = {**self._texts, **self._texts_of_time(cells)}
        return {
            field: cell
            for field, cell in cells.items()
            if field != "id" and not (field in texts and are_same(field, cell, texts[field]))
        }

    def text(self, field: str, cells: Mapping[str, Cell]) -> str:
        """What is written in that field, where the others are those of a row."""
        return {**self._texts, **self._texts_of_time(cells)}[field]

    def _texts_of_time(self, cells: Mapping[str, Cell]) -> dict[str, str]:
        """What is written of the occurrence that these cells name, else of the first one."""
        if not self._of_times:
            return {}
        if self._event.repeat is not None:
            for occurrence in self._occurrences(cells):
                texts = _texts(occurrence, self._of_times)
                if all(are_same(field, cells[field], text) for field, text in texts.items()):
                    return texts
        return self._first

    @cached_property
    def _first(self) -> dict[str, str]:
        first = next(occurrences(self._event), None) if self._event.repeat else None
        return _texts(first or single_occurrence(self._event), self._of_times)

    def _occurrences(self, cells: Mapping[str, Cell]) -> Iterator[Occurrence]:
        """The occurrences of a series on the days that stand in the cells, those that start then before those near."""
        days = (_day_in(cells.get(field)) for field in ("occurrence", "start", "end"))
        for day in dict.fromkeys(filter(None, days)):
            since, until = shift_day(day, -ZONE_DAYS), shift_day(day, ZONE_DAYS)
            near = self._matched.counted(occurrences(self._event, since=since, until=until))
            yield from sorted(near, key=lambda occurrence: occurrence.day != day)


def _texts(occurrence: Occurrence, fields: tuple[str, ...]) -> dict[str, str]:
    """What is written of an occurrence in these fields, as a table gives it back."""
    if not fields:
        return {}
    (texts,) = EventRows((occurrence,), fields).rows()
    return {field: typed_text(unguarded(clean_cell(text))) for field, text in zip(fields, texts, strict=True)}


def unguarded(cell: Cell) -> Cell:
    """A cell without the apostrophes before what spreadsheets would take for formulas."""
    return unguard_formulas(cell) if isinstance(cell, str) else cell


def _day_in(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell)[: len("2026-05-01")])
    except ValueError:
        return None
