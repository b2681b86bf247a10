"""Make an environment for each program that is measured: `python benchmarks/install.py [--system] [NAME...]`.

Each is made anew under `.benchmarks/`, with pip; names choose some of them. `--system` also has apt-get install remind,
which is no Python package. What cannot be installed is said, kept, and later named as not measured.
"""

import argparse
import shutil
import subprocess
import sys
import venv

from environments import FOLDER, PACKAGES, READERS, REMIND, python, reason_file, version


def main() -> None:
    """Install what the command line says."""
    parser = argparse.ArgumentParser(description="Make the environments of the benchmarks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PACKAGES)}, readers; all unless given")
    parser.add_argument("--system", action="store_true", help="also install remind, by apt-get")
    options = parser.parse_args()
    unknown = set(options.names) - {*PACKAGES, "readers"}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    wanted = options.names or [*PACKAGES, "readers"]
    for name, package in PACKAGES.items():
        if name in wanted:
            _make(name)
            _install(name, _same_as_agenda(package) if name == "typer" else package, name)
    if "readers" in wanted:
        _make("readers")
        for reader in READERS:
            _install("readers", reader, f"readers-{reader}")
    if options.system:
        _say(REMIND, _run(["apt-get", "install", "--yes", REMIND]))
    if not shutil.which(REMIND):
        _say(REMIND, "it is not installed on this system (--system installs it where there is apt-get)")


def _make(name: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    venv.create(FOLDER / name, clear=True, symlinks=True)


def _same_as_agenda(package: str) -> str:
    found = version("agenda", package)
    return f"{package}=={found}" if found else package


def _install(environment: str, package: str, name: str) -> None:
    """Install the package, and keep under that name why it cannot be."""
    pip = [sys.executable, "-m", "pip", "--python", str(python(environment)), "--disable-pip-version-check"]
    reason = _run([*pip, "install", "--quiet", package])
    _say(name, reason)
    reason_file(name).unlink(missing_ok=True)
    if reason:
        reason_file(name).write_text(reason, encoding="utf-8")


def _run(command: list[str]) -> str:
    """Run it, and give what it says is wrong; "" where all went well."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    if not done.returncode:
        return ""
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "e:"))]
    return (errors or lines or [f"{command[0]} ended with {done.returncode}"])[-1]


def _say(name: str, reason: str) -> None:
    sys.stderr.write(f"{name}: {reason or 'installed'}\n")


if __name__ == "__main__":
    main()
