"""`agenda add`: what it takes for the keys of a new event, and what it says of what it cannot take."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run

Agenda = Callable[..., Run]
NOW = {"AGENDA_NOW": "2026-03-01T12:00:00+00:00"}
TOUR = """\
[agenda]
timezone = "UTC"

[[events]]
id = "fair"
title = "Fair"
start = 2026-05-02
"""
TALK = """
[[events]]
id = "talk"
title = "Talk"
start = 2026-05-03T10:00:00
end = 11:00:00
people = ["Ada"]
"""


@pytest.fixture
def tour(file: Callable[..., Path]) -> Path:
    """A file with one event."""
    return file(TOUR, "tour.toml")


def test_start_needs_a_day(agenda: Agenda, tour: Path) -> None:
    run = agenda("add", "New", "--start", "15:00", "--dry-run", "--data", tour, env=NOW)
    assert run.code == 2
    assert "start: 15:00 needs a day" in run.err


def test_event_says_when_it_was_added(agenda: Agenda, tour: Path) -> None:
    agenda("add", "New", "--data", tour, env=NOW)
    assert tour.read_text().endswith('title = "New"\nrevised = 2026-03-01T12:00:00Z\n')
    agenda("add", "Newer", "--keep-revised", "--data", tour, env=NOW)
    assert tour.read_text().endswith('title = "Newer"\n')


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--start", ""), "start is empty; give it a value, or leave it out"),
        (("--person", "=chair"), 'people: "=chair" has no name; write NAME=ROLE'),
        (("E", "--dry-run"), "`agenda add` takes one TITLE"),
    ],
)
def test_value_that_is_none_is_refused(agenda: Agenda, tour: Path, words: tuple[str, ...], said: str) -> None:
    run = agenda("add", "New", *words, "--data", tour, env=NOW)
    assert (run.code, tour.read_text()) == (2, TOUR)
    assert said in run.err


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("2 May 2026 3pm", "2026-05-02T15:00:00"),
        ("2 May 2026 9 a.m.", "2026-05-02T09:00:00"),
        ("2 May 2026, 12:30 AM", "2026-05-02T00:30:00"),
        ("2 May 2026 noon", "2026-05-02T12:00:00"),
        ("domani mezzanotte", "2026-03-02T00:00:00"),
        ("2 May 2026 19h", "2026-05-02T19:00:00"),
        ("2 May 2026 24:00", "2026-05-03T00:00:00"),
        ("12:00 2 May 2026", "2026-05-02T12:00:00"),
        ("noon on 2 May 2026", "2026-05-02T12:00:00"),
        ("tomorrow at 17.15", "2026-03-02T17:15:00"),
        ("domani alle 15", "2026-03-02T15:00:00"),
        ("domani ore 15", "2026-03-02T15:00:00"),
        ("alle ore 15 di domani", "2026-03-02T15:00:00"),
        ("2 May h 9", "2026-05-02T09:00:00"),
        ("2 May h14.30", "2026-05-02T14:30:00"),
        ("tomorrow at 3pm", "2026-03-02T15:00:00"),
        ("at 15 tomorrow", "2026-03-02T15:00:00"),
        ("domani à 15h", "2026-03-02T15:00:00"),
        ("domani um 15", "2026-03-02T15:00:00"),
        ("domenica 15:00", "2026-03-01T15:00:00"),
        ("2 May 2026 17:00+01:00", "2026-05-02T17:00:00+01:00"),
        ("2 May 2026 17:00Z", "2026-05-02T17:00:00Z"),
        ("2 May 2026", "2026-05-02"),
        ("2026-05-02T10:00", "2026-05-02T10:00:00"),
    ],
)
def test_start_is_typed_as_it_is_said(agenda: Agenda, tour: Path, typed: str, start: str) -> None:
    run = agenda("add", "New", "--start", typed, "--data", tour, env=NOW)
    assert (run.code, run.err) == (0, "")
    assert f"start = {start}\n" in tour.read_text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2 May 2026 12:00-13:00", "is a start and an end; give each by itself"),
        ("2-3 May 2026", "is several days; give the first and the last each by itself"),
        ("2 May 2026 13pm", "is no time of the day"),
        ("2 May 2026 25:00", "is no time of the day"),
        ("12h", '"12h" is not a day'),
        ("2 h", '"2 h" is not a day'),
        ("+2h", '"+2h" is not a day'),
        ("24:00", 'is on the next day; name that day as well, as in "2 Oct 0:00"'),
        ("9999-12-31 24:00", "is after the last day of the calendar, 9999-12-31"),
        ("10.05.26", "may be 10 May 2026 or 5 Oct 2026; write 2026-05-10 or 2026-10-05"),
        ("3 May 15", '"3 May 15" has a year of two digits'),
        ("tomorrow 15", '"tomorrow 15" ends in a number alone; write "2026-03-02 15:00"'),
        ("15", '"15" is a number alone; write 15:00, or a day with its month'),
        ("sat 9 h 12", '"sat 9" needs its month; write "Sat 9 May 2026" or 2026-05-09, with 12:00 after it'),
        ("next Friday at 9", "write 2026-03-06 or 2026-03-13, with 09:00 after it"),
        ("alle 21", 'write "1 Oct 21:00"'),
        ("stasera", '"stasera" names no hour; write it, as in "today 19:30"'),
        ("stasera alle 21", '"stasera" is no day; write "today 21:00"'),
        ("domani sera", "write 2026-03-02, with a time such as 19:30 after it"),
        ("domani sera alle 21", "write 2026-03-02, with 21:00 after it"),
        ("31 feb alle 9", '"31 feb" is no day of the calendar: February has 29 days'),
        ("domani dalle 9 alle 12", "is a start and an end; give each by itself"),
        ("2 May 2026 17:00+99:00", "has no offset that clocks have"),
    ],
)
def test_start_that_is_no_moment_is_refused(agenda: Agenda, tour: Path, typed: str, said: str) -> None:
    run = agenda("add", "New", "--start", typed, "--data", tour, env=NOW)
    assert (run.code, tour.read_text()) == (2, TOUR)
    assert said in run.err


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("30 June 9:00", "2026-06-30T09:00:00"),  # some weeks after all other events
        ("20 March", "2026-03-20"),  # some weeks before them
        ("1 September", "2026-09-01"),
    ],
)
def test_day_without_a_year_near_the_agenda_has_a_clear_one(agenda: Agenda, tour: Path, typed: str, start: str) -> None:
    """So that an agenda can be typed day by day."""
    run = agenda("add", "New", "--start", typed, "--data", tour, env=NOW)
    assert (run.code, run.err) == (0, "")
    assert f"start = {start}\n" in tour.read_text()


def test_first_day_of_an_agenda_has_the_year_in_which_it_comes_next(agenda: Agenda, file: Callable[..., Path]) -> None:
    file("", "events.toml")
    assert agenda("add", "New", "--start", "20 Feb alle 9", "-d", "events.toml", env=NOW).code == 2
    assert agenda("add", "New", "--start", "20 March alle 9", "-d", "events.toml", env=NOW).code == 0


@pytest.mark.parametrize(
    ("typed", "right"),
    [("1 Dec", "2026-12-01"), ("20 Feb", "2027-02-20")],
)
def test_day_far_from_the_agenda_or_over_needs_its_year(agenda: Agenda, tour: Path, typed: str, right: str) -> None:
    run = agenda("add", "New", "--start", typed, "--data", tour, env=NOW)
    assert run.code == 2
    assert run.err.endswith(f"; add the year, as in {right}\n")


def test_start_within_another_event_is_a_clash_though_its_end_is_not_known(
    agenda: Agenda, file: Callable[..., Path]
) -> None:
    file(TOUR + TALK, "tour.toml")
    run = agenda("add", "New", "--start", "3 May 10:30", "--person", "Ada", "-v", "-d", "tour.toml", env=NOW)
    assert "\"new\": it is at the same time as event 'talk' on 2026-05-03, and both need Ada" in run.err


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("ogni giorno", "write FREQ=DAILY"),
        ("every Monday", "write FREQ=WEEKLY;BYDAY=MO"),
        ("ogni mercoledì", "write FREQ=WEEKLY;BYDAY=WE"),
        ("mensile", "write FREQ=MONTHLY"),
        ("often", "write NAME=VALUE, separated by ;"),
    ],
)
def test_rule_in_words_is_answered_by_the_rule(agenda: Agenda, tour: Path, typed: str, right: str) -> None:
    run = agenda("add", "New", "--start", "3 May", "--repeat", typed, "--data", tour, env=NOW)
    assert run.code == 1
    assert run.err.endswith(f"is no part of a rule; {right}\n")


def test_days_to_others_count_all_times_of_a_series(agenda: Agenda, file: Callable[..., Path]) -> None:
    file(TOUR + 'repeat = "FREQ=WEEKLY;COUNT=6"\n', "tour.toml")  # up to 6 June
    run = agenda("add", "New", "--start", "10 June", "-v", "-d", "tour.toml", env=NOW)
    assert '"new": it is on Wednesday 2026-06-10, 4 days after all other events' in run.err


ROOMS = f"""\
{TOUR}
[venues.hall]
name = "The Hall"
rooms = ["Foyer", {{ name = "Sala Blu", aliases = ["Blu"] }}]

[people.Ada]
[topics.music]
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--venue", "hall", "--room", "Sala Verde"), "--declare adds it to rooms of [venues.hall]"),
        (("--venue", "hall", "--room", "Foyr"), 'no room of "hall" is called "Foyr"; did you mean "Foyer"?'),
        (("--room", "Foyr"), 'no room is called "Foyr"; did you mean "Foyer"? --declare takes it as it is'),
        (("--room", "Foyer"), '"Foyer" is a room of "hall"; name the venue as well (--venue hall, or in `agenda set`'),
        (("--person", "Zoe"), 'no person is called "Zoe"; --declare adds [people.Zoe] to the file'),
        (("--topic", "film"), 'no topic is called "film"; --declare adds [topics.film] to the file'),
    ],
)
def test_name_that_the_file_lacks_is_declared_on_demand(
    agenda: Agenda, tour: Path, words: tuple[str, ...], said: str
) -> None:
    tour.write_text(ROOMS)
    run = agenda("add", "New", *words, "--data", tour, env=NOW)
    assert (run.code, tour.read_text()) == (2, ROOMS)
    assert said in run.err
    assert agenda("add", "New", *words, "--declare", "--data", tour, env=NOW).code == 0
    changed = agenda("list", "--data", tour, "--format", "json", env=NOW)
    assert words[-1] in changed.out


def test_room_that_only_events_name_is_answered_by_its_venue(agenda: Agenda, tour: Path) -> None:
    tour.write_text(f'{TOUR}\n[[events]]\nid = "a"\ntitle = "A"\nvenue = "Old Hall"\nroom = "Foyer"\n')
    run = agenda("add", "New", "--room", "foyer", "--data", tour)
    assert (run.code, "name the venue as well (--venue 'Old Hall', or in" in run.err) == (2, True)
    assert agenda("add", "New", "--room", "foyer", "--venue", "Old Hall", "--data", tour).code == 0


@pytest.mark.parametrize("typed", ["Ada; Zoe", "Ada, Clara", r"Ada\;Clara"])
@pytest.mark.parametrize("declared", ["", "[people.Ada]\n[people.Clara]\n"])
def test_several_names_in_the_place_of_one_are_answered_by_how_they_are_given(
    agenda: Agenda, tour: Path, declared: str, typed: str
) -> None:
    tour.write_text(f'{TOUR}\n[[events]]\nid = "duo"\ntitle = "Duo"\npeople = ["Ada", "Clara"]\n{declared}')
    other = "Zoe" if "Zoe" in typed else "Clara"
    for run in (agenda("set", "duo", f"people={typed}", "-d", tour), agenda("add", "New", "-p", typed, "-d", tour)):
        assert (run.code, f"give each by itself: people=Ada people+={other}, or" in run.err) == (2, True)
    assert agenda("set", "duo", f"people={typed}", "--declare", "-d", tour).code == 0


def test_room_is_added_to_those_of_its_venue(agenda: Agenda, tour: Path) -> None:
    tour.write_text(ROOMS)
    added = ("--venue", "the hall", "--room", "Sala Verde", "--declare", "--keep-revised", "--data", tour)
    assert agenda("add", "New", *added, env=NOW).code == 0
    assert 'rooms = ["Foyer", { name = "Sala Blu", aliases = ["Blu"] }, "Sala Verde"]' in tour.read_text()
    assert 'venue = "hall"\nroom = "Sala Verde"' in tour.read_text()
    words = ("fair", "venue=hall", "room=Vault", "people=Zoe")
    assert "--declare adds [people.Zoe]" in agenda("set", *words, "--data", tour, env=NOW).err
    assert agenda("set", *words, "--declare", "--data", tour, env=NOW).code == 0
    assert '"Sala Verde", "Vault"]' in tour.read_text()
    assert "[people.Zoe]" in tour.read_text()


def test_events_without_a_day_are_in_nobodys_way(agenda: Agenda, tour: Path) -> None:
    tour.write_text(f'{TOUR}\n[[events]]\nid = "tour"\ntitle = "Tour"\nbetween = [2026-05-01, 2026-05-03]\n')
    agenda("add", "Later", "--start", "2026-05-03", "--data", tour, env=NOW)
    agenda("add", "Sooner", "--start", "2026-05-01", "--data", tour, env=NOW)
    ids = [line for line in tour.read_text().splitlines() if line.startswith("id = ")]
    assert ids == ['id = "sooner"', 'id = "fair"', 'id = "later"', 'id = "tour"']


def test_new_session_stands_among_those_of_its_day(agenda: Agenda, tmp_path: Path) -> None:
    path = tmp_path / "conference.toml"
    path.write_bytes((ROOT / "examples" / "conference.toml").read_bytes())
    agenda("add", "New", "--start", "9 Apr 2027 10:51", "--data", path, env=NOW)
    starts = [line for line in path.read_text().splitlines() if line.startswith("start = 2027-04-09T")]
    assert "start = 2027-04-09T10:51:00" in starts[1:-1]
    assert starts == sorted(starts)


def test_event_in_front_of_the_first_one_stands_above_its_comment(agenda: Agenda, tmp_path: Path) -> None:
    path = tmp_path / "tour.toml"
    event = '# not quite sure yet\n[[events]]\nid = "gala"\ntitle = "Gala"\nstart = 2026-05-02\n'
    path.write_text(f'[agenda]\ntitle = "Tour"\n\n{event}')
    assert agenda("add", "Tea", "--start", "2026-05-01", "--keep-revised", "--data", path).code == 0
    added = '[[events]]\nid = "tea"\ntitle = "Tea"\nstart = 2026-05-01\n'
    assert path.read_text() == f'[agenda]\ntitle = "Tour"\n\n{added}\n{event}'


@pytest.mark.parametrize(("between", "before"), [("", ""), ("\n", "\n")])
def test_declared_name_has_an_empty_line_before_it_where_others_have_one(
    agenda: Agenda, tmp_path: Path, between: str, before: str
) -> None:
    path = tmp_path / "tour.toml"
    cities = f"[cities.Torino]\n{between}[cities.Pavia]\n"
    path.write_text(cities)
    words = ("--city", "Asti", "--declare", "--keep-revised")
    assert agenda("add", "Tea", "--start", "2026-05-01", *words, "--data", path).code == 0
    assert path.read_text().startswith(f"{cities}{before}[cities.Asti]\n\n[[events]]\n")
