"""The values that complete a command line, from the agenda that it names so far.

Each function takes the values of the options so far, and the start of the value that is being typed. It gives the
values that begin so, quoted for the shell that asks, and none where the agenda cannot be read.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, get_args
from zoneinfo import available_timezones

from agenda.agendafile.load import load
from agenda.agendafile.zones import LOCAL
from agenda.cli.locales import parse_language
from agenda.cli.shells import Candidate, offer_exact, offer_name
from agenda.errors import AgendaError, UsageError
from agenda.files import STDIN
from agenda.model import Agenda, Fixed, Named, Occurrence, ToBeAnnounced
from agenda.query import NOT_CANCELLED, Query, walk_occurrences
from agenda.recurrence.expand import agenda_span
from agenda.reports.groups import CountBy
from agenda.text.folding import fold
from agenda.typed_days.clock import Clock
from agenda.typed_days.present import now
from agenda.wording.english import ENGLISH, MONTH_NAMES, WEEKDAY_NAMES

Values = list[str]
Given = Mapping[str, Any]

_USUAL_WORDS = ("today", "tomorrow", "yesterday", "week", "weekend", "next week")
"""The words for days that are offered before anything is typed."""

_MIN_LETTERS = 3
"""Letters from which on Italian names are looked for: to import them takes as long as all else."""

_MAX_OCCURRENCES = 20_000
"""So many are looked at for their days, since nobody waits for a completion."""
_MAX_DAYS = 40
"""The most days that are offered."""

_MAX_MONTHS = 24
"""The most months that are offered."""


def complete_cities(given: Given, typed: str) -> Values:
    """Names of cities."""
    return _named(_called(_agenda(given).cities), typed)


def complete_topics(given: Given, typed: str) -> Values:
    """Names of topics."""
    return _named(_called(_agenda(given).topics), typed)


def complete_kinds(given: Given, typed: str) -> Values:
    """Names of kinds."""
    return _named(_called(_agenda(given).kinds), typed)


def complete_languages(given: Given, typed: str) -> Values:
    """The languages that the agenda has texts in."""
    return _exact(map(Candidate, _agenda({**given, "language": None}).languages), typed)


def complete_venues(given: Given, typed: str) -> Values:
    """Names of venues, each with its city."""
    venues = _agenda(given).venues
    return _named(
        (Candidate(venue.name, venue.aliases, venue.city.name if venue.city else "") for venue in venues), typed
    )


def complete_rooms(given: Given, typed: str) -> Values:
    """Names of rooms, each with its venue."""
    rooms = _agenda(given).rooms
    return _named(
        (Candidate(room.name, room.aliases, venue.name if venue else "") for room, venue in rooms.items()), typed
    )


def complete_parties(given: Given, typed: str) -> Values:
    """Names of organizers and of people, these with their role; then the ends of people's names that begin so, such as
    family names, which find them as well.
    """
    agenda = _agenda(given)
    people = [Candidate(person.name, person.aliases, person.role or "") for person in agenda.people]
    ends = (end for person in people for end in _ends_of_name(person)) if typed else ()
    return _named((*_called(agenda.organizers), *people, *ends), typed)


def complete_words(given: Given, typed: str) -> Values:
    """What a word may stand for: cities, topics and days; dates only where some of one was typed."""
    days = complete_days(given, typed)
    return [*_named_words(given, typed), *(days if typed else days[: len(_USUAL_WORDS)])]


def complete_count_words(given: Given, typed: str) -> Values:
    """What to count by, then what any word may stand for."""
    return [*_exact((Candidate(grouping) for grouping in get_args(CountBy)), typed), *complete_words(given, typed)]


def complete_month_words(given: Given, typed: str) -> Values:
    """Months, then, where some of it was typed, cities and topics."""
    return [*complete_months(given, typed), *(_named_words(given, typed) if typed else ())]


def complete_ids(given: Given, typed: str) -> Values:
    """Ids of events, without those that were typed already, each with its title; then, where some of it was typed, what
    any word may stand for.
    """
    given_ids = set(given.get("words") or ())
    events = (event for event in _agenda(given).events if event.id not in given_ids)
    ids = _exact((Candidate(event.id, help=event.title) for event in events), typed)
    return [*ids, *(complete_words(given, typed) if typed else ())]


def complete_event_ids(given: Given, typed: str) -> Values:
    """Ids of events alone, without those that were typed already, each with its title."""
    given_ids = set(given.get("ids") or ())
    return _exact(
        (Candidate(event.id, help=event.title) for event in _agenda(given).events if event.id not in given_ids), typed
    )


def complete_changes(given: Given, typed: str) -> Values:
    """Ids of events, then the keys that they may have, each with its equals sign."""
    from agenda.agendafile.keys import keys_of
    from agenda.agendafile.schema import EventTable

    keys = (Candidate(f"{key}=") for key in keys_of(EventTable) if key != "id")
    return [*complete_event_ids({**given, "ids": given.get("changes")}, typed), *_exact(keys, typed)]


def complete_moved(given: Given, typed: str) -> Values:
    """The id of an event; after it, days."""
    if given.get("events") and not given.get("by"):
        return complete_days(given, typed)
    return complete_event_ids({**given, "ids": given.get("events")}, typed)


def complete_renamed(given: Given, typed: str) -> Values:
    """What can be renamed of the kind that was typed."""
    complete = {
        "city": complete_cities, "venue": complete_venues, "room": complete_rooms, "kind": complete_kinds,
        "topic": complete_topics, "person": complete_parties, "organizer": complete_parties,
    }.get(str(given.get("what") or ""))  # fmt: skip
    return complete(given, typed) if complete else []


def complete_days(given: Given, typed: str) -> Values:
    """Words for days, such as today, once their beginning is typed in Italian and Japanese too; then the first days on
    which there are events.
    """
    agenda = _agenda(given)
    today = _today(agenda)
    if today is None:
        return []
    words = _day_words(Clock(today, lambda: agenda_span(agenda)), typed)
    dates = (Candidate(day.isoformat(), help=ENGLISH.long_day(day)) for day in _days_of(agenda, today))
    return _exact(words, typed) + _exact(dates, typed)[:_MAX_DAYS]


def complete_months(given: Given, typed: str) -> Values:
    """The first months in which there are events, then the names of those that mean one month alone, once their
    beginning is typed in Italian too.
    """
    agenda = _agenda(given)
    today = _today(agenda)
    months = _months_of(agenda, today)[:_MAX_MONTHS] if today else []
    names = Counter(map(ENGLISH.month_name, months))
    numbered = (Candidate(f"{month.isoformat():.7}", help=ENGLISH.long_month(month)) for month in months)
    named = (
        Candidate(name, help=ENGLISH.long_month(month))
        for month in months
        if names[name := ENGLISH.month_name(month)] == 1
    )
    values = _exact((*numbered, *named), typed)
    if values or today is None or not typed.isalpha():
        return values
    return _exact(_italian_months(Clock(today, lambda: agenda_span(agenda))), typed)


def complete_zones(given: Given, typed: str) -> Values:  # noqa: ARG001 - zones are the same for every agenda
    """`local`, and the names of time zones."""
    return _exact(map(Candidate, (LOCAL, *sorted(available_timezones()))), typed)


def complete_fields(given: Given, typed: str) -> Values:  # noqa: ARG001 - fields are the same for every agenda
    """Lists of fields that events have."""
    from agenda.formats.records import FIELDS

    return _listed(FIELDS, typed)


def complete_clock_fields(given: Given, typed: str) -> Values:  # noqa: ARG001 - fields are the same for every agenda
    """The same with the fields that only the clock can tell."""
    from agenda.formats.records import CLOCK_FIELDS, FIELDS

    return _listed((*FIELDS, *CLOCK_FIELDS), typed)


def _named_words(given: Given, typed: str) -> Values:
    return [*complete_cities(given, typed), *complete_topics(given, typed)]


def _ends_of_name(person: Candidate) -> Iterator[Candidate]:
    """What follows the first words of a name, e.g. `Lo Russo` and `Russo`, each with the whole name for its help."""
    for spelling in (person.value, *person.aliases):
        words = spelling.split()
        yield from (Candidate(" ".join(words[place:]), help=person.value) for place in range(1, len(words)))


def _agenda(given: Given) -> Agenda:
    """The agenda that the command line or the environment names. It is empty where that cannot be read, and for
    standard input, which is the shell's.
    """
    names = given.get("data") or ()
    try:
        files = [Path(os.path.expandvars(name)).expanduser() for name in names]  # as the shell will
        are_there = STDIN not in names and all(file.is_file() or file.is_dir() for file in files)
        return load(*files, language=parse_language(given.get("language"))) if are_there else Agenda()
    except (AgendaError, OSError, RuntimeError, ValueError):  # what Path raises of names that cannot be
        return Agenda()


def _today(agenda: Agenda) -> date | None:
    """The day that it is there; None where AGENDA_NOW is no time."""
    try:
        return now(os.environ.get("AGENDA_NOW"), agenda.timezone).date()
    except AgendaError:
        return None


def _day_words(clock: Clock, typed: str) -> Iterator[Candidate]:
    """Words and names that begin so, each with the days that it means; where nothing was typed, the usual ones."""
    from agenda.typed_days.names import italian_names
    from agenda.typed_days.phrases import phrases

    english = (*_USUAL_WORDS, *WEEKDAY_NAMES, *MONTH_NAMES, *phrases())
    start = fold(typed)
    words = [word for word in dict.fromkeys(english) if fold(word).startswith(start)] if start else _USUAL_WORDS
    if not words and start.isalpha() and len(start) >= _MIN_LETTERS:
        words = [name for name in italian_names() if fold(name).startswith(start)]
    for word in words:
        with suppress(UsageError):  # a month without events, which needs its year
            days = clock.day(word)
            if days.first and days.last:
                one = days.first == days.last
                yield Candidate(
                    word, help=ENGLISH.long_day(days.first) if one else ENGLISH.span_in_words(days.first, days.last)
                )


def _italian_months(clock: Clock) -> Iterator[Candidate]:
    from agenda.typed_days.names import italian_names

    for name in italian_names():
        with suppress(UsageError):  # a month without events, or no month
            month = clock.month(name)
            if month.first:
                yield Candidate(name, help=ENGLISH.long_month(month.first))


def _called(entries: Iterable[Named]) -> Iterator[Candidate]:
    return (Candidate(entry.name, entry.aliases) for entry in entries)


def _first_occurrences(agenda: Agenda, today: date) -> Iterator[Occurrence]:
    """The occurrences of an agenda that days are offered of."""
    return islice(walk_occurrences(agenda, Query(statuses=NOT_CANCELLED, today=today)), _MAX_OCCURRENCES)


def _days_of(agenda: Agenda, today: date) -> list[date]:
    """The days that fixed events touch, in order; of each event its first ones, as many as are offered at all."""
    occurrences = _first_occurrences(agenda, today)
    spans = (occurrence.when.days for occurrence in occurrences if isinstance(occurrence.when, Fixed))
    return sorted(
        {
            first + timedelta(number)
            for first, last in spans
            for number in range(min((last - first).days + 1, _MAX_DAYS))
        }
    )


def _listed(names: Iterable[str], typed: str) -> Values:
    """Lists of names: the text up to the last comma, and then a name that it does not have yet."""
    before, comma, _ = typed.rpartition(",")
    taken = {name.strip().lower() for name in before.split(",")}
    return _exact((Candidate(before + comma + name) for name in names if name not in taken), typed)


def _months_of(agenda: Agenda, today: date) -> list[date]:
    """The first days of the months that events touch or may touch, in order; of each its first ones."""
    selected = _first_occurrences(agenda, today)
    spans = (occurrence.when.days for occurrence in selected if not isinstance(occurrence.when, ToBeAnnounced))
    numbers = {
        number for first, last in spans for number in range(_month_number(first), _month_number(last) + 1)[:_MAX_MONTHS]
    }
    return [date(number // 12, number % 12 + 1, 1) for number in sorted(numbers)]


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _named(choices: Iterable[Candidate], typed: str) -> Values:
    return _offered(offer_name, choices, typed)


def _exact(choices: Iterable[Candidate], typed: str) -> Values:
    return _offered(offer_exact, choices, typed)


def _offered(
    offer: Callable[[Candidate, str, Mapping[str, str]], str | None], choices: Iterable[Candidate], typed: str
) -> Values:
    """Each choice that begins as it was typed, once, quoted for the shell that asks."""
    return list(dict.fromkeys(filter(None, (offer(choice, typed, os.environ) for choice in choices))))
