"""`agenda diff`: what has changed from one agenda to another."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SHIPPED, Run

Agenda = Callable[..., Run]
Tell = Callable[..., list[str]]

HEAD = """
[agenda]
timezone = "Europe/Rome"
namespace = "tour.example"
[cities.Torino]
[cities.Milano]
[venues.palace]
name = "Palace"
city = "Torino"
rooms = ["Blue", { name = "Hall", aliases = ["Great Hall"] }]
"""


def event(*lines: str, name: str = "walk", title: str = "A walk") -> str:
    """An event of that id and title."""
    return "\n".join(["[[events]]", f'id = "{name}"', f'title = "{title}"', *lines, ""])


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """A file of that name with these events below the usual head."""

    def write(name: str, events: str) -> Path:
        path = tmp_path / name
        path.write_text(HEAD + events, encoding="utf-8")
        return path

    return write


@pytest.fixture
def tell(agenda: Agenda, write: Callable[[str, str], Path]) -> Tell:
    """What has changed between such events, a line for each: `walk time before after`."""

    def tell(before: str, after: str, *options: str) -> list[str]:
        run = agenda("diff", write("before.toml", before), write("after.toml", after), *options)
        assert (run.code, run.err) == (0, "")
        return [" ".join(line.split("\t")[:-1]) for line in run.lines]

    return tell


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        pytest.param("start = 2026-03-02", "start = 2026-03-03", "time 2026-03-02 2026-03-03"),
        pytest.param("start = 2026-03-02T10:00:00", "start = 2026-03-02T09:00:00Z", None, id="one time, two offsets"),
        pytest.param("start = 2026-03-02", "start = 2026-03-02\nend = 2026-03-02", None, id="one day, two forms"),
        pytest.param(
            "between = [2026-03-02, 2026-03-05]",
            "start = 2026-03-03",
            "known ~2026-03-02/~2026-03-05 2026-03-03",
        ),
        pytest.param("start = 2026-03-03", "", "unknown 2026-03-03 tba"),
        pytest.param("", 'status = "cancelled"', "cancelled confirmed cancelled"),
        pytest.param('status = "cancelled"', "", "restored cancelled confirmed"),
        pytest.param('city = "Torino"', 'city = "Milano"', "place Torino Milano"),
        pytest.param(
            'venue = "palace"\nroom = "Blue"',
            'venue = "palace"\nroom = "Great Hall"',
            "place Torino, Palace, Blue Torino, Palace, Hall",
        ),
        pytest.param('people = ["Ada", "Bob"]', 'people = ["Bob", "Ada"]', None, id="the same people in another order"),
        pytest.param(
            'people = ["Ada"]',
            'people = [{ name = "Ada", role = "Chair" }]',
            "people Ada Ada (Chair)",
            id="another role",
        ),
        pytest.param('organizers = ["A guild"]', "", "people A guild -"),
        pytest.param("", 'description = "By the river"', "text - description: By the river"),
        pytest.param("", 'status = "tentative"', "details status: confirmed status: tentative"),
        pytest.param("", 'topics = ["Rivers"]', "details - topics: Rivers"),
        pytest.param("", "revised = 2026-01-01T00:00:00Z", None, id="only the time of the revision"),
    ],
)
def test_each_difference_is_of_its_kind(tell: Tell, before: str, after: str, change: str | None) -> None:
    assert tell(event(before), event(after)) == ([f"walk {change}"] if change else [])


def test_another_title_leaves_it_the_same_event(tell: Tell) -> None:
    assert tell(event(), event(title="A stroll")) == ["walk text title: A walk title: A stroll"]


def test_an_event_of_one_side_alone_is_new_or_gone(tell: Tell) -> None:
    day = "start = 2026-03-02"
    assert tell(event(day), event(day, name="run")) == [
        "run new - 2026-03-02",
        "walk gone 2026-03-02 -",
    ]


def test_an_event_with_another_id_and_the_same_uid_is_the_same(tell: Tell) -> None:
    same = 'uid = "abc@tour.example"'
    assert tell(event(same), event(same, name="run")) == []


def test_events_of_one_id_whose_own_uids_differ_are_two(tell: Tell) -> None:
    kinds = [line.split(" ")[1] for line in tell(event('uid = "a@x"'), event('uid = "b@x"'))]
    assert sorted(kinds) == ["gone", "new"]


def test_a_change_of_several_kinds_has_a_row_for_each_and_only_chooses_them(tell: Tell) -> None:
    before, after = event("start = 2026-03-02", 'city = "Torino"'), event("start = 2026-03-03", 'city = "Milano"')
    assert [line.split(" ")[1] for line in tell(before, after)] == ["time", "place"]
    assert tell(before, after, "--only", "place") == ["walk place Torino Milano"]


WEEKLY = 'start = 2026-03-02T10:00:00\nrepeat = "FREQ=WEEKLY;COUNT=5"'
ENDLESS = 'start = 2026-03-02T10:00:00\nrepeat = "FREQ=WEEKLY"'


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        pytest.param(WEEKLY, f"{WEEKLY}\nexcept = [2026-03-16]", ["gone 2026-03-16"], id="a time is left out"),
        pytest.param(f"{WEEKLY}\nexcept = [2026-03-16]", WEEKLY, ["new 2026-03-16"], id="a time is left out no more"),
        pytest.param(
            ENDLESS, f"{ENDLESS}\nexcept = [2066-03-01]", ["gone 2066-03-01"], id="far away in a series without an end"
        ),
        pytest.param(WEEKLY, WEEKLY.replace("5", "6"), ["new 2026-04-06"], id="one week more"),
        pytest.param(
            ENDLESS, f"{ENDLESS};BYDAY=MO".replace('";BYDAY=MO', ';BYDAY=MO"'), [], id="the same by another rule"
        ),
        pytest.param(WEEKLY, WEEKLY.replace("10:00", "11:00"), ["time 2026-03-02"], id="all at another hour"),
        pytest.param(WEEKLY, ENDLESS, ["time 2026-03-02"], id="without an end now"),
        pytest.param(WEEKLY.partition("\n")[0], WEEKLY.replace("5", "2"), ["new 2026-03-09"], id="a series now"),
        pytest.param(
            WEEKLY.replace("5", "1500"), WEEKLY.replace("5", "2000"), ["time 2026-03-02"], id="longer, of 1,500 weeks"
        ),
    ],
)
def test_times_of_a_series_are_told_one_by_one_where_few_have_changed(
    tell: Tell, before: str, after: str, changes: list[str]
) -> None:
    found = [line.removeprefix("walk ").replace("- ", "") for line in tell(event(before), event(after))]
    assert [line[: line.index(" ") + 11] for line in found] == changes


TWO = event("start = 2026-03-02", 'city = "Torino"', 'people = ["Ada"]') + event(
    "start = 2026-03-05", 'city = "Milano"', name="dinner"
)
TWO_LATER = TWO.replace("2026-03-02", "2026-03-03").replace("2026-03-05", "2026-03-06").replace("Ada", "Bob")


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--city", "Milano"], {"dinner"}),
        (["--on", "2026-03-02"], {"walk"}),
        (["--on", "2026-03-06"], {"dinner"}),
        (["--with", "ada"], {"walk"}),
        (["--with", "bob"], {"walk"}),
        (["Torino"], {"walk"}),
        (["--on", "2026-03-10"], set()),
    ],
)
def test_a_change_counts_where_either_form_of_the_event_meets_the_options(
    tell: Tell, options: list[str], ids: set[str]
) -> None:
    assert {line.split(" ")[0] for line in tell(TWO, TWO_LATER, *options)} == ids


def test_what_becomes_internal_is_gone_for_the_public_and_what_becomes_public_is_new(tell: Tell) -> None:
    public, internal = event("start = 2026-03-02"), event('start = 2026-03-02\nvisibility = "internal"')
    assert tell(public, internal, "--public") == ["walk gone 2026-03-02 -"]
    assert tell(internal, public, "--public") == ["walk new - 2026-03-02"]


def test_a_city_that_only_the_old_agenda_has_can_be_asked_for(agenda: Agenda, tmp_path: Path) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(event('city = "Lyon"'))
    new.write_text(event('city = "Nice"'))
    assert [line.split("\t")[0] for line in agenda("diff", old, new, "--city", "Lyon").lines] == ["walk"]


def test_times_are_told_by_the_clocks_that_are_asked_for(tell: Tell) -> None:
    before, after = event("start = 2026-03-02T10:00:00"), event("start = 2026-03-02T11:00:00")
    assert tell(before, after, "--utc") == ["walk time 2026-03-02T09:00:00Z 2026-03-02T10:00:00Z"]


def test_a_time_of_a_series_is_of_the_days_that_are_asked_for(tell: Tell) -> None:
    after = event(f"{WEEKLY}\nexcept = [2026-03-16]")
    assert len(tell(event(WEEKLY), after, "--on", "2026-03-16")) == 1
    assert tell(event(WEEKLY), after, "--on", "2026-03-09") == []


@pytest.mark.parametrize("made_by", [["export"], ["export", "--format", "frab"], ["list", "--format", "json"]])
def test_a_file_of_another_program_is_read_by_its_content(
    agenda: Agenda, write: Callable[[str, str], Path], made_by: list[str]
) -> None:
    path = write("tour.toml", event("start = 2026-03-02T10:00:00\nend = 11:00:00"))
    foreign = agenda(*made_by, "--data", path).raw
    moved = write("moved.toml", event("start = 2026-03-02T10:30:00\nend = 11:00:00"))
    assert [line.split("\t")[1] for line in agenda("diff", "-", moved, stdin=foreign).lines][:1] == ["time"]


def test_a_folder_is_an_agenda(agenda: Agenda, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "walk.toml").write_text(event())
    (folder / "run.toml").write_text(event(name="run"))
    run = agenda("diff", "-", folder, stdin=event())
    assert [line.split("\t")[:2] for line in run.lines] == [["run", "new"]]


def test_without_a_new_file_the_old_one_is_compared_with_the_data(
    agenda: Agenda, write: Callable[[str, str], Path]
) -> None:
    run = agenda("diff", "-", "--data", write("now.toml", event() + event(name="run")), stdin=HEAD + event())
    assert [line.split("\t")[:2] for line in run.lines] == [["run", "new"]]


@pytest.mark.parametrize("new", [["-"], ["--data", "-"]])
def test_both_agendas_cannot_come_from_standard_input(agenda: Agenda, new: list[str]) -> None:
    run = agenda("diff", "-", *new)
    assert (run.code, run.out) == (2, "")
    assert "standard input can be only one of them" in run.err


def test_a_mistake_in_either_is_told_at_its_place(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    run = agenda("diff", SHIPPED, write("wrong.toml", event("start = 7")))
    assert run.code == 1
    assert "wrong.toml:" in run.err


def test_exit_code_tells_whether_anything_has_changed(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    before, after = write("before.toml", event()), write("after.toml", event(name="run"))
    assert [agenda("diff", before, new, "--exit-code").code for new in (before, after)] == [0, 3]


def test_ids_are_those_that_the_new_agenda_exports(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    before = write("before.toml", event(name="gone") + event("start = 2026-03-02"))
    after = write("after.toml", event("start = 2026-03-03") + event("start = 2026-03-04", name="new"))
    ids = agenda("diff", before, after, "--ids")
    assert ids.lines == ["walk", "new"]
    assert agenda("export", "--data", after, "-", stdin=ids.raw).out.count("BEGIN:VEVENT") == 2


def test_ids_have_no_format(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    path = write("tour.toml", event())
    run = agenda("diff", path, path, "--ids", "--format", "json")
    assert run.code == 2
    assert "--ids" in run.err


def test_json_has_both_forms_and_the_fields_that_differ(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    before = write("before.toml", event("start = 2026-03-02"))
    after = write("after.toml", event("start = 2026-03-03"))
    (change,) = json.loads(agenda("diff", before, after, "--format", "json").out)
    assert change["changes"] == ["time"]
    assert change["fields"] == ["start", "end"]
    assert [change[side]["start"] for side in ("before", "after")] == ["2026-03-02", "2026-03-03"]


def test_markdown_is_notes_by_kind_whose_text_is_escaped(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    before = write("before.toml", event("between = [2026-09-24, 2026-09-27]"))
    after = write("after.toml", event("start = 2026-09-25") + event('city = "Milano"', name="run", title="A *run*"))
    assert agenda("diff", before, after, "--format", "markdown").out == (
        "# What has changed\n\n## New\n\n- to be announced: **A \\*run\\***, Milano\n\n## Date now known\n\n"
        "- Fri 25 Sep 2026: **A walk**\n  - between 24 and 27 Sep 2026 → Fri 25 Sep 2026\n"
    )


def test_notes_have_one_sign_between_names_in_each_language(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    topics, rule = 'topics = ["music", "walks"]', 'start = 2026-03-02T10:00:00\nrepeat = "FREQ={};COUNT=3"'
    before = event('city = "Torino"', rule.format("DAILY"))
    after = event('city = ["Torino", "Milano"]', 'people = ["Ada", "Bob"]', topics, rule.format("WEEKLY"))
    after += event('venue = "palace"', name="run", title="Run")
    paths = write("before.toml", before), write("after.toml", after)
    notes = agenda("diff", *paths, "--format", "markdown", "--lang", "ja").out
    assert "**A walk**、Torino、Milano\n" in notes
    assert "**Run**、Torino、Palace\n" in notes
    assert "music、walks" in notes
    assert ", " not in notes


def test_markdown_of_nothing_is_nothing(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    path = write("tour.toml", event())
    assert agenda("diff", path, path, "--format", "markdown").out == ""


def test_event_without_a_date_is_not_gone_from_a_calendar(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    path = write("tour.toml", event("start = 2026-03-02T10:00:00") + event(name="finale", title="Finale"))
    agenda("export", "-d", path, "-o", "tour.ics")
    agenda("export", "-d", path, "--format", "frab", "-o", "tour.xml")
    for old, new in ((path, "tour.ics"), ("tour.ics", path), (path, "tour.xml")):
        run = agenda("diff", old, new, "--verbose")
        assert "finale" not in run.out
        assert "left out: 1 event (finale) without a date, which calendars and schedules never have" in run.err


def test_event_without_a_date_is_gone_from_a_table(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    path = write("tour.toml", event("start = 2026-03-02") + event(name="finale", title="Finale"))
    table = "id,title,start\nwalk,A walk,2026-03-02\n"
    assert agenda("diff", path, "-", stdin=table).lines[0].startswith("finale\tgone")


def test_cell_of_a_table_that_cannot_be_read_is_told(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    path = write("tour.toml", event("start = 2026-03-02"))
    run = agenda("diff", path, "-", "--verbose", stdin="id,title,start\nwalk,Walk,31/02/2026\n")
    assert '<stdin>: row 2, column "start" (C): "31/02/2026" is no day of the calendar' in run.err


FULL = HEAD + event(
    "start = 2026-03-02T10:00:00", 'city = "Torino"', 'people = ["Ada"]', 'kind = "tour"', 'topics = ["walks"]'
)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("Title,Date,Time\nA walk,2026-03-02,10:00\n", id="columns that it lacks"),
        pytest.param("Title,Date\nA walk,2026-03-02\n", id="times"),
        pytest.param("Title,Date,Time\nA walk,Mon 2 March,10:00\n", id="years"),
        pytest.param("Title,Date,People\nA walk,31/02/2026,Ada\n", id="a cell that cannot be read"),
    ],
)
def test_what_a_table_does_not_tell_is_no_change(agenda: Agenda, tmp_path: Path, table: str) -> None:
    (tmp_path / "tour.toml").write_text(FULL)
    assert agenda("diff", "tour.toml", "-", stdin=table).lines == []
    assert agenda("diff", "-", "tour.toml", stdin=table).lines == []
    assert agenda("diff", "-", "--data", "tour.toml", stdin=table).lines == []


def test_what_a_table_tells_is_compared_by_the_clocks_of_the_agenda(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "tour.toml").write_text(FULL)
    table = "Title,Date,Time,People\nA walk,2 March,11:00,Bob\nA run,3 March,,\n"
    assert [line.split("\t") for line in agenda("diff", "tour.toml", "-", stdin=table).lines] == [
        ["walk", "time", "2026-03-02T10:00:00+01:00", "2026-03-02T11:00:00+01:00", "A walk"],
        ["walk", "people", "Ada", "Bob", "A walk"],
        ["a-run", "new", "-", "2026-03-03", "A run"],
    ]


def test_a_table_whose_events_the_agenda_cannot_have_is_compared_as_it_is(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "tour.toml").write_text(FULL.replace("[cities.Milano]", '[cities.Tokyo]\ntimezone = "Asia/Tokyo"'))
    run = agenda(
        "diff", "tour.toml", "-", "--verbose", stdin="Title,Start,City\nA call,2026-03-03 9:00,Torino; Tokyo\n"
    )
    assert [line.split("\t")[:2] for line in run.lines] == [["walk", "gone"], ["a-call", "new"]]
    assert "<stdin>: compared as it is, since tour.toml cannot have its events" in run.err


def test_two_tables_without_ids_and_years_are_compared_by_what_both_tell(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "before.csv").write_text("Title,Date,Time\nA walk,Mon 2 March,10:00\nA run,3 March,9:00\n")
    (tmp_path / "after.csv").write_text(
        "Title,Date,Time,Room\nA walk,Mon 2 March,15:00,Foyer\nA run,3 March,9:00,Foyer\n"
    )
    run = agenda("diff", "before.csv", "after.csv", env={"AGENDA_NOW": "2026-02-01T12:00:00+00:00"})
    assert run.lines == ["a-walk\ttime\t2026-03-02T10:00:00\t2026-03-02T15:00:00\tA walk"]


@pytest.mark.parametrize(
    ("head", "walk", "changes"),
    [
        pytest.param("Title,Date,Time", "A walk,2026-03-02,9:00", {("a-walk", "time")}, id="by title"),
        pytest.param(
            "Id,Title,Date,Time", "walk,A stroll,2026-03-02,9:00", {("walk", "time"), ("walk", "text")}, id="by id"
        ),
    ],
)
def test_events_of_a_table_without_uids_are_found_in_a_calendar(
    agenda: Agenda, write: Callable[[str, str], Path], head: str, walk: str, changes: set[tuple[str, ...]]
) -> None:
    agenda("export", "-d", write("tour.toml", event("start = 2026-03-02T10:00:00")), "-o", "tour.ics")
    run = agenda("diff", "-", "tour.ics", stdin=f"{head}\n{walk}\n")
    assert {tuple(line.split("\t")[:2]) for line in run.lines} == changes


def test_what_a_calendar_of_another_program_does_not_tell_is_no_change(agenda: Agenda, tmp_path: Path) -> None:
    (tmp_path / "tour.toml").write_text(FULL)
    lines = agenda("export", "--data", "tour.toml").out.split("\r\n")
    calendar = "\r\n".join(line for line in lines if not line.startswith("X-AGENDA"))
    assert agenda("diff", "tour.toml", "-", stdin=calendar).lines == []
    assert agenda("diff", "-", "tour.toml", stdin=calendar).lines == []
    moved = calendar.replace("20260302T100000", "20260302T103000")
    assert [line.split("\t")[:2] for line in agenda("diff", "tour.toml", "-", stdin=moved).lines] == [["walk", "time"]]


def test_what_calendars_will_not_notice_is_told(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    before = write("before.toml", event() + event(name="gone") + event('status = "cancelled"', name="off"))
    after = write("after.toml", event("start = 2026-03-02"))
    told = agenda("diff", before, after, "--verbose").err
    assert "1 event (gone) is gone rather than cancelled" in told
    assert "1 event (walk) has changed without a later `revised`" in told


def test_a_later_revision_is_none_to_tell_of(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    revised = "revised = 2026-01-0{}T00:00:00Z"
    before = write("before.toml", event(revised.format(1)))
    after = write("after.toml", event(revised.format(2), "start = 2026-03-02"))
    assert "revised" not in agenda("diff", before, after, "--verbose").err


def test_table_has_each_event_once_with_all_that_has_changed(agenda: Agenda, write: Callable[[str, str], Path]) -> None:
    before = write("before.toml", event("start = 2026-03-02", 'city = "Torino"', 'people = ["Ada"]'))
    after = write("after.toml", event("start = 2026-03-03", 'city = "Milano"', 'people = ["Bob"]'))
    run = agenda("diff", before, after, "--format", "table", env={"AGENDA_NOW": "2026-01-01"})
    assert run.out == (
        "Moved in time\n"
        "  Tue 3 Mar  A walk\n"
        "               Milano [walk]\n"
        "               Mon 2 Mar → Tue 3 Mar\n"
        "               Torino → Milano\n"
        "               with Bob; without Ada\n"
    )
