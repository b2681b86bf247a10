"""How commands get the options that they share."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any, get_type_hints

from msgspec import Struct
from msgspec.structs import fields


def takes(options: type[Struct]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator: the command gets the fields of `options` as options of its own, and is called with one value
    of that class as its first argument. Typer has no such thing; it reads a command's signature, so that is written.
    """
    hints = get_type_hints(options, include_extras=True)

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = list(signature(command).parameters.values())[1:]
        shared = [
            Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])
            for field in fields(options)
        ]
        names = options.__struct_fields__

        @wraps(command)
        def with_options(**typed: Any) -> None:
            command(options(**{name: typed.pop(name) for name in names}), **typed)

        # In the order of the help: what `options` adds to the class below it, the command's own, what it inherits.
        inherited = {name for base in options.__bases__ for name in getattr(base, "__struct_fields__", ())}
        parameters = [
            *(parameter for parameter in shared if parameter.name not in inherited),
            *(parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in own),
            *(parameter for parameter in shared if parameter.name in inherited),
        ]
        setattr(with_options, "__signature__", signature(command).replace(parameters=parameters))  # noqa: B010
        with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return with_options

    return decorate
