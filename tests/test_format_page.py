"""The tables of keys in docs/format.md are those of the schema."""

import runpy
from pathlib import Path

import pytest
from conftest import ROOT

from agenda.agendafile.schema import Table

SCRIPT = Path("tools") / "format_page.py"
PAGE = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")


def test_page_is_what_the_schema_says() -> None:
    update_page = runpy.run_path(str(ROOT / SCRIPT))["update_page"]
    assert update_page(PAGE) == PAGE, f"the schema has changed: run `python {SCRIPT}`"


@pytest.mark.parametrize("table", Table.__subclasses__(), ids=lambda table: table.__name__)
def test_page_has_every_table_once(table: type[Table]) -> None:
    assert PAGE.count(f"<!-- {table.__name__}: ") == 1
