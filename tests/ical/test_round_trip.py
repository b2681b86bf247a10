"""What goes out into a calendar comes back from it: the same events, days, times, rules, places, status and text."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import SHIPPED, Run
from hypothesis import assume, given
from hypothesis import strategies as st
from ical.demanding import PROGRAMME
from msgspec.structs import replace

from agenda.agendafile.load import load
from agenda.agendafile.write import write_toml
from agenda.errors import DataError
from agenda.ical.events import ExportSettings, parse_length
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
    Room,
    Source,
    Status,
    Term,
    ToBeAnnounced,
    Venue,
    When,
)
from agenda.recurrence.expand import occurrences
from agenda.wording.choice import make_wording

pytestmark = pytest.mark.slow

Program = Callable[..., Run]


def back(agenda: Agenda, folder: Path, *, told: tuple[str, ...] = (), language: str = "en") -> Agenda:
    """The agenda that the export of another one, in that language, is imported as, with which nothing is wrong."""
    settings = ExportSettings(words=make_wording(language))
    data = "".join(write_calendar(agenda, agenda.events, settings)).encode()
    found = import_calendars(data, "calendar.ics")
    assert found.diagnostics == []
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
        "room": event.room and event.room.name,
        "kind": event.kind and event.kind.name,
        "topics": [topic.name for topic in event.topics],
        "organizers": [organizer.name for organizer in event.organizers],
        "people": [(person.name, person.role) for person in event.people],
        "status": event.status,
        "busy": event.busy,
        "visibility": event.visibility,
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


@pytest.mark.parametrize("language", ["en", "it", "ja", "de"])
def test_demanding_events_come_back(file: Callable[[str], Path], tmp_path: Path, language: str) -> None:
    agenda = load(str(file(PROGRAMME)))
    found = {event.id: comparable(event) for event in back(agenda, tmp_path, language=language).events}
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


TALK = '[agenda]\nnamespace = "tour"\n[[events]]\nid = "talk"\ntitle = "Talk"\nstart = 2025-09-29T15:00:00\n'


def test_an_assumed_duration_is_not_taken_for_one(agenda: Program, file: Callable[[str], Path]) -> None:
    made = agenda("export", "--data", file(TALK), "--assume-duration", "1h")
    text = agenda("import", "-", stdin=made.raw).out
    assert "start = 2025-09-29T15:00:00\n" in text
    assert "end =" not in text


OLD = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//agenda//mission-agenda 0.1.0//EN
CALSCALE:GREGORIAN
X-WR-TIMEZONE:Etc/UTC
BEGIN:VEVENT
UID:talk@tour
DTSTAMP:20250101T000000Z
DTSTART;TZID=Etc/UTC:20250929T150000
{length}
RRULE:FREQ=MONTHLY;UNTIL=20260129T150000Z
EXDATE;TZID=Etc/UTC:20251029T150000,20251129T150000
SUMMARY:Talk
DESCRIPTION:End not published
X-AGENDA-EVENT:{{"id":"talk"\\,"status":"confirmed"\\,"until":"2026-01-30"}}
END:VEVENT
END:VCALENDAR
"""
"""An event as the version before wrote it, of a time without an end, by the name of UTC."""


@pytest.mark.parametrize("length", ["DURATION:PT0S", "DURATION:PT1H", "DURATION:P2W"])
def test_what_the_version_before_exported_comes_back(agenda: Program, length: str) -> None:
    done = agenda("import", "-", stdin=OLD.format(length=length).replace("\n", "\r\n").encode())
    assert (done.code, done.err) == (0, "")
    (event,) = tomli.loads(done.out)["events"]
    assert event == {
        "id": "talk",
        "title": "Talk",
        "start": datetime(2025, 9, 29, 15),  # noqa: DTZ001 - a local time
        "repeat": "FREQ=MONTHLY;UNTIL=20260130",
        "except": [date(2025, 10, 29), date(2025, 11, 29)],
    }


def test_assumed_end_that_an_app_moves_along_is_still_none(agenda: Program, file: Callable[[str], Path]) -> None:
    made = agenda("export", "--data", file(TALK), "--assume-duration", "1h").out
    moved = made.replace("20250929T150000", "20250930T170000").replace("20250929T160000", "20250930T180000")
    text = agenda("import", "-", stdin=moved).out
    assert ("start = 2025-09-30T17:00:00\n" in text, "end =" in text) == (True, False)


def test_end_that_an_app_sets_is_one(agenda: Program, file: Callable[[str], Path]) -> None:
    made = agenda("export", "--data", file(TALK), "--assume-duration", "1h").out
    text = agenda("import", "-", stdin=made.replace("20250929T160000", "20250929T173000")).out
    assert "end = 2025-09-29T17:30:00\n" in text


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
        room=draw(st.none() | st.builds(Room, TEXTS)),
        kind=draw(st.none() | st.builds(Term, NAMES)),
        topics=tuple(map(Term, draw(st.lists(NAMES, max_size=3, unique=True)))),
        organizers=tuple(map(Term, draw(st.lists(NAMES, max_size=2, unique=True)))),
        people=tuple(
            draw(st.lists(st.builds(Person, NAMES, st.none() | TEXTS), max_size=2, unique_by=lambda p: p.name))
        ),
        status=draw(st.sampled_from(Status)),
        busy=draw(st.none() | st.booleans()),
        description=draw(st.none() | st.builds("{}{}{}".format, BLANKS, TEXTS, BLANKS)),
        date_note=draw(st.none() | TEXTS),
        sources=tuple(draw(st.lists(SOURCES, max_size=2, unique_by=lambda source: source.id.casefold()))),
    )


@given(event=events(), language=st.sampled_from(["en", "it", "ja", "fr"]))
def test_any_event_comes_back(event: Event, language: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    agenda = Agenda(events=(event,), namespace="any.example", revised=datetime(2025, 10, 7, tzinfo=UTC))
    (found,) = back(agenda, tmp_path_factory.mktemp("back"), language=language).events
    assert comparable(found) == comparable(event)


# --- times and series in zones, byte by byte ---

ZONES = ("Europe/Rome", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Etc/UTC", "GMT", "Asia/Tokyo")
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYMONTHDAY=-1,13",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=2,10",
    "FREQ=YEARLY;BYMONTHDAY=13",
    "FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13",
)
STARTS = st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1)) | st.builds(  # noqa: DTZ001 - local times
    lambda day, minutes: datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes),
    st.sampled_from([date(2025, 10, 26), date(2025, 11, 2), date(2025, 4, 6), date(2025, 4, 5), date(2024, 2, 29)]),
    st.integers(0, 240),
)
"""Any time, and those of nights in which the clocks of one of the zones change."""


@st.composite
def files(draw: st.DrawFn) -> str:
    """An agenda file of one event in a zone, in the zone of the agenda or in that of a city."""
    home, there = draw(st.sampled_from(ZONES)), draw(st.none() | st.sampled_from(ZONES))
    time = draw(STARTS).replace(second=0, microsecond=0)
    start: Moment = draw(st.sampled_from([time, time.date()]))
    span = draw(st.none() | st.integers(1, 300))
    end = start + (timedelta(minutes=10 * span) if isinstance(start, datetime) else timedelta(span)) if span else None
    rule = draw(st.none() | st.sampled_from(RULES))
    if rule:
        until = f"{start + timedelta(draw(st.integers(0, 900))):%Y%m%d}"
        rule += draw(st.sampled_from(["", ";COUNT=3", ";COUNT=40", f";UNTIL={until}"]))
    lines = [
        f'[agenda]\nnamespace = "any"\nrevised = 2025-01-01T00:00:00Z\ntimezone = "{home}"',
        f'[cities.There]\ntimezone = "{there}"' if there else "",
        '[[events]]\nid = "any"\ntitle = "Any"',
        'city = "There"' if there else "",
        f"start = {start.isoformat()}",
        f"end = {end.isoformat()}" if end else "",
        f'repeat = "{rule}"' if rule else "",
    ]
    return "\n".join(lines) + "\n"


@given(text=files(), assumed=st.none() | st.sampled_from(["1h", "90m", "1d"]), removed=st.sets(st.integers(1, 4)))
def test_any_time_comes_back_to_the_byte(
    text: str, assumed: str | None, removed: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("bytes") / "any.toml"
    file.write_text(text)
    try:
        agenda = load(file)
        first = islice(occurrences(agenda.events[0]), 6)
        days = [occurrence.day for occurrence in first if occurrence.day]
        if agenda.events[0].repeat and (left_out := [days[number] for number in removed if number + 1 < len(days)]):
            file.write_text(f"{text}except = [{', '.join(sorted(map(str, left_out)))}]\n")
            agenda = load(file)
    except DataError:  # e.g. a time that clocks skip, or a rule that does not give its start
        assume(False)
    settings = ExportSettings(assumed=parse_length(assumed) if assumed else None)
    data = "".join(write_calendar(agenda, agenda.events, settings))
    found = import_calendars(data.encode(), "calendar.ics")
    assert (found.diagnostics, tuple(found.losses)) == ([], ())
    file.write_text("".join(write_toml(found.tables)))
    returned = load(file)
    assert (returned.events[0].when, returned.events[0].repeat) == (agenda.events[0].when, agenda.events[0].repeat)
    assert "".join(write_calendar(returned, returned.events, settings)) == data
