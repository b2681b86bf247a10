"""The environments under `.benchmarks/`, one for each program that is measured: what is in them, and what is not."""

import filecmp
import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".benchmarks"

PACKAGES = {
    "agenda": str(ROOT),
    "typer": "typer",
    "khal": "khal",
    "ics-query": "ics-query",
    "icalendar-events-cli": "icalendar-events-cli",
    "icalendar": "icalendar",
    "tomli": "tomli",
}
"""What pip installs, by the name of the environment; `install` takes the version of Typer that agenda has."""

READERS = (
    "tomli",
    "msgspec",
    "rtoml",
    "toml-rs",
    "fasttoml",
    "pytomlpp",
    "toml",
    "qtoml",
    "tomlkit",
    "tomlrt",
)
"""The libraries that are installed, one after the other, in the environment `readers`."""

REMIND = "remind"
"""The one program that is of the system."""


def python(name: str) -> Path:
    """The Python of an environment, there or not."""
    return FOLDER / name / "bin" / "python"


def reason_file(name: str) -> Path:
    """Where it is written why something could not be installed."""
    return FOLDER / f"{name}.missing"


def missing(name: str) -> str | None:
    """Why a program cannot be measured; None where it can."""
    if name == REMIND:
        return None if shutil.which(name) else "it is not installed on this system"
    if reason_file(name).exists():
        return reason_file(name).read_text(encoding="utf-8")
    if not python(name).exists():
        return "it is not installed: run benchmarks/install.py"
    if name == "agenda" and not _is_of_checkout():
        return "what is installed is not what is in this checkout: run benchmarks/install.py agenda"
    return None


@cache
def _is_of_checkout() -> bool:
    """Whether the agenda that is installed is the one whose code is here."""
    ours, *installed = [ROOT / "agenda", *(FOLDER / "agenda").glob("lib/python*/site-packages/agenda")]
    files = _sources(ours)
    # File by file: what this process takes is the least that the system tells of those that it starts.
    return [_sources(package) for package in installed] == [files] and all(
        filecmp.cmp(ours / file, package / file, shallow=False) for package in installed for file in files
    )


def _sources(package: Path) -> set[Path]:
    """The files of Python in a package, by their paths in it."""
    return {path.relative_to(package) for path in package.rglob("*.py")}


def commit() -> str:
    """The commit of the checkout, as short as git has it, and whether its code was changed since; "" without git."""
    git = ["git", "-C", str(ROOT)]
    try:
        found = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
        changed = subprocess.run([*git, "status", "--porcelain", "agenda"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return found.stdout.strip() + (", changed" if changed.stdout else "")


def missing_reader(distribution: str) -> str | None:
    """Why a library that reads TOML cannot be measured; None where it can."""
    reason = reason_file(f"readers-{distribution}")
    return reason.read_text(encoding="utf-8") if reason.exists() else missing("readers")


def program(name: str) -> str:
    """The path of the program that an environment is named after."""
    return shutil.which(name) or name if name == REMIND else str(FOLDER / name / "bin" / name)


@cache
def version(name: str, distribution: str | None = None) -> str:
    """The version of what an environment is named after, or of another distribution in it; "" where it is not there."""
    if missing(name):
        return ""
    if name == REMIND:
        help = subprocess.run([program(name), "-h"], capture_output=True, text=True, check=False)
        return (help.stderr + help.stdout).strip().split(" ")[1]
    wanted = distribution or ("mission-agenda" if name == "agenda" else name)
    code = f"from importlib.metadata import version; print(version({wanted!r}))"
    done = subprocess.run([python(name), "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip()
