"""What a series of a calendar becomes in an agenda file, and what our own export told of its rule."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from agenda.ical.source_rules import SourceRule, join_parts
from agenda.ical.times import Times
from agenda.model import Event, Fixed, Moment
from agenda.recurrence.expand import occurrences
from agenda.recurrence.rrule import make_explicit, parse_rule


class SeriesPart(Struct, frozen=True):
    """An event of an agenda file that a series becomes, or a part of it: a rule, or a single time without one."""

    times: Times
    repeat: str | None = None
    exceptions: tuple[date, ...] = ()

    def instances(self, zone: ZoneInfo | None) -> Iterator[tuple[Moment, Moment | None]]:
        """The starts and ends of the part as an agenda tells them whose clocks are those of `zone`."""
        if self.repeat is None:
            yield self.times.start, self.times.end
            return
        start, end = (_told_by(moment, zone) for moment in (self.times.start, self.times.end))
        event = Event(
            id="part",
            title="part",
            when=Fixed(start or self.times.start, end),
            timezone=zone,
            repeat=parse_rule(self.repeat),
            exceptions=self.exceptions,
        )
        for occurrence in occurrences(event):
            if isinstance(occurrence.when, Fixed):
                yield occurrence.when.start, occurrence.when.end


class ExportedRule(Struct, frozen=True):
    """What our own export told of a rule: its last day, and its parts where RRULE has more of them."""

    until: date | None = None
    repeat: str | None = None

    def replaced(self, rule: SourceRule, times: Times) -> SourceRule:
        """The rule with the parts that were exported, if they still mean the same for an event that is at `times`."""
        if self.repeat is None:
            return rule
        try:
            ours, theirs = (
                make_explicit(parse_rule(text), times.day) for text in (self.repeat, join_parts(rule.parts))
            )
            parts = dict(part.split("=") for part in self.repeat.split(";"))
        except ValueError:
            return rule
        return replace(rule, parts=parts) if ours == theirs else rule


UNKNOWN = ExportedRule()
"""What is known of the rule of another program."""


def _told_by(moment: Moment | None, zone: ZoneInfo | None) -> Moment | None:
    """A moment by the clocks of a zone; days and floating times stay."""
    if not isinstance(moment, datetime) or moment.tzinfo is None or zone is None:
        return moment.replace(tzinfo=zone) if isinstance(moment, datetime) and zone else moment
    return moment.astimezone(UTC).astimezone(zone)  # by UTC, so that a skipped time is told as clocks show it
