"""From what was typed to a query of the agenda, or to a usage error that says what would be right."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from agenda.agendafile.zones import ZoneError, parse_typed_zone, parse_zone
from agenda.cli.inputs import current_time, read_ids
from agenda.cli.options import ZONE_VARIABLE, SelectionOptions
from agenda.dates import Period
from agenda.errors import UsageError
from agenda.files import STDIN
from agenda.model import Agenda, City, Named, Status, Visibility
from agenda.query import Query
from agenda.recurrence.expand import agenda_span, is_endless, shift_day
from agenda.text.folding import fold, name_orders
from agenda.text.safe import quote
from agenda.text.sentences import join_words

if TYPE_CHECKING:
    from agenda.reports.groups import Grouping
    from agenda.typed_days.clock import Clock

ByT = TypeVar("ByT", bound="Grouping")
DefaultT = TypeVar("DefaultT")

NO_ID = "name at least one ID, or - to read them from standard input; `agenda list` shows them"
"""The message where ids are asked for, and none was given."""

_MAX_NAMES = 12
"""Names that a message lists."""
_YEAR_DAYS = 365
_EDIT_REACH = timedelta(_YEAR_DAYS // 2)
"""How far from those of the agenda a day of an event that is to be may be, if it has no year."""


def make_query(
    options: SelectionOptions, agenda: Agenda, *, statuses: Iterable[Status], ids: Sequence[str] | None = None
) -> Query:
    """The query that the options and their words ask for, in the agenda's own names; `statuses` are those of a command
    without `--status`, and `ids`, where they are given, those of the only events that it is about.

    Raises UsageError where an option names what the agenda does not have, or is not of its form, and WordError where a
    word stands for nothing.
    """
    options, _ = read_words(options, agenda)
    timezone = _parse_clocks(options, agenda)
    today = current_time(agenda.timezone, timezone).date()
    return Query(
        cities=parse_names("city", options.city, agenda.cities),
        topics=parse_names("topic", options.topic, agenda.topics),
        kinds=parse_names("kind", options.kind, agenda.kinds),
        with_parts=tuple(order for part in options.party or () for order in name_orders(parse_text(part, "--with"))),
        and_with_parts=tuple(name_orders(parse_text(part, "--and-with")) for part in options.other_party or ()),
        venue_parts=tuple(parse_text(part, "--venue") for part in options.venue or ()),
        room_parts=tuple(parse_text(part, "--room") for part in options.room or ()),
        searches=tuple(tuple(parse_text(text, "--search").split()) for text in options.search or ()),
        periods=_parse_periods(options, agenda, today),
        today=today,
        timezone=timezone,
        statuses=frozenset(options.status or statuses),
        visibilities=frozenset({Visibility.PUBLIC} if options.public else ()),
        certainties=frozenset(options.when or ()),
        ids=None if ids is None else frozenset(parse_ids(ids, agenda)),
    )


def read_words(
    options: SelectionOptions, agenda: Agenda, own: Mapping[str, Callable[[str], bool]] | None = None
) -> tuple[SelectionOptions, dict[str, list[str]]]:
    """The options with each word in the option that it stands for, and the words for the command's `own` options: what
    each of these takes, by its name. A command whose own options have a `month` takes that in the place of a day.

    Raises WordError where a word stands for nothing, or for several things.
    """
    if not options.words:
        return options, {}
    from agenda.cli.words import place_words

    today = current_time(agenda.timezone, _parse_clocks(options, agenda)).date()
    return place_words(options, agenda, make_clock(agenda, today), own or {})


def read_ids_and_words(options: SelectionOptions, agenda: Agenda) -> tuple[SelectionOptions, list[str] | None]:
    """The options with each word in the option that it stands for, and the words that are ids of events, with those of
    standard input for `-`; None where no word is an id.

    Raises WordError where a word is neither, and may have been meant for something else than an id.
    """
    known = {event.id for event in agenda.events}
    options, own = read_words(options, agenda, {"id": lambda text: text.strip() == STDIN or text.strip() in known})
    return options, read_ids(own["id"]) if own.get("id") else None


def read_month_and_words(options: SelectionOptions, agenda: Agenda) -> tuple[SelectionOptions, Period | None]:
    """The options with each word in the option that it stands for, and the month that a word names, where one does.

    Raises WordError where a word stands for nothing, and UsageError where several months are named.
    """
    if not options.words:
        return options, None
    from agenda.cli.words import is_readable

    clock = make_clock(agenda, current_time(agenda.timezone, _parse_clocks(options, agenda)).date())
    choice, own = read_words(options, agenda, {"month": is_readable(clock.month)})
    months = own.get("month", ())
    if months[1:]:
        raise UsageError(f"{join_words(map(quote, months), 'and')} are several months; name one")
    return choice, clock.month(months[0]) if months else None


def read_grouping_and_words(
    options: SelectionOptions, agenda: Agenda, by: DefaultT, offered: Sequence[ByT]
) -> tuple[SelectionOptions, ByT | DefaultT]:
    """The options with each word in the option that it stands for, and the grouping that a word names, else `by`.

    Raises WordError where a word stands for nothing, and UsageError where several groupings are named.
    """
    from agenda.reports.groups import find_grouping  # which lists do without

    choice, own = read_words(options, agenda, {"by": lambda text: find_grouping(text, offered) is not None})
    named = [grouping for text in own.get("by", ()) if (grouping := find_grouping(text, offered))]
    if named[1:]:
        raise UsageError(f"{join_words(map(quote, own['by']), 'and')} are several groupings; name one")
    return choice, named[0] if named else by


def make_clock(agenda: Agenda, today: date) -> "Clock":
    """What reads the days that are typed: `tomorrow` by `today`, and `30 Sep` by the years of the agenda."""
    from agenda.typed_days.clock import Clock  # most runs read no day

    return Clock(today, lambda: _known_span(agenda, today))


def make_edit_clock(agenda: Agenda, today: date) -> "Clock":
    """The same for events that are to be: a day near those of the agenda has a clear year, too."""
    return replace(make_clock(agenda, today), reach=_EDIT_REACH)


def _known_span(agenda: Agenda, today: date) -> tuple[date, date] | None:
    """The days of the agenda, those up to a year from today among them where a series has no end."""
    span = agenda_span(agenda)
    if span is None or not any(is_endless(event) for event in agenda.events):
        return span
    return span[0], max(span[1], shift_day(today, _YEAR_DAYS))


def _parse_periods(options: SelectionOptions, agenda: Agenda, today: date) -> tuple[Period, ...]:
    """The one period that `--on`, `--from` and `--to` have in common; none where none of them is given."""
    if not (options.on or options.since or options.until):
        return ()
    clock = make_clock(agenda, today)
    on = parse_period_option("--on", options.on, clock.period)
    first = parse_period_option("--from", options.since, clock.day).first
    last = parse_period_option("--to", options.until, clock.day).last
    if first and last and first > last:
        raise UsageError(f"--from {first} is after --to {last}; no day is in both")
    first = max(filter(None, (first, on.first)), default=None)
    last = min(filter(None, (last, on.last)), default=None)
    if first and last and first > last:
        raise UsageError("--on has no day in common with --from and --to")
    return (Period(first, last),)


def parse_names(noun: str, typed: Sequence[str] | None, entries: Iterable[Named]) -> frozenset[str]:
    """The names of the entries that were typed, each by its name or an alias; empty where nothing was typed.

    `noun` is what an entry is, e.g. `city`, and the name of the option. Raises UsageError where there is no such entry.
    """
    if not typed:
        return frozenset()
    spellings = [(spelling, entry.name) for entry in entries for spelling in (*entry.aliases, entry.name)]
    names: set[str] = set()
    for text in typed:
        meant = {name for spelling, name in spellings if fold(spelling) == fold(text)}
        if not meant:
            from agenda.text.nearest import suggest

            known = list(dict.fromkeys(name for _, name in spellings))
            few = join_words(map(quote, known[:_MAX_NAMES]), "and") if known else "none"
            many = f"it has {len(known)}, which `agenda count --by {noun}` lists, such as {few}"
            right = suggest(text, dict(spellings), many if known[_MAX_NAMES:] else f"it has {few}")
            raise UsageError(f"--{noun}: the agenda has no {noun} {quote(text)}; {right}")
        names |= meant
    return frozenset(names)


def parse_period_option(option: str, values: Sequence[str] | None, read: Callable[[str], Period]) -> Period:
    """The period that `read` makes of the option's value; where the option is not given, the one without ends.

    Raises UsageError where the option is given twice, or its value is no period.
    """
    if not values:
        return Period()
    if len(values) > 1:
        raise UsageError(f"{option} is given {len(values)} times; give it once")
    try:
        return read(values[0])
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from None


def parse_text(text: str, option: str) -> str:
    """The text of an option, folded; raises UsageError where nothing is left of it."""
    folded = fold(text)
    if not folded:
        raise UsageError(f"{option} is empty; give it some text")
    return folded


def parse_zone_option(typed: str | None, option: str = "--tz", cities: Iterable[City] = ()) -> ZoneInfo | None:
    """The time zone that the option, or variable, names; None where it is not given. Raises UsageError where there is
    no such zone, which says what was meant, if need be by the zones of `cities`.
    """
    try:
        return None if typed is None else parse_typed_zone(typed, os.environ.get("TZ"))
    except ZoneError as error:
        from agenda.agendafile.meant_zones import explain_zone

        raise UsageError(f"{option}: {error.problem}; {explain_zone(typed or '', cities) or error.advice}") from None


def _parse_clocks(options: SelectionOptions, agenda: Agenda) -> ZoneInfo | None:
    """The zone by whose clocks times are told, by `--utc` or `--tz`; None where neither is given, nor the variable."""
    is_variable = options.zone == os.environ.get(ZONE_VARIABLE)
    if options.utc and options.zone is not None and not is_variable:
        raise UsageError("--tz and --utc both name the clocks to tell times by; give one of them")
    if options.utc:
        return parse_zone("UTC")
    return parse_zone_option(options.zone, ZONE_VARIABLE if is_variable else "--tz", agenda.cities)


def parse_ids(ids: Sequence[str], agenda: Agenda) -> list[str]:
    """The ids as the events have them, each once, in the order in which they were typed; raises UsageError where any is
    not the id of an event, in whatever case.
    """
    known = {event.id: event.id for event in agenda.events}
    missing = [id_ for id_ in dict.fromkeys(ids) if id_ not in known]
    if not missing:
        return list(dict.fromkeys(ids))
    in_any_case = {fold(id_): id_ for id_ in known}
    unknown = [id_ for id_ in missing if fold(id_) not in in_any_case]
    if len(unknown) == 1:
        from agenda.text.nearest import suggest

        titles = {event.title: event.id for event in agenda.events}
        right = suggest(unknown[0], titles | known, "`agenda list` shows the ids")
        raise UsageError(f"no event has the id {quote(unknown[0])}; {right}")
    if unknown:
        few = join_words(map(quote, unknown[:_MAX_NAMES]))
        more = f", nor {len(unknown) - _MAX_NAMES} more ids" if unknown[_MAX_NAMES:] else ""
        raise UsageError(f"no event has the id {few}{more}; `agenda list` shows the ids")
    return list(dict.fromkeys(known.get(id_) or in_any_case[fold(id_)] for id_ in ids))
