"""Time zones by name, and local times in them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from agenda.agendafile.zones import in_zone, parse_zone

ROME = ZoneInfo("Europe/Rome")
TOKYO = ZoneInfo("Asia/Tokyo")


def local(text: str) -> datetime:
    """A time as the file has it."""
    return datetime.fromisoformat(text)


# --- Names


@pytest.mark.parametrize("name", ["Asia/Tokyo", "Europe/Rome", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+9"])
def test_zone(name: str) -> None:
    """The database's own names, at whatever depth."""
    assert parse_zone(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        ".",
        "..",
        "/",
        "../x",
        "../Asia/Tokyo",
        "./Asia/Tokyo",
        "Asia/../Asia/Tokyo",
        "Asia//Tokyo",
        "Asia/Tokyo/",
        "/etc/localtime",
        "/usr/share/zoneinfo/Asia/Tokyo",
        "America",
        "America/Argentina",
        "zone.tab",
        "zone1970.tab",
        "tzdata.zi",
        "__init__.py",
        "Asia/Tokyo\n",
        "Asia\0Tokyo",
        "Asia\\Tokyo",
        "Asia.Tokyo",
        "Mars/Olympus",
        "Ōsaka",
        "+09:00",
        "UTC+9",
        "x" * 5_000,
    ],
    ids=lambda name: ascii(name[:30]),
)
def test_no_zone(name: str) -> None:
    """Names that are none, and those that are paths to something else or out of the database."""
    with pytest.raises(ValueError, match=r"^\".*\" is no time zone; .+$"):
        parse_zone(name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Asia/Tokio", "Asia/Tokyo"), ("asia/tokyo", "Asia/Tokyo"), ("Europe/Roma", "Europe/Rome")],
)
def test_misspelt_zone(name: str, meant: str) -> None:
    """The likeliest comes first."""
    with pytest.raises(ValueError, match=f'^"{name}" is no time zone; did you mean "{meant}"'):
        parse_zone(name)


def test_zone_like_no_other() -> None:
    """An example says what it should look like."""
    with pytest.raises(ValueError, match='it must be a name such as "Asia/Tokyo"'):
        parse_zone("Mars/Olympus")


# --- Local times


@pytest.mark.parametrize(
    ("zone", "time", "hours"),
    [
        (TOKYO, "2025-09-29T11:00:00", 9),
        (ROME, "2025-03-30T01:59:59", 1),
        (ROME, "2025-03-30T03:00:00", 2),
        (ROME, "2025-10-26T01:59:59", 2),
        (ROME, "2025-10-26T02:00:00", 2),
        (ROME, "2025-10-26T02:59:59", 2),
        (ROME, "2025-10-26T03:00:00", 1),
        (ZoneInfo("Australia/Lord_Howe"), "2025-04-06T01:45:00", 11),
    ],
)
def test_local_time(zone: ZoneInfo, time: str, hours: float) -> None:
    """Up to a change of the clocks and after it; what they show twice is the first time."""
    given = in_zone(local(time), zone)
    assert (given.replace(tzinfo=None), given.tzinfo, given.utcoffset()) == (
        local(time),
        zone,
        timedelta(hours=hours),
    )


@pytest.mark.parametrize(
    ("zone", "time"),
    [
        ("Europe/Rome", "2025-03-30T02:00:00"),
        ("Europe/Rome", "2025-03-30T02:30:00"),
        ("Europe/Rome", "2025-03-30T02:59:59"),
        ("Australia/Lord_Howe", "2025-10-05T02:15:00"),
        ("Africa/Cairo", "2025-04-25T00:30:00"),
        ("Pacific/Apia", "2011-12-30T10:00:00"),
    ],
)
def test_skipped_local_time(zone: str, time: str) -> None:
    """By an hour, by half of one, at midnight, and by a whole day."""
    with pytest.raises(ValueError, match=f"^{time} does not exist in {zone}: "):
        in_zone(local(time), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "time", "right"),
    [
        ("Europe/Rome", "2025-03-30T02:30:00", "03:30"),
        ("Australia/Lord_Howe", "2025-10-05T02:15:00", "02:45"),
        ("Pacific/Apia", "2011-12-30T10:00:00", "2011-12-31"),
    ],
)
def test_skipped_local_time_has_one_that_exists(zone: str, time: str, right: str) -> None:
    """What the clocks show then; with its day where that is another one, or nobody could tell it from what is wrong."""
    with pytest.raises(ValueError, match=f": .*{right}"):
        in_zone(local(time), ZoneInfo(zone))


@pytest.mark.parametrize("time", ["2025-03-30T02:30:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_floating_time(time: str) -> None:
    """Without a zone there is nothing that it could contradict."""
    assert in_zone(local(time), None) == local(time)


# --- Times with an offset


@pytest.mark.parametrize("zone", [ROME, TOKYO, None])
@pytest.mark.parametrize("offset", ["Z", "+02:00", "-23:59", "+23:59"])
def test_time_with_an_offset(zone: ZoneInfo | None, offset: str) -> None:
    """It stays as it was written, also at a time that the clocks of the zone skip."""
    time = local(f"2025-03-30T02:30:00{offset}")
    assert repr(in_zone(time, zone)) == repr(time)


@pytest.mark.parametrize(
    ("time", "zone"),
    [
        ("0001-01-01T00:00:00+00:01", TOKYO),
        ("0001-01-01T08:59:59+09:00", None),
        ("0001-01-01T00:00:00Z", ZoneInfo("America/New_York")),
        ("0001-01-01T00:00:00", TOKYO),
        ("9999-12-31T23:59:59-00:01", TOKYO),
        ("9999-12-31T15:00:00Z", TOKYO),
        ("9999-12-31T23:59:59", ZoneInfo("America/New_York")),
    ],
)
def test_time_out_of_the_calendar(time: str, zone: ZoneInfo | None) -> None:
    """In UTC or in its own zone it would be of the year 0 or 10000."""
    with pytest.raises(
        ValueError,
        match=f"^{re.escape(time.replace('Z', '+00:00'))} is too near the ends of the calendar, so that UTC or its"
        " zone has no such time; write a year from 2 to 9998$",
    ):
        in_zone(local(time), zone)


@pytest.mark.parametrize(
    ("time", "zone"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), TOKYO),
        (datetime(1, 1, 1, 9, tzinfo=timezone(timedelta(hours=9))), TOKYO),
        (datetime(9999, 12, 31, 14, 59, 59, tzinfo=UTC), TOKYO),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), ZoneInfo("America/New_York")),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), ZoneInfo("UTC")),
    ],
)
def test_time_just_within_the_calendar(time: datetime, zone: ZoneInfo) -> None:
    """The first and the last that there are."""
    assert in_zone(time, zone) == time


@pytest.mark.parametrize("zone", [ROME, None])
def test_fraction_of_a_second(zone: ZoneInfo | None) -> None:
    """No calendar can hold it."""
    with pytest.raises(ValueError, match=r"^2025-09-30T11:00:00\.500000 is not a whole second; an agenda's times are$"):
        in_zone(local("2025-09-30T11:00:00.5"), zone)
