"""`agenda month`: the days of a month with what is on, and below them a list of it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import Run, Screen
from rich.console import Console

from agenda.agendafile.load import load
from agenda.dates import Period
from agenda.model import TBA, Agenda, City, Event, Fixed, Frequency, Occurrence, Rule, When
from agenda.query import NOT_CANCELLED, Query, select
from agenda.reports.months import choose_month
from agenda.views.month_grid import MonthGrid
from agenda.views.styles import city_marks
from agenda.wording.english import ENGLISH

Command = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]

NOW = {"AGENDA_NOW": "2025-09-29T09:30"}
AFTER = {"AGENDA_NOW": "2026-01-01T09:30"}
WEEKDAYS = re.compile(r"Mon? +\|?Tue? ")
WIDTHS = [40, 80, 120]
MARK = re.compile(r"~?(·|[^\W\d]+)\d+")
SKIPPED = re.compile(r"(\d+)(?:–(\d+))? \w{3}: ")
"""The start of a line in the place of weeks without events."""
OCTOBER = Period(date(2025, 10, 1), date(2025, 10, 31))


def grid(lines: list[str]) -> list[str]:
    """The lines of the grid, from the weekdays on."""
    (start,) = [number for number, line in enumerate(lines) if WEEKDAYS.match(line)]
    return lines[start : lines.index("", start)]


def below(lines: list[str]) -> list[str]:
    """What stands below the grid and its legend."""
    start = lines.index("")
    return lines[lines.index("", start + 1) + 1 :]


def cells(lines: list[str]) -> dict[int, list[str]]:
    """The marks of each day of the month; none of the days in weeks that are left out."""
    header, _, *rest = grid(lines)
    starts = [match.start() for match in re.finditer(r"\w+", header)]
    found: dict[int, list[str]] = {}
    week: list[list[str]] = [[] for _ in starts]
    for line in [*rest, "─"]:
        if skipped := SKIPPED.match(line):
            found |= {day: [] for day in range(int(skipped[1]), int(skipped[2] or skipped[1]) + 1)}
        elif line.startswith("─"):
            found |= {int(number.strip("[]")): marked for number, *marked in filter(None, week)}
            week = [[] for _ in starts]
        else:
            for place, start, end in zip(range(7), starts, [*starts[1:], None], strict=True):
                week[place] += [word for word in line[start:end].split() if not week[place] or MARK.fullmatch(word)]
    return found


# --- Which month ---


@pytest.mark.parametrize("typed", ["2025-10", "October", "oct", "ottobre", "October 2025", "ottobre 2025"])
def test_month_is_the_one_that_is_named(agenda_once: Command, typed: str) -> None:
    assert agenda_once("month", typed, env=NOW).lines[0] == "October 2025"


def test_what_is_no_month_is_a_usage_error(agenda_once: Command) -> None:
    told = agenda_once("month", "soon", env=NOW)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith('agenda: "soon" is no month, city or topic; ')


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2024-01-01T12:00", "September 2025"),
        ("2025-09-30T12:00", "September 2025"),
        ("2025-10-01T12:00", "October 2025"),
        ("2025-10-04T12:00", "October 2025"),
        ("2025-10-05T12:00", "October 2025"),
        ("2030-01-01T12:00", "October 2025"),
    ],
)
def test_month_is_that_of_the_next_event_or_else_the_last_one(agenda_once: Command, now: str, expected: str) -> None:
    assert agenda_once("month", env={"AGENDA_NOW": now}).lines[0] == expected


def test_remark_says_that_all_is_past(agenda_once: Command) -> None:
    assert "still to come" in agenda_once("month", "--verbose", env=AFTER).err
    assert "still to come" not in agenda_once("month", "--verbose", env=NOW).err


def test_month_without_any_date_is_this_one(agenda_once: Command) -> None:
    told = agenda_once("month", "--when", "tba", "--verbose", env=AFTER)
    assert (told.lines[0], "no event matches" in told.err) == ("January 2026", True)


def event(name: str, when: When, **more: object) -> Event:
    """An event of that name."""
    return Event(id=name, title=name, when=when, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("periods", "expected", "over"),
    [
        ((), date(2025, 9, 1), False),
        ((Period(date(2025, 11, 5), None),), date(2025, 11, 1), False),
        ((Period(None, date(2025, 8, 20)),), date(2025, 8, 1), True),
        ((Period(date(2025, 7, 1), date(2025, 7, 3)),), date(2025, 7, 1), True),
        ((Period(date(2026, 2, 1), None),), date(2026, 2, 1), False),
    ],
)
def test_chosen_month_is_within_the_days_that_are_wanted(
    periods: tuple[Period, ...], expected: date, over: bool
) -> None:
    agenda = Agenda(events=(event("long", Fixed(date(2025, 7, 1), date(2026, 1, 31))), event("tba", TBA)))
    chosen = choose_month(agenda, Query(periods=periods, today=date(2025, 9, 29)))
    assert (chosen.month.first, chosen.over) == (expected, over)


def test_endless_series_is_chosen_by_its_next_time() -> None:
    yearly = event("yearly", Fixed(date(2020, 5, 1)), repeat=Rule(frequency=Frequency.YEARLY))
    chosen = choose_month(Agenda(events=(yearly,)), Query(today=date(2025, 9, 29)))
    assert (chosen.month.first, chosen.over) == (date(2026, 5, 1), False)


# --- The grid ---


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_day_has_the_events_that_are_listed_on_it(terminal: Terminal, columns: int) -> None:
    agenda = load(None)
    shown = cells(terminal("month", "2025-10", columns=columns, env=NOW).lines)
    assert list(shown) == list(range(1, 32))
    signs = {"O": "Osaka", "T": "Tokyo", "N": "Nagoya", "Ko": "Kobe", "Ky": "Kyoto", "·": "no city"}
    for day, marked in shown.items():
        expected: dict[str, int] = {}
        on = Period(date(2025, 10, day), date(2025, 10, day))
        for found in select(agenda, Query(statuses=NOT_CANCELLED, periods=(on,))):
            for name in [city.name for city in found.event.cities] or ["no city"]:
                (sign,) = [sign for sign, city in signs.items() if city == name]
                mark = sign if isinstance(found.when, Fixed) else f"~{sign}"
                expected[mark] = expected.get(mark, 0) + 1
        assert {mark.rstrip("0123456789"): int(re.sub(r"\D", "", mark)) for mark in marked} == expected


def test_weeks_start_on_monday(agenda_once: Command) -> None:
    header, _, first, *_ = grid(agenda_once("month", "2025-10", env=NOW).lines)
    assert header.split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert first.index("1") == header.index("Wed")


def test_today_is_marked_without_colour(agenda_once: Command) -> None:
    assert re.findall(r"\[\d+\]", "\n".join(grid(agenda_once("month", env=NOW).lines))) == ["[29]"]


def test_days_with_events_are_bold(terminal: Terminal) -> None:
    raw = terminal("month", "2025-10", env=NOW).raw
    head = raw.partition("Wednesday 1 October")[0]
    assert re.findall(r"\x1b\[1m(\d+)\x1b", head) == ["1", "2", "3", "4"]


def test_marks_are_in_the_colours_of_their_cities(terminal: Terminal) -> None:
    raw = terminal("month", "2025-10", env=NOW).raw
    grid_of, _, listing = raw.partition("Wednesday 1 October")
    colours = {sign: re.findall(rf"\x1b\[([0-9;]+)m{sign}\d", grid_of) for sign in ("O", "T", "Ko")}
    for sign, name in (("O", "Osaka"), ("T", "Tokyo"), ("Ko", "Kobe")):
        assert set(colours[sign]) == set(re.findall(rf"\x1b\[([0-9;]+)m{name}\x1b", listing)) - {"2"}


def test_legend_tells_the_marks_that_are_there(agenda_once: Command) -> None:
    lines = agenda_once("month", env=NOW).lines
    assert lines[lines.index("") + 1] == "O Osaka  T Tokyo  N Nagoya  Ko Kobe  ~ perhaps on that day"


def test_what_has_no_city_has_a_mark(file: File, agenda: Command) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-10-31')
    lines = agenda("month", "--data", path, env=NOW).lines
    assert cells(lines)[31] == ["·1"]
    assert lines[lines.index("") + 1] == "· no city"


def test_only_chosen_cities_are_told(agenda_once: Command) -> None:
    shown = cells(agenda_once("month", "2025-10", "--city", "Kobe", "--city", "Kyoto", env=NOW).lines)
    assert {mark for marked in shown.values() for mark in marked} == {"Ko1", "~Ky1"}


def test_series_counts_on_each_of_its_days(file: File, agenda: Command) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-10-01\nrepeat = "FREQ=WEEKLY"')
    shown = cells(agenda("month", "2025-11", "--data", path, env=NOW).lines)
    assert [day for day, marked in shown.items() if marked] == [5, 12, 19, 26]


@pytest.mark.parametrize("columns", [20, 27, 40, 41, 80, 120])
def test_month_fits_the_terminal(terminal: Terminal, columns: int) -> None:
    screen = terminal("month", "--quiet", columns=columns, env=NOW)
    assert screen.code == 0
    assert max(map(len, screen.lines)) <= columns


def test_narrow_days_tell_whether_anything_is_on_and_the_heading_tells_today(terminal: Terminal) -> None:
    assert terminal("month", "2025-09", "--quiet", columns=20, env=NOW).lines[:13] == [
        *("September 2025", "(today is Mon 29)", "Mo Tu We Th Fr Sa Su", "─" * 20, "1–21 Sep: nothing", "─" * 20),
        *("22 23 24 25 26 27 28", "      ~  ~  ~  ~  •~", "─" * 20, "29 30", "•~ •~", "", "• Events"),
    ]


def test_wide_characters_stay_in_their_cells(file: File, agenda: Command) -> None:
    names = ["大阪", "東京", "名古屋"]
    start = "start = 2025-10-01\nend = 2025-10-31"
    path = file("\n".join(f'[[events]]\nid = "e{n}"\ntitle = "T"\ncity = "{c}"\n{start}' for n, c in enumerate(names)))
    lines = agenda("month", "--data", path, env=NOW | {"COLUMNS": "40"}).lines
    assert lines[4:7] == [f"{' ' * 10}{'  '.join([mark] * 5)}" for mark in ("大1", "東1", "名1")]


@pytest.mark.parametrize("month", ["0001-01", "9999-12"])
def test_first_and_last_month_of_the_calendar_are_drawn(file: File, agenda: Command, month: str) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nstart = 0001-01-01\nend = 9999-12-31')
    told = agenda("month", month, "--data", path, env=NOW)
    assert list(cells(told.lines).values()) == [["·1"]] * 31


def test_grid_is_of_plain_characters_where_there_are_no_others(agenda_once: Command) -> None:
    told = agenda_once("month", "2025-10", env=NOW | {"PYTHONIOENCODING": "ascii"})
    assert told.raw.isascii()
    assert "?" not in "".join(grid(told.lines))


def test_month_in_a_pipe_is_plain(agenda_once: Command, terminal: Terminal) -> None:
    told = agenda_once("month", env=NOW)
    assert "\x1b" not in told.out
    assert told.lines == terminal("month", env=NOW | {"NO_COLOR": "1"}, columns=80).lines[: len(told.lines)]


# --- Weeks without events ---


@pytest.mark.parametrize(
    ("now", "told"),
    [("2025-09-10T12:00", " (today is Wed 10)"), ("2025-08-31T12:00", ""), ("2025-09-30T12:00", "")],
)
def test_weeks_without_events_are_one_line_which_tells_today(agenda_once: Command, now: str, told: str) -> None:
    lines = grid(agenda_once("month", "2025-09", env={"AGENDA_NOW": now}).lines)
    assert lines[2:5] == [f"1–21 Sep: nothing{told}", lines[1], lines[4]]
    assert lines[4].split()[:2] == ["22", "23"]


def test_weeks_that_are_not_asked_for_are_told_from_those_without_events(agenda_once: Command) -> None:
    lines = agenda_once("month", "2025-10", "--from", "2025-10-04", "--to", "2025-10-14", env=NOW).lines
    assert [line for line in lines if SKIPPED.match(line)] == ["6–19 Oct: nothing", "20–31 Oct: not asked for"]


def test_weeks_are_left_out_between_others(file: File, agenda: Command) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-10-01\nrepeat = "FREQ=WEEKLY;INTERVAL=2"')
    lines = agenda("month", "2025-10", "--data", path, env=NOW).lines
    assert [line for line in lines if SKIPPED.match(line)] == ["6–12 Oct: nothing", "20–26 Oct: nothing"]


# --- Titles ---


@pytest.mark.parametrize(
    ("columns", "title"),
    [(80, None), (96, None), (97, "Medical Japan"), (160, "Medical Japan")],
)
def test_titles_stand_where_a_day_is_wide_enough(agenda_once: Command, columns: int, title: str | None) -> None:
    lines = grid(agenda_once("month", "2025-10", "--topic", "life sciences", env=NOW | {"COLUMNS": str(columns)}).lines)
    assert [title] * ("Medical Japan" in "\n".join(lines)) == [title] * (title is not None)


TITLED = """
[[events]]
id = "a"
title = "A week that began before"
start = 2025-09-29
end = 2025-10-03

[[events]]
id = "b"
title = "Is it on?"
between = [2025-10-01, 2025-10-02]

[[events]]
id = "c"
title = "人工知能と社会を考える"
start = 2025-10-01T10:00:00
status = "cancelled"

[[events]]
id = "d"
title = "Word, and more"
start = 2025-10-01T11:00:00
status = "tentative"
"""


def titles(lines: list[str], weekday: str) -> list[str]:
    """What stands below the marks of that day, in the first week that is drawn."""
    header, _, *rest = grid(lines)
    start = header.index(weekday)
    cut = [line[start : start + 13].strip() for line in rest if not line.startswith("─")]
    return [text for text in cut if text and not text.isdigit() and not all(map(MARK.fullmatch, text.split()))]


def test_title_is_short_and_tells_what_is_not_sure(file: File, agenda: Command) -> None:
    every = [option for status in ("confirmed", "tentative", "cancelled") for option in ("--status", status)]
    told = agenda("month", "2025-10", *every, "--data", file(TITLED), env=NOW | {"COLUMNS": "100"})
    assert titles(told.lines, "Wed")[:4] == ["×人工知能と…", "?Word, and m…", "~Is it on?", "A week that…"]
    assert "· no city  ~ perhaps on that day  × cancelled  ? tentative" in told.lines


def test_event_has_its_title_on_the_first_of_its_days_alone(file: File, agenda: Command) -> None:
    told = agenda("month", "2025-10", "--data", file(TITLED), env=NOW | {"COLUMNS": "100"})
    assert titles(told.lines, "Thu") == []


def test_titles_of_a_full_day_are_counted(file: File, agenda: Command) -> None:
    path = file("\n".join(f'[[events]]\nid = "e{n}"\ntitle = "T{n}"\nstart = 2025-10-01' for n in range(9)))
    told = agenda("month", "2025-10", "--data", path, env=NOW | {"COLUMNS": "100"})
    lines = [line.strip() for line in grid(told.lines)]
    assert lines[3:11] == ["·9", "T0", "T1", "T2", "T3", "T4", "T5", "+3 more"]


# --- Below the grid ---


def test_events_of_the_month_are_listed_as_list_lists_them(agenda_once: Command) -> None:
    listed = agenda_once("list", "--on", "2025-10", "--format", "table", env=NOW)
    assert below(agenda_once("month", "2025-10", env=NOW).lines) == listed.lines


def test_options_and_the_month_combine_with_and(agenda_once: Command) -> None:
    options = ("--city", "Tokyo", "--from", "2025-10-02")
    listed = agenda_once("list", *options, "--to", "2025-10-31", "--format", "tsv", env=NOW)
    told = "\n".join(below(agenda_once("month", "2025-10", *options, env=NOW).lines))
    assert set(re.findall(r"\[([a-z-]+)\]", told)) == {line.split("\t")[0] for line in listed.lines}


def test_events_are_listed_from_the_first_day_that_is_wanted(agenda_once: Command) -> None:
    options = ("--from", "2025-09-29", "--city", "Kobe")
    listed = agenda_once("list", *options, "--to", "2025-09-30", "--format", "table", env=NOW)
    assert below(agenda_once("month", "2025-09", *options, env=NOW).lines) == listed.lines


def test_month_without_events_says_so(agenda_once: Command) -> None:
    told = agenda_once("month", "2031-01", "--verbose", env=NOW)
    assert (told.code, "no event matches" in told.err) == (0, True)
    assert (told.lines[0], told.lines[-1]) == ("January 2031", "1–31 Jan: nothing")


def test_remark_tells_how_many_have_no_date(agenda_once: Command) -> None:
    assert "agenda: 2 events have no date yet\n" in agenda_once("month", "--verbose", env=NOW).err


# --- Marks ---


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Osaka", "Tokyo", "Nagoya", "Kobe", "Kyoto"], ["O", "T", "N", "Ko", "Ky"]),
        (["Rome", "Rome East"], ["Rome", "RomeE"]),
        (["San Fernando", "San Francisco"], ["SanFe", "SanFr"]),
        (["osaka", "Ōita"], ["os", "Ōi"]),
        (["大阪", "大分", "神戸"], ["大阪", "大分", "神"]),
        (["Kobe"], ["K"]),
    ],
)
def test_mark_is_the_shortest_start_that_no_other_name_has(names: list[str], expected: list[str]) -> None:
    cities = [City(name, rank=rank) for rank, name in enumerate(names)]
    assert [city_marks(cities)[city] for city in cities] == expected


def test_number_is_told_from_a_name_that_ends_in_one() -> None:
    cities = [City(name, rank=rank) for rank, name in enumerate(("Zone 1", "Zone 12"))]
    when = Fixed(date(2025, 10, 1))
    console = Console(width=80)
    shown = [Occurrence(event("a", when, cities=(cities[0],)), when)]
    query = Query(periods=(OCTOBER,), today=date(2025, 9, 29))
    with console.capture() as caught:
        console.print(MonthGrid(shown, OCTOBER, query, cities, words=ENGLISH))
    assert "Zone1:1" in caught.get()


def test_only_the_days_that_are_asked_for_are_marked(agenda_once: Command) -> None:
    grid = agenda_once("month", "2025-10", "--on", "2025-10-02").out.partition("\nO Osaka")[0]
    assert re.findall(r"O\d", grid) == ["O4", "O2"]
