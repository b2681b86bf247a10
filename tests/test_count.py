"""`agenda count`: as many events as `agenda list` lists, by what they have."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from conftest import Run, Screen
from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile.load import load
from agenda.dates import Period
from agenda.errors import ExcessError
from agenda.model import TBA, Agenda, Between, Certainty, City, Event, Fixed, Frequency, Rule, Status
from agenda.query import Query, select
from agenda.reports.groups import CountBy, Grouping, count_events, select_for_count

Command = Callable[..., Run]
Terminal = Callable[..., Screen]
File = Callable[[str], Path]

BAR = "▇"
SHIPPED = load(None)

days = st.dates(date(2025, 9, 1), date(2025, 10, 15))


def numbers(agenda: Agenda, wanted: Query, by: CountBy) -> dict[str | None, int]:
    """Each value with its number; fails where one is told twice."""
    counts = list(count_events(select_for_count(agenda, wanted, by).occurrences, by, wanted))
    found = {one.name: one.events for one in counts}
    assert len(found) == len(counts)
    return found


def listed(agenda_once: Command, *options: str) -> list[dict[str, Any]]:
    """What `agenda list` lists with these options."""
    found: list[dict[str, Any]] = json.loads(agenda_once("list", *options, "--format", "json").out)
    return found


# --- What is counted ---


@pytest.mark.parametrize(("words", "told"), [("month", True), ("mese", True), ("city month", False), ("Osaka", False)])
def test_word_for_the_days_of_now_is_told_not_to_be_a_grouping(agenda_once: Command, words: str, told: bool) -> None:
    run = agenda_once("count", *words.split(), "--verbose", env={"AGENDA_NOW": "2025-09-28T08:00"})
    assert ("chooses the days of this one; --by day counts the events of each day" in run.err) is told


def test_values_are_told_with_their_numbers_the_largest_first(agenda_once: Command) -> None:
    assert agenda_once("count", "--by", "city").lines == [
        "Osaka\t18",
        "Tokyo\t8",
        "Nagoya\t5",
        "Kobe\t2",
        "Kyoto\t1",
        "-\t1",
    ]


def test_equal_numbers_are_in_the_order_of_the_names(file: File, agenda: Command) -> None:
    names = ["beta", "Alpha", "Émile", "delta"]
    path = file("\n".join(f'[[events]]\nid = "e{n}"\ntitle = "T"\nkind = "{kind}"' for n, kind in enumerate(names)))
    assert agenda("count", "--by", "kind", "--data", path).lines == ["Alpha\t1", "beta\t1", "delta\t1", "Émile\t1"]


@pytest.mark.parametrize(
    ("by", "values"),
    [
        ("city", lambda event: event["city"]),
        ("topic", lambda event: event["topics"]),
        ("organizer", lambda event: event["organizers"]),
        ("person", lambda event: [person["name"] for person in event["people"]]),
        ("kind", lambda event: [event["kind"]]),
        ("venue", lambda event: [event["venue"] and event["venue"]["name"]]),
        ("room", lambda event: [event["room"]]),
        ("status", lambda event: [event["status"]]),
        ("when", lambda event: [event["when"]]),
    ],
)
def test_number_of_a_value_is_that_of_the_listed_events_that_have_it(
    agenda_once: Command, by: str, values: Callable[[dict[str, Any]], list[str | None]]
) -> None:
    expected = Counter(value for event in listed(agenda_once) for value in values(event) or [None])
    told = json.loads(agenda_once("count", "--by", by, "--format", "json").out)
    assert {one[by]: one["events"] for one in told} == expected


@pytest.mark.parametrize(
    ("by", "option", "value"),
    [
        ("city", "--city", "Tokyo"),
        ("topic", "--topic", "life sciences"),
        ("kind", "--kind", "ceremony"),
        ("status", "--status", "confirmed"),
        ("when", "--when", "between"),
        ("day", "--on", "2025-10-02"),
    ],
)
def test_number_of_a_value_is_that_of_the_events_that_its_option_lists(
    agenda_once: Command, by: str, option: str, value: str
) -> None:
    told = dict(line.split("\t") for line in agenda_once("count", "--by", by).lines)
    assert int(told[value]) == len(listed(agenda_once, option, value))


@pytest.mark.parametrize(
    ("by", "values", "wanted"),
    [
        (Grouping.CITY, SHIPPED.cities, lambda name: Query(cities=frozenset({name}))),
        (Grouping.TOPIC, SHIPPED.topics, lambda name: Query(topics=frozenset({name}))),
        (Grouping.KIND, SHIPPED.kinds, lambda name: Query(kinds=frozenset({name}))),
    ],
)
def test_number_of_every_value_is_that_of_the_events_that_are_wanted_by_it(
    by: CountBy, values: Any, wanted: Callable[[str], Query]
) -> None:
    told = numbers(SHIPPED, Query(), by)
    assert {value.name: told.get(value.name, 0) for value in values} == {
        value.name: len(select(SHIPPED, wanted(value.name))) for value in values
    }


def test_statuses_are_in_the_order_of_how_sure_they_are(file: File, agenda: Command) -> None:
    statuses = ["cancelled", "tentative", "cancelled", "confirmed"]
    path = file("\n".join(f'[[events]]\nid = "e{n}"\ntitle = "T"\nstatus = "{one}"' for n, one in enumerate(statuses)))
    every = [part for one in set(statuses) for part in ("--status", one)]
    told = agenda("count", "--by", "status", "--data", path, *every)
    assert told.lines == ["confirmed\t1", "tentative\t1", "cancelled\t2"]


def test_cancelled_events_are_left_out_with_a_remark(file: File, agenda: Command) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nstatus = "cancelled"')
    told = agenda("count", "--by", "status", "--data", path, "--verbose")
    assert (told.lines, "1 cancelled event was left out" in told.err) == ([], True)


def test_only_chosen_cities_are_told(agenda_once: Command) -> None:
    told = agenda_once("count", "--by", "city", "--city", "kobe", "--city", "Kyoto")
    assert told.lines == ["Kobe\t2", "Kyoto\t1"]


def test_what_is_chosen_by_something_else_is_told_with_all_its_cities(agenda_once: Command) -> None:
    events = listed(agenda_once, "--topic", "research")
    told = agenda_once("count", "--by", "city", "--topic", "research", "--format", "json")
    assert {one["city"] for one in json.loads(told.out)} == {city for event in events for city in event["city"]}


def test_nothing_found_is_no_rows_and_a_remark(agenda_once: Command) -> None:
    told = agenda_once("count", "--by", "city", "--on", "2025-09-26", "--city", "Kyoto", "--verbose")
    assert (told.code, told.out, told.err) == (0, "", "agenda: no event matches\n")


SERIES = """
[[events]]
id = "class"
title = "Class"
city = "Torino"
start = 2025-09-01
repeat = "FREQ=DAILY;COUNT=3"
"""


def test_series_is_one_event(file: File, agenda: Command) -> None:
    assert agenda("count", "--by", "city", "--data", file(SERIES)).lines == ["Torino\t1"]


def test_series_counts_on_each_of_its_days(file: File, agenda: Command) -> None:
    told = agenda("count", "--by", "day", "--data", file(SERIES))
    assert told.lines == ["2025-09-01\t1", "2025-09-02\t1", "2025-09-03\t1"]


# --- Days ---


def test_days_are_in_the_order_of_the_calendar_and_those_to_be_announced_last(agenda_once: Command) -> None:
    told = [line.split("\t")[0] for line in agenda_once("count", "--by", "day").lines]
    assert told == [*sorted(told[:-1]), "tba"]


def test_days_are_those_of_the_period_that_is_wanted(agenda_once: Command) -> None:
    told = agenda_once("count", "--by", "day", "--from", "2025-09-30", "--to", "2025-10-01")
    assert [line.split("\t")[0] for line in told.lines] == ["2025-09-30", "2025-10-01"]


whens = (
    st.just(TBA)
    | st.builds(lambda day, more: Fixed(day, day + timedelta(more)), days, st.integers(0, 9))
    | st.builds(lambda day, more: Between(day, day + timedelta(more)), days, st.integers(1, 9))
)
repeats = st.none() | st.builds(
    lambda interval, times: Rule(frequency=Frequency.DAILY, interval=interval, count=times),
    st.integers(1, 4),
    st.integers(1, 5),
)
agendas = st.lists(st.tuples(whens, repeats), max_size=8).map(
    lambda drawn: Agenda(
        events=tuple(
            Event(id=f"e{number}", title="T", when=when, repeat=repeat if isinstance(when, Fixed) else None)
            for number, (when, repeat) in enumerate(drawn)
        )
    )
)


@pytest.mark.slow
@given(agendas, st.none() | days, st.none() | days)
def test_number_of_a_day_is_that_of_the_events_on_it(agenda: Agenda, since: date | None, until: date | None) -> None:
    wanted = Query(periods=(Period(since, until),) if since or until else ())
    told = numbers(agenda, wanted, Grouping.DAY)
    first, last = since or date(2025, 8, 1), until or date(2025, 12, 31)
    every = [first + timedelta(number) for number in range((last - first).days + 1)]
    on = {day.isoformat(): len(select(agenda, Query(periods=(Period(day, day),)))) for day in every}
    unknown = 0 if wanted.periods else sum(event.when == TBA for event in agenda.events)
    expected = on | {None: unknown}
    assert told == {day: events for day, events in expected.items() if events}


def test_event_as_long_as_the_calendar_is_counted_where_few_days_of_it_are_asked_for() -> None:
    agenda = Agenda(events=(Event(id="ever", title="Ever", when=Fixed(date.min, date.max)),))
    wanted = Query(periods=(Period(date(2025, 9, 1), date(2025, 9, 2)),))
    assert numbers(agenda, wanted, Grouping.DAY) == {"2025-09-01": 1, "2025-09-02": 1}
    with pytest.raises(ExcessError, match="on more than 36,525 days; choose fewer events or days"):
        numbers(agenda, Query(), Grouping.DAY)


def test_too_many_days_are_refused_with_an_option_that_chooses_fewer(agenda: Callable[..., Run]) -> None:
    ever = '[[events]]\nid = "ever"\ntitle = "Ever"\nstart = 0001-01-01\nend = 9999-12-31\n'
    run = agenda("count", "--by", "day", "-d", "-", stdin=ever)
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "agenda: these events are on more than 36,525 days; choose fewer events or days, as by --on 2025-10\n"
    )


def test_last_day_of_the_calendar_is_counted() -> None:
    agenda = Agenda(events=(Event(id="end", title="End", when=Fixed(date.max)),))
    assert numbers(agenda, Query(), Grouping.DAY) == {"9999-12-31": 1}


def test_city_named_twice_counts_once() -> None:
    city = City("Torino")
    agenda = Agenda(events=(Event(id="a", title="A", when=TBA, cities=(city, city)),))
    assert numbers(agenda, Query(), Grouping.CITY) == {"Torino": 1}


def test_enums_are_told_as_they_are_typed() -> None:
    assert set(numbers(SHIPPED, Query(), Grouping.WHEN)) <= set(Certainty)
    assert set(numbers(SHIPPED, Query(), Grouping.STATUS)) <= set(Status)


# --- Formats ---


def test_json_names_the_value_by_what_it_is(agenda_once: Command) -> None:
    told = json.loads(agenda_once("count", "--by", "city", "--format", "json").out)
    assert (told[0], told[-1]) == ({"city": "Osaka", "events": 18}, {"city": None, "events": 1})


def test_json_lines_have_an_object_each(agenda_once: Command) -> None:
    told = agenda_once("count", "--by", "day", "--format", "jsonl")
    assert json.loads(told.lines[-1]) == {"day": None, "events": 2}


def test_csv_has_a_header(agenda_once: Command) -> None:
    told = agenda_once("count", "--by", "city", "--format", "csv")
    assert told.lines[:2] + told.lines[-1:] == ["city,events", "Osaka,18", ",1"]


def test_markdown_is_a_table(agenda_once: Command) -> None:
    told = agenda_once("count", "--by", "when", "--format", "markdown")
    assert told.lines[:3] == ["| when | events |", "| --- | --- |", "| fixed | 18 |"]


def test_day_that_is_not_known_is_tba(agenda_once: Command) -> None:
    assert agenda_once("count", "--by", "day").lines[-1] == "tba\t2"


def test_count_without_by_is_by_city(agenda_once: Command) -> None:
    assert agenda_once("count").out == agenda_once("count", "--by", "city").out


def test_unknown_by_lists_what_there_is(agenda_once: Command) -> None:
    told = agenda_once("count", "--by", "weather")
    assert (told.code, all(by in told.err for by in get_args(CountBy))) == (2, True)


# --- On a terminal ---


def test_bars_are_as_long_as_their_numbers_say(terminal: Terminal) -> None:
    _, *rows = terminal("count", "--by", "city").lines
    told = {row.split(BAR)[0].split()[-1]: row.count(BAR) for row in rows}
    assert {length / int(number) for number, length in told.items()} == {3}


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
@pytest.mark.parametrize("by", ["city", "day", "venue"])
def test_chart_fits_the_terminal(terminal: Terminal, columns: int, by: str) -> None:
    screen = terminal("count", "--by", by, columns=columns)
    assert screen.code == 0
    assert max(map(len, screen.lines)) <= columns


def test_names_go_before_bars_on_a_narrow_terminal(terminal: Terminal) -> None:
    lines = terminal("count", "--by", "kind", columns=20).lines
    assert lines[:2] == ["Kind        Events", "ceremony         5"]


def test_long_name_is_wrapped_between_words(terminal: Terminal) -> None:
    seen = terminal("count", "--by", "venue", columns=40).lines
    names = " ".join(line[:20].strip() for line in seen)
    assert "Foundation for Biomedical Research and Innovation at Kobe (FBRI)" in names


def test_each_city_has_its_colour(terminal: Terminal) -> None:
    _, *rows = terminal("count", "--by", "city").raw.splitlines()
    colours = [row.partition(BAR)[0].rpartition("\x1b")[2] for row in rows]
    assert len(set(colours)) == len(rows)


def test_chart_without_colours_says_the_same(terminal: Terminal) -> None:
    plain = terminal("count", "--by", "city", env={"NO_COLOR": "1"})
    assert plain.lines == terminal("count", "--by", "city").lines
    assert "38;5" not in plain.raw


def test_bars_are_of_plain_characters_where_there_are_no_others(agenda_once: Command) -> None:
    env = {"PYTHONIOENCODING": "ascii"}
    told = agenda_once("count", "--by", "city", "--format", "table", env=env)
    assert told.lines[1] == f"Osaka        18  {'#' * 54}"


def test_what_is_lacking_is_told_in_words(terminal: Terminal) -> None:
    assert terminal("count", "--by", "city").lines[-1].startswith("no city")
    assert terminal("count", "--by", "day").lines[-2].startswith("no date yet")


def test_what_is_only_perhaps_on_a_day_is_hatched(terminal: Terminal) -> None:
    lines = terminal("count", "--by", "day").lines
    bars = {line[4:10]: line.split()[-1] for line in lines[1:-2]}
    assert (set(bars["24 Sep"]), set(bars["29 Sep"]), bars["29 Sep"].count("▇")) == ({"░"}, {"▇", "░"}, 25)
    assert lines[-1] == "░░░ perhaps on that day"


def test_long_chart_is_one_chart(file: File, agenda: Command) -> None:
    path = file('events = [{ id = "a", title = "A", between = [2020-01-01, 2025-12-31] }]')
    lines = agenda("count", "--by", "day", "--format", "table", "--data", path).lines
    assert (len(lines), lines.count(lines[0]), lines.count("░░░ perhaps on that day")) == (1 + 2192 + 1, 1, 1)


def test_numbers_beside_wide_characters_line_up(file: File, agenda: Command) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nkind = "展示会"\n[[events]]\nid = "b"\ntitle = "B"\nkind = "fair"')
    _, *rows = agenda("count", "--by", "kind", "--format", "table", "--data", path).lines
    assert [row.partition("1")[0] for row in rows] == [f"fair{' ' * 9}", f"展示会{' ' * 7}"]


def test_controls_in_names_reach_no_terminal(file: File, agenda: Command) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\norganizers = ["\\u001b[31mRed[/]"]')
    told = agenda("count", "--by", "organizer", "--format", "table", "--data", path)
    assert "␛[31mRed[/]" in told.out


def test_chart_of_many_days_is_drawn_in_pieces(file: File, agenda: Command) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\nstart = 2020-01-01\nend = 2024-12-31')
    told = agenda("count", "--by", "day", "--format", "table", "--data", path)
    assert len(told.lines) == 1 + (date(2024, 12, 31) - date(2020, 1, 1)).days + 1


def test_venues_of_one_name_are_told_apart(agenda: Command, file: File) -> None:
    venues = "".join(f'[venues.{city.lower()}]\nname = "Town hall"\ncity = "{city}"\n' for city in ("Torino", "Lyon"))
    events = "".join(f'[[events]]\nid = "{venue}"\ntitle = "T"\nvenue = "{venue}"\n' for venue in ("torino", "lyon"))
    told = agenda("count", "--by", "venue", "--data", file(venues + events))
    assert told.lines == ["Town hall, Lyon\t1", "Town hall, Torino\t1"]


@pytest.mark.parametrize(
    ("word", "grouping"),
    [("persona", "person"), ("città", "city"), ("tema", "topic"), ("sala", "room"), ("tipo", "kind")],
)
def test_italian_word_for_a_grouping_is_answered_by_it(
    agenda_once: Callable[..., Run], word: str, grouping: str
) -> None:
    run = agenda_once("count", word)
    assert (run.code, f"did you mean --by {grouping}?" in run.err) == (2, True)
