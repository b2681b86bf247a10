"""What the environment says of the screen and of encodings, and names of files that are no text, do no harm."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

Agenda = Callable[..., Run]

DRAWINGS = ["list --format table", "timeline", "month", "day 2025-09-29", "count city --format table", "show airone"]
ERRORS = ["show airon", "list --nonsense", "list --city Tokio"]


@pytest.mark.parametrize(
    ("command", "columns"),
    [
        *((command, "1000000") for command in (*DRAWINGS, "--help")),
        *(("timeline", columns) for columns in ("1" + "0" * 20, "9" * 5_000)),
    ],
)
def test_screen_of_any_width_is_drawn_on_as_if_it_had_a_thousand_columns_at_most(
    agenda_once: Agenda, command: str, columns: str
) -> None:
    run = agenda_once(*command.split(), env={"COLUMNS": columns})
    # What Python takes for no number at all is as if it were not there.
    expected = agenda_once(*command.split(), env={"COLUMNS": "1000" if len(columns) < 5_000 else None})
    assert (run.code, run.err, run.raw) == (0, "", expected.raw)
    assert max(map(len, run.lines)) <= 1_000


@pytest.mark.parametrize("command", [*DRAWINGS, "--help", "list --format table --fields id,title"])
def test_narrow_screen_is_drawn_on_as_if_it_had_twenty_columns(agenda_once: Agenda, command: str) -> None:
    expected, *narrower = (
        agenda_once(*command.split(), env={"COLUMNS": columns, "AGENDA_NOW": "2025-09-29T10:20"})
        for columns in ("20", "1", "10")
    )
    assert (expected.code, [run.raw for run in narrower]) == (0, [expected.raw] * 2)


@pytest.mark.parametrize("columns", ["1000000", "1" + "0" * 20, "9" * 5_000, "-1", "0", "²", "80 "])
def test_error_is_told_on_a_screen_of_any_width(terminal: Callable[..., object], columns: str) -> None:
    screen = terminal("show", "airon", env={"COLUMNS": columns})
    assert 'no event has the id "airon"' in getattr(screen, "seen", "")


ENCODINGS = ("idna", "undefined", "ascii", "punycode", "latin-1:strict", "utf-16", "cp037")
TELLING = (*DRAWINGS[:2], "--help", *ERRORS[:2], "list")
"""Commands that draw, help, refuse, and write data."""


# Each encoding with half of the commands, and each command with half of the encodings, as every such run is a start.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "encoding"),
    [
        (command, encoding)
        for row, command in enumerate(TELLING)
        for column, encoding in enumerate(ENCODINGS)
        if (row + column) % 2
    ],
)
def test_every_encoding_takes_what_is_told(agenda_once: Agenda, command: str, encoding: str) -> None:
    run = agenda_once(*command.split(), env={"PYTHONIOENCODING": encoding})
    usual = agenda_once(*command.split())
    assert (run.code, run.raw != b"", run.err != "") == (usual.code, usual.raw != b"", usual.err != "")
    assert "object repr" not in run.err
    assert "bug" not in run.err


@pytest.mark.parametrize("encoding", ["idna", "undefined"])
def test_encoding_that_lacks_a_way_to_tell_what_it_lacks_is_utf_8(agenda_once: Agenda, encoding: str) -> None:
    run = agenda_once("timeline", env={"PYTHONIOENCODING": encoding})
    assert run.raw == agenda_once("timeline", env={"PYTHONIOENCODING": "utf-8"}).raw


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
@pytest.mark.parametrize("name", [b"tour\xff.toml", b"\xc3.toml", b"\xed\xa0\x80.toml"])
def test_name_of_a_file_that_is_no_utf_8_is_told(agenda: Agenda, tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    try:
        path.write_text('[[events]]\nid = "a"\ntitle = "A"\nstart = 2025-13-01\n')
    except OSError:
        pytest.skip("this file system takes no such names")
    told = os.fsdecode(name).encode(errors="backslashreplace").decode()
    run = agenda("check", path.name, "--format", "json")
    assert (run.code, [spot["file"] for spot in json.loads(run.out)], run.err) == (1, [told], "")
    assert agenda("check", path.name).out.startswith(f"{told}:4:")
    path.write_text('[[events]]\nid = "a"\ntitle = "A"\n')
    assert (agenda("check", path.name).code, agenda("list", "--data", path.name).code) == (0, 0)
    assert agenda("diff", path.name, path.name, "--format", "json").code == 0


@pytest.mark.skipif(os.name == "nt", reason="arguments are text there")
@pytest.mark.parametrize(
    "command",
    [
        ("add", "Gal\udce0"),
        ("set", "a", "title=Gal\udce0"),
        ("set", "a", "city=Cant\udcf9", "--declare"),
        ("set", "a", "people+=Andr\udce9=piano"),
        ("rename", "city", "Torino", "Tur\udce9n"),
    ],
    ids=ascii,
)
def test_text_in_another_encoding_is_not_written(
    agenda: Agenda, file: Callable[..., Path], command: tuple[str, ...]
) -> None:
    path = file('[[events]]\nid = "a"\ntitle = "A"\ncity = "Torino"\n')
    run = agenda(*command, "--data", path.name)
    assert (run.code, "encoding of this locale" in run.err, "bug" in run.err) == (2, True, False)
    assert path.read_text() == '[[events]]\nid = "a"\ntitle = "A"\ncity = "Torino"\n'


@pytest.mark.skipif(os.name == "nt", reason="arguments are text there")
def test_title_in_another_encoding_makes_no_file(agenda: Agenda, tmp_path: Path) -> None:
    run = agenda("new", "tour.toml", "--title", "Citt\udce0")
    assert (run.code, "encoding of this locale" in run.err, [*tmp_path.iterdir()]) == (2, True, [])


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_command_that_makes_a_folder_is_told_only_where_it_can_be_copied(agenda: Agenda) -> None:
    run = agenda("export", "--output", "gone\udcff/tour.ics")
    assert (run.code, "make it first" in run.err, "mkdir" in run.err) == (1, True, False)
