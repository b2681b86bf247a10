"""A change on the first line, such as `set a title=New`, and below it the file that is changed."""

import re

from fuzz.program import ask, check_valid, scratch_file

COMMANDS = ("add", "set", "move", "cancel", "remove", "rename")
OPTIONS = re.compile(
    "-|-[0-9].*|--(?:alias|between|by|city|declare|end|except|id|keep-revised|person|repeat|room|start|topic|venue)"
)
"""Options that name no file, and what else may start with a hyphen."""


def try_input(data: bytes) -> None:
    """Change a file with that content: it is valid after that, or as it was."""
    first, _, content = data.partition(b"\n")
    command, *words = first.decode(errors="replace").replace("\0", "").split() or [""]
    if command not in COMMANDS:
        return
    words = [word for word in words if not word.startswith("-") or OPTIONS.fullmatch(word)]
    path = scratch_file()
    path.write_bytes(content)
    asked = (command, *words, "--data", str(path))
    tried = ask(*asked, "--dry-run")
    assert path.read_bytes() == content, "--dry-run changed the file"
    done = ask(*asked)
    assert done.code == tried.code, f"--dry-run ended with {tried.code}, and the change with {done.code}"
    if done.code:
        assert path.read_bytes() == content, "a change that was refused changed the file"
    else:
        check_valid(path)
