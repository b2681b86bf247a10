"""Events of whole days that Exchange writes with times, from midnight to midnight, as events of days."""

import re

from agenda.ical.reader import Component, Property

_MARK = "X-MICROSOFT-CDO-ALLDAYEVENT"
"""The property by which Exchange and Outlook mark such an event."""
_MIDNIGHTS = re.compile(r"\s*[0-9]{8}T000000\s*(?:,\s*[0-9]{8}T000000\s*)*", re.IGNORECASE)
_DATED = {"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"}


def with_whole_days(event: Component) -> Component:
    """The event, its midnights as days (VALUE=DATE) where it is marked as one of whole days, and starts and ends at
    midnights by its own clocks; any other event as it is.
    """
    bounds = [given for given in (event.first("DTSTART"), event.first("DTEND")) if given]
    is_marked = event.text(_MARK).upper() == "TRUE"
    if not is_marked or not bounds or not all(_MIDNIGHTS.fullmatch(given.value) for given in bounds):
        return event
    properties = [_with_days(given) for given in event.properties if given.name != _MARK]
    return Component(event.name, event.line, properties, event.components)


def _with_days(given: Property) -> Property:
    """The property with days in the place of midnights."""
    if given.name not in _DATED or not _MIDNIGHTS.fullmatch(given.value):
        return given
    days = ",".join(midnight.strip()[:8] for midnight in given.value.split(","))
    return Property(given.name, days, {"VALUE": "DATE"})
