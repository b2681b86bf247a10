"""An agenda file, valid or not: it is checked, and one that is valid is shown and exported."""

from zlib import crc32

from fuzz.program import ask, check_safe, scratch_file

COMMANDS = (
    ("list",),
    ("list", "--format", "json", "--to", "2100-01-01"),
    ("show", "a"),
    ("export",),
    ("count", "--by", "city"),
    ("timeline", "--width", "60"),
    ("day", "2026-05-01"),
    ("month", "2026-05"),
    ("next",),
    ("clashes",),
)
"""What is asked of a valid file, one of these for each."""


def try_input(data: bytes) -> None:
    """Check a file with that content, and ask a valid one for something."""
    path = scratch_file()
    path.write_bytes(data)
    checked = ask("check", "--clashes", "--data", str(path))
    check_safe(checked.out)
    if checked.code == 0:
        command = COMMANDS[crc32(data) % len(COMMANDS)]
        check_safe(ask(*command, "--data", str(path)).out.replace("\r\n", "\n"))
