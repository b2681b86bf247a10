"""The calendars of a site that people subscribe to, and their QR codes."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import accumulate

import segno
from markupsafe import Markup
from msgspec import Struct

from agenda.errors import AgendaError
from agenda.ical.events import ExportSettings, event_uid
from agenda.ical.exporter import CalendarWriter, in_query_timezone
from agenda.ical.head import CalendarIdentity
from agenda.limits import MAX_QR_CODES
from agenda.model import Event, ToBeAnnounced
from agenda.order import sort_for_calendars
from agenda.reports.groups import Grouping
from agenda.site.addresses import WHOLE_CALENDAR, Addresses, link_to
from agenda.site.edition import Edition
from agenda.site.page_groups import PageGroups

FEED_GROUPINGS = (
    Grouping.CITY,
    Grouping.ROOM,
    Grouping.TOPIC,
    Grouping.ORGANIZER,
    Grouping.PERSON,
    Grouping.DAY,
)
"""The groupings that have a calendar for each value, besides the one of all and those of single events."""

_QR_MASK = 3
"""One of the eight masks of a QR code. Readers take any of them; judging which one is the best takes six times as long
as all the rest.
"""

_DARK_RUN = re.compile(rb"\x01+")
"""Dark modules of a QR code that are side by side."""

_QUIET_MODULES = 4
"""The margin of a QR code that readers need (ISO/IEC 18004)."""


class Feed(Struct, frozen=True, kw_only=True):
    """A calendar to subscribe to: the relative address of its file, and, where the address of the site is known, its
    whole addresses by `https:` and by `webcal:`, which apps subscribe to, and whether it has a QR code.
    """

    path: str
    url: str | None = None
    webcal: str | None = None
    has_code: bool = False


def make_feed(path: str, prefix: str, base_url: str | None, *, has_code: bool) -> Feed:
    """The feed in the file at that path below the folder of its language, which is `prefix`; it has a QR code only
    where the address of the site is known.
    """
    if base_url is None:
        return Feed(path=link_to(path))
    url = base_url + link_to(prefix + path)
    return Feed(path=link_to(path), url=url, webcal=f"webcal:{url.partition(':')[2]}", has_code=has_code)


def choose_coded(groups: PageGroups, languages: int) -> frozenset[Grouping]:
    """The groupings of which each calendar has a QR code, those with the fewest values before others: as many as make
    at most `MAX_QR_CODES` in so many languages.
    """
    fewest_first = sorted(FEED_GROUPINGS, key=lambda by: len(groups[by]))
    numbers = accumulate(len(groups[by]) * languages for by in fewest_first)
    return frozenset(by for by, number in zip(fewest_first, numbers, strict=True) if number <= MAX_QR_CODES)


@cache
def draw_qr_code(address: str) -> Markup:
    """The QR code of an address as SVG, which takes the size and the colour that its style gives it."""
    code = segno.make_qr(address, error="m", mask=_QR_MASK, boost_error=False)
    # A path of our own, with a step for each run of dark modules: the library takes three times as long to write one.
    size = len(code.matrix) + 2 * _QUIET_MODULES
    path = "".join(
        f"M{run.start() + _QUIET_MODULES} {row + _QUIET_MODULES}.5h{len(run[0])}"
        for row, modules in enumerate(code.matrix)
        for run in _DARK_RUN.finditer(modules)
    )
    return Markup('<svg viewBox="0 0 {0} {0}" class="qr"><path stroke="#000" d="{1}"/></svg>').format(size, path)


def why_no_calendars(edition: Edition) -> str | None:
    """Why there cannot be calendars of an edition, as a remark; None where there can."""
    try:
        for occurrence in edition.occurrences:
            event_uid(edition.agenda, occurrence.event)
    except AgendaError as error:
        return f"the site has no calendars: {error}"
    return None


def write_feeds(
    edition: Edition,
    addresses: Addresses,
    groups: PageGroups,
    base_url: str | None,
) -> Iterator[tuple[str, bytes]]:
    """The path below the folder of the language, and the content, of each calendar: of all events, of each value of the
    groupings that have calendars, and of each event that has a date. Raises UsageError, before the first of them, where
    they have more characters together than `MAX_SPLIT_CHARACTERS` says.
    """
    agenda, query = edition.agenda, edition.query
    dated = [occurrence for occurrence in edition.occurrences if not isinstance(occurrence.when, ToBeAnnounced)]
    once = {occurrence.event.id: occurrence for occurrence in reversed(dated)}
    in_order = [in_query_timezone(occurrence, query).event for occurrence in sort_for_calendars(once.values())]
    events = {event.id: event for event in in_order}
    places = {id_: place for place, id_ in enumerate(events)}
    writer = CalendarWriter(agenda, in_order, ExportSettings(words=edition.words))

    feeds: list[tuple[str, str, Sequence[Event]]] = [(WHOLE_CALENDAR, "", in_order)]
    for by in FEED_GROUPINGS:
        for value, with_it in groups[by].items():
            path = addresses.calendar(by, value)
            ids = {occurrence.event.id for occurrence in with_it} & events.keys()
            if path and ids:
                name = edition.words.long_day(value) if isinstance(value, date) else getattr(value, "name", "")
                feeds.append((path, name, [events[id_] for id_ in sorted(ids, key=places.__getitem__)]))
    feeds += [(path, "", [event]) for event in in_order if (path := addresses.calendar(Grouping.EVENT, event))]
    writer.check(of_feed for _, _, of_feed in feeds)
    for path, name, of_feed in feeds:
        # They have no UID: what the public gets is not the whole calendar of the agenda, which goes by its namespace.
        source = f"{base_url}{link_to(edition.prefix + path)}" if base_url else None
        yield path, writer.write(of_feed, CalendarIdentity(part=name, source=source)).encode()
