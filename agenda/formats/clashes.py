"""Clashes as the formats write them, documented in docs/json.md."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import ceil, floor

from msgspec import UNSET, Struct, UnsetType

from agenda.dates import Period
from agenda.formats.records import EventRecord, VenueRecord, end_in_z, make_record, write_moment
from agenda.model import Certainty, Occurrence
from agenda.reports.clashes import Clash, Likelihood
from agenda.text.safe import one_line

_MINUTE = timedelta(minutes=1)


class ClashingRecord(Struct, frozen=True, kw_only=True):
    """One of the two events of a clash: some of its fields as `EventRecord` has them; `left` are spans of days."""

    id: str
    title: str
    when: Certainty
    start: str | None
    end: str | None
    between: list[str] | None
    city: list[str]
    venue: VenueRecord | None
    room: str | None
    left: list[list[str]] | None
    occurrence: str | UnsetType = UNSET


class ClashRecord(Struct, frozen=True, kw_only=True):
    """A clash; what both need is in `people` and `room`, and times are in whole minutes."""

    clash: Likelihood
    people: list[str]
    room: str | None
    overlap: int | None
    gap: int | None
    travel: int | None
    first: ClashingRecord
    second: ClashingRecord


_HEADER = (
    *("first", "second", "clash", "people", "room", "first_start", "first_end", "second_start", "second_end"),
    *("overlap", "gap", "travel", "first_left", "second_left", "first_title", "second_title"),
)


class ClashRows(Struct, frozen=True):
    """Clashes. With `utc`, times that are in UTC end in `Z`, as many programs want them."""

    clashes: Iterable[Clash]
    utc: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return _HEADER

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Each clash: the ids of both, how sure it is, what both need, and what is known of their times."""
        for clash, first, second in self._with_records():
            minutes = _overlap(clash), _gap(clash), _travel(clash)
            yield (
                first.id,
                second.id,
                clash.likelihood.value,
                one_line(", ".join(clash.people)),
                one_line(clash.room.name) if clash.room else "",
                write_moment(first, "start"),
                write_moment(first, "end"),
                write_moment(second, "start"),
                write_moment(second, "end"),
                *("" if value is None else str(value) for value in minutes),
                *(", ".join(map(_write_span, left)) if left else "" for left in clash.left),
                one_line(first.title),
                one_line(second.title),
            )

    def objects(self) -> Iterator[ClashRecord]:
        """The record of each clash."""
        for clash, first, second in self._with_records():
            left_of_first, left_of_second = clash.left
            yield ClashRecord(
                clash=clash.likelihood,
                people=list(clash.people),
                room=clash.room.name if clash.room else None,
                overlap=_overlap(clash),
                gap=_gap(clash),
                travel=_travel(clash),
                first=_clashing(first, left_of_first),
                second=_clashing(second, left_of_second),
            )

    def _with_records(self) -> Iterator[tuple[Clash, EventRecord, EventRecord]]:
        """Each clash, and the records of both; that of an occurrence is made once, since it may be in many clashes."""
        made: dict[tuple[str, date | None], EventRecord] = {}

        def record(occurrence: Occurrence) -> EventRecord:
            key = occurrence.event.id, occurrence.day
            if key not in made:
                new = make_record(occurrence)
                made[key] = end_in_z(new) if self.utc else new
            return made[key]

        for clash in self.clashes:
            yield clash, record(clash.first), record(clash.second)


def _clashing(record: EventRecord, left: tuple[Period, ...] | None) -> ClashingRecord:
    return ClashingRecord(
        id=record.id,
        title=record.title,
        when=record.when,
        start=record.start,
        end=record.end,
        between=record.between,
        city=record.city,
        venue=record.venue,
        room=record.room,
        left=None if left is None else [[str(period.first), str(period.last)] for period in left],
        occurrence=record.occurrence,
    )


def _write_span(period: Period) -> str:
    """`2025-10-01`, `2025-09-24..2025-09-28`."""
    return str(period.first) if period.first == period.last else f"{period.first}..{period.last}"


def _overlap(clash: Clash) -> int | None:
    return None if clash.overlap is None else ceil(clash.overlap / _MINUTE)


def _gap(clash: Clash) -> int | None:
    return None if clash.gap is None else floor(clash.gap / _MINUTE)


def _travel(clash: Clash) -> int | None:
    return None if clash.travel is None else ceil(clash.travel / _MINUTE)
