"""What an import makes of a file, whatever its format is."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from agenda.errors import Diagnostic

UNTITLED = "(no title)"
"""The title that an import gives to what has none."""
CUT = "it ends before all that was opened is closed; get it anew, since it is cut"
"""What is wrong with XML or JSON that lacks its end."""
TOO_DEEP = "it has too many things within each other"
"""What is wrong with XML or JSON that no parser can follow."""
ROLES = "roles"
"""What an `Origin` has among what was told where the roles of people were told, too."""
TRACK = "track"
"""What it has in the place of `topics` where the file has a single one, as a schedule has."""


class Origin(Struct, frozen=True, kw_only=True):
    """What the file itself says of an event.

    `told` has the keys of an agenda file that it speaks of, also of those that it leaves empty, and `ROLES` and
    `TRACK`. `uid` and `id` are empty where the file has none, whatever the agenda calls the event; `series` is the UID
    of the series of which it is a time that was changed for itself. `revised` is when it was last changed there.
    `floats` is whether its times are of no zone, `has_only_days` whether the file says on which days it is and has no
    place for its time, and `language` the one of its texts, where that is known.
    """

    told: frozenset[str]
    uid: str = ""
    id: str = ""
    series: str = ""
    revised: datetime | None = None
    floats: bool = False
    has_only_days: bool = False
    language: str | None = None


class ImportResult(Struct, frozen=True):
    """The tables of an agenda file, what could not be read, and what was left out or changed, in sentences; with the
    origin of each of its events, in their order. `origins` makes these anew whenever it is called, since a file of its
    own needs none. `gaps` is what such a file lacks, in sentences, and what `--into` leaves as it is in the agenda.
    """

    tables: dict[str, Any]
    diagnostics: list[Diagnostic]
    losses: list[str]
    origins: Callable[[], Iterator[Origin]]
    gaps: tuple[str, ...] = ()
