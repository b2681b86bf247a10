"""What goes out into a calendar comes back from it: the same events, days, times, rules, places, status and text."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import SHIPPED, Run
from hypothesis import given
from hypothesis import strategies as st
from ical.demanding import PROGRAMME
from msgspec.structs import replace

from agenda.agendafile.load import load
from agenda.agendafile.write import write_toml
from agenda.ical.events import ExportSettings
from agenda.ical.exporter import write_calendar
from agenda.ical.importer import import_calendars
from agenda.model import (
    Agenda,
    Between,
    City,
    Event,
    Fixed,
    Moment,
    Person,
    Source,
    Status,
    Term,
    ToBeAnnounced,
    Venue,
    When,
)
from agenda.recurrence.expand import occurrences

pytestmark = pytest.mark.slow

Program = Callable[..., Run]


def back(agenda: Agenda, folder: Path, *, told: tuple[str, ...] = ()) -> Agenda:
    """The agenda that the export of another one is imported as, with which nothing is wrong."""
    data = "".join(write_calendar(agenda, agenda.events, ExportSettings())).encode()
    found = import_calendars(data, "calendar.ics")
    assert found.findings == []
    assert tuple(found.losses) == told
    file = folder / "back.toml"
    file.write_text("".join(write_toml(found.tables)), encoding="utf-8", newline="")
    return load(str(file))


def comparable(event: Event) -> dict[str, Any]:
    """What must be the same: names for what has them, and instants for times with an offset."""
    when = event.when
    times: tuple[Any, ...] = when.days if isinstance(when, Between) else ()
    if isinstance(when, Fixed):
        times = (instant(when.start), instant(when.end) if isinstance(when.end, datetime) else when.days[1])
    return {
        "id": event.id,
        "title": event.title,
        "when": (when.certainty, *times),
        "occurrences": [shown.when for _, shown in zip(range(20), occurrences(event), strict=False)]
        if event.repeat
        else [],
        "repeat": event.repeat,
        "exceptions": event.exceptions,
        "date_note": event.date_note,
        "cities": [city.name for city in event.cities],
        "venue": event.venue and (event.venue.name, event.venue.address, event.venue.latitude, event.venue.longitude),
        "venue city": event.venue and event.venue.city and event.venue.city.name,
        "room": event.room,
        "kind": event.kind and event.kind.name,
        "topics": [topic.name for topic in event.topics],
        "organizers": [organizer.name for organizer in event.organizers],
        "people": [(person.name, person.role) for person in event.people],
        "status": event.status,
        "description": event.description,
        "url": event.url,
        "sources": [(source.id, source.title, source.publisher, source.date, source.url) for source in event.sources],
    }


def instant(moment: Moment) -> object:
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(UTC) if moment.tzinfo else moment.isoformat()


def dated(agenda: Agenda) -> list[Event]:
    return [event for event in agenda.events if not isinstance(event.when, ToBeAnnounced)]


@pytest.fixture(scope="module")
def shipped() -> Agenda:
    return load(str(SHIPPED))


def exported(agenda: Agenda) -> Agenda:
    return replace(agenda, events=tuple(dated(agenda)))


def test_shipped_events_come_back(shipped: Agenda, tmp_path: Path) -> None:
    found = back(exported(shipped), tmp_path)
    assert [comparable(event) for event in found.events] == [comparable(event) for event in dated(shipped)]


def test_what_holds_for_the_shipped_agenda_comes_back(shipped: Agenda, tmp_path: Path) -> None:
    found = back(exported(shipped), tmp_path)
    for name in ("title", "description", "timezone", "namespace", "revised", "color", "refresh"):
        assert getattr(found, name) == getattr(shipped, name)


def test_demanding_events_come_back(file: Callable[[str], Path], tmp_path: Path) -> None:
    agenda = load(str(file(PROGRAMME)))
    found = {event.id: comparable(event) for event in back(agenda, tmp_path).events}
    for event in agenda.events:
        if event.id != "broken":  # of which a calendar cannot hold the controls
            assert found[event.id] == comparable(event)


def test_what_comes_back_is_exported_the_same(agenda: Program, agenda_once: Program, tmp_path: Path) -> None:
    first = agenda_once("export")
    again = agenda("import", "-", stdin=first.raw)
    assert (again.code, again.err) == (0, "")
    file = tmp_path / "back.toml"
    file.write_bytes(again.raw)
    second = agenda("export", "--data", file)
    assert second.out == first.out


def test_an_assumed_duration_is_not_taken_for_one(agenda: Program, file: Callable[[str], Path]) -> None:
    data = '[agenda]\nnamespace = "tour"\n[[events]]\nid = "talk"\ntitle = "Talk"\nstart = 2025-09-29T15:00:00\n'
    made = agenda("export", "--data", file(data), "--assume-duration", "1h")
    text = agenda("import", "-", stdin=made.raw).out
    assert "start = 2025-09-29T15:00:00\n" in text
    assert "end =" not in text


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("SUMMARY:Tentative: Gala", "SUMMARY:Grand gala", 'title = "Grand gala"'),
        ("STATUS:TENTATIVE", "STATUS:CONFIRMED", 'title = "Gala"'),
        ("DTSTART;TZID=Asia/Tokyo:20250929T190000", "DTSTART;TZID=Asia/Tokyo:20250930T200000", "start = 2025-09-30T20"),
        ("DTSTART;TZID=Asia/Tokyo:20250929T190000", "DTSTART:20250929T110000Z", "start = 2025-09-29T20:00:00\n"),
        ("LOCATION:Hall\\, Osaka", "LOCATION:Castle\\, Nagoya", 'venue = "Castle, Nagoya"'),
    ],
)
def test_what_an_app_changed_wins(
    agenda: Program, file: Callable[[str], Path], before: str, after: str, wanted: str
) -> None:
    data = (
        '[agenda]\nnamespace = "tour"\ntimezone = "Europe/Rome"\n[cities.Osaka]\ntimezone = "Asia/Tokyo"\n'
        '[venues.hall]\nname = "Hall"\ncity = "Osaka"\n'
        '[[events]]\nid = "gala"\ntitle = "Gala"\nstatus = "tentative"\nvenue = "hall"\nstart = 2025-09-29T19:00:00\n'
    )
    made = agenda("export", "--data", file(data)).out
    assert before in made
    assert wanted in agenda("import", "-", stdin=made.replace(before, after)).out


TEXTS = st.text(
    st.one_of(st.sampled_from(';,:\\"\n\t[]{}#=-'), st.characters(codec="utf-8", exclude_categories=("C", "Z"))),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(text.strip()) and text == text.strip())
NAMES = TEXTS.filter(lambda text: "\n" not in text and "\t" not in text)
BLANKS = st.text(" \t", max_size=3)
PEOPLE = st.builds(Person, NAMES, st.none() | TEXTS)
SOURCES = st.builds(Source, id=NAMES, title=NAMES)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def events(draw: st.DrawFn) -> Event:
    first = draw(DAYS)
    spans = st.integers(1, 400).map(timedelta)
    local = datetime(first.year, first.month, first.day, draw(st.integers(0, 23)), draw(st.integers(0, 59)))  # noqa: DTZ001
    possible: list[When] = [
        Fixed(first),
        Fixed(first, first + draw(spans)),
        Fixed(local),
        Fixed(local, local + draw(spans)),
        Fixed(local.replace(tzinfo=UTC), local.replace(tzinfo=UTC) + timedelta(minutes=20)),
        Between(first, first + draw(spans)),
    ]
    cities = draw(st.lists(NAMES, max_size=2, unique_by=str.casefold))
    venue = draw(st.none() | st.builds(Venue, id=NAMES, name=NAMES, address=st.none() | TEXTS))
    return Event(
        id="event",
        title=draw(TEXTS),
        when=draw(st.sampled_from(possible)),
        cities=tuple(map(City, cities)),
        venue=venue,
        room=draw(st.none() | TEXTS),
        kind=draw(st.none() | st.builds(Term, NAMES)),
        topics=tuple(map(Term, draw(st.lists(NAMES, max_size=3, unique=True)))),
        organizers=tuple(map(Term, draw(st.lists(NAMES, max_size=2, unique=True)))),
        people=tuple(
            draw(st.lists(st.builds(Person, NAMES, st.none() | TEXTS), max_size=2, unique_by=lambda p: p.name))
        ),
        status=draw(st.sampled_from(Status)),
        description=draw(st.none() | st.builds("{}{}{}".format, BLANKS, TEXTS, BLANKS)),
        date_note=draw(st.none() | TEXTS),
        sources=tuple(draw(st.lists(SOURCES, max_size=2, unique_by=lambda source: source.id.casefold()))),
    )


@given(event=events())
def test_any_event_comes_back(event: Event, tmp_path_factory: pytest.TempPathFactory) -> None:
    agenda = Agenda(events=(event,), namespace="any.example", revised=datetime(2025, 10, 7, tzinfo=UTC))
    (found,) = back(agenda, tmp_path_factory.mktemp("back")).events
    assert comparable(found) == comparable(event)
