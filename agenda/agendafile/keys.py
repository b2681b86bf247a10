"""The keys that the schema has for its tables, read from their annotations.

Beside the schema rather than in it, since reading a file needs none of this.
"""

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields

from agenda.agendafile.schema import EventTable
from agenda.agendafile.values import TextByLanguage

_LAST_OF_TIME = "date_note"
_OF_SERIES = ("repeat", "except")


class Key(Struct, frozen=True, kw_only=True):
    """A key of a table: its name in the file, the type that its value must have, and whether it is needed."""

    name: str
    type: Any
    is_needed: bool


@cache
def keys_of(table: type[Struct]) -> dict[str, Key]:
    """The keys of a table by their names, in the order of its struct."""
    types = get_type_hints(table, include_extras=True)
    return {
        info.encode_name: Key(
            name=info.encode_name,
            type=types[info.name],
            is_needed=info.default is NODEFAULT and info.default_factory is NODEFAULT,
        )
        for info in fields(table)
    }


@cache
def event_keys_as_written() -> tuple[str, ...]:
    """The keys of an event in the order in which a new file has them: that of `EventTable`, but with those of a series
    (`repeat`, `except`) right behind the other keys of its time.
    """
    names = [name for name in keys_of(EventTable) if name not in _OF_SERIES]
    place = names.index(_LAST_OF_TIME) + 1
    return (*names[:place], *_OF_SERIES, *names[place:])


def may_be_by_language(key: Key) -> bool:
    """Whether the text of a key may be there in several languages."""
    return TextByLanguage in list_types(key.type)


def list_types(annotation: Any) -> list[Any]:
    """The types that a value may have: the members of a union without None, which no TOML file can hold."""
    bare = bare_type(annotation)
    # `Annotated` makes unions of the older kind.
    if get_origin(bare) in (Union, UnionType):
        return [member for member in get_args(bare) if member is not NoneType]
    return [annotation]


def bare_type(annotation: Any) -> Any:
    """The type without its metadata, e.g. `str` of `NonEmptyText`."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def read_extra(annotation: Any, name: str) -> str:
    """What the metadata of a type says under that name, e.g. `wanted`; empty where they say nothing."""
    metas = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    said = [meta.extra[name] for meta in metas if isinstance(meta, Meta) and meta.extra and meta.extra.get(name)]
    return said[-1] if said else ""
