"""The second pass over a faulty file: all that is wrong with its shape, and what is left without that.

msgspec stops at the first value that it cannot take. This pass descends the plain tables by the same types, asks
msgspec of each single value, and goes on. What it leaves is good enough for the check of meaning, so that mistakes
of both sorts are told together.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, get_args, get_origin
from uuid import uuid4

from msgspec import Struct, ValidationError
from msgspec.structs import replace

from agenda.agendafile import schema
from agenda.agendafile.file_heads import split_path
from agenda.agendafile.keys import bare_type, keys_of, list_types, may_be_by_language, read_extra
from agenda.agendafile.meant_keys import list_keys, suggest_key
from agenda.agendafile.names import NOUNS
from agenda.agendafile.positions import Position, Positions, locate
from agenda.agendafile.resolve import resolve
from agenda.agendafile.schema import (
    FileTable,
    ParticipantTable,
    RoomTable,
    Table,
    TravelTable,
    VenueTable,
    convert_value,
)
from agenda.errors import Diagnostic, KeyPath, Problem, Severity
from agenda.limits import MAX_SHAPE_PROBLEMS
from agenda.text.safe import one_line, quote, shorten
from agenda.text.sentences import join_words

_DROPPED = object()
_MAX_SUGGESTIONS = 500
"""Problems of a file for which a key like the unknown one is looked for: that takes its time."""
_MAX_SHOWN_NUMBER = 2**63
_TOGETHER = ({"start", "end", "between"}, {"latitude", "longitude"})
"""Keys that say one thing together: with one of them gone, the others would be blamed for what they are not."""
_WHOLE_TABLES = (ParticipantTable, RoomTable, TravelTable)
"""Tables that say nothing without a key that they need: what stands in for it would name what is not there."""


def find_problems(tables: dict[str, Any]) -> list[Problem]:
    """Every problem in the tables of a file whose shape is wrong: those of its shape first, then those of its meaning,
    unless there are so many of the first that nobody will read the others.
    """
    descent = Descent(tables)
    if len(descent.problems) > MAX_SHAPE_PROBLEMS:
        return descent.problems
    _, problems = resolve(schema.convert_tables(descent.tables))
    return descent.problems + [
        replace(problem, path=descent.original(problem.path), other=problem.other and descent.original(problem.other))
        for problem in problems
        if not descent.lacks_items(problem.path)
    ]


class Descent:
    """One descent through the tables of a file: the `problems` of their shape, and the `tables` without them."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.problems: list[Problem] = []
        self._unique = f"stand-in-{uuid4().hex}"
        self._stand_ins = 0
        self._kept: dict[KeyPath, list[int]] = {}
        self.tables: dict[str, Any] = self._struct(tables, FileTable, ())

    def lacks_items(self, path: KeyPath) -> bool:
        """Whether items were left out of the list at `path`, so that nothing can be said of it as a whole."""
        return path in self._kept

    def original(self, path: KeyPath) -> KeyPath:
        """Where in the file it is what stands at `path` in `tables`, whose lists may lack items."""
        restored: KeyPath = ()
        for step in path:
            kept = self._kept.get(restored)
            restored += (kept[step] if kept and isinstance(step, int) else step,)
        return restored

    def _value(self, value: Any, annotation: Any, path: KeyPath) -> Any:
        if _fits(value, annotation):  # so that only what is wrong is descended into
            return value
        for member in list_types(annotation):
            bare = bare_type(member)
            if isinstance(value, dict) and isinstance(bare, type) and issubclass(bare, Struct):
                return self._struct(value, bare, path)
            if isinstance(value, dict) and get_origin(bare) is dict and _may_be(value, bare):
                return self._dict(value, bare, path)
            if isinstance(value, list) and get_origin(bare) is list:
                return self._list(value, member, path)
        return self._whole(value, annotation, path)

    def _whole(self, value: Any, annotation: Any, path: KeyPath) -> Any:
        """The value, if it is right as a whole."""
        if _fits(value, annotation):
            return value
        self.problems.append(
            Problem(path, f"{_place(path)} is {_shown(value, annotation)}; it must be {_wanted(annotation)}")
        )
        for member in list_types(annotation):
            # One where a list is wanted is as good as a list of it, for what refers to it.
            if isinstance(value, str) and get_origin(bare_type(member)) is list and _fits([value], member):
                return [value]
        return _DROPPED

    def _struct(self, table: dict[str, Any], struct: type[Struct], path: KeyPath) -> Any:
        types = _types(struct)
        left: dict[str, Any] = {}
        for key, value in table.items():
            if key in types:
                left[key] = self._value(value, types[key], (*path, key))
            else:
                right = list_keys(types) if len(self.problems) > _MAX_SUGGESTIONS else suggest_key(key, types)
                self.problems.append(Problem((*path, key), f"unknown key {quote(key)}; {right}", at_key=True))
        for name in _needed(struct):
            if name not in table:
                value = '["…", "…"]' if get_origin(bare_type(types[name])) is list else '"…"'
                self.problems.append(Problem(path, f"{name} is missing; add a line {name} = {value}"))
        dropped = {key for key, value in left.items() if value is _DROPPED}
        if struct in _WHOLE_TABLES and not left.keys() - dropped >= set(_needed(struct)):
            return _DROPPED
        if struct is VenueTable and (*path, "rooms") in self._kept:
            dropped.add("rooms")  # events would be blamed for the rooms that it lacks
        for group in _TOGETHER:
            if dropped & group:
                dropped |= group
        return self._stand_in(struct) | {key: value for key, value in left.items() if key not in dropped}

    def _dict(self, table: dict[str, Any], annotation: Any, path: KeyPath) -> Any:
        name_annotation, value_annotation = get_args(annotation)
        is_text = _has_texts(annotation)
        left = {}
        for name, value in table.items():
            if _fits(name, name_annotation):
                below = self._value(value, value_annotation, (*path, name))
                if below is not _DROPPED:
                    left[name] = below
                elif not is_text:  # a name stays declared, even where what is said of it is wrong
                    left[name] = self._stand_in(value_annotation)
            else:
                message = f"{quote(name)} is no {'language' if is_text else 'name'}; it must be"
                self.problems.append(Problem((*path, name), f"{message} {_wanted(name_annotation)}", at_key=True))
        return left if left or not is_text else _DROPPED

    def _list(self, items: list[Any], annotation: Any, path: KeyPath) -> Any:
        (item_annotation,) = get_args(bare_type(annotation))
        left = [self._value(item, item_annotation, (*path, index)) for index, item in enumerate(items)]
        kept = [index for index, item in enumerate(left) if item is not _DROPPED]
        if len(kept) == len(items):
            return self._whole(left, annotation, path)
        self._kept[path] = kept
        left = [left[index] for index in kept]
        return left if _fits(left, annotation) else _DROPPED

    def _stand_in(self, struct: type[Struct]) -> dict[str, str]:
        """Something for each key that a struct needs, like nothing else in the file."""
        self._stand_ins += 1
        return dict.fromkeys(_needed(struct), f"{self._unique}-{self._stand_ins}")


def _has_texts(annotation: Any) -> bool:
    """Whether a type of a table is that of texts by language, rather than of other tables by name."""
    _, value_annotation = get_args(annotation)
    return bare_type(value_annotation) is str


def _may_be(table: dict[str, Any], annotation: Any) -> bool:
    """Whether a table may be meant for one of that type: one of texts has a language among its keys."""
    name_annotation, _ = get_args(annotation)
    return not _has_texts(annotation) or any(_fits(name, name_annotation) for name in table)


@cache
def _types(struct: type[Struct]) -> dict[str, Any]:
    """The keys of a struct, each with the type of its value."""
    return {name: key.type for name, key in keys_of(struct).items()}


@cache
def _needed(struct: type[Struct]) -> list[str]:
    return [name for name, key in keys_of(struct).items() if key.is_needed]


def _fits(value: Any, annotation: Any) -> bool:
    try:
        convert_value(value, annotation)
    except ValidationError:
        return False
    return True


def _wanted(annotation: Any) -> str:
    """What would be right, in the words of the type's metadata. For a text that may be given by language, only the
    plain form is described.
    """
    members = list_types(annotation)
    plain = [member for member in members if get_origin(bare_type(member)) is not dict]
    return join_words(map(_words, plain or members))


def _words(member: Any) -> str:
    return read_extra(member, "wanted") or ("a list of tables" if get_origin(member) is list else "a table")


@cache
def _text_keys() -> set[str]:
    """The keys, of whatever table, that may have texts by language."""
    return {name for table in Table.__subclasses__() for name, key in keys_of(table).items() if may_be_by_language(key)}


def _place(path: KeyPath) -> str:
    match path:
        case (*_, str(key), str(language)) if key in _text_keys():
            return f"{key}.{shorten(language)}"
        case (*_, str(key), int(index)):
            return f"item {index + 1} of {shorten(key)}"
        case (*_, str(key)):
            return shorten(key)
    return "the file"


def _shown(value: Any, annotation: Any) -> str:
    match value:
        case str():
            return ("" if str in map(bare_type, list_types(annotation)) else "the text ") + quote(value)
        case bool():
            return str(value).lower()
        case int() if abs(value) > _MAX_SHOWN_NUMBER:
            return "a whole number of very many digits"
        case int() | float():
            return str(value)
        case datetime():
            return f"the time {value.isoformat()}"
        case date():
            return f"the day {value.isoformat()}"
        case time():
            return f"the time of day {value.isoformat()}"
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
    return "a table"


def list_ids(tables: dict[str, Any]) -> list[str | None]:
    """The id of each event in the tables of a file whose shape may be wrong; None for one that has none."""
    events = tables.get("events")
    ids = [event.get("id") if isinstance(event, dict) else None for event in events] if isinstance(events, list) else []
    return [event_id if isinstance(event_id, str) and event_id else None for event_id in ids]


class FileText(Struct, frozen=True):
    """A file that problems are in: what it is called, its text, and the ids of its events."""

    shown: str
    text: str
    ids: Sequence[str | None]


def locate_problems(
    problems: Iterable[Problem], files: Sequence[FileText], severity: Severity = Severity.ERROR
) -> list[Diagnostic]:
    """A diagnostic for each problem, file by file in the order of their places. The path of a problem in another file
    than the first says which it is (`FILE` of `agenda.agendafile.file_heads`).
    """
    located: dict[int, Positions] = {}

    def positions_of(number: int) -> Positions:
        if number not in located:
            located[number] = locate(files[number].text)
        return located[number]

    @cache  # an event may clash with thousands
    def place_of(whole_path: KeyPath, *, at_key: bool) -> tuple[int, Position]:
        number, path = split_path(whole_path)
        positions = positions_of(number)
        return number, positions.of_key(path) if at_key else positions.of_value(path)

    diagnostics = []
    for problem in problems:
        number, position = place_of(problem.path, at_key=problem.at_key)
        _, path = split_path(problem.path)
        event_id = _event_id(path, files[number].ids)
        message = _subject(path, event_id) + problem.message
        if problem.other:
            other_number, other = place_of(problem.other, at_key=False)
            there = f"on line {other.line}"
            if other_number != number:
                there = f"at {files[other_number].shown}:{other.line}:{other.column}"
            message += f" (the other is {there})"
        told = Diagnostic(files[number].shown, position.line, position.column, one_line(message), event_id, severity)
        diagnostics.append((number, told.line, told.column, told.message, told))
    return [told for *_, told in sorted(diagnostics, key=lambda diagnostic: diagnostic[:-1])]


def _event_id(path: KeyPath, ids: Sequence[str | None]) -> str | None:
    """The id of the event that a path is in, if it has one."""
    match path:
        case ("events", int(index), *_):
            return ids[index]
    return None


def _subject(path: KeyPath, event_id: str | None) -> str:
    """Which event or other entry a path is in, as a prefix of a message."""
    match path:
        case ("events", int(index), *_):
            return f"event {index + 1}: " if event_id is None else f"event {shorten(event_id)!r}: "
        case (str(key), str(name), *_) if key in NOUNS and name:
            return f"{NOUNS[key]} {shorten(name)!r}: "
        case ("travel", int(index), *_):
            return f"travel {index + 1}: "
        case ("agenda", _, *_):
            return "agenda: "
    return ""
