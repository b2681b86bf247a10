"""Edits of agenda files: what was asked for changes, and every other byte stays."""

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from file_styles import VALUES, files
from hypothesis import given
from hypothesis import strategies as st
from kept_text import comments_beside, tables, unchanged_values

from agenda.agendafile.edit import Editor
from agenda.agendafile.positions import locate
from agenda.agendafile.toml_text import FileContent
from agenda.errors import DataError, KeyPath

SHIPPED = (Path(__file__).parents[2] / "data/events.toml").read_bytes()
HEADERS = b"""\
agenda.title = "Tour"\r
# --- cities ---\r
[cities."San Remo"]\r
[cities.Torino]  # home\r
\r
[[events]] # one\r
  id = "a" # its id\r
  title = '''\r
A'''\r
  "city" = 'Torino'\r
  topics = [\r
    "one", # first\r
    "two" # second\r
  ]\r
# after a\r
\r
# before b\r
[[events]]\r
id = 'b'\r
title = \"""B \\\r
  and more\"""\r
city = ["Torino", 'San Remo',]\r
[[events.people]]\r
name = "P"\r
[[events.people]]\r
name = "Q"\r
[[events]]\r
title = "C"\r
id = "c"\r
start = 2026-05-01T10:00:00\r
end = 11:00:00\r
# the end"""
INLINE = b"""\xef\xbb\xbf\
events = [ { id = "a", title = 'A', people = ["X", { name = "Y", role = "r" }] }, # c
  {id="b",title="B",topics=[
   "one", # first
   "two"
  ],}, { id = "c", title.x-y = 1 } ]
""".replace(b"title.x-y = 1", b'title = "C"')
EMPTY = b'[agenda]\ntitle = "Nothing yet"'
FILES = {"shipped": SHIPPED, "headers": HEADERS, "inline": INLINE}

TEXTS = st.one_of(
    st.sampled_from(["It's", 'a "b"', "two\nlines", "日本", "a\\b", "#", "x" * 200 + " y"]),
    st.text("ab'\"\\#\n\u2028\x7fé", min_size=1),
)
"""What a key may hold."""


def edit(content: bytes, change: Callable[[Editor], object]) -> bytes:
    """The content of a file after that change."""
    editor = Editor(FileContent("tour.toml", content))
    change(editor)
    return editor.finish()[0]


def lost_lines(before: bytes, after: bytes) -> list[bytes]:
    """The lines of the one that the other does not have."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {block.a + number for block in blocks for number in range(block.size)}
    return [line for number, line in enumerate(old) if number not in kept]


@given(st.sampled_from(sorted(FILES)), TEXTS, st.data())
def test_a_key_that_is_set_is_all_that_changes(name: str, text: str, data: st.DataObject) -> None:
    content = FILES[name]
    event_id = data.draw(st.sampled_from([event["id"] for event in tables(content)["events"]]))
    after = edit(content, lambda editor: editor.set_key(event_id, "description", text))
    expected = tables(content)
    next(event for event in expected["events"] if event["id"] == event_id)["description"] = text
    assert tables(after) == expected
    assert after[:3] == content[:3]


@given(st.sampled_from(sorted(FILES)), TEXTS, st.data())
def test_a_key_that_is_added_and_taken_away_leaves_the_file_as_it_was(
    name: str, text: str, data: st.DataObject
) -> None:
    content = FILES[name]
    event_id = data.draw(
        st.sampled_from([event["id"] for event in tables(content)["events"] if "date_note" not in event])
    )
    there = edit(content, lambda editor: editor.set_key(event_id, "date_note", text))
    assert edit(there, lambda editor: editor.set_key(event_id, "date_note", None)) == content


# --- A file in any style ---


def draw_event(content: bytes, data: st.DataObject) -> dict[str, Any]:
    """One of the events of a file."""
    event: dict[str, Any] = data.draw(st.sampled_from(tables(content)["events"]))
    return event


def is_same(back: bytes, content: bytes) -> bool:
    """Whether two files are the same, but for line ends at the end of one that had none there."""
    return back == content or (not content.endswith(b"\n") and back.rstrip(b"\r\n") == content)


@given(files(), st.data())
def test_any_keys_of_any_events_are_set_to_anything_and_all_else_stays(content: bytes, data: st.DataObject) -> None:
    expected = tables(content)
    before = locate(content.decode("utf-8-sig"))
    editor = Editor(FileContent("tour.toml", content))
    changed = []
    for index, event in enumerate(expected["events"]):
        for key in data.draw(st.sets(st.sampled_from(sorted(VALUES)))):
            value = data.draw(st.sampled_from(VALUES[key] if key == "title" else [*VALUES[key], None]))
            if value is not None or key in event:
                editor.set_key(event["id"], key, value)
            if before.holds(("events", index, key)) and value:
                value = as_sections(value) if before.value_span(("events", index, key)) is None else value
            event[key] = value
            changed.append(("events", index, key))
    after = editor.finish()[0]
    assert tables(after)["events"] == [
        {key: value for key, value in event.items() if value is not None} for event in expected["events"]
    ]
    assert unchanged_values(after, changed) == unchanged_values(content, changed)
    assert comments_beside(content, changed) <= comments_beside(after, ())


def as_sections(items: list[Any]) -> list[Any]:
    """The items of a list as tables."""
    return [{"name": item} if isinstance(item, str) else item for item in items]


@given(files(), st.data())
def test_any_keys_that_are_added_and_taken_away_leave_any_file_as_it_was(content: bytes, data: st.DataObject) -> None:
    event = draw_event(content, data)
    new = data.draw(st.sets(st.sampled_from([key for key in VALUES if key not in event]), min_size=1))
    values = {key: data.draw(st.sampled_from(VALUES[key])) for key in sorted(new)}
    there = edit(content, lambda editor: set_keys(editor, event["id"], values))
    assert is_same(edit(there, lambda editor: set_keys(editor, event["id"], dict.fromkeys(values))), content)


def set_keys(editor: Editor, event_id: str, values: Mapping[str, Any]) -> None:
    """Set several keys of an event at once."""
    for key, value in values.items():
        editor.set_key(event_id, key, value)


@given(files(), st.data())
def test_any_event_that_is_added_and_removed_leaves_any_file_as_it_was(content: bytes, data: st.DataObject) -> None:
    before = data.draw(st.sampled_from([None, *(event["id"] for event in tables(content)["events"])]))
    event = {"id": "new", "title": "New", "topics": ["x"], "description": "a\nb"}
    there = edit(content, lambda editor: editor.add_event(event, before))
    assert is_same(edit(there, lambda editor: editor.remove_events(["new"])), content)


@given(files(), st.data())
def test_any_events_are_removed_at_once(content: bytes, data: st.DataObject) -> None:
    events = tables(content)["events"]
    gone = data.draw(st.sets(st.sampled_from([event["id"] for event in events]), min_size=1))
    editor = Editor(FileContent("tour.toml", content))
    editor.remove_events(gone)
    after = editor.finish()[0]
    assert tables(after).get("events", []) == [event for event in events if event["id"] not in gone]


@given(files(), st.sampled_from(["topics", "people"]), st.data())
def test_items_that_are_added_to_any_list_and_taken_out_leave_it_as_it_was(
    content: bytes, key: str, data: st.DataObject
) -> None:
    event = draw_event(content, data)
    items = event.get(key)
    if items:
        more = list(items)
        for number in range(data.draw(st.integers(1, 3))):
            more.insert(data.draw(st.integers(0, len(more))), f"new {number}")
        there = edit(content, lambda editor: editor.set_key(event["id"], key, more))
        assert comments_beside(content, ()) == comments_beside(there, ())
        assert is_same(edit(there, lambda editor: editor.set_key(event["id"], key, items)), content)


@given(files(), st.data())
def test_role_that_is_set_and_taken_away_leaves_any_file_as_it_was(content: bytes, data: st.DataObject) -> None:
    event = draw_event(content, data)
    people = event.get("people", [])
    others = [index for index, person in enumerate(people) if isinstance(person, dict) and "role" not in person]
    if others:
        with_role = list(people)
        for index in data.draw(st.sets(st.sampled_from(others), min_size=1)):
            with_role[index] = {**people[index], "role": "speaker"}
        there = edit(content, lambda editor: editor.set_key(event["id"], "people", with_role))
        assert is_same(edit(there, lambda editor: editor.set_key(event["id"], "people", people)), content)


@given(files(), st.data())
def test_item_that_is_taken_out_of_any_list_leaves_the_others_as_they_were(content: bytes, data: st.DataObject) -> None:
    index = data.draw(st.sampled_from(range(len(tables(content)["events"]))))
    event = tables(content)["events"][index]
    people = event.get("people", [])
    left = [number for number in range(len(people)) if data.draw(st.booleans())]
    if left:
        after = edit(content, lambda editor: editor.set_key(event["id"], "people", [people[number] for number in left]))
        assert values_of_people(after, index) == [values_of_people(content, index)[number] for number in left]


def values_of_people(content: bytes, index: int) -> list[list[str]]:
    """How the people of the event with that index are written: their values, without the brackets around them."""
    text = content.decode("utf-8-sig")
    positions = locate(text)
    paths: list[KeyPath] = [
        ("events", index, "people", number) for number in positions.names_in(("events", index, "people"))
    ]
    inner = [[(*path, name) for name in positions.names_in(path)] or [path] for path in paths]
    return [[text[slice(*positions.value_span(path) or (0, 0))] for path in of_person] for of_person in inner]


# --- What comes of one change ---


def test_an_item_is_added_to_a_list_in_the_style_of_the_list() -> None:
    after = edit(HEADERS, lambda editor: editor.set_key("a", "topics", ["one", "two", "three"]))
    assert b'    "two", # second\r\n    "three"\r\n  ]\r\n' in after
    assert lost_lines(HEADERS, after) == [b'    "two" # second\r\n']


def test_an_item_is_taken_out_of_a_list_with_its_line() -> None:
    after = edit(SHIPPED, lambda editor: _without(editor, "airone", "people", "Silvia Barbero"))
    assert lost_lines(SHIPPED, after) == [b'    "Silvia Barbero",\n']


def _without(editor: Editor, event_id: str, key: str, name: str) -> None:
    editor.set_key(event_id, key, [item for item in editor.event(event_id)[key] if item != name])


def test_a_text_keeps_its_quotation_marks_and_its_comment() -> None:
    after = edit(HEADERS, lambda editor: editor.set_key("a", "city", "San Remo"))
    assert b"  \"city\" = 'San Remo'\r\n" in after


@pytest.mark.parametrize("event_id", ["a", "b", "c"])
@pytest.mark.parametrize("name", ["headers", "inline"])
def test_an_event_is_removed_and_comments_around_it_stay(name: str, event_id: str) -> None:
    after = edit(FILES[name], lambda editor: editor.remove_events([event_id]))
    assert [event["id"] for event in tables(after)["events"]] == [other for other in "abc" if other != event_id]
    if name == "headers":
        assert all(comment in after for comment in (b"# after a", b"# before b", b"# the end"))


def test_comments_between_the_sections_of_an_event_go_with_it_and_others_stay() -> None:
    people = "".join(f'# of {name}\n[[events.people]]\nname = "{name}"\n' for name in ("Ada", "Bo"))
    sections = f'[[events]]\nid = "b"\ntitle = "B"\n{people}'
    others = '[[events]]\nid = "a"\ntitle = "A"\n# behind a\n\n{}# before c\n[[events]]\nid = "c"\ntitle = "C"\n'
    after = edit(others.format(sections).encode(), lambda editor: editor.remove_events(["b"]))
    assert after == others.format("").replace("behind a\n\n", "behind a\n").encode()


def test_a_city_is_renamed_wherever_it_stands() -> None:
    after = edit(HEADERS, lambda editor: editor.rename_entry("cities", "San Remo", "Sanremo", keep_alias=True))
    assert tables(after)["cities"]["Sanremo"] == {"aliases": ["San Remo"]}
    assert b"[cities.Sanremo]\r\n" in after
    assert b"city = [\"Torino\", 'Sanremo',]\r\n" in after or b'city = ["Torino", "Sanremo"]\r\n' in after


def test_a_file_without_events_gets_its_first_one() -> None:
    after = edit(EMPTY, lambda editor: editor.add_event({"id": "a", "title": "A"}))
    assert after == b'[agenda]\ntitle = "Nothing yet"\n\n[[events]]\nid = "a"\ntitle = "A"\n'


def test_a_file_that_is_not_valid_is_not_changed() -> None:
    with pytest.raises(DataError):
        Editor(FileContent("tour.toml", b'[[events]]\nid = "a"'))


def test_a_change_that_would_make_the_file_invalid_is_refused() -> None:
    with pytest.raises(DataError, match="no city is called"):
        edit(SHIPPED, lambda editor: editor.set_key("airone", "city", "Atlantis"))
