"""Events as rows of fields: what tab-separated values and CSV have in common."""

from collections.abc import Iterable, Iterator

from agenda.formats.record import Record, record
from agenda.model import Occurrence
from agenda.text import one_line

FIELDS = ("id", "start", "end", "city", "title")


def rows(occurrences: Iterable[Occurrence]) -> Iterator[tuple[str, ...]]:
    """The `FIELDS` of each occurrence, each one line of safe text, empty where there is nothing."""
    for occurrence in occurrences:
        shown = record(occurrence)
        row = (shown.id, *_dates(shown), ", ".join(shown.city), shown.title)
        yield tuple(one_line(field) for field in row)


def _dates(shown: Record) -> tuple[str, str]:
    """Start and end: `~2025-09-24` is a day that is not fixed, which no reader of dates takes, and `tba` is none."""
    if shown.between:
        first, last = shown.between
        return f"~{first}", f"~{last}"
    if shown.start is None:
        return "tba", "tba"
    return shown.start, shown.end or ""
