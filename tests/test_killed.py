"""A change that is broken off leaves the old file or the new one, whenever that is."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import environment

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="nothing is killed there as elsewhere")]

EVENTS = 400
KILLS = 10


def text_with(title: str) -> bytes:
    """A file whose last event has that title."""
    events = [f'[[events]]\nid = "event-{number}"\ntitle = "Event {number}"  # as said\n' for number in range(EVENTS)]
    return "\n".join([*events, f'[[events]]\nid = "last"\ntitle = "{title}"\n']).encode()


OLD, NEW = text_with("Old"), text_with("New")


class Change:
    """A change of the title of the last event, which has just begun, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.file = folder / "tour.toml"
        self.file.write_bytes(OLD)
        self._run = subprocess.Popen(
            [sys.executable, "-m", "agenda", "set", "last", "title=New", "--keep-revised", "--data", str(self.file)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )

    def seconds(self) -> float:
        """How long it takes as a whole."""
        began = time.monotonic()
        assert self._run.wait() == 0
        assert self.file.read_bytes() == NEW
        return time.monotonic() - began

    def wait_for_new_file(self) -> None:
        """Wait until something is written beside the file."""
        while self._run.poll() is None and len(list(self.file.parent.iterdir())) == 1:
            pass

    def kill(self) -> bytes:
        """Kill it; gives what is in the file then."""
        self._run.kill()
        self._run.wait()
        return self.file.read_bytes()


def test_change_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(KILLS)  # noqa: S311 - no secret
    seconds = Change(tmp_path / "whole").seconds()
    for number in range(KILLS):
        change = Change(tmp_path / str(number))
        time.sleep(chance.uniform(0, seconds))
        assert change.kill() in {OLD, NEW}


def test_change_that_is_killed_as_it_is_written_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    for number in range(KILLS):
        change = Change(tmp_path / str(number))
        change.wait_for_new_file()
        assert change.kill() in {OLD, NEW}
