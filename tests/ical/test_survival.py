"""Whatever people write goes out into a calendar and comes back, as far as a calendar can hold it."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote_to_bytes
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ical.strict_ical import check
from icalendar import Calendar

from agenda.ical.durations import NominalDuration
from agenda.ical.events import ExportSettings
from agenda.ical.exporter import write_calendar
from agenda.ical.texts import clean_text, trim_lines
from agenda.model import Agenda, City, Event, Fixed, Moment, Room, Term, Venue

pytestmark = pytest.mark.slow

DAY = Fixed(date(2025, 9, 28))
HARD = [
    *"\\;,:\"'\n\r\t\x85\u2028\u2029\x00\x07\x0b\x0c\x1b\x1f\x7f\x9b =^~nN",
    *("\r\n", "\\n", "\\N", "\\,", " " * 31, "\t" * 40, "x" * 74, "é" * 37, "大阪", "\U0001f469\u200d\U0001f52c"),
    *("e\u0301", "\ufeff", "\ufffe", "BEGIN:VEVENT", "END:VCALENDAR\r\n"),
]
TEXTS = st.lists(st.one_of(st.sampled_from(HARD), st.text(st.characters(codec="utf-8"), max_size=30)), min_size=1).map(
    "".join
)
FILLED = TEXTS.filter(bool)
NAMED = st.none() | FILLED
ZONES = ("Asia/Tokyo", "Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Europe/Dublin")
SECONDS = st.integers(1, 10**6).map(lambda seconds: timedelta(seconds=seconds))


def cleaned(text: str) -> str:
    """What a calendar can hold of a text: rule 1 of how exports are written."""
    text = re.sub("\r\n|\r|\x85|\u2028|\u2029", "\n", text)
    text = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) != "Cc")
    return re.sub("[ \t]{31,}", lambda run: run[0][:30], text)


def back(event: Event, agenda: Agenda | None = None, choices: ExportSettings | None = None) -> Any:
    """The event as icalendar reads it from our calendar, with which nothing is wrong."""
    head = agenda or Agenda(namespace="test.example")
    data = "".join(write_calendar(head, [event], choices or ExportSettings())).encode()
    assert check(data) == []
    read: Any = Calendar.from_ical(data)
    assert [each.errors for each in read.walk() if each.errors] == []
    (found,) = read.events
    return found


def description_of(found: Any) -> str:
    return str(found.get("DESCRIPTION", ""))


@given(title=FILLED, description=NAMED, uid=NAMED)
@example(title="a" + " " * 200 + "b", description=" " * 200 + "x", uid=" ")
@example(title="x" * 66 + " " * 30 + "y" + " " * 30, description="x" * 63 + " " * 500, uid=None)
def test_texts_survive(title: str, description: str | None, uid: str | None) -> None:
    found = back(Event(id="any", title=title, description=description, when=DAY, uid=uid))
    assert str(found["SUMMARY"]) == cleaned(title)
    assert description_of(found).strip() == cleaned(description or "").strip()
    assert str(found["UID"]) == (cleaned(uid) if uid else "any@test.example")


@given(room=NAMED, name=FILLED, address=NAMED, cities=st.lists(FILLED, max_size=3))
def test_places_survive(room: str | None, name: str, address: str | None, cities: list[str]) -> None:
    venue = Venue(id="venue", name=name, address=address)
    here = Room(room) if room else None
    found = back(Event(id="any", title="Any", when=DAY, room=here, venue=venue, cities=tuple(map(City, cities))))
    parts = [part for part in (room, name, address, *cities) if part]
    assert str(found["LOCATION"]) == cleaned(", ".join(parts))


@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
def test_positions_survive(latitude: float, longitude: float) -> None:
    venue = Venue(id="venue", name="Venue", latitude=latitude, longitude=longitude)
    found = back(Event(id="any", title="Any", when=DAY, venue=venue))["GEO"]
    assert abs(found.latitude - latitude) < 1e-6
    assert abs(found.longitude - longitude) < 1e-6


@given(topics=st.lists(FILLED, min_size=1, max_size=4), organizers=st.lists(FILLED, max_size=3))
def test_topics_and_organizers_survive(topics: list[str], organizers: list[str]) -> None:
    event = Event(
        id="any",
        title="Any",
        when=DAY,
        topics=tuple(map(Term, topics)),
        organizers=tuple(map(Term, organizers)),
    )
    found = back(event)
    assert [str(topic) for topic in found.categories] == [cleaned(topic) for topic in topics]
    contacts = found.get("CONTACT", [])
    assert [str(one) for one in (contacts if isinstance(contacts, list) else [contacts])] == [
        cleaned(organizer) for organizer in organizers
    ]


LINKS = st.from_regex(
    r"\A(https?://|HTTPS://|mailto:)([^\s\x00-\x1f\x7f%#[\]]|%[0-9A-F]{2})+\Z", alphabet=st.characters(codec="utf-8")
)


@given(url=LINKS)
@example(url="https://example.org/大阪?a=1,2;b&c=%20#é")
@example(url="https://[2001:db8::1]/")
def test_links_survive(url: str) -> None:
    found = back(Event(id="any", title="Any", when=DAY, url=url))
    if all(unicodedata.category(char)[0] not in "CZ" for char in url):
        assert unquote_to_bytes(str(found["URL"])) == unquote_to_bytes(url)
    assert description_of(found).strip() == cleaned(url)


@given(rest=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1))
def test_other_addresses_are_told_and_not_linked(rest: str) -> None:
    url = f"javascript:{rest}"
    found = back(Event(id="any", title="Any", when=DAY, url=url))
    assert "URL" not in found
    assert description_of(found) == url


@pytest.mark.parametrize(
    "url", ["https://example.org/100%", "https://example.org/?ids[]=1", "https://example.org/#a#b"]
)
def test_what_no_uri_may_have_is_encoded_too(url: str) -> None:
    found = back(Event(id="any", title="Any", when=DAY, url=url))
    assert unquote_to_bytes(str(found["URL"])) == unquote_to_bytes(url)


@given(title=FILLED, description=NAMED)
def test_what_the_agenda_is_called_survives(title: str, description: str | None) -> None:
    head = Agenda(title=title, description=description, namespace="test.example")
    events = [Event(id=id, title="Any", when=DAY) for id in ("one", "two")]
    data = "".join(write_calendar(head, events, ExportSettings())).encode()
    assert check(data) == []
    read: Any = Calendar.from_ical(data)
    # Of NAME and of what starts with X-, icalendar leaves the escapes as they are.
    assert {unescaped(str(read[name])) for name in ("NAME", "X-WR-CALNAME")} == {cleaned(title)}
    assert str(read.get("DESCRIPTION", "")) == cleaned(description or "")


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda escape: "\n" if escape[1] == "n" else escape[1], text)


@st.composite
def days(draw: st.DrawFn) -> Fixed:
    first = draw(st.dates())
    return Fixed(first, draw(st.none() | st.dates(first)))


@st.composite
def times(draw: st.DrawFn) -> Fixed:
    """Times that are floating, of a zone, or with an offset, each of them one that there is."""
    zone = draw(
        st.none()
        | st.sampled_from(ZONES).map(ZoneInfo)
        | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    )
    first, last = (1990, 2060) if isinstance(zone, ZoneInfo) else (2, 9996)
    start = draw(st.datetimes(datetime(first, 1, 1), datetime(last, 1, 1))).replace(microsecond=0)  # noqa: DTZ001
    length = draw(st.none() | SECONDS)
    if zone is None:
        return Fixed(start, start + length if length else None)
    instant = start.replace(tzinfo=UTC)
    begin = instant.astimezone(zone).replace(fold=0)
    end = (instant + length).astimezone(zone).replace(fold=0) if length else None
    return Fixed(begin, end if end and end.astimezone(UTC) > begin.astimezone(UTC) else None)


def same(found: Moment, wanted: Moment) -> bool:
    """Whether both are one day, one floating time, or one instant of one zone."""
    if not isinstance(wanted, datetime) or not isinstance(found, datetime):
        return found == wanted and type(found) is type(wanted)
    if wanted.tzinfo is None or found.tzinfo is None:
        return found.tzinfo is wanted.tzinfo and found == wanted
    return found.astimezone(UTC) == wanted.astimezone(UTC) and (
        not isinstance(wanted.tzinfo, ZoneInfo) or found.tzinfo == wanted.tzinfo
    )


@given(when=days())
@example(when=Fixed(date.min, date.min))
@example(when=Fixed(date.max))
@example(when=Fixed(date(9999, 12, 30)))
def test_days_survive(when: Fixed) -> None:
    found = back(Event(id="any", title="Any", when=when))
    assert same(found.start, when.start)
    first, last = when.days
    assert same(found.end - timedelta(1), last) if last < date.max else "DTEND" not in found
    assert same(found.start, first)


@settings(max_examples=60)
@given(when=times(), description=NAMED)
def test_times_survive(when: Fixed, description: str | None) -> None:
    found = back(Event(id="any", title="Any", when=when, description=description))
    assert same(found.start, when.start)
    assert same(found.end, when.end or when.start)
    remarks = [] if when.end else ["End not published"]
    paragraphs = [trim_lines(clean_text(description or "")), *remarks]
    assert description_of(found).strip() == cleaned("\n\n".join(paragraphs)).strip()


@settings(max_examples=30)
@given(when=times(), minutes=st.integers(1, 10_000))
def test_an_assumed_duration_is_that_of_times_without_an_end(when: Fixed, minutes: int) -> None:
    choices = ExportSettings(assumed=NominalDuration(0, timedelta(minutes=minutes)))
    found = back(Event(id="any", title="Any", when=Fixed(when.start)), choices=choices)
    assert found.duration == timedelta(minutes=minutes)
