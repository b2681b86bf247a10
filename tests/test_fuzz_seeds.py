"""The seeds of the fuzzers, by which these would begin: every one is tried once, so that the targets go on working."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT

from fuzz.targets import TARGETS

SEEDS = [(path.parent.name, path) for path in sorted((ROOT / "fuzz" / "seeds").glob("*/*"))]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENDA_NOW", "2026-03-01T12:00:00Z")
    monkeypatch.setenv("AGENDA_CACHE", "off")
    monkeypatch.delenv("AGENDA_DATA", raising=False)


def test_each_target_has_seeds() -> None:
    assert {target for target, _ in SEEDS} == TARGETS.keys()


@pytest.mark.parametrize(
    ("target", "seed"), [pytest.param(*given, id="/".join(given[1].parts[-2:])) for given in SEEDS]
)
def test_seed_shows_no_mistake(target: str, seed: Path) -> None:
    try_input: Callable[[bytes], None] = import_module(f"fuzz.targets.{TARGETS[target]}").try_input
    try_input(seed.read_bytes())
