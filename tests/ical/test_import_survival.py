"""Whatever stands in a calendar, its import is a valid agenda, or one message that says what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agenda.agendafile.load import load
from agenda.agendafile.write import write_toml
from agenda.errors import DataError
from agenda.ical.importer import import_calendars

pytestmark = pytest.mark.slow

Program = Callable[..., Run]

DAYS = ["20250929", "20240229", "00010101", "99991231", "20250230", "00000000", "x", "", "2025-09-29"]
TIMES = [
    *("20250929T110000", "20250929T110000Z", "20250330T023000", "20251026T023000", "00010101T000000Z"),
    *(
        "99991231T235959",
        "20251026T003000Z",
        "20251026T013000Z",
        "18500101T120000Z",
        "20250929T240000",
        "20250929T235960",
    ),
]
PARAMETERS = [
    *("", ";VALUE=DATE", ";TZID=Europe/Rome", ";TZID=America/New_York", ";TZID=W. Europe Standard Time"),
    *(';TZID="Own"', ";TZID=Nowhere", ";VALUE=PERIOD", ";RANGE=THISANDFUTURE"),
]
RULES = [
    *("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", "FREQ=MONTHLY;BYDAY=-1MO;UNTIL=20260101T000000Z", "FREQ=YEARLY"),
    *(
        "FREQ=HOURLY;COUNT=3",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=DAILY;BYHOUR=9,14",
    ),
    *(
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=99999",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "nothing",
        "FREQ=WEEKLY",
    ),
    *(
        "FREQ=DAILY;UNTIL=20200101",
        "FREQ=DAILY;COUNT=2;UNTIL=20260101",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;COUNT=1",
    ),
    *("FREQ=DAILY;UNTIL=99991231", "FREQ=YEARLY;BYYEARDAY=-1;COUNT=3", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
]
TEXTS = [
    "",
    " ",
    "Gala",
    "ﬁn 大阪",
    "a\\nb\\, c",
    '"""',
    "\x1b[31m",
    "BEGIN:VEVENT",
    "x" * 200,
    "\\",
    "\u202e",
    "a@b",
    "@",
]
JSONS = [
    '{"id":"gala"}',
    '{"id":"gala"\\,"cities":{"Osaka":"Asia/Tokyo"\\,"Rome":"Europe/Rome"}\\,"status":"tentative"}',
    '{"id":"gala"\\,"cities":{"osaka":"Nowhere"\\," ":null}\\,"venue":{"id":" "\\,"name":"x"\\,"city":"Kobe"}}',
    '{"id":"gala"\\,"venue":{"id":"v"\\,"name":"V"\\,"city":"Kobe"\\,"latitude":1}\\,"cities":{"Osaka":null}}',
    '{"id":"gala"\\,"sources":[{"id":" "\\,"title":"x"}]\\,"people":[{"name":" "}]\\,"until":"2026-01-01"}',
    '{"id":"Not One"}',
    "[[[[",
]
LINES = st.one_of(
    st.builds(
        "{}{}:{}".format,
        st.sampled_from(["DTSTART", "DTEND", "DTSTART", "RECURRENCE-ID", "EXDATE", "RDATE", "dtstart"]),
        st.sampled_from(PARAMETERS),
        st.sampled_from([*DAYS, *TIMES]),
    ),
    st.sampled_from(RULES).map("RRULE:{}".format),
    st.sampled_from(JSONS).map("X-AGENDA-EVENT:{}".format),
    st.sampled_from(["DURATION:PT1H", "DURATION:-P1D", "DURATION:P9999999W", "DURATION:P", "DURATION:PT0S"]),
    st.sampled_from(
        ["GEO:1;2", "GEO:nan;1", "GEO:", "STATUS:CANCELLED", "STATUS:odd", "X-AGENDA-BETWEEN:2025-09-29/9999-12-31"]
    ),
    st.builds(
        "{}:{}".format,
        st.sampled_from(
            ["SUMMARY", "UID", "LOCATION", "CATEGORIES", "CONTACT", "ATTENDEE;CN=A", "ORGANIZER", "URL", "DESCRIPTION"]
        ),
        st.sampled_from(TEXTS),
    ),
    st.sampled_from(
        ["nocolon", ":", ";", 'X;A="open:b', "END:VALARM", " folded", "BEGIN:VALARM", "LAST-MODIFIED:20250929T110000Z"]
    ),
)
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Own
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0117
TZOFFSETTO:+0117
END:STANDARD
END:VTIMEZONE
"""
HEADS = [
    "",
    "X-WR-TIMEZONE:Europe/Rome\n",
    "X-WR-TIMEZONE:Nowhere\n",
    "PRODID:-//agenda//mission-agenda//EN\n",
    "COLOR:odd\n",
]


@given(head=st.sampled_from(HEADS), events=st.lists(st.lists(LINES, max_size=8), max_size=3))
@settings(max_examples=150)
def test_import_is_a_valid_agenda(head: str, events: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    written = "".join("BEGIN:VEVENT\n" + "".join(f"{line}\n" for line in lines) + "END:VEVENT\n" for lines in events)
    data = f"BEGIN:VCALENDAR\n{head}{OWN_ZONE}{written}END:VCALENDAR\n".encode()
    found = import_calendars(data, "calendar.ics")
    file = tmp_path_factory.mktemp("survival") / "events.toml"
    file.write_text("".join(write_toml(found.tables)), encoding="utf-8", newline="")
    load(str(file))


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_what_is_no_calendar_is_told(data: bytes) -> None:
    assume(b"END" not in data.upper())  # with it, the second might be whole
    for content in (data, b"BEGIN:VCALENDAR\r\n" + data):
        with pytest.raises(DataError, match=r"^calendar\.ics:\d+:1: "):
            import_calendars(content, "calendar.ics")


def test_deep_nesting_and_long_lines_are_read(agenda: Program) -> None:
    data = "BEGIN:VCALENDAR\n" + "BEGIN:VALARM\n" * 50_000 + "END:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:"
    done = agenda("import", "-", stdin=data + "x" * 1_000_000 + "\nEND:VEVENT\nEND:VCALENDAR\n")
    assert (done.code, len(done.out) > 1_000_000) == (0, True)


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_keeps_an_import_busy(rule: str, agenda: Program, tmp_path: Path) -> None:
    event = f"BEGIN:VEVENT\nUID:a\nSUMMARY:Talk\nDTSTART;TZID=Europe/Rome:20250929T110000\nRRULE:{rule}\nEND:VEVENT\n"
    done = agenda("import", "-", stdin=f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n")
    (tmp_path / "events.toml").write_bytes(done.raw)
    assert "start = 2025-09-29T11:00:00" in done.out
    assert agenda("check", "events.toml").code == 0
