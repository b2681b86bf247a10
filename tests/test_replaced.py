"""What `export` tells of a calendar that it replaces: the changes that apps which have it do not notice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]

HEAD = '[agenda]\nnamespace = "tour.example"\nrevised = {revised}\n'
GALA = '[[events]]\nid = "gala"\ntitle = "Gala"\nstart = 2026-03-06\ncity = "Torino"\n'
FAIR = '[[events]]\nid = "fair"\ntitle = "Fair"\nstart = 2026-03-07\ncity = "Lyon"\n'
BEFORE, LATER = "2026-01-01T09:00:00Z", "2026-01-02T09:00:00Z"
MOVED = GALA.replace("03-06", "03-08")
CHANGED = "agenda: 1 event changed, but its `revised` did not rise, so apps may not notice: "
GONE = "agenda: 1 event of the calendar before is not in it any more, and some apps keep it: "


def write(folder: Path, *events: str, revised: str = BEFORE) -> None:
    (folder / "t.toml").write_text(HEAD.format(revised=revised) + "".join(events))


def told(run: Run) -> list[str]:
    assert run.code == 0
    return [line for line in run.err.splitlines() if line.startswith((CHANGED[:15], GONE[:15]))]


@pytest.mark.parametrize("options", [["-o", "a.ics"], ["-o", "out", "--split", "event"]], ids=" ".join)
def test_change_without_a_later_revision_is_told(agenda: Agenda, tmp_path: Path, options: list[str]) -> None:
    write(tmp_path, GALA, FAIR)
    assert told(agenda("export", "-d", "t.toml", "-v", *options)) == []
    write(tmp_path, MOVED, FAIR)
    assert told(agenda("export", "-d", "t.toml", "-v", *options)) == [
        f'{CHANGED}"Gala"; raise it there or under [agenda]'
    ]
    assert told(agenda("export", "-d", "t.toml", "-v", *options)) == []


@pytest.mark.parametrize(
    ("events", "revised"),
    [((MOVED, FAIR), LATER), ((f"{MOVED}revised = {LATER}\n", FAIR), BEFORE), ((GALA, FAIR), LATER)],
    ids=["agenda revised", "event revised", "nothing changed"],
)
def test_change_that_apps_notice_is_not_told(
    agenda: Agenda, tmp_path: Path, events: tuple[str, ...], revised: str
) -> None:
    write(tmp_path, GALA, FAIR)
    agenda("export", "-d", "t.toml", "-o", "a.ics")
    write(tmp_path, *events, revised=revised)
    assert told(agenda("export", "-d", "t.toml", "-v", "-o", "a.ics")) == []


def test_event_that_is_gone_is_told_and_one_that_was_cancelled_before_is_not(agenda: Agenda, tmp_path: Path) -> None:
    write(tmp_path, GALA, FAIR, GALA.replace("gala", "off") + 'status = "cancelled"\n')
    agenda("export", "-d", "t.toml", "-o", "a.ics")
    write(tmp_path, FAIR)
    assert told(agenda("export", "-d", "t.toml", "-v", "-o", "a.ics")) == [
        f'{GONE}"Gala"; `status = "cancelled"` takes back what is off'
    ]


def test_event_that_moves_to_another_file_is_not_gone_but_one_of_a_pruned_file_is(
    agenda: Agenda, tmp_path: Path
) -> None:
    split = ["export", "-d", "t.toml", "-v", "--split", "city", "-o", "out", "--prune"]
    write(tmp_path, GALA, FAIR)
    agenda(*split)
    write(tmp_path, GALA.replace("Torino", "Lyon"), revised=LATER)
    assert told(agenda(*split)) == [f'{GONE}"Fair"; `status = "cancelled"` takes back what is off']


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Of others\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX-AGENDA-EVENT:{\r\n\x00\xff\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nX-AGENDA-EVENT:{}\r\nUID:",
    ],
    ids=["empty", "foreign", "binary", "cut off"],
)
def test_file_that_is_none_of_ours_is_replaced_without_a_word(agenda: Agenda, tmp_path: Path, content: bytes) -> None:
    write(tmp_path, GALA)
    (tmp_path / "a.ics").write_bytes(content)
    run = agenda("export", "-d", "t.toml", "-v", "-o", "a.ics")
    assert (run.code, run.err) == (0, "")


def test_the_bytes_do_not_depend_on_what_was_there(agenda: Agenda, tmp_path: Path) -> None:
    write(tmp_path, GALA, FAIR)
    agenda("export", "-d", "t.toml", "-o", "a.ics")
    write(tmp_path, MOVED)
    agenda("export", "-d", "t.toml", "-v", "-o", "a.ics")
    assert (tmp_path / "a.ics").read_bytes() == agenda("export", "-d", "t.toml").raw
