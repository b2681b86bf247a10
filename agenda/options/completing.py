"""How options and arguments get the values that complete them in a shell."""

from collections.abc import Callable
from importlib import import_module

from typer import Context


def completed(name: str) -> Callable[[Context, str], list[str]]:
    """What Typer calls for the values: the function of that name in `agenda.completion`, imported only then."""

    def complete(ctx: Context, incomplete: str) -> list[str]:
        values: list[str] = getattr(import_module("agenda.completion"), name)(ctx.params, incomplete)
        return values

    return complete
