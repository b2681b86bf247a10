"""What edits cost grows with the file and with the edits, told by the operations of Python that are done."""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from agenda.agendafile.edit import Editor
from agenda.agendafile.positions import locate
from agenda.agendafile.toml_text import FileContent

FEW, MANY = 25, 150
MOST_TIMES = 1.4 * MANY / FEW
"""How much more many may cost; what grows with their square costs up to thirty-six times as much."""

Edit = Callable[[Editor, int], object]
EVENT = '[[events]]\nid = "e{0}"\ntitle = "A"\nstart = 2026-03-01\n'
HEADERS = EVENT + "\n"
CITIES = "[cities.C{0}]\n"
VENUES = '[venues.v{0}]\nname = "V{0}"\ncity = "Torino"\n'
INLINE = '{{ id = "e{0}", title = "A" }}, '


def file_of(number: int, block: str, head: str = "", tail: str = "") -> bytes:
    """A file with so many of these blocks."""
    return "".join((head, *(block.format(place) for place in range(number)), tail)).encode()


def add_all(editor: Editor, number: int) -> None:
    """Add as many events as there are, each in front of one of them."""
    for place in range(number):
        editor.add_event({"id": f"new-{place}", "title": "New"}, f"e{place}")


def declare_all(editor: Editor, number: int) -> None:
    """Declare as many cities."""
    for place in range(number):
        editor.declare("cities", f"New{place}", {})


def set_all(key: str, value: Any) -> Edit:
    """Let a key of all events have that value."""

    def change(editor: Editor, number: int) -> None:
        for place in range(number):
            editor.set_key(f"e{place}", key, value)

    return change


def remove_all(editor: Editor, number: int) -> None:
    """Remove all events but the first."""
    editor.remove_events([f"e{place}" for place in range(1, number)])


def edited(edit: Edit, content: bytes, number: int) -> None:
    """Read a file, edit it, and prove that."""
    editor = Editor(FileContent("tour.toml", content))
    edit(editor, number)
    editor.finish()


def count_operations(work: Callable[[], object]) -> int:
    """How many operations of Python some work takes."""
    operations = 0

    def note(frame: FrameType, event: str, _: object) -> Any:
        nonlocal operations
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        operations += event == "opcode"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(before)
    return operations


CASES: dict[str, tuple[Edit, tuple[str, ...]]] = {
    "a title": (set_all("title", "B"), (HEADERS,)),
    "a new key": (set_all("topics", ["a"]), (HEADERS,)),
    "a new key in brackets": (set_all("topics", ["a"]), (INLINE, "events = [", "]")),
    "events less": (remove_all, (HEADERS,)),
    "events less in brackets": (remove_all, (INLINE, "events = [", "]")),
    "events more": (add_all, (HEADERS,)),
    "events more in brackets": (add_all, (INLINE, "events = [", "]")),
    "cities more": (declare_all, (CITIES,)),
    "cities more in lines": (declare_all, ("C{0} = {{}}\n", "[cities]\n")),
    "cities more in brackets": (declare_all, ("C{0} = {{}}, ", "cities = {", "}")),
    "people less": (
        lambda editor, _: editor.set_key("e0", "people", None),
        ('[[events.people]]\nname = "P{0}"\n', EVENT.format(0)),
    ),
    "other people": (
        lambda editor, _: editor.set_key("e0", "people", ["Ada"]),
        ('[[events.people]]\nname = "P{0}"\n', EVENT.format(0)),
    ),
    "people in another order": (
        lambda editor, number: editor.set_key("e0", "people", [f"P{place}" for place in reversed(range(number))]),
        ('"P{0}", ', EVENT.format(0) + "people = [", "]\n"),
    ),
    "another city of all venues": (
        lambda editor, _: editor.rename_entry("cities", "Torino", "Turin", keep_alias=True),
        (VENUES + HEADERS + 'venue = "v{0}"\n', "[cities.Torino]\n"),
    ),
}


@pytest.mark.parametrize(
    "case",  # in the inner loop those of the usual form of a file: to count takes ten times as long as to edit
    [pytest.param(case, marks=[pytest.mark.slow] if case.endswith(("brackets", "lines")) else []) for case in CASES],
)
def test_edits_cost_what_they_change(case: str) -> None:
    edit, blocks = CASES[case]
    few, many = (count_operations(partial(edited, edit, file_of(number, *blocks), number)) for number in (FEW, MANY))
    assert many <= few * MOST_TIMES


def test_the_keys_of_a_section_are_not_read_before_somebody_asks() -> None:
    """A key is set in a file of 10,000 events in half the time by that."""
    few, many = (file_of(MANY, EVENT + f"topics = {items * ['a']}\n").decode() for items in (1, 10))
    assert count_operations(partial(locate, many)) == count_operations(partial(locate, few))
