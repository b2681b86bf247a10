"""All files of a site: the pages, calendars and data of each language, and what is of all of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from markupsafe import Markup

from agenda.formats import json
from agenda.formats.records import EventRows
from agenda.model import Between, Fixed, Occurrence, ToBeAnnounced
from agenda.reports.day_plan import choose_by, plan_day
from agenda.reports.days import DayGroup
from agenda.reports.groups import Grouping
from agenda.site.addresses import (
    FOLDERS,
    WHOLE_CALENDAR,
    Addresses,
    PageValue,
    link_to,
    name_files,
    translate_addresses,
)
from agenda.site.changes_page import tell_changes
from agenda.site.day_table import DayTable, lay_out
from agenda.site.edition import Edition, SiteSettings
from agenda.site.entries import DayEntries, EntryMaker, EventEntry, PageLink, list_by_day
from agenda.site.feeds import (
    FEED_GROUPINGS,
    Feed,
    choose_coded,
    draw_qr_code,
    make_feed,
    why_no_calendars,
    write_feeds,
)
from agenda.site.filter_choices import FilterChoices
from agenda.site.page_groups import days_of, group_headings, group_pages
from agenda.site.rendering import CompiledTemplates, Templates
from agenda.site.structured_data import write_json_ld
from agenda.site.texts import markup, paragraphs, web_address
from agenda.text.safe import one_line
from agenda.wording.english import Wording

_STEP_MINUTES = 5
"""The grid of the tables of days: what begins and ends between is drawn at the nearest line."""

_LARGE = 150
"""From so many occurrences on, the index has its days closed but for one: a phone would have metres of them."""

_PAGE_PARTS = ("data_links", "script_words", "menu", "footer", "countdown_words", "person_link")
"""The macros of what is the same on most pages of a language, so that it is made once."""

SiteFile = tuple[str, bytes]
"""The path of a file below the folder of the site, and its content."""


def write_site(editions: Sequence[Edition], settings: SiteSettings) -> Iterator[SiteFile]:
    """The files of a site in these languages, of which the first one is at its root. The same input gives the same
    files.

    Raises AgendaError where a template does not work, and UsageError where calendars have too many characters.
    """
    first = editions[0]
    addresses = name_files(group_pages(first))
    compiled = CompiledTemplates()
    pages: list[str] = []
    for edition in editions:
        of_language = translate_addresses(addresses, first.agenda, edition.agenda)
        templates = Templates(edition.words, settings.templates, compiled, brand=edition.agenda.color)
        writer = _EditionPages(edition, of_language, templates, editions=editions, base_url=settings.base_url)
        for path, content in writer.write():
            if edition is first and path.endswith(".html"):
                pages.append("" if path == "index.html" else link_to(path))
            yield path, content
    if settings.base_url:
        templates = Templates(first.words, settings.templates, compiled)
        yield "sitemap.xml", templates.text("sitemap.xml", pages=pages, editions=editions, base_url=settings.base_url)


class _EditionPages:
    """Writes all that a site has in one language."""

    def __init__(
        self,
        edition: Edition,
        addresses: Addresses,
        templates: Templates,
        *,
        editions: Sequence[Edition],
        base_url: str | None,
    ) -> None:
        self._edition = edition
        self._addresses = addresses
        self._base_url = base_url
        self._revised = edition.revised
        self._groups = group_pages(edition)
        self._maker = EntryMaker(edition, addresses)
        self._entries = {id(occurrence): self._maker.entry(occurrence) for occurrence in edition.occurrences}
        self._has_calendars = why_no_calendars(edition) is None
        self._coded = choose_coded(self._groups, len(editions))
        self._templates = templates
        self._items: dict[tuple[str, str, str], Markup] = {}
        self._days = [self._day(day) for day in days_of(edition)]
        self._tables = self._make_tables()
        self._choices = FilterChoices(
            cities=self._links(Grouping.CITY),
            topics=self._links(Grouping.TOPIC),
            rooms=self._links(Grouping.ROOM),
            kinds=self._kinds(),
        )
        self._share(editions)
        self._templates.share(**{part: cache(self._templates.macro("page_parts.html", part)) for part in _PAGE_PARTS})
        self._item = self._templates.macro("entry.html", "item")

    def write(self) -> Iterator[SiteFile]:
        """All files, each with its path below the folder of the site."""
        for path, content in self._write():
            yield self._edition.prefix + path, content

    def _write(self) -> Iterator[SiteFile]:
        if self._has_calendars:  # first, since they may be refused
            yield from write_feeds(self._edition, self._addresses, self._groups, self._base_url)
        yield self._index()
        yield from self._day_pages()
        yield from self._event_pages()
        for by in FOLDERS:
            if by not in {Grouping.DAY, Grouping.EVENT}:
                yield from self._group_pages(by)
        yield self._page("directory.html", "directory.html", sections=self._directory())
        if self._has_calendars:
            yield self._page(
                "calendars.html", "calendars.html", whole=self._feed(WHOLE_CALENDAR), sections=self._feeds()
            )
        if self._edition.changes is not None:
            yield from self._changes()
        yield "agenda.json", "".join(json.lines(EventRows(self._edition.occurrences))).encode()

    def _share(self, editions: Sequence[Edition]) -> None:
        """Give to all templates what is the same on all pages."""
        edition, agenda = self._edition, self._edition.agenda
        title = agenda.title or edition.words.text("Programme")
        zones = {
            str(when.start.tzinfo) if when.start.tzinfo else ""
            for occurrence in edition.occurrences
            if isinstance(when := occurrence.when, Fixed) and isinstance(when.start, datetime)
        }
        self._templates.share(
            edition=edition,
            editions=editions,
            language=edition.language,
            title=markup(title),
            name=one_line(title),
            description=list(paragraphs(agenda.description)) if agenda.description else [],
            summary=one_line(agenda.description or ""),
            home=web_address(agenda.url),
            base_url=self._base_url,
            site_key=agenda.namespace or one_line(title),
            zone=next(iter(zones)) if len(zones) == 1 else "",
            home_zone=agenda.timezone.key if agenda.timezone else "",
            has_venues=len(self._groups[Grouping.VENUE]) > 1,
            has_calendars=self._has_calendars,
            changes=edition.changes,
            has_atom=self._has_atom,
            revised=self._revised,
            revised_in_words=_time_in_words(self._revised, edition.words) if self._revised else "",
            **self._choices.all,
            is_large=len(edition.occurrences) > _LARGE,
            tables=self._tables,
            item=self._entry_html,
            qr_code=draw_qr_code,
            markup=markup,
            web_address=web_address,
        )

    @property
    def _has_atom(self) -> bool:
        return bool(self._edition.changes is not None and self._base_url and self._revised)

    def _entry_html(self, entry: EventEntry, root: str, search: str = "") -> Markup:
        """The HTML of an entry in a list, on a page from which the root of the language is at `root`, with the words
        that a search finds it by; made once, though an event may be on the pages of many people and topics.
        """
        html = self._items.get((entry.key, root, search))
        if html is None:
            html = self._items[entry.key, root, search] = self._item(entry, root, search)
        return html

    def _page(self, template: str, path: str, rules: Mapping[str, str] | None = None, **values: Any) -> SiteFile:
        root = "../" * path.count("/")
        top = "../" * (self._edition.prefix + path).count("/")
        address = "" if path == "index.html" else link_to(path)
        return path, self._templates.page(
            template, rules, root=root, top=top, path=link_to(path), address=address, **values
        )

    def _links(self, by: Grouping) -> list[PageLink]:
        """The links to the pages of a grouping."""
        return [self._maker.link(by, value) for value in self._groups[by]]

    def _kinds(self) -> list[PageLink]:
        """The kinds of the events that are shown, in the order of the file."""
        shown = {occurrence.event.kind.name for occurrence in self._edition.occurrences if occurrence.event.kind}
        return [self._maker.kind(kind) for kind in self._edition.agenda.kinds if kind.name in shown]

    # --- days ---

    def _day(self, group: DayGroup) -> DayEntries:
        words = self._edition.words
        is_alone = group.first == group.last
        path = self._addresses.page(Grouping.DAY, group.first) if is_alone else None
        return DayEntries(
            first=group.first,
            last=group.last,
            path=path and link_to(path),
            heading=words.long_span(group.first, group.last),
            weekday=words.short_weekday(group.first) if is_alone else "",
            short=words.span_in_words(group.first, group.last, group.last.year),
            begins=[self._entries[id(occurrence)] for occurrence in group.begins],
            goes_on=[self._entries[id(occurrence)] for occurrence in group.goes_on],
            more=group.more,
        )

    def _make_tables(self) -> dict[date, DayTable]:
        """The table of each day that has one."""
        timed = [
            occurrence
            for occurrence in self._edition.occurrences
            if isinstance(occurrence.when, Fixed) and not occurrence.when.all_day
        ]
        by = choose_by(timed)
        by_day: dict[date, list[Occurrence]] = defaultdict(list)
        for occurrence in timed:
            by_day[occurrence.when.days[0]].append(occurrence)  # type: ignore[union-attr]  # they have times
        tables: dict[date, DayTable] = {}
        for day, of_day in by_day.items():
            plan = plan_day(of_day, day, by=by, query=self._edition.query, step=_STEP_MINUTES)
            table = lay_out(plan, self._entries, self._maker.colour_of, f"d{day}")
            if table:
                tables[day] = table
        return tables

    def _unfixed(self, kind: type[Between | ToBeAnnounced]) -> list[EventEntry]:
        return [
            self._entries[id(occurrence)]
            for occurrence in self._edition.occurrences
            if isinstance(occurrence.when, kind)
        ]

    def _index(self) -> SiteFile:
        rules = {selector: rule for table in self._tables.values() for selector, rule in table.rules.items()}
        return self._page(
            "index.html",
            "index.html",
            rules,
            days=self._days,
            perhaps=self._unfixed(Between),
            announced=self._unfixed(ToBeAnnounced),
        )

    def _day_pages(self) -> Iterator[SiteFile]:
        alone = [day for day in self._days if day.path]
        perhaps = self._unfixed(Between)
        for number, day in enumerate(alone):
            table = self._tables.get(day.first)
            shown = str(day.first)
            perhaps_then = [entry for entry in perhaps if (entry.first or "") <= shown <= (entry.last or "")]
            yield self._page(
                "day.html",
                self._addresses.page(Grouping.DAY, day.first) or "",
                table.rules if table else None,
                day=day,
                earlier=alone[number - 1] if number else None,
                later=alone[number + 1] if number + 1 < len(alone) else None,
                perhaps=perhaps_then,
                feed=self._feed_of(Grouping.DAY, day.first),
                **self._choices.among([*day.begins, *day.goes_on, *perhaps_then]),
            )

    # --- events, and what they have in common ---

    def _event_pages(self) -> Iterator[SiteFile]:
        for occurrences in self._groups[Grouping.EVENT].values():
            event = occurrences[0].event
            path = self._addresses.page(Grouping.EVENT, event) or ""
            url = f"{self._base_url}{self._edition.prefix}{link_to(path)}" if self._base_url else None
            entry = self._entries[id(occurrences[0])]
            when = occurrences[0].when
            yield self._page(
                "event.html",
                path,
                entry=entry,
                event=event,
                times=[self._entries[id(occurrence)] for occurrence in occurrences],
                paragraphs=list(paragraphs(event.description)) if event.description else [],
                day=self._maker.link(Grouping.DAY, when.days[0]).path if isinstance(when, Fixed) else None,
                zone_of_start=_zone_name(occurrences[0]),
                fixed_days=_fixed_days(occurrences),
                json_ld=write_json_ld(occurrences, self._edition.language, url),
                feed=self._feed_of(Grouping.EVENT, event),
            )

    def _group_pages(self, by: Grouping) -> Iterator[SiteFile]:
        words = self._edition.words
        for value, occurrences in self._groups[by].items():
            yield self._page(
                f"{by}.html",
                self._addresses.page(by, value) or "",
                value=value,
                link=self._maker.link(by, value),
                days=list_by_day(occurrences, self._entries, words),
                rooms=self._rooms_of(occurrences) if by is Grouping.VENUE else [],
                roles=_roles(getattr(value, "name", ""), occurrences) if by is Grouping.PERSON else [],
                feed=self._feed_of(by, value) if by in FEED_GROUPINGS else None,
            )

    def _rooms_of(self, occurrences: Sequence[Occurrence]) -> list[PageLink]:
        rooms = dict.fromkeys(occurrence.event.room for occurrence in occurrences if occurrence.event.room)
        return [self._maker.link(Grouping.ROOM, room) for room in sorted(rooms, key=lambda room: room.rank)]

    def _directory(self) -> list[tuple[str, list[tuple[PageLink, int]]]]:
        """Under the heading of each grouping, its pages, each with the number of its events."""
        headings = group_headings(self._edition.words)
        return [
            (
                heading,
                [
                    (self._maker.link(by, value), len({shown.event.id for shown in with_it}))
                    for value, with_it in self._groups[by].items()
                ],
            )
            for by, heading in headings.items()
            if by is not Grouping.DAY and self._groups[by]
        ]

    # --- calendars and changes ---

    def _feed(self, path: str, *, has_code: bool = True) -> Feed:
        return make_feed(path, self._edition.prefix, self._base_url, has_code=has_code)

    def _feed_of(self, by: Grouping, value: PageValue) -> Feed | None:
        """The calendar of a value, where there is one: not where none of its events has a date."""
        if not self._has_calendars:
            return None
        path = self._addresses.calendar(by, value)
        is_dated = any(not isinstance(occurrence.when, ToBeAnnounced) for occurrence in self._groups[by][value])
        return self._feed(path, has_code=by in self._coded) if path and is_dated else None

    def _feeds(self) -> list[tuple[str, bool, list[tuple[PageLink, Feed]]]]:
        """Under the heading of each grouping, and whether codes are shown there, the calendars of its values."""
        headings = group_headings(self._edition.words)
        sections = []
        for by in FEED_GROUPINGS:
            feeds = [
                (self._maker.link(by, value), feed) for value in self._groups[by] if (feed := self._feed_of(by, value))
            ]
            sections.append((headings[by], by not in {Grouping.PERSON, Grouping.ORGANIZER}, feeds))
        return [section for section in sections if section[2]]

    def _changes(self) -> Iterator[SiteFile]:
        edition = self._edition
        groups = tell_changes(
            edition.changes or (),
            edition,
            lambda event: self._maker.link(Grouping.EVENT, event).path,
        )
        yield self._page("changes.html", "changes.html", groups=groups)
        if self._has_atom:
            entries = [entry for group in groups.values() for entry in group]
            yield "changes.atom", self._templates.text("changes.atom", entries=entries)


def _roles(name: str, occurrences: Sequence[Occurrence]) -> list[Markup]:
    """The roles in which somebody takes part in these events, each once."""
    roles = {
        person.role: markup(person.role)
        for occurrence in occurrences
        for person in occurrence.event.people
        if person.name == name and person.role
    }
    return list(roles.values())


def _time_in_words(time: datetime, words: Wording) -> str:
    """The day and the time of day, with its offset where it is of no zone."""
    return f"{words.long_day(time.date())}, {words.times_in_words(Fixed(time))}"


def _fixed_days(occurrences: Sequence[Occurrence]) -> tuple[date, date] | None:
    """The first and the last day of an event; None where no date of it is fixed."""
    days = [occurrence.when.days for occurrence in occurrences if isinstance(occurrence.when, Fixed)]
    return (days[0][0], max(last for _, last in days)) if days else None


def _zone_name(occurrence: Occurrence) -> str:
    """The name of the zone by whose clocks a time is told; empty for days, offsets and floating times."""
    start = occurrence.when.start if isinstance(occurrence.when, Fixed) else None
    return getattr(start.tzinfo, "key", "") if isinstance(start, datetime) else ""
