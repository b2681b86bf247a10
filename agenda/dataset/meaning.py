"""From the shape of a file to the model: names become what they name, and what contradicts itself is found."""

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from agenda.dataset import shape
from agenda.dataset.fault import Fault, Path
from agenda.dataset.places import Places
from agenda.dataset.vocabulary import Vocabulary
from agenda.dataset.when import when_of
from agenda.model import Agenda, Day, Event, Person, Rule, Source, Term, When
from agenda.text import one_line, quoted

if TYPE_CHECKING:
    from agenda.recurrence.horizon import Budget


def agenda_of(file: shape.File) -> tuple[Agenda, list[Fault]]:
    """The agenda that the file means, and what is wrong with it; the agenda is of use only where nothing is."""
    reader = _Reader(file)
    return reader.agenda(), reader.faults


class _Reader:
    """One reading of one file; the faults gather as it goes on."""

    def __init__(self, file: shape.File) -> None:
        self.faults: list[Fault] = []
        self._file = file
        self._ids: dict[str, Path] = {}
        self._uids: dict[str, Path] = {}
        self._places = Places(file, self.faults)
        self._people = Vocabulary("people", file.people, _person, lambda name, _: Person(name))
        self._organizers, self._topics, self._kinds = (
            Vocabulary(key, declared, _term, lambda name, _: Term(name))
            for key, declared in (("organizers", file.organizers), ("topics", file.topics), ("kinds", file.kinds))
        )
        self._sources = Vocabulary("sources", file.sources, _source, lambda name, _: Source(id=name, title=name))

    @cached_property
    def _budget(self) -> "Budget":
        """What the rules of this file may cost."""
        from agenda.recurrence.horizon import Budget

        return Budget()

    def agenda(self) -> Agenda:
        cities, venues = self._places.cities, self._places.venues
        for vocabulary in (cities, venues, self._people, self._organizers, self._topics, self._kinds, self._sources):
            self.faults.extend(vocabulary.clashes())
        events = tuple(self._event(event, ("events", place)) for place, event in enumerate(self._file.events))
        head = self._file.agenda
        return Agenda(
            events=events,
            cities=cities.values,
            venues=venues.values,
            people=self._people.values,
            organizers=self._organizers.values,
            topics=self._topics.values,
            kinds=self._kinds.values,
            sources=self._sources.values,
            title=head.title,
            description=head.description,
            timezone=self._places.timezone,
            namespace=head.namespace,
            revised=self._instant(head.revised, ("agenda", "revised")),
            color=head.color,
            refresh=head.refresh,
        )

    def _fault(self, path: Path, message: str, other: Path | None = None) -> None:
        self.faults.append(Fault(path, message, other=other))

    def _instant(self, time: datetime | None, path: Path) -> datetime | None:
        """A time with an offset, if it is one that UTC has as well."""
        try:
            return time and time.astimezone(UTC)
        except OverflowError:
            self._fault(path, f"{time} is too near the ends of the calendar; mend its year")
            return None

    def _event(self, event: shape.Event, path: Path) -> Event:
        self._check_id(event, path)
        if not one_line(event.title):
            self._fault((*path, "title"), "title is blank; give it one that can be seen")
        where = self._places.of(event, path)
        when = when_of(event, where.zones, path, self.faults)
        repeat, exceptions = self._series_of(event, when, path)
        return Event(  # by their names, arguments would take seven times as long
            event.id,
            event.title,
            when,
            where.timezone,
            event.date_note,
            where.cities,
            where.venue,
            event.room,
            self._kinds.entry(event.kind, (*path, "kind"), self.faults) if event.kind else None,
            self._topics.known(event.topics, (*path, "topics"), self.faults),
            self._organizers.known(event.organizers, (*path, "organizers"), self.faults),
            self._people_of(event, (*path, "people")),
            event.description,
            event.url,
            event.status,
            self._sources.known(event.sources, (*path, "sources"), self.faults),
            self._instant(event.revised, (*path, "revised")),
            event.uid,
            repeat,
            exceptions,
        )

    def _check_id(self, event: shape.Event, path: Path) -> None:
        here = (*path, "id")
        first = self._ids.setdefault(event.id, here)
        if first is not here:
            self._fault(here, f"the id {quoted(event.id)} is taken; every event needs one of its own", other=first)
            return
        namespace = self._file.agenda.namespace
        uid = event.uid or (f"{event.id}@{namespace}" if namespace else None)
        here = (*path, "uid") if event.uid else here
        first = self._uids.setdefault(uid, here) if uid else here
        if first is not here:
            self._fault(here, f"the calendar UID {quoted(uid or '')} is taken; give one of its own", other=first)

    def _series_of(self, event: shape.Event, when: When, path: Path) -> tuple[Rule | None, tuple[Day, ...]]:
        if event.repeat is None and not event.exceptions:
            return None, ()
        from agenda.dataset.series import series_of  # rules take a good part of the program to look at

        return series_of(event, when, path, self.faults, self._budget)

    def _people_of(self, event: shape.Event, path: Path) -> tuple[Person, ...]:
        """Those who take part, each in the role of this event, or else in the one that is always theirs."""
        if not event.people:
            return ()
        names = [person if isinstance(person, str) else person.name for person in event.people]
        if names == event.people:  # nobody has a role of their own here
            return self._people.known(names, path, self.faults)
        people = self._people.entries(names, path, self.faults)
        return tuple(
            person if isinstance(given, str) or not given.role else Person(person.name, given.role, person.aliases)
            for person, given in zip(people, event.people, strict=True)
            if person
        )


def _person(name: str, person: shape.Person, _: int) -> Person:
    return Person(name, person.role, tuple(person.aliases))


def _term(name: str, term: shape.Term, _: int) -> Term:
    return Term(name, tuple(term.aliases))


def _source(name: str, source: shape.Source, _: int) -> Source:
    return Source(id=name, title=source.title, publisher=source.publisher, date=source.date, url=source.url)
