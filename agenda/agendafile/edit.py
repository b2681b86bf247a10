"""Changes of an agenda file: each is a few cuts in its text, and the result is proved to mean what was asked for."""

import codecs
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import tomli
from msgspec import Struct
from msgspec.structs import replace

from agenda.agendafile.cuts import Cut, apply_cuts
from agenda.agendafile.keys import event_keys_as_written
from agenda.agendafile.languages import KEYS_AS_NAMES, LanguageChoice
from agenda.agendafile.load import parse_tables
from agenda.agendafile.names import VOCABULARIES
from agenda.agendafile.paired_items import pair_items
from agenda.agendafile.splice import Splice
from agenda.agendafile.toml_text import FileContent
from agenda.agendafile.values import Text
from agenda.agendafile.write import MAX_LINE_CHARACTERS, write_key, write_value
from agenda.errors import AgendaError, KeyPath, UsageError
from agenda.files import encode_typed
from agenda.limits import MAX_FILE_BYTES
from agenda.model import Agenda

_Table = dict[str, Any]


class UnsafeEdit(AgendaError):  # noqa: N818 - it is no mistake of the user
    """A change that would do more or less than was asked for; nothing was written."""


class EditResult(NamedTuple):
    """A file with all changes made: its content, the agenda that it holds, and the changes as cuts in the text that it
    was, without a byte order mark: in its order, and without overlaps.
    """

    content: bytes
    agenda: Agenda
    cuts: tuple[Cut, ...]


class _Touched(Struct, frozen=True):
    """A value that changes: the table or the list that holds it, what it was, None where it was not there, and the
    order of the keys of its table.
    """

    holder: Any
    old: Any
    order: Sequence[str] = ()


class Editor:
    """The changes of one file, which has to be a valid agenda; DataError where it is not.

    Changes gather, and `finish` makes them.
    """

    def __init__(self, file: FileContent) -> None:
        self._file = file
        self._mark = codecs.BOM_UTF8 if file.content.startswith(codecs.BOM_UTF8) else b""
        self._text = file.text()
        self.tables: _Table = file.tables()
        """What the file will mean, as plain tables."""
        self.agenda = parse_tables(self.tables, file)
        """What the file means."""
        self._languages = LanguageChoice(self.agenda.languages)
        self._splice = Splice(self._text)
        self._touched: dict[KeyPath, _Touched] = {}
        self._events: list[_Table] = list(self.tables.get("events", []))
        self._indices = {event["id"]: index for index, event in enumerate(self._events)}
        self._gone: list[int] = []
        self._added_before: list[int] = []

    def event(self, event_id: str) -> _Table:
        """The keys of an event as they will be; they are changed by `set_key` alone."""
        return self._events[self._indices[event_id]]

    def set_key(self, event_id: str, key: str, value: Any) -> None:
        """Let a key of an event have that value; None takes the key away. Of people who have a section each, every one
        gets a table.
        """
        path: KeyPath = ("events", self._indices[event_id], key)
        if isinstance(value, list) and value and self._has_sections(path):
            value = [{"name": item} if isinstance(item, str) else item for item in value]
        self._set(self.event(event_id), path, value, event_keys_as_written())

    def add_event(self, event: _Table, before: str | None = None) -> None:
        """Add an event with those keys, in front of the event with the id `before`, else behind all others."""
        index = None if before is None else self._indices[before]
        order = event_keys_as_written()
        keys = sorted(event, key=order.index)
        lines = [self._line_breaks(f"{key} = {write_value(event[key], len(key) + 3)}") for key in keys]
        events = self.tables.setdefault("events", [])
        if index is None:
            events.append(event)
        else:
            gone_before = bisect_left(self._gone, index)
            events.insert(index - gone_before + bisect_right(self._added_before, index), event)
            insort(self._added_before, index)
        self._splice.insert_table(("events",), lines, None if index is None else index - 1)

    def remove_events(self, ids: Iterable[str]) -> None:
        """Take events away."""
        removed = {self._indices[event_id] for event_id in ids}
        gone = {id(self._events[index]) for index in removed}
        events = [event for event in self.tables["events"] if id(event) not in gone]
        if events or self._splice.value_text(("events",)) is not None:
            self.tables["events"] = events
        else:
            del self.tables["events"]
        self._gone = sorted({*self._gone, *removed})
        self._touched = {
            path: touched for path, touched in self._touched.items() if not (path[0] == "events" and path[1] in removed)
        }
        for index in sorted(removed):
            self._splice.delete(("events", index))

    def declare(self, vocabulary: str, name: str, table: _Table) -> None:
        """Declare a name in a vocabulary, e.g. `cities`, with those keys."""
        self.tables.setdefault(vocabulary, {})[name] = table
        lines = [f"{write_key(key)} = {write_value(value, len(key) + 3)}" for key, value in table.items()]
        if self._splice.value_text((vocabulary,)) is not None:
            self._splice.insert_key((vocabulary, name), f"{{ {', '.join(lines)} }}" if lines else "{}")
        else:
            self._splice.insert_section((vocabulary,), f"{vocabulary}.{write_key(name)}", lines)

    def add_rooms(self, venue_id: str, names: Sequence[str]) -> None:
        """Add rooms to those that a venue lists."""
        venue: _Table = self.tables["venues"][venue_id]
        self._set(venue, ("venues", venue_id, "rooms"), [*venue["rooms"], *names])

    def rename_entry(self, vocabulary: str, old: str, new: str, *, keep_alias: bool) -> list[str]:
        """Call an entry of a vocabulary, e.g. of `cities`, by another name, wherever the file has its name; where
        `keep_alias`, what it was called is an alias from then on. Gives the ids of the events that name it. `old` is
        its key, or its name in the first language; what it is called in others stays.
        """
        declared: _Table = self.tables.get(vocabulary, {})
        key = next((key for key, table in declared.items() if old in (key, self._first_name(vocabulary, table))), None)
        if key is not None:
            table = declared[key]
            if self._first_name(vocabulary, table) == old:
                self._set(table, (vocabulary, key, "name"), self._with_usual(table["name"], new))
            if key == old:
                self.tables[vocabulary] = {new if name == old else name: table for name, table in declared.items()}
                self._splice.rename_key((vocabulary, old), write_key(new))
            if keep_alias:
                self._set(table, (vocabulary, key, "aliases"), [*_others(table, new), old])
            elif new in table.get("aliases", []):
                self._set(table, (vocabulary, key, "aliases"), _others(table, new) or None)
        named: list[str] = []
        venues: set[str] = set()
        for event_id, table, path in self._references(vocabulary):
            value = table[str(path[-1])]
            renamed = _renamed(value, old, new)
            if renamed != value:
                self._set(table, path, renamed)
                named += [event_id] if event_id else []
                if path[0] == "venues":
                    venues.add(str(path[1]))
        return list(dict.fromkeys((*named, *self._events_at(venues))))

    def rename_venue(self, venue_id: str, new: str, *, keep_alias: bool) -> list[str]:
        """Call a venue by another name, in the first language; its id stays. Gives the ids of the events that are
        there.
        """
        venue: _Table = self.tables["venues"][venue_id]
        old = self._usual(venue["name"])
        self._set(venue, ("venues", venue_id, "name"), self._with_usual(venue["name"], new))
        aliases = [*_others(venue, new), *([old] if keep_alias else [])]
        if aliases != venue.get("aliases", []):
            self._set(venue, ("venues", venue_id, "aliases"), aliases or None)
        return self._events_at({venue_id})

    def rename_room(self, old: str, new: str, venues: Sequence[str | None], *, keep_alias: bool) -> list[str]:
        """Call a room of these venues, by their ids, by another name, wherever the file has it; None stands for events
        without a venue. `old` is its name in the first language that it has one in. Gives the ids of the events that
        are in it and say so by that name.
        """
        for venue_id in venues:
            rooms = self.tables.get("venues", {}).get(venue_id, {}).get("rooms", []) if venue_id else []
            for index, room in enumerate(rooms):
                path: KeyPath = ("venues", venue_id or "", "rooms", index)
                if isinstance(room, dict) and self._usual(room["name"]) == old:
                    self._set(room, (*path, "name"), self._with_usual(room["name"], new))
                    if keep_alias:
                        self._set(room, (*path, "aliases"), [*_others(room, new), old])
                elif room == old:
                    self._touched.setdefault(path, _Touched(rooms, room))
                    rooms[index] = {"name": new, "aliases": [old]} if keep_alias else new
        named = [
            event
            for event in self._events
            if "room" in event and self._usual(event["room"]) == old and event.get("venue") in venues
        ]
        for event in named:
            room = self._with_usual(event["room"], new)
            self._set(event, ("events", self._indices[event["id"]], "room"), room)
        return [event["id"] for event in named]

    def finish(self) -> EditResult:
        """The file with all changes made.

        Raises DataError where that is no valid agenda, e.g. since a name is not declared, and UsageError where a text
        cannot be written, since it was typed in another encoding than that of the locale, or where the file would be
        larger than `MAX_FILE_BYTES`.
        """
        for path, touched in self._touched.items():
            self._change(path, touched.old, _value(touched.holder, path[-1]), touched.order)
        cuts = self._splice.cuts()
        self._check_size(cuts)
        text = apply_cuts(self._text, cuts)
        content = replace(self._file, content=self._mark + encode_typed(text))
        try:
            meant = tomli.loads(text)
        except tomli.TOMLDecodeError as error:
            raise UnsafeEdit(f"the file would be no TOML: {error}") from None
        if not _same(meant, self.tables):
            raise UnsafeEdit("the file would not say what was asked for")
        return EditResult(content.content, parse_tables(meant, content), cuts)

    def _check_size(self, cuts: Iterable[Cut]) -> None:
        """Raise UsageError where the cuts make the file larger than one that can be read."""
        size = len(self._text) + sum(len(cut.text) - (cut.end - cut.start) for cut in cuts)
        if size > MAX_FILE_BYTES:
            most = f"{MAX_FILE_BYTES // 10**6} MB"
            raise UsageError(f"the file would have {size // 10**6:,} MB, and {most} are the most; write less text")

    def _usual(self, text: Text) -> str:
        """The text in the first language that it is in."""
        return self._languages.usual(text)

    def _with_usual(self, text: Text, new: str) -> Text:
        """The same with another text in that language."""
        language = next((tag for tag in self.agenda.languages if tag in text), "")
        return new if isinstance(text, str) else {**text, language: new}

    def _first_name(self, vocabulary: str, table: _Table) -> str | None:
        """What the `name` of an entry says in the first language, if the key of that vocabulary is a name, and this is
        another one.
        """
        name: Text | None = table.get("name") if vocabulary in KEYS_AS_NAMES else None
        return name.get(self.agenda.languages[0]) if isinstance(name, dict) else name

    def _events_at(self, venues: set[str]) -> list[str]:
        return [event["id"] for event in self._events if event.get("venue") in venues]

    def _set(self, table: _Table, path: KeyPath, value: Any, order: Sequence[str] = ()) -> None:
        """Let the key by which `path` ends, which is one of `table`, have that value."""
        key = str(path[-1])
        self._touched.setdefault(path, _Touched(table, table.get(key), order))
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value

    def _change(self, path: KeyPath, old: Any, new: Any, order: Sequence[str] = ()) -> None:
        """Let the text say the new value where it says the old one, and change as little of it as there has to change;
        None stands for a key that is not there.
        """
        if _same(old, new):
            return
        if new is None:
            self._splice.delete(path)
        elif old is None:
            self._splice.insert_key(path, self._new_value(path, new), order)
        elif isinstance(new, dict) and self._is_spread(path, old, new):
            self._spread(path, old, new)
        elif isinstance(old, dict) and isinstance(new, dict) and old and new:
            for key in {**old, **new}:
                self._change((*path, key), old.get(key), new.get(key))
        elif isinstance(old, list) and isinstance(new, list) and old and new:
            self._change_items(path, old, new)
        else:
            self._splice.set_value(path, self._written(path, new), order)

    def _is_spread(self, path: KeyPath, old: Any, texts: _Table) -> bool:
        """Whether a text that gets another language would make too long a line, so that each has one of its own."""
        has_more = not isinstance(old, dict) or bool(texts.keys() - old.keys())
        is_long = len(f"{path[-1]} = {write_value(texts)}") > MAX_LINE_CHARACTERS
        return has_more and is_long and self._splice.is_line(path)

    def _spread(self, path: KeyPath, old: Any, texts: _Table) -> None:
        """Let a text be there in several languages, a line for each; one that was alone stays as it is written."""
        as_it_stands = self._splice.value_text(path) or ""
        values = {
            language: as_it_stands
            if text == old
            else self._line_breaks(write_value(text, len(f"{path[-1]}.{language} = ")))
            for language, text in texts.items()
        }
        self._splice.spread(path, values)

    def _has_sections(self, path: KeyPath) -> bool:
        """Whether the items at `path` are tables with a header each, e.g. [[events.people]]."""
        return self._splice.holds(path) and self._splice.value_text(path) is None

    def _change_items(self, path: KeyPath, old: Sequence[Any], new: Sequence[Any]) -> None:
        """Items that keep their name stay where they are; of others, the new ones take the places of the old ones."""
        names, new_names = [_name(item) for item in old], [_name(item) for item in new]
        for start, end, new_start, new_end in pair_items(names, new_names):
            shared = min(end - start, new_end - new_start)
            for number in range(shared):
                self._change((*path, start + number), old[start + number], new[new_start + number])
            for index in range(start + shared, end):
                self._splice.delete((*path, index))
            for item in new[new_start + shared : new_end]:
                self._insert_item(path, item, start + shared - 1)

    def _insert_item(self, path: KeyPath, item: Any, after: int) -> None:
        if self._has_sections(path):
            self._splice.insert_table(path, [f"{write_key(key)} = {write_value(item[key])}" for key in item], after)
        else:
            self._splice.insert_item(path, self._line_breaks(write_value(item)), after)

    def _written(self, path: KeyPath, value: Any) -> str:
        """The value as it is to stand: a text between the quotation marks that the one before it has, where it can."""
        if isinstance(value, str) and value.isprintable() and "'" not in value:
            before = self._splice.value_text(path)
            if before is not None and before.startswith("'"):
                return f"'{value}'"
        return self._new_value(path, value)

    def _new_value(self, path: KeyPath, value: Any) -> str:
        return self._line_breaks(write_value(value, len(str(path[-1])) + 3))

    def _line_breaks(self, written: str) -> str:
        return written.replace("\n", self._splice.newline)

    def _references(self, vocabulary: str) -> Iterator[tuple[str | None, _Table, KeyPath]]:
        """The tables whose key may name an entry of the vocabulary, with the path of that key, and with the id of the
        event that each is.
        """
        key = next(key for key, named in VOCABULARIES.items() if named == vocabulary)
        left = {id(event) for event in self.tables.get("events", [])}
        for index, event in enumerate(self._events):
            if id(event) in left and key in event:
                yield event["id"], event, ("events", index, key)
        if vocabulary == "cities":
            for name, venue in self.tables.get("venues", {}).items():
                if "city" in venue:
                    yield None, venue, ("venues", name, "city")
            for index, travel in enumerate(self.tables.get("travel", [])):
                yield None, travel, ("travel", index, "between")


def _value(holder: Any, name: str | int) -> Any:
    """What a table or a list holds by that name; None where it holds nothing."""
    return holder.get(name) if isinstance(holder, dict) else holder[name]


def _name(item: Any) -> str:
    """What an item of a list is known by: a text, the name of a table, or whatever else it says."""
    name = item.get("name", item) if isinstance(item, dict) else item
    return name if isinstance(name, str) else repr(name)


def _others(table: _Table, name: str) -> list[str]:
    """The aliases of an entry but that one."""
    return [alias for alias in table.get("aliases", []) if alias != name]


def _renamed(value: Any, old: str, new: str) -> Any:
    """The names of a key, the new one in the place of the old one: a name, a list of them, or of people's tables."""
    match value:
        case str():
            return new if value == old else value
        case list():
            return [_renamed(item, old, new) for item in value]
        case {"name": str() as name}:
            return {**value, "name": new} if name == old else value
    return value


def _same(one: Any, other: Any) -> bool:
    """Whether two values of TOML are the same: a date is no time, a whole number no float, and a time of one offset is
    not the same moment as another offset has it.
    """
    if type(one) is not type(other):
        return False
    if isinstance(one, str):  # as most are
        return bool(one == other)
    if isinstance(one, datetime):
        return bool(one == other and one.utcoffset() == other.utcoffset())
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
