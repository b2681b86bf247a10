"""docs/architecture.md shows the code as it is: each module, in the order of the layers, and names that are there."""

import ast
import re
from collections.abc import Iterator

import pytest
from conftest import ROOT
from test_layers import LAYERS

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
LINE = re.compile(r"^( *)(\w[\w.]*\.py|\w+/)(?: |$)", re.MULTILINE)
"""A line of the tree: how deep it is, and a file or a folder."""

PLACED = re.compile(r"((?:`\w+`(?:,| and| or)?\s+)+)\(`([\w./]+\.py)`\)")
"""Names, and in parentheses the file that they are in."""


def tree() -> Iterator[str]:
    """The paths of the files in the tree, from its top down."""
    (drawn,) = re.findall(r"^```text\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    folders: list[str] = []
    for indent, name in LINE.findall(drawn):
        folders[len(indent) // 2 :] = [name] if name.endswith("/") else []
        if name.endswith(".py"):
            yield "".join(folders) + name


def test_tree_has_every_module_once() -> None:
    files = [path.relative_to(ROOT).as_posix() for path in (ROOT / "agenda").rglob("*.py")]
    jobless = {path for path in files if path.endswith("/__init__.py") and path != "agenda/__init__.py"}
    assert sorted(tree()) == sorted(set(files) - jobless)


def test_tree_is_in_the_order_of_the_layers() -> None:
    modules = [path.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in tree()]
    floors = {house: number for number, layer in enumerate(LAYERS) for house in layer}
    houses = [".".join(module.split(".")[:2]) for module in modules]
    order = [floors[house] for house in houses]
    assert order == sorted(order)


def placed_names() -> list[tuple[str, str]]:
    """Each name that the page says to be in a file, with that file."""
    return [(name, path) for names, path in PLACED.findall(PAGE) for name in re.findall(r"`(\w+)`", names)]


@pytest.mark.parametrize("path", sorted({path for _, path in placed_names()}))
def test_names_are_in_the_file_that_is_told(path: str) -> None:
    nodes = list(ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))))
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    defined |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    assert {name for name, told in placed_names() if told == path} - defined == set()


def test_files_that_are_named_are_there() -> None:
    named = set(re.findall(r"`((?:agenda|tests|tools)/[\w./]*)`", PAGE))
    assert {path for path in named if not (ROOT / path).exists()} == set()
