"""`agenda timeline`: events as bars over their days, in lanes."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
from conftest import ESCAPES, Run, Screen
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from agenda.limits import MAX_REDRAWN_BARS
from agenda.model import TBA, Between, City, Event, Fixed, Occurrence, Term
from agenda.model import Agenda as Programme
from agenda.query import Query, select
from agenda.reports.groups import Lane, LaneBy, make_lanes
from agenda.views.lanes_on_scales import place_on_scales
from agenda.views.scales import DayScale
from agenda.views.timeline import Timeline
from agenda.wording.english import ENGLISH

Agenda = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]

WIDTHS = [40, 60, 80, 120, 200]
CITIES = ["Osaka", "Tokyo", "Nagoya", "Kobe", "Kyoto"]
BARS = re.compile(r"\[?[▇░◀▶]+\]?")
COLOUR = re.compile("\x1b\\[[0-9;]*38;5;([0-9]+)m[▇░]")


def lane(lines: list[str], name: str, others: Sequence[str] = CITIES) -> list[str]:
    """The lines of that lane, which ends where one of the others begins; numbers of days are left out."""
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name} "))
    rest = lines[start + 1 :]
    end = next((number for number, line in enumerate(rest) if not line or line.split(" ")[0] in others), len(rest))
    return [line for line in rest[:end] if not re.match(r"\d+ +\d+ ", line)]


def words(lines: list[str]) -> list[str]:
    """The words in these lines, without bars and guides."""
    return re.sub("[▇░◀▶┊┌┐│]", " ", " ".join(lines)).split()


def bar_of(lines: list[str], title: str) -> tuple[int, int]:
    """From which column up to which one the bar goes that is in the line of the start of that title, or below it."""
    (start,) = [number for number, line in enumerate(lines) if title in line]
    bars = next(bars for line in lines[start:] if (bars := list(BARS.finditer(line))))
    return bars[0].start(), bars[-1].end()


def day_at(lines: list[str], column: int) -> str:
    """What the heading of the chart says of the day at that column, as in `Mon 29`."""
    starts = [match for match in re.finditer(r"\w+ \d+", lines[1]) if match.start() <= column]
    return starts[-1][0]


@pytest.mark.parametrize("columns", WIDTHS)
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, columns: int) -> None:
    assert max(map(cell_len, terminal("timeline", columns=columns).lines)) <= columns


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_title_is_there_in_whole_words(terminal: Terminal, agenda_once: Agenda, columns: int) -> None:
    shown = words(terminal("timeline", columns=columns).lines)
    titles = [event["title"] for event in json.loads(agenda_once("list", "--format", "json").out)]
    assert {word for title in titles for word in title.split()} - set(shown) == set()


@pytest.mark.parametrize("city", CITIES)
def test_lane_has_the_events_of_its_city(terminal: Terminal, agenda_once: Agenda, city: str) -> None:
    lines = lane(terminal("timeline", columns=200).lines, city)
    events = json.loads(agenda_once("list", "--city", city, "--format", "json").out)
    shown = " ".join(words(lines))
    assert [event["title"] for event in events if event["when"] != "tba" and event["title"] not in shown] == []


def test_lanes_are_in_the_order_of_the_file(terminal: Terminal) -> None:
    headed = [line.split(" ")[0] for line in terminal("timeline").lines if line.split(" ")[0] in CITIES]
    assert headed == CITIES


@pytest.mark.parametrize(
    ("city", "title", "first", "last"),
    [
        ("Tokyo", "Medical Japan", "Wed 1", "Fri 3"),
        ("Osaka", "Piemonte Week at Expo", "Sun 28", "Sat 4"),
        ("Osaka", "Life sciences round table", "Tue 30", "Tue 30"),
        ("Nagoya", "Opening of the 20th", "Wed 24", "Sat 27"),
    ],
)
def test_bar_is_over_the_days_of_its_event(terminal: Terminal, city: str, title: str, first: str, last: str) -> None:
    lines = terminal("timeline", columns=120).lines
    start, end = bar_of(lane(lines, city), title)
    assert (day_at(lines, start), day_at(lines, end - 1)) == (first, last)


def test_what_lies_between_two_days_is_hatched_and_that_is_explained(terminal: Terminal) -> None:
    lines = terminal("timeline", columns=200).lines
    hatched = [line for line in lane(lines, "Nagoya") if "░" in line]
    assert [any(word in line for word in ("20th", "Aeromart", "twinning", "Confindustria")) for line in hatched] == [
        True
    ] * 4
    assert "░░░ on some of these days; which is not known" in lines


def test_what_is_to_be_announced_is_listed_below(terminal: Terminal) -> None:
    below = terminal("timeline").seen.partition("To be announced")[2]
    assert ["[entrepreneur-meetings]" in below, "[university-meetings]" in below] == [True, True]


def test_bars_have_the_colours_of_their_cities(terminal: Terminal) -> None:
    raw = terminal("timeline", columns=200).raw.split("\r\n")
    colours = [{colour for line in lane_raw(raw, city) for colour in COLOUR.findall(line)} for city in CITIES]
    assert ([len(found) for found in colours], len(set.union(*colours))) == ([1] * 5, 5)


def lane_raw(raw: list[str], name: str) -> list[str]:
    """The lines of a lane with their colours."""
    plain = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in raw]
    start = next(number for number, line in enumerate(plain) if line.startswith(f"{name} "))
    return raw[start + 1 : start + 1 + len(lane(plain, name))]


@pytest.mark.parametrize("by", ["topic", "organizer"])
def test_other_lanes_name_the_cities(agenda_once: Agenda, by: str) -> None:
    run = agenda_once("timeline", "--by", by, "--search", "FBRI", env={"COLUMNS": "160"})
    assert "Innovation at Kobe (Kobe)" in run.out


def test_city_that_was_asked_for_is_not_named(agenda_once: Agenda) -> None:
    run = agenda_once("timeline", "--by", "topic", "--city", "Tokyo", env={"COLUMNS": "160"})
    assert ("(Tokyo" in run.out, "Medical Japan" in run.out) == (False, True)
    assert "Nagoya and Kobe (also Osaka, Nagoya, Kobe)" in run.out


def test_cities_are_named_where_several_were_asked_for(agenda_once: Agenda) -> None:
    run = agenda_once("timeline", "--by", "topic", "--city", "Tokyo", "--city", "Osaka", env={"COLUMNS": "160"})
    assert "Medical Japan (Tokyo)" in run.out


def test_event_of_several_topics_is_in_each_lane(agenda_once: Agenda) -> None:
    run = agenda_once("timeline", "--by", "topic", "--search", "aerei e droni")
    assert [line.split(" ─")[0] for line in run.lines if line[:1].isalpha()][2:] == [
        "aerospace",
        "research",
        "sustainability",
    ]


def test_lane_of_what_has_none_is_last(agenda_once: Agenda) -> None:
    run = agenda_once("timeline", "--by", "organizer", "--on", "2025-10-02")
    headed = [line.split(" ─")[0] for line in run.lines if line[:1].isalpha()]
    assert headed[-1] == "No organizer"


def test_bar_that_goes_on_past_the_days_asked_for_says_so(agenda_once: Agenda) -> None:
    run = agenda_once("timeline", "--on", "2025-09-30", "--city", "Nagoya", env={"COLUMNS": "100"})
    assert [line.split(" ")[0] for line in run.lines if "▶" in line] == [f"◀{'▇' * 21}▶", "◀░", f"◀{'░' * 21}▶"]


def test_today_is_marked_without_colour(agenda_once: Agenda) -> None:
    run = agenda_once("timeline", env={"AGENDA_NOW": "2025-09-30T09:00"})
    column = run.lines[1].index("Tue 30")
    assert run.lines[2] == f"{'':{column}}▲ today"


LONG = """
[[events]]
id = "rehearsal"
title = "Rehearsal"
city = "Torino"
start = 2026-02-02T18:00:00
repeat = "FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20260305"

[[events]]
id = "show"
title = "展覧会 in Lyon"
city = ["Torino", "Lyon"]
start = 2026-02-05
end = 2026-08-01
"""


def test_long_agenda_is_drawn_by_weeks(agenda: Agenda, file: File) -> None:
    run = agenda("timeline", "--data", file(LONG))
    assert [line.split("  ")[0] for line in run.lines if line.startswith("Mon ")] == [
        *("Mon 2", "Mon 9", "Mon 16", "Mon 23", "Mon 2"),
        "Mon 27",
    ]
    assert "20 weeks in which nothing begins or ends" in run.lines


def test_times_of_a_series_share_a_line(agenda: Agenda, file: File) -> None:
    first, *_ = [line for line in agenda("timeline", "--data", file(LONG)).lines if "Rehearsal" in line]
    assert first == "▇▇▇▇▇▇▇▇▇▇┊           ┊          ┊▇▇▇▇▇▇▇▇▇▇▇ 18:00 Rehearsal       ┊"


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_chart_without_colours_is_that_of_a_pipe(terminal: Terminal, agenda_once: Agenda, env: dict[str, str]) -> None:
    plain = terminal("timeline", "--quiet", env=env)
    assert (plain.lines, "38;5" in plain.raw) == (agenda_once("timeline").lines, False)


# --- Titles on bars, and beside them ---

ON_BARS = """
[[events]]
id = "fair"
title = "Fair"
city = "Torino"
start = 2026-03-02
end = 2026-03-04

[[events]]
id = "tour"
title = "Tour"
city = "Torino"
between = [2026-03-03, 2026-03-05]

[[events]]
id = "party"
title = "見本市 in two cities"
city = ["Torino", "Lyon"]
start = 2026-03-02
end = 2026-03-05
"""


def test_bar_with_a_title_is_one_without_colours(agenda: Agenda, file: File) -> None:
    lines = agenda("timeline", "--data", file(ON_BARS), env={"COLUMNS": "40"}).lines
    assert lane(lines, "Torino", ["Lyon"]) == [
        f"[ Fair {'▇' * 21}]┊",
        f"[ 見本市 in two cities {'▇' * 16}]",
        f"{' ' * 9}┊[░ Tour {'░' * 21}]",
    ]


def test_bar_that_goes_on_has_no_bracket_on_that_side(agenda: Agenda, file: File) -> None:
    run = agenda("timeline", "--on", "2026-03-03..2026-03-04", "--data", file(ON_BARS), env={"COLUMNS": "40"})
    assert [re.sub("[▇░]+", "", line) for line in lane(run.lines, "Torino", ["Lyon"])] == [
        "◀ Fair ]",
        "◀ 見本市 in two cities ▶",
        "[ Tour ▶",
    ]


def test_title_on_a_solid_bar_is_in_reverse(terminal: Terminal, file: File) -> None:
    raw = terminal("timeline", "--data", file(ON_BARS), columns=40).raw
    shown = {title: re.findall(rf"\x1b\[([0-9;]+)m[^\x1b]*{title}", raw)[0].split(";") for title in ("Fair", "Tour")}
    assert ["7" in shown["Fair"], "7" in shown["Tour"]] == [True, False]
    assert "[░ Tour" in ESCAPES.sub("", raw)


def test_title_on_a_bar_of_two_cities_has_both_colours(terminal: Terminal, file: File) -> None:
    raw = terminal("timeline", "--by", "topic", "--data", file(ON_BARS), columns=80).raw
    (line,) = [line for line in raw.split("\r\n") if "見本市" in line]
    reversed_in = [style for style in re.findall(r"\x1b\[([0-9;]+)m", line) if style.startswith("7;")]
    assert len(set(reversed_in)) == 1
    assert len(set(re.findall(r"38;5;(\d+)", line))) == 2


@pytest.mark.parametrize("columns", [60, 80, 120, 160])
@pytest.mark.parametrize("city", CITIES)
def test_titles_beside_bars_are_on_one_side_of_a_lane(terminal: Terminal, city: str, columns: int) -> None:
    sides = set()
    for line in lane(terminal("timeline", columns=columns).lines, city):
        if bars := list(BARS.finditer(line)):
            sides |= {"left"} if words([line[: bars[0].start()]]) else set()
            sides |= {"right"} if words([line[bars[-1].end() :]]) else set()
    assert len(sides) <= 1


@pytest.mark.parametrize("columns", WIDTHS)
def test_days_take_all_columns(terminal: Terminal, columns: int) -> None:
    lines = lane(terminal("timeline", columns=columns).lines, "Osaka")
    ends = [match.end() for line in lines for match in BARS.finditer(line)]
    assert max(ends) == columns


def test_title_above_its_bar_is_tied_to_it(agenda_once: Agenda) -> None:
    lines = lane(agenda_once("timeline", env={"COLUMNS": "80"}).lines, "Nagoya")
    assert lines[0].startswith("┌ Opening of the 20th anniversary of the Torino-Nagoya twinning ")
    assert lines[1].startswith("░░░░")


def test_chart_where_there_is_no_utf8_keeps_its_places(agenda_once: Agenda) -> None:
    ascii_only = agenda_once("timeline", env={"PYTHONIOENCODING": "ascii"}).lines
    drawn = agenda_once("timeline").lines
    assert [len(line) for line in ascii_only] == [cell_len(line) for line in drawn]
    assert next(line for line in ascii_only if "Medical Japan" in line).endswith("|[ Medical Japan ####]|")


def test_agenda_from_the_first_to_the_last_year_is_drawn(agenda: Agenda, file: File) -> None:
    path = file('events = [{ id = "ever", title = "Ever", start = 0001-01-01, end = 9999-12-31 }]')
    run = agenda("timeline", "--data", path)
    assert (run.code, run.out.count("Ever")) == (0, 2)


def test_nothing_to_draw_draws_nothing(agenda: Agenda, file: File) -> None:
    run = agenda("timeline", "--data", file("events = []"), "-v")
    assert (run.code, run.out, run.err) == (0, "", "agenda: the agenda has no events yet\n")


places = [City("東京", rank=0), City("Torino", rank=1)]
day = st.integers(0, 60).map(lambda number: date(2025, 9, 1) + timedelta(number))
whens = st.one_of(
    st.tuples(day, st.integers(0, 20)).map(lambda pair: Fixed(pair[0], pair[0] + timedelta(pair[1]))),
    st.tuples(day, st.integers(1, 20)).map(lambda pair: Between(pair[0], pair[0] + timedelta(pair[1]))),
    st.just(TBA),
)
titles = st.lists(st.sampled_from(["Città", "東京", "a", "meeting", "Übersee"]), min_size=1, max_size=12).map(" ".join)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(whens, titles, st.lists(st.sampled_from(places), unique=True)), max_size=8),
    st.integers(40, 130),
    st.sampled_from(get_args(LaneBy)),
)
def test_whatever_is_drawn_fits_and_is_whole(
    events: list[tuple[Fixed | Between, str, list[City]]], width: int, by: LaneBy
) -> None:
    given_events = (
        Event(id=f"e{number}", title=title, when=when, cities=tuple(cities), topics=(Term("x"),))
        for number, (when, title, cities) in enumerate(events)
    )
    query = Query(today=date(2025, 9, 9))
    found = select(Programme(events=tuple(given_events)), query)
    console = Console(width=width, color_system=None, legacy_windows=False)
    with console.capture() as capture:
        console.print(Timeline(found, make_lanes(found, by, query), query, by=by, words=ENGLISH))
    drawn = capture.get()
    assert max(map(cell_len, drawn.splitlines()), default=0) <= width
    assert {word for _, title, _ in events for word in title.split()} - set(words([drawn])) <= {"a"}


@pytest.mark.parametrize("columns", [1, 3, 7, 13, 20, 21])
@pytest.mark.parametrize("by", ["city", "organizer"])
def test_narrowest_terminal_is_no_bug(agenda_once: Agenda, columns: int, by: str) -> None:
    run = agenda_once("timeline", "--by", by, env={"COLUMNS": str(columns)})
    assert (run.code, run.err) == (0, "")


def test_what_lasts_for_years_is_drawn_again_up_to_a_number() -> None:
    day = date(2026, 1, 5)
    whens = [Fixed(day + timedelta(7 * number), day + timedelta(7 * number + 7_000)) for number in range(300)]
    occurrences = [Occurrence(Event(id=f"e{number}", title="A", when=when), when) for number, when in enumerate(whens)]
    mondays = [day + timedelta(7 * number) for number in range(300)]
    scales = [DayScale.within(monday, monday + timedelta(6), 80, words=ENGLISH) for monday in mondays]
    on_scales = list(place_on_scales([Lane(None, occurrences)], scales))
    drawn = [sum(len(event) for lane in each.lanes for event in lane.events) for each in on_scales]
    assert sum(drawn) == 300 + MAX_REDRAWN_BARS
    assert min(drawn) == 1
    assert [number + each.more for number, each in zip(drawn, on_scales, strict=True)] == list(range(1, 301))
