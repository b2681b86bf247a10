"""The occurrences that programs and libraries of others find in the demanding calendar, as they read it by themselves.

Each is held to the events that it gets wrong. For khal and Radicale, see test_readers.py.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import recurring_ical_events
import vobject  # type: ignore[import-untyped]  # ships no types
from conftest import Run
from ical.demanding import EXPECTED, LAST_DAY, PROGRAMME, UIDS
from ical.programs import UTC_CLOCKS, Occurrences, Reader, by_libical, by_node
from icalendar import Calendar

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory, agenda_once: Callable[..., Run]) -> Path:
    """The file of the demanding agenda."""
    done = agenda_once("export", "--data", "-", stdin=PROGRAMME.encode())
    assert done.code == 0, done.err
    path = tmp_path_factory.mktemp("readers") / "demanding.ics"
    path.write_bytes(done.raw)
    return path


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, agenda_once: Callable[..., Run]) -> Path:
    """The file of the agenda that comes with the program."""
    path = tmp_path_factory.mktemp("readers") / "shipped.ics"
    path.write_bytes(agenda_once("export").raw)
    return path


def told(moment: date) -> str:
    """A day or an instant; a time that floats is taken for one in UTC."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    return f"{moment.astimezone(UTC) if moment.tzinfo else moment:%Y-%m-%dT%H:%M:%SZ}"


# --- the readers ---


def by_recurring_ical_events(path: Path) -> Occurrences:
    found: Occurrences = {}
    events: Any = recurring_ical_events.of(Calendar.from_ical(path.read_bytes()))
    for event in events.between(date(2000, 1, 1), LAST_DAY + timedelta(1)):
        found.setdefault(str(event["UID"]), []).append((told(event.start), told(event.end)))
    return {uid: sorted(spans) for uid, spans in found.items()}


def by_vobject(path: Path) -> Occurrences:
    found: Occurrences = {}
    for event in vobject.readOne(path.read_bytes().decode()).vevent_list:
        start = event.dtstart.value
        end = event.dtend.value if "dtend" in event.contents else start
        is_day = not isinstance(start, datetime)
        last = datetime.combine(LAST_DAY, datetime.max.time(), None if is_day else start.tzinfo)
        rules = event.getrruleset(addRDate=True)
        starts = rules.between(datetime.min.replace(tzinfo=last.tzinfo), last, inc=True) if rules else [start]
        shown = [moment.date() if is_day and isinstance(moment, datetime) else in_utc(moment) for moment in starts]
        found[event.uid.value] = [(told(moment), told(moment + (in_utc(end) - in_utc(start)))) for moment in shown]
    return found


def in_utc(moment: Any) -> Any:
    return moment.astimezone(UTC) if isinstance(moment, datetime) and moment.tzinfo else moment


FLOATING = {"floating", "floating-open", "month-end"}
"""What node-ical takes for times of the first zone that the file defines."""
CHANGE_OF_THE_DAY = {"rome-autumn", "rome-spring"}
"""What ts-ics reads by the offset that holds at the end of the day."""
BY_UTC = {
    *("rome-daily", "rome-exceptions", "rome-yearly", "york-weekly", "howe-endless"),
    *("santiago-weekly", "cairo-weekly", "jerusalem-weekly", "month-end", "last-workday"),
}
"""Series that ts-ics expands in UTC, across clock changes, from the wrong end of a month, or with BYSETPOS alone."""
BY_COUNT = {"thirteenth", "reykjavik-monthly"}
"""Series in whose COUNT ts-ics does not count the days that are left out."""

READERS: dict[str, tuple[Reader, set[str], set[str]]] = {
    "ical.js": (by_node("ical.js"), set(), {"rome-last-twice"}),  # at the second of two equal times
    "node-ical": (by_node("node-ical"), FLOATING, FLOATING),
    "ts-ics": (
        by_node("ts-ics"),
        CHANGE_OF_THE_DAY | {"rome-yearly", "month-end", "last-workday"},
        CHANGE_OF_THE_DAY | BY_UTC | BY_COUNT,
    ),
    "libical": (by_libical, set(), {"rome-last-twice"}),
    "recurring-ical-events": (by_recurring_ical_events, set(), set()),
    "vobject": (by_vobject, set(), set()),
}
"""Each reader, the events whose first start it gets wrong, and those of which it gets any occurrence wrong."""


def expected() -> Occurrences:
    """What the calendar has, as readers tell it: a day ends on the next one."""
    return {
        id: [
            (start, end)
            if start.endswith("Z")
            else (f"{start}Z", f"{end}Z")
            if "T" in start
            else (start, day_after(end))
            for start, end in spans
        ]
        for id, spans in EXPECTED.items()
    }


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


@pytest.mark.parametrize("name", READERS)
def test_reader_gets_no_more_wrong_than_is_known(calendar: Path, name: str) -> None:
    read, known_starts, known = READERS[name]
    ids = {uid.replace("\\", ""): id for id, uid in UIDS.items()}  # of which ts-ics leaves the escapes
    found = {ids[uid.replace("\\", "")]: spans for uid, spans in read(calendar).items()}
    wanted = expected()
    assert found.keys() == wanted.keys()
    wrong = {id for id, spans in wanted.items() if found[id] != spans}
    wrong_starts = {id for id in wrong if [start for start, _ in found[id][:1]] != [wanted[id][0][0]]}
    assert (wrong_starts - known_starts, wrong - known) == (set(), set())


# --- calcurse ---


@pytest.mark.parametrize(("file", "refused"), [("calendar", ["line break in summary"]), ("shipped", [])])
def test_calcurse_takes_all_but_titles_of_several_lines(
    request: pytest.FixtureRequest, file: str, refused: list[str], tmp_path: Path
) -> None:
    if shutil.which("calcurse") is None:
        pytest.skip("calcurse was not asked: `apt-get install calcurse`, on a Debian")
    path: Path = request.getfixturevalue(file)
    done = subprocess.run(
        ["calcurse", "--quiet", "-D", tmp_path, "-i", path],
        capture_output=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
        env=UTC_CLOCKS | {"TMPDIR": str(tmp_path)},
    )
    log = re.search(r"See (\S+) for details", done.stdout.decode() + done.stderr.decode())
    told = Path(log[1]).read_text(encoding="utf-8") if log else ""
    assert re.findall(r"(?m)^VEVENT \[[0-9]+\]: (.+)\.$", told) == refused
    taken = (tmp_path / "apts").read_text(encoding="utf-8").splitlines()
    assert len(taken) == path.read_bytes().count(b"BEGIN:VEVENT") - len(refused)
