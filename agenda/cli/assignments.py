"""What is typed for the keys of events, such as `title="Gala"` or `topics+=music`, read into values of the file."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct

from agenda.agendafile.names import VOCABULARIES
from agenda.cli.changes import EditedFile
from agenda.cli.event_keys import LISTS, find_key, find_language_key, read_value
from agenda.cli.parse import make_edit_clock
from agenda.errors import UsageError
from agenda.text.folding import fold
from agenda.text.nearest import suggest
from agenda.text.safe import quote
from agenda.text.sentences import join_words

_ASSIGNMENT = re.compile(r"([A-Za-z][A-Za-z_-]*?)(?:\.([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*))?(\+|-)?=(.*)", re.DOTALL)
_NOW = "now"
"""The word that is typed for the present time."""


class Assignment(Struct, frozen=True):
    """What is typed for a key: its value, what is added to its list (`+`), or what is taken from it (`-`); with a
    `language`, its text in that.
    """

    key: str
    sign: str
    value: str
    language: str = ""


class EventEdits(Struct, frozen=True):
    """The changes of events, by their ids: the new values of keys, None for a key that is taken away; the row of each
    event, such as `edits.csv: row 2`, if a table has the changes; and notes to be told.
    """

    values: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, str] = {}
    notes: Sequence[str] = ()


def is_assignment(word: str) -> bool:
    """Whether a word is of the form `key=value`, `key+=value`, `key-=value` or `key.language=value`."""
    return _ASSIGNMENT.fullmatch(word) is not None


def read_assignment(word: str) -> Assignment:
    """The assignment that a word is; UsageError where an event has no such key, or none that could change so."""
    match = _ASSIGNMENT.fullmatch(word)
    key, language, sign, value = match.groups() if match else ("", None, None, "")
    key = find_language_key(key, language) if language else find_key(key)
    if sign and key not in LISTS:
        raise UsageError(f"{key} holds no list; write {key}=VALUE")
    if key == "id":
        raise UsageError("the id of an event is never changed, since calendars know the event by it")
    return Assignment(key, sign or "", value, language or "")


class ValueReader:
    """What reads the values of the events of one file, with the names as the file spells them."""

    def __init__(self, file: EditedFile) -> None:
        self._file = file
        self._agenda = file.editor.agenda
        self._clock = make_edit_clock(self._agenda, file.now.date())

    def assigned(self, event: Mapping[str, Any], assignments: Sequence[Assignment]) -> dict[str, Any]:
        """What the keys of an event are to be after all of the assignments; None for one that is taken away."""
        values: dict[str, Any] = {}
        for assignment in assignments:
            key = assignment.key
            before = values.get(key, event.get(key))
            if assignment.language:
                values[key] = self.in_language(before, assignment.language, assignment.value)
                continue
            if not assignment.value and not assignment.sign:
                values[key] = None
                continue
            if key == "revised" and fold(assignment.value) == _NOW:
                values[key] = self._file.next_revision(event["id"])
                continue
            value = start_on_its_day(key, self.read(key, assignment.value), event)
            if assignment.sign:
                value = self._changed_list(before, value, assignment)
            elif key in LISTS and key != "city":
                value = [value]
            elif isinstance(before, dict):
                value = self.in_language(before, self._agenda.languages[0], value)
            values[key] = value
        if self._leaves_its_room(values, event):
            values["room"] = None
        if "start" in values and values["start"] is None and "end" in event:
            values.setdefault("end", None)  # there is no end of what has no start
        return values

    def _leaves_its_room(self, values: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
        """Whether an event that gets another venue is in a room that is none of that one."""
        names, room = self._file.names, event.get("room")
        if not room or "room" in values or not (values.get("venue") and event.get("venue")):
            return False
        venue, before = (names.find("venues", keys["venue"]) or keys["venue"] for keys in (values, event))
        called = room.values() if isinstance(room, dict) else [room]
        return venue != before and not any(names.find_room(name, venue) for name in called)

    def in_language(self, before: Any, typed: str, text: str) -> Any:
        """A text, or texts by language, with another text in that language, an empty one to take it away; None where
        nothing is left. A plain text is one in the first language. Raises UsageError where the file does not declare
        the language.
        """
        language = self._find_language(typed)
        first = self._agenda.languages[0]
        texts = before if isinstance(before, dict) else {first: before} if before else {}
        texts = {tag: other for tag, other in texts.items() if tag != language} | ({language: text} if text else {})
        if not isinstance(before, dict) and texts.keys() == {first}:
            return texts[first]
        return {tag: texts[tag] for tag in self._agenda.languages if tag in texts} or None

    def _find_language(self, typed: str) -> str:
        """The language as the file declares it."""
        declared = {fold(language): language for language in self._agenda.languages}
        if fold(typed) in declared:
            return declared[fold(typed)]
        right = f'add to its [agenda] a line languages = ["en", "{typed}"], or whatever it has'
        if declared:
            known = f"it declares {join_words(declared.values(), 'and')}; add it to languages of [agenda]"
            right = suggest(typed, declared, known)
        raise UsageError(f"the file declares no language {quote(typed)}; {right}")

    def names_in_parts(self, key: str, sign: str) -> frozenset[tuple[str, ...]]:
        """The names that the agenda has for a key, or, of a venue or a source, for what is called so, which have that
        sign in them, as `KnownNames.in_parts` has them.
        """
        return self._file.names.in_parts(VOCABULARIES[key], sign) if key in VOCABULARIES else frozenset()

    def read(self, key: str, typed: str) -> Any:
        """The value of a key, or one item of its list, as `read_value` has it, with names as the file spells them."""
        value = read_value(key, typed, self._clock)
        return self._file.names.spell_item(VOCABULARIES[key], value) if key in VOCABULARIES else value

    def _changed_list(self, old: Any, value: Any, assignment: Assignment) -> Any:
        """The list with one value more, or one less; None where nothing is left of it. What holds the value already,
        by its name or an alias, stays as it is, be it a list or a single name.
        """
        items = list(old) if isinstance(old, list) else [] if old is None else [old]
        entry = self._entry(assignment.key, value)
        is_named = [self._entry(assignment.key, item) == entry for item in items]
        if assignment.sign == "+":
            if not any(is_named):
                return [*items, value]
            if not isinstance(value, dict):
                return old
            # Somebody who is there gets the role that is typed, and keeps theirs where none is.
            with_role = [
                {**value, "name": _name(item)} if named else item for item, named in zip(items, is_named, strict=True)
            ]
            return old if with_role == items else with_role
        if not any(is_named):
            held = {str(name): str(name) for name in map(_name, items)}
            right = suggest(assignment.value, held, "it has nothing to take away")
            raise UsageError(f"{assignment.key} does not hold {quote(assignment.value)}; {right}")
        return [item for item, named in zip(items, is_named, strict=True) if not named] or None

    def _entry(self, key: str, item: Any) -> Any:
        """What identifies an item of a key: the entry that the file has for its name, else the item's own name or
        value.
        """
        name = _name(item)
        return (self._file.names.find(VOCABULARIES[key], name) if key in VOCABULARIES else None) or name


def _name(item: Any) -> Any:
    return item["name"] if isinstance(item, dict) else item


def start_on_its_day(key: str, value: Any, event: Mapping[str, Any]) -> Any:
    """The value of a key, where it is a time alone for `start`, on the day that the event starts on; UsageError where
    it has none.
    """
    if key != "start" or not isinstance(value, time):
        return value
    day = event.get("start")
    if not isinstance(day, date):
        raise UsageError(f'start: {value:%H:%M} needs a day, and the event has none yet; write "1 Oct {value:%H:%M}"')
    return datetime.combine(day, value, day.tzinfo if isinstance(day, datetime) else None)
