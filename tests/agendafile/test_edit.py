"""Edits of agenda files: what was asked for changes, and every other byte stays."""

from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
import tomli
from file_styles import VALUES, files
from hypothesis import given
from hypothesis import strategies as st

from agenda.agendafile.edit import Editor
from agenda.agendafile.toml_text import FileContent
from agenda.errors import DataError

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


def tables(content: bytes) -> dict[str, Any]:
    return tomli.loads(content.decode("utf-8-sig"))


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
def test_any_keys_of_any_events_are_set_to_anything(content: bytes, data: st.DataObject) -> None:
    expected = tables(content)
    editor = Editor(FileContent("tour.toml", content))
    for event in expected["events"]:
        for key in data.draw(st.sets(st.sampled_from(sorted(VALUES)))):
            value = data.draw(st.sampled_from(VALUES[key] if key == "title" else [*VALUES[key], None]))
            if value is not None or key in event:
                editor.set_key(event["id"], key, value)
            event[key] = value
    after = tables(editor.finish()[0])
    assert after["events"] == [
        {key: value for key, value in event.items() if value is not None} for event in expected["events"]
    ]


@given(files(), st.data())
def test_any_key_that_is_added_and_taken_away_leaves_any_file_as_it_was(content: bytes, data: st.DataObject) -> None:
    event = draw_event(content, data)
    key = data.draw(st.sampled_from([key for key in VALUES if key not in event]))
    there = edit(content, lambda editor: editor.set_key(event["id"], key, data.draw(st.sampled_from(VALUES[key]))))
    assert is_same(edit(there, lambda editor: editor.set_key(event["id"], key, None)), content)


@given(files(), st.data())
def test_any_event_that_is_added_and_removed_leaves_any_file_as_it_was(content: bytes, data: st.DataObject) -> None:
    before = data.draw(st.sampled_from([None, *(event["id"] for event in tables(content)["events"])]))
    event = {"id": "new", "title": "New", "topics": ["x"], "description": "a\nb"}
    there = edit(content, lambda editor: editor.add_event(event, before))
    assert is_same(edit(there, lambda editor: editor.remove_event("new")), content)


@given(files(), st.data())
def test_any_events_are_removed_at_once(content: bytes, data: st.DataObject) -> None:
    events = tables(content)["events"]
    gone = data.draw(st.sets(st.sampled_from([event["id"] for event in events]), min_size=1))
    editor = Editor(FileContent("tour.toml", content))
    for event_id in sorted(gone):
        editor.remove_event(event_id)
    after = editor.finish()[0]
    assert tables(after).get("events", []) == [event for event in events if event["id"] not in gone]


@given(files(), st.data())
def test_item_that_is_added_to_any_list_and_taken_out_leaves_it_as_it_was(content: bytes, data: st.DataObject) -> None:
    event = draw_event(content, data)
    topics = event.get("topics")
    if topics:
        there = edit(content, lambda editor: editor.set_key(event["id"], "topics", [*topics, "new"]))
        assert edit(there, lambda editor: editor.set_key(event["id"], "topics", topics)) == content


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
    after = edit(FILES[name], lambda editor: editor.remove_event(event_id))
    assert [event["id"] for event in tables(after)["events"]] == [other for other in "abc" if other != event_id]
    if name == "headers":
        assert all(comment in after for comment in (b"# after a", b"# before b", b"# the end"))


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
