"""`agenda timeline` of one or two days, which are drawn by the hour."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import ROOT, Run, Screen
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from agenda.model import Between, Fixed
from agenda.views.scales import HourScale
from agenda.wording.english import ENGLISH

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]

CONFERENCE = ROOT / "examples" / "conference.toml"
DAY = date(2027, 3, 1)
HEAD = '[agenda]\ntimezone = "Europe/Rome"\n[cities.Torino]\n'


def event(title: str, start: str, end: str) -> str:
    """An event of an agenda file, in Torino."""
    return f'[[events]]\nid = "{title.lower()}"\ntitle = "{title}"\ncity = "Torino"\nstart = {start}\nend = {end}\n'


def bar_beside(lines: list[str], title: str) -> int:
    """How many columns the bar in the line of that title takes."""
    (line,) = [line for line in lines if title in line]
    return len(re.findall("[▇◀▶]", line))


TALKS = (
    HEAD
    + event("Welcome", "2027-03-01T09:00:00", "2027-03-01T09:30:00")
    + event("Workshop", "2027-03-01T09:00:00", "2027-03-01T13:00:00")
    + event("Dinner", "2027-03-02T20:00:00", "2027-03-02T23:00:00")
)


def test_bars_are_as_long_as_the_events_take(agenda: Agenda, file: File) -> None:
    lines = agenda("timeline", "--on", "2027-03-01", "--data", file(TALKS), env={"COLUMNS": "96"}).lines
    welcome, workshop = bar_beside(lines, "Welcome"), bar_beside(lines, "Workshop")
    # A title on a bar, with a blank on each side, hides some of it.
    assert 7 * welcome <= workshop + len(" 09:00–13:00 Workshop ")


def test_heading_has_the_day_and_its_hours(agenda: Agenda, file: File) -> None:
    lines = agenda("timeline", "--on", "2027-03-01", "--data", file(TALKS)).lines
    assert lines[0] == "Monday 1 March 2027"
    assert lines[1].split() == ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00"]


def test_only_hours_in_use_of_each_day_are_drawn(agenda: Agenda, file: File) -> None:
    hours = agenda("timeline", "--data", file(TALKS), env={"COLUMNS": "160"}).lines[1].split()
    assert hours == [f"{hour:02}:00" for hour in [*range(8, 14), *range(18, 24)]]


def test_three_days_are_drawn_by_days(agenda: Agenda, file: File) -> None:
    later = event("Visit", "2027-03-03T10:00:00", "2027-03-03T11:00:00")
    lines = agenda("timeline", "--data", file(TALKS + later)).lines
    assert (lines[0], "09:00" in lines[1]) == ("March 2027", False)


def test_day_without_times_is_drawn_by_days(agenda: Agenda, file: File) -> None:
    lines = agenda("timeline", "--data", file(HEAD + event("Fair", "2027-03-01", "2027-03-02"))).lines
    assert lines[0] == "March 2027"


def test_today_is_marked_beside_another_day(agenda: Agenda, file: File) -> None:
    run = agenda("timeline", "--data", file(TALKS), env={"AGENDA_NOW": "2027-03-02", "COLUMNS": "80"})
    assert run.lines[0].endswith("Tuesday 2 March 2027 ▲ today")


def test_event_into_the_day_after_goes_on(agenda: Agenda, file: File) -> None:
    party = event("Party", "2027-03-01T22:00:00", "2027-03-02T02:00:00")
    (line,) = agenda("timeline", "--on", "2027-03-01", "--data", file(HEAD + party), env={"COLUMNS": "60"}).lines[3:]
    assert "▶" in line


@pytest.mark.parametrize("columns", [20, 40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, columns: int) -> None:
    screen = terminal("timeline", "--quiet", "--on", "2027-04-09..2027-04-10", "--data", CONFERENCE, columns=columns)
    assert max(map(cell_len, screen.lines)) <= columns


MINUTES = st.integers(0, 2 * 24 * 60 - 1)


@given(times=st.lists(st.tuples(MINUTES, MINUTES), min_size=1, max_size=5), width=st.integers(1, 200))
def test_earlier_times_are_on_the_left_and_all_within_the_screen(times: list[tuple[int, int]], width: int) -> None:
    midnight = datetime(2027, 3, 1)  # noqa: DTZ001 - its zone does not matter
    spans = sorted((min(pair), max(pair)) for pair in times)
    whens = [Fixed(midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)) for start, end in spans]
    scale = HourScale.within(DAY, DAY + timedelta(1), whens, width=width, words=ENGLISH)
    both_days = scale.extent(Between(DAY, DAY + timedelta(1)))
    extents = [scale.extent(when) for when in whens]
    assert (both_days.start, both_days.end) == (0, max(width, 1))
    assert all(0 <= extent.start < extent.end <= max(width, 1) for extent in extents)
    starts = [extent.start for extent in extents]
    assert starts == sorted(starts)
