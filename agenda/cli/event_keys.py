"""What is typed for the keys of an event, read into what the file is to hold."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from agenda.agendafile.keys import keys_of, may_be_by_language
from agenda.agendafile.schema import EventTable
from agenda.dates import Period
from agenda.errors import UsageError
from agenda.text.folding import fold
from agenda.text.nearest import suggest
from agenda.text.safe import quote
from agenda.text.sentences import join_words
from agenda.typed_days.clock import Clock
from agenda.typed_days.moments import read_single_day, read_typed_moment

LISTS = ("city", "topics", "organizers", "people", "sources", "except")
"""The keys that may hold a list."""
_WORDS = {"true": True, "yes": True, "false": False, "no": False}


def read_value(key: str, typed: str, clock: Clock) -> Any:
    """What the file is to hold for one value of a key: a day or a time for `start` and `end`, two days for `between`, a
    table for a person with a role (`Name=role`), text for most. Raises UsageError where it is not of the key's form.
    """
    try:
        return _READ.get(key, _read_text)(typed, clock)
    except UsageError as error:
        raise UsageError(f"{key}: {error}") from None


def find_key(typed: str) -> str:
    """The key of an event that is called so; UsageError where there is none such."""
    keys = {fold(name): name for name in keys_of(EventTable)}
    name = re.sub("[- ]", "_", fold(typed))
    if name in keys:
        return keys[name]
    right = suggest(typed, keys, f"it has {', '.join(keys.values())}")
    raise UsageError(f"an event has no key {quote(typed)}; {right}")


def find_language_key(typed: str, language: str) -> str:
    """The key of an event that is called so, whose text may be in several languages, `language` one of them; UsageError
    where there is none such.
    """
    key = find_key(typed)
    texts = [name for name, of_key in keys_of(EventTable).items() if may_be_by_language(of_key)]
    if key not in texts:
        raise UsageError(f"{key}.{language}: only {join_words(texts, 'and')} are in several languages; write {key}")
    return key


def _read_text(typed: str, clock: Clock) -> str:
    del clock
    return typed


def _read_between(typed: str, clock: Clock) -> list[date]:
    period: Period = clock.period(typed)
    if period.first is None or period.last is None:
        raise UsageError(f"{quote(typed)} is open at one end; write A..B")
    return [period.first, period.last]


def _read_instant(typed: str, clock: Clock) -> datetime:
    moment = read_typed_moment(typed, clock)
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise UsageError(f"{quote(typed)} is no time with an offset; write it as 2025-09-29T09:30+09:00")
    return moment


def _read_flag(typed: str, clock: Clock) -> bool:
    del clock
    if fold(typed) not in _WORDS:
        raise UsageError(f"{quote(typed)} is neither true nor false")
    return _WORDS[fold(typed)]


def _read_person(typed: str, clock: Clock) -> Any:
    del clock
    name, equals, role = typed.partition("=")
    if not name.strip():
        raise UsageError(f"{quote(typed)} has no name; write NAME=ROLE, as in Ada=chair")
    return {"name": name.strip(), "role": role.strip()} if equals and role.strip() else name.strip()


def _read_word(typed: str, clock: Clock) -> str:
    del clock
    return fold(typed)


_READ: dict[str, Callable[[str, Clock], Any]] = {
    "start": read_typed_moment,
    "end": read_typed_moment,
    "between": _read_between,
    "except": read_single_day,
    "revised": _read_instant,
    "busy": _read_flag,
    "people": _read_person,
    "status": _read_word,
    "visibility": _read_word,
}
