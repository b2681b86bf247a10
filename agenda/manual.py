"""What the help of a command says, as plain values: for the screen, and for docs/commands.md."""

import inspect
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct

from agenda.text import either

Examples = Sequence[tuple[str, str]]
"""Command lines, each with what it gives in a few words, without a full stop."""

OTHERS = "Options"
"""The group of what has none: the options that Typer adds."""


class Entry(Struct, frozen=True):
    """An option or an argument: its flags, what stands for its value, what it does, the values that it can have, the
    environment variable that gives it, and what it is without.
    """

    flags: tuple[str, ...]
    metavar: str
    text: str
    choices: tuple[str, ...] = ()
    variable: str = ""
    default: str = ""

    @property
    def remarks(self) -> Iterator[str]:
        """What there is to say besides the text, in words."""
        if self.choices:
            yield either(self.choices)
        if self.variable:
            yield f"environment variable: {self.variable}"
        if self.default:
            yield f"default: {self.default}"


class Group(Struct, frozen=True):
    """Options and arguments that belong together."""

    title: str
    entries: list[Entry]


class Manual(Struct, frozen=True):
    """All that is told of a command: the first paragraph says it in a line, `commands` are those that it has itself,
    each with that line, and `examples` tell what they do in a sentence.
    """

    usage: str
    paragraphs: list[str]
    commands: list[tuple[str, str]]
    groups: list[Group]
    examples: Examples


def manual_of(command: Any, context: Any) -> Manual:
    """What is told of a command of Typer that has `examples`, in that context of it."""
    groups: dict[str, list[Entry]] = {}
    shown = [parameter for parameter in command.get_params(context) if not getattr(parameter, "hidden", False)]
    # Arguments first; what has no group, such as --help, last.
    for parameter in sorted(shown, key=lambda one: (not one.rich_help_panel, one.param_type_name != "argument")):
        groups.setdefault(parameter.rich_help_panel or OTHERS, []).append(_entry(parameter, context))
    return Manual(
        usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
        paragraphs=_paragraphs(command),
        commands=list(_commands(command, context)),
        groups=[Group(title, entries) for title, entries in groups.items()],
        examples=[(line, f"{meaning[0].upper()}{meaning[1:]}.") for line, meaning in command.examples],
    )


def _paragraphs(command: Any) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in inspect.cleandoc(command.help or "").split("\n\n")]


def _commands(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    names = command.list_commands(context) if hasattr(command, "list_commands") else []
    for name in names:
        yield name, _paragraphs(command.get_command(context, name))[0]


def _entry(parameter: Any, context: Any) -> Entry:
    is_option = parameter.param_type_name == "option"
    choices = tuple(str(getattr(choice, "value", choice)) for choice in getattr(parameter.type, "choices", ()))
    metavar = parameter.metavar or (parameter.name.upper() if choices else parameter.make_metavar(ctx=context))
    flag = is_option and parameter.is_flag
    default = parameter.default
    told = parameter.show_default and default is not None and not flag and not callable(default)
    return Entry(
        flags=tuple(sorted(parameter.opts, key=len)) if is_option else (),
        metavar="" if flag else metavar,
        text=" ".join((parameter.help or "").split()),
        choices=choices,
        variable=parameter.envvar if isinstance(parameter.envvar, str) else "",
        default=str(default.value if isinstance(default, Enum) else default) if told else "",
    )
