"""The loop of one target: `python -m fuzz.loop TARGET [OPTION...]`, whose options are those of libFuzzer.

`python -m fuzz` runs it, with the folders of the target.
"""

import logging
import pkgutil
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import atheris
import typer

from fuzz.targets import TARGETS

SEEDS = Path(__file__).parent / "seeds"


def main() -> None:
    """Try inputs until libFuzzer has enough of it, or until one shows a mistake."""
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["agenda"]):
        target = import_module(f"fuzz.targets.{TARGETS[name]}")
        for module in pkgutil.walk_packages(import_module("agenda").__path__, "agenda."):
            if module.name != "agenda.__main__":
                import_module(module.name)  # what is imported later, by a command, would not be looked at
    from fuzz.mutations import Mutator
    from fuzz.program import set_surroundings

    set_surroundings()
    logging.disable()
    typer.main.get_command = cache(typer.main.get_command)  # which takes half of a run
    seeds = [path.read_bytes() for path in sorted((SEEDS / name).iterdir())]
    # Setup puts another function in the place of this one.
    mutator = Mutator(seeds, lambda data, max_bytes: atheris.Mutate(data, max_bytes))  # noqa: PLW0108
    atheris.Setup(sys.argv, target.try_input, custom_mutator=mutator.mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
