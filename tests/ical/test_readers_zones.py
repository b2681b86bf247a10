"""The zones that our exports define, read by others under names that nobody knows.

Of a known name, readers take their own definition, and ours would never be looked at.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject  # type: ignore[import-untyped]  # ships no types
from conftest import Run
from dateutil.rrule import rrulestr
from ical.programs import by_node
from ical.strict_ical import check
from icalendar import Calendar
from icalendar.timezone.tzp import TZP

pytestmark = pytest.mark.slow

Instants = dict[str, list[str]]
ZONES = (
    "Asia/Tokyo",
    "Europe/Rome",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Jerusalem",
    "America/Nuuk",
)
# Two and a half years each: what is ahead, while São Paulo still set its clocks, and while Cairo began to again. The
# changes of the last three zones fall at 24:00, at the end of a numbered week, and on the evening before a last Sunday.
SPANS = (
    *((zone, 2025) for zone in ZONES),
    *(("America/Sao_Paulo", 2017), ("Australia/Lord_Howe", 2017), ("America/Santiago", 2017)),
    *(("Africa/Cairo", 2022), ("America/Nuuk", 2022), ("Asia/Jerusalem", 2022)),
)
"""Each zone and the year from which on it is read."""
WEEKS = 130
_names = count(1)
"""Every reader keeps the zones that it has read, by their names: so no name is ever used twice."""


@cache
def programme(name: str, year: int) -> tuple[str, Instants]:
    """An agenda with what is hard to tell in a zone from that year on, and the instants at which it starts."""
    zone = ZoneInfo(name)
    singles = dict(enumerate(around_changes(zone, year)))
    noon = datetime(year, 6, 1, 12)  # noqa: DTZ001 - a local time
    weekly = [noon + timedelta(weeks=week) for week in range(WEEKS)]
    endless = [noon + timedelta(weeks=26 * step) for step in range(24)]
    expected = {f"single-{number}": [told(time, zone)] for number, time in singles.items()}
    expected["weekly"] = [told(time, zone) for time in weekly]
    expected["endless"] = [told(time, zone) for time in endless]
    text = f'[agenda]\nnamespace = "zones.example"\ntimezone = "{name}"\n'
    for number, time in singles.items():
        text += event(f"single-{number}", time)
    text += event("weekly", noon, f"FREQ=WEEKLY;UNTIL={weekly[-1]:%Y%m%d}")
    text += event("endless", noon, "FREQ=WEEKLY;INTERVAL=26")
    return text, expected


def event(id: str, start: datetime, rule: str = "") -> str:
    repeat = f'repeat = "{rule}"\n' if rule else ""
    return f'\n[[events]]\nid = "{id}"\ntitle = "{id}"\nstart = {start:%Y-%m-%dT%H:%M:%S}\n{repeat}'


def around_changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """What the clocks show shortly before and after each change of three years, each time once."""
    end = datetime(year + 3, 1, 1, tzinfo=UTC)
    hour = datetime(year, 1, 1, tzinfo=UTC)
    while hour < end:
        following = hour + timedelta(1)
        if hour.astimezone(zone).utcoffset() == following.astimezone(zone).utcoffset():
            hour = following
            continue
        following = hour + timedelta(minutes=30)
        if hour.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset():
            for minutes in (-180, -61, -30, -1, 0, 1, 29, 31, 59, 61, 180):
                shown = (following + timedelta(minutes=minutes)).astimezone(zone)
                if not shown.fold:  # of a time that comes twice, the second one cannot be told
                    yield shown.replace(tzinfo=None)
        hour = following


def told(time: datetime, zone: Any) -> str:
    return f"{time.replace(tzinfo=zone).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def private(data: bytes) -> tuple[bytes, str]:
    """The same calendar, with a name for its zone that nobody knows."""
    name = f"Private/Zone-{next(_names)}"
    text, times = re.subn(rb"(?m)^(TZID:|X-WR-TIMEZONE:|[A-Z]+;TZID=)[A-Za-z_/]+", rb"\g<1>" + name.encode(), data)
    assert times > 3
    return text, name


def expanded(start: datetime, rule: str | None, wanted: int) -> list[str]:
    """The instants of as many occurrences as are wanted, and one more where the rule gives it and should not."""
    if rule is None:
        return [told(start, start.tzinfo)]
    endless = "UNTIL" not in rule
    return [told(time, time.tzinfo) for time in rrulestr(rule, dtstart=start).xafter(start, wanted + 1 - endless, True)]


def by_icalendar(data: bytes, expected: Instants) -> Instants:
    calendar: Any = Calendar.from_ical(private(data)[0])
    assert [each.errors for each in calendar.walk() if each.errors] == []
    found = {}
    for each in calendar.events:
        assert each.start.tzinfo in {UTC, ZoneInfo("UTC")} or not isinstance(each.start.tzinfo, ZoneInfo)
        rule = each["RRULE"].to_ical().decode() if "RRULE" in each else None
        id = str(each["UID"]).partition("@")[0]
        found[id] = expanded(each.start, rule, len(expected[id]))
    return found


def by_pytz(data: bytes, expected: Instants) -> Instants:
    """What icalendar finds with pytz, which reads the definitions in a way of its own: as a table of changes."""
    calendar: Any = Calendar.from_ical(data)
    zone = calendar.timezones[0].to_tz(TZP("pytz"), lookup_tzid=False)
    found = {}
    for each in calendar.events:
        id = str(each["UID"]).partition("@")[0]
        if each.start.tzinfo in {UTC, ZoneInfo("UTC")}:
            found[id] = [told(each.start, UTC)]
            continue
        shown = each.start.replace(tzinfo=None)
        rule = re.sub(";UNTIL=[^;]*", "", each["RRULE"].to_ical().decode()) if "RRULE" in each else "FREQ=DAILY;COUNT=1"
        times = rrulestr(rule, dtstart=shown).xafter(shown, len(expected[id]), inc=True)
        # It takes what comes twice for the first where it is told that summer time still holds.
        found[id] = [f"{zone.localize(time, is_dst=True).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for time in times]
    return found


def by_vobject(data: bytes, expected: Instants) -> Instants:
    calendar = vobject.readOne(private(data)[0].decode())
    found = {}
    for each in calendar.vevent_list:
        rule = each.rrule.value if "rrule" in each.contents else None
        id = each.uid.value.partition("@")[0]
        assert each.dtstart.value.tzinfo is not None
        found[id] = expanded(each.dtstart.value, rule, len(expected[id]))
    return found


@pytest.fixture(params=SPANS, ids=lambda span: f"{span[0]}-{span[1]}")
def export(request: pytest.FixtureRequest, agenda_once: Callable[..., Run]) -> tuple[bytes, Instants]:
    """A calendar of a zone, and when its events start."""
    text, expected = programme(*request.param)
    done = agenda_once("export", "--data", "-", stdin=text)
    assert done.code == 0, done.err
    return done.raw, expected


def test_the_strict_checker_finds_nothing_wrong(export: tuple[bytes, Instants]) -> None:
    assert check(export[0]) == []
    assert check(private(export[0])[0]) == []


def test_icalendar_finds_every_instant(export: tuple[bytes, Instants]) -> None:
    data, expected = export
    assert by_icalendar(data, expected) == expected


def test_icalendar_with_pytz_finds_every_instant(export: tuple[bytes, Instants]) -> None:
    data, expected = export
    assert by_pytz(data, expected) == expected


def test_vobject_finds_every_instant(export: tuple[bytes, Instants]) -> None:
    data, expected = export
    assert by_vobject(data, expected) == expected


def test_ical_js_finds_every_instant(export: tuple[bytes, Instants], tmp_path: Path) -> None:
    data, expected = export
    path = tmp_path / "private.ics"
    path.write_bytes(private(data)[0])
    read = by_node("ical.js", int(max(times[-1] for times in expected.values())[:4]))
    found = {uid.partition("@")[0]: [start for start, _ in spans] for uid, spans in read(path).items()}
    found["endless"] = found["endless"][: len(expected["endless"])]
    assert found == expected
