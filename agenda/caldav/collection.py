"""A calendar collection of a CalDAV server (RFC 4791): its events, and one request for each that is changed."""

import re
import time
from collections.abc import Mapping
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import unquote

import httpx

from agenda.caldav.failures import (
    Answer,
    RefusedChange,
    ServerError,
    failed_change,
    failed_connection,
    failed_query,
    refusal_of_change,
)
from agenda.caldav.login import PASSWORD_VARIABLE, USER_VARIABLE, Login
from agenda.caldav.multistatus import ListedResource, is_calendar, read_listing
from agenda.errors import UsageError
from agenda.text.safe import quote, shorten
from agenda.version import __version__

_CONNECT_SECONDS = 15.0
_WAIT_SECONDS = 60.0
"""Without any byte of an answer."""
_ANSWER_SECONDS = 300.0
"""For the whole of an answer."""
MAX_LISTING_BYTES = 100 * 10**6
"""Of a list of events: as many as are read of a file."""
_MAX_ANSWER_BYTES = 64 * 1024
"""Of an answer that is only looked at for why the server refuses something; the rest is not read."""
_MAX_REDIRECTS = 5

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@-]*")
"""A name that, behind the path of a collection, surely is of something in it."""

_EXAMPLE = "https://dav.example/anna/tour/"
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_CALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}
_EVENTS_QUERY = b"""\
<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">\
<D:prop><D:getetag/><C:calendar-data/></D:prop>\
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>\
</C:calendar-query>"""
_TYPE_QUERY = b"""\
<?xml version="1.0" encoding="utf-8"?>
<D:propfind xmlns:D="DAV:"><D:prop><D:resourcetype/></D:prop></D:propfind>"""

_REDIRECTS = {
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
}
_MADE = {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.NO_CONTENT}
_NOT_THERE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


def parse_address(typed: str) -> httpx.URL:
    """The address of a collection, which ends in a slash. Raises UsageError where it is none, or holds a password."""
    try:
        url = httpx.URL(typed.strip())
    except (httpx.InvalidURL, ValueError):
        raise UsageError(f"{quote(typed)} is no address; write one such as {_EXAMPLE}") from None
    if url.userinfo:
        raise UsageError(
            "an address with a name or a password in it is seen by others and kept by the shell; take them out, and set"
            f" {USER_VARIABLE} and {PASSWORD_VARIABLE}, or have them in ~/.netrc or in the keyring"
        )
    if url.scheme not in {"http", "https"} or not url.host:
        raise UsageError(f"{quote(typed)} is no address of http or https; write one such as {_EXAMPLE}")
    if url.query or url.fragment:
        raise UsageError(f"{quote(typed)} is no address of a calendar, which has neither ? nor #, as in {_EXAMPLE}")
    return url if url.path.endswith("/") else url.copy_with(path=f"{url.path}/")


class Collection:
    """A collection, on one connection for as long as the context lasts.

    Every request raises ServerError where the server cannot be reached or its answer is not what it should be. Nothing
    is sent to any other server than that of the address.
    """

    def __init__(self, url: httpx.URL, login: Login | None, *, wait_seconds: float = _WAIT_SECONDS) -> None:
        self._url = url
        self._login = login
        self._wait_seconds = wait_seconds
        self._client = _open_client(login, wait_seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch_events(self) -> list[ListedResource]:
        """All resources of the collection that hold events, by one REPORT (7.8).

        Where there are none, a second request makes sure that the collection is a calendar: a server may take an event
        for a new calendar where it lies one level too high.
        """
        try:
            listed, is_whole = read_listing(self._ask("REPORT", _EVENTS_QUERY, depth="1"))
            if not listed and is_whole and not is_calendar(self._ask("PROPFIND", _TYPE_QUERY, depth="0")):
                raise ServerError(f"{self._url} is no calendar; give the address of one, perhaps one level below it")
        except ValueError as error:
            raise ServerError(f"the answer of {self._url} cannot be read: {shorten(str(error))}") from None
        if not is_whole:
            raise ServerError(f"{self._url} has more events than its server lists; push to a calendar with fewer")
        path = self._url.path.rstrip("/") + "/"
        for resource in listed:
            # Nearly all are below it by their path, and to join thousands of addresses is slow.
            if not (resource.href.startswith(path) and _PLAIN_NAME.fullmatch(resource.href, len(path))):
                self._address(resource.href)
            if not resource.data:
                raise ServerError(f"{self._url} lists {quote(resource.href)} without what is in it")
        return listed

    def create(self, name: str, text: str) -> None:
        """A new resource of that name; raises RefusedChange where there is one already."""
        self._change("PUT", self._url.join(name), {"If-None-Match": "*", **_CALENDAR}, text)

    def replace(self, resource: ListedResource, text: str) -> None:
        """Other content for a resource; raises RefusedChange where it is no longer what was listed."""
        self._change("PUT", self._address(resource.href), {"If-Match": _strong_etag(resource), **_CALENDAR}, text)

    def delete(self, resource: ListedResource) -> None:
        """Take a resource away, if it is still there; raises RefusedChange where it is no longer what was listed."""
        self._change("DELETE", self._address(resource.href), {"If-Match": _strong_etag(resource)}, "")

    def _address(self, href: str) -> httpx.URL:
        """The address of a resource; raises ServerError where it is not in this collection."""
        url = self._join(href)
        path = unquote(url.path)
        is_below = path.startswith(unquote(self._url.path)) and ".." not in path.split("/")
        if not is_below or url.userinfo or _server(url) != _server(self._url):
            raise ServerError(f"{self._url} lists {quote(href)}, which is not in it")
        return url

    def _join(self, href: str) -> httpx.URL:
        try:
            return self._url.join(href)
        except (httpx.InvalidURL, ValueError):
            raise ServerError(f"{self._url} leads to {quote(href)}, which is no address") from None

    def _ask(self, method: str, query: bytes, *, depth: str) -> bytes:
        """The multistatus that answers a query about the collection. The collection is from then on where redirects led
        to.
        """
        for _ in range(_MAX_REDIRECTS):
            answer = self._send(method, self._url, {**_XML, "Depth": depth}, query)
            if answer.status == HTTPStatus.MULTI_STATUS:
                return answer.content
            if answer.status in _REDIRECTS:
                self._follow(answer.headers.get("location", ""))
            elif not self._turn_to_digest(answer):
                raise failed_query(answer, self._url, self._login)
        raise ServerError(f"{self._url} redirects again and again")

    def _turn_to_digest(self, answer: Answer) -> bool:
        """Whether the server wants the password as a digest (RFC 7616), as Baïkal does; it is given so from now on."""
        wants = (
            answer.status == HTTPStatus.UNAUTHORIZED and "digest" in answer.headers.get("www-authenticate", "").lower()
        )
        if self._login is None or not wants or not isinstance(self._client.auth, httpx.BasicAuth):
            return False
        self._client.auth = httpx.DigestAuth(self._login.user, self._login.password)
        return True

    def _follow(self, location: str) -> None:
        """Take that address for the collection's; raises ServerError where it is on another server, or not encrypted
        although this one is.
        """
        url = self._join(location)
        is_encrypted_now = url.scheme == "https" and self._url.scheme == "http" and url.host == self._url.host
        if url.userinfo or not (_server(url) == _server(self._url) or is_encrypted_now):
            raise ServerError(
                f"{self._url} leads to another server, {quote(f'{url.scheme}://{url.netloc.decode()}{url.path}')},"
                " which gets no password; give that address if it is right"
            )
        self._url = url.copy_with(query=None, fragment=None)

    def _change(self, method: str, url: httpx.URL, headers: Mapping[str, str], text: str) -> None:
        answer = self._send(method, url, headers, text.encode())
        if answer.status in _MADE or (method == "DELETE" and answer.status in _NOT_THERE):
            return
        raise refusal_of_change(answer) or failed_change(answer, self._url, self._login)

    def _send(self, method: str, url: httpx.URL, headers: Mapping[str, str], content: bytes) -> Answer:
        deadline = time.monotonic() + _ANSWER_SECONDS
        received = bytearray()
        try:
            with self._client.stream(method, url, headers=headers, content=content) as response:
                is_listing = response.status_code == HTTPStatus.MULTI_STATUS
                most = MAX_LISTING_BYTES if is_listing else _MAX_ANSWER_BYTES
                for chunk in response.iter_bytes():
                    received += chunk
                    if time.monotonic() > deadline:
                        raise ServerError(f"{url.host} takes more than {_ANSWER_SECONDS:g} seconds for an answer")
                    if len(received) > most and is_listing:
                        raise ServerError(
                            f"{self._url} holds more than {most // 10**6} MB, which is the most that is read"
                        )
                    if len(received) > most:
                        break
                return Answer(response.status_code, response.headers, bytes(received[:most]))
        except httpx.HTTPError as error:
            raise failed_connection(error, url, self._wait_seconds) from None


def _open_client(login: Login | None, wait_seconds: float) -> httpx.Client:
    """The client, by what the environment says of certificates and proxies; raises ServerError where that is wrong."""
    try:
        return httpx.Client(
            auth=httpx.BasicAuth(login.user, login.password) if login else None,
            timeout=httpx.Timeout(wait_seconds, connect=min(_CONNECT_SECONDS, wait_seconds)),
            headers={"User-Agent": f"agenda/{__version__}"},
            limits=httpx.Limits(max_connections=1),
            follow_redirects=False,  # those that lead to the same server are followed here, whatever the method
        )
    except OSError as error:
        raise ServerError(
            f"the certificates that SSL_CERT_FILE or SSL_CERT_DIR names cannot be read: {error}"
        ) from None
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        raise ServerError(f"the proxy of the environment cannot be used: {shorten(str(error))}") from None


def _server(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _strong_etag(resource: ListedResource) -> str:
    """The ETag of a resource; raises RefusedChange where it is too weak for a condition (RFC 9110, 13.1.1)."""
    etag = resource.etag
    if not etag or etag.startswith("W/") or not (etag.isascii() and etag.isprintable()):
        raise RefusedChange("the server gives no ETag, by which to know whether somebody changes it meanwhile")
    return etag
