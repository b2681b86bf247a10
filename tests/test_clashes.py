"""`agenda clashes`: events that need the same person, or the same room, at once."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from agenda.limits import MAX_CLASHES, MAX_WARNED_CLASHES

Agenda = Callable[..., Run]
Tell = Callable[..., list[str]]

HEAD = """
[agenda]
timezone = "Asia/Tokyo"
[cities.Osaka]
[cities.Tokyo]
[cities.Torino]
timezone = "Europe/Rome"
[venues.palace]
name = "Palace"
city = "Osaka"
rooms = ["Blue", { name = "Hall", shared = true }]
[venues.market]
name = "Market"
city = "Osaka"
shared = true
rooms = ["Stand"]
[venues.tower]
name = "Tower"
city = "Osaka"
[[travel]]
between = ["Tokyo", "Osaka"]
takes = "3h"
"""
ADA = 'people = ["Ada Lovelace"]'


def event(name: str, *lines: str) -> str:
    """An event of that id and title."""
    return "\n".join(["[[events]]", f'id = "{name}"', f'title = "About {name}"', *lines, ""])


def at(start: str, end: str = "", day: str = "2026-04-08") -> str:
    """The lines of a time of that day."""
    return f"start = {day}T{start}:00" + (f"\nend = {day}T{end}:00" if end else "")


@pytest.fixture
def tell(agenda: Agenda, file: Callable[[str], Path]) -> Tell:
    """The ids of both events of each clash of such events, and how sure it is: `a b sure`."""

    def tell(*parts: str, options: tuple[str, ...] = ()) -> list[str]:
        run = agenda("clashes", "--data", file(HEAD + "".join(parts)), *options)
        assert run.err == ""
        return [" ".join(line.split("\t")[:3]) for line in run.lines]

    return tell


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        pytest.param(at("10:00", "11:00"), at("10:30", "11:30"), "sure", id="times that overlap"),
        pytest.param(at("10:00", "11:00"), at("11:00", "12:00"), None, id="one after the other"),
        pytest.param(at("10:00", "11:00"), at("10:30"), "sure", id="a start within the other"),
        pytest.param(at("10:00"), at("10:00"), "sure", id="two starts at once"),
        pytest.param(at("10:00"), at("10:30", "11:30"), "perhaps", id="a time without an end"),
        pytest.param(at("10:00"), at("11:00", "12:00"), None, id="a time without an end counts for an hour"),
        pytest.param(at("10:00", "11:00"), "start = 2026-04-08", "perhaps", id="a day"),
        pytest.param("start = 2026-04-08", "start = 2026-04-08", "perhaps", id="two days"),
        pytest.param("start = 2026-04-08", "start = 2026-04-09", None, id="days one after the other"),
        pytest.param(at("10:00", "11:00"), "between = [2026-04-07, 2026-04-09]", "perhaps", id="between two days"),
        pytest.param(
            "between = [2026-04-07, 2026-04-08]", "between = [2026-04-08, 2026-04-09]", "perhaps", id="neither fixed"
        ),
        pytest.param(at("10:00", "11:00"), "", None, id="to be announced"),
        pytest.param(at("10:00", "11:00"), "start = 2026-04-07\nend = 2026-04-09", None, id="several whole days"),
        pytest.param(
            at("10:00", "11:00"),
            "start = 2026-04-07\nend = 2026-04-09\nbusy = true",
            "perhaps",
            id="days that are full",
        ),
        pytest.param(at("10:00", "11:00"), at("10:30", "11:30") + "\nbusy = false", None, id="one that leaves time"),
        pytest.param(at("10:00", "11:00"), at("10:30", "11:30") + '\nstatus = "tentative"', "perhaps", id="tentative"),
        pytest.param(at("10:00", "11:00"), at("10:30", "11:30") + '\nstatus = "cancelled"', None, id="cancelled"),
        pytest.param(
            at("10:00", "11:00") + '\ncity = "Osaka"',
            at("13:30", "14:00") + '\ncity = "Tokyo"',
            "tight",
            id="a long way",
        ),
        pytest.param(
            at("10:00", "11:00") + '\ncity = "Tokyo"',
            at("14:00", "15:00") + '\ncity = "Osaka"',
            None,
            id="a way in time",
        ),
        pytest.param(
            at("10:00", "11:00") + '\ncity = "Osaka"',
            at("20:00", "21:00") + '\ncity = "Torino"',
            "perhaps",
            id="no way",
        ),
        pytest.param(
            at("10:00", "11:00") + '\ncity = "Osaka"',
            at("10:00", "11:00", "2026-04-10") + '\ncity = "Torino"',
            None,
            id="no way, on other days",
        ),
        pytest.param(
            at("17:00", "18:00") + '\ncity = "Osaka"',
            at("10:30", "11:30") + '\ncity = "Torino"',
            "sure",
            id="times that overlap in two zones",
        ),
    ],
)
def test_whoever_is_in_both_of_two_events_may_have_to_be_in_two_places(
    tell: Tell, one: str, other: str, clash: str | None
) -> None:
    expected = [] if clash is None else [{"a", "b", clash}]
    assert [set(line.split()) for line in tell(event("a", ADA, one), event("b", ADA, other))] == expected


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        ('venue = "palace"\nroom = "Blue"', 'venue = "palace"\nroom = "Blue"', True),
        ('venue = "palace"\nroom = "Hall"', 'venue = "palace"\nroom = "Hall"', False),
        ('venue = "market"\nroom = "Stand"', 'venue = "market"\nroom = "Stand"', False),
        ('venue = "palace"', 'venue = "palace"', False),
        ('venue = "tower"\nroom = "Blue"', 'venue = "tower"\nroom = "Blue"', True),
        ('venue = "tower"\nroom = "Blue"', 'venue = "palace"\nroom = "Blue"', False),
        ('city = "Osaka"\nroom = "Blue"', 'city = "Osaka"\nroom = "Blue"', True),
        ('city = "Osaka"\nroom = "Blue"', 'city = "Tokyo"\nroom = "Blue"', False),
    ],
)
def test_a_room_of_a_venue_holds_one_event_at_a_time_unless_it_is_shared(
    tell: Tell, one: str, other: str, clashes: bool
) -> None:
    told = tell(event("a", at("10:00", "11:00"), one), event("b", at("10:30", "11:30"), other))
    assert told == (["a b sure"] if clashes else [])


TWO = event("a", ADA, at("10:00", "11:00"), 'city = "Osaka"') + event("b", ADA, at("10:30", "12:00"), 'city = "Tokyo"')
THIRD = event("c", ADA, at("11:30", "12:30"), 'city = "Tokyo"', 'visibility = "internal"')


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--city", "Osaka"), ["a b sure", "a c tight"]),
        (("--on", "2026-04-08"), ["a b sure", "a c tight", "b c sure"]),
        (("--on", "2026-04-09"), []),
        (("--only", "tight"), ["a c tight"]),
        (("--only", "tight", "--only", "perhaps", "--city", "Tokyo"), ["a c tight"]),
        (("--public",), ["a b sure"]),
        (("--status", "cancelled"), []),
        (("--with", "Lovelace", "--tz", "Europe/Rome"), ["a b sure", "a c tight", "b c sure"]),
    ],
)
def test_a_clash_is_told_where_one_of_its_events_is_asked_for(
    agenda: Agenda, file: Callable[[str], Path], options: tuple[str, ...], told: list[str]
) -> None:
    run = agenda("clashes", "--data", file(HEAD + TWO + THIRD), *options)
    assert [" ".join(line.split("\t")[:3]) for line in run.lines] == told


def test_a_series_clashes_on_its_days_and_not_with_itself(tell: Tell) -> None:
    series = event("a", ADA, at("10:00", "11:00"), 'repeat = "FREQ=DAILY"')
    once = event("b", ADA, at("10:30", "11:30", "2030-04-08"))
    assert tell(series, once, options=("--on", "2030-04-08")) == ["a b sure"]


def test_json_has_what_both_need_and_how_their_times_are(agenda: Agenda, file: Callable[[str], Path]) -> None:
    run = agenda("clashes", "--data", file(HEAD + TWO + THIRD), "--format", "json", "--utc")
    sure, tight, _ = json.loads(run.out)
    times = {key: sure["first"][key] for key in ("id", "start", "end", "left")}
    assert times == {"id": "a", "start": "2026-04-08T01:00:00Z", "end": "2026-04-08T02:00:00Z", "left": None}
    assert (sure["clash"], sure["people"], sure["room"], sure["overlap"]) == ("sure", ["Ada Lovelace"], None, 30)
    assert (tight["clash"], tight["overlap"], tight["gap"], tight["travel"]) == ("tight", None, 30, 180)


def _left(agenda: Agenda, data: Path) -> dict[str, Any]:
    """What is left of each event that lies between two days."""
    clashes = json.loads(agenda("clashes", "--data", data, "--format", "json").out)
    return {each["id"]: each["left"] for clash in clashes for each in (clash["first"], clash["second"]) if each["left"]}


@pytest.mark.parametrize(
    ("fixed", "left"),
    [
        pytest.param("start = 2026-04-08", [["2026-04-07", "2026-04-07"], ["2026-04-09", "2026-04-10"]], id="a day"),
        pytest.param(
            at("10:00", "11:00") + '\ncity = "Torino"',
            [["2026-04-07", "2026-04-07"], ["2026-04-09", "2026-04-10"]],
            id="a time in another city",
        ),
        pytest.param(at("10:00", "11:00") + '\ncity = "Tokyo"', [["2026-04-07", "2026-04-10"]], id="a way in time"),
        pytest.param(at("10:00", "11:00"), [["2026-04-07", "2026-04-10"]], id="a time"),
    ],
)
def test_of_what_lies_between_two_days_those_are_left_that_nothing_else_takes(
    agenda: Agenda, file: Callable[[str], Path], fixed: str, left: list[list[str]]
) -> None:
    between = event("a", ADA, "between = [2026-04-07, 2026-04-10]", 'city = "Osaka"')
    assert _left(agenda, file(HEAD + between + event("b", ADA, fixed))) == {"a": left}


def test_the_conference_at_the_embassy_is_on_the_day_on_which_nobody_is_in_osaka(agenda_once: Agenda) -> None:
    out = agenda_once("clashes", "--only", "perhaps", "--city", "Tokyo", "--format", "table").out
    assert "So [embassy-conference] is on 1 Oct, or they travel between Osaka and Tokyo" in out


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--exit-code",), 3), (("--exit-code", "--only", "tight"), 0)])
def test_exit_code_tells_whether_there_are_clashes(
    agenda: Agenda, file: Callable[[str], Path], options: tuple[str, ...], code: int
) -> None:
    assert agenda("clashes", "--data", file(HEAD + TWO), *options).code == code


def test_clashes_past_the_bound_are_an_error_after_those_that_were_found(
    agenda: Agenda, file: Callable[[str], Path]
) -> None:
    people = [f"P{number}" for number in range(30)]
    at_once = (event(f"e{number}", f"people = {people}", at("10:00", "11:00")) for number in range(90))
    run = agenda("clashes", "--data", file("".join(at_once)))
    assert len(run.lines) == -(-MAX_CLASHES // len(people))
    assert run.err == "agenda: only 100,000 clashes were looked at; --on, or --from and --to, look at fewer days\n"
    assert run.code == 2


def test_clashes_that_are_warned_of_are_bounded(agenda: Agenda, file: Callable[[str], Path]) -> None:
    people = [f"P{number}" for number in range(30)]
    at_once = (event(f"e{number}", f"people = {people}", at("10:00", "11:00")) for number in range(90))
    run = agenda("check", "--clashes", "--format", "json", file("".join(at_once)))
    assert run.out.count("it is at the same time") == 2 * MAX_WARNED_CLASHES // len(people)
    assert run.out.count("more events are at once than are compared") == 1


@pytest.mark.parametrize(
    ("city", "times"),
    [("Torino", ["10:00–11:00 +09:00", "03:00–04:00 +02:00"]), ("Tokyo", ["10:00–11:00", "10:30–11:30"])],
)
def test_times_of_two_zones_are_told_with_their_offsets(
    agenda: Agenda, file: Callable[[str], Path], city: str, times: list[str]
) -> None:
    start, end = ("03:00", "04:00") if city == "Torino" else ("10:30", "11:30")
    events = event("a", at("10:00", "11:00"), 'city = "Osaka"', ADA) + event(
        "b", at(start, end), f'city = "{city}"', ADA
    )
    out = agenda("clashes", "--data", file(HEAD + events), "--format", "table", env={"AGENDA_NOW": "2026-01-01"}).out
    assert re.findall(r"Apr, (\S+(?: [+-]\S+)?)", out) == times


def test_a_table_tells_how_long_both_are_on_and_how_often(agenda: Agenda, file: Callable[[str], Path]) -> None:
    series = event("a", ADA, at("10:00", "11:00"), 'repeat = "FREQ=DAILY;COUNT=4"')
    other = event("b", ADA, at("10:30", "11:45"), 'repeat = "FREQ=DAILY;COUNT=3"', 'venue = "palace"', 'room = "Blue"')
    run = agenda(
        "clashes", "--data", file(HEAD + series + other), "--format", "table", env={"AGENDA_NOW": "2026-01-01"}
    )
    assert run.lines == [
        "Sure",
        "  Ada Lovelace",
        "    Wed 8 Apr, 10:00–11:00  About a",
        "                              [a]",
        "    Wed 8 Apr, 10:30–11:45  About b",
        "                              Osaka, Palace, Blue [b]",
        "    Both are on for 30 minutes. So 3 times, the last on 10 Apr.",
    ]


def test_that_there_is_no_clash_is_told(agenda: Agenda, file: Callable[[str], Path]) -> None:
    data = file(HEAD + TWO)
    assert (
        agenda("clashes", "--data", data, "--only", "tight", "--verbose").err
        == "agenda: no clash that is tight among 2 events\n"
    )


def test_the_example_conference_has_the_two_clashes_that_were_planted(agenda_once: Agenda) -> None:
    from conftest import ROOT

    lines = agenda_once("clashes", "--data", ROOT / "examples" / "conference.toml").lines
    assert [line.split("\t")[:3] for line in lines] == [
        ["who-computes", "problems-of-analysis", "sure"],
        ["metals", "pile", "tight"],
    ]
