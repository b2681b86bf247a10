"""`agenda push` against a server that does what a test says: how much it asks, and what it tells of each answer."""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from caldav.servers import LOGGED_IN, PASSWORD, QUIET, Puppet, Reply, Request, etag, multistatus, puppet, response
from conftest import Run

from agenda.caldav import collection
from agenda.caldav.collection import Collection, parse_address
from agenda.caldav.failures import ServerError
from agenda.caldav.login import find_login
from agenda.errors import FileError, UsageError

Push = Callable[..., Run]

TOUR = '[agenda]\nnamespace = "tour.example"\nrevised = 2026-01-01T00:00:00Z\n'
OPENING = '[[events]]\nid = "opening"\ntitle = "Opening night"\nstart = 2027-04-08\n'
CLOSING = '[[events]]\nid = "closing"\ntitle = "Closing"\nstart = 2027-04-09\n'
FINALE = '[[events]]\nid = "finale"\ntitle = "Finale"\n'
PATH = "/cal/opening@tour.example.ics"


@pytest.fixture
def server() -> Iterator[Puppet]:
    """The server."""
    with puppet() as running:
        yield running


@pytest.fixture
def push(agenda: Callable[..., Run], server: Puppet) -> Push:
    """A run of `agenda push` to it, of an agenda file of these events."""

    def run(*arguments: str, events: str = OPENING + CLOSING, env: dict[str, str] | None = None) -> Run:
        url = [] if arguments and "://" in arguments[0] else [server.url]
        return agenda("push", *url, "--data", "-", *arguments, stdin=TOUR + events, env=env or LOGGED_IN)

    return run


def only(method: str, reply: Reply) -> Callable[[Request], Reply | None]:
    """That answer to requests of that method."""
    return lambda request: reply if request.method == method else None


def error(run: Run) -> str:
    """The one line of a run that fails."""
    assert (run.code, run.out) == (1, "")
    (line,) = run.err.splitlines()
    return line.removeprefix("agenda: ")


# --- How much is asked ---


def test_each_event_takes_one_request(agenda: Callable[..., Run], server: Puppet) -> None:
    assert agenda("push", server.url, env=LOGGED_IN).code == 0
    assert server.methods() == ["REPORT", "PROPFIND", *["PUT"] * 26]
    assert {request.headers["If-None-Match"] for request in server.requests[2:]} == {"*"}


def test_all_requests_go_over_one_connection(push: Push, server: Puppet) -> None:
    push()
    assert (len(server.requests), server.connections) == (4, 1)


def test_second_run_takes_one_request(push: Push, server: Puppet) -> None:
    push()
    server.requests.clear()
    assert (push().err, server.methods()) == ("", ["REPORT"])


def test_change_and_deletion_are_of_what_was_listed(push: Push, server: Puppet) -> None:
    push()
    before = dict(server.resources)
    server.requests.clear()
    push(events=OPENING.replace("night", "day"))
    assert [(each.method, each.path, each.headers.get("If-Match")) for each in server.requests[1:]] == [
        ("PUT", PATH, etag(before[PATH])),
        ("DELETE", "/cal/closing@tour.example.ics", etag(before["/cal/closing@tour.example.ics"])),
    ]


def test_password_is_sent_with_the_first_request(push: Push, server: Puppet) -> None:
    push()
    assert server.requests[0].headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("\r\n", "\n"),
        ("DTSTAMP:20260101T000000Z", "DTSTAMP:20300101T000000Z"),
        ("STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nCREATED:20300101T000000Z\r\n"),
        ("SUMMARY:Opening night\r\n", "SUMMARY:Opening\r\n  night\r\n"),
        ("DTSTART;VALUE=DATE:", 'DTSTART;VALUE="DATE":'),
        ("PRODID:-//agenda", "PRODID:-//Other"),
        ("BEGIN:VEVENT", "BEGIN:VTIMEZONE\r\nTZID:Any\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"),
        ("END:VCALENDAR", "begin:vtimezone\r\nTZID:Any\r\nend:vtimezone\r\nEND:VCALENDAR"),
    ],
)
def test_another_form_of_the_same_is_no_change(push: Push, server: Puppet, ours: str, theirs: str) -> None:
    push()
    text = server.resources[PATH]
    server.resources[PATH] = text.replace(ours, theirs)
    assert server.resources[PATH] != text
    server.requests.clear()
    push()
    assert server.methods() == ["REPORT"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SUMMARY:Opening night", "SUMMARY:Opening"),
        ("STATUS:CONFIRMED\r\n", "STATUS:CONFIRMED\r\nCATEGORIES:music\r\n"),
        ("DTSTART;VALUE=DATE:20270408", "DTSTART;VALUE=DATE:20270407"),
    ],
)
def test_what_somebody_changed_before_is_made_as_the_agenda_has_it(
    push: Push, server: Puppet, ours: str, theirs: str
) -> None:
    push()
    text = server.resources[PATH]
    server.resources[PATH] = text.replace(ours, theirs)
    push()
    assert server.resources[PATH] == text


# --- What is deleted ---


@pytest.mark.parametrize("choice", [["--from", "2027-04-09"], ["closing"], ["--search", "closing"]])
def test_choice_deletes_nothing(push: Push, server: Puppet, choice: list[str]) -> None:
    push()
    push(*choice, events=CLOSING + OPENING)
    assert len(server.resources) == 2
    push(*choice, "--delete", events=CLOSING + OPENING)
    assert list(server.resources) == ["/cal/closing@tour.example.ics"]


def test_what_has_become_internal_leaves_a_public_calendar(push: Push, server: Puppet) -> None:
    push("--public")
    push("--public", events=OPENING + CLOSING + 'visibility = "internal"\n')
    assert list(server.resources) == [PATH]


def test_language_of_a_calendar_is_not_that_of_who_pushes(agenda: Callable[..., Run], server: Puppet) -> None:
    titles = 'title = { en = "Opening night", it = "Serata inaugurale" }'
    file = TOUR.replace("\n", '\nlanguages = ["en", "it"]\n', 1) + OPENING.replace('title = "Opening night"', titles)
    env = LOGGED_IN | {"AGENDA_LANG": "it"}
    agenda("push", server.url, "--data", "-", stdin=file, env=env)
    assert "Opening night" in server.resources[PATH]
    agenda("push", server.url, "--data", "-", "--lang", "it", stdin=file, env=LOGGED_IN)
    assert "Serata inaugurale" in server.resources[PATH]


def test_event_without_a_date_is_left_out_and_told(push: Push, server: Puppet) -> None:
    run = push("--verbose", events=OPENING + FINALE)
    assert run.err.splitlines() == [
        "agenda: 1 event has no date yet and was left out",
        "agenda: 1 created, 0 changed, 0 deleted, 0 unchanged",
    ]
    assert list(server.resources) == [PATH]


def test_last_events_are_not_deleted_unless_that_is_asked_for(push: Push, server: Puppet) -> None:
    push()
    assert (
        error(push(events="")) == "no event is left to push, and 2 events there would be deleted; add --delete for that"
    )
    assert len(server.resources) == 2
    assert push("--delete", events="").code == 0
    assert server.resources == {}


def test_event_of_each_of_several_files_is_deleted_once_it_is_gone(
    agenda: Callable[..., Run], file: Callable[[str], Path], server: Puppet
) -> None:
    own = file(TOUR + OPENING)
    other = TOUR.replace("tour.example", "other.example")

    def push_both(events: str) -> Run:
        return agenda("push", server.url, "-d", own, "-d", "-", stdin=other + events, env=LOGGED_IN)

    push_both(CLOSING + OPENING.replace("opening", "third"))
    assert sorted(server.resources) == ["/cal/closing@other.example.ics", PATH, "/cal/third@other.example.ics"]
    push_both(CLOSING)
    assert sorted(server.resources) == ["/cal/closing@other.example.ics", PATH]


def test_other_agenda_of_the_same_calendar_is_left_alone(
    agenda: Callable[..., Run], push: Push, server: Puppet
) -> None:
    other = TOUR.replace("tour.example", "other.example") + OPENING
    own = TOUR.replace("tour.example", "third.example") + OPENING + 'uid = "of its own"\n'
    agenda("push", server.url, "--data", "-", stdin=other, env=LOGGED_IN)
    agenda("push", server.url, "--data", "-", stdin=own, env=LOGGED_IN)
    push("--delete")
    assert len(server.resources) == 4


def test_event_of_another_program_with_the_same_uid_is_left_alone(push: Push, server: Puppet) -> None:
    theirs = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other\r\nBEGIN:VEVENT\r\nUID:7@dav.example\r\n"
        "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270408\r\nSUMMARY:Opening\r\n"
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    server.resources["/cal/7.ics"] = theirs
    run = push(events=OPENING + 'uid = "7@dav.example"\n')
    assert server.resources == {"/cal/7.ics": theirs}
    assert run.err.splitlines() == [  # in a pipe, too: cron is to tell that the event is not there as the agenda has it
        'agenda: 1 event on the server with a UID of this agenda, made by another program, left alone: "Opening"',
    ]
    assert push("--quiet", events=OPENING + 'uid = "7@dav.example"\n').err == ""


def test_event_of_another_program_that_is_nested_hundreds_deep_is_left_alone(push: Push, server: Puppet) -> None:
    deep = "BEGIN:VALARM\r\n" * 3_000 + "END:VALARM\r\n" * 3_000
    theirs = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:7\r\n{deep}END:VEVENT\r\nEND:VCALENDAR\r\n"
    server.resources["/cal/7.ics"] = theirs
    run = push("--delete")
    assert run.code == 0
    assert server.resources["/cal/7.ics"] == theirs


# --- Messages ---


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(401), "127.0.0.1 does not take the name and password of the environment"),
        (Reply(403), r'the user "anna" may not read http.*/cal/, or it is no calendar'),
        (Reply(404), r"there is no calendar http://127.0.0.1:\d+/cal/; .*"),
        (Reply(405), r"http.*/cal/ is no CalDAV calendar \(405\); .*"),
        (Reply(500), "127.0.0.1 fails with status 500; try again later"),
        (Reply(503), r"127.0.0.1 has too much to do \(503\); try again later"),
        (Reply(507), r"127.0.0.1 has no room for more \(507\)"),
        (
            Reply(200, "<html>Log in</html>", {"Content-Type": "text/html; charset=utf-8"}),
            r"http.*/cal/ answers with status 200 and a page, perhaps one to log in, so it is no CalDAV calendar; .*",
        ),
        (
            Reply(302, headers={"Location": "https://evil.example/cal/"}),
            r'http.*/cal/ leads to another server, "https://evil.example/cal/", which gets no password; .*',
        ),
        (Reply(302, headers={"Location": "/cal/"}), "http.*/cal/ redirects again and again"),
        (Reply(302, headers={"Location": "http://127.0.0.1:1/"}), r".* leads to another server, .*"),
        (Reply(207, "<multistatus"), "the answer of http.*/cal/ cannot be read: .*"),
        (Reply(207, "<html/>"), "the answer of http.*/cal/ cannot be read: it is no multistatus"),
        (
            Reply(207, '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'),
            "the answer of http.*/cal/ cannot be read: it has a document type .*",
        ),
        (Reply(207, b"\xff\xfe\x00\x01"), "the answer of http.*/cal/ cannot be read: .*"),
        (
            Reply(207, multistatus(response("https://evil.example/cal/a.ics", '"1"', "x"))),
            'http.*/cal/ lists "https://evil.example/cal/a.ics", which is not in it',
        ),
        (Reply(207, multistatus(response("/cal/../b/a.ics", '"1"', "x"))), ".*, which is not in it"),
        (Reply(207, multistatus(response("/cal/%2e%2e/b/a.ics", '"1"', "x"))), ".*, which is not in it"),
        (Reply(207, multistatus(response("/cal/a.ics", '"1"', ""))), '.* lists "/cal/a.ics" without what is in it'),
        (
            Reply(
                207,
                multistatus("<d:response><d:href>/cal/</d:href><d:status>HTTP/1.1 507 Full</d:status></d:response>"),
            ),
            "http.*/cal/ has more events than its server lists; push to a calendar with fewer",
        ),
    ],
)
def test_answer_that_is_no_list_of_events_ends_all(push: Push, server: Puppet, reply: Reply, told: str) -> None:
    server.answers = only("REPORT", reply)
    assert re.fullmatch(told, error(push()))
    assert set(server.methods()) == {"REPORT"}


def test_empty_collection_that_is_no_calendar_is_told(push: Push, server: Puppet) -> None:
    server.answers = only("PROPFIND", Reply(207, multistatus()))
    assert error(push()).endswith("/cal/ is no calendar; give the address of one, perhaps one level below it")


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (412, "somebody else has written it meanwhile; theirs is kept (status 412)"),
        (413, "it is too large for the server (status 413)"),
        (423, "it is locked by another program; try again later (status 423)"),
        (409, "the server does not take it (status 409)"),
    ],
)
def test_refused_event_is_told_and_the_others_are_sent(push: Push, server: Puppet, status: int, told: str) -> None:
    server.answers = lambda request: Reply(status) if request.path == PATH else None
    assert error(push()) == f'"Opening night": {told}'
    assert list(server.resources) == ["/cal/closing@tour.example.ics"]


def test_change_of_somebody_else_between_the_requests_is_kept(push: Push, server: Puppet) -> None:
    push()

    def interfere(request: Request) -> None:
        if request.method == "PUT":
            server.resources[PATH] = "theirs"

    server.answers = interfere
    run = push(events=OPENING.replace("night", "day") + CLOSING)
    assert error(run) == '"Opening day": somebody else has written it meanwhile; theirs is kept (status 412)'
    assert server.resources[PATH] == "theirs"


def test_server_says_why(push: Push, server: Puppet) -> None:
    body = '<error xmlns="DAV:"><no-uid-conflict xmlns="urn:ietf:params:xml:ns:caldav"/></error>'
    server.answers = only("PUT", Reply(403, body))
    run = push(events=OPENING)
    assert error(run) == '"Opening night": the server does not take it (status 403: no-uid-conflict)'


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (403, r'the user "anna" may not change http.*/cal/; 1 of 2 changes were made'),
        (507, r"127.0.0.1 has no room for more \(507\); 1 of 2 changes were made"),
        (302, r"127.0.0.1 answers with status 302, and has not made the change; 1 of 2 changes were made"),
    ],
)
def test_server_that_takes_no_more_ends_all(push: Push, server: Puppet, status: int, told: str) -> None:
    server.answers = lambda request: Reply(status) if request.path == "/cal/closing@tour.example.ics" else None
    assert re.fullmatch(told, error(push()))


def test_server_that_is_not_there_is_told(push: Push) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/cal/"
        assert re.fullmatch(r"127.0.0.1:\d+ cannot be reached: [^\[]*[Rr]efused", error(push(url)))


def test_server_of_no_name_is_told(push: Push) -> None:
    told = error(push("http://nowhere.invalid/cal/"))
    # Without a net, nobody can tell.
    assert re.fullmatch("nowhere.invalid cannot be reached: (there is no such server|Temporary failure.*)", told)


def test_server_that_does_not_encrypt_is_told(push: Push, server: Puppet) -> None:
    told = error(push(server.url.replace("http:", "https:")))
    assert re.match(r"no encrypted connection to 127.0.0.1:\d+: ", told)


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"SSL_CERT_FILE": "/nonexistent"}, "the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read"),
        ({"ALL_PROXY": "gopher://a"}, "the proxy of the environment cannot be used"),
    ],
)
def test_environment_that_is_wrong_is_told(push: Push, env: dict[str, str], told: str) -> None:
    assert error(push(env=LOGGED_IN | env)).startswith(told)


def test_server_that_does_not_answer_is_told(server: Puppet) -> None:
    over = threading.Event()
    server.answers = lambda _: Reply(500) if over.wait(20) else None
    with (
        Collection(parse_address(server.url), None, wait_seconds=0.2) as asked,
        pytest.raises(ServerError, match=r"127.0.0.1:\d+ does not answer within 0.2 seconds"),
    ):
        asked.fetch_events()
    over.set()


def test_answer_without_an_end_is_told(server: Puppet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MAX_LISTING_BYTES", 10**6)
    server.answers = only("REPORT", Reply(207, "x" * 2 * 10**6))
    with (
        Collection(parse_address(server.url), None) as asked,
        pytest.raises(ServerError, match=r"holds more than 1 MB, which is the most that is read"),
    ):
        asked.fetch_events()


# --- Addresses, and names and passwords ---


def test_redirect_on_the_same_server_is_followed(push: Push, server: Puppet) -> None:
    moved = Reply(301, headers={"Location": "/cal/"})
    server.answers = lambda request: moved if request.path == "/old/" else None
    assert push(server.url.replace("/cal/", "/old")).code == 0
    assert PATH in server.resources


def test_digest_is_given_where_the_server_wants_it(push: Push, server: Puppet) -> None:
    def challenge(request: Request) -> Reply | None:
        if request.headers.get("Authorization", "").startswith("Digest "):
            return None
        return Reply(401, headers={"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'})

    server.answers = challenge
    assert push().code == 0
    assert len(server.resources) == 2


@pytest.mark.parametrize("address", ["https://anna:s3cret@dav.example/tour/", "https://s3cret@dav.example/"])
def test_password_in_the_address_is_refused_and_not_told(push: Push, address: str) -> None:
    run = push(address)
    assert (run.code, PASSWORD in run.err, "AGENDA_CALDAV_PASSWORD" in run.err) == (2, False, True)


@pytest.mark.parametrize(
    "address",
    ["ftp://dav.example/", "webcal://a/b", "https:///cal/", "https://a/cal/?x=1", "https://a/#b", "https://a:port/"],
)
def test_address_of_no_calendar_is_refused(push: Push, address: str) -> None:
    assert push(address).code == 2


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"AGENDA_CALDAV_USER": "anna"}, "AGENDA_CALDAV_USER is set, and there is no password"),
        ({"AGENDA_CALDAV_PASSWORD": "x"}, "AGENDA_CALDAV_PASSWORD is set, and AGENDA_CALDAV_USER is not"),
    ],
)
def test_half_a_login_is_refused(push: Push, env: dict[str, str], told: str) -> None:
    run = push(env={**QUIET, **env})
    assert (run.code, told in run.err) == (2, True)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that has a password of dav.example alone."""

    def get_credential(host: str, _: str | None) -> Any:
        return SimpleNamespace(username="anna", password="of keyring") if host == "dav.example" else None  # noqa: S106

    fake, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    fake.get_credential = get_credential  # type: ignore[attr-defined]
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "keyring", fake)
    monkeypatch.setitem(__import__("sys").modules, "keyring.errors", errors)


@pytest.mark.usefixtures("keyring")
def test_environment_comes_before_netrc_and_that_before_the_keyring(tmp_path: Path) -> None:
    path = tmp_path / "netrc"
    env = {"NETRC": str(path), "AGENDA_CALDAV_USER": "anna"}
    found = [find_login("dav.example", env)]
    path.write_text("machine dav.example login anna password of-netrc\n")
    found += [find_login("dav.example", env), find_login("dav.example", env | {"AGENDA_CALDAV_PASSWORD": "of env"})]
    assert [login and login.password for login in found] == ["of keyring", "of-netrc", "of env"]
    assert find_login("other.example", {"NETRC": str(path)}) is None


def test_netrc_that_cannot_be_read_is_told_without_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "netrc"
    path.write_text("machine dav.example s3cret\n")
    with pytest.raises(FileError, match=r"is no netrc file: look at line [0-9]") as raised:
        find_login("dav.example", {"NETRC": str(path)})
    assert "s3cret" not in str(raised.value)


def test_password_alone_is_no_login() -> None:
    with pytest.raises(UsageError):
        find_login("dav.example", {"AGENDA_CALDAV_PASSWORD": "x"})
