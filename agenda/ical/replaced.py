"""Changes that apps do not notice when a new export replaces a calendar that they have."""

import re
from collections.abc import Iterable, Iterator

from agenda.errors import DataError
from agenda.ical.reader import Component, read_calendars
from agenda.ical.x_agenda import X_AGENDA_EVENT
from agenda.model import Status
from agenda.text.safe import quote
from agenda.text.sentences import count_of, list_few

_EVENT = re.compile(rb"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.DOTALL | re.MULTILINE)
"""As our exports write it; a line of text never starts so, as it would be folded."""
_STAMPS = ("SEQUENCE", "LAST-MODIFIED", "DTSTAMP")
_MAX_NAMES = 3


def replacement_remarks(former: Iterable[bytes], new: Iterable[bytes]) -> Iterator[str]:
    """Remarks on the events of our own that were in the `former` contents of files, in comparison to the `new` ones:
    which changed although their revision is no later, and which are gone, unless they had been cancelled.

    Content that is not of ours, or no calendar at all, is passed over.
    """
    before, after = _event_blocks(former), _event_blocks(new)
    old, changed = _events(before.keys() - after.keys()), _events(after.keys() - before.keys())
    unnoticed = [
        changed[uid].text("SUMMARY")
        for uid, event in old.items()
        if uid in changed and _revision(changed[uid]) <= _revision(event) and _said(changed[uid]) != _said(event)
    ]
    if unnoticed:
        its = "its" if len(unnoticed) == 1 else "their"
        told = f"{count_of(len(unnoticed), 'event')} changed, but {its} `revised` did not rise, so apps may not notice"
        yield f"{told}: {_named(unnoticed)}; raise it there or under [agenda]"
    there = _uids(after)
    gone = [
        event.text("SUMMARY")
        for uid, event in old.items()
        if uid not in there and event.text("STATUS").lower() != Status.CANCELLED
    ]
    if gone:
        is_, it = ("is", "it") if len(gone) == 1 else ("are", "them")
        told = (
            f"{count_of(len(gone), 'event')} of the calendar before {is_} not in it any more, and some apps keep {it}"
        )
        yield f'{told}: {_named(gone)}; `status = "cancelled"` takes back what is off'


def _events(blocks: Iterable[bytes]) -> dict[str, Component]:
    """Our events among these by their UIDs, as they are written; none where that is no iCalendar."""
    content = b"BEGIN:VCALENDAR\r\n%bEND:VCALENDAR\r\n" % b"".join(blocks)
    try:
        (calendar,) = read_calendars(content, "").calendars
    except (DataError, ValueError):
        return {}
    ours = [event for event in calendar.components if event.first(X_AGENDA_EVENT)]
    return {uid.value: event for event in ours if (uid := event.first("UID"))}


def _revision(event: Component) -> tuple[int, str, str]:
    """A key by which apps tell revisions apart: the latest revision has the highest."""
    number, modified, written = map(event.text, _STAMPS)
    return int(number) if re.fullmatch("[0-9]{1,12}", number) else 0, modified, written


def _said(component: Component) -> object:
    """What a component says besides its revision, and besides what only we read of it."""
    lines = [
        (given.name, given.value, sorted(given.parameters.items()))
        for given in component.properties
        if given.name not in {*_STAMPS, X_AGENDA_EVENT}
    ]
    return sorted(lines), [_said(inner) for inner in component.components]


def _event_blocks(contents: Iterable[bytes]) -> dict[bytes, None]:
    """The lines of each event, once, in the order of the files."""
    return dict.fromkeys(block for content in contents for block in _EVENT.findall(content))


def _uids(blocks: Iterable[bytes]) -> set[str]:
    """The UIDs of events, as they are written."""
    unfolded = b"".join(blocks).replace(b"\r\n ", b"")
    return {
        line.removeprefix(b"UID:").decode(errors="replace")
        for line in unfolded.split(b"\r\n")
        if line.startswith(b"UID:")
    }


def _named(titles: list[str]) -> str:
    return list_few(sorted(titles), _MAX_NAMES, quote)
