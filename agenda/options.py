"""The options that commands share: defined once, and turned into what is wanted or into a usage error."""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, get_type_hints

from msgspec import Struct
from msgspec.structs import fields
from typer import Option

from agenda import output
from agenda.dataset.load import STDIN, load, standard_input
from agenda.days import Clock, Period, now
from agenda.errors import UsageError
from agenda.model import Agenda, Certainty, Named, Status
from agenda.recurrence import span
from agenda.selection import Wanted
from agenda.text import either, fold, quoted, suggestion

_DATA = "Data and messages"
_FEW = 12
"""How many names a message lists."""
_SELECTION = "Which events"


class DataOptions(Struct, frozen=True, kw_only=True):
    """Where the agenda comes from, and how much is said of it."""

    data: Annotated[
        str | None,
        Option(
            "--data",
            "-d",
            metavar="FILE",
            envvar="AGENDA_DATA",
            help="The agenda, a TOML file; - is standard input. Without it, the one that comes with the program.",
            rich_help_panel=_DATA,
        ),
    ] = None
    verbose: Annotated[
        bool,
        Option("--verbose", "-v", help="Remarks on standard error, even into a pipe.", rich_help_panel=_DATA),
    ] = False
    quiet: Annotated[
        bool, Option("--quiet", "-q", help="No remarks; errors are always told.", rich_help_panel=_DATA)
    ] = False

    def agenda(self) -> Agenda:
        """The agenda; raises FileError or DataError where it cannot be had."""
        return load(self.data)

    def remark(self, text: str) -> None:
        """Tell something that is no data, if it is to be told."""
        output.remark(text, verbose=self.verbose, quiet=self.quiet)


def _choice(*flags: str, metavar: str, text: str) -> Any:
    return Option(*flags, metavar=metavar, help=text, rich_help_panel=_SELECTION)


class SelectionOptions(DataOptions, frozen=True, kw_only=True):
    """Which events are wanted: what was typed. The same option twice means or; different options mean and."""

    city: Annotated[list[str] | None, _choice("--city", "-c", metavar="CITY", text="In this city.")] = None
    on: Annotated[
        list[str] | None, _choice("--on", metavar="DAY", text="On this day, in this month, or on the days A..B.")
    ] = None
    since: Annotated[list[str] | None, _choice("--from", metavar="DAY", text="On this day or later.")] = None
    until: Annotated[list[str] | None, _choice("--to", metavar="DAY", text="On this day or earlier.")] = None
    topic: Annotated[list[str] | None, _choice("--topic", "-t", metavar="TOPIC", text="On this topic.")] = None
    kind: Annotated[list[str] | None, _choice("--kind", "-k", metavar="KIND", text="Of this kind.")] = None
    party: Annotated[
        list[str] | None,
        _choice("--with", "-w", metavar="NAME", text="With an organizer or a person whose name has this in it."),
    ] = None
    venue: Annotated[
        list[str] | None, _choice("--venue", metavar="NAME", text="At a venue whose name has this in it.")
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
            rich_help_panel=_SELECTION,
        ),
    ] = None
    when: Annotated[
        list[Certainty] | None,
        Option(
            "--when",
            case_sensitive=False,
            help="Whose date is fixed, lies between two days, or is to be announced.",
            rich_help_panel=_SELECTION,
        ),
    ] = None

    def wanted(self, agenda: Agenda, *, statuses: Iterable[Status], ids: Sequence[str] | None = None) -> Wanted:
        """What was asked for, in the terms of the agenda; `statuses` are those that are wanted without `--status`.

        Raises UsageError where something names what the agenda does not have, or is not of its form.
        """
        clock = Clock(now(os.environ.get("AGENDA_NOW"), agenda.timezone).date(), lambda: span(agenda))
        return Wanted(
            cities=_meant("city", self.city, agenda.cities),
            topics=_meant("topic", self.topic, agenda.topics),
            kinds=_meant("kind", self.kind, agenda.kinds),
            with_parts=tuple(_some(part, "--with") for part in self.party or ()),
            venue_parts=tuple(_some(part, "--venue") for part in self.venue or ()),
            searches=tuple(tuple(_some(text, "--search").split()) for text in self.search or ()),
            periods=self._periods(clock),
            today=clock.today,
            statuses=frozenset(self.status or statuses),
            certainties=frozenset(self.when or ()),
            ids=None if ids is None else _known(ids, agenda),
        )

    def ids(self, typed: Sequence[str]) -> list[str] | None:
        """The ids that were typed, with those of standard input for `-`; None where none was typed."""
        if not typed:
            return None
        typed = [id_.strip() for id_ in typed]
        if STDIN not in typed:
            return typed
        if self.data == STDIN:
            raise UsageError("- stands for both ids and data; standard input can be only one of them")
        lines = standard_input().decode("utf-8-sig", errors="replace").splitlines()
        piped = [line.partition("\t")[0].strip() for line in lines]
        return [id_ for id_ in typed if id_ != STDIN] + [id_ for id_ in piped if id_]

    def _periods(self, clock: Clock) -> tuple[Period, ...]:
        if not (self.on or self.since or self.until):
            return ()
        on = _once("--on", self.on, clock.period)
        first = _once("--from", self.since, clock.day).first
        last = _once("--to", self.until, clock.day).last
        if first and last and first > last:
            raise UsageError(f"--from {first} is after --to {last}; no day is in both")
        first = max(filter(None, (first, on.first)), default=None)
        last = min(filter(None, (last, on.last)), default=None)
        if first and last and first > last:
            raise UsageError("--on has no day in common with --from and --to")
        return (Period(first, last),)


def takes(options: type[DataOptions]) -> Callable[[Callable[..., None]], Callable[..., None]]:
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

        parameters = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in own] + shared
        setattr(with_options, "__signature__", signature(command).replace(parameters=parameters))  # noqa: B010
        with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return with_options

    return decorate


def _meant(noun: str, typed: Sequence[str] | None, entries: Iterable[Named]) -> frozenset[str]:
    """The names of the entries that were typed, by name or by alias."""
    if not typed:
        return frozenset()
    called = [(name, entry.name) for entry in entries for name in (*entry.aliases, entry.name)]
    found: set[str] = set()
    for name in typed:
        meant = {shown for other, shown in called if fold(other) == fold(name)}
        if not meant:
            known = list(dict.fromkeys(shown for _, shown in called))
            few = either(map(quoted, known[:_FEW]), "and") if known else "none"
            right = suggestion(name, dict(called), f"it has {f'{len(known)}, such as ' if known[_FEW:] else ''}{few}")
            raise UsageError(f"--{noun}: the agenda has no {noun} {quoted(name)}; {right}")
        found |= meant
    return frozenset(found)


def _once(option: str, values: Sequence[str] | None, read: Callable[[str], Period]) -> Period:
    """The period that the option gives; the one without ends where it is not given."""
    if not values:
        return Period()
    if len(values) > 1:
        raise UsageError(f"{option} is given {len(values)} times; give it once")
    try:
        return read(values[0])
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from None


def _some(text: str, option: str) -> str:
    folded = fold(text)
    if not folded:
        raise UsageError(f"{option} is empty; give it some text")
    return folded


def _known(ids: Sequence[str], agenda: Agenda) -> frozenset[str]:
    known = {event.id: event.id for event in agenda.events}
    unknown = [id_ for id_ in dict.fromkeys(ids) if id_ not in known]
    if len(unknown) == 1:
        right = suggestion(unknown[0], known, "`agenda list` shows the ids")
        raise UsageError(f"no event has the id {quoted(unknown[0])}; {right}")
    if unknown:
        few = either(map(quoted, unknown[:_FEW]))
        more = f", nor {len(unknown) - _FEW} more ids" if unknown[_FEW:] else ""
        raise UsageError(f"no event has the id {few}{more}; `agenda list` shows the ids")
    return frozenset(ids)
