"""The bounds of what is compared, drawn and written for one agenda, told by the steps that are taken."""

import pytest

from agenda.model import Person
from agenda.reports import changes
from agenda.reports.changes import find_different


def test_people_of_a_crowded_event_are_compared_with_their_namesakes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Person] = []
    is_same = changes._is_same

    def note(one: Person, other: Person) -> bool:
        compared.append(one)
        return is_same(one, other)

    monkeypatch.setattr(changes, "_is_same", note)
    before = [Person(f"P{number}") for number in range(1_000)]
    after = [Person(f"Q{number}", aliases=(f"P{number}",)) for number in range(999)]
    assert find_different(before, after) == ([before[999]], [])
    assert len(compared) <= 2 * 2 * 1_000
