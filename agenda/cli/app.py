"""The command line: which commands there are, and what becomes of what goes wrong in them."""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from agenda.cli import COMPLETION_VARIABLE, output
from agenda.cli.output import ClosedPipe
from agenda.errors import AgendaError, DataError
from agenda.text import join_words, quote_path, shorten
from agenda.version import __version__

if TYPE_CHECKING:
    from agenda.views.manual import Examples

COMMANDS = ("list", "show", "timeline", "month", "next", "count", "export", "new", "import", "check", "schema")
"""In the order of the help; each is the module of that name in `agenda.cli.commands`, with a function `command` and the
`EXAMPLES` of its help.
"""

EXAMPLES = (
    ("agenda list --city Tokyo", "what is on in Tokyo"),
    ("agenda timeline", "the whole programme as a chart"),
    ("agenda export --city Nagoya --output nagoya.ics", "the events in Nagoya for a calendar app"),
)

HELP = ["-h", "--help"]

_LONGEST = 500
"""Characters of what Typer says that are told: it quotes what was typed, and lists what would be right."""


class Command(TyperCommand):
    """A command that shows its help as the views do, with examples."""

    examples: "Examples" = ()

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - it is not written by Typer
        """Draw the help on standard output."""
        _draw_help(self, ctx)


class _Commands(Mapping[str, Any]):
    """The commands by name, each imported and built when it is asked for."""

    def __init__(self) -> None:
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        if name not in self._built:
            one = typer.Typer(add_completion=False, context_settings={"help_option_names": HELP})
            module = import_module(f"agenda.cli.commands.{name}")
            one.command(name, cls=Command)(module.command)
            self._built[name] = typer.main.get_command(one)
            self._built[name].examples = module.EXAMPLES
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class LazyGroup(TyperGroup):
    """A group that builds only the command that is called; only its help needs them all."""

    examples: "Examples" = EXAMPLES

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()  # type: ignore[assignment]  # nobody adds commands to it

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names of the commands, none of them built for that."""
        return list(COMMANDS)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - it is not written by Typer
        """Draw the help on standard output."""
        _draw_help(self, ctx)


def _draw_help(command: Any, context: Any) -> None:
    from agenda.cli.help import make_manual
    from agenda.views.manual import Help

    output.draw(Help(make_manual(command, context)))


app = typer.Typer(cls=LazyGroup, pretty_exceptions_enable=False, context_settings={"help_option_names": HELP})


def _version(context: typer.Context, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:  # as it is while a shell asks for completions
        output.write([f"agenda {__version__}\n"])
        raise typer.Exit


@app.callback(invoke_without_command=True)
def agenda(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does it
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="The version, and nothing else."),
    ] = False,
) -> None:
    """What is on, where, when and with whom: the programme of a mission in several cities, from one TOML file.

    The events come from the file that --data or $AGENDA_DATA names; without one, from the file that comes with the
    program: Piemonte's mission to Japan around Expo 2025 Osaka.
    """
    if context.invoked_subcommand is None:
        output.write([f"{context.get_help()}\n"])


def run(arguments: Sequence[str]) -> int:
    """Run one command line, and give the code to exit with: 0 where all went well, 1 where the data or a file is at
    fault, 2 where the command line is, 130 where it was interrupted. What went wrong is told on standard error.
    """
    if os.environ.get(COMPLETION_VARIABLE):
        return _completed(arguments)
    try:
        # Not standalone: Typer gives back the code of `typer.Exit`, and leaves what was raised to us.
        code: int = app(arguments, prog_name="agenda", standalone_mode=False) or 0
        output.flush()  # what Typer wrote itself, its help
        return code
    except ClosedPipe:
        return ClosedPipe.exit_code
    except DataError as error:
        output.write_error(str(error))  # each of its lines starts with a place, for editors to jump to
        return error.exit_code
    except AgendaError as error:
        output.write_error(f"agenda: {error}")
        return error.exit_code
    except typer.TyperException as error:
        output.write_error(f"agenda: {_message(error)}{_help_of(error)}")
        return error.exit_code
    except OSError as error:  # Typer cannot write its help or a script; all else has errors of its own
        output.discard()
        target = quote_path(str(error.filename)) if error.filename else "standard output"
        output.write_error(f"agenda: {target} cannot be written: {error.strerror}")
        return AgendaError.exit_code
    except SystemExit:
        output.discard()  # that is all that Typer and Rich say of a pipe that is closed
        return ClosedPipe.exit_code
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets no traceback
        output.write_error(f"agenda: {_unforeseen(error)}")
        return AgendaError.exit_code


def _unforeseen(error: Exception) -> str:
    """What to say of what nobody had thought of."""
    if isinstance(error, MemoryError):
        return "this takes more memory than there is; split the agenda into several files"
    import traceback

    *_, frame = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"this is a bug in agenda, at {place}: {type(error).__name__}: {shorten(str(error))}"


def _message(error: typer.TyperException) -> str:
    """What Typer says, with what may have been meant in the words of all our messages."""
    near = getattr(error, "possibilities", None)
    if near:
        return f"{shorten(error.message, _LONGEST)}; did you mean {join_words(sorted(near))}?"
    return shorten(error.format_message(), _LONGEST).replace(". Did you mean", "; did you mean")


def _completed(arguments: Sequence[str]) -> int:
    """Answer a shell that asks for completions, and give the code that tells it whether there are any. What goes
    wrong is not told: it would stand in the midst of what is being typed.
    """
    os.environ["COLUMNS"] = "9999"  # Rich breaks help into lines, and fish takes each line for a value
    try:
        app(arguments, prog_name="agenda", standalone_mode=False)
    except SystemExit as ended:  # that is how Typer ends where it has answered
        return int(ended.code or 0)
    except Exception:  # noqa: BLE001 - whatever it is
        output.discard()
    return AgendaError.exit_code


def _help_of(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"\nTry '{context.command_path} --help'." if context else ""
