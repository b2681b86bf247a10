"""Texts as calendars take them: with no more blanks in a row than readers leave alone."""

import pytest

from agenda.ical.texts import clean_text
from agenda.ical.x_agenda import write_facts
from agenda.model import TBA, Agenda, Event, Room


@pytest.mark.parametrize(("blanks", "left"), [(29, 29), (30, 30), (31, 30), (500, 30)])
def test_blanks_in_a_row_are_thirty_at_most(blanks: int, left: int) -> None:
    assert clean_text(f"a{' ' * blanks}b") == f"a{' ' * left}b"


@pytest.mark.parametrize(
    ("text", "cleaned"), [("a\nb", "a\nb"), ("a\r\nb", "a\nb"), ("a\x7fb", "ab"), ("a\tb", "a\tb")]
)
def test_line_breaks_are_one_character_and_controls_none(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    ("blanks", "written"), [(8, " " * 8), (9, " " * 8 + "\\u0020"), (10, " " * 8 + "\\u0020\\u0020")]
)
def test_blanks_in_our_own_property_are_eight_at_most(blanks: int, written: str) -> None:
    event = Event(id="e", title="E", when=TBA, room=Room(f"a{' ' * blanks}b"))
    assert write_facts(Agenda(), event).count(f'"a{written}b"') == 1
