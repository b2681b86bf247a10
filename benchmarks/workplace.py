"""The folder in which everything is measured: its home, its agendas, and the events as other programs keep them."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from environments import program, python
from measure import Command, FailedError, lines
from programme import FIRST, days

SCRIPTS = Path(__file__).parent / "scripts"
ZONE = "Asia/Tokyo"
_PATIENCE = 600
"""Seconds that khal may take to fill its cache, once."""

_KHAL = """\
[calendars]
[[main]]
path = {folder}/calendar
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


class Workplace:
    """A folder with a home of its own, a fixed clock, zone and width, and nothing of the user's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "TZ": ZONE,
            "COLUMNS": "100",
            "AGENDA_NOW": f"{FIRST}T09:00",
        }

    def command(self, name: str, *arguments: str | Path) -> Command:
        """A command line of the program that an environment is named after."""
        return Command((program(name), *map(str, arguments)), self.folder, self._env)

    def uncached(self, *arguments: str | Path) -> Command:
        """A command line of agenda, which reads its TOML in each run."""
        command = self.command("agenda", *arguments)
        return replace(command, env={**command.env, "AGENDA_CACHE": "off"})

    def script(self, environment: str, name: str, *arguments: str | Path) -> Command:
        """A command line of one of our scripts, in an environment."""
        arguments = (python(environment), SCRIPTS / f"{name}.py", *arguments)
        return Command(tuple(map(str, arguments)), self.folder, self._env)

    def agenda(self, name: str, text: Callable[[int], Iterable[str]], events: int) -> Path:
        """The file of an agenda; made the first time."""
        path = self.folder / f"{name}-{events}.toml"
        if not path.exists():
            with path.open("w", encoding="utf-8") as file:
                file.writelines(text(events))
        return path

    def exported(self, agenda: Path) -> Path:
        """Its iCalendar file; made the first time, by agenda. Raises FailedError."""
        path = agenda.with_suffix(".ics")
        if not path.exists():
            for _ in lines(self.command("agenda", "export", "--data", agenda, "--output", path)):
                pass
        return path

    def khal(self, agenda: Path) -> Path:
        """The configuration of a khal that has its events in a calendar, and in its cache; made the first time. Raises
        FailedError.
        """
        folder = agenda.with_suffix(".khal")
        if not folder.exists():
            (folder / "calendar").mkdir(parents=True)
            for number, event in enumerate(_single_events(self.exported(agenda))):
                (folder / "calendar" / f"{number}.ics").write_bytes(event)
            (folder / "config").write_text(_KHAL.format(folder=folder, zone=ZONE), encoding="utf-8")
            for _ in lines(replace(self.command("khal", "-c", folder / "config", "list"), limit=_PATIENCE)):
                pass
        return folder / "config"

    def reminders(self, agenda: Path) -> Path:
        """Its events as a file for remind; made the first time. Raises FailedError."""
        path = agenda.with_suffix(".rem")
        if not path.exists():
            command = self.command("agenda", "list", "--data", agenda, "--fields", "start,end,title")
            with path.open("w", encoding="utf-8") as file:
                file.writelines(_reminder(*line.decode().rstrip("\n").split("\t")) for line in lines(command))
        return path


def last_day(events: int) -> date:
    """The last day on which an agenda of dated events has any."""
    return FIRST + timedelta(days(events) - 1)


def busiest_day(place: Workplace, agenda: Path) -> str:
    """The day on which most of its events start, which are dated. Raises FailedError."""
    counts: dict[str, int] = {}
    for line in lines(place.command("agenda", "list", "--data", agenda, "--fields", "start")):
        day = line.decode()[: len("2025-01-01")]
        counts[day] = counts.get(day, 0) + 1
    if not counts:
        raise FailedError("agenda lists no events")
    return max(counts, key=lambda day: (counts[day], day))


def _single_events(path: Path) -> Iterator[bytes]:
    """A calendar for each event of a calendar, with all that stands before the first."""
    head: list[bytes] = []
    event: list[bytes] = []
    with path.open("rb") as file:
        for line in file:
            if event or line.startswith(b"BEGIN:VEVENT"):
                event.append(line)
            else:
                head.append(line)
            if line.startswith(b"END:VEVENT"):
                yield b"".join([*head, *event, b"END:VCALENDAR\r\n"])
                event = []


def _reminder(start: str, end: str, title: str) -> str:
    day, _, time = start.partition("T")
    if not time:
        return f"REM {day} MSG {title}\n"
    minutes = _minutes(end.partition("T")[2]) - _minutes(time)
    return f"REM {day} AT {time[:5]} DURATION {minutes // 60}:{minutes % 60:02} MSG {title}\n"


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])
