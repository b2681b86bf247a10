"""Finds the messages of the catalogs in our Python, for `pybabel extract`: what is given to a `Wording`, or marked.

Babel's own extractor goes by the names of functions alone, and `text` is the name of much else here.
"""

import ast
from collections.abc import Collection, Iterator
from typing import IO

_WORDINGS = {"words", "self.words", "self._words", "ENGLISH", "self"}
"""What a wording is called."""


def extract_python(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],  # noqa: ARG001
    options: dict[str, str],  # noqa: ARG001
) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Each message of a file, as Babel's extraction methods give it: the line, the function, and its texts."""
    for node in ast.walk(ast.parse(file.read())):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=name)) if ast.unparse(owner) in _WORDINGS:
                pass
            case ast.Call(func=ast.Name(id=name)):
                pass
            case _:
                continue
        texts = [value for arg in node.args for value in _choices(arg)] if name in keywords else []
        if name == "plural_text" and texts:
            yield node.lineno, name, tuple(texts), []
        else:
            yield from ((node.lineno, name, (text,), []) for text in texts)


def _choices(node: ast.expr) -> list[str]:
    """The text that an expression is, or either text that it may be."""
    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_choices(body), *_choices(orelse)]
    return []
