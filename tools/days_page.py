"""The tables of docs/days.md, made of the forms that the tests check: `python tools/days_page.py` writes them anew.

Each stands below a comment with the name of its table in tests/day_forms.py, e.g. `<!-- DAYS: … -->`, up to the next
comment; the rest of the page is written by hand.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # where the table is

import day_forms  # noqa: E402 - found only now

PAGE = ROOT / "docs" / "days.md"
_TABLE = re.compile(r"(<!-- (DAYS|MONTH_FORMS|SPANS|REFUSED|NO_MONTHS): [^\n]* -->\n).*?(<!-- end -->\n)", re.DOTALL)


def update_page(page: str) -> str:
    """The text of the page with its tables as the tests have them."""
    return _TABLE.sub(lambda match: f"{match[1]}\n{''.join(_lines(getattr(day_forms, match[2])))}\n{match[3]}", page)


def _lines(table: Mapping[str, Mapping[str, str]] | Mapping[str, str]) -> Iterator[str]:
    """A table of what is refused, or one of a row for each section, in which what means the same stands together."""
    refused = {typed: told for typed, told in table.items() if isinstance(told, str)}
    if refused:
        yield from ("| what is typed | what is told of it |\n", "|---|---|\n")
        yield from (f"| `{typed}` | {told} |\n" for typed, told in refused.items())
    else:
        yield from ("| | what is typed | what it means |\n", "|---|---|---|\n")
    for section, forms in table.items():
        if not isinstance(forms, str):
            yield from _section(section, forms)


def _section(name: str, forms: Mapping[str, str]) -> Iterator[str]:
    for number, meaning in enumerate(dict.fromkeys(forms.values())):
        typed = ", ".join(f"`{form}`" for form, meant in forms.items() if meant == meaning)
        yield f"| {'' if number else name} | {typed} | {meaning} |\n"


if __name__ == "__main__":
    PAGE.write_text(update_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
