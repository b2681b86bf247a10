"""The manual of a command as plain values, for the screen and for docs/commands.md."""

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import Any

from agenda.views.manual import CommandGroup, Manual, Parameter, ParameterGroup

OTHER_PANEL = "Options"
"""The group of the options that Typer adds, which name no group."""


def make_manual(command: Any, context: Any) -> Manual:
    """The manual of a command of Typer that has `examples`; `context` is Typer's for that command."""
    groups: dict[str, list[Parameter]] = {}
    visible = [parameter for parameter in command.get_params(context) if not getattr(parameter, "hidden", False)]
    for parameter in sorted(visible, key=_place_in_help):
        groups.setdefault(parameter.rich_help_panel or OTHER_PANEL, []).append(_make_parameter(parameter, context))
    return Manual(
        usage=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
        paragraphs=_paragraphs(command),
        commands=list(_commands(command, context)),
        groups=[ParameterGroup(title, entries) for title, entries in groups.items()],
        examples=[(line, f"{meaning[0].upper()}{meaning[1:]}.") for line, meaning in command.examples],
    )


def _place_in_help(parameter: Any) -> tuple[bool, bool]:
    """The key to sort by: arguments first, and last what has no group, such as `--help`."""
    return not parameter.rich_help_panel, parameter.param_type_name != "argument"


def _paragraphs(command: Any) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in inspect.cleandoc(command.help or "").split("\n\n")]


def _commands(command: Any, context: Any) -> Iterator[CommandGroup]:
    for title, names in getattr(command, "command_groups", {}).items():
        summaries = [(name, _paragraphs(command.get_command(context, name))[0]) for name in names]
        yield CommandGroup(title, summaries)


def _make_parameter(parameter: Any, context: Any) -> Parameter:
    is_option = parameter.param_type_name == "option"
    choices = tuple(str(getattr(choice, "value", choice)) for choice in getattr(parameter.type, "choices", ()))
    metavar = parameter.metavar or (parameter.name.upper() if choices else parameter.make_metavar(ctx=context))
    flag = is_option and parameter.is_flag
    default = parameter.default
    show_default = parameter.show_default and default is not None and not flag and not callable(default)
    return Parameter(
        flags=tuple(sorted([*parameter.opts, *parameter.secondary_opts], key=len)) if is_option else (),
        metavar="" if flag else metavar,
        text=" ".join((parameter.help or "").split()),
        choices=choices,
        variable=parameter.envvar if isinstance(parameter.envvar, str) else "",
        default=str(default.value if isinstance(default, Enum) else default) if show_default else "",
    )
