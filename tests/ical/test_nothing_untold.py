"""Import loses nothing without a word: each property and component that calendars have is kept, told, or says nothing.

Each stands alone in a calendar of one event. It is kept if what it says is in the file that is made (or, for a time, if
the file is another one than without it), told if standard error has its name, and on the list of `SILENT` if an agenda
tells the same without it.
"""

from functools import cache

import pytest

from agenda.agendafile.write import write_toml
from agenda.ical.importer import import_calendars
from agenda.interchange.result import ImportResult

SILENT = {
    # What tells of the file itself, of its making, or of how it was sent.
    *("VERSION", "PRODID", "CALSCALE", "METHOD", "DTSTAMP", "CREATED", "SEQUENCE", "UID of the calendar"),
    # What only counts for a series, or where it says something else than what holds anyway.
    *("LAST-MODIFIED", "LAST-MODIFIED of the calendar"),
}
"""What says nothing by itself, or nothing that an agenda does not make of itself."""

EVENT = {
    # RFC 5545, 3.8.1
    "ATTACH": "https://files.example/plan.pdf",
    "CATEGORIES": "Garden",
    "CLASS": "PRIVATE",
    "COMMENT": "Bring a spade",
    "DESCRIPTION": "Bring a spade",
    "GEO": "41.9;12.5",
    "LOCATION": "Town hall",
    "PERCENT-COMPLETE": "40",
    "PRIORITY": "1",
    "RESOURCES": "Projector",
    "STATUS": "TENTATIVE",
    "SUMMARY": "Digging",
    # RFC 5545, 3.8.2
    "COMPLETED": "20260601T100000Z",
    "DTEND": "20260601T120000Z",
    "DUE": "20260601T120000Z",
    "DTSTART": "20260601T100000Z",
    "DURATION": "PT2H",
    "FREEBUSY": "20260601T100000Z/PT3H",
    "TRANSP": "TRANSPARENT",
    # RFC 5545, 3.8.3 to 3.8.6: of a time zone and of an alarm, though they may stand in an event by mistake
    "TZID": "Europe/Rome",
    "TZNAME": "CET",
    "TZOFFSETFROM": "+0100",
    "TZOFFSETTO": "+0200",
    "TZURL": "https://zones.example/rome.ics",
    "ACTION": "DISPLAY",
    "REPEAT": "4",
    "TRIGGER": "-PT15M",
    # RFC 5545, 3.8.4
    "ATTENDEE": "mailto:ann@people.example",
    "CONTACT": "Front desk",
    "ORGANIZER": "mailto:org@people.example",
    "RECURRENCE-ID": "20260601T100000Z",
    "RELATED-TO": "other@cases.example",
    "URL": "https://events.example/digging",
    "UID": "digging@cases.example",
    # RFC 5545, 3.8.5
    "EXDATE": "20260601T100000Z",
    "EXRULE": "FREQ=DAILY;COUNT=1",
    "RDATE": "20260608T100000Z",
    "RRULE": "FREQ=WEEKLY;COUNT=3",
    # RFC 5545, 3.8.7 and 3.8.8
    "CREATED": "20260101T000000Z",
    "DTSTAMP": "20260101T000000Z",
    "LAST-MODIFIED": "20260102T000000Z",
    "SEQUENCE": "3",
    "REQUEST-STATUS": "2.0;Success",
    "IANA-REGISTERED": "Something",
    # RFC 7986
    "COLOR": "turquoise",
    "CONFERENCE": "https://video.example/room",
    "IMAGE": "https://files.example/banner.png",
    "NAME": "Name of an event",
    "REFRESH-INTERVAL": "P1W",
    "SOURCE": "https://events.example/feed.ics",
    # RFC 7953, RFC 9073, RFC 9074, RFC 9253, RFC 7808
    "BUSYTYPE": "BUSY-UNAVAILABLE",
    "LOCATION-TYPE": "library",
    "PARTICIPANT-TYPE": "SPEAKER",
    "RESOURCE-TYPE": "ROOM",
    "CALENDAR-ADDRESS": "mailto:hall@people.example",
    "STYLED-DESCRIPTION": "<b>Bring a spade</b>",
    "STRUCTURED-DATA": "https://data.example/event.json",
    "ACKNOWLEDGED": "20260601T095000Z",
    "PROXIMITY": "ARRIVE",
    "CONCEPT": "https://concepts.example/garden",
    "LINK": "https://events.example/more",
    "REFID": "gardening",
    "TZUNTIL": "20300101T000000Z",
    "TZID-ALIAS-OF": "Europe/Rome",
    # vCalendar 1.0
    "AALARM": "20260601T094500Z;;1;bell.wav",
    "DALARM": "20260601T094500Z;;1;Digging",
    "RNUM": "3",
    # What other programs add
    "X-ALT-DESC": "<b>Bring a spade</b>",
    "X-APPLE-DEFAULT-ALARM": "TRUE",
    "X-APPLE-EWS-BUSYSTATUS": "BUSY",
    "X-APPLE-STRUCTURED-LOCATION": "geo:41.9,12.5",
    "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR": "AUTOMATIC",
    "X-APPLE-TRAVEL-DURATION": "PT30M",
    "X-APPLE-UNIVERSAL-ID": "0c9b",
    "X-EVOLUTION-ALARM-UID": "0c9b",
    "X-EVOLUTION-CALDAV-HREF": "https://events.example/1.ics",
    "X-EVOLUTION-RECIPIENT": "ann@people.example",
    "X-FUNAMBOL-ALLDAY": "1",
    "X-GOOGLE-CALENDAR-CONTENT-TITLE": "Moon",
    "X-GOOGLE-CONFERENCE": "https://video.example/room",
    "X-GOOGLE-EDITURL": "https://events.example/edit",
    "X-GOOGLE-HANGOUT": "https://video.example/hangout",
    "X-LIC-ERROR": "No value",
    "X-LIC-LOCATION": "Europe/Rome",
    "X-MICROSOFT-CDO-ALLDAYEVENT": "TRUE",
    "X-MICROSOFT-CDO-APPT-SEQUENCE": "3",
    "X-MICROSOFT-CDO-BUSYSTATUS": "OOF",
    "X-MICROSOFT-CDO-IMPORTANCE": "2",
    "X-MICROSOFT-CDO-INSTTYPE": "1",
    "X-MICROSOFT-CDO-INTENDEDSTATUS": "BUSY",
    "X-MICROSOFT-CDO-OWNERAPPTID": "1",
    "X-MICROSOFT-DISALLOW-COUNTER": "FALSE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL": "https://video.example/room",
    "X-MOZ-GENERATION": "3",
    "X-MOZ-LASTACK": "20260601T095000Z",
    "X-MOZ-SNOOZE-TIME": "20260601T095000Z",
    "X-MS-OLK-CONFTYPE": "0",
    "X-OWNER": "mailto:org@people.example",
    "X-WR-ALARMUID": "0c9b",
}
"""Properties of an event, each with a value that it may have there or may be found with."""

CALENDAR = {
    "CALSCALE": "GREGORIAN",
    "CATEGORIES": "Garden",
    "COLOR": "turquoise",
    "DESCRIPTION": "All that grows",
    "IMAGE": "https://files.example/banner.png",
    "LAST-MODIFIED": "20260102T000000Z",
    "METHOD": "PUBLISH",
    "NAME": "Gardening",
    "PRODID": "-//Cases//Import//EN",
    "REFRESH-INTERVAL": "P1W",
    "SOURCE": "https://events.example/feed.ics",
    "UID": "calendar@cases.example",
    "URL": "https://events.example/",
    "VERSION": "2.0",
    "CONCEPT": "https://concepts.example/garden",
    "LINK": "https://events.example/more",
    "BUSYTYPE": "BUSY",
    "GEO": "41.9;12.5",
    "TZ": "+01",
    "DAYLIGHT": "TRUE;+02;20260329T020000;20261025T030000;CET;CEST",
    "X-APPLE-CALENDAR-COLOR": "#ff0000",
    "X-CALEND": "20260601T100000Z",
    "X-CALSTART": "20260601T100000Z",
    "X-FROM-URL": "https://events.example/feed.ics",
    "X-GOOGLE-CALENDAR-CONTENT-TITLE": "Moon",
    "X-LIC-ERROR": "No value",
    "X-MICROSOFT-CALSCALE": "Hebrew",
    "X-MOZ-GENERATION": "3",
    "X-MS-OLK-FORCEINSPECTOROPEN": "TRUE",
    "X-ORIGINAL-URL": "https://events.example/",
    "X-OWNER": "mailto:org@people.example",
    "X-PRIMARY-CALENDAR": "TRUE",
    "X-PUBLISHED-TTL": "PT12H",
    "X-WR-CALDESC": "All that grows",
    "X-WR-CALNAME": "Gardening",
    "X-WR-RELCALID": "0c9b",
    "X-WR-TIMEZONE": "Europe/Rome",
}
"""Properties of a calendar."""

COMPONENTS = (
    *("VTODO", "VJOURNAL", "VFREEBUSY", "VALARM"),
    *("VAVAILABILITY", "AVAILABLE", "VPOLL", "VOTER", "VOTE"),
    *("PARTICIPANT", "VLOCATION", "VRESOURCE", "STANDARD", "DAYLIGHT", "X-COMPONENT", "IANA-COMPONENT", "VNOTE"),
)
"""Components that are no events, of RFC 5545, RFC 7953, RFC 9073 and vCalendar 1.0."""

PARAMETERS = {
    # RFC 5545, 3.2, with what must be told; None where what the parameter says is kept or says nothing.
    'DESCRIPTION;ALTREP="https://events.example/spade.html":Bring a spade': "ALTREP",
    "DESCRIPTION;LANGUAGE=it:Porta una vanga": "LANGUAGE",
    "DESCRIPTION;ENCODING=X-ROT13:Oevat n fcnqr": "ENCODING",
    "DESCRIPTION;CHARSET=KOI8-R:Лопата": "CHARSET",
    "DESCRIPTION;DERIVED=TRUE:Bring a spade": "DERIVED",
    "DESCRIPTION;X-FORMAT=markdown:Bring a spade": "X-FORMAT",
    "DESCRIPTION;FMTTYPE=text/html:<b>Bring a spade</b>": "FMTTYPE",
    "DTEND;VALUE=X-STARDATE:20260601T120000Z": "VALUE",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20260601T100000Z": "RECURRENCE-ID",
    "RECURRENCE-ID;RANGE=THISANDPRIOR:20260601T100000Z": "RECURRENCE-ID",
    "ATTENDEE;CUTYPE=GROUP:mailto:ann@people.example": "CUTYPE",
    "ATTENDEE;CUTYPE=ROOM:mailto:ann@people.example": "ATTENDEE",
    "ATTENDEE;CUTYPE=INDIVIDUAL:mailto:ann@people.example": None,
    "ATTENDEE;ROLE=CHAIR:mailto:ann@people.example": None,
    "ATTENDEE;ROLE=REQ-PARTICIPANT:mailto:ann@people.example": None,
    "ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:ann@people.example": "ROLE",
    "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:ann@people.example": "ROLE",
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@people.example": "PARTSTAT",
    "ATTENDEE;PARTSTAT=DECLINED:mailto:ann@people.example": "ATTENDEE",
    "ATTENDEE;PARTSTAT=DELEGATED:mailto:ann@people.example": "PARTSTAT",
    "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ann@people.example": None,
    "ATTENDEE;RSVP=TRUE:mailto:ann@people.example": "RSVP",
    "ATTENDEE;RSVP=FALSE:mailto:ann@people.example": None,
    'ATTENDEE;MEMBER="mailto:all@people.example":mailto:ann@people.example': "MEMBER",
    'ATTENDEE;DELEGATED-TO="mailto:bea@people.example":mailto:ann@people.example': "DELEGATED-TO",
    'ATTENDEE;DELEGATED-FROM="mailto:bea@people.example":mailto:ann@people.example': "DELEGATED-FROM",
    'ATTENDEE;SENT-BY="mailto:bea@people.example":mailto:ann@people.example': "SENT-BY",
    'ATTENDEE;DIR="ldap://people.example/ann":mailto:ann@people.example': "DIR",
    "ATTENDEE;EMAIL=ann@people.example:urn:uuid:0c9b": "EMAIL",
    "ATTENDEE;EMAIL=ann@people.example:mailto:ann@people.example": None,
    "ATTENDEE;CN=Ann:mailto:ann@people.example": "address",
    "ATTENDEE;SCHEDULE-STATUS=2.0:mailto:ann@people.example": "SCHEDULE-STATUS",
    "ATTENDEE;X-NUM-GUESTS=3:mailto:ann@people.example": "X-NUM-GUESTS",
    "ATTENDEE;X-NUM-GUESTS=0:mailto:ann@people.example": None,
    'ORGANIZER;SENT-BY="mailto:bea@people.example":mailto:org@people.example': "SENT-BY",
    'ORGANIZER;DIR="ldap://people.example/org":mailto:org@people.example': "DIR",
    "ORGANIZER;CN=Office:mailto:org@people.example": "address",
    "ORGANIZER;EMAIL=org@people.example:urn:uuid:0c9b": "EMAIL",
    "ORGANIZER;SCHEDULE-AGENT=CLIENT:mailto:org@people.example": "SCHEDULE-AGENT",
    'LOCATION;ALTREP="https://events.example/hall.vcf":Town hall': "ALTREP",
    "LOCATION;X-ADDRESS=Main Street 1:Town hall": "X-ADDRESS",
    'CONTACT;ALTREP="https://events.example/desk.vcf":Front desk': "ALTREP",
    "CATEGORIES;LANGUAGE=it:Orto": "LANGUAGE",
    "SUMMARY;LANGUAGE=it:Vangare": "LANGUAGE",
    'SUMMARY;ALTREP="https://events.example/title.html":Digging': "ALTREP",
    "DTEND;TZID=Europe/Rome:20260601T140000": None,
    "DTEND;TZID=Nowhere/Here:20260601T140000": "Nowhere",
    "RDATE;VALUE=PERIOD:20260608T100000Z/PT3H": None,
    # These stand on properties that are left out as such, and told by their names.
    "TRIGGER;RELATED=END:-PT15M": "TRIGGER",
    "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260601T100000Z/PT3H": "FREEBUSY",
    "RELATED-TO;RELTYPE=SIBLING:other@cases.example": "RELATED-TO",
    "CONFERENCE;FEATURE=AUDIO;LABEL=Dial in:tel:+390000000": "CONFERENCE",
    "IMAGE;DISPLAY=BADGE;VALUE=URI:https://files.example/b.png": "IMAGE",
}
"""Properties with a parameter that changes what they mean, and what must then be told."""

PLAIN = {"UID": "plain@cases.example", "DTSTAMP": "20260101T000000Z", "DTSTART": "20260601T100000Z", "SUMMARY": "Plain"}


def calendar(*lines: str, event: tuple[str, ...] = (), without: str = "") -> bytes:
    """A calendar with those lines and an event with those."""
    plain = [f"{name}:{value}" for name, value in PLAIN.items() if name != without]
    whole = ["BEGIN:VCALENDAR", *lines, "BEGIN:VEVENT", *plain, *event, "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(whole).encode()


def written(result: ImportResult) -> str:
    """The file that an import makes, without what it says of the file itself."""
    tables = dict(result.tables, agenda={**result.tables["agenda"], "namespace": "cases.example"})
    return "".join(write_toml(tables))


def remarks(result: ImportResult) -> str:
    """All that an import tells."""
    return "\n".join([*result.losses, *(diagnostic.message for diagnostic in result.diagnostics)])


@cache
def plainly(without: str = "") -> str:
    """The file of the event without anything else."""
    return written(import_calendars(calendar(without=without), "plain.ics"))


@pytest.mark.parametrize("name", EVENT)
def test_property_of_an_event_is_kept_or_told(name: str) -> None:
    result = import_calendars(calendar(event=(f"{name}:{EVENT[name]}",), without=name), "one.ics")
    is_kept = written(result) != plainly(name) or EVENT[name] in written(result)
    assert is_kept or name in remarks(result) or name in SILENT, (written(result), remarks(result))


@pytest.mark.parametrize("name", CALENDAR)
def test_property_of_a_calendar_is_kept_or_told(name: str) -> None:
    result = import_calendars(calendar(f"{name}:{CALENDAR[name]}"), "one.ics")
    is_silent = name in SILENT or f"{name} of the calendar" in SILENT
    assert written(result) != plainly() or name in remarks(result) or is_silent, (written(result), remarks(result))


@pytest.mark.parametrize("name", COMPONENTS)
@pytest.mark.parametrize("place", ["calendar", "event"])
def test_component_is_told(name: str, place: str) -> None:
    lines = (f"BEGIN:{name}", "SUMMARY:Inner", "DTSTART:20260701T100000Z", f"END:{name}")
    content = calendar(*lines) if place == "calendar" else calendar(event=lines)
    assert name in remarks(import_calendars(content, "one.ics"))


def test_event_within_another_component_is_told() -> None:
    lines = ("BEGIN:VTODO", "BEGIN:VEVENT", "SUMMARY:Inner", "END:VEVENT", "END:VTODO")
    assert "VTODO" in remarks(import_calendars(calendar(*lines), "one.ics"))
    within = ("BEGIN:VEVENT", "SUMMARY:Inner", "END:VEVENT")
    assert "VEVENT" in remarks(import_calendars(calendar(event=within), "one.ics"))
    calendars = ("BEGIN:VCALENDAR", *within, "END:VCALENDAR")
    assert "VCALENDAR" in remarks(import_calendars(calendar(*calendars), "one.ics"))


@pytest.mark.parametrize("line", PARAMETERS)
def test_parameter_that_changes_the_meaning_is_kept_or_told(line: str) -> None:
    wanted = PARAMETERS[line]
    name = line.partition(";")[0]
    result = import_calendars(calendar(event=(line,), without=name), "one.ics")
    if wanted is None:
        assert remarks(result) == ""
        assert written(result) != plainly(name)
    else:
        assert wanted in remarks(result), written(result)


def test_change_of_what_is_no_change_of_a_series_is_told() -> None:
    for line in ("RANGE=THISANDPRIOR:20260601T100000Z", "X-RANGE=ALL:20260601T100000Z"):
        content = calendar(event=(f"RECURRENCE-ID;{line}",))
        series = content.replace(b"END:VCALENDAR", calendar(event=("RRULE:FREQ=DAILY;COUNT=3",)).split(b"\r\n", 1)[1])
        assert "RANGE" in remarks(import_calendars(series, "one.ics"))


@pytest.mark.parametrize("name", ["RRULE", "RDATE", "EXDATE", "EXRULE"])
def test_recurrence_of_what_cannot_recur_is_told(name: str) -> None:
    line = f"{name}:{EVENT[name]}"
    assert name in remarks(import_calendars(calendar(event=(line,), without="DTSTART"), "one.ics"))
    assert name in remarks(import_calendars(calendar(event=(line, "RECURRENCE-ID:20260601T100000Z")), "one.ics"))
