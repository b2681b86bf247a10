"""`agenda push`: events into a calendar of a CalDAV server."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec.structs import replace
from typer import Argument, Option

from agenda.cli import output
from agenda.cli.inputs import choose_wording, read_agenda_for_ids
from agenda.cli.locales import LANGUAGE_VARIABLE
from agenda.cli.options import (
    FILES_PANEL,
    AlarmOption,
    AssumedDurationOption,
    MessageOptions,
    PublishingOptions,
    language_option,
    with_options,
)
from agenda.cli.parse import make_query, read_ids_and_words
from agenda.cli.progress import sending_spinner
from agenda.cli.remarks import nothing_remarks
from agenda.errors import AgendaError, UsageError
from agenda.limits import MAX_PUSHED_EVENTS
from agenda.model import Agenda, Status
from agenda.query import Query, select_series
from agenda.reports.groups import Grouping
from agenda.text.safe import one_line, quote
from agenda.text.sentences import count_of

if TYPE_CHECKING:
    from httpx import URL

    from agenda.caldav.collection import Collection
    from agenda.caldav.login import Login
    from agenda.caldav.plan import Change, Plan

EXAMPLES = (
    ("agenda push https://dav.example/anna/tour/", "a calendar on a server that has just the events of the agenda"),
    ("agenda push https://dav.example/anna/tour/ --dry-run", "what that would change, and nothing changed"),
    ("agenda push https://dav.example/anna/tour/ --city Tokyo --delete", "a calendar of the events in Tokyo alone"),
)

_MAX_REFUSALS = 20
"""Events that are told of one by one."""
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class PushOptions(PublishingOptions, frozen=True, kw_only=True):
    """The same for a calendar that several may keep, each in an environment of their own."""

    language: Annotated[
        str | None,
        language_option(
            "In this language, such as it or ja; without it, in the first that the file declares. What others get does"
            f" not heed {LANGUAGE_VARIABLE}."
        ),
    ] = None


@with_options(PushOptions)
def command(
    options: PushOptions,
    url: Annotated[
        str,
        Argument(
            metavar="URL",
            help="The calendar's address. Name and password are never part of it: $AGENDA_CALDAV_USER and"
            " $AGENDA_CALDAV_PASSWORD, ~/.netrc or the keyring have them.",
            rich_help_panel=FILES_PANEL,
        ),
    ],
    delete: Annotated[
        bool,
        Option(
            "--delete",
            help="Delete this agenda's events that are not chosen, too; without any choice, that is done anyway.",
            rich_help_panel=FILES_PANEL,
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        Option("--dry-run", help="Show what would be done, and change nothing.", rich_help_panel=FILES_PANEL),
    ] = False,
    alarm: AlarmOption = None,
    assume_duration: AssumedDurationOption = None,
) -> None:
    """Send events to a calendar on a CalDAV server.

    What is new is created, what differs is changed, and events of this agenda that are no longer in it are deleted. All
    else in the calendar is left alone. If options or ids choose some of the events, none is deleted, unless --delete is
    given too. --public does not count as choosing: events that became internal are deleted.
    """
    from agenda.caldav.collection import Collection, parse_address
    from agenda.caldav.login import find_login
    from agenda.caldav.plan import plan_changes
    from agenda.ical.events import ExportSettings, parse_alarm, parse_length
    from agenda.ical.exporter import export_events
    from agenda.ical.head import Publication

    address = parse_address(url)
    alarms = tuple(parse_alarm(typed) for typed in alarm or ())
    assumed = parse_length(assume_duration) if assume_duration is not None else None
    agenda = read_agenda_for_ids(options)
    choice, ids = read_ids_and_words(options, agenda)
    query = make_query(choice, agenda, statuses=Status, ids=ids)
    occurrences = select_series(agenda, query)
    if len(occurrences) > MAX_PUSHED_EVENTS:
        raise UsageError(
            f"these are {len(occurrences):,} events, and {MAX_PUSHED_EVENTS:,} are the most that are compared with a"
            " calendar; choose fewer, as by --from and --to, and send the others after them"
        )
    settings = ExportSettings(alarms=alarms, assumed=assumed, words=choose_wording(options, agenda))
    each = Publication(by=Grouping.EVENT)
    exported = export_events(_without_head(agenda), occurrences, query=query, settings=settings, publication=each)
    namespaces = _namespaces(agenda)
    login = find_login(address.host, os.environ)
    with sending_spinner(options), Collection(address, login) as collection:
        plan = plan_changes(
            map("".join, exported.files.values()),
            collection.fetch_events(),
            namespaces=namespaces,
            doomed_namespaces=namespaces if delete or not _is_choice(query) else (),
        )
        if not (delete or dry_run or exported.files):
            _keep_last_events(plan)
        refusals = [] if dry_run else _make_changes(collection, plan.changes)
    if dry_run:
        output.write(f"{change.action}\t{one_line(change.uid)}\t{one_line(change.title)}\n" for change in plan.changes)
    output.remark(options, *exported.remarks, *_open_password_remark(address, login))
    # Even into a pipe, as of cron: these events of the agenda are not there, and nobody would know.
    output.remark(MessageOptions(verbose=True, quiet=options.quiet), *_foreign_remark(plan))
    output.remark(options, _summary(plan, refused=len(refusals), dry_run=dry_run))
    output.remark(options, *nothing_remarks(options, agenda, query, occurrences))
    if refusals:
        raise AgendaError("\nagenda: ".join(_told(refusals)))


def _namespaces(agenda: Agenda) -> frozenset[str]:
    """The namespaces by which its events are known: its own, and those of the files of several that it is read from."""
    given = {agenda.namespace, *(event.head.namespace for event in agenda.events if event.head)}
    return frozenset(filter(None, given))


def _is_choice(query: Query) -> bool:
    """Whether the query asks for some of the events that are to be published: `--public` says which these are."""
    return replace(query, visibilities=frozenset()).is_selective


def _without_head(agenda: Agenda) -> Agenda:
    """The agenda without what is said of a calendar as a whole: on a server that is no part of its events."""
    return replace(agenda, title=None, description=None, color=None, refresh=None)


def _keep_last_events(plan: "Plan") -> None:
    """Raise AgendaError where nothing would be left of this agenda, as after a mistake in its file."""
    if plan.changes:
        number = count_of(len(plan.changes), "event")
        raise AgendaError(f"no event is left to push, and {number} there would be deleted; add --delete for that")


def _open_password_remark(address: "URL", login: "Login | None") -> Iterator[str]:
    if login and address.scheme == "http" and address.host not in _THIS_MACHINE:
        yield f"the password went to {address.host} unencrypted, so that anybody on the way can read it; use https"


def _foreign_remark(plan: "Plan") -> Iterator[str]:
    if plan.foreign:
        events = count_of(len(plan.foreign), "event")
        example = f"{', such as' if plan.foreign[1:] else ':'} {quote(plan.foreign[0])}"
        yield f"{events} on the server with a UID of this agenda, made by another program, left alone{example}"


def _make_changes(collection: "Collection", changes: Sequence["Change"]) -> list[str]:
    """Make the changes, and give a message for each that the server refuses.

    Raises AgendaError, with how many were made, where the server cannot be asked any more.
    """
    from agenda.caldav.failures import RefusedChange, ServerError

    refusals: list[str] = []
    for number, change in enumerate(changes):
        try:
            _make_change(collection, change)
        except RefusedChange as refusal:
            refusals.append(f"{quote(change.title or change.uid)}: {refusal}")
        except ServerError as error:
            made = number - len(refusals)
            raise AgendaError(f"{error}; {made:,} of {count_of(len(changes), 'change')} were made") from None
    return refusals


def _make_change(collection: "Collection", change: "Change") -> None:
    if change.resource is None:
        collection.create(change.name, change.text)
    elif change.text:
        collection.replace(change.resource, change.text)
    else:
        collection.delete(change.resource)


def _told(refusals: Sequence[str]) -> list[str]:
    more = len(refusals) - _MAX_REFUSALS
    return [*refusals[:_MAX_REFUSALS], *([f"and {count_of(more, 'more event')}"] if more > 0 else [])]


def _summary(plan: "Plan", *, refused: int, dry_run: bool) -> str:
    """What was done, e.g. `2 created, 1 changed, 0 deleted, 25 unchanged`."""
    numbers = Counter(str(change.action) for change in plan.changes)
    would = "to be " if dry_run else ""
    parts = [f"{numbers[action]:,} {would}{action.removesuffix('e')}ed" for action in ("create", "change", "delete")]
    if refused:
        parts.append(f"{refused:,} of them refused")
    return ", ".join([*parts, f"{plan.unchanged:,} unchanged"])
