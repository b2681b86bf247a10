"""`agenda import`: what becomes of each thing that a calendar says, and of files that are none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import Run

Program = Callable[..., Run]

ZONED = "X-WR-TIMEZONE:Europe/Rome\n"


def calendar(*events: str, head: str = "") -> str:
    written = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{written}END:VCALENDAR\n"


@pytest.fixture
def imported(agenda: Program) -> Callable[..., list[dict[str, Any]]]:
    """The events of an import."""

    def run(*events: str, head: str = "") -> list[dict[str, Any]]:
        done = agenda("import", "-", stdin=calendar(*events, head=head))
        assert done.code == 0
        found: list[dict[str, Any]] = tomli.loads(done.out)["events"]
        return found

    return run


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        ("DTSTART;VALUE=DATE:20250929", "2025-09-29", None),
        ("DTSTART:20250929\nDTEND:20250930", "2025-09-29", None),
        ("DTSTART;VALUE=DATE:20250929\nDTEND;VALUE=DATE:20251002", "2025-09-29", "2025-10-01"),
        ("DTSTART;VALUE=DATE:20250929\nDURATION:P2D", "2025-09-29", "2025-09-30"),
        ("DTSTART;VALUE=DATE:20250929\nDTEND;VALUE=DATE:20250929", "2025-09-29", None),
        ("DTSTART:20250929T110000Z", "2025-09-29T13:00:00", None),
        (
            "DTSTART;TZID=Europe/Rome:20250929T110000\nDTEND:20250929T100000Z",
            "2025-09-29T11:00:00",
            "2025-09-29T12:00:00",
        ),
        ("DTSTART;TZID=Europe/Rome:20250929T110000\nDURATION:PT1H30M", "2025-09-29T11:00:00", "2025-09-29T12:30:00"),
        ("DTSTART;TZID=Europe/Rome:20250929T110000\nDURATION:-PT1H", "2025-09-29T11:00:00", None),
        (
            "DTSTART;TZID=Europe/Rome:20250929T110000\nDTEND;TZID=Europe/Rome:20250929T110000",
            "2025-09-29T11:00:00",
            None,
        ),
        ("DTSTART;TZID=Europe/Rome:20250330T023000", "2025-03-30T03:30:00", None),
        ("DTSTART:20251026T013000Z", "2025-10-26T02:30:00+01:00", None),
        ("DTSTART;TZID=Europe/Paris:20250929T110000", "2025-09-29T11:00:00", None),
        ("DTSTART;TZID=Asia/Tokyo:20250929T110000", "2025-09-29T11:00:00+09:00", None),
        ("DTSTART;TZID=America/New_York:18800101T120000", "1880-01-01T16:56:02+00:00", None),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Asia/Tokyo:20250929T110000", "2025-09-29T11:00:00+09:00", None),
    ],
)
def test_times_are_those_of_the_calendar(imported: Any, lines: str, start: str, end: str | None) -> None:
    (event,) = imported(f"UID:1\nSUMMARY:Talk\n{lines}", head=ZONED)
    assert event["start"].isoformat() == start
    assert (event["end"].isoformat() if "end" in event else None) == end


@pytest.mark.parametrize(
    ("lines", "repeat", "out"),
    [
        ("RRULE:FREQ=DAILY;COUNT=3;INTERVAL=1;WKST=MO", "FREQ=DAILY;COUNT=3", []),
        ("RRULE:FREQ=WEEKLY;UNTIL=20251012T215959Z", "FREQ=WEEKLY;UNTIL=20251012", []),
        ("RRULE:FREQ=WEEKLY;UNTIL=20251012T050000Z", "FREQ=WEEKLY;UNTIL=20251011", []),
        ("RRULE:FREQ=DAILY;COUNT=3;BYHOUR=11;BYMINUTE=0", "FREQ=DAILY;COUNT=3", []),
        ("RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20250930T090000Z", "FREQ=DAILY;COUNT=3", ["2025-09-30"]),
        ("RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20250930,20251009", "FREQ=DAILY;COUNT=3", ["2025-09-30"]),
        ("RRULE:FREQ=DAILY;COUNT=20000", "FREQ=DAILY", []),
    ],
)
def test_rules_are_kept(imported: Any, lines: str, repeat: str, out: list[str]) -> None:
    (event,) = imported(f"UID:1\nSUMMARY:Talk\nDTSTART;TZID=Europe/Rome:20250929T110000\n{lines}")
    assert event["repeat"] == repeat
    assert [str(day) for day in event.get("except", [])] == out


@pytest.mark.parametrize(
    ("rule", "starts"),
    [
        ("FREQ=DAILY;BYHOUR=11,15;COUNT=2", ["2025-09-29T11:00:00", "2025-09-29T15:00:00"]),
        ("FREQ=HOURLY;INTERVAL=2;COUNT=2", ["2025-09-29T11:00:00", "2025-09-29T13:00:00"]),
        ("FREQ=YEARLY;BYWEEKNO=40;COUNT=2;BYDAY=MO", ["2025-09-29T11:00:00", "2026-09-28T11:00:00"]),
        ("FREQ=DAILY;UNTIL=20250101", ["2025-09-29T11:00:00"]),
        ("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", ["2025-09-29T11:00:00"]),
    ],
)
def test_other_rules_become_single_events(imported: Any, rule: str, starts: list[str]) -> None:
    events = imported(f"UID:1\nSUMMARY:Talk\nDTSTART;TZID=Europe/Rome:20250929T110000\nRRULE:{rule}")
    assert [event["start"].isoformat() for event in events] == starts
    assert not any("repeat" in event for event in events)


def test_series_of_another_zone_is_written_out_so_far(agenda: Program) -> None:
    event = "UID:1\nSUMMARY:Call\nDTSTART;TZID=America/New_York:20250929T090000\nRRULE:FREQ=WEEKLY"
    done = agenda("import", "-", stdin=calendar(event, head=ZONED))
    assert done.out.count("start = ") == 100
    assert "so only its first 100 times are kept" in done.err


def test_series_in_utc_keeps_its_rule_where_the_clocks_agree(imported: Any) -> None:
    event = "UID:1\nSUMMARY:Call\nDTSTART:20250929T000000Z\nRRULE:FREQ=WEEKLY;COUNT=3"
    (found,) = imported(event, head="X-WR-TIMEZONE:Asia/Tokyo\n")
    assert (found["start"].isoformat(), found["repeat"]) == ("2025-09-29T09:00:00", "FREQ=WEEKLY;COUNT=3")


def test_cancelled_override_is_only_an_except_day(imported: Any) -> None:
    master = "UID:1\nSUMMARY:Run\nDTSTART;VALUE=DATE:20250929\nRRULE:FREQ=DAILY;COUNT=3"
    out = "UID:1\nRECURRENCE-ID;VALUE=DATE:20250930\nDTSTART;VALUE=DATE:20250930\nSTATUS:CANCELLED"
    (event,) = imported(master, out)
    assert [str(day) for day in event["except"]] == ["2025-09-30"]


def test_ids_are_unique_and_readable(imported: Any) -> None:
    events = imported(
        *(f"UID:{uid}\nSUMMARY:Cena di Galà\nDTSTART:20250929" for uid in ("1", "2", "gala@tour.example"))
    )
    assert [event["id"] for event in events] == ["cena-di-gala", "cena-di-gala-2", "gala"]
    assert [event.get("uid") for event in events] == ["1", "2", "gala@tour.example"]


def test_same_uid_twice_is_told(agenda: Program) -> None:
    done = agenda(
        "import", "-", stdin=calendar(*(f"UID:same\nSUMMARY:Talk\nDTSTART:{day}" for day in (20250929, 20250930)))
    )
    assert done.out.count("uid = ") == 1
    assert 'agenda: its UID is that of another event, so it gets one of its own: "Talk"' in done.err


def test_namespace_does_not_change_from_run_to_run(agenda: Program) -> None:
    data = calendar("UID:1\nSUMMARY:Talk\nDTSTART:20250929", head="X-WR-CALNAME:Tour\n")
    assert agenda("import", "-", stdin=data).out == agenda("import", "-", stdin=data).out


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace("è".encode(), b"\xc3\n \xa8"),
        lambda data: data.replace(b"SUMMARY", b"summary").replace(b"VEVENT", b"vevent"),
        lambda data: data.replace("è".encode(), b"\xe8"),
        lambda data: data.replace(b"BEGIN:VEVENT", b"END:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT"),
    ],
    ids=["CRLF", "CR", "BOM", "folded within a character", "small letters", "Windows-1252", "two calendars"],
)
def test_how_the_file_is_written_does_not_matter(agenda: Program, change: Callable[[bytes], bytes]) -> None:
    data = calendar("UID:1\nSUMMARY:Caffè\nDTSTART:20250929", head="X-WR-CALNAME:Tour\n").encode()
    assert agenda("import", "-", stdin=change(data)).out == agenda("import", "-", stdin=data).out


TAKEN = "what can be imported is a calendar (.ics), a table (.csv, .xlsx, .ods) or a schedule (.xml, .json)"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"",
            f"<stdin>:1:1: this file is empty; {TAKEN}",
        ),
        (b"[agenda]\n", "<stdin>:1:1: this is an agenda file, which needs no import"),
        ("BEGIN:VCALENDAR".encode("utf-16"), "<stdin>:1:1: this file is UTF-16; save it as UTF-8"),
        (b"BEGIN:VCALENDAR\n\0\1", f"<stdin>:1:1: this is binary data of no kind that is known here; {TAKEN}"),
        (
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Ta",
            "<stdin>:3:1: the file ends within the VEVENT of line 2; it is not whole; get it again",
        ),
    ],
)
def test_what_is_no_calendar_is_an_error(agenda: Program, content: bytes, message: str) -> None:
    done = agenda("import", "-", stdin=content)
    assert (done.code, done.out, done.err) == (1, "", f"{message}\n")


def test_file_that_is_not_there_is_an_error(agenda: Program) -> None:
    done = agenda("import", "none.ics")
    assert (done.code, done.err) == (1, 'agenda: there is no file "none.ics"\n')


def test_broken_line_is_told_and_the_rest_read(agenda: Program) -> None:
    done = agenda("import", "-", stdin=calendar("UID:1\nno line at all\nSUMMARY:Talk\nDTSTART:20250929"))
    assert 'title = "Talk"' in done.out
    assert done.err == 'agenda: <stdin>:5:1: "no line at all" is no line of a calendar; it is left out\n'


@pytest.mark.parametrize("unseen", ["\u00a0", "\u3000", "\u200e", "\x1c"], ids=ascii)
@pytest.mark.parametrize("name", ["SUMMARY", "CATEGORIES", "LOCATION"])
def test_text_of_which_nothing_can_be_seen_is_told(agenda: Program, name: str, unseen: str) -> None:
    titled = "" if name == "SUMMARY" else "SUMMARY:Talk\n"
    done = agenda("import", "-", stdin=calendar(f"UID:1\n{titled}{name}:{unseen}\nDTSTART:20250929"))
    title = "Talk" if titled else "(no title)"
    told = f'agenda: nothing of its {name} can be seen, so that is left out: "{title}"\n'
    assert (done.code, done.err) == (0, told)


def test_description_that_is_kept_is_not_told(agenda: Program) -> None:
    done = agenda("import", "-", stdin=calendar("UID:1\nSUMMARY:Talk\nDESCRIPTION:\u200e\nDTSTART:20250929"))
    assert (done.err, "description = " in done.out) == ("", True)


@pytest.mark.parametrize("title", [" Talk", "Talk ", "\u00a0Talk\u3000"], ids=ascii)
def test_blanks_at_the_ends_of_a_title_are_told(agenda: Program, title: str) -> None:
    done = agenda("import", "-", stdin=calendar(f"UID:1\nSUMMARY:{title}\nDTSTART:20250929"))
    assert 'title = "Talk"' in done.out
    assert done.err == 'agenda: the blanks at the ends of its title are left out: "Talk"\n'


def test_plain_blanks_and_blanks_among_words_are_not_told(agenda: Program) -> None:
    done = agenda(
        "import",
        "-",
        stdin=calendar("UID:1\nSUMMARY:Talk,\u00a0,x\nDESCRIPTION: \\n\nCATEGORIES:a, ,b\nDTSTART:20250929"),
    )
    assert done.err == ""


def test_quiet_tells_nothing(agenda: Program) -> None:
    done = agenda("import", "-", "--quiet", stdin=calendar("UID:1\nPRIORITY:5\nno line"))
    assert (done.code, done.err) == (0, "")


def test_controls_of_a_calendar_reach_no_terminal(agenda: Program) -> None:
    done = agenda("import", "-", stdin=calendar("UID:1\nSUMMARY:a\x1b[31mb\u202e\nDTSTART:20250929"))
    assert 'title = "a\\u001b[31mb\\u202e"' in done.out


def test_what_was_revised_by_itself_comes_back(agenda: Program) -> None:
    mine = """
[agenda]
namespace = "mine"
revised = 2025-09-01T09:00:00+00:00

[[events]]
id = "gala"
title = "Gala"
start = 2025-09-29

[[events]]
id = "off"
title = "Off"
start = 2025-09-30
status = "cancelled"
revised = 2025-09-20T09:00:00+00:00
"""
    exported = agenda("export", "--data", "-", stdin=mine).raw
    back = agenda("import", "-", stdin=exported).raw
    assert agenda("export", "--data", "-", stdin=back).raw == exported


def test_cancelled_event_says_when_it_was_and_is_no_warning(agenda: Program, tmp_path: Path) -> None:
    stamps = "DTSTAMP:20250901T080000Z\nLAST-MODIFIED:20250902T080000Z\n"
    later = "UID:b@x.example\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20250930\nLAST-MODIFIED:20250905T080000Z"
    gala = f"UID:a@x.example\nSUMMARY:Gala\nDTSTART;VALUE=DATE:20250929\nSTATUS:CANCELLED\n{stamps}"
    agenda("import", "-", "-o", "a.toml", stdin=calendar(gala, later, head=ZONED))
    events = tomli.loads((tmp_path / "a.toml").read_text())["events"]
    assert [str(event.get("revised")) for event in events] == ["2025-09-02 10:00:00+02:00", "None"]
    assert agenda("check", "--strict", "a.toml").code == 0


def test_calendars_without_a_name_and_uids_are_told_apart_by_their_events(agenda: Program) -> None:
    def namespace(title: str) -> str:
        run = agenda("import", "-", stdin=calendar(f"SUMMARY:{title}\nDTSTART;VALUE=DATE:20250929"))
        return str(tomli.loads(run.out)["agenda"]["namespace"])

    assert namespace("Gala").startswith("gala-")
    assert namespace("Gala") != namespace("Fair")


def test_agenda_file_is_not_overwritten(agenda: Program) -> None:
    calendar = agenda("export", "airone").raw
    runs = [agenda("import", "-", "--output", "mine.toml", *force, stdin=calendar) for force in ([], [], ["--force"])]
    assert [run.code for run in runs] == [0, 1, 0]
    assert agenda("check", "mine.toml").code == 0


def test_zone_may_be_another_than_the_calendars(agenda: Program) -> None:
    event = "UID:1\nSUMMARY:Call\nDTSTART:20250929T080000Z\nRRULE:FREQ=WEEKLY\nDTSTAMP:20250901T000000Z"
    text = f"BEGIN:VCALENDAR\nX-WR-TIMEZONE:UTC\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
    told = agenda("import", "-", "--tz", "Asia/Tokyo", stdin=text).out
    assert ('timezone = "Asia/Tokyo"' in told, "start = 2025-09-29T17:00:00\n" in told) == (True, True)


@pytest.mark.parametrize(
    ("lines", "start", "told"),
    [
        ("DTSTART:20250929T110000\nDTEND:soon", "2025-09-29T11:00:00", "its end cannot be read, so it has none"),
        (
            "DTSTART;TZID=Europe/Rome:20260329T023000\nDTEND;TZID=Europe/Rome:20260329T033000",
            "2026-03-29T03:30:00+02:00",
            "the clocks skip its start, up to its end or past it, so it has none",
        ),
        ("DTSTART:20250929\nDURATION:P9999999W", "2025-09-29", "its end cannot be read, so it has none"),
        (
            "DTSTART:99991231T100000Z\nDTEND:99991231T235959Z",
            "9999-12-31T19:00:00",
            "its end cannot be told by the clocks there, so it has none",
        ),
        (
            "DTSTART:00010101T000000Z",
            "0001-01-01",
            "its time is too near the end of the calendar, so only its day is kept",
        ),
        (
            "DTSTART:20250929\nEXRULE:FREQ=DAILY",
            "2025-09-29",
            "times are taken out of it (EXDATE, EXRULE), but it is no series",
        ),
    ],
)
def test_what_cannot_be_told_of_its_times_is_said(agenda: Program, lines: str, start: str, told: str) -> None:
    zone = "America/New_York" if start.startswith("0001") else "Asia/Tokyo"
    done = agenda("import", "-", "--tz", zone, stdin=calendar(f"UID:1\nSUMMARY:Talk\n{lines}"))
    assert (f"start = {start}\n" in done.out, f'agenda: {told}: "Talk"' in done.err) == (True, True), done


def test_calendars_that_are_joined_are_told(agenda: Program) -> None:
    one, other = (
        calendar(f"UID:{name}\nSUMMARY:Talk\nDTSTART:20250929T110000", head=f"X-WR-CALNAME:{name}\n{zone}")
        for name, zone in (("Tour", ""), ("Other", ZONED))
    )
    told = 'agenda: 2 calendars were joined in one agenda, whose time zone is Europe/Rome, called: "Tour"\n'
    assert told in agenda("import", "-", stdin=one + other).err


OWN_ZONE = "BEGIN:VTIMEZONE\nTZID:Office\n{}END:VTIMEZONE\n"
CHANGE = "BEGIN:{}\nDTSTART:{}\nTZOFFSETFROM:{}\nTZOFFSETTO:{}\n{}END:{}\n"
FIXED_ZONE = OWN_ZONE.format(CHANGE.format("STANDARD", "20200101T000000", "+0200", "+0200", "", "STANDARD"))
GUESSED_ZONE = OWN_ZONE.format(
    CHANGE.format(
        "STANDARD", "19701025T030000", "+0200", "+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n", "STANDARD"
    )
    + CHANGE.format(
        "DAYLIGHT", "19700329T020000", "+0100", "+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n", "DAYLIGHT"
    )
)


@pytest.mark.parametrize(
    ("head", "zone"), [(FIXED_ZONE, "Etc/GMT-2"), (GUESSED_ZONE, "Europe/Berlin")], ids=["of one offset", "guessed"]
)
def test_zone_of_the_file_with_the_offsets_of_a_known_one_is_the_agendas(agenda: Program, head: str, zone: str) -> None:
    event = "UID:1\nSUMMARY:Talk\nDTSTART;TZID=Office:20250929T110000\nRRULE:FREQ=WEEKLY"
    done = agenda("import", "-", stdin=calendar(event, head=head))
    found = tomli.loads(done.out)
    assert (found["agenda"]["timezone"], found["events"][0]["start"].isoformat()) == (zone, "2025-09-29T11:00:00")
    assert found["events"][0]["repeat"] == "FREQ=WEEKLY"
    assert done.err == (
        f'agenda: a time zone of the file\'s own was taken for {zone}, which has the same offsets: "Office"\n'
    )


def test_zones_of_one_name_are_those_of_their_own_calendars(agenda: Program) -> None:
    calendars = (
        calendar(f"UID:{zone}\nSUMMARY:Talk\nDTSTART;TZID=Office:20250929T110000\nRRULE:FREQ=WEEKLY", head=head)
        for head, zone in ((FIXED_ZONE, "Etc/GMT-2"), (GUESSED_ZONE, "Europe/Berlin"))
    )
    done = agenda("import", "-", stdin="".join(calendars))
    assert (done.code, "another reader" in done.err) == (0, False)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=WEEKLY", False),
        ("FREQ=WEEKLY;UNTIL=20251020", True),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", False),
        ("FREQ=DAILY;COUNT=20", True),
    ],
)
def test_series_of_another_zone_keeps_its_rule_as_long_as_the_clocks_agree(
    imported: Any, rule: str, told: bool
) -> None:
    events = imported(
        f"UID:1\nSUMMARY:Call\nDTSTART;TZID=Africa/Johannesburg:20250929T090000\nRRULE:{rule}", head=ZONED
    )
    assert ("repeat" in events[0]) == told


NEVER = "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY={};BYSETPOS=3;COUNT={}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule", [NEVER, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT={1}", "FREQ=WEEKLY;UNTIL=99991231;INTERVAL={1}"]
)
def test_rules_without_a_near_end_are_done_with(agenda: Program, rule: str) -> None:
    rules = (rule.format(number % 28 + 1, number) for number in range(1, 301))
    text = calendar(*(f"SUMMARY:One\nDTSTART;VALUE=DATE:20260101\nRRULE:{one}" for one in rules))
    run = agenda("import", "-", stdin=text)
    assert (run.code, run.out.count("[[events]]")) == (0, 300)


@pytest.mark.slow
def test_rules_that_give_nothing_are_told_to_be_lost_once_the_steps_of_the_file_are_used_up(agenda: Program) -> None:
    rules = [NEVER.format(number % 28 + 1, number) for number in range(2, 301)]
    text = calendar(
        "SUMMARY:First\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;COUNT=6001",
        *(f"SUMMARY:One\nDTSTART;VALUE=DATE:20260101\nRRULE:{rule}" for rule in rules),
    )
    run = agenda("import", "-", stdin=text)
    assert (run.out.count("[[events]]"), run.out.count("repeat = ")) == (300, 1)
    assert 'repeat = "FREQ=DAILY;COUNT=6001"' in run.out
    assert run.err.startswith("agenda: the rules of this file take too many steps")


def test_plain_rules_are_kept_behind_others_that_use_up_the_steps_of_the_file(agenda: Program) -> None:
    costly = ["SUMMARY:Costly\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=YEARLY;BYYEARDAY=5,60,-1"] * 30
    starts = {
        "DTSTART;VALUE=DATE:20240229": ["FREQ=YEARLY"],
        "DTSTART;TZID=Europe/Rome:20240229T100000": ["FREQ=YEARLY", "FREQ=YEARLY;COUNT=9"],
        "DTSTART;VALUE=DATE:20260105": [
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=MO,FR",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=20",
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=1MO",
            "FREQ=YEARLY",
            "FREQ=YEARLY;BYMONTH=1;BYDAY=1MO",
        ],
    }
    plain = [f"SUMMARY:Plain\n{start}\nRRULE:{rule}" for start, rules in starts.items() for rule in rules]
    run = agenda("import", "-", stdin=calendar(*costly, *plain, head=ZONED))
    kept = [event["title"] for event in tomli.loads(run.out)["events"] if "repeat" in event]
    assert kept.count("Plain") == len(plain)
    assert kept.count("Costly") < len(costly)
