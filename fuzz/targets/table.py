"""A table, or our own JSON: it is imported, and as a table with ids it changes an agenda file, or is refused."""

from fuzz.program import ask, check_valid, scratch_file
from fuzz.targets import foreign_file

AGENDA = b"""\
[agenda]
timezone = "Europe/Rome"
languages = ["en", "it"]
[[events]]
id = "a"
title = { en = "A", it = "Uno" }
start = 2026-05-01T19:30:00
[[events]]
id = "b"
title = "B"
start = 2026-05-02
repeat = "FREQ=DAILY;COUNT=3"
"""


def try_input(data: bytes) -> None:
    """Import the table, and set the keys of events by it."""
    foreign_file.try_input(data)
    path = scratch_file()
    path.write_bytes(AGENDA)
    if ask("set", "--from", "-", "--data", str(path), stdin=data).code:
        assert path.read_bytes() == AGENDA, "a table that was refused changed the file"
    else:
        check_valid(path)
