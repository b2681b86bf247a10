"""Commands that change the file: what they write, what they leave as it was, and what they refuse."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from conftest import SHIPPED, Run, differing_lines, environment

Agenda = Callable[..., Run]
NOW = "2026-03-01T12:00:00+00:00"
REVISED = "revised = 2026-03-01T12:00:00Z"
TOUR = """\
[agenda]
title = "Tour"
timezone = "UTC"

[cities.Torino]
aliases = ["Turin"]
[cities.Pavia]

[venues.hall]
name = "The Hall"
city = "Torino"
rooms = ["Sala Blu", { name = "Foyer", shared = true }]

[topics.music]

[[events]]
id = "opening"
title = "Opening"  # the first one
city = "Torino"
start = 2026-05-01T19:30:00
end = 21:00:00
topics = ["music"]

# not quite sure yet
[[events]]
id = "dinner"
title = "Dinner"
venue = "hall"
room = "Sala Blu"
between = [2026-05-02, 2026-05-04]
people = ["Ada", { name = "Bo", role = "chair" }]

[[events]]
id = "night"
title = "Night"
city = "Pavia"
start = 2026-05-03T22:00:00
end = 2026-05-04T02:00:00
"""


@pytest.fixture
def tour(file: Callable[..., Path]) -> Path:
    """A file of three events in a folder of its own."""
    return file(TOUR, "tour.toml")


def refused(run: Run) -> str:
    """What a command that is refused says."""
    assert (run.code, run.out) == (2, "")
    return run.err


# --- add ---


def test_event_is_added_with_every_key_and_its_id_is_printed(agenda: Agenda, tour: Path) -> None:
    options = {
        "start": "1 May 2026 22:00", "end": "23:00", "date-note": "or so", "venue": "hall", "room": "foyer",
        "kind": "party", "topic": "MUSIC", "organizer": "Us", "person": "Cy=dj", "description": "Fun",
        "url": "https://x.example/", "status": "Tentative", "visibility": "internal", "busy": "no", "uid": "u-1",
        "repeat": "FREQ=DAILY;COUNT=3", "except": "2026-05-02",
    }  # fmt: skip
    words = [word for key, value in options.items() for word in (f"--{key}", value)]
    run = agenda("add", "After party", *words, "--data", tour, env={"AGENDA_NOW": NOW})
    assert (run.code, run.out, run.err) == (0, "after-party\n", "")
    assert differing_lines(TOUR, tour.read_text()) == [
        '+id = "after-party"', '+title = "After party"', '+room = "Foyer"', "+start = 2026-05-01T22:00:00",
        "+end = 23:00:00", '+date_note = "or so"', '+repeat = "FREQ=DAILY;COUNT=3"', "+except = [2026-05-02]",
        '+kind = "party"', '+organizers = ["Us"]', '+people = [{ name = "Cy", role = "dj" }]',
        '+description = "Fun"', '+url = "https://x.example/"', '+status = "tentative"', '+visibility = "internal"',
        "+busy = false", f"+{REVISED}", '+uid = "u-1"',
    ]  # fmt: skip


def order(tour: Path) -> list[str]:
    return [line.partition('"')[2].rstrip('"') for line in tour.read_text().splitlines() if line.startswith("id = ")]


@pytest.mark.parametrize(
    ("start", "place"),
    [(None, 3), ("2026-04-01", 0), ("2026-05-01", 0), ("2026-05-02 10:00", 2), ("2026-06-01", 3)],
)
def test_event_stands_where_its_date_would_have_it(
    change: Callable[..., list[str]], tour: Path, start: str | None, place: int
) -> None:
    change("add", "New", *(["--start", start] if start else []))
    assert order(tour).index("new") == place


def test_event_stands_at_the_end_where_the_others_are_in_no_order(change: Callable[..., list[str]], tour: Path) -> None:
    change("move", "opening", "2026-06-01 10:00")
    change("add", "New", "--start", "2026-05-01")
    assert order(tour)[-1] == "new"


def test_id_is_made_of_the_title_or_named(agenda: Agenda, tour: Path) -> None:
    assert agenda("add", "Opening!", "--data", tour).out == "opening-2\n"
    assert agenda("add", "開会", "--id", "kaikai", "--data", tour).out == "kaikai\n"
    assert "name one by --id" in refused(agenda("add", "開会", "--data", tour))
    assert "is taken" in refused(agenda("add", "X", "--id", "opening", "--data", tour))


def test_name_that_a_closed_vocabulary_lacks_is_declared_on_demand(
    agenda: Agenda, change: Callable[..., list[str]], tour: Path
) -> None:
    run = agenda("add", "New", "--topic", "film", "--data", tour)
    assert "--declare adds [topics.film] to the file" in refused(run)
    assert differing_lines(TOUR, tour.read_text()) == []
    added = change("add", "New", "--topic", "film", "--city", "Como", "--declare")
    assert {"+[topics.film]", "+[cities.Como]"} <= set(added)


def test_day_that_is_none_is_refused_with_the_key(agenda: Agenda, tour: Path) -> None:
    assert refused(agenda("add", "New", "--start", "soon", "--data", tour)).startswith('agenda: start: "soon"')


# --- set ---


def test_keys_are_set_and_taken_away(change: Callable[..., list[str]]) -> None:
    assert change("set", "opening", 'title=The "Opening"', "end=", "kind=party") == [
        '-title = "Opening"  # the first one',
        "-end = 21:00:00",
        '+title = "The \\"Opening\\""  # the first one',
        '+kind = "party"',
        f"+{REVISED}",
    ]


def test_role_is_given_to_somebody_who_is_there(change: Callable[..., list[str]]) -> None:
    lines = change("set", "dinner", "people+=ada=host", "people+=Bo", "--keep-revised")
    assert lines[1] == '+people = [{ name = "Ada", role = "host" }, { name = "Bo", role = "chair" }]'


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (("opening", "start=20:00"), ["+start = 2026-05-01T20:00:00"]),
        (("opening", "date-note=or so"), ['+date_note = "or so"']),
        (("opening", "start="), ["-start = 2026-05-01T19:30:00", "-end = 21:00:00"]),
        (("opening", "revised=now"), [f"+{REVISED}"]),
        (("dinner", "venue=the hall"), []),
    ],
)
def test_key_is_set_as_people_type_it(
    change: Callable[..., list[str]], words: tuple[str, ...], lines: list[str]
) -> None:
    changed = change("set", *words, *([] if "revised=now" in words else ["--keep-revised"]))
    assert [line for line in changed if line in lines] == lines


def test_end_that_is_left_behind_is_told_with_what_moves_it(agenda: Agenda, tour: Path) -> None:
    run = agenda("set", "night", "start=2026-06-01 10:00", "--data", tour)
    assert (run.code, "`agenda move` keeps how long an event lasts" in run.err) == (1, True)


def test_other_identity_in_calendars_is_told(agenda: Agenda, tour: Path) -> None:
    run = agenda("set", "night", "uid=other", "--data", tour, "--verbose")
    assert "calendars will treat it as another event" in run.err


@pytest.mark.parametrize("name", ["TORINO", "turin"])
def test_city_that_an_event_has_already_is_not_added(change: Callable[..., list[str]], name: str) -> None:
    assert change("set", "opening", f"city+={name}") == []


def test_role_is_given_to_somebody_who_is_called_by_an_alias(agenda: Agenda, tour: Path) -> None:
    tour.write_text(f'{TOUR}people = ["Ada"]\n\n[people.Ada]\naliases = ["Countess"]\n[people.Bo]\n')
    assert agenda("set", "night", "people+=countess=guest", "--data", tour).code == 0
    assert 'people = [{ name = "Ada", role = "guest" }]' in tour.read_text()


def test_items_are_added_to_lists_and_taken_out(change: Callable[..., list[str]]) -> None:
    assert change("set", "dinner", "people-=Ada", "people+=Cy=guest", "topics+=music", "topics+=MUSIC") == [
        '-people = ["Ada", { name = "Bo", role = "chair" }]',
        '+people = [{ name = "Bo", role = "chair" }, { name = "Cy", role = "guest" }]',
        f"+{REVISED}",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["opening", "titel=X"], "did you mean 'title'"),
        (["opening", "id=x"], "never changed"),
        (["opening", "title+=x"], "title holds no list"),
        (["opening", "topics-=film"], "does not hold"),
        (["openin", "title=X"], "did you mean"),
        (["opening"], "say what changes"),
        (["title=X"], "name at least one ID"),
        (["opening", "busy=perhaps"], "neither true nor false"),
        (["night", "revised=then"], "is not a day"),
        (["dinner", "start=11:00"], "start: 11:00 needs a day"),
    ],
)
def test_change_that_makes_no_sense_is_refused(agenda: Agenda, tour: Path, words: list[str], said: str) -> None:
    assert said in refused(agenda("set", *words, "--data", tour)).replace('"', "'")
    assert tour.read_text() == TOUR


def test_spreadsheet_with_ids_changes_the_events(change: Callable[..., list[str]], tmp_path: Path) -> None:
    edits = "\ufeffid,title,topics,end\r\nopening,Opening,music,\r\n\r\nnight,Notte,,2026-05-04 03:00\r\n"
    (tmp_path / "edits.csv").write_text(edits, newline="", encoding="utf-8")
    assert change("set", "--from", str(tmp_path / "edits.csv")) == [
        "-end = 21:00:00",
        '-title = "Night"',
        "-end = 2026-05-04T02:00:00",
        f"+{REVISED}",
        '+title = "Notte"',
        "+end = 2026-05-04T03:00:00",
        f"+{REVISED}",
    ]


@pytest.mark.parametrize("table", ["title\nX\n", "id,title\nopening,A\nopening,B\n", "id,titlle\nopening,A\n"])
def test_spreadsheet_that_is_not_clear_is_refused(agenda: Agenda, tour: Path, tmp_path: Path, table: str) -> None:
    (tmp_path / "edits.csv").write_text(table)
    refused(agenda("set", "--from", "edits.csv", "--data", tour))
    assert tour.read_text() == TOUR


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('id,title\nopening,"A', "edits.csv:2:9: the quotation mark"),
        ("", "edits.csv:1:1: this file is empty"),
    ],
)
def test_spreadsheet_that_is_damaged_is_no_table(
    agenda: Agenda, tour: Path, tmp_path: Path, table: str, told: str
) -> None:
    (tmp_path / "edits.csv").write_text(table)
    run = agenda("set", "--from", "edits.csv", "--data", tour)
    assert (run.code, tour.read_text()) == (1, TOUR)
    assert run.err.startswith(told)


def test_list_in_a_cell_has_semicolons(change: Callable[..., list[str]], tmp_path: Path) -> None:
    (tmp_path / "edits.csv").write_text("id,people\nopening,Ada; Cy=dj\n")
    assert '+people = ["Ada", { name = "Cy", role = "dj" }]' in change("set", "--from", str(tmp_path / "edits.csv"))


def test_keys_that_are_new_stand_in_the_usual_order(change: Callable[..., list[str]], tour: Path) -> None:
    change("add", "New", "--start", "2026-06-01 10:00", "--keep-revised")
    change("set", "new", "people=Ada", "kind=party", "end=11:00", "--keep-revised")
    assert tour.read_text().endswith('10:00:00\nend = 11:00:00\nkind = "party"\npeople = ["Ada"]\n')


# --- move ---


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["opening", "2 May 2026 20:00"], ["+start = 2026-05-02T20:00:00", "+end = 21:30:00"]),
        (["opening", "2026-05-02"], ["+start = 2026-05-02T19:30:00"]),
        (["opening", "20:00"], ["+start = 2026-05-01T20:00:00", "+end = 21:30:00"]),
        (["opening", "23:30"], ["+start = 2026-05-01T23:30:00", "+end = 2026-05-02T01:00:00"]),
        (["opening", "20:00", "--end", "23:00"], ["+start = 2026-05-01T20:00:00", "+end = 23:00:00"]),
        (["night", "--by", "-30m"], ["+start = 2026-05-03T21:30:00", "+end = 2026-05-04T01:30:00"]),
        (["night", "tomorrow"], ["+start = 2026-03-02T22:00:00", "+end = 2026-03-03T02:00:00"]),
        (["dinner", "3 May 2026 20:00"], ["+start = 2026-05-03T20:00:00"]),
        (["dinner", "--by", "1d"], ["+between = [2026-05-03, 2026-05-05]"]),
    ],
)
def test_event_moves_and_lasts_as_long(change: Callable[..., list[str]], words: list[str], lines: list[str]) -> None:
    new = [line for line in change("move", *words) if line.startswith("+")]
    assert new == [*lines, f"+{REVISED}"]


def test_several_events_move_by_the_same_time(change: Callable[..., list[str]]) -> None:
    lines = change("move", "-", "--by", "1h30m", stdin="opening\tx\nnight\n")
    assert [line for line in lines if "start" in line and line[0] == "+"] == [
        "+start = 2026-05-01T21:00:00",
        "+start = 2026-05-03T23:30:00",
    ]


def test_days_without_the_event_move_with_a_series(agenda: Agenda, file: Callable[[str], Path]) -> None:
    path = file(
        '[[events]]\nid = "a"\ntitle = "A"\nstart = 2026-05-01\nrepeat = "FREQ=DAILY;COUNT=3"\nexcept = [2026-05-02]\n'
    )
    assert agenda("move", "a", "2026-05-11", "--keep-revised", "--data", path).code == 0
    assert "except = [2026-05-12]" in path.read_text()


@pytest.mark.parametrize(
    "words",
    [["opening"], ["opening", "night", "20:00"], ["dinner", "20:00"], ["dinner", "--by", "30m"], ["opening", "25:00"],
     ["opening", "--by", "soon"], ["opening", "--by", "1h", "--end", "22:00"], ["night", "--by", "9999999d"]],
)  # fmt: skip
def test_move_that_makes_no_sense_is_refused(agenda: Agenda, tour: Path, words: list[str]) -> None:
    refused(agenda("move", *words, "--data", tour))
    assert tour.read_text() == TOUR


# --- cancel, remove ---


def test_events_are_cancelled_from_a_list(change: Callable[..., list[str]]) -> None:
    assert change("cancel", "-", "NIGHT", stdin="opening\n") == ['+status = "cancelled"', f"+{REVISED}"] * 2


def test_event_that_can_be_revised_no_later_is_told(agenda: Agenda, tour: Path) -> None:
    last = f"{TOUR}revised = 9999-12-31T23:59:00Z\n"
    tour.write_text(last)
    assert "no time is later than its revised" in refused(agenda("cancel", "night", "--data", tour))
    assert tour.read_text() == last


def test_event_that_is_cancelled_already_is_not_revised(change: Callable[..., list[str]], tour: Path) -> None:
    change("cancel", "night", "--keep-revised")
    once = tour.read_text()
    change("cancel", "night")
    assert tour.read_text() == once


def test_event_is_removed_and_the_comment_before_it_stays(change: Callable[..., list[str]], tour: Path) -> None:
    change("remove", "dinner", "night")
    assert tour.read_text().endswith('topics = ["music"]\n\n# not quite sure yet\n')


def test_remove_says_what_calendars_understand(agenda: Agenda, tour: Path) -> None:
    assert "`agenda cancel` has them strike it out" in agenda("remove", "night", "--data", tour, "--verbose").err


# --- Which file ---


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("cancel", "NIGHT"), 'a change is made in one file; --data tour/a.toml has "night"'),
        (("set", "tea", "night", "city="),
            'a change is made in one file; --data tour/a.toml has "night" and --data tour/b.toml has "tea"'),
        (("move", "tea", "tomorrow"), 'a change is made in one file; --data tour/b.toml has "tea"'),
        (("remove", "ball"), 'no event has the id "ball" in any of these files: tour/a.toml, tour/b.toml'),
        (("add", "Ball"), "a change is made in one file; name one of these by --data: tour/a.toml, tour/b.toml"),
    ],
)  # fmt: skip
def test_folder_is_answered_by_the_file_that_has_the_event(
    agenda: Agenda, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "tour").mkdir()
    (tmp_path / "tour" / "a.toml").write_text(TOUR)
    (tmp_path / "tour" / "b.toml").write_text('[[events]]\nid = "tea"\ntitle = "Tea"\n')
    assert agenda(*arguments, "--data", "tour").err == f"agenda: {message}\n"


# --- rename ---


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["city", "Pavia", "Papia"], ["-[cities.Pavia]", '-city = "Pavia"', "+[cities.Papia]", '+city = "Papia"']),
        (["city", "pavia", "Papia", "--alias"], ["-[cities.Pavia]", '-city = "Pavia"', "+[cities.Papia]",
            '+aliases = ["Pavia"]', '+city = "Papia"']),
        (["venue", "The Hall", "Hall"], ['-name = "The Hall"', '+name = "Hall"']),
        (["venue", "hall", "Aula"], ['-name = "The Hall"', '+name = "Aula"']),
        (["city", "turin", "Augusta"], ["-[cities.Torino]", '-city = "Torino"', '-city = "Torino"',
            "+[cities.Augusta]", '+city = "Augusta"', '+city = "Augusta"', f"+{REVISED}"]),
        (["topic", "music", "musica"], ["-[topics.music]", '-topics = ["music"]', "+[topics.musica]",
            '+topics = ["musica"]']),
        (["person", "Bo", "Bob"], ['-people = ["Ada", { name = "Bo", role = "chair" }]',
            '+people = ["Ada", { name = "Bob", role = "chair" }]']),
        (["room", "Sala Blu", "Sala Azzurra", "--alias"], [
            '-rooms = ["Sala Blu", { name = "Foyer", shared = true }]', '-room = "Sala Blu"',
            '+rooms = [{ name = "Sala Azzurra", aliases = ["Sala Blu"] }, { name = "Foyer", shared = true }]',
            '+room = "Sala Azzurra"']),
    ],
)  # fmt: skip
def test_name_is_changed_wherever_it_stands(
    change: Callable[..., list[str]], words: list[str], lines: list[str]
) -> None:
    assert change("rename", *words) == [*lines, f"+{REVISED}"]


@pytest.mark.parametrize(("kind", "key"), [("organizer", "organizers"), ("kind", "kind")])
def test_name_that_is_declared_nowhere_is_changed_too(change: Callable[..., list[str]], kind: str, key: str) -> None:
    change("set", "night", f"{key}=Old", "--keep-revised")
    assert any("New" in line for line in change("rename", kind, "Old", "New", "--keep-revised"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["city", "Pavia", "Torino"], "already"),
        (["city", "Como", "X"], "no city is called"),
        (["room", "Sala Rossa", "X"], "no room is called"),
        (["city", "Pavia", " "], "blank"),
        (["person", "Ada", "Ida", "--alias"], "is not declared"),
        (["room", "Cellar", "Vault", "--alias"], 'no venue lists "Cellar", so that it can have none'),
        (["town", "Pavia", "X"], "town"),
    ],
)
def test_rename_that_makes_no_sense_is_refused(agenda: Agenda, tour: Path, words: list[str], said: str) -> None:
    with_room = f"{TOUR}room = 'Cellar'\n"
    tour.write_text(with_room)
    assert said in refused(agenda("rename", *words, "--data", tour))
    assert tour.read_text() == with_room


# --- edit ---


@pytest.fixture
def editor(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """An editor that writes down what it was called with, and then runs that script on the file, its last argument."""

    def make(script: str) -> dict[str, str]:
        program = tmp_path / "vi"
        program.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/called"\nfor file; do :; done\n{script}\n')
        program.chmod(0o755)
        return {"VISUAL": "", "EDITOR": str(program)}

    return make


def test_editor_opens_the_file_at_the_event(
    agenda: Agenda, tour: Path, editor: Callable[[str], dict[str, str]]
) -> None:
    run = agenda("edit", "dinner", "--data", tour, "--verbose", env=editor('echo "# more" >> "$file"'))
    assert (run.code, run.err) == (0, f'agenda: "{tour}" is valid\n')
    line = TOUR.splitlines().index('id = "dinner"')
    assert (tour.parent / "called").read_text() == f"+{line} {tour}\n"


def test_mistake_is_shown_where_nobody_can_be_asked(
    agenda: Agenda, tour: Path, editor: Callable[[str], dict[str, str]]
) -> None:
    run = agenda("edit", "--data", tour, env=editor('echo "oops" >> "$file"'))
    assert (run.code, run.err.startswith(f"{tour}:")) == (1, True)


def test_changes_in_quick_succession_are_no_slip_of_the_time(agenda: Agenda, tour: Path) -> None:
    for number in range(3):
        assert agenda("set", "opening", f"date_note=note {number}", "--data", tour, env={"AGENDA_NOW": NOW}).code == 0
    assert "revised = 2026-03-01T12:02:00Z" in tour.read_text()
    check = agenda("check", "--data", tour, env={"AGENDA_NOW": NOW})
    assert (check.code, "revised" in check.out + check.err) == (0, False)


def test_editor_that_nobody_named_is_not_started_without_a_terminal(agenda: Agenda, tour: Path, tmp_path: Path) -> None:
    program = tmp_path / "nano"
    program.write_text(f'#!/bin/sh\ntouch "{tmp_path}/started"\n')
    program.chmod(0o755)
    run = agenda("edit", "--data", tour, env={"VISUAL": None, "EDITOR": None, "PATH": str(tmp_path)})
    assert (run.code, (tmp_path / "started").exists()) == (2, False)
    assert 'no terminal for the editor "nano"; `agenda set` changes events without one' in run.err


def test_editor_that_fails_is_told(agenda: Agenda, tour: Path, editor: Callable[[str], dict[str, str]]) -> None:
    assert "exit code 3" in agenda("edit", "--data", tour, env=editor("exit 3")).err
    assert 'no editor "/nowhere/vi"; set EDITOR' in agenda("edit", "--data", tour, env={"VISUAL": "/nowhere/vi"}).err


@pytest.mark.parametrize(("answer", "whole"), [("r", True), ("k", False)])
def test_after_a_mistake_one_may_go_back(
    tour: Path, editor: Callable[[str], dict[str, str]], answer: str, whole: bool
) -> None:
    env = environment(**editor('echo "oops" >> "$file"'))
    command = [sys.executable, "-m", "agenda", "edit", "--data", str(tour)]
    child = pexpect.spawn(command[0], command[1:], env=env, encoding="utf-8", timeout=30)
    child.expect(r"\[e/r/k\]")
    child.sendline("e")
    child.expect(r"\[e/r/k\]")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus == 0, tour.read_text() == TOUR) == (whole, whole)


def test_question_and_mistake_are_told_once_and_on_standard_error(
    tour: Path, tmp_path: Path, editor: Callable[[str], dict[str, str]]
) -> None:
    env = environment(**editor('echo "oops" >> "$file"'))
    out = tmp_path / "out"
    words = f'exec "{sys.executable}" -m agenda edit --data "{tour}" > "{out}"'
    child = pexpect.spawn("/bin/sh", ["-c", words], env=env, encoding="utf-8", timeout=30)
    child.expect(r"\[e/r/k\]")
    told = child.before or ""
    child.sendline("what?")
    child.expect(r"\[e/r/k\]")
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, out.read_text()) == (1, "")
    assert (told + (child.before or "")).count("this is not TOML") == 1


def test_what_somebody_else_wrote_meanwhile_is_not_taken_back(
    tour: Path, editor: Callable[[str], dict[str, str]]
) -> None:
    env = environment(**editor('echo "oops" >> "$file"'))
    child = pexpect.spawn(
        sys.executable, ["-m", "agenda", "edit", "--data", str(tour)], env=env, encoding="utf-8", timeout=30
    )
    child.expect(r"\[e/r/k\]")
    tour.write_text(f"{TOUR}\n# of another terminal\n")
    child.sendline("r")
    child.expect("was changed by another program meanwhile")
    child.expect(pexpect.EOF)
    child.close()
    assert tour.read_text() == f"{TOUR}\n# of another terminal\n"


# --- How it is written ---


def test_diff_is_not_broken_on_a_narrow_terminal(tour: Path) -> None:
    title = "A title that is long " * 4
    words = ["-m", "agenda", "set", "night", f"title={title.strip()}", "--keep-revised", "--data", str(tour)]
    child = pexpect.spawn(sys.executable, words, env=environment(), encoding="utf-8", timeout=30, dimensions=(24, 60))
    child.expect(pexpect.EOF)
    assert f'+title = "{title.strip()}"\r\n' in str(child.before)


def test_dry_run_shows_the_diff_and_writes_nothing(agenda: Agenda, tour: Path) -> None:
    run = agenda("set", "night", "title=Notte", "--keep-revised", "--dry-run", "--data", tour)
    assert (run.code, run.lines[2:]) == (
        0,
        ["@@ -32,7 +32,7 @@", " ", " [[events]]", ' id = "night"', '-title = "Night"', '+title = "Notte"',
         ' city = "Pavia"', " start = 2026-05-03T22:00:00", " end = 2026-05-04T02:00:00"],
    )  # fmt: skip
    assert tour.read_text() == TOUR


@pytest.mark.parametrize("event", ["opening", "dinner", "night"])
@pytest.mark.skipif(shutil.which("patch") is None, reason="there is no patch")
def test_diff_is_one_that_patch_applies(agenda: Agenda, tour: Path, event: str) -> None:
    diff = agenda("set", event, "title=Other", "--dry-run", "--data", tour, env={"AGENDA_NOW": NOW}).raw
    subprocess.run(["patch", "--fuzz=0", str(tour)], input=diff, check=True, capture_output=True)
    patched = tour.read_text()
    tour.write_text(TOUR)
    agenda("set", event, "title=Other", "--data", tour, env={"AGENDA_NOW": NOW})
    assert tour.read_text() == patched


def test_remarks_are_told_only_where_asked_for(agenda: Agenda, tour: Path) -> None:
    assert '+title = "B"' in agenda("set", "night", "title=B", "--data", tour, "--verbose").err
    assert "nothing changed" in agenda("set", "night", "title=B", "--data", tour, "--verbose").err
    assert agenda("set", "night", "title=C", "--data", tour, "--verbose", "--quiet").err == ""


def test_line_ends_and_the_mark_at_the_start_stay(agenda: Agenda, tour: Path) -> None:
    tour.write_bytes(b"\xef\xbb\xbf" + TOUR.replace("\n", "\r\n").encode())
    agenda("set", "night", "description=one\ntwo", "--data", tour)
    content = tour.read_bytes()
    assert (content[:3], content.count(b"\n") - content.count(b"\r\n")) == (b"\xef\xbb\xbf", 0)


@pytest.mark.skipif(os.name == "nt", reason="there are no such links and modes")
def test_links_and_the_mode_stay(agenda: Agenda, tour: Path) -> None:
    link = tour.with_name("link.toml")
    link.symlink_to("tour.toml")
    tour.chmod(0o640)
    assert agenda("cancel", "night", "--data", link).code == 0
    assert (link.is_symlink(), stat.S_IMODE(tour.stat().st_mode)) == (True, 0o640)
    assert "cancelled" in tour.read_text()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anything")
def test_file_that_is_read_only_is_not_changed(agenda: Agenda, tour: Path) -> None:
    tour.chmod(0o440)
    run = agenda("cancel", "night", "--data", tour)
    assert (run.code, "chmod u+w" in run.err) == (1, True)


@pytest.mark.skipif(
    os.name == "nt" or (os.geteuid() == 0 and shutil.which("setpriv") is None), reason="root may write anything"
)
def test_file_in_a_folder_that_is_read_only_is_not_changed_and_the_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "my.toml").write_text(TOUR)
    folder.chmod(0o555)
    held = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []  # root is held to the mode, too
    command = [*held, sys.executable, "-m", "agenda", "cancel", "dinner", "--data", str(folder / "my.toml")]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    folder.chmod(0o755)
    assert (done.returncode, f'in "{folder}", a folder that is not to be written to' in done.stderr) == (1, True)
    assert [path.read_text() for path in folder.iterdir()] == [TOUR]


@pytest.mark.parametrize(
    "arguments",
    [["add", "X"], ["set", "airone", "title=X"], ["move", "airone", "2025-10-03"], ["cancel", "airone"],
     ["remove", "airone"], ["rename", "city", "Kobe", "X"], ["edit", "airone"]],
)  # fmt: skip
@pytest.mark.parametrize("data", [[], ["--data", str(SHIPPED)]])
def test_shipped_file_is_never_changed(agenda: Agenda, arguments: list[str], data: list[str]) -> None:
    before = SHIPPED.read_bytes()
    said = refused(agenda(*arguments, *data, env={"EDITOR": "false"}))
    assert ("agenda new my.toml" in said, SHIPPED.read_bytes() == before) == (True, True)


def test_file_that_is_not_valid_is_not_changed(agenda: Agenda, tour: Path) -> None:
    tour.write_text(f"{TOUR}titel = 1\n")
    run = agenda("cancel", "night", "--data", tour)
    assert (run.code, run.err.startswith(f"{tour}:")) == (1, True)
    assert tour.read_text() == f"{TOUR}titel = 1\n"


def test_change_that_would_be_a_mistake_is_told_and_not_made(agenda: Agenda, tour: Path) -> None:
    run = agenda("set", "opening", "end=2026-04-01 10:00", "--data", tour)
    assert (run.code, tour.read_text()) == (1, TOUR)


@pytest.mark.parametrize("data", [["-"], ["."], ["tour.toml", "--data", "tour.toml"], ["nowhere.toml"], ["x" * 5000]])
def test_only_one_file_is_changed(agenda: Agenda, tour: Path, data: list[str]) -> None:
    run = agenda("cancel", "night", "--data", *data)
    assert (run.code in {1, 2}, tour.read_text()) == (True, TOUR)


def test_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    from agenda.cli.saving import replace_file
    from agenda.errors import FileError

    file = tmp_path / "a.toml"
    file.write_bytes(b"other")
    with pytest.raises(FileError, match="was changed by another program meanwhile"):
        replace_file(str(file), b"before", b"after")
    assert file.read_bytes() == b"other"


def test_remarks_of_very_many_changes_are_told_up_to_a_number(
    agenda: Callable[..., Run], file: Callable[[str], Path]
) -> None:
    entry = '[[events]]\nid = "e{0}"\ntitle = "A"\nstart = 2026-03-01T10:00:00\nend = 2026-03-01T11:00:00\n'
    path = file("".join(entry.format(number) for number in range(20)))
    ids = [f"e{number}" for number in range(20)]
    run = agenda("set", *ids, "people+=Clara Schumann", "--data", path, "--verbose")
    assert run.err.count("both need Clara Schumann") == 50
    assert run.err.splitlines()[-1].startswith("agenda: and 330 more")


def test_mistakes_of_a_large_table_are_told_up_to_a_number(
    agenda: Callable[..., Run], file: Callable[[str], Path]
) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\n')
    table = path.with_name("edits.csv")
    table.write_text("id,title\n" + "".join(f"x{number},B\n" for number in range(200)))
    run = agenda("set", "--from", table, "--data", path)
    assert run.code == 2
    assert [run.err.count("no event has the id"), run.err.splitlines()[-1]] == [50, "and 150 more"]


# --- What was meant ---


def test_title_is_answered_by_the_id(agenda: Agenda, tour: Path) -> None:
    tour.write_text(TOUR.replace('id = "dinner"', 'id = "gala"'))
    run = agenda("set", "Dinner", "kind=x", "--data", tour)
    assert (run.code, run.err) == (2, 'agenda: no event has the id "Dinner"; did you mean "gala"?\n')


def test_part_of_a_name_that_is_to_be_taken_away_is_answered_by_the_name(agenda: Agenda, tour: Path) -> None:
    tour.write_text(TOUR.replace('"Ada"', '"Ada Rossi"'))
    run = agenda("set", "dinner", "people-=Ada", "--data", tour)
    assert (run.code, run.err) == (2, 'agenda: people does not hold "Ada"; did you mean "Ada Rossi"?\n')


# --- Venues and their rooms ---


@pytest.mark.parametrize(
    ("rooms", "room"),
    [("", None), ('rooms = ["Aula"]', None), ('rooms = ["Sala Blu"]', '"Sala Blu"')],
)
def test_event_that_gets_another_venue_leaves_a_room_that_is_not_there(
    agenda: Agenda, tour: Path, rooms: str, room: str | None
) -> None:
    tour.write_text(TOUR.replace("[topics", f'[venues.mole]\nname = "Mole"\n{rooms}\n[topics'))
    run = agenda("set", "dinner", "venue=Mole", "--data", tour, "-v")
    assert run.code == 0
    assert ('room = "Sala Blu"' in tour.read_text()) == (room is not None)
    told = '"dinner": it has no room now, since "Sala Blu" is none of "mole"; `agenda set dinner room=NAME`'
    assert (told in run.err) == (room is None)
