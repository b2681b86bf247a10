"""The JSON Schema of an agenda file, made from the shape that reads it, for editors that complete and check.

It is of draft 7, the newest that taplo knows. TOML has days and times of its own, which such editors take for text
of a format: `date-time-local` and `time-local` are ones that tombi knows, and the patterns beside them are for taplo.
"""

import re
from typing import Any

import msgspec

from agenda.agendafile.key_descriptions import KeyDescription, describe_keys
from agenda.agendafile.schema import FileTable, Table
from agenda.agendafile.values import DateOrTime, DateOrTimeOrClock

_DRAFT = "http://json-schema.org/draft-07/schema#"
_TOML = "v1.1.0"
_REFERENCE = "#/definitions/"
_CLASS_NAME = re.compile(f'"({_REFERENCE})?([A-Z][a-z]+)Table"')
"""Where the schema names a class: editors show the name, and `Table` says nothing to people."""
_DESCRIPTION = "The programme of events that `agenda` reads: what it is, the names that its events use, and the events."
_CLOCK = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$"
_MOMENTS = [
    {"type": "string", "format": "date"},
    {"type": "string", "format": "date-time-local", "pattern": rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt ]{_CLOCK}"},
    {"type": "string", "format": "date-time"},
]
_TIMES_OF_DAY = [{"type": "string", "format": "time-local", "pattern": f"^{_CLOCK}"}]
_UNIONS = {DateOrTime: _MOMENTS, DateOrTimeOrClock: _MOMENTS + _TIMES_OF_DAY}


def schema_text() -> str:
    """The schema as JSON, indented, with a line break at its end; always the same text."""
    return msgspec.json.format(msgspec.json.encode(make_schema()), indent=2).decode() + "\n"


def make_schema() -> dict[str, Any]:
    """The schema as plain values, with a description of every key, and an example but of those that hold tables."""
    _, tables = msgspec.json.schema_components([FileTable], schema_hook=_moment, ref_template=f"{_REFERENCE}{{name}}")
    for struct in Table.__subclasses__():  # the file comes last: it takes up the table of `[agenda]`
        table = tables[struct.__name__]
        said = describe_keys(struct)
        table["properties"] = {key: _property(value, said[key], tables) for key, value in table["properties"].items()}
        del table["title"]  # the name of a class says nothing to others
        if not table["required"]:
            del table["required"]
    head = {"$schema": _DRAFT, "x-tombi-toml-version": _TOML, "title": "An agenda file", "description": _DESCRIPTION}
    whole = head | _anonymous(tables.pop(FileTable.__name__)) | {"definitions": tables}
    named: dict[str, Any] = msgspec.json.decode(_CLASS_NAME.sub(r'"\1\2"', msgspec.json.encode(whole).decode()))
    return named


def _moment(kind: type) -> dict[str, Any]:
    if kind not in _UNIONS:
        raise NotImplementedError(kind)
    return {"anyOf": _UNIONS[kind]}


def _property(value: dict[str, Any], said: KeyDescription, tables: dict[str, Any]) -> dict[str, Any]:
    """The schema of a key's value without the null that no TOML file can hold, its description first and its example
    last.
    """
    members = [member for member in value.get("anyOf", []) if member != {"type": "null"}]
    kept = {name: part for name, part in value.items() if name != "anyOf" and part not in (None, {})}
    kept |= members[0] if len(members) == 1 else {"anyOf": members} if members else {}
    if "$ref" in kept:  # draft 7 passes over what stands beside a reference
        kept = _anonymous(tables.pop(kept.pop("$ref").removeprefix(_REFERENCE))) | kept
    examples = {} if said.example is None else {"examples": [said.example]}
    return {"description": said.description} | kept | examples


def _anonymous(table: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in table.items() if name not in {"title", "description"}}
