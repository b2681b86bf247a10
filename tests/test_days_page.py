"""The tables of docs/days.md are those that the tests of days check."""

import runpy
from pathlib import Path

from conftest import ROOT

SCRIPT = Path("tools") / "days_page.py"
PAGE = (ROOT / "docs" / "days.md").read_text(encoding="utf-8")


def test_page_is_what_the_tests_check() -> None:
    update_page = runpy.run_path(str(ROOT / SCRIPT))["update_page"]
    assert update_page(PAGE) == PAGE, f"the forms have changed: run `python {SCRIPT}`"


def test_page_has_every_table_once() -> None:
    names = ("DAYS", "MONTH_FORMS", "SPANS", "REFUSED", "NO_MONTHS")
    assert {name: PAGE.count(f"<!-- {name}: ") for name in names} == dict.fromkeys(names, 1)
