"""What each view looks like, with the shipped events, in the middle of them, at three widths; and in other languages.

Where a view changes on purpose, `pytest tests/test_snapshots.py --snapshot-update` writes the files anew: read the
difference before you commit it.
"""

from collections.abc import Callable

import pytest
from conftest import Run
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

Agenda = Callable[..., Run]

VIEWS = {
    "list": ["list", "--format", "table"],
    "list-fields": ["list", "--format", "table", "--fields", "id,start,city,topics"],
    "month": ["month", "2025-09"],
    "count": ["count", "--by", "city", "--format", "table"],
    "count-person": ["count", "--by", "person", "--format", "table"],
    "show": ["show", "polito-japan-hub", "gardens-talk", "fbri-visit"],
    "timeline": ["timeline"],
    "timeline-topic": ["timeline", "--by", "topic", "--from", "2025-10-01"],
    "timeline-hours": ["timeline", "--on", "2025-09-29"],
    "day": ["day", "2025-09-29"],
    "next": ["next", "--format", "table"],
    "clashes": ["clashes", "--format", "table"],
}
WIDTHS = [40, 80, 120]


class TextFiles(SingleFileSnapshotExtension):
    """A text file for each snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_view_looks_as_it_did(agenda_once: Agenda, snapshot: SnapshotAssertion, view: str, columns: int) -> None:
    run = agenda_once(*VIEWS[view], env={"COLUMNS": str(columns), "AGENDA_NOW": "2025-09-30T09:00"})
    assert run.out == snapshot(extension_class=TextFiles)


TRANSLATED = ["list", "show", "day", "month", "next", "timeline", "count", "clashes"]


@pytest.mark.parametrize("language", ["it", "ja"])
@pytest.mark.parametrize("view", TRANSLATED)
def test_view_in_another_language_looks_as_it_did(
    agenda_once: Agenda, snapshot: SnapshotAssertion, view: str, language: str
) -> None:
    env = {"COLUMNS": "80", "AGENDA_NOW": "2025-09-30T09:00", "AGENDA_LANG": language}
    assert agenda_once(*VIEWS[view], env=env).out == snapshot(extension_class=TextFiles)
