"""Several files as one: their tables together, and which of the files a place in them is in.

A path of the united tables is one of a file, but that the lists of all files follow each other.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from agenda.agendafile.file_heads import FILE, FileHead
from agenda.agendafile.languages import tell_language
from agenda.agendafile.names import NOUNS
from agenda.agendafile.schema import CityTable, FileTable, HeadTable
from agenda.errors import KeyPath, Problem
from agenda.text.safe import quote

_LISTS = ("events", "travel")


class United(Struct):
    """The tables of several files as those of one `file`, whose `[agenda]` has of each key what the first file says
    that has it; the `file_heads`, one for each file; and `problems` of names of which two files say different things.
    """

    file: FileTable
    file_heads: tuple[FileHead, ...]
    problems: list[Problem]
    parts: tuple[FileTable, ...]

    def in_file(self, path: KeyPath) -> KeyPath:
        """A path of the united tables with the number of the file that it is in, behind `FILE`."""
        if path[0] == FILE:
            return path
        number, path = self._original(path)
        return (FILE, number, *path)

    def _original(self, path: KeyPath) -> tuple[int, KeyPath]:
        match path:
            case (str(key), int(index), *rest) if key in _LISTS:
                ends = list(accumulate(len(getattr(part, key)) for part in self.parts))
                number = bisect_right(ends, index)
                return number, (key, index - (ends[number - 1] if number else 0), *rest)
            case ("agenda", str(key), *_):
                return _first(self.parts, lambda part: _said(part.agenda, key)), path
            case (str(key), str(name), str(field), *below) if key in NOUNS:
                known = _first(self.parts, lambda part: name in (getattr(part, key) or {}))
                entries = [(getattr(part, key) or {}).get(name) for part in self.parts]
                return _first(entries, lambda entry: _said(entry, field, below), known), path
            case (str(key), str(name)) if key in NOUNS:
                return _first(self.parts, lambda part: name in (getattr(part, key) or {})), path
        return 0, path


def unite(files: Sequence[FileTable]) -> United:
    """The files as one. Names that several of them declare are one where none contradicts another."""
    languages = list(dict.fromkeys(language for file in files for language in file.agenda.languages or ()))
    files = [_in_languages(file, languages) for file in files]
    head = replace(_first_said([file.agenda for file in files]), languages=languages or None)
    zones = [file.agenda.timezone or head.timezone for file in files]
    parts = (
        files if len(set(zones)) == 1 else [_with_zones(file, zone) for file, zone in zip(files, zones, strict=True)]
    )
    problems: list[Problem] = []
    vocabularies = {key: _unite_names(key, [getattr(part, key) for part in parts], problems) for key in NOUNS}
    together = FileTable(
        agenda=head,
        events=[event for file in files for event in file.events],
        travel=[way for file in files for way in file.travel],
        **vocabularies,
    )
    file_heads = tuple(FileHead(file.agenda, len(file.events)) for file in files)
    return United(together, file_heads, problems, tuple(files))


def _in_languages(file: FileTable, languages: Sequence[str]) -> FileTable:
    """The file for an agenda in these languages, whose first is that of plain text."""
    own = next(iter(file.agenda.languages or ()), None)
    return file if own is None or own == languages[0] else tell_language(file, own)


def _first_said(heads: Sequence[HeadTable]) -> HeadTable:
    said: dict[str, Any] = {}
    for head in heads:
        for key in HeadTable.__struct_fields__:
            if _said(head, key):
                said.setdefault(key, getattr(head, key))
    return HeadTable(**said)


def _with_zones(file: FileTable, zone: str | None) -> FileTable:
    """The file with the zone of each of its cities, so that they keep it beside those of files in another zone."""
    if zone is None or file.cities is None:
        return file
    cities = {name: replace(city, timezone=city.timezone or zone) for name, city in file.cities.items()}
    return replace(file, cities=cities)


def _unite_names(key: str, tables: Sequence[dict[str, Any] | None], problems: list[Problem]) -> dict[str, Any] | None:
    """The names of one vocabulary that files declare, with what they say of each; None where none declares any."""
    if all(table is None for table in tables):
        return None
    united: dict[str, Any] = {}
    for number, table in enumerate(tables):
        for name, entry in (table or {}).items():
            before = united.setdefault(name, entry)
            if before is not entry:
                contradicted = list(_contradictions(before, entry))
                for field in contradicted:
                    first = _first(tables, lambda table: _said((table or {}).get(name), field))  # noqa: B023
                    problems.append(_make_problem((key, name, field), number, first, before, entry))
                if not contradicted:
                    united[name] = replace(before, **{field: _both(before, entry, field) for field in _fields(entry)})
    return united


def _contradictions(one: Struct, other: Struct) -> Iterator[str]:
    """The keys of which both say something, but not the same."""
    for field in _fields(one):
        texts, other_texts = getattr(one, field), getattr(other, field)
        if not (_said(one, field) and _said(other, field)) or texts == other_texts:
            continue
        if not (
            isinstance(texts, dict) and isinstance(other_texts, dict) and texts | other_texts == other_texts | texts
        ):
            yield field


def _both(one: Struct, other: Struct, field: str) -> Any:
    """What two tables of one name say under a key, of which they say nothing else, or texts in other languages."""
    said, more = getattr(one, field), getattr(other, field)
    if isinstance(said, dict) and isinstance(more, dict):
        return said | more
    return more if _said(other, field) else said


def _make_problem(path: KeyPath, number: int, first: int, before: Struct, entry: Struct) -> Problem:
    """That what the file of that number says at `path` is not what the `first` one says of this name."""
    *_, field = path
    message = f"{field} is not what another file says; make them the same, or leave one out"
    if isinstance(before, CityTable) and isinstance(entry, CityTable) and field == "timezone":
        here, there = quote(entry.timezone or ""), quote(before.timezone or "")
        message = f"its time zone is {here} here, and {there} in another file; give it the same timezone in both"
    return Problem((FILE, number, *path), message, other=(FILE, first, *path))


def _fields(entry: Struct) -> tuple[str, ...]:
    return entry.__struct_fields__


def _said(table: Struct | None, field: str, below: Sequence[object] = ()) -> bool:
    """Whether a table has that key, rather than what holds without it; of texts by language, with the one `below`."""
    value = getattr(table, field, None)
    if isinstance(value, dict) and below:
        return below[0] in value
    return value is not None and value is not False and value != []


def _first(parts: Sequence[Any], has: Any, usual: int = 0) -> int:
    """The number of the first file that `has` something; `usual` where none has."""
    return next((number for number, part in enumerate(parts) if has(part)), usual)
