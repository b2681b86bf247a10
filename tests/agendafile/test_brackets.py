"""Edits between brackets and of sections: commas come out right, comments stay, and the style is that of the file."""

from typing import Any

import pytest

from agenda.agendafile.edit import Editor
from agenda.agendafile.toml_text import FileContent

LINES = """\
events = [
  {  # the only one
    id = "a",
    title = "A",  # a title
    # who comes
    people = [{ name = "Ada", role = "chair" }, "Bo"],
    city = "Pavia",
  },
]
"""
SECTIONS = """\
[[events]]
id = "a"
title = "A"

  [[events.people]]  # first
  name = "Ada"  # she

  # second
  [[events.people]]
  name = "Bo"
  role = "chair"

[[events]]
id = "b"
title = "B"
"""
ADA = {"name": "Ada"}
BO = {"name": "Bo", "role": "chair"}


def edited(text: str, **values: Any) -> str:
    """The text after these keys of the event `a` were set."""
    editor = Editor(FileContent("tour.toml", text.encode()))
    for key, value in values.items():
        editor.set_key("a", key, value)
    return editor.finish()[0].decode()


def event_with(keys: str) -> str:
    return f'[[events]]\nid = "a"\ntitle = "A"\n{keys}\n'


@pytest.mark.parametrize(
    ("before", "values", "after"),
    [
        ('{ id = "a", title = "A", city = "X" }', {"city": None}, '{ id = "a", title = "A" }'),
        ('{id="a",title="A",city="X"}', {"city": None, "kind": "k"}, '{id="a",title="A", kind = "k"}'),
        ('{city="X",id="a",kind="k",title="A"}', {"city": None, "kind": None}, '{id="a",title="A"}'),
        ('{city="X",kind="k",id="a",title="A",}', {"city": None, "title": "B"}, '{kind="k",id="a",title="B",}'),
        (
            '{ id = "a", title = "A" }',
            {"city": "X", "date_note": "soon"},
            '{ id = "a", title = "A", city = "X", date_note = "soon" }',
        ),
        ('{ id = "a", title = "A", kind = "k" }', {"room": "R"}, '{ id = "a", title = "A", room = "R", kind = "k" }'),
    ],
)
def test_keys_in_braces_change_at_once(before: str, values: dict[str, Any], after: str) -> None:
    assert edited(f"events = [ {before} ] # end\n", **values) == f"events = [ {after} ] # end\n"


@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        ('["x", "y", "z"]', ["y"], '["y"]'),
        ('["x", "y", "z"]', ["x", "new", "z"], '["x", "new", "z"]'),
        ("['x','y','z']", ["x", "q", "z"], "['x','q','z']"),
        ("['x','y','z']", ["x", "y", "q", "z"], """['x','y',"q", 'z']"""),
        ('[ "x", "y", ]', ["y", "z"], '[ "y", "z", ]'),
        ('["x", "y"]', ["new", "x", "y"], '["new", "x", "y"]'),
        ('["x", "y"]', ["y", "x"], '["y", "x"]'),
        ('[\n  "x", # 1\n  "y" # 2\n]', ["y", "z"], '[\n  # 1\n  "y", # 2\n  "z"\n]'),
        ('[\n  "x", # 1\n  "y" # 2\n]', ["x"], '[\n  "x" # 1\n  # 2\n]'),
        ('[\n  "x",\n  "y",\n]', ["z", "x", "q"], '[\n  "z",\n  "x",\n  "q",\n]'),
        ('[ "x" # 1\n, "y" # 2\n]', ["x", "y", "z"], '[ "x" # 1\n, "y", "z" # 2\n]'),
        ('[ "x" # 1\n, "y" # 2\n]', ["y"], '[ # 1\n "y" # 2\n]'),
    ],
)
def test_items_between_brackets_change_at_once(before: str, items: list[str], after: str) -> None:
    assert edited(event_with(f"topics = {before}"), topics=items) == event_with(f"topics = {after}")


@pytest.mark.parametrize(
    ("before", "people", "after"),
    [
        ('[{ name = "Ada", role = "r" }, "Bo"]', [ADA, "Bo"], '[{ name = "Ada" }, "Bo"]'),
        (
            '[{name="Ada"}, {name="Bo",role="chair"}]',
            [ADA, {**BO, "role": "r"}],
            '[{name="Ada"}, {name="Bo",role="r"}]',
        ),
        ('["Ada", "Bo"]', ["Ada", BO], '["Ada", { name = "Bo", role = "chair" }]'),
        ('[{ name = "Ada" }]', [{**ADA, "role": "r"}, "Bo"], '[{ name = "Ada", role = "r" }, "Bo"]'),
        ('[{\n  name = "Ada", # 1\n}]', [{**ADA, "role": "r"}], '[{\n  name = "Ada", # 1\n  role = "r",\n}]'),
    ],
)
def test_people_in_braces_change_at_the_right_depth(before: str, people: list[Any], after: str) -> None:
    assert edited(event_with(f"people = {before}"), people=people) == event_with(f"people = {after}")


def test_event_over_several_lines_of_braces_keeps_its_comments() -> None:
    after = edited(LINES, city=None, title="B", kind="k", people=[{"name": "Ada"}, "Bo", "Cy"])
    assert after == (
        LINES.replace('"A"', '"B"')
        .replace(', role = "chair"', "")
        .replace('"Bo"]', '"Bo", "Cy"]')
        .replace('    city = "Pavia",\n', '    kind = "k",\n')
    )


@pytest.mark.parametrize(
    ("people", "old", "new"),
    [
        ([{**ADA, "role": "r"}, BO], '  name = "Ada"  # she\n', '  name = "Ada"  # she\n  role = "r"\n'),
        ([ADA, {**BO, "role": "r"}], 'role = "chair"', 'role = "r"'),
        ([ADA, {"name": "Bo"}], '  role = "chair"\n', ""),
        ([BO], '\n  [[events.people]]  # first\n  name = "Ada"  # she\n', ""),
        ([ADA], '  [[events.people]]\n  name = "Bo"\n  role = "chair"\n', ""),
        ([ADA, BO, "Cy"], "\n[[events]]\n", '\n  [[events.people]]\n  name = "Cy"\n\n[[events]]\n'),
        (["Cy", ADA, BO], "  [[events.people]]  #", '  [[events.people]]\n  name = "Cy"\n\n  [[events.people]]  #'),
        ([ADA, "Cy", BO], "\n  # second", '\n  [[events.people]]\n  name = "Cy"\n\n  # second'),
    ],
)
def test_person_with_a_section_changes_in_that_section_alone(people: list[Any], old: str, new: str) -> None:
    start = SECTIONS.index(old) if old != "\n[[events]]\n" else SECTIONS.rindex(old)
    assert edited(SECTIONS, people=people) == SECTIONS[:start] + new + SECTIONS[start + len(old) :]


def test_sections_of_people_that_follow_without_an_empty_line_get_one_more_of_them() -> None:
    people = '[[events.people]]\nname = "Ada"\n'
    after = edited(event_with(people), people=["Ada", "Bo"])
    assert after == event_with(f'{people}[[events.people]]\nname = "Bo"\n')


def test_people_with_sections_are_all_taken_away() -> None:
    assert (
        edited(SECTIONS, people=None)
        == '[[events]]\nid = "a"\ntitle = "A"\n\n  # second\n\n[[events]]\nid = "b"\ntitle = "B"\n'
    )
