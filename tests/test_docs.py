"""The examples of README and docs/ do what they say, in a terminal of 80 columns.

Those of README run the program that is installed, the others one whose runs are forked.
"""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from conftest import ESCAPES, ROOT, environment
from forked_program import forked_program
from sybil import Example
from sybil.document import Document
from sybil.parsers.markdown import CodeBlockParser

pytestmark = pytest.mark.slow

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMED_FILE = re.compile(r"# (\S+\.(?:toml|py))\n|#!/bin/sh\n# ([a-z-]+)\b")
WORDS_OF_SHELL = {"if", "then", "else", "fi", "while", "do", "done", "!"}
TERMINAL = (24, 80)


def examples() -> Iterator[object]:
    """Each block of a terminal, of TOML or of Python, and each script. A file starts with a comment of nothing but its
    name, a script with one that has its name first, and they run or are read where a terminal says so.
    """
    for page in PAGES:
        parsers = [CodeBlockParser(language, lambda _: None) for language in ("console", "toml", "python", "sh")]
        for example in Document.parse(str(page), *parsers):
            if example.region.lexemes["arguments"] != "sh" or NAMED_FILE.match(example.parsed):
                yield pytest.param(example, id=f"{page.name}:{example.line}")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder for each page, with a copy of what is in examples/, in which its examples run one after the other."""
    folders = {str(page): tmp_path_factory.mktemp(page.stem) for page in PAGES}
    for folder in folders.values():
        shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
    return folders


SURROUNDINGS: dict[str, str | None] = {"NO_COLOR": "1", "TERM": "xterm", "PYTHONPATH": None}
"""What is different in the environment of the examples."""


@pytest.fixture(scope="module")
def forked_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where programs are looked for, and forked runs of `agenda` are found."""
    with forked_program(tmp_path_factory.mktemp("program"), environment(**SURROUNDINGS)) as program:
        yield os.pathsep.join([str(program.parent), path()])


@pytest.mark.parametrize("example", list(examples()))
def test_example_does_what_the_page_says(example: Example, folders: dict[str, Path], forked_path: str) -> None:
    folder = folders[example.path]
    text = str(example.parsed)
    looked_in = path() if Path(example.path).name == "README.md" else forked_path
    if text.startswith("$ "):
        for command, shown in commands(text):
            assert_gives(command, shown, folder, looked_in)
    elif named := NAMED_FILE.match(text):
        file = folder / (named[1] or named[2])
        file.write_text(text)
        file.chmod(0o755)
    else:
        (folder / "valid.toml").write_text(text)
        assert_gives("agenda check valid.toml", "valid.toml: valid, with …", folder, looked_in)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, with the output that is shown for it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def assert_gives(command: str, shown: str, folder: Path, looked_in: str) -> None:
    """Run the command in a terminal and compare; `…` at the end of what is shown stands for anything."""
    for program in programs(command):
        if shutil.which(program, path=looked_in) is None:
            pytest.skip(f"{program} is not installed, so this is not tried: {command}")
    env = environment(**SURROUNDINGS, PATH=looked_in)
    child = pexpect.spawn(
        "/bin/sh", ["-c", command], cwd=str(folder), env=env, dimensions=TERMINAL, timeout=60, encoding="utf-8"
    )
    written = child.read()
    child.wait()
    child.ptyproc.delayafterclose = 0  # type: ignore[attr-defined]  # it is over: nothing to wait for
    child.close()
    plain = re.sub("\r+\n", "\n", ESCAPES.sub("", written)).strip("\r\n")  # CSV and iCalendar have their own
    wanted = shown.strip("\n")
    if wanted.endswith("…"):
        plain, wanted = plain[: len(wanted) - 1], wanted[:-1]
    assert plain == wanted


def programs(command: str) -> Iterator[str]:
    """The programs that the command names, but those of the folder itself."""
    words = shlex.shlex(command, posix=True, punctuation_chars="|;&<>")
    words.whitespace_split = True
    starts = True
    for word in words:
        is_program = word not in {"read", *WORDS_OF_SHELL} and not word.startswith(("./", "<", ">", "|", "&", ";"))
        if starts and is_program and "=" not in word:
            yield word
        starts = word in {"|", ";", "&&", "||"} | WORDS_OF_SHELL or (starts and "=" in word)


def path() -> str:
    """Where programs are looked for: first where the `agenda` under test is."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
