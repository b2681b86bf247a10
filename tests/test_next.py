"""`agenda next`: what is on now and what comes next, by the clock of AGENDA_NOW."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Run, Screen
from hypothesis import given
from hypothesis import strategies as st

from agenda.model import Event, Fixed, Occurrence
from agenda.reports.upcoming import State, choose_upcoming, find_states

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]

BEFORE = "2025-08-25T12:00"
ON = "2025-09-29T10:20"
AFTER = "2025-10-06T08:00"


def ids(run: Run) -> list[str]:
    """The ids in the first column."""
    return [line.partition("\t")[0] for line in run.lines]


def label(screen: Screen, event: str) -> str:
    """What stands in the first column of the event with that id."""
    lines = screen.lines
    (place,) = [number for number, line in enumerate(lines) if f"[{event}]" in line]
    return next(line[2:].split("  ")[0] for line in reversed(lines[: place + 1]) if re.match("  [^ ]", line))


def headings(screen: Screen) -> list[str]:
    """The lines that begin at the edge of the screen."""
    return [line for line in screen.lines if line and not line.startswith(" ")]


def test_states_are_told_once_and_what_is_to_come_first(terminal: Terminal) -> None:
    shown = terminal("next", "--quiet", env={"AGENDA_NOW": ON})
    assert headings(shown) == ["Later today", "Coming up", "Now", "Perhaps today"]


def test_heading_without_events_is_left_out(terminal: Terminal) -> None:
    assert headings(terminal("next", "--quiet", "--only", "now", env={"AGENDA_NOW": ON})) == ["Now"]


@pytest.mark.parametrize("columns", [80, 120])
def test_what_goes_on_for_days_is_one_line(terminal: Terminal, columns: int) -> None:
    shown = terminal("next", "--quiet", "--only", "now", columns=columns, env={"AGENDA_NOW": "2025-10-02T09:00"})
    assert "  until 3 Oct  Medical Japan  Tokyo  [medical-japan]" in shown.lines


def test_what_is_on_by_the_hour_stands_before_days(terminal: Terminal) -> None:
    shown = terminal("next", "--quiet", "--only", "now", env={"AGENDA_NOW": "2025-09-30T13:00"})
    labels = [line[2:].split("  ")[0] for line in shown.lines if re.match("  [^ ]", line)]
    assert labels == ["since 12:30", "all day", "all day", "all day", "until 4 Oct", "until 4 Oct"]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("piemonte-week", "until 4 Oct"),
        ("koike-meeting", "all day"),
        ("watanabe-meeting", "24–29 Sep"),
        ("unesco-panel", "in 40 minutes"),
        ("piemonte-meets-osaka", "tomorrow"),
    ],
)
def test_each_is_told_with_how_far_it_is(terminal: Terminal, event: str, expected: str) -> None:
    assert label(terminal("next", env={"AGENDA_NOW": ON}), event) == expected


@pytest.mark.parametrize(
    ("now", "event", "expected"),
    [
        ("2025-09-29T09:00", "unesco-panel", "in 2 hours"),
        ("2025-09-29T09:01", "unesco-panel", "in 119 minutes"),
        ("2025-09-29T10:59:40", "unesco-panel", "in 1 minute"),
        ("2025-09-29T11:00", "unesco-panel", "since 11:00"),
        ("2025-09-29T11:30", "unesco-panel", "since 11:00"),
        ("2025-09-29T04:00+02:00", "unesco-panel", "since 11:00"),
        ("2025-09-28T10:00", "unesco-panel", "tomorrow"),
        ("2025-09-27T23:00", "unesco-panel", "in 2 days"),
        ("2025-09-26T09:00", "fbri-visit", "in 2 to 4 days"),
        ("2025-10-04T23:00", "air-mobility-talk", "all day"),
        ("2025-10-03T17:00+02:00", "air-mobility-talk", "all day"),
    ],
)
def test_words_of_how_far_it_is(terminal: Terminal, now: str, event: str, expected: str) -> None:
    assert label(terminal("next", "-n", "30", env={"AGENDA_NOW": now}), event) == expected


def test_what_is_on_comes_before_what_may_be_on_and_that_before_what_is_to_come(agenda_once: Agenda) -> None:
    found = ids(agenda_once("next", env={"AGENDA_NOW": ON}))
    assert found == [
        *("piemonte-week", "ceipiemonte-teams", "polito-japan-hub", "koike-meeting"),
        *("watanabe-meeting", "fbri-visit", "torino-at-expo", "aeromart-nagoya", "chambers-memorandum"),
        *("unesco-panel", "osaka-bio-memorandum", "piemonte-meets-osaka"),
    ]


@pytest.mark.parametrize("number", [0, 1, 5])
def test_number_is_that_of_what_is_to_come(agenda_once: Agenda, number: int) -> None:
    assert len(agenda_once("next", "-n", str(number), env={"AGENDA_NOW": BEFORE}).lines) == number


def test_objects_begin_as_those_of_list(agenda_once: Agenda) -> None:
    listed = agenda_once("list", "--format", "jsonl").lines
    told = agenda_once("next", "-n", "99", "--format", "jsonl", env={"AGENDA_NOW": BEFORE}).lines
    assert [line.partition(',"state"')[0] for line in told] == [
        line.removesuffix("}") for line in listed if json.loads(line)["when"] != "tba"
    ]


def test_fields_are_those_that_are_asked_for(agenda_once: Agenda) -> None:
    run = agenda_once("next", "-n", "1", "--fields", "title,id", "--city", "Kobe", env={"AGENDA_NOW": AFTER[:8] + "01"})
    assert run.lines == ["Ceipiemonte teams in Osaka, Tokyo, Nagoya and Kobe\tceipiemonte-teams"]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (BEFORE, "none of this has begun: it begins on Wednesday 24 September 2025 at the earliest, in 30 days"),
        (
            "2025-09-23T23:59",
            "none of this has begun: it begins on Wednesday 24 September 2025 at the earliest, tomorrow",
        ),
        (AFTER, "all of this is over: it ended on Saturday 4 October 2025, 2 days ago"),
        ("2025-10-05T00:00", "all of this is over: it ended on Saturday 4 October 2025, yesterday"),
        ("2030-10-04T12:00", "all of this is over: it ended on Saturday 4 October 2025, 1,826 days ago"),
    ],
)
def test_agenda_of_the_past_or_the_future_is_said_to_be_one(agenda_once: Agenda, now: str, said: str) -> None:
    assert f"agenda: {said}\n" in agenda_once("next", "--verbose", env={"AGENDA_NOW": now}).err


def test_what_is_not_told_is_counted(agenda_once: Agenda) -> None:
    run = agenda_once("next", "--verbose", env={"AGENDA_NOW": ON})
    assert run.err == "agenda: 11 more events are to come; -n shows more\nagenda: 2 events have no date yet\n"


def test_nothing_is_told_of_an_agenda_that_is_over(agenda_once: Agenda) -> None:
    run = agenda_once("next", "--format", "json", env={"AGENDA_NOW": AFTER})
    assert (run.code, run.out, run.err) == (0, "[]\n", "")


def test_options_choose_among_all_events(agenda_once: Agenda) -> None:
    assert ids(agenda_once("next", "-n", "1", "--topic", "aerospace", env={"AGENDA_NOW": BEFORE})) == [
        "aeromart-nagoya"
    ]


def test_number_below_zero_is_a_usage_error(agenda_once: Agenda) -> None:
    run = agenda_once("next", "-n", "-1")
    assert (run.code, run.out) == (2, "")


def test_cancelled_event_is_left_out(agenda: Agenda, file: File) -> None:
    path = file('events = [{ id = "off", title = "Off", start = 2030-01-01, status = "cancelled" }]')
    run = agenda("next", "--data", path, "-v")
    assert (run.out, "1 cancelled event was left out" in run.err) == ("", True)


def test_series_is_told_by_its_next_times(agenda: Agenda, file: File) -> None:
    path = file('events = [{ id = "daily", title = "Daily", start = 2025-01-01, repeat = "FREQ=WEEKLY" }]')
    rows = agenda("next", "-n", "2", "--data", path, env={"AGENDA_NOW": "2025-09-27T12:00"}).lines
    assert [row.split("\t")[1] for row in rows] == ["2025-10-01", "2025-10-08"]


def test_end_of_what_is_on_is_told_by_its_clock(agenda: Agenda, file: File) -> None:
    path = file(
        "events = [{ id = 'ball', title = 'Ball', start = 2025-12-31T22:00:00, end = 2026-01-01T02:00:00 },"
        " { id = 'talk', title = 'Talk', start = 2025-12-31T21:00:00, end = 2025-12-31T23:30:00 }]"
    )
    run = agenda("next", "--data", path, "-f", "table", env={"AGENDA_NOW": "2025-12-31T23:00"})
    assert [line[2:] for line in run.lines if "until" in line] == [
        "until 23:30             Talk",
        "until 1 Jan 2026 02:00  Ball",
    ]


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, columns: int) -> None:
    shown = terminal("next", "--quiet", columns=columns, env={"AGENDA_NOW": ON})
    assert max(map(len, shown.lines)) <= columns


moments = st.integers(-3000, 3000).map(lambda minutes: datetime(2025, 9, 29, tzinfo=UTC) + timedelta(minutes=minutes))


@given(st.lists(st.tuples(moments, st.integers(1, 2000)), max_size=6), moments, st.integers(0, 4))
def test_what_is_on_is_what_has_begun_and_not_ended(
    events: list[tuple[datetime, int]], now: datetime, number: int
) -> None:
    found = [
        Occurrence(Event(id=f"e{place}", title="E", when=when), when)
        for place, (start, minutes) in enumerate(sorted(events))
        for when in [Fixed(start, start + timedelta(minutes=minutes))]
    ]
    told = choose_upcoming(find_states(found, now), number)
    on = [shown for shown in found if shown.when.start <= now < shown.when.end]  # type: ignore[union-attr, operator]
    ahead = [shown for shown in found if shown.when.start > now]  # type: ignore[union-attr]
    assert [one.occurrence for one in told if one.state is State.NOW] == on
    assert [one.occurrence for one in told if one.state in {State.TODAY, State.AHEAD}] == ahead[:number]


# --- For programs ---

CLOCK = ["--fields", "state,starts_in,ends_in,id"]


@pytest.fixture
def talk(file: File) -> Path:
    """A talk in Rome, at noon on the day on which the clocks were put forward at two."""
    return file(
        '[agenda]\ntimezone = "Europe/Rome"\n[[events]]\nid = "talk"\ntitle = "Talk"\n'
        "start = 2025-03-30T12:00:00\nend = 2025-03-30T13:30:00\n"
    )


@pytest.mark.parametrize(
    ("now", "row"),
    [
        ("2025-03-29T23:59", "ahead\t661\t751\ttalk"),
        ("2025-03-30T00:00", "today\t660\t750\ttalk"),
        ("2025-03-30T11:59:30", "today\t1\t91\ttalk"),
        ("2025-03-30T12:00", "now\t0\t90\ttalk"),
        ("2025-03-30T13:00", "now\t-60\t30\ttalk"),
        ("2025-03-30T13:29:59", "now\t-89\t1\ttalk"),
    ],
)
def test_state_and_minutes_are_told_by_the_clock(agenda: Agenda, talk: Path, now: str, row: str) -> None:
    assert agenda("next", "--data", talk, *CLOCK, env={"AGENDA_NOW": now}).lines == [row]


def test_what_is_over_is_not_told(agenda: Agenda, talk: Path) -> None:
    assert agenda("next", "--data", talk, *CLOCK, env={"AGENDA_NOW": "2025-03-30T13:30"}).lines == []


@pytest.mark.parametrize(
    ("event", "state"), [("piemonte-week", "now"), ("koike-meeting", "now"), ("watanabe-meeting", "perhaps")]
)
def test_days_tell_no_minutes(agenda_once: Agenda, event: str, state: str) -> None:
    rows = agenda_once("next", *CLOCK, env={"AGENDA_NOW": ON}).lines
    assert f"{state}\t-\t-\t{event}" in rows


def test_objects_have_the_clock_after_the_event(agenda_once: Agenda) -> None:
    (whole,) = json.loads(agenda_once("next", "--only", "today", "-f", "json", env={"AGENDA_NOW": ON}).out)
    assert list(whole.items())[-3:] == [("state", "today"), ("starts_in", 40), ("ends_in", None)]


@pytest.mark.parametrize(
    ("only", "states"),
    [
        (["now"], {"now"}),
        (["perhaps"], {"perhaps"}),
        (["today"], {"today"}),
        (["ahead"], {"today", "ahead"}),
        (["NOW", "perhaps"], {"now", "perhaps"}),
    ],
)
def test_only_the_states_that_are_asked_for_are_told(agenda_once: Agenda, only: list[str], states: set[str]) -> None:
    options = [option for state in only for option in ("--only", state)]
    run = agenda_once("next", *options, "--fields", "state", env={"AGENDA_NOW": ON})
    assert set(run.lines) == states


def test_next_one_is_the_one_line_of_what_is_ahead(agenda_once: Agenda) -> None:
    run = agenda_once("next", "--only", "ahead", "-n", "1", env={"AGENDA_NOW": ON})
    assert ids(run) == ["unesco-panel"]


def test_only_what_is_asked_for_is_counted(agenda_once: Agenda) -> None:
    assert agenda_once("next", "--only", "now", "-v", env={"AGENDA_NOW": ON}).err == (
        "agenda: 2 events have no date yet\n"
    )


def test_it_is_said_that_nothing_is_of_that_state(agenda_once: Agenda) -> None:
    run = agenda_once("next", "--only", "now", "--only", "ahead", "-v", "--city", "Kyoto", env={"AGENDA_NOW": ON})
    assert "no event is on now or to come" not in run.err
    run = agenda_once("next", "--only", "now", "--only", "today", "-v", "--city", "Kyoto", env={"AGENDA_NOW": ON})
    assert "agenda: no event is on now or to begin today\n" in run.err


@pytest.mark.parametrize(("now", "code"), [(BEFORE, 3), (ON, 0), (AFTER, 3)])
def test_exit_code_says_whether_anything_is_found(agenda_once: Agenda, now: str, code: int) -> None:
    run = agenda_once("next", "--only", "now", "--exit-code", "-q", env={"AGENDA_NOW": now})
    assert (run.code, run.err) == (code, "")


def test_exit_code_is_that_of_success_where_nobody_asks(agenda_once: Agenda) -> None:
    assert agenda_once("next", env={"AGENDA_NOW": AFTER}).code == 0


def test_clock_tells_fields_of_next_alone(agenda_once: Agenda) -> None:
    run = agenda_once("list", "--fields", "id,state")
    assert (run.code, run.err) == (2, "agenda: --fields: state is told by the clock, so only `agenda next` has it\n")
