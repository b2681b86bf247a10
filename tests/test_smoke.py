"""Each command once, on the shipped programme: what must work with every version that pyproject.toml allows."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from caldav.servers import LOGGED_IN, puppet
from conftest import Run

Program = Callable[..., Run]

COMMANDS = {
    "list": "koike-meeting\t2025-09-29",
    "list --format table --on '30 Sep'": "Tuesday 30 September 2025",
    "list --format csv": "id,start,end,city,title",
    "list --format markdown": "| id | start | end | city | title |",
    "show airone": "AIRONE",
    "timeline": "Tokyo",
    "day 30 Sep": "12:30 I giardini",
    "month October": "October 2025",
    "count --by topic --format table": "aerospace",
    "export --city Kobe": "BEGIN:VEVENT",
    "check": "valid, with 28 events",
    "schema": '"$schema"',
    "new - --tz Asia/Tokyo": "[[events]]",
    "--help": "agenda list --city Tokyo",
    "list --help": "--city",
    "--version": "agenda 0.",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_command_answers(command: str, agenda: Program) -> None:
    run = agenda(*shlex.split(command), env={"AGENDA_NOW": "2026-09-29T09:00"})
    assert (run.code, run.err) == (0, "")
    assert COMMANDS[command] in run.out


def test_push_answers(agenda: Program) -> None:
    with puppet() as server:
        run = agenda("push", server.url, env=LOGGED_IN)
        assert (run.code, run.err, len(server.resources)) == (0, "", 26)


def test_export_comes_back(agenda: Program, tmp_path: Path) -> None:
    calendar, data = tmp_path / "all.ics", tmp_path / "all.toml"
    calendar.write_text(agenda("export").out, encoding="utf-8", newline="")
    data.write_text(agenda("import", calendar).out, encoding="utf-8")
    again = json.loads(agenda("list", "-d", data, "--format", "json").out)
    dated = [event for event in json.loads(agenda("list", "--format", "json").out) if event["when"] != "tba"]
    assert {event["id"] for event in again} == {event["id"] for event in dated}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[events]]\nid = 1\ntitle = 'A'\n", "<stdin>:2:6: event 1: id is 1; it must be"),
        ("[[events]\n", "<stdin>:1:"),
        (f"{'.'.join('a' * 2_000)} = 1\n", "<stdin>:1:1: "),
    ],
)
def test_mistake_is_told_at_its_place(text: str, told: str, agenda: Program) -> None:
    run = agenda("check", "-d", "-", stdin=text)
    assert run.code == 1
    assert run.out.startswith(told)
