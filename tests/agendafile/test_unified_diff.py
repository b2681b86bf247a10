"""Diffs of changes: applied to what was, they give what is, and they compare few lines with each other."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from difflib import unified_diff as compare_all
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile.cuts import Cut, apply_cuts, settle_cuts
from agenda.agendafile.unified_diff import unified_diff

HUNK = re.compile(r"@@ -([0-9]+)(?:,([0-9]+))? \+([0-9]+)(?:,([0-9]+))? @@\n")
NO_LINE_BREAK = "\n\\ No newline at end of file\n"
LINES = st.lists(st.sampled_from(["a", "b", "[[events]]", "", "x\u2028y", "c\r"]), max_size=30)


@st.composite
def changed_texts(draw: st.DrawFn) -> tuple[str, list[Cut]]:
    """A text, and cuts in it, many of which are of whole lines."""
    text = "\n".join(draw(LINES)) + draw(st.sampled_from(["", "\n"]))
    starts = [0, *(place + 1 for place, char in enumerate(text) if char == "\n")]
    places = st.one_of(st.sampled_from(starts), st.integers(0, len(text)))
    spans = draw(st.lists(st.tuples(places, places), max_size=8))
    added = st.one_of(LINES.map("\n".join), LINES.map(lambda lines: "".join(f"{line}\n" for line in lines)))
    return text, list(settle_cuts(Cut(min(span), max(span), draw(added)) for span in spans))


def apply_diff(text: str, diff: Sequence[str]) -> str:
    """What a text is after a diff, each of whose hunks stands at its lines and has as many as its head says."""
    lines = text.split("\n")
    lines = [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    made: list[str] = []
    done = 0
    heads = [place for place, line in enumerate(diff) if HUNK.fullmatch(line)]
    for head, end in pairwise([*heads, len(diff)]):
        (match,) = HUNK.finditer(diff[head])
        start, count, new_start, new_count = (1 if number is None else int(number) for number in match.groups())
        body = [
            (line[0], line[1:].removesuffix(NO_LINE_BREAK) if NO_LINE_BREAK in line else line[1:])
            for line in diff[head + 1 : end]
        ]
        old, new = ([line for sign, line in body if sign in signs] for signs in (" -", " +"))
        first = start - 1 if count else start
        made += lines[done:first]
        assert (len(old), len(new), len(made)) == (count, new_count, new_start - 1 if new_count else new_start)
        assert lines[first : first + count] == old
        made += new
        done = first + count
    return "".join((*made, *lines[done:]))


@given(changed_texts())
def test_diff_makes_the_new_text_of_the_old_one(changed: tuple[str, list[Cut]]) -> None:
    text, cuts = changed
    after = apply_cuts(text, cuts)
    diff = unified_diff(text, cuts, "tour.toml")
    assert apply_diff(text, diff) == after
    assert (diff == []) == (text == after)


@given(st.lists(st.integers(0, 200), unique=True, min_size=1, max_size=20), st.booleans())
def test_diff_of_lines_that_are_other_is_that_of_all_lines(places: list[int], ends: bool) -> None:
    lines = [f"line {number}\n" for number in range(201)]
    text = "".join(lines).removesuffix("" if ends else "\n")
    after = [f"line {number}!\n" if number in places else line for number, line in enumerate(lines)]
    starts = [
        text.index(f"line {place}" + ("\n" if place < 200 or ends else "")) + len(f"line {place}")
        for place in sorted(places)
    ]
    compared = list(compare_all(lines, after, "a", "a"))
    if not ends:
        compared = [
            line.replace("line 200\n", f"line 200{NO_LINE_BREAK}").replace("line 200!\n", f"line 200!{NO_LINE_BREAK}")
            for line in compared
        ]
    assert unified_diff(text, [Cut(start, start, "!") for start in starts], "a") == compared


def test_block_that_is_new_is_told_as_it_stands_and_not_by_the_ends_of_others() -> None:
    text = '[[events]]\nid = "a"\n\n[[events]]\nid = "b"\n'
    place = text.rindex("[[")
    diff = unified_diff(text, [Cut(place, place, '[[events]]\nid = "n"\n\n')], "a")
    assert [line for line in diff[3:] if line[0] == "+"] == ["+[[events]]\n", '+id = "n"\n', "+\n"]


def test_line_in_the_middle_of_a_long_text_is_told_alone() -> None:
    text = "".join(f"{number % 7}\n" for number in range(300))
    after = text[:200] + "new\n" + text[200:400] + "other\n" + text[400:]
    diff = unified_diff(text, [Cut(0, len(text), after)], "a")
    assert [line for line in diff[2:] if line[0] in "+-"] == ["+new\n", "+other\n"]


@pytest.mark.parametrize("events", [5_000, 10_000])
def test_lines_of_very_many_changes_are_not_compared_with_all_others(
    events: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs: list[int] = []

    class Compared(SequenceMatcher[str]):
        def __init__(self, junk: Any, old: Sequence[str], new: Sequence[str]) -> None:
            pairs.append(len(old) * len(new))
            super().__init__(junk, old, new)

    monkeypatch.setattr("agenda.agendafile.unified_diff.SequenceMatcher", Compared)
    block = "[[events]]\ntitle = 'A'\n"
    cuts = [Cut(len(block) * number + 19, len(block) * number + 20, "B'\nkind = 'C") for number in range(events)]
    diff = unified_diff(block * events, cuts, "a")
    assert len(diff) == 3 + events * 4
    assert sum(pairs) == 2 * events


def test_lines_of_one_very_large_change_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.agendafile.unified_diff.SequenceMatcher", None)
    text = "".join(f"{number}\n" for number in range(1_000))
    after = "".join(f"{number}\n" for number in range(1_000, 0, -1))
    assert len(unified_diff(text, [Cut(0, len(text), after)], "a")) == 3 + 1_000 + 1_000
