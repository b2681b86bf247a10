"""Words for days: each is read as a day, a period, a month, a time and a length of time, or refused."""

from collections.abc import Callable
from datetime import date
from zlib import crc32

from agenda.errors import UsageError
from agenda.typed_days.clock import Clock, is_day
from agenda.typed_days.moments import read_shift, read_single_day, read_typed_moment
from fuzz.program import ask, check_safe, scratch_file

CLOCK = Clock(date(2026, 3, 1), lambda: (date(2026, 2, 20), date(2027, 5, 31)))
READERS: tuple[Callable[[str], object], ...] = (
    CLOCK.day,
    CLOCK.period,
    CLOCK.month,
    is_day,
    read_shift,
    lambda typed: read_single_day(typed, CLOCK),
    lambda typed: read_typed_moment(typed, CLOCK),
)
CALLS_SHARE = 8
"""One of so many inputs is also called for, which takes a hundred times as long."""
AGENDA = """\
[cities.Torino]
[topics.music]
[[events]]
id = "a"
title = "A"
city = "Torino"
topics = ["music"]
start = 2026-03-06
"""


def try_input(data: bytes) -> None:
    """Read a text as whatever it may be, and its words in a command line."""
    text = data.decode(errors="replace")
    for read in READERS:
        try:
            read(text)
        except UsageError as error:
            check_safe(str(error))
    if crc32(data) % CALLS_SHARE:
        return
    words = [word for word in text.replace("\0", "").split() if not word.startswith("-")]
    path = scratch_file()
    path.write_text(AGENDA, encoding="utf-8")
    command = ("list", "next", "month", "count")[len(text) % 4]
    ask(command, *words, "--data", str(path))
