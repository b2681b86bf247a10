"""Reads a calendar with libical: run by the system's Python, whose gi it needs, with the calendar and the last year.

Prints, for each UID, the start and the end of every occurrence as JSON: days as YYYY-MM-DD, the last of them not
inclusive, and instants; a time that floats is taken for one in UTC.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-untyped, import-not-found, unused-ignore]  # of the system

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-untyped, import-not-found, unused-ignore]  # noqa: E402


def main(path: str, last_year: str) -> None:
    """Print them."""
    found: dict[str, list[tuple[str, str]]] = {}
    calendar: Any = ICalGLib.Component.new_from_string(Path(path).read_text(encoding="utf-8"))
    first = ICalGLib.Time.new_from_string("20000101T000000Z")
    last = ICalGLib.Time.new_from_string(f"{last_year}1231T235959Z")
    kind = ICalGLib.ComponentKind.VEVENT_COMPONENT
    event: Any = calendar.get_first_component(kind)
    while event:
        is_day = event.get_dtstart().is_date()
        spans: list[tuple[str, str]] = []

        def add(_: Any, span: Any, *__: Any, is_day: bool = is_day, spans: list[tuple[str, str]] = spans) -> None:
            form = "%Y-%m-%d" if is_day else "%Y-%m-%dT%H:%M:%SZ"
            start, end = (
                datetime.fromtimestamp(time, UTC).strftime(form) for time in (span.get_start(), span.get_end())
            )
            spans.append((start, end))

        event.foreach_recurrence(first, last, add, None)
        found[event.get_uid()] = spans
        event = calendar.get_next_component(kind)
    print(json.dumps(found))  # noqa: T201 - what it is run for


main(*sys.argv[1:])
