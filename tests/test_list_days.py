"""`agenda list` by day: what goes on from an earlier day, where events are, and who is there."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from conftest import Run, Screen
from hypothesis import given
from hypothesis import strategies as st

from agenda.dates import Period
from agenda.model import Event, Fixed, Occurrence
from agenda.reports.days import group_by_day

Agenda = Callable[..., Run]
FIRST = date(2025, 9, 25)


def day_groups(run: Run | Screen) -> dict[str, list[str]]:
    """Each heading of a list with the lines below it, without their indent."""
    found: dict[str, list[str]] = {}
    for line in filter(None, run.lines):
        if line.startswith(" "):
            found[list(found)[-1]].append(line.strip())
        else:
            found[line] = []
    return found


def table(agenda: Agenda, data: str, *options: str, columns: int = 80) -> dict[str, list[str]]:
    """The list of these events, by heading."""
    run = agenda("list", "-f", "table", "-d", "-", *options, stdin=data, env={"COLUMNS": str(columns)})
    assert (run.code, run.err) == (0, "")
    return day_groups(run)


# --- Days without a year ---


def test_birthday_of_long_ago_leaves_days_without_a_year_clear(agenda: Agenda) -> None:
    """The agenda has days of 63 years then, of which the one nearest to today is meant."""
    birthday = '[[events]]\nid = "birthday"\ntitle = "Birthday"\nstart = 1963-12-11\nrepeat = "FREQ=YEARLY"\n'
    opening = '[[events]]\nid = "opening"\ntitle = "Opening"\nstart = 2026-12-10\n'
    for typed, started in (
        ("10 dic", ["opening"]),
        ("11 dic", ["birthday"]),
        ("9 Jan..12 Dec", ["opening", "birthday"]),
    ):
        run = agenda(
            *("list", "-d", "-", "--on", typed, "--fields", "id", "-f", "tsv"),
            stdin=birthday + opening,
            env={"AGENDA_NOW": "2026-12-09"},
        )
        assert (run.code, run.out.split()) == (0, started), typed


# --- What goes on ---

LONG = '[[events]]\nid = "fair"\ntitle = "Fair"\nstart = 2025-09-29\nend = 2025-10-01\n'
TALK = '[[events]]\nid = "talk"\ntitle = "Talk"\nstart = 2025-10-01\n'


def test_what_goes_on_has_a_line_on_each_of_its_days(agenda: Agenda) -> None:
    assert table(agenda, LONG + TALK) == {
        "Monday 29 September 2025": ["29 Sep–1 Oct  Fair  [fair]"],
        "Tuesday 30 September 2025": ["also: Fair, until 1 Oct"],
        "Wednesday 1 October 2025": ["Talk  [talk]", "also: Fair, until 1 Oct"],
    }


def test_days_that_were_not_asked_for_are_not_told(agenda: Agenda) -> None:
    assert list(table(agenda, LONG + TALK, "--to", "2025-09-30")) == [
        "Monday 29 September 2025",
        "Tuesday 30 September 2025",
    ]


def test_what_began_before_the_days_asked_for_has_its_id_on_the_first_of_them_alone(agenda: Agenda) -> None:
    assert table(agenda, LONG, "--from", "2025-09-30") == {
        "Tuesday 30 September 2025": ["also: Fair, until 1 Oct  [fair]"],
        "Wednesday 1 October 2025": ["also: Fair, until 1 Oct"],
    }


def test_what_ends_on_another_day_by_the_hour_says_so(agenda: Agenda) -> None:
    night = "start = 2025-09-29T20:00:00\nend = 2025-10-01T02:00:00\n"
    found = table(agenda, f'[[events]]\nid = "night"\ntitle = "Night"\n{night}')
    assert found["Tuesday 30 September 2025"] == ["also: Night, until 1 Oct 02:00"]
    assert found["Wednesday 1 October 2025"] == ["also: Night, until 02:00"]


def test_what_ends_in_another_year_says_which(agenda: Agenda) -> None:
    found = table(agenda, '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-12-30\nend = 2026-01-01\n')
    assert found["Wednesday 31 December 2025"] == ["also: A, until 1 Jan 2026"]
    assert found["Thursday 1 January 2026"] == ["also: A, until 1 Jan"]


def test_what_ends_soonest_comes_first(agenda: Agenda) -> None:
    longer = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-28\nend = 2025-10-09\n'
    found = table(agenda, longer + LONG, "--on", "2025-09-30")["Tuesday 30 September 2025"]
    assert [line.split(",")[0] for line in found] == ["also: Fair", "also: A"]


def test_cancelled_event_that_goes_on_is_said_to_be_cancelled(agenda: Agenda) -> None:
    found = table(agenda, f'{LONG}status = "cancelled"\n', "--status", "cancelled")
    assert found["Tuesday 30 September 2025"] == ["also: Cancelled: Fair, until 1 Oct"]


def test_each_time_of_a_series_goes_on_by_itself(agenda: Agenda) -> None:
    found = table(agenda, f'{LONG}repeat = "FREQ=WEEKLY;COUNT=2"\n')
    assert found["Tuesday 7 October 2025"] == ["also: Fair, until 8 Oct"]


def test_days_that_are_alike_are_told_one_by_one_up_to_a_week(agenda: Agenda) -> None:
    events = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-01\nend = {}\n'
    assert len(table(agenda, events.format("2025-09-08"))) == 8
    assert list(table(agenda, events.format("2025-09-09"))) == [
        "Monday 1 September 2025",
        "Tuesday 2 – Tuesday 9 September 2025",
    ]


@pytest.mark.parametrize(
    ("start", "end", "heading"),
    [
        ("2025-09-20", "2025-10-09", "Sunday 21 September – Thursday 9 October 2025"),
        ("2020-01-01", "9999-12-31", "Thursday 2 January 2020 – Friday 31 December 9999"),
    ],
)
def test_long_event_takes_two_headings(agenda: Agenda, start: str, end: str, heading: str) -> None:
    found = table(agenda, f'[[events]]\nid = "a"\ntitle = "A"\nstart = {start}\nend = {end}\n')
    assert list(found)[1:] == [heading]


def test_much_that_goes_on_is_told_in_number_but_never_left_out_where_nothing_else_tells_it(agenda: Agenda) -> None:
    data = "".join(
        f'[[events]]\nid = "e{number:02}"\ntitle = "E{number:02}"\nstart = 2025-09-01\nend = 2025-09-10\n'
        for number in range(30)
    )
    found = table(agenda, data, "--from", "2025-09-08")
    assert len(re.findall(r"\[e\d\d\]", "".join(found["Monday 8 September 2025"]))) == 30
    assert (len(found["Tuesday 9 September 2025"]), found["Tuesday 9 September 2025"][-1]) == (11, "also: 20 more")


def test_list_of_a_month_tells_what_goes_on_within_it(agenda: Agenda) -> None:
    data = '[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-09-29\nend = 2025-10-02\n'
    lines = agenda("month", "2025-10", "-d", "-", stdin=data).lines
    listed = lines[lines.index("Wednesday 1 October 2025") :]
    assert listed == [
        "Wednesday 1 October 2025",
        "  also: A, until 2 Oct  [a]",
        "",
        "Thursday 2 October 2025",
        "  also: A, until 2 Oct",
    ]


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 30)).map(
        lambda pair: Fixed(FIRST + timedelta(pair[0]), FIRST + timedelta(sum(pair)))
    ),
    max_size=14,
)
periods = st.tuples(st.none() | st.integers(0, 30), st.none() | st.integers(30, 60)).map(
    lambda pair: Period(*(None if day is None else FIRST + timedelta(day) for day in pair))
)


@given(spans, periods)
def test_every_day_that_an_event_touches_is_told_and_no_other(whens: list[Fixed], period: Period) -> None:
    found = [Occurrence(Event(id=f"{number}", title="T", when=when), when) for number, when in enumerate(whens)]
    asked_for = sorted((each for each in found if period.touches(*each.when.days)), key=lambda each: each.when.days[0])  # type: ignore[union-attr]
    told = list(group_by_day(asked_for, period))
    days = [day.first + timedelta(number) for day in told for number in range((day.last - day.first).days + 1)]
    touched = {
        first + timedelta(number)
        for first, last in (each.when.days for each in asked_for)  # type: ignore[union-attr]
        for number in range((last - first).days + 1)
        if period.touches(first + timedelta(number), first + timedelta(number))
    }
    assert days == sorted(touched)
    once = [each.event.id for day in told for each in (*day.begins, *(day.goes_on if day.introduces else ()))]
    assert sorted(once) == sorted(each.event.id for each in asked_for)
    for day in told:
        on = {each.event.id for each in asked_for if each.when.days[0] <= day.first and day.last <= each.when.days[1]}  # type: ignore[union-attr]
        assert len(day.begins) + len(day.goes_on) + day.more == len(on)
        assert {each.event.id for each in (*day.begins, *day.goes_on)} <= on


# --- Where ---

ROOMS = '[cities.Torino]\n[venues.v]\nname = "V"\ncity = "Torino"\n' + "".join(
    f'[[events]]\nid = "{room.lower()}"\ntitle = "T"\nvenue = "v"\nroom = "{room}"\nstart = 2025-09-29\n'
    for room in ("Red", "Blue")
)
PAINTED = re.compile("\x1b\\[38;5;([0-9]+)m([^\x1b]+)\x1b\\[0m")


def painted(agenda: Agenda, *options: str, stdin: str = "") -> dict[str, str]:
    """What has a colour in a list, and which."""
    env = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    run = agenda("list", "-f", "table", *options, stdin=stdin, env=env)
    return {text: colour for colour, text in PAINTED.findall(run.out)}


def test_city_that_was_asked_for_is_not_repeated(agenda: Agenda) -> None:
    rows = agenda("list", "-f", "table", "--city", "Tokyo", "--search", "medical japan").lines
    assert rows[1].split("  ")[1:3] == ["1–3 Oct", "Medical Japan"]


def test_event_that_is_in_other_cities_too_names_them_all(agenda: Agenda) -> None:
    out = agenda("list", "-f", "table", "--city", "Tokyo", "--search", "ceipiemonte teams").out
    assert "Osaka, Tokyo, Nagoya, Kobe [ceipiemonte-teams]" in out


def test_cities_are_told_where_two_were_asked_for(agenda: Agenda) -> None:
    painted_cities = painted(agenda, "--city", "Tokyo", "--city", "Kobe")
    assert {"Tokyo", "Kobe"} <= set(painted_cities)


def test_only_city_of_an_agenda_is_not_told_and_rooms_have_colours(agenda: Agenda) -> None:
    colours = painted(agenda, "-d", "-", stdin=ROOMS)
    assert "Torino" not in colours
    assert colours["Red"] != colours["Blue"]


def test_room_has_the_colour_that_it_has_in_the_whole_list(agenda: Agenda) -> None:
    third = '[[events]]\nid = "x"\ntitle = "X"\nvenue = "v"\nroom = "Green"\nstart = 2025-09-30\n'
    all_rooms = painted(agenda, "-d", "-", stdin=ROOMS + third)
    some = painted(agenda, "-d", "-", "--search", "green", "--search", "blue", stdin=ROOMS + third)
    assert {room: some[room] for room in ("Blue", "Green")} == {room: all_rooms[room] for room in ("Blue", "Green")}


def test_topics_are_told_in_colours_where_there_is_one_place(agenda: Agenda) -> None:
    data = "[cities.Torino]\n" + "".join(
        f'[[events]]\nid = "{topic}"\ntitle = "T"\ncity = "Torino"\ntopics = ["{topic}"]\nstart = 2025-09-29\n'
        for topic in ("music", "research")
    )
    colours = painted(agenda, "-d", "-", stdin=data)
    assert set(colours) == {"music", "research"}
    assert colours["music"] != colours["research"]


def test_event_without_a_city_has_the_others_tell_theirs(agenda: Agenda) -> None:
    data = f'{ROOMS}[[events]]\nid = "online"\ntitle = "Online"\nstart = 2025-09-29\n'
    assert "Torino" in painted(agenda, "-d", "-", stdin=data)


# --- Who ---

PEOPLE = """\
[[events]]
id = "a"
title = "A"
start = 2025-09-29
people = ["Clara Schumann", { name = "Yuko Hasegawa", role = "chair" }]
[[events]]
id = "b"
title = "B"
start = 2025-09-30
"""


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_people_are_told_on_each_row_if_asked_for(agenda: Agenda, columns: int) -> None:
    assert "with" not in str(table(agenda, PEOPLE, columns=columns))
    told = " ".join(table(agenda, PEOPLE, "--people", columns=columns)["Monday 29 September 2025"])
    assert "with Clara Schumann, Yuko Hasegawa" in told


def test_people_of_what_goes_on_are_told_where_it_has_no_row(agenda: Agenda) -> None:
    fair = f'{LONG}people = ["Clara Schumann"]\n'
    assert table(agenda, fair, "--people", "--on", "2025-10-01") == {
        "Wednesday 1 October 2025": ["also: Fair, until 1 Oct  [fair]  with Clara Schumann"]
    }


@pytest.mark.parametrize(
    ("options", "out"),
    [
        (["-f", "tsv"], "a\t2025-09-29\t2025-09-29\t-\tA\tClara Schumann, Yuko Hasegawa\n"),
        (["-f", "tsv", "--fields", "id"], "a\tClara Schumann, Yuko Hasegawa\n"),
        (["-f", "tsv", "--fields", "people,id"], "Clara Schumann, Yuko Hasegawa\ta\n"),
    ],
)
def test_people_are_a_field_in_a_pipe(agenda: Agenda, options: list[str], out: str) -> None:
    assert agenda("list", "-d", "-", "--people", "--search", "schumann", *options, stdin=PEOPLE).out == out


def test_people_are_in_json_anyway(agenda: Agenda) -> None:
    plain, asked_for = (agenda("list", "-d", "-", "-f", "json", *more, stdin=PEOPLE).out for more in ([], ["--people"]))
    assert plain == asked_for


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2025-09-20", "the programme has not begun: its events are of 24 Sep–4 Oct 2025, and begin in 4 days"),
        ("2025-09-23", "the programme has not begun: its events are of 24 Sep–4 Oct 2025, and begin tomorrow"),
        ("2025-10-05", "the programme is over: its events were of 24 Sep–4 Oct 2025, and ended yesterday"),
        ("2025-11-03", "the programme is over: its events were of 24 Sep–4 Oct 2025, and ended 30 days ago"),
    ],
)
def test_day_outside_the_programme_is_told_with_whether_that_is_over(agenda: Agenda, now: str, told: str) -> None:
    run = agenda("list", "oggi", "-v", env={"AGENDA_NOW": now})
    assert (run.code, run.out, run.err) == (0, "", f"agenda: no event matches\nagenda: {told}\n")


@pytest.mark.parametrize(
    "command", ["today", "next oggi", "count oggi", "timeline oggi", "day oggi", "export oggi", "show --on oggi"]
)
def test_every_command_says_that_the_programme_is_over(agenda: Agenda, command: str) -> None:
    run = agenda(*command.split(), "-v", env={"AGENDA_NOW": "2025-11-03"})
    assert "agenda: the programme is over: its events were of 24 Sep–4 Oct 2025, and ended 30 days ago\n" in run.err
