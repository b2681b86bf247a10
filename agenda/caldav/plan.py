"""What a collection lacks: which events are to be created, changed and deleted so that it has those of an agenda."""

import re
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from agenda.caldav.multistatus import ListedResource
from agenda.caldav.objects import CalendarObject, read_object

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@-]{0,150}")
"""A UID that may be the name of a resource on every server, and of a file below it."""
_NAME_DIGITS = 32


class Action(StrEnum):
    """What is done to the collection for one event."""

    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"


class Change(Struct, frozen=True):
    """One request that changes the collection: the event, by its UID and its title, the `text` to be sent, which is
    empty where it is deleted, and the resource, or the `name` of a new one, below the address of the collection.
    """

    action: Action
    uid: str
    title: str
    text: str = ""
    resource: ListedResource | None = None
    name: str = ""


class Plan(Struct, frozen=True):
    """The changes, in the order in which they are made, how many events are there as they should be, and the titles of
    those that are there otherwise, made by somebody else, and are left so.
    """

    changes: list[Change]
    unchanged: int
    foreign: list[str]


def plan_changes(
    texts: Iterable[str],
    resources: Sequence[ListedResource],
    *,
    namespaces: Collection[str],
    doomed_namespaces: Collection[str],
) -> Plan:
    """What makes the collection hold the events of these calendar objects, each in iCalendar.

    `resources` is what the collection holds. An event there with the UID of one of ours is changed where an agenda made
    it: it bears our mark, or its UID is of one of `namespaces`, the agenda's. Events that are not among the texts are
    deleted where they are of one of `doomed_namespaces`. No other resource is touched.
    """
    there: dict[str, tuple[CalendarObject, ListedResource]] = {}
    for resource in resources:
        if event := read_object(resource.data):
            there.setdefault(event.uid, (event, resource))
    changes: list[Change] = []
    foreign: list[str] = []
    unchanged = 0
    wanted: set[str] = set()
    for text in texts:
        ours = read_object(text)
        if ours is None:
            raise ValueError("a text that is to be sent holds no event")
        wanted.add(ours.uid)
        if ours.uid not in there:
            name = _resource_name(ours.uid)
            changes.append(Change(Action.CREATE, ours.uid, ours.title, text=text, name=name))
            continue
        theirs, resource = there[ours.uid]
        if theirs.content == ours.content:
            unchanged += 1
        elif theirs.is_marked or any(map(theirs.is_of, namespaces)):
            changes.append(Change(Action.CHANGE, ours.uid, ours.title, text=text, resource=resource))
        else:
            # An agenda imported from this very calendar has the UIDs of its events, but not their alarms and guests.
            foreign.append(theirs.title)
    for uid, (event, resource) in there.items():
        if uid not in wanted and any(map(event.is_of, doomed_namespaces)):
            changes.append(Change(Action.DELETE, uid, event.title, resource=resource))
    return Plan(changes, unchanged, foreign)


def _resource_name(uid: str) -> str:
    """The name of the resource for an event, the same in every run."""
    plain = uid if _PLAIN_NAME.fullmatch(uid) else sha256(uid.encode()).hexdigest()[:_NAME_DIGITS]
    return f"{plain}.ics"
