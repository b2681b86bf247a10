"""Fuzz each target for a minute: `python -m fuzz [TARGET...] [--seconds 60]`, from the root of a checkout."""

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from fuzz.targets import TARGETS

FOLDER = Path(__file__).parent
HANGING_SECONDS = 60
"""Seconds after which an input is taken for one that never ends; fuzz/program.py looks at the time of each command."""
MAX_MEGABYTES = 500
"""How much memory a process may have."""
MAX_BYTES = 4096
"""How long an input may be."""


def main() -> int:
    """Run what the command line says; 1 where an input was found that shows a mistake."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Look for inputs that break the program.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all unless given")
    parser.add_argument("--seconds", type=int, default=60, help="how long each is tried (%(default)s)")
    options = parser.parse_args()
    if unknown := set(options.targets) - TARGETS.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if not find_spec("atheris"):
        parser.error("atheris is not installed; do so by: python -m pip install --editable '.[fuzz]'")
    broken = [name for name in options.targets or TARGETS if not _fuzz(name, options.seconds)]
    if broken:
        print(f"These found an input that shows a mistake: {', '.join(broken)}. It is in {FOLDER / 'findings'}.")
    return int(bool(broken))


def _fuzz(name: str, seconds: int) -> bool:
    """Whether no input was found in so many seconds that shows a mistake."""
    corpus, findings = (FOLDER / folder / name for folder in ("corpus", "findings"))
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={seconds}", f"-timeout={HANGING_SECONDS}", f"-rss_limit_mb={MAX_MEGABYTES}"]
    outputs = [
        f"-artifact_prefix={findings}/",
        f"-max_len={MAX_BYTES}",
        "-print_final_stats=1",
        f"-report_slow_units={HANGING_SECONDS}",
    ]
    print(f"== {name}", flush=True)
    command = [sys.executable, "-m", "fuzz.loop", name, *limits, *outputs, str(corpus), str(FOLDER / "seeds" / name)]
    return subprocess.run(command, cwd=FOLDER.parent, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
