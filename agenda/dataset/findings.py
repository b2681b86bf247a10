"""From faults, which know paths, to findings, which know lines and columns."""

from collections.abc import Iterable
from typing import Any

from agenda.dataset.fault import Fault
from agenda.dataset.positions import locate
from agenda.dataset.vocabulary import NOUNS
from agenda.errors import Finding, Severity
from agenda.text import one_line, short


def findings(
    faults: Iterable[Fault], text: str, tables: dict[str, Any], shown: str, severity: Severity = Severity.ERROR
) -> list[Finding]:
    """A finding for each fault of the file of that text, which tomli reads as these tables, in the order of their
    places; `shown` is what the file is called.
    """
    positions = locate(text)
    found = []
    for fault in faults:
        position = positions.of_key(fault.path) if fault.at_key else positions.of_value(fault.path)
        event = _event(fault, tables)
        message = _subject(fault, event) + fault.message
        if fault.other:
            message += f" (the other is on line {positions.of_value(fault.other).line})"
        found.append(Finding(shown, position.line, position.column, one_line(message), event, severity))
    return sorted(found, key=lambda finding: (finding.line, finding.column, finding.message))


def _event(fault: Fault, tables: dict[str, Any]) -> str | None:
    """The id of the event that the fault is in, if it has one."""
    match fault.path:
        case ("events", int(index), *_):
            event = tables["events"][index]
            event_id = event.get("id") if isinstance(event, dict) else None
            return event_id if isinstance(event_id, str) and event_id else None
    return None


def _subject(fault: Fault, event: str | None) -> str:
    """Which event or other entry a fault is in, as a prefix of its message."""
    match fault.path:
        case ("events", int(index), *_):
            return f"event {index + 1}: " if event is None else f"event {short(event)!r}: "
        case (str(key), str(name), *_) if key in NOUNS and name:
            return f"{NOUNS[key]} {short(name)!r}: "
        case ("agenda", _, *_):
            return "agenda: "
    return ""
