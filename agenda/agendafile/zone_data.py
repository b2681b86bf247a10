"""The copy of the IANA time zone database that is used: the newer one of the system's and the package tzdata's."""

import os
import zoneinfo
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from agenda.text.safe import quote_path

_VERSION_FILES = ("tzdata.zi", "+VERSION")
"""The files beside the zones that tell the version in their first line: `# version 2025b`, as most systems have it, and
`2025b`, as macOS has it.
"""
_LINE_BYTES = 32
"""How much of that line is read."""


class ZoneData(Struct, frozen=True):
    """A copy of the database: its folder, None where only importlib knows it; its version, e.g. `2026b`, None where
    that is not known; and whether it is the one of the package tzdata.
    """

    folder: str | None
    version: str | None
    is_package: bool

    def __str__(self) -> str:
        """E.g. `tzdata 2026b (the Python package)`, as a message has it."""
        if self.is_package:
            return f"tzdata {self.version} (the Python package)"
        folder = quote_path(self.folder or "")
        return f"tzdata {self.version} ({folder})" if self.version else f"{folder}, whose version is not known"


@cache
def use_newest_data() -> ZoneData | None:
    """Have `zoneinfo` read the newer copy from now on, and give that; None where there is none at all.

    The search path of `zoneinfo` is changed, rather than zones made from files, since a zone of some name is then still
    one and the same object for all of the process, and can be pickled. With PYTHONTZPATH the path is the user's choice
    and stays; so it does where both copies are as new, and where the version of the system's is not known.
    """
    path = zoneinfo.TZPATH
    package = read_package()
    chosen = choose_data(path, package, is_settled="PYTHONTZPATH" in os.environ)
    if chosen is package and package and package.folder and package.folder not in path:
        zoneinfo.reset_tzpath([package.folder, *path])
    return chosen


def choose_data(path: Sequence[str], package: ZoneData | None, *, is_settled: bool) -> ZoneData | None:
    """The copy to use, of the first folder of the search path that is there and of the package; where the path
    `is_settled`, the package is only what is used without any such folder.
    """
    folder = next((folder for folder in path if Path(folder).is_dir()), None)
    if folder is None:
        return package
    system = ZoneData(folder, _read_version(folder), is_package=False)
    if is_settled or not (package and package.version and system.version):
        return system
    return package if package.version > system.version else system  # 2026z comes before 2026za


def read_package() -> ZoneData | None:
    """The copy of the package tzdata; None where that is not installed."""
    try:
        import tzdata
    except ImportError:
        return None
    folder = Path(tzdata.__file__).parent / "zoneinfo"
    return ZoneData(str(folder) if folder.is_dir() else None, tzdata.IANA_VERSION, is_package=True)


def _read_version(folder: str) -> str | None:
    """The version of the copy in a folder; None where no file tells it."""
    for name in _VERSION_FILES:
        try:
            with Path(folder, name).open("rb") as file:
                line = file.readline(_LINE_BYTES)
        except OSError:
            continue
        version = line.removeprefix(b"# version ").strip().partition(b"-")[0]  # as in 2025b-dirty
        if version[:4].isdigit() and version[4:].isalpha():
            return version.decode("ascii")
    return None
