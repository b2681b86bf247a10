"""The programme in one language, as a site shows it, and what all its pages ask of it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from agenda.model import Agenda, Occurrence
from agenda.query import Query
from agenda.reports.changes import EventChange
from agenda.wording.english import Wording


class Edition(Struct, frozen=True, kw_only=True):
    """What is shown in one language: the occurrences of the agenda that `query` selected, in order.

    - `prefix`: the folder of the language with a slash, e.g. `it/`; empty for the first one, which is at the root.
    - `changes`: what has changed since an earlier agenda; None where nobody asked for it.
    """

    agenda: Agenda
    query: Query
    occurrences: Sequence[Occurrence]
    words: Wording
    language: str
    prefix: str = ""
    changes: Sequence[EventChange] | None = None

    @property
    def revised(self) -> datetime | None:
        """The latest time at which the agenda or a shown event was revised, by the clocks of the query or else of the
        agenda; with the offset of the file where there are none. None where nothing says it.
        """
        agenda = self.agenda
        times = (agenda.revised_of(occurrence.event) for occurrence in self.occurrences)
        latest = max(filter(None, (agenda.revised, *times)), default=None)
        zone = self.query.timezone or agenda.timezone
        return latest.astimezone(zone) if latest and zone else latest


class SiteSettings(Struct, frozen=True, kw_only=True):
    """How a site is published: its address, with a slash at the end, None if it is not known; and the folder of
    templates that come before our own, None if there is none.
    """

    base_url: str | None = None
    templates: str | None = None
