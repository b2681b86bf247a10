"""The options of every command that chooses events."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from enum import StrEnum
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from typing import Annotated, Any, get_type_hints

from msgspec import Struct
from msgspec.structs import fields
from typer import Context, Option

from agenda.agendafile.load import load
from agenda.cli import output
from agenda.cli.parse import parse_ids, parse_names, parse_period_option, parse_text, parse_zone_option
from agenda.cli.progress import spinner
from agenda.dates import Clock, Period, now
from agenda.errors import UsageError
from agenda.files import STDIN, read_stdin
from agenda.formats import Format
from agenda.model import Agenda, Certainty, Status
from agenda.query import Query
from agenda.recurrence.expand import agenda_span

OUTPUT_PANEL = "What is told of them"
"""The group of them in the help."""


FormatOption = Annotated[
    Format | None,
    Option(
        "--format",
        "-f",
        case_sensitive=False,
        help="As what; without it, a table on a terminal and tsv in a pipe.",
        rich_help_panel=OUTPUT_PANEL,
    ),
]


class ReportFormat(StrEnum):
    """As what it is told, other than for people."""

    JSON = "json"


def complete_with(name: str) -> Callable[[Context, str], list[str]]:
    """What Typer calls for the values: the function of that name in `agenda.cli.completion`, imported only then."""

    def complete(ctx: Context, incomplete: str) -> list[str]:
        values: list[str] = getattr(import_module("agenda.cli.completion"), f"complete_{name}")(ctx.params, incomplete)
        return values

    return complete


def with_options(options: type[Struct]) -> Callable[[Callable[..., None]], Callable[..., None]]:
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


DATA_PANEL = "Data and messages"
"""The group of them in the help."""


class MessageOptions(Struct, frozen=True, kw_only=True):
    """How much is said besides what was asked for."""

    verbose: Annotated[
        bool,
        Option("--verbose", "-v", help="Remarks on standard error, even into a pipe.", rich_help_panel=DATA_PANEL),
    ] = False
    quiet: Annotated[
        bool, Option("--quiet", "-q", help="No remarks; errors are always told.", rich_help_panel=DATA_PANEL)
    ] = False

    def reading(self) -> AbstractContextManager[None]:
        """A spinner while events are read, unless nothing is to be told."""
        return nullcontext() if self.quiet else spinner("Reading events")

    def writing(self, target: str = output.STDOUT) -> AbstractContextManager[None]:
        """A spinner while events are written into a file; where they may come to a terminal meanwhile, none."""
        return spinner("Writing events") if output.is_file(target) and not self.quiet else nullcontext()

    def remark(self, *texts: str) -> None:
        """Tell what is no data, each by itself, if it is to be told."""
        for text in texts:
            output.write_remark(text, verbose=self.verbose, quiet=self.quiet)


class DataOptions(MessageOptions, frozen=True, kw_only=True):
    """Where the agenda comes from."""

    data: Annotated[
        str | None,
        Option(
            "--data",
            "-d",
            metavar="FILE",
            envvar="AGENDA_DATA",
            help="The agenda, a TOML file; - is standard input. Without it, the one that comes with the program.",
            rich_help_panel=DATA_PANEL,
        ),
    ] = None

    def agenda(self) -> Agenda:
        """The agenda; raises FileError or DataError where it cannot be had."""
        with self.reading():
            return load(self.data)

    def now(self, agenda: Agenda) -> datetime:
        """The time that it is, by `$AGENDA_NOW` or the system's clock, in the agenda's zone."""
        return now(os.environ.get("AGENDA_NOW"), agenda.timezone)


FILTER_PANEL = "Which events"
"""The group of them in the help."""


def _choice(*flags: str, metavar: str, text: str, values: str | None = None) -> Any:
    complete = complete_with(values) if values else None
    return Option(*flags, metavar=metavar, help=text, rich_help_panel=FILTER_PANEL, autocompletion=complete)


class SelectionOptions(DataOptions, frozen=True, kw_only=True):
    """Which events are wanted: what was typed. The same option twice means or; different options mean and."""

    city: Annotated[
        list[str] | None,
        _choice("--city", "-c", metavar="CITY", text="In this city; given again, in either.", values="cities"),
    ] = None
    on: Annotated[
        list[str] | None,
        _choice(
            "--on",
            metavar="DAY",
            text='On this day, as in 2025-09-30, "30 Sep" or tomorrow, in a month (2025-10), or on the days A..B.',
            values="days",
        ),
    ] = None
    since: Annotated[
        list[str] | None, _choice("--from", metavar="DAY", text="On this day or later.", values="days")
    ] = None
    until: Annotated[
        list[str] | None, _choice("--to", metavar="DAY", text="On this day or earlier.", values="days")
    ] = None
    topic: Annotated[
        list[str] | None, _choice("--topic", "-t", metavar="TOPIC", text="On this topic.", values="topics")
    ] = None
    kind: Annotated[list[str] | None, _choice("--kind", "-k", metavar="KIND", text="Of this kind.", values="kinds")] = (
        None
    )
    party: Annotated[
        list[str] | None,
        _choice(
            "--with",
            "-w",
            metavar="NAME",
            text="With an organizer or a person whose name has this in it.",
            values="parties",
        ),
    ] = None
    venue: Annotated[
        list[str] | None,
        _choice("--venue", metavar="NAME", text="At a venue whose name has this in it.", values="venues"),
    ] = None
    search: Annotated[
        list[str] | None,
        _choice("--search", "-s", metavar="TEXT", text="With all of these words anywhere in their text."),
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
    zone: Annotated[
        str | None,
        Option(
            "--tz",
            metavar="ZONE",
            help="Tell times, and the days that they fall on, by the clocks of this zone, as in Europe/Rome.",
            rich_help_panel=OUTPUT_PANEL,
            autocompletion=complete_with("zones"),
        ),
    ] = None

    def now(self, agenda: Agenda) -> datetime:
        """The time that it is, by `$AGENDA_NOW` or the system's clock, in the zone of `--tz` or else the agenda's."""
        return now(os.environ.get("AGENDA_NOW"), agenda.timezone, parse_zone_option(self.zone))

    def wanted(self, agenda: Agenda, *, statuses: Iterable[Status], ids: Sequence[str] | None = None) -> Query:
        """What was asked for, in the terms of the agenda; `statuses` are those that are wanted without `--status`.

        Raises UsageError where something names what the agenda does not have, or is not of its form.
        """
        clock = self.clock(agenda)
        return Query(
            cities=parse_names("city", self.city, agenda.cities),
            topics=parse_names("topic", self.topic, agenda.topics),
            kinds=parse_names("kind", self.kind, agenda.kinds),
            with_parts=tuple(parse_text(part, "--with") for part in self.party or ()),
            venue_parts=tuple(parse_text(part, "--venue") for part in self.venue or ()),
            searches=tuple(tuple(parse_text(text, "--search").split()) for text in self.search or ()),
            periods=self._periods(clock),
            today=clock.today,
            timezone=parse_zone_option(self.zone),
            statuses=frozenset(self.status or statuses),
            certainties=frozenset(self.when or ()),
            ids=None if ids is None else parse_ids(ids, agenda),
        )

    def clock(self, agenda: Agenda) -> Clock:
        """What days are told by; raises UsageError where `$AGENDA_NOW` is no time."""
        return Clock(self.now(agenda).date(), lambda: agenda_span(agenda))

    def ids(self, typed: Sequence[str]) -> list[str] | None:
        """The ids that were typed, with those of standard input for `-`; None where none was typed."""
        if not typed:
            return None
        typed = [id_.strip() for id_ in typed]
        if STDIN not in typed:
            return typed
        if self.data == STDIN:
            raise UsageError("- stands for both ids and data; standard input can be only one of them")
        lines = read_stdin().decode("utf-8-sig", errors="replace").splitlines()
        piped = [line.partition("\t")[0].strip() for line in lines]
        return [id_ for id_ in typed if id_ != STDIN] + [id_ for id_ in piped if id_]

    def _periods(self, clock: Clock) -> tuple[Period, ...]:
        if not (self.on or self.since or self.until):
            return ()
        on = parse_period_option("--on", self.on, clock.period)
        first = parse_period_option("--from", self.since, clock.day).first
        last = parse_period_option("--to", self.until, clock.day).last
        if first and last and first > last:
            raise UsageError(f"--from {first} is after --to {last}; no day is in both")
        first = max(filter(None, (first, on.first)), default=None)
        last = min(filter(None, (last, on.last)), default=None)
        if first and last and first > last:
            raise UsageError("--on has no day in common with --from and --to")
        return (Period(first, last),)
