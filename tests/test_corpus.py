"""Broken files, each with the messages that it must get, in comments at its start: `# LINE:COLUMN: MESSAGE`."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run

from agenda.agendafile.load import load
from agenda.errors import DataError

CORPUS = sorted((ROOT / "tests" / "corpus").glob("*.toml"))
EXPECTED = re.compile(r"^# (\d+:\d+: .*)$", re.MULTILINE)

PLAIN = {
    "repeat-interval-zero",
    "repeat-set-position-alone",
    "repeat-weekday-numbered",
}
"""Files whose messages say already by what is wrong what would be right."""

Agenda = Callable[..., Run]


def expected(path: Path) -> list[str]:
    """The messages at the start of the file."""
    return EXPECTED.findall(path.read_text(encoding="utf-8").partition("\n\n")[0])


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_broken_file_gets_its_messages(path: Path) -> None:
    with pytest.raises(DataError) as raised:
        load(str(path))
    found = [f"{diagnostic.line}:{diagnostic.column}: {diagnostic.message}" for diagnostic in raised.value.diagnostics]
    assert found == expected(path)


@pytest.mark.parametrize("path", [path for path in CORPUS if path.stem not in PLAIN], ids=lambda path: path.stem)
def test_message_says_what_would_be_right(path: Path) -> None:
    assert [message for message in expected(path) if not re.search(r"; \S", message)] == []


def test_corpus_is_as_large_as_it_should_be() -> None:
    assert len(CORPUS) >= 60


@pytest.mark.parametrize("command", ["check", "list", "timeline", "export"])
@pytest.mark.parametrize("name", ["quote-missing", "times-between", "repeat-never"])
def test_program_tells_it_without_a_traceback(agenda: Agenda, command: str, name: str) -> None:
    path = ROOT / "tests" / "corpus" / f"{name}.toml"
    run = agenda(command, "--data", path)
    told = run.out if command == "check" else run.err
    assert run.code == 1
    assert told.splitlines() == [f"{path}:{message}" for message in expected(path)]
