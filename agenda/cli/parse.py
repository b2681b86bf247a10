"""What was typed for an option, read into values of the agenda, or into a usage error that says what would be right."""

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from agenda.agendafile.zones import parse_zone
from agenda.dates import Period
from agenda.errors import UsageError
from agenda.model import Agenda, Named
from agenda.text import fold, join_words, quote, suggest

_FEW = 12
"""How many names a message lists."""


def parse_names(noun: str, typed: Sequence[str] | None, entries: Iterable[Named]) -> frozenset[str]:
    """The names of the entries that were typed, by name or by alias; none where nothing was."""
    if not typed:
        return frozenset()
    called = [(name, entry.name) for entry in entries for name in (*entry.aliases, entry.name)]
    found: set[str] = set()
    for name in typed:
        meant = {shown for other, shown in called if fold(other) == fold(name)}
        if not meant:
            known = list(dict.fromkeys(shown for _, shown in called))
            few = join_words(map(quote, known[:_FEW]), "and") if known else "none"
            many = f"it has {len(known)}, which `agenda count --by {noun}` lists, such as {few}"
            right = suggest(name, dict(called), many if known[_FEW:] else f"it has {few}")
            raise UsageError(f"--{noun}: the agenda has no {noun} {quote(name)}; {right}")
        found |= meant
    return frozenset(found)


def parse_period_option(option: str, values: Sequence[str] | None, read: Callable[[str], Period]) -> Period:
    """The period that the option gives; the one without ends where it is not given."""
    if not values:
        return Period()
    if len(values) > 1:
        raise UsageError(f"{option} is given {len(values)} times; give it once")
    try:
        return read(values[0])
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from None


def parse_text(text: str, option: str) -> str:
    """The folded text that the option gives, which must not be empty."""
    folded = fold(text)
    if not folded:
        raise UsageError(f"{option} is empty; give it some text")
    return folded


def parse_zone_option(typed: str | None) -> ZoneInfo | None:
    """The time zone that `--tz` names; None where it is not given."""
    try:
        return None if typed is None else parse_zone(typed)
    except ValueError as error:
        raise UsageError(f"--tz: {error}") from None


def parse_ids(ids: Sequence[str], agenda: Agenda) -> frozenset[str]:
    """The ids, each of which must be that of an event."""
    known = {event.id: event.id for event in agenda.events}
    unknown = [id_ for id_ in dict.fromkeys(ids) if id_ not in known]
    if len(unknown) == 1:
        right = suggest(unknown[0], known, "`agenda list` shows the ids")
        raise UsageError(f"no event has the id {quote(unknown[0])}; {right}")
    if unknown:
        few = join_words(map(quote, unknown[:_FEW]))
        more = f", nor {len(unknown) - _FEW} more ids" if unknown[_FEW:] else ""
        raise UsageError(f"no event has the id {few}{more}; `agenda list` shows the ids")
    return frozenset(ids)
