"""`agenda import` against the RFC: each calendar of `cases` gives the rows that stand beside it.

`cases/NAME.ics` is a calendar, `cases/NAME.json` what must come of it: `why` (with the section of the RFC), `rows`
(title, start and end of all that `agenda list` tells until the end of 2027, the end of days inclusive), or `any_of`
with several answers that are right; `told` (patterns that standard error must match), `untold` (patterns that it must
not match), `keeps_rule` (how many `repeat` the file must have; true is one), and `same_export` (export and import again
give the same rows).
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

Program = Callable[..., Run]
Row = tuple[str, str, str]

CASES = sorted((Path(__file__).parent / "cases").glob("*.ics"))
FIELDS = ("--to", "2027-12-31", "--format", "json", "--fields", "title,start,end")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_calendar_gives_its_rows(agenda: Program, tmp_path: Path, path: Path) -> None:
    case = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    imported = import_file(agenda, path, tmp_path / "once.toml")
    rows = list_rows(agenda, tmp_path / "once.toml")
    answers = [answer if isinstance(answer, dict) else {"rows": answer} for answer in case.get("any_of", [case])]
    right = next((answer for answer in answers if comparable(answer["rows"]) == rows), None)
    assert right is not None, (case["why"], rows, imported.err)
    remarks = imported.err.replace(path.name, "FILE")  # the name of the file says what the case is about
    for pattern in (*case.get("told", []), *right.get("told", [])):
        assert re.search(pattern, remarks), case["why"]
    for pattern in case.get("untold", []):
        assert not re.search(pattern, remarks), case["why"]
    assert len(re.findall(r"(?m)^repeat = ", imported.out)) >= int(case.get("keeps_rule", 0)), case["why"]
    if case.get("same_export"):
        (tmp_path / "again.ics").write_bytes(agenda("export", "--data", tmp_path / "once.toml").raw)
        import_file(agenda, tmp_path / "again.ics", tmp_path / "again.toml")
        assert list_rows(agenda, tmp_path / "again.toml") == rows


def test_each_case_says_why() -> None:
    for path in CASES:
        case = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert re.match(r"RFC [0-9]{4}, [0-9]|PEP 495|CLDR|vCalendar 1\.0", case["why"]), path.name
        assert ("rows" in case) != ("any_of" in case), path.name


def import_file(agenda: Program, calendar: Path, to: Path) -> Run:
    """The run that imports a calendar, with the agenda that it makes in the file `to`."""
    run = agenda("import", calendar)
    assert run.code == 0, run.err
    to.write_bytes(run.raw)
    return run


def list_rows(agenda: Program, data: Path) -> list[Row]:
    """The rows of an agenda file."""
    run = agenda("list", "--data", data, *FIELDS)
    assert run.code == 0, run.err
    return comparable(event.values() for event in json.loads(run.out))


def comparable(rows: Iterable[Any]) -> list[Row]:
    """The rows in order, their times with an offset in UTC, so that what means the same is the same."""
    return sorted((title, _in_utc(start), _in_utc(end)) for title, start, end in rows)


def _in_utc(text: str | None) -> str:
    if text is None or "T" not in text:
        return text or "-"
    moment = datetime.fromisoformat(text)
    return moment.isoformat() if moment.tzinfo is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
