"""Answers of a CalDAV server in XML (RFC 4918, 14), read without a DTD (20.6)."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from agenda.safe_xml import parse_xml

_DAV = "{DAV:}"
_CALDAV = "{urn:ietf:params:xml:ns:caldav}"
_SUCCESS = re.compile(r"HTTP/\S+ 2\d\d\b")
_FULL = re.compile(r"HTTP/\S+ 507\b")


class ListedResource(Struct, frozen=True):
    """A resource of a collection as a server lists it: its address, its ETag, and its calendar data, each as it is
    written, and empty where it is not there.
    """

    href: str
    etag: str
    data: str


def read_listing(content: bytes) -> tuple[list[ListedResource], bool]:
    """The resources that a multistatus (RFC 4918, 13) lists, without those that have gone meanwhile, and whether the
    list is whole, which it is not where its status is 507 (RFC 5323, 3.3.2, as servers use it).

    Raises ValueError where the content is no multistatus.
    """
    responses = _responses(content)
    whole = not any(_FULL.match(response.findtext(f"{_DAV}status", "").strip()) for response in responses)
    return [_read_resource(response) for response in responses if _is_there(response)], whole


def is_calendar(content: bytes) -> bool:
    """Whether the multistatus about a resource gives it the type of a calendar (RFC 4791, 4.2).

    Raises ValueError where the content is no multistatus.
    """
    types = (each for response in _responses(content) for each in response.iter(f"{_DAV}resourcetype"))
    return any(each.find(f"{_CALDAV}calendar") is not None for each in types)


def read_reason(content: bytes) -> str:
    """Why a server refused something: a message of its own, else the precondition that was not met, e.g.
    `no-uid-conflict` (RFC 4918, 16); empty where it does not say.
    """
    try:
        error = parse_xml(content)
    except ValueError:
        return ""
    if error.tag != f"{_DAV}error":
        return ""
    messages = (each.text.strip() for each in error.iter() if each.tag.endswith("}message") and each.text)
    return next(messages, "") or ", ".join(_preconditions(error))


def _preconditions(error: Element) -> Iterator[str]:
    for each in error:
        if each.tag.startswith((_DAV, _CALDAV)):
            yield each.tag.partition("}")[2]


def _responses(content: bytes) -> list[Element]:
    multistatus = parse_xml(content)
    if multistatus.tag != f"{_DAV}multistatus":
        raise ValueError("it is no multistatus")
    return multistatus.findall(f"{_DAV}response")


def _is_there(response: Element) -> bool:
    status = response.findtext(f"{_DAV}status")
    return status is None or _SUCCESS.match(status.strip()) is not None


def _read_resource(response: Element) -> ListedResource:
    given: dict[str, str] = {}
    for propstat in response.findall(f"{_DAV}propstat"):
        if _SUCCESS.match(propstat.findtext(f"{_DAV}status", "").strip()):
            for prop in propstat.findall(f"{_DAV}prop"):
                given |= {each.tag: each.text or "" for each in prop}
    return ListedResource(
        href=response.findtext(f"{_DAV}href", "").strip(),
        etag=given.get(f"{_DAV}getetag", "").strip(),
        data=given.get(f"{_CALDAV}calendar-data", ""),
    )
