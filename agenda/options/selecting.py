"""The options of every command that chooses events."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any

from typer import Option

from agenda.days import Clock, Period, now
from agenda.errors import UsageError
from agenda.files import STDIN, standard_input
from agenda.model import Agenda, Certainty, Status
from agenda.options.completing import completed
from agenda.options.data import DataOptions
from agenda.options.formats import TELLING
from agenda.options.typed import known_ids, names, once, some, zone
from agenda.recurrence.occurrences import span
from agenda.selection import Wanted

CHOOSING = "Which events"
"""The group of them in the help."""


def _choice(*flags: str, metavar: str, text: str, values: str | None = None) -> Any:
    complete = completed(values) if values else None
    return Option(*flags, metavar=metavar, help=text, rich_help_panel=CHOOSING, autocompletion=complete)


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
            rich_help_panel=CHOOSING,
        ),
    ] = None
    when: Annotated[
        list[Certainty] | None,
        Option(
            "--when",
            case_sensitive=False,
            help="Whose date is fixed, lies between two days, or is to be announced.",
            rich_help_panel=CHOOSING,
        ),
    ] = None
    zone: Annotated[
        str | None,
        Option(
            "--tz",
            metavar="ZONE",
            help="Tell times, and the days that they fall on, by the clocks of this zone, as in Europe/Rome.",
            rich_help_panel=TELLING,
            autocompletion=completed("zones"),
        ),
    ] = None

    def now(self, agenda: Agenda) -> datetime:
        """The time that it is, by `$AGENDA_NOW` or the system's clock, in the zone of `--tz` or else the agenda's."""
        return now(os.environ.get("AGENDA_NOW"), agenda.timezone, zone(self.zone))

    def wanted(self, agenda: Agenda, *, statuses: Iterable[Status], ids: Sequence[str] | None = None) -> Wanted:
        """What was asked for, in the terms of the agenda; `statuses` are those that are wanted without `--status`.

        Raises UsageError where something names what the agenda does not have, or is not of its form.
        """
        clock = self.clock(agenda)
        return Wanted(
            cities=names("city", self.city, agenda.cities),
            topics=names("topic", self.topic, agenda.topics),
            kinds=names("kind", self.kind, agenda.kinds),
            with_parts=tuple(some(part, "--with") for part in self.party or ()),
            venue_parts=tuple(some(part, "--venue") for part in self.venue or ()),
            searches=tuple(tuple(some(text, "--search").split()) for text in self.search or ()),
            periods=self._periods(clock),
            today=clock.today,
            timezone=zone(self.zone),
            statuses=frozenset(self.status or statuses),
            certainties=frozenset(self.when or ()),
            ids=None if ids is None else known_ids(ids, agenda),
        )

    def clock(self, agenda: Agenda) -> Clock:
        """What days are told by; raises UsageError where `$AGENDA_NOW` is no time."""
        return Clock(self.now(agenda).date(), lambda: span(agenda))

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
        on = once("--on", self.on, clock.period)
        first = once("--from", self.since, clock.day).first
        last = once("--to", self.until, clock.day).last
        if first and last and first > last:
            raise UsageError(f"--from {first} is after --to {last}; no day is in both")
        first = max(filter(None, (first, on.first)), default=None)
        last = min(filter(None, (last, on.last)), default=None)
        if first and last and first > last:
            raise UsageError("--on has no day in common with --from and --to")
        return (Period(first, last),)
