"""CalDAV servers on this machine alone: two that people run, and one that does what a test tells it to."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

import httpx
from conftest import environment

USER, PASSWORD = "anna", "s3cret"
QUIET = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "NETRC": os.devnull}
"""The environment of a run that finds no password on this machine."""
LOGGED_IN = {"AGENDA_CALDAV_USER": USER, "AGENDA_CALDAV_PASSWORD": PASSWORD}
"""That of one that needs to look nowhere else."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Server:
    """A server that runs: the address below which each test makes a calendar of its own, and which is none itself."""

    home: str
    client: httpx.Client = field(init=False)
    made: int = 0

    def __post_init__(self) -> None:
        self.client = httpx.Client(auth=(USER, PASSWORD), timeout=20)

    def close(self) -> None:
        """Ask nothing any more."""
        self.client.close()

    def make_calendar(self) -> str:
        """The address of a new calendar."""
        self.made += 1
        url = f"{self.home}calendar-{self.made}/"
        assert self.client.request("MKCALENDAR", url).status_code == 201
        return url

    def put(self, url: str, text: str) -> None:
        """What somebody else does with an app."""
        answer = self.client.put(url, content=text, headers={"Content-Type": "text/calendar; charset=utf-8"})
        assert answer.status_code in {200, 201, 204}, answer

    def get(self, url: str) -> str | None:
        """What is there, if anything is."""
        answer = self.client.get(url)
        return answer.text if answer.status_code == 200 else None


@contextmanager
def running(arguments: list[str], folder: Path, asked: str) -> Iterator[None]:
    """A server from the first answer at the address `asked` on; it is stopped in the end."""
    with (folder / "log").open("wb") as log:
        env = environment(PYTHONPATH=None, HOME=str(folder))
        process = subprocess.Popen([sys.executable, "-m", *arguments], cwd=folder, env=env, stdout=log, stderr=log)
        try:
            for _ in range(600):
                assert process.poll() is None, (folder / "log").read_text()
                try:
                    httpx.request("OPTIONS", asked, timeout=20)
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            else:
                raise AssertionError((folder / "log").read_text())
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


@contextmanager
def radicale(folder: Path) -> Iterator[Server]:
    """Radicale with one user, who has a password."""
    port = free_port()
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    options = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--auth-type": "htpasswd",
        "--auth-htpasswd-filename": str(folder / "users"),
        "--auth-htpasswd-encryption": "plain",
        "--storage-filesystem-folder": str(folder / "store"),
        "--logging-level": "warning",
    }
    home = f"http://127.0.0.1:{port}/{USER}/"
    arguments = [part for pair in options.items() for part in pair]
    with running(["radicale", "--config", "", *arguments], folder, home), closing(Server(home)) as server:
        yield server


@contextmanager
def xandikos(folder: Path) -> Iterator[Server]:
    """Xandikos, which asks nobody for a password."""
    port = free_port()
    arguments = ["-d", str(folder / "store"), "--listen-address", "127.0.0.1", "--port", str(port)]
    root = f"http://127.0.0.1:{port}/"
    started = ["xandikos", "serve", *arguments, "--current-user-principal", f"/{USER}/", "--autocreate", "--defaults"]
    with running(started, folder, root):
        home = f"{root}{USER}/calendars/"
        with closing(Server(home)) as server:
            yield server


@dataclass(frozen=True)
class Request:
    """What was asked of the server below."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class Reply:
    """What it answers."""

    status: int
    body: str | bytes = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class Puppet:
    """A calendar at `/cal/` that holds what it is given, by conditions, and answers otherwise where a test says so."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connections = 0
        self.requests: list[Request] = []
        self.resources: dict[str, str] = {}
        self.answers: Callable[[Request], Reply | None] = lambda _: None

    def methods(self) -> list[str]:
        """The methods of all requests."""
        return [request.method for request in self.requests]

    def answer(self, request: Request) -> Reply:
        """The answer to a request."""
        self.requests.append(request)
        return self.answers(request) or self.usual(request)

    def usual(self, request: Request) -> Reply:
        """What a CalDAV server answers."""
        there = self.resources.get(request.path)
        if request.method in {"REPORT", "PROPFIND"}:
            return Reply(207, self.listing(*self.resources) if request.method == "REPORT" else CALENDAR_TYPE)
        wanted = request.headers.get("If-Match")
        if (there is not None) if "If-None-Match" in request.headers else (there is None or wanted != etag(there)):
            return Reply(412)
        if request.method == "PUT":
            self.resources[request.path] = request.body
        else:
            del self.resources[request.path]
        return Reply(204 if there else 201)

    def listing(self, *paths: str) -> str:
        """The multistatus about these resources."""
        return multistatus(*(response(path, etag(self.resources[path]), self.resources[path]) for path in paths))


CALENDAR_TYPE = (
    '<multistatus xmlns="DAV:"><response><href>/cal/</href><propstat><prop><resourcetype><collection/>'
    '<calendar xmlns="urn:ietf:params:xml:ns:caldav"/></resourcetype></prop><status>HTTP/1.1 200 OK</status>'
    "</propstat></response></multistatus>"
)


def multistatus(*responses: str) -> str:
    return f'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">{"".join(responses)}</d:multistatus>'


def response(href: str, tag: str, data: str) -> str:
    return (
        f"<d:response><d:href>{escape(href)}</d:href><d:propstat><d:prop><d:getetag>{escape(tag)}</d:getetag>"
        f'<c:calendar-data xmlns:c="urn:ietf:params:xml:ns:caldav">{escape(data)}</c:calendar-data></d:prop>'
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


def etag(data: str) -> str:
    return f'"{sha256(data.encode()).hexdigest()[:12]}"'


class _Threads(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that has heard enough is no error."""


@contextmanager
def puppet() -> Iterator[Puppet]:
    """Such a server, for as long as the context lasts."""
    server = _Threads(("127.0.0.1", 0), BaseHTTPRequestHandler)
    of_test = Puppet(f"http://127.0.0.1:{server.server_port}/cal/")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def setup(self) -> None:
            super().setup()
            of_test.connections += 1

        def handle_one(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            reply = of_test.answer(Request(self.command, self.path, dict(self.headers.items()), body))
            content = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 204:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if reply.status != 204:
                self.wfile.write(content)

        do_REPORT = do_PROPFIND = do_PUT = do_DELETE = handle_one  # noqa: N815 - the names are http.server's

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield of_test
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
