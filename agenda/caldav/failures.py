"""What is told where a CalDAV server cannot be reached, or answers otherwise than it was asked to."""

import socket
import ssl
from http import HTTPStatus

import httpx
from msgspec import Struct

from agenda.caldav.login import PASSWORD_VARIABLE, USER_VARIABLE, Login
from agenda.caldav.multistatus import read_reason
from agenda.errors import AgendaError
from agenda.text.safe import quote, shorten

_NOT_TAKEN = "the server does not take it"
_OF_ONE_EVENT = {
    HTTPStatus.PRECONDITION_FAILED: "somebody else has written it meanwhile; theirs is kept",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "it is too large for the server",
    HTTPStatus.LOCKED: "it is locked by another program; try again later",
    HTTPStatus.BAD_REQUEST: _NOT_TAKEN,
    HTTPStatus.CONFLICT: _NOT_TAKEN,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _NOT_TAKEN,
    HTTPStatus.UNPROCESSABLE_ENTITY: _NOT_TAKEN,
}
"""Why one event is refused, by statuses after which the next one may well be taken."""


class ServerError(AgendaError):
    """A server cannot be asked, or does not do what it was asked for; no further request has any use."""


class RefusedChange(ServerError):  # noqa: N818 - the other events are not concerned
    """A server does not make the change of one event."""


class Answer(Struct, frozen=True):
    """An answer of a server: its status, its headers, and as much of its content as was read."""

    status: int
    headers: httpx.Headers
    content: bytes

    @property
    def reason(self) -> str:
        """Why the server refuses, after a colon; empty where it does not say."""
        reason = read_reason(self.content)
        return f": {shorten(reason)}" if reason else ""


def refusal_of_change(answer: Answer) -> RefusedChange | None:
    """The error where a change of one event was refused for what that event is; None where the answer is about all."""
    why = _OF_ONE_EVENT.get(HTTPStatus(answer.status)) if answer.status in _OF_ONE_EVENT else None
    if answer.status == HTTPStatus.FORBIDDEN and answer.reason:  # by a precondition (RFC 4791, 1.3)
        why = _NOT_TAKEN
    return RefusedChange(f"{why} (status {answer.status}{answer.reason})") if why else None


def failed_change(answer: Answer, url: httpx.URL, login: Login | None) -> ServerError:
    """The error where the collection takes no changes."""
    if answer.status == HTTPStatus.FORBIDDEN:
        return ServerError(f"{_whose(login)} may not change {url}{answer.reason}")
    return _failure_of_any(answer, url, login) or ServerError(
        f"{url.host} answers with status {answer.status}{answer.reason}, and has not made the change"
    )


def failed_query(answer: Answer, url: httpx.URL, login: Login | None) -> ServerError:
    """The error where the collection does not tell what it holds."""
    match answer.status:
        case HTTPStatus.FORBIDDEN:
            return ServerError(f"{_whose(login)} may not read {url}, or it is no calendar{answer.reason}")
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            return ServerError(
                f"there is no calendar {url}; make it on the server first, or look for its address there"
            )
        case HTTPStatus.METHOD_NOT_ALLOWED | HTTPStatus.NOT_IMPLEMENTED:
            return ServerError(f"{url} is no CalDAV calendar ({answer.status}); look for its address on the server")
    if failure := _failure_of_any(answer, url, login):
        return failure
    is_page = answer.headers.get("content-type", "").lower().startswith("text/html")
    page = " and a page, perhaps one to log in" if is_page else ""
    return ServerError(
        f"{url} answers with status {answer.status}{page}, so it is no CalDAV calendar; look for its address on the"
        " server"
    )


def failed_connection(error: httpx.HTTPError, url: httpx.URL, wait_seconds: float) -> ServerError:
    """The error where there is no answer, by what the connection failed of in the end. The server is named with its
    port, which may be what is wrong.
    """
    server = url.netloc.decode()
    if isinstance(error, httpx.TimeoutException):
        return ServerError(f"{server} does not answer within {wait_seconds:g} seconds")
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return ServerError(
                f"the certificate of {server} is not trusted: {cause.verify_message}; if it is right, name the file"
                " of who signed it in SSL_CERT_FILE"
            )
        if isinstance(cause, ssl.SSLError):
            return ServerError(f"no encrypted connection to {server}: {shorten(cause.reason or str(cause))}")
        if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
            return ServerError(f"{server} cannot be reached: there is no such server")
        if isinstance(cause, OSError) and cause.strerror:
            return ServerError(f"{server} cannot be reached: {shorten(cause.strerror)}")
        cause = cause.__cause__ or cause.__context__
    return ServerError(f"{server} cannot be reached: {shorten(str(error) or type(error).__name__)}")


def _failure_of_any(answer: Answer, url: httpx.URL, login: Login | None) -> ServerError | None:
    """The error of a status that means the same for every request."""
    match answer.status:
        case HTTPStatus.UNAUTHORIZED if login:
            return ServerError(f"{url.host} does not take the name and password of {login.source}")
        case HTTPStatus.UNAUTHORIZED:
            return ServerError(
                f"{url.host} wants a name and a password; set {USER_VARIABLE} and {PASSWORD_VARIABLE}, or have them in"
                " ~/.netrc or in the keyring"
            )
        case HTTPStatus.TOO_MANY_REQUESTS | HTTPStatus.SERVICE_UNAVAILABLE:
            return ServerError(f"{url.host} has too much to do ({answer.status}); try again later")
        case HTTPStatus.INSUFFICIENT_STORAGE:
            return ServerError(f"{url.host} has no room for more (507){answer.reason}")
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError(f"{url.host} fails with status {answer.status}{answer.reason}; try again later")
    return None


def _whose(login: Login | None) -> str:
    return f"the user {quote(login.user)}" if login else "who gives no name and password"
