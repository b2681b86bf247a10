"""What programs that nobody here wrote find in our exports: icalendar, khal and Radicale, besides our own checker."""

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from conftest import Run, environment
from dateutil.rrule import rrulestr
from ical.demanding import BROKEN, CLEAN, EXPECTED, LAST_DAY, LONG, PROGRAMME, SPECIAL, TITLE, UIDS
from ical.strict_ical import check
from icalendar import Calendar

pytestmark = pytest.mark.slow

File = Callable[[str], Path]
ALARMS = ("--alarm", "30m", "--alarm", "1w", "--alarm", "18:00-1d", "--alarm", "9:00")
IDS = {uid: id for id, uid in UIDS.items()}


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demanding agenda."""
    path = tmp_path_factory.mktemp("demanding") / "events.toml"
    path.write_text(PROGRAMME, "utf-8", newline="\n")
    return path


@pytest.fixture
def demanding(agenda_once: Callable[..., Run], programme: Path) -> bytes:
    """The calendar of it."""
    done = agenda_once("export", "--data", programme, *ALARMS)
    assert done.code == 0, done.err
    return done.raw


@pytest.fixture
def shipped(agenda_once: Callable[..., Run]) -> bytes:
    """The calendar of the agenda that comes with the program."""
    done = agenda_once("export")
    assert done.code == 0, done.err
    return done.raw


def read(data: bytes) -> Calendar:
    """The calendar as icalendar reads it, which complains of nothing."""
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    assert [(each.name, each.errors) for each in calendar.walk() if each.errors] == []
    return calendar


def events(calendar: Any) -> dict[str, Any]:
    return {IDS.get(str(event["UID"]), str(event["UID"])): event for event in calendar.events}


def told(moment: date) -> str:
    """A day, an instant or a floating time, as the table of what is right has it."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.tzinfo is None:
        return f"{moment:%Y-%m-%dT%H:%M:%S}"
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def occurrences(event: Any) -> list[tuple[str, str]]:
    """Every time that an event happens, with ends of days inclusive, its rule expanded by python-dateutil."""
    start, length = event.start, event.duration
    if "RRULE" not in event:
        return [(told(start), told(last_of(start, event.end)))]
    midnight = datetime.min.time()
    first = start if isinstance(start, datetime) else datetime.combine(start, midnight)
    found: Any = rrulestr(event["RRULE"].to_ical().decode(), dtstart=first, forceset=True)
    for day in event.exdates:
        found.exdate(day if isinstance(day, datetime) else datetime.combine(day, midnight))
    shown = found.between(first, datetime.combine(LAST_DAY, datetime.max.time(), first.tzinfo), inc=True)
    moments = [moment if isinstance(start, datetime) else moment.date() for moment in shown]
    return [(told(moment), told(last_of(moment, later(moment, length)))) for moment in moments]


def later(moment: date, length: timedelta) -> date:
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(UTC) + length
    return moment + length


def last_of(start: date, end: date) -> date:
    return end if isinstance(start, datetime) else end - timedelta(1)


def test_the_strict_checker_finds_nothing_wrong(shipped: bytes, demanding: bytes) -> None:
    assert check(shipped) == []
    assert check(demanding) == []


EVENT = '[[events]]\nid = "{id}"\ntitle = "Any"\nstart = 2025-09-28\n{more}\n'
ODD = {
    "hours and seconds": '[agenda]\nnamespace = "a"\nrefresh = "PT1H5S"\n' + EVENT.format(id="a", more=""),
    "no time at all": '[agenda]\nnamespace = "a"\nrefresh = "PT0S"\n' + EVENT.format(id="a", more=""),
    "one uid twice": EVENT.format(id="a", more='uid = "same"') + EVENT.format(id="b", more='uid = "same"'),
    "the uid of another's id": '[agenda]\nnamespace = "a"\n'
    + EVENT.format(id="a", more="")
    + EVENT.format(id="b", more='uid = "a@a"'),
    "the end of the calendar": '[agenda]\nnamespace = "a"\n' + EVENT.format(id="a", more="end = 9999-12-31"),
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_the_program_does_not_refuse_it_exports_as_it_should(agenda: Callable[..., Run], text: str) -> None:
    done = agenda("export", "--data", "-", stdin=text)
    assert done.code == 1 or check(done.raw) == []


@pytest.mark.parametrize("uid", [r"\u0007", " "])
def test_no_uid_is_empty(agenda: Callable[..., Run], uid: str) -> None:
    done = agenda("export", "--data", "-", stdin=EVENT.format(id="a", more=f'uid = "{uid}"'))
    assert done.code == 1 or all(str(event["UID"]).strip() for event in read(done.raw).events)


def test_icalendar_complains_of_nothing_in_the_shipped_agenda(shipped: bytes) -> None:
    found = events(read(shipped))
    at_eleven = {id for id, event in found.items() if told(event.start) == "2025-09-29T02:00:00Z"}
    assert any("unesco" in id for id in at_eleven), at_eleven
    at_half_past_twelve = {id for id, event in found.items() if told(event.start) == "2025-09-30T03:30:00Z"}
    assert any("garden" in id for id in at_half_past_twelve), at_half_past_twelve
    assert len(found) == shipped.count(b"BEGIN:VEVENT\r\n")


def test_icalendar_finds_every_occurrence_at_its_instant(demanding: bytes) -> None:
    assert {id: occurrences(event) for id, event in events(read(demanding)).items()} == EXPECTED


def test_agenda_lists_the_very_same_occurrences(agenda_once: Callable[..., Run], programme: Path) -> None:
    assert listed(agenda_once, programme) == EXPECTED


def test_icalendar_finds_every_character(demanding: bytes) -> None:
    calendar: Any = read(demanding)
    names = [re.sub(r"\\(.)", r"\1", calendar[name]) for name in ("NAME", "X-WR-CALNAME")]  # it reads them as they are
    assert names == [TITLE, TITLE]
    texts, broken = events(calendar)["texts"], events(calendar)["broken"]
    assert str(texts["SUMMARY"]) == SPECIAL
    description = str(texts["DESCRIPTION"])
    assert description.startswith(LONG.strip())
    for part in ("Yuko, Hasegawa, curator; chair\nStefano: Lo Russo", "As; printed, there", "é"):
        assert part in description
    assert str(texts["LOCATION"]) == (
        'Foyer; 2nd, left, Hall; the, "great" \\ one, 1-1 Nakanoshima, Kita-ku;\nOsaka, Osaka'
    )
    assert texts.categories == ["life; sciences", "food, wine", "back\\slash"]
    assert [str(each) for each in texts["CONTACT"]] == ["Città di Torino; Comune", "Ceipiemonte, Torino"]
    assert str(texts["URL"]) == "https://example.org/%E5%A4%A7%E9%98%AA?a=1,2;b&c=%20#%C3%A9"
    assert (texts["GEO"].latitude, texts["GEO"].longitude) == (34.6933, -0.00005)
    assert BROKEN != CLEAN == str(broken["SUMMARY"])
    assert str(broken["DESCRIPTION"]).startswith(CLEAN)


def test_icalendar_finds_the_alarms(demanding: bytes) -> None:
    found = {
        id: sorted(alarm["TRIGGER"].dt for alarm in event.walk("VALARM"))
        for id, event in events(read(demanding)).items()
    }
    of_days = [timedelta(hours=-6), timedelta(hours=9)]
    of_times = [timedelta(weeks=-1), timedelta(minutes=-30)]
    assert found == {
        id: []
        if id in {"between", "between-cancelled", "rome-cancelled"}
        else (of_times if "T" in times[0][0] else of_days)
        for id, times in EXPECTED.items()
    }


def listed(run: Callable[..., Run], programme: Path) -> dict[str, list[tuple[str, str]]]:
    """What the program itself says of when the events are."""
    statuses = [part for status in ("confirmed", "tentative", "cancelled") for part in ("--status", status)]
    period = ("--from", "2000-01-01", "--to", LAST_DAY.isoformat())
    done = run("list", "--data", programme, "--format", "json", *statuses, *period)
    assert done.code == 0, done.err
    found: dict[str, list[tuple[str, str]]] = {}
    for row in json.loads(done.out):
        start, end = row["between"] or (row["start"], row["end"] or row["start"])
        days = row["all_day"] or row["between"]
        found.setdefault(row["id"], []).append((start, end) if days else (plain(start), plain(end)))
    return found


def plain(time: str) -> str:
    return told(datetime.fromisoformat(time))


# --- khal ---


KHAL = """\
[calendars]
[[own]]
path = {folder}/own
type = calendar
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M:%S
longdatetimeformat = %Y-%m-%d %H:%M:%S
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = own
"""


def khal(folder: Path, *arguments: str) -> str:
    """A run of khal, with nothing but what lies in `folder`."""
    home = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "khal", "-c", str(folder / "config"), *arguments],
        capture_output=True,
        cwd=folder,
        env=environment(PYTHONPATH=None, **home),
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_khal_imports_twice_and_lists_what_agenda_lists(
    agenda_once: Callable[..., Run], programme: Path, demanding: bytes, tmp_path: Path
) -> None:
    (tmp_path / "config").write_text(KHAL.format(folder=tmp_path))
    (tmp_path / "own").mkdir()
    (tmp_path / "ours.ics").write_bytes(demanding)
    for _ in range(2):
        khal(tmp_path, "import", "--batch", str(tmp_path / "ours.ics"))
    assert len(list((tmp_path / "own").glob("*.ics"))) == len(EXPECTED)
    fields = [part for name in ("uid", "start-long", "end-long", "title") for part in ("--json", name)]
    found: dict[str, set[tuple[str, str]]] = {}
    titles = {str(event["UID"]): str(event["SUMMARY"]) for event in read(demanding).events}
    for day in khal(tmp_path, "list", *fields, "2019-01-01", LAST_DAY.isoformat()).splitlines():
        shown: list[dict[str, str]] = json.loads(day)
        uids = [event["uid"] for event in shown]
        assert len(set(uids)) == len(uids), "an event is there twice"
        for event in shown:
            times = (event["start-long"].replace(" ", "T"), event["end-long"].replace(" ", "T"))
            found.setdefault(IDS[event["uid"]], set()).add(times)
            # It takes a backslash before an N for a line break when it writes, and shows line breaks as blanks.
            assert event["title"].split() == titles[event["uid"]].replace("\\N", " ").split()
    wanted = {
        id: {(start.rstrip("Z"), an_hour_later(start, end).rstrip("Z")) for start, end in times}
        for id, times in listed(agenda_once, programme).items()
    }
    # Of the hour that comes twice, it takes the second one, which UNTIL still lets in.
    assert found["rome-last-twice"] ^ wanted["rome-last-twice"] == {
        ("2025-10-26T00:30:00", "2025-10-26T00:45:00"),
        ("2025-10-26T01:30:00", "2025-10-26T01:45:00"),
    }
    assert found | {"rome-last-twice": wanted["rome-last-twice"]} == wanted


def an_hour_later(start: str, end: str) -> str:
    """When khal has a time end: an hour after its start where no end is published, else at its end."""
    return told(datetime.fromisoformat(start) + timedelta(hours=1)) if "T" in start and start == end else end


# --- Radicale ---


def meaning(component: Any) -> Any:
    """What a component says, whatever the order: its properties as they were read, and what is in it."""
    lines = sorted(
        (name, value if isinstance(value, str) else value.to_ical(), sorted(value.params.items()))
        for name, value in component.property_items(recursive=False)
        if name not in {"BEGIN", "END"} and hasattr(value, "params")
    )
    return component.name, lines, sorted(map(meaning, component.subcomponents), key=repr)


class Server:
    """Radicale on this machine alone, with a folder of its own and no passwords."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._log = (folder / "log").open("wb")
        options = {
            "--server-hosts": f"127.0.0.1:{self.port}",
            "--auth-type": "none",
            "--storage-filesystem-folder": str(folder / "store"),
            "--logging-level": "warning",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", "", *(part for pair in options.items() for part in pair)],
            cwd=folder,
            env=environment(PYTHONPATH=None, HOME=str(folder)),
            stdout=self._log,
            stderr=self._log,
        )

    def wait(self) -> None:
        """Until it answers; an error where it does not within half a minute."""
        for _ in range(300):
            assert self._process.poll() is None, "Radicale has ended"
            try:
                self.ask("OPTIONS", "/", 200)
                return
            except ConnectionError:
                time.sleep(0.1)
        pytest.fail("Radicale does not answer")

    def ask(self, method: str, path: str, *statuses: int, body: bytes = b"") -> bytes:
        """Its answer, which has one of these statuses."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        login = b64encode(b"test:").decode()
        headers = {"Authorization": f"Basic {login}", "Content-Type": "text/calendar; charset=utf-8"}
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status in statuses, (method, path, answer.status, content)
        return content

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._log.close()


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that answers."""
    server = Server(tmp_path_factory.mktemp("radicale"))
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def test_radicale_takes_each_event_and_gives_it_back(
    agenda_once: Callable[..., Run], programme: Path, radicale: Server
) -> None:
    radicale.ask("MKCALENDAR", "/test/each/", 201)
    for id in EXPECTED:
        ours = agenda_once("export", "--data", programme, *ALARMS, id).raw
        assert check(ours) == []
        radicale.ask("PUT", f"/test/each/{id}.ics", 201, body=ours)
        assert meaning(read(radicale.ask("GET", f"/test/each/{id}.ics", 200))) == meaning(read(ours)), id
        radicale.ask("PUT", f"/test/each/{id}.ics", 201, 204, body=ours)


def test_radicale_takes_each_shipped_event(agenda: Callable[..., Run], tmp_path: Path, radicale: Server) -> None:
    assert agenda("export", "--split", "event", "--output", tmp_path / "each").code == 0
    radicale.ask("MKCALENDAR", "/test/shipped/", 201)
    files = sorted((tmp_path / "each").iterdir())
    assert files
    for file in files:
        ours = file.read_bytes()
        assert check(ours) == []
        radicale.ask("PUT", f"/test/shipped/{file.name}", 201, body=ours)
        assert meaning(read(radicale.ask("GET", f"/test/shipped/{file.name}", 200))) == meaning(read(ours)), file.name


@pytest.fixture(scope="module")
def whole(agenda_once: Callable[..., Run], programme: Path, radicale: Server) -> str:
    """Where Radicale has the calendar of the demanding agenda."""
    radicale.ask("PUT", "/test/whole/", 201, body=agenda_once("export", "--data", programme, *ALARMS).raw)
    return "/test/whole/"


CALENDAR_QUERY = """\
<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><D:getetag/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="{}" end="{}"/>
</C:comp-filter></C:comp-filter></C:filter>
</C:calendar-query>"""


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ("20250702T165900Z", "20250702T170100Z", {"london-summer", "london-weekly"}),
        ("20250702T180000Z", "20250702T185900Z", set[str]()),
        ("20250907T125900Z", "20250907T130100Z", {"santiago-weekly"}),
        ("20251106T175900Z", "20251106T180100Z", {"cairo-weekly"}),
        ("20251026T002900Z", "20251026T003100Z", {"rome-twice", "rome-last-twice", "rome-autumn"}),
        ("20251026T013100Z", "20251026T015900Z", {"rome-twice", "rome-autumn"}),
        ("20280229T185900Z", "20280229T190100Z", {"rome-leap"}),
    ],
)
def test_radicale_finds_times_by_their_instants(
    radicale: Server, whole: str, start: str, end: str, wanted: set[str]
) -> None:
    answer = radicale.ask("REPORT", whole, 207, body=CALENDAR_QUERY.format(start, end).encode())
    found = {IDS[unquote(name)] for name in re.findall(rf"<href>{whole}([^<]+)\.ics</href>", answer.decode())}
    # Days and floating times are on for as long as it asks about them.
    assert {id for id in found if EXPECTED[id][0][0].endswith("Z")} == wanted


def test_radicale_takes_the_whole_calendar(demanding: bytes, radicale: Server, whole: str) -> None:
    back = read(radicale.ask("GET", whole, 200))
    ours = read(demanding)
    assert {id: meaning(event) for id, event in events(back).items()} == {
        id: meaning(event) for id, event in events(ours).items()
    }
    # It writes zones of its own in place of ours, so what they come to is compared.
    assert {id: occurrences(event) for id, event in events(back).items()} == EXPECTED


@pytest.mark.parametrize("zone", ["Asia/Gaza", "Africa/Casablanca"])
def test_old_series_without_an_end_leaves_later_times_right(agenda: Callable[..., Run], zone: str) -> None:
    """In neither zone is there a yearly rule that holds in all years, so its changes stand one by one."""
    events = (
        '[[events]]\nid = "old"\ntitle = "Old"\nstart = 2010-01-01T10:00:00\nrepeat = "FREQ=WEEKLY"\n'
        '[[events]]\nid = "late"\ntitle = "Late"\nstart = 2026-07-01T10:00:00\n'
    )
    head = f'[agenda]\nnamespace = "n"\ntimezone = "{zone}"\n'
    content = agenda("export", "-d", "-", stdin=head + events).out.replace(zone, f"Private/{zone.replace('/', '')}")
    read: list[Any] = Calendar.from_ical(content).walk("VEVENT")
    late = next(event for event in read if event["UID"].startswith("late"))
    assert late["DTSTART"].dt.astimezone(UTC) == datetime(2026, 7, 1, 10, tzinfo=ZoneInfo(zone)).astimezone(UTC)
