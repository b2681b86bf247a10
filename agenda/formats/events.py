"""Events as the formats write them: which fields there are, and how each is put as text."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import UNSET, Struct

from agenda.formats.record import PersonRecord, Record, SourceRecord, VenueRecord, record
from agenda.model import Occurrence
from agenda.text import one_line

FIELDS = Record.__struct_fields__
"""What can be asked for, in the order of JSON."""

USUAL = ("id", "start", "end", "city", "title")
"""The columns where no others are asked for."""


class Events(Struct, frozen=True):
    """Occurrences, with these of their `FIELDS`; without any, rows have the `USUAL` ones and objects have all."""

    occurrences: Iterable[Occurrence]
    fields: Sequence[str] = ()

    @property
    def header(self) -> Sequence[str]:
        """The names of the fields."""
        return self.fields or USUAL

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The fields of each occurrence, each one line of safe text."""
        for occurrence in self.occurrences:
            shown = record(occurrence)
            yield tuple(one_line(_text(shown, field)) for field in self.header)

    def objects(self) -> Iterator[Record | dict[str, object]]:
        """The record of each occurrence, or the fields of it that are asked for."""
        for occurrence in self.occurrences:
            shown = record(occurrence)
            yield {field: _value(shown, field) for field in self.fields} if self.fields else shown


def _value(shown: Record, field: str) -> object:
    value = getattr(shown, field)
    return None if value is UNSET else value


def _text(shown: Record, field: str) -> str:
    """A field as text, empty where there is nothing: of what has a name, the name; of several, all of them."""
    if field in {"start", "end"}:
        return _date(shown, field)
    match _value(shown, field):
        case None:
            return ""
        case bool(truth):
            return "true" if truth else "false"
        case list(values) if field == "between":
            return "..".join(values)
        case list(values):
            # Titles of sources have commas of their own.
            return ("; " if field == "sources" else ", ").join(map(_name, values))
        case value:
            return _name(value)


def _date(shown: Record, field: str) -> str:
    """Start or end: `~2025-09-24` is a day that is not fixed, which no reader of dates takes, and `tba` is none."""
    if shown.between:
        first, last = shown.between
        return f"~{first if field == 'start' else last}"
    if shown.start is None:
        return "tba"
    return (shown.start if field == "start" else shown.end) or ""


def _name(value: object) -> str:
    match value:
        case VenueRecord(name=name) | PersonRecord(name=name):
            return name
        case SourceRecord(title=title):
            return title
        case _:
            return str(value)
