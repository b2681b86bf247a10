"""`agenda site`: the programme as a folder of pages for the web."""

import gc
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec.structs import replace
from typer import Argument, Option

from agenda.cli import output
from agenda.cli.base_url import parse_base_url
from agenda.cli.foreign import Programme, is_unheld, read_programme
from agenda.cli.inputs import choose_wording, read_agenda, read_agenda_for_ids
from agenda.cli.options import FILES_PANEL, PublishingOptions, force_option, language_option, with_options
from agenda.cli.parse import make_query, read_ids_and_words
from agenda.cli.progress import reading_spinner, spinner
from agenda.cli.remarks import endless_warning, nothing_remarks
from agenda.errors import UsageError
from agenda.files import STDIN
from agenda.limits import MAX_PUBLISHED_TIMES
from agenda.model import Agenda, Occurrence, Status, Visibility
from agenda.query import Query, select
from agenda.recurrence.expand import is_endless
from agenda.reports.groups import Grouping
from agenda.text.safe import quote_path
from agenda.text.sentences import count_of

if TYPE_CHECKING:
    from agenda.reports.changes import EventChange
    from agenda.site.edition import Edition

EXAMPLES = (
    ("agenda site public", "the programme as pages, in the folder public"),
    ("agenda site public --base-url https://tour.example/programme/", "with calendars to subscribe to, and QR codes"),
    ("agenda site public --since before.toml", "with a page of what has changed since then"),
)

_MAX_TIMES_OF_ENDLESS = 60
"""How many times of a series without an end have a place on the pages: a year of weeks, and some days."""


class SiteOptions(PublishingOptions, frozen=True, kw_only=True):
    """The same for a site, which has all languages."""

    language: Annotated[
        str | None,
        language_option("In this language alone; without it, in each that the file declares."),
    ] = None


@with_options(SiteOptions)
def command(
    options: SiteOptions,
    folder: Annotated[
        str,
        Argument(
            metavar="FOLDER",
            help="The folder to write: a new one, an empty one, or one that this command wrote.",
            rich_help_panel=FILES_PANEL,
        ),
    ],
    base_url: Annotated[
        str | None,
        Option(
            "--base-url",
            metavar="URL",
            help="The address at which the folder will be, for calendars to subscribe to, QR codes, search engines and"
            " the feed of changes.",
            rich_help_panel=FILES_PANEL,
        ),
    ] = None,
    former: Annotated[
        str | None,
        Option(
            "--since",
            metavar="OLD_FILE",
            help="Tell on a page what has changed since this agenda.",
            rich_help_panel=FILES_PANEL,
        ),
    ] = None,
    templates: Annotated[
        str | None,
        Option(
            "--templates",
            metavar="FOLDER",
            help="A folder of templates that replace those of the same names.",
            rich_help_panel=FILES_PANEL,
        ),
    ] = None,
    force: Annotated[
        bool, force_option("Write pages without any event in the place of some that have events.")
    ] = False,
) -> None:
    """Write the programme as a folder of pages that any web server can serve.

    The pages need no server of their own, no script and nothing from elsewhere: they can also be opened from a disk.
    They are for all to see, so internal events are never among them. A folder in which this command has not written is
    refused unless it is empty. In one in which it has, its files are replaced, those that are no longer needed are
    taken away, and all other files stay.
    """
    base = None if base_url is None else parse_base_url(base_url)
    if templates is not None and not Path(templates).is_dir():
        raise UsageError(f"--templates: there is no folder {quote_path(templates)}")
    if former == STDIN and STDIN in (options.data or ()):
        raise UsageError("- stands for both agendas; standard input can be only one of them")
    public = replace(options, public=True)
    editions = _read_editions(public, former)
    with spinner("Writing pages") if not options.quiet else reading_spinner(options):
        from agenda.cli.published_folder import publish
        from agenda.site.edition import SiteSettings
        from agenda.site.pages import write_site

        # What Jinja2 leaves of each page refers to itself, so that nothing but a look for garbage frees these 40 kB.
        gc.freeze()
        gc.enable()
        site_files = write_site(editions, SiteSettings(base_url=base, templates=templates))
        published = publish(folder, site_files, None if force or editions[0].occurrences else _objection)
    first = editions[0]
    right = "--from chooses later ones"
    output.warn(options, *endless_warning(first.query, first.occurrences, _MAX_TIMES_OF_ENDLESS, right))
    output.remark(options, *_remarks(public, editions, base))
    if templates is not None:
        from agenda.site.own_templates import find_unused_templates

        output.remark(options, *find_unused_templates(templates))
    removed = f"; {count_of(published.removed, 'former file')} taken away" if published.removed else ""
    others = published.files - published.pages
    output.remark(
        options,
        f"{count_of(published.pages, 'page')} and {count_of(others, 'other file')} in {quote_path(folder)}{removed};"
        f" open {quote_path(str(Path(folder) / 'index.html'))}",
    )


def _objection(paths: Collection[str]) -> str | None:
    """The reason why a site of these files must not be replaced by one without events; None where it has none."""
    from agenda.site.addresses import FOLDERS

    folder = f"{FOLDERS[Grouping.EVENT]}/"
    has_events = any(path.startswith(folder) for path in paths)
    return "would be left without any event; choose others, or add --force" if has_events else None


def _read_editions(options: SiteOptions, former: str | None) -> list["Edition"]:
    """The agenda in each of its languages, or in the one that was asked for. Raises UsageError where a site of them
    would be too large.
    """
    from agenda.site.page_groups import check_size

    agenda = read_agenda_for_ids(options)
    editions = [_make_edition(options, agenda, former, prefix="")]
    others = () if options.language else agenda.languages[1:]
    check_size(editions[0], 1 + len(others))
    for language in others:
        if STDIN in (options.data or ()):
            raise UsageError("standard input is read only once; name the file, or one of its languages with --lang")
        in_language = replace(options, language=language)
        editions.append(_make_edition(in_language, read_agenda(in_language), former, prefix=f"{language}/"))
    return editions


def _make_edition(options: SiteOptions, agenda: Agenda, former: str | None, *, prefix: str) -> "Edition":
    from agenda.site.edition import Edition

    choice, ids = read_ids_and_words(options, agenda)
    query = make_query(choice, agenda, statuses=Status, ids=ids)
    words = choose_wording(options, agenda)
    return Edition(
        agenda=agenda,
        query=query,
        occurrences=list(_bound_series(select(agenda, query))),
        words=words,
        language=agenda.language or words.language,
        prefix=prefix,
        changes=None if former is None else _compare(former, agenda, query),
    )


def _bound_series(occurrences: Sequence[Occurrence]) -> Iterator[Occurrence]:
    """The occurrences, only the first ones of a series without an end. Raises UsageError if series have more of them
    than `MAX_PUBLISHED_TIMES`.
    """
    numbers: Counter[str] = Counter()
    for occurrence in occurrences:
        if occurrence.day is not None:
            event_id = occurrence.event.id
            if is_endless(occurrence.event) and numbers[event_id] == _MAX_TIMES_OF_ENDLESS:
                continue
            numbers[event_id] += 1
            if numbers.total() > MAX_PUBLISHED_TIMES:
                raise UsageError(
                    f"these series have more than {MAX_PUBLISHED_TIMES:,} times, too many for pages; choose fewer days,"
                    " as by --from and --to, or fewer events"
                )
        yield occurrence


def _compare(former: str, agenda: Agenda, query: Query) -> list["EventChange"]:
    """What has changed for the public: an event that is internal now is gone, and nothing else is told of it."""
    from agenda.reports.changes import select_changes

    before = read_programme(former, agenda.language)
    changes = select_changes(_public_part(before.agenda), _public_part(agenda), query)
    return [change for change in changes if not is_unheld(change, before, Programme(agenda))]


def _public_part(agenda: Agenda) -> Agenda:
    return replace(agenda, events=tuple(event for event in agenda.events if event.visibility is Visibility.PUBLIC))


def _remarks(options: SiteOptions, editions: Sequence["Edition"], base: str | None) -> Iterator[str]:
    """What the site does not have, and why."""
    from agenda.site.feeds import why_no_calendars

    first = editions[0]
    yield from nothing_remarks(options, first.agenda, first.query, first.occurrences)
    without = why_no_calendars(first)
    if without:
        yield without
    if base is None:
        yield "without --base-url the site has no links to subscribe by, no QR codes and no sitemap"
    if first.changes is not None and base is None:
        yield "without --base-url there is no feed of changes, only their page"
    elif first.changes is not None and first.revised is None:
        yield "nothing has a `revised`, so there is no feed of changes, only their page; add it under [agenda]"
