"""What `compare_agendas` finds of any two agendas: nothing of one with itself, and the contrary the other way round."""

import pytest
from agendas import agendas
from hypothesis import given

from agenda.agendafile.load import parse_agenda
from agenda.agendafile.toml_text import FileContent
from agenda.limits import MAX_ALL_ENDLESS_TIMES
from agenda.model import Agenda, Occurrence
from agenda.reports import changes
from agenda.reports.changes import ChangeKind, EventChange, compare_agendas

CONTRARY = {
    ChangeKind.NEW: ChangeKind.GONE,
    ChangeKind.CANCELLED: ChangeKind.RESTORED,
    ChangeKind.KNOWN: ChangeKind.UNKNOWN,
}
CONTRARY |= {contrary: kind for kind, contrary in CONTRARY.items()}


def read(text: str) -> Agenda:
    """The agenda of that file."""
    return parse_agenda(FileContent("events.toml", text.encode()))


def contents(change: EventChange) -> tuple[object, ...]:
    """What a change says but of revisions, in a form that can be compared."""
    return change.before, change.after, change.day, frozenset(change.kinds)


def mirrored(change: EventChange) -> tuple[object, ...]:
    """The same of the change that takes it back."""
    kinds = frozenset(CONTRARY.get(kind, kind) for kind in change.kinds)
    return change.after, change.before, change.day, kinds


@given(agendas())
def test_an_agenda_has_not_changed_from_itself(text: str) -> None:
    assert compare_agendas(read(text), read(text)) == []


@given(agendas(), agendas())
def test_the_way_back_is_the_contrary(one: str, other: str) -> None:
    before, after = read(one), read(other)
    forth, back = compare_agendas(before, after), compare_agendas(after, before)
    assert {repr(_one) for _one in map(contents, forth)} == {repr(_one) for _one in map(mirrored, back)}


def test_thousands_of_other_rules_are_compared_by_a_share_of_their_times(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[Occurrence] = []
    expand = changes.occurrences  # type: ignore[attr-defined]

    def note(*of_event: object) -> object:
        for time in expand(*of_event):  # type: ignore[arg-type]
            times.append(time)
            yield time

    monkeypatch.setattr(changes, "occurrences", note)
    text = '[[events]]\nid = "e{0}"\ntitle = "E"\nstart = 2026-03-02\nrepeat = "FREQ={1}"\n'
    before, after = ("".join(text.format(number, rule) for number in range(500)) for rule in ("DAILY", "WEEKLY"))
    found = compare_agendas(read(before), read(after))
    assert [(change.kinds, change.day) for change in found] == [((ChangeKind.TIME,), None)] * 500
    assert len(times) <= 2 * MAX_ALL_ENDLESS_TIMES


def test_rules_that_differ_past_their_share_of_times_are_told() -> None:
    text = '[[events]]\nid = "e{0}"\ntitle = "E"\nstart = 2026-03-02\nrepeat = "FREQ=DAILY;COUNT={1}"\n'
    before, after = ("".join(text.format(number, count) for number in range(500)) for count in (100, 200))
    assert len(compare_agendas(read(before), read(after))) == 500


@pytest.mark.parametrize(
    ("before", "after"),
    [("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO"), ("FREQ=DAILY;COUNT=1500", "FREQ=DAILY;UNTIL=20300409")],
    ids=["without an end", "with the same end"],
)
def test_the_same_by_another_rule_is_no_change_however_many_there_are(before: str, after: str) -> None:
    text = '[[events]]\nid = "e{0}"\ntitle = "E"\nstart = 2026-03-02\nrepeat = "{1}"\n'
    one, other = ("".join(text.format(number, rule) for number in range(200)) for rule in (before, after))
    assert compare_agendas(read(one), read(other)) == []
