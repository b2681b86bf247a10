"""docs/format.md has every key of the file, in the words of the schema."""

import re

import pytest
import tomli
from conftest import ROOT

from agenda.agendafile import schema
from agenda.agendafile.described import KEY_TEXTS
from agenda.agendafile.json_schema import make_schema

PAGE = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
TABLES = {
    schema.HeadTable: "agenda",
    schema.CityTable: "cities.NAME",
    schema.VenueTable: "venues.ID",
    schema.PersonTable: "people.NAME",
    schema.ParticipantTable: "people.NAME",
    schema.TermTable: "organizers.NAME",
    schema.SourceTable: "sources.ID",
    schema.EventTable: "[events]",
}
"""Below which heading of the page the keys of each table are."""

ROW = re.compile(r"^\| `(\w+)` \| .+ \| (.+) \| `(.+)` \| (.+) \|$", re.MULTILINE)
"""A key: what holds without it, an example, and what it says."""


def rows(table: type[schema.Table]) -> list[tuple[str, str, str, str]]:
    """The rows of one table of the page, of those below its heading the one that starts with its first key."""
    (section,) = re.findall(rf"^### `\[{re.escape(TABLES[table])}\]`.*?(?=^##)", PAGE, re.DOTALL | re.MULTILINE)
    found = [ROW.findall(part) for part in section.split("| key | value |")]
    (wanted,) = [part for part in found if part and part[0][0] == next(iter(KEY_TEXTS[table]))]
    return wanted


def test_page_has_every_table_of_the_file() -> None:
    told = re.findall(r"^\| \[`\[+(\w+)[^|]*\| (.+) \|$", PAGE, re.MULTILINE)
    assert told == [(name, key.description) for name, key in KEY_TEXTS[schema.FileTable].items()]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_page_has_every_key_with_its_description_and_example(table: type[schema.Table]) -> None:
    told = [(name, says, tomli.loads(f"x = {example}")["x"]) for name, _, example, says in rows(table)]
    assert told == [(name, key.description, key.example) for name, key in KEY_TEXTS[table].items()]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_page_says_which_keys_are_needed(table: type[schema.Table]) -> None:
    whole = make_schema()
    needed = whole["definitions"].get(table.__name__.removesuffix("Table"), {}).get("required", [])
    assert [name for name, without, _, _ in rows(table) if without == "needed"] == needed
