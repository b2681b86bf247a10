"""The programme in one language, as a site shows it, and what all its pages ask of it."""

from collections.abc import Sequence

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


class SiteSettings(Struct, frozen=True, kw_only=True):
    """How a site is published: at which address, with a slash at its end, and with the templates of which folder before
    our own; None where it is not known, or where there are no others.
    """

    base_url: str | None = None
    templates: str | None = None
