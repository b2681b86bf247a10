"""The strict checker itself: it finds nothing wrong with a good export, and each mistake planted into one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from ical.strict_ical import check

PROGRAMME = """\
[agenda]
title = "Good"
description = "Nothing is wrong here"
namespace = "good.example"
timezone = "Europe/Rome"
revised = 2025-10-07T09:00:00Z
color = "navy"
refresh = "P1D"

[venues.hall]
name = "Hall"
latitude = 45.05
longitude = 7.66

[[events]]
id = "day"
title = "A day; all of it, and café terraces"
start = 2025-09-28
venue = "hall"
url = "https://example.org/a?b#c"
topics = ["one", "two"]
organizers = ["Somebody"]
description = "Blanks before the fold, and so many words that the line has to be folded, \\\\ and\\nso on."

[[events]]
id = "series"
title = "Series"
start = 2025-03-28T10:00:00
end = 2025-03-28T11:00:00
repeat = "FREQ=WEEKLY;UNTIL=20250502;BYDAY=FR"
except = [2025-04-18]

[[events]]
id = "days"
title = "Days"
start = 2025-03-28
repeat = "FREQ=DAILY;UNTIL=20250402"
except = [2025-03-30]

[[events]]
id = "utc"
title = "Offset"
start = 2025-09-29T11:00:00+09:00
"""

MISTAKES = [
    ("\r\nDTSTAMP:", "\nDTSTAMP:", "control characters"),
    ("END:VCALENDAR\r\n", "END:VCALENDAR", "does not end with CRLF"),
    ("SUMMARY:Offset", "SUMMARY:" + "x" * 68, "76 octets"),
    ("SUMMARY:Offset", "SUMMARY:" + "x" * 66 + "\xe9", "76 octets"),
    ("SUMMARY:Offset", "SUMMARY:Caf\xc3\r\n \xa9", "not UTF-8 of its own"),
    ("SUMMARY:Offset", "SUMMARY:Offset\r\n  ", "is blank"),
    ("SUMMARY:Offset", "SUMMARY:Offset\r\n", "is blank"),
    ("SUMMARY:Offset", "SUMMARY:Off\x07set", "control characters"),
    ("SUMMARY:Offset", "SUMMARY:Off\x7fset", "control characters"),
    ("SUMMARY:Offset", "SUMMARY:Off\x85set", "control characters"),
    ("SUMMARY:Offset", "SUMMARY:Off\u2028set", "control characters"),
    ("SUMMARY:Offset", "SUMMARY;LANGUAGE=en:Offset", "with the parameter LANGUAGE"),
    ("DTSTART;TZID=Europe/Rome", 'DTSTART;TZID="Europe/Rome"', "quoted"),
    ("SUMMARY:Offset", "SUMMARY;VALUE=TEXT;VALUE=TEXT:Offset", "a parameter twice"),
    ("SUMMARY:Offset", "Summary:Offset", "no content line"),
    ("SUMMARY:Offset", "SUMMARY:One; two", "escaped as it should be"),
    ("SUMMARY:Offset", "SUMMARY:One, two", "escaped as it should be"),
    ("SUMMARY:Offset", "SUMMARY:C:\\temp", "escaped as it should be"),
    ("SUMMARY:Offset", "SUMMARY:One\\Ntwo", "escaped as it should be"),
    ("SUMMARY:Offset", "SUMMARY:Offset\r\nSUMMARY:Twice", "SUMMARY is there 2 times"),
    ("SUMMARY:Offset", "SUMMARY:Offset\r\nDUE:20250929T020000Z", "DUE is there 1 times"),
    ("SUMMARY:Offset", "DTEND:20250929T030000Z\r\nDURATION:PT1H", "both DTEND and DURATION"),
    ("SUMMARY:Offset", "SUMMARY:Offset\r\nCREATED:20250929T030000", "CREATED:20250929T030000: not UTC"),
    ("SUMMARY:Offset", "SUMMARY:Offset\r\nCLASS:SECRET", "no PUBLIC"),
    ("VERSION:2.0\r\n", "", "VERSION is there 0 times"),
    ("VERSION:2.0", "VERSION:2.0\r\nVERSION:2.0", "VERSION is there 2 times"),
    ("VERSION:2.0", "VERSION:1.0", "VERSION:1.0"),
    ("CALSCALE:GREGORIAN\r\n", "", "CALSCALE is there 0 times"),
    ("CALSCALE:GREGORIAN", "METHOD:PUBLISH\r\nCALSCALE:GREGORIAN", "METHOD is there 1 times"),
    ("UID:utc@", "UID:day@", "UID 'day@good.example' is there 2 times"),
    ("UID:utc@good.example\r\n", "", "UID is there 0 times"),
    ("DTSTART:20250929T020000Z\r\n", "", "DTSTART is there 0 times"),
    ("DTSTART:20250929T020000Z", "DTSTART:20250931T020000Z", "day is out of range"),
    ("DTSTART:20250929T020000Z", "DTSTART:20250929T250000Z", "hour must be in"),
    ("DTSTART:20250929T020000Z", "DTSTART:20250929", "no DATE-TIME"),
    ("DTSTART:20250929T020000Z", "DTSTART;TZID=Europe/Rome:20250929T020000Z", "a time in UTC with a TZID"),
    ("DTSTART;VALUE=DATE:20250928", "DTSTART;VALUE=DATE:20250928T000000", "no DATE"),
    ("DTSTART;VALUE=DATE:20250928", "DTSTART;VALUE=PERIOD:20250928", "with VALUE=PERIOD"),
    ("DTEND;VALUE=DATE:20250929", "DTEND;VALUE=DATE:20250928", "DTEND is not after DTSTART"),
    ("DTEND;VALUE=DATE:20250929", "DTEND:20250929T000000", "DTEND is FLOATING, DTSTART DATE"),
    ("DTEND;TZID=Europe/Rome:20250328T110000", "DTEND:20250328T100000Z", "DTEND is UTC, DTSTART LOCAL"),
    ("DTEND;TZID=Europe/Rome:20250328T110000", "DURATION:0", "no DURATION"),
    ("DTEND;TZID=Europe/Rome:20250328T110000", "DURATION:PT0S", "not positive (3.8.2.5)"),
    ("DTEND;TZID=Europe/Rome:20250328T110000", "DURATION:-PT5M", "no DURATION"),
    ("DTEND;TZID=Europe/Rome:20250328T110000", "DURATION:PT1H5S", "no DURATION"),
    ("REFRESH-INTERVAL;VALUE=DURATION", "REFRESH-INTERVAL", "without VALUE=DURATION"),
    ("X-PUBLISHED-TTL:P1D", "X-PUBLISHED-TTL:daily", "no DURATION"),
    ("X-PUBLISHED-TTL:P1D", "X-PUBLISHED-TTL:PT0S", "not positive"),
    ("GEO:45.050000;7.660000", "GEO:45.050000,7.660000", "no latitude"),
    ("GEO:45.050000;7.660000", "GEO:145.050000;7.660000", "no latitude"),
    ("GEO:45.050000;7.660000", "GEO:4.505e1;7.660000", "no latitude"),
    ("URL:https://example.org/a?b#c", "URL:https://example.org/caf\xe9", "no URI"),
    ("URL:https://example.org/a?b#c", "URL:example", "no URI"),
    ("URL:https://example.org/a?b#c", "URL:https://example.org/100%", "no URI"),
    ("STATUS:CONFIRMED", "STATUS:FINAL", "STATUS:FINAL"),
    ("TRANSP:OPAQUE", "TRANSP:BUSY", "TRANSP:BUSY"),
    ("SEQUENCE:", "SEQUENCE:-", "no integer"),
    ("FREQ=WEEKLY", "FREQ=FORTNIGHTLY", "no part of a rule"),
    ("FREQ=WEEKLY", "INTERVAL=0;FREQ=WEEKLY", "FREQ is not the first part"),
    ("FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0 is no part"),
    ("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=3", "COUNT with UNTIL"),
    ("FREQ=WEEKLY", "FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY with FREQ=WEEKLY"),
    ("BYDAY=FR", "BYDAY=2FR", "a numbered BYDAY"),
    ("FREQ=WEEKLY;UNTIL=20250502T080000Z;BYDAY=FR", "FREQ=MONTHLY", "days or months that follow"),
    ("FREQ=WEEKLY;UNTIL=20250502T080000Z;BYDAY=FR", "FREQ=YEARLY;BYMONTHDAY=28", "days or months that follow"),
    ("BYDAY=FR", "BYDAY=FRI", "BYDAY=FRI is no part"),
    ("UNTIL=20250502T080000Z", "UNTIL=20250502", "UNTIL is DATE, DTSTART LOCAL"),
    ("UNTIL=20250502T080000Z", "UNTIL=20250502T100000", "UNTIL is FLOATING, DTSTART LOCAL"),
    ("UNTIL=20250502T080000Z", "UNTIL=20250327T080000Z", "UNTIL is before DTSTART"),
    ("UNTIL=20250402", "UNTIL=20250402T000000Z", "UNTIL is UTC, DTSTART DATE"),
    ("EXDATE;TZID=Europe/Rome:20250418T100000", "EXDATE:20250418T080000Z", "EXDATE is UTC"),
    ("EXDATE;TZID=Europe/Rome:20250418T100000", "EXDATE;VALUE=DATE:20250418", "EXDATE is DATE"),
    ("EXDATE;VALUE=DATE:20250330", "EXDATE:20250330", "no DATE-TIME"),
    ("EXDATE;VALUE=DATE:20250330", "EXDATE;VALUE=DATE:20250330,20250331", "no DATE"),
    ("DTSTART:20250929T020000Z", "DTSTART;TZID=Etc/UTC:20250929T020000", "UTC by a TZID"),
    ("TZID:Europe/Rome", "TZID:Europe/Paris", "TZID Europe/Rome is defined nowhere"),
    ("TZID:Europe/Rome", "TZID:Europe/Paris", "TZID Europe/Paris is used nowhere"),
    ("DTSTART;TZID=Europe/Rome:2025", "DTSTART;TZID=Europe/Rome:1965", "begins only after the first time"),
    ("DTSTART:19700329T020000\r\n", "", "DTSTART is there 0 times"),
    ("TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n", "TZOFFSETTO:+0200\r\n", "TZOFFSETFROM is there 0 times"),
    ("TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200", "TZOFFSETFROM:+1:00\r\nTZOFFSETTO:+0200", "no UTC offset"),
    ("TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200", "TZOFFSETFROM:-0000\r\nTZOFFSETTO:+0200", "no UTC offset"),
    ("TRIGGER:-PT30M", "TRIGGER:30M", "no DURATION"),
    ("ACTION:DISPLAY\r\nDESCRIPTION:Series\r\n", "ACTION:DISPLAY\r\n", "DESCRIPTION is there 0 times"),
    ("ACTION:DISPLAY\r\nDESCRIPTION:Series\r\n", "DESCRIPTION:Series\r\n", "ACTION is there 0 times"),
    ("TRIGGER:-PT30M\r\n", "", "TRIGGER is there 0 times"),
    ("BEGIN:VALARM", "BEGIN:VEVENT", "END:VALARM does not close VEVENT"),
    ("END:VEVENT\r\nEND:VCALENDAR\r\n", "END:VCALENDAR\r\n", "END:VCALENDAR does not close VEVENT"),
    ("END:VCALENDAR\r\n", "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "not one VCALENDAR"),
]


@pytest.fixture
def good(agenda: Callable[..., Run], file: Callable[[str], Path]) -> bytes:
    """An export with one of everything."""
    done = agenda("export", "--data", file(PROGRAMME), "--alarm", "30m", "--alarm", "18:00-1d")
    assert done.code == 0, done.err
    return done.raw


def planted(good: bytes, right: str, wrong: str) -> bytes:
    """The export with the mistake in place of what is right, once; U+0080 to U+00FF where octets of their own are
    meant, in a text that is no Latin-1 as the characters that they are.
    """
    whole = right.encode()
    assert whole in good, right
    broken = "\xc3\r\n" in wrong
    return good.replace(whole, wrong.encode("latin-1") if broken else wrong.encode(), 1)


def test_nothing_is_wrong_with_a_good_export(good: bytes) -> None:
    assert check(good) == []


def test_every_mistake_is_found(good: bytes) -> None:
    found = {(wrong, said): check(planted(good, right, wrong)) for right, wrong, said in MISTAKES}
    assert {key: each for key, each in found.items() if not any(key[1] in one for one in each)} == {}


def test_what_no_calendar_is_is_told_as_such() -> None:
    assert check(b"") != []
    assert check(b"\xff\xfe") != []
    assert "the file is not one VCALENDAR" in check(b"BEGIN:VTODO\r\nEND:VTODO\r\n")
    assert any("nothing in it" in each for each in check(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))
