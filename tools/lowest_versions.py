#!/usr/bin/env python3
"""The lowest versions that pyproject.toml allows of what the program needs, as a constraints file for pip.

`python3 tools/lowest_versions.py > lowest.txt` writes it; a package without a lower bound is not in it.
"""

import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
_BOUND = re.compile(r"(?P<name>[A-Za-z0-9-]+) *(?:>=|==) *(?P<version>[0-9.]+)")


def lowest(requirements: list[str]) -> list[str]:
    """A line such as `typer==0.27.2` for each requirement that has a lower bound."""
    bounds = (_BOUND.match(requirement) for requirement in requirements)
    return [f"{bound['name']}=={bound['version']}" for bound in bounds if bound]


if __name__ == "__main__":
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    print("\n".join(lowest(project["dependencies"])))
