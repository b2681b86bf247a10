"""docs/format.md has every key of the file, in the words of the schema."""

import re

import pytest
import tomli
from conftest import ROOT

from agenda.dataset import shape
from agenda.dataset.described import KEYS
from agenda.dataset.schema import schema

PAGE = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
TABLES = {
    shape.Head: "agenda",
    shape.City: "cities.NAME",
    shape.Venue: "venues.ID",
    shape.Person: "people.NAME",
    shape.Participant: "people.NAME",
    shape.Term: "organizers.NAME",
    shape.Source: "sources.ID",
    shape.Event: "[events]",
}
"""Below which heading of the page the keys of each table are."""

ROW = re.compile(r"^\| `(\w+)` \| .+ \| (.+) \| `(.+)` \| (.+) \|$", re.MULTILINE)
"""A key: what holds without it, an example, and what it says."""


def rows(table: type[shape.Table]) -> list[tuple[str, str, str, str]]:
    """The rows of one table of the page, of those below its heading the one that starts with its first key."""
    (section,) = re.findall(rf"^### `\[{re.escape(TABLES[table])}\]`.*?(?=^##)", PAGE, re.DOTALL | re.MULTILINE)
    found = [ROW.findall(part) for part in section.split("| key | value |")]
    (wanted,) = [part for part in found if part and part[0][0] == next(iter(KEYS[table]))]
    return wanted


def test_page_has_every_table_of_the_file() -> None:
    told = re.findall(r"^\| \[`\[+(\w+)[^|]*\| (.+) \|$", PAGE, re.MULTILINE)
    assert told == [(name, key.description) for name, key in KEYS[shape.File].items()]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_page_has_every_key_with_its_description_and_example(table: type[shape.Table]) -> None:
    told = [(name, says, tomli.loads(f"x = {example}")["x"]) for name, _, example, says in rows(table)]
    assert told == [(name, key.description, key.example) for name, key in KEYS[table].items()]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_page_says_which_keys_are_needed(table: type[shape.Table]) -> None:
    whole = schema()
    needed = whole["definitions"].get(table.__name__, {}).get("required", [])
    assert [name for name, without, _, _ in rows(table) if without == "needed"] == needed
