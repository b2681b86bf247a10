"""What the days of a table cost, told by how often they are looked for."""

import pytest

from agenda.cli.foreign import import_content
from agenda.interchange import cell_times
from agenda.typed_days import names
from agenda.typed_days.forms import Reading, read_day

ROWS = [f"T{number},{number % 28 + 1} settembre 2025 {number % 12}:{number % 60:02}\n" for number in range(500)]


def import_rows() -> None:
    """Import a table of many times on a few days."""
    table = import_content(("title,start\n" + "".join(ROWS)).encode(), "a.csv").tables
    assert len(table["events"]) == len(ROWS)


def test_day_that_comes_again_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def note(words: str, today: object) -> Reading | None:
        read.append(words)
        return read_day(words, today)  # type: ignore[arg-type]

    monkeypatch.setattr(cell_times, "read_day", note)
    cell_times._read_typed_day.cache_clear()
    import_rows()
    assert len(read) <= 28


def test_names_of_months_are_folded_once_for_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []

    def note(name: str) -> str:
        folded.append(name)
        return name.casefold()

    monkeypatch.setattr(names, "fold", note)
    names._folded_names.cache_clear()
    cell_times._read_typed_day.cache_clear()
    import_rows()
    assert len(folded) <= 100
