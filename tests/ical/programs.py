"""Programs and libraries of others that read a calendar where they are installed; a test of one that is not is skipped,
with the reason and how to get it.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from ical.demanding import LAST_DAY

Occurrences = dict[str, list[tuple[str, str]]]
"""The start and the end of each occurrence, by UID: days, of which the last one is not inclusive, or instants; a time
that floats is taken for one in UTC.
"""
Reader = Callable[[Path], Occurrences]

UTC_CLOCKS = os.environ | {"TZ": "UTC"}
_FOLDER = Path(__file__).parent
_SYSTEM_PYTHON = Path("/usr/bin/python3")
"""The Python for which Debian has the package python3-gi."""


def by_node(name: str, last_year: int = LAST_DAY.year) -> Reader:
    """A package of npm, which looks at the years until then."""

    def read(path: Path) -> Occurrences:
        node, folders = shutil.which("node"), (os.environ.get("AGENDA_NODE_MODULES"), ROOT / ".venv" / "node_modules")
        library = next((found for folder in folders if folder and (found := Path(folder, name)).is_dir()), None)
        if node is None or library is None:
            pytest.skip(f"{name} was not asked: it needs node, and `npm install --prefix .venv --no-save {name}`")
        return _printed(node, _FOLDER / "readers.mjs", name, library, path, str(last_year))

    return read


def by_libical(path: Path) -> Occurrences:
    """The library of GNOME's calendars, and once of most others."""
    binding = "import gi; gi.require_version('ICalGLib', '3.0'); from gi.repository import ICalGLib"
    command = (_SYSTEM_PYTHON, "-c", binding)
    if not _SYSTEM_PYTHON.is_file() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("libical was not asked: `apt-get install python3-gi gir1.2-ical-3.0`, on a Debian")
    return _printed(_SYSTEM_PYTHON, _FOLDER / "libical.py", path, str(LAST_DAY.year))


def _printed(*command: str | Path) -> Occurrences:
    """What a program prints as JSON."""
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, env=UTC_CLOCKS)
    assert done.returncode == 0, done.stderr.decode()
    return {uid: [(start, end) for start, end in spans] for uid, spans in json.loads(done.stdout).items()}
