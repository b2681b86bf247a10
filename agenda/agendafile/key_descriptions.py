"""What is said of the keys of an agenda file, for the page of the format and the JSON Schema; keys.toml has it."""

from functools import cache
from pathlib import Path
from typing import Any

import tomli
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from agenda.agendafile.keys import keys_of, list_types, read_extra
from agenda.text.sentences import join_words

_OF_ALL = "Table"
"""The section of keys.toml for keys with the same description in every table."""


class KeyDescription(Struct, frozen=True, kw_only=True):
    """What is said of a key, as Markdown: what it says; which kind of value it has; and what holds where it is left
    out. `example` is a value that it may have, None for a key that holds tables.
    """

    description: str
    example: object
    value: str
    without: str


def describe_keys(table: type[Struct]) -> dict[str, KeyDescription]:
    """What is said of the keys of a table, by their names, in the order of its struct."""
    sections = _read_sections()
    usual = {info.encode_name: "none" if info.default_factory is NODEFAULT else "`[]`" for info in fields(table)}
    described = {}
    for name, key in keys_of(table).items():
        said = sections[_OF_ALL].get(name, {}) | sections[table.__name__].get(name, {})
        values = [value for kind in list_types(key.type) if (value := read_extra(kind, "value"))]
        described[name] = KeyDescription(
            description=said["description"],
            example=said.get("example"),
            value=said.get("value") or join_words(values),
            without="needed" if key.is_needed else said.get("without", usual[name]),
        )
    return described


@cache
def _read_sections() -> dict[str, dict[str, dict[str, Any]]]:
    return tomli.loads(Path(__file__).with_name("keys.toml").read_text(encoding="utf-8"))
