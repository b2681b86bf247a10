"""What a change of an agenda file has to leave as it is written: values, comments, and all that is beside an event."""

import re
from collections.abc import Sequence
from typing import Any

import tomli

from agenda.agendafile.positions import Positions, locate
from agenda.errors import KeyPath

COMMENT = re.compile(r"""#(?: one| \[\[events]]| "it" = 's)? \d+""")
"""One of the comments of `file_styles.files`, all of which have a number."""


def tables(content: bytes) -> dict[str, Any]:
    """The plain tables of a file."""
    return tomli.loads(content.decode("utf-8-sig"))


def unchanged_values(content: bytes, changed: Sequence[KeyPath]) -> dict[KeyPath, str]:
    """How the keys of events are written that are not changed."""
    text = content.decode("utf-8-sig")
    positions = locate(text)
    paths = [("events", index, key) for index, event in enumerate(tables(content)["events"]) for key in event]
    spans = {path: positions.value_span(path) for path in paths if path not in changed}
    return {path: text[slice(*span)] for path, span in spans.items() if span}


def comments_beside(content: bytes, changed: Sequence[KeyPath]) -> set[str]:
    """The comments of a file, but for those in a value that changes, and behind one, or behind what is below it."""
    text = content.decode("utf-8-sig")
    positions = locate(text)
    for path in changed:
        start, end = positions.key_offset(path), text_end(text, positions, path)
        if not positions.value_span(path[:2]):
            end = text.find("\n", end)
        if not positions.value_span(path):  # sections, or nothing
            start = min((section.start for section in positions.sections if section.path[:3] == path), default=end)
        lines = text[start:end].splitlines(keepends=True)
        masked = "".join(line if line.lstrip().startswith("#") else line.replace("#", "x") for line in lines)
        masked = masked.replace("#", "x") if positions.value_span(path) else masked
        text = text[:start] + masked + text[end:]
    return set(COMMENT.findall(text))


def text_end(text: str, positions: Positions, path: KeyPath) -> int:
    """Where the last value at the path, or below it, ends."""
    ends = [span[1] for name in positions.names_in(path) if (span := positions.value_span((*path, name)))]
    below = [text_end(text, positions, (*path, name)) for name in positions.names_in(path)]
    span = positions.value_span(path)
    return span[1] if span else max((*ends, *below), default=positions.key_offset(path))


def event_span(content: bytes, event_id: str) -> tuple[int, int]:
    """From which byte and up to which an event is written: from its header up to the end of the line of its last
    value, or from one brace to the other.
    """
    text = content.decode("utf-8-sig")
    positions = locate(text)
    path: KeyPath = ("events", [event["id"] for event in tables(content)["events"]].index(event_id))
    start, end = positions.key_offset(path), text_end(text, positions, path)
    if not positions.value_span(path):
        end = min((place for place in (text.find("\r\n", end), text.find("\n", end)) if place >= 0), default=len(text))
    mark = len(content) - len(text.encode())
    return mark + len(text[:start].encode()), mark + len(text[:end].encode())
