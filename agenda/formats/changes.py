"""Changes as the formats write them, documented in docs/json.md."""

from collections.abc import Iterable, Iterator

from msgspec import UNSET, Struct, UnsetType

from agenda.formats.records import FIELDS, EventRecord, end_in_z, make_record, write_moment
from agenda.model import Occurrence
from agenda.reports.change_words import people_in_words, place_in_words, value_in_words
from agenda.reports.changes import ChangeKind, EventChange
from agenda.text.safe import one_line
from agenda.wording.english import ENGLISH

_HEADER = ("id", "change", "before", "after", "title")
_OF_STATUS = (ChangeKind.CANCELLED, ChangeKind.RESTORED)


class ChangeRecord(Struct, frozen=True, kw_only=True):
    """A change; `fields` are those of the records that differ, where both are there."""

    id: str
    title: str
    changes: list[ChangeKind]
    fields: list[str]
    lacks_revision: bool
    before: EventRecord | None
    after: EventRecord | None
    occurrence: str | UnsetType = UNSET


class ChangeRows(Struct, frozen=True):
    """Changes. With `utc`, times that are in UTC end in `Z`, as many programs want them."""

    changes: Iterable[EventChange]
    utc: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return _HEADER

    def rows(self) -> Iterator[tuple[str, ...]]:
        """A row for each kind of each change: the id, the kind, how it was, how it is, and the title."""
        for change in self.changes:
            event = change.told.event
            for kind in change.kinds:
                was, is_now = (
                    self._value(change, side, kind) if side else "" for side in (change.before, change.after)
                )
                yield event.id, kind.value, was, is_now, one_line(event.title)

    def objects(self) -> Iterator[ChangeRecord]:
        """The record of each change."""
        for change in self.changes:
            before = self._record(change.before) if change.before else None
            after = self._record(change.after) if change.after else None
            differing = [name for name in FIELDS if before and after and getattr(before, name) != getattr(after, name)]
            yield ChangeRecord(
                id=change.told.event.id,
                title=change.told.event.title,
                changes=list(change.kinds),
                fields=differing,
                lacks_revision=change.lacks_revision,
                before=before,
                after=after,
                occurrence=change.day.isoformat() if change.day else UNSET,
            )

    def _record(self, occurrence: Occurrence) -> EventRecord:
        record = make_record(occurrence)
        return end_in_z(record) if self.utc else record

    def _value(self, change: EventChange, side: Occurrence, kind: ChangeKind) -> str:
        """What a row tells of one side of a change of that kind."""
        event = side.event
        if kind in _OF_STATUS:
            return event.status.value
        if kind is ChangeKind.PLACE:
            return place_in_words(event, ENGLISH)
        if kind is ChangeKind.PEOPLE:
            return people_in_words(event, ENGLISH)
        if kind in {ChangeKind.TEXT, ChangeKind.DETAILS}:
            values = {field: value_in_words(event, field, ENGLISH) for field in change.fields_of(kind)}
            return "; ".join(f"{field}: {value}" for field, value in values.items() if value)
        return self._times(side)

    def _times(self, side: Occurrence) -> str:
        """Start and end with a slash between them, one day alone as such, and the rule of a series that has changed as
        a whole.
        """
        record = self._record(side)
        moments = dict.fromkeys(write_moment(record, field) for field in ("start", "end"))
        times = "/".join(filter(None, moments))
        if side.event.repeat is None or side.day:
            return times
        from agenda.recurrence.rule_words import describe_rule  # few events are series

        return f"{times}, {describe_rule(side.event.repeat, side.event.exceptions, ENGLISH)}"
