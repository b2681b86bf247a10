"""Whatever a newcomer types works, or is answered by the line that would: the table in typed_commands.py."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from typed_commands import TAUGHT, WORKS

from agenda.cli.app import run

Agenda = Callable[..., Run]

MORNING = {"AGENDA_NOW": "2025-09-28T08:00"}


def test_table_has_two_hundred_lines() -> None:
    assert len(WORKS) + len(TAUGHT) >= 200


@pytest.mark.parametrize("typed", WORKS)
def test_line_works(agenda_once: Agenda, typed: str) -> None:
    answer = agenda_once(*shlex.split(typed), env=MORNING)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0].strip().startswith(WORKS[typed])


@pytest.mark.parametrize("typed", TAUGHT)
def test_line_is_answered_by_what_is_right(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process: it says why a command is refused, and starts none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AGENDA_DATA", raising=False)
    monkeypatch.setenv("AGENDA_NOW", MORNING["AGENDA_NOW"])
    code = run(shlex.split(typed))
    told = capsys.readouterr()
    assert (code, told.out, TAUGHT[typed] in told.err) == (2, "", True)


@pytest.mark.parametrize("typed", ["xyzzy", "list --xyzzy", "list -x", "check --date today"])
def test_nothing_is_guessed_at_a_distance(agenda_once: Agenda, typed: str) -> None:
    assert "did you mean" not in agenda_once(*typed.split()).err


def test_way_to_help_follows_what_is_told(agenda_once: Agenda) -> None:
    runs = [agenda_once(*typed.split()) for typed in ("list --date today", "list foo", "search x", "list --format ics")]
    helps = [run.err.splitlines()[-1] for run in runs]
    assert helps == ["Try 'agenda list --help'.", "Try 'agenda list --help'.", "Try 'agenda --help'.", helps[0]]
