"""Whatever is in a file: a valid one is taken by every command, and any other only ever gets diagnostics."""

import io
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import pytest
from agendas import agendas, broken
from hypothesis import given, settings
from hypothesis.strategies import lists, one_of

from agenda.agendafile.load import check_files
from agenda.cli.app import run

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 1, tzinfo=UTC)
COMMANDS = (["check"], ["list", "--to", "2100-01-01", "--format", "json"], ["count", "--by", "city"], ["export"])


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file to be written over and over."""
    return tmp_path_factory.mktemp("generated") / "events.toml"


@given(agendas())
@settings(max_examples=25)
def test_valid_file_is_taken_by_every_command(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
    for command in COMMANDS:
        with (path.parent / "out").open("w+") as out, redirect_stdout(out), redirect_stderr(io.StringIO()) as err:
            code = run([*command, "--data", str(path)])
        assert (code, err.getvalue()) == (0, ""), command


@given(agendas())
@settings(max_examples=50)
def test_valid_file_has_no_errors(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
    checked = check_files([str(path)], lambda _: NOW)
    assert checked.agenda is not None, checked.diagnostics


@given(broken())
@settings(max_examples=60)
def test_broken_file_gets_nothing_but_diagnostics_within_its_lines(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
    checked = check_files([str(path)], lambda _: NOW)
    assert checked.agenda is not None or checked.diagnostics
    lines = text.split("\n")
    for diagnostic in checked.diagnostics:
        assert 1 <= diagnostic.column <= len(lines[diagnostic.line - 1]) + 1


@given(lists(one_of(agendas(), broken()), min_size=2, max_size=3))
@settings(max_examples=50)
def test_several_files_get_nothing_but_diagnostics_within_their_lines(path: Path, texts: list[str]) -> None:
    files = {str(path.with_name(f"{number}.toml")): text for number, text in enumerate(texts)}
    for name, text in files.items():
        Path(name).write_bytes(text.encode())
    checked = check_files(list(files), lambda _: NOW)
    assert checked.agenda is not None or checked.diagnostics
    for diagnostic in checked.diagnostics:
        line = files[diagnostic.file].split("\n")[diagnostic.line - 1]
        assert 1 <= diagnostic.column <= len(line) + 1
