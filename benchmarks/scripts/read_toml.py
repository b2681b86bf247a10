"""Read a TOML file with the reader that is named, as `module:function`, and print the seconds that took. Without a
file, print as JSON what the reader can do: whether it reads TOML 1.1, whether it gives the tables that tomllib gives,
and what it says of a mistake in line 2.

`agenda:decode` and `agenda:convert` are two ways to the structs of agenda, where that is installed.
"""

import json
import sys
import time
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

NEWER = 'table = {\n    key = 1,\n}\ntext = "\\e"\n'
BROKEN = "a = 1\nb = = 2\n"
OLDER = """
text = "caffè \\u00e8"
lines = '''
one
two'''
numbers = [1, -2, 0x1F, 1.5, 1e3, 9223372036854775807]
days = [2025-09-29, 2025-09-29T10:00:00, 2025-09-29T10:00:00+09:00, 2025-09-29 01:00:00Z, 10:30:00]
a.b."c d" = { e = true }
[[events]]
id = "one"
[[events]]
id = "two"
"""


def reader(name: str) -> Callable[[str], Any]:
    """The function of that name, or one of the two ways of agenda."""
    if name == "agenda:decode":
        return _decoded
    if name == "agenda:convert":
        return _converted
    module, _, function = name.partition(":")
    found: Callable[[str], Any] = getattr(import_module(module), function)
    return found


def _decoded(text: str) -> Any:
    import msgspec

    from agenda.agendafile.schema import FileTable
    from agenda.agendafile.values import DateOrTime

    def moment(_: type, value: object) -> object:
        return DateOrTime(value) if isinstance(value, date | datetime) else value

    return msgspec.toml.decode(text, type=FileTable, dec_hook=moment)


def _converted(text: str) -> Any:
    import tomli

    from agenda.agendafile.schema import convert_tables

    return convert_tables(tomli.loads(text))


def seconds(read: Callable[[str], Any], text: str) -> float:
    """How long it takes to read that text, once the reader has read another."""
    read('[agenda]\ntitle = "short"\n')
    started = time.perf_counter()
    tables = read(text)
    ended = time.perf_counter()
    del tables
    return ended - started


def abilities(read: Callable[[str], Any]) -> dict[str, Any]:
    """What it can do."""
    said = ""
    try:
        read(BROKEN)
    except Exception as error:  # noqa: BLE001 - each has its own
        said = str(error)
    return {
        "newer": _reads(read, NEWER, {"table": {"key": 1}, "text": "\x1b"}),
        "same": _reads(read, OLDER),
        "said": said,
    }


def _reads(read: Callable[[str], Any], text: str, expected: object = None) -> bool:
    try:
        return bool(read(text) == (expected or tomllib.loads(text)))
    except Exception:  # noqa: BLE001 - each has its own
        return False


if __name__ == "__main__":
    chosen = reader(sys.argv[1])
    if sys.argv[2:]:
        print(seconds(chosen, Path(sys.argv[2]).read_text(encoding="utf-8")))
    else:
        print(json.dumps(abilities(chosen)))
