"""A rule of recurrence on the first line and a start on the second, in an agenda file and in a calendar."""

from agenda.agendafile.write import write_toml
from fuzz.program import ask, scratch_file
from fuzz.targets import foreign_file

CALENDAR = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:A
DTSTART:{start}
RRULE:{rule}
END:VEVENT
END:VCALENDAR
"""


def try_input(data: bytes) -> None:
    """List and export a series of that rule, and import a calendar that has it."""
    rule, _, start = data.decode(errors="replace").partition("\n")
    head = "".join(write_toml({"events": [{"id": "a", "title": "A", "repeat": rule}]}))
    path = scratch_file()
    path.write_text(f"{head}start = {start.strip()}\n", encoding="utf-8", newline="")
    if ask("check", "--data", str(path)).code == 0:
        for command in (("list", "--from", "2026-01-01", "--to", "2027-12-31"), ("show", "a")):
            answer = ask(*command, "--data", str(path))
            assert answer.code == 0, answer.err
    digits = "".join(char for char in start if char not in "-:")
    foreign_file.try_input(CALENDAR.format(rule=rule, start=digits).encode())
