"""An agenda that asks much of whoever reads its calendar, and when each of its events is, worked out by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

TITLE = "Ours; and, theirs: \\ \\n 大阪・関西万博"
LONG = "Città di Torino 大阪府大阪市北区中之島 👩🏽‍🔬🇮🇹 — " * 12
SPECIAL = "A;b,c:d\\e\\n\"f\" 'g' <b>h</b> {i} [j]|^~`@#$%&*=+?!/_-\ttab; ; , ,\\\\ \\; \\, \\N end \\"
BROKEN = "One\r\ntwo\rthree\u0085four\u2028five\u2029six\a\x1b[31mseven\x7f\x9beight\n\n\nnine"
CLEAN = "One\ntwo\nthree\nfour\nfive\nsix[31mseveneight\n\n\nnine"

_HEAD = """
[agenda]
title = '''Ours; and, theirs: \\ \\n 大阪・関西万博'''
description = "Two\\nlines; of it"
namespace = "demanding.example"
revised = 2025-10-07T09:00:00+09:00
color = "darkorange"
refresh = "PT12H"

[cities.Osaka]
timezone = "Asia/Tokyo"
[cities.Torino]
timezone = "Europe/Rome"
[cities."New York"]
timezone = "America/New_York"
[cities."Lord Howe Island"]
timezone = "Australia/Lord_Howe"

[cities.London]
timezone = "Europe/London"
[cities.Santiago]
timezone = "America/Santiago"
[cities.Cairo]
timezone = "Africa/Cairo"
[cities.Jerusalem]
timezone = "Asia/Jerusalem"
[cities.Reykjavik]
timezone = "Etc/UTC"

[venues.hall]
name = "Hall; the, \\"great\\" \\\\ one"
city = "Osaka"
address = "1-1 Nakanoshima, Kita-ku;\\nOsaka"
latitude = 34.6933
longitude = -0.00005
"""
_TEXTS = f"""
[[events]]
id = "texts"
title = '''{SPECIAL}'''
description = '''{LONG}'''
start = 2025-09-24
venue = "hall"
room = "Foyer; 2nd, left"
topics = ["life; sciences", "food, wine", "back\\\\slash"]
organizers = ["Città di Torino; Comune", "Ceipiemonte, Torino"]
people = [{{ name = "Yuko, Hasegawa", role = "curator; chair" }}, "Stefano: Lo Russo"]
url = "https://example.org/大阪 駅".
date_note = "As; printed, there"

[[events]]
id = "broken"
title = "{{broken}}"
description = "{{broken}}"
start = 2025-09-24
uid = "an, uid; of \\\\ another calendar @elsewhere"
"""
_PLACES = {"rome": "Torino", "york": "New York", "howe": "Lord Howe Island", "tokyo": "Osaka"} | {
    name.lower(): name for name in ("London", "Santiago", "Cairo", "Jerusalem", "Reykjavik")
}

_WHEN = {
    "offset": "start = 2025-09-29T11:00:00+09:00\nend = 2025-09-29T12:30:00+09:00",
    "offset-open": "start = 2025-09-29T23:59:59-03:30",
    "offset-cities": 'city = ["Osaka", "Torino"]\nstart = 2025-09-29T09:00:00Z\nend = 2025-09-29T11:00:00+01:00',
    "floating": "start = 2025-09-29T09:00:00\nend = 2025-09-29T10:00:00",
    "floating-open": "start = 2025-09-30T09:00:00",
    "tokyo": "start = 2025-09-28T11:00:00\nend = 2025-09-28T12:30:00",
    "tokyo-open": "start = 2025-09-28T20:00:00",
    "rome-autumn": "start = 2025-10-26T01:30:00\nend = 2025-10-26T03:30:00",
    "rome-spring": "start = 2025-03-30T01:30:00\nend = 2025-03-30T03:30:00",
    "york-night": "start = 2025-11-01T22:00:00\nend = 2025-11-02T02:30:00",
    "howe-twice": "start = 2025-04-06T01:45:00\nend = 2025-04-06T02:15:00",
    "howe-open": "start = 2025-10-05T02:30:00",
    "day": "start = 2025-09-28",
    "days": "start = 2025-12-30\nend = 2026-01-02",
    "leap-day": "start = 2024-02-29",
    "between": "between = [2025-09-28, 2025-10-01]",
    "between-cancelled": 'between = [2025-09-28, 2025-10-01]\nstatus = "cancelled"',
    "rome-tentative": 'start = 2025-09-29T11:00:00\nstatus = "tentative"',
    "rome-cancelled": 'start = 2025-09-29T15:00:00\nend = 2025-09-29T16:00:00\nstatus = "cancelled"',
    "rome-daily": 'start = 2025-03-28T10:00:00\nrepeat = "FREQ=DAILY;COUNT=5"\nexcept = [2025-03-29]',
    "york-weekly": "start = 2025-10-28T18:00:00\nend = 2025-10-28T20:00:00\n"
    'repeat = "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20251113"\nexcept = [2025-11-11]',
    "fortnightly": 'start = 2025-09-07\nrepeat = "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU;COUNT=4"',
    "weekends": 'start = 2025-09-05\nend = 2025-09-07\nrepeat = "FREQ=WEEKLY;COUNT=3"',
    "second-tuesday": 'start = 2025-09-09\nrepeat = "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20251210"\nexcept = [2025-10-14]',
    "month-end": 'start = 2025-09-30T20:00:00\nrepeat = "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20251231"',
    "last-workday": 'start = 2025-08-29\nrepeat = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"',
    "leap-years": 'start = 2020-02-29\nrepeat = "FREQ=YEARLY;COUNT=3"',
    "rome-yearly": 'start = 2025-10-26T10:00:00\nrepeat = "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;COUNT=3"',
    "howe-endless": 'start = 2025-09-28T09:00:00\nend = 2025-09-28T10:00:00\nrepeat = "FREQ=WEEKLY"',
    "endless-days": 'start = 2025-06-24\nrepeat = "FREQ=YEARLY"',
    # What many readers take wrong in one form and right in another.
    "rome-winter": "start = 2025-01-15T10:00:00\nend = 2025-01-15T11:00:00",
    "rome-twice": "start = 2025-10-26T02:30:00\nend = 2025-10-26T03:30:00",
    "york-twice": "start = 2025-11-02T01:30:00",
    "rome-last-twice": 'start = 2025-10-23T02:30:00\nend = 2025-10-23T02:45:00\nrepeat = "FREQ=DAILY;UNTIL=20251026"',
    "rome-leap": 'start = 2024-02-29T20:00:00\nend = 2024-02-29T21:00:00\nrepeat = "FREQ=YEARLY"',
    "monthly-31": 'start = 2025-01-31\nrepeat = "FREQ=MONTHLY;COUNT=5"',
    "thirteenth": 'start = 2025-01-13\nrepeat = "FREQ=YEARLY;BYMONTHDAY=13;COUNT=5"\nexcept = [2025-02-13, 2025-04-13]',
    "friday-13": 'start = 2025-06-13\nrepeat = "FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13"',
    "rome-exceptions": "start = 2025-10-24T10:00:00\nend = 2025-10-24T11:00:00\n"
    'repeat = "FREQ=DAILY;COUNT=6"\nexcept = [2025-10-25, 2025-10-26, 2025-10-28]',
    "london-summer": "start = 2025-07-02T18:00:00\nend = 2025-07-02T19:00:00",
    "london-weekly": 'start = 2025-06-04T18:00:00\nend = 2025-06-04T19:00:00\nrepeat = "FREQ=WEEKLY;COUNT=5"',
    "santiago-winter": "start = 2025-06-01T12:00:00\nend = 2025-06-01T13:00:00",
    "santiago-weekly": 'start = 2025-08-31T10:00:00\nend = 2025-08-31T11:00:00\nrepeat = "FREQ=WEEKLY;COUNT=3"',
    "cairo-weekly": 'start = 2025-10-30T20:00:00\nend = 2025-10-30T21:00:00\nrepeat = "FREQ=WEEKLY;COUNT=3"',
    "jerusalem-weekly": 'start = 2026-03-26T20:00:00\nend = 2026-03-26T21:00:00\nrepeat = "FREQ=WEEKLY;COUNT=2"',
    "reykjavik-monthly": 'start = 2025-01-31T10:00:00\nend = 2025-01-31T11:00:00\nrepeat = "FREQ=MONTHLY;COUNT=3"\n'
    "except = [2025-03-31]",
}
UNKNOWN = ("between", "between-cancelled")
LAST_DAY = date(2028, 12, 31)
"""Until when the series that never end are looked at."""


def _event(id: str, when: str) -> str:
    city = _PLACES.get(id.partition("-")[0])
    place = f'city = "{city}"\n' if city else ""
    return f'\n[[events]]\nid = "{id}"\ntitle = "Event {id}"\n{place}{when}\n'


def _in_toml(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" if char < " " or "\x7f" <= char <= "\u2029" else char for char in text)


PROGRAMME = (
    _HEAD
    + _TEXTS.replace("{broken}", _in_toml(BROKEN)).replace('駅".', '駅"').replace("大阪 駅", "大阪?a=1,2;b&c=%20#é")
    + "".join(_event(id, when) for id, when in _WHEN.items())
)


def _weekly() -> list[tuple[str, str]]:
    """9:00 to 10:00 each Sunday on Lord Howe Island."""
    found, day, zone = [], date(2025, 9, 28), ZoneInfo("Australia/Lord_Howe")
    while day <= LAST_DAY:
        start, end = (datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC) for hour in (9, 10))
        found.append((f"{start:%Y-%m-%dT%H:%M:%SZ}", f"{end:%Y-%m-%dT%H:%M:%SZ}"))
        day += timedelta(7)
    return found


def _days(*days: str) -> list[tuple[str, str]]:
    return [(day, day) for day in days]


def _instants(*times: str) -> list[tuple[str, str]]:
    return [(f"{time}:00Z", f"{time}:00Z") for time in times]


def _hours(*times: str, minutes: int = 60) -> list[tuple[str, str]]:
    """So many minutes from each instant on."""
    starts = [datetime.fromisoformat(f"{time}:00+00:00") for time in times]
    return [
        (f"{start:%Y-%m-%dT%H:%M:%SZ}", f"{start + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}") for start in starts
    ]


EXPECTED: dict[str, list[tuple[str, str]]] = {
    "texts": _days("2025-09-24"),
    "broken": _days("2025-09-24"),
    "offset": [("2025-09-29T02:00:00Z", "2025-09-29T03:30:00Z")],
    "offset-open": [("2025-09-30T03:29:59Z", "2025-09-30T03:29:59Z")],
    "offset-cities": [("2025-09-29T09:00:00Z", "2025-09-29T10:00:00Z")],
    "floating": [("2025-09-29T09:00:00", "2025-09-29T10:00:00")],
    "floating-open": [("2025-09-30T09:00:00", "2025-09-30T09:00:00")],
    "tokyo": [("2025-09-28T02:00:00Z", "2025-09-28T03:30:00Z")],
    "tokyo-open": _instants("2025-09-28T11:00"),
    "rome-autumn": [("2025-10-25T23:30:00Z", "2025-10-26T02:30:00Z")],
    "rome-spring": [("2025-03-30T00:30:00Z", "2025-03-30T01:30:00Z")],
    "york-night": [("2025-11-02T02:00:00Z", "2025-11-02T07:30:00Z")],
    "howe-twice": [("2025-04-05T14:45:00Z", "2025-04-05T15:45:00Z")],
    "howe-open": _instants("2025-10-04T15:30"),
    "day": _days("2025-09-28"),
    "days": [("2025-12-30", "2026-01-02")],
    "leap-day": _days("2024-02-29"),
    "between": [("2025-09-28", "2025-10-01")],
    "between-cancelled": [("2025-09-28", "2025-10-01")],
    "rome-tentative": _instants("2025-09-29T09:00"),
    "rome-cancelled": [("2025-09-29T13:00:00Z", "2025-09-29T14:00:00Z")],
    "rome-daily": _instants("2025-03-28T09:00", "2025-03-30T08:00", "2025-03-31T08:00", "2025-04-01T08:00"),
    "york-weekly": [
        ("2025-10-28T22:00:00Z", "2025-10-29T00:00:00Z"),
        ("2025-10-30T22:00:00Z", "2025-10-31T00:00:00Z"),
        ("2025-11-04T23:00:00Z", "2025-11-05T01:00:00Z"),
        ("2025-11-06T23:00:00Z", "2025-11-07T01:00:00Z"),
        ("2025-11-13T23:00:00Z", "2025-11-14T01:00:00Z"),
    ],
    "fortnightly": _days("2025-09-07", "2025-09-08", "2025-09-21", "2025-09-22"),
    "weekends": [("2025-09-05", "2025-09-07"), ("2025-09-12", "2025-09-14"), ("2025-09-19", "2025-09-21")],
    "second-tuesday": _days("2025-09-09", "2025-11-11", "2025-12-09"),
    "month-end": [
        (f"{day}T20:00:00", f"{day}T20:00:00") for day in ("2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31")
    ],
    "last-workday": _days("2025-08-29", "2025-09-30", "2025-10-31"),
    "leap-years": _days("2020-02-29", "2024-02-29", "2028-02-29"),
    "rome-yearly": _instants("2025-10-26T09:00", "2026-10-25T09:00", "2027-10-31T09:00"),
    "howe-endless": _weekly(),
    "endless-days": _days("2025-06-24", "2026-06-24", "2027-06-24", "2028-06-24"),
    "rome-winter": _hours("2025-01-15T09:00"),
    "rome-twice": _hours("2025-10-26T00:30", minutes=120),
    "york-twice": _instants("2025-11-02T05:30"),
    "rome-last-twice": _hours(
        "2025-10-23T00:30", "2025-10-24T00:30", "2025-10-25T00:30", "2025-10-26T00:30", minutes=15
    ),
    "rome-leap": _hours("2024-02-29T19:00", "2028-02-29T19:00"),
    "monthly-31": _days("2025-01-31", "2025-03-31", "2025-05-31", "2025-07-31", "2025-08-31"),
    "thirteenth": _days("2025-01-13", "2025-03-13", "2025-05-13"),
    "friday-13": _days("2025-06-13", "2026-02-13", "2026-03-13", "2026-11-13", "2027-08-13", "2028-10-13"),
    "rome-exceptions": _hours("2025-10-24T08:00", "2025-10-27T09:00", "2025-10-29T09:00"),
    "london-summer": _hours("2025-07-02T17:00"),
    "london-weekly": _hours(
        "2025-06-04T17:00", "2025-06-11T17:00", "2025-06-18T17:00", "2025-06-25T17:00", "2025-07-02T17:00"
    ),
    "santiago-winter": _hours("2025-06-01T16:00"),
    "santiago-weekly": _hours("2025-08-31T14:00", "2025-09-07T13:00", "2025-09-14T13:00"),
    "cairo-weekly": _hours("2025-10-30T17:00", "2025-11-06T18:00", "2025-11-13T18:00"),
    "jerusalem-weekly": _hours("2026-03-26T18:00", "2026-04-02T17:00"),
    "reykjavik-monthly": _hours("2025-01-31T10:00", "2025-05-31T10:00"),
}
UIDS = {id: f"{id}@demanding.example" for id in EXPECTED} | {"broken": "an, uid; of \\ another calendar @elsewhere"}
