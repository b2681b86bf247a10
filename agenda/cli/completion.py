"""What can be typed next on a command line, from the agenda that it names so far.

Each function takes the values that the options have so far, and the start of the one to complete, and gives the
values that go on from there, quoted for the shell that asks. Where the agenda cannot be had there are none.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from agenda.agendafile.load import load
from agenda.cli.shells import Candidate, offer_exact, offer_name
from agenda.dates import long_day, now
from agenda.errors import AgendaError
from agenda.files import STDIN
from agenda.model import Agenda, Fixed, Named
from agenda.query import NOT_CANCELLED, Query, select

Values = list[str]
Given = Mapping[str, Any]

_MOST_DAYS = 40


def complete_cities(given: Given, typed: str) -> Values:
    """Names of cities."""
    return _named(_called(_agenda(given).cities), typed)


def complete_topics(given: Given, typed: str) -> Values:
    """Names of topics."""
    return _named(_called(_agenda(given).topics), typed)


def complete_kinds(given: Given, typed: str) -> Values:
    """Names of kinds."""
    return _named(_called(_agenda(given).kinds), typed)


def complete_venues(given: Given, typed: str) -> Values:
    """Names of venues, each with its city."""
    found = _agenda(given).venues
    return _named((Candidate(one.name, one.aliases, one.city.name if one.city else "") for one in found), typed)


def complete_parties(given: Given, typed: str) -> Values:
    """Names of organizers and of people, these with their role."""
    agenda = _agenda(given)
    people = (Candidate(person.name, person.aliases, person.role or "") for person in agenda.people)
    return _named((*_called(agenda.organizers), *people), typed)


def complete_ids(given: Given, typed: str) -> Values:
    """Ids of events that are not given yet, each with its title."""
    before = set(given.get("ids") or ())
    events = (event for event in _agenda(given).events if event.id not in before)
    return _exact((Candidate(event.id, help=event.title) for event in events), typed)


def complete_days(given: Given, typed: str) -> Values:
    """The days near today, and those for which there are events, the first ones of them."""
    agenda = _agenda(given)
    try:
        today = now(os.environ.get("AGENDA_NOW"), agenda.timezone).date()
    except AgendaError:
        return []
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    words = [Candidate(word, help=long_day(today + timedelta(shift))) for word, shift in near.items()]
    dates = (Candidate(day.isoformat(), help=long_day(day)) for day in _days_of(agenda, today))
    return _exact(words, typed) + _exact(dates, typed)[:_MOST_DAYS]


def complete_zones(given: Given, typed: str) -> Values:  # noqa: ARG001 - the zones are of no agenda
    """Names of time zones."""
    return _exact(map(Candidate, sorted(available_timezones())), typed)


def complete_fields(given: Given, typed: str) -> Values:  # noqa: ARG001 - the fields are the same for all
    """Lists of fields: what was typed up to the last comma, and one that it does not have yet."""
    from agenda.formats.records import FIELDS

    before, comma, _ = typed.rpartition(",")
    taken = {name.strip().lower() for name in before.split(",")}
    return _exact((Candidate(before + comma + field) for field in FIELDS if field not in taken), typed)


def _agenda(given: Given) -> Agenda:
    """The agenda that the command line or the environment names, or an empty one; standard input is the shell's."""
    name = given.get("data")
    try:
        if name is None:
            return load(None)
        file = Path(name).expanduser()  # as the shell will
        return load(str(file)) if name != STDIN and file.is_file() else Agenda()
    except (AgendaError, OSError, RuntimeError, ValueError):  # what Path raises of names that cannot be
        return Agenda()


def _called(entries: Iterable[Named]) -> Iterator[Candidate]:
    return (Candidate(entry.name, entry.aliases) for entry in entries)


def _days_of(agenda: Agenda, today: date) -> list[date]:
    """The days that fixed events touch, in order; of one event, no more than are offered at all."""
    wanted = Query(statuses=NOT_CANCELLED, today=today)
    spans = (shown.when.days for shown in select(agenda, wanted) if isinstance(shown.when, Fixed))
    return sorted(
        {
            first + timedelta(number)
            for first, last in spans
            for number in range(min((last - first).days + 1, _MOST_DAYS))
        }
    )


def _named(choices: Iterable[Candidate], typed: str) -> Values:
    return _offered(offer_name, choices, typed)


def _exact(choices: Iterable[Candidate], typed: str) -> Values:
    return _offered(offer_exact, choices, typed)


def _offered(
    offer: Callable[[Candidate, str, Mapping[str, str]], str | None], choices: Iterable[Candidate], typed: str
) -> Values:
    """Each choice that goes on from what was typed, once, as the shell that asks takes it."""
    return list(dict.fromkeys(filter(None, (offer(choice, typed, os.environ) for choice in choices))))
