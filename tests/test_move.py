"""`agenda move`: when events are afterwards, how long they last, and what is said where that cannot be."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

from agenda.typed_days.moments import MOMENT_FORMS

Agenda = Callable[..., Run]
NOW = {"AGENDA_NOW": "2027-03-01T12:00:00+00:00"}
TOUR = """\
[agenda]
timezone = "Europe/Rome"

[[events]]
id = "talk"
title = "Talk"
start = 2027-04-09T10:00:00+02:00
end = 2027-04-09T11:30:00+02:00

[[events]]
id = "night"
title = "Night"
start = 2027-04-09T23:00:00+02:00
end = 23:30:00

[[events]]
id = "fair"
title = "Fair"
start = 2027-04-09
end = 2027-04-11

[[events]]
id = "day"
title = "Day"
start = 2027-04-09
end = 2027-04-09

[[events]]
id = "yoga"
title = "Yoga"
start = 2027-04-08T08:30:00
repeat = "FREQ=DAILY;UNTIL=20270410"
except = [2027-04-09]
"""


@pytest.fixture
def tour(file: Callable[..., Path]) -> Path:
    """A file of events in which a move has to mind something."""
    return file(TOUR, "tour.toml")


@pytest.fixture
def move(change: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Move events; gives the lines that are new in the file."""

    def run(*words: str, stdin: str = "") -> list[str]:
        lines = change("move", *words, "--keep-revised", stdin=stdin, now=NOW["AGENDA_NOW"])
        return [line[1:] for line in lines if line.startswith("+")]

    return run


@pytest.mark.parametrize(
    ("event_id", "told"),
    [
        ("talk", "`agenda set talk start=` takes the date away"),
        ("yoga", "`agenda set yoga start= repeat= except=` takes the date away"),
        ("finale", '"finale" is to be announced already'),
    ],
)
def test_event_that_is_to_be_announced_again_is_told_how(agenda: Agenda, tour: Path, event_id: str, told: str) -> None:
    tour.write_text(f'{TOUR}\n[[events]]\nid = "finale"\ntitle = "Finale"\n')
    run = agenda("move", event_id, "TBA", "--data", tour)
    assert (run.code, f'"TBA" is no time; {told}' in run.err) == (2, True)
    if "`" in told:
        assert agenda(*told.split("`")[1].split()[1:], "--data", tour).code == 0
        assert event_id in agenda("list", "--when", "tba", "--data", tour).out


@pytest.mark.parametrize("typed", ["mar 15", "Mar 15 9:00"])
def test_day_that_may_be_of_march_or_a_tuesday_is_refused(agenda: Agenda, tour: Path, typed: str) -> None:
    run = agenda("move", "fair", typed, "--data", tour, env=NOW)
    assert run.code == 2
    assert 'may be 15 March or Tuesday 15; write "15 March", or the day with its month' in run.err
    assert tour.read_text() == TOUR


def test_forms_that_are_offered_are_those_of_one_time(agenda: Agenda, tour: Path) -> None:
    run = agenda("move", "talk", "xyz", "--data", tour)
    assert f'"xyz" is not a day; write it as {MOMENT_FORMS}' in run.err


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (("talk", "9 Dec 2027 12:00"), ["start = 2027-12-09T12:00:00+01:00", "end = 2027-12-09T13:30:00+01:00"]),
        (("talk", "2027-12-09"), ["start = 2027-12-09T10:00:00+01:00", "end = 2027-12-09T11:30:00+01:00"]),
        (("talk", "12:00"), ["start = 2027-04-09T12:00:00+02:00", "end = 2027-04-09T13:30:00+02:00"]),
        (("talk", "--by", "244d"), ["start = 2027-12-09T10:00:00+01:00", "end = 2027-12-09T11:30:00+01:00"]),
        (("talk", "30 Oct 2027 23:30"), ["start = 2027-10-30T23:30:00+02:00", "end = 2027-10-31T01:00:00+02:00"]),
        (("night", "10 Dec 2027 20:00"), ["start = 2027-12-10T20:00:00+01:00", "end = 20:30:00"]),
        (("night", "23:45"), ["start = 2027-04-09T23:45:00+02:00", "end = 2027-04-10T00:15:00+02:00"]),
        (("day", "10 Apr 2027 12:00"), ["start = 2027-04-10T12:00:00"]),
        (("fair", "2027-04-10"), ["start = 2027-04-10", "end = 2027-04-12"]),
    ],
)
def test_event_moves_by_its_own_clocks_and_lasts_as_long(
    move: Callable[..., list[str]], words: tuple[str, ...], lines: list[str]
) -> None:
    assert move(*words) == lines


def test_rule_and_days_without_the_event_move_with_a_series(move: Callable[..., list[str]]) -> None:
    assert move("yoga", "--by", "1d", "--quiet") == [
        "start = 2027-04-09T08:30:00",
        'repeat = "FREQ=DAILY;UNTIL=20270411"',
        "except = [2027-04-10]",
    ]


def test_days_that_get_a_time_need_an_end(agenda: Agenda, tour: Path) -> None:
    run = agenda("move", "fair", "9 Apr 2027 10:00", "--data", tour, env=NOW)
    assert (run.code, tour.read_text()) == (2, TOUR)
    assert '"fair" is of several days, from 2027-04-09 to 2027-04-11; name its end as well' in run.err


def test_events_of_a_list_move_to_a_day_each_at_its_time(move: Callable[..., list[str]]) -> None:
    lines = move("-", "2027-04-12", stdin="talk\nday\n")
    assert [line for line in lines if line.startswith("start")] == [
        "start = 2027-04-12T10:00:00+02:00",
        "start = 2027-04-12",
    ]


def test_events_of_a_list_do_not_move_to_one_time(agenda: Agenda, tour: Path) -> None:
    run = agenda("move", "-", "12:00", "--data", tour, stdin="talk\nday\n", env=NOW)
    assert (run.code, "each at its time, or by the same time" in run.err) == (2, True)


def test_list_without_events_moves_nothing(agenda: Agenda, tour: Path) -> None:
    for words in (["--by", "15m"], ["2027-04-12"]):
        run = agenda("move", "-", *words, "--data", tour, "--verbose", env=NOW)
        assert (run.code, tour.read_text()) == (0, TOUR)
        assert "standard input names no event" in run.err


@pytest.mark.parametrize("words", [("talk", "--by", "0m"), ("talk", "10:00"), ("yoga", "8 Apr 2027 08:30")])
def test_move_to_where_it_is_changes_nothing(agenda: Agenda, tour: Path, words: tuple[str, ...]) -> None:
    run = agenda("move", *words, "--data", tour, "--verbose", env=NOW)
    assert (run.code, tour.read_text(), "nothing changed" in run.err) == (0, TOUR, True)
    assert "nothing changed" in agenda("move", *words, "--data", tour, "--dry-run", "--verbose", env=NOW).err


@pytest.mark.parametrize("length", ["30m", "+30m", "30 min", "19h", "1h30"])
def test_length_of_time_in_the_place_of_a_time_is_told(agenda: Agenda, tour: Path, length: str) -> None:
    run = agenda("move", "talk", length, "--data", tour, env=NOW)
    if length == "1h30":  # half past one, as in many countries
        assert run.code == 0
    else:
        assert f'"{length}" is a length of time; did you mean --by {length}?' in run.err


@pytest.mark.parametrize("length", ["30min", "30 minutes", "0h30m", "+30mins"])
def test_length_of_time_is_typed_as_people_do(move: Callable[..., list[str]], length: str) -> None:
    assert move("talk", "--by", length)[0] == "start = 2027-04-09T10:30:00+02:00"


@pytest.mark.parametrize(
    ("length", "start"),
    [("100000d", "start = 2301-01-23T10:00:00+01:00"), ("-0100000h", "start = 2015-11-11T18:00:00+01:00")],
)
def test_length_may_have_any_number_of_digits(move: Callable[..., list[str]], length: str, start: str) -> None:
    assert move("talk", f"--by={length}")[0] == start


@pytest.mark.parametrize("length", ["3652059d", "87649393h", "-99999999999d", "9" * 20 + "h", "9" * 5_000 + "m"])
def test_length_beyond_the_calendar_is_refused_with_the_most(agenda: Agenda, tour: Path, length: str) -> None:
    run = agenda("move", "talk", f"--by={length}", "--data", tour)
    assert (run.code, run.out, tour.read_text()) == (2, "", TOUR)
    assert "is longer than the calendar, which has the years 1 to 9999; write 3652058d at most" in run.err


def test_series_that_moves_is_told(agenda: Agenda, tour: Path) -> None:
    run = agenda("move", "yoga", "--by", "10m", "--data", tour, env=NOW)
    assert run.err == 'agenda: "yoga": all 2 times of the series move together\n'


@pytest.mark.parametrize(("command", "what"), [("cancel", "are cancelled"), ("remove", "are removed")])
def test_series_all_of_which_is_gone_is_told_even_into_a_pipe(
    agenda: Agenda, tour: Path, command: str, what: str
) -> None:
    """A list has each time by itself, so that one of them may have been meant."""
    listed = agenda("list", "--on", "2027-04-08", "--data", tour).out
    assert "yoga" in listed
    for options, times in (([], 1), (["--quiet"], 0)):
        tour.write_text(TOUR)
        run = agenda(command, "-", "--data", tour, *options, stdin=listed, env=NOW)
        assert (
            run.err.count(
                f"all 2 times of the series {what}; `agenda set yoga except+=2027-04-08` would take out one alone"
            )
            == times
        )


def test_endless_series_that_is_cancelled_is_told(agenda: Agenda, tour: Path) -> None:
    tour.write_text(re.sub(r"repeat = .*", 'repeat = "FREQ=DAILY"', TOUR))
    run = agenda("cancel", "yoga", "--data", tour, env={"AGENDA_NOW": "2027-06-01"})
    assert (
        '"yoga": all times of the series are cancelled; `agenda set yoga except+=2027-06-01` would take out one alone'
        in run.err
    )


# --- Several cities ---


CITIES = """
[cities.Roma]
timezone = "Europe/Rome"
[cities.Lyon]
timezone = "Europe/Paris"
[cities.Tunis]
timezone = "Africa/Tunis"
[[events]]
id = "link"
title = "Link"
city = ["Roma", "{}"]
start = {}
"""


@pytest.mark.parametrize("other", ["Lyon", "Tunis"])
def test_local_time_in_cities_whose_clocks_agree_needs_no_offset(agenda: Agenda, tour: Path, other: str) -> None:
    tour.write_text(CITIES.format(other, "2027-01-10"))
    run = agenda("move", "link", "12 Jan 17:00", "--data", tour, env=NOW)
    assert (run.code, run.err) == (0, "")
    assert "start = 2027-01-12T17:00:00\n" in tour.read_text()


def test_local_time_in_cities_whose_clocks_do_not_agree_then_needs_its_offset(agenda: Agenda, tour: Path) -> None:
    """In Tunis there is no summer time; the advice can be typed as it is."""
    tour.write_text(CITIES.format("Tunis", "2027-07-10"))
    run = agenda("move", "link", "12 Jul 17:00", "--data", tour, env=NOW)
    assert (run.code, "its cities are in different time zones; add the offset" in run.err) == (1, True)
    assert agenda("move", "link", "12 Jul 17:00+01:00", "--data", tour, env=NOW).code == 0
    assert "start = 2027-07-12T17:00:00+01:00\n" in tour.read_text()


@pytest.mark.parametrize(
    ("first", "other", "code"), [("Roma", "Lyon", 0), ("Roma", "Tunis", 1), ("Athens", "Haifa", 1)]
)
def test_series_needs_clocks_that_agree_the_whole_year(
    agenda: Agenda, tour: Path, first: str, other: str, code: int
) -> None:
    """Summer time begins two days earlier in Haifa than in Athens."""
    more = '[cities.Athens]\ntimezone = "Europe/Athens"\n[cities.Haifa]\ntimezone = "Asia/Jerusalem"\n'
    tour.write_text(more + CITIES.format(other, "2027-01-10T10:00:00").replace('["Roma"', f'["{first}"'))
    assert agenda("set", "link", "repeat=FREQ=WEEKLY;COUNT=40", "--data", tour, env=NOW).code == code


def test_end_needs_clocks_that_agree_then(agenda: Agenda, tour: Path) -> None:
    tour.write_text(CITIES.format("Tunis", "2027-03-27T10:00:00"))
    run = agenda("set", "link", "end=2027-03-29T10:00:00", "--data", tour, env=NOW)
    assert (run.code, "its cities are in different time zones" in run.err) == (1, True)


# --- What calendars go by ---


def test_change_is_later_than_the_last_one_whatever_the_clock_says(agenda: Agenda, tour: Path) -> None:
    tour.write_text(TOUR.replace('"Europe/Rome"', '"Europe/Rome"\nrevised = 2027-05-01T10:00:30+02:00'))
    agenda("move", "day", "2027-04-10", "--data", tour, env=NOW)
    assert "revised = 2027-05-01T10:01:00+02:00" in tour.read_text()
    agenda("move", "day", "2027-04-11", "--data", tour, env=NOW)
    assert "revised = 2027-05-01T10:02:00+02:00" in tour.read_text()


# --- What is worth a remark ---


def test_clash_that_a_change_makes_is_told(agenda: Agenda, tour: Path) -> None:
    both = TOUR.replace('"Night"', '"Night"\npeople = ["Ada"]').replace(
        '"Yoga"', '"Yoga"\nend = 09:00:00\npeople = ["Ada"]'
    )
    tour.write_text(both)
    run = agenda("move", "yoga", "9 Apr 2027 23:00", "--data", tour, "--verbose", env=NOW)
    assert "\"yoga\": it is at the same time as event 'night' on 2027-04-09, and both need Ada" in run.err


def test_day_far_from_all_others_is_told(agenda: Agenda, tour: Path) -> None:
    run = agenda("move", "talk", "Monday", "--data", tour, "--verbose", env=NOW)
    assert '"talk": it is on Monday 2027-03-01, 38 days before all other events' in run.err


LAST_YEAR = """\
[[events]]
id = "fair"
title = "Fair"
start = 2026-05-01
end = 2026-05-09
repeat = "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260601"
except = [2026-05-15]

[[events]]
id = "talk"
title = "Talk"
start = 2026-05-01T10:00:00+09:00
end = 2026-05-01T20:00:00+09:00

[[events]]
id = "eve"
title = "Eve"
between = [9980-01-01, 9980-01-02]
"""


@pytest.mark.parametrize(
    "words", [["fair", "9999-12-30"], ["fair", "9999-12-05"], ["talk", "9999-12-31 20:00"], ["eve", "--by=9000d"]]
)
def test_event_stays_within_the_calendar(agenda: Agenda, file: Callable[..., Path], words: list[str]) -> None:
    path = file(LAST_YEAR)
    run = agenda("move", *words, "--data", path)
    assert (run.code, path.read_text()) == (2, LAST_YEAR)
    assert run.err == f'agenda: "{words[0]}" would leave the calendar, which has the years 1 to 9999\n'


def test_last_day_of_a_rule_has_a_year_of_four_digits(agenda: Agenda, file: Callable[..., Path]) -> None:
    path = file(LAST_YEAR)
    assert agenda("move", "fair", "0900-05-01", "--data", path).code == 0
    assert "UNTIL=09000601" in path.read_text()
