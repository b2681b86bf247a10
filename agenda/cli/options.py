"""What can be typed for the commands: their shared options, each declared once, and nothing but what was typed."""

import os
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from typing import Annotated, Any

from msgspec import Struct
from msgspec.structs import fields
from typer import Argument, Context, Option
from typer.models import TyperPath

from agenda.cli import COMPLETION_VARIABLE
from agenda.cli.locales import LANGUAGE_VARIABLE
from agenda.formats import Format
from agenda.model import Certainty, Status

# The groups of the options in the help.
FILTER_PANEL = "Which events"
OUTPUT_PANEL = "What is told of them"
FILES_PANEL = "Where it goes"
CALENDAR_PANEL = "What is in the calendar"
DATA_PANEL = "Data and messages"


class ReportFormat(StrEnum):
    """The formats of a report besides the one for people."""

    JSON = "json"


def complete_with(name: str) -> Callable[[Context, str], list[str]] | None:
    """The function that Typer calls for the values of an option, e.g. `complete_cities` of `agenda.cli.completion` for
    the name `cities`; that module is imported only then. None where no shell asks: Typer examines each such function.
    """
    if not os.environ.get(COMPLETION_VARIABLE):
        return None

    def complete(ctx: Context, incomplete: str) -> list[str]:
        values: list[str] = getattr(import_module("agenda.cli.completion"), f"complete_{name}")(ctx.params, incomplete)
        return values

    return complete


def with_options(options: type[Struct]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator for a command whose first argument is a value of the class `options`.

    Typer sees a command that has each field of the class as an option of its own: it reads a command's signature and
    knows no classes of options, so the decorator writes that signature.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = list(signature(command).parameters.values())[1:]
        shared = [
            Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=field.type)
            for field in fields(options)
        ]
        names = options.__struct_fields__

        @wraps(command)
        def call(**typed: Any) -> None:
            command(options(**{name: typed.pop(name) for name in names}), **typed)

        # In the order of the help: what `options` adds to the class below it, the command's own, what it inherits. A
        # class that only describes a field anew stands for the one below it.
        of_each_class = (set(getattr(base, "__struct_fields__", ())) for base in options.__mro__)
        inherited = next(below for below in of_each_class if below != set(names))
        parameters = [
            *(parameter for parameter in shared if parameter.name not in inherited),
            *(parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in own),
            *(parameter for parameter in shared if parameter.name in inherited),
        ]
        parameters.sort(key=lambda parameter: parameter.name == "words")  # they are what other arguments leave
        setattr(call, "__signature__", signature(command).replace(parameters=parameters))  # noqa: B010
        call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return call

    return decorate


def format_option(help: str) -> Any:
    """`--format`, with the help of the command."""
    return Option("--format", "-f", case_sensitive=False, help=help, rich_help_panel=OUTPUT_PANEL)


FormatOption = Annotated[
    Format | None, format_option("The format; without it, a table on a terminal and tsv in a pipe.")
]


ANSWER_CODE = 3
"""The exit code by which `--exit-code` answers, apart from those of errors."""


def exit_code_option(when: str) -> Any:
    """`--exit-code`, which answers so `when` something is as its help says, e.g. "nothing is found"."""
    help = f"Exit with {ANSWER_CODE} where {when}, as for an `if` in a shell."
    return Option("--exit-code", help=help, rich_help_panel=OUTPUT_PANEL)


def words_argument(metavar: str, help: str, complete: str = "words") -> Any:
    """The words without an option, with the help of the command; `complete` as `complete_with` takes it."""
    return Argument(metavar=metavar, help=help, rich_help_panel=FILTER_PANEL, autocompletion=complete_with(complete))


AlarmOption = Annotated[
    list[str] | None,
    Option(
        "--alarm",
        metavar="WHEN",
        help="Remind of times, as in 30m or 2h before, or of days, as in 18:00-1d, the evening before.",
        rich_help_panel=CALENDAR_PANEL,
    ),
]

AssumedDurationOption = Annotated[
    str | None,
    Option(
        "--assume-duration",
        metavar="TIME",
        help="Let a time without an end last that long, as in 1h, for apps that do not take it as it is.",
        rich_help_panel=CALENDAR_PANEL,
    ),
]


ZONE_VARIABLE = "AGENDA_TZ"
"""The environment variable that `--tz` of the commands that show events has."""


def zone_option(help: str, panel: str, variable: str | None = None) -> Any:
    """`--tz`, with the help of the command in that panel of it, and the environment variable that sets it."""
    return Option(
        "--tz",
        metavar="ZONE",
        envvar=variable,
        help=help,
        rich_help_panel=panel,
        autocompletion=complete_with("zones"),
    )


def output_option(help: str) -> Any:
    """`--output`, with the help of the command."""
    return Option("--output", "-o", metavar="FILE", help=help, rich_help_panel=FILES_PANEL)


def force_option(help: str, panel: str = FILES_PANEL) -> Any:
    """`--force`, with the help of the command in that panel of it."""
    return Option("--force", help=help, rich_help_panel=panel)


def quiet_option(help: str) -> Any:
    """`--quiet`, with the help of the command."""
    return Option("--quiet", "-q", help=help, rich_help_panel=DATA_PANEL)


class MessageOptions(Struct, frozen=True, kw_only=True):
    """How much is said besides what was asked for."""

    verbose: Annotated[
        bool,
        Option("--verbose", "-v", help="Remarks on standard error, even into a pipe.", rich_help_panel=DATA_PANEL),
    ] = False
    quiet: Annotated[bool, quiet_option("No remarks; errors are always told.")] = False


def split_variable(variable: str) -> list[str]:
    """The files that an environment variable names: one, or several as `PATH` has folders."""
    if os.path.exists(variable):  # noqa: PTH110 - it raises nothing
        return [variable]
    return [name for name in variable.split(os.pathsep) if name]


class _DataFiles(TyperPath):
    """The type of `--data`, whose values are taken as they were typed."""

    def split_envvar_value(self, rv: str) -> list[str]:
        """The files that the environment variable names."""
        return split_variable(rv)

    def convert(self, value: Any, param: object, ctx: object) -> Any:
        """The name itself: what is wrong with a file is told where it is read."""
        del param, ctx
        return value


class DataOptions(MessageOptions, frozen=True, kw_only=True):
    """Where the agenda comes from."""

    data: Annotated[
        list[str] | None,
        Option(
            "--data",
            "-d",
            metavar="FILE",
            envvar="AGENDA_DATA",
            click_type=_DataFiles(),
            help="The agenda, a TOML file; - is standard input. Given again, or a folder, all files are one agenda."
            " Without it, the one that comes with the program.",
            rich_help_panel=DATA_PANEL,
        ),
    ] = None


def _filter_option(*flags: str, metavar: str, help: str, complete: str | None = None) -> Any:
    """An option that filters events; `complete` names the values that complete it, as `complete_with` takes them."""
    return Option(
        *flags,
        metavar=metavar,
        help=help,
        rich_help_panel=FILTER_PANEL,
        autocompletion=complete_with(complete) if complete else None,
    )


_ZONE_HELP = (
    "Tell times, and the days that they fall on, by this zone's clocks, as Europe/Rome; local is this machine's."
)


def language_option(help: str, variable: str | None = None) -> Any:
    """`--lang`, with the help of the command, and the environment variable that sets it."""
    return Option(
        "--lang",
        metavar="LANGUAGE",
        envvar=variable,
        help=help,
        rich_help_panel=OUTPUT_PANEL,
        autocompletion=complete_with("languages"),
    )


_LANGUAGE_HELP = (
    "In this language, such as it or ja, if the file has texts in it; without it, in the first that it declares."
)

LanguageOption = Annotated[str | None, language_option(_LANGUAGE_HELP, LANGUAGE_VARIABLE)]


class SelectionOptions(DataOptions, frozen=True, kw_only=True):
    """Which events are wanted. The values of one option are alternatives, e.g. two cities; an event has to meet each of
    the options that were given. Each of the `words` stands for one of them.
    """

    words: Annotated[
        list[str] | None, words_argument("[WORD]...", "A city, a day or a topic, as if by --city, --on or --topic.")
    ] = None
    city: Annotated[
        list[str] | None,
        _filter_option("--city", "-c", metavar="CITY", help="In this city; given again, in either.", complete="cities"),
    ] = None
    on: Annotated[
        list[str] | None,
        _filter_option(
            "--on",
            metavar="DAY",
            help='On this day, as in 2025-09-30, "30 Sep", Monday or domani, in a week or a month ("next week", '
            '2025-10), or on the days of a span ("8-9 Apr", A..B).',
            complete="days",
        ),
    ] = None
    since: Annotated[
        list[str] | None, _filter_option("--from", metavar="DAY", help="On this day or later.", complete="days")
    ] = None
    until: Annotated[
        list[str] | None, _filter_option("--to", metavar="DAY", help="On this day or earlier.", complete="days")
    ] = None
    topic: Annotated[
        list[str] | None, _filter_option("--topic", "-t", metavar="TOPIC", help="On this topic.", complete="topics")
    ] = None
    kind: Annotated[
        list[str] | None, _filter_option("--kind", "-k", metavar="KIND", help="Of this kind.", complete="kinds")
    ] = None
    party: Annotated[
        list[str] | None,
        _filter_option(
            "--with",
            "-w",
            metavar="NAME",
            help="With an organizer or a person whose name contains this; given again, with either.",
            complete="parties",
        ),
    ] = None
    other_party: Annotated[
        list[str] | None,
        _filter_option(
            "--and-with", metavar="NAME", help="And with this one too; again, with all.", complete="parties"
        ),
    ] = None
    venue: Annotated[
        list[str] | None,
        _filter_option("--venue", metavar="NAME", help="At a venue whose name contains this.", complete="venues"),
    ] = None
    room: Annotated[
        list[str] | None,
        _filter_option("--room", metavar="NAME", help="In a room whose name contains this.", complete="rooms"),
    ] = None
    search: Annotated[
        list[str] | None,
        _filter_option("--search", "-s", metavar="TEXT", help="With all of these words anywhere in their text."),
    ] = None
    status: Annotated[
        list[Status] | None,
        Option(
            "--status",
            case_sensitive=False,
            help="Of this status; without it, cancelled events are left out of lists.",
            rich_help_panel=FILTER_PANEL,
        ),
    ] = None
    when: Annotated[
        list[Certainty] | None,
        Option(
            "--when",
            case_sensitive=False,
            help="Whose date is fixed, lies between two days, or is to be announced.",
            rich_help_panel=FILTER_PANEL,
        ),
    ] = None
    public: Annotated[
        bool,
        Option(
            "--public", help="Leave out internal events, which are not for all to see.", rich_help_panel=FILTER_PANEL
        ),
    ] = False
    zone: Annotated[str | None, zone_option(_ZONE_HELP, OUTPUT_PANEL, ZONE_VARIABLE)] = None
    utc: Annotated[
        bool,
        Option(
            "--utc",
            help="The same by the clocks of UTC; times in data end in Z, as 2025-09-29T02:00:00Z.",
            rich_help_panel=OUTPUT_PANEL,
        ),
    ] = False
    language: LanguageOption = None


class ChoiceOptions(SelectionOptions, frozen=True, kw_only=True):
    """The same for commands that also take ids of events, each as a word."""

    words: Annotated[
        list[str] | None,
        words_argument(
            "[ID]...",
            "Ids of events, or a city, a day or a topic; - reads ids from standard input. Without any, all.",
            complete="ids",
        ),
    ] = None


class PublishingOptions(ChoiceOptions, frozen=True, kw_only=True):
    """The same for what others get, which is not to depend on the environment of whoever makes it."""

    zone: Annotated[
        str | None,
        zone_option(f"{_ZONE_HELP} What others get does not heed {ZONE_VARIABLE}.", OUTPUT_PANEL),
    ] = None
