"""What has changed between two agendas: which events are new or gone, and what differs in the others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from agenda.dates import Period
from agenda.model import Agenda, Certainty, Day, Event, Fixed, Moment, Named, Occurrence, Person, Status, When
from agenda.order import sort_for_calendars
from agenda.query import Query, select_series, share_endless_times
from agenda.recurrence.expand import in_timezone, last_start, occurrences, single_occurrence

_ENOUGH_TIMES = 50
"""Two series whose first times are the same, so many of them, and whose ends are the same, are taken for equal."""
_MAX_TOLD_TIMES = 20
"""The most times of a series that are told one by one; where more have come or gone, its rule is told."""


class ChangeKind(StrEnum):
    """What a change is about, the weightiest first."""

    NEW = "new"
    GONE = "gone"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    TIME = "time"
    KNOWN = "known"
    UNKNOWN = "unknown"
    PLACE = "place"
    PEOPLE = "people"
    TEXT = "text"
    DETAILS = "details"


class EventChange(Struct, frozen=True):
    """What has become of an event: how it was, None if it is new, and how it is, None if it is gone. If only one time
    of a series has come or gone, the change is of that occurrence, and `day` is its day. `kinds` are in the order of
    `ChangeKind`, at least one; `differences` are the fields of the event that differ, each with the kind of change that
    it is. A change `lacks_revision` where the event was there before and has no later `revised` now, by which calendars
    would notice.
    """

    before: Occurrence | None
    after: Occurrence | None
    kinds: tuple[ChangeKind, ...]
    differences: tuple[tuple[str, ChangeKind], ...] = ()
    day: Day | None = None
    lacks_revision: bool = False

    @property
    def told(self) -> Occurrence:
        """How the event is, or, where it is gone, how it was."""
        return self.after or self.before  # type: ignore[return-value]  # one of them is there

    def fields_of(self, kind: ChangeKind) -> list[str]:
        """The fields of the event in which it is a change of that kind."""
        return [field for field, of_kind in self.differences if of_kind is kind]


def compare_agendas(old: Agenda, new: Agenda) -> list[EventChange]:
    """All changes from the old agenda to the new one, by when the events are.

    Events are the same by their calendar UIDs; where one of them has none, or both have it of their agenda's namespace,
    by their ids. If a series keeps its rule, each added or removed time is its own change. If its rule changed, this
    holds as long as few of the first 1,000 times differ (fewer are compared when many series changed).
    """
    found: list[EventChange] = []
    partners = _pair(old, new)
    pairs = ((partners[event.id], event) for event in new.events if event.id in partners)
    most = share_endless_times(sum(_has_other_times(before, event) for before, event in pairs))
    for event in new.events:
        before = partners.get(event.id)
        if before is None:
            found.append(EventChange(None, single_occurrence(event), (ChangeKind.NEW,)))
        else:
            lacks_revision = not _is_later(old.revised_of(before), new.revised_of(event))
            found += (replace(change, lacks_revision=lacks_revision) for change in _compare_events(before, event, most))
    kept = {before.id for before in partners.values()}
    gone = (event for event in old.events if event.id not in kept)
    found += (EventChange(single_occurrence(event), None, (ChangeKind.GONE,)) for event in gone)
    return _sort(found)


def select_changes(old: Agenda, new: Agenda, query: Query) -> list[EventChange]:
    """The changes of those events whose old or new form the query asks for, by the query's clocks. An event is new if
    it now has a visibility that the query asks for and had another one before, and gone the other way round: notes for
    the public tell nothing of internal events.
    """
    if query.visibilities:
        old, new = (_of_visibilities(query, agenda) for agenda in (old, new))
    told = [_told_by(query, change) for change in compare_agendas(old, new)]
    if not query.is_selective:
        return told
    forms = [{shown.event.id for shown in select_series(agenda, query)} for agenda in (old, new)]
    anytime = replace(query, periods=())
    anyday = [{shown.event.id for shown in select_series(agenda, anytime)} for agenda in (old, new)]

    def is_asked_for(change: EventChange) -> bool:
        sides = (change.before, change.after)
        if change.day is None:
            return any(side is not None and side.event.id in ids for side, ids in zip(sides, forms, strict=True))
        return any(
            side is not None and side.event.id in ids and _touches(side.when, query.periods)
            for side, ids in zip(sides, anyday, strict=True)
        )

    return [change for change in told if is_asked_for(change)]


def group_changes(changes: Iterable[EventChange]) -> dict[ChangeKind, list[EventChange]]:
    """The changes by the weightiest kind of each, in the order of the kinds that there are."""
    groups: dict[ChangeKind, list[EventChange]] = {kind: [] for kind in ChangeKind}
    for change in changes:
        groups[change.kinds[0]].append(change)
    return {kind: group for kind, group in groups.items() if group}


def _told_by(query: Query, change: EventChange) -> EventChange:
    """The change with its times by the clocks of the query, if it has any."""
    if query.timezone is None:
        return change
    zone = query.timezone
    before, after = (side and in_timezone(zone, side) for side in (change.before, change.after))
    return replace(change, before=before, after=after)


def _of_visibilities(query: Query, agenda: Agenda) -> Agenda:
    """The agenda with the events alone whose visibility is asked for."""
    return replace(agenda, events=tuple(event for event in agenda.events if event.visibility in query.visibilities))


def _touches(when: When, periods: Iterable[Period]) -> bool:
    return isinstance(when, Fixed) and all(period.touches(*when.days) for period in periods)


def _pair(old: Agenda, new: Agenda) -> dict[str, Event]:
    """The old form of each new event that has one, by the new one's id."""
    by_uid = {uid: event for event in old.events if (uid := old.uid_of(event))}
    pairs = {event.id: by_uid[uid] for event in new.events if (uid := new.uid_of(event)) in by_uid and uid}
    taken = {event.id for event in pairs.values()}
    by_id = {event.id: event for event in old.events if event.id not in taken}
    for event in new.events:
        namesake = by_id.get(event.id)
        if event.id not in pairs and namesake and not (event.uid and namesake.uid):
            pairs[event.id] = namesake
    return pairs


def _is_later(before: datetime | None, after: datetime | None) -> bool:
    return after is not None and (before is None or after > before)


def _compare_events(before: Event, after: Event, most: int) -> Iterator[EventChange]:
    """What is different between two forms of one event, of whose times so many are compared at `most`."""
    fields = list(_different_fields(before, after))
    times = list(_compare_series(before, after, most)) if before.repeat or after.repeat else []
    is_as_whole = any(change.day is None for change in times) or (
        not (before.repeat or after.repeat) and _when_key(before.when) != _when_key(after.when)
    )
    if is_as_whole:
        fields.append("when")
    differences = tuple((field, _kind_of(field, before, after)) for field in fields)
    if differences:
        kinds = tuple(kind for kind in ChangeKind if kind in {of_field for _, of_field in differences})
        yield EventChange(single_occurrence(before), single_occurrence(after), kinds, differences)
    yield from (change for change in times if change.day is not None)


def _kind_of(field: str, before: Event, after: Event) -> ChangeKind:
    """What a difference in that field is about."""
    if field == "status":
        if after.status is Status.CANCELLED:
            return ChangeKind.CANCELLED
        return ChangeKind.RESTORED if before.status is Status.CANCELLED else ChangeKind.DETAILS
    if field == "when":
        known, knows = (_RANK_OF_CERTAINTY[event.when.certainty] for event in (before, after))
        if known == knows:
            return ChangeKind.TIME
        return ChangeKind.KNOWN if knows > known else ChangeKind.UNKNOWN
    return _KINDS.get(field, ChangeKind.DETAILS)


_RANK_OF_CERTAINTY = {Certainty.TBA: 0, Certainty.BETWEEN: 1, Certainty.FIXED: 2}
_KINDS = {
    **dict.fromkeys(("cities", "venue", "room"), ChangeKind.PLACE),
    **dict.fromkeys(("people", "organizers"), ChangeKind.PEOPLE),
    **dict.fromkeys(("title", "description", "date_note", "url"), ChangeKind.TEXT),
}


def _different_fields(before: Event, after: Event) -> Iterator[str]:
    """The names of the fields that differ, but those of when the event is."""
    for field in ("title", "description", "date_note", "url", "status", "visibility", "busy"):
        if getattr(before, field) != getattr(after, field):
            yield field
    for field in ("cities", "topics", "organizers", "people", "venue", "room", "kind"):
        if any(find_different(*(_named_in(event, field) for event in (before, after)))):
            yield field
    if {source.id for source in before.sources} != {source.id for source in after.sources}:
        yield "sources"


def _named_in(event: Event, field: str) -> Sequence[Named]:
    """What the event has in that field: several, or one, or nothing."""
    value = getattr(event, field)
    return value if isinstance(value, tuple) else () if value is None else (value,)


def find_different(before: Sequence[Named], after: Sequence[Named]) -> tuple[list[Named], list[Named]]:
    """The things that have gone, and those that have come. Somebody with another role is among both; a thing with
    another name is among neither if one of the names is an alias of the other.
    """
    return _lacking(before, after), _lacking(after, before)


def _lacking(ones: Sequence[Named], others: Sequence[Named]) -> list[Named]:
    """Those that are not among the others. Nobody compares each with each: there may be thousands of them, or of their
    aliases.
    """
    by_name: dict[str, list[Named]] = defaultdict(list)
    for other in others:
        by_name[other.name].append(other)
    strange = [one for one in ones if not _has_its_role(one, by_name.get(one.name, ()))]
    if not strange:  # as of most events, and then no alias matters
        return []
    called: dict[str, list[Named]] = defaultdict(list)
    for other in others:
        for alias in other.aliases:
            called[alias].append(other)
    return [
        one
        for one in strange
        if not any(
            _has_its_role(one, there)
            for there in (called.get(one.name, ()), *(by_name.get(alias, ()) for alias in one.aliases))
        )
    ]


def _has_its_role(one: Named, others: Iterable[Named]) -> bool:
    """Whether one of these, which are the same but for their roles, has the role of that one; what is no person has
    any.
    """
    return any(
        not (isinstance(one, Person) and isinstance(other, Person)) or one.role == other.role for other in others
    )


def _when_key(when: When) -> object:
    """What is the same of two forms of a date that mean the same: times as instants, days with their last one."""
    if not isinstance(when, Fixed):
        return when
    if when.all_day:
        return when.days
    return tuple(_instant(moment) for moment in (when.start, when.end) if moment)


def _instant(moment: Moment) -> Moment:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment


def _has_other_times(before: Event, after: Event) -> bool:
    """Whether one of two forms of an event is a series, and its rule or its start is another."""
    is_same = before.repeat == after.repeat and _when_key(before.when) == _when_key(after.when)
    return bool(before.repeat or after.repeat) and not is_same


def _compare_series(before: Event, after: Event, most: int) -> Iterator[EventChange]:
    """The times of two forms of an event that have come or gone, each with its day; or a change without one, where the
    whole series is another. One of them may be no series. So many times are compared at `most`; where all of these are
    the same, and there are more, the series is another if it ends on another day, or if these were too few to tell.
    """
    whole = EventChange(single_occurrence(before), single_occurrence(after), (ChangeKind.TIME,))
    if not _has_other_times(before, after):
        yield from _compare_exceptions(before, after)
        return
    times, others = _expand(before, most), _expand(after, most)
    common = times.keys() & others.keys()
    moved = [day for day in common if _when_key(times[day].when) != _when_key(others[day].when)]
    gone = sorted(times.keys() - common)
    come = sorted(others.keys() - common)
    is_cut = most in (len(times), len(others))
    if not (moved or gone or come):
        if is_cut and (most < _ENOUGH_TIMES or _end(before) != _end(after)):
            yield whole
        return
    if moved or not common or is_cut or len(gone) + len(come) > _MAX_TOLD_TIMES:
        yield whole
        return
    yield from (_gone_time(times[day]) for day in gone)
    yield from (_new_time(others[day]) for day in come)


def _compare_exceptions(before: Event, after: Event) -> Iterator[EventChange]:
    """The times of a series that it has left out, and those that it has no more, where all else of it is the same."""
    left_out = set(after.exceptions)
    for day in sorted(left_out ^ set(before.exceptions)):
        if day in left_out:
            yield from (_gone_time(time) for time in _time_of(before, day))
        else:
            yield from (_new_time(time) for time in _time_of(after, day))


def _time_of(event: Event, day: Day) -> Iterator[Occurrence]:
    return (time for time in occurrences(event, since=day, until=day) if time.day == day)


def _gone_time(time: Occurrence) -> EventChange:
    return EventChange(time, None, (ChangeKind.GONE,), day=time.day)


def _new_time(time: Occurrence) -> EventChange:
    return EventChange(None, time, (ChangeKind.NEW,), day=time.day)


def _end(event: Event) -> Moment | None:
    """When the series of an event starts for the last time; None where it has no end."""
    return last_start(event, event.when) if isinstance(event.when, Fixed) else None


def _expand(event: Event, most: int) -> Mapping[Day, Occurrence]:
    """The first times of a series by their days, so many at `most`, or the one time of an event that is none; none
    without a date.
    """
    if not isinstance(event.when, Fixed):
        return {}
    found = islice(occurrences(event), most)
    return {day: replace(time, day=day) for time in found if (day := time.day or _first_day(time.when))}


def _first_day(when: When) -> Day | None:
    return when.days[0] if isinstance(when, Fixed) else None


def _sort(changes: Iterable[EventChange]) -> list[EventChange]:
    """The changes by when their events are, then by id."""
    by_told = {id(change.told): change for change in changes}
    return [by_told[id(told)] for told in sort_for_calendars(change.told for change in by_told.values())]
