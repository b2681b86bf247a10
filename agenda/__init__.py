"""An event agenda in one TOML file, for Python programs: load it, select events, give them to calendars.

`load`, `select` and `to_ical` are all that most programs call; docs/python.md shows them at work. A name is imported
from its module only when it is asked for, so that neither the command line nor a program pays for what it does not use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from agenda.version import __version__

if TYPE_CHECKING:
    from agenda.agendafile.load import load
    from agenda.dates import Period
    from agenda.errors import AgendaError, DataError, Diagnostic, ExcessError, FileError, Severity
    from agenda.ical.events import Alarm
    from agenda.ical.exporter import to_ical
    from agenda.model import (
        Agenda,
        Between,
        ByDay,
        Certainty,
        City,
        Event,
        Fixed,
        ForeignText,
        Frequency,
        Moment,
        Occurrence,
        Person,
        Room,
        Rule,
        Source,
        Status,
        Term,
        ToBeAnnounced,
        Travel,
        Venue,
        Visibility,
        When,
    )
    from agenda.query import NOT_CANCELLED, Query, select, select_series
    from agenda.text.folding import fold

__all__ = [
    "NOT_CANCELLED",
    "Agenda",
    "AgendaError",
    "Alarm",
    "Between",
    "ByDay",
    "Certainty",
    "City",
    "DataError",
    "Diagnostic",
    "Event",
    "ExcessError",
    "FileError",
    "Fixed",
    "ForeignText",
    "Frequency",
    "Moment",
    "Occurrence",
    "Period",
    "Person",
    "Query",
    "Room",
    "Rule",
    "Severity",
    "Source",
    "Status",
    "Term",
    "ToBeAnnounced",
    "Travel",
    "Venue",
    "Visibility",
    "When",
    "__version__",
    "fold",
    "load",
    "select",
    "select_series",
    "to_ical",
]

_MODULES = {
    "agenda.agendafile.load": ("load",),
    "agenda.dates": ("Period",),
    "agenda.errors": ("AgendaError", "DataError", "Diagnostic", "ExcessError", "FileError", "Severity"),
    "agenda.ical.events": ("Alarm",),
    "agenda.ical.exporter": ("to_ical",),
    "agenda.model": (
        "Agenda",
        "Between",
        "ByDay",
        "Certainty",
        "City",
        "Event",
        "Fixed",
        "ForeignText",
        "Frequency",
        "Moment",
        "Occurrence",
        "Person",
        "Room",
        "Rule",
        "Source",
        "Status",
        "Term",
        "ToBeAnnounced",
        "Travel",
        "Venue",
        "Visibility",
        "When",
    ),
    "agenda.query": ("NOT_CANCELLED", "Query", "select", "select_series"),
    "agenda.text.folding": ("fold",),
}
"""The names of each module that are public here."""


if not TYPE_CHECKING:  # type checkers read the imports above, and would take any name for known by this function

    def __getattr__(name: str) -> object:
        """The public thing of that name, from its module."""
        for module, names in _MODULES.items():
            if name in names:
                return getattr(import_module(module), name)
        raise AttributeError(f"module 'agenda' has no attribute {name!r}")

    def __dir__() -> list[str]:
        """The public names, whether or not they were asked for yet."""
        return sorted({*globals(), *__all__})
