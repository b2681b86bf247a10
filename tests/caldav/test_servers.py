"""`agenda push` against two servers that people run, Radicale and Xandikos."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from caldav.servers import LOGGED_IN, PASSWORD, QUIET, USER, Server, radicale, xandikos
from conftest import SHIPPED, Run
from ical.demanding import PROGRAMME

from agenda.caldav.collection import Collection, parse_address
from agenda.caldav.failures import RefusedChange
from agenda.caldav.login import Login

pytestmark = pytest.mark.slow

Push = Callable[..., Run]

TOUR = """\
[agenda]
title = "Tour"
namespace = "tour.example"
timezone = "Europe/Rome"
revised = {revised}

[[events]]
id = "opening"
title = "{title}"
start = 2027-04-08T10:50:00

[[events]]
id = "rehearsal"
title = "Rehearsal; with all, and more"
start = 2027-04-05T18:00:00
end = 2027-04-05T21:00:00
repeat = "FREQ=WEEKLY;COUNT=4"
except = [2027-04-12]
"""
FOREIGN = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Somebody//Else//EN\r
BEGIN:VEVENT\r
UID:dentist@tour.example.org\r
DTSTAMP:20270101T000000Z\r
DTSTART:20270408T080000Z\r
SUMMARY:Dentist\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Radicale, which wants a password."""
    with radicale(tmp_path_factory.mktemp("radicale")) as running:
        yield running


@pytest.fixture(scope="module")
def unlocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Xandikos, which wants none."""
    with xandikos(tmp_path_factory.mktemp("xandikos")) as running:
        yield running


@pytest.fixture(scope="module", params=["locked", "unlocked"], ids=["radicale", "xandikos"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the two."""
    running: Server = request.getfixturevalue(request.param)
    return running


@pytest.fixture
def push(agenda: Callable[..., Run]) -> Push:
    """A run of `agenda push` of an agenda file with that text; what it did stands in its remarks."""

    def run(url: str, text: str, *arguments: str) -> Run:
        return agenda("push", url, "--data", "-", "--verbose", *arguments, stdin=text, env=LOGGED_IN)

    return run


def tour(title: str = "Opening night", revised: str = "2026-01-01T00:00:00Z") -> str:
    return TOUR.format(title=title, revised=revised)


def done(run: Run) -> str:
    """What was done."""
    assert run.code == 0, run.err
    return run.err.rstrip("\n").rpartition("agenda: ")[2]


@pytest.mark.parametrize("programme", [SHIPPED.read_text("utf-8"), PROGRAMME], ids=["shipped", "demanding"])
def test_second_push_sends_nothing(server: Server, push: Push, programme: str) -> None:
    # Xandikos takes a backslash before an N for a line break, so that it never gives back that title.
    programme = programme.replace("\\\\N", "").replace("\\N", "")
    alarms = ("--alarm", "30m", "--alarm", "1d", "--alarm", "24h", "--alarm", "18:00-1d")
    url = server.make_calendar()
    first, second = done(push(url, programme, *alarms)), done(push(url, programme, *alarms))
    number = first.split()[0]
    assert (first, second) == (
        f"{number} created, 0 changed, 0 deleted, 0 unchanged",
        f"0 created, 0 changed, 0 deleted, {number} unchanged",
    )


def test_event_comes_as_it_is_exported(server: Server, push: Push) -> None:
    url = server.make_calendar()
    push(url, tour())
    there = server.get(f"{url}rehearsal@tour.example.ics") or ""
    lines = {"DTSTART;TZID=Europe/Rome:20270405T180000", "EXDATE;TZID=Europe/Rome:20270412T180000"}
    assert lines <= set(there.splitlines())
    assert re.search("^SUMMARY:Rehearsal", there, re.MULTILINE)


def test_changed_event_is_changed_and_no_other(server: Server, push: Push) -> None:
    url = server.make_calendar()
    push(url, tour())
    assert done(push(url, tour("Grand opening"))) == "0 created, 1 changed, 0 deleted, 1 unchanged"
    assert "SUMMARY:Grand opening" in (server.get(f"{url}opening@tour.example.ics") or "")


def test_revision_alone_is_no_change(server: Server, push: Push) -> None:
    url = server.make_calendar()
    push(url, tour())
    later = tour(revised="2026-06-01T00:00:00Z")
    assert done(push(url, later)) == "0 created, 0 changed, 0 deleted, 2 unchanged"


def test_event_that_is_gone_is_deleted_and_those_of_others_stay(server: Server, push: Push) -> None:
    url = server.make_calendar()
    server.put(f"{url}dentist.ics", FOREIGN)
    push(url, tour())
    without_opening = re.sub(r"\[\[events\]\]\nid = \"opening\".*?(?=\[\[)", "", tour(), flags=re.DOTALL)
    assert done(push(url, without_opening)) == "0 created, 0 changed, 1 deleted, 1 unchanged"
    assert server.get(f"{url}opening@tour.example.ics") is None
    assert "Dentist" in (server.get(f"{url}dentist.ics") or "")


def test_dry_run_shows_what_would_be_done_and_does_not(server: Server, push: Push) -> None:
    url = server.make_calendar()
    run = push(url, tour(), "--dry-run")
    assert run.out == (
        "create\trehearsal@tour.example\tRehearsal; with all, and more\ncreate\topening@tour.example\tOpening night\n"
    )
    assert server.get(f"{url}opening@tour.example.ics") is None


def test_choice_deletes_nothing_unless_that_is_asked_for(server: Server, push: Push) -> None:
    url = server.make_calendar()
    push(url, tour())
    assert done(push(url, tour(), "opening")) == "0 created, 0 changed, 0 deleted, 1 unchanged"
    assert done(push(url, tour(), "opening", "--delete")) == "0 created, 0 changed, 1 deleted, 1 unchanged"


def test_what_somebody_changes_meanwhile_is_kept(server: Server, push: Push) -> None:
    url = server.make_calendar()
    push(url, tour())
    theirs = f"{url}opening@tour.example.ics"
    with Collection(parse_address(url), Login(USER, PASSWORD, "the test")) as collection:
        (listed,) = [each for each in collection.fetch_events() if "opening" in each.href]
        server.put(theirs, (server.get(theirs) or "").replace("Opening night", "Closed"))
        with pytest.raises(RefusedChange, match="somebody else has written it meanwhile"):
            collection.replace(listed, listed.data)
        with pytest.raises(RefusedChange, match="somebody else has written it meanwhile"):
            collection.delete(listed)
        with pytest.raises(RefusedChange, match="somebody else has written it meanwhile"):
            collection.create("opening@tour.example.ics", listed.data)
    assert "SUMMARY:Closed" in (server.get(theirs) or "")


def test_event_with_a_uid_of_its_own_is_found_again_and_deleted(server: Server, push: Push) -> None:
    url = server.make_calendar()
    own = tour().replace('id = "opening"', 'id = "opening"\nuid = "040000/Some UID"')
    assert done(push(url, own)) == "2 created, 0 changed, 0 deleted, 0 unchanged"
    assert done(push(url, own)) == "0 created, 0 changed, 0 deleted, 2 unchanged"
    without_opening = re.sub(r"\[\[events\]\]\nid = \"opening\".*?(?=\[\[)", "", own, flags=re.DOTALL)
    assert done(push(url, without_opening)) == "0 created, 0 changed, 1 deleted, 1 unchanged"


def test_address_above_the_calendars_is_told(server: Server, push: Push) -> None:
    run = push(server.home, tour())
    assert (run.code, len(run.err.splitlines())) == (1, 1)
    assert "calendar" in run.err


def test_address_of_nothing_is_told(server: Server, push: Push) -> None:
    run = push(f"{server.home}nothing/", tour())
    assert (run.code, "there is no calendar http" in run.err) == (1, True)


def test_wrong_password_is_told(agenda: Callable[..., Run], locked: Server) -> None:
    url = locked.make_calendar()
    wrong = agenda("push", url, env=LOGGED_IN | {"AGENDA_CALDAV_PASSWORD": "wrong"})
    none = agenda("push", url, env=QUIET)
    assert (wrong.code, wrong.err) == (1, "agenda: 127.0.0.1 does not take the name and password of the environment\n")
    assert (none.code, "wants a name and a password; set AGENDA_CALDAV_USER" in none.err) == (1, True)


def test_password_of_netrc_is_taken(agenda: Callable[..., Run], tmp_path: Path, locked: Server) -> None:
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n")
    url = locked.make_calendar()
    run = agenda("push", url, env=QUIET | {"NETRC": str(tmp_path / "netrc")})
    assert run.code == 0, run.err
    assert len(httpx.get(url, auth=(USER, PASSWORD)).text) > 1000
