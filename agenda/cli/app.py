"""The command line: its commands, and the message and the exit code of each error that they raise."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from agenda.cli import COMPLETION_VARIABLE, output
from agenda.cli.output import ClosedPipe
from agenda.errors import AgendaError, DataError, ExcessError, WordError
from agenda.text.safe import quote_path, shorten
from agenda.version import __version__

if TYPE_CHECKING:
    from agenda.views.manual import Examples

COMMAND_GROUPS = {
    "Look": ("list", "show", "day", "timeline", "month", "next", "count"),
    "Plan": ("clashes", "diff", "check"),
    "Change": ("new", "import", "add", "set", "move", "cancel", "remove", "rename", "edit"),
    "Share": ("export", "site", "push"),
    "For editors": ("schema",),
}
"""The commands by what people do with them, as the help has them."""

COMMANDS = tuple(name for names in COMMAND_GROUPS.values() for name in names)
"""The commands in the order of the help. Each is a module of `agenda.cli.commands` by that name, with a function
`command` and the `EXAMPLES` of its help.
"""

ALIASES = {
    "today": ("list", "--on", "today"),
    "tomorrow": ("list", "--on", "tomorrow"),
    "week": ("list", "--on", "week"),
}
"""What may be typed for a command and its first options."""

EXAMPLES = (
    ("agenda list --city Tokyo", "what is on in Tokyo"),
    ("agenda timeline", "the whole programme as a chart"),
    ("agenda export --city Nagoya --output nagoya.ics", "the events in Nagoya for a calendar app"),
)

HELP_FLAGS = ["-h", "--help"]


class Command(TyperCommand):
    """A command with examples, whose help a view draws."""

    examples: "Examples" = ()

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a word that it cannot take is told as Typer's own errors of a command line are."""
        try:
            return super().invoke(ctx)
        except WordError as error:
            from agenda.cli.hints import explain_word

            ctx.fail(explain_word(error, ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - it is not written by Typer
        """Draw the help on standard output."""
        _draw_help(self, ctx)


@cache
def _build_command(name: str) -> Any:
    """The command of Typer by that name, its module imported for that."""
    module = import_module(f"agenda.cli.commands.{name}")
    commands = typer.Typer(add_completion=False, context_settings={"help_option_names": HELP_FLAGS})
    commands.command(name, cls=Command)(module.command)
    command: Any = typer.main.get_command(commands)
    command.examples = module.EXAMPLES
    return command


class _Commands(Mapping[str, Any]):
    """The commands by name, each built when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        return _build_command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class LazyGroup(TyperGroup):
    """A group that builds only the command that is called; only its help needs them all."""

    examples: "Examples" = EXAMPLES
    aliases = ALIASES
    command_groups = COMMAND_GROUPS

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()  # type: ignore[assignment]  # nobody adds commands to it

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names of the commands, none of them built for that."""
        return list(COMMANDS)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called, its name, and its arguments; an alias is put in its place, and `help` shows what
        `--help` does.
        """
        command, *rest = args
        if command == "help":
            if not rest:
                _draw_help(self, ctx)
                raise typer.Exit
            command, rest = rest[0], ["--help"]
        command, *options = self.aliases.get(command, (command,))
        if command not in self.commands and not ctx.resilient_parsing:
            from agenda.cli.hints import explain_command

            ctx.fail(explain_command(command, rest, [*self.commands, *self.aliases]))
        return super().resolve_command(ctx, [command, *options, *rest])

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - it is not written by Typer
        """Draw the help on standard output."""
        _draw_help(self, ctx)


def _draw_help(command: Any, context: Any) -> None:
    from agenda.cli.help import make_manual
    from agenda.views.manual import ManualPage

    output.draw(ManualPage(make_manual(command, context)))


app = typer.Typer(
    cls=LazyGroup,
    add_completion=False,  # there is more to complete than Typer does
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": HELP_FLAGS},
)


def _version(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:  # as it is while a shell asks for completions
        output.write([f"agenda {__version__}\n"])
        raise typer.Exit


def _install_completion(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from agenda.cli.completion_script import find_shell, install_script

        shell = find_shell()
        path = install_script(shell)
        output.write([f"Completion for {shell} is installed in {path}; it begins with the next session.\n"])
        raise typer.Exit


def _show_completion(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from agenda.cli.completion_script import find_shell, make_script

        output.write([make_script(find_shell())])
        raise typer.Exit


@app.callback(invoke_without_command=True)
def agenda(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does it
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="The version, and nothing else."),
    ] = False,
    install_completion: Annotated[  # noqa: ARG001
        bool,
        typer.Option(
            "--install-completion",
            callback=_install_completion,
            is_eager=True,
            help="Install completion for the current shell.",
        ),
    ] = False,
    show_completion: Annotated[  # noqa: ARG001
        bool,
        typer.Option(
            "--show-completion",
            callback=_show_completion,
            is_eager=True,
            help="Show completion for the current shell, to copy it or customize the installation.",
        ),
    ] = False,
) -> None:
    """What is on, where, when and with whom: the programme of a mission in several cities, from one TOML file.

    `agenda today`, `agenda tomorrow` and `agenda week` are `agenda list` of these days, with all its options.

    The events come from the file that --data or $AGENDA_DATA names; without one, from the file that comes with the
    program: Piemonte's mission to Japan around Expo 2025 Osaka.
    """
    if context.invoked_subcommand is None:
        output.write([f"{context.get_help()}\n"])


def run(arguments: Sequence[str]) -> int:
    """Run one command line, tell of an error on standard error, and give the exit code: 0 after success, 1 for a
    mistake in the data or a file, 2 for one in the command line.
    """
    output.mend_encodings()
    if os.environ.get(COMPLETION_VARIABLE):
        return _complete()
    try:
        # Not standalone, so that Typer returns the code of `typer.Exit`, and leaves all errors to us.
        code: int = app(arguments, prog_name="agenda", standalone_mode=False) or 0
        output.flush()  # Typer writes some of its help by itself
        return code
    except ClosedPipe:
        return ClosedPipe.exit_code
    except AgendaError as error:
        output.write_error(_error_message(error))
        return error.exit_code
    except typer.TyperException as error:
        from agenda.cli.hints import explain_error

        output.write_error(f"agenda: {explain_error(error, arguments)}{_help_hint(error)}")
        return error.exit_code
    except OSError as error:  # where Typer writes its help or a script; our own writing raises FileError
        output.discard()
        target = quote_path(str(error.filename)) if error.filename else "standard output"
        output.write_error(f"agenda: {target} cannot be written: {error.strerror}")
        return AgendaError.exit_code
    except SystemExit:
        output.discard()  # Typer and Rich exit so where a pipe is closed
        return ClosedPipe.exit_code
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets no traceback
        output.write_error(f"agenda: {_unforeseen_message(error)}")
        return AgendaError.exit_code


def _error_message(error: AgendaError) -> str:
    match error:
        case DataError():
            return str(error)  # each of its lines starts with a place, for editors to jump to
        case ExcessError():
            return f"agenda: {error}, as by --on 2025-10"
        case _:
            return f"agenda: {error}"


def _unforeseen_message(error: Exception) -> str:
    """The message for an error that no code of ours raises: memory that is used up, or a bug and its place."""
    if isinstance(error, MemoryError):
        return "this takes more memory than there is; split the agenda into several files"
    import traceback

    *_, frame = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"this is a bug in agenda, at {place}: {type(error).__name__}: {shorten(str(error))}"


def _complete() -> int:
    """Answer a shell that asks for completions, or for the script by which it asks, and give the code that it takes.
    Errors are not told: they would stand in the midst of the line that is being typed; but for memory that is used up.
    """
    from agenda.cli.completer import answer_shell

    try:
        text, code = answer_shell(typer.main.get_command(app), os.environ)
        output.write([text])
        output.flush()
        return code
    except MemoryError as error:  # nothing of the line is at fault, and it would come again in silence
        output.discard()
        output.write_error(f"agenda: {_unforeseen_message(error)}")
    except Exception:  # noqa: BLE001 - a message, also of a bug, would stand in the line; the same command tells it
        output.discard()
    return AgendaError.exit_code


def _help_hint(error: typer.TyperException) -> str:
    """The line that names the help of the command in which the error arose."""
    context = getattr(error, "ctx", None)
    return f"\nTry '{context.command_path} --help'." if context else ""
