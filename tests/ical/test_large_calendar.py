"""A calendar of many series in many zones comes back whole: no series spends what another one needs."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from agenda.agendafile.load import load
from agenda.agendafile.write import write_toml
from agenda.ical.importer import import_calendars
from agenda.interchange.result import ImportResult
from agenda.model import Agenda, Fixed
from agenda.recurrence.expand import occurrences

pytestmark = pytest.mark.slow

BIRTHDAYS = 400
MONTHLY = 60
KNOWN = (
    *("Europe/Rome", "Europe/London", "Europe/Moscow", "America/New_York", "America/Chicago", "America/Los_Angeles"),
    *("America/Sao_Paulo", "America/St_Johns", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran"),
    *("Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Apia", "Africa/Lagos", "Africa/Cairo"),
    *("Atlantic/Azores", "America/Havana"),
)
"""Zones that the file names as the database does."""
FIRST = datetime(2026, 1, 10, 9, 30)  # noqa: DTZ001 - a local time, of each zone


class Offsets(NamedTuple):
    """The offsets of a zone: that of winter, and that of summer with the rules of their days, or none."""

    standard: timedelta
    summer: timedelta | None = None
    starts: str = ""
    ends: str = ""

    def at(self, local: datetime) -> timedelta:
        """The offset of a local time of 2026, or of the middle of January or July of another year."""
        in_summer = (3, 29) <= (local.month, local.day) < (10, 25)
        return self.summer if self.summer is not None and in_summer else self.standard

    def vtimezone(self, tzid: str) -> str:
        """The VTIMEZONE."""
        lines = ["BEGIN:VTIMEZONE", f"TZID:{tzid}"]
        other = self.summer if self.summer is not None else self.standard
        lines += _observance("STANDARD", other, self.standard, "19701025T030000", self.ends)
        if self.summer is not None:
            lines += _observance("DAYLIGHT", self.standard, other, "19700329T020000", self.starts)
        return "\n".join([*lines, "END:VTIMEZONE", ""])


def _observance(name: str, before: timedelta, after: timedelta, start: str, rule: str) -> list[str]:
    offsets = [f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(after)}"]
    return [f"BEGIN:{name}", f"DTSTART:{start}", *offsets, *([f"RRULE:{rule}"] if rule else []), f"END:{name}"]


def _offset(offset: timedelta) -> str:
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}{minutes % 60:02}"


YEARLY = ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU")
LIKE_KNOWN = {
    f"Customized Time Zone {hours}": Offsets(timedelta(hours=hours), timedelta(hours=hours + 1), *YEARLY)
    for hours in range(-1, 3)
} | {f"Office {hours:+}": Offsets(timedelta(hours=hours)) for hours in range(-11, 13) if hours not in range(-4, 0)}
"""Private names of zones with the offsets of known ones."""
ODD = {
    f"Observatory {minutes:+}": Offsets(timedelta(minutes=minutes), timedelta(minutes=minutes + 20), *YEARLY)
    for minutes in (-617, -333, -101, 47, 199, 251, 317, 391)
} | {f"Ship {minutes:+}": Offsets(timedelta(minutes=minutes)) for minutes in (-631, -259, -17, 23, 77, 161, 303, 479)}
"""Private names of zones that no database has."""


def content() -> bytes:
    """The calendar: birthdays, monthly series, and of each zone a series and two single events."""
    events = [
        f"UID:birthday-{number}@cases.example\nSUMMARY:Birthday {number}\n"
        f"DTSTART;VALUE=DATE:{birthday(number):%Y%m%d}\nRRULE:FREQ=YEARLY"
        for number in range(BIRTHDAYS)
    ]
    events += [
        f"UID:monthly-{number}@cases.example\nSUMMARY:Monthly {number}\n"
        f"DTSTART;TZID=Europe/Rome:20260101T{8 + number % 12:02}{number:02}00\nRRULE:FREQ=MONTHLY;BYDAY=1TH"
        for number in range(MONTHLY)
    ]
    for number, tzid in enumerate((*KNOWN, *LIKE_KNOWN, *ODD)):
        weekly = f"DTSTART;TZID={tzid}:{FIRST:%Y%m%dT%H%M%S}\nDURATION:PT45M\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=20"
        events.append(f"UID:weekly-{number}@cases.example\nSUMMARY:Weekly {tzid}\n{weekly}")
        for month in (1, 7):
            start = f"DTSTART;TZID={tzid}:2027{month:02}15T180000"
            events.append(f"UID:single-{number}-{month}@cases.example\nSUMMARY:Single {tzid}\n{start}")
    zones = "".join(zone.vtimezone(tzid) for tzid, zone in (LIKE_KNOWN | ODD).items())
    # What the file says of a zone that the database knows does not count.
    zones += "".join(Offsets(timedelta(hours=1)).vtimezone(tzid) for tzid in KNOWN)
    written = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-TIMEZONE:Europe/Rome\n{zones}{written}END:VCALENDAR\n".encode()


def birthday(number: int) -> date:
    """The day on which somebody was born."""
    return date(1930, 3, 1) + timedelta(97 * number)


def instant(tzid: str, local: datetime) -> datetime:
    """The instant of a local time of a zone of the file."""
    if tzid in KNOWN:
        return local.replace(tzinfo=ZoneInfo(tzid)).astimezone(UTC)
    return (local - (LIKE_KNOWN | ODD)[tzid].at(local)).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def result() -> ImportResult:
    return import_calendars(content(), "large.ics")


@pytest.fixture(scope="module")
def agenda_of_all(result: ImportResult, tmp_path_factory: pytest.TempPathFactory) -> Agenda:
    file: Path = tmp_path_factory.mktemp("large") / "large.toml"
    file.write_text("".join(write_toml(result.tables)), encoding="utf-8")
    return load(file)


@pytest.fixture(scope="module")
def starts(agenda_of_all: Agenda) -> Callable[[str], list[datetime]]:
    """The instants at which something of that title starts, no more than 200 of an event, in order."""
    events = agenda_of_all.events

    def of(title: str) -> list[datetime]:
        whens = [
            occurrence.when
            for event in events
            if event.title == title
            for occurrence in islice(occurrences(event), 200)
            if isinstance(occurrence.when, Fixed)
        ]
        return sorted(when.start.astimezone(UTC) for when in whens if isinstance(when.start, datetime))

    return of


def test_there_are_sixty_zones() -> None:
    assert len((*KNOWN, *LIKE_KNOWN, *ODD)) == content().count(b"BEGIN:VTIMEZONE") == 60


def test_every_birthday_keeps_its_rule(result: ImportResult) -> None:
    rules = {event["title"]: (event["start"], event.get("repeat")) for event in result.tables["events"]}
    for number in range(BIRTHDAYS):
        assert rules[f"Birthday {number}"] == (birthday(number), "FREQ=YEARLY")


def test_every_monthly_series_keeps_its_rule(result: ImportResult) -> None:
    rules = Counter(event.get("repeat") for event in result.tables["events"] if "Monthly" in event["title"])
    assert rules == {"FREQ=MONTHLY;BYDAY=1TH": MONTHLY}


@pytest.mark.parametrize("tzid", [*KNOWN, *LIKE_KNOWN, *ODD])
def test_events_of_every_zone_keep_their_instants(starts: Callable[[str], list[datetime]], tzid: str) -> None:
    weeks = [FIRST + timedelta(weeks=2 * number) for number in range(20)]
    assert starts(f"Weekly {tzid}") == [instant(tzid, local) for local in weeks]
    evenings = [datetime.combine(date(2027, month, 15), time(18)) for month in (1, 7)]
    assert starts(f"Single {tzid}") == [instant(tzid, local) for local in evenings]
