"""The tables of keys on the page of the format, made of the schema: `python tools/format_page.py` writes them anew.

Each stands in docs/format.md below a comment with the name of its struct, e.g. `<!-- CityTable: … -->`, up to the next
blank line; the rest of the page is written by hand.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # the schema beside this script, not that of another version

from agenda.agendafile import schema
from agenda.agendafile.key_descriptions import KeyDescription, describe_keys
from agenda.agendafile.schema import Table

PAGE = Path(__file__).parent.parent / "docs" / "format.md"
_TABLE = re.compile(r"(<!-- (\w+): .* -->\n\n)(?:\|.*\n)*")
_TABLES = {table.__name__: table for table in Table.__subclasses__()}
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def update_page(page: str) -> str:
    """The text of the page with its tables as the schema has them."""
    return _TABLE.sub(lambda found: found[1] + "".join(_lines(_TABLES[found[2]], page)), page)


def _lines(table: type[Table], page: str) -> Iterator[str]:
    keys = describe_keys(table)
    if table is schema.FileTable:
        yield from ("| table | what it says |\n", "|---|---|\n")
        yield from (f"| [`{key.value}`](#{_anchor(key.value, page)}) | {key.description} |\n" for key in keys.values())
        return
    yield from ("| key | value | without it | example | what it says |\n", "|---|---|---|---|---|\n")
    yield from (_row(name, key) for name, key in keys.items())


def _row(name: str, key: KeyDescription) -> str:
    return f"| `{name}` | {key.value} | {key.without} | `{_toml(key.example)}` | {key.description} |\n"


def _anchor(form: str, page: str) -> str:
    """What GitHub and others call the heading of the page that has this form of table, e.g. `citiesname`."""
    (heading,) = [heading for heading in _HEADING.findall(page) if f"`{form}`" in heading]
    return re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")


def _toml(value: object) -> str:
    """A value in one line, as people would write it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"'{value}'" if '"' in value else f'"{value}"'
        case date():
            return value.isoformat().replace("+00:00", "Z")
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{key} = {_toml(below)}' for key, below in value.items())} }}"
    return str(value)


if __name__ == "__main__":
    PAGE.write_text(update_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
