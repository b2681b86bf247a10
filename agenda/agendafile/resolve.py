"""From the shape of a file to the model: names become what they name, and what contradicts itself is found."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, time
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from agenda.agendafile import schema, values
from agenda.agendafile.languages import LanguageChoice, find_text_problems, other_names
from agenda.agendafile.names import Vocabulary
from agenda.agendafile.places import Places
from agenda.agendafile.zones import TOO_NEAR_THE_ENDS, have_same_clocks, in_zone
from agenda.errors import KeyPath, Problem
from agenda.limits import MAX_RULE_STEPS, MAX_RULE_STEPS_OF_EVENT
from agenda.model import TBA, Agenda, Between, Day, Event, Fixed, Head, Moment, Person, Rule, Source, Term, When
from agenda.recurrence.expand import shift_day
from agenda.text.safe import one_line, quote

if TYPE_CHECKING:
    from agenda.agendafile.file_heads import FileHead
    from agenda.model import City, Travel
    from agenda.recurrence.budget import Budget


def resolve(
    file: schema.FileTable, file_heads: Sequence["FileHead"] = (), language: str | None = None
) -> tuple[Agenda, list[Problem]]:
    """The agenda that the file means, and the problems in it; the agenda may be used only if there are none. If several
    files are one, `file_heads` has what each says of its own events. Texts are in `language` if there are any in it.
    """
    choice = LanguageChoice(file.agenda.languages or (), language)
    reader = _Reader(file, file_heads, choice)
    agenda = reader.agenda()
    if choice.language or choice.was_needed:
        reader.problems.extend(find_text_problems(file))
    return agenda, reader.problems


class _Reader:
    """One reading of one file, or of several as one; the problems gather as it goes on."""

    def __init__(self, file: schema.FileTable, file_heads: Sequence["FileHead"], languages: LanguageChoice) -> None:
        self._languages = languages
        self.problems: list[Problem] = []
        self._file = file
        self._file_heads = file_heads
        self._ids: dict[str, KeyPath] = {}
        self._uids: dict[str, KeyPath] = {}
        self._places = Places(file, languages, self.problems)
        self._people = Vocabulary("people", file.people, self._person, lambda name, _: Person(name))
        self._organizers = Vocabulary("organizers", file.organizers, self._organizer, lambda name, _: Term(name))
        self._topics, self._kinds = (
            Vocabulary(key, declared, self._term, lambda name, _: Term(languages.word(name, None)))
            for key, declared in (("topics", file.topics), ("kinds", file.kinds))
        )
        self._sources = Vocabulary("sources", file.sources, _source, lambda name, _: Source(id=name, title=name))

    @cached_property
    def _budget(self) -> "Budget":
        """What the rules of this file may cost."""
        from agenda.recurrence.budget import Budget

        series = sum(event.repeat is not None for event in self._file.events)
        return Budget(MAX_RULE_STEPS + MAX_RULE_STEPS_OF_EVENT * series)

    def agenda(self) -> Agenda:
        cities, venues = self._places.cities, self._places.venues
        for vocabulary in (cities, venues, self._people, self._organizers, self._topics, self._kinds, self._sources):
            self.problems.extend(vocabulary.ambiguous())
        self._collect_names()
        head = self._file.agenda
        heads = list(self._heads()) if self._file_heads else repeat(None)
        events = tuple(
            self._event(event, ("events", place), of_file)
            for place, (event, of_file) in enumerate(zip(self._file.events, heads, strict=False))
        )
        return Agenda(
            events=events,
            cities=cities.values,
            venues=venues.values,
            people=self._people.values,
            organizers=self._organizers.values,
            topics=self._topics.values,
            kinds=self._kinds.values,
            sources=self._sources.values,
            travel=self._travel(cities),
            title=self._languages.text(head.title),
            description=self._languages.text(head.description),
            timezone=self._places.timezone,
            namespace=head.namespace,
            revised=self._instant(head.revised, ("agenda", "revised")),
            color=head.color,
            refresh=head.refresh,
            url=head.url,
            language=self._languages.language,
            languages=tuple(head.languages or ()),
        )

    def _collect_names(self) -> None:
        """Declare the names that events use, where the file declares none."""
        events = self._file.events
        self._places.collect(events)
        self._places.cities.collect(name for way in self._file.travel for name in way.between)
        self._people.collect(name for event in events for name in _people_names(event))
        self._organizers.collect(name for event in events for name in event.organizers)
        self._topics.collect(name for event in events for name in event.topics)
        self._kinds.collect(event.kind for event in events if event.kind)
        self._sources.collect(name for event in events for name in event.sources)

    def _travel(self, cities: "Vocabulary[City]") -> "tuple[Travel, ...]":
        """How long its ways take."""
        if not self._file.travel:
            return ()
        from agenda.agendafile.travel import resolve_travel  # most files tell of no ways

        return resolve_travel(self._file.travel, cities, self.problems)

    def _heads(self) -> Iterator[Head]:
        """The head of each event: what its file says, else what the agenda does."""
        from agenda.agendafile.file_heads import FILE  # most agendas are one file

        usual = self._file.agenda
        usual_revised = usual.revised and self._instant(usual.revised, ("agenda", "revised"))
        for number, file_head in enumerate(self._file_heads):
            own = file_head.table
            is_zone_own = own.timezone not in (None, usual.timezone)
            zone_path, revised_path = ((FILE, number, "agenda", key) for key in ("timezone", "revised"))
            head = Head(
                timezone=self._places.zone_of(own.timezone, zone_path) if is_zone_own else self._places.timezone,
                namespace=own.namespace or usual.namespace,
                revised=self._instant(own.revised, revised_path) or usual_revised,
            )
            yield from repeat(head, file_head.events)

    def _add_problem(self, path: KeyPath, message: str, other: KeyPath | None = None) -> None:
        self.problems.append(Problem(path, message, other=other))

    def _instant(self, time: datetime | None, path: KeyPath) -> datetime | None:
        """A time with an offset, if it is one that UTC has as well."""
        try:
            return time and time.astimezone(UTC)
        except OverflowError:
            self._add_problem(path, f"{time} {TOO_NEAR_THE_ENDS}")
            return None

    def _event(self, event: schema.EventTable, path: KeyPath, head: Head | None) -> Event:
        self._check_id(event, path, head or self._file.agenda)
        title = self._languages.text(event.title) or ""
        if not one_line(title) and isinstance(event.title, str):
            self._add_problem((*path, "title"), "title is blank; give it one that can be seen")
        where = self._places.of(event, path, head)
        when = resolve_when(event, where.zones, path, self.problems)
        rule, exceptions = self._series_of(event, when, path)
        # By position, in the order of the fields: by name, msgspec takes five times as long.
        return Event(
            event.id,
            title,
            when,
            where.timezone,
            self._languages.text(event.date_note),
            where.cities,
            where.venue,
            self._places.room_of(event, where.venue, path),
            self._kinds.resolve(event.kind, (*path, "kind"), self.problems) if event.kind else None,
            self._topics.resolve_list(event.topics, (*path, "topics"), self.problems),
            self._organizers.resolve_list(event.organizers, (*path, "organizers"), self.problems),
            self._people_of(event, (*path, "people")),
            self._languages.text(event.description),
            event.url,
            event.status,
            event.visibility,
            self._sources.resolve_list(event.sources, (*path, "sources"), self.problems),
            self._instant(event.revised, (*path, "revised")),
            event.uid,
            rule,
            exceptions,
            event.busy,
            head,
        )

    def _check_id(self, event: schema.EventTable, path: KeyPath, head: Head | schema.HeadTable) -> None:
        here = (*path, "id")
        first = self._ids.setdefault(event.id, here)
        if first is not here:
            self._add_problem(here, f"the id {quote(event.id)} is taken; every event needs one of its own", other=first)
            return
        namespace = head.namespace
        uid = event.uid or (f"{event.id}@{namespace}" if namespace else None)
        here = (*path, "uid") if event.uid else here
        first = self._uids.setdefault(uid, here) if uid else here
        if first is not here:
            self._add_problem(here, f"the calendar UID {quote(uid or '')} is taken; give one of its own", other=first)

    def _series_of(self, event: schema.EventTable, when: When, path: KeyPath) -> tuple[Rule | None, tuple[Day, ...]]:
        if event.repeat is None and not event.exceptions:
            return None, ()
        from agenda.agendafile.series import resolve_series

        return resolve_series(event, when, path, self.problems, self._budget)

    def _people_of(self, event: schema.EventTable, path: KeyPath) -> tuple[Person, ...]:
        """Those who take part, each in the role of this event, or else in the one that is always theirs."""
        if not event.people:
            return ()
        names = _people_names(event)
        if names == event.people:  # nobody has a role of their own here
            return self._people.resolve_list(names, path, self.problems)
        people = self._people.resolve_each(names, path, self.problems)
        return tuple(
            person
            if isinstance(given, str) or not given.role
            else Person(person.name, self._languages.text(given.role), person.aliases)
            for person, given in zip(people, event.people, strict=True)
            if person
        )

    def _person(self, key: str, person: schema.PersonTable, _: int) -> Person:
        name = self._languages.proper_name(key, person.name)
        aliases = (*other_names(name, key, person.name), *person.aliases)
        return Person(name, self._languages.text(person.role), aliases)

    def _organizer(self, key: str, organizer: schema.TermTable, _: int) -> Term:
        name = self._languages.proper_name(key, organizer.name)
        return Term(name, (*other_names(name, key, organizer.name), *organizer.aliases))

    def _term(self, key: str, term: schema.TermTable, _: int) -> Term:
        name = self._languages.word(key, term.name)
        return Term(name, (*other_names(name, key, term.name), *term.aliases))


def _people_names(event: schema.EventTable) -> list[str]:
    return [person if isinstance(person, str) else person.name for person in event.people]


def _source(name: str, source: schema.SourceTable, _: int) -> Source:
    return Source(id=name, title=source.title, publisher=source.publisher, date=source.date, url=source.url)


def resolve_when(
    event: schema.EventTable, zones: AbstractSet[ZoneInfo | None], path: KeyPath, problems: list[Problem]
) -> When:
    """When the event is, `zones` being those of its cities; none, where they have problems of their own, so that local
    times cannot be checked. Problems are added to `problems`.
    """
    if event.between is not None:
        return _resolve_between(event, event.between, path, problems)
    if event.start is None:
        if event.end is not None:
            message = "end without start; add the start, or write between = [first, last]"
            problems.append(Problem((*path, "end"), message, at_key=True))
        return TBA
    if len(zones) > 1 and isinstance(event.start.value, datetime):
        end = event.end.value if event.end else None
        times = [time for time in (event.start.value, end) if isinstance(time, datetime)]
        zones = _of_one_clock(zones, times, is_series=event.repeat is not None)
    start = _resolve_moment(event.start.value, zones, (*path, "start"), problems)
    if event.end is None or start is None:
        return TBA if start is None else Fixed(start)
    try:
        given_end = _with_day(event.end.value, event.start.value)
    except ValueError as error:
        problems.append(Problem((*path, "end"), str(error)))
        return TBA
    end = _resolve_moment(given_end, zones, (*path, "end"), problems)
    if end is None:
        return TBA
    wrong = _kind_contradiction(event.start.value, given_end) or _order_contradiction(start, end)
    if wrong:
        problems.append(Problem((*path, "end"), wrong))
    return Fixed(start, end)


def _resolve_between(event: schema.EventTable, between: values.Span, path: KeyPath, problems: list[Problem]) -> When:
    for key, value in (("start", event.start), ("end", event.end)):
        if value is not None:
            problems.append(Problem((*path, key), f"{key} beside between; keep the one that is known", at_key=True))
    first, last = between
    if first >= last:
        message = f"between {first} and {last} is no span; the second day must come after the first"
        if first == last:
            message += f", or write start = {first}"
        problems.append(Problem((*path, "between"), message))
    return Between(first, last)


def _of_one_clock(
    zones: AbstractSet[ZoneInfo | None], times: Sequence[datetime], *, is_series: bool
) -> AbstractSet[ZoneInfo | None]:
    """One of the zones, where the clocks of all show the same at local times, and for a year from the first of these on
    where they are those of a series; else all of them.
    """
    offsets = {tuple(zone and time.replace(tzinfo=zone).utcoffset() for time in times) for zone in zones}
    if len(offsets) > 1 or (is_series and not have_same_clocks(frozenset(zones), times[0].year)):
        return zones
    return {min(zones, key=str)}


def _resolve_moment(
    given: Moment, zones: AbstractSet[ZoneInfo | None], path: KeyPath, problems: list[Problem]
) -> Moment | None:
    """The day, or the time in its zone; None, and a problem, where there is no such time."""
    if not isinstance(given, datetime):
        return given
    if given.tzinfo is None and len(zones) > 1:
        message = "a local time, but its cities are in different time zones; add the offset"
        offset = given.replace(tzinfo=min(filter(None, zones), key=str)).isoformat()[len(given.isoformat()) :]
        problems.append(Problem(path, f"{given.isoformat()} is {message}, such as {given.isoformat()}{offset}"))
        return None
    try:
        # Of several zones any will do: the time has its own offset.
        return in_zone(given, next(iter(zones), None))
    except ValueError as error:
        problems.append(Problem(path, str(error)))
        return None


def _with_day(end: Moment | time, start: Moment) -> Moment:
    """An end as it was written; a time alone is one of the day and of the offset of `start`.

    Raises ValueError, with a message for the user, where a time alone has no such day, or comes before the start.
    """
    if not isinstance(end, time):
        return end
    if not isinstance(start, datetime):
        raise ValueError("start is a day, but end a time; give start its time too, or make end the last day")
    if end <= start.time():
        after = datetime.combine(shift_day(start, 1), end, start.tzinfo)
        raise ValueError(f"end is not after start, {start.isoformat()}; on the day after, it is {after.isoformat()}")
    return datetime.combine(start, end, start.tzinfo)


def _kind_contradiction(start: Moment, end: Moment) -> str | None:
    """What is wrong with a start and an end, as they were written, that are not of one kind."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        if isinstance(start, datetime):
            return "start is a time, but end a day; make both times, or both days"
        return "start is a day, but end a time; make both days, or both times" if isinstance(end, datetime) else None
    if (start.tzinfo is None) != (end.tzinfo is None):
        return f"only {'end' if end.tzinfo else 'start'} has an offset; give it to both, or to neither"
    return None


def _order_contradiction(start: Moment, end: Moment) -> str | None:
    """What is wrong with an end that does not come after its start."""
    if isinstance(start, datetime):
        return None if end > start else f"end is not after start, {start.isoformat()}; leave it out if it is not known"
    return None if end >= start else f"end is before start, {start.isoformat()}; of days, it is the last one"
