"""A file that only commands change, beside a model of what it is to say: plain tables of events by their ids."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import Run, finished
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from kept_text import comments_beside, event_span, tables

from agenda.cli.app import run

Keys = dict[str, Any]
NOW = "2026-03-01T12:00:00+00:00"


def told(arguments: list[str], folder: Path) -> Run:
    """One run in this process, which takes a hundredth of the time of a start."""
    with (folder / "out").open("wb+") as out, (folder / "err").open("wb+") as err:
        streams = [io.TextIOWrapper(file, "utf-8", newline="", write_through=True) for file in (out, err)]
        with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
            code = run(arguments)
        for file in (out, err):
            file.seek(0)
        return finished(code, out.read(), err.read())


@contextmanager
def runs_here(folder: Path) -> Iterator[Callable[..., Run]]:
    """What the fixture `agenda` is, in this process and without an input: for a property, which runs it by hundreds.
    Files are given by their whole paths.
    """
    with commands_built_once():
        yield lambda *arguments: told([*map(str, arguments)], folder)


def same_form(event: Keys) -> Keys:
    """The keys of an event, its people as tables, and without `revised`, which is looked at by itself."""
    kept = {key: value for key, value in event.items() if key != "revised"}
    if "people" in kept:
        kept["people"] = [{"name": item} if isinstance(item, str) else item for item in kept["people"]]
    return kept


def without_gaps(text: bytes) -> bytes:
    """A text without what may go or come between two events: white space, and commas."""
    return re.sub(rb"[\s,]+", b"", text)


class EditedAgenda(RuleBasedStateMachine):
    """A file, the events that it is to have, and what changes both."""

    folder: Path
    file: Path

    def keep(self) -> None:
        """Take what the file says for what it is to say."""
        self.others = tables(self.content)
        self.events: dict[str, Keys] = {event["id"]: event for event in self.others.pop("events", [])}

    @property
    def content(self) -> bytes:
        """What is in the file."""
        return self.file.read_bytes()

    @property
    def languages(self) -> list[str]:
        """The languages that the file declares."""
        languages: list[str] = self.others.get("agenda", {}).get("languages", [])
        return languages

    def one_of(self, data: st.DataObject, fits: Callable[[Keys], bool] = lambda _: True) -> str | None:
        """The id of an event whose keys fit; None where there is none."""
        ids = [event_id for event_id, event in self.events.items() if fits(event)]
        return data.draw(st.sampled_from(ids), "id") if ids else None

    def do(self, *arguments: str) -> Run:
        """One run that is told which file it is about."""
        return told([*arguments, "--data", str(self.file)], self.folder)

    def edit(self, *arguments: str, changed: dict[str, Keys], is_repeatable: bool = True) -> None:
        """Run a change of events, after which these have these keys, and compare all there is with the model."""
        before = self.content
        tried = self.do(*arguments, "--dry-run")
        assert (tried.code, self.content) == (0, before), tried.err
        done = self.do(*arguments, "--quiet")  # that all times of a series have changed is told else
        assert (done.code, done.err) == (0, "")
        old = self.events
        really = [event_id for event_id, event in changed.items() if same_form(event) != same_form(old[event_id])]
        self.compare(before, old | changed)
        self.compare_text(before, {event_id: old[event_id] for event_id in really}, changed)
        self.compare_revised(really, is_kept="--keep-revised" in arguments)
        self.keep()
        after = self.content
        if is_repeatable:
            again = self.do(*arguments)
            assert (again.code, self.content) == (0, after), "the same again changed the file"

    def compare(self, before: bytes, expected: dict[str, Keys]) -> None:
        """The file is valid, and says what is expected."""
        checked = self.do("check")
        assert checked.code == 0, checked.out
        now = tables(self.content)
        events = now.pop("events", [])
        assert now == self.others
        assert {event["id"]: same_form(event) for event in events} == {
            event_id: same_form(event) for event_id, event in expected.items()
        }
        if not any(event_id not in expected for event_id in self.events):
            assert [event["id"] for event in events if event["id"] in self.events] == list(self.events)
        assert self.content.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")

    def compare_text(self, before: bytes, old: dict[str, Keys], new: dict[str, Keys]) -> None:
        """What is beside the events that changed is the same, byte by byte, and comments within them stay."""
        after = self.content
        ids = [event["id"] for event in tables(before)["events"]]
        spans = [(event_span(before, event_id), event_span(after, event_id)) for event_id in ids if event_id in old]
        beside = list(pairwise([0, *(place for (span, _) in spans for place in span), len(before)]))[::2]
        beside_now = list(pairwise([0, *(place for (_, span) in spans for place in span), len(after)]))[::2]
        loses_keys = [False, *(old[event_id].keys() > new[event_id].keys() for event_id in ids if event_id in old)]
        for number, ((start, end), (start_now, end_now)) in enumerate(zip(beside, beside_now, strict=True)):
            text, text_now = before[start:end], after[start_now:end_now]
            # At the end of a file that has no line end there may be one now.
            is_ended = number == len(spans) and not text and text_now in {b"\n", b"\r\n"}
            # Blank lines and comments before the last key stand behind the event where that key is gone.
            left = map(bytes.strip, text_now.removesuffix(text).splitlines())
            are_of_event = all(not line or (line.startswith(b"#") and line in before[:start]) for line in left)
            is_behind = loses_keys[number] and text_now.endswith(text) and are_of_event
            assert text_now == text or is_ended or is_behind
        changed = [
            ("events", ids.index(event_id), key)
            for event_id, event in old.items()
            for key in event
            if key == "revised" or event[key] != new[event_id].get(key)
        ]
        assert comments_beside(before, changed) <= comments_beside(self.content, ())

    def compare_revised(self, changed: list[str], *, is_kept: bool = False) -> None:
        """Events that have changed are revised now, unless that was not wanted, and no other is."""
        for event in tables(self.content).get("events", []):
            old = self.events[event["id"]].get("revised")
            if is_kept or event["id"] not in changed:
                assert event.get("revised") == old
            else:
                assert event["revised"] >= datetime.fromisoformat(NOW)
                assert old is None or event["revised"] > old

    def set(self, event_id: str, *assignments: str, data: st.DataObject, values: Keys) -> None:
        """Set keys of an event, None standing for one that is taken away."""
        event = {key: value for key, value in {**self.events[event_id], **values}.items() if value is not None}
        options = data.draw(st.sampled_from([[], ["--keep-revised"]]))
        self.edit("set", event_id, *assignments, *options, changed={event_id: event})


@contextmanager
def commands_built_once() -> Iterator[None]:
    """Keep the commands that Typer builds, which takes half of what a run does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
        patch.setenv("AGENDA_NOW", NOW)
        patch.setenv("AGENDA_CACHE", "off")
        yield
