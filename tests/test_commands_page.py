"""docs/commands.md says what the help says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, environment

SCRIPT = Path("tools") / "commands_page.py"
PAGE = Path("docs") / "commands.md"


def written(folder: Path, **env: str) -> str:
    """What the script writes."""
    done = subprocess.run(
        [sys.executable, ROOT / SCRIPT], cwd=folder, env=environment(**env), capture_output=True, timeout=60, check=True
    )
    return done.stdout.decode()


def test_page_is_what_the_help_says(tmp_path: Path) -> None:
    same = written(tmp_path) == (ROOT / PAGE).read_text(encoding="utf-8")
    assert same, f"the help has changed: run `python {SCRIPT} > {PAGE}`"


@pytest.mark.slow
@pytest.mark.parametrize(
    "env",
    [
        {"COLUMNS": "30", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"FORCE_COLOR": "1", "TERM": "xterm", "LANGUAGE": "it", "AGENDA_DATA": os.devnull},
    ],
    ids=",".join,
)
def test_page_is_the_same_everywhere(tmp_path: Path, env: dict[str, str]) -> None:
    assert written(tmp_path, **env) == written(tmp_path)


def test_no_option_has_two_rows_among_those_that_are_shared() -> None:
    shared = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8").partition("## Options that commands share")[2]
    rows = [line.split(" | ")[0] for line in shared.splitlines() if line.startswith("| `-")]
    assert rows
    assert len(rows) == len(set(rows))
